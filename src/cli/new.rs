//! `masthead new`: a document to begin with.

use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValuesParser;
use masthead::model::Kind;

use super::report::Reporter;
use super::{Exit, files};

/// What `masthead new` is given.
#[derive(Args)]
#[command(after_help = "Example:
  masthead new draft-resolution -o draft.yaml")]
pub struct New {
    /// The kind of document
    #[arg(value_parser = PossibleValuesParser::new(Kind::ALL.map(Kind::name)))]
    kind: String,
    /// The file to write; default: standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl New {
    /// Writes a starter document; a file that is there is left alone.
    pub fn run(&self, reporter: &Reporter) -> Exit {
        let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.name() == self.kind) else {
            return reporter.error("there is no such kind of document");
        };
        let starter = starter(kind).as_bytes();
        match &self.output {
            None => reporter.out(starter),
            Some(path) if path.exists() => reporter.error(&format!("{} is there already", path.display())),
            Some(path) => match files::write(path, starter) {
                Ok(()) => Exit::Well,
                Err(message) => reporter.error(&message),
            },
        }
    }
}

fn starter(kind: Kind) -> &'static str {
    match kind {
        Kind::Resolution => include_str!("starters/resolution.yaml"),
        Kind::DraftResolution => include_str!("starters/draft-resolution.yaml"),
        Kind::DraftDecision => include_str!("starters/draft-decision.yaml"),
        Kind::Decision => include_str!("starters/decision.yaml"),
        Kind::Letter => include_str!("starters/letter.yaml"),
        Kind::Note => include_str!("starters/note.yaml"),
        Kind::Report => include_str!("starters/report.yaml"),
        Kind::Agenda => include_str!("starters/agenda.yaml"),
        Kind::Amendment => include_str!("starters/amendment.yaml"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use masthead::diagnostic::Source;
    use masthead::{Format, Job, Press, Profile, render};

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
