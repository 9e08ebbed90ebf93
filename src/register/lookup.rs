//! Interpretation of queries: symbols in upper or lower case, and unknown values.

use std::collections::BTreeSet;

use super::filter::{Filter, is_item};
use super::series::sorting;
use super::{Entry, Register};

use crate::error::Error;

/// A value that is not in the register.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unknown {
    /// A symbol, and the most similar one.
    Symbol(String, Option<String>),
    /// A value of a filter: the field, the value, and the known values.
    Value(&'static str, String, Vec<String>),
    /// A value of a filter that only replaced or removed renditions have: the field and the value.
    Replaced(&'static str, String),
}

impl Unknown {
    /// Returns a message, given the name of the register.
    pub fn described(&self, register: &str) -> String {
        const MOST: usize = 20;
        match self {
            Self::Symbol(symbol, None) => {
                format!("{register} has no {symbol}; run “masthead register list” to list its documents")
            }
            Self::Symbol(symbol, Some(near)) => format!("{register} has no {symbol}; did you mean {near}?"),
            Self::Value(what, value, known) if known.is_empty() => {
                format!("{register} has no {what} {value}, nor any other {what}")
            }
            Self::Value(what, value, known) => {
                let list = known.iter().take(MOST).cloned().collect::<Vec<_>>().join(", ");
                let more = if known.len() > MOST { ", …" } else { "" };
                format!("{register} has no {what} {value}; it has {list}{more}")
            }
            Self::Replaced(what, value) => format!(
                "{register} has {what} {value} only in renditions that were replaced or removed; list them with --all"
            ),
        }
    }
}

impl Register {
    /// Returns the symbol that is meant: exactly as written, else ignoring case, spaces and the asterisk of a
    /// reissue.
    ///
    /// # Errors
    ///
    /// Returns a message if the register cannot be read.
    pub fn meant(&self, written: &str) -> Result<Result<String, Unknown>, Error> {
        const NEAR: f64 = 0.8;
        let symbols = self.symbols()?;
        if symbols.contains(written) {
            return Ok(Ok(written.to_owned()));
        }
        let bare = |symbol: &str| {
            let letters = symbol.trim_end_matches('*').chars().filter(|c| !c.is_whitespace());
            letters.flat_map(char::to_lowercase).collect::<String>()
        };
        let wanted = bare(written);
        if let Some(found) = symbols.iter().find(|symbol| bare(symbol) == wanted) {
            return Ok(Ok(found.clone()));
        }
        let close = |symbol: &&String| strsim::normalized_damerau_levenshtein(&bare(symbol), &wanted);
        let near = symbols.iter().max_by(|a, b| close(a).total_cmp(&close(b))).filter(|near| close(near) >= NEAR);
        Ok(Err(Unknown::Symbol(written.to_owned(), near.cloned())))
    }

    fn symbols(&self) -> Result<BTreeSet<String>, Error> {
        let plain = |error| self.plain(error);
        let mut statement = self.connection.prepare_cached("SELECT DISTINCT symbol FROM symbols").map_err(plain)?;
        let rows = statement.query_map([], |row| row.get(0)).map_err(plain)?;
        rows.collect::<Result<_, _>>().map_err(plain)
    }

    /// Returns the values of a filter that match no rendition that it lists, each on its own.
    ///
    /// # Errors
    ///
    /// Returns a message if the register cannot be read.
    pub fn unknown(&self, filter: &Filter) -> Result<Vec<Unknown>, Error> {
        type Has = fn(&Entry, &str) -> bool;
        type Own = fn(&Entry) -> Option<String>;
        let all = self.all()?;
        let asked: [(&str, &Option<String>, Has, Own); 3] = [
            (
                "session",
                &filter.session,
                |entry, wanted| same(&entry.record.session, wanted),
                |entry| entry.record.session.clone(),
            ),
            (
                "agenda item",
                &filter.agenda_item,
                |entry, wanted| is_item(&entry.record, wanted),
                |entry| entry.record.agenda_item.clone(),
            ),
            (
                "job number",
                &filter.job,
                |entry, wanted| same(&entry.record.job, wanted),
                |entry| entry.record.job.clone(),
            ),
        ];
        let mut unknown = Vec::new();
        for (what, wanted, has, own) in asked {
            let Some(wanted) = wanted.as_deref() else { continue };
            let mut having = all.iter().filter(|entry| has(entry, wanted)).peekable();
            if having.peek().is_some() {
                if !filter.all && !having.any(|entry| entry.current) {
                    unknown.push(Unknown::Replaced(what, wanted.to_owned()));
                }
                continue;
            }
            let mut known: Vec<String> = all.iter().filter_map(own).collect();
            known.sort_by_cached_key(|value| sorting(value));
            known.dedup();
            unknown.push(Unknown::Value(what, wanted.to_owned(), known));
        }
        if let Some(pattern) = &filter.symbol {
            let mut matching = all.iter().filter(|entry| pattern.matches_one_of(&entry.record)).peekable();
            if matching.peek().is_none() {
                unknown.extend(self.meant(pattern.as_str())?.err());
            } else if !filter.all && !matching.any(|entry| entry.current) {
                unknown.push(Unknown::Replaced("symbol", pattern.as_str().to_owned()));
            }
        }
        Ok(unknown)
    }
}

fn same(is: &Option<String>, wanted: &str) -> bool {
    is.as_deref().is_some_and(|is| is.eq_ignore_ascii_case(wanted))
}
