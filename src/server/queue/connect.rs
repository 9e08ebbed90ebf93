//! The connection to the server.

use std::path::PathBuf;
use std::time::Duration;

use async_nats::jetstream::context::{AccountErrorKind, ContextBuilder};
use async_nats::{Client, ConnectErrorKind, ConnectOptions, ServerAddr};

use super::error::{QueueError, chain};

/// How to connect.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Connection {
    /// The addresses of one server, or of several of a cluster.
    pub servers: Vec<String>,
    /// How to sign in.
    pub credentials: Credentials,
    /// How to encrypt.
    pub tls: Tls,
}

/// How to sign in, unless user and password are in the address.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub enum Credentials {
    /// Not at all.
    #[default]
    None,
    /// With a file of credentials (a JWT and its seed).
    File(PathBuf),
    /// With a file that holds the seed of an nkey.
    Nkey(PathBuf),
}

/// How to encrypt; an address that begins with `tls://` requires it.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Tls {
    /// Certificates of authorities, in addition to those of the system.
    pub authorities: Vec<PathBuf>,
    /// The certificate and the key of the client, where the server asks for them.
    pub client: Option<(PathBuf, PathBuf)>,
}

/// How long to wait for an answer: an answer that is later is asked for again.
const TIMEOUT: Duration = Duration::from_secs(5);
/// The messages that may wait for their acknowledgement.
const IN_FLIGHT: usize = 4096;

impl Connection {
    /// Creates a connection to these servers, without signing in, encrypted if their addresses require it.
    pub fn new(servers: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { servers: servers.into_iter().map(Into::into).collect(), ..Self::default() }
    }

    /// Sets how to sign in.
    pub fn credentials(self, credentials: Credentials) -> Self {
        Self { credentials, ..self }
    }

    /// Sets how to encrypt.
    pub fn tls(self, tls: Tls) -> Self {
        Self { tls, ..self }
    }

    /// Returns the addresses for messages, without passwords.
    pub fn shown(&self) -> String {
        self.servers.iter().map(|server| Self::bare(server)).collect::<Vec<_>>().join(", ")
    }

    /// Returns an address without user and password.
    pub fn bare(server: &str) -> String {
        match server.rsplit_once('@') {
            Some((before, host)) => {
                let scheme = before.split_once("://").map(|(scheme, _)| format!("{scheme}://"));
                format!("{}{host}", scheme.unwrap_or_default())
            }
            None => server.to_owned(),
        }
    }

    /// Connects, and checks that the server has JetStream.
    pub(super) async fn open(&self) -> Result<async_nats::jetstream::Context, QueueError> {
        let shown = self.shown();
        let servers: Result<Vec<ServerAddr>, _> = self.servers.iter().map(|server| server.parse()).collect();
        let servers = servers
            .map_err(|error| QueueError::unreachable(format!("{shown} is not the address of a server: {error}")))?;
        let mut options = self.options()?;
        let signed =
            servers.iter().find_map(|server| Some((decoded(server.username()?), server.password().map(decoded))));
        options = match signed {
            Some((user, Some(password))) => options.user_and_password(user, password),
            Some((token, None)) => options.token(token),
            None => options,
        };
        let client = options.connect(servers).await.map_err(|error| {
            let message = format!("cannot connect to {shown}: {}", chain(&error));
            match error.kind() {
                ConnectErrorKind::Authentication | ConnectErrorKind::AuthorizationViolation | ConnectErrorKind::Tls => {
                    QueueError::refused(message)
                }
                _ => QueueError::unreachable(message),
            }
        })?;
        let context = context(client);
        context.query_account().await.map_err(|error| {
            let message = format!("{shown} has no JetStream: {}", chain(&error));
            match error.kind() {
                AccountErrorKind::JetStreamUnavailable => QueueError::no_jetstream(message),
                AccountErrorKind::JetStream(_) => QueueError::of(&format!("{shown} cannot be used"), &error),
                _ => QueueError::unreachable(format!("{shown} does not answer: {}", chain(&error))),
            }
        })?;
        Ok(context)
    }

    fn options(&self) -> Result<ConnectOptions, QueueError> {
        let mut options = ConnectOptions::new().name("masthead").connection_timeout(TIMEOUT);
        let unreadable = |path: &PathBuf, error: std::io::Error| {
            QueueError::refused(format!("{} cannot be used: {error}", path.display()))
        };
        match &self.credentials {
            Credentials::None => {}
            Credentials::File(path) => {
                let text = std::fs::read_to_string(path).map_err(|error| unreadable(path, error))?;
                options = options.credentials(&text).map_err(|error| unreadable(path, error))?;
            }
            Credentials::Nkey(path) => {
                let seed = std::fs::read_to_string(path).map_err(|error| unreadable(path, error))?;
                options = options.nkey(seed.trim().to_owned());
            }
        }
        for authority in &self.tls.authorities {
            options = options.add_root_certificates(authority.clone());
        }
        if let Some((certificate, key)) = &self.tls.client {
            options = options.add_client_certificate(certificate.clone(), key.clone());
        }
        Ok(options)
    }
}

fn context(client: Client) -> async_nats::jetstream::Context {
    let limits = ContextBuilder::new().timeout(TIMEOUT).ack_timeout(TIMEOUT);
    limits.max_ack_inflight(IN_FLIGHT).backpressure_on_inflight(true).build(client)
}

/// Decodes a part of an address.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let code = rest.strip_prefix('%').and_then(|code| u8::from_str_radix(code.get(..2)?, 16).ok());
        let length = if code.is_some() { 3 } else { first.len_utf8() };
        match code {
            Some(code) => bytes.push(code),
            None => bytes.extend_from_slice(&rest.as_bytes()[..length]),
        }
        rest = &rest[length..];
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_not_shown() {
        let servers = vec!["nats://me:secret@host:4222".to_owned(), "tls://other".to_owned(), "me:x@third".to_owned()];
        let connection = Connection::new(servers);
        assert_eq!(connection.shown(), "nats://host:4222, tls://other, third");
        assert_eq!((decoded("p%40ss%C3%A9"), decoded("50%")), ("p@ssé".to_owned(), "50%".to_owned()));
    }
}
