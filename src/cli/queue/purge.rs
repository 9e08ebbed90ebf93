//! `masthead queue purge`: removes batches from the queue.

use clap::Args;
use masthead_server::queue::{BatchName, Purged};

use super::connection::ConnectionOptions;
use super::{done, runtime};
use crate::exit::Exit;
use crate::report::Reporter;

/// The arguments of `masthead queue purge`.
#[derive(Args)]
pub struct Purge {
    /// Names of the batches; _jobs for the jobs of the HTTP API
    #[arg(required = true, value_name = "NAME", value_parser = BatchName::existing)]
    batches: Vec<BatchName>,
    /// Remove them without asking
    #[arg(short, long)]
    yes: bool,
    #[command(flatten)]
    connection: ConnectionOptions,
}

impl Purge {
    pub fn run(&self, reporter: &Reporter) -> Result<Exit, Exit> {
        let runtime = runtime(reporter)?;
        let queue = self.connection.existing(&runtime, reporter)?;
        for batch in &self.batches {
            // If it was removed in part, its header may be gone.
            let counts = done(&runtime, reporter, queue.status(None))?;
            let open: u64 = counts.batches.iter().filter(|it| it.batch == batch.as_str()).map(|it| it.open).sum();
            let question = match open {
                0 => format!("Remove batch {batch} and its results from the queue?"),
                open => format!("Remove batch {batch} from the queue, with {open} documents that are not rendered?"),
            };
            if !self.yes && !reporter.agreed(&question).unwrap_or_default() {
                return Err(reporter.error(format!("batch {batch} is still in the queue; use --yes to remove it")));
            }
            let Purged { queued, results, dead, .. } = done(&runtime, reporter, queue.purge(batch))?;
            reporter.done(&format!(
                "batch {batch} is removed: {queued} queued documents, {results} results, {dead} dead letters"
            ));
        }
        Ok(Exit::Well)
    }
}
