//! What the register knows of one rendition.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::export::{Origin, Profile};
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
    pub const COLUMNS: [&'static str; 22] = [
        "symbol",
        "language",
        "kind",
        "session",
        "agenda_item",
        "title",
        "distribution",
        "date",
        "adopted",
        "number",
        "job",
        "pages",
        "paragraphs",
        "notes",
        "warnings",
        "profile",
        "output",
        "sha256",
        "bytes",
        "source",
        "key",
        "masthead",
    ];

    /// The cells of one row of that table: plain text, without markup.
    pub fn cells(&self) -> [String; 22] {
        let date = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
        let text = |text: &Option<String>| text.as_deref().map(inline::plain).unwrap_or_default();
        [
            self.symbols.join(", "),
            self.language.code().to_owned(),
            self.kind.clone(),
            text(&self.session),
            text(&self.agenda_item),
            self.title.clone(),
            self.distribution.clone(),
            date(self.date),
            date(self.adopted),
            text(&self.number),
            text(&self.job),
            self.pages.to_string(),
            self.paragraphs.to_string(),
            self.notes.to_string(),
            self.warnings.len().to_string(),
            self.profile.name().to_owned(),
            self.output.clone(),
            self.sha256.clone(),
            self.bytes.to_string(),
            self.source.clone(),
            self.key.clone(),
            self.masthead.clone(),
        ]
    }

    /// The cell of that column.
    pub fn cell(&self, column: &str) -> String {
        let at = Self::COLUMNS.iter().position(|name| *name == column);
        at.map(|at| self.cells()[at].clone()).unwrap_or_default()
    }
}

/// The session or year of a document, by its symbol before what its header says.
fn session(header: &Document) -> Option<String> {
    let by_symbol = header.symbol.first().and_then(sitting).map(|sitting| match sitting {
        Sitting::Session(session) => session.to_string(),
        Sitting::EmergencySpecial(session) => format!("ES-{session}"),
        Sitting::Special(session) => format!("S-{session}"),
        Sitting::Year(year) => year.to_string(),
    });
    by_symbol.or_else(|| match header.session.as_ref()? {
        Session::Number(number) => Some(number.to_string()),
        Session::Text(text) => Some(text.clone()),
        Session::Lines(lines) => Some(lines.join(" ")),
    })
}
