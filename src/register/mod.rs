//! The register of issued documents, in an SQLite database that anyone can query.
//!
//! It holds every rendition (see [`Record`]); the last rendition of each file is current. See docs/register.md.

pub mod chain;
mod checksum;
mod compare;
mod filter;
mod lookup;
mod merge;
mod missing;
mod open;
mod outdated;
mod rebuild;
mod record;
pub mod series;
mod soundness;

use std::path::{Component, Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params};

pub use compare::Difference;
pub use filter::{Filter, SymbolPattern};
pub use lookup::Unknown;
pub use merge::{Merged, Reported};
pub use missing::{Missing, Set};
pub use open::{Access, may_be_register};
pub(crate) use outdated::Standing;
pub use rebuild::{Rebuilt, rebuild};
pub use record::{Making, Record};
pub use soundness::{Flaw, Unsound};

use crate::error::Error;
use crate::files::{folder_of, standing};
use crate::model::symbol::identity;
use chain::{Relation, relations};
use open::sentence;

/// The name of a register in the folder of its files.
pub const NAME: &str = "register.sqlite";

/// An open register.
///
/// ```
/// use masthead::diagnostic::Source;
/// use masthead::register::{Access, Filter, Making, Record, Register};
/// use masthead::{Error, Format, Job, Press, Profile, render};
///
/// let source = Source::new("draft.yaml", "
/// symbol: A/84/L.901
/// kind: draft-resolution
/// date: 2029-10-01
/// body:
///   - enacting: '*The General Assembly*,'
///   - operative: '*Decides* to remain seized of the matter.'
/// ");
/// let rendition = render(&Press::new([])?, &Job::new(&source, Format::Yaml)).map_err(Error::from)?;
/// let pdf = rendition.pdf(Profile::Archive).map_err(Error::from)?;
/// let making = Making::new("draft.pdf", Profile::Archive, "draft.yaml", rendition.pages.len(), &pdf);
/// let folder = tempfile::tempdir()?;
/// let mut register = Register::open(&folder.path().join("register.sqlite"), Access::Make)?;
/// register.enter(&[Record::new(&rendition.origin(), making)], "2029-10-01T12:00:00Z")?;
///
/// let mut of_session = Filter::default();
/// of_session.session = Some("84".to_owned());
/// assert_eq!(register.list(&of_session)?[0].record.symbols, ["A/84/L.901"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Register {
    connection: Connection,
    path: PathBuf,
}

/// A rendition in the register.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Entry {
    /// Its number in the register.
    pub id: i64,
    /// Whether it is the latest rendition of its file.
    pub current: bool,
    /// Whether the file is outdated: its source is gone, has another file now, or has errors.
    pub outdated: bool,
    /// Its source, relative to the folder of the register; empty if unknown.
    pub place: String,
    /// When it was recorded.
    pub recorded: String,
    /// Its record.
    pub record: Record,
}

impl Entry {
    /// Creates an entry for a new, current rendition.
    fn new(record: &Record, place: String, recorded: &str) -> Self {
        let (recorded, record) = (recorded.to_owned(), record.clone());
        Self { id: 0, current: true, outdated: false, place, recorded, record }
    }

    /// Returns its state, in a word.
    pub fn state(&self) -> &'static str {
        match (self.current, self.outdated) {
            (true, false) => "current",
            (true, true) => "outdated",
            (false, false) => "replaced",
            (false, true) => "removed",
        }
    }

    /// Returns the key by which renditions are sorted if nothing else distinguishes them. Their numbers order only
    /// the renditions of one file; across files, they depend on the threads of the batch.
    fn order(&self) -> (crate::model::Language, &str, i64) {
        (self.record.language, &self.record.output, self.id)
    }
}

const ENTRY: &str = "SELECT id, current, recorded, record, outdated, place FROM renditions";

impl Register {
    /// Returns the file of the register.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns the folder to which the file names in the register are relative.
    pub fn folder(&self) -> PathBuf {
        folder_of(&self.path).to_owned()
    }

    /// Returns the name of a file in the register.
    pub fn name_of(&self, file: &Path) -> String {
        name_in(&self.folder(), file)
    }

    /// Returns the file with a name in the register.
    pub fn file_of(&self, output: &str) -> PathBuf {
        self.folder().join(output)
    }

