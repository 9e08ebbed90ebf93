//! Ctrl-C and its like: work that is begun is finished, and no more begun.

use std::env;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use super::Exit;

/// Signals that are caught.
pub struct Signals {
    /// Whether one has come.
    pub stop: Arc<AtomicBool>,
    which: Arc<AtomicUsize>,
}

impl Signals {
    /// Catches Ctrl-C and the wish of other programs that this one ends; the second signal ends it at
    /// once.
    ///
    /// # Errors
    ///
    /// A sentence, if the system does not allow it.
    pub fn catch() -> Result<Self, String> {
        let signals = Self { stop: Arc::default(), which: Arc::default() };
        for (signal, exit) in [(SIGINT, Exit::Interrupted), (SIGTERM, Exit::Terminated)] {
            // In this order, so that the first signal finds the flag unset.
            flag::register_conditional_shutdown(signal, exit as i32, signals.stop.clone())
                .and_then(|_| flag::register_usize(signal, signals.which.clone(), exit as usize))
                .and_then(|_| flag::register(signal, signals.stop.clone()))
                .map_err(|error| format!("signals cannot be caught: {error}"))?;
        }
        Ok(signals)
    }

    /// How the program ends for the signal that has come, if one has.
    pub fn exit(&self) -> Option<Exit> {
        let which = self.which.load(Ordering::Relaxed);
        [Exit::Interrupted, Exit::Terminated].into_iter().find(|exit| *exit as usize == which)
    }
}

/// The command that was given, as one types it again, without an option.
pub fn again(without: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./=:,@%+".contains(c);
    let quoted = |argument: String| match !argument.is_empty() && argument.chars().all(plain) {
        true => argument,
        false => format!("'{}'", argument.replace('\'', r"'\''")),
    };
    let arguments = env::args().skip(1).filter(|argument| argument != without).map(quoted);
    std::iter::once("masthead".to_owned()).chain(arguments).collect::<Vec<_>>().join(" ")
}
