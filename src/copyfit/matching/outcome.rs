//! The result of a match: the adjustments, and the differences that remain.

use std::collections::HashMap;

use super::matcher::Matcher;
use super::pages;
use super::report::{Adjusted, Agreement, Matching};
use super::texts::{Text, Texts, fit};
use super::words::{of_paragraph, of_text};
use crate::copyfit::adjustments::each;
use crate::golden::Names;
use crate::prepare::{Block, Run, text_of};
use crate::typeset::{Composition, Known, Paragraph};

impl Matcher<'_> {
    /// Returns the adjustments and the remaining differences.
    pub fn finish(mut self) -> Matching {
        let composition = self.composed(Known::Places);
        let agreement = self.agreement(&composition);
        self.left(&composition);
        let names = Names::new(&self.prepared);
        let blocks = std::mem::take(&mut self.adjusted);
        let blocks = blocks.into_iter().filter(|(_, layout)| !layout.is_empty());
        let adjusted: Vec<Adjusted> = blocks
            .map(|(block, layout)| Adjusted {
                path: self.paths[block].clone(),
                part: names.of(&format!("body/{block}")).to_string(),
                layout,
                why: self.why.remove(&block).unwrap_or_default(),
            })
            .collect();
        let layout = self.document.layout.clone();
        each(&mut self.document, &mut |path, layout| {
            let found = adjusted.iter().find(|adjusted| adjusted.path == *path);
            *layout = found.map(|adjusted| adjusted.layout.clone()).unwrap_or_default();
        });
        let mut set_apart = words_set_apart(&self.prepared.body);
        let mut is_known = |word: &str| {
            let left = set_apart.get_mut(word).filter(|left| **left > 0);
            left.map(|left| *left -= 1).is_some()
        };
        let others = self.texts.others.iter().map(|word| self.original.words[*word].text.clone());
        let only_there = others.filter(|word| !is_known(word)).collect();
        Matching {
            document: self.document,
            layout,
            adjusted,
            unexplained: self.unexplained,
            agreement,
            only_here: only_here(&self.texts),
            only_there,
        }
    }

    /// Records the lines and page ends that still differ.
    fn left(&mut self, composition: &Composition) {
        for index in 0..self.texts.paragraphs.len() {
            let (text, paragraph) = (&self.texts.paragraphs[index], &composition.paragraphs[index]);
            let begins = of_paragraph(paragraph).1;
            let wanted = text.begins(self.original);
            if !text.known || fit(&begins, &wanted) {
                continue;
            }
            let other = |line: &usize| !matches!((begins.get(*line), wanted.get(*line)), (Some(own), Some(range)) if range.contains(own));
            let Some(line) = (0..begins.len().max(wanted.len())).find(other) else { continue };
            let end = |begin: Option<&usize>| match begin.and_then(|begin| begin.checked_sub(1)) {
                Some(last) => format!("after “{}”", text.words[last].text),
                None => "with the paragraph".to_owned(),
            };
            let their = wanted.get(line).map(|range| *range.end());
            let (own, their) = (end(begins.get(line)), end(their.as_ref()));
            let hint = if self.adjusts_lines { "" } else { "; use --facsimile to force its line ends" };
            let part = text.part;
            self.cannot(part, format!("line {} ends {own}, but {their} in the original{hint}", line + 1));
        }
        let theirs = pages::theirs(&self.texts, self.original);
        let ours = pages::ours(&self.texts, composition);
        if !composition.placed {
            return;
        }
        for (page, their) in theirs.iter().enumerate() {
            let Some((number, line)) = their.filter(|their| ours.get(page) != Some(their)) else { continue };
            let part = self.texts.paragraphs[number].part;
            let (page, line) = (page + 2, line + 1);
            self.cannot(part, format!("its line {line} begins page {page} of the original, but not of the document"));
        }
    }

    fn agreement(&self, composition: &Composition) -> Agreement {
        let theirs = pages::theirs(&self.texts, self.original);
        let ours = pages::ours(&self.texts, composition);
        let (words, of_words) = self.texts.common();
        let known = || self.texts.paragraphs.iter().zip(&composition.paragraphs).filter(|(text, _)| text.known);
        let same = |(text, paragraph): &(&Text, &Paragraph)| pages::same_lines(text, paragraph, self.original);
        Agreement {
            pages: ours.len() + 1,
            original_pages: self.original.pages,
            page_ends: theirs.iter().zip(&ours).filter(|(their, own)| **their == Some(**own)).count(),
            paragraphs: known().filter(same).count(),
            of_paragraphs: known().count(),
            words,
            of_words,
        }
    }
}

/// Returns the words of tables and figures, which have no lines to adjust, with how often they are printed at most. The
/// heads of tables are repeated on every page.
fn words_set_apart(body: &[Block]) -> HashMap<String, usize> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    let mut count = |runs: &[Run], times: usize| {
        for word in of_text(&text_of(runs)) {
            let all = counts.entry(word.text).or_default();
            *all = all.saturating_add(times);
        }
    };
    for block in body {
        let (Block::Table { label, title, units, below, .. } | Block::Figure { label, title, units, below, .. }) =
            block
        else {
            continue;
        };
        label.iter().for_each(|label| count(label.runs(), 1));
        title.iter().chain(units).chain(below.iter().map(|remark| &remark.runs)).for_each(|runs| count(runs, 1));
        below.iter().filter_map(|remark| remark.letter.as_ref()).for_each(|letter| count(&[Run::text(letter)], 1));
        if let Block::Table { header, rows, .. } = block {
            header.iter().flatten().for_each(|cell| count(&cell.runs, usize::MAX));
            rows.iter().flatten().for_each(|cell| count(&cell.runs, 1));
        }
    }
    counts
}

fn only_here(texts: &Texts) -> Vec<String> {
    let words = texts.paragraphs.iter().flat_map(|text| text.words.iter().zip(&text.theirs));
    words.filter(|(_, their)| their.is_none()).map(|(word, _)| word.text.clone()).collect()
}
