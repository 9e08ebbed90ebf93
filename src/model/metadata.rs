//! Information about a document that is not printed (subjects, steps to adoption, votes), and further
//! adoptions, which are printed.
//!
//! The names and values are those of the metadata of AKN4UN XML.

use indexmap::IndexSet;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Date, Symbol, Text};

/// Information about a document that is not printed.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Metadata {
    /// Subjects, grouped by origin.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub classification: Vec<Classification>,
    /// The steps from draft to adoption, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub workflow: Vec<Step>,
    /// The votes on it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub voting: Vec<Voting>,
}

impl Metadata {
    /// Returns whether there is no information.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Returns the names of the subjects, in order and without duplicates. Keywords about an agenda item or a
    /// title are not subjects.
    pub fn subjects(&self) -> Vec<&str> {
        let keywords = self.classification.iter().flat_map(|group| &group.keywords);
        let names = keywords.filter(|keyword| keyword.refers_to.is_none()).map(Keyword::name);
        names.collect::<IndexSet<_>>().into_iter().collect()
    }
}

/// Subjects of one origin.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(extend("required" = ["keywords"]))]
pub struct Classification {
    /// Who assigned them, or the scheme they are from: `DHLAUTH`, `http://metadata.un.org/sdg`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The subjects.
    pub keywords: Vec<Keyword>,
}

/// A subject.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(extend("required" = ["value"]))]
pub struct Keyword {
    /// The term: `REGIONAL COOPERATION`.
    pub value: String,
    /// The form shown to readers; default: the term.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shown: Option<String>,
    /// A short form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub short: Option<String>,
    /// The vocabulary it is from: `UNBIS Thesaurus`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dictionary: Option<String>,
    /// The address of the term.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// What it refers to, if not the subject of the document: `agenda`, `title`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refers_to: Option<String>,
}

impl Keyword {
    /// Returns the form shown to readers.
    pub fn name(&self) -> &str {
        self.shown.as_deref().unwrap_or(&self.value)
    }
}

/// A step from draft to adoption.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(extend("required" = ["outcome"]))]
pub struct Step {
    /// The outcome: `draftResolution`, `adopted`.
    pub outcome: String,
    /// The date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// The symbol of the document that records it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub document: Option<Symbol>,
    /// Who took the step: the sponsors.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// What it refers to: an agenda item, a paragraph.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refers_to: Option<String>,
}

/// A further meeting at which a text was adopted: decisions are sometimes taken in parts.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Adoption {
    /// The meeting, in the form that the language prints: `66th plenary meeting`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meeting: Option<Text>,
    /// The date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
}

/// A vote, or an adoption without one.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(extend("required" = ["outcome"]))]
pub struct Voting {
    /// The outcome: `adoptedRecordedVote`, `adoptedWithoutVote`.
    pub outcome: String,
    /// Votes in favour.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_favour: Option<Count>,
    /// Votes against.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub against: Option<Count>,
    /// Abstentions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub abstaining: Option<Count>,
}

/// The votes of one kind.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Count {
    /// The number of votes.
    pub number: u16,
    /// The States that cast them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub states: Vec<String>,
}
