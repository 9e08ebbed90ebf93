//! Decodes the header fields and footnotes of a document from its tree.

use std::ops::Range;
use std::sync::Arc;

use indexmap::IndexMap;

use super::blocks::{body, missing};
use super::decode::{At, Decoder};
use super::layout::{adjustment, layout};
use super::metadata::{adoption, metadata};
use super::tree::{Node, Value};
use super::{Format, Reading, dates};
use crate::diagnostic::{Diagnostic, Source};
use crate::model::{Date, Distribution, Document, Kind, Language, Part, Path, Session, Symbol};

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    /// Texts, lists or maps of them.
    Words,
    /// A name, a number or a choice.
    Values,
}

/// The fields of a document.
pub(super) const FIELDS: [(&str, Holds); 31] = [
    ("symbol", Holds::Values),
    ("organ", Holds::Words),
    ("kind", Holds::Values),
    ("language", Holds::Values),
    ("distribution", Holds::Values),
    ("date", Holds::Values),
    ("original", Holds::Values),
    ("job", Holds::Values),
    ("job_date", Holds::Values),
    ("session", Holds::Words),
    ("agenda_item", Holds::Values),
    ("agenda_title", Holds::Words),
    ("body_name", Holds::Words),
    ("sponsors", Holds::Words),
    ("submitted_by", Holds::Words),
    ("adopted", Holds::Values),
    ("adopted_note", Holds::Words),
    ("adopted_text", Holds::Words),
    ("document_type", Holds::Words),
    ("part", Holds::Values),
    ("number", Holds::Values),
    ("title", Holds::Words),
    ("running_title", Holds::Words),
    ("meeting", Holds::Words),
    ("also_adopted", Holds::Words),
    ("emblem", Holds::Values),
    ("layout", Holds::Words),
    ("metadata", Holds::Words),
    ("body", Holds::Words),
    ("parts", Holds::Words),
    ("footnotes", Holds::Words),
];

/// The names of the fields of a document.
pub(crate) fn field_names() -> [&'static str; FIELDS.len()] {
    FIELDS.map(|(name, _)| name)
}

/// The fields of a part.
pub(crate) const PART: [&str; 9] =
    ["letter", "title", "meeting", "adopted", "adopted_text", "metadata", "layout", "body", "footnotes"];

/// Decodes a document from its tree. Errors are in the order of the source.
pub(super) fn decode(
    source: &Arc<Source>,
    format: Format,
    tree: &Node,
    warnings: Vec<Diagnostic>,
) -> (Option<Reading>, Vec<Diagnostic>) {
    let mut decoder = Decoder::new(source, format, warnings);
    if format == Format::Xml {
        decoder.settle_source();
    }
    let root = At { node: tree, path: Path::default() };
    let document = header(&mut decoder, &root);
    decoder.errors.sort_by_key(|error| error.place.as_ref().map(|place| place.span.start));
    let Decoder { places, errors, warnings, .. } = decoder;
    let reading = document.map(|document| Reading { document, places, source: source.clone(), format, warnings });
    (reading, errors)
}

