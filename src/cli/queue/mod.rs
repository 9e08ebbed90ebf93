//! `masthead queue`: batches on any number of machines, through NATS JetStream.

mod collect;
mod connection;
mod purge;
mod status;
mod submit;
mod work;

use std::future::Future;

use clap::{Args, Subcommand};
use masthead::diagnostic::Diagnostic;
use tokio::runtime::{Builder, Runtime};

use super::Exit;
use super::report::Reporter;

pub use connection::JobOptions;

/// The arguments of `masthead queue`.
#[derive(Args)]
#[command(after_help = "Examples:
  masthead queue submit drafts/ --batch monday --nats nats://queue.example.org
  masthead queue work --nats nats://queue.example.org       on each machine that renders
  masthead queue collect --batch monday --out out/ --nats nats://queue.example.org
  masthead queue status --watch --nats nats://queue.example.org
  masthead queue purge monday --nats nats://queue.example.org

docs/queue.md describes the server, clusters, and services for workers.")]
pub struct Queue {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Submit the documents of a batch
    Submit(submit::Submit),
    /// Render documents of all batches until it is stopped
    Work(work::Work),
    /// Write the files, the register and the report of a batch
    Collect(collect::Collect),
    /// Show how far the batches are
    Status(status::Status),
    /// Remove batches from the queue
    Purge(purge::Purge),
}

impl Queue {
    /// Runs the command that the user gave.
    pub fn run(&self, reporter: &Reporter) -> Exit {
        let done = match &self.command {
            Command::Submit(submit) => submit.run(reporter),
            Command::Work(work) => work.run(reporter),
            Command::Collect(collect) => collect.run(reporter),
            Command::Status(status) => status.run(reporter),
            Command::Purge(purge) => purge.run(reporter),
        };
        done.unwrap_or_else(|exit| exit)
    }
}

/// Creates the threads of the connection.
fn runtime(reporter: &Reporter) -> Result<Runtime, Exit> {
    const THREADS: usize = 2;
    let runtime = Builder::new_multi_thread().worker_threads(THREADS).enable_all().build();
    runtime.map_err(|error| reporter.error(format!("cannot start threads: {error}")))
}

/// Runs something to its end, and reports the error.
fn done<T, E: Into<Diagnostic>>(
    runtime: &Runtime,
    reporter: &Reporter,
    work: impl Future<Output = Result<T, E>>,
) -> Result<T, Exit> {
    runtime.block_on(work).map_err(|error| failed(error, reporter))
}

/// Reports an error of the queue.
fn failed(error: impl Into<Diagnostic>, reporter: &Reporter) -> Exit {
    reporter.findings(&[error.into()]);
    Exit::Usage
}
