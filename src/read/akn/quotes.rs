//! Quotations: what is quoted in Akoma Ntoso stands without its quotation marks.

use roxmltree::Node as Element;

use super::fields::together;
use super::{Reader, body, field};
use crate::prepare::words::words;
use crate::read::tree::{Field, Node, Value};

/// The marks around a quotation: those that the file names, else those of its language. Text of
/// other documents that is embedded has none but those that are named.
pub(super) fn marks(reader: &Reader, node: Element) -> (String, String) {
    let named = |name| node.attribute(name).map(str::to_owned);
    let (start, end) = (named("startQuote"), named("endQuote"));
    let (usual_start, usual_end) = match node.tag_name().name() {
        "quotedText" | "quotedStructure" => words(reader.language).quotes,
        _ => ("", ""),
    };
    let end = end.or_else(|| start.as_deref().map(closing)).unwrap_or_else(|| usual_end.to_owned());
    (start.unwrap_or_else(|| usual_start.to_owned()), end)
}

/// Whether the text around an element, or within it, has quotation marks for it already.
pub(super) fn is_marked(node: Element) -> bool {
    const MARKS: &str = "\"“”„‟«»‘’‚‹›「」『』《》";
    let text_of = |node: Option<Element>| -> String {
        let texts = node.into_iter().flat_map(|node| node.descendants().collect::<Vec<_>>());
        texts.filter(Element::is_text).filter_map(|node| node.text().map(str::to_owned)).collect()
    };
    let own = text_of(Some(node));
    let within = own.trim_start().starts_with(|c| MARKS.contains(c)) && own.trim_end().ends_with(|c| MARKS.contains(c));
    let before = text_of(node.prev_sibling()).trim_end().ends_with(|c| MARKS.contains(c));
    let after = text_of(node.next_sibling()).trim_start().starts_with(|c| MARKS.contains(c));
    within || (before && after)
}

/// The mark that closes what that one opens.
fn closing(start: &str) -> String {
    start
        .chars()
        .rev()
        .map(|c| match c {
            '“' | '„' => '”',
            '”' => '“',
            '‘' | '‚' => '’',
            '«' => '»',
            '‹' => '›',
            '「' => '」',
            '『' => '』',
            '《' => '》',
            '(' => ')',
            '[' => ']',
            c => c,
        })
        .collect()
}

/// Blocks that are quoted: its paragraphs as quotations, each with its number at the head of its text.
pub(super) fn quoted(reader: &mut Reader, node: Element, out: &mut Vec<Node>) {
    if !reader.deeper(node) {
        return;
    }
    let mut blocks = Vec::new();
    body::all(reader, node, &mut blocks);
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
            text.insert_str(0, &start);
        }
        if let Some(text) = blocks.last_mut().and_then(|block| text_in(block, true)) {
            text.push_str(&end);
        }
    }
    out.append(&mut blocks);
}

/// Puts the number of a block at the head of its text.
fn numbered_within(node: &mut Node) {
    let Value::Map(fields) = &mut node.value else { return };
    let Some(at) = fields.iter().position(|field| field.key == "number") else { return };
    let number = fields.remove(at).node;
    let span = number.span.clone();
    match fields.iter_mut().find(|field| field.key == "text") {
        Some(text) => text.node = together(number, std::mem::replace(&mut text.node, Node::text("", span))),
        None => fields.insert(0, field("text", span, number.value)),
    }
}

/// The first text in a block, or the last; labels are no texts.
fn text_in(node: &mut Node, last: bool) -> Option<&mut String> {
    let chosen: Vec<&mut Node> = match &mut node.value {
        Value::String(text) => return Some(text),
        Value::List(nodes) => nodes.iter_mut().collect(),
        Value::Map(fields) => {
            let texts = fields.iter_mut().filter(|field| !["label", "number"].contains(&field.key.as_str()));
            texts.map(|field| &mut field.node).collect()
        }
        _ => return None,
    };
    if last {
        chosen.into_iter().rev().find_map(|node| text_in(node, last))
    } else {
        chosen.into_iter().find_map(|node| text_in(node, last))
    }
}
