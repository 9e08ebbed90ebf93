//! Labels of sub-paragraphs: (a), (i), a., i. (RULES.md, *The parts of a resolution*).

/// The label of the `index`th sub-paragraph (from 0) at a level from 1.
pub(super) fn label(level: u8, index: usize) -> String {
    match level {
        1 => format!("({})", letters(index)),
        2 => format!("({})", roman(index + 1)),
        3 => format!("{}.", letters(index)),
        _ => format!("{}.", roman(index + 1)),
    }
}

/// a, b, … z, aa, bb, …
fn letters(index: usize) -> String {
    const ALPHABET: &[u8; 26] = b"abcdefghijklmnopqrstuvwxyz";
    let letter = char::from(ALPHABET[index % 26]);
    std::iter::repeat_n(letter, index / 26 + 1).collect()
}

fn roman(mut number: usize) -> String {
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
        let at = |level, indices: &[usize]| -> Vec<String> { indices.iter().map(|i| label(level, *i)).collect() };
        assert_eq!(at(1, &[0, 25, 26, 27]), ["(a)", "(z)", "(aa)", "(bb)"]);
        assert_eq!(at(2, &[0, 3, 8, 13]), ["(i)", "(iv)", "(ix)", "(xiv)"]);
        assert_eq!(at(3, &[1]), ["b."]);
        assert_eq!(at(4, &[2]), ["iii."]);
    }
}
