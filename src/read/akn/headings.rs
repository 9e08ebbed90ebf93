//! Headings and their levels.

use roxmltree::Node as Element;

use super::pieces::unbold;
use super::text::{self, verbatim};
use super::{Reader, elements, field, names, opening, said, worded};
use crate::model::Inline;
use crate::read::tree::{Field, Node, Value};

/// Reads a heading with the number before it. Without a text, the number is kept for the next heading.
pub(super) fn heading(reader: &mut Reader, title: Element, number: Option<String>) -> Option<Node> {
    let fields = heading_of(reader, title, number.clone().filter(|number| !number.is_empty()));
    let empty = |field: &Field| field.key == "text" && field.node.written() == Some("");
    if fields.iter().any(empty) {
        reader.number = number.or_else(|| reader.number.take());
        return None;
    }
    let map = Value::Map(vec![field("heading", title.range(), Value::Map(fields))]);
    Some(Node { value: map, span: title.range() })
}

/// Reads the letter or the title of a nested text as a heading.
pub(super) fn part_heading(reader: &mut Reader, title: Element) -> Option<Node> {
    let text = text::title(reader, title);
    let fields = vec![field("level", opening(title), Value::Number("3".into())), worded("text", title.range(), text)];
    let visible = !super::plain(title).is_empty();
    let map = Value::Map(vec![field("heading", title.range(), Value::Map(fields))]);
    visible.then(|| Node { value: map, span: title.range() })
}

/// Creates a heading of level, number and text.
pub(super) fn heading_of(reader: &mut Reader, title: Element, number: Option<String>) -> Vec<Field> {
    let mut fields = vec![field("level", opening(title), Value::Number(level(title).to_string()))];
    if let Some(number) = number {
        fields.push(said("number", opening(title), number));
    }
    fields.push(worded("text", title.range(), text::title(reader, title)));
    fields
}

/// Creates a heading of the number of a division without a heading.
pub(super) fn number_heading(node: Element, number: &str) -> Node {
    let fields = vec![
        field("level", opening(node), Value::Number(level_below(node, 0).to_string())),
        worded("text", opening(node), verbatim(number)),
    ];
    Node { value: Value::Map(vec![field("heading", opening(node), Value::Map(fields))]), span: opening(node) }
}

/// Returns the level of a heading: that of its class in AKN4UN, or of the element around it; else by how
/// deeply it is nested in the hierarchy, with a subheading below the heading next to it.
fn level(title: Element) -> u8 {
    let near = title.ancestors().take_while(|above| *above == title || !is_body(*above));
    if let Some(level) = near.filter_map(|above| of_class(above.attribute("class")?)).next() {
        return level;
    }
    let beside =
        |name: &str| title.parent().is_some_and(|node| elements(node).any(|part| part.tag_name().name() == name));
    let below = match title.tag_name().name() {
        "heading" => false,
        _ => beside("heading"),
    };
    level_below(title, u8::from(below))
}

fn is_body(node: Element) -> bool {
    matches!(node.tag_name().name(), "mainBody" | "body" | "statement" | "doc")
}

fn of_class(class: &str) -> Option<u8> {
    class.split(' ').find_map(|word| match word {
        "HCH" | "HCh" => Some(1),
        "H1" => Some(2),
        "H2" | "H3" | "H23" => Some(3),
        "H4" => Some(4),
        _ => None,
    })
}

/// Returns the level of the content of that element, so many levels below.
fn level_below(node: Element, below: u8) -> u8 {
    let within = node.ancestors().filter(|above| names::is_unit(above.tag_name().name())).take(3).count();
    let depth = u8::try_from(within).unwrap_or(3).max(1);
    (1 + depth + below).clamp(2, 4)
}

/// Returns the text of a block that is a heading, a paragraph entirely in bold, or the word "Annex"
/// and a number.
pub(super) fn title_of(block: &Node, annex: &str) -> Option<Node> {
    let Value::Map(fields) = &block.value else {
        return None;
    };
    let inner = &fields.first()?.node;
    let text = match (&*fields.first()?.key, &inner.value) {
        ("heading", Value::Map(fields)) => fields.iter().find(|field| field.key == "text")?.node.clone(),
        ("paragraph", Value::Text(_)) => inner.clone(),
        _ => return None,
    };
    let Value::Text(words) = &text.value else { return None };
    let bold = matches!(words.pieces(), [Inline::Text { bold: true, address: None, .. }]);
    match &*fields.first()?.key {
        "heading" => Some(text),
        _ if words.written().strip_prefix(annex).is_some_and(|rest| rest.chars().count() < 6) => Some(text),
        _ if bold => Some(Node::inline(unbold(words.clone()), text.span)),
        _ => None,
    }
}
