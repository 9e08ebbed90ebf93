//! Filtering and sorting of renditions.

use std::cmp::Reverse;
use std::str::FromStr;

use super::series::sorting;
use super::{Entry, Record, Register};
use crate::diagnostic::did_you_mean;
use crate::error::Error;
use crate::model::{Date, Language};

/// A filter for renditions; an empty one matches all current ones.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Filter {
    /// The symbol.
    pub symbol: Option<SymbolPattern>,
    /// The language.
    pub language: Option<Language>,
    /// The kind, by its name in documents.
    pub kind: Option<String>,
    /// The session or year.
    pub session: Option<String>,
    /// The agenda item: `127` also matches `127 (s)`.
    pub agenda_item: Option<String>,
    /// A part of the title, in upper or lower case.
    pub title: Option<String>,
    /// The job number.
    pub job: Option<String>,
    /// The first date of the documents.
    pub from: Option<Date>,
    /// The last date of the documents.
    pub to: Option<Date>,
    /// Whether to list only renditions with warnings.
    pub warnings: bool,
    /// Whether to include superseded renditions.
    pub all: bool,
    /// The columns to sort by, each with whether to reverse the order; default: symbol, language.
    pub sort: Vec<(String, bool)>,
}

impl Filter {
    fn lets(&self, entry: &Entry) -> bool {
        let record = &entry.record;
        let same = |wanted: &Option<String>, is: Option<&str>| {
            wanted.as_deref().is_none_or(|wanted| is.is_some_and(|is| is.eq_ignore_ascii_case(wanted)))
        };
        let date = record.date.or(record.adopted);
        (self.all || entry.current)
            && self.symbol.as_ref().is_none_or(|wanted| wanted.matches_one_of(record))
            && self.language.is_none_or(|wanted| wanted == record.language)
            && same(&self.kind, Some(&record.kind))
            && same(&self.session, record.session.as_deref())
            && same(&self.job, record.job.as_deref())
            && self.agenda_item.as_deref().is_none_or(|wanted| is_item(record, wanted))
            && self.title.as_ref().is_none_or(|part| record.title.to_lowercase().contains(&part.to_lowercase()))
            && self.from.is_none_or(|from| date.is_some_and(|date| date >= from))
            && self.to.is_none_or(|to| date.is_some_and(|date| date <= to))
            && (!self.warnings || !record.warnings.is_empty())
    }
}

/// A pattern of symbols, in which `*` matches anything, in upper or lower case: `A/77/*`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SymbolPattern(glob::Pattern);

impl SymbolPattern {
    /// Returns the pattern as it was written.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Returns whether a symbol matches.
    pub fn matches(&self, symbol: &str) -> bool {
        let options = glob::MatchOptions { case_sensitive: false, ..glob::MatchOptions::default() };
        self.0.matches_with(symbol, options)
    }

    /// Returns whether one of the symbols of a rendition matches.
    pub(super) fn matches_one_of(&self, record: &Record) -> bool {
        record.symbols.iter().any(|symbol| self.matches(symbol))
    }
}

impl FromStr for SymbolPattern {
    type Err = Error;

    /// # Errors
    ///
    /// Returns what is wrong with the pattern.
    fn from_str(text: &str) -> Result<Self, Error> {
        glob::Pattern::new(text).map(Self).map_err(|error| Error::value(error.to_string()))
    }
}

/// Returns whether the agenda item matches: `127` also matches `127 (s)`.
pub(super) fn is_item(record: &Record, wanted: &str) -> bool {
    let item = record.agenda_item.as_deref().unwrap_or_default();
    item == wanted || item.split(|c: char| !c.is_alphanumeric()).next() == Some(wanted)
}

impl Register {
    /// Returns the renditions that match a filter, sorted.
    ///
    /// # Errors
    ///
    /// Returns a message if the register cannot be read, or a column to sort by is unknown.
    pub fn list(&self, filter: &Filter) -> Result<Vec<Entry>, Error> {
        for (column, _) in &filter.sort {
            if !Record::COLUMNS.contains(&column.as_str()) {
                let near = did_you_mean(column, &Record::COLUMNS).map(|near| format!("; {near}")).unwrap_or_default();
                let columns = Record::COLUMNS.join(", ");
                return Err(Error::value(format!("unknown column “{column}”; use one of {columns}{near}")));
            }
        }
        let mut list = self.all()?;
        list.retain(|entry| filter.lets(entry));
        list.sort_by_cached_key(|entry| sorting(&entry.record.cell("symbol")));
        for (column, backwards) in filter.sort.iter().rev() {
            let key = |entry: &Entry| sorting(&entry.record.cell(column));
            match backwards {
                true => list.sort_by_cached_key(|entry| Reverse(key(entry))),
                false => list.sort_by_cached_key(key),
            }
        }
        Ok(list)
    }
}
