//! `masthead queue work`: a worker.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use clap::Args;
use masthead::batch::cores;
use masthead::limits::Limits;
use masthead_server::queue::{Event, Metrics, Queue, Renderers, Worker};
use masthead_server::serve;
use tokio::runtime::Runtime;
use tokio::sync::mpsc;

use super::connection::ConnectionOptions;
use super::{done, runtime};
use crate::exit::Exit;
use crate::limits::LimitOptions;
use crate::listening::socket_address;
use crate::report::Reporter;
use crate::signals::Signals;

/// The arguments of `masthead queue work`.
#[derive(Args)]
#[command(after_help = "Examples:
  masthead queue work --nats nats://localhost
  masthead queue work --jobs 8 --metrics 127.0.0.1:9417 --nats tls://queue.example.org --creds worker.creds
  masthead queue work --until-empty --nats nats://localhost

Any number of workers on any number of machines share the documents of all batches. On SIGTERM or Ctrl-C, a worker
finishes the documents that it has, and takes no more; a second signal ends it at once, and others get them.")]
pub struct Work {
    /// Number of processes that render; default: all cores
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
    /// Folder of extra fonts, for characters that the built-in fonts lack
    #[arg(long, value_name = "FOLDER")]
    fonts: Vec<PathBuf>,
    /// End when there are no more documents
    #[arg(long)]
    until_empty: bool,
    /// Address at which to serve counts for Prometheus, at /metrics
    #[arg(long, value_name = "ADDRESS", value_parser = socket_address)]
    metrics: Option<SocketAddr>,
    #[command(flatten)]
    limits: LimitOptions,
    #[command(flatten)]
    connection: ConnectionOptions,
}

/// How often to look whether there is a queue.
const WAITING: Duration = Duration::from_millis(500);
/// The least time between two lines about progress.
const BETWEEN_LINES: Duration = Duration::from_secs(10);

impl Work {
    pub fn run(&self, reporter: &Reporter) -> Result<Exit, Exit> {
        let signals = Signals::catch().map_err(|error| reporter.error(error))?;
        let runtime = runtime(reporter)?;
        let fingerprint = reporter.press(&self.fonts)?.fingerprint();
        let metrics = Arc::new(Metrics::default());
        if let Some(address) = self.metrics {
            let counts = metrics.clone();
            let served = runtime.block_on(serve::metrics(address, move || counts.text()));
            served.map_err(|error| reporter.error(error))?;
        }
        let Some(queue) = self.queue(&runtime, &signals, reporter)? else { return Ok(Exit::Well) };
        done(&runtime, reporter, queue.expects(&fingerprint))?;
        let (seconds, mib) = self.limits.given();
        let jobs = self.jobs.map_or_else(cores, usize::from);
        let process = self.process(seconds, mib).map_err(|error| reporter.error(error))?;
        let entered = runtime.enter();
        let renderers = Renderers::start(process, jobs, Limits::new(seconds, mib));
        let renderers = renderers.map_err(|error| reporter.error(error))?;
        drop(entered);
        let (sender, mut receiver) = mpsc::unbounded_channel();
        let worker = Worker::new(queue, fingerprint, renderers, signals.stop.clone(), sender)
            .until_empty(self.until_empty)
            .metrics(metrics.clone());
        let (teller, counter) = (reporter.clone(), reporter.clone());
        done(&runtime, reporter, async {
            tokio::spawn(async move {
                while let Some(event) = receiver.recv().await {
                    match event {
                        Event::Dead(reason) => teller.problem(&format!("given up: {reason}")),
                        Event::Crashed(reason) | Event::Trouble(reason) => teller.problem(&reason),
                    }
                }
            });
            let counts = metrics.clone();
            tokio::spawn(async move {
                let mut before = 0;
                loop {
                    tokio::time::sleep(BETWEEN_LINES).await;
                    let now = counts.documents();
                    if now > before {
                        let rate = (now - before) as f64 / BETWEEN_LINES.as_secs_f64();
                        counter.done(&format!("{now} documents, {rate:.1} per second"));
                    }
                    before = now;
                }
            });
            worker.run().await
        })?;
        reporter.done(&format!("{} documents", metrics.documents()));
        Ok(Exit::Well)
    }

    /// Connects to the queue, and waits until there is one; `None` if it is not to wait.
    fn queue(&self, runtime: &Runtime, signals: &Signals, reporter: &Reporter) -> Result<Option<Queue>, Exit> {
        let mut told = false;
        loop {
            if let Some(queue) = self.connection.open(runtime, reporter)? {
                return Ok(Some(queue));
            }
            if self.until_empty || signals.exit().is_some() {
                return Ok(None);
            }
            if !std::mem::replace(&mut told, true) {
                reporter.done("there is no queue yet; waiting for masthead queue submit");
            }
            thread::sleep(WAITING);
        }
    }

    /// Returns how a process that renders is started.
    fn process(&self, seconds: f64, mib: u64) -> Result<serve::Worker, String> {
        let program = std::env::current_exe().map_err(|error| format!("this program cannot be found: {error}"))?;
        let mut arguments = vec!["serve-worker".to_owned(), "--threads=1".to_owned()];
        arguments.extend([format!("--deadline={seconds}"), format!("--memory={mib}")]);
        arguments.extend(self.fonts.iter().map(|folder| format!("--fonts={}", folder.display())));
        Ok(serve::Worker::new(program, arguments))
    }
}
