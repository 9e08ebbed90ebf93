//! Pieces of inline text, and what is made of them.

use super::characters::folded;
use crate::model::inline::joined;
use crate::model::{Change, Inline, Language, Text};
use crate::percent::without_brackets;
use crate::prepare::{Leads, links_of};

/// The style of the elements around a text.
#[derive(Debug, Clone, Default)]
pub(super) struct Style {
    pub italic: bool,
    pub bold: bool,
    pub raised: bool,
    pub change: Option<Change>,
    pub address: Option<String>,
}

impl Style {
    /// Creates a piece of text of the style.
    pub fn piece(&self, text: &str) -> Inline {
        let Self { italic, bold, raised, change, address } = self.clone();
        Inline::Text { text: folded(text), italic, bold, raised, change, address }
    }
}

/// Returns an address as the model accepts it.
pub(super) fn address(href: &str) -> Option<String> {
    let known = ["http:", "https:", "mailto:"].iter().any(|scheme| href.starts_with(scheme));
    let fits = !href.contains(char::is_whitespace);
    (known && fits).then(|| without_brackets(href))
}

/// Removes the addresses that `prepare` adds to these texts in any case.
pub(super) fn linked(mut pieces: Vec<Inline>, language: Language) -> Vec<Inline> {
    if pieces.iter().all(|piece| !matches!(piece, Inline::Text { address: Some(_), .. })) {
        return pieces;
    }
    let said: Vec<_> = pieces.iter().map(|piece| (piece.change(), piece.text().unwrap_or_default())).collect();
    let usual = links_of(&said, Leads::official(language));
    let mut at = 0;
    for piece in &mut pieces {
        let Inline::Text { text, address: given, .. } = piece else { continue };
        let range = at..at + text.len();
        at = range.end;
        let is_usual =
            |given: &String| usual.iter().any(|(stretch, to)| *stretch == range && address(to).as_ref() == Some(given));
        *given = given.take().filter(|given| !is_usual(given));
    }
    joined(pieces)
}

/// Joins texts.
pub(super) fn chained<'t>(texts: impl IntoIterator<Item = &'t Text>, between: &str) -> Text {
    let mut pieces = Vec::new();
    for text in texts {
        if !pieces.is_empty() {
            pieces.push(Inline::plain(between));
        }
        pieces.extend_from_slice(text.pieces());
    }
    pieces.into()
}

/// Adds pieces at the end of a text.
pub(super) fn followed(text: Text, more: Vec<Inline>) -> Text {
    if more.is_empty() { text } else { [text.pieces().to_vec(), more].concat().into() }
}

/// Splits a text after so many bytes of its characters.
pub(super) fn split(text: &Text, after: usize) -> (Text, Text) {
    let (mut first, mut rest, mut at) = (Vec::new(), Vec::new(), 0);
    for piece in text.pieces() {
        let said = piece.text().unwrap_or_default();
        let end = at + said.len();
        match after {
            _ if end <= after => first.push(piece.clone()),
            _ if at >= after => rest.push(piece.clone()),
            _ => {
                first.push(piece.with_text(&said[..after - at]));
                rest.push(piece.with_text(&said[after - at..]));
            }
        }
        at = end;
    }
    (first.into(), rest.into())
}

/// Returns a text that is bold already without its bold marks.
pub(super) fn unbold(text: Text) -> Text {
    let is_bold = |piece: &Inline| matches!(piece, Inline::Text { bold: true, .. });
    if !text.pieces().iter().any(is_bold) {
        return text;
    }
    let mut pieces = text.pieces().to_vec();
    for piece in &mut pieces {
        if let Inline::Text { bold, .. } = piece {
            *bold = false;
        }
    }
    pieces.into()
}
