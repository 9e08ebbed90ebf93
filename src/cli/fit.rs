//! `masthead fit`: brings a document to a number of pages with adjustments that readers do not notice.

use std::path::{Path, PathBuf};

use clap::{ArgGroup, Args};
use masthead::Format;
use masthead::copyfit::{Fit as Found, Goal, fit};

use super::Exit;
use super::check::counted;
use super::files::{self, STANDARD};
use super::limits::LimitOptions;
use super::report::Reporter;
use super::rewrite::{Consent, Rewrite, Wording};
use super::syntax::Syntax;

/// Arguments of `masthead fit`.
#[derive(Args)]
#[command(group = ArgGroup::new("goal").multiple(true).required(true), after_help = "Examples:
  masthead fit draft.yaml --pages 4
  masthead fit draft.yaml --pages 4 --last-page-lines 5 --dry-run
  masthead fit draft.yaml --avoid-short-last-lines --yes

Tries adjustments in the order in which typists make them: tracking of paragraphs by 0.05 to 0.20 points where that
saves or adds a line, then the foot of page 1 in tenths of an inch, then the line pitch. Writes them into the layout
fields of the document and its blocks (docs/copyfitting.md). Never changes words.")]
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
    /// Avoid last lines that are one short word
    #[arg(long, group = "goal")]
    avoid_short_last_lines: bool,
    /// Show the difference and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Write without asking
    #[arg(short, long, conflicts_with = "dry_run")]
    yes: bool,
    /// Print the adjustments as JSON; write only with --yes
    #[arg(long)]
    json: bool,
    /// Folders with additional fonts
    #[arg(long, value_name = "FOLDER")]
    fonts: Vec<PathBuf>,
    /// Input syntax; default: from the file name, else from the content
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
        self.limits.of_one(&self.file, reporter, || self.fit(reporter).unwrap_or_else(|exit| exit))
    }

    fn fit(&self, reporter: &Reporter) -> Result<Exit, Exit> {
        let (source, format) = reporter.source(&self.file, self.from.map(Format::from))?;
        let press = reporter.press(&self.fonts)?;
        let mut goal = Goal::default();
        goal.pages = self.pages.map(usize::from);
        goal.last_page_lines = self.last_page_lines.map(usize::from);
        goal.avoid_short_last_lines = self.avoid_short_last_lines;
        let picture = |name: &str| files::picture(&self.file, name);
        let found = fit(&press, &source, format, &picture, &goal).map_err(|findings| reporter.findings(&findings))?;
        let mut exit = if found.obstacle.is_some() { Exit::Refused } else { Exit::Well };
        exit = exit.max(match self.json {
            true => reporter.json(&(serde_json::to_string_pretty(&found).unwrap_or_default() + "\n")),
            false => reporter.lines(&lines(&found)),
        });
        if let Some(obstacle) = &found.obstacle {
            reporter.problem(&format!("{}: {obstacle}", source.name));
        }
        let Some(text) = &found.text else {
            if found.obstacle.is_none() {
                reporter.done(&format!("{}: nothing to adjust", source.name));
            }
            return Ok(exit);
        };
        let what = counted(found.adjustments.len(), "adjustment");
        let rewrite = Rewrite { path: &self.file, folder: None, source: &source, text, what: &what };
        let consent = Consent { show: !self.json, dry_run: self.dry_run, yes: self.yes, ask: !self.json };
        Ok(exit.max(rewrite.offer(consent, &Wording::of_adjustments(&what), reporter)))
    }
}

/// Returns the adjustments, one per line, and the extent before and after.
fn lines(found: &Found) -> String {
    let mut text: String = found.adjustments.iter().map(|adjusted| format!("{adjusted}\n")).collect();
    if let (Some(before), Some(after)) = (found.before, found.after) {
        text += &match before == after {
            true => format!("{before}\n"),
            false => format!("{before}; now {after}\n"),
        };
    }
    text
}
