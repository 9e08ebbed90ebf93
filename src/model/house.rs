//! The house whose pages these are, if it is not the United Nations, and the settings of a folder for its documents.

use std::borrow::Cow;
use std::sync::Arc;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use super::words::Words;
use super::{Date, Distribution, Document, Language, Named, Session, Symbol};
use crate::digest::sha256_of_list;
use crate::error::Error;
use crate::percent::percent_encoded;

/// A house other than the United Nations. Its documents name the United Nations nowhere unless their authors do.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct House {
    /// Its name, above the upper rule of page 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its emblem (SVG or PNG), relative to the file that names it; default: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emblem: Option<String>,
    /// Whether symbols have the form of those of the United Nations (`un`, the default), or any (`free`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub symbols: Option<Symbols>,
    /// Whether the job number is also printed as a barcode; default: true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub barcode: Option<bool>,
    /// Whether the recycling mark is printed; default: true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recycle: Option<bool>,
    /// The address in the QR code, with `{symbol}` for the symbol and `{language}` for the language, or `false`, the
    /// default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub qr: Option<Address>,
    /// The address to which symbols in the text link, in the same form, or `false`, the default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub links: Option<Address>,
    /// The author in the properties of the PDF; default: the name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// Its organs, by the beginnings of their symbols.
    #[serde(skip_serializing_if = "Named::is_empty")]
    pub organs: Named<String>,
    /// Words of its own, from a file that the settings of the folder name.
    #[serde(skip)]
    pub words: Option<Arc<Words>>,
}

impl House {
    /// The fields, as documents and settings name them.
    pub const FIELDS: [&str; 9] =
        ["name", "emblem", "symbols", "barcode", "recycle", "qr", "links", "author", "organs"];

    /// Returns whether symbols may have any form.
    pub fn has_free_symbols(&self) -> bool {
        self.symbols == Some(Symbols::Free)
    }

    /// Returns the organ of a symbol: that with the longest beginning.
    pub fn organ(&self, symbol: &str) -> Option<&str> {
        let is_of = |letters: &str| {
            let rest = symbol.strip_prefix(letters);
            rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        };
        let of_symbol = self.organs.iter().filter(|(letters, _)| is_of(letters));
        of_symbol.max_by_key(|(letters, _)| letters.len()).map(|(_, name)| name.as_str())
    }

    /// Returns a house with the settings of another where this has none.
    pub fn or(self, other: &Self) -> Self {
        let Self { name, emblem, symbols, barcode, recycle, qr, links, author, mut organs, words } = self;
        for (letters, organ) in &other.organs {
            organs.get_or_insert_with(letters, || organ.clone());
        }
        Self {
            name: name.or_else(|| other.name.clone()),
            emblem: emblem.or_else(|| other.emblem.clone()),
            symbols: symbols.or(other.symbols),
            barcode: barcode.or(other.barcode),
            recycle: recycle.or(other.recycle),
            qr: qr.or_else(|| other.qr.clone()),
            links: links.or_else(|| other.links.clone()),
            author: author.or_else(|| other.author.clone()),
            organs,
            words: words.or_else(|| other.words.clone()),
        }
    }
}

/// The form of symbols.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Symbols {
    /// That of the United Nations: A/77/L.107.
    Un,
    /// Any: SPECPOL/1/3, DR 1.2.
    Free,
}

impl Symbols {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Un, Self::Free];

    /// Returns its name in settings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Un => "un",
            Self::Free => "free",
        }
    }
}

/// A web address with places for symbol and language, or none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Address {
    /// `false`.
    None(False),
    /// The pattern of the address.
    At(String),
}

/// The value `false`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "bool", into = "bool")]
pub struct False;

impl TryFrom<bool> for False {
    type Error = &'static str;

    fn try_from(truth: bool) -> Result<Self, Self::Error> {
        if truth { Err("must be an address or false") } else { Ok(Self) }
    }
}

impl From<False> for bool {
    fn from(_: False) -> Self {
        false
    }
}

impl JsonSchema for Address {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Address".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"anyOf": [{"type": "string", "pattern": "^https?:"}, {"const": false}]})
    }
}

impl Address {
    /// How to write an address.
    pub(crate) const HINT: &str = "write it as \"https://papers.example.org/{symbol}\"";
    /// The placeholders of an address.
    const SYMBOL: &str = "{symbol}";
    const LANGUAGE: &str = "{language}";

