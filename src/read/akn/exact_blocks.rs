//! Blocks whose kind masthead has written to a file in its own namespace.

use roxmltree::Node as Element;

use super::extensions::{attribute, landscape, number, set_number, unescaped};
use super::fields::Fields;
use super::headings::heading_of;
use super::named_parts::{called, texts};
use super::numbers::numbers;
use super::own_words::says_own;
use super::{Reader, body, elements, field, named, opening, plain, said, text, worded};
use crate::diagnostic::Diagnostic;
use crate::model::{Block, REMARKS, Text};
use crate::read::tree::{Field, Node, Value};

/// The parts of a block that contain others, with masthead's own words between them.
const GROUPS: [&str; 3] = ["in-favour", "against", "abstaining"];

/// Reads a block whose kind is given, after whatever is in it without belonging to it.
pub(super) fn block(reader: &mut Reader, kind: &str, node: Element) -> Vec<Node> {
    let mut out = Vec::new();
    if !reader.deeper(node) {
        return out;
    }
    says_own(reader, node);
    let value = match kind {
        kind if Block::PASSAGES.contains(&kind) => passage(reader, node, &mut out),
        "heading" => heading(reader, node),
        "signature" => signature(reader, node),
        "figure" => figure(reader, node),
        "vote" => vote(reader, node),
        "annex" => annex(reader, node),
        _ => Vec::new(),
    };
    reader.depth -= 1;
    for apart in &out {
        let message = "unexpected text; it is kept as a paragraph";
        let warning = Diagnostic::warning("xml-not-understood", message);
        reader.warnings.push(warning.in_source(reader.source, apart.span.clone()));
    }
    let map = Value::Map(vec![field(kind, opening(node), Value::Map(value))]);
    out.push(Node { value: map, span: node.range() });
    out
}

fn passage(reader: &mut Reader, node: Element, apart: &mut Vec<Node>) -> Vec<Field> {
    let given = elements(node).find(|part| part.tag_name().name() == "num").map(plain).map(Value::String);
    let number = number(node).unwrap_or(given);
    if number.is_some() {
        reader.kept.insert(node.range().start);
    }
    let mut fields = Fields { number, is_counted: true, ..Fields::default() };
    body::gather(reader, node, &mut fields, apart);
    fields.text.get_or_insert_with(|| Node::inline(Text::default(), node.range()));
    let mut out = Vec::new();
    fields.into_fields(&mut out, node.range());
    out
}

fn heading(reader: &mut Reader, node: Element) -> Vec<Field> {
    let title = elements(node).find(|part| part.tag_name().name() == "heading").unwrap_or(node);
    heading_of(reader, title, set_number(node))
}

fn list_of(reader: &mut Reader, node: Element, part: &'static str, key: &str, fields: &mut Vec<Field>) {
    let values: Vec<Node> = called(node, part).map(|inner| reader.text(inner)).collect();
    if !values.is_empty() {
        fields.push(field(key, opening(node), Value::List(values)));
    }
}

fn add_number(node: Element, fields: &mut Vec<Field>) {
    fields.extend(set_number(node).map(|number| said("number", opening(node), number)));
}

fn signature(reader: &mut Reader, node: Element) -> Vec<Field> {
    let mut fields = Vec::new();
    texts(reader, node, &[("text", "text")], &mut fields);
    list_of(reader, node, "line", "lines", &mut fields);
    fields
}

fn figure(reader: &mut Reader, node: Element) -> Vec<Field> {
    let mut fields = Vec::new();
    add_number(node, &mut fields);
    texts(reader, node, &[("title", "title"), ("units", "units")], &mut fields);
    texts(reader, node, &REMARKS.map(|name| (name, name)), &mut fields);
    let image = named(node, "img").next().unwrap_or(node);
    for (key, name) in [("image", "src"), ("description", "alt")] {
        let exact = attribute(image, name).and_then(unescaped);
        let given = || image.attribute(name).unwrap_or_default().to_owned();
        fields.push(said(key, opening(image), exact.unwrap_or_else(given)));
    }
    if let Some(width) = attribute(node, "width") {
        fields.push(field("width", opening(node), Value::Number(width.to_owned())));
    }
    fields.extend(landscape(node));
    fields
}

fn vote(reader: &mut Reader, node: Element) -> Vec<Field> {
    let mut fields = Vec::new();
    texts(reader, node, &[("text", "text")], &mut fields);
    for (part, key) in GROUPS.into_iter().zip(["in_favour", "against", "abstaining"]) {
        if let Some(group) = called(node, part).next() {
            list_of(reader, group, "voter", key, &mut fields);
        }
    }
    fields
}

/// Reads an annex: its first paragraphs are its headings, the others its content.
pub(super) fn annex(reader: &mut Reader, node: Element) -> Vec<Field> {
    says_own(reader, node);
    let mut fields = Vec::new();
    add_number(node, &mut fields);
    for (part, key) in [("annex-heading", "heading"), ("annex-title", "title")] {
        if let Some(inner) = elements(node).find(|inner| attribute(*inner, "part") == Some(part)) {
            let title = elements(inner).next().unwrap_or(inner);
            fields.push(worded(key, inner.range(), text::title(reader, title)));
        }
    }
    if let Some(new_page) = attribute(node, "new-page") {
        fields.push(field("new_page", opening(node), Value::Bool(new_page == "true")));
    }
    let mut blocks = Vec::new();
    body::all(reader, node, &mut blocks);
    numbers(reader, &mut blocks);
    fields.push(field("body", opening(node), Value::List(blocks)));
    fields
}
