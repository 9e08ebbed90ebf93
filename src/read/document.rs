//! The header fields and footnotes of a document out of its tree.

use std::sync::Arc;

use indexmap::IndexMap;

use super::Reading;
use super::blocks::body;
use super::decode::{At, Decoder};
use super::metadata::metadata;
use super::tree::{Node, Value};
use crate::diagnostic::{Diagnostic, Source, shortened};
use crate::model::{Date, Distribution, Document, Kind, Language, Session};

/// The fields of a document.
pub(crate) const FIELDS: [&str; 28] = [
    "symbol",
    "organ",
    "kind",
    "language",
    "distribution",
    "date",
    "original",
    "job",
    "job_date",
    "session",
    "agenda_item",
    "agenda_title",
    "body_name",
    "sponsors",
    "submitted_by",
    "adopted",
    "adopted_note",
    "adopted_text",
    "document_type",
    "part",
    "number",
    "title",
    "running_title",
    "meeting",
    "emblem",
    "metadata",
    "body",
    "footnotes",
];

/// The document that a tree says, and every fault in it, in the order of the source.
pub(super) fn decode(source: &Arc<Source>, tree: &Node) -> (Option<Reading>, Vec<Diagnostic>) {
    let mut decoder = Decoder::new(source);
    let root = At { node: tree, path: String::new() };
    let document = header(&mut decoder, &root);
    decoder.faults.sort_by_key(|fault| fault.place.as_ref().map(|place| place.span.start));
    let places = decoder.places;
    let reading = document.map(|document| Reading {
        document,
        places,
        source: source.clone(),
        warnings: Vec::new(),
        published: false,
    });
    (reading, decoder.faults)
}

fn header(d: &mut Decoder, root: &At) -> Option<Document> {
    let mut fields = d.fields(root, &FIELDS)?;
    for name in ["symbol", "kind", "body"] {
        let missing = matches!(&root.node.value, Value::Map(all) if all.iter().all(|f| f.key != name));
        if missing {
            let message = format!("the document has no “{name}”");
            let hint = match name {
                "symbol" => "add a line such as “symbol: A/77/L.107”",
                "kind" => "add a line such as “kind: draft-resolution”",
                _ => "add “body:” and under it the paragraphs, each as “- preambular: …” and so on",
            };
            // At the first line: the span of the whole would underline everything.
            let first = At { node: first_of(root.node), path: String::new() };
            d.fault("missing-field", &first, message, hint);
        }
    }
    let mut text = |name: &str| fields.take(name).and_then(|at| d.text(&at));
    let mut document = Document {
        organ: text("organ"),
        job: text("job"),
        agenda_item: text("agenda_item"),
        body_name: text("body_name"),
        submitted_by: text("submitted_by"),
        adopted_note: text("adopted_note"),
        number: text("number"),
        title: text("title"),
        running_title: text("running_title"),
        meeting: text("meeting"),
        document_type: text("document_type"),
        part: text("part"),
        emblem: text("emblem"),
        ..Document::default()
    };
    if let Some(at) = fields.take("symbol") {
        document.symbol = d.one_or_many(&at, |d, at| d.text(&at));
    }
    if let Some(at) = fields.take("kind") {
        document.kind = d.choice(&at, &Kind::ALL.map(|k| (k.name(), k))).unwrap_or_default();
    }
    if let Some(at) = fields.take("language") {
        document.language = language(d, &at).unwrap_or_default();
    }
    if let Some(at) = fields.take("distribution") {
        document.distribution = d.choice(&at, &Distribution::ALL.map(|k| (k.name(), k)));
    }
    if let Some(at) = fields.take("original") {
        document.original = d.one_or_many(&at, |d, at| language(d, &at));
    }
    let mut day = |name: &str| fields.take(name).and_then(|at| date(d, &at));
    document.date = day("date");
    document.job_date = day("job_date");
    document.adopted = day("adopted");
    document.session = fields.take("session").and_then(|at| session(d, &at));
    if let Some(at) = fields.take("agenda_title") {
        document.agenda_title = d.one_or_many(&at, |d, at| d.text(&at));
    }
    if let Some(at) = fields.take("adopted_text") {
        document.adopted_text = d.one_or_many(&at, |d, at| d.text(&at));
    }
    if let Some(at) = fields.take("sponsors") {
        document.sponsors = d.list(&at, |d, at| d.text(&at));
    }
    if let Some(at) = fields.take("metadata") {
        document.metadata = metadata(d, &at);
    }
    if let Some(at) = fields.take("body") {
        document.body = body(d, &at);
    }
    if let Some(at) = fields.take("footnotes") {
        document.footnotes = footnotes(d, &at);
    }
    Some(document)
}

/// The first scalar of a node, or the node itself.
fn first_of(node: &Node) -> &Node {
    match &node.value {
        Value::Map(fields) => fields.first().map_or(node, |f| first_of(&f.node)),
        Value::List(nodes) => nodes.first().map_or(node, first_of),
        _ => node,
    }
}

fn language(d: &mut Decoder, at: &At) -> Option<Language> {
    d.choice(at, &Language::ALL.map(|l| (l.code(), l)))
}

pub(super) fn date(d: &mut Decoder, at: &At) -> Option<Date> {
    let text = d.text(at)?;
    let date = text.parse();
    if date.is_err() {
        let message = format!("“{}” is not a date of the calendar", shortened(&text));
        d.fault("not-a-date", at, message, "write year, month and day, such as 2023-08-28");
    }
    date.ok()
}

fn session(d: &mut Decoder, at: &At) -> Option<Session> {
    match &at.node.value {
        Value::Number(_) => d.whole(at, 1, 999).map(|n| Session::Number(n.into())),
        Value::List(_) => Some(Session::Lines(d.list(at, |d, at| d.text(&at)))),
        _ => d.text(at).map(Session::Text),
    }
}

fn footnotes(d: &mut Decoder, at: &At) -> IndexMap<String, String> {
    let Value::Map(fields) = &at.node.value else {
        d.fields(at, &[]);
        return IndexMap::new();
    };
    d.note(at);
    let mut notes = IndexMap::with_capacity(fields.len());
    for field in fields {
        let path = format!("{}.{}", at.path, field.key);
        if let Some(text) = d.text(&At { node: &field.node, path }) {
            notes.insert(field.key.clone(), text);
        }
    }
    notes
}
