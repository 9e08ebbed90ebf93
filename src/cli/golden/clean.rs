//! `masthead golden clean`: references that belong to no document are removed.

use std::path::PathBuf;

use clap::Args;
use masthead::golden::{Suite, remove};

use super::may_change;
use crate::cli::Exit;
use crate::cli::report::Reporter;

/// What `masthead golden clean` is given.
#[derive(Args)]
#[command(after_help = "Example:
  masthead golden clean drafts/ --dry-run")]
pub struct Clean {
    /// A folder of documents with their references
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Only say what would be removed
    #[arg(long)]
    dry_run: bool,
    /// Also where CI is set
    #[arg(long)]
    force: bool,
}

impl Clean {
    /// Removes orphaned references.
    pub fn run(&self, reporter: &Reporter) -> Exit {
        if !self.dry_run
            && let Err(exit) = may_change(self.force, reporter)
        {
            return exit;
        }
        let suite = match Suite::open(&self.folder) {
            Ok(suite) => suite,
            Err(fault) => {
                reporter.findings(&[fault]);
                return Exit::Usage;
            }
        };
        let orphans = suite.orphans();
        let mut exit = Exit::Well;
        for path in &orphans {
            let done = if self.dry_run { Ok(()) } else { remove(path) };
            match done {
                Ok(()) if self.dry_run => reporter.done(&format!("would be removed: {}", path.display())),
                Ok(()) => reporter.done(&format!("removed: {}", path.display())),
                Err(message) => exit = exit.max(reporter.error(&message)),
            }
        }
        if orphans.is_empty() {
            reporter.done("nothing to remove");
        }
        exit
    }
}
