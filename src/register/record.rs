//! What the register knows of one rendition.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::export::{Origin, Profile};
use crate::model::fields::header;
use crate::model::symbol::Sitting;
use crate::model::{Date, Document, Language, Session, Symbol, inline};
use crate::prepare::words::sitting;
use crate::prepare::{Block, distribution};

/// One rendition: a document in one language as one file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The file, from the folder of the register on if it lies below it, with strokes between folders.
    pub output: String,
    /// The symbols, of which most documents have one; then those of its parts: `A/RES/84/80 A`.
    pub symbols: Vec<String>,
    /// The language.
    pub language: Language,
    /// The kind, by its name in documents.
    pub kind: String,
    /// The session or year: `77`, `ES-11`, `2025`.
    pub session: Option<String>,
    /// The agenda item.
    pub agenda_item: Option<String>,
    /// The title.
    pub title: String,
    /// The distribution, by its name in documents.
    pub distribution: String,
    /// The date of the document.
    pub date: Option<Date>,
    /// The date of adoption.
    pub adopted: Option<Date>,
    /// The number of an adopted text.
    pub number: Option<String>,
    /// The job number.
    pub job: Option<String>,
    /// How many pages.
    pub pages: usize,
    /// How many paragraphs the body has, sub-paragraphs too.
    pub paragraphs: usize,
    /// How many footnotes.
    pub notes: usize,
    /// The profile of the file: `archive`, `print`, `screen`.
    pub profile: Profile,
    /// The source, by the name under which messages speak of it; empty if it is not known.
    pub source: String,
    /// What the source and the options were, as a hash; empty if it is not known.
    pub source_key: String,
    /// The SHA-256 of every picture, by the name that the document gives it.
    pub pictures: BTreeMap<String, String>,
    /// All that decides the file, as a hash: prepared document, templates, fonts, engine, options.
    pub key: String,
    /// The SHA-256 of the file.
    pub sha256: String,
    /// How many bytes it has.
    pub bytes: u64,
    /// The version of masthead that made it.
    pub masthead: String,
    /// Warnings, as `masthead check --format json` gives them.
    pub warnings: Vec<Value>,
    /// The header of the document, as its source said it.
    pub header: Document,
}

/// What a record knows besides what the document says of itself.
pub struct Making<'m> {
    /// See [`Record::output`].
    pub output: String,
    /// The profile.
    pub profile: Profile,
    /// See [`Record::source`].
    pub source: String,
    /// See [`Record::source_key`].
    pub source_key: String,
    /// See [`Record::key`].
    pub key: String,
    /// How many pages.
    pub pages: usize,
    /// The file.
    pub file: &'m [u8],
    /// Warnings.
    pub warnings: Vec<Value>,
}

impl Record {
    /// The record of a file that was made of that.
    pub fn new(origin: &Origin, making: Making) -> Self {
        let header = &origin.header;
        let paragraph = |block: &&Block| matches!(block, Block::Paragraph { .. });
        Self {
            output: making.output,
            symbols: header
                .symbol
                .iter()
                .map(Symbol::to_string)
                .chain(header.parts.iter().flat_map(|part| header.symbols_of(part)))
                .collect(),
            language: header.language,
            kind: header.kind.name().to_owned(),
            session: session(header),
            agenda_item: header.agenda_item.clone(),
            title: header.title.as_deref().map(inline::plain).unwrap_or_default(),
            distribution: distribution(header).name().to_owned(),
            date: header.date,
            adopted: header.adopted,
            number: header.number.clone(),
            job: header.job.clone(),
            pages: making.pages,
            paragraphs: origin.prepared.body.iter().filter(paragraph).count(),
            notes: origin.prepared.notes.len(),
            profile: making.profile,
            source: making.source,
            source_key: making.source_key,
            pictures: origin
                .pictures
                .iter()
                .map(|(name, data)| (name.clone(), crate::digest::sha256([data])))
                .collect(),
            key: making.key,
            sha256: crate::digest::sha256([making.file]),
            bytes: making.file.len() as u64,
            masthead: origin.masthead.clone(),
            warnings: making.warnings,
            header: header.clone(),
        }
    }

    /// The record of a file whose source is called so now, and says the same.
    pub(crate) fn of_source(&self, source: &str) -> Self {
        let mut record = Self { source: source.to_owned(), ..self.clone() };
        for warning in &mut record.warnings {
            if warning["file"] == self.source.as_str() {
                warning["file"] = source.into();
            }
        }
        record
    }

    /// The columns of the register as a table, in their order.
    pub const COLUMNS: [&'static str; CELLS.len()] = {
        let mut names = [""; CELLS.len()];
        let mut at = 0;
        while at < names.len() {
            names[at] = CELLS[at].0;
            at += 1;
        }
        names
    };

    /// The cells of one row of that table: plain text, without markup.
    pub fn cells(&self) -> [String; CELLS.len()] {
        CELLS.map(|(_, cell)| cell(self))
    }

    /// The cell of that column.
    pub fn cell(&self, column: &str) -> String {
        CELLS.iter().find(|(name, _)| *name == column).map(|(_, cell)| cell(self)).unwrap_or_default()
    }
}

/// A column of the register: its name, and its cell of a record.
type Column = (&'static str, fn(&Record) -> String);

/// The columns: those of the header are called as its fields are.
const CELLS: [Column; 22] = [
    (header::symbol.name, |it| it.symbols.join(", ")),
    (header::language.name, |it| it.language.code().to_owned()),
    (header::kind.name, |it| it.kind.clone()),
    (header::session.name, |it| plain(&it.session)),
    (header::agenda_item.name, |it| plain(&it.agenda_item)),
    (header::title.name, |it| it.title.clone()),
    (header::distribution.name, |it| it.distribution.clone()),
    (header::date.name, |it| it.date.map(String::from).unwrap_or_default()),
    (header::adopted.name, |it| it.adopted.map(String::from).unwrap_or_default()),
    (header::number.name, |it| plain(&it.number)),
    (header::job.name, |it| plain(&it.job)),
    ("pages", |it| it.pages.to_string()),
    ("paragraphs", |it| it.paragraphs.to_string()),
    ("notes", |it| it.notes.to_string()),
    ("warnings", |it| it.warnings.len().to_string()),
    ("profile", |it| it.profile.name().to_owned()),
    ("output", |it| it.output.clone()),
    ("sha256", |it| it.sha256.clone()),
    ("bytes", |it| it.bytes.to_string()),
    ("source", |it| it.source.clone()),
    ("key", |it| it.key.clone()),
    ("masthead", |it| it.masthead.clone()),
];

/// A text without its markup, if it is given.
fn plain(text: &Option<String>) -> String {
    text.as_deref().map(inline::plain).unwrap_or_default()
}

/// The session or year of a document, by its symbol before what its header says.
fn session(header: &Document) -> Option<String> {
    let by_symbol = header.symbol.first().and_then(sitting).map(|sitting| match sitting {
        Sitting::Session(session) => session.to_string(),
        Sitting::EmergencySpecial(session) => format!("ES-{session}"),
        Sitting::Special(session) => format!("S-{session}"),
        Sitting::Year(year) => year.to_string(),
    });
    by_symbol.or_else(|| header.session.as_ref().map(Session::text))
}
