//! One deadline and one limit of memory for each document, whatever is in it.
//!
//! Checks of structure keep most runaway documents out; for the rest there is a [`Watch`]. Whoever
//! works on a document has a [`Flight`] of it, and a watchdog looks at all flights every few
//! milliseconds. Threads cannot be ended, so a document that is over its limit ends the process. What
//! was begun and ended stands in a journal (`journal.rs`), by which the next process knows what to leave out; and
//! because the journal is written before a document is begun, the same holds for a document at which
//! the process dies in any other way.

mod allowance;
mod cause;
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
pub use journal::{Entry, History, Journal};
pub use usage::runs;
pub use watchdog::{ASKED, Ending};

/// The documents that are worked on, and what is known of those before.
#[derive(Clone)]
pub struct Watch {
    inner: Arc<Inner>,
}

struct Inner {
    limits: Limits,
    aloft: Mutex<BTreeMap<u64, Aloft>>,
    next: AtomicU64,
    /// The memory that the process had when the watchdog last looked.
    resident: AtomicU64,
    journal: Option<Journal>,
    history: History,
    reported: AtomicUsize,
    telling: Mutex<()>,
    owner: u32,
}

/// A document that is worked on.
struct Aloft {
    document: String,
    allowance: Allowance,
    /// The time that it took, as far as that can be said.
    taken: Duration,
    /// The memory that the process had when it was begun.
    resident: u64,
}

/// How a process is watched.
pub struct Watching<'w> {
    /// What a document may take.
    pub limits: Limits,
    /// The folder of the journal and the process that reads it, if there is one.
    pub supervisor: Option<(&'w Path, u32)>,
    /// Ends the process, or what else is to be done.
    pub end: Box<dyn Fn(Ending) + Send>,
}

impl Watch {
    /// Nobody watches: documents take what they take.
    pub fn none() -> Self {
        Self { inner: Arc::new(Inner::new(Limits::NONE, None, History::default(), std::process::id())) }
    }

    /// Begins to watch.
    ///
    /// # Errors
    ///
    /// If there is no journal to be written, or no thread to be had.
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

    /// What a document may take.
    pub fn limits(&self) -> Limits {
        self.inner.limits
    }

    /// The process that the user started.
    pub fn owner(&self) -> u32 {
        self.inner.owner
    }

    /// Begins a document of that name.
    ///
    /// # Errors
    ///
    /// Why it is left out: a process before this one ended at it.
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

    /// Why a document is left out, if it is.
    pub fn quarantined(&self, document: &str) -> Option<&Quarantined> {
        self.inner.history.quarantined.get(document)
    }

    /// All documents that are left out.
    pub fn quarantined_documents(&self) -> &BTreeMap<String, Quarantined> {
        &self.inner.history.quarantined
    }

    /// Whether a process died while this document, among others, was worked on: it is to be worked on
    /// before the others, and alone.
    pub fn is_suspect(&self, document: &str) -> bool {
        self.suspects().contains(document)
    }

    fn suspects(&self) -> &BTreeSet<String> {
        &self.inner.history.suspects
    }

    /// What was noted when a process before this one ended that document; 0 is nothing.
    pub fn ended(&self, document: &str) -> Option<u8> {
        self.inner.history.ended.get(document).copied().filter(|note| *note > 0)
    }

    /// Tells something, unless a process before this one has told it: all of them tell the same in the
    /// same order.
    pub fn once(&self, report: impl FnOnce()) {
        let inner = &*self.inner;
        if inner.reported.fetch_add(1, Ordering::Relaxed) < inner.history.reported {
            return;
        }
        // A message is not cut off by the watchdog.
        let _telling = inner.telling.lock().unwrap_or_else(PoisonError::into_inner);
        inner.write(&Entry::Reported);
        report();
    }

    /// Works through a list, several at once; suspects before the others, one at a time.
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

    /// Which of a list are suspects.
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

/// A document that is worked on, until this is dropped.
pub struct Flight<'w> {
    inner: &'w Inner,
    number: u64,
    note: u8,
}

impl Flight<'_> {
    /// Allows it more, once it is known what it is.
    pub fn allow(&self, more: Allowance) {
        if let Some(aloft) = self.inner.aloft().get_mut(&self.number) {
            aloft.allowance = aloft.allowance.and(more);
        }
    }

    /// Notes that the document uses a file of that hash: it is another document once the file is.
    pub fn uses(&self, file: &str, hash: impl FnOnce() -> String) {
        if let Some(journal) = &self.inner.journal
            && let Some(aloft) = self.inner.aloft().get(&self.number)
        {
            let document = aloft.document.clone();
            journal.write(&Entry::Uses { document, file: file.to_owned(), sha256: hash() });
        }
    }

    /// Ends it with a note for the next process.
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
