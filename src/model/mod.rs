//! The public model of a document: header fields, blocks, footnotes (docs/model.md, version 1).

mod block;
mod date;
pub mod fields;
pub mod house;
pub mod inline;
mod kind;
mod language;
mod layout;
pub(crate) mod limits;
mod metadata;
mod named;
mod part;
mod path;
mod schema;
mod short;
pub mod symbol;
pub mod words;

pub use block::{
    Align, Annex, Block, Cell, Figure, Heading, Item, Number, Passage, REMARKS, Remarks, Row, Signature, Table, Vote,
};
pub use date::Date;
pub use house::House;
pub use inline::{Change, Inline, Text};
pub use kind::{Distribution, Kind};
pub use language::Language;
pub use layout::{Adjustment, Edition, Keep, Layout, PageBreak};
pub use metadata::{Adoption, Classification, Count, Keyword, Metadata, Step, Voting};
pub use named::Named;
pub use part::Part;
pub use path::{Path, Segment};
pub use schema::schema;
pub use symbol::Symbol;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The identifier of the document schema.
pub const SCHEMA: &str = "urn:masthead:document:1";

/// The text of a corrigendum or addendum before it is written, in any language.
pub const TO_BE_WRITTEN: &str = "…";

// Examples of lists for the schema: constants, because macros read no lists unless another crate asks for all of `syn`.
const SPONSORS: [&str; 2] = ["Azerbaijan", "China"];
const SIGNATORIES: [&str; 2] = ["Chile", "Iceland"];

/// One document: the header fields, the body and the footnotes.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(extend("required" = ["symbol", "kind"], "anyOf" = serde_json::json!([{"required": ["body"]}, {"required": ["parts"]}]), "$id" = SCHEMA))]
pub struct Document {
    /// The symbol, or the symbols of a document of several organs.
    #[serde(with = "one_or_many", skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "OneOrMany")]
    #[schemars(example = &"A/77/L.107")]
    pub symbol: Vec<Symbol>,
    /// The body that issues the document, where the symbol does not say it; it stands under the upper
    /// rule of page 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"Tides Board")]
    pub organ: Option<String>,
    /// The kind of document, which determines the design of the page.
    #[schemars(example = Kind::DraftResolution)]
    pub kind: Kind,
    /// The language of the document; default: `en`.
    #[serde(skip_serializing_if = "Language::is_default")]
    #[schemars(example = Language::Fr)]
    pub language: Language,
    /// The distribution; default: `limited` for L. documents, otherwise `general`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(example = Distribution::General)]
    pub distribution: Option<Distribution>,
    /// The date of the document, printed in the distribution block.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"2023-08-28")]
    pub date: Option<Date>,
    /// The language or languages of the original; if absent, the line is not printed.
    #[serde(with = "one_or_many", skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "OneOrManyLanguages")]
    #[schemars(example = Language::En)]
    pub original: Vec<Language>,
    /// The job number, such as `23-16564`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"23-16564")]
    pub job: Option<String>,
    /// The date printed after the job number on page 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"2023-08-29")]
    pub job_date: Option<Date>,
    /// The session: its number, or text printed verbatim.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(example = 77)]
    pub session: Option<Session>,
    /// The agenda item, such as `127 (s)` or `13 and 72`, in the form of any language; text that does
    /// not begin with a number is printed verbatim.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"127 (s)")]
    pub agenda_item: Option<Text>,
    /// The title of the agenda item, as one line or as several separate lines.
    #[serde(with = "one_or_many", skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "OneOrMany")]
    #[schemars(example = &"Tides and shores")]
    pub agenda_title: Vec<Text>,
    /// The committee or conference, if the organ alone does not identify it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"Special Committee on Tides")]
    pub body_name: Option<Text>,
    /// The sponsors, in the order in which they are printed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(example = SPONSORS)]
    pub sponsors: Vec<Text>,
    /// The signatories, who want a draft to be discussed without proposing it, in the order in which they are printed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(example = SIGNATORIES)]
    pub signatories: Vec<Text>,
    /// Text printed instead of the line of sponsors.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"Draft resolution submitted by the Chair")]
    pub submitted_by: Option<Text>,
    /// The date on which a resolution or decision was adopted.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"2024-08-13")]
    pub adopted: Option<Date>,
    /// The origin of an adopted text, printed in brackets and italics.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"without reference to a Main Committee (A/78/L.96)")]
    pub adopted_note: Option<Text>,
    /// The adoption in other words than masthead prints by default: one line or several.
    #[serde(skip_serializing_if = "Vec::is_empty", with = "one_or_many")]
    #[schemars(with = "OneOrMany")]
    #[schemars(example = &"Adopted by the General Assembly at its resumed session")]
    pub adopted_text: Vec<Text>,
    /// The type of document, printed at the head of the session block instead of the
    /// adoption: "Decision".
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"Decision")]
    pub document_type: Option<Text>,
    /// The letter of one of several resolutions under one number, on a line below the title.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"A")]
    pub part: Option<Text>,
    /// The number of an adopted text, such as `78/323`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"78/323")]
    pub number: Option<String>,
    /// The title.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"Tides and shores of the world")]
    pub title: Option<Text>,
    /// The title in the running header of an adopted resolution; default: the title.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"Tides and shores")]
    pub running_title: Option<Text>,
    /// The meeting at which a text was adopted, such as `103rd plenary meeting`, in the form that
    /// the language prints in this place: `9461-м заседании`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"103rd plenary meeting")]
    pub meeting: Option<Text>,
    /// The other meetings at which parts of it were adopted, with their dates, printed below the first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(example = serde_json::json!([{ "meeting": "104th plenary meeting", "date": "2023-12-20" }]))]
    pub also_adopted: Vec<Adoption>,
    /// An emblem (SVG or PNG), relative to the document; default: the built-in one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"pictures/emblem.svg")]
    pub emblem: Option<String>,
    /// The house whose document it is, if not the United Nations (docs/house.md); settings of the folder may have one
    /// for all its documents.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(example = serde_json::json!({ "name": "Tides Conference", "symbols": "free" }))]
    pub house: Option<House>,
    /// Adjustments of its lines and pages, such as typists make (docs/copyfitting.md).
    #[serde(skip_serializing_if = "Layout::is_empty")]
    #[schemars(example = serde_json::json!({ "first_page_foot": 79.2 }))]
    pub layout: Layout,
    /// Information about the document that is not printed.
    #[serde(skip_serializing_if = "Metadata::is_empty")]
    #[schemars(example = serde_json::json!({ "classification": [{ "keywords": [{ "value": "TIDES" }] }] }))]
    pub metadata: Metadata,
    /// The blocks of the body.
    pub body: Vec<Block>,
    /// Instead of a body, several texts under one number: resolutions A and B.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(example = serde_json::json!([{ "letter": "A", "title": "The tides", "body": [{ "paragraph": "The moon." }] }]))]
    pub parts: Vec<Part>,
    /// The footnotes, from mark to text; those of parts may be given in the parts.
    #[serde(skip_serializing_if = "Named::is_empty")]
    #[schemars(example = serde_json::json!({ "*": "On behalf of a group of States.", "1": "See A/59/PV.65." }))]
    pub footnotes: Named<Text>,
}

