//! Determines whether a number in running text is that of a resolution, by the words around it.

use std::ops::Range;
use std::sync::OnceLock;

use regex::Regex;

use super::words::words;
use crate::model::Language;
use crate::model::words::Cited;

/// Whether the number at `range` cites a resolution: it is not adjacent to letters,
/// digits or a slash, and the nearest noun that takes a number is "resolution".
pub(super) fn cites(text: &str, range: Range<usize>, cited: &Cited) -> bool {
    let joined = |c: char| c.is_ascii_alphanumeric() || "/-‑.–".contains(c);
    let after = after(text, range.end);
    if text[..range.start].ends_with(joined) || after.starts_with(|c: char| c == '/' || c.is_ascii_alphanumeric()) {
        return false;
    }
    if cited.follows {
        let listed = text[..range.start].trim_end().ends_with(['第', '和', '、', '及', '与']);
        let listed = listed || after.starts_with(&cited.resolution);
        let nearest = |noun: &str| after.find(noun).unwrap_or(usize::MAX);
        return listed && nearest(&cited.resolution) < nearest(&cited.decision);
    }
    let before = before(text, range.start).to_lowercase();
    let nearest = |noun: &str| before.rfind(noun);
    let resolution = nearest(&cited.resolution);
    resolution.is_some() && nearest(&cited.decision) < resolution || before.trim().is_empty()
}

/// Whether the number at `range`, which cites a resolution, is one of the Human Rights Council:
/// the Council is named with the noun of the number.
pub(super) fn of_human_rights_council(text: &str, range: Range<usize>, language: Language) -> bool {
    /// How far before the noun the name of an organ may begin, in characters.
    const NAME: usize = 24;
    static PATTERNS: [OnceLock<Option<Regex>>; Language::ALL.len()] = [const { OnceLock::new() }; Language::ALL.len()];
    let Some(place) = Language::ALL.iter().position(|known| *known == language) else { return false };
    let cited = &words(language).cited;
    let pattern = PATTERNS[place].get_or_init(|| Regex::new(&cited.council).ok());
    let before = before(text, range.start).to_lowercase();
    let noun = before.rfind(&cited.resolution).unwrap_or(0);
    let from = before[..noun].char_indices().rev().nth(NAME).map_or(0, |(at, _)| at);
    let around = format!("{}#{}", &before[from..], after(text, range.end).to_lowercase());
    let nouns = usize::from(!cited.follows);
    let of_council = |found: regex::Match| found.as_str().matches(&cited.resolution).count() <= nouns;
    pattern.as_ref().and_then(|pattern| pattern.find(&around)).is_some_and(of_council)
}

/// How far around a number its noun is searched for, in bytes.
const FARTHEST: usize = 2000;

/// Returns the text after the number, as far as it is searched.
fn after(text: &str, start: usize) -> &str {
    let mut end = text.len().min(start + FARTHEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[start..end]
}

/// Returns the text before the number, as far as it is searched.
fn before(text: &str, end: usize) -> &str {
    let mut start = end.saturating_sub(FARTHEST);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..end]
}
