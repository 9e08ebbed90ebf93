//! Parses Markdown with YAML front matter into the tree of values (docs/markdown.md).
//!
//! The tree is the same as for the equivalent YAML document, so that fields and blocks are
//! decoded and checked in the same way.

mod annexes;
mod blocks;
mod elements;
mod foreign;
mod indents;
mod inline_notes;
mod labels;
mod parts;
mod passages;
mod tables;
mod texts;

pub(super) use blocks::designates;

use std::ops::Range;
use std::sync::Arc;

use blocks::Body;
use elements::{Elements, elements};
use parts::Divided;

use super::limits::{MOST_ERRORS, duplicate, empty_source, sized, too_deep};
use super::tree::{Field, Node, Value};
use super::yaml::parse_part;
use super::{Format, Reading, document};
use crate::diagnostic::{self, Diagnostic, Source};
use crate::model::Kind;

/// Reads as much of a Markdown source as possible, and its formal errors.
pub(super) fn read(source: &Arc<Source>) -> (Option<Reading>, Vec<Diagnostic>) {
    let (tree, warnings, mut errors) = match parse(source) {
        Ok(parsed) => parsed,
        Err(errors) => return (None, errors),
    };
    let (reading, more) = document::decode(source, Format::Markdown, &tree, warnings);
    errors.extend(more);
    diagnostic::sort(&mut errors);
    errors.truncate(MOST_ERRORS);
    (reading, errors)
}

/// The tree of a source, warnings about its YAML, and the errors in its text.
type Parsed = (Node, Vec<Diagnostic>, Vec<Diagnostic>);

/// Parses a source.
///
/// # Errors
///
/// Returns the errors of the front matter, without which the text cannot be interpreted.
fn parse(source: &Arc<Source>) -> Result<Parsed, Vec<Diagnostic>> {
    sized(source)?;
    let (front, text) = halves(source).map_err(|error| vec![error])?;
    let (head, mut warnings) = parse_part(source, front.clone())?;
    let mut head = head.unwrap_or(Node { value: Value::Map(Vec::new()), span: front.clone() });
    let structure = source.text.get(text..).unwrap_or("");
    shallow(source, structure, text).map_err(|error| vec![error])?;
    let Elements { list, notes, mut errors } = elements(source, text, &indents::levelled(&labels::numbered(structure)));
    let mut body = Body::new(source, kind(&head), notes);
    body.add(list);
    let (Divided { blocks, parts, notes }, more) = body.finish(&mut errors);
    warnings.extend(more);
    let is_divided = !parts.is_empty();
    let with_notes = |(mut part, notes): (Node, Vec<Field>)| {
        if let Value::Map(fields) = &mut part.value {
            add_notes(source, fields, notes, &mut errors);
        }
        part
    };
    let parts: Vec<Node> = parts.into_iter().map(with_notes).collect();
    let Value::Map(fields) = &mut head.value else { return Ok((head, warnings, errors)) };
    for name in ["body", "parts"] {
        let Some(given) = fields.iter().position(|field| field.key == name) else { continue };
        let error = Diagnostic::error("markdown-front-matter", format!("“{name}” is not allowed in the front matter"));
        let hint = "write the text below the front matter, or save the file as .yaml";
        errors.push(error.hint(hint).at(source, fields[given].key_span.clone(), name));
        fields.remove(given);
    }
    let end = source.text.len();
    for (name, list) in [("body", blocks), ("parts", parts)] {
        // A text without any blocks is an empty body.
        if !list.is_empty() || name == "body" && !is_divided {
            let first = list.first().map_or(end, |block| block.span.start);
            fields.push(Field::new(name, Node { value: Value::List(list), span: first..end }));
        }
    }
    add_notes(source, fields, notes, &mut errors);
    head.span.end = end;
    Ok((head, warnings, errors))
}

/// Returns the byte range of the front matter, and where the text begins.
fn halves(source: &Arc<Source>) -> Result<(Range<usize>, usize), Diagnostic> {
    const FENCE: &str = "---";
    let text = source.text.as_str();
    let bare = text.trim_start_matches('\u{feff}');
    if bare.trim().is_empty() {
        return Err(empty_source(source));
    }
    let mut at = text.len() - bare.len();
    let opening = bare.split_inclusive('\n').next().unwrap_or("");
    let error = |message: &str, hint: &str| {
        let span = at..at + opening.trim_end().len();
        Diagnostic::error("markdown-front-matter", message).hint(hint).in_source(source, span)
    };
    if opening.trim_end() != FENCE {
        let hint = "begin with a line “---”, then lines such as “symbol: A/77/L.107” and “kind: draft-resolution”, then another line “---”";
        return Err(error("the document does not begin with front matter", hint));
    }
    let start = at + opening.len();
    at = start;
    for line in text[start..].split_inclusive('\n') {
        if line.trim_end() == FENCE {
            return Ok((start..at, at + line.len()));
        }
        at += line.len();
    }
    at = start - opening.len();
    Err(Diagnostic::error("markdown-front-matter", "the front matter is not closed")
        .hint("add a line “---” between it and the text")
        .in_source(source, at..at + FENCE.len()))
}

/// Refuses a line that is indented or quoted excessively, on which the Markdown parser
/// would spend a long time.
fn shallow(source: &Arc<Source>, text: &str, start: usize) -> Result<(), Diagnostic> {
    const DEEPEST_INDENT: usize = 256;
    let mut at = start;
    for line in text.split_inclusive('\n') {
        let mark = |c: char| c.is_ascii_digit() || " \t>-+*.)".contains(c);
        let indent = line.len() - line.trim_start_matches(mark).len();
        if indent > DEEPEST_INDENT && line.trim().contains([' ', '>']) {
            return Err(too_deep(source, at));
        }
        at += line.len();
    }
    Ok(())
}

/// Returns the kind given in the front matter, or the default kind if it is unknown.
fn kind(head: &Node) -> Kind {
    let named = |name: &str| Kind::ALL.into_iter().find(|kind| kind.name() == name);
    match head.field("kind").map(|node| &node.value) {
        Some(Value::String(name)) => named(name).unwrap_or_default(),
        _ => Kind::default(),
    }
}

/// Adds the footnotes of the text to those of the front matter.
fn add_notes(source: &Arc<Source>, fields: &mut Vec<Field>, notes: Vec<Field>, errors: &mut Vec<Diagnostic>) {
    let Some(first) = notes.first() else { return };
    let span = first.key_span.start..notes.last().map_or(0, |note| note.node.span.end);
    let index = fields.iter().position(|field| field.key == "footnotes").unwrap_or_else(|| {
        fields.push(Field::new("footnotes", Node { value: Value::Map(Vec::new()), span }));
        fields.len() - 1
    });
    let Value::Map(all) = &mut fields[index].node.value else { return };
    let mut named: std::collections::HashSet<String> = all.iter().map(|field| field.key.clone()).collect();
    for note in notes {
        if named.insert(note.key.clone()) {
            all.push(note);
        } else {
            errors.push(duplicate(source, &note.key, note.key_span));
        }
    }
}
