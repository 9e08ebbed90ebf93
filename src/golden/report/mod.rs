//! Reports of a verdict: HTML for people, JUnit XML and JSON for programs.

mod html;
mod junit;

pub use html::html;
pub use junit::junit;

use serde::Serialize;

use super::verdict::{State, Verdict};

use crate::error::Error;
use crate::json;

/// Returns the verdict as JSON: `same`, `different`, … count the cases; then the cases
/// with their differences, and the orphaned references.
///
/// # Errors
///
/// Returns a sentence if a path is not text.
pub fn json(verdict: &Verdict) -> Result<String, Error> {
    #[derive(Serialize)]
    struct Report<'v> {
        well: bool,
        same: usize,
        different: usize,
        new: usize,
        refused: usize,
        broken: usize,
        #[serde(flatten)]
        verdict: &'v Verdict,
    }
    let report = Report {
        well: verdict.passed(),
        same: verdict.count(State::Same),
        different: verdict.count(State::Different),
        new: verdict.count(State::New),
        refused: verdict.count(State::Refused),
        broken: verdict.count(State::Broken),
        verdict,
    };
    json::pretty(&report).map(|json| json + "\n").map_err(Error::internal)
}
