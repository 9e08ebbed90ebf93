//! Converts paragraphs and list entries into passages with their items.

use super::super::layout;
use super::super::tree::{Node, Value};
use super::blocks::Body;
use super::elements::{Element, Entry, Kind};
use super::labels;
use crate::model::{Inline, Text};
use crate::prepare::bracketed as label;

/// The last numbers of a body or an annex.
#[derive(Default)]
pub(super) struct Count {
    operative: u16,
    numbered: u16,
    /// The last written number.
    written: Option<u16>,
}

impl Count {
    fn of(&mut self, kind: &str) -> &mut u16 {
        if kind == "operative" { &mut self.operative } else { &mut self.numbered }
    }

    /// Counts a block that is given in YAML.
    pub fn pass(&mut self, kind: &str, node: &Node) {
        if !["operative", "numbered"].contains(&kind) {
            return;
        }
        let count = self.of(kind);
        match node.field("number").map(|number| &number.value) {
            None => *count = count.saturating_add(1),
            Some(Value::String(set) | Value::Number(set)) => {
                *count = set.trim_end_matches('.').parse().unwrap_or(*count);
            }
            Some(_) => {}
        }
    }
}

/// A passage under construction.
pub(super) struct Passage {
    kind: &'static str,
    text: Node,
    number: Option<Node>,
    parts: Parts,
}

/// What follows the text of a passage or an item.
#[derive(Default)]
struct Parts {
    layout: Option<Node>,
    items: Vec<Node>,
    continuation: Vec<Node>,
}

impl Passage {
    pub fn new(kind: &'static str, mut text: Node, source: &str) -> Self {
        let parts = Parts { layout: layout::taken_off(&mut text, source), ..Parts::default() };
        Self { kind, text, number: None, parts }
    }

    /// Returns its kind and its value.
    pub fn finish(self) -> (&'static str, Node) {
        (self.kind, value(self.text, ("number", self.number), self.parts))
    }
}

/// Returns a bare text, or a map if there is more.
fn value(text: Node, designation: (&str, Option<Node>), parts: Parts) -> Node {
    let (items, continuation) = (Node::list(parts.items), Node::list(parts.continuation));
    let layout = parts.layout;
    if designation.1.is_none() && layout.is_none() && items.is_none() && continuation.is_none() {
        return text;
    }
    let end = [&layout, &items, &continuation].into_iter().flatten().map(|node| node.span.end).max();
    let start = designation.1.as_ref().map_or(text.span.start, |node| node.span.start);
    let span = start..end.unwrap_or(text.span.end);
    Node::map(
        span,
        [("text", Some(text)), designation, ("layout", layout), ("items", items), ("continue", continuation)],
    )
}

