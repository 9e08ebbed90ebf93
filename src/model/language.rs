//! The languages of documents: the six official ones, and German.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A language in which the United Nations issues documents: an official one, or German, into which the
/// German Translation Section translates resolutions and decisions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Arabic.
    Ar,
    /// Chinese.
    Zh,
    /// English.
    #[default]
    En,
    /// French.
    Fr,
    /// Russian.
    Ru,
    /// Spanish.
    Es,
    /// German.
    De,
}

impl Language {
    /// All languages, the official ones first.
    pub const ALL: [Self; 7] = [Self::Ar, Self::Zh, Self::En, Self::Fr, Self::Ru, Self::Es, Self::De];

    /// The six official languages, in the order in which the United Nations lists them in English.
    pub const OFFICIAL: [Self; 6] = [Self::Ar, Self::Zh, Self::En, Self::Fr, Self::Ru, Self::Es];

    /// Returns the ISO 639-1 code: `en`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Ar => "ar",
            Self::Zh => "zh",
            Self::En => "en",
            Self::Fr => "fr",
            Self::Ru => "ru",
            Self::Es => "es",
            Self::De => "de",
        }
    }

    /// Returns the code used in the addresses of documents, which distinguish the official languages and
    /// "other".
    pub fn address_code(self) -> &'static str {
        if Self::OFFICIAL.contains(&self) { self.code() } else { "ot" }
    }

    /// Returns the English name: `English`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ar => "Arabic",
            Self::Zh => "Chinese",
            Self::En => "English",
            Self::Fr => "French",
            Self::Ru => "Russian",
            Self::Es => "Spanish",
            Self::De => "German",
        }
    }

    /// Returns the letter printed after the job number: `E`.
    pub fn letter(self) -> char {
        match self {
            Self::Ar => 'A',
            Self::Zh => 'C',
            Self::En => 'E',
            Self::Fr => 'F',
            Self::Ru => 'R',
            Self::Es => 'S',
            Self::De => 'G',
        }
    }

    /// Returns whether it is the default, the language of a document that names none.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}
