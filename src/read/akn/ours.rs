//! What masthead itself adds to AKN4UN, in a namespace of its own, where that cannot say what the
//! model says: the kind of a block, the exact form of a text, fields of the header.
//!
//! `write` adds it where the file would else be read as another document.

use std::ops::Range;

use roxmltree::Node as Element;

use super::body;
use super::fields::Fields;
use super::headings::heading_of;
use super::{Reader, elements, field, named, opening, plain, said, text};
use crate::read::tree::{Field, Node, Value};

/// The namespace of these attributes and elements.
pub(crate) const NAMESPACE: &str = "urn:masthead:akn";

/// An attribute of ours.
pub(super) fn attribute<'a>(node: Element<'a, '_>, name: &str) -> Option<&'a str> {
    node.attribute((NAMESPACE, name))
}

/// Whether anything of ours is in a file.
pub(super) fn is_in(root: Element) -> bool {
    root.descendants().any(|node| {
        node.tag_name().namespace() == Some(NAMESPACE)
            || node.attributes().any(|attribute| attribute.namespace() == Some(NAMESPACE))
    })
}

/// The text of an element as the model has it, where it is said exactly.
pub(super) fn text_of(element: Element) -> Option<String> {
    let escaped = attribute(element, "text").or_else(|| {
        let own = |node: Element| node.is_text() && node.text().is_some_and(|text| !text.trim().is_empty());
        let mut inner = elements(element);
        let only = inner.next().filter(|_| inner.next().is_none() && !element.children().any(own))?;
        attribute(only, "text")
    })?;
    unescaped(escaped)
}

/// What is said exactly has the escapes of JSON, so that every character can be said.
fn unescaped(escaped: &str) -> Option<String> {
    serde_json::from_str(&format!("\"{escaped}\"")).ok()
}

/// The number of a paragraph or a label: `next`, `none`, or the number after `=`.
fn number(node: Element) -> Option<Option<Value>> {
    match attribute(node, "number")? {
        "next" => Some(None),
        "none" => Some(Some(Value::Null)),
        set => Some(Some(Value::String(unescaped(set.strip_prefix('=')?)?))),
    }
}

/// The label of a sub-paragraph, if it has one.
pub(super) fn label(reader: &mut Reader, num: Element) -> Option<String> {
    reader.says_all(num);
    match number(num) {
        Some(Some(Value::String(label))) => {
            reader.kept.insert(opening(num).start);
            Some(label)
        }
        _ => Some(plain(num)).filter(|label| !label.is_empty()),
    }
}

/// The fields of the header that are said exactly, in place of those that were read.
pub(super) fn header(statement: Element, fields: &mut Vec<Field>) {
    let meta = elements(statement).filter(|part| part.tag_name().name() == "meta");
    let exact =
        meta.flat_map(|meta| named(meta, "field")).filter(|node| node.tag_name().namespace() == Some(NAMESPACE));
    for node in exact {
        let Some(name) = node.attribute("name") else { continue };
        let value = serde_json::from_str(node.text().unwrap_or_default()).map(|value| tree(value, &node.range()));
        if let (Ok(Node { value: Value::Map(more), .. }), Some(notes)) = (&value, footnotes(name, fields)) {
            notes.retain(|note| more.iter().all(|other| other.key != note.key));
            notes.extend(more.iter().filter(|note| note.node.value != Value::Null).cloned());
            continue;
        }
        fields.retain(|field| field.key != name);
        fields.extend(value.map(|node| Field::new(name, node)));
    }
}

/// The footnotes, if it is they that are named: those that are said exactly are more of them, or none.
fn footnotes<'f>(name: &str, fields: &'f mut [Field]) -> Option<&'f mut Vec<Field>> {
    let field = fields.iter_mut().find(|field| name == "footnotes" && field.key == name)?;
    if let Value::Map(notes) = &mut field.node.value { Some(notes) } else { None }
}

/// A value all of which stands in those bytes.
fn tree(value: serde_json::Value, span: &Range<usize>) -> Node {
    use serde_json::Value as Json;
    let value = match value {
        Json::Null => Value::Null,
        Json::Bool(truth) => Value::Bool(truth),
        Json::Number(number) => Value::Number(number.to_string()),
        Json::String(text) => Value::String(text),
        Json::Array(values) => Value::List(values.into_iter().map(|value| tree(value, span)).collect()),
        Json::Object(map) => {
            Value::Map(map.into_iter().map(|(key, value)| Field::new(key, tree(value, span))).collect())
        }
    };
    Node { value, span: span.clone() }
}

