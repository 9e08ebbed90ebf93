//! Merging the registers of several machines.

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use super::open::sentence;
use super::{Entry, Register, checksum, enter_one};

use crate::error::Error;

/// The result of a merge.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Merged {
    /// The number of renditions that were added.
    pub taken: usize,
    /// Files for which the two registers have different current renditions; the one recorded last is now current.
    pub disputed: Vec<String>,
}

impl Register {
    /// Adds every rendition of another register that this one does not have, atomically. Files keep their place:
    /// those below the folder of this register are named relative to it.
    ///
    /// # Errors
    ///
    /// Returns a message if either cannot be read, or this one cannot be written.
    pub fn merge(&mut self, other: &Self) -> Result<Merged, Error> {
        let same_folder = self.name_of(&other.folder().join("x")) == "x";
        let mut entries = other.all()?;
        for entry in &mut entries {
            if !entry.place.is_empty() {
                entry.place = self.place_at(&other.file_of(&entry.place));
            }
            let moved = self.name_of(&other.file_of(&entry.record.output));
            let below = !std::path::Path::new(&moved).is_absolute();
            if !same_folder && below {
                entry.record.output = moved;
            }
        }
        let mut merged = Merged::default();
        let path = self.path.clone();
        let mut work = || -> rusqlite::Result<()> {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            for entry in &entries {
                let record = &entry.record;
                let has = "SELECT EXISTS (SELECT 1 FROM renditions
                    WHERE output = ?1 AND key = ?2 AND sha256 = ?3 AND current >= ?4)";
                let values = params![record.output, record.key, record.sha256, entry.current];
                if transaction.prepare_cached(has)?.query_row(values, |row| row.get(0))? {
                    if entry.current {
                        same(&transaction, entry)?;
                    }
                    continue;
                }
                let current = "SELECT recorded FROM renditions WHERE output = ?1 AND current = 1";
                let ours =
                    transaction.query_row(current, [&record.output], |row| row.get::<_, String>(0)).optional()?;
                let takes = entry.current && ours.as_ref().is_none_or(|ours| *ours <= entry.recorded);
                if entry.current && ours.is_some() {
                    merged.disputed.push(record.output.clone());
                }
                enter_one(&transaction, &Entry { current: takes, ..entry.clone() })?;
                merged.taken += 1;
            }
            transaction.commit()
        };
        work().map_err(|error| sentence(&path, error))?;
        merged.disputed.sort();
        Ok(merged)
    }
}

/// Copies whether a current rendition that both registers have is outdated.
fn same(connection: &Connection, entry: &Entry) -> rusqlite::Result<()> {
    let known = "SELECT id FROM renditions WHERE output = ?1 AND current = 1 AND outdated <> ?2";
    let values = params![entry.record.output, entry.outdated];
    let id = connection.prepare_cached(known)?.query_row(values, |row| row.get::<_, i64>(0)).optional()?;
    let Some(id) = id else { return Ok(()) };
    connection.execute("UPDATE renditions SET outdated = ?1 WHERE id = ?2", params![entry.outdated, id])?;
    checksum::seal(connection, id)
}
