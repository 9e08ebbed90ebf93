//! A paragraph or sub-paragraph under construction.

use std::borrow::Cow;

use roxmltree::Node as Element;

use super::flow::Piece;
use super::headings::number_heading;
use super::passage::Passage;
use super::pieces::chained;
use super::{Reader, field};
use crate::model::Text;
use crate::read::tree::{Field, Node, Value};

pub(super) fn together(first: Node, second: Node) -> Node {
    let [Some(a), Some(b)] = [&first, &second].map(text_of) else {
        return first;
    };
    Node::inline(chained([&*a, &*b], " "), first.span.start..second.span.end)
}

/// Returns a text, or a number as one.
pub(super) fn text_of(node: &Node) -> Option<Cow<'_, Text>> {
    match &node.value {
        Value::Text(text) => Some(Cow::Borrowed(text)),
        Value::String(text) => Some(Cow::Owned(Text::verbatim(text))),
        _ => None,
    }
}

/// A paragraph or sub-paragraph under construction.
#[derive(Default)]
pub(super) struct Fields {
    /// `Value::Null` for a paragraph without a number.
    pub number: Option<Value>,
    pub text: Option<Node>,
    pub items: Vec<Node>,
    /// The text that continues after the items.
    pub continuation: Vec<Node>,
    /// Whether it is a division of a text, whose content becomes separate paragraphs.
    pub divides: bool,
    /// Whether its number is known already.
    pub is_counted: bool,
    /// Whether its text so far is a number, which is put before the next line.
    pub leads: bool,
}

impl Fields {
    /// Adds a piece that is a line. Returns the element of a piece that stands by itself.
    pub fn piece<'a, 'i>(&mut self, reader: &mut Reader, piece: Piece<'a, 'i>) -> Option<Element<'a, 'i>> {
        match piece {
            Piece::Block(part) => Some(part),
            line => {
                let text = reader.line(&line);
                self.line(text);
                None
            }
        }
    }

    /// Adds a line: the text, or text that continues after it.
    pub fn line(&mut self, text: Node) {
        match self.text.take() {
            None if self.items.is_empty() => self.text = Some(text),
            Some(lead) if std::mem::take(&mut self.leads) => self.text = Some(together(lead, text)),
            before => {
                self.text = before;
                self.continuation.push(text);
            }
        }
    }

    /// Emits what there is, since another block follows; for a division without a heading, its number.
    pub fn part(&mut self, node: Element, out: &mut Vec<Node>) {
        if !self.is_empty() {
            self.flush(self.kind(), node, out);
        } else if self.divides
            && let Some(number) = self.take_number()
        {
            out.push(number_heading(node, &number));
        }
    }

    /// Emits what there is except the last line, to which a list belongs.
    pub fn part_before_list(&mut self, node: Element, out: &mut Vec<Node>) {
        if self.items.is_empty()
            && let Some(last) = self.continuation.pop()
        {
            self.flush(self.kind(), node, out);
            self.text = Some(last);
        }
    }

    /// Takes the number, if nothing follows it yet.
    pub fn take_number(&mut self) -> Option<String> {
        match self.number.take_if(|number| matches!(number, Value::String(_)) && self.text.is_none())? {
            Value::String(number) => Some(number),
            _ => None,
        }
    }

    /// Adds a sub-paragraph at the end.
    pub fn item(&mut self, item: Node) {
        if let Some(last) = self.items.last_mut()
            && !self.continuation.is_empty()
        {
            let mut passage = Passage::of(last);
            let texts = std::mem::take(&mut self.continuation).into_iter();
            passage.continuation.extend(texts.filter_map(|node| match node.value {
                Value::Text(text) => Some(text),
                _ => None,
            }));
            *last = passage.node("label");
        }
        self.items.push(item);
    }

    /// Takes over the content of a nested list.
    pub fn adopt(&mut self, other: Self) {
        if let Some(text) = other.text {
            self.text = Some(match self.text.take() {
                Some(before) => together(before, text),
                None => text,
            });
        }
        other.items.into_iter().for_each(|item| self.item(item));
        self.continuation.extend(other.continuation);
    }

    /// Returns all of it as a passage.
    pub fn passage(self, node: Element) -> Passage {
        let mut fields = Vec::new();
        self.into_fields(&mut fields, node.range());
        Passage::of(&Node { value: Value::Map(fields), span: node.range() })
    }

    pub fn is_empty(&self) -> bool {
        let no_text = self.text.as_ref().is_none_or(|text| text.written() == Some(""));
        no_text && self.items.is_empty() && self.continuation.is_empty()
    }

    pub fn kind(&self) -> &'static str {
        if self.number.is_some() { "operative" } else { "paragraph" }
    }

    pub fn into_fields(self, fields: &mut Vec<Field>, span: std::ops::Range<usize>) {
        let key_span = span.start..span.start;
        let mut add = |key: &str, value: Value| {
            fields.push(Field {
                key: key.into(),
                key_span: key_span.clone(),
                node: Node { value, span: span.clone() },
            });
        };
        if let Some(number) = self.number {
            add("number", number);
        }
        if let Some(text) = self.text {
            add("text", text.value);
        }
        if !self.items.is_empty() {
            add("items", Value::List(self.items));
        }
        if !self.continuation.is_empty() {
            add("continue", Value::List(self.continuation));
        }
    }

    pub fn block(self, kind: &str, node: Element) -> Node {
        let mut fields = Vec::new();
        self.into_fields(&mut fields, node.range());
        let value = match &mut fields[..] {
            [only] if only.key == "text" => std::mem::replace(&mut only.node.value, Value::Null),
            _ => Value::Map(fields),
        };
        let map = Value::Map(vec![field(kind, node.range(), value)]);
        Node { value: map, span: node.range() }
    }

    /// Emits what there is as a block.
    pub fn flush(&mut self, kind: &str, node: Element, out: &mut Vec<Node>) {
        let next = Self { divides: self.divides, is_counted: self.is_counted, ..Self::default() };
        let fields = std::mem::replace(self, next);
        if !fields.is_empty() {
            out.push(fields.block(kind, node));
        }
    }
}