/// A block whose kind is said.
pub(super) fn block(reader: &mut Reader, kind: &str, node: Element) -> Option<Node> {
    if !reader.deeper(node) {
        return None;
    }
    // Also what masthead says there itself: labels, "Annex", "In favour".
    reader.says_all(node);
    let value = match kind {
        "enacting" | "preambular" | "operative" | "paragraph" | "numbered" | "quote" => passage(reader, node),
        "heading" => heading(reader, node),
        "signature" => signature(reader, node),
        "figure" => figure(reader, node),
        "vote" => vote(reader, node),
        "annex" => annex(reader, node),
        _ => Vec::new(),
    };
    reader.depth -= 1;
    let map = Value::Map(vec![field(kind, opening(node), Value::Map(value))]);
    Some(Node { value: map, span: node.range() })
}

fn passage(reader: &mut Reader, node: Element) -> Vec<Field> {
    let given = elements(node).find(|part| part.tag_name().name() == "num").map(plain).map(Value::String);
    let number = number(node).unwrap_or(given);
    if number.is_some() {
        reader.kept.insert(node.range().start);
    }
    let mut fields = Fields { number, is_counted: true, ..Fields::default() };
    // A paragraph has no table within.
    let mut apart = Vec::new();
    body::gather(reader, node, &mut fields, &mut apart);
    fields.text.get_or_insert_with(|| Node::text("", node.range()));
    let mut out = Vec::new();
    fields.into_fields(&mut out, node.range());
    out
}

fn heading(reader: &mut Reader, node: Element) -> Vec<Field> {
    let title = elements(node).find(|part| part.tag_name().name() == "heading").unwrap_or(node);
    heading_of(reader, title, set_number(node))
}

/// Those of the elements within that are called so.
fn called<'a, 'i>(node: Element<'a, 'i>, part: &'static str) -> impl Iterator<Item = Element<'a, 'i>> {
    node.descendants().filter(move |inner| attribute(*inner, "part") == Some(part))
}

/// A field of each of the texts within that are called so.
fn texts(reader: &mut Reader, node: Element, names: &[(&'static str, &'static str)], fields: &mut Vec<Field>) {
    for (part, key) in names {
        if let Some(inner) = called(node, part).next() {
            fields.push(Field { key: (*key).into(), key_span: opening(inner), node: reader.text(inner) });
        }
    }
}

fn list_of(reader: &mut Reader, node: Element, part: &'static str, key: &str, fields: &mut Vec<Field>) {
    let values: Vec<Node> = called(node, part).map(|inner| reader.text(inner)).collect();
    if !values.is_empty() {
        fields.push(field(key, opening(node), Value::List(values)));
    }
}

/// The number that is set.
pub(super) fn set_number(node: Element) -> Option<String> {
    match number(node) {
        Some(Some(Value::String(number))) => Some(number),
        _ => None,
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
    texts(reader, node, &[("title", "title")], &mut fields);
    let image = named(node, "img").next().unwrap_or(node);
    for (key, name) in [("image", "src"), ("description", "alt")] {
        let exact = attribute(image, name).and_then(unescaped);
        let given = || image.attribute(name).unwrap_or_default().to_owned();
        fields.push(said(key, opening(image), exact.unwrap_or_else(given)));
    }
    if let Some(width) = attribute(node, "width") {
        fields.push(field("width", opening(node), Value::Number(width.to_owned())));
    }
    fields
}

fn vote(reader: &mut Reader, node: Element) -> Vec<Field> {
    let mut fields = Vec::new();
    texts(reader, node, &[("text", "text")], &mut fields);
    for (part, key) in [("in-favour", "in_favour"), ("against", "against"), ("abstaining", "abstaining")] {
        if let Some(group) = called(node, part).next() {
            list_of(reader, group, "voter", key, &mut fields);
        }
    }
    fields
}

/// An annex: what it is called is said by its first paragraphs, what it says by the others.
pub(super) fn annex(reader: &mut Reader, node: Element) -> Vec<Field> {
    reader.says_all(node);
    let mut fields = Vec::new();
    add_number(node, &mut fields);
    for (part, key) in [("annex-heading", "heading"), ("annex-title", "title")] {
        if let Some(inner) = elements(node).find(|inner| attribute(*inner, "part") == Some(part)) {
            let title = elements(inner).next().unwrap_or(inner);
            fields.push(said(key, inner.range(), text::title(reader, title)));
        }
    }
    if let Some(new_page) = attribute(node, "new-page") {
        fields.push(field("new_page", opening(node), Value::Bool(new_page == "true")));
    }
    let mut blocks = Vec::new();
    body::all(reader, node, &mut blocks);
    super::annexes::numbers(reader, &mut blocks);
    fields.push(field("body", opening(node), Value::List(blocks)));
    fields
}
