//! Recovers XML that is not well-formed, as browsers do: returns the file with every element
//! closed, and what was assumed. No word is left out or added.
//!
//! What cannot be recovered safely is left alone: a truncated file, comments and attributes that
//! never end, document types.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::entities;
use super::tags::{self, Tag, Token};
use crate::diagnostic::{Diagnostic, Source};
use std::sync::Arc;

/// How many assumptions are reported individually.
const MOST_REPORTED: usize = 50;

/// A file that was made well-formed.
pub(super) struct Recovered {
    pub text: String,
    pub warnings: Vec<Diagnostic>,
    /// Where each part of the text begins, in it and in the source.
    places: Vec<(usize, usize)>,
}

impl Recovered {
    /// Converts a byte range of the text to one of the source.
    pub fn place(&self, span: &Range<usize>) -> Range<usize> {
        let of = |at: usize| match self.places.partition_point(|(text, _)| *text <= at).checked_sub(1) {
            Some(index) => self.places[index].1 + (at - self.places[index].0),
            None => at,
        };
        let start = of(span.start);
        start..of(span.end).max(start)
    }
}

/// Returns the well-formed file, or `None` if it cannot be recovered safely.
pub(super) fn recovered(source: &Arc<Source>) -> Option<Recovered> {
    let tokens = tags::tokens(&source.text)?;
    let pairs = pairs(&tokens)?;
    let mut writer = Writer { source, out: String::new(), places: Vec::new(), reported: Vec::new(), unreported: 0 };
    writer.file(&tokens, &pairs);
    if writer.unreported > 0 {
        let message = format!("{} more places are not well-formed and were recovered", writer.unreported);
        writer.reported.push(Diagnostic::warning("xml-recovered", message).in_source(source, 0..0));
    }
    Some(Recovered { text: writer.out, warnings: writer.reported, places: writer.places })
}

/// The tags without a matching one, by their index in the list of tokens.
struct Pairs {
    unclosed: HashSet<usize>,
    unopened: HashSet<usize>,
}

/// Matches each end tag with the nearest open element of its name. Returns `None` if the root never ends
/// although others are open in it, which means that the file is truncated.
fn pairs(tokens: &[Token]) -> Option<Pairs> {
    let mut open: Vec<(usize, &str)> = Vec::new();
    let mut count: HashMap<&str, usize> = HashMap::new();
    let mut pairs = Pairs { unclosed: HashSet::new(), unopened: HashSet::new() };
    for (index, token) in tokens.iter().enumerate() {
        match token {
            Token::Tag(Tag { name, .. }) => {
                open.push((index, name));
                *count.entry(name).or_default() += 1;
            }
            Token::End(name, _) if count.get(name).is_some_and(|count| *count > 0) => {
                while let Some((at, other)) = open.pop() {
                    count.entry(other).and_modify(|count| *count -= 1);
                    if other == *name {
                        break;
                    }
                    pairs.unclosed.insert(at);
                }
            }
            Token::End(..) => {
                pairs.unopened.insert(index);
            }
            _ => {}
        }
    }
    // Only the end tags of the root and of the document in it may be missing.
    const MOST_OPEN: usize = 2;
    (open.len() <= MOST_OPEN && !tokens.is_empty()).then(|| {
        pairs.unclosed.extend(open.iter().map(|(at, _)| *at));
        pairs
    })
}

struct Writer<'s> {
    source: &'s Arc<Source>,
    out: String,
    places: Vec<(usize, usize)>,
    reported: Vec<Diagnostic>,
    unreported: usize,
}

/// An element that is open.
struct Open<'t> {
    name: &'t str,
    /// Whether it has no end tag of its own.
    unclosed: bool,
    span: Range<usize>,
}

