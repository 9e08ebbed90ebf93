//! What a page cannot have as it is, made so that it can: nothing of a published text is refused
//! for its form, and nothing is left out. What masthead has written says exactly what it says.

use super::text::verbatim;
use super::{Reader, cover, field, levels, said};
use crate::diagnostic::Diagnostic;
use crate::model::inline;
use crate::read::tree::{Field, Node, Value};

/// The longest designation, in characters.
const LONGEST_DESIGNATION: usize = 20;
/// The longest heading, in bytes.
const LONGEST_HEADING: usize = 1_500;
/// The longest paragraph, in bytes, with room for what is put before it.
const LONGEST_TEXT: usize = 90_000;
/// The deepest level of sub-paragraphs.
const DEEPEST: usize = 4;

/// Fields that are said twice become lines of the session block, and so do those that pages of the
/// Security Council have no place for; fields without text are left out.
pub(super) fn header(reader: &mut Reader, fields: &mut Vec<Field>) {
    if reader.exact {
        return;
    }
    let council = text_of(fields, "symbol").is_some_and(|symbol| symbol.starts_with("S/"));
    let decision = text_of(fields, "kind") == Some("decision");
    let mut kept: Vec<Field> = Vec::with_capacity(fields.len());
    let mut lines: Vec<Node> = Vec::new();
    for mut field in std::mem::take(fields) {
        let empty = match &mut field.node.value {
            Value::String(text) => !visible(text),
            Value::List(list) => {
                list.retain(|node| !matches!(&node.value, Value::String(text) if !visible(text)));
                list.is_empty()
            }
            _ => false,
        };
        if empty {
            continue;
        }
        let unprinted = match field.key.as_str() {
            "adopted_note" => council && !decision,
            "part" => council && !decision,
            "meeting" => council && decision,
            _ => false,
        };
        let before = kept.iter().find(|other| other.key == field.key);
        let shown = !["language", "kind", "distribution", "date", "adopted", "job", "job_date", "agenda_title"]
            .contains(&field.key.as_str());
        if before.is_some() && !shown {
            continue;
        }
        if before.is_some() || unprinted {
            match field.node.value {
                Value::List(texts) => lines.extend(texts),
                Value::String(text) | Value::Number(text) => {
                    let plain = field.key == "number" || field.key == "symbol";
                    lines.push(Node::text(if plain { verbatim(&text) } else { text }, field.node.span));
                }
                _ => {}
            }
        } else {
            kept.push(field);
        }
    }
    *fields = kept;
    for line in lines {
        tell(reader, &line, "the page has no place for this; it is kept in the session block");
        cover::add_line(fields, line);
    }
}

/// Notes to which nothing refers any more become paragraphs at the end.
pub(super) fn notes(reader: &mut Reader, fields: &[Field], body: &mut Vec<Node>) {
    if reader.exact {
        return;
    }
    let mut marks = Vec::new();
    fields.iter().for_each(|field| marks_in(&field.node, &mut marks));
    body.iter().for_each(|block| marks_in(block, &mut marks));
    let (referred, lost): (Vec<Field>, _) =
        std::mem::take(&mut reader.notes).into_iter().partition(|note| marks.contains(&note.key));
    reader.notes = referred;
    for note in lost {
        tell(reader, &note.node, "nothing refers to this note any more; it is kept as a paragraph");
        let span = note.node.span.clone();
        body.push(Node { value: Value::Map(vec![field("paragraph", span.clone(), note.node.value)]), span });
    }
}

fn marks_in(node: &Node, marks: &mut Vec<String>) {
    match &node.value {
        Value::String(text) if text.contains("[^") => {
            marks.extend(inline::notes(text).into_iter().map(|(mark, _)| mark));
        }
        Value::List(nodes) => nodes.iter().for_each(|node| marks_in(node, marks)),
        // Labels and numbers are printed as they stand.
        Value::Map(fields) => {
            let texts = fields.iter().filter(|field| !["label", "number"].contains(&field.key.as_str()));
            texts.for_each(|field| marks_in(&field.node, marks));
        }
        _ => {}
    }
}

/// The blocks as a page can have them.
pub(super) fn blocks(reader: &mut Reader, list: &mut Vec<Node>) {
    if reader.exact {
        return;
    }
    let mut out: Vec<Node> = Vec::with_capacity(list.len());
    for mut block in std::mem::take(list) {
        let Value::Map(map) = &mut block.value else { continue };
        let [Field { key, node, .. }] = &mut map[..] else { continue };
        match key.as_str() {
            "heading" => heading(reader, block, &mut out),
            "enacting" | "preambular" | "operative" | "paragraph" | "numbered" | "quote" => {
                let mut passage = Passage::of(node);
                let labelled =
                    key == "operative" && passage.label.as_ref().is_some_and(|label| levels::is_label(label));
                if labelled && let Some(before) = out.last_mut().and_then(passage_in) {
                    if passage.settle(1) {
                        join(before, passage);
                    }
                    continue;
                }
                if passage.settle(0) {
                    let kind = if key == "operative" && passage.label.is_none() { "paragraph" } else { key.as_str() };
                    out.push(block_of(kind, passage));
                }
            }
            _ => out.push(block),
        }
    }
    for block in &mut out {
        if let Some(node) = passage_in(block) {
            let mut passage = Passage::of(node);
            passage.items = levels::nested(std::mem::take(&mut passage.items));
            shallow(&mut passage.items, 1);
            *node = passage.node("number");
        }
    }
    *list = out;
}