    /// Enters renditions, atomically. If the same rendition is already current, only the details of its source
    /// change.
    ///
    /// # Errors
    ///
    /// Returns a message if the register cannot be written.
    pub fn enter(&mut self, records: &[Record], recorded: &str) -> Result<(), Error> {
        let path = self.path.clone();
        let places: Vec<String> = records.iter().map(|record| self.place_of(&record.source)).collect();
        let enter = || {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            for (record, place) in records.iter().zip(places) {
                enter_one(&transaction, &Entry::new(record, place, recorded))?;
            }
            transaction.commit()
        };
        enter().map_err(|error| sentence(&path, error))
    }

    /// Returns the current rendition of a file.
    ///
    /// # Errors
    ///
    /// Returns a message if the register cannot be read.
    pub fn of_output(&self, output: &str) -> Result<Option<Entry>, Error> {
        self.first(&format!("{ENTRY} WHERE output = ?1 AND current = 1"), output)
    }

    /// Returns the latest rendition of the source with that key.
    ///
    /// # Errors
    ///
    /// Returns a message if the register cannot be read.
    pub fn of_source(&self, source_key: &str) -> Result<Option<Record>, Error> {
        let found = self.first(&format!("{ENTRY} WHERE source_key = ?1 ORDER BY id DESC LIMIT 1"), source_key)?;
        Ok(found.map(|entry| entry.record))
    }

    /// Returns every rendition of a symbol, by language, file and age, the oldest first.
    ///
    /// # Errors
    ///
    /// Returns a message if the register cannot be read.
    pub fn of_symbol(&self, symbol: &str) -> Result<Vec<Entry>, Error> {
        let condition = "WHERE id IN (SELECT rendition FROM symbols WHERE symbol = ?1)";
        self.entries(&format!("{ENTRY} {condition}"), [identity(symbol)])
    }

    /// Returns every rendition, by language, file and age, the oldest first.
    ///
    /// # Errors
    ///
    /// Returns a message if the register cannot be read.
    pub fn all(&self) -> Result<Vec<Entry>, Error> {
        self.entries(ENTRY, [])
    }

    /// Returns the relations of a symbol to others: words such as "superseded by", and the other symbol.
    ///
    /// # Errors
    ///
    /// Returns a message if the register cannot be read.
    pub fn related(&self, symbol: &str) -> Result<Vec<(&'static str, String)>, Error> {
        let relations = self.relations()?;
        let towards = relations.iter().filter(|(from, ..)| from == symbol).map(|(_, r, other)| (r.words(), other));
        let back = relations.iter().filter(|(.., other)| other == symbol).map(|(from, r, _)| (r.reversed(), from));
        Ok(towards.chain(back).map(|(words, other)| (words, other.clone())).collect())
    }

    /// Returns all relations between documents.
    pub(crate) fn relations(&self) -> Result<Vec<(String, Relation, String)>, Error> {
        let plain = |error| self.plain(error);
        let query = "SELECT symbol, relation, other FROM relations ORDER BY symbol, relation, other";
        let mut statement = self.connection.prepare_cached(query).map_err(plain)?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, String>(1)?, row.get(2)?)));
        let rows = rows.map_err(plain)?.collect::<Result<Vec<_>, _>>().map_err(plain)?;
        let known = |(symbol, name, other): (String, String, String)| Some((symbol, Relation::of_name(&name)?, other));
        Ok(rows.into_iter().filter_map(known).collect())
    }

    fn first(&self, query: &str, value: &str) -> Result<Option<Entry>, Error> {
        let plain = |error| self.plain(error);
        let mut statement = self.connection.prepare_cached(query).map_err(plain)?;
        statement.query_row([value], entry).optional().map_err(plain)
    }

    fn entries(&self, query: &str, values: impl rusqlite::Params) -> Result<Vec<Entry>, Error> {
        let plain = |error| self.plain(error);
        let mut statement = self.connection.prepare_cached(query).map_err(plain)?;
        let rows = statement.query_map(values, entry).map_err(plain)?;
        let mut list = rows.collect::<Result<Vec<_>, _>>().map_err(plain)?;
        list.sort_by(|one, other| one.order().cmp(&other.order()));
        Ok(list)
    }
}

