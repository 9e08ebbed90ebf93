//! `masthead match`: reads the adjustments of an official PDF into a document.

use std::path::{Path, PathBuf};

use clap::Args;
use masthead::copyfit::matching::matched;
use masthead::copyfit::written;
use masthead::golden::read_layout;
use masthead::limits::{Allowance, Flight};
use masthead::{Error, Format, MissingGlyphs, check};

use super::Exit;
use super::files::{self, STANDARD};
use super::limits::LimitOptions;
use super::report::Reporter;
use super::rewrite::{Consent, Rewrite, Wording};
use super::syntax::Syntax;

/// Arguments of `masthead match`.
#[derive(Args)]
#[command(after_help = "Examples:
  masthead match draft.yaml official.pdf
  masthead match draft.yaml official.pdf --dry-run
  masthead match draft.yaml official.pdf --facsimile --yes
  masthead match draft.yaml official.pdf --json > adjustments.json

Reads the edition, tracking, line pitch, page ends, and the lines of the session block and titles from the PDF,
and writes the fewest adjustments that give the document the same lines and pages. Replaces adjustments that
the document already has. Never changes words; lists those that differ.

Exit status: 0 everything explained; 1 something unexplained, or errors found in the document; 2 usage or
I/O error, or the PDF of another document.")]
pub struct Match {
    /// The document: a YAML, JSON, Markdown or XML file
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The official PDF of the same document
    #[arg(value_name = "ORIGINAL.pdf")]
    original: PathBuf,
    /// Force line ends word by word where no other adjustment explains them
    #[arg(long)]
    facsimile: bool,
    /// Show the difference and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Write without asking
    #[arg(short, long, conflicts_with = "dry_run")]
    yes: bool,
    /// Print the adjustments as JSON; write only with --yes
    #[arg(long)]
    json: bool,
    /// Input syntax; default: from the file name, else from the content
    #[arg(long, value_enum)]
    from: Option<Syntax>,
    #[command(flatten)]
    limits: LimitOptions,
}

impl Match {
    /// Shows the adjustments, and writes them if confirmed.
    pub fn run(&self, reporter: &Reporter) -> Exit {
        if self.file == Path::new(STANDARD) {
            return reporter.error("cannot change standard input; give a file");
        }
        let watch = match self.limits.watch(reporter, None) {
            Ok(watch) => watch,
            Err(exit) => return exit,
        };
        let name = format!("{} beside {}", self.file.display(), self.original.display());
        let allowance = Allowance::of_file(&self.file).and(Allowance::of_file(&self.original));
        match watch.begin(&name, allowance) {
            Ok(flight) => self.work(&flight, reporter).unwrap_or_else(|exit| exit),
            Err(quarantined) => super::limits::quarantined(&name, &quarantined, reporter),
        }
    }

    fn work(&self, flight: &Flight, reporter: &Reporter) -> Result<Exit, Exit> {
        let (source, format) = reporter.source(&self.file, self.from.map(Format::from))?;
        let press = reporter.press(&[])?;
        let checked = check(&press, &source, format, MissingGlyphs::BoxWithCode);
        let (reading, _) = checked.map_err(|findings| reporter.findings(&findings))?;
        let layout = files::whole(&self.original)
            .and_then(|bytes| read_layout(&bytes, |pages| flight.allow(Allowance::of_pages(pages))));
        let cannot = |error: Error| reporter.error(format!("{} cannot be matched: {error}", self.original.display()));
        let layout =
            layout.map_err(|error| reporter.error(format!("{} cannot be read: {error}", self.original.display())))?;
        let matching = matched(&press, &reading.document, &layout, self.facsimile).map_err(cannot)?;
        let found = match self.json {
            true => reporter.json(&(serde_json::to_string_pretty(&matching).unwrap_or_default() + "\n")),
            false => reporter.lines(&matching.to_text()),
        };
        let text = written(&reading, &matching.document).map_err(|error| reporter.error(error))?;
        let exit = if matching.is_whole() { Exit::Well } else { Exit::Refused }.max(found);
        if source.text == text {
            reporter.done(&format!("{}: nothing to adjust", source.name));
            return Ok(exit);
        }
        let what = match matching.adjusted.len() + usize::from(!matching.layout.is_empty()) {
            1 => "adjustments in 1 place".to_owned(),
            count => format!("adjustments in {count} places"),
        };
        let rewrite = Rewrite { path: &self.file, folder: None, source: &source, text: &text, what: &what };
        let consent = Consent { show: !self.json, dry_run: self.dry_run, yes: self.yes, ask: !self.json };
        Ok(exit.max(rewrite.offer(consent, &Wording::of_adjustments(&what), reporter)))
    }
}
