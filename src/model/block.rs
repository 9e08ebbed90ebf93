//! The blocks of a body.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::inline::Text;
use super::short::{CellMap, Header, HeadingMap, ItemMap, OrNull, PassageMap, RowForm, SignatureMap, TextOr};
use super::{Adjustment, Named};

/// A block of the body: a map with one key, the kind of block.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(transform = fields_described)]
#[non_exhaustive]
pub enum Block {
    /// The organ that acts: "*The General Assembly*,".
    #[schemars(example = serde_json::json!({ "enacting": "*The General Assembly*," }))]
    Enacting(Passage),
    /// A preambular paragraph.
    #[schemars(example = serde_json::json!({ "preambular": "*Recalling* its resolution 59/48 of 2 December 2004," }))]
    Preambular(Passage),
    /// An operative paragraph, numbered by the renderer.
    #[schemars(example = serde_json::json!({ "operative": { "text": "*Requests* the Secretary-General:", "items": ["To report;", "To continue;"], "continue": "within existing resources;" } }))]
    Operative(Passage),
    /// An unnumbered paragraph of running text.
    #[schemars(example = serde_json::json!({ "paragraph": "The tide rises and falls twice a day." }))]
    Paragraph(Passage),
    /// A numbered paragraph of running text; numbering continues from the last one.
    #[schemars(example = serde_json::json!({ "numbered": "The tide rises and falls twice a day." }))]
    Numbered(Passage),
    /// A heading.
    #[schemars(example = serde_json::json!({ "heading": { "level": 2, "number": "IV", "text": "Conclusions" } }))]
    Heading(Heading),
    /// An annex.
    #[schemars(example = serde_json::json!({ "annex": { "number": "II", "title": "List of gauges", "body": [{ "paragraph": "The gauges are in harbours." }] } }))]
    Annex(Annex),
    /// A signature, at the right of the column.
    #[schemars(example = serde_json::json!({ "signature": { "text": "(*Signed*) A. **Name**", "lines": ["Permanent Representative"] } }))]
    Signature(Signature),
    /// A quotation set off from the text.
    #[schemars(example = serde_json::json!({ "quote": "“The tide rises and falls twice a day.”" }))]
    Quote(Passage),
    /// A table.
    #[schemars(example = serde_json::json!({ "table": { "number": "1", "title": "Gauges", "header": [["Region", "Gauges"]], "rows": [["Africa", "15"], ["Asia[^a]", "17"], { "cells": ["Total", "32"], "total": true }], "source": "Reports of Member States.", "notes": { "a": "As at 1 May." } } }))]
    Table(Table),
    /// A figure.
    #[schemars(example = serde_json::json!({ "figure": { "image": "pictures/tide.svg", "description": "A curve that rises and falls.", "title": "A day" } }))]
    Figure(Figure),
    /// A recorded vote.
    #[schemars(example = serde_json::json!({ "vote": { "in_favour": ["Chile", "Fiji"], "against": ["Malta"] } }))]
    Vote(Vote),
}

impl Block {
    /// The kinds that are paragraphs, by their names in documents.
    pub const PASSAGES: [&str; 6] = ["enacting", "preambular", "operative", "paragraph", "numbered", "quote"];

    /// Returns the passage of a paragraph block of any kind.
    pub fn passage(&self) -> Option<&Passage> {
        match self {
            Self::Enacting(passage)
            | Self::Preambular(passage)
            | Self::Operative(passage)
            | Self::Paragraph(passage)
            | Self::Numbered(passage)
            | Self::Quote(passage) => Some(passage),
            Self::Heading(_)
            | Self::Annex(_)
            | Self::Signature(_)
            | Self::Table(_)
            | Self::Figure(_)
            | Self::Vote(_) => None,
        }
    }