fn header(d: &mut Decoder, root: &At) -> Option<Document> {
    let mut fields = d.fields(root, &field_names())?;
    for name in ["symbol", "kind", "body"] {
        let has = |name: &str| matches!(&root.node.value, Value::Map(all) if all.iter().any(|f| f.key == name));
        if !(has(name) || name == "body" && has("parts")) {
            let message = format!("the document has no “{name}”");
            let hint = match name {
                "symbol" => d.format.add(name, "A/77/L.107"),
                "kind" => d.format.add(name, "draft-resolution"),
                _ => match d.format {
                    Format::Json => "add \"body\": [ … ] with the paragraphs, such as {\"preambular\": \"…\"}".into(),
                    _ => "add “body:” and the paragraphs below it, such as “- preambular: …”".into(),
                },
            };
            // Placed at the first field, since the span of the whole document would underline everything.
            let span = first_of(root.node);
            d.error(
                "missing-field",
                &At { node: &Node { value: Value::Null, span }, path: Path::default() },
                message,
                hint,
            );
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
        document.symbol = d.one_or_many(&at, |d, at| d.text(&at).map(Symbol::from));
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
    if let Some(at) = fields.take("also_adopted") {
        document.also_adopted = d.list(&at, adoption);
    }
    if let Some(at) = fields.take("layout") {
        document.layout = layout(d, &at);
    }
    if let Some(at) = fields.take("metadata") {
        document.metadata = metadata(d, &at);
    }
    if let Some(at) = fields.take("body") {
        document.body = body(d, &at);
    }
    if let Some(at) = fields.take("parts") {
        document.parts = d.list(&at, |d, at| part(d, &at));
    }
    if let Some(at) = fields.take("footnotes") {
        document.footnotes = footnotes(d, &at);
    }
    Some(document)
}

fn part(d: &mut Decoder, at: &At) -> Option<Part> {
    let mut fields = d.fields(at, &PART)?;
    let mut text = |name: &str| fields.take(name).and_then(|at| d.text(&at));
    let (letter, title, meeting) = (text("letter"), text("title"), text("meeting"));
    let given = fields.take("body");
    if given.is_none() {
        missing(d, at, "body");
    }
    Some(Part {
        letter,
        title,
        meeting,
        adopted: fields.take("adopted").and_then(|at| date(d, &at)),
        adopted_text: fields.take("adopted_text").map(|at| d.one_or_many(&at, |d, at| d.text(&at))).unwrap_or_default(),
        metadata: fields.take("metadata").map(|at| metadata(d, &at)).unwrap_or_default(),
        layout: fields.take("layout").map(|at| adjustment(d, &at)).unwrap_or_default(),
        body: given.map(|at| body(d, &at)).unwrap_or_default(),
        footnotes: fields.take("footnotes").map(|at| footnotes(d, &at)).unwrap_or_default(),
    })
}

/// Returns the span of the name of the first field, or that of the document if it has no fields.
fn first_of(node: &Node) -> Range<usize> {
    let Value::Map(fields) = &node.value else { return node.span.clone() };
    fields.first().map_or_else(|| node.span.clone(), |first| first.key_span.clone())
}

fn language(d: &mut Decoder, at: &At) -> Option<Language> {
    // The name as printed on the page: “Original: English”.
    if let Value::String(name) = &at.node.value
        && let Some(language) = Language::ALL.into_iter().find(|l| l.name().eq_ignore_ascii_case(name.trim()))
    {
        d.note(at);
        return Some(language);
    }
    d.choice(at, &Language::ALL.map(|l| (l.code(), l)))
}

pub(super) fn date(d: &mut Decoder, at: &At) -> Option<Date> {
    match dates::date(&d.text(at)?) {
        Ok(date) => Some(date),
        Err((message, hint)) => {
            d.error("not-a-date", at, message, hint);
            None
        }
    }
}

fn session(d: &mut Decoder, at: &At) -> Option<Session> {
    match &at.node.value {
        Value::Number(_) => d.whole(at, 1, 999).map(|n| Session::Number(n.into())),
        Value::List(_) => Some(Session::Lines(d.list(at, |d, at| d.text(&at)))),
        _ => {
            let text = d.text(at)?;
            Some(session_number(&text).map_or(Session::Text(text), Session::Number))
        }
    }
}

/// Parses a text that is only a number: “86”, “86th”.
fn session_number(text: &str) -> Option<u32> {
    let text = text.trim();
    let figures = ["st", "nd", "rd", "th"].iter().find_map(|end| text.strip_suffix(end)).unwrap_or(text);
    let number: u32 = figures.parse().ok().filter(|_| figures.bytes().all(|byte| byte.is_ascii_digit()))?;
    (1..=999).contains(&number).then_some(number)
}

fn footnotes(d: &mut Decoder, at: &At) -> IndexMap<String, String> {
    let Value::Map(fields) = &at.node.value else {
        let message = format!("“footnotes” must be a map from marks to texts, not {}", at.node.value.noun());
        d.note(at);
        d.error("wrong-type", at, message, format!("write each as {}", d.format.field("1", "See resolution 70/1.")));
        return IndexMap::new();
    };
    d.note(at);
    let mut notes = IndexMap::with_capacity(fields.len());
    for field in fields {
        let mark = d.settled(&field.key, &field.key_span, &at.path);
        let path = at.path.field(mark.clone());
        if let Some(text) = d.text(&At { node: &field.node, path }) {
            notes.insert(mark, text);
        }
    }
    notes
}
