//! Attachments.

use std::ops::Range;

use roxmltree::Node as Element;

use super::body::all;
use super::headings::title_of;
use super::numbers::numbers;
use super::{Reader, exact_blocks, extensions, field, named, opening, repairs};
use crate::model::Language;
use crate::prepare::words::words;
use crate::read::markdown::designates;
use crate::read::tree::{Field, Node, Value};

/// Reads annexes, which continue on the same page (measured: A/RES/78/5).
pub(super) fn attachments(reader: &mut Reader, part: Element, out: &mut Vec<Node>) {
    let docs: Vec<Element> = named(part, "mainBody").collect();
    for body in docs {
        if extensions::attribute(body, "block").is_some() {
            let annex = exact_blocks::annex(reader, body);
            let map = Value::Map(vec![field("annex", opening(body), Value::Map(annex))]);
            out.push(Node { value: map, span: body.range() });
            continue;
        }
        let mut blocks = Vec::new();
        all(reader, body, &mut blocks);
        repairs::blocks(reader, &mut blocks);
        // Some files have several annexes in one attachment.
        let (mut end, mut annexes) = (body.range().end, Vec::new());
        while let Some(next) = (1..blocks.len()).rev().find(|at| begins_annex(&blocks[*at], reader.language)) {
            let start = blocks[next].span.start;
            annexes.push((start..end, blocks.split_off(next)));
            end = start;
        }
        annexes.push((body.range().start..end, blocks));
        annexes.into_iter().rev().for_each(|(span, blocks)| annex(reader, span, blocks, out));
    }
}

/// Creates an annex of blocks; the first ones may be its heading and title.
fn annex(reader: &Reader, span: Range<usize>, mut blocks: Vec<Node>, out: &mut Vec<Node>) {
    let place = span.start..blocks.first().map_or(span.start, |block| block.span.start).max(span.start);
    let mut annex = Vec::new();
    for key in ["heading", "title"] {
        if let Some(text) = blocks.first().and_then(|block| title_of(block, &words(reader.language).annex)) {
            annex.push(Field { node: text, ..field(key, place.clone(), Value::Null) });
            blocks.remove(0);
        }
    }
    numbers(reader, &mut blocks);
    if annex.is_empty() {
        // Without a heading it would be given one.
        out.append(&mut blocks);
        return;
    }
    annex.push(field("new_page", place.clone(), Value::Bool(false)));
    annex.push(field("body", place.clone(), Value::List(blocks)));
    let map = Value::Map(vec![field("annex", place, Value::Map(annex))]);
    out.push(Node { value: map, span });
}

/// Whether a block is the heading of an annex with its number: "Annex II".
fn begins_annex(block: &Node, language: Language) -> bool {
    let annex = words(language).annex.as_str();
    let title = title_of(block, annex);
    title.is_some_and(|text| {
        text.written().and_then(|text| text.strip_prefix(annex)).is_some_and(|number| designates(number.trim()))
    })
}
