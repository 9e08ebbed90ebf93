//! Pairs the passages of two documents.

use std::collections::HashMap;

use similar::DiffOp;

use super::common::differences;
use super::words::{Passage, Token};

/// A passage before and the same one after; one of them is missing if it was added or removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pair {
    pub before: Option<usize>,
    pub after: Option<usize>,
}

/// The least similarity of two passages that are the same one with another text.
pub(crate) const ALIKE: f64 = 0.4;
/// The weight of a common name: the date, a title, a paragraph's number.
const NAMESAKE: f64 = 0.45;

/// Pairs the passages of two documents, in the order of the later one; removed passages
/// keep their position.
pub(crate) fn align(before: &[&Passage], after: &[&Passage]) -> Vec<Pair> {
    let keys = |passages: &[&Passage]| passages.iter().map(|passage| key(passage)).collect::<Vec<_>>();
    let ops = differences(&keys(before), &keys(after));
    let mut pairs = Vec::new();
    for op in ops {
        let (olds, news) = (op.old_range(), op.new_range());
        if let DiffOp::Equal { .. } = op {
            pairs.extend(olds.zip(news).map(|(old, new)| Pair { before: Some(old), after: Some(new) }));
        } else {
            let within = within(&before[olds.clone()], &after[news.clone()]);
            pairs.extend(within.into_iter().map(|pair| Pair {
                before: pair.before.map(|index| olds.start + index),
                after: pair.after.map(|index| news.start + index),
            }));
        }
    }
    pairs
}

/// Passages are the same if their words are; those without words, if their names are.
fn key(passage: &Passage) -> String {
    if passage.tokens.is_empty() {
        return format!("\u{1}{}", passage.name);
    }
    passage.words().fold(String::new(), |key, word| key + word + "\u{1}")
}

/// Pairs passages of which no two are the same: the most similar ones, in their order.
fn within(before: &[&Passage], after: &[&Passage]) -> Vec<Pair> {
    /// More pairs than this are not weighed; they are paired by name.
    const MOST: usize = 250_000;
    let (rows, columns) = (before.len(), after.len());
    let weighs = rows * columns <= MOST;
    let bags: Vec<(Vec<Bag>, Vec<Bag>)> = if weighs { vec![(bags(before), bags(after))] } else { Vec::new() };
    let worth = |row: usize, column: usize| {
        let same_name = !after[column].name.is_empty() && before[row].name == after[column].name;
        let namesake = if same_name { NAMESAKE } else { 0.0 };
        let alike = bags.first().map_or(0.0, |(olds, news)| alike(&olds[row], &news[column]));
        // A name decides between equally similar passages.
        let worth = if alike >= ALIKE || namesake > 0.0 { alike.max(namesake) + namesake / 100.0 } else { 0.0 };
        if weighs || namesake > 0.0 { worth } else { 0.0 }
    };
    // The best sum of the rest, by the number of passages left of both.
    let mut best = vec![vec![0.0_f64; columns + 1]; rows + 1];
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            let paired = match worth(row, column) {
                worth if worth > 0.0 => worth + best[row + 1][column + 1],
                _ => 0.0,
            };
            best[row][column] = paired.max(best[row + 1][column]).max(best[row][column + 1]);
        }
    }
    let (mut row, mut column) = (0, 0);
    let mut pairs = Vec::new();
    while row < rows || column < columns {
        let worth = if row < rows && column < columns { worth(row, column) } else { 0.0 };
        if worth > 0.0 && best[row][column] == worth + best[row + 1][column + 1] {
            pairs.push(Pair { before: Some(row), after: Some(column) });
            (row, column) = (row + 1, column + 1);
        } else if row < rows && (column == columns || best[row][column] == best[row + 1][column]) {
            pairs.push(Pair { before: Some(row), after: None });
            row += 1;
        } else {
            pairs.push(Pair { before: None, after: Some(column) });
            column += 1;
        }
    }
    pairs
}

/// The number of times a passage has each word.
pub(crate) type Bag = HashMap<String, usize>;

pub(crate) fn bag(passage: &Passage) -> Bag {
    let mut counts = Bag::new();
    for token in &passage.tokens {
        *counts.entry(token.text.clone()).or_default() += 1;
    }
    counts
}

fn bags(passages: &[&Passage]) -> Vec<Bag> {
    passages.iter().map(|passage| bag(passage)).collect()
}

/// Returns the similarity of two passages, from 0 to 1: the share of words that both have.
pub(crate) fn alike(one: &Bag, other: &Bag) -> f64 {
    let common: usize = one.iter().filter_map(|(word, count)| Some(*count.min(other.get(word)?))).sum();
    let all = one.values().sum::<usize>() + other.values().sum::<usize>();
    if all == 0 { 0.0 } else { 2.0 * common as f64 / all as f64 }
}

/// Returns the common and different ranges of words of two texts.
pub(super) fn words(before: &[Token], after: &[Token]) -> Vec<DiffOp> {
    let keys = |tokens: &[Token]| tokens.iter().map(token_key).collect::<Vec<_>>();
    differences(&keys(before), &keys(after))
}

fn token_key(token: &Token) -> String {
    let (note, text) = token.key();
    note.map_or_else(|| text.to_owned(), |note| format!("\u{1}{note}"))
}
