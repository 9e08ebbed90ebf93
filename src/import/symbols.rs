//! The characters of symbol fonts, whose codes stand for characters that other fonts have under other codes.

use crate::diagnostic::Diagnostic;

/// A font, as far as it says what a code stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Font {
    Symbol,
    Wingdings,
    /// A font of pictures that have no other codes.
    Pictures,
    /// A font with the codes of Unicode.
    Usual,
}

/// Where word processors put the codes of symbol fonts.
pub(super) const PRIVATE: u32 = 0xf000;

/// The characters of Symbol, from a code on. The asterisk is that of notes.
const SYMBOL: [(u32, &str); 3] = [
    (0x20, " !∀#∃%&∋()*+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"),
    (0xa0, "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊⟨®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪"),
    (0xf1, "⟩∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"),
];

/// The characters of Wingdings that other fonts have.
const WINGDINGS: [(u32, char); 23] = [
    (0x20, ' '),
    (0x4a, '☺'),
    (0x4c, '☹'),
    (0x6c, '●'),
    (0x6e, '▪'),
    (0x6f, '□'),
    (0x71, '❑'),
    (0x76, '❖'),
    (0xa7, '▪'),
    (0xa8, '□'),
    (0xd8, '➢'),
    (0xdf, '←'),
    (0xe0, '→'),
    (0xe1, '↑'),
    (0xe2, '↓'),
    (0xe8, '➔'),
    (0xef, '⇦'),
    (0xf0, '⇨'),
    (0xf1, '⇧'),
    (0xf2, '⇩'),
    (0xfb, '✗'),
    (0xfc, '✓'),
    (0xfe, '☑'),
];

/// What the most frequent codes stand for where no font is known, as in text that was pasted.
const FREQUENT: [(u32, char); 10] = [
    (0x6e, '▪'),
    (0xa3, '≤'),
    (0xa7, '▪'),
    (0xb0, '°'),
    (0xb1, '±'),
    (0xb3, '≥'),
    (0xb4, '×'),
    (0xb7, '•'),
    (0xe0, '→'),
    (0xfc, '✓'),
];

impl Font {
    pub fn of(name: &str) -> Self {
        match name.trim().to_lowercase().as_str() {
            "symbol" | "symbol mt" | "symbolmt" => Self::Symbol,
            "wingdings" => Self::Wingdings,
            "wingdings 2" | "wingdings 3" | "webdings" => Self::Pictures,
            _ => Self::Usual,
        }
    }

    /// Returns the character that a page shows for one of this font. Returns `None` if no other font has it.
    pub fn shown(self, c: char) -> Option<char> {
        let code = u32::from(c);
        let of_font = code.checked_sub(PRIVATE).filter(|code| (0x20..0x100).contains(code));
        // Word breaks lines at these two in any font.
        let is_plain = self != Self::Usual && (0x20..0xff).contains(&code) && !matches!(c, '\u{a0}' | '\u{ad}');
        let Some(code) = of_font.or(is_plain.then_some(code)) else { return Some(c).filter(|c| !is_private(*c)) };
        let among = |known: &[(u32, char)]| known.iter().find(|(other, _)| *other == code).map(|(_, c)| *c);
        match self {
            Self::Symbol => {
                let of_row = |(first, row): (u32, &str)| row.chars().nth(code.checked_sub(first)? as usize);
                SYMBOL.into_iter().find_map(of_row)
            }
            Self::Wingdings => among(&WINGDINGS),
            Self::Pictures => Some(' ').filter(|_| code == 0x20),
            Self::Usual => among(&FREQUENT),
        }
    }
}

/// Whether a character means nothing but in the font that it was written in.
pub(super) fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..)
}

/// A paragraph has a character of a symbol font that stays as it is.
pub(super) fn symbolic() -> Diagnostic {
    let message = "a character of a symbol font has no code that other fonts know, and stays as it is";
    Diagnostic::advice("import-changed", message).hint("write the character that the page should show")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_stand_for_characters() {
        assert_eq!(SYMBOL.map(|(_, row)| row.chars().count()), [0x5f, 0x50, 0x0e]);
        for (font, code, shown) in [
            (Font::Symbol, '\u{f06d}', Some('μ')),
            (Font::Symbol, 'a', Some('α')),
            (Font::Symbol, 'Z', Some('Ζ')),
            (Font::Symbol, '~', Some('∼')),
            (Font::Symbol, '\u{a3}', Some('≤')),
            (Font::Symbol, '\u{f0b0}', Some('°')),
            (Font::Symbol, '\u{f0de}', Some('⇒')),
            (Font::Symbol, '\u{f0ef}', Some('⎪')),
            (Font::Symbol, '\u{f0fe}', Some('⎭')),
            (Font::Symbol, '\u{f0f0}', None),
            (Font::Symbol, '\u{a0}', Some('\u{a0}')),
            (Font::Symbol, 'ж', Some('ж')),
            (Font::Wingdings, '\u{f0fc}', Some('✓')),
            (Font::Wingdings, '\u{fc}', Some('✓')),
            (Font::Wingdings, 'a', None),
            (Font::Pictures, '\u{f061}', None),
            (Font::Usual, '\u{f0b7}', Some('•')),
            (Font::Usual, '\u{f06d}', None),
            (Font::Usual, 'a', Some('a')),
            (Font::Usual, '\u{e000}', None),
        ] {
            assert_eq!(font.shown(code), shown, "{font:?} {:x}", u32::from(code));
        }
    }
}