/// The value of a block that is a paragraph, which may have sub-paragraphs.
pub(super) fn passage_in(block: &mut Node) -> Option<&mut Node> {
    let Value::Map(map) = &mut block.value else { return None };
    let [Field { key, node, .. }] = &mut map[..] else { return None };
    ["preambular", "operative", "paragraph", "numbered"].contains(&key.as_str()).then_some(node)
}

/// Puts a paragraph that has a label under the one before it.
pub(super) fn join(before: &mut Node, item: Passage) {
    let mut passage = Passage::of(before);
    passage.push(item);
    *before = passage.node("number");
}

fn block_of(kind: &str, passage: Passage) -> Node {
    let span = passage.span.clone();
    Node { value: Value::Map(vec![field(kind, span.clone(), passage.node("number").value)]), span }
}

/// A heading that is none any more, for its length, is a paragraph.
fn heading(reader: &mut Reader, mut block: Node, out: &mut Vec<Node>) {
    let Some(fields) = block.field("heading") else { return };
    let text = |name: &str| match fields.field(name) {
        Some(Node { value: Value::String(text), .. }) => Some(text.clone()),
        _ => None,
    };
    let (number, words) = (text("number"), text("text").unwrap_or_default());
    let long = number.as_ref().is_some_and(|number| number.chars().count() > LONGEST_DESIGNATION);
    if words.len() > LONGEST_HEADING || long || !visible(&words) {
        let number = number.map(|number| verbatim(&number)).unwrap_or_default();
        let text = format!("{number} {words}").trim().to_owned();
        if visible(&text) {
            tell(reader, &block, "this is no heading that a page has room for; it is kept as a paragraph");
            let mut passage = Passage { text, span: block.span.clone(), ..Passage::default() };
            passage.settle(0);
            out.push(block_of("paragraph", passage));
        }
        return;
    }
    block.span.end = block.span.end.max(block.span.start);
    out.push(block);
}

fn tell(reader: &mut Reader, node: &Node, message: &str) {
    let warning = Diagnostic::warning("xml-not-understood", message);
    reader.warnings.push(warning.at(reader.source, node.span.clone(), ""));
}

fn text_of<'f>(fields: &'f [Field], key: &str) -> Option<&'f str> {
    fields.iter().find(|field| field.key == key).and_then(|field| match &field.node.value {
        Value::String(text) => Some(text.as_str()),
        _ => None,
    })
}

/// Whether a page shows anything of a text.
fn visible(text: &str) -> bool {
    text.contains(|c: char| !c.is_whitespace() && !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'))
}

/// A paragraph or sub-paragraph.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Passage {
    pub label: Option<String>,
    pub text: String,
    pub items: Vec<Passage>,
    pub goes_on: Vec<String>,
    pub span: std::ops::Range<usize>,
}

impl Passage {
    /// Out of a text or a map of fields.
    pub fn of(node: &Node) -> Self {
        let span = node.span.clone();
        let fields = match &node.value {
            Value::String(text) => return Self { text: text.clone(), span, ..Self::default() },
            Value::Map(fields) => fields,
            _ => return Self { span, ..Self::default() },
        };
        let mut passage = Self { span, ..Self::default() };
        for field in fields {
            match (field.key.as_str(), &field.node.value) {
                ("label" | "number", Value::String(label)) => passage.label = Some(label.clone()),
                ("text", Value::String(text)) => passage.text.clone_from(text),
                ("items", Value::List(items)) => passage.items = items.iter().map(Self::of).collect(),
                ("continue", Value::List(texts)) => {
                    let texts = texts.iter().filter_map(|node| match &node.value {
                        Value::String(text) => Some(text.clone()),
                        _ => None,
                    });
                    passage.goes_on = texts.collect();
                }
                _ => {}
            }
        }
        passage
    }

    /// A text where there is nothing else, or a map of fields.
    pub fn node(self, label: &str) -> Node {
        let span = self.span;
        if self.label.is_none() && self.items.is_empty() && self.goes_on.is_empty() {
            return Node::text(self.text, span);
        }
        let mut fields = Vec::new();
        fields.extend(self.label.map(|text| said(label, span.start..span.start, text)));
        fields.push(said("text", span.clone(), self.text));
        if !self.items.is_empty() {
            let items = self.items.into_iter().map(|item| item.node("label")).collect();
            fields.push(field("items", span.clone(), Value::List(items)));
        }
        if !self.goes_on.is_empty() {
            let texts = self.goes_on.into_iter().map(|text| Node::text(text, span.clone())).collect();
            fields.push(field("continue", span.clone(), Value::List(texts)));
        }
        Node { value: Value::Map(fields), span }
    }

