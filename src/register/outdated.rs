//! The places of sources, and files that are outdated because their source has changed or is gone.

use std::path::{Path, PathBuf};

use rusqlite::{OptionalExtension, TransactionBehavior, params};

use super::open::{sentence, unfit};
use super::{Register, checksum, slashed};
use crate::error::Error;
use crate::files::{lexical, standing, way};

/// The place of the source of a current rendition when it was last recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Standing {
    /// The file, by its name in the register.
    pub output: String,
    /// The name of the source in messages.
    pub source: String,
    /// Its place; `None` if unknown.
    pub place: Option<PathBuf>,
    /// A hash of the source and the options.
    pub source_key: String,
    /// The profile, by its name.
    pub profile: String,
    /// Whether the file is outdated.
    pub outdated: bool,
}

impl Register {
    /// Returns the place of a source, relative to the folder of the register; empty if it does not exist, as when its
    /// name is relative to another working directory.
    pub(crate) fn place_of(&self, source: &str) -> String {
        let source = Path::new(source);
        if source.is_file() { self.place_at(source) } else { String::new() }
    }

    /// Returns the place of a file, relative to the folder of the register.
    pub(super) fn place_at(&self, file: &Path) -> String {
        slashed(&way(&self.real_folder(), &standing(file)))
    }

    pub(super) fn real_folder(&self) -> PathBuf {
        let folder = self.folder();
        folder.canonicalize().unwrap_or(folder)
    }

    /// Returns the places of the sources of all current renditions, by file.
    ///
    /// # Errors
    ///
    /// Returns a message if the register cannot be read.
    pub(crate) fn standings(&self) -> Result<Vec<Standing>, Error> {
        let plain = |error| self.plain(error);
        let query = "SELECT output, source, place, source_key, profile, outdated FROM renditions WHERE current = 1
            ORDER BY output";
        let mut statement = self.connection.prepare(query).map_err(plain)?;
        let folder = self.real_folder();
        let rows = statement.query_map([], |row| {
            let place: String = row.get(2)?;
            Ok(Standing {
                output: row.get(0)?,
                source: row.get(1)?,
                place: (!place.is_empty()).then(|| lexical(&folder.join(place))),
                source_key: row.get(3)?,
                profile: row.get(4)?,
                outdated: row.get(5)?,
            })
        });
        rows.map_err(plain)?.collect::<Result<_, _>>().map_err(plain)
    }

    /// Returns the sources, with their files, of current renditions with the same content and options.
    ///
    /// # Errors
    ///
    /// Returns a message if the register cannot be read.
    pub(crate) fn sources_of(&self, source_key: &str) -> Result<Vec<(String, String)>, Error> {
        let plain = |error| self.plain(error);
        let query =
            "SELECT source, output FROM renditions WHERE source_key = ?1 AND current = 1 ORDER BY source, output";
        let mut statement = self.connection.prepare_cached(query).map_err(plain)?;
        let rows = statement.query_map([source_key], |row| Ok((row.get(0)?, row.get(1)?))).map_err(plain)?;
        rows.collect::<Result<_, _>>().map_err(plain)
    }

    /// Marks the current renditions of files as outdated. Renditions whose files no longer exist are then no longer
    /// current.
    ///
    /// # Errors
    ///
    /// Returns a message if the register cannot be written.
    pub(crate) fn outdate(&mut self, outputs: &[String]) -> Result<(), Error> {
        if outputs.is_empty() {
            return Ok(());
        }
        let path = self.path.clone();
        let there: Vec<bool> = outputs.iter().map(|output| self.file_of(output).exists()).collect();
        let work = || -> rusqlite::Result<()> {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            for (output, there) in outputs.iter().zip(there) {
                // Already marked renditions are not written again.
                let known = "SELECT id FROM renditions WHERE output = ?1 AND current = 1 AND NOT (outdated AND ?2)";
                let id = transaction.query_row(known, params![output, there], |row| row.get::<_, i64>(0)).optional()?;
                if let Some(id) = id {
                    let mark = "UPDATE renditions SET outdated = 1, current = ?1 WHERE id = ?2";
                    transaction.execute(mark, params![there, id])?;
                    checksum::seal(&transaction, id)?;
                }
            }
            transaction.commit()
        };
        work().map_err(|error| sentence(&path, error))
    }

    /// Records that the register belongs to one part of a batch in `parts` parts.
    ///
    /// # Errors
    ///
    /// Returns a message if it belongs to a part of another division, or cannot be written.
    pub(crate) fn divide(&mut self, parts: usize) -> Result<(), Error> {
        match self.division()? {
            Some(known) if known != parts => Err(unfit(
                &self.path,
                format!(
                    "{} is the register of a batch in {known} parts, and this batch has {parts}; use a separate folder \
                     for each division, or remove the files of the other",
                    self.path.display()
                ),
            )),
            Some(_) => Ok(()),
            None => {
                let count = i64::try_from(parts).unwrap_or(i64::MAX);
                let entered = self.connection.execute("INSERT INTO division (parts) VALUES (?1)", [count]);
                entered.map(drop).map_err(|error| self.plain(error))
            }
        }
    }

    /// Returns the number of parts of the batch of which this is one part's register; `None` for a whole batch.
    ///
    /// # Errors
    ///
    /// Returns a message if the register cannot be read.
    pub fn division(&self) -> Result<Option<usize>, Error> {
        let known = self.connection.query_row("SELECT parts FROM division", [], |row| row.get::<_, i64>(0)).optional();
        known.map(|parts| parts.and_then(|parts| parts.try_into().ok())).map_err(|error| self.plain(error))
    }
}
