//! `masthead revise`: turns a document into its next revision, a corrigendum or an addendum.

use clap::Args;
use masthead::model::{Date, Document};
use masthead::read::parse_date;
use masthead::revise::{Revision, Suffix, TO_BE_WRITTEN, revised};

use super::Exit;
use super::report::Reporter;
use super::successor::Successor;

/// The arguments of `masthead revise`.
#[derive(Args)]
#[command(after_help = "Examples:
  masthead revise A_77_L.107.yaml                      write A_77_L.107_Rev.1.yaml
  masthead revise A_77_L.107_Rev.1.yaml --date 2023-08-30 --job 23-16733 --yes
  masthead revise A_78_461.yaml --corr                 write A_78_461_Corr.1.yaml

A revision has the text of the document, for you to change; a corrigendum or addendum has a place for its text.
The steps of the document keep its predecessor. Shows the difference, and asks before it writes; comments and
line breaks of YAML remain.

Exit status: 0 success; 1 errors found in the document; 2 usage or I/O error; 3 internal error.")]
pub struct Revise {
    #[command(flatten)]
    successor: Successor,
    /// Write the next revision (Rev.); the default
    #[arg(long, conflicts_with_all = ["corr", "add"])]
    rev: bool,
    /// Write a corrigendum (Corr.)
    #[arg(long, conflicts_with = "add")]
    corr: bool,
    /// Write an addendum (Add.)
    #[arg(long)]
    add: bool,
    /// Number of the revision, corrigendum or addendum; default: the next one
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    number: Option<u32>,
    /// Date of issue; default: today
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    date: Option<Date>,
    /// Job number
    #[arg(long, value_name = "NUMBER")]
    job: Option<String>,
}

impl Revise {
    /// Shows the difference, and writes the successor if confirmed.
    pub fn run(&self, reporter: &Reporter) -> Exit {
        let suffix = match (self.corr, self.add) {
            (true, _) => Suffix::Corr,
            (_, true) => Suffix::Add,
            _ => Suffix::Rev,
        };
        debug_assert!(!self.rev || suffix == Suffix::Rev, "the options exclude each other");
        let date = match (self.date, reporter.clock()) {
            (Some(date), _) => date,
            (None, Ok(clock)) => match clock.now().get(..10).and_then(|day| day.parse().ok()) {
                Some(date) => date,
                None => return reporter.error("today has no date of four digits for the year; use --date"),
            },
            (None, Err(exit)) => return exit,
        };
        let mut revision = Revision::new(suffix, date);
        revision.number = self.number;
        revision.job.clone_from(&self.job);
        let make = |document: &Document, existing| {
            // A revision follows the last one, which is the document to revise.
            let mut revision = revision.clone();
            revision.existing = if suffix == Suffix::Rev { 0 } else { existing };
            revised(document, &revision)
        };
        let hint = |_: &Document| {
            let what = suffix.kind()?.name();
            Some(format!("write the text of the {what} in place of “{TO_BE_WRITTEN}”"))
        };
        self.successor.run(make, hint, reporter)
    }
}
