//! A paragraph or sub-paragraph with everything below it, and its repair for the page.

use super::characters::visible;
use super::pieces::{chained, split};
use super::text::verbatim;
use super::{field, said, worded};
use crate::model::Text;
use crate::model::limits::{DEEPEST_ITEMS, LONGEST_DESIGNATION, LONGEST_TEXT};
use crate::read::tree::{Node, Value};

/// The longest paragraph, in bytes, with room for what is put in front of it.
const LONGEST: usize = LONGEST_TEXT - LONGEST_TEXT / 10;

/// A paragraph or sub-paragraph.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Passage {
    pub label: Option<String>,
    pub text: Text,
    pub items: Vec<Passage>,
    pub continuation: Vec<Text>,
    pub span: std::ops::Range<usize>,
}

impl Passage {
    /// Creates a passage from a text or a map of fields.
    pub fn of(node: &Node) -> Self {
        let span = node.span.clone();
        let fields = match &node.value {
            Value::Text(text) => return Self { text: text.clone(), span, ..Self::default() },
            Value::Map(fields) => fields,
            _ => return Self { span, ..Self::default() },
        };
        let mut passage = Self { span, ..Self::default() };
        for field in fields {
            match (field.key.as_str(), &field.node.value) {
                ("label" | "number", Value::String(label)) => passage.label = Some(label.clone()),
                ("text", Value::Text(text)) => passage.text.clone_from(text),
                ("items", Value::List(items)) => passage.items = items.iter().map(Self::of).collect(),
                ("continue", Value::List(texts)) => {
                    let texts = texts.iter().filter_map(|node| match &node.value {
                        Value::Text(text) => Some(text.clone()),
                        _ => None,
                    });
                    passage.continuation = texts.collect();
                }
                _ => {}
            }
        }
        passage
    }

    /// Returns a text if there is nothing else, or a map of fields.
    pub fn node(self, label: &str) -> Node {
        let span = self.span;
        if self.label.is_none() && self.items.is_empty() && self.continuation.is_empty() {
            return Node::inline(self.text, span);
        }
        let mut fields = Vec::new();
        fields.extend(self.label.map(|text| said(label, span.start..span.start, text)));
        fields.push(worded("text", span.clone(), self.text));
        if !self.items.is_empty() {
            let items = self.items.into_iter().map(|item| item.node("label")).collect();
            fields.push(field("items", span.clone(), Value::List(items)));
        }
        if !self.continuation.is_empty() {
            let texts = self.continuation.into_iter().map(|text| Node::inline(text, span.clone())).collect();
            fields.push(field("continue", span.clone(), Value::List(texts)));
        }
        Node { value: Value::Map(fields), span }
    }

    /// Adds a sub-paragraph at the end.
    pub fn push(&mut self, item: Self) {
        self.below().push(item);
    }

    /// Ensures a text, labels of normal length, and sub-paragraphs that all have labels. Returns `false`
    /// if it is empty.
    pub fn settle(&mut self) -> bool {
        self.continuation.retain(|text| visible(text.written()));
        self.label = self.label.take().filter(|label| visible(label));
        if let Some(label) = self.label.take_if(|label| label.chars().count() > LONGEST_DESIGNATION) {
            self.text = chained([&verbatim(&label), &self.text], " ");
        }
        let continuation = std::mem::take(&mut self.continuation);
        for mut item in std::mem::take(&mut self.items) {
            if !item.settle() {
                continue;
            }
            if item.label.is_some() {
                self.items.push(item);
                continue;
            }
            // Without a label it would be given one.
            let within = match self.items.last_mut() {
                Some(last) => last,
                None if visible(self.text.written()) => {
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
        self.continuation.extend(continuation);
        if !visible(self.text.written()) && !self.raise() {
            return false;
        }
        self.divide();
        true
    }

    /// Returns the sub-paragraphs, with the text that continued after them below the last one.
    pub fn below(&mut self) -> &mut Vec<Self> {
        if let Some(last) = self.items.last_mut() {
            last.continuation.append(&mut self.continuation);
        } else if !self.continuation.is_empty() {
            self.text = chained(std::iter::once(&self.text).chain(&self.continuation), " ");
            self.continuation.clear();
        }
        &mut self.items
    }

    /// Takes over the content of another passage, with its text as continuing text.
    pub fn adopt(&mut self, other: Self) {
        if visible(other.text.written()) {
            self.continuation.push(other.text);
        }
        other.items.into_iter().for_each(|item| self.push(item));
        self.continuation.extend(other.continuation);
    }

    /// Takes the first text below as its own, with its label before it: "1. (a) To report"; or else its
    /// label. Returns `false` if there is neither.
    fn raise(&mut self) -> bool {
        if !self.items.is_empty() {
            let mut first = self.items.remove(0);
            let label = first.label.take().map(|label| verbatim(&label)).unwrap_or_default();
            self.text = chained([&label, &std::mem::take(&mut first.text)], " ");
            let (rest, continuation) = (std::mem::take(&mut self.items), std::mem::take(&mut self.continuation));
            self.adopt(first);
            rest.into_iter().for_each(|item| self.push(item));
            self.continuation.extend(continuation);
        } else if !self.continuation.is_empty() {
            self.text = self.continuation.remove(0);
        } else if let Some(label) = self.label.take() {
            self.text = verbatim(&label);
        } else {
            return false;
        }
        true
    }

    /// Splits a text that is too long for a paragraph.
    fn divide(&mut self) {
        if self.text.written().len() <= LONGEST && self.continuation.iter().all(|text| text.written().len() <= LONGEST)
        {
            return;
        }
        let mut parts = divided(std::mem::take(&mut self.text)).into_iter();
        self.text = parts.next().unwrap_or_default();
        if parts.len() > 0 {
            let items = std::mem::take(&mut self.items);
            let continuation = std::mem::replace(&mut self.continuation, parts.collect());
            items.into_iter().for_each(|item| self.push(item));
            self.continuation.extend(continuation);
        }
        self.continuation = std::mem::take(&mut self.continuation).into_iter().flat_map(divided).collect();
    }
}

/// Splits a text into parts of bounded length, at spaces if possible: in the middle first, so that the work does not grow
/// with the square of its length.
fn divided(text: Text) -> Vec<Text> {
    let count = text.written().len().div_ceil(LONGEST);
    if count <= 1 {
        return vec![text];
    }
    let said = text.plain();
    // Its markup takes a part of the length.
    let most = LONGEST * said.len() / text.written().len() * (count / 2);
    let end = (0..=most).rev().find(|at| said.is_char_boundary(*at)).unwrap_or_default();
    let cut = said[..end].rfind(' ').filter(|cut| *cut > 0).unwrap_or(end);
    if cut == 0 {
        return vec![text];
    }
    let (first, rest) = split(&text, cut);
    [divided(first), divided(rest)].concat()
}

/// Puts sub-paragraphs nested too deeply on the last level.
pub(super) fn shallow(items: &mut Vec<Passage>, level: usize) {
    if level < DEEPEST_ITEMS {
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
    let (items, continuation) = (std::mem::take(&mut item.items), std::mem::take(&mut item.continuation));
    flat.push(item);
    items.into_iter().for_each(|item| flatten(item, flat));
    if let Some(last) = flat.last_mut() {
        last.continuation.extend(continuation);
    }
}
