//! `masthead serve`: a page to write in, and the HTTP API.

use std::error::Error as _;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};
use masthead::Error;
use masthead::limits::Limits as DocumentLimits;
use masthead::model::Kind;
use masthead_server::serve::{FileToWatch, Limits, Options, Queue, Server, Starter, Worker, work};
use tracing::Level;

use super::limits::LimitOptions;
use super::listening::socket_address;
use super::report::Reporter;
use super::{Exit, files, new};

/// The arguments of `masthead serve`.
#[derive(Args)]
#[command(after_help = "Examples:
  masthead serve                                   write in the browser
  masthead serve --no-open --listen 127.0.0.1:9000 only the HTTP API
  curl --data-binary @draft.yaml -H 'Content-Type: application/yaml' \\
       http://localhost:8417/v1/render -o draft.pdf

The API is described at /openapi.json, and in docs/serve.md. No file of this machine can be read through it.
Ctrl-C or SIGTERM ends the server when it has answered the requests in progress.")]
pub struct Serve {
    #[command(flatten)]
    server: ServerOptions,
    #[cfg(feature = "queue")]
    #[command(flatten)]
    queue: super::queue::JobOptions,
}

/// Adds to an error what the user can do.
fn with_way_out(error: &Error) -> String {
    let system = error.source().and_then(|source| source.downcast_ref::<io::Error>());
    match system.map(io::Error::kind) {
        Some(io::ErrorKind::AddrInUse) => {
            format!("{error}; choose another port with --listen, or port 0 for any that is free")
        }
        _ => error.to_string(),
    }
}

/// What `serve` and `watch` have in common.
#[derive(Args)]
pub struct ServerOptions {
    /// Address and port to listen on; port 0: any free one. Everyone who can reach an address other than 127.0.0.1
    /// can use the server
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8417", value_parser = socket_address)]
    listen: SocketAddr,
    /// Also answer to this host name, as behind a proxy
    #[arg(long, value_name = "NAME")]
    host_name: Vec<String>,
    /// Number of worker processes; default: one for each processor, at least 2
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    workers: Option<u16>,
    /// Number of requests that may wait for a worker; default: 8 for each worker
    #[arg(long, value_name = "N")]
    waiting: Option<u16>,
    /// Largest body of a request, in MiB
    #[arg(long, value_name = "MIB", default_value_t = 32, value_parser = clap::value_parser!(u16).range(1..=1024))]
    body: u16,
    /// Time in which a client must send the head of a request, then its body, and go on taking the answer, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..=3600))]
    client_timeout: u16,
    /// How to write the log, which goes to standard error
    #[arg(long, value_enum, default_value_t)]
    log: Log,
    /// Folder of extra fonts, for characters that the built-in fonts lack
    #[arg(long, value_name = "FOLDER")]
    fonts: Vec<PathBuf>,
    #[command(flatten)]
    limits: LimitOptions,
    #[command(flatten)]
    opening: Opening,
}

/// Whether to open the browser.
#[derive(Args)]
struct Opening {
    /// Open the browser; default: if there is a terminal
    #[arg(long, overrides_with = "no_open")]
    open: bool,
    /// Do not open the browser
    #[arg(long, overrides_with = "open")]
    no_open: bool,
}

impl Opening {
    fn is_wanted(&self, reporter: &Reporter) -> bool {
        self.open || !self.no_open && reporter.is_at_terminal()
    }
}

/// The form of the log.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Log {
    /// No log
    #[default]
    None,
    /// A line for each request
    Text,
    /// The same, as JSON
    Json,
}

/// The arguments of a worker process of the server.
#[derive(Args)]
pub struct WorkerOptions {
    #[arg(long)]
    fonts: Vec<PathBuf>,
    #[arg(long, default_value_t = 0)]
    threads: usize,
    #[command(flatten)]
    limits: LimitOptions,
}

