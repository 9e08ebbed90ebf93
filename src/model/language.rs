//! The six official languages.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An official language of the United Nations.
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
}

impl Language {
    /// The six, in the order in which the United Nations lists them in English.
    pub const ALL: [Self; 6] = [Self::Ar, Self::Zh, Self::En, Self::Fr, Self::Ru, Self::Es];

    /// The ISO 639-1 code: `en`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Ar => "ar",
            Self::Zh => "zh",
            Self::En => "en",
            Self::Fr => "fr",
            Self::Ru => "ru",
            Self::Es => "es",
        }
    }

    /// Its name in English: `English`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ar => "Arabic",
            Self::Zh => "Chinese",
            Self::En => "English",
            Self::Fr => "French",
            Self::Ru => "Russian",
            Self::Es => "Spanish",
        }
    }

    /// The letter printed after the job number: `E`.
    pub fn letter(self) -> char {
        match self {
            Self::Ar => 'A',
            Self::Zh => 'C',
            Self::En => 'E',
            Self::Fr => 'F',
            Self::Ru => 'R',
            Self::Es => 'S',
        }
    }

    /// Whether it is the language of a document that names none.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}
