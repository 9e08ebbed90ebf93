//! The room that Chinese characters take beside others: a quarter of an em from Latin letters and figures, and half an
//! em less between two signs of punctuation (measured: ST/SPACE/61/Rev.3, where 2.6 of 10.5 points stand before 1968,
//! and 5.25 between a comma and a quotation mark). The engine does the same.

use unicode_script::{Script, UnicodeScript};

/// What is added before and after each of the characters, in parts of the size. With each comes whether a face of
/// Chinese sets it: only there are quotation marks wide.
pub(in crate::typeset) fn beside(characters: &[(char, bool)]) -> Vec<(f64, f64)> {
    const APART: f64 = 0.25;
    let mut added = vec![(0.0, 0.0); characters.len()];
    for index in 1..characters.len() {
        let (one, next) = (characters[index - 1], characters[index]);
        if han(one.0) && latin(next.0) {
            added[index - 1].1 += APART;
        } else if latin(one.0) && han(next.0) {
            added[index].0 += APART;
        } else if one.1 && next.1 {
            // A sign gives away its empty half.
            let after = if closes(one.0) { 0.5 } else { 0.0 };
            let before = if opens(next.0) { 0.5 } else { 0.0 };
            let signs = (closes(one.0) || opens(one.0)) && (closes(next.0) || opens(next.0));
            if signs && after > 0.0 {
                added[index - 1].1 -= after;
            } else if signs {
                added[index].0 -= before;
            }
        }
    }
    added
}

/// Whether a line that is filled to the measure widens after a character.
pub(in crate::typeset) fn widens((c, wide): (char, bool), next: Option<(char, bool)>) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{3000}')
        || han(c)
        || (wide && (opens(c) || closes(c)))
        || (latin(c) && next.is_some_and(|next| han(next.0)))
}

/// Whether it is a Chinese character.
pub(super) fn han(c: char) -> bool {
    matches!(c.script(), Script::Han | Script::Hiragana | Script::Katakana)
}

/// Whether it is a sign that takes the right half of its square: what stands behind it stays with it.
pub(super) fn opens(c: char) -> bool {
    "“‘《〈（『「【〖〔［｛".contains(c)
}

/// Whether it is a sign that takes the left half of its square: it begins no line.
pub(super) fn closes(c: char) -> bool {
    "”’，。．、：；？！》〉）』」】〗〕］｝".contains(c)
}

/// Whether it is a Latin letter or a figure.
fn latin(c: char) -> bool {
    c.is_ascii_digit() || "#$%&".contains(c) || matches!(c.script(), Script::Latin | Script::Greek | Script::Cyrillic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_beside_characters() {
        let added = |text: &str| beside(&text.chars().map(|c| (c, !c.is_ascii())).collect::<Vec<_>>());
        assert_eq!(added("于1968年"), [(0.0, 0.25), (0.0, 0.0), (0.0, 0.0), (0.0, 0.0), (0.0, 0.0), (0.25, 0.0)]);
        assert_eq!(added("国，《（约"), [(0.0, 0.0), (0.0, -0.5), (0.0, 0.0), (-0.5, 0.0), (0.0, 0.0)]);
        assert_eq!(added("国，1（a）"), [(0.0, 0.0); 6]);
    }
}
