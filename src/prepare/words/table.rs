//! The tables of words: one for each language that masthead knows (`en.toml`), and those that users write. What a table
//! contains is one list, by which a table is checked.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use serde::Deserialize;
use toml::{Table, Value};

use self::Shape::{Languages, Organs, Pair, Text, Texts, Truth};
use crate::diagnostic::{Diagnostic, Source, did_you_mean};
use crate::model::Language;
use crate::model::words::Words;
use crate::settings::{At, Settings};

/// What stands in a place of a table.
#[derive(Clone, Copy)]
enum Shape {
    /// A text.
    Text,
    /// `true` or `false`.
    Truth,
    /// A list of texts, of a number if that is not 0; in the list of labels, an entry may be a list.
    Texts(usize),
    /// A text, and the same for a revision.
    Pair,
    /// A text for each organ of the United Nations, where a house has the same.
    Organs,
    /// The names of languages by their codes.
    Languages,
}

/// The places of a table, and whether every table has them.
const PLACES: [(&str, Shape, bool); 73] = [
    ("code", Text, true),
    ("like", Text, false),
    ("letter", Text, true),
    ("publisher", Text, false),
    ("comma", Text, true),
    ("and", Text, true),
    ("and_before.word", Text, false),
    ("and_before.sounds", Texts(0), false),
    ("and_before.not", Texts(0), false),
    ("colon", Text, true),
    ("marks_first", Truth, true),
    ("gap", Text, true),
    ("number", Text, true),
    ("adopted_number", Text, true),
    ("labels", Texts(0), true),
    ("letters", Texts(0), false),
    ("raised", Texts(0), false),
    ("quotes", Texts(2), true),
    ("annex", Text, true),
    ("table", Text, true),
    ("figure", Text, true),
    ("remarks", Texts(3), true),
    ("votes", Texts(3), true),
    ("signatories", Text, true),
    ("recycle", Text, true),
    ("original", Text, true),
    ("committees", Texts(6), false),
    ("organs", Organs, false),
    ("distribution.general", Text, true),
    ("distribution.limited", Text, true),
    ("distribution.restricted", Text, true),
    ("distribution.provisional", Text, true),
    ("languages", Languages, true),
    ("kinds.draft_resolution", Pair, true),
    ("kinds.draft_decision", Pair, true),
    ("kinds.amendment", Pair, true),
    ("kinds.working_paper", Pair, true),
    ("kinds.corrigendum", Text, true),
    ("kinds.addendum", Text, true),
    ("kinds.presidential_statement", Text, false),
    ("dates.months", Texts(12), true),
    ("dates.date", Text, true),
    ("dates.first", Text, false),
    ("dates.issued.months", Texts(12), false),
    ("dates.issued.date", Text, false),
    ("dates.joined.before", Text, false),
    ("dates.joined.link", Text, false),
    ("dates.joined.after", Text, false),
    ("sessions.session", Text, true),
    ("sessions.special", Text, false),
    ("sessions.emergency", Text, false),
    ("sessions.of_year", Text, false),
    ("sessions.ordinals", Texts(0), true),
    ("years.year", Text, false),
    ("years.ordinals", Texts(0), false),
    ("agenda.lettered", Text, true),
    ("agenda.one", Text, true),
    ("agenda.two", Text, false),
    ("agenda.several", Text, true),
    ("agenda.comma", Text, true),
    ("agenda.and", Text, true),
    ("adoption.number", Text, false),
    ("adoption.number_space", Text, false),
    ("adoption.plenary", Text, false),
    ("cited.resolution", Text, false),
    ("cited.decision", Text, false),
    ("cited.follows", Truth, false),
    ("cited.council", Text, false),
    ("moved.from", Text, false),
    ("moved.to", Text, false),
    ("moved.up", Text, false),
    ("moved.down", Text, false),
    ("moved.picture", Text, false),
];

