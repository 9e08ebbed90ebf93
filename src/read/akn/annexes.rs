//! Attachments.

use roxmltree::Node as Element;

use super::body::all;
use super::headings::title_of;
use super::numbers::numbers;
use super::{Reader, exact_blocks, field, mended, named, opening, ours};
use crate::prepare::words::words;
use crate::read::tree::{Field, Node, Value};

/// Annexes, which go on on the same page (measured: A/RES/78/5).
pub(super) fn attachments(reader: &mut Reader, part: Element, out: &mut Vec<Node>) {
    let docs: Vec<Element> = named(part, "mainBody").collect();
    for body in docs {
        if ours::attribute(body, "block").is_some() {
            let annex = exact_blocks::annex(reader, body);
            let map = Value::Map(vec![field("annex", opening(body), Value::Map(annex))]);
            out.push(Node { value: map, span: body.range() });
            continue;
        }
        let mut blocks = Vec::new();
        all(reader, body, &mut blocks);
        mended::blocks(reader, &mut blocks);
        let mut annex = Vec::new();
        for key in ["heading", "title"] {
            if let Some(text) = blocks.first().and_then(|block| title_of(block, words(reader.language).annex)) {
                annex.push(Field { key: key.into(), key_span: opening(body), node: text });
                blocks.remove(0);
            }
        }
        numbers(reader, &mut blocks);
        if annex.is_empty() {
            // Without a heading of its own it would be given one.
            out.append(&mut blocks);
            continue;
        }
        annex.push(field("new_page", opening(body), Value::Bool(false)));
        annex.push(field("body", opening(body), Value::List(blocks)));
        let map = Value::Map(vec![field("annex", opening(body), Value::Map(annex))]);
        out.push(Node { value: map, span: body.range() });
    }
}
