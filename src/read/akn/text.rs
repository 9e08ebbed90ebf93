//! Inline text of AKN4UN elements, written in the model's small Markdown.

use roxmltree::Node as Element;

use super::characters::folded;
use super::{Noted, Reader, ours};
use crate::model::Language;
use crate::model::inline::{self, Inline};
use crate::prepare::links;

/// A piece of text of one style, or a reference to a note.
#[derive(Debug, Clone, PartialEq)]
enum Piece {
    Text { text: String, style: Style },
    Note(String),
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Style {
    italic: bool,
    bold: bool,
    raised: bool,
    address: Option<String>,
}

/// The inline text of some elements, one after the other.
pub(super) fn of<'a, 'i: 'a>(reader: &mut Reader, elements: impl IntoIterator<Item = Element<'a, 'i>>) -> String {
    let mut pieces = Vec::new();
    let mut exact = None;
    for (index, element) in elements.into_iter().enumerate() {
        if index > 0 {
            push(&mut pieces, " ", &Style::default());
        }
        // What is said exactly is read all the same: notes lie in it.
        exact = ours::text_of(element).filter(|_| index == 0);
        gather(reader, element, &Style::default(), &mut pieces);
    }
    exact.unwrap_or_else(|| closed(&written(&linked(joined(pieces), reader.language))))
}

/// The text of a title, which is bold already.
pub(super) fn title(reader: &mut Reader, element: Element) -> String {
    let text = of(reader, [element]);
    match ours::text_of(element) {
        Some(exact) => exact,
        None => text.replace("***", "*").replace("**", ""),
    }
}

/// A text without the spaces after full-width punctuation, which takes the room of one.
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

/// A text without markup, as the model's Markdown says it.
pub(super) fn verbatim(text: &str) -> String {
    escaped(folded(text).trim_matches(' '))
}

/// Elements within a line of text, as far as a page shows nothing of them but their text.
const INLINE: [&str; 38] = [
    "abbr",
    "date",
    "decoration",
    "def",
    "del",
    "docAuthority",
    "docDate",
    "docIntroducer",
    "docJurisdiction",
    "docNumber",
    "docPurpose",
    "docStage",
    "docStatus",
    "docTitle",
    "docType",
    "docProponent",
    "docketNumber",
    "entity",
    "event",
    "fillIn",
    "inline",
    "ins",
    "legislature",
    "location",
    "lawyer",
    "judge",
    "party",
    "mref",
    "num",
    "object",
    "organization",
    "person",
    "placeholder",
    "quantity",
    "quotedText",
    "role",
    "session",
    "term",
];

/// Elements whose text stands on lines of its own.
const LINES: [&str; 16] = [
    "block",
    "blockList",
    "content",
    "embeddedText",
    "intro",
    "item",
    "li",
    "list",
    "p",
    "point",
    "table",
    "tbody",
    "td",
    "th",
    "tr",
    "wrapUp",
];

fn gather(reader: &mut Reader, element: Element, style: &Style, pieces: &mut Vec<Piece>) {
    for node in element.children() {
        if let Some(text) = node.text().filter(|_| node.is_text()) {
            reader.says(node);
            push(pieces, text, style);
            continue;
        }
        let mut inner = style.clone();
        match node.tag_name().name() {
            "" => continue, // comments and instructions
            "authorialNote" => {
                // Arabic sets raised parentheses around the mark, which the page adds itself.
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
            name if INLINE.contains(&name) => {}
            name if LINES.contains(&name) => push(pieces, " ", style),
            _ => reader.not_understood(node, "its text is kept"),
        }
        if reader.deeper(node) {
            gather(reader, node, &inner, pieces);
            reader.depth -= 1;
        }
        if LINES.contains(&node.tag_name().name()) {
            push(pieces, " ", style);
        }
    }
}

/// An address as the model takes it.
fn address(href: &str) -> Option<String> {
    let known = ["http:", "https:", "mailto:"].iter().any(|scheme| href.starts_with(scheme));
    let fits = !href.contains(char::is_whitespace);
    (known && fits).then(|| href.replace('(', "%28").replace(')', "%29"))
}

fn push(pieces: &mut Vec<Piece>, text: &str, style: &Style) {
    pieces.push(Piece::Text { text: text.to_owned(), style: style.clone() });
}

/// Pieces with their spaces folded and moved out of styles, neighbours of one style joined.
fn joined(pieces: Vec<Piece>) -> Vec<Piece> {
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

/// Without the addresses to which `prepare` leads those stretches anyhow.
fn linked(mut pieces: Vec<Piece>, language: Language) -> Vec<Piece> {
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

/// The pieces in Markdown, but for styles that begin within a Latin word, where no mark opens;
/// if that would still say another text, without any style.
fn written(pieces: &[Piece]) -> String {
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
    let read: String = inline::parse(&styled)
        .0
        .into_iter()
        .map(|piece| match piece {
            Inline::Text { text, .. } => text,
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

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '*' | '[' | ']' | '^') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
