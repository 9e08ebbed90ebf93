//! Decodes the header fields and footnotes of a document from its tree.

use std::ops::Range;
use std::sync::Arc;

use super::blocks::{body, missing};
use super::decode::{At, Decoder, Fields, called};
use super::house::house;
use super::layout::{adjustment, layout};
use super::metadata::{adoption, metadata};
use super::tree::{Node, Value};
use super::{Format, Reading, dates};
use crate::diagnostic::{self, Diagnostic, Source};
use crate::model::fields::{self, Asks, Field, Place, header};
use crate::model::{Date, Distribution, Document, Kind, Language, Named, Part, Path, Session, Symbol, Text};

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
    let mut document = header(&mut decoder, &root);
    if let Some(document) = &mut document {
        if let Some(folder) = &source.folder {
            folder.complete(document, |field| tree.field(field).is_some());
        }
        document.free_symbols();
    }
    diagnostic::sort(&mut decoder.errors);
    let Decoder { places, errors, warnings, .. } = decoder;
    let reading = document.map(|document| Reading { document, places, source: source.clone(), format, warnings });
    (reading, errors)
}

fn header(d: &mut Decoder, root: &At) -> Option<Document> {
    let fields = d.fields(root, header::NAMES)?;
    let given = |name: &str| root.node.field(name).is_some();
    for field in header::ALL.iter().filter(|field| !given(field.name)) {
        let hint = field.asks.iter().find_map(|asks| match asks {
            Asks::Needed(example) => Some(d.format.add(field.name, example)),
            Asks::Blocks if !given(header::parts.name) => Some(match d.format {
                Format::Json => "add \"body\": [ … ] with the paragraphs, such as {\"preambular\": \"…\"}".into(),
                _ => "add “body:” and the paragraphs below it, such as “- preambular: …”".into(),
            }),
            _ => None,
        });
        if let Some(hint) = hint {
            // Placed at the first field, since the span of the whole document would underline everything.
            let first = At { node: &Node { value: Value::Null, span: first_of(root.node) }, path: Path::default() };
            d.error("missing-field", &first, format!("the document has no “{}”", field.name), hint);
        }
    }
    Some(filled(d, fields, header::ALL))
}

fn part(d: &mut Decoder, at: &At) -> Option<Part> {
    let fields = d.fields(at, fields::part::NAMES)?;
    let body = fields::part::body.name;
    if at.node.field(body).is_none() {
        missing(d, at, body);
    }
    Some(filled(d, fields, fields::part::ALL))
}

/// Fills a record with the fields that are given.
fn filled<T: Default>(d: &mut Decoder, mut given: Fields, table: &[Field<T>]) -> T {
    let mut record = T::default();
    for field in table {
        if let Some(at) = given.take(field.name) {
            fill(d, &at, (field.place)(&mut record));
        }
    }
    record
}

/// Fills a field; a value that cannot be read leaves it empty.
fn fill(d: &mut Decoder, at: &At, place: Place) {
    match place {
        Place::Symbols(symbols) => *symbols = d.one_or_many(at, |d, at| d.text(&at).map(Symbol::from)),
        Place::Text(text) => *text = d.inline(at),
        Place::Plain(text) => *text = d.text(at),
        Place::Lines(lines) => *lines = d.one_or_many(at, |d, at| d.inline(&at)),
        Place::List(texts) => *texts = d.list(at, |d, at| d.inline(&at)),
        Place::Kind(kind) => *kind = d.choice(at, &Kind::ALL.map(|k| (k.name(), k))).unwrap_or_default(),
        Place::Distribution(whose) => *whose = d.choice(at, &Distribution::ALL.map(|k| (k.name(), k))),
        Place::Language(one) => *one = language(d, at).unwrap_or_default(),
        Place::Languages(languages) => *languages = d.one_or_many(at, |d, at| language(d, &at)),
        Place::Date(day) => *day = date(d, at),
        Place::Session(one) => *one = session(d, at),
        Place::Adoptions(adoptions) => *adoptions = d.list(at, adoption),
        Place::House(whose) => *whose = house(d, at),
        Place::Layout(adjusted) => *adjusted = layout(d, at),
        Place::Adjustment(adjusted) => *adjusted = adjustment(d, at),
        Place::Metadata(known) => *known = metadata(d, at),
        Place::Blocks(blocks) => *blocks = body(d, at),
        Place::Parts(parts) => *parts = d.list(at, |d, at| part(d, &at)),
        Place::Notes(notes) => *notes = footnotes(d, at),
    }
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
    let other = at.node.written().and_then(|code| Language::of(code.trim()));
    if let Some(language) = other {
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
        Value::List(_) => Some(Session::Lines(d.list(at, |d, at| d.inline(&at)))),
        _ => {
            let text = d.inline(at)?;
            Some(session_number(text.written()).map_or(Session::Text(text), Session::Number))
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

fn footnotes(d: &mut Decoder, at: &At) -> Named<Text> {
    marked(d, at, "1", "See resolution 70/1.")
}

/// Decodes a map from marks to the texts of notes.
pub(super) fn marked(d: &mut Decoder, at: &At, mark: &str, example: &str) -> Named<Text> {
    let Value::Map(fields) = &at.node.value else {
        let message = format!("{} must be a map from marks to texts, not {}", called(&at.path), at.node.value.noun());
        d.note(at);
        d.error("wrong-type", at, message, format!("write each as {}", d.format.field(mark, example)));
        return Named::new();
    };
    d.note(at);
    let mut notes = Named::new();
    for field in fields {
        let mark = d.settled(&field.key, &field.key_span, &at.path);
        let path = at.path.field(mark.clone());
        if let Some(text) = d.inline(&At { node: &field.node, path }) {
            notes.insert(mark, text);
        }
    }
    notes
}
