//! `masthead diff`: lists what changed between two documents, or shows it on the official pages.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use masthead::diagnostic::Source;
use masthead::diff::{Compared, compare, to_text};
use masthead::limits::Allowance;
use masthead::model::Document;
use masthead::read::read;
use masthead::{Format, Job, Profile, render_redline};

use super::Exit;
use super::files::{self, STANDARD};
use super::guard::{Guard, Kind};
use super::limits::{self, LimitOptions};
use super::outputs::{self, Written};
use super::report::Reporter;
use super::syntax::Syntax;

/// The arguments of `masthead diff`.
#[derive(Args)]
#[command(after_help = "Examples:
  masthead diff draft.yaml revised.yaml
  masthead diff draft.yaml A_RES_77_338.xml --json > changes.json
  masthead diff draft.md revised.yaml -o redline.pdf

Compares what the pages print, part by part and word by word, whatever the syntax of the files. In a redline,
inserted words are underlined, deleted words struck, moved paragraphs marked as moved, and a bar stands beside
every line that changed.

Exit status: 0 no changes; 1 changes; 2 usage or I/O error, or errors in a document; 3 internal error.")]
pub struct Diff {
    /// The older document (YAML, JSON, Markdown or XML); - for standard input
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// The newer document; - for standard input
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// Write the pages of the newer document with the changes marked
    #[arg(short, long, value_name = "FILE.pdf")]
    output: Option<PathBuf>,
    /// Print the changes as JSON
    #[arg(long)]
    json: bool,
    /// PDF profile
    #[arg(long, value_enum, default_value_t)]
    profile: super::render::For,
    /// Emblem (SVG or PNG file) to use instead of the built-in neutral one
    #[arg(long, value_name = "FILE")]
    emblem: Option<PathBuf>,
    /// Folder of extra fonts, for characters that the built-in fonts lack
    #[arg(long, value_name = "FOLDER")]
    fonts: Vec<PathBuf>,
    /// Syntax of both documents; default: from the file names, else from the content
    #[arg(long, value_enum)]
    from: Option<Syntax>,
    /// Overwrite input files and files of another kind
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    limits: LimitOptions,
}

/// A PDF file.
#[derive(Clone, Copy, PartialEq)]
struct Pdf;

impl Written for Pdf {
    const ENDINGS: &'static str = ".pdf";

    fn of_ending(ending: &str) -> Option<Self> {
        ending.eq_ignore_ascii_case("pdf").then_some(Self)
    }

    fn ending(self) -> &'static str {
        "pdf"
    }
}

/// One of the two documents.
struct Read {
    source: Arc<Source>,
    format: Format,
    document: Document,
}

impl Diff {
    /// Lists or shows the changes.
    pub fn run(&self, reporter: &Reporter) -> Exit {
        if self.old == Path::new(STANDARD) && self.new == Path::new(STANDARD) {
            return reporter.error("only one of the documents can be standard input");
        }
        if let Err(message) = outputs::kind(self.output.as_deref(), Some(Pdf), "--output") {
            return reporter.error(message);
        }
        let guard = Guard::new(self.force, [&self.old, &self.new].into_iter().chain(&self.emblem));
        if let Err(exit) = guard.allows(self.output.iter().map(|output| (output, Kind::Pdf)), reporter) {
            return exit;
        }
        let watch = match self.limits.watch(reporter, None) {
            Ok(watch) => watch,
            Err(exit) => return exit,
        };
        let name = format!("{} compared with {}", limits::name(&self.new), limits::name(&self.old));
        let allowance = Allowance::of_file(&self.old).and(Allowance::of_file(&self.new));
        match watch.begin(&name, allowance) {
            // A document with errors is trouble, not a difference.
            Ok(_flight) => self.compared(reporter).unwrap_or_else(|exit| exit.max(Exit::Usage)),
            Err(quarantined) => limits::quarantined(&name, &quarantined, reporter).max(Exit::Usage),
        }
    }

    fn compared(&self, reporter: &Reporter) -> Result<Exit, Exit> {
        let (old, new) = match (self.read(&self.old, reporter), self.read(&self.new, reporter)) {
            (Ok(old), Ok(new)) => (old, new),
            (old, new) => return Err(old.err().into_iter().chain(new.err()).max().unwrap_or(Exit::Usage)),
        };
        let compared = compare(&old.document, &new.document).map_err(|error| reporter.error(error))?;
        let exit = if compared.changes.is_empty() { Exit::Well } else { Exit::Refused };
        let printed = if self.json {
            let json = serde_json::to_string_pretty(&compared.changes).map_err(|error| reporter.broken(error))?;
            reporter.json(&(json + "\n"))
        } else if self.output.is_none() {
            reporter.out(to_text(&compared.changes, reporter.coloured(&std::io::stdout())).as_bytes())
        } else {
            Exit::Well
        };
        if let Some(output) = &self.output {
            self.redline(&new, compared, output, reporter)?;
        }
        Ok(exit.max(printed))
    }

    fn read(&self, path: &Path, reporter: &Reporter) -> Result<Read, Exit> {
        let (source, format) = reporter.source(path, self.from.map(Format::from))?;
        let reading = read(&source, format).map_err(|errors| reporter.findings(&errors))?;
        Ok(Read { source, format, document: reading.document })
    }

    /// Writes the pages of the newer document with the changes marked.
    fn redline(&self, new: &Read, compared: Compared, output: &Path, reporter: &Reporter) -> Result<(), Exit> {
        let emblem = self.emblem.as_deref().map(files::emblem).transpose().map_err(|error| reporter.error(error))?;
        let press = reporter.press(&self.fonts)?;
        let picture = |name: &str| files::picture(&self.new, name);
        let job = Job::new(&new.source, new.format).emblem(emblem.as_deref()).picture(&picture);
        let rendition =
            render_redline(&press, &job, compared.redline).map_err(|findings| reporter.findings(&findings))?;
        let profile = Profile::from(self.profile);
        let pdf = rendition.pdf(profile).map_err(|findings| reporter.findings(&findings))?;
        let several = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
        let pages = several(rendition.pages.len(), "page");
        let done = format!("{}: {pages}, {}", output.display(), several(compared.changes.len(), "change"));
        match outputs::put(output, &pdf, &done, reporter) {
            Exit::Well => Ok(()),
            exit => Err(exit),
        }
    }
}
