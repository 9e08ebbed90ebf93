//! The subjects of the messages.
//!
//! A document has one subject in each stream, which holds one message for it: nothing is queued twice, nor has two results.

use super::batch_name::BatchName;
use crate::batch::State;
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

/// All subjects of the work stream: the fingerprint that a worker needs, the priority, the batch and the document.
pub const WORK: &str = "masthead.work.*.*.*.*";
/// All subjects of results: the batch, the state and the document.
pub const RESULTS: &str = "masthead.results.*.*.*";
/// All subjects of dead letters: the batch and the document.
pub const DEAD: &str = "masthead.dead.*.*";

/// The part of a fingerprint that stands in subjects and in names of consumers.
pub fn short(fingerprint: &str) -> &str {
    fingerprint.get(..16).unwrap_or(fingerprint)
}

/// The subject of a document in the work stream.
pub fn work(fingerprint: &str, priority: Priority, batch: &BatchName, id: &str) -> String {
    format!("masthead.work.{}.{}.{batch}.{id}", short(fingerprint), name_of(priority))
}

/// The subjects in the work stream that a consumer takes.
pub fn work_for(fingerprint: &str, priority: Priority) -> String {
    format!("masthead.work.{}.{}.*.*", short(fingerprint), name_of(priority))
}

/// The subjects in the work stream of a document, or of all (`*`) of a batch.
pub fn work_of(batch: &BatchName, id: &str) -> String {
    format!("masthead.work.*.*.{batch}.{id}")
}

/// The subject of the result of a document.
pub fn result(batch: &BatchName, state: State, id: &str) -> String {
    format!("masthead.results.{batch}.{}.{id}", state_name(state))
}

/// The subjects of results of a document, or of all (`*`) of a batch.
pub fn results_of(batch: &BatchName, id: &str) -> String {
    format!("masthead.results.{batch}.*.{id}")
}

/// The subjects of results of a batch with that state.
pub fn results_with(batch: &BatchName, state: State) -> String {
    result(batch, state, "*")
}

/// The subject of a dead letter, or of all (`*`) of a batch.
pub fn dead(batch: &BatchName, id: &str) -> String {
    format!("masthead.dead.{batch}.{id}")
}

/// Returns the document of a subject: its last part.
pub fn id_of(subject: &str) -> &str {
    subject.rsplit('.').next().unwrap_or_default()
}

/// The states that results have.
pub const STATES: [State; 4] = [State::Rendered, State::Refused, State::Unread, State::Broken];

fn state_name(state: State) -> &'static str {
    match state {
        State::Rendered | State::UpToDate | State::ToRender => "rendered",
        State::Refused => "refused",
        State::Unread | State::Unwritten => "unread",
        State::Broken => "broken",
    }
}
