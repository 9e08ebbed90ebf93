//! Reads adjustments from their trees, and from the short form in Markdown and XML.

use std::ops::Range;

use super::decode::{At, Decoder};
use super::tree::{Field, Node, Value};
use crate::model::limits::{ABOVE, FIRST_PAGE_FOOT, MOST_LINES, MOST_PAGES, PITCH, TRACKING};
use crate::model::{Adjustment, Edition, Keep, Layout, Named, PageBreak};

/// Reads the adjustments of the header.
pub(super) fn layout(d: &mut Decoder, at: &At) -> Layout {
    let Some(mut fields) = d.fields(at, &Layout::FIELDS) else { return Layout::default() };
    let editions = Edition::ALL.map(|edition| (edition.name(), edition));
    let edition = fields.take("edition").and_then(|at| d.choice(&at, &editions));
    let pages = fields.take("pages").and_then(|at| d.whole(&at, 1, MOST_PAGES));
    let mut points = |name, (least, most): (f64, f64)| fields.take(name).and_then(|at| d.number(&at, least, most));
    let first_page_foot = points("first_page_foot", FIRST_PAGE_FOOT);
    let (tracking, pitch) = (points("tracking", TRACKING), points("pitch", PITCH));
    let masthead = points("masthead", ABOVE);
    let mut each = |name, (least, most): (f64, f64)| {
        fields.take(name).map(|at| d.list(&at, |d, at| d.number(&at, least, most))).unwrap_or_default()
    };
    let opening_above = each("opening_above", ABOVE);
    let (session_tracking, opening_tracking) = (each("session_tracking", TRACKING), each("opening_tracking", TRACKING));
    let notes = fields.take("notes").map(|at| notes(d, &at)).unwrap_or_default();
    let mut lines = |name| fields.take(name).map(|at| d.list(&at, |d, at| d.inline(&at))).unwrap_or_default();
    let (session_lines, title_lines) = (lines("session_lines"), lines("title_lines"));
    Layout {
        edition,
        pages,
        first_page_foot,
        tracking,
        pitch,
        session_lines,
        title_lines,
        masthead,
        opening_above,
        session_tracking,
        opening_tracking,
        notes,
    }
}

/// Reads the adjustments of notes, by their marks.
fn notes(d: &mut Decoder, at: &At) -> Named<Adjustment> {
    let Value::Map(fields) = &at.node.value else {
        d.fields(at, &[]);
        return Named::new();
    };
    d.note(at);
    let note = |field: &Field| {
        let mark = d.settled(&field.key, &field.key_span, &at.path);
        let at = At { node: &field.node, path: at.path.field(mark.clone()) };
        (mark, adjustment(d, &at))
    };
    fields.iter().map(note).collect()
}

/// Reads the adjustments of a block or an item.
pub(super) fn adjustment(d: &mut Decoder, at: &At) -> Adjustment {
    let Some(mut fields) = d.fields(at, &Adjustment::FIELDS) else { return Adjustment::default() };
    let mut points = |name, (least, most): (f64, f64)| fields.take(name).and_then(|at| d.number(&at, least, most));
    let (tracking, pitch) = (points("tracking", TRACKING), points("pitch", PITCH));
    let above = points("above", ABOVE);
    let keeps = [("with-next", Keep::WithNext), ("together", Keep::Together)];
    Adjustment {
        tracking,
        pitch,
        lines: fields.take("lines").and_then(|at| d.whole(&at, 1, MOST_LINES)),
        page_break: fields.take("page_break").and_then(|at| d.choice(&at, &[("before", PageBreak::Before)])),
        keep: fields.take("keep").and_then(|at| d.choice(&at, &keeps)),
        above,
        line_ends: fields
            .take("line_ends")
            .map(|at| d.list(&at, |d, at| d.whole(&at, 1, MOST_LINES)))
            .unwrap_or_default(),
    }
}

/// The beginning of the short form at the end of a Markdown text.
const OPEN: &str = "{layout ";

/// Removes the short form from the end of a text and returns it: `{layout tracking=-0.1 lines=4}`. Its place is looked
/// up in `source`.
pub(super) fn taken_off(text: &mut Node, source: &str) -> Option<Node> {
    let Value::String(words) = &mut text.value else { return None };
    let start = words.rfind(OPEN).filter(|_| words.ends_with('}'))?;
    let short = words[start + OPEN.len()..words.len() - 1].to_owned();
    words.truncate(start);
    words.truncate(words.trim_end().len());
    let written = source.get(text.span.clone()).and_then(|written| written.rfind(OPEN));
    let at = written.map_or(text.span.end, |written| text.span.start + written);
    let node = short_form(&short, at..text.span.end);
    text.span.end = at;
    Some(node)
}

/// Returns the tree of the short form. Errors in it are found when the tree is decoded.
pub(super) fn short_form(short: &str, span: Range<usize>) -> Node {
    let scalar = |text: &str| {
        let number = text.parse::<f64>().is_ok();
        Node { value: if number { Value::Number(text.into()) } else { Value::String(text.into()) }, span: span.clone() }
    };
    let mut fields: Vec<Field> = Vec::new();
    for word in short.split_whitespace() {
        // A repeated name is an unknown field.
        let pair = word.split_once('=').filter(|(name, _)| fields.iter().all(|field| field.key != *name));
        let (name, value) = pair.unwrap_or((word, ""));
        let node = match name {
            "line_ends" => Node { value: Value::List(value.split(',').map(scalar).collect()), span: span.clone() },
            _ => scalar(value),
        };
        fields.push(Field { key: name.to_owned(), key_span: span.clone(), node });
    }
    Node { value: Value::Map(fields), span: span.clone() }
}