    /// Returns an address from its pattern.
    ///
    /// # Errors
    ///
    /// Returns an error if it is no web address, or has other placeholders than those of symbol and language.
    pub fn parse(pattern: &str) -> Result<Self, Error> {
        let refused = |must: &str| Err(Error::value(format!("“{pattern}” must {must}")));
        let web = ["https://", "http://"].iter().any(|scheme| pattern.starts_with(scheme));
        if !web || pattern.contains(char::is_whitespace) {
            return refused("be a web address or false");
        }
        match pattern.replace(Self::SYMBOL, "").replace(Self::LANGUAGE, "").contains(['{', '}']) {
            true => refused("have no other placeholders than {symbol} and {language}"),
            false => Ok(Self::At(pattern.to_owned())),
        }
    }

    /// Returns the address of a document.
    pub fn of(&self, symbol: &str, language: Language) -> Option<String> {
        let Self::At(pattern) = self else { return None };
        Some(pattern.replace(Self::SYMBOL, &percent_encoded(symbol)).replace(Self::LANGUAGE, language.code()))
    }
}

/// The settings of a folder that complete its documents.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Folder {
    /// The house.
    pub house: Option<House>,
    /// The values of fields that a document does not give.
    pub defaults: Defaults,
    /// The emblem of house or defaults, as a file.
    pub emblem: Option<Vec<u8>>,
    /// A hash of all of these.
    pub key: String,
}

/// The values of fields that a document does not give.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, JsonSchema)]
#[schemars(default)]
pub struct Defaults {
    /// The body that issues the documents.
    pub organ: Option<String>,
    /// Their language.
    pub language: Option<Language>,
    /// Their distribution.
    pub distribution: Option<Distribution>,
    /// Their date.
    pub date: Option<Date>,
    /// The languages of the original.
    pub original: Vec<Language>,
    /// The session.
    pub session: Option<Session>,
}

impl Defaults {
    /// The fields, as settings name them.
    pub const FIELDS: [&str; 7] = ["organ", "language", "distribution", "date", "original", "session", "emblem"];
}

impl Folder {
    /// Returns the same with its key.
    #[must_use]
    pub fn identified(mut self) -> Self {
        let words = self.house.as_ref().and_then(|house| house.words.as_deref());
        let settings = serde_json::to_vec(&(&self.house, words, &self.defaults)).unwrap_or_default();
        let emblem = self.emblem.as_deref().map(<[u8]>::to_vec);
        self.key = sha256_of_list([settings, emblem.unwrap_or_default()]);
        self
    }

    /// Returns these settings with those of a folder above where they have none.
    #[must_use]
    pub fn or(self, above: &Self) -> Self {
        let Defaults { organ, language, distribution, date, original, session } = self.defaults;
        let other = above.defaults.clone();
        let defaults = Defaults {
            organ: organ.or(other.organ),
            language: language.or(other.language),
            distribution: distribution.or(other.distribution),
            date: date.or(other.date),
            original: if original.is_empty() { other.original } else { original },
            session: session.or(other.session),
        };
        // A house comes with its emblem, or without one.
        let emblem = self.emblem.or_else(|| above.emblem.clone().filter(|_| self.house.is_none()));
        Self { house: self.house.or_else(|| above.house.clone()), defaults, emblem, key: String::new() }
    }

    /// Completes a document, of which `given` returns whether it gives a field.
    pub fn complete(&self, document: &mut Document, given: impl Fn(&str) -> bool) {
        let Defaults { organ, language, distribution, date, original, session } = self.defaults.clone();
        document.organ = document.organ.take().or(organ);
        if !given("language") {
            document.language = language.unwrap_or_default();
        }
        document.distribution = document.distribution.or(distribution);
        document.date = document.date.or(date);
        if !given("original") {
            document.original = original;
        }
        document.session = document.session.take().or(session);
        document.house = match (document.house.take(), &self.house) {
            (Some(own), Some(house)) => Some(own.or(house)),
            (own, house) => own.or_else(|| house.clone()),
        };
    }
}

impl Document {
    /// Returns the emblem that the document names, itself or in its house.
    pub fn own_emblem(&self) -> Option<&String> {
        self.emblem.as_ref().or_else(|| self.house.as_ref()?.emblem.as_ref())
    }

    /// Returns whether its house has symbols of any form.
    pub fn has_free_symbols(&self) -> bool {
        self.house.as_ref().is_some_and(House::has_free_symbols)
    }

