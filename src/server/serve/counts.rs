//! An address that serves nothing but counts for Prometheus.

use std::net::SocketAddr;

use axum::Router;
use axum::routing::get;
use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use masthead::{Error, ErrorKind};
use tokio::net::TcpListener;
use tokio::time::{Duration, sleep};

use super::answer::text;

/// The media type of counts.
pub const MEDIA_TYPE: &str = "text/plain; version=0.0.4";

/// Serves counts at `/metrics`, for as long as the program runs.
///
/// # Errors
///
/// Returns a sentence if the address is taken.
pub async fn metrics(
    address: SocketAddr,
    counts: impl Fn() -> String + Clone + Send + Sync + 'static,
) -> Result<(), Error> {
    let listener = TcpListener::bind(address)
        .await
        .map_err(|error| Error::new(ErrorKind::Io, format!("cannot listen on {address}: {error}")).because(error))?;
    let router = Router::new().route("/metrics", get(move || async move { text(MEDIA_TYPE, counts()) }));
    tokio::spawn(async move {
        loop {
            match listener.accept().await {
                Ok((stream, _)) => {
                    let service = TowerToHyperService::new(router.clone());
                    tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
                }
                // No more files can be opened.
                Err(_) => sleep(Duration::from_millis(50)).await,
            }
        }
    });
    Ok(())
}
