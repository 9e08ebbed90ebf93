//! What the queue has of a batch when it is submitted again.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::batch_name::BatchName;
use super::contents::file_name;
use super::entry::Entry;
use super::error::QueueError;
use super::listing::subjects_in;
use super::store::Queue;
use super::subjects::{self, Version};

/// What the queue has of a batch.
#[derive(Default)]
pub struct Known {
    /// Whether it was submitted completely.
    pub complete: bool,
    pub entries: BTreeMap<String, (Entry, u64)>,
    /// The documents that are queued, each with the name of its priority.
    pub waiting: HashMap<Version, String>,
    /// The documents that have a result, and whether there is a file.
    pub results: HashMap<Version, bool>,
    /// The names of contents.
    pub contents: BTreeSet<String>,
}

impl Known {
    /// Returns whether a version of a document is queued, or has a result, so that it can be collected.
    pub fn has(&self, id: &str, key: &str, named: &[String]) -> bool {
        let version = Version::new(id, key);
        let complete = || named.iter().all(|name| self.contents.contains(name));
        match self.results.get(&version) {
            Some(true) => self.contents.contains(&file_name(key)),
            // If it was given up because its contents were lost, it can be made now.
            Some(false) => complete(),
            None => self.waiting.contains_key(&version) && complete(),
        }
    }
}

impl Queue {
    /// Returns what the queue has of a batch.
    pub(super) async fn known(&self, batch: &BatchName) -> Result<Known, QueueError> {
        let Some(header) = self.header(batch).await? else { return Ok(Known::default()) };
        if header.removing {
            let hint = format!("run masthead queue purge {} again, which removes the rest", batch);
            return Err(QueueError::batch(format!("batch {} is being removed", batch), hint));
        }
        let entries = self.entries(batch).await?;
        // In this order: a document has its result before its message is gone.
        let waiting = self.waiting(batch).await?;
        let waiting = waiting.into_iter().map(|waiting| (waiting.version, waiting.priority)).collect();
        let results = subjects_in(&self.results, &subjects::results_of(batch, "*")).await?;
        let mut known = Known { complete: header.complete, entries, waiting, ..Known::default() };
        for subject in results {
            let rendered = known.results.entry(Version::of(&subject)).or_default();
            *rendered |= subjects::is_rendered(&subject);
        }
        Ok(known)
    }
}
