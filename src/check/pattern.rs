//! Patterns of the rules, compiled once and searched in all texts of a document at once.

use std::ops::{Deref, Range};
use std::sync::OnceLock;

use regex::{Captures, Match, Regex, RegexBuilder};

use super::manuscript::{Manuscript, Prose};
use crate::model::Language;
use crate::prepare::words::words;

/// A regular expression in which `{MONTH}` stands for the English name of a month. Unicode word boundaries
/// are slow: use `(?-u:\b)` instead. Each text of a document is one line, so `^` and `$` are its beginning and its end.
pub(super) struct Pattern {
    source: &'static str,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    pub const fn new(source: &'static str) -> Self {
        Self { source, compiled: OnceLock::new() }
    }

    fn regex(&self) -> Option<&Regex> {
        let compiled = || {
            let months = format!("(?:{})", words(Language::En).dates.months.join("|"));
            RegexBuilder::new(&self.source.replace("{MONTH}", &months)).multi_line(true).build().ok()
        };
        self.compiled.get_or_init(compiled).as_ref()
    }

    pub fn is_match(&self, text: &str) -> bool {
        self.regex().is_some_and(|regex| regex.is_match(text))
    }

    pub fn captures<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.regex()?.captures(text)
    }

    /// Returns for each match in a text whether it has a group.
    pub fn every<'t>(&'t self, text: &'t str, group: &'t str) -> impl Iterator<Item = bool> + 't {
        self.regex()
            .into_iter()
            .flat_map(move |regex| regex.captures_iter(text))
            .map(move |hit| hit.name(group).is_some())
    }

    /// Returns the matches in the running text of a document, or their group “at” if the pattern has one.
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

    /// Returns the matches in the running text of a document, with their groups.
    pub fn all<'m, 'd>(&'m self, manuscript: &'m Manuscript<'d>) -> Vec<(&'m Prose<'d>, Range<usize>, Hit<'m>)> {
        let Some(regex) = self.regex() else { return Vec::new() };
        let hits = regex.captures_iter(&manuscript.text);
        hits.filter_map(|captures| {
            let whole = captures.get(0)?;
            let (prose, range) = manuscript.within(whole.range())?;
            let hit = Hit { text: whole.as_str(), before: whole.start() - range.start, captures };
            Some((prose, range, hit))
        })
        .collect()
    }
}

/// A match with its groups.
pub(super) struct Hit<'m> {
    /// The whole match.
    pub text: &'m str,
    /// The offset of its prose in the running text.
    before: usize,
    captures: Captures<'m>,
}

impl<'m> Hit<'m> {
    /// Returns the first of the groups that is present.
    pub fn one_of(&self, names: &[&str]) -> Option<Match<'m>> {
        names.iter().find_map(|name| self.captures.name(name))
    }

    /// Returns the range of a group within the prose.
    pub fn place(&self, group: &Match) -> Range<usize> {
        group.start() - self.before..group.end() - self.before
    }
}

impl<'m> Deref for Hit<'m> {
    type Target = Captures<'m>;

    fn deref(&self) -> &Captures<'m> {
        &self.captures
    }
}
