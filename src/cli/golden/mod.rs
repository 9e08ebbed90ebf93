//! `masthead golden`: regression tests of documents.

mod accept;
mod check;
mod clean;
mod compare;
mod review;
mod verdict_text;

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use globset::Glob;
use masthead::diagnostic::Diagnostic;
use masthead::golden::{Checking, Suite, Verdict};
use masthead::limits::Watch;

use super::exit::Exit;
use super::files;
use super::guard::{Guard, Kind};
use super::render::Missing;
use super::report::Reporter;
use super::settings::Settings;
use crate::cli::limits::LimitOptions;

/// What `masthead golden` is given.
#[derive(Args)]
#[command(
    arg_required_else_help = true,
    after_help = "Examples:
  masthead golden accept drafts/                  make what there is now the references
  masthead golden check drafts/                   what differs from them, and how
  masthead golden review drafts/                  walk through the differences one by one
  masthead golden compare ours.pdf official.pdf   any two PDFs, with a score for every page"
)]
pub struct Golden {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Hold documents against their references
    Check(check::Check),
    /// Make what there is now the references, where it differs
    Accept(accept::Accept),
    /// Walk through the differences: accept or reject one case after the other
    Review(review::Review),
    /// Write a report of the differences with pictures
    Report(check::Report),
    /// Remove references that belong to no document
    Clean(clean::Clean),
    /// Hold two PDFs, from wherever they are, against each other
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

/// The cases that a command is about.
#[derive(Args)]
struct Cases {
    /// A folder of documents with their references, or one document
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Only these cases: names as they are told, folders, or patterns such as 'letters/*'
    #[arg(value_name = "CASE")]
    only: Vec<String>,
    /// Folders of fonts for characters that the program's own do not have
    #[arg(long, value_name = "FOLDER")]
    fonts: Vec<PathBuf>,
    #[command(flatten)]
    missing: Missing,
    /// How many documents at once; default: as many as there are processors
    #[arg(long, default_value_t = 0, value_name = "N", hide_default_value = true)]
    jobs: usize,
    /// Compare everything, also where the PDF is the very same file
    #[arg(long)]
    full: bool,
    #[command(flatten)]
    limits: LimitOptions,
}

impl Cases {
    fn narrowed(&self, suite: Suite, reporter: &Reporter) -> Result<Suite, Exit> {
        if suite.cases().is_empty() && suite.orphans().is_empty() {
            return Err(reporter.error(&format!("{} has no documents", self.folder.display())));
        }
        if self.only.is_empty() {
            return Ok(suite);
        }
        for wanted in &self.only {
            if !suite.cases().iter().any(|case| is_meant(wanted, &case.name)) {
                return Err(reporter.error(&format!("{} has no case {wanted}", self.folder.display())));
            }
        }
        Ok(suite.only(|case| self.only.iter().any(|wanted| is_meant(wanted, &case.name))))
    }

    /// What became of the cases, and how the program ends at least. Files that are to be written of it
    /// are looked at before any work.
    fn verdict(&self, targets: &[(&Path, Kind)], force: bool, reporter: &Reporter) -> Result<(Verdict, Exit), Exit> {
        let watch = self.limits.watch(reporter, None)?;
        let suite = open(&self.folder, &watch, reporter)?;
        Guard::new(force, suite.reads()).allows(targets.iter().copied(), reporter)?;
        let suite = self.narrowed(suite, reporter)?;
        let press = reporter.press(&self.fonts)?;
        let documents: Vec<PathBuf> = suite.cases().iter().map(|case| case.document.clone()).collect();
        let settings = Settings::of_files(&documents, reporter)?;
        let how = Checking {
            picture: &|document, name| files::picture(document, name),
            missing_glyphs: &|document| self.missing.of(document, &settings),
            full: self.full,
            jobs: self.jobs,
            watch,
        };
        let verdict = suite.check(&press, &how).map_err(|message| reporter.broken(&message))?;
        Ok((verdict, unseen(&suite)))
    }
}

/// The suite of a folder; files in it that are no documents, and entries that cannot be looked at, are
/// told.
fn open(folder: &Path, watch: &Watch, reporter: &Reporter) -> Result<Suite, Exit> {
    let suite = Suite::open(folder).map_err(|errors| {
        reporter.findings(&errors);
        Exit::Usage
    })?;
    watch.once(|| {
        reporter.skipped(&suite.skipped);
        reporter.findings(&suite.findings);
    });
    Ok(suite)
}

/// How the program ends where entries of a suite could not be looked at.
fn unseen(suite: &Suite) -> Exit {
    if suite.findings.iter().any(Diagnostic::is_error) { Exit::Usage } else { Exit::Well }
}

/// Whether a case is the one that is meant: its name, a folder that it is in, or a pattern.
fn is_meant(wanted: &str, name: &str) -> bool {
    let folder = wanted.trim_end_matches('/');
    let within = name.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    within || Glob::new(wanted).is_ok_and(|glob| glob.compile_matcher().is_match(name))
}

/// Whether references may be changed: not in CI, unless the user insists.
fn may_change(force: bool, reporter: &Reporter) -> Result<(), Exit> {
    let ci = std::env::var("CI").is_ok_and(|value| !matches!(value.as_str(), "" | "0" | "false"));
    if ci && !force {
        let message = "CI is set, and references are not changed there; --force does it all the same";
        return Err(reporter.error(message));
    }
    Ok(())
}