/// Returns the name of a file in a register in a folder: relative to it if the file is below it, else absolute.
pub(crate) fn name_in(folder: &Path, file: &Path) -> String {
    // As written, so that a linked folder counts as inside the folder of the register.
    let both = std::path::absolute(folder).and_then(|own| Ok((own, std::path::absolute(file)?)));
    let plain = |path: &Path| !path.components().any(|part| part == Component::ParentDir);
    let written = both.ok().and_then(|(own, file)| Some(file.strip_prefix(own).ok()?.to_owned()));
    let real = || {
        // If the folder of the file does not exist, its path has no other form.
        let file = standing(&std::path::absolute(file).unwrap_or_else(|_| file.to_owned()));
        let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        file.strip_prefix(folder).map(Path::to_owned).unwrap_or(file)
    };
    slashed(&written.filter(|name| plain(name)).unwrap_or_else(real))
}

/// Returns a path with slashes.
fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}

fn entry(row: &Row) -> rusqlite::Result<Entry> {
    let json: String = row.get(3)?;
    let wrong = |error| rusqlite::Error::FromSqlConversionFailure(3, rusqlite::types::Type::Text, Box::new(error));
    let record = serde_json::from_slice(json.as_bytes()).map_err(wrong)?;
    let (id, current, recorded) = (row.get(0)?, row.get(1)?, row.get(2)?);
    Ok(Entry { id, current, outdated: row.get(4)?, place: row.get(5)?, recorded, record })
}

/// Enters one rendition, which replaces the current one if it is current itself. It gets a new number.
fn enter_one(connection: &Connection, entry: &Entry) -> rusqlite::Result<()> {
    let Entry { current, outdated, place, recorded, record, .. } = entry;
    let json =
        serde_json::to_string(record).map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?;
    if *current {
        let known = "SELECT id, key = ?2 AND sha256 = ?3 FROM renditions WHERE output = ?1 AND current = 1";
        let values = params![record.output, record.key, record.sha256];
        let known = connection.prepare_cached(known)?.query_row(values, |row| Ok((row.get(0)?, row.get(1)?)));
        match known.optional()? {
            Some((id, true)) => {
                let same = "UPDATE renditions SET source = ?1, source_key = ?2, record = ?3, place = ?4, outdated = ?5
                    WHERE id = ?6";
                let values = params![record.source, record.source_key, json, place, outdated, id];
                connection.prepare_cached(same)?.execute(values)?;
                return checksum::seal(connection, id);
            }
            Some((id, false)) => {
                connection
                    .prepare_cached("UPDATE renditions SET current = 0, outdated = 0 WHERE id = ?1")?
                    .execute([id])?;
                checksum::seal(connection, id)?;
            }
            None => {}
        }
    }
    let insert = "INSERT INTO renditions (current, recorded, output, symbol, language, kind, session, agenda_item,
             title, distribution, date, adopted, number, job, pages, paragraphs, notes, profile, source,
             source_key, key, sha256, bytes, masthead, record, place, outdated)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21,
             ?22, ?23, ?24, ?25, ?26, ?27)";
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let date = |date: Option<crate::model::Date>| date.map(|date| date.to_string());
    connection.prepare_cached(insert)?.execute(params![
        current,
        recorded,
        record.output,
        record.symbols.join(", "),
        record.language.code(),
        record.kind,
        record.session,
        record.agenda_item,
        record.title,
        record.distribution,
        date(record.date),
        date(record.adopted),
        record.number,
        record.job,
        count(record.pages),
        count(record.paragraphs),
        count(record.notes),
        record.profile.name(),
        record.source,
        record.source_key,
        record.key,
        record.sha256,
        i64::try_from(record.bytes).unwrap_or(i64::MAX),
        record.masthead,
        json,
        place,
        outdated,
    ])?;
    let rendition = connection.last_insert_rowid();
    checksum::seal(connection, rendition)?;
    for symbol in &record.symbols {
        connection
            .prepare_cached("INSERT INTO symbols (rendition, symbol) VALUES (?1, ?2)")?
            .execute(params![rendition, symbol])?;
    }
    for (symbol, relation, other) in relations(&record.header) {
        connection
            .prepare_cached("INSERT OR IGNORE INTO relations (symbol, relation, other) VALUES (?1, ?2, ?3)")?
            .execute(params![symbol, relation.name(), other])?;
    }
    Ok(())
}
