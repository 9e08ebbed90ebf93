//! Designations of paragraphs, sub-paragraphs and headings, and their Latin suffixes, which are italic:
//! "(a *bis*)".

use std::fmt;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use serde::{Deserialize, Serialize};

use super::prepared::{Run, Runs};
use crate::model::inline::restyled;
use crate::model::{Inline, Text};

/// The suffixes, as part of a regular expression.
pub(super) const SUFFIXES: &str = concat!(
    "bis|ter|quater|quinquies|sexies|septies|octies|novies|nonies|decies|undecies|duodecies|terdecies|quaterdecies",
    "|quindecies|quinquiesdecies|sexdecies|sexiesdecies|septdecies|septiesdecies|octodecies|octiesdecies|novodecies",
    "|noviesdecies|vicies",
);

/// Matches a suffix after a number or letter, or after its bracket.
static SUFFIX: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!(r"(?:[\p{{L}}\p{{N}})][ \x{{a0}}]|[0-9])({SUFFIXES})\b")).ok());

/// Returns the ranges of the suffixes in a text.
fn suffixes(text: &str) -> impl Iterator<Item = Range<usize>> {
    let found = SUFFIX.iter().flat_map(move |suffix| suffix.captures_iter(text));
    found.filter_map(|hit| hit.get(1)).map(|suffix| suffix.range())
}

/// Puts the suffixes of designations in italics, except within words.
pub(super) fn suffixes_slanted(text: &Text) -> Vec<Inline> {
    let apart = |text: &str| {
        suffixes(text).filter(|range| !text[..range.start].ends_with(char::is_alphanumeric)).collect::<Vec<_>>()
    };
    restyled(text.pieces(), apart, |italic, _| *italic = true)
}

/// What precedes a text: "1.", "(a)", "(a *bis*)". In prepared data it is a text, or runs if a
/// part of it is italic.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(from = "Form", into = "Form")]
pub struct Designation(Runs);

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Form {
    Text(String),
    Runs(Runs),
}

impl Designation {
    /// Creates a designation with its Latin suffixes in italics.
    pub fn new(text: &str) -> Self {
        let mut runs = Runs::new();
        let mut done = 0;
        for range in suffixes(text) {
            runs.push(Run::text(&text[done..range.start]));
            runs.push(Run::slanted(&text[range.clone()]));
            done = range.end;
        }
        if done < text.len() || runs.is_empty() {
            runs.push(Run::text(&text[done..]));
        }
        Self(runs)
    }

    /// Creates a designation of runs as they are.
    pub fn of(runs: Runs) -> Self {
        Self(runs)
    }

    /// Returns its pieces of one style.
    pub fn runs(&self) -> &Runs {
        &self.0
    }
}

impl fmt::Display for Designation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let texts = self.0.iter().filter_map(|run| match run {
            Run::Text { text, .. } => Some(text.as_str()),
            _ => None,
        });
        texts.into_iter().try_for_each(|text| f.write_str(text))
    }
}

impl From<Form> for Designation {
    fn from(form: Form) -> Self {
        match form {
            Form::Text(text) => Self(vec![Run::text(text)]),
            Form::Runs(runs) => Self(runs),
        }
    }
}

impl From<Designation> for Form {
    fn from(designation: Designation) -> Self {
        match &designation.0[..] {
            [run @ Run::Text { text, .. }] if *run == Run::text(text.as_str()) => Self::Text(text.clone()),
            _ => Self::Runs(designation.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin_suffixes_are_italic() {
        for (text, slanted) in [
            ("(a bis)", "(a *bis*)"),
            ("a ter)", "a *ter*)"),
            ("(iv quater)", "(iv *quater*)"),
            ("3 quinquies.", "3 *quinquies*."),
            ("3\u{a0}sexies.", "3\u{a0}*sexies*."),
            ("II septies", "II *septies*"),
            ("(a) octies", "(a) *octies*"),
            ("Пункт 14 novies повестки дня", "Пункт 14 *novies* повестки дня"),
            ("Agenda items 14 (a decies) and 15 bis", "Agenda items 14 (a *decies*) and 15 *bis*"),
            ("(ter)", "(ter)"),
            ("14 *bis*", "14 *bis*"),
            ("3 terms", "3 terms"),
            ("(a)", "(a)"),
        ] {
            assert_eq!(suffixes_slanted(&text.into()), Text::from(slanted).pieces());
        }
    }

    #[test]
    fn plain_designations_are_texts_in_prepared_data() {
        let json = |text: &str| serde_json::to_string(&Designation::new(text)).unwrap();
        assert_eq!(json("(a)"), r#""(a)""#);
        assert_eq!(json("(a bis)"), r#"[{"text":"(a "},{"text":"bis","italic":true},{"text":")"}]"#);
        assert_eq!(json("3bis"), r#"[{"text":"3"},{"text":"bis","italic":true}]"#);
        for text in ["", "1.", "(a bis)", "3bis"] {
            let designation = Designation::new(text);
            assert_eq!(designation.to_string(), text);
            assert_eq!(serde_json::from_str::<Designation>(&json(text)).unwrap(), designation);
        }
    }
}
