//! AKN4UN XML, the form in which the United Nations publishes its resolutions.
//!
//! A document is written as the UN's own files are; what their elements cannot say is said by
//! attributes and fields of a namespace of our own, so that it reads back as the same document.

mod blocks;
mod body;
mod cover;
mod element;
mod lists;
mod meta;
mod text;

use std::collections::HashMap;

use serde_json::{Map, Value};

use self::element::Element;
use crate::diagnostic::Source;
use crate::model::{Document, Symbol};
use crate::prepare::words::{Words, words};
use crate::read::{Format, read, statement_name};

/// The XML of a document.
///
/// # Errors
///
/// A sentence, if it would not read back as the same document: none is known.
pub(super) fn written(document: &Document) -> Result<String, String> {
    let plain = Writer::new(document).file(None);
    if read_back(&plain).is_ok_and(|back| back == *document) {
        return Ok(plain);
    }
    let exact = Writer::new(document).file(Some(&Map::new()));
    let lost = header_lost(document, &read_back(&exact)?)?;
    let exact = if lost.is_empty() { exact } else { Writer::new(document).file(Some(&lost)) };
    if read_back(&exact)? == *document {
        Ok(exact)
    } else {
        Err("AKN4UN cannot say everything in this document: choose yaml, json or md".into())
    }
}

fn read_back(xml: &str) -> Result<Document, String> {
    let reading = read(&Source::new("written.xml", xml), Format::Xml);
    reading.map(|reading| reading.document).map_err(|faults| faults.iter().map(ToString::to_string).collect())
}

/// The fields of the header that were read otherwise than they are, as they are; `null` where
/// there is none. Of the footnotes, those to which nothing refers.
fn header_lost(document: &Document, back: &Document) -> Result<Map<String, Value>, String> {
    let fields = |document: &Document| match serde_json::to_value(document) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Ok(Map::new()),
        Err(error) => Err(error.to_string()),
    };
    let (mut wanted, given) = (fields(document)?, fields(back)?);
    if let (Some(Value::Object(notes)), Some(Value::Object(known))) =
        (wanted.get_mut("footnotes"), given.get("footnotes"))
    {
        notes.retain(|mark, text| known.get(mark) != Some(text));
    }
    let all_known = wanted.get("footnotes").is_some_and(|notes| notes.as_object().is_some_and(Map::is_empty));
    let names = wanted.keys().chain(given.keys().filter(|name| !wanted.contains_key(*name)));
    let lost = names.filter(|name| match name.as_str() {
        "body" => false,
        "footnotes" => !all_known,
        name => wanted.get(name) != given.get(name),
    });
    Ok(lost.map(|name| (name.clone(), wanted.get(name).cloned().unwrap_or_default())).collect())
}

/// A document on its way to XML.
struct Writer<'d> {
    document: &'d Document,
    words: &'static Words,
    symbols: Vec<Symbol>,
    /// The marks of the footnotes that have been said, and how they are printed.
    notes: Vec<String>,
    printed: Vec<String>,
    /// How many elements of a kind have an identifier.
    identified: HashMap<&'static str, usize>,
}

impl<'d> Writer<'d> {
    fn new(document: &'d Document) -> Self {
        let symbols = document.symbol.iter().filter_map(|symbol| Symbol::parse(symbol).ok()).collect();
        let words = words(document.language);
        Self { document, words, symbols, notes: Vec::new(), printed: Vec::new(), identified: HashMap::new() }
    }

    /// The number of the next element of that kind.
    fn next(&mut self, kind: &'static str) -> usize {
        let count = self.identified.entry(kind).or_default();
        *count += 1;
        *count
    }

    /// The file; one that is read as it is, with those fields of the header, if they are given.
    fn file(mut self, exact: Option<&Map<String, Value>>) -> String {
        let meta = self.meta(exact);
        // In the order in which they are read, since notes are numbered on the way.
        let cover = self.cover();
        let preface = self.preface();
        let conclusions = self.conclusions();
        let (preamble, main, attachments) = self.body();
        let statement = Element::new("statement")
            .with("name", statement_name(self.document.kind))
            .holding(meta)
            .holding(cover)
            .holding_all(preface)
            .holding_all(preamble)
            .holding(main)
            .holding_all(conclusions)
            .holding_all(attachments);
        Element::new("akomaNtoso").holding(statement).document()
    }
}
