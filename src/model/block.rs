//! The blocks of a body.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::one_or_many;

/// A block of the body: a map with one key, the kind of block.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Block {
    /// The organ that acts: "*The General Assembly*,".
    Enacting(Passage),
    /// A preambular paragraph.
    Preambular(Passage),
    /// An operative paragraph, numbered by the renderer.
    Operative(Passage),
    /// An unnumbered paragraph of running text.
    Paragraph(Passage),
    /// A numbered paragraph of running text; numbering goes on from the last one.
    Numbered(Passage),
    /// A heading.
    Heading(Heading),
    /// An annex.
    Annex(Annex),
    /// A signature, at the right of the column.
    Signature(Signature),
    /// A quotation set off from the text.
    Quote(Passage),
    /// A table.
    Table(Table),
    /// A figure.
    Figure(Figure),
    /// A recorded vote.
    Vote(Vote),
}

/// A paragraph with its sub-paragraphs.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(from = "TextOr<PassageMap>", into = "TextOr<PassageMap>")]
#[schemars(with = "TextOr<PassageMap>")]
pub struct Passage {
    /// The text, in the small Markdown of MODEL.md.
    pub text: String,
    /// The designation of a numbered paragraph.
    pub number: Number,
    /// Sub-paragraphs.
    pub items: Vec<Item>,
    /// Text that goes on, flush, after the items.
    pub goes_on: Vec<String>,
}

/// How a paragraph gets its designation.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Number {
    /// The next one: 1., 2., …
    #[default]
    Next,
    /// None.
    Unnumbered,
    /// As it stands.
    Set(String),
}

/// A sub-paragraph.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(from = "TextOr<ItemMap>", into = "TextOr<ItemMap>")]
#[schemars(with = "TextOr<ItemMap>")]
pub struct Item {
    /// The text.
    pub text: String,
    /// The label in place of the next one: "(a)".
    pub label: Option<String>,
    /// Sub-paragraphs one level deeper.
    pub items: Vec<Item>,
    /// Text that goes on, flush, after them.
    pub goes_on: Vec<String>,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(from = "TextOr<HeadingMap>", into = "HeadingMap")]
#[schemars(with = "TextOr<HeadingMap>")]
pub struct Heading {
    /// 1, 2 and 3 are set in 14, 12 and 10 points; default 1.
    pub level: u8,
    /// Its designation, such as `I`.
    pub number: Option<String>,
    /// Its text.
    pub text: String,
}

/// An annex.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Annex {
    /// Its designation, `I` in "Annex I".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// What stands above the title; default: "Annex" and the number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heading: Option<String>,
    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Whether it begins a page; default: true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new_page: Option<bool>,
    /// Its blocks.
    pub body: Vec<Block>,
}

/// A signature and the lines under it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(from = "TextOr<SignatureMap>", into = "TextOr<SignatureMap>")]
#[schemars(with = "TextOr<SignatureMap>")]
pub struct Signature {
    /// "(*Signed*) …".
    pub text: String,
    /// Rank and office, a line each.
    pub lines: Vec<String>,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Table {
    /// Its designation, such as `1` in "Table 1".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Its title, above it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The relative widths of the columns; default: by their content.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub widths: Vec<f64>,
    /// The rows of the head, repeated on every page.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub header: Vec<Vec<Cell>>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(from = "TextOr<CellMap>", into = "TextOr<CellMap>")]
#[schemars(with = "TextOr<CellMap>")]
pub struct Cell {
    /// The text.
    pub text: String,
    /// How many columns it takes; default 1.
    pub columns: u16,
    /// How many rows it takes; default 1.
    pub rows: u16,
    /// How its lines stand; default: at the left.
    pub align: Align,
}

/// How the lines of a cell stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Align {
    /// At the left.
    #[default]
    Left,
    /// In the middle.
    Center,
    /// At the right.
    Right,
}

/// A figure.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Figure {
    /// An SVG or PNG file, relative to the document.
    pub image: String,
    /// What it shows, for those who cannot see it.
    pub description: String,
    /// Its designation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Its title, above it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its width in points; default: its own, at most the column's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<f64>,
}

/// A recorded vote.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Vote {
    /// What the vote was about, as a paragraph.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Those in favour.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub in_favour: Vec<String>,
    /// Those against.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub against: Vec<String>,
    /// Those abstaining.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub abstaining: Vec<String>,
}

/// A bare text, or a map with `text` and more.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
enum TextOr<M> {
    Text(String),
    Map(M),
}

#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct PassageMap {
    text: String,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    number: Option<Option<String>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    items: Vec<Item>,
    #[serde(rename = "continue", default, with = "one_or_many", skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "super::OneOrMany")]
    goes_on: Vec<String>,
}

