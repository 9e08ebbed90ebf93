//! `masthead golden clean`: removes references that belong to no document.

use std::path::PathBuf;

use clap::Args;
use masthead::golden::{Suite, remove};
use masthead::limits::Watch;
use masthead::visible::visible;

use super::{may_change, opened, unseen};
use crate::exit::Exit;
use crate::report::Reporter;

/// The arguments of `masthead golden clean`.
#[derive(Args)]
#[command(after_help = "Example:
  masthead golden clean drafts/ --dry-run

Lists what would be removed and asks for confirmation; without a terminal, nothing is removed
unless --yes is given.")]
pub struct Clean {
    /// Folder of documents with their references
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// List what would be removed, and remove nothing
    #[arg(long)]
    dry_run: bool,
    /// Remove without asking
    #[arg(short, long, conflicts_with = "dry_run")]
    yes: bool,
    /// Remove even if CI is set
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
        let suite = match opened(Suite::open(&self.folder), &Watch::none(), reporter) {
            Ok(suite) => suite,
            Err(exit) => return exit,
        };
        let orphans = suite.orphans();
        if orphans.is_empty() {
            reporter.done("nothing to remove");
            return unseen(&suite);
        }
        if self.dry_run {
            let list: String = orphans.iter().map(|path| format!("{}\n", visible(&suite.name_of(path)))).collect();
            reporter.done("would be removed:");
            return reporter.lines(&list).max(unseen(&suite));
        }
        if !self.yes {
            orphans.iter().for_each(|path| reporter.problem(&format!("orphaned: {}", suite.name_of(path))));
            match reporter.agreed(&format!("Remove them ({})?", orphans.len())) {
                Some(true) => {}
                Some(false) => {
                    reporter.done("nothing was removed");
                    return Exit::Well;
                }
                None => {
                    return reporter.error("nothing was removed: no terminal to confirm on; use --yes to remove them");
                }
            }
        }
        let mut exit = unseen(&suite);
        for path in &orphans {
            match remove(path) {
                Ok(()) => reporter.done(&format!("removed: {}", suite.name_of(path))),
                Err(error) => exit = exit.max(reporter.error(error)),
            }
        }
        exit
    }
}
