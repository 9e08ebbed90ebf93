//! Repairs what a page cannot have as it is: nothing of a published text is refused
//! for its form, and nothing is left out. Files written by masthead are read exactly.

use std::borrow::Cow;

use super::characters::visible;
use super::fields::text_of;
use super::passage::{Passage, shallow};
use super::pieces::chained;
use super::text::verbatim;
use super::{Reader, cover, field, levels};
use crate::diagnostic::Diagnostic;
use crate::model::Block;
use crate::model::fields::{Design, header};
use crate::model::limits::{LONGEST_DESIGNATION, LONGEST_HEADING};
use crate::prepare::is_printed;
use crate::read::tree::{Field, Node, Value};

/// Turns duplicate fields into lines of the session block, and also those that the pages of
/// such a document have no place for; leaves out fields without text.
pub(super) fn header(reader: &mut Reader, fields: &mut Vec<Field>) {
    if reader.exact {
        return;
    }
    let design = Design::of(reader.kind, reader.symbols.first());
    let text = |node: &Node| match &node.value {
        Value::Number(text) => text.clone(),
        Value::List(nodes) => nodes.iter().filter_map(Node::written).collect::<Vec<_>>().join(" "),
        _ => node.written().unwrap_or_default().to_owned(),
    };
    let texts: Vec<(String, String)> = fields.iter().map(|field| (field.key.clone(), text(&field.node))).collect();
    let given = |name: &str| {
        let said = texts.iter().filter(|(key, text)| key == name && visible(text)).map(|(_, text)| text.as_str());
        Some(said.collect::<Vec<_>>().join(" ")).filter(|text| !text.is_empty())
    };
    let mut kept: Vec<Field> = Vec::with_capacity(fields.len());
    let mut lines: Vec<Node> = Vec::new();
    for mut field in std::mem::take(fields) {
        let empty = match &mut field.node.value {
            Value::List(list) => {
                list.retain(|node| node.written().is_none_or(visible));
                list.is_empty()
            }
            _ => field.node.written().is_some_and(|text| !visible(text)),
        };
        if empty {
            continue;
        }
        let twice = kept.iter().any(|other| other.key == field.key);
        let row = header::ALL.iter().find(|row| row.name == field.key);
        // Lines of the agenda title are what the others become.
        let shown = row.filter(|row| row.text.is_own() && row.name != header::agenda_title.name);
        if twice && shown.is_none() {
            continue;
        }
        if shown.is_some_and(|row| twice || !is_printed(row, design, &given)) {
            match field.node.value {
                Value::List(texts) => lines.extend(texts),
                Value::Text(_) => lines.push(field.node),
                Value::String(text) | Value::Number(text) => {
                    lines.push(Node::inline(verbatim(&text), field.node.span));
                }
                _ => {}
            }
        } else {
            kept.push(field);
        }
    }
    *fields = kept;
    for line in lines {
        report(reader, &line, "the page has no place for this; it is kept in the session block");
        cover::add_line(fields, line);
    }
}

/// Turns notes without a remaining reference into paragraphs at the end.
pub(super) fn notes(reader: &mut Reader, fields: &[Field], body: &mut Vec<Node>) {
    if reader.exact {
        return;
    }
    let mut marks = Vec::new();
    fields.iter().for_each(|field| marks_in(&field.node, &mut marks));
    body.iter().for_each(|block| marks_in(block, &mut marks));
    let (referred, lost): (Vec<Field>, _) =
        std::mem::take(&mut reader.notes).into_iter().partition(|note| marks.contains(&note.key));
    reader.notes = referred;
    for note in lost {
        report(reader, &note.node, "nothing refers to this note; it is kept as a paragraph");
        let span = note.node.span.clone();
        body.push(Node { value: Value::Map(vec![field("paragraph", span.clone(), note.node.value)]), span });
    }
}

fn marks_in(node: &Node, marks: &mut Vec<String>) {
    match &node.value {
        Value::Text(text) => marks.extend(text.notes().map(|(mark, _)| mark.to_owned())),
        Value::List(nodes) => nodes.iter().for_each(|node| marks_in(node, marks)),
        Value::Map(fields) => fields.iter().for_each(|field| marks_in(&field.node, marks)),
        _ => {}
    }
}

/// Repairs blocks for the page.
pub(super) fn blocks(reader: &mut Reader, list: &mut Vec<Node>) {
    if reader.exact {
        return;
    }
    let mut out: Vec<Node> = Vec::with_capacity(list.len());
    for mut block in std::mem::take(list) {
        let Value::Map(map) = &mut block.value else { continue };
        let [Field { key, node, .. }] = &mut map[..] else { continue };
        match key.as_str() {
            "heading" => heading(reader, block, &mut out),
            kind if Block::PASSAGES.contains(&kind) => {
                let mut passage = Passage::of(node);
                let labelled =
                    key == "operative" && passage.label.as_ref().is_some_and(|label| levels::is_label(label));
                if labelled && let Some(before) = out.last_mut().and_then(passage_in) {
                    if passage.settle() {
                        join(before, passage);
                    }
                    continue;
                }
                if passage.settle() {
                    let kind = if key == "operative" && passage.label.is_none() { "paragraph" } else { key.as_str() };
                    out.push(block_of(kind, passage));
                }
            }
            _ => out.push(block),
        }
    }
    for block in &mut out {
        if let Some(node) = passage_in(block) {
            let mut passage = Passage::of(node);
            passage.items = levels::nested(std::mem::take(&mut passage.items));
            shallow(&mut passage.items, 1);
            *node = passage.node("number");
        }
    }
    *list = out;
}

/// Returns the value of a block that is a paragraph, which may have sub-paragraphs.
pub(super) fn passage_in(block: &mut Node) -> Option<&mut Node> {
    let Value::Map(map) = &mut block.value else { return None };
    let [Field { key, node, .. }] = &mut map[..] else { return None };
    ["preambular", "operative", "paragraph", "numbered"].contains(&key.as_str()).then_some(node)
}

/// Puts a paragraph that has a label under the one before it.
pub(super) fn join(before: &mut Node, item: Passage) {
    let mut passage = Passage::of(before);
    passage.push(item);
    *before = passage.node("number");
}

fn block_of(kind: &str, passage: Passage) -> Node {
    let span = passage.span.clone();
    Node { value: Value::Map(vec![field(kind, span.clone(), passage.node("number").value)]), span }
}

/// Turns a heading that is too long for one into a paragraph.
fn heading(reader: &mut Reader, block: Node, out: &mut Vec<Node>) {
    let Some(fields) = block.field("heading") else { return };
    let text = |name: &str| fields.field(name).and_then(text_of).map(Cow::into_owned);
    let (number, words) = (text("number"), text("text").unwrap_or_default());
    let long = number.as_ref().is_some_and(|number| number.plain().chars().count() > LONGEST_DESIGNATION);
    if words.written().len() > LONGEST_HEADING || long || !visible(words.written()) {
        let text = chained([&number.unwrap_or_default(), &words], " ");
        if visible(text.written()) {
            report(reader, &block, "this heading is too long or empty; it is kept as a paragraph");
            let mut passage = Passage { text, span: block.span.clone(), ..Passage::default() };
            passage.settle();
            out.push(block_of("paragraph", passage));
        }
        return;
    }
    out.push(block);
}

fn report(reader: &mut Reader, node: &Node, message: &str) {
    let warning = Diagnostic::warning("xml-not-understood", message);
    reader.warnings.push(warning.in_source(reader.source, node.span.clone()));
}
