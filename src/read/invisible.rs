//! Invisible characters and ligatures, which come with text copied from elsewhere. They are reported
//! and removed or spelt out, and texts are composed (NFC).

use std::borrow::Cow;
use std::collections::BTreeMap;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::diagnostic::Diagnostic;

/// How occurrences of one character in a text were changed.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Changed {
    /// How often the text contains the character.
    pub all: usize,
    /// Which occurrences were changed; those that a script needs are kept.
    pub which: Vec<usize>,
    /// The replacement.
    pub instead: String,
}

impl Changed {
    /// Returns the warning about the change.
    pub fn warning(&self, c: char) -> Diagnostic {
        let times = if self.which.len() == 1 { String::new() } else { format!(" ({} times)", self.which.len()) };
        let name = called(c);
        if self.instead.is_empty() {
            let message = format!("{name} is invisible and was left out{times}");
            return Diagnostic::warning("invisible-character", message)
                .hint("remove it, or run “masthead check --fix”; it often comes with text copied from elsewhere");
        }
        let message = format!("{name} is a presentation form and was read as “{}”{times}", self.instead);
        Diagnostic::warning("presentation-form", message)
            .hint("write plain letters, or run “masthead check --fix”; it often comes with text copied from a PDF file")
    }
}

/// Returns a text as it is read, and the changes other than its composition.
pub(super) fn settled(text: &str) -> (Cow<'_, str>, BTreeMap<char, Changed>) {
    let mut changed = BTreeMap::new();
    if text.is_ascii() {
        return (Cow::Borrowed(text), changed);
    }
    let kept = kept(text, &mut changed);
    let composed = match is_nfc_quick(kept.chars()) {
        IsNormalized::Yes => kept,
        _ => Cow::Owned(kept.nfc().collect()),
    };
    (composed, changed)
}

fn kept<'t>(text: &'t str, changed: &mut BTreeMap<char, Changed>) -> Cow<'t, str> {
    let met = |c: char| !c.is_ascii() && (is_invisible(c) || apart(c).is_some());
    if !text.contains(met) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let right_to_left = is_right_to_left(text);
    for (at, c) in text.char_indices() {
        if !met(c) {
            out.push(c);
            continue;
        }
        let one = changed.entry(c).or_default();
        one.all += 1;
        if is_needed(c, &out, &text[at + c.len_utf8()..], right_to_left) {
            out.push(c);
            continue;
        }
        one.which.push(one.all - 1);
        one.instead = apart(c).unwrap_or_default();
        out.push_str(&one.instead);
    }
    changed.retain(|_, one| !one.which.is_empty());
    Cow::Owned(out)
}

/// Whether a character prints nothing. Directional embeddings are not included: they may change
/// the meaning of a text, and `check` refuses them.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{206a}'..='\u{206f}'
        | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0001}' | '\u{e0020}'..='\u{e007f}'
        | '\u{e0100}'..='\u{e01ef}')
}

/// Returns the letters that a ligature or a positional form stands for.
fn apart(c: char) -> Option<String> {
    let form = matches!(c,
        '\u{fb00}'..='\u{fb06}' | '\u{fb13}'..='\u{fb17}' | '\u{fb1d}'..='\u{fb4f}'
        | '\u{fb50}'..='\u{fdcf}' | '\u{fe80}'..='\u{fefc}');
    // Almost no character is one, and every character of a text is asked.
    let letters = form.then(|| std::iter::once(c).nfkc().collect::<String>())?;
    // The decomposition of an isolated mark begins with a space.
    (!letters.starts_with(' ') && letters != c.to_string()).then_some(letters)
}

/// Whether the script of the text around an invisible character needs it.
fn is_needed(c: char, before: &str, after: &str, right_to_left: bool) -> bool {
    // There are few marks and selectors between two letters.
    const NEAR: usize = 8;
    let last = || before.chars().rev().take(NEAR).find(|c| !is_invisible(*c));
    let next = || after.chars().take(NEAR).find(|c| !is_invisible(*c));
    let beside = |is: fn(char) -> bool| last().is_some_and(is) || next().is_some_and(is);
    match c {
        '\u{200c}' | '\u{200d}' => beside(joins),
        '\u{200e}' | '\u{200f}' | '\u{61c}' => right_to_left,
        '\u{200b}' => beside(without_spaces),
        '\u{180b}'..='\u{180f}' => beside(|c| matches!(c, '\u{1800}'..='\u{18af}')),
        '\u{fe00}'..='\u{fe0d}' | '\u{e0100}'..='\u{e01ef}' => last().is_some_and(has_variants),
        '\u{115f}' | '\u{1160}' => beside(|c| matches!(c, '\u{1100}'..='\u{11ff}')),
        _ => false,
    }
}

