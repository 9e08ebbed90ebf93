//! The record of one rendition in the register.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::export::{Origin, Profile};
use crate::model::fields::header;
use crate::model::symbol::Sitting;
use crate::model::{Date, Document, Language, Session, Symbol, Text};
use crate::prepare::words::sitting;
use crate::prepare::{Block, distribution};

/// One rendition: a document in one language as one file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Record {
    /// The file, relative to the folder of the register if it is below it, with slashes.
    pub output: String,
    /// The symbols, usually one, followed by those of the parts: `A/RES/84/80 A`.
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
    /// The number of pages.
    pub pages: usize,
    /// The number of paragraphs in the body, including subparagraphs.
    pub paragraphs: usize,
    /// The number of footnotes.
    pub notes: usize,
    /// The profile of the file: `archive`, `print`, `screen`.
    pub profile: Profile,
    /// The source, by its name in messages; empty if unknown.
    pub source: String,
    /// A hash of the source and the options; empty if unknown.
    pub source_key: String,
    /// The SHA-256 of every picture, by its name in the document.
    pub pictures: BTreeMap<String, String>,
    /// A hash of everything that determines the file: prepared document, templates, fonts, engine, options.
    pub key: String,
    /// The SHA-256 of the file.
    pub sha256: String,
    /// The size of the file in bytes.
    pub bytes: u64,
    /// The version of masthead that made it.
    pub masthead: String,
    /// Warnings, as printed by `masthead check --format json`.
    pub warnings: Vec<Value>,
    /// The header of the document, as in its source.
    pub header: Document,
}

/// What a record contains in addition to the document's own data.
#[derive(Debug, Clone)]
#[non_exhaustive]
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
    /// The number of pages.
    pub pages: usize,
    /// The file.
    pub file: &'m [u8],
    /// Warnings.
    pub warnings: Vec<Value>,
}

impl<'m> Making<'m> {
    /// Creates that of a file with so many pages, without keys and warnings.
    pub fn new(
        output: impl Into<String>,
        profile: Profile,
        source: impl Into<String>,
        pages: usize,
        file: &'m [u8],
    ) -> Self {
        let (output, source) = (output.into(), source.into());
        let (source_key, key, warnings) = Default::default();
        Self { output, profile, source, source_key, key, pages, file, warnings }
    }
}

impl Record {
    /// Creates the record of a file.
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
            agenda_item: header.agenda_item.as_ref().map(Text::to_string),
            title: header.title.as_ref().map(Text::plain).unwrap_or_default(),
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

    /// Returns the record with the source renamed, with unchanged content.
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

    /// Returns the cells of one row of that table: plain text, without markup.
    pub fn cells(&self) -> [String; CELLS.len()] {
        CELLS.map(|(_, cell)| cell(self))
    }

    /// Returns the cell of a column.
    pub fn cell(&self, column: &str) -> String {
        CELLS.iter().find(|(name, _)| *name == column).map(|(_, cell)| cell(self)).unwrap_or_default()
    }
}

/// A column of the register: its name, and the cell of a record in it.
type Column = (&'static str, fn(&Record) -> String);

/// The columns; those of the header have the names of its fields.
const CELLS: [Column; 22] = [
    (header::symbol.name, |it| it.symbols.join(", ")),
    (header::language.name, |it| it.language.code().to_owned()),
    (header::kind.name, |it| it.kind.clone()),
    (header::session.name, |it| it.session.clone().unwrap_or_default()),
    (header::agenda_item.name, |it| it.header.agenda_item.as_ref().map(Text::plain).unwrap_or_default()),
    (header::title.name, |it| it.title.clone()),
    (header::distribution.name, |it| it.distribution.clone()),
    (header::date.name, |it| it.date.map(String::from).unwrap_or_default()),
    (header::adopted.name, |it| it.adopted.map(String::from).unwrap_or_default()),
    (header::number.name, |it| it.number.clone().unwrap_or_default()),
    (header::job.name, |it| it.job.clone().unwrap_or_default()),
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

/// Returns the session or year of a document, from its symbol, else from its header.
fn session(header: &Document) -> Option<String> {
    let by_symbol = header.symbol.first().and_then(|symbol| sitting(header, symbol)).map(|sitting| match sitting {
        Sitting::Session(session) => session.to_string(),
        Sitting::EmergencySpecial(session) => format!("ES-{session}"),
        Sitting::Special(session) => format!("S-{session}"),
        Sitting::Year(year) => year.to_string(),
    });
    by_symbol.or_else(|| header.session.as_ref().map(Session::plain))
}
