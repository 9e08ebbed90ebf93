//! `--nats` and the options of the connection.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use masthead_server::queue::{Connection, Credentials, JobQueue, Queue, Tls};
use masthead_server::serve;
use tokio::runtime::Runtime;

use super::{done, failed, runtime};
use crate::exit::Exit;
use crate::report::Reporter;

/// The options of the connection.
#[derive(Args, Clone)]
pub struct ConnectionOptions {
    /// Address of the NATS server, such as nats://host:4222, or tls://host; several of a cluster separated by commas
    #[arg(long, value_name = "URL", env = "NATS_URL", hide_env_values = true, value_delimiter = ',', required = true)]
    nats: Vec<String>,
    #[command(flatten)]
    secrets: Secrets,
}

/// How to sign in and encrypt.
#[derive(Args, Clone)]
pub struct Secrets {
    /// File of credentials (.creds) to sign in with
    #[arg(long, value_name = "FILE", conflicts_with = "nkey")]
    creds: Option<PathBuf>,
    /// File with the seed of an nkey to sign in with
    #[arg(long, value_name = "FILE")]
    nkey: Option<PathBuf>,
    /// File with certificates of authorities (PEM), in addition to those of the system
    #[arg(long, value_name = "FILE")]
    tls_ca: Vec<PathBuf>,
    /// File with the certificate of this client (PEM)
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// File with the key of that certificate (PEM)
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
}

/// How the queue is stored.
#[derive(Args, Clone)]
pub struct StorageOptions {
    /// Number of servers that keep each message of the queue, from now on; 3 in a cluster. Default: as it is, or 1
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=5))]
    replicas: Option<u8>,
}

/// Returns a number of days.
pub fn days(text: &str) -> Result<Duration, String> {
    const DAY: f64 = 24.0 * 3600.0;
    const MOST: f64 = 36_500.0;
    let given = text.parse().ok().filter(|days: &f64| *days <= MOST);
    let given = given.and_then(|days| Duration::try_from_secs_f64(days * DAY).ok());
    given.ok_or_else(|| format!("give a number of days up to {MOST}, such as 7"))
}

impl Secrets {
    /// Returns a connection to servers.
    pub fn connection(&self, servers: &[String]) -> Connection {
        let credentials = match (&self.creds, &self.nkey) {
            (Some(file), _) => Credentials::File(file.clone()),
            (None, Some(file)) => Credentials::Nkey(file.clone()),
            (None, None) => Credentials::None,
        };
        let mut tls = Tls::default();
        tls.authorities.clone_from(&self.tls_ca);
        tls.client = self.tls_cert.clone().zip(self.tls_key.clone());
        Connection::new(servers).credentials(credentials).tls(tls)
    }
}

impl ConnectionOptions {
    fn connection(&self) -> Connection {
        self.secrets.connection(&self.nats)
    }

    /// Connects to the queue, which is created if there is none.
    pub fn create(&self, storage: &StorageOptions, runtime: &Runtime, reporter: &Reporter) -> Result<Queue, Exit> {
        done(runtime, reporter, Queue::create(&self.connection(), storage.replicas.map(usize::from)))
    }

    /// Connects to the queue, if there is one.
    pub fn open(&self, runtime: &Runtime, reporter: &Reporter) -> Result<Option<Queue>, Exit> {
        done(runtime, reporter, Queue::open(&self.connection()))
    }

    /// Connects to the queue, which must exist.
    pub fn existing(&self, runtime: &Runtime, reporter: &Reporter) -> Result<Queue, Exit> {
        done(runtime, reporter, Queue::existing(&self.connection()))
    }

    /// Returns an argument of the command line without passwords.
    pub fn shown(&self, argument: String) -> String {
        self.nats.iter().fold(argument, |argument, server| argument.replace(server, &Connection::bare(server)))
    }
}

/// The queue for the jobs of a server.
#[derive(Args, Clone)]
pub struct JobOptions {
    /// Address of a NATS server, for the jobs of the API (see masthead queue)
    #[arg(long, value_name = "URL", value_delimiter = ',')]
    nats: Vec<String>,
    /// Number of days for which the jobs of the API are kept
    #[arg(long, value_name = "DAYS", default_value = "7", value_parser = days)]
    keep_jobs: Duration,
    #[command(flatten)]
    storage: StorageOptions,
    #[command(flatten)]
    secrets: Secrets,
}

impl JobOptions {
    /// Connects to the queue, if there is one.
    pub fn open(&self, fonts: &[PathBuf], reporter: &Reporter) -> Result<serve::Queue, Exit> {
        if self.nats.is_empty() {
            return Ok(serve::Queue::default());
        }
        let runtime = runtime(reporter)?;
        let connection = self.secrets.connection(&self.nats);
        let replicas = self.storage.replicas.map(usize::from);
        let queue = done(&runtime, reporter, Queue::create(&connection, replicas))?;
        let fingerprint = reporter.press(fonts)?.fingerprint();
        let jobs = JobQueue::new(runtime, queue, fingerprint, self.keep_jobs);
        let jobs = jobs.map_err(|error| failed(error, reporter))?;
        Ok(serve::Queue(Some(Arc::new(jobs))))
    }
}
