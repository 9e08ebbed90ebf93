//! Short forms: a bare text is short for a map with only `text`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::inline::Text;
use super::limits::DEEPEST_HEADING;
use super::one_or_many;
use super::{Adjustment, Align, Cell, Heading, Item, Number, Passage, Row, Signature};

/// A bare text, or a map with `text` and more.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum TextOr<M> {
    Text(Text),
    Map(M),
}

/// The schema of a value for which an empty one means something.
#[derive(JsonSchema)]
#[serde(untagged)]
#[allow(dead_code, reason = "it only describes the schema")]
pub(super) enum OrNull<T> {
    Value(T),
    #[schemars(extend("const" = serde_json::Value::Null))]
    Null,
}

#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PassageMap {
    /// The text, in the small Markdown of documents: `*italic*`, `**bold**`, `[^1]`.
    text: Text,
    /// The designation of a numbered paragraph, printed verbatim; `null` for none; default: the next one.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    #[schemars(with = "OrNull<String>")]
    number: Option<Option<String>>,
    /// Adjustments of its lines and page.
    #[serde(default, skip_serializing_if = "Adjustment::is_empty")]
    layout: Adjustment,
    /// Sub-paragraphs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    items: Vec<Item>,
    /// Text that continues, flush, after the items.
    #[serde(rename = "continue", default, with = "one_or_many", skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "super::OneOrMany")]
    continuation: Vec<Text>,
}

#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ItemMap {
    /// The text.
    text: Text,
    /// The label, instead of the next one in sequence: "(a)".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    label: Option<String>,
    /// Adjustments of its lines and page.
    #[serde(default, skip_serializing_if = "Adjustment::is_empty")]
    layout: Adjustment,
    /// Sub-paragraphs one level deeper.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    items: Vec<Item>,
    /// Text that continues, flush, after the sub-paragraphs.
    #[serde(rename = "continue", default, with = "one_or_many", skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "super::OneOrMany")]
    continuation: Vec<Text>,
}

#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct HeadingMap {
    /// The level: 1, 2 and 3 are set in 14, 12 and 10 points; default: 1.
    #[serde(default = "first_level")]
    #[schemars(range(min = 1, max = DEEPEST_HEADING))]
    level: u8,
    /// Its designation, such as `I`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    number: Option<String>,
    /// Its text.
    text: Text,
    /// Adjustments of its lines and page.
    #[serde(default, skip_serializing_if = "Adjustment::is_empty")]
    layout: Adjustment,
}

#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SignatureMap {
    /// The signature: "(*Signed*) …".
    text: Text,
    /// Rank and office, one per line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    lines: Vec<Text>,
    /// Adjustments of its lines and page.
    #[serde(default, skip_serializing_if = "Adjustment::is_empty")]
    layout: Adjustment,
}

#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CellMap {
    /// The text.
    text: Text,
    /// The number of columns it spans; default: 1.
    #[serde(default = "one_cell", skip_serializing_if = "is_one")]
    #[schemars(range(min = 1, max = 1000))]
    columns: u16,
    /// The number of rows it spans; default: 1.
    #[serde(default = "one_cell", skip_serializing_if = "is_one")]
    #[schemars(range(min = 1, max = 1000))]
    rows: u16,
    /// The alignment of its lines; default: `right` for figures and their heads, `center` for heads over several columns,
    /// otherwise `left`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    align: Option<Align>,
}

/// The schema of the header rows of a table: one row, or several.
#[derive(JsonSchema)]
#[serde(untagged)]
#[allow(dead_code, reason = "it only describes the schema")]
pub(super) enum Header {
    Row(Vec<Cell>),
    Rows(Vec<Vec<Cell>>),
}

/// A bare list of cells, or a map with `cells` and more.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum RowForm {
    Cells(Vec<Cell>),
    Map(RowMap),
}

#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RowMap {
    /// The cells.
    cells: Vec<Cell>,
    /// Whether it is a total: bold, between rules; default: `false`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    total: bool,
}

fn first_level() -> u8 {
    1
}

fn one_cell() -> u16 {
    1
}

fn is_one(count: &u16) -> bool {
    *count == 1
}

/// Distinguishes `number: null` from a missing number.
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
                layout: map.layout,
                items: map.items,
                continuation: map.continuation,
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
        if number.is_none() && passage.layout.is_empty() && passage.items.is_empty() && passage.continuation.is_empty()
        {
            return Self::Text(passage.text);
        }
        let layout = passage.layout;
        Self::Map(PassageMap {
            text: passage.text,
            number,
            layout,
            items: passage.items,
            continuation: passage.continuation,
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
                layout: map.layout,
                items: map.items,
                continuation: map.continuation,
            },
        }
    }
}

impl From<Item> for TextOr<ItemMap> {
    fn from(item: Item) -> Self {
        if item.label.is_none() && item.layout.is_empty() && item.items.is_empty() && item.continuation.is_empty() {
            return Self::Text(item.text);
        }
        Self::Map(ItemMap {
            text: item.text,
            label: item.label,
            layout: item.layout,
            items: item.items,
            continuation: item.continuation,
        })
    }
}

impl From<TextOr<HeadingMap>> for Heading {
    fn from(value: TextOr<HeadingMap>) -> Self {
        match value {
            TextOr::Text(text) => Self { level: 1, number: None, text, layout: Adjustment::default() },
            TextOr::Map(map) => Self { level: map.level, number: map.number, text: map.text, layout: map.layout },
        }
    }
}

impl From<Heading> for HeadingMap {
    fn from(heading: Heading) -> Self {
        Self { level: heading.level, number: heading.number, text: heading.text, layout: heading.layout }
    }
}

impl From<TextOr<SignatureMap>> for Signature {
    fn from(value: TextOr<SignatureMap>) -> Self {
        match value {
            TextOr::Text(text) => Self { text, ..Self::default() },
            TextOr::Map(map) => Self { text: map.text, lines: map.lines, layout: map.layout },
        }
    }
}

impl From<Signature> for TextOr<SignatureMap> {
    fn from(signature: Signature) -> Self {
        if signature.lines.is_empty() && signature.layout.is_empty() {
            return Self::Text(signature.text);
        }
        Self::Map(SignatureMap { text: signature.text, lines: signature.lines, layout: signature.layout })
    }
}

impl From<TextOr<CellMap>> for Cell {
    fn from(value: TextOr<CellMap>) -> Self {
        match value {
            TextOr::Text(text) => Self { text, columns: 1, rows: 1, align: None },
            TextOr::Map(map) => Self { text: map.text, columns: map.columns, rows: map.rows, align: map.align },
        }
    }
}

impl From<Cell> for TextOr<CellMap> {
    fn from(cell: Cell) -> Self {
        if cell.columns == 1 && cell.rows == 1 && cell.align.is_none() {
            return Self::Text(cell.text);
        }
        Self::Map(CellMap { text: cell.text, columns: cell.columns, rows: cell.rows, align: cell.align })
    }
}

impl From<RowForm> for Row {
    fn from(form: RowForm) -> Self {
        match form {
            RowForm::Cells(cells) => Self { cells, total: false },
            RowForm::Map(map) => Self { cells: map.cells, total: map.total },
        }
    }
}

impl From<Row> for RowForm {
    fn from(row: Row) -> Self {
        if row.total { Self::Map(RowMap { cells: row.cells, total: true }) } else { Self::Cells(row.cells) }
    }
}
