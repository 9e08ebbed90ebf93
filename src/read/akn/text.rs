//! Inline text of AKN4UN elements.

use roxmltree::Node as Element;

use super::characters::folded;
use super::pieces::{Style, address, linked, unbold};
use super::{Reader, extensions, names, quotation_marks};
use crate::model::inline::joined;
use crate::model::{Change, Inline, Text};

/// Returns the inline text of some elements, one after the other.
pub(super) fn of<'a, 'i: 'a>(reader: &mut Reader, elements: impl IntoIterator<Item = Element<'a, 'i>>) -> Text {
    let mut pieces = Vec::new();
    let (mut exact, mut first) = (None, None);
    for (index, element) in elements.into_iter().enumerate() {
        if index > 0 {
            pieces.push(Inline::plain(" "));
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
pub(super) fn line<'a, 'i: 'a>(reader: &mut Reader, nodes: &[Element<'a, 'i>]) -> Text {
    let mut pieces = Vec::new();
    gather(reader, nodes.iter().copied(), &Style::default(), &mut pieces);
    said(reader, pieces)
}

fn said(reader: &Reader, pieces: Vec<Inline>) -> Text {
    let pieces = linked(joined(pieces), reader.language);
    let own = |piece: Inline| match piece.text().map(closed) {
        Some(text) => piece.with_text(text),
        None => piece,
    };
    pieces.into_iter().map(own).collect::<Vec<_>>().into()
}

/// Returns the text of a title, which is bold already.
pub(super) fn title(reader: &mut Reader, element: Element) -> Text {
    let text = of(reader, [element]);
    match extensions::text_of(element) {
        Some(exact) => exact,
        None => unbold(text),
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

/// Returns a text without markup.
pub(super) fn verbatim(text: &str) -> Text {
    Text::verbatim(folded(text).trim_matches(' '))
}

fn gather<'a, 'i: 'a>(
    reader: &mut Reader,
    nodes: impl Iterator<Item = Element<'a, 'i>>,
    style: &Style,
    pieces: &mut Vec<Inline>,
) {
    for node in nodes {
        let name = node.tag_name().name();
        if let Some(text) = node.text().filter(|_| node.is_text()) {
            reader.says(node);
            pieces.push(style.piece(text));
            continue;
        }
        let mut inner = style.clone();
        let mut marks = None;
        match name {
            "" => continue, // comments and instructions
            "quotedText" | "embeddedText" if !quotation_marks::is_marked(node) => {
                marks = Some(quotation_marks::marks(reader, node))
            }
            "authorialNote" => {
                // Arabic has raised parentheses around the mark, which the page adds itself.
                if let Some(Inline::Text { text, raised: true, .. }) = pieces.last()
                    && text.trim() == "("
                {
                    pieces.pop();
                }
                pieces.extend(reader.mark(node).map(|mark| mark.with_change(style.change)));
                continue;
            }
            "noteRef" => {
                match reader.mark_of(node) {
                    Some(mark) => pieces.push(Inline::note(mark).with_change(style.change)),
                    None => reader.not_understood(node, "there is no such note, and its mark is left out"),
                }
                continue;
            }
            "sup" if super::plain(node) == ")" && matches!(pieces.last(), Some(Inline::Note { .. })) => {
                reader.says_all(node);
                continue;
            }
            "sup" => inner.raised = true,
            "span" => {
                let class = node.attribute("class").unwrap_or_default();
                inner.bold |= class.split(' ').any(|word| word == "bold");
                inner.italic |= class.split(' ').any(|word| word == "italic");
            }
            "del" => inner.change = Some(Change::Struck),
            "ins" => inner.change = inner.change.or(Some(Change::Inserted)),
            "i" => inner.italic = true,
            "b" => inner.bold = true,
            "a" | "ref" => inner.address = node.attribute("href").and_then(address),
            "eol" | "br" => pieces.push(style.piece(" ")),
            _ if names::is_block(name) => pieces.push(style.piece(" ")),
            _ if names::is_inline(name) => {}
            _ => reader.not_understood(node, "its text is kept"),
        }
        if let Some((start, _)) = &marks {
            pieces.push(style.piece(start));
        }
        if reader.deeper(node) {
            gather(reader, node.children(), &inner, pieces);
            reader.depth -= 1;
        }
        if let Some((_, end)) = &marks {
            pieces.push(style.piece(end));
        }
        if names::is_block(name) {
            pieces.push(style.piece(" "));
        }
    }
}
