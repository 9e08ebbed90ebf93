//! Attachments, and the numbers of paragraphs.

use roxmltree::Node as Element;

use super::body::all;
use super::{Reader, field, mended, named, opening};
use crate::read::tree::{Field, Node, Value};

/// Annexes, which go on on the same page (measured: A/RES/78/5).
pub(super) fn attachments(reader: &mut Reader, part: Element, out: &mut Vec<Node>) {
    let docs: Vec<Element> = named(part, "mainBody").collect();
    for body in docs {
        let mut blocks = Vec::new();
        all(reader, body, &mut blocks);
        mended::blocks(reader, &mut blocks);
        let mut annex = Vec::new();
        for key in ["heading", "title"] {
            if let Some(text) = blocks.first().and_then(|block| title_of(block, reader.annex)) {
                annex.push(Field { key: key.into(), key_span: opening(body), node: text });
                blocks.remove(0);
            }
        }
        numbers(&mut blocks);
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
fn title_of(block: &Node, annex: &str) -> Option<Node> {
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

/// Leaves out the numbers that are given anyhow: 1., 2., 3.
pub(super) fn numbers(blocks: &mut [Node]) {
    let mut next = 1;
    for block in blocks {
        let Value::Map(map) = &mut block.value else { continue };
        let [Field { key, node, .. }] = &mut map[..] else { continue };
        let Value::Map(fields) = &mut node.value else { continue };
        if key != "operative" {
            continue;
        }
        let given = fields.iter().position(|field| field.key == "number");
        if let Some(at) = given
            && fields[at].node.value == Value::String(format!("{next}."))
        {
            fields.remove(at);
        }
        next += 1;
    }
}
