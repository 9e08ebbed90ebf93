//! The lines that say what kind of document it is: the adoption, the sponsors, the number of a resolution.

use std::sync::LazyLock;

use regex::Regex;

use super::super::super::draft::{Paragraph, unstyled, without_start};
use super::super::LONGEST_LINE;
use super::super::sponsors::names;
use super::fields::is_of_sponsors;
use super::{Head, Said, folded, full_date};
use crate::model::{Inline, Text};
use crate::prepare::words::Words;

/// The number of an adopted text before its title.
static NUMBERED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(\d{1,3}/\d{1,4}|\d{1,4} \(\d{4}\))\.?\s+(\S.*)$").ok());

impl Head {
    /// “Resolution adopted by the General Assembly on 13 August 2024”, “[on the report of …]”, “78/323. Title”.
    pub(super) fn adoption(&mut self, line: &Paragraph, Said { text, lower, .. }: &Said) -> bool {
        for (kind, (before, after)) in &self.known.adopted {
            let day = lower.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
            let Some(day) = day.and_then(full_date) else { continue };
            (self.document.adopted, self.document.kind, self.is_kind_known) = (Some(day), *kind, true);
            return true;
        }
        let is_bracketed = text.starts_with(['[', '(']) && text.ends_with([']', ')']);
        if is_bracketed && self.document.adopted.is_some() && self.document.adopted_note.is_none() {
            let plain = line.plain();
            let (start, end) = (plain.len() - plain.trim_start().len() + 1, plain.trim_end().len() - 1);
            let inner = without_start(&unstyled(&line.pieces), start);
            self.document.adopted_note = Some(cut(&inner, end - start));
            return true;
        }
        let Some(found) = NUMBERED.as_ref().and_then(|numbered| numbered.captures(text)) else { return false };
        let (Some(number), Some(title)) = (found.get(1), found.get(2)) else { return false };
        // A title that is there already stays.
        if self.document.title.is_some() {
            return false;
        }
        self.document.number = Some(number.as_str().to_owned());
        let plain = line.plain();
        // Folded, a title may be shorter than it stands there.
        let skipped = plain.trim_end().len().saturating_sub(title.as_str().len());
        let pieces = if plain.get(skipped..).is_some_and(|rest| folded(rest) == title.as_str()) {
            without_start(&unstyled(&line.pieces), skipped)
        } else {
            vec![Inline::plain(title.as_str())]
        };
        self.document.title = Some(Text::from(pieces));
        true
    }

    /// “Azerbaijan and China: draft resolution”, “Draft resolution submitted by the Chair”, “Draft resolution”.
    pub(super) fn kind(&mut self, line: &Paragraph, Said { lower, .. }: &Said) -> bool {
        for (kind, words) in &self.known.submitted {
            let bare = lower.trim_end_matches(|c: char| c == ':' || c.is_whitespace());
            if bare == words {
                (self.document.kind, self.is_kind_known) = (*kind, true);
                return true;
            }
            let rest = lower.strip_prefix(words).filter(|rest| rest.starts_with(' '));
            let is_number = |rest: &str| rest.trim().chars().all(|c| c.is_ascii_digit() || "./".contains(c));
            if let Some(rest) = rest.filter(|rest| !is_number(rest)) {
                let submits = rest.split_whitespace().count() >= 3 && rest.len() < LONGEST_LINE;
                if submits && self.document.submitted_by.is_none() && !self.is_kind_known {
                    (self.document.kind, self.is_kind_known) = (*kind, true);
                    self.document.submitted_by = Some(Text::from(unstyled(&line.pieces)));
                    return true;
                }
            }
            let colon = bare.strip_suffix(words).map(|rest| rest.trim_end().trim_end_matches('*').trim_end());
            if colon.is_some_and(|rest| rest.ends_with(':') || rest.ends_with('：'))
                && self.document.sponsors.is_empty()
            {
                (self.document.kind, self.is_kind_known) = (*kind, true);
                self.document.sponsors = sponsors(line, self.words);
                return !self.document.sponsors.is_empty();
            }
        }
        false
    }
}

/// Returns the names before what they submit, with the marks after the colon between them; “Sponsors:” is not a name.
fn sponsors(line: &Paragraph, words: &Words) -> Vec<Text> {
    let plain = line.plain();
    let end = plain.trim_end_matches(|c: char| c == ':' || c.is_whitespace()).rfind([':', '：']).unwrap_or(plain.len());
    let start = plain[..end]
        .find([':', '：'])
        .filter(|at| is_of_sponsors(&plain[..*at]))
        .map_or(0, |at| at + plain[at..].chars().next().map_or(0, char::len_utf8));
    let mut before: Vec<Inline> = Vec::new();
    let mut at = 0;
    for piece in &line.pieces {
        let Some(text) = piece.text() else {
            before.push(piece.clone());
            continue;
        };
        let cut = |place: usize| place.saturating_sub(at).min(text.len());
        before.push(piece.with_text(&text[cut(start)..cut(end)]));
        at += text.len();
    }
    names(&before, words)
}

/// Returns the first bytes of pieces as a text.
fn cut(pieces: &[Inline], mut bytes: usize) -> Text {
    let mut out = Vec::new();
    for piece in pieces {
        match piece.text() {
            Some(text) => {
                let end = (0..=bytes.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
                bytes -= end;
                out.push(piece.with_text(&text[..end]));
            }
            None if bytes > 0 => out.push(piece.clone()),
            None => {}
        }
    }
    out.into()
}
