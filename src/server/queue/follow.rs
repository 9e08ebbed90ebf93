//! Waits for changes in the folders of a batch.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use masthead::{Error, ErrorKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};

/// How long nothing must change before documents are read: many are usually written at once.
const SETTLING: Duration = Duration::from_millis(500);
/// How long to wait at most until then.
const LONGEST: Duration = Duration::from_secs(10);
/// How often folders are read if the system reports no changes, as some network drives.
const LOOKING: Duration = Duration::from_secs(60);
/// How often to look whether to stop.
const STOPPING: Duration = Duration::from_millis(100);

/// Watches folders.
pub struct Follower {
    changes: Receiver<()>,
    _watcher: RecommendedWatcher,
}

impl Follower {
    /// Begins to watch folders, and the folders in them.
    ///
    /// # Errors
    ///
    /// Returns a message if they cannot be watched.
    pub fn begin(folders: &[PathBuf]) -> Result<Self, Error> {
        let (sender, changes) = channel();
        let tell = move |event: notify::Result<notify::Event>| {
            // Reading is no change. Nobody listens any more when the program ends.
            if event.is_ok_and(|event| !event.kind.is_access()) {
                let _ = sender.send(());
            }
        };
        let mut watcher =
            notify::recommended_watcher(tell).map_err(|error| Error::new(ErrorKind::Io, error.to_string()))?;
        for folder in folders {
            let watched = watcher.watch(folder, RecursiveMode::Recursive);
            watched.map_err(|error| {
                let message = format!("{} cannot be watched: {error}", folder.display());
                Error::new(ErrorKind::Io, message).at(folder).because(error)
            })?;
        }
        Ok(Self { changes, _watcher: watcher })
    }

    /// Waits until something has changed and settled. Returns `false` when it is to stop.
    pub fn wait(&self, stop: &dyn Fn() -> bool) -> bool {
        let begun = Instant::now();
        let mut changed = None;
        while !stop() {
            match self.changes.recv_timeout(STOPPING) {
                Ok(()) => drop(changed.get_or_insert_with(Instant::now)),
                Err(RecvTimeoutError::Disconnected) => return false,
                Err(RecvTimeoutError::Timeout) => {
                    if changed.is_some_and(|since: Instant| since.elapsed() >= SETTLING) || begun.elapsed() >= LOOKING {
                        return true;
                    }
                }
            }
            if changed.is_some_and(|since| since.elapsed() >= LONGEST) {
                return true;
            }
        }
        false
    }
}
