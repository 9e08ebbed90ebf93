//! How processes end that render documents.

use std::process::ExitStatus;

/// Describes how a process ended that a document has ended.
#[cfg(unix)]
pub fn how_it_ended(status: ExitStatus) -> String {
    use std::os::unix::process::ExitStatusExt;
    let Some(signal) = status.signal() else { return UNEXPECTEDLY.to_owned() };
    let name = signal_hook::low_level::signal_name(signal).map(|name| format!(" ({name})"));
    format!("its process was killed by signal {signal}{}", name.unwrap_or_default())
}

/// Describes how a process ended that a document has ended.
#[cfg(not(unix))]
pub fn how_it_ended(_: ExitStatus) -> String {
    UNEXPECTEDLY.to_owned()
}

const UNEXPECTEDLY: &str = "its process ended unexpectedly";
