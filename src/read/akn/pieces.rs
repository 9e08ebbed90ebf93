//! Pieces of text of one style, and their form in the model's inline Markdown.

use super::characters::folded;
use crate::model::{Inline, Language, Text};
use crate::prepare::links;

/// A piece of text of one style, or a reference to a note.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    Text { text: String, style: Style },
    Note(String),
}

#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Style {
    pub italic: bool,
    pub bold: bool,
    pub raised: bool,
    pub address: Option<String>,
}

/// Returns an address as the model accepts it.
pub(super) fn address(href: &str) -> Option<String> {
    let known = ["http:", "https:", "mailto:"].iter().any(|scheme| href.starts_with(scheme));
    let fits = !href.contains(char::is_whitespace);
    (known && fits).then(|| href.replace('(', "%28").replace(')', "%29"))
}

pub(super) fn push(pieces: &mut Vec<Piece>, text: &str, style: &Style) {
    pieces.push(Piece::Text { text: text.to_owned(), style: style.clone() });
}

/// Folds spaces and moves them out of styles, and joins adjacent pieces of the same style.
pub(super) fn joined(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut after_space = true;
    let add = |text: &str, style: &Style, out: &mut Vec<Piece>| {
        match out.last_mut() {
            Some(Piece::Text { text: last, style: same }) if same == style => last.push_str(text),
            _ if text.is_empty() => {}
            _ => push(out, text, style),
        };
    };
    for piece in pieces {
        let Piece::Text { text, style } = piece else {
            after_space = false;
            out.push(piece);
            continue;
        };
        let mut text = folded(&text);
        if after_space {
            text = text.trim_start_matches(' ').to_owned();
        }
        if text.is_empty() {
            continue;
        }
        after_space = text.ends_with(' ');
        let words = text.trim_matches(' ');
        let lead = &text[..text.len() - text.trim_start_matches(' ').len()];
        let trail = &text[words.len() + lead.len()..];
        add(lead, &Style::default(), &mut out);
        add(words, &style, &mut out);
        add(trail, &Style::default(), &mut out);
    }
    if let Some(Piece::Text { text, .. }) = out.last_mut() {
        text.truncate(text.trim_end_matches(' ').len());
    }
    out
}

/// Removes the addresses that `prepare` adds to these texts in any case.
pub(super) fn linked(mut pieces: Vec<Piece>, language: Language) -> Vec<Piece> {
    if pieces.iter().all(|piece| !matches!(piece, Piece::Text { style: Style { address: Some(_), .. }, .. })) {
        return pieces;
    }
    let length = |piece: &Piece| if let Piece::Text { text, .. } = piece { text.len() } else { 0 };
    let whole: String = pieces
        .iter()
        .filter_map(|piece| if let Piece::Text { text, .. } = piece { Some(text.as_str()) } else { None })
        .collect();
    let usual = links(&whole, language);
    let mut at = 0;
    for piece in &mut pieces {
        let range = at..at + length(piece);
        at = range.end;
        if let Piece::Text { style, .. } = piece {
            let is_usual = |given: &String| {
                usual.iter().any(|(stretch, to)| *stretch == range && address(to).as_ref() == Some(given))
            };
            style.address = style.address.take().filter(|given| !is_usual(given));
        }
    }
    pieces.into_iter().fold(Vec::new(), |mut out, piece| {
        match (out.last_mut(), &piece) {
            (Some(Piece::Text { text: last, style: same }), Piece::Text { text, style }) if same == style => {
                last.push_str(text);
            }
            _ => out.push(piece),
        }
        out
    })
}

/// Writes the pieces in Markdown, except styles that begin within a Latin word, where no mark opens;
/// if that would still be read as a different text, without any style.
pub(super) fn written(pieces: &[Piece]) -> String {
    let mut styled = String::new();
    for piece in pieces {
        let within = styled.ends_with(|c: char| c.is_ascii_alphanumeric());
        styled += &match piece {
            Piece::Text { text, style } if within && (style.bold || style.italic) => {
                let style = Style { bold: false, italic: false, ..style.clone() };
                markdown(&Piece::Text { text: text.clone(), style })
            }
            _ => markdown(piece),
        };
    }
    let said: String = pieces
        .iter()
        .map(|piece| match piece {
            Piece::Text { text, .. } => text.clone(),
            Piece::Note(mark) => format!("[^{mark}]"),
        })
        .collect();
    let read: String = Text::from(styled.as_str())
        .pieces()
        .iter()
        .map(|piece| match piece {
            Inline::Text { text, .. } => text.clone(),
            Inline::Note(mark) => format!("[^{mark}]"),
        })
        .collect();
    if read == said {
        return styled;
    }
    let unstyled = pieces.iter().map(|piece| match piece {
        Piece::Text { text, .. } => escaped(text),
        Piece::Note(mark) => format!("[^{mark}]"),
    });
    unstyled.collect()
}

fn markdown(piece: &Piece) -> String {
    let (text, style) = match piece {
        Piece::Note(mark) => return format!("[^{mark}]"),
        Piece::Text { text, style } => (text, style),
    };
    let marks = match (style.bold, style.italic) {
        (true, true) => "***",
        (true, false) => "**",
        (false, true) => "*",
        (false, false) => "",
    };
    let words = if style.raised && text.chars().all(char::is_alphanumeric) {
        format!("^{text}^")
    } else {
        format!("{marks}{}{marks}", escaped(text))
    };
    match &style.address {
        Some(address) => format!("[{words}]({address})"),
        None => words,
    }
}

pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '*' | '[' | ']' | '^') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
