//! `masthead golden check` and `report`: lists differences and writes reports of them.

use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use masthead::golden::{State, Verdict, report};

use super::{Cases, ReportFiles, verdict_text};
use crate::exit::Exit;
use crate::guard::Kind;
use crate::outputs;
use crate::report::Reporter;

/// The arguments of `masthead golden check`.
#[derive(Args)]
#[command(after_help = "Examples:
  masthead golden check drafts/
  masthead golden check drafts/ 'letters/*' --report report.html
  masthead golden check drafts/ --junit golden.xml --json golden.json

Exit status: 0 no differences; 1 a case differs, is new, refused or orphaned; 2 usage or I/O error;
3 internal error.")]
pub struct Check {
    #[command(flatten)]
    cases: Cases,
    /// List every difference, however many a case has
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    reports: Reports,
}

/// The arguments of `masthead golden report`.
#[derive(Args)]
#[command(after_help = "Example:
  masthead golden report drafts/ -o report.html")]
pub struct Report {
    #[command(flatten)]
    cases: Cases,
    /// Report file: a single, self-contained HTML file
    #[arg(short, long, default_value = "report.html", value_name = "FILE")]
    output: PathBuf,
    /// Overwrite input files and files of another kind
    #[arg(long)]
    force: bool,
}

/// The report files of a check.
#[derive(Args)]
pub struct Reports {
    /// Write a report with images: one HTML file
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Write JUnit XML, for CI
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
    /// Write JSON, for programs
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Let reports overwrite input files and files of another kind
    #[arg(long)]
    force: bool,
}

impl Check {
    /// Prints the differences.
    pub fn run(&self, reporter: &Reporter) -> Exit {
        let (verdict, unseen) = match self.cases.verdict(&self.reports.files(), reporter) {
            Ok(verdict) => verdict,
            Err(exit) => return exit,
        };
        let text = verdict_text::verdict(&verdict, reporter.coloured(&io::stdout()), self.all);
        let written = self.reports.write(&verdict, &title(&self.cases.folder), reporter);
        let shown = outputs::tell(&text, self.reports.targets().iter().map(|(path, _)| *path), reporter);
        let exit = exit(&verdict).max(unseen).max(written).max(shown);
        if verdict.cases.iter().any(masthead::golden::Outcome::acceptable) {
            let folder = self.cases.shell_folder();
            reporter.done(&format!(
                "to review the differences: masthead golden review {folder}; to accept all: \
                 masthead golden accept {folder}"
            ));
        }
        if !verdict.orphans.is_empty() {
            reporter.done(&format!(
                "to remove references that belong to no document: masthead golden clean {}",
                self.cases.shell_folder()
            ));
        }
        exit
    }
}

impl Report {
    /// Writes the report. Differences do not affect the exit status.
    pub fn run(&self, reporter: &Reporter) -> Exit {
        let reports = Reports { report: Some(self.output.clone()), junit: None, json: None, force: self.force };
        let (verdict, unseen) = match self.cases.verdict(&reports.files(), reporter) {
            Ok(verdict) => verdict,
            Err(exit) => return exit,
        };
        let exit = reports.write(&verdict, &title(&self.cases.folder), reporter).max(unseen);
        reporter.done(&verdict_text::summary(&verdict));
        exit
    }
}

impl Reports {
    /// Returns the reports that this run replaces.
    fn files(&self) -> ReportFiles<'_> {
        ReportFiles { targets: self.targets(), force: self.force, always_written: true }
    }

    /// Returns the files to write.
    fn targets(&self) -> Vec<(&Path, Kind)> {
        let all = [(&self.report, Kind::Html), (&self.junit, Kind::JUnit), (&self.json, Kind::Json)];
        all.into_iter().filter_map(|(path, kind)| Some((path.as_deref()?, kind))).collect()
    }

    pub fn write(&self, verdict: &Verdict, title: &str, reporter: &Reporter) -> Exit {
        let reports = [
            (&self.report, report::html(verdict, title)),
            (&self.junit, report::junit(verdict)),
            (&self.json, report::json(verdict)),
        ];
        let mut exit = Exit::Well;
        for (path, text) in reports {
            let Some(path) = path else { continue };
            exit = exit.max(match text {
                Ok(text) => outputs::put(path, text.as_bytes(), &format!("written: {}", path.display()), reporter),
                Err(error) => reporter.broken(error),
            });
        }
        exit
    }
}

fn title(folder: &Path) -> String {
    format!("Golden report: {}", folder.display())
}

/// Returns the exit status of a check.
fn exit(verdict: &Verdict) -> Exit {
    if verdict.count(State::Broken) > 0 {
        Exit::Usage
    } else if verdict.passed() {
        Exit::Well
    } else {
        Exit::Refused
    }
}