/// The lines that state an adoption, and the organs in them.
const ADOPTIONS: [(&str, Shape, bool); 10] = [
    ("adoption.by", Organs, false),
    ("adoption.by_two", Organs, false),
    ("adoption.by_several", Organs, false),
    ("adoption.resolution", Texts(0), true),
    ("adoption.decision", Texts(0), true),
    ("adoption.resolutions", Texts(0), true),
    ("adoption.decisions", Texts(0), true),
    ("adoption.two_resolutions", Texts(0), false),
    ("adoption.two_decisions", Texts(0), false),
    ("adoption.at", Texts(0), false),
];

fn places() -> impl Iterator<Item = &'static (&'static str, Shape, bool)> {
    PLACES.iter().chain(&ADOPTIONS)
}

/// The organs in tables.
const ORGANS: [&str; 7] = [
    "general_assembly",
    "security_council",
    "economic_and_social_council",
    "trusteeship_council",
    "secretariat",
    "human_rights_council",
    "other",
];

/// Declares the built-in tables.
macro_rules! tables {
    ($($language:ident $file:literal,)*) => {
        /// Returns the table of a language, as it is written; `None` if masthead knows no words of it.
        pub fn source(language: Language) -> Option<&'static str> {
            match language {
                $(Language::$language => Some(include_str!($file)),)*
                Language::Other(_) => None,
            }
        }

        /// Returns the words of a language; those of English if masthead knows none.
        pub fn words(language: Language) -> &'static Words {
            match language {
                $(Language::$language => {
                    static WORDS: LazyLock<Words> = LazyLock::new(|| built_in(include_str!($file)));
                    &WORDS
                })*
                Language::Other(_) => words(Language::En),
            }
        }
    };
}

tables! {
    Ar "ar.toml",
    Zh "zh.toml",
    En "en.toml",
    Fr "fr.toml",
    Ru "ru.toml",
    Es "es.toml",
    De "de.toml",
    Pt "pt.toml",
    It "it.toml",
}

/// Reads a table that is a part of the program; a test checks each.
fn built_in(text: &str) -> Words {
    text.parse::<Table>().and_then(Table::try_into).unwrap_or_default()
}

/// The code of findings about words, and their hint where there is none that is more specific.
const REPORTED: (&str, &str) = ("language-words", "“masthead new --words de” prints a table with all words");

/// Reads the words of a language from a table.
///
/// # Errors
///
/// Returns everything that is wrong with it, and what it lacks.
pub fn read(source: &Arc<Source>) -> Result<Words, Vec<Diagnostic>> {
    Settings::read(source, REPORTED, |reader, root| {
        let mut given = BTreeSet::new();
        let entries = reader.entries(root);
        let code = entries.iter().position(|(name, _)| name == "code");
        let (mut like, mut has_base) = (None, false);
        for (name, at) in &entries {
            if name == "like" {
                (like, has_base) = (known(reader, at), true);
            }
            // What is no text is reported with all other places.
            if name == "code" && at.as_text().is_some_and(|code| Language::of(code).is_none()) {
                reader.wrong(at, "“code” is not the code of a language", "use two letters of ISO 639, such as nl");
            }
        }
        check(reader, &entries, &mut given);
        let lacks = |(name, _, needed): &&(&str, Shape, bool)| *needed && !has_base && !given.contains(*name);
        let lacking: Vec<&str> = places().filter(lacks).map(|(name, ..)| *name).collect();
        let place = code.and_then(|at| entries.get(at)).map_or(root, |(_, at)| at);
        if !lacking.is_empty() {
            let message = format!("the language has no words for {}", lacking.join(", "));
            let hint = "add them, or begin the table with like = \"en\" to take those of another language";
            reader.wrong(place, message, hint);
        }
        let base = like.and_then(self::source).and_then(|text| text.parse::<Table>().ok()).unwrap_or_default();
        let own = source.text.parse::<Table>().unwrap_or_default();
        Words::deserialize(Value::Table(merged(base, own))).unwrap_or_else(|error| {
            // Nearly everything was reported above, at its place.
            if !reader.has_errors() {
                reader.wrong(place, error.message(), REPORTED.1);
            }
            Words::default()
        })
    })
}

