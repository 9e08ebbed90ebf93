//! Attachments, and the numbers of paragraphs.

use std::ops::Range;

use roxmltree::Node as Element;

use super::body::all;
use super::{Reader, field, mended, named, opening, ours};
use crate::model::Language;
use crate::prepare::words::words;
use crate::read::markdown::designates;
use crate::read::tree::{Field, Node, Value};

/// Annexes, which go on on the same page (measured: A/RES/78/5).
pub(super) fn attachments(reader: &mut Reader, part: Element, out: &mut Vec<Node>) {
    let docs: Vec<Element> = named(part, "mainBody").collect();
    for body in docs {
        if ours::attribute(body, "block").is_some() {
            let annex = ours::annex(reader, body);
            let map = Value::Map(vec![field("annex", opening(body), Value::Map(annex))]);
            out.push(Node { value: map, span: body.range() });
            continue;
        }
        let mut blocks = Vec::new();
        all(reader, body, &mut blocks);
        mended::blocks(reader, &mut blocks);
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

/// The annex that such blocks are, the first of which may be its heading and title.
fn annex(reader: &Reader, span: Range<usize>, mut blocks: Vec<Node>, out: &mut Vec<Node>) {
    let place = span.start..blocks.first().map_or(span.start, |block| block.span.start).max(span.start);
    let mut annex = Vec::new();
    for key in ["heading", "title"] {
        if let Some(text) = blocks.first().and_then(|block| title_of(block, words(reader.language).annex)) {
            annex.push(Field { node: text, ..field(key, place.clone(), Value::Null) });
            blocks.remove(0);
        }
    }
    numbers(reader, &mut blocks);
    if annex.is_empty() {
        // Without a heading of its own it would be given one.
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
    let annex = words(language).annex;
    title_of(block, annex).is_some_and(|text| match &text.value {
        Value::String(text) => text.strip_prefix(annex).is_some_and(|number| designates(number.trim())),
        _ => false,
    })
}

/// The text of a block that is a heading, a paragraph in bold throughout, or the word "Annex"
/// and a number.
pub(super) fn title_of(block: &Node, annex: &str) -> Option<Node> {
    let Value::Map(fields) = &block.value else {
        return None;
    };
    let inner = &fields.first()?.node;
    let text = match (&*fields.first()?.key, &inner.value) {
        ("heading", Value::Map(fields)) => fields.iter().find(|field| field.key == "text")?.node.clone(),
        ("paragraph", Value::String(_)) => inner.clone(),
        _ => return None,
    };
    let Value::String(words) = &text.value else {
        return None;
    };
    let bold = words.len() > 4
        && words.starts_with("**")
        && words.ends_with("**")
        && !words[2..words.len() - 2].contains("**");
    match &*fields.first()?.key {
        "heading" => Some(text),
        _ if words.strip_prefix(annex).is_some_and(|rest| rest.chars().count() < 6) => Some(text),
        _ if bold => Some(Node { value: Value::String(words[2..words.len() - 2].to_owned()), span: text.span }),
        _ => None,
    }
}

/// Leaves out the numbers and labels that are given anyhow: 1., 2., 3. and (a), (b), (c).
pub(super) fn numbers(reader: &Reader, blocks: &mut [Node]) {
    let mut next = 1;
    for block in blocks {
        let Value::Map(map) = &mut block.value else { continue };
        let [Field { key, node, .. }] = &mut map[..] else { continue };
        let Value::Map(fields) = &mut node.value else { continue };
        labels(reader, fields, 1);
        if key != "operative" {
            continue;
        }
        let anyhow =
            |node: &Node| node.value == Value::String(format!("{next}.")) && !reader.kept.contains(&node.span.start);
        fields.retain(|field| field.key != "number" || !anyhow(&field.node));
        next += 1;
    }
}

/// Leaves out the labels that are given anyhow to the sub-paragraphs in those fields.
fn labels(reader: &Reader, fields: &mut [Field], level: u8) {
    let Some(Value::List(items)) = fields.iter_mut().find(|field| field.key == "items").map(|f| &mut f.node.value)
    else {
        return;
    };
    for (index, item) in items.iter_mut().enumerate() {
        let Value::Map(fields) = &mut item.value else { continue };
        let usual = (words(reader.language).label)(level, index);
        let anyhow =
            |node: &Node| node.value == Value::String(usual.clone()) && !reader.kept.contains(&node.span.start);
        fields.retain(|field| field.key != "label" || !anyhow(&field.node));
        labels(reader, fields, level.saturating_add(1));
    }
}