#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ItemMap {
    text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    label: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    items: Vec<Item>,
    #[serde(rename = "continue", default, with = "one_or_many", skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "super::OneOrMany")]
    goes_on: Vec<String>,
}

#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct HeadingMap {
    #[serde(default = "one")]
    level: u8,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    number: Option<String>,
    text: String,
}

#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SignatureMap {
    text: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    lines: Vec<String>,
}

#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct CellMap {
    text: String,
    #[serde(default = "one", skip_serializing_if = "is_one")]
    columns: u16,
    #[serde(default = "one", skip_serializing_if = "is_one")]
    rows: u16,
    #[serde(default, skip_serializing_if = "is_left")]
    align: Align,
}

fn one<T: From<u8>>() -> T {
    1.into()
}

fn is_one(count: &u16) -> bool {
    *count == 1
}

fn is_left(align: &Align) -> bool {
    *align == Align::Left
}

/// Tells `number: null` from no number at all.
fn present<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(from).map(Some)
}

impl From<TextOr<PassageMap>> for Passage {
    fn from(value: TextOr<PassageMap>) -> Self {
        match value {
            TextOr::Text(text) => Self { text, ..Self::default() },
            TextOr::Map(map) => Self {
                text: map.text,
                number: match map.number {
                    None => Number::Next,
                    Some(None) => Number::Unnumbered,
                    Some(Some(number)) => Number::Set(number),
                },
                items: map.items,
                goes_on: map.goes_on,
            },
        }
    }
}

impl From<Passage> for TextOr<PassageMap> {
    fn from(passage: Passage) -> Self {
        let number = match passage.number {
            Number::Next => None,
            Number::Unnumbered => Some(None),
            Number::Set(number) => Some(Some(number)),
        };
        if number.is_none() && passage.items.is_empty() && passage.goes_on.is_empty() {
            return Self::Text(passage.text);
        }
        Self::Map(PassageMap {
            text: passage.text,
            number,
            items: passage.items,
            goes_on: passage.goes_on,
        })
    }
}

impl From<TextOr<ItemMap>> for Item {
    fn from(value: TextOr<ItemMap>) -> Self {
        match value {
            TextOr::Text(text) => Self { text, ..Self::default() },
            TextOr::Map(map) => Self {
                text: map.text,
                label: map.label,
                items: map.items,
                goes_on: map.goes_on,
            },
        }
    }
}

impl From<Item> for TextOr<ItemMap> {
    fn from(item: Item) -> Self {
        if item.label.is_none() && item.items.is_empty() && item.goes_on.is_empty() {
            return Self::Text(item.text);
        }
        Self::Map(ItemMap {
            text: item.text,
            label: item.label,
            items: item.items,
            goes_on: item.goes_on,
        })
    }
}

impl From<TextOr<HeadingMap>> for Heading {
    fn from(value: TextOr<HeadingMap>) -> Self {
        match value {
            TextOr::Text(text) => Self { level: 1, number: None, text },
            TextOr::Map(map) => Self {
                level: map.level,
                number: map.number,
                text: map.text,
            },
        }
    }
}

impl From<Heading> for HeadingMap {
    fn from(heading: Heading) -> Self {
        Self {
            level: heading.level,
            number: heading.number,
            text: heading.text,
        }
    }
}

impl From<TextOr<SignatureMap>> for Signature {
    fn from(value: TextOr<SignatureMap>) -> Self {
        match value {
            TextOr::Text(text) => Self { text, lines: Vec::new() },
            TextOr::Map(map) => Self {
                text: map.text,
                lines: map.lines,
            },
        }
    }
}

impl From<Signature> for TextOr<SignatureMap> {
    fn from(signature: Signature) -> Self {
        if signature.lines.is_empty() {
            return Self::Text(signature.text);
        }
        Self::Map(SignatureMap {
            text: signature.text,
            lines: signature.lines,
        })
    }
}

impl From<TextOr<CellMap>> for Cell {
    fn from(value: TextOr<CellMap>) -> Self {
        match value {
            TextOr::Text(text) => Self { text, columns: 1, rows: 1, align: Align::Left },
            TextOr::Map(map) => Self {
                text: map.text,
                columns: map.columns,
                rows: map.rows,
                align: map.align,
            },
        }
    }
}

impl From<Cell> for TextOr<CellMap> {
    fn from(cell: Cell) -> Self {
        if cell.columns == 1 && cell.rows == 1 && cell.align == Align::Left {
            return Self::Text(cell.text);
        }
        Self::Map(CellMap {
            text: cell.text,
            columns: cell.columns,
            rows: cell.rows,
            align: cell.align,
        })
    }
}