/// Returns a language that masthead knows.
fn known(reader: &mut Settings, at: &At) -> Option<Language> {
    let code = at.as_text()?;
    let found = Language::ALL.into_iter().find(|language| language.code() == code);
    if found.is_none() {
        let codes = Language::ALL.map(Language::code).join(", ");
        reader.wrong(at, format!("masthead has no words in “{code}”"), format!("use one of {codes}"));
    }
    found
}

/// Returns a table with the values of another where it has them.
fn merged(mut base: Table, own: Table) -> Table {
    for (name, value) in own {
        let value = match (base.remove(&name), value) {
            (Some(Value::Table(base)), Value::Table(own)) => Value::Table(merged(base, own)),
            (_, value) => value,
        };
        base.insert(name, value);
    }
    base
}

/// Checks the entries of a table, and notes which places have a value.
fn check(reader: &mut Settings, entries: &[(String, At)], given: &mut BTreeSet<String>) {
    for (_, at) in entries {
        let name = at.name().to_owned();
        if let Some((_, shape, _)) = places().find(|(place, ..)| *place == name) {
            shape.check(reader, at);
            for place in missing(&name, at) {
                let hint = format!("write {place} where the value comes");
                reader.wrong(at, format!("“{name}” has no place for its value, {place}"), hint);
            }
            given.insert(name);
        } else if at.is_table() && places().any(|(place, ..)| place.starts_with(&format!("{name}."))) {
            let inner = reader.entries(at);
            check(reader, &inner, given);
        } else {
            let names: Vec<&str> = places().map(|(place, ..)| *place).collect();
            let hint = did_you_mean(&name, &names).unwrap_or_else(|| REPORTED.1.into());
            reader.wrong(at, format!("words have no “{name}”"), hint);
        }
    }
}

/// Returns the places of values that a pattern lacks: those that English has there.
fn missing(name: &str, at: &At) -> Vec<String> {
    static ENGLISH: LazyLock<Table> =
        LazyLock::new(|| self::source(Language::En).and_then(|text| text.parse().ok()).unwrap_or_default());
    let mut names = name.split('.');
    let first = names.next().and_then(|name| ENGLISH.get(name));
    let english = names.try_fold(first, |value, name| value.map(|value| value.get(name))).flatten();
    let texts = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Array(texts) => texts.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" "),
        _ => String::new(),
    };
    let (wanted, own) = (english.map(texts).unwrap_or_default(), at.texts_within().join(" "));
    let mut lacking: Vec<String> = Vec::new();
    for place in placed(&wanted) {
        if !own.is_empty() && !own.contains(place) && !lacking.iter().any(|known| known == place) {
            lacking.push(place.to_owned());
        }
    }
    lacking
}

/// Returns the places of values in a pattern: `{}`, `{date}`.
fn placed(pattern: &str) -> impl Iterator<Item = &str> {
    pattern.match_indices('{').filter_map(|(from, _)| Some(&pattern[from..=from + pattern[from..].find('}')?]))
}

impl Shape {
    fn check(self, reader: &mut Settings, at: &At) {
        match self {
            Text => drop(reader.text(at)),
            Truth => drop(reader.truth(at)),
            Pair => counted(reader, at, 2),
            Texts(number) => counted(reader, at, number),
            Organs => {
                for (name, at) in reader.entries(at) {
                    drop(reader.text(&at));
                    if !ORGANS.contains(&name.as_str()) {
                        let hint = format!("use some of {}", ORGANS.join(", "));
                        reader.wrong(&at, format!("“{name}” is no organ of the United Nations"), hint);
                    }
                }
            }
            Languages => {
                for (code, at) in reader.entries(at) {
                    drop(reader.text(&at));
                    if Language::of(&code).is_none() {
                        let message = format!("“{code}” is not the code of a language");
                        reader.wrong(&at, message, "use two letters of ISO 639, such as nl");
                    }
                }
            }
        }
    }
}

