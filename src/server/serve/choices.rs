//! The values between which programs choose in requests.

use masthead::{Format, Lines, MissingGlyphs, Profile};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A syntax of documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Syntax {
    /// YAML.
    Yaml,
    /// JSON.
    Json,
    /// Markdown with YAML front matter.
    Md,
    /// AKN4UN XML.
    Xml,
}

impl Syntax {
    /// The media type of files in this syntax.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Yaml => "application/yaml",
            Self::Json => "application/json",
            Self::Md => "text/markdown; charset=utf-8",
            Self::Xml => "application/xml",
        }
    }
}

impl From<Syntax> for Format {
    fn from(syntax: Syntax) -> Self {
        match syntax {
            Syntax::Yaml => Self::Yaml,
            Syntax::Json => Self::Json,
            Syntax::Md => Self::Markdown,
            Syntax::Xml => Self::Xml,
        }
    }
}

/// A format of pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Output {
    /// One PDF file.
    #[default]
    Pdf,
    /// PNG images.
    Png,
    /// SVG images.
    Svg,
}

/// A format of changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Changes {
    /// The list of changes, as `masthead diff --json` prints it.
    #[default]
    Json,
    /// The same in words.
    Text,
    /// The pages of the newer document with the changes marked.
    Pdf,
}

/// The purpose of a PDF file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Purpose {
    /// For archiving and accessibility: PDF/A-3a and PDF/UA-1.
    #[default]
    Archive,
    /// For printing: PDF/X-4, without tags.
    Print,
    /// For viewing: plain and small.
    Screen,
}

impl From<Purpose> for Profile {
    fn from(purpose: Purpose) -> Self {
        match purpose {
            Purpose::Archive => Self::Archive,
            Purpose::Print => Self::Print,
            Purpose::Screen => Self::Screen,
        }
    }
}

/// How lines are broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum LineEnds {
    /// As on the official pages, where the rule is known for the language.
    #[default]
    Official,
    /// As the typesetting engine breaks them.
    Engine,
}

impl From<LineEnds> for Lines {
    fn from(ends: LineEnds) -> Self {
        match ends {
            LineEnds::Official => Self::Official,
            LineEnds::Engine => Self::Engine,
        }
    }
}

/// What is printed for characters that no font covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Missing {
    /// Nothing: the document is refused.
    #[default]
    Error,
    /// A box with its code, and a warning.
    BoxWithCode,
}

impl From<Missing> for MissingGlyphs {
    fn from(missing: Missing) -> Self {
        match missing {
            Missing::Error => Self::Error,
            Missing::BoxWithCode => Self::BoxWithCode,
        }
    }
}

/// How urgent documents are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Priority {
    /// Before all others.
    High,
    /// When no urgent ones are waiting.
    #[default]
    Normal,
}
