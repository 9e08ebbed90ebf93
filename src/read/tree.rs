//! The tree of values into which every syntax is parsed. Each value has its place in the source.

use std::ops::Range;

use crate::model::Text;

/// A value and its byte range in the source.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Its byte range in the source.
    pub span: Range<usize>,
}

/// The values of YAML and JSON.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing: `null`, `~` or an empty value.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole or decimal number, as it was written.
    Number(String),
    /// Text.
    String(String),
    /// Text whose marks are elements of the source, as in XML.
    Text(Text),
    /// A sequence.
    List(Vec<Node>),
    /// Fields in order; keys are unique.
    Map(Vec<Field>),
}

/// A field of a map.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its name.
    pub key: String,
    /// The byte range of its name in the source.
    pub key_span: Range<usize>,
    /// Its value.
    pub node: Node,
}

impl Node {
    /// Creates a text with that byte range.
    pub fn text(text: impl Into<String>, span: Range<usize>) -> Self {
        Self { value: Value::String(text.into()), span }
    }

    /// Creates a text with marks.
    pub fn inline(text: Text, span: Range<usize>) -> Self {
        Self { value: Value::Text(text), span }
    }

    /// Creates a map of those fields that have a value.
    pub fn map<const N: usize>(span: Range<usize>, fields: [(&str, Option<Self>); N]) -> Self {
        let field = |(key, node): (&str, Option<Self>)| node.map(|node| Field::new(key, node));
        Self { value: Value::Map(fields.into_iter().filter_map(field).collect()), span }
    }

    /// Creates a list that spans its values. Returns `None` if it is empty.
    pub fn list(nodes: Vec<Self>) -> Option<Self> {
        let span = nodes.first()?.span.start..nodes.last()?.span.end;
        Some(Self { value: Value::List(nodes), span })
    }

    /// Shifts its place and those of everything in it.
    pub fn shift(&mut self, by: usize) {
        self.replace(&|span| span.start + by..span.end + by);
    }

    /// Maps its place and those of everything in it.
    pub fn replace(&mut self, place: &dyn Fn(&Range<usize>) -> Range<usize>) {
        self.span = place(&self.span);
        match &mut self.value {
            Value::List(nodes) => nodes.iter_mut().for_each(|node| node.replace(place)),
            Value::Map(fields) => {
                for field in fields {
                    field.key_span = place(&field.key_span);
                    field.node.replace(place);
                }
            }
            _ => {}
        }
    }

    /// Returns the text, with its markup.
    pub fn written(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            Value::Text(text) => Some(text.written()),
            _ => None,
        }
    }

    /// Returns the value of a field of a map.
    pub fn field(&self, name: &str) -> Option<&Self> {
        let Value::Map(fields) = &self.value else { return None };
        fields.iter().find(|field| field.key == name).map(|field| &field.node)
    }
}

impl Field {
    /// Creates a field whose name has the place of its value.
    pub fn new(key: impl Into<String>, node: Node) -> Self {
        Self { key: key.into(), key_span: node.span.clone(), node }
    }
}

impl Value {
    /// Returns what it is called in messages: "text", "a list".
    pub fn noun(&self) -> &'static str {
        match self {
            Self::Null => "an empty value",
            Self::Bool(_) => "true or false",
            Self::Number(_) => "a number",
            Self::String(_) | Self::Text(_) => "text",
            Self::List(_) => "a list",
            Self::Map(_) => "a map of fields",
        }
    }
}
