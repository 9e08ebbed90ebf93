//! What is not there: gaps in series, documents that others modify, languages, files.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::chain::Relation;
use super::series::{Gap, gaps, sorting};
use super::{Filter, Record, Register};
use crate::model::Language;

/// What the register misses.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Missing {
    /// Numbers without a document between those of a series.
    pub gaps: Vec<Gap>,
    /// Documents that others supersede, correct or belong to, and that are not in the register:
    /// the other, what it is to it, the one that is not there.
    pub chains: Vec<(String, Relation, String)>,
    /// Documents that are not there in all languages, or whose languages do not agree.
    pub sets: Vec<Set>,
    /// Files that the register names and that are not on the disk.
    pub files: Vec<String>,
}

impl Missing {
    /// Whether nothing is missing.
    pub fn is_nothing(&self) -> bool {
        self.gaps.is_empty() && self.chains.is_empty() && self.sets.is_empty() && self.files.is_empty()
    }
}

/// The languages of one document.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Set {
    /// Its symbols.
    pub symbol: String,
    /// Those that are there.
    pub there: Vec<Language>,
    /// Those that are not.
    pub missing: Vec<Language>,
    /// How many paragraphs and notes each has, where they do not agree.
    pub differing: Vec<(Language, usize, usize)>,
}

impl Register {
    /// The language sets of all current documents, by symbol.
    ///
    /// # Errors
    ///
    /// A sentence, if the register cannot be read.
    pub fn sets(&self, wanted: &[Language]) -> Result<Vec<Set>, String> {
        let list = self.list(&Filter::default())?;
        let mut documents: BTreeMap<String, BTreeMap<Language, &Record>> = BTreeMap::new();
        for entry in &list {
            let record = &entry.record;
            let symbol = record.symbols.join(", ");
            documents.entry(symbol).or_default().insert(record.language, record);
        }
        let set = |(symbol, languages): (String, BTreeMap<Language, &Record>)| {
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

    /// What is missing: of series (only between documents that are there, if `between`), chains,
    /// languages wanted and files.
    ///
    /// # Errors
    ///
    /// A sentence, if the register cannot be read.
    pub fn missing(&self, wanted: &[Language], between: bool) -> Result<Missing, String> {
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
