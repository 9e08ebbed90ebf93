//! What is known of a document and not printed: subjects, the way to adoption, votes. And when it was
//! adopted besides, which is printed.
//!
//! The names and values are those of the metadata of AKN4UN XML.

use indexmap::IndexSet;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Date;

/// What is known of a document and not printed.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Metadata {
    /// Subjects, in groups of one origin.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub classification: Vec<Classification>,
    /// The steps from draft to adoption, in their order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub workflow: Vec<Step>,
    /// How it was voted on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub voting: Vec<Voting>,
}

impl Metadata {
    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The names of the subjects, each once, in their order; what stands for an agenda item or a
    /// title is no subject.
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
    /// Who chose them, or by which scheme: `DHLAUTH`, `http://metadata.un.org/sdg`.
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
    /// How it is shown; default: the term.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shown: Option<String>,
    /// A short form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub short: Option<String>,
    /// The vocabulary it is of: `UNBIS Thesaurus`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dictionary: Option<String>,
    /// The address of the term.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// What it is about, if not the document's matter: `agenda`, `title`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refers_to: Option<String>,
}

impl Keyword {
    /// How it is shown.
    pub fn name(&self) -> &str {
        self.shown.as_deref().unwrap_or(&self.value)
    }
}

/// A step from draft to adoption.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(extend("required" = ["outcome"]))]
pub struct Step {
    /// What came of it: `draftResolution`, `adopted`.
    pub outcome: String,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// The symbol of the document that says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// By whom: the sponsors.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// What it is about: an agenda item, a paragraph.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refers_to: Option<String>,
}

/// A meeting at which a text was adopted besides the first: decisions are at times taken in parts.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Adoption {
    /// The meeting, as the language prints it: `66th plenary meeting`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meeting: Option<String>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
}

/// A vote, or an adoption without one.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(extend("required" = ["outcome"]))]
pub struct Voting {
    /// What came of it: `adoptedRecordedVote`, `adoptedWithoutVote`.
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

/// Votes of one kind.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Count {
    /// How many.
    pub number: u16,
    /// Whose.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub states: Vec<String>,
}
