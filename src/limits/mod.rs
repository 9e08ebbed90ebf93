//! A deadline and a memory limit for each document, whatever is in it.
//!
//! Structural checks keep most runaway documents out; a [`Watch`] handles the rest. Code that works on a document
//! holds a [`Flight`] for it, and a watchdog checks all flights every few milliseconds. Threads cannot be killed,
//! so a document over its limit ends the process. A journal (`journal.rs`) records what was begun and ended, so
//! that the next process knows what to skip. Because the journal is written before a document is begun, this also
//! covers documents that crash the process in any other way.

mod allowance;
mod cause;
#[cfg(feature = "batch")]
mod ended;
mod journal;
mod usage;
mod watchdog;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rayon::prelude::*;

pub use allowance::{Allowance, DEADLINE, Limits, MEMORY};
pub use cause::{Cause, KILLED, Quarantined};
#[cfg(feature = "batch")]
pub use ended::how_it_ended;
pub use journal::{Entry, History, Journal};
pub use usage::runs;
pub use watchdog::{ASKED, Ending};

/// The documents in progress, and what is known about earlier ones.
#[derive(Clone)]
pub struct Watch {
    inner: Arc<Inner>,
}

struct Inner {
    limits: Limits,
    aloft: Mutex<BTreeMap<u64, Aloft>>,
    next: AtomicU64,
    /// The memory of the process when the watchdog last checked, in bytes.
    resident: AtomicU64,
    journal: Option<Journal>,
    history: History,
    reported: AtomicUsize,
    telling: Mutex<()>,
    owner: u32,
}

/// A document in progress.
struct Aloft {
    document: String,
    allowance: Allowance,
    /// The time that it has taken, as far as known.
    taken: Duration,
    /// The memory of the process when it was begun, in bytes.
    resident: u64,
}

/// How a process is watched.
pub struct Watching<'w> {
    /// The limits of a document.
    pub limits: Limits,
    /// The folder of the journal, and the process that reads it, if any.
    pub supervisor: Option<(&'w Path, u32)>,
    /// Handles an ending, usually by ending the process.
    pub end: Box<dyn Fn(Ending) + Send>,
}

impl Watch {
    /// Creates a watch without limits.
    pub fn none() -> Self {
        Self { inner: Arc::new(Inner::new(Limits::NONE, None, History::default(), std::process::id())) }
    }

    /// Starts the watchdog.
    ///
    /// # Errors
    ///
    /// Returns an error if the journal cannot be opened, or no thread started.
    pub fn start(how: Watching) -> io::Result<Self> {
        let Watching { limits, supervisor, end } = how;
        let (history, journal) = match supervisor {
            Some((folder, _)) => (History::read(folder), Some(Journal::open(folder)?)),
            None => (History::default(), None),
        };
        let owner = supervisor.map_or_else(std::process::id, |(_, process)| process);
        let inner = Arc::new(Inner::new(limits, journal, history, owner));
        watchdog::start(&inner, supervisor.map(|(folder, process)| (folder.to_owned(), process)), end)?;
        Ok(Self { inner })
    }

    /// Returns the limits of a document.
    pub fn limits(&self) -> Limits {
        self.inner.limits
    }

    /// Returns the id of the process that the user started.
    pub fn owner(&self) -> u32 {
        self.inner.owner
    }

