//! Finds what is missing: gaps in series, documents that others modify, languages, and files.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::chain::Relation;
use super::series::{Gap, gaps, sorting};
use super::{Filter, Record, Register};
use crate::error::Error;
use crate::model::Language;

/// What is missing from the register.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Missing {
    /// Gaps in the numbers of series.
    pub gaps: Vec<Gap>,
    /// Documents that others supersede, correct or belong to, but that are not in the register: the other document,
    /// its relation, and the missing one.
    pub chains: Vec<(String, Relation, String)>,
    /// Documents that are missing in some languages, or whose languages differ in their paragraphs or notes.
    pub sets: Vec<Set>,
    /// Files in the register that are not on disk.
    pub files: Vec<String>,
}

impl Missing {
    /// Returns whether nothing is missing.
    pub fn is_nothing(&self) -> bool {
        self.gaps.is_empty() && self.chains.is_empty() && self.sets.is_empty() && self.files.is_empty()
    }
}

/// The languages of one document.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Set {
    /// Its symbols.
    pub symbol: String,
    /// The languages in the register.
    pub there: Vec<Language>,
    /// The missing languages.
    pub missing: Vec<Language>,
    /// The numbers of paragraphs and notes in each language, if they differ.
    pub differing: Vec<(Language, usize, usize)>,
}

impl Register {
    /// Returns the language sets of all current documents, by symbol.
    ///
    /// No `wanted` languages stand for the official ones, which the documents of other houses need not have.
    ///
    /// # Errors
    ///
    /// Returns a message if the register cannot be read.
    pub fn sets(&self, wanted: &[Language]) -> Result<Vec<Set>, Error> {
        let list = self.list(&Filter::default())?;
        let mut documents: BTreeMap<String, BTreeMap<Language, &Record>> = BTreeMap::new();
        for entry in &list {
            let record = &entry.record;
            let symbol = record.symbols.join(", ");
            documents.entry(symbol).or_default().insert(record.language, record);
        }
        let set = |(symbol, languages): (String, BTreeMap<Language, &Record>)| {
            let of_house = languages.values().any(|record| record.header.house.is_some());
            let wanted = if wanted.is_empty() && !of_house { &Language::OFFICIAL[..] } else { wanted };
            let counts = |record: &Record| (record.paragraphs, record.notes);
            let different: BTreeSet<(usize, usize)> = languages.values().map(|record| counts(record)).collect();
            let all = languages.iter().map(|(language, record)| (*language, record.paragraphs, record.notes));
            Set {
                symbol,
                there: languages.keys().copied().collect(),
                missing: wanted.iter().copied().filter(|language| !languages.contains_key(language)).collect(),
                differing: if different.len() > 1 { all.collect() } else { Vec::new() },
            }
        };
        let mut sets: Vec<Set> = documents.into_iter().map(set).collect();
        sets.sort_by_cached_key(|set| sorting(&set.symbol));
        Ok(sets)
    }

    /// Returns what is missing from series (only between registered documents if `between`), chains, wanted languages
    /// and files.
    ///
    /// # Errors
    ///
    /// Returns a message if the register cannot be read.
    pub fn missing(&self, wanted: &[Language], between: bool) -> Result<Missing, Error> {
        let list = self.list(&Filter::default())?;
        let symbols: BTreeSet<&str> = list.iter().flat_map(|e| e.record.symbols.iter().map(String::as_str)).collect();
        let within = |(_, relation, other): &(String, Relation, String)| {
            *relation != Relation::ComesFrom && !symbols.contains(other.as_str())
        };
        let files = list.iter().map(|entry| &entry.record.output).filter(|output| !self.file_of(output).is_file());
        let is_lacking = |set: &Set| !set.missing.is_empty() || !set.differing.is_empty();
        Ok(Missing {
            gaps: gaps(symbols.iter().copied(), between),
            chains: self.relations()?.into_iter().filter(|r| symbols.contains(r.0.as_str())).filter(within).collect(),
            sets: self.sets(wanted)?.into_iter().filter(is_lacking).collect(),
            files: files.cloned().collect(),
        })
    }
}
