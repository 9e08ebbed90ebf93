//! Text in unexpected places. Every text that is read is claimed; what is
//! left is kept in the session block if it is from the cover page, else as a paragraph in its place.

use std::ops::Range;

use roxmltree::Node as Element;

use super::text::verbatim;
use super::{Reader, bare, cover, elements, field, named};
use crate::diagnostic::{Diagnostic, shortened};
use crate::read::tree::{Field, Node, Value};

/// A list of blocks, and the part of the source that it comes from.
pub(super) struct Place<'b> {
    pub span: Range<usize>,
    pub blocks: &'b mut Vec<Node>,
}

/// Keeps the texts below the root that have not been claimed.
pub(super) fn keep(reader: &mut Reader, root: Element, fields: &mut Vec<Field>, bodies: &mut [Place]) {
    if reader.exact {
        report_metadata(reader, root);
    } else {
        report_pictures(reader, root);
    }
    let unsaid = root.descendants().filter(|node| {
        node.is_text()
            && !reader.said.contains(&node.range().start)
            && node.ancestors().all(|above| above.tag_name().name() != "meta")
    });
    let mut lines: Vec<(Element, String, Range<usize>)> = Vec::new();
    for node in unsaid {
        let (Some(text), Some(line)) = (node.text(), node.ancestors().skip(1).find(|above| is_line(*above))) else {
            continue;
        };
        match lines.last_mut() {
            Some((last, before, _)) if *last == line => before.push_str(text),
            _ => lines.push((line, text.to_owned(), node.range())),
        }
    }
    let mut order: Vec<(usize, usize)> = bodies.iter().map(|place| place.span.start).zip(0..).collect();
    order.sort_unstable();
    for (line, text, span) in lines {
        let text = verbatim(&text);
        if text.written().is_empty() {
            continue;
        }
        let above = |name| line.ancestors().any(|above| above.tag_name().name() == name);
        let covers = above("coverPage") && ["attachments", "component", "components"].iter().all(|name| !above(name));
        if covers && !reader.exact && bare::placed(reader, text.written(), &span, fields) {
            continue;
        }
        let place = if covers { "in the session block" } else { "as a paragraph" };
        let message = format!("unexpected text “{}”; it is kept {place}", shortened(text.written()));
        let warning = Diagnostic::warning("xml-not-understood", message);
        reader.warnings.push(warning.in_source(reader.source, span.clone()));
        let node = Node::inline(text, span);
        let near = order.partition_point(|(start, _)| *start <= node.span.start);
        match order.get(near.saturating_sub(1)).and_then(|(_, index)| bodies.get_mut(*index)) {
            Some(place) if !covers => insert(place.blocks, node),
            _ => cover::add_line(fields, node),
        }
    }
}

/// Reports pictures of the text. Those of covers and footers, such as codes, are drawn by masthead.
fn report_pictures(reader: &mut Reader, root: Element) {
    let bodies = ["mainBody", "body", "amendmentBody", "debateBody"];
    let images = bodies.into_iter().flat_map(|body| named(root, body)).flat_map(|body| named(body, "img"));
    for image in images.filter(|image| image.attribute("src").is_some_and(|source| !source.is_empty())) {
        reader.not_understood(image, "the picture is left out; add it as a figure in another syntax");
    }
}

/// Reports words between the elements of the metadata in files written by masthead, which writes none.
fn report_metadata(reader: &mut Reader, root: Element) {
    let metadata = named(root, "meta").flat_map(|meta| meta.descendants());
    let is_between = |text: &Element| text.parent_element().is_some_and(|parent| elements(parent).next().is_some());
    for text in metadata.filter(|node| node.is_text() && is_between(node)) {
        let said = verbatim(text.text().unwrap_or_default());
        if !said.written().is_empty() {
            let message =
                format!("“{}” is among the metadata, which is not printed; it is left out", shortened(said.written()));
            let warning = Diagnostic::warning("xml-not-understood", message);
            reader.warnings.push(warning.in_source(reader.source, text.range()));
        }
    }
}

/// Whether an element is on lines of its own.
fn is_line(element: Element) -> bool {
    let within = ["span", "a", "b", "i", "u", "sup", "sub", "inline", "ins", "del", "docProponent"];
    !within.contains(&element.tag_name().name())
}

/// Inserts a paragraph after the last block that begins before it.
fn insert(blocks: &mut Vec<Node>, text: Node) {
    let at = blocks.iter().rposition(|block| block.span.start <= text.span.start);
    if let Some(at) = at
        && blocks[at].span.end > text.span.start
        && let Some(within) = annex_body(&mut blocks[at])
    {
        return insert(within, text);
    }
    let span = text.span.clone();
    let block = field("paragraph", span.clone(), text.value);
    blocks.insert(at.map_or(0, |at| at + 1), Node { value: Value::Map(vec![block]), span });
}

/// Returns the blocks of an annex.
fn annex_body(block: &mut Node) -> Option<&mut Vec<Node>> {
    let Value::Map(fields) = &mut block.value else { return None };
    let Value::Map(annex) = &mut fields.iter_mut().find(|field| field.key == "annex")?.node.value else { return None };
    match &mut annex.iter_mut().find(|field| field.key == "body")?.node.value {
        Value::List(blocks) => Some(blocks),
        _ => None,
    }
}
