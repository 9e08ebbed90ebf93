//! Adds adjustments (`masthead:layout`) to the blocks and items that were read from their elements.

use std::iter::Peekable;
use std::ops::Range;
use std::vec::IntoIter;

use roxmltree::Node as Element;

use super::extensions::{LAYOUT, attribute};
use super::field;
use crate::read::layout::short_form;
use crate::read::tree::{Field, Node, Value};

/// Adds the adjustments of elements to the blocks and items that these became.
pub(super) fn add(root: Element, fields: &mut [Field]) {
    let adjusted = |node: Element| Some((node.range(), attribute(node, LAYOUT)?.to_owned()));
    let all: Vec<(Range<usize>, String)> = root.descendants().filter_map(adjusted).collect();
    if all.is_empty() {
        return;
    }
    let mut layouts = Layouts { next: all.into_iter().peekable(), open: Vec::new() };
    for field in fields {
        match (field.key.as_str(), &mut field.node.value) {
            ("body", Value::List(blocks)) => layouts.blocks(blocks),
            ("parts", Value::List(parts)) => {
                parts.iter_mut().filter_map(|part| list(part, "body")).for_each(|blocks| layouts.blocks(blocks));
            }
            _ => {}
        }
    }
}

/// The adjustments in file order, and those of the enclosing elements that are not assigned yet.
struct Layouts {
    next: Peekable<IntoIter<(Range<usize>, String)>>,
    open: Vec<(Range<usize>, String)>,
}

impl Layouts {
    /// Returns the adjustments for what begins at a place: those of an element in which it is the first block or item.
    fn take(&mut self, start: usize) -> Option<Node> {
        while let Some(begun) = self.next.next_if(|(range, _)| range.start <= start) {
            self.open.push(begun);
        }
        self.open.retain(|(range, _)| range.end > start);
        self.open.pop().map(|(range, short)| short_form(&short, range.start..range.start))
    }

    fn blocks(&mut self, blocks: &mut [Node]) {
        for block in blocks {
            let start = block.span.start;
            let Value::Map(kinds) = &mut block.value else { continue };
            let Some(kind) = kinds.first_mut() else { continue };
            self.put(start, &mut kind.node);
            list(&mut kind.node, "body").into_iter().for_each(|blocks| self.blocks(blocks));
            list(&mut kind.node, "items").into_iter().for_each(|items| self.items(items));
        }
    }

    fn items(&mut self, items: &mut [Node]) {
        for item in items {
            self.put(item.span.start, item);
            list(item, "items").into_iter().for_each(|items| self.items(items));
        }
    }

    /// Adds its adjustments to the block or item that begins at a place.
    fn put(&mut self, start: usize, node: &mut Node) {
        let Some(layout) = self.take(start) else { return };
        if let Value::String(_) | Value::Text(_) = node.value {
            let text = Node { value: std::mem::replace(&mut node.value, Value::Null), span: node.span.clone() };
            node.value = Value::Map(vec![Field::new("text", text)]);
        }
        if let Value::Map(fields) = &mut node.value {
            fields.push(Field { node: layout, ..field(LAYOUT, start..start, Value::Null) });
        }
    }
}

/// Returns the list in a field of a map.
fn list<'n>(node: &'n mut Node, name: &str) -> Option<&'n mut [Node]> {
    let Value::Map(fields) = &mut node.value else { return None };
    let field = fields.iter_mut().find(|field| field.key == name)?;
    if let Value::List(nodes) = &mut field.node.value { Some(nodes) } else { None }
}
