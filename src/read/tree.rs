//! The tree of values that every syntax is read into, each value with its place.

use std::ops::Range;

/// A value and the bytes of the source it stands in.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Its bytes in the source.
    pub span: Range<usize>,
}

/// What YAML and JSON can say.
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
    /// A sequence.
    List(Vec<Node>),
    /// Fields in their order; a key is named once.
    Map(Vec<Field>),
}

/// A field of a map.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its name.
    pub key: String,
    /// The name's bytes in the source.
    pub key_span: Range<usize>,
    /// Its value.
    pub node: Node,
}

impl Node {
    /// A text that stands in those bytes.
    pub fn text(text: impl Into<String>, span: Range<usize>) -> Self {
        Self { value: Value::String(text.into()), span }
    }

    /// A map of those of the fields that there are.
    pub fn map<const N: usize>(span: Range<usize>, fields: [(&str, Option<Self>); N]) -> Self {
        let field = |(key, node): (&str, Option<Self>)| node.map(|node| Field::new(key, node));
        Self { value: Value::Map(fields.into_iter().filter_map(field).collect()), span }
    }

    /// A list, if it holds anything; it stands where its values stand.
    pub fn list(nodes: Vec<Self>) -> Option<Self> {
        let span = nodes.first()?.span.start..nodes.last()?.span.end;
        Some(Self { value: Value::List(nodes), span })
    }

    /// Moves its places, and those of all that is in it.
    pub fn shift(&mut self, by: usize) {
        self.replace(&|span| span.start + by..span.end + by);
    }

    /// Puts its places, and those of all that is in it, where they are found to be.
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

    /// The value of a field of a map.
    pub fn field(&self, name: &str) -> Option<&Self> {
        let Value::Map(fields) = &self.value else { return None };
        fields.iter().find(|field| field.key == name).map(|field| &field.node)
    }
}

impl Field {
    /// A field whose name is not written anywhere but where its value is.
    pub fn new(key: impl Into<String>, node: Node) -> Self {
        Self { key: key.into(), key_span: node.span.clone(), node }
    }
}

impl Value {
    /// What it is, for messages: "text", "a list".
    pub fn noun(&self) -> &'static str {
        match self {
            Self::Null => "an empty value",
            Self::Bool(_) => "true or false",
            Self::Number(_) => "a number",
            Self::String(_) => "text",
            Self::List(_) => "a list",
            Self::Map(_) => "a map of fields",
        }
    }
}
