//! Patterns that rules look for, compiled once and searched in all texts of a document at a stroke.

use std::ops::Range;
use std::sync::OnceLock;

use regex::{Captures, Regex};

use super::manuscript::{Manuscript, Prose};

/// A regular expression. It takes no Unicode word boundaries, which are slow: `(?-u:\b)` it is.
/// The texts of a document are lines to it.
pub(super) struct Pattern {
    source: &'static str,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    pub const fn new(source: &'static str) -> Self {
        Self { source, compiled: OnceLock::new() }
    }

    fn regex(&self) -> Option<&Regex> {
        self.compiled.get_or_init(|| Regex::new(self.source).ok()).as_ref()
    }

    pub fn is_match(&self, text: &str) -> bool {
        self.regex().is_some_and(|regex| regex.is_match(text))
    }

    pub fn captures<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.regex()?.captures(text)
    }

    /// Whether each place at which it stands in a text has a group of that name.
    pub fn every<'t>(&'t self, text: &'t str, group: &'t str) -> impl Iterator<Item = bool> + 't {
        self.regex()
            .into_iter()
            .flat_map(move |regex| regex.captures_iter(text))
            .map(move |hit| hit.name(group).is_some())
    }

    /// Where it stands in the running text of a document. If it has a group “at”, that is meant.
    pub fn each<'m, 'd>(&'m self, manuscript: &'m Manuscript<'d>) -> Vec<(&'m Prose<'d>, Range<usize>)> {
        let Some(regex) = self.regex() else { return Vec::new() };
        let grouped = regex.capture_names().any(|name| name == Some("at"));
        let meant = |whole: Range<usize>| match regex.captures_at(&manuscript.text, whole.start).filter(|_| grouped) {
            Some(captures) => captures.name("at").map_or(whole, |group| group.range()),
            None => whole,
        };
        let ranges = regex.find_iter(&manuscript.text).map(|found| found.range());
        ranges.filter_map(|whole| manuscript.within(meant(whole))).collect()
    }

    /// What it takes of the running text of a document, in groups.
    pub fn all<'m, 'd>(&'m self, manuscript: &'m Manuscript<'d>) -> Vec<(&'m Prose<'d>, Range<usize>, Captures<'m>)> {
        let Some(regex) = self.regex() else { return Vec::new() };
        let hits = regex.captures_iter(&manuscript.text);
        hits.filter_map(|hit| {
            let (prose, range) = manuscript.within(hit.get(0)?.range())?;
            Some((prose, range, hit))
        })
        .collect()
    }
}
