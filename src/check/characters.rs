//! Characters that no font covers, and characters that would break a page.

use std::collections::BTreeMap;

use super::texts::Text;
use super::{Abilities, Findings};
use crate::diagnostic::{Diagnostic, Edit};
use crate::model::Path;
use crate::read::{is_invisible, is_right_to_left};

/// The code of findings about a character that no font has.
pub(crate) const NOT_COVERED: &str = "character-not-covered";

/// Reports each character once, at its first occurrence, with the number of occurrences.
pub(super) fn check(texts: &[Text], abilities: &Abilities, findings: &mut Findings) {
    let mut met: BTreeMap<char, (&Path, usize)> = BTreeMap::new();
    for text in texts {
        for c in text.text.chars().filter(|c| !c.is_ascii_graphic() && *c != ' ') {
            met.entry(c).or_insert((&text.path, 0)).1 += 1;
        }
    }
    for text in texts {
        stacked(text, findings);
    }
    for (c, (path, count)) in met {
        if let Some(mut error) = error(c, count, abilities) {
            if is_embedding(c) {
                error.edits = taken_out(c, texts, findings);
            }
            findings.add_in(path, c.encode_utf8(&mut [0; 4]), error);
        }
    }
}

/// Returns the edits that remove a directional control from all texts, if no text has letters that run
/// from right to left: then it serves no purpose.
fn taken_out(c: char, texts: &[Text], findings: &Findings) -> Vec<Edit> {
    if texts.iter().any(|text| is_right_to_left(text.text)) {
        return Vec::new();
    }
    let mut spans: Vec<_> = texts
        .iter()
        .filter(|text| text.text.contains(c))
        .flat_map(|text| findings.reading.written(&text.path, c.encode_utf8(&mut [0; 4])))
        .collect();
    spans.sort_by_key(|span| span.start);
    spans.dedup();
    spans.into_iter().map(|span| Edit { span, text: String::new() }).collect()
}

/// Whether a character overrides the direction of the text.
pub(crate) fn is_embedding(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Reports a letter with too many marks; thousands of them would stall the engine.
fn stacked(text: &Text, findings: &mut Findings) {
    const MOST: usize = 8;
    let mark = |c: char| matches!(u32::from(c), 0x300..=0x36F | 0x483..=0x489 | 0x591..=0x5C7 | 0x610..=0x61A | 0x64B..=0x65F | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x20D0..=0x20FF | 0xFE20..=0xFE2F);
    let mut row = 0;
    for c in text.text.chars() {
        row = if mark(c) { row + 1 } else { 0 };
        if row > MOST {
            let error =
                Diagnostic::error("stacked-marks", format!("letter with more than {MOST} marks over or under it"));
            findings.add(&text.path, error.hint("remove the superfluous ones"));
            return;
        }
    }
}

fn error(c: char, count: usize, abilities: &Abilities) -> Option<Diagnostic> {
    let code = format!("U+{:04X}", u32::from(c));
    let times = if count == 1 { String::new() } else { format!(" ({count} times)") };
    if matches!(c, '\t' | '\n' | '\r') || is_invisible(c) {
        return None;
    }
    if c == char::REPLACEMENT_CHARACTER {
        let message = format!("{code} REPLACEMENT CHARACTER in the place of a lost character{times}");
        return Some(
            Diagnostic::error("replacement-character", message)
                .hint("restore the original character; the text was once saved or opened in a wrong encoding"),
        );
    }
    if is_embedding(c) {
        let message = format!("{code} overrides the direction of the text{times}");
        return Some(Diagnostic::error("bidi-control", message).hint("remove it; text direction is automatic"));
    }
    if c.is_control() || unprintable(c) {
        let message = format!("{code} is a control character, which cannot be printed{times}");
        return Some(
            Diagnostic::error("control-character", message)
                .hint("remove it; it often comes with text copied from elsewhere"),
        );
    }
    if (abilities.covers)(c) {
        return None;
    }
    let message = format!("no font has the character “{c}” ({code}){times}");
    let hint = "replace it, or give a folder with a font that has it: --fonts FOLDER; --missing-glyphs box-with-code prints its code";
    Some(Diagnostic::error(NOT_COVERED, message).hint(hint))
}

/// Whether a character is for private use, a noncharacter, or a line or paragraph separator.
fn unprintable(c: char) -> bool {
    let code = u32::from(c);
    matches!(code, 0x2028 | 0x2029 | 0xE000..=0xF8FF | 0xFDD0..=0xFDEF | 0xF_0000..) || code & 0xFFFE == 0xFFFE
}
