//! Quoted blocks.

use std::borrow::Cow;

use roxmltree::Node as Element;

use super::fields::{text_of, together};
use super::pieces::chained;
use super::quotation_marks::{is_marked, marks};
use super::{Reader, field};
use crate::model::Text;
use crate::read::tree::{Field, Node, Value};

/// Reads quoted blocks: their paragraphs become quotations, each with its number before its text.
pub(super) fn quoted(reader: &mut Reader, node: Element, out: &mut Vec<Node>) {
    if !reader.deeper(node) {
        return;
    }
    let mut blocks = reader.blocks(node);
    reader.depth -= 1;
    for block in &mut blocks {
        if let Value::Map(map) = &mut block.value
            && let [Field { key, node, .. }] = &mut map[..]
        {
            numbered_within(node);
            if ["operative", "paragraph", "preambular", "enacting", "numbered"].contains(&key.as_str()) {
                *key = "quote".to_owned();
            }
        }
    }
    if !is_marked(node) {
        let (start, end) = marks(reader, node);
        if let Some(text) = blocks.first_mut().and_then(|block| text_in(block, false)) {
            *text = chained([&Text::verbatim(&start), text], "");
        }
        if let Some(text) = blocks.last_mut().and_then(|block| text_in(block, true)) {
            *text = chained([text, &Text::verbatim(&end)], "");
        }
    }
    out.append(&mut blocks);
}

/// Puts the number of a block before its text.
fn numbered_within(node: &mut Node) {
    let Value::Map(fields) = &mut node.value else { return };
    let Some(at) = fields.iter().position(|field| field.key == "number") else { return };
    let number = fields.remove(at).node;
    let span = number.span.clone();
    match fields.iter_mut().find(|field| field.key == "text") {
        Some(text) => {
            text.node = together(number, std::mem::replace(&mut text.node, Node::inline(Text::default(), span)))
        }
        None => {
            let text = text_of(&number).map(Cow::into_owned).unwrap_or_default();
            fields.insert(0, field("text", span, Value::Text(text)));
        }
    }
}

/// Returns the first text in a block, or the last.
fn text_in(node: &mut Node, last: bool) -> Option<&mut Text> {
    let chosen: Vec<&mut Node> = match &mut node.value {
        Value::Text(text) => return Some(text),
        Value::List(nodes) => nodes.iter_mut().collect(),
        Value::Map(fields) => fields.iter_mut().map(|field| &mut field.node).collect(),
        _ => return None,
    };
    if last {
        chosen.into_iter().rev().find_map(|node| text_in(node, last))
    } else {
        chosen.into_iter().find_map(|node| text_in(node, last))
    }
}