impl Writer<'_> {
    fn report(&mut self, span: &Range<usize>, message: String) {
        if self.reported.len() >= MOST_REPORTED {
            self.unreported += 1;
            return;
        }
        let warning = Diagnostic::warning("xml-recovered", message).hint("correct the file: it is not well-formed XML");
        self.reported.push(warning.in_source(self.source, span.clone()));
    }

    /// Writes a text from that place of the source.
    fn write(&mut self, at: usize, text: &str) {
        self.places.push((self.out.len(), at));
        self.out.push_str(text);
    }

    fn file(&mut self, tokens: &[Token], pairs: &Pairs) {
        let last = tokens.iter().rposition(|token| !matches!(token, Token::Text(text, _) if text.trim().is_empty()));
        let undeclared = undeclared(tokens);
        let mut open: Vec<Open> = Vec::new();
        for (index, token) in tokens.iter().enumerate() {
            match token {
                Token::Text(text, at) => self.text(text, *at),
                Token::Verbatim(text, at) => {
                    let text = escaped(text);
                    self.write(*at, &text);
                }
                Token::Tag(tag) => {
                    let unclosed = pairs.unclosed.contains(&index);
                    // As with paragraphs and items in HTML, one ends where the next begins.
                    while open.last().is_some_and(|top| top.unclosed && ends_before(top.name, tag.name)) {
                        self.close(&mut open, tag.span.start, "the next element begins");
                    }
                    self.tag(tag, &undeclared, open.is_empty());
                    open.push(Open { name: tag.name, unclosed, span: tag.span.clone() });
                }
                Token::Empty(tag) => {
                    self.tag(tag, &undeclared, open.is_empty());
                    self.out.truncate(self.out.len() - 1);
                    self.out.push_str("/>");
                }
                Token::End(name, span) if pairs.unopened.contains(&index) => {
                    if open.len() > 1 && open.last().is_some_and(|top| top.unclosed) {
                        let top = open.pop().map(|top| top.name).unwrap_or_default();
                        self.report(span, format!("</{name}> closes no <{name}>; it is read as the end of <{top}>"));
                        self.write(span.start, &format!("</{top}>"));
                    } else {
                        self.report(span, format!("</{name}> closes no element; it is left out"));
                    }
                }
                Token::End(name, span) => {
                    while open.last().is_some_and(|top| top.name != *name) {
                        self.close(&mut open, span.start, &format!("</{name}> occurs"));
                    }
                    if open.len() == 1 && last.is_some_and(|last| index < last) {
                        self.report(
                            span,
                            format!("</{name}> comes before the end of the file; what follows is read as part of it"),
                        );
                        if let Some(root) = open.last_mut() {
                            root.unclosed = true;
                        }
                    } else if open.pop().is_some() {
                        self.write(span.start, &format!("</{name}>"));
                    }
                }
            }
        }
        while !open.is_empty() {
            self.close(&mut open, self.source.text.len(), "the file ends");
        }
    }

    /// Closes the innermost element, which has no end tag before that place.
    fn close(&mut self, open: &mut Vec<Open>, at: usize, where_it_ends: &str) {
        if let Some(Open { name, span, .. }) = open.pop() {
            self.report(&span, format!("<{name}> is never closed; it is read as ending where {where_it_ends}"));
            self.write(at, &format!("</{name}>"));
        }
    }

    fn tag(&mut self, tag: &Tag, undeclared: &HashSet<&str>, root: bool) {
        self.write(tag.span.start, &format!("<{}", tag.name));
        let mut met: HashSet<&str> = HashSet::new();
        for attribute in &tag.attributes {
            if !met.insert(attribute.name) {
                let message = format!("the attribute “{}” is given twice; the first is used", attribute.name);
                self.report(&attribute.span, message);
                continue;
            }
            if let Some(message) = attribute.oddity {
                self.report(&attribute.span, format!("the attribute “{}” {message}", attribute.name));
            }
            let value = entities::resolved(attribute.value);
            self.write(
                attribute.span.start,
                &format!(" {}=\"{}\"", attribute.name, escaped(&value).replace('"', "&quot;")),
            );
        }
        if root {
            for prefix in undeclared {
                self.report(&tag.span, format!("the prefix “{prefix}:” is not declared; its elements are read anyway"));
            }
            let mut prefixes: Vec<_> = undeclared.iter().collect();
            prefixes.sort();
            for prefix in prefixes {
                self.out.push_str(&format!(" xmlns:{prefix}=\"urn:undeclared:{prefix}\""));
            }
        }
        self.out.push('>');
    }

    /// Writes text with literal characters for bare `<` and `&` and for entities that XML does not know.
    fn text(&mut self, text: &str, at: usize) {
        let mut rest = 0;
        for found in text.match_indices(['&', '<']).map(|(found, _)| found).collect::<Vec<_>>() {
            if found < rest {
                continue;
            }
            let plain = escaped(&text[rest..found]);
            self.write(at + rest, &plain);
            let (value, length, note) = entities::at(&text[found..]);
            if let Some(note) = note {
                self.report(&(at + found..at + found + length), note);
            }
            let value = escaped(&value);
            self.write(at + found, &value);
            rest = found + length;
        }
        let plain = escaped(&text[rest..]);
        self.write(at + rest, &plain);
    }
}

/// Whether an element of that name ends where one of the other begins.
fn ends_before(name: &str, next: &str) -> bool {
    let line = super::names::is_line(name) || super::names::is_heading(name) || matches!(name, "num" | "td" | "th");
    let inline = !super::names::is_block(name);
    name == next || ((line || inline) && super::names::is_block(next))
}

/// Returns the prefixes of names that no attribute declares.
fn undeclared<'t>(tokens: &[Token<'t>]) -> HashSet<&'t str> {
    let (mut used, mut declared) = (HashSet::new(), HashSet::from(["xml", "xmlns"]));
    for token in tokens {
        let (Token::Tag(tag) | Token::Empty(tag)) = token else { continue };
        used.extend(tag.name.split_once(':').map(|(prefix, _)| prefix));
        for attribute in &tag.attributes {
            match attribute.name.split_once(':') {
                Some(("xmlns", prefix)) => drop(declared.insert(prefix)),
                Some((prefix, _)) => drop(used.insert(prefix)),
                None => {}
            }
        }
    }
    used.difference(&declared).copied().collect()
}

/// Escapes a text for XML, without the characters that XML cannot express and that print nothing.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\t' | '\n' | '\r' => out.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}