    /// Adds a sub-paragraph, behind all that is there.
    fn push(&mut self, item: Self) {
        self.below().push(item);
    }

    /// Gives it a text, and labels of usual length, and sub-paragraphs that all have labels; false,
    /// if there is nothing in it.
    fn settle(&mut self, level: usize) -> bool {
        self.goes_on.retain(|text| visible(text));
        self.label = self.label.take().filter(|label| visible(label));
        if let Some(label) = self.label.take_if(|label| label.chars().count() > LONGEST_DESIGNATION) {
            self.text = format!("{} {}", verbatim(&label), self.text).trim().to_owned();
        }
        let goes_on = std::mem::take(&mut self.goes_on);
        for mut item in std::mem::take(&mut self.items) {
            if !item.settle(level + 1) {
                continue;
            }
            if item.label.is_some() {
                self.items.push(item);
                continue;
            }
            // Without a label it would be given one.
            let within = match self.items.last_mut() {
                Some(last) => last,
                None if visible(&self.text) => {
                    self.text = format!("{} {}", self.text, std::mem::take(&mut item.text));
                    self.adopt(item);
                    continue;
                }
                None => {
                    self.text = std::mem::take(&mut item.text);
                    self.adopt(item);
                    continue;
                }
            };
            within.adopt(item);
        }
        self.goes_on.extend(goes_on);
        if !visible(&self.text) && !self.raise() {
            return false;
        }
        self.divide();
        true
    }

    /// The sub-paragraphs, with what went on after them below the last.
    pub fn below(&mut self) -> &mut Vec<Self> {
        if let Some(last) = self.items.last_mut() {
            last.goes_on.append(&mut self.goes_on);
        } else if !self.goes_on.is_empty() {
            self.text = format!("{} {}", self.text, std::mem::take(&mut self.goes_on).join(" "));
        }
        &mut self.items
    }

    /// Takes over what another has, its text as one that goes on.
    pub fn adopt(&mut self, other: Self) {
        if visible(&other.text) {
            self.goes_on.push(other.text);
        }
        other.items.into_iter().for_each(|item| self.push(item));
        self.goes_on.extend(other.goes_on);
    }

    /// Takes the first text below for its own, its label before it: "1. (a) To report"; or else its
    /// label. False, if there is none.
    fn raise(&mut self) -> bool {
        if !self.items.is_empty() {
            let mut first = self.items.remove(0);
            let label = first.label.take().map(|label| verbatim(&label)).unwrap_or_default();
            self.text = format!("{label} {}", std::mem::take(&mut first.text)).trim().to_owned();
            let (rest, goes_on) = (std::mem::take(&mut self.items), std::mem::take(&mut self.goes_on));
            self.adopt(first);
            rest.into_iter().for_each(|item| self.push(item));
            self.goes_on.extend(goes_on);
        } else if !self.goes_on.is_empty() {
            self.text = self.goes_on.remove(0);
        } else if let Some(label) = self.label.take() {
            self.text = verbatim(&label);
        } else {
            return false;
        }
        true
    }

    /// Divides a text that is too long for a paragraph.
    fn divide(&mut self) {
        if self.text.len() <= LONGEST_TEXT && self.goes_on.iter().all(|text| text.len() <= LONGEST_TEXT) {
            return;
        }
        let mut parts = divided(&self.text);
        self.text = parts.remove(0);
        if !parts.is_empty() {
            let items = std::mem::take(&mut self.items);
            let goes_on = std::mem::replace(&mut self.goes_on, parts);
            items.into_iter().for_each(|item| self.push(item));
            self.goes_on.extend(goes_on);
        }
        self.goes_on = self.goes_on.iter().flat_map(|text| divided(text)).collect();
    }
}

/// A text in parts of bounded length, cut at spaces where it has any.
fn divided(text: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut rest = text;
    while rest.len() > LONGEST_TEXT {
        let end = (0..=LONGEST_TEXT).rev().find(|at| rest.is_char_boundary(*at)).unwrap_or_default();
        let cut = rest[..end].rfind(' ').filter(|cut| *cut > 0).unwrap_or(end);
        parts.push(rest[..cut].to_owned());
        rest = rest[cut..].trim_start_matches(' ');
    }
    parts.push(rest.to_owned());
    parts
}

/// Sub-paragraphs of more levels than there are stand on the last one.
fn shallow(items: &mut Vec<Passage>, level: usize) {
    if level < DEEPEST {
        items.iter_mut().for_each(|item| shallow(&mut item.items, level + 1));
        return;
    }
    let mut flat = Vec::with_capacity(items.len());
    for item in std::mem::take(items) {
        flatten(item, &mut flat);
    }
    *items = flat;
}

fn flatten(mut item: Passage, flat: &mut Vec<Passage>) {
    let (items, goes_on) = (std::mem::take(&mut item.items), std::mem::take(&mut item.goes_on));
    flat.push(item);
    items.into_iter().for_each(|item| flatten(item, flat));
    if let Some(last) = flat.last_mut() {
        last.goes_on.extend(goes_on);
    }
}
