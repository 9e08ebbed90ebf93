//! `masthead golden accept`: what there is now becomes the reference.

use clap::Args;
use masthead::golden::State;

use super::{Cases, may_change, verdict_text};
use crate::cli::exit::Exit;
use crate::cli::report::Reporter;

/// What `masthead golden accept` is given.
#[derive(Args)]
#[command(after_help = "Examples:
  masthead golden accept drafts/                   every case that is new or differs
  masthead golden accept drafts/ letter.yaml       that one

Nothing is accepted where CI is set, unless with --force. What is within the tolerances
of golden.toml is not written again.")]
pub struct Accept {
    #[command(flatten)]
    cases: Cases,
    /// Also where CI is set
    #[arg(long)]
    force: bool,
}

impl Accept {
    /// Writes references of what differs.
    pub fn run(&self, reporter: &Reporter) -> Exit {
        if let Err(exit) = may_change(self.force, reporter) {
            return exit;
        }
        let (verdict, unseen) = match self.cases.verdict(&[], false, reporter) {
            Ok(verdict) => verdict,
            Err(exit) => return exit,
        };
        let mut exit = unseen;
        let mut accepted = 0;
        for case in &verdict.cases {
            if case.acceptable() {
                match case.accept() {
                    Ok(()) => accepted += 1,
                    Err(message) => exit = exit.max(reporter.error(&message)),
                }
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
            let folder = self.cases.folder.display();
            reporter.done(&format!("{} orphaned references: masthead golden clean {folder}", verdict.orphans.len()));
        }
        exit
    }
}
