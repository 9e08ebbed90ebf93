//! The parts of both documents in the order of a page that shows both.

use std::collections::{BTreeMap, BTreeSet};

use crate::golden::align::{Bag, Pair, align, alike, bag};
use crate::golden::text::moves;
use crate::golden::words::Passage;

/// What comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// A part of both documents.
    Both { old: usize, new: usize, moved: bool },
    /// A part of the older document that is not here any more, and where it moved.
    Gone { old: usize, to: Option<usize> },
    /// A part of the newer document alone.
    New(usize),
}

/// Whether parts are looked for in other places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moving {
    Yes,
    No,
}

/// The least similarity of a part that moved and changed.
const MOVED: f64 = 0.6;
/// Shorter parts that changed are not looked for in other places.
const FEWEST_WORDS: usize = 6;
/// More pairs than these are not weighed.
const MOST: usize = 100_000;

/// Returns the parts of both documents in order: those of the newer one, with those that are gone where they were.
/// `fit` says whether two parts can be the same.
pub(super) fn steps(
    before: &[Passage],
    after: &[Passage],
    moving: Moving,
    fit: impl Fn(usize, usize) -> bool,
) -> Vec<Step> {
    let (before, after): (Vec<&Passage>, Vec<&Passage>) = (before.iter().collect(), after.iter().collect());
    let apart = |pair: Pair| match pair {
        Pair { before: Some(old), after: Some(new) } if !fit(old, new) => {
            vec![Pair { before: Some(old), after: None }, Pair { before: None, after: Some(new) }]
        }
        pair => vec![pair],
    };
    let pairs: Vec<Pair> = align(&before, &after).into_iter().flat_map(apart).collect();
    let mut from = if moving == Moving::Yes { moves(&pairs, &before, &after) } else { BTreeMap::new() };
    from.retain(|new, old| fit(*old, *new));
    if moving == Moving::Yes {
        changed_moves(&pairs, &before, &after, &fit, &mut from);
    }
    let to: BTreeMap<usize, usize> = from.iter().map(|(new, old)| (*old, *new)).collect();
    let step = |pair: Pair| match (pair.before, pair.after) {
        (Some(old), Some(new)) => Some(Step::Both { old, new, moved: false }),
        (Some(old), None) => Some(Step::Gone { old, to: to.get(&old).copied() }),
        (None, Some(new)) => Some(match from.get(&new) {
            Some(old) => Step::Both { old: *old, new, moved: true },
            None => Step::New(new),
        }),
        (None, None) => None,
    };
    pairs.into_iter().filter_map(step).collect()
}

/// Adds the parts that moved and changed: the most similar ones first.
fn changed_moves(
    pairs: &[Pair],
    before: &[&Passage],
    after: &[&Passage],
    fit: &impl Fn(usize, usize) -> bool,
    from: &mut BTreeMap<usize, usize>,
) {
    let long = |passage: &Passage| passage.tokens.len() >= FEWEST_WORDS;
    let lost: Vec<usize> = pairs.iter().filter(|pair| pair.after.is_none()).filter_map(|pair| pair.before).collect();
    let found: Vec<usize> = pairs.iter().filter(|pair| pair.before.is_none()).filter_map(|pair| pair.after).collect();
    let moved: BTreeSet<usize> = from.values().copied().collect();
    let lost: Vec<usize> = lost.into_iter().filter(|old| long(before[*old]) && !moved.contains(old)).collect();
    let found: Vec<usize> = found.into_iter().filter(|new| long(after[*new]) && !from.contains_key(new)).collect();
    if lost.len() * found.len() > MOST {
        return;
    }
    let bags = |list: Vec<usize>, passages: &[&Passage]| -> Vec<(usize, Bag)> {
        list.into_iter().map(|at| (at, bag(passages[at]))).collect()
    };
    let (lost, found) = (bags(lost, before), bags(found, after));
    let all = lost.iter().flat_map(|old| found.iter().map(move |new| (old, new)));
    let fitting = all.filter(|((old, _), (new, _))| fit(*old, *new));
    let weighed = fitting.map(|((old, olds), (new, news))| (alike(olds, news), *old, *new));
    let mut weighed: Vec<_> = weighed.filter(|(alike, ..)| *alike >= MOVED).collect();
    weighed.sort_by(|one, other| other.0.total_cmp(&one.0));
    for (_, old, new) in weighed {
        if !from.contains_key(&new) && !from.values().any(|moved| *moved == old) {
            from.insert(new, old);
        }
    }
}
