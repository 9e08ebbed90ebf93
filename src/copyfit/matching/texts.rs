//! Aligns the words of the document with those of the original, and derives the line ends of the original.

use std::ops::{Range, RangeInclusive};

use similar::DiffOp;

use super::original::{Original, Zone};
use super::words::{Word, of_paragraph, of_text};
use crate::golden::common::differences;
use crate::typeset::Composition;

/// The paragraphs of the document with their words, each aligned with its word in the original.
pub(super) struct Texts {
    pub paragraphs: Vec<Text>,
    /// The indices of words of the original that are not in the document.
    pub others: Vec<usize>,
}

/// A paragraph of the document.
pub(super) struct Text {
    pub part: Part,
    /// Whether it is the first paragraph of its part. The title of an annex is not.
    pub begins_part: bool,
    pub justified: bool,
    /// The tracking with which it is drawn on our page, in points.
    pub drawn: f64,
    /// Whether its lines are known before typesetting.
    pub known: bool,
    pub words: Vec<Word>,
    /// The index of each word in the original.
    pub theirs: Vec<Option<usize>>,
    /// The index of the first word of its label in the original.
    pub label: Option<usize>,
}

/// The kind of a paragraph, and its index among those of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Session(usize),
    Opening(usize),
    Body(usize),
    Note(usize),
}

impl Part {
    /// The part of a name, after so many paragraphs: nothing stands before the lines of the session block.
    fn of(name: &str, before: usize) -> Self {
        let (kind, rest) = name.split_once('/').unwrap_or((name, ""));
        let number = rest.parse().unwrap_or(0);
        match kind {
            "session" => Self::Session(before),
            "opening" => Self::Opening(number),
            "note" => Self::Note(number),
            _ => Self::Body(number),
        }
    }
}

impl Texts {
    pub fn new(composition: &Composition, original: &Original) -> Self {
        let mut words: Vec<String> = Vec::new();
        let mut ranges: Vec<(usize, Range<usize>)> = Vec::new();
        let mut paragraphs = Vec::new();
        for paragraph in &composition.paragraphs {
            let label = words.len();
            words.extend(paragraph.label.iter().flat_map(|label| of_text(label)).map(|word| word.text));
            let (own, _) = of_paragraph(paragraph);
            let from = words.len();
            words.extend(own.iter().map(|word| word.text.clone()));
            ranges.push((label, from..words.len()));
            let part = Part::of(&paragraph.part, paragraphs.len());
            paragraphs.push(Text {
                begins_part: paragraphs.last().is_none_or(|last: &Text| last.part != part),
                part,
                justified: paragraph.justified,
                drawn: paragraph.drawn,
                known: paragraph.known,
                words: own,
                theirs: Vec::new(),
                label: None,
            });
        }
        let of_zone = |zone| original.lines.iter().filter(move |line| line.zone == zone);
        let order: Vec<usize> =
            of_zone(Zone::Text).chain(of_zone(Zone::Note)).flat_map(|line| line.words.clone()).collect();
        let ours: Vec<&str> = words.iter().map(String::as_str).collect();
        let theirs: Vec<&str> = order.iter().map(|word| original.words[*word].text.as_str()).collect();
        let mut beside: Vec<Option<usize>> = vec![None; ours.len()];
        let mut others = Vec::new();
        for op in differences(&ours, &theirs) {
            let range = op.new_range();
            if let DiffOp::Equal { .. } = op {
                op.old_range().zip(range).for_each(|(own, their)| beside[own] = Some(order[their]));
            } else {
                others.extend_from_slice(&order[range]);
            }
        }
        for (paragraph, (label, range)) in paragraphs.iter_mut().zip(ranges) {
            paragraph.label = beside[label..range.start].iter().copied().flatten().next();
            paragraph.theirs = beside[range].to_vec();
        }
        Self { paragraphs, others }
    }

    /// Returns how many words of the document the original has, and how many there are.
    pub fn common(&self) -> (usize, usize) {
        let all = || self.paragraphs.iter().flat_map(|paragraph| &paragraph.theirs);
        (all().flatten().count(), all().count())
    }
}

impl Text {
    /// Returns the words with which the lines of the original begin after the first. Each is a range, because a word
    /// that the original lacks may belong to either line.
    pub fn begins(&self, original: &Original) -> Vec<RangeInclusive<usize>> {
        let mut begins = Vec::new();
        let mut last: Option<(usize, usize)> = None;
        for (index, word) in self.theirs.iter().enumerate() {
            let Some(word) = *word else { continue };
            let line = original.words[word].line;
            if let Some((before, of)) = last
                && of != line
            {
                begins.push(before + 1..=index);
            }
            last = Some((index, line));
        }
        begins
    }

    /// Returns the lines of the original that contain it.
    pub fn lines(&self, original: &Original) -> Vec<usize> {
        let mut lines: Vec<usize> = self.theirs.iter().flatten().map(|word| original.words[*word].line).collect();
        lines.dedup();
        lines
    }
}

/// Returns whether lines that begin with these words match the lines of the original.
pub(super) fn fit(begins: &[usize], wanted: &[RangeInclusive<usize>]) -> bool {
    begins.len() == wanted.len() && begins.iter().zip(wanted).all(|(begin, range)| range.contains(begin))
}
