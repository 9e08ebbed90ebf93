//! Fixes what is mechanical: punctuation, spaces, order and numbers, never words.

use std::collections::VecDeque;
use std::sync::Arc;

use indexmap::IndexMap;

use super::texts::texts;
use super::{Abilities, check, editorial_lints};
use crate::diagnostic::{Diagnostic, Edit, Source, edited};
use crate::read::{Format, Reading, read};

/// A fixed source.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Fixed {
    /// The whole text after the fixes.
    pub text: String,
    /// The codes of the fixed findings, one for each.
    pub gone: Vec<&'static str>,
}

/// The most rounds: a fix can bring further findings to light.
const ROUNDS: usize = 40;
/// How many groups of findings are tried in a round if the edits of all together are not sound.
const MOST_TRIALS: usize = 48;

/// Fixes every fixable finding that the filter accepts. Returns `None` if there is nothing to fix.
/// The result reads as the same words, and the fixed findings are gone.
pub fn fix(source: &Arc<Source>, format: Format, wanted: &dyn Fn(&Diagnostic) -> bool) -> Option<Fixed> {
    let mut now = source.clone();
    let mut gone = Vec::new();
    for _ in 0..ROUNDS {
        let before = read(&now, format).ok()?;
        let findings: Vec<Diagnostic> =
            found(&before).into_iter().filter(|finding| !finding.edits.is_empty() && wanted(finding)).collect();
        let Some((next, codes)) = best(&before, &findings, format) else { break };
        gone.extend(codes);
        now = next;
    }
    (!gone.is_empty()).then(|| Fixed { text: now.text.clone(), gone })
}

/// Returns all findings about a document.
fn found(reading: &Reading) -> Vec<Diagnostic> {
    let abilities =
        Abilities { covers: &|_| true, mute: &|_| None, too_wide: &|_| Vec::new(), unreached: &|_| Vec::new() };
    let mut list = editorial_lints(reading, true);
    list.extend(check(reading, &abilities));
    list.extend(reading.warnings.iter().cloned());
    list
}

/// Applies all edits or, if the result is not sound, those of every group of findings that keep it sound: the findings
/// of a rule, then those of a text, such as the marks before and after a quotation, then single ones.
fn best(before: &Reading, findings: &[Diagnostic], format: Format) -> Option<(Arc<Source>, Vec<&'static str>)> {
    let all = apart(findings);
    if all.is_empty() {
        return None;
    }
    let was = Sum::of(before);
    if let Some(next) = sound(before, &was, &all, format) {
        return Some((next, all.iter().map(|finding| finding.code).collect()));
    }
    let mut groups: VecDeque<Vec<&Diagnostic>> = grouped(all, &|finding| finding.code.to_owned()).into();
    let mut kept: Vec<&Diagnostic> = Vec::new();
    let mut best = None;
    for _ in 0..MOST_TRIALS {
        let Some(group) = groups.pop_front() else { break };
        let together: Vec<&Diagnostic> = kept.iter().chain(&group).copied().collect();
        if let Some(next) = sound(before, &was, &together, format) {
            (kept, best) = (together, Some(next));
        } else if group.len() > 1 {
            let of_text =
                |finding: &Diagnostic| finding.place.as_ref().map(|place| place.path.to_string()).unwrap_or_default();
            let texts = grouped(group, &of_text);
            match texts.len() {
                1 => groups.extend(texts.into_iter().flatten().map(|finding| vec![finding])),
                _ => groups.extend(texts),
            }
        }
    }
    best.map(|next| (next, kept.iter().map(|finding| finding.code).collect()))
}

/// Divides findings by a key, in the order in which the keys come first.
fn grouped<'f>(findings: Vec<&'f Diagnostic>, key: &dyn Fn(&Diagnostic) -> String) -> Vec<Vec<&'f Diagnostic>> {
    let mut groups: IndexMap<String, Vec<&Diagnostic>> = IndexMap::new();
    for finding in findings {
        groups.entry(key(finding)).or_default().push(finding);
    }
    groups.into_values().collect()
}

/// Returns the findings whose edits do not overlap those of earlier ones.
fn apart(findings: &[Diagnostic]) -> Vec<&Diagnostic> {
    let mut taken: Vec<&Edit> = Vec::new();
    let mut list = Vec::new();
    for finding in findings {
        let meets = |edit: &Edit| {
            taken.iter().any(|other| {
                edit.span.start < other.span.end && other.span.start < edit.span.end || edit.span == other.span
            })
        };
        if !finding.edits.iter().any(meets) {
            taken.extend(&finding.edits);
            list.push(finding);
        }
    }
    list
}

/// Applies edits. Returns the source if it reads back with the same letters and digits and has fewer
/// findings.
fn sound(before: &Reading, was: &Sum, findings: &[&Diagnostic], format: Format) -> Option<Arc<Source>> {
    let text = edited(&before.source.text, findings.iter().flat_map(|finding| &finding.edits))?;
    let next = before.source.with_text(text);
    let after = read(&next, format).ok()?;
    let is = Sum::of(&after);
    let less = is.found + findings.len() <= was.found;
    (less && is.letters == was.letters && is.errors <= was.errors).then_some(next)
}

/// Counts that must not increase, and the letters, which must stay the same.
struct Sum {
    /// The number of findings.
    found: usize,
    /// The number of errors among them.
    errors: usize,
    letters: Vec<char>,
}

impl Sum {
    fn of(reading: &Reading) -> Self {
        let found = found(reading);
        let errors = found.iter().filter(|finding| finding.is_error()).count();
        Self { found: found.len(), errors, letters: letters(reading) }
    }
}

/// Returns the letters and digits of all texts except designations, sorted.
fn letters(reading: &Reading) -> Vec<char> {
    let texts = texts(&reading.document);
    let said = texts.iter().filter(|text| !text.plain).map(|text| text.inline.plain());
    let mut letters: Vec<char> =
        said.flat_map(|text| text.chars().filter(|c| c.is_alphanumeric()).collect::<Vec<_>>()).collect();
    letters.sort_unstable();
    letters
}