    /// Returns the adjustments of the block.
    pub fn layout(&self) -> &Adjustment {
        match self {
            Self::Enacting(passage)
            | Self::Preambular(passage)
            | Self::Operative(passage)
            | Self::Paragraph(passage)
            | Self::Numbered(passage)
            | Self::Quote(passage) => &passage.layout,
            Self::Heading(heading) => &heading.layout,
            Self::Annex(annex) => &annex.layout,
            Self::Signature(signature) => &signature.layout,
            Self::Table(table) => &table.layout,
            Self::Figure(figure) => &figure.layout,
            Self::Vote(vote) => &vote.layout,
        }
    }
}

/// Gives the field of each kind of block the description that the schema has for the block.
fn fields_described(schema: &mut schemars::Schema) {
    let kinds = schema.get_mut("oneOf").and_then(|kinds| kinds.as_array_mut());
    for kind in kinds.into_iter().flatten() {
        let Some(description) = kind.get("description").cloned() else { continue };
        let fields = kind.get_mut("properties").and_then(|fields| fields.as_object_mut());
        for field in fields.into_iter().flat_map(|fields| fields.values_mut()).filter_map(|field| field.as_object_mut())
        {
            field.insert("description".to_owned(), description.clone());
        }
    }
}

/// A paragraph with its sub-paragraphs.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(from = "TextOr<PassageMap>", into = "TextOr<PassageMap>")]
#[schemars(with = "TextOr<PassageMap>")]
pub struct Passage {
    /// The text, in the small Markdown of docs/model.md#inline-text.
    pub text: Text,
    /// The designation of a numbered paragraph.
    pub number: Number,
    /// Adjustments of its lines and page.
    pub layout: Adjustment,
    /// Sub-paragraphs.
    pub items: Vec<Item>,
    /// Text that continues, flush, after the items.
    pub continuation: Vec<Text>,
}

/// How a paragraph gets its designation.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Number {
    /// The next one: 1., 2., …
    #[default]
    Next,
    /// No designation.
    Unnumbered,
    /// The given text, verbatim.
    Set(String),
}

/// A sub-paragraph.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(from = "TextOr<ItemMap>", into = "TextOr<ItemMap>")]
#[schemars(with = "TextOr<ItemMap>")]
pub struct Item {
    /// The text.
    pub text: Text,
    /// The label, instead of the next one in sequence: "(a)".
    pub label: Option<String>,
    /// Adjustments of its lines and page.
    pub layout: Adjustment,
    /// Sub-paragraphs one level deeper.
    pub items: Vec<Item>,
    /// Text that continues, flush, after the sub-paragraphs.
    pub continuation: Vec<Text>,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(from = "TextOr<HeadingMap>", into = "HeadingMap")]
#[schemars(with = "TextOr<HeadingMap>")]
pub struct Heading {
    /// The level: 1, 2 and 3 are set in 14, 12 and 10 points; default: 1.
    pub level: u8,
    /// Its designation, such as `I`.
    pub number: Option<String>,
    /// Its text.
    pub text: Text,
    /// Adjustments of its lines and page.
    pub layout: Adjustment,
}

/// An annex.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Annex {
    /// Its designation, `I` in "Annex I".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The heading above the title; default: "Annex" and the number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heading: Option<Text>,
    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Text>,
    /// Whether it starts a new page; default: `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new_page: Option<bool>,
    /// Adjustments of its lines and page.
    #[serde(skip_serializing_if = "Adjustment::is_empty")]
    pub layout: Adjustment,
    /// Its blocks.
    pub body: Vec<Block>,
}

/// A signature and the lines under it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(from = "TextOr<SignatureMap>", into = "TextOr<SignatureMap>")]
#[schemars(with = "TextOr<SignatureMap>")]
pub struct Signature {
    /// The signature: "(*Signed*) …".
    pub text: Text,
    /// Rank and office, one per line.
    pub lines: Vec<Text>,
    /// Adjustments of its lines and page.
    pub layout: Adjustment,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(extend("required" = ["rows"]))]
