//! Labels of sub-paragraphs at their levels.
//!
//! English: docs/rules.md#numbering (`label-style`). The first two levels of the other official languages are
//! those of genuine XML, which has no third level: from there on they are assumed to be as in English.

use super::{Words, words};
use crate::model::Language;
use crate::model::words::Label;

/// Returns (a), (i), a., i.: English, and Markdown in every language.
pub(crate) fn bracketed(level: u8, index: usize) -> String {
    words(Language::En).label(level, index)
}

impl Words {
    /// Returns "(b)": the label of a sub-paragraph of that level, from 1, and index, from 0.
    pub fn label(&self, level: u8, index: usize) -> String {
        let level = usize::from(level.max(1)) - 1;
        match self.labels.get(level).or(self.labels.last()) {
            Some(Label::Pattern(pattern)) => self.counted_by(pattern, index),
            Some(Label::List(list)) => list.get(index).cloned().unwrap_or_else(|| format!("({})", index + 1)),
            None => format!("({})", index + 1),
        }
    }

    /// Returns a label by the first of its level: the counter is its first letter or digit.
    fn counted_by(&self, pattern: &str, index: usize) -> String {
        let own = self.letters.first().and_then(|first| pattern.split_once(first.as_str()));
        if let Some((before, after)) = own {
            let letter = self.letters[index % self.letters.len()].repeat(index / self.letters.len() + 1);
            return format!("{before}{letter}{after}");
        }
        let Some(at) = pattern.find(|c: char| "a1iAI".contains(c)) else { return pattern.to_owned() };
        let (before, after) = (&pattern[..at], &pattern[at + 1..]);
        let counter = match &pattern[at..=at] {
            "a" => letters(index),
            "A" => letters(index).to_uppercase(),
            "i" => roman(index + 1),
            "I" => roman(index + 1).to_uppercase(),
            _ => (index + 1).to_string(),
        };
        format!("{before}{counter}{after}")
    }
}

/// Returns a, b, … z, aa, bb, …
fn letters(index: usize) -> String {
    let letter = ('a'..='z').nth(index % 26).unwrap_or('a');
    std::iter::repeat_n(letter, index / 26 + 1).collect()
}

/// Returns i, ii, iii, …
pub(crate) fn roman(mut number: usize) -> String {
    const NUMERALS: [(usize, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut word = String::new();
    for (value, numeral) in NUMERALS {
        while number >= value {
            word.push_str(numeral);
            number -= value;
        }
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_four_levels() {
        type Style = fn(u8, usize) -> String;
        let half_bracketed: Style = |level, index| words(Language::Fr).label(level, index);
        let at = |style: Style, level, indices: &[usize]| indices.iter().map(|i| style(level, *i)).collect::<Vec<_>>();
        assert_eq!(at(bracketed, 1, &[0, 25, 26, 27]), ["(a)", "(z)", "(aa)", "(bb)"]);
        assert_eq!(at(bracketed, 2, &[0, 3, 8, 13]), ["(i)", "(iv)", "(ix)", "(xiv)"]);
        assert_eq!(at(half_bracketed, 1, &[0, 18]), ["a)", "s)"]);
        assert_eq!(at(half_bracketed, 2, &[0, 12]), ["i)", "xiii)"]);
        for style in [bracketed as Style, half_bracketed] {
            assert_eq!([style(3, 1), style(4, 2)], ["b.", "iii."]);
        }
    }
}
