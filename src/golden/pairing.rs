//! Pairs the printed parts of two documents, and compares their words.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::align::Pair;
use super::difference::{Difference, Kind, several};
use super::names::Names;
use super::page_pairs::PagePairs;
use super::page_text::{Labels, Part};
use super::text::{self, Care};
use super::words::Passage;
use crate::prepare::{Block, Prepared};

/// Returns the labels that the pages print before parts: "4.", "(a)", the marks of notes.
pub(super) fn labels(prepared: Option<&Prepared>) -> Labels {
    let Some(prepared) = prepared else { return HashMap::new() };
    let names = Names::new(prepared);
    let body = prepared.body.iter().enumerate().filter_map(|(index, block)| match block {
        Block::Paragraph { label: Some(label), .. } => Some((format!("body/{index}"), label.to_string())),
        _ => None,
    });
    let notes = prepared.notes.iter().enumerate().map(|(index, note)| (format!("note/{index}"), note.mark.clone()));
    body.chain(notes).map(|(key, label)| (names.of(&key), label)).collect()
}

/// Returns the differences of the printed text, and the pairs of parts. Headers and feet of pages are paired
/// by page, and reported once.
pub(super) fn of_printed(before: &[&Part], after: &[&Part], pages: &PagePairs) -> (Vec<Difference>, Vec<Pair>) {
    let flows = |part: &Part| !part.repeated() && !part.passage.tokens.is_empty();
    // The notes of a page come between its text and that of the next.
    let flowing = |parts: &[&Part]| -> Vec<usize> {
        let mut indices: Vec<usize> = (0..parts.len()).filter(|index| flows(parts[*index])).collect();
        indices.sort_by_key(|index| rank(parts[*index]));
        indices
    };
    let (old, new) = (flowing(before), flowing(after));
    let passages = |parts: &'_ [&Part], indices: &[usize]| -> Vec<Passage> {
        indices.iter().map(|index| parts[*index].passage.clone()).collect()
    };
    let (olds, news) = (passages(before, &old), passages(after, &new));
    let (mut list, flowing) =
        text::differences(&olds.iter().collect::<Vec<_>>(), &news.iter().collect::<Vec<_>>(), Care::Words);
    let mut pairs: Vec<Pair> = flowing
        .iter()
        .map(|pair| Pair { before: pair.before.map(|index| old[index]), after: pair.after.map(|index| new[index]) })
        .collect();
    for pair in &pairs {
        let (Some(was), Some(is)) = (pair.before.map(|it| before[it]), pair.after.map(|it| after[it])) else {
            continue;
        };
        if let (Some(label), None) = (&was.label, &is.label) {
            let message = format!("its designation “{label}” is gone");
            list.push(Difference::new(Kind::Removed, &*is.passage.name, message).on(is.page()));
        } else if let (None, Some(label)) = (&was.label, &is.label) {
            let message = format!("it now has the designation “{label}”");
            list.push(Difference::new(Kind::Added, &*is.passage.name, message).on(is.page()));
        }
    }
    let repeated: Vec<Pair> = by_pages(before, after, pages);
    let mut reported: Vec<(Arc<str>, Kind, usize, Difference)> = Vec::new();
    for pair in &repeated {
        let (Some(was), Some(is)) = (pair.before.map(|it| before[it]), pair.after.map(|it| after[it])) else {
            continue;
        };
        for difference in text::of_passage(&was.passage, &is.passage, Care::Words) {
            match reported.iter_mut().find(|(name, kind, ..)| *name == is.passage.name && *kind == difference.kind) {
                Some((_, _, others, _)) => *others += 1,
                None => reported.push((is.passage.name.clone(), difference.kind, 0, difference)),
            }
        }
    }
    list.extend(reported.into_iter().map(|(_, _, others, mut difference)| {
        if others > 0 {
            difference.message +=
                &format!(" on page {}, and also on {}", difference.page.unwrap_or(1), several(others, "other page"));
        }
        difference
    }));
    pairs.extend(repeated);
    pairs.extend(by_names(before, after, |part| !part.repeated() && part.passage.tokens.is_empty()));
    // The parts of one region of the page are kept together.
    pairs.sort_by_key(|pair| {
        let part = pair.after.map(|index| after[index]).or(pair.before.map(|index| before[index]));
        part.map_or(0, rank)
    });
    (list, pairs)
}

/// Returns the position of a part in the report.
fn rank(part: &Part) -> usize {
    const ORDER: [&str; 4] = ["masthead", "text", "footnotes", "foot"];
    ORDER.iter().position(|region| *region == region_of(part)).unwrap_or(ORDER.len())
}

fn region_of(part: &Part) -> &'static str {
    super::names::region(&part.passage.name)
}

/// Pairs parts without text by their names.
fn by_names(before: &[&Part], after: &[&Part], drawn: impl Fn(&Part) -> bool) -> Vec<Pair> {
    let position =
        |parts: &[&Part], name: &str| parts.iter().position(|part| drawn(part) && &*part.passage.name == name);
    let of = |parts: &[&Part]| (0..parts.len()).filter(|index| drawn(parts[*index])).collect::<Vec<_>>();
    let mut pairs: Vec<Pair> = of(after)
        .into_iter()
        .map(|index| Pair { before: position(before, &after[index].passage.name), after: Some(index) })
        .collect();
    let gone = of(before).into_iter().filter(|index| position(after, &before[*index].passage.name).is_none());
    pairs.extend(gone.map(|index| Pair { before: Some(index), after: None }));
    pairs
}

/// Pairs repeated parts by page and name; pages that only one document has are not paired.
fn by_pages(before: &[&Part], after: &[&Part], pages: &PagePairs) -> Vec<Pair> {
    let on = |parts: &[&Part]| -> BTreeMap<(usize, Arc<str>), usize> {
        let repeated = parts.iter().enumerate().rev().filter(|(_, part)| part.repeated());
        repeated.filter_map(|(index, part)| Some(((part.page()?, part.passage.name.clone()), index))).collect()
    };
    let (olds, mut news) = (on(before), on(after));
    let mut pairs = Vec::new();
    for (old, new) in pages.both() {
        let of_page = |page: usize| (page + 1, "".into())..(page + 2, "".into());
        for ((_, name), index) in olds.range(of_page(old)) {
            pairs.push(Pair { before: Some(*index), after: news.remove(&(new + 1, name.clone())) });
        }
        pairs.extend(news.range(of_page(new)).map(|(_, index)| Pair { before: None, after: Some(*index) }));
    }
    pairs.sort_by_key(|pair| (pair.after.is_none(), pair.after, pair.before));
    pairs
}
