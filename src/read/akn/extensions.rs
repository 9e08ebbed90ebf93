//! Extensions of AKN4UN in masthead's own namespace, for what AKN4UN cannot express of the
//! model: the kind of a block, the exact form of a text, header fields.
//!
//! `write` adds them where the file would otherwise be read as a different document.

use std::collections::HashSet;
use std::ops::Range;

use roxmltree::Node as Element;

use super::{Reader, elements, field, named, opening, plain};
use crate::diagnostic::{Diagnostic, shortened};
use crate::model::Text;
use crate::model::fields::Field as HeaderField;
use crate::read::tree::{Field, Node, Value};

/// The namespace of these attributes and elements.
pub(crate) const NAMESPACE: &str = "urn:masthead:akn";

/// Returns an attribute in masthead's namespace.
pub(super) fn attribute<'a>(node: Element<'a, '_>, name: &str) -> Option<&'a str> {
    node.attribute((NAMESPACE, name))
}

/// Whether an element is the one that contains a field.
pub(super) fn is<T>(node: Element, field: &HeaderField<T>) -> bool {
    let has = |(name, value): (&str, &str)| {
        let given = match name.strip_prefix("masthead:") {
            Some(own) => attribute(node, own),
            None => node.attribute(name),
        };
        given == Some(value)
    };
    field.xml.is_some_and(|tag| node.tag_name().name() == tag.element && tag.attribute.is_none_or(has))
}

/// Whether a file contains anything in masthead's namespace but layouts, which say nothing of its words.
pub(super) fn is_in(root: Element) -> bool {
    root.descendants().any(|node| {
        let ours = |attribute: roxmltree::Attribute| attribute.namespace() == Some(NAMESPACE);
        node.tag_name().namespace() == Some(NAMESPACE) && node.attribute("name") != Some(LAYOUT)
            || node.attributes().any(|attribute| ours(attribute) && attribute.name() != LAYOUT)
    })
}

/// The attribute of a block, and the field of the header, with adjustments.
pub(super) const LAYOUT: &str = "layout";

/// Returns whether a table or figure stands on a landscape page, if the file says so.
pub(super) fn landscape(node: Element) -> Option<Field> {
    let truth = attribute(node, "landscape")?.parse().ok()?;
    Some(field("landscape", opening(node), Value::Bool(truth)))
}

/// Returns the text of an element exactly as in the model, if the file gives it.
pub(super) fn text_of(element: Element) -> Option<Text> {
    let escaped = attribute(element, "text").or_else(|| {
        let own = |node: Element| node.is_text() && node.text().is_some_and(|text| !text.trim().is_empty());
        let mut inner = elements(element);
        let only = inner.next().filter(|_| inner.next().is_none() && !element.children().any(own))?;
        attribute(only, "text")
    })?;
    unescaped(escaped).map(Text::from)
}

/// Exact texts have the escapes of JSON, so that every character can be expressed.
pub(super) fn unescaped(escaped: &str) -> Option<String> {
    serde_json::from_str(&format!("\"{escaped}\"")).ok()
}

/// Returns the number of a paragraph or a label: `next`, `none`, or the number after `=`.
pub(super) fn number(node: Element) -> Option<Option<Value>> {
    match attribute(node, "number")? {
        "next" => Some(None),
        "none" => Some(Some(Value::Null)),
        set => Some(Some(Value::String(unescaped(set.strip_prefix('=')?)?))),
    }
}

/// Returns the number that is set.
pub(super) fn set_number(node: Element) -> Option<String> {
    match number(node) {
        Some(Some(Value::String(number))) => Some(number),
        _ => None,
    }
}

/// Returns the label of a sub-paragraph, if it has one.
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

/// Returns the header fields that the file gives exactly, each with its name.
fn exact_fields<'a, 'i: 'a>(statement: Element<'a, 'i>) -> impl Iterator<Item = (&'a str, Element<'a, 'i>)> {
    let meta = elements(statement).filter(|part| part.tag_name().name() == "meta");
    let fields = meta.flat_map(|meta| named(meta, "field"));
    let own = fields.filter(|node| node.tag_name().namespace() == Some(NAMESPACE));
    own.filter_map(|node| Some((node.attribute("name")?, node)))
}

/// Claims what the cover page prints of them: the name of a house, its organ, a symbol of another form.
pub(super) fn printed(reader: &mut Reader, statement: Element) {
    fn strings(value: serde_json::Value, list: &mut HashSet<String>) {
        match value {
            serde_json::Value::String(text) => drop(list.insert(text)),
            serde_json::Value::Array(values) => values.into_iter().for_each(|value| strings(value, list)),
            serde_json::Value::Object(map) => map.into_iter().for_each(|(_, value)| strings(value, list)),
            _ => {}
        }
    }
    let mut said = HashSet::new();
    let printed = ["house", "organ", "symbol"];
    for (_, node) in exact_fields(statement).filter(|(name, _)| printed.contains(name)) {
        serde_json::from_str(node.text().unwrap_or_default()).into_iter().for_each(|value| strings(value, &mut said));
    }
    let cover = elements(statement).filter(|part| part.tag_name().name() == "coverPage");
    let names = cover.flat_map(|cover| named(cover, "docAuthority").chain(named(cover, "docNumber")));
    names.filter(|node| said.contains(&plain(*node))).for_each(|node| reader.says_all(node));
}

/// Replaces header fields by those that the file gives exactly.
pub(super) fn header(reader: &mut Reader, statement: Element, fields: &mut Vec<Field>) {
    for (name, node) in exact_fields(statement) {
        let said = node.text().unwrap_or_default();
        let value = serde_json::from_str(said).map(|value| tree(value, &node.range()));
        // An empty element leaves the field out.
        if value.is_err() && !said.trim().is_empty() {
            let message = format!("“{}” is not valid JSON; “{name}” is left out", shortened(said.trim()));
            let warning = Diagnostic::warning("xml-not-understood", message);
            reader.warnings.push(warning.in_source(reader.source, node.range()));
        }
        if let (Ok(Node { value: Value::Map(more), .. }), Some(notes)) = (&value, footnotes(name, fields)) {
            notes.retain(|note| more.iter().all(|other| other.key != note.key));
            notes.extend(more.iter().filter(|note| note.node.value != Value::Null).cloned());
            continue;
        }
        fields.retain(|field| field.key != name);
        fields.extend(value.map(|node| Field::new(name, node)));
    }
}

/// Returns the footnotes, if `name` is theirs: exact ones are added to them, or remove them.
fn footnotes<'f>(name: &str, fields: &'f mut [Field]) -> Option<&'f mut Vec<Field>> {
    let field = fields.iter_mut().find(|field| name == "footnotes" && field.key == name)?;
    if let Value::Map(notes) = &mut field.node.value { Some(notes) } else { None }
}

/// Converts a value; everything in it has the same place.
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

/// Reports that the words of an element differ from its exact text.
pub(super) fn compare(reader: &mut Reader, element: Element, exact: &Text, read: &Text) {
    let letters = |text: &Text| text.plain().chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    if letters(exact) != letters(read) {
        let message = format!("“{}” differs from masthead:text, which is used", shortened(&read.plain()));
        let warning = Diagnostic::warning("xml-not-understood", message);
        let warning = warning.hint("change both, or remove the attribute masthead:text");
        reader.warnings.push(warning.in_source(reader.source, opening(element)));
    }
}