/// Checks that a list has a number of texts; 0 for any.
fn counted(reader: &mut Settings, at: &At, number: usize) {
    if !at.is_list() {
        drop(reader.list(at));
        return;
    }
    let list = reader.list(at);
    let lists = list.iter().filter(|entry| entry.is_list()).count();
    let texts: usize = list.iter().filter(|entry| !entry.is_list() && reader.text(entry).is_some()).count();
    if number > 0 && texts + lists != number {
        let message = format!("“{}” must have {number} texts, not {}", at.name(), list.len());
        reader.wrong(at, message, "give one for each");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_table_is_whole() {
        for language in Language::ALL {
            let text = source(language).unwrap();
            let read = read(&Source::new(format!("{}.toml", language.code()), text));
            let read =
                read.unwrap_or_else(|errors| panic!("{}", errors.iter().map(ToString::to_string).collect::<String>()));
            let parsed = built_in(text);
            assert_eq!((&read, read.language), (&parsed, language));
            assert_eq!(read.languages.len(), Language::ALL.len(), "{}", language.code());
            assert!(read.languages.values().all(|name| !name.is_empty()));
        }
    }

    #[test]
    fn what_a_table_lacks_is_reported_at_once() {
        let errors = |text: &str| {
            let found = read(&Source::new("words.toml", text)).unwrap_err();
            found.into_iter().map(|error| error.message).collect::<Vec<_>>()
        };
        let lacking = errors("code = \"nl\"\ncomma = \", \"\n");
        assert_eq!(lacking.len(), 1);
        for name in ["letter", "dates.months", "sessions.ordinals", "kinds.draft_resolution", "adoption.resolution"] {
            assert!(lacking[0].contains(name), "{}", lacking[0]);
        }
        assert!(!lacking[0].contains(" comma,"));
        let wrong = errors(
            "code = \"nl\"\nlike = \"de\"\nanex = \"Bijlage\"\nvotes = [\"Voor\", \"Tegen\"]\n[dates]\nmonths = 12\n",
        );
        assert_eq!(
            wrong,
            ["words have no “anex”", "“votes” must have 3 texts, not 2", "“dates.months” must be a list, not a number"]
        );
        let lost = errors(
            "code = \"nl\"\nlike = \"de\"\nsignatories = \"Mee\"\noriginal = \"Oorspronkelijk\"\n[dates]\ndate = \"{day} {month}\"\n[adoption]\nresolution = [\"Aangenomen {by}\"]\n",
        );
        assert_eq!(
            lost,
            [
                "“signatories” has no place for its value, {}",
                "“original” has no place for its value, {}",
                "“dates.date” has no place for its value, {year}",
                "“adoption.resolution” has no place for its value, {date}"
            ]
        );
        assert_eq!(errors("code = \"nl\"\nlike = 3\n"), ["“like” must be a quoted string, not a number"]);
        assert_eq!(errors("code = 3\nlike = \"de\"\n"), ["“code” must be a quoted string, not a number"]);
        assert_eq!(errors("code = \"nl\"\nlike = \"xx\"\n"), ["masthead has no words in “xx”"]);
        let own = read(&Source::new("w.toml", "code = \"nl\"\nlike = \"de\"\nannex = \"Bijlage\"\n[kinds]\namendment = [\"amendement\", \"herzien amendement\"]\n")).unwrap();
        assert_eq!((own.language.code(), own.annex.as_str(), own.table.as_str()), ("nl", "Bijlage", "Tabelle"));
        assert_eq!(
            (&own.kinds.amendment[1], &own.kinds.draft_decision[0]),
            (&"herzien amendement".to_owned(), &"Beschlussentwurf".to_owned())
        );
    }
}
