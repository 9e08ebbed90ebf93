//! `masthead golden`: regression tests for documents.

mod accept;
mod check;
mod clean;
mod compare;
mod review;
mod verdict_text;

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use globset::Glob;
use masthead::diagnostic::{Diagnostic, did_you_mean};
use masthead::golden::{Case, Checking, Suite, Verdict};
use masthead::limits::Watch;
use masthead::visible::quoted_for_shell;

use super::exit::Exit;
use super::files::{self, STANDARD, identity};
use super::guard::{Guard, Kind};
use super::render::Missing;
use super::report::Reporter;
use super::settings::Settings;
use crate::limits::LimitOptions;

/// The arguments of `masthead golden`.
#[derive(Args)]
#[command(
    arg_required_else_help = true,
    after_help = "Examples:
  masthead golden accept drafts/                  make the current output the references
  masthead golden check drafts/                   show what differs from them
  masthead golden review drafts/                  review the differences one by one
  masthead golden compare ours.pdf official.pdf   compare any two PDFs, with a score per page"
)]
pub struct Golden {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Compare documents with their references
    Check(check::Check),
    /// Accept the current output as references, where it differs
    Accept(accept::Accept),
    /// Review the differences, accepting or rejecting them case by case
    Review(review::Review),
    /// Write a report of the differences, with images
    Report(check::Report),
    /// Remove references that belong to no document
    Clean(clean::Clean),
    /// Compare any two PDF files
    Compare(compare::Compare),
}

impl Golden {
    /// Runs the command.
    pub fn run(&self, reporter: &Reporter) -> Exit {
        match &self.command {
            Command::Check(check) => check.run(reporter),
            Command::Accept(accept) => accept.run(reporter),
            Command::Review(review) => review.run(reporter),
            Command::Report(report) => report.run(reporter),
            Command::Clean(clean) => clean.run(reporter),
            Command::Compare(compare) => compare.run(reporter),
        }
    }
}

/// The cases that a command works on.
#[derive(Args)]
struct Cases {
    /// Folder of documents with their references, or one document
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Only these cases: names as printed, folders, or patterns such as 'letters/*'
    #[arg(value_name = "CASE")]
    only: Vec<String>,
    /// Folder of extra fonts, for characters that the built-in fonts lack
    #[arg(long, value_name = "FOLDER")]
    fonts: Vec<PathBuf>,
    #[command(flatten)]
    missing: Missing,
    /// Number of documents checked at once; default: the number of processors
    #[arg(long, default_value_t = 0, value_name = "N", hide_default_value = true)]
    jobs: usize,
    /// Compare everything, even if the PDF files are identical
    #[arg(long)]
    full: bool,
    #[command(flatten)]
    limits: LimitOptions,
}

impl Cases {
    fn narrowed(&self, suite: Suite, reporter: &Reporter) -> Result<Suite, Exit> {
        if suite.cases().is_empty() && suite.orphans().is_empty() {
            return Err(reporter.no_documents(&format!("no documents found in {}", self.folder.display())));
        }
        if self.only.is_empty() {
            return Ok(suite);
        }
        for wanted in &self.only {
            if !suite.cases().iter().any(|case| is_meant(wanted, case)) {
                return Err(reporter.error(self.no_case(wanted, &suite)));
            }
        }
        Ok(suite.only(|case| self.only.iter().any(|wanted| is_meant(wanted, case))))
    }

    /// Returns the folder, to be copied into a command.
    fn shell_folder(&self) -> String {
        quoted_for_shell(&self.folder.display().to_string()).into_owned()
    }

    /// Returns the message about a name that no case has.
    fn no_case(&self, wanted: &str, suite: &Suite) -> String {
        const SHOWN: usize = 3;
        let known: Vec<&str> = suite.cases().iter().map(|case| case.name.as_str()).collect();
        let end = if known.len() > SHOWN { ", …" } else { "" };
        let hint = did_you_mean(wanted, &known)
            .unwrap_or_else(|| format!("its cases are {}{end}", known[..known.len().min(SHOWN)].join(", ")));
        format!("no case “{wanted}” in {}; {hint}", self.folder.display())
    }

