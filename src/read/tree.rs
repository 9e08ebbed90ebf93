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

impl Value {
    /// What it is, for messages: "a text", "a list".
    pub fn noun(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Bool(_) => "true or false",
            Self::Number(_) => "a number",
            Self::String(_) => "a text",
            Self::List(_) => "a list",
            Self::Map(_) => "a map of fields",
        }
    }
}
