//! The content of an element from top to bottom: lines of text, and elements that stand by themselves.

use roxmltree::Node as Element;

use super::names;
use crate::read::limits::DEEPEST;

/// A piece of the content of an element.
pub(super) enum Piece<'a, 'i> {
    /// The whole content of the element, which is one line.
    Whole(Element<'a, 'i>),
    /// Adjacent texts and inline elements.
    Line(Vec<Element<'a, 'i>>),
    /// An element that stands by itself.
    Block(Element<'a, 'i>),
}

/// Returns the pieces of an element, in order.
pub(super) fn pieces<'a, 'i>(node: Element<'a, 'i>) -> Vec<Piece<'a, 'i>> {
    if !holds_block(node) {
        return vec![Piece::Whole(node)];
    }
    let (mut out, mut line) = (Vec::new(), Vec::new());
    collect(node, 0, &mut line, &mut out);
    end(&mut line, &mut out);
    out
}

fn collect<'a, 'i>(node: Element<'a, 'i>, depth: usize, line: &mut Vec<Element<'a, 'i>>, out: &mut Vec<Piece<'a, 'i>>) {
    for child in node.children() {
        if names::is_block(child.tag_name().name()) {
            end(line, out);
            out.push(Piece::Block(child));
        } else if depth < DEEPEST && is_within_line(child) && holds_block(child) {
            collect(child, depth + 1, line, out);
        } else {
            line.push(child);
        }
    }
}

/// Returns `None` for a line without text.
fn end<'a, 'i>(line: &mut Vec<Element<'a, 'i>>, out: &mut Vec<Piece<'a, 'i>>) {
    let line = std::mem::take(line);
    let says = |node: &Element| node.text().is_some_and(|text| node.is_text() && !text.trim().is_empty());
    if line.iter().any(|node| node.descendants().any(|inner| says(&inner))) {
        out.push(Piece::Line(line));
    }
}

/// Whether an element is part of the line; notes and deletions are not, since their blocks are separate.
fn is_within_line(node: Element) -> bool {
    !matches!(node.tag_name().name(), "authorialNote" | "del")
}

fn holds_block(node: Element) -> bool {
    let mut past = 0;
    node.descendants().skip(1).any(|inner| {
        // The content of a note is not part of the line.
        let skipped = inner.range().start < past;
        if !skipped && !is_within_line(inner) {
            past = inner.range().end;
        }
        !skipped && names::is_block(inner.tag_name().name())
    })
}
