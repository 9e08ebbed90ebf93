//! The findings of a file: what is found several times on a page in the same way is one finding.

use std::collections::BTreeMap;

use serde::Serialize;

use super::codes::code;
use super::profile::Profile;
use crate::diagnostic::Severity;

/// The maximum number of findings; crafted files could have any number.
const MOST: usize = 2_000;

/// A finding about a file for the press.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PressFinding {
    /// The severity.
    pub severity: Severity,
    /// A stable name for the kind of finding.
    pub code: &'static str,
    /// One sentence without a final stop.
    pub message: String,
    /// The page, from 1; `None` for the file as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<usize>,
    /// Where it is first found on the page, in points from its lower left corner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<[f64; 2]>,
    /// How often it is found there.
    pub count: usize,
    /// What to do about it.
    pub hint: &'static str,
}

/// Page (0 for the file as a whole), code and message.
type Key = (usize, &'static str, String);
/// The first place on the page, and how often it was found.
type Seen = (Option<[f64; 2]>, usize);

/// What was found so far.
#[derive(Default)]
pub(super) struct Findings {
    found: BTreeMap<Key, Seen>,
}

impl Findings {
    /// Adds a finding about the file.
    pub fn of_file(&mut self, code: &'static str, message: impl Into<String>) {
        self.add(0, code, message.into(), None);
    }

    /// Adds a finding about a page, from 1.
    pub fn of_page(&mut self, page: usize, code: &'static str, at: Option<[f64; 2]>, message: impl Into<String>) {
        self.add(page, code, message.into(), at);
    }

    fn add(&mut self, page: usize, code: &'static str, message: String, at: Option<[f64; 2]>) {
        let full = self.found.len() >= MOST;
        match self.found.get_mut(&(page, code, message.clone())) {
            Some((_, count)) => *count += 1,
            None if full => {}
            None => {
                // Tenths of points are precise enough to find a place.
                let at = at.filter(|at| at.iter().all(|number| number.is_finite()));
                let at = at.map(|at| at.map(|length| (length * 10.0).round() / 10.0));
                self.found.insert((page, code, message), (at, 1));
            }
        }
    }

    /// Returns whether something with that code was found.
    pub fn has(&self, code: &str) -> bool {
        self.found.keys().any(|(_, found, _)| *found == code)
    }

    /// Returns the codes of what PDF/X-4 forbids.
    pub fn against_x4(&self) -> Vec<&'static str> {
        let mut list: Vec<_> = self.found.keys().map(|(_, code, _)| *code).collect();
        list.sort_unstable();
        list.dedup();
        list.retain(|name| code(name).is_some_and(|code| code.forbidden_by_x4));
        list
    }

    /// Returns what a profile reports.
    pub fn reported(self, profile: &Profile) -> Vec<PressFinding> {
        let found = self.found.into_iter().filter(|((_, code, _), _)| profile.reports(code));
        let finding = |((page, name, message), (place, count)): (Key, Seen)| {
            let code = code(name)?;
            let page = (page > 0).then_some(page);
            Some(PressFinding { severity: code.severity, code: name, message, page, place, count, hint: code.hint })
        };
        found.filter_map(finding).collect()
    }
}
