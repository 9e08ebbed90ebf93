//! The lines of the session block and titles in an original.

use super::original::Original;
use super::texts::{Part, Text, Texts, fit};
use super::words::{joined, of_paragraph};
use crate::typeset::Composition;

/// Returns the lines of the paragraphs of a kind in the original. Returns `None` if they end as in the document.
pub(super) fn lines(
    texts: &Texts,
    composition: &Composition,
    original: &Original,
    is: impl Fn(Part) -> bool,
) -> Option<Vec<String>> {
    let mut lines = Vec::new();
    let mut other = false;
    for (text, paragraph) in texts.paragraphs.iter().zip(&composition.paragraphs).filter(|(text, _)| is(text.part)) {
        let begins = text.begins(original);
        other |= !fit(&of_paragraph(paragraph).1, &begins);
        let ends = begins.iter().map(|range| *range.end());
        lines.extend(split(text, ends.collect()));
    }
    other.then_some(lines)
}

/// Splits a text into lines. `begins` are the indices of the words with which the lines after the first begin.
fn split(text: &Text, begins: Vec<usize>) -> impl Iterator<Item = String> {
    let from = std::iter::once(0).chain(begins.clone());
    let to = begins.into_iter().chain([text.words.len()]);
    let lines = from.zip(to).map(|(from, to)| joined(&text.words[from..to]).replace('\u{a0}', " "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().into_iter()
}
