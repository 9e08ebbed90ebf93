//! Merging the registers of several machines.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use super::open::sentence;
use super::{Entry, Record, Register, checksum, enter_one};

use crate::error::Error;
use crate::files::lexical;

/// The result of a merge.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Merged {
    /// The number of renditions that were added.
    pub taken: usize,
    /// Files for which the two registers have different current renditions; the one recorded last is now current.
    pub disputed: Vec<String>,
}

/// What the reports of batches say about files. It decides where registers differ: a document may have moved to another
/// part, and the register of its earlier part does not know what became of it.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Reported {
    current: HashMap<String, Record>,
    outdated: HashSet<String>,
}

impl Reported {
    /// Creates it from the records of all current files, and the names of the outdated ones, as the merged register has
    /// them.
    pub(crate) fn new(current: impl Iterator<Item = Record>, outdated: impl Iterator<Item = String>) -> Self {
        let current: HashMap<_, _> = current.map(|record| (record.output.clone(), record)).collect();
        let outdated = outdated.filter(|output| !current.contains_key(output)).collect();
        Self { current, outdated }
    }

    /// Returns whether a rendition is the one that is reported for its file; `None` if none is.
    fn names(&self, record: &Record) -> Option<bool> {
        self.current.get(&record.output).map(|reported| rendition(reported) == rendition(record))
    }

    /// Returns whether a rendition, with the details of its source, is reported.
    fn has(&self, record: &Record) -> bool {
        let same = |reported: &Record| reported.source == record.source && reported.source_key == record.source_key;
        self.names(record) == Some(true) && self.current.get(&record.output).is_some_and(same)
    }
}

/// What distinguishes the renditions of a file.
fn rendition(record: &Record) -> (&str, &str) {
    (&record.key, &record.sha256)
}

impl Register {
    /// Adds every rendition of another register that this one does not have, atomically. Files keep their place:
    /// those below the folder of this register are named relative to it, and others by their absolute paths.
    ///
    /// # Errors
    ///
    /// Returns a message if either cannot be read, or this one cannot be written.
    pub fn merge(&mut self, other: &Self) -> Result<Merged, Error> {
        let merged = self.merge_parts(std::slice::from_ref(other), &Reported::default())?;
        Ok(merged.into_iter().next().unwrap_or_default())
    }

    /// Adds every rendition of other registers, atomically, as [`Self::merge`] does. If they differ about a file, its
    /// reported rendition is current. A file that one of them has removed, and none of them has, is removed.
    ///
    /// # Errors
    ///
    /// Returns a message if one of them cannot be read, or this one cannot be written.
    pub fn merge_parts(&mut self, others: &[Self], reported: &Reported) -> Result<Vec<Merged>, Error> {
        let parts = others.iter().map(|other| self.entries_of(other)).collect::<Result<Vec<_>, _>>()?;
        let path = self.path.clone();
        let mut work = || -> rusqlite::Result<Vec<Merged>> {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let merged = parts.iter().map(|part| take(&transaction, part, reported)).collect::<Result<_, _>>()?;
            remove(&transaction, &parts, reported)?;
            for output in &reported.outdated {
                set_outdated(&transaction, output, true)?;
            }
            transaction.commit()?;
            Ok(merged)
        };
        work().map_err(|error| sentence(&path, error))
    }

    /// Returns the renditions of another register, with the names and places that they have in this one.
    fn entries_of(&self, other: &Self) -> Result<Vec<Entry>, Error> {
        let same_folder = self.name_of(&other.folder().join("x")) == "x";
        let mut entries = other.all()?;
        for entry in entries.iter_mut().filter(|_| !same_folder) {
            if !entry.place.is_empty() {
                entry.place = self.place_at(&lexical(&other.real_folder().join(&entry.place)));
            }
            entry.record.output = self.name_of(&other.file_of(&entry.record.output));
        }
        Ok(entries)
    }
}

