//! `masthead golden accept`: makes the current output the reference.

use clap::Args;
use masthead::golden::State;

use super::{Cases, ReportFiles, may_change, verdict_text};
use crate::exit::Exit;
use crate::report::Reporter;

/// The arguments of `masthead golden accept`.
#[derive(Args)]
#[command(after_help = "Examples:
  masthead golden accept drafts/                   accept every case that is new or differs
  masthead golden accept drafts/ letter.yaml       accept only that one

If CI is set, nothing is accepted without --force. References within the tolerances of
golden.toml are not rewritten.")]
pub struct Accept {
    #[command(flatten)]
    cases: Cases,
    /// Accept even if CI is set
    #[arg(long)]
    force: bool,
}

impl Accept {
    /// Writes the references of cases that differ.
    pub fn run(&self, reporter: &Reporter) -> Exit {
        if let Err(exit) = may_change(self.force, reporter) {
            return exit;
        }
        let (verdict, unseen) = match self.cases.verdict(&ReportFiles::default(), reporter) {
            Ok(verdict) => verdict,
            Err(exit) => return exit,
        };
        let mut exit = unseen;
        let mut accepted = 0;
        for case in &verdict.cases {
            if case.acceptable() {
                if let Err(error) = case.accept() {
                    exit = exit.max(reporter.error(error));
                    continue;
                }
                accepted += 1;
                let what = if case.state == State::New { "accepted, new" } else { "accepted" };
                reporter.done(&format!("{what}: {}", case.name));
            } else if case.state != State::Same {
                reporter.done_lines(verdict_text::outcome(case, false, false).trim_end());
                exit = exit.max(Exit::Refused);
            }
        }
        let same = verdict.count(State::Same);
        reporter.done(&format!("{accepted} accepted, {same} as before"));
        if !verdict.orphans.is_empty() {
            let folder = self.cases.shell_folder();
            let orphans = verdict.orphans.len();
            reporter.done(&format!("{orphans} orphaned references; to remove them: masthead golden clean {folder}"));
        }
        exit
    }
}
