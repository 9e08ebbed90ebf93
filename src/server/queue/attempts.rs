//! Attempts at documents that ended badly, whichever worker made them.
//!
//! Deliveries do not count: a worker that is killed says nothing about the document that it had.

use serde::{Deserialize, Serialize};

use super::entry::Work;
use super::error::QueueError;
use super::store::{Queue, read, write};

/// What is remembered of the attempts at a version of a document.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Attempts {
    key: String,
    /// How those ended that a worker has seen end.
    pub reasons: Vec<String>,
    /// How many workers in a row have begun it and said no more.
    pub lost: usize,
}

impl Queue {
    /// Returns the attempts at a document.
    pub(super) async fn attempts(&self, work: &Work) -> Result<Attempts, QueueError> {
        let Work { batch, id, key, .. } = work;
        let known: Option<Attempts> = read(&self.attempts, &format!("{batch}.{id}")).await?;
        // Those at another version of the document do not count.
        let none = Attempts { key: key.clone(), ..Attempts::default() };
        Ok(known.filter(|known| known.key == *key).unwrap_or(none))
    }

    /// Changes what is remembered of the attempts at a document, and returns it.
    pub(super) async fn set_attempts(
        &self,
        work: &Work,
        change: impl FnOnce(&mut Attempts),
    ) -> Result<Attempts, QueueError> {
        let mut attempts = self.attempts(work).await?;
        change(&mut attempts);
        write(&self.attempts, &format!("{}.{}", work.batch, work.id), &attempts).await?;
        Ok(attempts)
    }
}
