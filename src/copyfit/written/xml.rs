//! Writes adjustments in AKN4UN XML: as attributes and a field in the namespace of masthead.

use roxmltree::{Document as Tree, Node};

use super::Change;
use crate::diagnostic::Edit;
use crate::model::Layout;
use crate::read::{NAMESPACE, Reading};
use crate::write::escaped;

/// Elements that contain blocks and are not blocks themselves.
const AROUND: [&str; 14] = [
    "akomaNtoso",
    "statement",
    "doc",
    "documentCollection",
    "collectionBody",
    "component",
    "components",
    "attachments",
    "attachment",
    "preface",
    "preamble",
    "mainBody",
    "list",
    "blockList",
];

pub(super) fn edits(reading: &Reading, layout: Option<&Layout>, changes: &[Change]) -> Option<Vec<Edit>> {
    let source = &reading.source.text;
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    let tree = Tree::parse_with_options(source, options).ok()?;
    let root = tree.root_element();
    let mut edits = Vec::new();
    let declared = root.namespaces().find(|space| space.uri() == NAMESPACE).and_then(|space| space.name());
    let prefix = declared.unwrap_or("masthead");
    if declared.is_none() {
        edits.push(in_tag(source, root, format!(" xmlns:{prefix}=\"{NAMESPACE}\""))?);
    }
    if let Some(layout) = layout {
        edits.push(field(source, root, prefix, layout)?);
    }
    let starts: Vec<usize> = starts(reading);
    for change in changes {
        let at = reading.places.of(&change.path).start;
        let node = element(root, at, &starts)?;
        let short = change.after.to_string();
        edits.push(match node.attribute_node((NAMESPACE, "layout")) {
            Some(attribute) if change.after.is_empty() => {
                Edit { span: attribute.range().start - 1..attribute.range().end, text: String::new() }
            }
            Some(attribute) => Edit { span: attribute.range_value(), text: short },
            None => in_tag(source, node, format!(" {prefix}:layout=\"{short}\""))?,
        });
    }
    Some(edits)
}

/// Returns where the blocks and items begin.
fn starts(reading: &Reading) -> Vec<usize> {
    let mut starts = Vec::new();
    super::each(&mut reading.document.clone(), &mut |path, _| starts.push(reading.places.of(path).start));
    starts
}

/// Returns the largest element in which the block or item at this place comes before all others.
fn element<'a, 'i>(root: Node<'a, 'i>, at: usize, starts: &[usize]) -> Option<Node<'a, 'i>> {
    let mut node = root;
    loop {
        let first = |node: &Node| {
            let range = node.range();
            !starts.iter().any(|start| range.start <= *start && *start < at)
        };
        if first(&node) && !AROUND.contains(&node.tag_name().name()) {
            return Some(node);
        }
        node = node.children().find(|child| child.is_element() && child.range().contains(&at))?;
    }
}

/// Inserts text after the name of an element.
fn in_tag(source: &str, node: Node, text: String) -> Option<Edit> {
    let start = node.range().start;
    let name = source.get(start..)?.find(|c: char| c.is_whitespace() || c == '>' || c == '/')?;
    Some(Edit { span: start + name..start + name, text })
}

/// Edits the field of the header.
fn field(source: &str, root: Node, prefix: &str, layout: &Layout) -> Option<Edit> {
    let mut fields = root.descendants().filter(|node| node.has_tag_name((NAMESPACE, "field")));
    let value = if layout.is_empty() { String::new() } else { escaped(&serde_json::to_string(layout).ok()?, false) };
    let element = format!("<{prefix}:field name=\"layout\">{value}</{prefix}:field>");
    if let Some(node) = fields.find(|node| node.attribute("name") == Some("layout")) {
        return Some(Edit { span: node.range(), text: element });
    }
    let meta = root.descendants().find(|node| node.is_element() && node.tag_name().name() == "meta")?;
    let proprietary =
        |node: &Node| node.tag_name().name() == "proprietary" && node.attribute("source") == Some("#masthead");
    let (node, text) = match meta.children().find(proprietary) {
        Some(node) => (node, element),
        None => (meta, format!("<proprietary source=\"#masthead\">{element}</proprietary>")),
    };
    let close = source.get(node.range())?.rfind("</")?;
    let at = node.range().start + close;
    Some(Edit { span: at..at, text })
}
