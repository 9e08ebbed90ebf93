//! The lines with which pages begin, in an original and in the document.

use super::original::{Original, Zone};
use super::texts::{Part, Text, Texts};
use super::words::of_paragraph;
use crate::typeset::{Composition, Paragraph};

/// A line: the index of its paragraph, and its index in the paragraph.
pub(super) type Place = (usize, usize);

/// Returns the lines with which the later pages of the original begin; `None` for pages that begin with words that are
/// not in the document.
pub(super) fn theirs(texts: &Texts, original: &Original) -> Vec<Option<Place>> {
    let mut begins = vec![None; original.pages];
    let mut firsts: Vec<Option<usize>> = vec![None; original.pages + 1];
    for (index, line) in original.lines.iter().enumerate().filter(|(_, line)| line.zone == Zone::Text) {
        firsts[line.page].get_or_insert(index);
    }
    for (number, text) in texts.paragraphs.iter().enumerate() {
        if !matches!(text.part, Part::Body(_)) {
            continue;
        }
        let lines = lines(text, original);
        for (at, line) in lines.iter().enumerate() {
            let page = original.lines[*line].page;
            if firsts[page] == Some(*line) && begins[page - 1].is_none() {
                begins[page - 1] = Some((number, at));
            }
        }
    }
    begins.into_iter().skip(1).collect()
}

/// Returns the lines of a text in the original, beginning with that of its label.
fn lines(text: &Text, original: &Original) -> Vec<usize> {
    let label = text.label.map(|word| original.words[word].line);
    let mut lines: Vec<usize> = label.into_iter().chain(text.lines(original)).collect();
    lines.dedup();
    lines
}

/// Returns the lines with which the later pages of the document begin.
pub(super) fn ours(texts: &Texts, composition: &Composition) -> Vec<Place> {
    let mut begins = Vec::new();
    let mut page = 1;
    for (number, (text, paragraph)) in texts.paragraphs.iter().zip(&composition.paragraphs).enumerate() {
        if !matches!(text.part, Part::Body(_)) {
            continue;
        }
        for (at, (on, _)) in paragraph.places.iter().enumerate() {
            if *on > page {
                begins.push((number, at));
                page = *on;
            }
        }
    }
    begins
}

/// Returns whether a paragraph has the same lines as in the original.
pub(super) fn same_lines(text: &Text, paragraph: &Paragraph, original: &Original) -> bool {
    super::texts::fit(&of_paragraph(paragraph).1, &text.begins(original))
}
