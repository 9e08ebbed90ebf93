//! The server: connections, limits and shutdown.

use std::future::Future;
use std::io;
use std::net::{SocketAddr, TcpListener as StdListener};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::middleware::from_fn_with_state;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use masthead::model;
use masthead::{Error, ErrorKind};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::{sleep, timeout};
use tokio_io_timeout::TimeoutStream;

use super::buffers::Buffers;
use super::guard::guard;
use super::hosts::Hosts;
use super::jobs::Queue;
use super::limits::Limits;
use super::metrics::Metrics;
use super::openapi::openapi;
use super::pool::{Pool, Sizes};
use super::problem::Problem;
use super::routes::{ROUTES, Route};
use super::site;
use super::starter::Starter;
use super::state::{Inner, State};
use super::watching::{FileToWatch, Watched};
use super::worker::Worker;

/// The most connections at once; others wait.
const CONNECTIONS: usize = 4096;
/// How long connections stay open on shutdown for what their clients may just be sending. Every answer tells them that
/// there is no other.
const LAST_REQUESTS: Duration = Duration::from_millis(500);

/// What to serve, and how.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Options {
    /// The address.
    pub address: SocketAddr,
    /// Further names that the server answers to.
    pub host_names: Vec<String>,
    /// The limits.
    pub limits: Limits,
    /// How a worker is started.
    pub worker: Worker,
    /// The starter documents.
    pub starters: Vec<Starter>,
    /// The file to show, instead of a page to write in.
    pub watch: Option<FileToWatch>,
    /// The queue.
    pub queue: Queue,
}

impl Options {
    /// Creates options for the page to write in, without starter documents or a queue.
    pub fn new(address: SocketAddr, worker: Worker) -> Self {
        Self {
            address,
            host_names: Vec::new(),
            limits: Limits::default(),
            worker,
            starters: Vec::new(),
            watch: None,
            queue: Queue::default(),
        }
    }
}

/// A server that has an address and workers.
pub struct Server {
    runtime: Runtime,
    listener: StdListener,
    state: State,
    closing: watch::Sender<bool>,
}

impl Server {
    /// Takes the address, and starts the workers.
    ///
    /// # Errors
    ///
    /// Returns a sentence if the address is taken, or the system does not allow it.
    pub fn start(options: Options) -> Result<Self, Error> {
        let Options { address, host_names, limits, worker, starters, watch, queue } = options;
        let taken = |error| refused(format!("cannot listen on {address}: {error}"), error);
        let listener = StdListener::bind(address).map_err(taken)?;
        listener.set_nonblocking(true).map_err(taken)?;
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
        let runtime = runtime
            .map_err(|error| Error::new(ErrorKind::Process, format!("cannot start threads: {error}")).because(error))?;
        let _entered = runtime.enter();
        /// The watchdog of a worker counts processor time; this is for one that does not run at all.
        const TIMES_THE_DEADLINE: u32 = 12;
        let longest_task = limits.document.deadline.map(|deadline| deadline * TIMES_THE_DEADLINE + limits.longest_wait);
        let sizes =
            Sizes { workers: limits.workers, waiting: limits.waiting, longest_wait: limits.longest_wait, longest_task };
        let buffers = Buffers::new(limits.buffers);
        let pool = Pool::new(worker, sizes, buffers.clone())?;
        let (closing, closed) = watch::channel(false);
        let watched = watch.map(Watched::start).transpose()?;
        let inner = Inner {
            pool,
            metrics: Metrics::new(),
            hosts: Hosts::new(&host_names),
            buffers,
            openapi: openapi(&limits, &starters, queue.0.is_some()).to_string().into(),
            queue,
            limits,
            starters,
            watched,
            closing: closed,
            schema: model::schema().to_string().into(),
        };
        drop(_entered);
        Ok(Self { runtime, listener, state: State(Arc::new(inner)), closing })
    }

