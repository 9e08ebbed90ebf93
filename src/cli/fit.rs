//! `masthead fit`: brings a document to a number of pages by adjustments that are not seen.

use std::path::{Path, PathBuf};

use clap::{ArgGroup, Args};
use masthead::Format;
use masthead::copyfit::{Fit as Found, Goal, Pages, fit};
use masthead::visible::visible_json;

use super::Exit;
use super::files::{self, STANDARD, Unread};
use super::fix::difference;
use super::limits::LimitOptions;
use super::report::Reporter;
use super::syntax::Syntax;

/// Arguments of `masthead fit`.
#[derive(Args)]
#[command(group = ArgGroup::new("goal").multiple(true).required(true), after_help = "Examples:
  masthead fit draft.yaml --pages 4
  masthead fit draft.yaml --pages 4 --last-page-lines 5 --dry-run
  masthead fit draft.yaml --avoid-short-last-lines --yes

Adjustments are tried in the order in which typists make them: tracking of paragraphs by 0.05 to 0.20 points where
that saves or adds a line, the foot of page 1 in tenths of an inch, the line pitch. Words are never changed. The
adjustments are fields of the document (docs/copyfitting.md).")]
pub struct Fit {
    /// The document: a YAML, JSON, Markdown or XML file
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Number of pages to reach
    #[arg(long, value_name = "N", group = "goal", value_parser = clap::value_parser!(u16).range(1..=1000))]
    pages: Option<u16>,
    /// Minimum number of lines of text on the last page
    #[arg(long, value_name = "N", group = "goal", value_parser = clap::value_parser!(u16).range(1..=60))]
    last_page_lines: Option<u16>,
    /// Avoid paragraphs that end in a line of one short word
    #[arg(long, group = "goal")]
    avoid_short_last_lines: bool,
    /// Show the difference and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Write without asking
    #[arg(short, long, conflicts_with = "dry_run")]
    yes: bool,
    /// Print the adjustments as JSON
    #[arg(long)]
    json: bool,
    /// Folders with additional fonts
    #[arg(long, value_name = "FOLDER")]
    fonts: Vec<PathBuf>,
    /// Syntax of the document; default: by its name, else by its text
    #[arg(long, value_enum)]
    from: Option<Syntax>,
    #[command(flatten)]
    limits: LimitOptions,
}

impl Fit {
    /// Fits the document.
    pub fn run(&self, reporter: &Reporter) -> Exit {
        if self.file == Path::new(STANDARD) {
            return reporter.error("cannot change standard input; give a file");
        }
        self.limits.of_one(&self.file, reporter, || self.fit(reporter))
    }

    fn fit(&self, reporter: &Reporter) -> Exit {
        let (source, format) = match files::source(&self.file, self.from.map(Format::from)) {
            Ok(read) => read,
            Err(Unread::File(message)) => return reporter.error(&message),
            Err(Unread::Text(error)) => return reporter.findings(&[*error]),
        };
        let press = match reporter.press(&self.fonts) {
            Ok(press) => press,
            Err(exit) => return exit,
        };
        let goal = Goal {
            pages: self.pages.map(usize::from),
            last_page_lines: self.last_page_lines.map(usize::from),
            avoid_short_last_lines: self.avoid_short_last_lines,
        };
        let found = match fit(&press, &source, format, &goal) {
            Ok(found) => found,
            Err(findings) => return reporter.findings(&findings),
        };
        let mut exit = if found.obstacle.is_some() { Exit::Refused } else { Exit::Well };
        exit = exit.max(match self.json {
            true => reporter.json(&(visible_json(&serde_json::to_string_pretty(&found).unwrap_or_default()) + "\n")),
            false => reporter.lines(&lines(&found)),
        });
        if let Some(obstacle) = &found.obstacle {
            reporter.problem(&format!("{}: {obstacle}", source.name));
        }
        let Some(text) = &found.text else {
            if found.obstacle.is_none() {
                reporter.done(&format!("{}: nothing to adjust", source.name));
            }
            return exit;
        };
        if !self.json {
            exit = exit.max(reporter.lines(&difference(&source, text)));
        }
        let what = match found.adjustments.len() {
            1 => "1 adjustment".to_owned(),
            count => format!("{count} adjustments"),
        };
        if self.dry_run {
            reporter.done(&format!("{}: {what} would be written", source.name));
        } else if self.yes || reporter.agreed(&format!("Write {} ({what})?", source.name)) == Some(true) {
            match files::write(&self.file, text.as_bytes()) {
                Ok(()) => reporter.done(&format!("{}: {what} written", source.name)),
                Err(message) => exit = exit.max(reporter.error(&message)),
            }
        } else {
            reporter.done(&format!("{}: nothing written; --yes writes without asking", source.name));
        }
        exit
    }
}

/// What is adjusted, a line each, and what comes of it.
fn lines(found: &Found) -> String {
    let reach = |pages: Pages| {
        let (pages, lines) = (pages.pages, pages.last_page_lines);
        let noun = |count: usize, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
        format!("{}, {} on the last", noun(pages, "page"), noun(lines, "line"))
    };
    let mut text: String = found.adjustments.iter().map(|adjusted| format!("{adjusted}\n")).collect();
    if let (Some(before), Some(after)) = (found.before, found.after) {
        text += &match before == after {
            true => format!("{}\n", reach(before)),
            false => format!("{}; now {}\n", reach(before), reach(after)),
        };
    }
    text
}
