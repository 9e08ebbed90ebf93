//! `masthead queue collect`: writes the files, the register and the report of a batch.

use std::collections::HashSet;
use std::path::PathBuf;

use clap::Args;
use masthead::batch::Batch;
use masthead::register;
use masthead_server::queue::{BatchName, Collected, Collection, Header, Verified, Waited};
use serde_json::json;
use tokio::runtime::Runtime;

use super::connection::ConnectionOptions;
use super::{done, failed, runtime};
use crate::clock::Clock;
use crate::exit::Exit;
use crate::guard::{Guard, Kind};
use crate::progress::Progress;
use crate::report::Reporter;
use crate::signals::{self, Signals};
use crate::telling::Telling;

/// The arguments of `masthead queue collect`.
#[derive(Args)]
#[command(after_help = "Examples:
  masthead queue collect --batch monday --out out/ --nats nats://localhost

Files are written as they are rendered; register.sqlite, report.json and report.html are those of masthead
batch. After an interruption, run the command again. The results stay in the queue until they are purged:
a batch can be collected any number of times.

Exit status: as that of masthead batch.")]
pub struct Collect {
    /// Name of the batch
    #[arg(short, long, value_name = "NAME")]
    batch: BatchName,
    /// Output folder
    #[arg(short, long, value_name = "FOLDER")]
    out: PathBuf,
    /// Register file; default: register.sqlite in the output folder
    #[arg(short, long, value_name = "FILE")]
    register: Option<PathBuf>,
    /// Folder of extra fonts with which the batch was submitted
    #[arg(long, value_name = "FOLDER")]
    fonts: Vec<PathBuf>,
    /// Stay, and collect again when the batch is submitted again, as with submit --follow
    #[arg(long)]
    follow: bool,
    /// Write all files again, and overwrite files of another kind
    #[arg(long)]
    force: bool,
    /// Print events to standard output, one JSON object per line
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    connection: ConnectionOptions,
}

impl Collect {
    pub fn run(&self, reporter: &Reporter) -> Result<Exit, Exit> {
        let clock = reporter.clock()?;
        let signals = Signals::catch().map_err(|error| reporter.error(error))?;
        let report = |ending| self.out.join(format!("report.{ending}"));
        let targets = [(report("json"), Kind::Json), (report("html"), Kind::Html), (self.register(), Kind::Register)];
        Guard::new(self.force, Vec::<PathBuf>::new()).allows(targets, reporter)?;
        let runtime = runtime(reporter)?;
        let queue = self.connection.existing(&runtime, reporter)?;
        let press = reporter.press(&self.fonts)?;
        let fingerprint = press.fingerprint();
        let mut before: Option<Header> = None;
        let mut exit = Exit::Well;
        let verified = Verified::default();
        loop {
            let stop = || signals.exit().is_some();
            let tell = || reporter.done(&format!("waiting for the submission of batch {}", self.batch));
            let waited = Collection::wait(&queue, &self.batch, &fingerprint, before.as_ref(), &stop, &tell);
            let Waited::Submitted(collection) = done(&runtime, reporter, waited)? else { break };
            let header = &collection.header;
            let batch = Batch::new(&press, &self.out)
                .register(self.register())
                .profile(header.profile)
                .print(header.print.clone())
                .lines(header.lines)
                .emblem(collection.emblem.clone())
                .jobs(1)
                .force(self.force)
                .stop(signals.stop.clone());
            let collected = self.collect((&collection, &verified), &batch, (&runtime, &clock, &signals), reporter);
            match collected {
                // Whoever follows is ended in this way.
                Err(_) if self.follow && signals.exit().is_some() => return Ok(exit),
                collected => match collected? {
                    Some(collected) => exit = collected,
                    None => continue,
                },
            }
            if !self.follow {
                return Ok(exit);
            }
            before = Some(collection.header);
        }
        match signals.exit() {
            Some(signal) if !self.follow => Err(signal),
            _ => Ok(exit),
        }
    }

    fn register(&self) -> PathBuf {
        self.register.clone().unwrap_or_else(|| self.out.join(register::NAME))
    }

    /// Collects a batch once. Returns `None` if it was submitted again meanwhile.
    fn collect(
        &self,
        (collection, verified): (&Collection, &Verified),
        batch: &Batch,
        (runtime, clock, signals): (&Runtime, &Clock, &Signals),
        reporter: &Reporter,
    ) -> Result<Option<Exit>, Exit> {
        let plan = collection.plan(batch).map_err(|errors| {
            reporter.findings(&errors);
            Exit::Usage
        })?;
        let documents = plan.documents().len();
        let telling = Telling { reporter, out: &self.out, json: self.json, dry_run: false };
        telling.event(&json!({ "event": "begin", "documents": documents, "whole": documents, "shard": null }));
        let mut progress = Progress::new(reporter, documents, self.json || reporter.is_quiet());
        let mut ended = HashSet::new();
        let run = collection.collect(runtime.handle(), batch, (&plan, verified), &|| clock.now(), &mut |outcome| {
            telling.outcome(outcome, &progress);
            ended.insert(outcome.index);
            progress.step();
        });
        progress.end();
        let run = match run.map_err(|error| failed(error, reporter))? {
            Collected::Whole(run) => run,
            Collected::Changed => {
                reporter.done(&format!("batch {} was submitted again", self.batch));
                return Ok(None);
            }
        };
        let next = plan.documents().iter().find(|planned| !ended.contains(&planned.index));
        let stopped = signals.exit().zip(next);
        let exit = telling.end(&run, documents, stopped.is_some());
        match stopped {
            Some((signal, _)) if self.follow => Err(signal),
            Some((signal, next)) => {
                reporter.problem(&format!(
                    "stopped before {} ({} of {documents} documents collected); to resume, run: {}",
                    next.input.file.display(),
                    ended.len(),
                    signals::again("--force", |argument| self.connection.shown(argument))
                ));
                Err(signal)
            }
            None => Ok(Some(exit)),
        }
    }
}
