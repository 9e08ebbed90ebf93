//! The lines of session block and titles, as an original has them.

use super::original::Original;
use super::texts::{Part, Text, Texts, fit};
use super::words::{joined, of_paragraph};
use crate::typeset::Composition;

/// The lines of the paragraphs of a kind, if any of them ends otherwise in the original than we would end it.
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
        lines.extend(said(text, ends.collect()));
    }
    other.then_some(lines)
}

/// The words of a text, in lines of which those after the first begin with the words of these numbers.
fn said(text: &Text, begins: Vec<usize>) -> impl Iterator<Item = String> {
    let from = std::iter::once(0).chain(begins.clone());
    let to = begins.into_iter().chain([text.words.len()]);
    let lines = from.zip(to).map(|(from, to)| joined(&text.words[from..to]).replace('\u{a0}', " "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().into_iter()
}
