//! What whoever follows folders remembers of their documents, so that only those are read that have changed.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use masthead::batch::{PlannedDocument, Stamps};

use super::entry::Entry;

/// What is remembered of documents.
#[derive(Default)]
pub struct Memory {
    documents: Mutex<HashMap<String, Remembered>>,
    settled: AtomicBool,
}

/// A document that was read.
#[derive(Clone)]
pub(super) struct Remembered {
    /// The state of its files.
    pub stamps: Stamps,
    /// What was stored about it.
    pub entry: Entry,
    /// The contents that its order names.
    pub named: Vec<String>,
}

impl Memory {
    fn known(&self) -> MutexGuard<'_, HashMap<String, Remembered>> {
        self.documents.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns what is remembered of a document whose files are as they were.
    pub(super) fn unchanged(&self, id: &str, planned: &PlannedDocument) -> Option<Remembered> {
        let known = self.known().get(id).cloned()?;
        let same = known.entry.input == planned.input && known.stamps.hold(&planned.input);
        same.then_some(known)
    }

    /// Remembers a document, or forgets it.
    pub(super) fn set(&self, id: &str, remembered: Option<Remembered>) {
        match remembered {
            Some(remembered) => drop(self.known().insert(id.to_owned(), remembered)),
            None => drop(self.known().remove(id)),
        }
    }

    /// Records whether the queue has all of them.
    pub fn settle(&self, settled: bool) {
        self.settled.store(settled, Ordering::Relaxed);
    }

    /// Returns whether all documents of a batch, and no others, are known and as they were.
    pub fn is_all(&self, documents: &[PlannedDocument]) -> bool {
        let same = |planned: &PlannedDocument| {
            let known = self.unchanged(&Entry::id(&planned.input), planned);
            known.is_some_and(|known| known.entry.is_planned(planned))
        };
        self.settled.load(Ordering::Relaxed) && self.known().len() == documents.len() && documents.iter().all(same)
    }

    /// Forgets all documents but those of a batch.
    pub(super) fn keep(&self, is_there: impl Fn(&str) -> bool) {
        self.known().retain(|id, _| is_there(id));
    }
}