    /// Begins work on a document with that name.
    ///
    /// # Errors
    ///
    /// Returns why the document is skipped, if it ended an earlier process.
    pub fn begin(&self, document: &str, allowance: Allowance) -> Result<Flight<'_>, Quarantined> {
        if let Some(quarantined) = self.quarantined(document) {
            return Err(quarantined.clone());
        }
        let inner = &*self.inner;
        inner.write(&Entry::Begun { document: document.to_owned(), alone: self.is_suspect(document) });
        let number = inner.next.fetch_add(1, Ordering::Relaxed);
        let resident = inner.resident.load(Ordering::Relaxed);
        let aloft = Aloft { document: document.to_owned(), allowance, taken: Duration::ZERO, resident };
        inner.aloft().insert(number, aloft);
        Ok(Flight { inner, number, note: 0 })
    }

    /// Returns why a document is skipped, or `None` if it is not.
    pub fn quarantined(&self, document: &str) -> Option<&Quarantined> {
        self.inner.history.quarantined.get(document)
    }

    /// Returns all documents that are skipped.
    pub fn quarantined_documents(&self) -> &BTreeMap<String, Quarantined> {
        &self.inner.history.quarantined
    }

    /// Returns whether a process crashed while this document, among others, was in progress. Such documents are
    /// processed before the others, and alone.
    pub fn is_suspect(&self, document: &str) -> bool {
        self.suspects().contains(document)
    }

    fn suspects(&self) -> &BTreeSet<String> {
        &self.inner.history.suspects
    }

    /// Returns the note of an earlier process that finished the document, or `None` if there is none.
    pub fn ended(&self, document: &str) -> Option<u8> {
        self.inner.history.ended.get(document).copied().filter(|note| *note > 0)
    }

    /// Prints a message, unless an earlier process has printed it: all processes print the same messages in the
    /// same order.
    pub fn once(&self, report: impl FnOnce()) {
        let inner = &*self.inner;
        if inner.reported.fetch_add(1, Ordering::Relaxed) < inner.history.reported {
            return;
        }
        // The watchdog must not cut off a message.
        let _telling = inner.telling.lock().unwrap_or_else(PoisonError::into_inner);
        inner.write(&Entry::Reported);
        report();
    }

    /// Processes a list in parallel; suspects come before the others, one at a time.
    pub fn through<I: Sync, T: Send>(
        &self,
        list: &[I],
        name: impl Fn(&I) -> String,
        one: impl Fn(&I) -> T + Sync + Send,
    ) -> Vec<T> {
        let first = self.first(list.iter().map(name));
        let early: BTreeMap<usize, T> = first.into_iter().map(|index| (index, one(&list[index]))).collect();
        let early = Mutex::new(early);
        let late = |(index, item): (usize, &I)| {
            let known = early.lock().unwrap_or_else(PoisonError::into_inner).remove(&index);
            known.unwrap_or_else(|| one(item))
        };
        list.par_iter().enumerate().map(late).collect()
    }

    /// Returns the indices of the suspects in a list.
    pub fn first(&self, names: impl Iterator<Item = String>) -> Vec<usize> {
        if self.suspects().is_empty() {
            return Vec::new();
        }
        names.enumerate().filter(|(_, name)| self.is_suspect(name)).map(|(index, _)| index).collect()
    }
}

impl Inner {
    fn new(limits: Limits, journal: Option<Journal>, history: History, owner: u32) -> Self {
        Self {
            limits,
            aloft: Mutex::default(),
            next: AtomicU64::new(0),
            resident: AtomicU64::new(usage::resident().unwrap_or_default()),
            journal,
            history,
            reported: AtomicUsize::new(0),
            telling: Mutex::new(()),
            owner,
        }
    }

    fn aloft(&self) -> MutexGuard<'_, BTreeMap<u64, Aloft>> {
        self.aloft.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self, entry: &Entry) {
        if let Some(journal) = &self.journal {
            journal.write(entry);
        }
    }
}

/// A document in progress, until this is dropped.
pub struct Flight<'w> {
    inner: &'w Inner,
    number: u64,
    note: u8,
}

impl Flight<'_> {
    /// Raises its allowance, once more is known about it.
    pub fn allow(&self, more: Allowance) {
        if let Some(aloft) = self.inner.aloft().get_mut(&self.number) {
            aloft.allowance = aloft.allowance.and(more);
        }
    }

    /// Records that the document uses a file with that hash; if the file changes, it counts as another document.
    pub fn uses(&self, file: &str, hash: impl FnOnce() -> String) {
        if let Some(journal) = &self.inner.journal
            && let Some(aloft) = self.inner.aloft().get(&self.number)
        {
            let document = aloft.document.clone();
            journal.write(&Entry::Uses { document, file: file.to_owned(), sha256: hash() });
        }
    }

    /// Ends work on it, with a note for the next process.
    pub fn end(mut self, note: u8) {
        self.note = note;
    }
}

impl Drop for Flight<'_> {
    fn drop(&mut self) {
        if let Some(Aloft { document, .. }) = self.inner.aloft().remove(&self.number) {
            self.inner.write(&Entry::Ended { document, note: self.note });
        }
    }
}