impl Serve {
    /// Serves until the user or the system ends it.
    pub fn run(&self, reporter: &Reporter) -> Exit {
        #[cfg(feature = "queue")]
        let queue = match self.queue.open(&self.server.fonts, reporter) {
            Ok(queue) => queue,
            Err(exit) => return exit,
        };
        #[cfg(not(feature = "queue"))]
        let queue = Queue::default();
        self.server.run(None, queue, reporter)
    }
}

impl ServerOptions {
    /// Serves the page for a file, or the page to write in.
    pub fn run(&self, watch: Option<FileToWatch>, queue: Queue, reporter: &Reporter) -> Exit {
        self.begin_log();
        let server = self.options(watch, queue).and_then(Server::start);
        let server = match server.and_then(|server| Ok((server.address()?, server))) {
            Ok((address, server)) => {
                reporter.done(&format!("listening on http://{address}/ (Ctrl-C to end)"));
                let address = format!("http://{}/", of_this_machine(address));
                if self.opening.is_wanted(reporter)
                    && let Err(error) = open::that_detached(&address)
                {
                    reporter.problem(&format!("the browser cannot be opened: {error}; open {address}"));
                }
                server
            }
            Err(error) => return reporter.error(with_way_out(&error)),
        };
        match server.run() {
            Ok(()) => Exit::Well,
            Err(error) => reporter.error(error),
        }
    }

    fn options(&self, watch: Option<FileToWatch>, queue: Queue) -> Result<Options, Error> {
        const MIB: usize = 20;
        let usual = Limits::default();
        let workers = self.workers.map_or(usual.workers, usize::from);
        let waiting = self.waiting.map_or(usual.waiting / usual.workers * workers, usize::from);
        let (deadline, memory) = self.limits.given();
        let document = DocumentLimits::new(deadline, memory);
        let body = usize::from(self.body) << MIB;
        let client = Duration::from_secs(self.client_timeout.into());
        // A body of the largest size must fit, with its message in Base64 or its answer.
        let buffers = usual.buffers.max(3 * body);
        let mut limits = usual;
        (limits.body, limits.buffers, limits.client) = (body, buffers, client);
        (limits.workers, limits.waiting, limits.document) = (workers, waiting, document);
        // Fonts that cannot be read are reported here, not by each worker.
        files::fonts(&self.fonts)?;
        let program =
            std::env::current_exe().map_err(|error| Error::other(format!("this program cannot be found: {error}")))?;
        let mut arguments = vec!["serve-worker".to_owned()];
        arguments.extend([format!("--deadline={deadline}"), format!("--memory={memory}")]);
        arguments.extend(self.fonts.iter().map(|folder| format!("--fonts={}", folder.display())));
        let starters = Kind::ALL.map(|kind| Starter { kind: kind.name(), text: new::starter(kind) }).to_vec();
        let mut options = Options::new(self.listen, Worker::new(program, arguments));
        options.host_names.clone_from(&self.host_name);
        (options.limits, options.starters, options.watch, options.queue) = (limits, starters, watch, queue);
        Ok(options)
    }

    fn begin_log(&self) {
        let lines =
            || tracing_subscriber::fmt().with_writer(std::io::stderr).with_max_level(Level::INFO).with_ansi(false);
        match self.log {
            Log::None => {}
            Log::Text => lines().init(),
            Log::Json => lines().json().init(),
        }
    }
}

/// Returns an address that leads to a server on this machine: a browser cannot open one that stands for all.
fn of_this_machine(mut address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        address.set_ip(match address.ip() {
            IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
            IpAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
        });
    }
    address
}

impl WorkerOptions {
    /// Works for the server that has started this process.
    pub fn run(&self, reporter: &Reporter) -> Exit {
        let (deadline, memory) = self.limits.given();
        let worked = files::fonts(&self.fonts)
            .and_then(|fonts| work(fonts, DocumentLimits::new(deadline, memory), self.threads));
        worked.map_or_else(|error| reporter.broken(error), |()| Exit::Well)
    }
}
