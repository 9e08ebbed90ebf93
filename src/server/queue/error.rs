//! What can be wrong with the queue, as findings.

use std::fmt;

use async_nats::jetstream::{self, ErrorCode};
use masthead::diagnostic::Diagnostic;
use masthead::{Error, ErrorKind};

/// An error of the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueError {
    code: &'static str,
    message: String,
    hint: String,
    passing: bool,
}

impl fmt::Display for QueueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for QueueError {}

impl From<QueueError> for Error {
    fn from(error: QueueError) -> Self {
        Self::new(ErrorKind::Queue, error.to_string()).because(error)
    }
}

impl From<QueueError> for Diagnostic {
    fn from(error: QueueError) -> Self {
        Self::error(error.code, error.message).hint(error.hint)
    }
}

impl QueueError {
    fn new(code: &'static str, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { code, message: message.into(), hint: hint.into(), passing: false }
    }

    /// The server cannot be reached.
    pub(super) fn unreachable(message: impl Into<String>) -> Self {
        let hint = "check the address, and that nats-server runs there; the port is 4222 unless it is given";
        Self { passing: true, ..Self::new("queue-unreachable", message, hint) }
    }

    /// The server refuses the client.
    pub(super) fn refused(message: impl Into<String>) -> Self {
        let hint = "give --creds or --nkey a file of that account, or user and password in the address; \
                    --tls-ca for a certificate authority of your own";
        Self::new("queue-refused", message, hint)
    }

    /// The server has no JetStream.
    pub(super) fn no_jetstream(message: impl Into<String>) -> Self {
        let hint = "start nats-server with --jetstream --store_dir FOLDER, and enable it for the account";
        Self::new("queue-no-jetstream", message, hint)
    }

    /// The server has no room.
    pub(super) fn full(message: impl Into<String>) -> Self {
        let hint = "raise max_file_store in the configuration of the server, or remove collected batches with \
                    masthead queue purge";
        Self::new("queue-full", message, hint)
    }

    /// Something is wrong with a batch, or its name.
    pub(super) fn batch(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::new("queue-batch", message, hint)
    }

    /// A program differs from those that work on the queue.
    pub(super) fn fingerprint(message: impl Into<String>) -> Self {
        let hint = "use the same version of masthead, and the same folders with --fonts, to submit, work and collect";
        Self::new("queue-fingerprint", message, hint)
    }

    /// What was stored is there no longer, or damaged.
    pub(super) fn lost(message: impl Into<String>) -> Self {
        let hint = "submit the batch again: what is missing is stored again, and rendered";
        Self::new("queue-lost", message, hint)
    }

    /// Returns an error of the client, with what it was about.
    pub(super) fn of(what: &str, error: &(dyn std::error::Error + 'static)) -> Self {
        let message = format!("{what}: {}", chain(error));
        match code(error) {
            Some(ErrorCode::JETSTREAM_NOT_ENABLED | ErrorCode::JETSTREAM_NOT_ENABLED_FOR_ACCOUNT) => {
                Self::no_jetstream(message)
            }
            Some(
                ErrorCode::ACCOUNT_RESOURCES_EXCEEDED
                | ErrorCode::INSUFFICIENT_RESOURCES
                | ErrorCode::STORAGE_RESOURCES_EXCEEDED
                | ErrorCode::MEMORY_RESOURCES_EXCEEDED
                | ErrorCode::MAXIMUM_STREAMS_LIMIT
                | ErrorCode::MAXIMUM_CONSUMERS_LIMIT
                | ErrorCode::STREAM_STORE_FAILED,
            ) => Self::full(message),
            Some(ErrorCode::STREAM_NOT_FOUND) => Self::lost(message),
            Some(ErrorCode::REPLICAS_COUNT_CANNOT_BE_NEGATIVE | ErrorCode::STREAM_REPLICAS_NOT_SUPPORTED) => {
                Self::batch(message, "use --replicas 1 with a single server, and 3 with a cluster of three")
            }
            _ => Self::unreachable(message),
        }
    }

    /// A message is stored already.
    pub(super) fn there_already() -> Self {
        Self::batch("the document is queued already", "nothing needs to be done")
    }

    /// Returns whether a message is stored already.
    pub(super) fn is_there_already(&self) -> bool {
        *self == Self::there_already()
    }

    /// Returns the same error, about a document.
    pub(super) fn about(self, name: &str) -> Self {
        Self { message: format!("{name}: {}", self.message), ..self }
    }

    /// Returns whether something is gone for good.
    pub(super) fn is_lost(&self) -> bool {
        self.code == "queue-lost"
    }

    /// Returns whether the same may succeed later: the server is away, or too busy.
    pub(super) fn is_passing(&self) -> bool {
        self.passing
    }
}

/// Returns the code that the server gave.
pub(super) fn code(error: &(dyn std::error::Error + 'static)) -> Option<ErrorCode> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(error) = error.downcast_ref::<jetstream::Error>() {
            return Some(error.error_code());
        }
        next = error.source();
    }
    // Some errors of the client have only the text of their cause.
    let text = chain(error);
    let (_, after) = text.rsplit_once("error code ")?;
    let digits = after.split(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok().map(ErrorCode)
}

/// Returns the messages of an error and its causes, without repetitions.
pub(super) fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(error) = next {
        let more = error.to_string();
        if !text.contains(&more) {
            text = format!("{text}: {more}");
        }
        next = error.source();
    }
    text
}
