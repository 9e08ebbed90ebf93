//! The tags and texts of a file that is not well-formed XML.

use std::ops::Range;

/// A tag or a text, each with its place.
pub(super) enum Token<'t> {
    Tag(Tag<'t>),
    Empty(Tag<'t>),
    End(&'t str, Range<usize>),
    Text(&'t str, usize),
    /// Text in which no character has a special meaning.
    Verbatim(&'t str, usize),
}

pub(super) struct Tag<'t> {
    pub name: &'t str,
    pub attributes: Vec<Attribute<'t>>,
    pub span: Range<usize>,
}

pub(super) struct Attribute<'t> {
    pub name: &'t str,
    pub value: &'t str,
    pub span: Range<usize>,
    /// What is not valid XML about it.
    pub oddity: Option<&'static str>,
}

/// Returns the tags and texts of a file without comments and instructions. Returns `None` if one of them
/// never ends, or if there is a document type.
pub(super) fn tokens(text: &str) -> Option<Vec<Token<'_>>> {
    let mut out = Vec::new();
    let (mut at, mut from) = (0, 0);
    while let Some(found) = text[at..].find('<') {
        let start = at + found;
        let rest = &text[start..];
        let skipped = |open: &str, close: &str| -> Option<Option<usize>> {
            let inner = rest.strip_prefix(open)?;
            Some(inner.find(close).map(|end| start + open.len() + end + close.len()))
        };
        let (token, end) = if let Some(end) = skipped("<!--", "-->").or_else(|| skipped("<?", "?>")) {
            (None, end?)
        } else if let Some(end) = skipped("<![CDATA[", "]]>") {
            let end = end?;
            (Some(Token::Verbatim(&text[start + 9..end - 3], start + 9)), end)
        } else if rest.get(..9).is_some_and(|head| head.eq_ignore_ascii_case("<!DOCTYPE")) {
            return None;
        } else if let Some(name) = rest.strip_prefix("</").map(name).filter(|name| !name.is_empty()) {
            let end = start + 2 + name.len() + rest[2 + name.len()..].find('>')? + 1;
            (Some(Token::End(name, start..end)), end)
        } else if !name(&rest[1..]).is_empty() {
            let (token, end) = tag(text, start)?;
            (Some(token), end)
        } else {
            // A bare `<` is text.
            at = start + 1;
            continue;
        };
        if from < start {
            out.push(Token::Text(&text[from..start], from));
        }
        out.extend(token);
        (at, from) = (end, end);
    }
    if from < text.len() {
        out.push(Token::Text(&text[from..], from));
    }
    // Text outside the root does not belong to it.
    let blank = |token: &Token| matches!(token, Token::Text(text, _) if text.trim_matches(['\u{feff}', ' ', '\n', '\r', '\t']).is_empty());
    let first = out.iter().position(|token| !blank(token))?;
    matches!(out[first], Token::Tag(_)).then(|| out.split_off(first))
}

/// Returns the name with which a text begins.
fn name(text: &str) -> &str {
    let allowed = |(at, c): (usize, char)| {
        c.is_alphabetic() || c == '_' || (at > 0 && (c.is_alphanumeric() || "-.:".contains(c)))
    };
    let end = text.char_indices().find(|place| !allowed(*place)).map_or(text.len(), |(at, _)| at);
    text[..end].trim_end_matches(':')
}

/// Returns a start tag and where it ends, or `None` if it never ends.
fn tag(text: &str, start: usize) -> Option<(Token<'_>, usize)> {
    let tag_name = name(&text[start + 1..]);
    let mut at = start + 1 + tag_name.len();
    let mut attributes = Vec::new();
    loop {
        let rest = &text[at..];
        let skipped = rest.len() - rest.trim_start().len();
        at += skipped;
        let rest = &text[at..];
        if let Some(length) = [">", "/>"].into_iter().find(|end| rest.starts_with(end)).map(str::len) {
            let tag = Tag { name: tag_name, attributes, span: start..at + length };
            return Some((if length == 2 { Token::Empty(tag) } else { Token::Tag(tag) }, at + length));
        }
        let attribute = name(rest);
        if attribute.is_empty() {
            // A quotation mark here is unmatched: words might be within the tag.
            if rest.is_empty() || rest.starts_with(['<', '"', '\'']) {
                return None;
            }
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        }
        let from = at;
        at += attribute.len();
        let after = text[at..].trim_start();
        let (value, end, oddity) = match after.strip_prefix('=') {
            None => ("", at, Some("has no value; it is read as empty")),
            Some(after) => value(text, text.len() - after.trim_start().len())?,
        };
        at = end;
        attributes.push(Attribute { name: attribute, value, span: from..at, oddity });
    }
}

/// Returns the value of an attribute, where it ends, and what is not valid XML about it.
fn value(text: &str, at: usize) -> Option<(&str, usize, Option<&'static str>)> {
    let rest = &text[at..];
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
    if let Some(quote) = quote {
        let end = rest[1..].find(quote)?;
        let value = &rest[1..1 + end];
        // If the closing quotation mark is missing, the value would include tags and words.
        return (!value.contains('<') || !value.contains('>')).then_some((value, at + end + 2, None));
    }
    let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '>' | '<'))?;
    let value = rest[..end].strip_suffix('/').filter(|_| rest[end..].starts_with('>')).unwrap_or(&rest[..end]);
    Some((value, at + value.len(), Some("has no quotation marks around its value")))
}
