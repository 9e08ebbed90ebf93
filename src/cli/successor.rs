//! What `masthead revise` and `masthead adopt` have in common: a new document is made of another, shown as a difference
//! and written if confirmed, to a file that is named by its symbol.

use std::path::{Path, PathBuf};

use clap::Args;
use masthead::batch::Pattern;
use masthead::diagnostic::{Severity, Source};
use masthead::diff::{diff, to_text};
use masthead::model::Document;
use masthead::read::read;
use masthead::revise::{completed, written};
use masthead::{Coverage, Error, Format, lint};

use super::Exit;
use super::files::{self, STANDARD};
use super::guard::{Guard, Kind};
use super::limits::LimitOptions;
use super::outputs;
use super::report::Reporter;
use super::rewrite::{Consent, Rewrite, Wording};
use super::syntax::Syntax;

/// The options of both commands.
#[derive(Args)]
pub struct Successor {
    /// Input document (YAML, JSON, Markdown or XML)
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Output file, whose ending selects the syntax, or folder; default: named by the symbol, next to the document
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
    /// Show the difference and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Write without asking
    #[arg(short, long, conflicts_with = "dry_run")]
    yes: bool,
    /// Overwrite an existing file
    #[arg(long)]
    force: bool,
    /// Input syntax; default: from the file name, else from the content
    #[arg(long, value_enum)]
    from: Option<Syntax>,
    #[command(flatten)]
    limits: LimitOptions,
}

impl Successor {
    /// Makes a new document, shows the difference, and writes it if confirmed. `make` receives the number of such
    /// documents that exist already; `hint` says what the new document still lacks.
    pub fn run(
        &self,
        make: impl Fn(&Document, u32) -> Result<Document, Error>,
        hint: impl Fn(&Document) -> Option<String>,
        reporter: &Reporter,
    ) -> Exit {
        if self.file == Path::new(STANDARD) {
            return reporter.error("cannot name the successor of standard input; give a file");
        }
        let work = || self.work(&make, &hint, reporter).unwrap_or_else(|exit| exit);
        self.limits.of_one(&self.file, reporter, work)
    }

    fn work(
        &self,
        make: &dyn Fn(&Document, u32) -> Result<Document, Error>,
        hint: &dyn Fn(&Document) -> Option<String>,
        reporter: &Reporter,
    ) -> Result<Exit, Exit> {
        let (source, format) = reporter.source(&self.file, self.from.map(Format::from))?;
        let reading = read(&source, format).map_err(|errors| reporter.findings(&errors))?;
        let cannot = |error: Error| reporter.error(format!("{}: {error}", self.file.display()));
        let named = self.output.as_deref();
        let to = outputs::kind(named, None, "-o").map_err(|error| reporter.error(error))?.unwrap_or(format);
        let made = |existing| -> Result<_, Exit> {
            let wanted = make(&reading.document, existing).map_err(cannot)?;
            let target = self.target(&wanted, to).map_err(|error| reporter.error(error))?;
            Ok((wanted, target))
        };
        let mut existing = 0;
        let (mut wanted, mut target) = made(existing)?;
        while target.exists() && !self.force {
            existing += 1;
            let next = made(existing)?;
            if next.1 == target {
                break;
            }
            (wanted, target) = next;
        }
        if files::identity(&target) == files::identity(&self.file) {
            let shown = target.display();
            return Err(reporter.error(format!("{shown} is the document itself; use another -o for what follows it")));
        }
        let folder = reporter.folder(&target)?;
        let wanted = completed(&wanted, folder.as_deref());
        let guard = Guard::new(self.force, [&self.file]);
        guard.allows([(&target, Kind::Document(to))], reporter)?;
        if target.exists() && !self.force && !self.dry_run {
            let shown = target.display();
            let next =
                if wanted.kind == reading.document.kind { format!("revise {shown} instead, ") } else { String::new() };
            let message = format!("{shown} already exists; {next}use another -o, or --force to overwrite it");
            return Err(reporter.error(message));
        }
        let same = to == format;
        let text = if same { written(&reading, &wanted, folder.clone()) } else { masthead::write(&wanted, to) };
        let text = text.map_err(cannot)?;
        let mut exit = Exit::Well;
        if !same && target != Path::new(STANDARD) {
            let changes = diff(&reading.document, &wanted).map_err(|error| reporter.error(error))?;
            exit = reporter.out(to_text(&changes, reporter.coloured(&std::io::stdout())).as_bytes());
        }
        let is_standard = target == Path::new(STANDARD);
        let what = if is_standard { "standard output".to_owned() } else { target.display().to_string() };
        let wording = Wording { would: format!("would become {what}"), done: format!("became {what}") };
        let new = named.filter(|output| outputs::is_folder(output));
        let rewrite = Rewrite { path: &target, folder: new, source: &source, text: &text, what: &format!("as {what}") };
        let consent = Consent { show: same, dry_run: self.dry_run, yes: self.yes, ask: true };
        let exit = exit.max(match is_standard {
            true => outputs::deliver(&text, (&target, &target), reporter),
            false => rewrite.offer(consent, &wording, reporter),
        });
        reporter.left_behind(&source, folder.as_deref(), &what);
        // What an editor has accepted in the document is not said again of what follows it.
        let accepted: Vec<&str> =
            lint(&Coverage::new([]), &source, format).iter().map(|finding| finding.code).collect();
        let new = Source::new(what.as_str(), text).in_folder(folder);
        let mut findings = lint(&Coverage::new([]), &new, to);
        findings.retain(|one| one.is_error() || one.severity == Severity::Warning && !accepted.contains(&one.code));
        let exit = exit.max(reporter.findings(&findings));
        if let Some(hint) = hint(&wanted) {
            reporter.done(&hint);
        }
        Ok(exit)
    }

    /// Returns the file to write: that which was given, or one named by the symbol.
    fn target(&self, wanted: &Document, to: Format) -> Result<PathBuf, Error> {
        if let Some(file) = self.output.as_ref().filter(|output| !outputs::is_folder(output)) {
            return Ok(file.clone());
        }
        let pattern: Pattern = "{symbol}".parse()?;
        let name = pattern.name("", "", Some(wanted)).map_err(|error| Error::other(error.message))?;
        let name = format!("{}.{}", name.trim_end_matches(".pdf"), to.ending());
        match &self.output {
            Some(folder) => Ok(folder.join(name)),
            None => Ok(self.file.with_file_name(name)),
        }
    }
}
