//! The XML of the parts of a Word file. Elements and attributes are known by their local names: the namespaces of
//! the two editions of the standard differ.

use roxmltree::{Document, Node, ParsingOptions};

use super::package::damaged;
use crate::diagnostic::Diagnostic;

/// The most elements and texts of a part.
const MOST_NODES: u32 = 2_000_000;
/// The most attributes of an element.
const MOST_ATTRIBUTES: usize = 500;
/// How deeply elements may be nested; tables in tables take a dozen levels each.
const DEEPEST: usize = 400;

/// Parses a part.
pub(super) fn parse<'t>(text: &'t str, name: &str) -> Result<Document<'t>, Diagnostic> {
    let broken = |reason: String| damaged(&format!("{name}: {reason}"));
    if text.split('<').any(|tag| attributes(tag) > MOST_ATTRIBUTES) {
        return Err(broken(format!("an element has more than {MOST_ATTRIBUTES} attributes")));
    }
    let options = ParsingOptions { nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(|error| broken(error.to_string()))?;
    if is_too_deep(document.root()) {
        return Err(broken(format!("elements are nested more than {DEEPEST} levels deep")));
    }
    Ok(document)
}

/// Returns the number of attributes in a tag, from its name on.
fn attributes(tag: &str) -> usize {
    let (mut quote, mut count) = (None, 0);
    for byte in tag.bytes() {
        match (byte, quote) {
            (b'>', None) => break,
            (b'=', None) => count += 1,
            (b'"' | b'\'', None) => quote = Some(byte),
            _ if quote == Some(byte) => quote = None,
            _ => {}
        }
    }
    count
}

fn is_too_deep(root: Node) -> bool {
    let (mut node, mut depth) = (root, 0);
    loop {
        if let Some(child) = node.first_child() {
            depth += 1;
            if depth > DEEPEST {
                return true;
            }
            node = child;
            continue;
        }
        loop {
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            match node.parent() {
                Some(parent) => node = parent,
                None => return false,
            }
            depth -= 1;
        }
    }
}

/// Returns the elements in an element.
pub(super) fn elements<'a, 'i>(node: Node<'a, 'i>) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(Node::is_element)
}

/// Returns the first element of that name in an element.
pub(super) fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    elements(node).find(|child| child.tag_name().name() == name)
}

/// Returns an attribute, in any namespace.
pub(super) fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value())
}

/// Returns the text of an element: comments may divide it.
pub(super) fn text_of(node: Node) -> String {
    node.children().filter(Node::is_text).filter_map(|text| text.text()).collect()
}

/// Returns the value of a property: `<w:name w:val="…"/>`.
pub(super) fn value<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    attribute(child(node, name)?, "val")
}

/// Returns the numeric value of a property.
pub(super) fn number<N: std::str::FromStr>(node: Node, name: &str) -> Option<N> {
    value(node, name)?.trim().parse().ok()
}

/// Returns whether a property is on or off, or `None` if it is not given.
pub(super) fn toggle(node: Node, name: &str) -> Option<bool> {
    let property = child(node, name)?;
    Some(!matches!(attribute(property, "val"), Some("0" | "false" | "off" | "none")))
}
