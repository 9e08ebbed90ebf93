//! Attempts at documents that ended badly, whichever worker made them.
//!
//! Deliveries do not count: a worker that is killed says nothing about the document that it had.

use super::batch_name::BatchName;
use super::error::QueueError;
use super::store::{Queue, read, write};

impl Queue {
    /// Returns the attempts at a document.
    pub(super) async fn attempts(&self, batch: &BatchName, id: &str) -> Result<Vec<String>, QueueError> {
        let attempts: Option<(String, Vec<String>)> = read(&self.attempts, &format!("{batch}.{id}")).await?;
        Ok(attempts.map(|(_, attempts)| attempts).unwrap_or_default())
    }

    /// Adds an attempt at a document, and returns all, in order.
    pub(super) async fn add_attempt(
        &self,
        batch: &BatchName,
        id: &str,
        key: &str,
        reason: &str,
    ) -> Result<Vec<String>, QueueError> {
        let name = format!("{batch}.{id}");
        let before: Option<(String, Vec<String>)> = read(&self.attempts, &name).await?;
        // Those at another version of the document do not count.
        let mut attempts = before.filter(|(other, _)| other == key).map(|(_, attempts)| attempts).unwrap_or_default();
        attempts.push(reason.to_owned());
        write(&self.attempts, &name, &(key, &attempts)).await?;
        Ok(attempts)
    }
}