impl Body<'_> {
    /// Adds a paragraph, or, if it begins with a lower-case letter after items, the text that
    /// continues after them.
    pub fn paragraph(&mut self, text: Node) {
        let small = words(&text).starts_with(char::is_lowercase);
        if small && self.open.as_ref().is_some_and(|passage| !passage.parts.items.is_empty()) {
            let text = self.continued(text);
            self.open.iter_mut().for_each(|passage| passage.parts.continuation.push(text.clone()));
            return;
        }
        let mut passage = Passage::new("paragraph", text, &self.source.text);
        let words = words(&passage.text);
        passage.kind = match opening(words) {
            // Without italics only at the beginning of a text, where nothing else can be expected.
            Opening::Plain if self.acts && self.is_empty() && names_organ(words) => "enacting",
            Opening::Enacting if self.acts => "enacting",
            Opening::Italic if self.acts => "preambular",
            _ => "paragraph",
        };
        self.close();
        self.open = Some(passage);
    }

    /// Text that continues after items, which has no layout of its own.
    fn continued(&mut self, mut text: Node) -> Node {
        if let Some(layout) = layout::taken_off(&mut text, &self.source.text) {
            let hint = "put it at the end of the text above the items, or take it out";
            self.structure(layout.span, "text that continues after items has no layout of its own", hint);
        }
        text
    }

    /// Adds a list: numbers begin passages, everything else is an item of the passage above.
    pub fn list(&mut self, entries: Vec<Entry>) {
        // A list that counts on its own, from whatever number it begins with.
        let numbers: Vec<Option<u16>> = entries.iter().map(|entry| number(self.marker(entry))).collect();
        let counts = matches!(numbers[..], [Some(first), Some(second), ..] if Some(second) == first.checked_add(1));
        for (index, entry) in entries.into_iter().enumerate() {
            let marker = self.marker(&entry);
            if !marker.starts_with(|c: char| c.is_ascii_digit()) {
                self.items(vec![entry]);
                continue;
            }
            let marker = marker.to_owned();
            self.close();
            let start = entry.span.start;
            let (text, parts) = self.content(entry, 1);
            let kind = if self.acts && opening(words(&text)) != Opening::Plain { "operative" } else { "numbered" };
            let digits = marker.trim_end_matches(['.', ')']);
            let written = number(&marker);
            let above = std::mem::replace(&mut self.count.written, written);
            let again = written.is_some() && written == above && !(index == 0 && counts);
            let count = self.count.of(kind);
            let next = count.saturating_add(1);
            // Authors who leave the counting to Markdown repeat the same number.
            let number = if written == Some(next) || again {
                *count = next;
                None
            } else {
                *count = written.unwrap_or(*count);
                Some(Node::text(digits, start..start + digits.len()))
            };
            self.open = Some(Passage { kind, text, number, parts });
        }
    }

    /// Adds items to the passage above.
    pub fn items(&mut self, entries: Vec<Entry>) {
        let Some(mut passage) = self.open.take() else {
            if let Some(entry) = entries.into_iter().next() {
                let hint = "write the paragraph they belong to above them";
                self.structure(entry.span, "these items have no paragraph above them", hint);
            }
            return;
        };
        self.add_items(entries, &mut passage.parts, 1);
        self.open = Some(passage);
    }

    fn add_items(&mut self, entries: Vec<Entry>, to: &mut Parts, level: u8) {
        for entry in entries {
            if !to.continuation.is_empty() {
                let hint = "number that text as a separate paragraph, or make it the last item";
                return self.structure(entry.span, "items cannot follow text that continues after a list", hint);
            }
            let item = self.item(entry, level, to.items.len());
            to.items.push(item);
        }
    }

    fn item(&mut self, entry: Entry, level: u8, index: usize) -> Node {
        let start = entry.span.start;
        let marker = self.marker(&entry).to_owned();
        let (mut text, parts) = self.content(entry, level.saturating_add(1));
        let mut written = (!["-", "*", "+"].contains(&marker.as_str())).then(|| (marker.clone(), start));
        // A bullet may precede the label.
        if let Some(found) = labels::label(words(&text)).filter(|_| written.is_none()).map(str::to_owned) {
            let cut = text.span.start + found.len();
            let rest = words(&text)[found.len()..].trim_start().to_owned();
            let stop = text.span.end;
            written = Some((found, text.span.start));
            text = Node::text(rest, (cut + 1).min(stop)..stop);
        }
        let given = written.filter(|(written, _)| *written != label(level, index));
        let given = given.map(|(label, at)| Node::text(label.as_str(), at..at + label.len()));
        value(text, ("label", given), parts)
    }

    /// Returns the content of an entry: its text, and items one level deeper.
    fn content(&mut self, entry: Entry, level: u8) -> (Node, Parts) {
        let mut text = None;
        let mut parts = Parts::default();
        for Element { kind, span } in entry.children {
            match kind {
                Kind::Paragraph(mut words) if text.is_none() => {
                    parts.layout = layout::taken_off(&mut words, &self.source.text);
                    text = Some(words);
                }
                Kind::Paragraph(words) => parts.continuation.push(self.continued(words)),
                Kind::List(entries) => self.add_items(entries, &mut parts, level),
                _ => {
                    let hint = "begin it at the left margin; an item contains only text and items";
                    self.structure(span, "not allowed within an item", hint);
                }
            }
        }
        let at = entry.span.start;
        (text.unwrap_or_else(|| Node::text("", at..at)), parts)
    }

    /// Returns the number, bullet or label with which an entry begins.
    fn marker(&self, entry: &Entry) -> &str {
        let written = self.source.text.get(entry.span.clone()).unwrap_or("");
        let bullet = written.starts_with(['-', '*', '+']);
        let end = if bullet { Some(1) } else { written.find(['.', ')']).map(|at| at + 1) };
        &written[..end.unwrap_or(0)]
    }
}

/// Parses the number of a marker, “1.” or “1)”.
fn number(marker: &str) -> Option<u16> {
    marker.trim_end_matches(['.', ')']).parse().ok()
}

/// Whether a text may be only the name of an organ and a comma.
fn names_organ(text: &str) -> bool {
    /// The maximum number of words of such a name, with its article.
    const LONGEST: usize = 8;
    let upper = text.chars().next().is_some_and(|first| !first.is_lowercase());
    let said = text.chars().any(char::is_alphabetic);
    upper && said && text.ends_with([',', '،', '，']) && text.split_whitespace().count() <= LONGEST
}

#[derive(PartialEq, Eq)]
enum Opening {
    /// Only an italic name and a comma.
    Enacting,
    /// Italic words, then others.
    Italic,
    Plain,
}

fn opening(text: &str) -> Opening {
    if !text.starts_with('*') {
        return Opening::Plain;
    }
    match Text::from(text).pieces() {
        [Inline::Text { italic: true, bold: false, .. }, Inline::Text { text, italic: false, .. }]
            if [",", "،", "，"].contains(&text.as_str()) =>
        {
            Opening::Enacting
        }
        // The comma may be part of the italics.
        [Inline::Text { text, italic: true, bold: false, .. }] if names_organ(text) => Opening::Enacting,
        [Inline::Text { italic: true, .. }, ..] => Opening::Italic,
        _ => Opening::Plain,
    }
}

fn words(node: &Node) -> &str {
    match &node.value {
        Value::String(words) => words,
        _ => "",
    }
}
