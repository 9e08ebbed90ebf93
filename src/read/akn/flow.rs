//! What stands in an element one below the other: lines of text, and elements that stand for themselves.

use roxmltree::Node as Element;

use super::names;
use crate::read::limits::DEEPEST;

/// A piece of what stands in an element.
pub(super) enum Piece<'a, 'i> {
    /// All that is in the element, which is one line.
    Whole(Element<'a, 'i>),
    /// Texts and inline elements beside each other.
    Line(Vec<Element<'a, 'i>>),
    /// An element that stands for itself.
    Block(Element<'a, 'i>),
}

/// The pieces of an element, in their order.
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

/// A line that says nothing is none.
fn end<'a, 'i>(line: &mut Vec<Element<'a, 'i>>, out: &mut Vec<Piece<'a, 'i>>) {
    let line = std::mem::take(line);
    let says = |node: &Element| node.text().is_some_and(|text| node.is_text() && !text.trim().is_empty());
    if line.iter().any(|node| node.descendants().any(|inner| says(&inner))) {
        out.push(Piece::Line(line));
    }
}

/// Whether an element is part of the line, and not a note or struck out, whose blocks are their own.
fn is_within_line(node: Element) -> bool {
    !matches!(node.tag_name().name(), "authorialNote" | "del")
}

fn holds_block(node: Element) -> bool {
    let mut past = 0;
    node.descendants().skip(1).any(|inner| {
        // What lies in a note is none of the line's.
        let skipped = inner.range().start < past;
        if !skipped && !is_within_line(inner) {
            past = inner.range().end;
        }
        !skipped && names::is_block(inner.tag_name().name())
    })
}
