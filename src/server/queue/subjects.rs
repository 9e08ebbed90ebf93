//! The subjects of the messages.
//!
//! A version of a document, which is its key, has one subject in the work stream, which holds one message, so that nothing is
//! queued twice. Its result is under a subject of its own, too: a late one of an older version replaces none.

use masthead::batch::State;

use super::batch_name::BatchName;
use crate::serve::Priority;

/// The priorities, the more urgent first.
pub const PRIORITIES: [Priority; 2] = [Priority::High, Priority::Normal];

/// Returns the name of a priority.
pub fn name_of(priority: Priority) -> &'static str {
    match priority {
        Priority::High => "high",
        Priority::Normal => "normal",
    }
}

/// All subjects of the work stream: the fingerprint that a worker needs, the priority, the batch, the document and its key.
pub const WORK: &str = "masthead.work.*.*.*.*.*";
/// All subjects of results: the batch, the state, the document and its key.
pub const RESULTS: &str = "masthead.results.*.*.*.*";
/// All subjects of dead letters: the batch and the document.
pub const DEAD: &str = "masthead.dead.*.*";

/// The part of a fingerprint, or of a key, that stands in subjects and in names of consumers.
pub fn short(hash: &str) -> &str {
    hash.get(..16).unwrap_or(hash)
}

/// The subject of a version of a document in the work stream.
pub fn work(fingerprint: &str, priority: Priority, batch: &BatchName, (id, key): (&str, &str)) -> String {
    format!("masthead.work.{}.{}.{batch}.{id}.{}", short(fingerprint), name_of(priority), short(key))
}

/// The subjects in the work stream that a consumer takes.
pub fn work_for(fingerprint: &str, priority: Priority) -> String {
    format!("masthead.work.{}.{}.*.*.*", short(fingerprint), name_of(priority))
}

/// The subjects in the work stream of a document, or of all (`*`) of a batch.
pub fn work_of(batch: &BatchName, id: &str) -> String {
    format!("masthead.work.*.*.{batch}.{id}.*")
}

/// The subject of the result of a version of a document.
pub fn result(batch: &BatchName, state: State, (id, key): (&str, &str)) -> String {
    format!("masthead.results.{batch}.{}.{id}.{}", state_name(state), short(key))
}

/// The subjects of results of a document, or of all (`*`) of a batch.
pub fn results_of(batch: &BatchName, id: &str) -> String {
    format!("masthead.results.{batch}.*.{id}.*")
}

/// The subjects of results of a version of a document.
pub fn results_for(batch: &BatchName, (id, key): (&str, &str)) -> String {
    format!("masthead.results.{batch}.*.{id}.{}", short(key))
}

/// The subjects of results of a batch with that state.
pub fn results_with(batch: &BatchName, state: State) -> String {
    result(batch, state, ("*", "*"))
}

/// A version of a document, by the parts of its subjects.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Version {
    /// The document.
    pub id: String,
    /// The beginning of its key.
    pub key: String,
}

impl Version {
    pub fn new(id: &str, key: &str) -> Self {
        Self { id: id.to_owned(), key: short(key).to_owned() }
    }

    /// Returns that of a subject of the work stream, or of a result: its last two parts.
    pub fn of(subject: &str) -> Self {
        let (before, key) = subject.rsplit_once('.').unwrap_or_default();
        Self::new(last(before), key)
    }
}

/// What a subject of the work stream tells.
pub struct Waiting {
    /// The part of the fingerprint.
    pub fingerprint: String,
    /// The name of the priority.
    pub priority: String,
    /// The batch.
    pub batch: String,
    /// The document.
    pub version: Version,
}

impl Waiting {
    pub fn of(subject: &str) -> Option<Self> {
        let parts: Vec<&str> = subject.split('.').collect();
        let ["masthead", "work", fingerprint, priority, batch, id, key] = parts[..] else { return None };
        let [fingerprint, priority, batch] = [fingerprint, priority, batch].map(str::to_owned);
        Some(Self { fingerprint, priority, batch, version: Version::new(id, key) })
    }
}

/// Returns whether the subject of a result says that there is a file.
pub fn is_rendered(subject: &str) -> bool {
    subject.split('.').nth(3) == Some(state_name(State::Rendered))
}

/// The subject of a dead letter, or of all (`*`) of a batch.
pub fn dead(batch: &BatchName, id: &str) -> String {
    format!("masthead.dead.{batch}.{id}")
}

/// Returns the last part of a subject: the document of an entry.
pub fn last(subject: &str) -> &str {
    subject.rsplit('.').next().unwrap_or_default()
}

/// The states that results have.
pub const STATES: [State; 4] = [State::Rendered, State::Refused, State::Unread, State::Broken];

fn state_name(state: State) -> &'static str {
    match state {
        State::Rendered | State::UpToDate | State::ToRender => "rendered",
        State::Refused => "refused",
        State::Broken => "broken",
        State::Unread | State::Unwritten | _ => "unread",
    }
}
