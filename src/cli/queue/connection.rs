//! `--nats` and the options of the connection.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use masthead::queue::{Connection, Credentials, JobQueue, Queue, Storage, Tls};
use masthead::serve;
use tokio::runtime::Runtime;

use super::{done, runtime};
use crate::cli::Exit;
use crate::cli::report::Reporter;

/// The options of the connection.
#[derive(Args, Clone)]
pub struct ConnectionOptions {
    /// Address of the NATS server, such as nats://host:4222, or tls://host; several of a cluster separated by commas
    #[arg(long, value_name = "URL", env = "NATS_URL", value_delimiter = ',', required = true)]
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

/// How the queue is stored; used by the command that comes first.
#[derive(Args, Clone)]
pub struct StorageOptions {
    /// Number of servers that keep each message, when the queue is created; 3 in a cluster
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=5))]
    replicas: u8,
    /// Number of days for which results are kept, when the queue is created; 0: until they are purged
    #[arg(long, value_name = "DAYS", default_value_t = 0)]
    keep: u16,
}

impl From<&StorageOptions> for Storage {
    fn from(options: &StorageOptions) -> Self {
        const DAY: u64 = 24 * 3600;
        let keep = (options.keep > 0).then(|| Duration::from_secs(u64::from(options.keep) * DAY));
        Self { replicas: options.replicas.into(), keep }
    }
}

impl Secrets {
    /// Returns a connection to servers.
    pub fn connection(&self, servers: &[String]) -> Connection {
        let credentials = match (&self.creds, &self.nkey) {
            (Some(file), _) => Credentials::File(file.clone()),
            (None, Some(file)) => Credentials::Nkey(file.clone()),
            (None, None) => Credentials::None,
        };
        let client = self.tls_cert.clone().zip(self.tls_key.clone());
        Connection { servers: servers.to_vec(), credentials, tls: Tls { authorities: self.tls_ca.clone(), client } }
    }
}

impl ConnectionOptions {
    /// Connects to the queue.
    pub fn open(&self, storage: Storage, runtime: &Runtime, reporter: &Reporter) -> Result<Queue, Exit> {
        done(runtime, reporter, Queue::open(&self.secrets.connection(&self.nats), storage))
    }
}

/// The queue for the jobs of a server.
#[derive(Args, Clone)]
pub struct JobOptions {
    /// Address of a NATS server, for the jobs of the API (see masthead queue)
    #[arg(long, value_name = "URL", value_delimiter = ',')]
    nats: Vec<String>,
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
        let queue = done(&runtime, reporter, Queue::open(&self.secrets.connection(&self.nats), Storage::default()))?;
        let fingerprint = reporter.press(fonts)?.fingerprint();
        let jobs = done(&runtime, reporter, JobQueue::new(queue, fingerprint))?;
        // The connection lives as long as the program.
        std::mem::forget(runtime);
        Ok(serve::Queue(Some(Arc::new(jobs))))
    }
}