/// Takes the renditions of one register.
fn take(connection: &Connection, part: &[Entry], reported: &Reported) -> rusqlite::Result<Merged> {
    let mut merged = Merged::default();
    for entry in part {
        let record = &entry.record;
        let named = reported.names(record);
        let wanted = entry.current && named != Some(false);
        let ours = current(connection, &record.output)?;
        let is_ours = |record: &Record| ours.as_ref().is_some_and(|ours| ours.is(record));
        if wanted && is_ours(record) {
            if !reported.has(record) {
                set_outdated(connection, &record.output, entry.outdated && named.is_none())?;
            } else if ours.as_ref().is_some_and(|ours| !ours.is_from(record)) {
                enter_one(connection, &Entry { outdated: false, ..entry.clone() })?;
            }
            continue;
        }
        let known = is_known(connection, record)?;
        // It has taken the place of ours and knows it, or the other way round.
        let was_ours = |other: &Entry| !other.current && other.record.output == record.output && is_ours(&other.record);
        let replaces = named == Some(true) || wanted && ours.is_some() && part.iter().any(was_ours);
        let is_replaced = known && ours.as_ref().is_some_and(|ours| ours.recorded >= entry.recorded);
        let later = ours.as_ref().is_none_or(|ours| ours.recorded <= entry.recorded);
        let takes = wanted && (replaces || later && !is_replaced);
        if wanted && ours.is_some() && !replaces && !is_replaced && !reported.outdated.contains(&record.output) {
            merged.disputed.push(record.output.clone());
        }
        if !takes && known {
            continue;
        }
        let outdated = entry.outdated && if takes { named.is_none() } else { !entry.current };
        enter_one(connection, &Entry { current: takes, outdated, ..entry.clone() })?;
        merged.taken += 1;
    }
    merged.disputed.sort();
    Ok(merged)
}

/// Marks files as removed that one of the parts has removed, unless another part has them, or a report names them.
fn remove(connection: &Connection, parts: &[Vec<Entry>], reported: &Reported) -> rusqlite::Result<()> {
    let of_parts = || parts.iter().flatten();
    let kept: HashSet<&str> =
        of_parts().filter(|entry| entry.current).map(|entry| entry.record.output.as_str()).collect();
    let is_kept = |output: &str| kept.contains(output) || reported.current.contains_key(output);
    let removed: HashSet<&str> = of_parts()
        .filter(|entry| !entry.current && entry.outdated && !is_kept(&entry.record.output))
        .map(|entry| entry.record.output.as_str())
        .collect();
    for entry in of_parts().filter(|entry| removed.contains(entry.record.output.as_str())) {
        let Some(ours) = current(connection, &entry.record.output)?.filter(|ours| ours.is(&entry.record)) else {
            continue;
        };
        let mark = "UPDATE renditions SET current = 0, outdated = ?1 WHERE id = ?2";
        connection.prepare_cached(mark)?.execute(params![entry.outdated, ours.id])?;
        checksum::seal(connection, ours.id)?;
    }
    Ok(())
}

/// The current rendition of a file.
struct Current {
    id: i64,
    key: String,
    sha256: String,
    recorded: String,
    source: String,
    source_key: String,
    outdated: bool,
}

impl Current {
    fn is(&self, record: &Record) -> bool {
        (self.key.as_str(), self.sha256.as_str()) == rendition(record)
    }

    /// Returns whether it is of that source, and not outdated.
    fn is_from(&self, record: &Record) -> bool {
        !self.outdated && self.source == record.source && self.source_key == record.source_key
    }
}

fn current(connection: &Connection, output: &str) -> rusqlite::Result<Option<Current>> {
    let query = "SELECT id, key, sha256, recorded, source, source_key, outdated FROM renditions
        WHERE output = ?1 AND current = 1";
    let found = connection.prepare_cached(query)?.query_row([output], |row| {
        let (source, source_key, outdated) = (row.get(4)?, row.get(5)?, row.get(6)?);
        let (key, sha256, recorded) = (row.get(1)?, row.get(2)?, row.get(3)?);
        Ok(Current { id: row.get(0)?, key, sha256, recorded, source, source_key, outdated })
    });
    found.optional()
}

/// Returns whether a rendition is in the register, in any state.
fn is_known(connection: &Connection, record: &Record) -> rusqlite::Result<bool> {
    let has = "SELECT EXISTS (SELECT 1 FROM renditions WHERE output = ?1 AND key = ?2 AND sha256 = ?3)";
    let values = params![record.output, record.key, record.sha256];
    connection.prepare_cached(has)?.query_row(values, |row| row.get(0))
}

/// Records whether the current rendition of a file is outdated.
fn set_outdated(connection: &Connection, output: &str, outdated: bool) -> rusqlite::Result<()> {
    let known = "SELECT id FROM renditions WHERE output = ?1 AND current = 1 AND outdated <> ?2";
    let values = params![output, outdated];
    let id = connection.prepare_cached(known)?.query_row(values, |row| row.get::<_, i64>(0)).optional()?;
    let Some(id) = id else { return Ok(()) };
    connection.execute("UPDATE renditions SET outdated = ?1 WHERE id = ?2", params![outdated, id])?;
    checksum::seal(connection, id)
}
