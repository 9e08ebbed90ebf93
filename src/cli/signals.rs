//! Ctrl-C and similar signals: work in progress is finished, and no new work begun.

use std::env;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use masthead::limits::ASKED;
use masthead::visible::quoted_for_shell;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use super::Exit;

/// The signals that are caught.
#[derive(Clone)]
pub struct Signals {
    /// Whether one has arrived.
    pub stop: Arc<AtomicBool>,
    which: Arc<AtomicUsize>,
}

impl Signals {
    /// Catches SIGINT (Ctrl-C) and SIGTERM; a second signal ends the program at once.
    ///
    /// # Errors
    ///
    /// Returns a message if the system does not allow it.
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

    /// Returns the exit status for the signal that has arrived, if any.
    pub fn exit(&self) -> Option<Exit> {
        let which = self.which.load(Ordering::Relaxed);
        [Exit::Interrupted, Exit::Terminated].into_iter().find(|exit| *exit as usize == which)
    }
}

/// Catches the same signals on behalf of another process, which reads them from a file in a folder.
///
/// # Errors
///
/// Returns an error if the system does not allow it.
pub fn pass_on(folder: &Path) -> io::Result<()> {
    const BETWEEN: Duration = Duration::from_millis(20);
    let caught = [SIGINT, SIGTERM].map(|signal| (signal, Arc::new(AtomicBool::new(false))));
    for (signal, has_come) in &caught {
        flag::register(*signal, has_come.clone())?;
    }
    let file = folder.join(ASKED);
    let pass = move || {
        let mut times = 0;
        loop {
            thread::sleep(BETWEEN);
            for (signal, has_come) in &caught {
                // Writing fails until the other process has created the folder; then it is tried again.
                if has_come.load(Ordering::Relaxed) && fs::write(&file, format!("{signal} {}", times + 1)).is_ok() {
                    has_come.store(false, Ordering::Relaxed);
                    times += 1;
                }
            }
        }
    };
    thread::Builder::new().spawn(pass).map(drop)
}

/// Returns the command line that was given, quoted for a shell, without one of its options; each argument as it is `shown`.
pub fn again(without: &str, shown: impl Fn(String) -> String) -> String {
    let arguments = env::args().skip(1).filter(|argument| argument != without);
    let quoted = arguments.map(|argument| quoted_for_shell(&shown(argument)).into_owned());
    std::iter::once("masthead".to_owned()).chain(quoted).collect::<Vec<_>>().join(" ")
}