    /// Takes the symbols as they are, if its house has symbols of any form.
    pub(crate) fn free_symbols(&mut self) {
        if self.has_free_symbols() {
            self.symbol.iter_mut().for_each(|symbol| *symbol = Symbol::free(&symbol.printed()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn organs_are_found_by_the_beginnings_of_symbols() {
        let organs = [("SPECPOL", "Special Committee"), ("SPECPOL/2", "Second Room"), ("DR", "Plenary")];
        let organs = organs.map(|(letters, name)| (letters.to_owned(), name.to_owned()));
        let house = House { organs: organs.into_iter().collect(), ..House::default() };
        for (symbol, organ) in [
            ("SPECPOL/1/3", Some("Special Committee")),
            ("SPECPOL/2/3", Some("Second Room")),
            ("SPECPOL/21", Some("Special Committee")),
            ("DR 1.2", Some("Plenary")),
            ("DRX/1", None),
        ] {
            assert_eq!(house.organ(symbol), organ, "{symbol}");
        }
    }

    #[test]
    fn addresses_name_the_document() {
        let at = |pattern: &str| Address::parse(pattern).ok()?.of("DR 1.2", Language::De);
        assert_eq!(at("https://x.org/{language}/{symbol}").as_deref(), Some("https://x.org/de/DR%201.2"));
        for wrong in ["papers.org/{symbol}", "https://x.org/{smbol}", "https://x.org/{symbol", "https://x.org/a b"] {
            assert_eq!(at(wrong), None);
        }
        assert_eq!(serde_json::to_value(Address::None(False)).unwrap(), serde_json::json!(false));
        assert!(serde_json::from_value::<Address>(serde_json::json!(true)).is_err());
    }

    #[test]
    fn folders_below_come_first() {
        let folder = |house: Option<&str>, language, session, emblem: Option<u8>| Folder {
            house: house.map(|name| House { name: Some(name.into()), ..House::default() }),
            defaults: Defaults { language, session, ..Defaults::default() },
            emblem: emblem.map(|byte| vec![byte]),
            key: String::new(),
        };
        let above = folder(Some("Above"), Some(Language::De), Some(Session::Number(5)), Some(1));
        let name = |folder: &Folder| folder.house.as_ref().and_then(|house| house.name.clone());
        let inherited = folder(None, Some(Language::Fr), None, None).or(&above);
        assert_eq!((name(&inherited).as_deref(), &inherited.emblem), (Some("Above"), &above.emblem));
        assert_eq!(
            (inherited.defaults.language, inherited.defaults.session),
            (Some(Language::Fr), Some(Session::Number(5)))
        );
        let own = folder(Some("Own"), None, None, None).or(&above);
        assert_eq!(
            (name(&own).as_deref(), own.emblem),
            (Some("Own"), None),
            "a house has an emblem of its own, or none"
        );
    }

    #[test]
    fn keys_follow_from_the_contents() {
        let keys = [
            Folder::default(),
            Folder { emblem: Some(vec![1]), ..Folder::default() },
            Folder { house: Some(House::default()), ..Folder::default() },
            Folder { house: Some(House { words: Some(Arc::default()), ..House::default() }), ..Folder::default() },
            Folder { defaults: Defaults { organ: Some("x".into()), ..Defaults::default() }, ..Folder::default() },
        ]
        .map(|folder| {
            assert_eq!(folder.clone().identified(), folder.clone().identified());
            folder.identified().key
        });
        let different: std::collections::BTreeSet<_> = keys.iter().collect();
        assert_eq!(different.len(), keys.len());
    }

    #[test]
    fn the_document_wins() {
        let house = |name: &str, qr| House { name: Some(name.into()), qr, ..House::default() };
        let folder = Folder {
            house: Some(house("Folder", Address::parse("https://x.org").ok())),
            defaults: Defaults { language: Some(Language::De), organ: Some("Council".into()), ..Defaults::default() },
            ..Folder::default()
        };
        let mut document = Document { house: Some(house("Own", Some(Address::None(False)))), ..Document::default() };
        folder.complete(&mut document, |field| field == "language");
        let completed = document.house.unwrap();
        assert_eq!((completed.name.as_deref(), completed.qr), (Some("Own"), Some(Address::None(False))));
        assert_eq!((document.language, document.organ.as_deref()), (Language::En, Some("Council")));
    }
}
