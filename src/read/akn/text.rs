//! Inline text of AKN4UN elements.

use roxmltree::Node as Element;

use super::characters::folded;
use super::pieces::{Piece, Style, address, escaped, joined, linked, push, written};
use super::{Noted, Reader, extensions, names, quotation_marks};

/// Returns the inline text of some elements, one after the other.
pub(super) fn of<'a, 'i: 'a>(reader: &mut Reader, elements: impl IntoIterator<Item = Element<'a, 'i>>) -> String {
    let mut pieces = Vec::new();
    let (mut exact, mut first) = (None, None);
    for (index, element) in elements.into_iter().enumerate() {
        if index > 0 {
            push(&mut pieces, " ", &Style::default());
        }
        // The element is read even if its exact text is given, because of the notes in it.
        exact = extensions::text_of(element).filter(|_| index == 0);
        first.get_or_insert(element);
        gather(reader, element.children(), &Style::default(), &mut pieces);
    }
    let read = said(reader, pieces);
    match (exact, first) {
        (Some(exact), Some(element)) => {
            extensions::compare(reader, element, &exact, &read);
            exact
        }
        _ => read,
    }
}

/// Returns the inline text of adjacent nodes.
pub(super) fn line<'a, 'i: 'a>(reader: &mut Reader, nodes: &[Element<'a, 'i>]) -> String {
    let mut pieces = Vec::new();
    gather(reader, nodes.iter().copied(), &Style::default(), &mut pieces);
    said(reader, pieces)
}

fn said(reader: &Reader, pieces: Vec<Piece>) -> String {
    closed(&written(&linked(joined(pieces), reader.language)))
}

/// Returns the text of a title, which is bold already.
pub(super) fn title(reader: &mut Reader, element: Element) -> String {
    let text = of(reader, [element]);
    match extensions::text_of(element) {
        Some(exact) => exact,
        None => text.replace("***", "*").replace("**", ""),
    }
}

/// Removes the spaces after full-width punctuation, which includes the space.
fn closed(text: &str) -> String {
    let full_width = |c: char| "，。；：、！？》」』）】".contains(c);
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let han = || text[at + 1..].starts_with(|c| matches!(c, '\u{4e00}'..='\u{9fff}' | '《' | '“'));
        if c != ' ' || !out.ends_with(full_width) || !han() {
            out.push(c);
        }
    }
    out
}

/// Returns a text without markup in the form of the model's Markdown.
pub(super) fn verbatim(text: &str) -> String {
    escaped(folded(text).trim_matches(' '))
}

fn gather<'a, 'i: 'a>(
    reader: &mut Reader,
    nodes: impl Iterator<Item = Element<'a, 'i>>,
    style: &Style,
    pieces: &mut Vec<Piece>,
) {
    for node in nodes {
        let name = node.tag_name().name();
        if let Some(text) = node.text().filter(|_| node.is_text()) {
            reader.says(node);
            push(pieces, text, style);
            continue;
        }
        let mut inner = style.clone();
        let mut marks = None;
        match name {
            "" => continue, // comments and instructions
            "del" => {
                reader.deleted(node);
                continue;
            }
            "quotedText" | "embeddedText" if !quotation_marks::is_marked(node) => {
                marks = Some(quotation_marks::marks(reader, node))
            }
            "authorialNote" => {
                // Arabic has raised parentheses around the mark, which the page adds itself.
                if let Some(Piece::Text { text, style }) = pieces.last()
                    && style.raised
                    && text.trim() == "("
                {
                    pieces.pop();
                }
                match reader.note(node) {
                    Noted::Mark(mark) => pieces.push(Piece::Note(mark)),
                    Noted::Within(text) => push(pieces, &format!(" ({text})"), &Style::default()),
                    Noted::Empty => {}
                }
                continue;
            }
            "noteRef" => {
                pieces.extend(reader.mark_of(node).map(Piece::Note));
                continue;
            }
            "sup" if super::plain(node) == ")" && matches!(pieces.last(), Some(Piece::Note(_))) => {
                reader.says_all(node);
                continue;
            }
            "sup" => inner.raised = true,
            "span" => {
                let class = node.attribute("class").unwrap_or_default();
                inner.bold |= class.split(' ').any(|word| word == "bold");
                inner.italic |= class.split(' ').any(|word| word == "italic");
            }
            "i" => inner.italic = true,
            "b" => inner.bold = true,
            "a" | "ref" => inner.address = node.attribute("href").and_then(address),
            "eol" | "br" => push(pieces, " ", style),
            _ if names::is_block(name) => push(pieces, " ", style),
            _ if names::is_inline(name) => {}
            _ => reader.not_understood(node, "its text is kept"),
        }
        if let Some((start, _)) = &marks {
            push(pieces, start, style);
        }
        if reader.deeper(node) {
            gather(reader, node.children(), &inner, pieces);
            reader.depth -= 1;
        }
        if let Some((_, end)) = &marks {
            push(pieces, end, style);
        }
        if names::is_block(name) {
            push(pieces, " ", style);
        }
    }
}
