//! Where the pages of an original end, and what explains it.

use super::original::{Original, Zone};
use super::texts::{Part, Text, Texts};
use super::words::of_paragraph;
use crate::typeset::{Composition, Paragraph};

/// A line: of which paragraph, and which of its lines.
pub(super) type Place = (usize, usize);

/// The lines with which the pages of the original begin after the first; none of pages that begin with other
/// words than ours.
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

/// The lines of a text, that of its label first.
fn lines(text: &Text, original: &Original) -> Vec<usize> {
    let label = text.label.map(|word| original.words[word].line);
    let mut lines: Vec<usize> = label.into_iter().chain(text.lines(original)).collect();
    lines.dedup();
    lines
}

/// The lines with which our pages begin after the first.
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

/// Whether the lines of a paragraph are those of the original.
pub(super) fn same_lines(text: &Text, paragraph: &Paragraph, original: &Original) -> bool {
    super::texts::fit(&of_paragraph(paragraph).1, &text.begins(original))
}
