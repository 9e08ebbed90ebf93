//! What is adjusted of blocks and items (`masthead:layout`), put where their elements have become blocks and items.

use std::iter::Peekable;
use std::ops::Range;
use std::vec::IntoIter;

use roxmltree::Node as Element;

use super::extensions::{LAYOUT, attribute};
use super::field;
use crate::read::layout::short_form;
use crate::read::tree::{Field, Node, Value};

/// Adds the layouts that elements have to the blocks and items that say them.
pub(super) fn add(root: Element, fields: &mut [Field]) {
    let said = |node: Element| Some((node.range(), attribute(node, LAYOUT)?.to_owned()));
    let all: Vec<(Range<usize>, String)> = root.descendants().filter_map(said).collect();
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

/// The layouts in the order of the file, and those of the elements around a place that none has taken yet.
struct Layouts {
    next: Peekable<IntoIter<(Range<usize>, String)>>,
    open: Vec<(Range<usize>, String)>,
}

impl Layouts {
    /// The first block or item that begins in an element has its layout.
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

    /// Gives its layout to what begins at a place.
    fn put(&mut self, start: usize, node: &mut Node) {
        let Some(layout) = self.take(start) else { return };
        if let Value::String(_) = node.value {
            let text = Node { value: std::mem::replace(&mut node.value, Value::Null), span: node.span.clone() };
            node.value = Value::Map(vec![Field::new("text", text)]);
        }
        if let Value::Map(fields) = &mut node.value {
            fields.push(Field { node: layout, ..field(LAYOUT, start..start, Value::Null) });
        }
    }
}

/// The list in a field of a map.
fn list<'n>(node: &'n mut Node, name: &str) -> Option<&'n mut [Node]> {
    let Value::Map(fields) = &mut node.value else { return None };
    let field = fields.iter_mut().find(|field| field.key == name)?;
    if let Value::List(nodes) = &mut field.node.value { Some(nodes) } else { None }
}
