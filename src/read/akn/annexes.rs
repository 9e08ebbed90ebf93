//! Attachments, and the numbers of paragraphs.

use roxmltree::Node as Element;

use super::body::all;
use super::{Reader, field, mended, named, opening, ours};
use crate::prepare::words::words;
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
