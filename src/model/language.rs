//! The languages of documents: those of which masthead has words, and others, whose words a house gives.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A language: an official one of the United Nations; German, into which the German Translation Section
/// translates resolutions and decisions; or another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
#[non_exhaustive]
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
    /// Portuguese.
    Pt,
    /// Italian.
    It,
    /// Another, by its code; a house gives its words.
    Other(&'static str),
}

impl Language {
    /// The languages of which masthead has words, the official ones first.
    pub const ALL: [Self; 9] =
        [Self::Ar, Self::Zh, Self::En, Self::Fr, Self::Ru, Self::Es, Self::De, Self::Pt, Self::It];

    /// The six official languages, in the order in which the United Nations lists them in English.
    pub const OFFICIAL: [Self; 6] = [Self::Ar, Self::Zh, Self::En, Self::Fr, Self::Ru, Self::Es];

    /// Returns the language with that ISO 639-1 code.
    pub fn of(code: &str) -> Option<Self> {
        let known = Self::ALL.into_iter().find(|language| language.code() == code);
        known.or_else(|| CODES.iter().find(|known| **known == code).map(|code| Self::Other(code)))
    }

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
            Self::Pt => "pt",
            Self::It => "it",
            Self::Other(code) => code,
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
            Self::Pt => "Portuguese",
            Self::It => "Italian",
            Self::Other(code) => code,
        }
    }

    /// Returns whether it is the default, the language of a document that names none.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

impl Serialize for Language {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let code = String::deserialize(from)?;
        Self::of(&code).ok_or_else(|| D::Error::custom(format!("“{code}” is not the code of a language")))
    }
}

impl JsonSchema for Language {
    fn schema_name() -> Cow<'static, str> {
        "Language".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let known = Self::ALL.map(|language| {
            serde_json::json!({"description": format!("{}.", language.name()), "type": "string", "const": language.code()})
        });
        let codes = Self::ALL.map(Self::code);
        let other = serde_json::json!({"type": "string", "pattern": "^[a-z]{2}$", "not": {"enum": codes},
            "description": "Another, by its code in ISO 639; the house of the folder gives its words (docs/house.md)."});
        let all: Vec<_> = known.into_iter().chain([other]).collect();
        json_schema!({"description": "A language.", "oneOf": all})
    }
}

/// The codes of ISO 639-1.
#[rustfmt::skip]
const CODES: [&str; 183] = [
    "aa", "ab", "ae", "af", "ak", "am", "an", "ar", "as", "av", "ay", "az", "ba", "be", "bg", "bi", "bm", "bn",
    "bo", "br", "bs", "ca", "ce", "ch", "co", "cr", "cs", "cu", "cv", "cy", "da", "de", "dv", "dz", "ee", "el",
    "en", "eo", "es", "et", "eu", "fa", "ff", "fi", "fj", "fo", "fr", "fy", "ga", "gd", "gl", "gn", "gu", "gv",
    "ha", "he", "hi", "ho", "hr", "ht", "hu", "hy", "hz", "ia", "id", "ie", "ig", "ii", "ik", "io", "is", "it",
    "iu", "ja", "jv", "ka", "kg", "ki", "kj", "kk", "kl", "km", "kn", "ko", "kr", "ks", "ku", "kv", "kw", "ky",
    "la", "lb", "lg", "li", "ln", "lo", "lt", "lu", "lv", "mg", "mh", "mi", "mk", "ml", "mn", "mr", "ms", "mt",
    "my", "na", "nb", "nd", "ne", "ng", "nl", "nn", "no", "nr", "nv", "ny", "oc", "oj", "om", "or", "os", "pa",
    "pi", "pl", "ps", "pt", "qu", "rm", "rn", "ro", "ru", "rw", "sa", "sc", "sd", "se", "sg", "si", "sk", "sl",
    "sm", "sn", "so", "sq", "sr", "ss", "st", "su", "sv", "sw", "ta", "te", "tg", "th", "ti", "tk", "tl", "tn",
    "to", "tr", "ts", "tt", "tw", "ty", "ug", "uk", "ur", "uz", "ve", "vi", "vo", "wa", "wo", "xh", "yi", "yo",
    "za", "zh", "zu",
];