/// Whether a text contains letters that are written from right to left.
pub(crate) fn is_right_to_left(text: &str) -> bool {
    text.contains(|c| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'))
}

/// Joining letters: Arabic and related scripts, the scripts of India and related ones, Mongolian.
fn joins(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{fff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{18af}' | '\u{1a20}'..='\u{1aaf}'
        | '\u{1b00}'..='\u{1bff}' | '\u{a840}'..='\u{a8ff}' | '\u{a980}'..='\u{a9df}' | '\u{fb50}'..='\u{fdff}'
        | '\u{fe70}'..='\u{fefc}' | '\u{10ac0}'..='\u{10aff}' | '\u{11000}'..='\u{11fff}')
}

/// Scripts that put no spaces between words.
fn without_spaces(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{fff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{1950}'..='\u{19df}')
}

/// Characters with forms chosen by a selector: ideographs, mathematical signs, Mongolian, Phags-pa.
fn has_variants(c: char) -> bool {
    matches!(c, '\u{1000}'..='\u{109f}' | '\u{1800}'..='\u{18af}' | '\u{2200}'..='\u{22ff}' | '\u{3000}'..='\u{303f}'
        | '\u{3400}'..='\u{9fff}' | '\u{a840}'..='\u{a87f}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// “U+00AD SOFT HYPHEN”.
fn called(c: char) -> String {
    let code = u32::from(c);
    let name = match NAMES.iter().find(|(known, _)| *known == c) {
        Some((_, name)) => Cow::Borrowed(*name),
        None => match code {
            0xFE00..=0xFE0F => format!("VARIATION SELECTOR-{}", code - 0xFE00 + 1).into(),
            0xE0100..=0xE01EF => format!("VARIATION SELECTOR-{}", code - 0xE0100 + 17).into(),
            0xE0001..=0xE007F => "TAG".into(),
            0xFB13..=0xFB17 => "ARMENIAN SMALL LIGATURE".into(),
            0xFB1D..=0xFB4F => "HEBREW PRESENTATION FORM".into(),
            0xFB50..=0xFEFC => "ARABIC PRESENTATION FORM".into(),
            _ => "FORMAT CHARACTER".into(),
        },
    };
    format!("U+{code:04X} {name}")
}

const NAMES: &[(char, &str)] = &[
    ('\u{ad}', "SOFT HYPHEN"),
    ('\u{34f}', "COMBINING GRAPHEME JOINER"),
    ('\u{61c}', "ARABIC LETTER MARK"),
    ('\u{115f}', "HANGUL CHOSEONG FILLER"),
    ('\u{1160}', "HANGUL JUNGSEONG FILLER"),
    ('\u{17b4}', "KHMER VOWEL INHERENT AQ"),
    ('\u{17b5}', "KHMER VOWEL INHERENT AA"),
    ('\u{180b}', "MONGOLIAN FREE VARIATION SELECTOR ONE"),
    ('\u{180c}', "MONGOLIAN FREE VARIATION SELECTOR TWO"),
    ('\u{180d}', "MONGOLIAN FREE VARIATION SELECTOR THREE"),
    ('\u{180e}', "MONGOLIAN VOWEL SEPARATOR"),
    ('\u{180f}', "MONGOLIAN FREE VARIATION SELECTOR FOUR"),
    ('\u{200b}', "ZERO WIDTH SPACE"),
    ('\u{200c}', "ZERO WIDTH NON-JOINER"),
    ('\u{200d}', "ZERO WIDTH JOINER"),
    ('\u{200e}', "LEFT-TO-RIGHT MARK"),
    ('\u{200f}', "RIGHT-TO-LEFT MARK"),
    ('\u{2060}', "WORD JOINER"),
    ('\u{2061}', "FUNCTION APPLICATION"),
    ('\u{2062}', "INVISIBLE TIMES"),
    ('\u{2063}', "INVISIBLE SEPARATOR"),
    ('\u{2064}', "INVISIBLE PLUS"),
    ('\u{206a}', "INHIBIT SYMMETRIC SWAPPING"),
    ('\u{206b}', "ACTIVATE SYMMETRIC SWAPPING"),
    ('\u{206c}', "INHIBIT ARABIC FORM SHAPING"),
    ('\u{206d}', "ACTIVATE ARABIC FORM SHAPING"),
    ('\u{206e}', "NATIONAL DIGIT SHAPES"),
    ('\u{206f}', "NOMINAL DIGIT SHAPES"),
    ('\u{3164}', "HANGUL FILLER"),
    ('\u{fb00}', "LATIN SMALL LIGATURE FF"),
    ('\u{fb01}', "LATIN SMALL LIGATURE FI"),
    ('\u{fb02}', "LATIN SMALL LIGATURE FL"),
    ('\u{fb03}', "LATIN SMALL LIGATURE FFI"),
    ('\u{fb04}', "LATIN SMALL LIGATURE FFL"),
    ('\u{fb05}', "LATIN SMALL LIGATURE LONG S T"),
    ('\u{fb06}', "LATIN SMALL LIGATURE ST"),
    ('\u{feff}', "ZERO WIDTH NO-BREAK SPACE"),
    ('\u{ffa0}', "HALFWIDTH HANGUL FILLER"),
    ('\u{fff9}', "INTERLINEAR ANNOTATION ANCHOR"),
    ('\u{fffa}', "INTERLINEAR ANNOTATION SEPARATOR"),
    ('\u{fffb}', "INTERLINEAR ANNOTATION TERMINATOR"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_characters_are_removed_and_counted() {
        let (text, changed) =
            settled("a pro\u{ad}gram of the or\u{200b}gani\u{ad}sation in the \u{fb01}rst o\u{fb03}ce");
        assert_eq!(text, "a program of the organisation in the first office");
        let which: Vec<_> =
            changed.iter().map(|(c, one)| (called(*c), one.which.len(), one.instead.as_str())).collect();
        assert_eq!(
            which,
            [
                ("U+00AD SOFT HYPHEN".to_owned(), 2, ""),
                ("U+200B ZERO WIDTH SPACE".to_owned(), 1, ""),
                ("U+FB01 LATIN SMALL LIGATURE FI".to_owned(), 1, "fi"),
                ("U+FB03 LATIN SMALL LIGATURE FFI".to_owned(), 1, "ffi"),
            ]
        );
        assert_eq!(called('\u{fe0f}'), "U+FE0F VARIATION SELECTOR-16");
        assert_eq!(settled("u\u{fe0f}\u{2060}\u{feff}\u{200e}\u{34f}v\u{200d}").0, "uv");
    }

    #[test]
    fn texts_are_composed() {
        assert_eq!(settled("Co\u{302}te d\u{2019}Ivoire").0, "C\u{f4}te d\u{2019}Ivoire");
        assert_eq!(settled("e\u{ad}\u{301}").0, "\u{e9}");
        assert_eq!(settled("и\u{306}").0, "й");
    }

    #[test]
    fn what_a_script_needs_stays() {
        for text in [
            "می\u{200c}خواهم",
            "1446 ه\u{200d}",
            "क्\u{200d}ष",
            "الوثيقة A/77/1\u{200f}.",
            "ภาษา\u{200b}ไทย",
            "葛\u{e0100}",
            "ᠠ\u{180b}",
        ] {
            assert_eq!(settled(text), (Cow::Borrowed(text), BTreeMap::new()), "{text:?}");
        }
        let (text, changed) = settled("می\u{200c}خواهم and so\u{200c}on");
        assert_eq!(text, "می\u{200c}خواهم and soon");
        assert_eq!(changed[&'\u{200c}'], Changed { all: 2, which: vec![1], instead: String::new() });
        assert_eq!(settled("\u{fee3}\u{fe8e}").0, "ما");
        assert_eq!(settled("\u{fdfa} \u{fd3e}").0, "\u{fdfa} \u{fd3e}");
    }
}