    /// Checks the cases and returns the verdict, with the exit status for entries that could not be read. The
    /// reports are guarded before any work, and withdrawn before anything can fail.
    fn verdict(&self, reports: &ReportFiles, reporter: &Reporter) -> Result<(Verdict, Exit), Exit> {
        let suite = Suite::open(&self.folder);
        reports.prepare(|| suite.as_ref().map_or_else(|_| Suite::may_read(&self.folder), Suite::reads), reporter)?;
        let watch = self.limits.watch(reporter, None)?;
        let suite = self.narrowed(opened(suite, &watch, reporter)?, reporter)?;
        let press = reporter.press(&self.fonts)?;
        let documents: Vec<PathBuf> = suite.cases().iter().map(|case| case.document.clone()).collect();
        let settings = Settings::of_files(&documents, reporter)?;
        let missing_glyphs = |document: &Path| self.missing.of(document, &settings);
        let how =
            Checking::new(&files::picture).missing_glyphs(&missing_glyphs).full(self.full).jobs(self.jobs).watch(watch);
        let verdict = suite.check(&press, &how).map_err(|error| reporter.broken(error))?;
        Ok((verdict, unseen(&suite)))
    }
}

/// The reports that a command writes.
#[derive(Default)]
struct ReportFiles<'p> {
    targets: Vec<(&'p Path, Kind)>,
    /// Whether they may overwrite what is read, and files of another kind.
    force: bool,
    /// Whether they are written by every run, or only if the user asks.
    always_written: bool,
}

impl ReportFiles<'_> {
    /// Refuses to overwrite files that the command reads, or of another kind, and withdraws earlier reports.
    fn prepare(&self, reads: impl FnOnce() -> Vec<PathBuf>, reporter: &Reporter) -> Result<(), Exit> {
        if self.targets.is_empty() {
            return Ok(());
        }
        let reads = reads();
        Guard::new(self.force, &reads).allows(self.targets.iter().copied(), reporter)?;
        let replaced = self.targets.iter().map(|(path, _)| *path).filter(|_| self.always_written);
        withdraw(replaced, &reads, reporter)
    }
}

/// Removes earlier reports, so that none can be mistaken for that of a command that fails. What the command reads
/// stays until it is overwritten.
fn withdraw<'p>(
    reports: impl Iterator<Item = &'p Path>,
    reads: &[impl AsRef<Path>],
    reporter: &Reporter,
) -> Result<(), Exit> {
    for report in reports.filter(|path| *path != Path::new(STANDARD) && path.is_file()) {
        let target = identity(report);
        if reads.iter().any(|read| identity(read.as_ref()) == target) {
            continue;
        }
        // The file that a link leads to may be in use, such as standard output: it is emptied.
        let withdrawn = if report.is_symlink() { fs::write(report, "") } else { fs::remove_file(report) };
        withdrawn.map_err(|error| reporter.error(format!("{} cannot be removed: {error}", report.display())))?;
    }
    Ok(())
}

/// Returns an opened suite, or reports why it cannot be opened. Files that are not documents, and entries that cannot
/// be read, are reported.
fn opened(suite: Result<Suite, Vec<Diagnostic>>, watch: &Watch, reporter: &Reporter) -> Result<Suite, Exit> {
    let suite = suite.map_err(|errors| {
        reporter.findings(&errors);
        Exit::Usage
    })?;
    watch.once(|| {
        reporter.skipped(&suite.skipped);
        reporter.findings(&suite.findings);
    });
    Ok(suite)
}

/// Returns the exit status for entries of a suite that could not be read.
fn unseen(suite: &Suite) -> Exit {
    if suite.findings.iter().any(Diagnostic::is_error) { Exit::Usage } else { Exit::Well }
}

/// Returns whether a case is meant: by its name, its document, a folder that contains it, or a pattern.
fn is_meant(wanted: &str, Case { name, document, .. }: &Case) -> bool {
    let folder = wanted.trim_end_matches('/');
    let within = name.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    within || document == Path::new(wanted) || Glob::new(wanted).is_ok_and(|glob| glob.compile_matcher().is_match(name))
}

/// Refuses to change references in CI, unless forced.
fn may_change(force: bool, reporter: &Reporter) -> Result<(), Exit> {
    let ci = std::env::var("CI").is_ok_and(|value| !matches!(value.as_str(), "" | "0" | "false"));
    if ci && !force {
        let message = "refusing to change references because CI is set; use --force to change them anyway";
        return Err(reporter.error(message));
    }
    Ok(())
}