pub struct Table {
    /// Its designation, such as `1` in "Table 1".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Its title, above it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Text>,
    /// A line under the title, such as "(Thousands of United States dollars)".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub units: Option<Text>,
    /// Adjustments of its lines and page.
    #[serde(skip_serializing_if = "Adjustment::is_empty")]
    pub layout: Adjustment,
    /// Whether it stands on a landscape page; default: only if it is too wide for the others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub landscape: Option<bool>,
    /// The relative widths of the columns; default: determined by their content.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub widths: Vec<f64>,
    /// The header rows, repeated on every page.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Header")]
    pub header: Vec<Vec<Cell>>,
    /// The rows.
    pub rows: Vec<Row>,
    /// Its source, below it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Text>,
    /// A note on all of it, below the source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub general_note: Option<Text>,
    /// Notes with letters, below it; `[^a]` in the title, the units or a cell refers to one.
    #[serde(skip_serializing_if = "Named::is_empty")]
    pub notes: Named<Text>,
    /// The abbreviations that are used in it, below it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub abbreviations: Option<Text>,
}

impl Table {
    /// Its source, the note on all of it and its abbreviations, by the names of their fields.
    pub fn remarks(&self) -> Remarks<'_> {
        remarks(&self.source, &self.general_note, &self.abbreviations)
    }
}

/// The remarks below a table or figure, each with the name of its field.
pub type Remarks<'b> = [(&'static str, Option<&'b Text>); 3];

/// The names of the remarks below a table or figure.
pub const REMARKS: [&str; 3] = ["source", "general_note", "abbreviations"];

fn remarks<'b>(source: &'b Option<Text>, note: &'b Option<Text>, abbreviations: &'b Option<Text>) -> Remarks<'b> {
    let [first, second, third] = REMARKS;
    [(first, source.as_ref()), (second, note.as_ref()), (third, abbreviations.as_ref())]
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(from = "RowForm", into = "RowForm")]
#[schemars(with = "RowForm")]
pub struct Row {
    /// Its cells.
    pub cells: Vec<Cell>,
    /// Whether it is a total: bold, between rules; default: `false`.
    pub total: bool,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(from = "TextOr<CellMap>", into = "TextOr<CellMap>")]
#[schemars(with = "OrNull<TextOr<CellMap>>")]
pub struct Cell {
    /// The text.
    pub text: Text,
    /// The number of columns it spans; default: 1.
    pub columns: u16,
    /// The number of rows it spans; default: 1.
    pub rows: u16,
    /// The alignment of its lines; default: `right` for figures and their heads, `center` for heads over several columns,
    /// otherwise `left`.
    pub align: Option<Align>,
}

/// The alignment of the lines of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Align {
    /// Left-aligned.
    Left,
    /// Centred.
    Center,
    /// Right-aligned.
    Right,
}

/// A figure.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(extend("required" = ["image", "description"]))]
pub struct Figure {
    /// An SVG or PNG file, relative to the document.
    pub image: String,
    /// A description for readers who cannot see the picture.
    pub description: String,
    /// Its designation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Its title, above it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Text>,
    /// A line under the title, such as "(Percentage)".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub units: Option<Text>,
    /// Its width in points; default: its natural width, at most that of the column, or of a landscape page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<f64>,
    /// Whether it stands on a landscape page; default: `false`.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub landscape: bool,
    /// Adjustments of its lines and page.
    #[serde(skip_serializing_if = "Adjustment::is_empty")]
    pub layout: Adjustment,
    /// Its source, below it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Text>,
    /// A note on all of it, below the source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub general_note: Option<Text>,
    /// The abbreviations that are used in it, below it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub abbreviations: Option<Text>,
}

impl Figure {
    /// Its source, the note on all of it and its abbreviations, by the names of their fields.
    pub fn remarks(&self) -> Remarks<'_> {
        remarks(&self.source, &self.general_note, &self.abbreviations)
    }
}

/// A recorded vote.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Vote {
    /// The subject of the vote, as a paragraph.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Text>,
    /// Adjustments of its lines and page.
    #[serde(skip_serializing_if = "Adjustment::is_empty")]
    pub layout: Adjustment,
    /// The States in favour.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub in_favour: Vec<Text>,
    /// The States against.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub against: Vec<Text>,
    /// The States abstaining.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub abstaining: Vec<Text>,
}
