//! Normalises characters for the page: white space is folded, control characters are left out, and
//! private-use characters of symbol fonts are replaced by their usual equivalents.

/// Folds white space but keeps no-break spaces, and removes invisible characters.
pub(super) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let c = if matches!(c, '\t' | '\n' | '\r' | '\u{85}' | '\u{1680}' | '\u{2028}' | '\u{2029}' | '\u{205f}') {
            ' '
        } else {
            printed(c)
        };
        if !invisible(c) && (c != ' ' || !out.ends_with(' ')) {
            out.push(c);
        }
    }
    out
}

/// Whether two texts are equal apart from spaces and capitals.
pub(super) fn same_name(a: &str, b: &str) -> bool {
    let letters = |text| str::chars(text).filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase);
    letters(a).eq(letters(b))
}

/// Whether a character prints nothing and only controls programs: control characters, directional
/// embeddings, soft hyphens, variation selectors, tags.
pub(super) fn invisible(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'
                | '\u{1160}'
                | '\u{17b4}'
                | '\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2061}'..='\u{206f}'
                | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e0fff}'
        )
        || nonexistent(c)
}

/// Whether it is a noncharacter.
fn nonexistent(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe
}

/// Returns the meaning of a private-use character of the fonts Symbol and Wingdings, which word processors
/// keep at U+F020 to U+F0FF. Unknown characters become U+FFFD.
fn printed(c: char) -> char {
    let code = u32::from(c);
    if !matches!(code, 0xE000..=0xF8FF | 0xF_0000..=0x10_FFFD) {
        return c;
    }
    match code {
        // Digits and punctuation have the same positions in the font Symbol as in ASCII.
        0xF020..=0xF03F | 0xF05B..=0xF05D | 0xF07B..=0xF07D => char::from_u32(code - 0xF000).unwrap_or(c),
        0xF044 => 'Δ',
        0xF053 => 'Σ',
        0xF06D => 'μ',
        0xF06E | 0xF0A7 => '▪',
        0xF06F | 0xF0A8 | 0xF071 => '☐',
        0xF070 => 'π',
        0xF076 => '❖',
        0xF0A3 => '≤',
        0xF0A5 => '∞',
        0xF0AC => '←',
        0xF0AE | 0xF0E0 | 0xF0E8 => '→',
        0xF0B0 => '°',
        0xF0B1 => '±',
        0xF0B2 => '″',
        0xF0B3 => '≥',
        0xF0B4 => '×',
        0xF0B7 | 0xF09F | 0xF06C => '•',
        0xF0B8 => '÷',
        0xF0B9 => '≠',
        0xF0BB => '≈',
        0xF0D6 => '√',
        0xF0D8 => '➢',
        0xF0E2 | 0xF0D2 => '®',
        0xF0E3 | 0xF0D3 => '©',
        0xF0E4 | 0xF0D4 => '™',
        0xF0E5 => '∑',
        0xF0FB => '✗',
        0xF0FC => '✓',
        0xF0FD => '☒',
        0xF0FE => '☑',
        _ => '\u{fffd}',
    }
}

/// Whether a text has visible characters.
pub(super) fn visible(text: &str) -> bool {
    text.contains(|c: char| !c.is_whitespace() && !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_cannot_show_is_read_sensibly() {
        assert_eq!(folded("\u{f0b7}\tone\u{ad}\u{feff} \u{202b}two\u{202c}\u{2028}3\u{a0}4"), "• one two 3\u{a0}4");
        assert_eq!(folded("\u{f028}a\u{f029} \u{f0b3} \u{e123} ✓\u{fe0e}"), "(a) ≥ \u{fffd} ✓");
        assert_eq!(folded("می\u{200c}خواهم\u{200f}"), "می\u{200c}خواهم\u{200f}", "joiners and marks of direction stay");
    }
}
