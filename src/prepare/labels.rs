//! Labels of sub-paragraphs at four levels, from 1, in the styles with Latin letters.
//!
//! English: docs/rules.md#numbering (`label-style`). The first two levels of the others are
//! those of genuine XML, which has no third level: from there on they are assumed to be as in English.

/// Returns (a), (i), a., i.: English, and Markdown in every language.
pub(crate) fn bracketed(level: u8, index: usize) -> String {
    match level {
        1 => format!("({})", letters(index)),
        2 => format!("({})", roman(index + 1)),
        _ => stopped(level, index),
    }
}

/// Returns a), i), a., i.: French, Russian, Spanish.
pub(super) fn half_bracketed(level: u8, index: usize) -> String {
    match level {
        1 => format!("{})", letters(index)),
        2 => format!("{})", roman(index + 1)),
        _ => stopped(level, index),
    }
}

fn stopped(level: u8, index: usize) -> String {
    match level {
        3 => format!("{}.", letters(index)),
        _ => format!("{}.", roman(index + 1)),
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