    /// Returns the address, whose port the system may have chosen.
    pub fn address(&self) -> Result<SocketAddr, Error> {
        self.listener.local_addr().map_err(|error| refused(error.to_string(), error))
    }

    /// Answers requests until SIGTERM or Ctrl-C; then finishes those that have begun.
    ///
    /// # Errors
    ///
    /// Returns a sentence if the system does not allow it, or requests were cut off.
    pub fn run(self) -> Result<(), Error> {
        let Self { runtime, listener, state, closing } = self;
        runtime.block_on(async {
            let listener = TcpListener::from_std(listener).map_err(|error| refused(error.to_string(), error))?;
            let connections = Connections::new(state.clone());
            let mut asked = pin!(stop()?);
            tokio::select! {
                () = connections.accept(&listener) => {}
                () = &mut asked => {}
            }
            tracing::info!("shutting down");
            // The receivers go with the connections.
            let _ = closing.send(true);
            // Clients that the system has let in are served, too.
            let _ = timeout(LAST_REQUESTS, connections.accept(&listener)).await;
            drop(listener);
            connections.finish(state.limits.grace).await
        })
    }
}

/// Returns the routes.
fn router(state: State) -> Router {
    let routes = ROUTES.iter().fold(Router::new(), |router, route| router.route(route.path, (route.handler)()));
    site::routes(routes)
        .fallback(|| async { Problem::not_found() })
        .method_not_allowed_fallback(|request: Request| async move {
            Problem::method(Route::of(&request).map_or("another method", Route::method))
        })
        .layer(from_fn_with_state(state.clone(), guard))
        .with_state(state)
}

struct Connections {
    router: Router,
    http: http1::Builder,
    graceful: GracefulShutdown,
    places: Arc<Semaphore>,
    /// How long clients may take.
    patience: Duration,
}

impl Connections {
    fn new(state: State) -> Self {
        let mut http = http1::Builder::new();
        let patience = state.limits.client;
        http.timer(TokioTimer::new()).header_read_timeout(patience);
        let (graceful, places) = (GracefulShutdown::new(), Arc::new(Semaphore::new(CONNECTIONS)));
        Self { router: router(state), http, graceful, places, patience }
    }

    /// Serves clients as they come, until this is dropped.
    async fn accept(&self, listener: &TcpListener) {
        while let Ok(place) = self.places.clone().acquire_owned().await {
            match listener.accept().await {
                Ok((stream, _)) => self.serve(stream, place),
                // No more files can be opened: clients must go first.
                Err(_) => sleep(Duration::from_millis(50)).await,
            }
        }
    }

    fn serve(&self, stream: TcpStream, place: OwnedSemaphorePermit) {
        // Small answers are sent at once; where the system does not allow it, they are slower.
        let _ = stream.set_nodelay(true);
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(self.patience));
        let service = TowerToHyperService::new(self.router.clone());
        let connection = self.graceful.watch(self.http.serve_connection(TokioIo::new(Box::pin(stream)), service));
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!("connection ended: {error}");
            }
            drop(place);
        });
    }

    async fn finish(self, grace: Duration) -> Result<(), Error> {
        let cut_off = |_| {
            let message = format!("requests in progress were cut off after {} s", grace.as_secs());
            Error::new(ErrorKind::Process, message)
        };
        timeout(grace, self.graceful.shutdown()).await.map_err(cut_off)
    }
}

/// What the system does not allow.
fn refused(message: String, error: io::Error) -> Error {
    Error::new(ErrorKind::Io, message).because(error)
}

/// Waits until the server is asked to stop.
#[cfg(unix)]
fn stop() -> Result<impl Future<Output = ()>, Error> {
    use tokio::signal::unix::{SignalKind, signal};
    let caught = |kind| signal(kind).map_err(|error| refused(format!("signals cannot be caught: {error}"), error));
    let (mut terminate, mut interrupt) = (caught(SignalKind::terminate())?, caught(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn stop() -> Result<impl Future<Output = ()>, Error> {
    Ok(async {
        // If Ctrl-C cannot be caught, it ends the program.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
