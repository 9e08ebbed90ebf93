//! `masthead new`: creates a starter document.

use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::PossibleValuesParser;
use masthead::diagnostic::Source;
use masthead::files::SETTINGS;
use masthead::model::{Kind, Language};
use masthead::prepare::words;
use masthead::read::read;
use masthead::{Error, Format};

use super::Exit;
use super::outputs;
use super::report::Reporter;

/// The arguments of `masthead new`.
#[derive(Args)]
#[command(after_help = "Examples:
  masthead new draft-resolution -o draft.yaml
  masthead new letter -o letter.md                as Markdown; also .json and .xml
  masthead new --house -o conference/             settings for documents of another house (docs/house.md)")]
pub struct New {
    /// Kind of document
    #[arg(value_parser = PossibleValuesParser::new(Kind::ALL.map(Kind::name)), required_unless_present_any = ["house", "words"])]
    kind: Option<String>,
    /// Create masthead.toml instead, with the name, emblem and symbols of another house for the documents of a folder
    #[arg(long, conflicts_with = "kind")]
    house: bool,
    /// Print the words of a language instead, as a table from which to make those of another
    #[arg(long, value_name = "LANGUAGE", conflicts_with_all = ["kind", "house"], value_parser = PossibleValuesParser::new(Language::ALL.map(Language::code)))]
    words: Option<String>,
    /// Output file, whose ending selects the syntax, or folder; default: YAML on standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Overwrite an existing file
    #[arg(long)]
    force: bool,
}

impl New {
    /// Writes a starter document. Without `--force`, an existing file is not overwritten.
    pub fn run(&self, reporter: &Reporter) -> Exit {
        if self.house {
            return self.settings(reporter);
        }
        if let Some(code) = &self.words {
            let text = Language::of(code).and_then(words::source).unwrap_or_default();
            return match &self.output {
                Some(path) => self.write(path, text, reporter),
                None => reporter.out(text.as_bytes()),
            };
        }
        let Some(kind) = Kind::ALL.into_iter().find(|kind| self.kind.as_deref() == Some(kind.name())) else {
            return reporter.error("unknown kind of document");
        };
        let Some(output) = &self.output else { return reporter.out(starter(kind).as_bytes()) };
        let format = match outputs::kind(Some(output), None, "-o") {
            Ok(format) => format.unwrap_or(Format::Yaml),
            Err(error) => return reporter.error(error),
        };
        let path = outputs::file(output, || format!("{}.{}", kind.name(), format.ending()).into());
        match begun(kind, format) {
            Ok(text) => self.write(&path, &text, reporter),
            Err(error) => reporter.broken(error),
        }
    }

    /// Writes the settings of a house.
    fn settings(&self, reporter: &Reporter) -> Exit {
        let Some(output) = &self.output else { return reporter.out(HOUSE.as_bytes()) };
        let path = outputs::file(output, || SETTINGS.into());
        if path.file_name().is_none_or(|name| name != SETTINGS) {
            return reporter.error(format!(
                "the settings of a house must be named {SETTINGS}; name a folder, such as conference/"
            ));
        }
        self.write(&path, HOUSE, reporter)
    }

    fn write(&self, path: &Path, text: &str, reporter: &Reporter) -> Exit {
        if path.exists() && !self.force {
            return reporter.error(format!("{} already exists; use --force to overwrite it", path.display()));
        }
        outputs::deliver(text, (self.output.as_deref().unwrap_or(path), path), reporter)
    }
}

const HOUSE: &str = include_str!("starters/masthead.toml");

/// Returns the starter document of a kind in a syntax.
fn begun(kind: Kind, format: Format) -> Result<String, Error> {
    if format == Format::Yaml {
        return Ok(starter(kind).to_owned());
    }
    let source = Source::new(kind.name(), starter(kind));
    let reading = read(&source, Format::Yaml)?;
    masthead::write(&reading.document, format)
}

/// Returns the starter document of a kind, in YAML.
pub fn starter(kind: Kind) -> &'static str {
    match kind {
        Kind::Resolution => include_str!("starters/resolution.yaml"),
        Kind::DraftResolution => include_str!("starters/draft-resolution.yaml"),
        Kind::DraftDecision => include_str!("starters/draft-decision.yaml"),
        Kind::Decision => include_str!("starters/decision.yaml"),
        Kind::Letter => include_str!("starters/letter.yaml"),
        Kind::Note => include_str!("starters/note.yaml"),
        Kind::PresidentialStatement => include_str!("starters/presidential-statement.yaml"),
        Kind::Report => include_str!("starters/report.yaml"),
        Kind::Agenda => include_str!("starters/agenda.yaml"),
        Kind::Amendment => include_str!("starters/amendment.yaml"),
        Kind::Corrigendum => include_str!("starters/corrigendum.yaml"),
        Kind::Addendum => include_str!("starters/addendum.yaml"),
        Kind::WorkingPaper => include_str!("starters/working-paper.yaml"),
        // There is none: a test looks for one of every kind.
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use masthead::{Job, Press, Profile, render};

    #[test]
    fn every_starter_is_the_same_document_in_every_syntax() {
        for kind in Kind::ALL {
            let document = |format| {
                let source = Source::new("starter", begun(kind, format).unwrap());
                read(&source, format).unwrap_or_else(|errors| panic!("{}: {}", kind.name(), errors[0])).document
            };
            for format in [Format::Json, Format::Markdown, Format::Xml] {
                assert_eq!(document(format), document(Format::Yaml), "{} {format:?}", kind.name());
            }
        }
    }

    #[test]
    fn the_settings_of_a_house_are_sound() {
        let source = Source::new(SETTINGS, HOUSE);
        let read = masthead::settings::Settings::read(&source, masthead::files::REPORTED, |reader, root| {
            let [_, _, house, defaults] = reader.table(root, masthead::files::TABLES);
            masthead::files::house_and_defaults(reader, house, defaults, std::path::Path::new(SETTINGS))
        });
        let folder = read.unwrap_or_else(|errors| panic!("{}", errors[0]));
        assert_eq!(folder.house.and_then(|house| house.name).as_deref(), Some("Name of the house"));
        // What is commented out is sound, too.
        let names = HOUSE.lines().filter_map(|line| line.strip_prefix('#')?.split_once(" = "));
        assert!(names.clone().count() >= 10);
        for (name, value) in names {
            assert!(toml::from_str::<toml::Table>(&format!("{name} = {value}")).is_ok(), "{name}");
        }
    }

    #[test]
    fn every_starter_renders_without_a_finding() {
        let press = Press::new([]).unwrap();
        for kind in Kind::ALL {
            let source = Source::new(kind.name(), starter(kind));
            let rendition = render(&press, &Job::new(&source, Format::Yaml)).unwrap_or_else(|findings| {
                panic!("{}: {}", kind.name(), findings[0]);
            });
            assert_eq!(rendition.findings, [], "{}", kind.name());
            assert_eq!(rendition.prepared.kind, kind);
            assert!(rendition.pdf(Profile::Archive).is_ok(), "{}", kind.name());
        }
    }
}
