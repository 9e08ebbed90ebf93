//! `masthead match`: the adjustments of an official PDF, read into a document.

use std::path::{Path, PathBuf};

use clap::Args;
use masthead::copyfit::matching::{Matching, matched};
use masthead::copyfit::written;
use masthead::golden::read_layout;
use masthead::limits::{Allowance, Flight};
use masthead::{Format, MissingGlyphs, check};

use super::Exit;
use super::files::{self, STANDARD, Unread};
use super::fix::difference;
use super::limits::LimitOptions;
use super::report::Reporter;
use super::syntax::Syntax;

/// What `masthead match` is given.
#[derive(Args)]
#[command(after_help = "Examples:
  masthead match draft.yaml official.pdf
  masthead match draft.yaml official.pdf --dry-run
  masthead match draft.yaml official.pdf --facsimile --yes
  masthead match draft.yaml official.pdf --json > adjustments.json

Reads edition, tracking, line pitch, page ends, and the lines of session block and titles from the pages,
and writes the fewest adjustments with which the document has the same lines and pages. Adjustments that
the document has already are replaced. Words are never changed: those that differ are reported.

Exit status: 0 everything is explained; 1 something is not, or the document has errors; 2 wrong use, a file
that cannot be read, or the PDF of another document.")]
pub struct Match {
    /// A document: a YAML, JSON, Markdown or XML file
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The official PDF of the same document
    #[arg(value_name = "ORIGINAL.pdf")]
    original: PathBuf,
    /// Give line ends word by word where no other adjustment explains them
    #[arg(long)]
    facsimile: bool,
    /// Show the difference and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Write without asking
    #[arg(short, long, conflicts_with = "dry_run")]
    yes: bool,
    /// Print what was found as JSON; writes only with --yes
    #[arg(long)]
    json: bool,
    /// The syntax of the document; default: by the name, else by the text
    #[arg(long, value_enum)]
    from: Option<Syntax>,
    #[command(flatten)]
    limits: LimitOptions,
}

impl Match {
    /// Shows the adjustments, and writes them if that is wanted.
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
        let (source, format) =
            files::source(&self.file, self.from.map(Format::from)).map_err(|unread| match unread {
                Unread::File(message) => reporter.error(&message),
                Unread::Text(error) => reporter.findings(&[*error]),
            })?;
        let press = reporter.press(&[])?;
        let checked = check(&press, &source, format, MissingGlyphs::BoxWithCode);
        let (reading, _) = checked.map_err(|findings| reporter.findings(&findings))?;
        let layout = files::whole(&self.original)
            .and_then(|bytes| read_layout(&bytes, |pages| flight.allow(Allowance::of_pages(pages))));
        let cannot =
            |message: String| reporter.error(&format!("{} cannot be matched: {message}", self.original.display()));
        let layout = layout
            .map_err(|message| reporter.error(&format!("{} cannot be read: {message}", self.original.display())))?;
        let matching = matched(&press, &reading.document, &layout, self.facsimile).map_err(cannot)?;
        let found = match self.json {
            true => reporter.json(&(serde_json::to_string_pretty(&matching).unwrap_or_default() + "\n")),
            false => reporter.lines(&matching.to_text()),
        };
        let text = written(&reading, &matching.document).map_err(|message| reporter.error(&message))?;
        let exit = if matching.is_whole() { Exit::Well } else { Exit::Refused };
        Ok(exit.max(found).max(self.write(&source, &text, &matching, reporter)))
    }

    /// Shows the difference, and writes it if that is wanted.
    fn write(
        &self,
        source: &masthead::diagnostic::Source,
        text: &str,
        matching: &Matching,
        reporter: &Reporter,
    ) -> Exit {
        let count = matching.adjusted.len() + usize::from(!matching.layout.is_empty());
        if *source.text == *text {
            reporter.done(&format!("{}: nothing is to be adjusted", source.name));
            return Exit::Well;
        }
        let shown = if self.json { Exit::Well } else { reporter.lines(&difference(source, text)) };
        let what =
            if count == 1 { "adjustments in 1 place".to_owned() } else { format!("adjustments in {count} places") };
        let asks = !self.dry_run && !self.yes && !self.json;
        if self.dry_run {
            reporter.done(&format!("{}: {what} would be written", source.name));
        } else if self.yes || asks && reporter.agreed(&format!("Write {} ({what})?", source.name)) == Some(true) {
            match files::write(&self.file, text.as_bytes()) {
                Ok(()) => reporter.done(&format!("{}: {what} written", source.name)),
                Err(message) => return shown.max(reporter.error(&message)),
            }
        } else {
            reporter.done(&format!("{}: nothing written; --yes writes without asking", source.name));
        }
        shown
    }
}