/// The session of the organ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Session {
    /// Its number; 77 becomes "Seventy-seventh session" in the document's language.
    Number(u32),
    /// Text printed verbatim.
    Text(Text),
    /// Lines printed verbatim.
    Lines(Vec<Text>),
}

impl Session {
    /// Its number, or its lines in one, as written.
    pub fn text(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text.to_string(),
            Self::Lines(lines) => lines.iter().map(Text::written).collect::<Vec<_>>().join(" "),
        }
    }

    /// As it stands in a name or a table: its number, or its lines in one, without markup.
    pub fn plain(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text.plain(),
            Self::Lines(lines) => lines.iter().map(Text::plain).collect::<Vec<_>>().join(" "),
        }
    }
}

/// The schema of a text or a list of texts.
#[derive(JsonSchema)]
#[serde(untagged)]
#[allow(dead_code, reason = "it only describes the schema")]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

/// The schema of a language or a list of languages.
#[derive(JsonSchema)]
#[serde(untagged)]
#[allow(dead_code, reason = "it only describes the schema")]
enum OneOrManyLanguages {
    One(Language),
    Many(Vec<Language>),
}

/// Reads and writes a list of one as a single value.
mod one_or_many {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<T: Serialize, S: Serializer>(values: &[T], to: S) -> Result<S::Ok, S::Error> {
        match values {
            [one] => one.serialize(to),
            many => many.serialize(to),
        }
    }

    pub fn deserialize<'de, T, D>(from: D) -> Result<Vec<T>, D::Error>
    where
        T: Deserialize<'de>,
        D: Deserializer<'de>,
    {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Either<T> {
            Many(Vec<T>),
            One(T),
        }
        Ok(match Either::deserialize(from)? {
            Either::Many(values) => values,
            Either::One(value) => vec![value],
        })
    }
}
