//! The parts of a document: several texts under one number, such as resolutions A and B.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Adjustment, Block, Date, Document, Metadata, Named, Path, Text, one_or_many};

/// One of several texts under one number that share the head of the document.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(extend("required" = ["letter", "body"]))]
pub struct Part {
    /// Its letter, such as `A`; it may have a footnote.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub letter: Option<Text>,
    /// Its own title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Text>,
    /// The meeting at which it was adopted, printed with the date at its end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meeting: Option<Text>,
    /// The date of its adoption; default: that of the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub adopted: Option<Date>,
    /// Its closing lines in other words than masthead prints by default: one line or several.
    #[serde(skip_serializing_if = "Vec::is_empty", with = "one_or_many")]
    #[schemars(with = "super::OneOrMany")]
    pub adopted_text: Vec<Text>,
    /// Information about it that is not printed and differs from that about the document.
    #[serde(skip_serializing_if = "Metadata::is_empty")]
    pub metadata: Metadata,
    /// Adjustments of its page, and of the lines of its letter and title.
    #[serde(skip_serializing_if = "Adjustment::is_empty")]
    pub layout: Adjustment,
    /// Its blocks.
    pub body: Vec<Block>,
    /// Its footnotes, from mark to text; other marks refer to the footnotes of the document.
    #[serde(skip_serializing_if = "Named::is_empty")]
    pub footnotes: Named<Text>,
}

impl Part {
    /// Returns the first of its closing lines, if it has any.
    pub fn closed_by(&self) -> Option<&Text> {
        self.adopted_text.first().or(self.meeting.as_ref())
    }

    /// Returns the part as a document with no content besides that of the part.
    pub fn as_document(&self, whole: &Document) -> Document {
        let Document { symbol, organ, kind, language, .. } = whole;
        let Self { letter, title, meeting, adopted, adopted_text, metadata, layout: _, body, footnotes } = self.clone();
        Document {
            symbol: symbol.clone(),
            organ: organ.clone(),
            kind: *kind,
            language: *language,
            part: letter,
            title,
            meeting,
            adopted,
            adopted_text,
            metadata,
            body,
            footnotes,
            ..Document::default()
        }
    }
}

impl Document {
    /// Returns the lists of blocks with their paths: the body, and those of the parts.
    pub fn bodies(&self) -> Vec<(Path, &[Block])> {
        let body = (self.parts.is_empty() || !self.body.is_empty()).then(|| (Path::from("body"), self.body.as_slice()));
        let parts = self.parts.iter().enumerate();
        body.into_iter()
            .chain(parts.map(|(index, part)| (Path::from("parts").index(index).field("body"), part.body.as_slice())))
            .collect()
    }

    /// Returns the symbols of a part: "A/RES/84/80 A" for "A/RES/84/80 A-B". The list is empty if the part has
    /// no letter.
    pub fn symbols_of(&self, part: &Part) -> Vec<String> {
        let letter = part.letter.as_ref().map(Text::plain).unwrap_or_default();
        // "Resolution A"
        let Some(letter) = letter.split_whitespace().last() else { return Vec::new() };
        self.symbol.iter().map(|symbol| format!("{} {letter}", symbol.without_letters())).collect()
    }
}
