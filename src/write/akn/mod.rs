//! Writes AKN4UN XML, the form in which the United Nations publishes its resolutions.
//!
//! A document is written like the UN's own files. What their elements cannot express is given in
//! attributes and fields of masthead's own namespace, so that it reads back as the same document.

mod blocks;
mod body;
mod collection;
mod cover;
mod element;
mod lists;
mod meta;
mod text;

use std::collections::HashMap;
use std::sync::Arc;

use serde::Serialize;
use serde_json::{Map, Value};

use self::element::Element;
pub(crate) use self::element::escaped;
use crate::diagnostic::Source;
use crate::json;
use crate::model::fields::header;
use crate::model::house::Folder;
use crate::model::{Document, House, Named, Symbol, Text};
use crate::prepare::words::{Words, words_of};
use crate::read::{Format, read, statement_name};

/// Returns the XML of a document.
///
/// # Errors
///
/// Returns a message if it would not read back as the same document; no such case is known.
pub(super) fn written(document: &Document) -> Result<String, String> {
    let plain = Writer::new(document).file(None);
    let read_back = |xml: &str| read_back(xml, document);
    if read_back(&plain).is_ok_and(|back| back == *document) {
        return Ok(plain);
    }
    let begun = Lost::of_house(document)?;
    let exact = Writer::new(document).file(Some(&begun));
    let mut lost = Lost::of(document, &read_back(&exact)?)?;
    let exact = match lost.is_empty() {
        true => exact,
        false => {
            lost.header.extend(begun.header);
            Writer::new(document).file(Some(&lost))
        }
    };
    if read_back(&exact)? == *document {
        Ok(exact)
    } else {
        Err("AKN4UN cannot express everything in this document; choose yaml, json or md".into())
    }
}

/// Reads what was written of a document, where its house has the same words.
fn read_back(xml: &str, document: &Document) -> Result<Document, String> {
    let words = document.house.as_ref().and_then(|house| house.words.clone());
    let of_words =
        |words| Folder { house: Some(House { words: Some(words), ..House::default() }), ..Folder::default() };
    let source = Source::new("written.xml", xml).in_folder(words.map(of_words).map(Arc::new));
    let reading = read(&source, Format::Xml);
    reading.map(|reading| reading.document).map_err(|errors| errors.iter().map(ToString::to_string).collect())
}

/// The fields that were read back differently: those of the header, and those of each part.
#[derive(Default)]
struct Lost {
    header: Map<String, Value>,
    parts: Vec<Map<String, Value>>,
}

impl Lost {
    fn of(document: &Document, back: &Document) -> Result<Self, String> {
        let parts = document.parts.iter().zip(&back.parts).map(|(part, back)| fields_lost(part, back));
        Ok(Self { header: fields_lost(document, back)?, parts: parts.collect::<Result<_, _>>()? })
    }

    /// Returns the fields of another house, without which a file with its symbols cannot be read.
    fn of_house(document: &Document) -> Result<Self, String> {
        let mut lost = Self::default();
        if let Some(house) = &document.house {
            let value = |value: Result<Value, serde_json::Error>| value.map_err(|error| error.to_string());
            let symbols: Vec<String> = document.symbol.iter().map(Symbol::printed).collect();
            lost.header.insert(header::house.name.into(), value(json::value(house))?);
            lost.header.insert(header::symbol.name.into(), value(json::value(&symbols))?);
        }
        Ok(lost)
    }

    fn is_empty(&self) -> bool {
        self.header.is_empty() && self.parts.iter().all(Map::is_empty)
    }
}

/// Returns the original values of the fields that were read back differently, without the blocks; `null` for
/// a missing one. Of the footnotes, those without a reference, and in a part those of the whole document as `null`.
fn fields_lost<T: Serialize>(document: &T, back: &T) -> Result<Map<String, Value>, String> {
    let fields = |document: &T| match json::value(document) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Ok(Map::new()),
        Err(error) => Err(error.to_string()),
    };
    let (mut wanted, given) = (fields(document)?, fields(back)?);
    if let (Some(Value::Object(notes)), Some(Value::Object(known))) =
        (wanted.get_mut("footnotes"), given.get("footnotes"))
    {
        let more: Vec<String> = known.keys().filter(|mark| !notes.contains_key(*mark)).cloned().collect();
        notes.retain(|mark, text| known.get(mark) != Some(text));
        notes.extend(more.into_iter().map(|mark| (mark, Value::Null)));
    }
    let all_known = wanted.get("footnotes").is_some_and(|notes| notes.as_object().is_some_and(Map::is_empty));
    let names = wanted.keys().chain(given.keys().filter(|name| !wanted.contains_key(*name)));
    let lost = names.filter(|name| match name.as_str() {
        "body" | "parts" => false,
        "footnotes" => !all_known,
        name => wanted.get(name) != given.get(name),
    });
    Ok(lost.map(|name| (name.clone(), wanted.get(name).cloned().unwrap_or_default())).collect())
}

/// The state of writing a document.
struct Writer<'d> {
    document: &'d Document,
    words: &'d Words,
    /// The marks of the footnotes written so far, and their printed marks.
    notes: Vec<String>,
    printed: Vec<String>,
    /// How many footnotes there are in the earlier parts, and how many of them are numbered.
    before: (usize, usize),
    /// The footnotes of the document, while writing one of its parts.
    shared: Option<&'d Named<Text>>,
    /// The notes of the table under way.
    lettered: Option<&'d Named<Text>>,
    /// How many elements of a kind have an identifier.
    identified: HashMap<&'static str, usize>,
}

impl<'d> Writer<'d> {
    fn new(document: &'d Document) -> Self {
        let words = words_of(document);
        Self {
            document,
            words,
            notes: Vec::new(),
            printed: Vec::new(),
            before: (0, 0),
            shared: None,
            lettered: None,
            identified: HashMap::new(),
        }
    }

    /// Returns the number of the next element of that kind.
    fn next(&mut self, kind: &'static str) -> usize {
        let count = self.identified.entry(kind).or_default();
        *count += 1;
        *count
    }

    /// Writes the file. If `exact` is given, the file is to be read as it is, with those fields.
    fn file(self, exact: Option<&Lost>) -> String {
        if self.document.parts.is_empty() {
            let statement = self.statement(exact.map(|lost| &lost.header));
            return Element::new("akomaNtoso").holding(statement).document();
        }
        self.collection(exact).document()
    }

    fn statement(mut self, exact: Option<&Map<String, Value>>) -> Element {
        let meta = self.meta(exact);
        // In reading order, since notes are numbered while writing.
        let cover = self.cover();
        let preface = self.preface();
        let conclusions = self.conclusions();
        let (preamble, main, attachments) = self.body();
        Element::new("statement")
            .with("name", statement_name(self.document.kind))
            .holding(meta)
            .holding(cover)
            .holding_all(preface)
            .holding_all(preamble)
            .holding(main)
            .holding_all(conclusions)
            .holding_all(attachments)
    }
}
