//! Pairs the pages of two documents by their text or appearance: a page that is
//! inserted, removed or moved leaves the pairs of the others unchanged.

use std::collections::BTreeSet;

use image::GrayImage;

use super::align::{Bag, Pair, align, alike, bag};
use super::layout::{Layout, Page};
use super::names::furniture;
use super::words::{Looks, Passage, Piece, Token, tokens};

/// The pages of two documents, in the order of the later one; removed pages keep their position.
/// Indices count from 0.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct PagePairs {
    pub pairs: Vec<Pair>,
}

impl PagePairs {
    /// Pairs pages by their words; pages without words, such as scans, by their ink if there are images.
    pub fn of(before: (&Layout, &[GrayImage]), after: (&Layout, &[GrayImage])) -> Self {
        let (olds, news) = (contents(before), contents(after));
        let (olds, news): (Vec<&Passage>, Vec<&Passage>) = (olds.iter().collect(), news.iter().collect());
        let pairs = neighbours(moved(align(&olds, &news), &olds, &news));
        Self { pairs }
    }

    /// Pairs every page with the one of the same number.
    pub fn in_place(before: usize, after: usize) -> Self {
        let page = |index: usize, count: usize| (index < count).then_some(index);
        let pairs = (0..before.max(after)).map(|index| Pair { before: page(index, before), after: page(index, after) });
        Self { pairs: pairs.collect() }
    }

    /// Returns the pages that both documents have, before and after.
    pub fn both(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.pairs.iter().filter_map(|pair| Some((pair.before?, pair.after?)))
    }

    /// Returns whether a page before, from 1, is that page after.
    pub fn are(&self, before: usize, after: usize) -> bool {
        self.both().any(|(old, new)| (old + 1, new + 1) == (before, after))
    }

    /// Returns the pages, after, that moved ahead of others; of two that changed places, both.
    pub fn reordered(&self) -> Vec<(usize, usize)> {
        let both: Vec<(usize, usize)> = self.both().collect();
        let kept = longest_rise(&both.iter().map(|(old, _)| *old).collect::<Vec<_>>());
        let mut moved: Vec<(usize, usize)> =
            both.iter().enumerate().filter(|(at, _)| !kept.contains(at)).map(|(_, pair)| *pair).collect();
        // Of two that changed places, the other one kept its order only by chance.
        if let [(old, new)] = moved[..]
            && let Some(other) = both.iter().find(|(was, is)| (*was, *is) == (new, old))
        {
            moved.push(*other);
            moved.sort_unstable();
        }
        moved
    }
}

/// Returns the text of each page without its header and foot, or its ink.
fn contents((layout, images): (&Layout, &[GrayImage])) -> Vec<Passage> {
    let passage = |(index, page): (usize, &Page)| {
        let said = words(page);
        let shown = || images.get(index).map(ink).unwrap_or_default();
        Passage { name: "".into(), tokens: if said.is_empty() { shown() } else { said }, page: None }
    };
    layout.pages.iter().enumerate().map(passage).collect()
}

fn words(page: &Page) -> Vec<Token> {
    let lines = page.lines.iter().filter(|line| !furniture(&line.part)).map(|line| line.text() + " ");
    let texts: Vec<String> = lines.collect();
    tokens(texts.iter().map(|text| Piece { text, note: None, looks: Looks::default(), line: 0 }))
}

/// Returns the squares of a page that have ink, each as a word.
fn ink(image: &GrayImage) -> Vec<Token> {
    const COLUMNS: u32 = 40;
    const STEPS: u64 = 6;
    let side = image.width().div_ceil(COLUMNS).max(1);
    let mut list = Vec::new();
    for top in (0..image.height()).step_by(side as usize) {
        for left in (0..image.width()).step_by(side as usize) {
            let (right, lower) = ((left + side).min(image.width()), (top + side).min(image.height()));
            let cells = (top..lower).flat_map(|y| (left..right).map(move |x| (x, y)));
            let dark: u64 = cells.map(|(x, y)| u64::from(255 - image.get_pixel(x, y).0[0])).sum();
            let step = dark * STEPS / (u64::from(side * side) * 255);
            if step > 0 {
                list.push(Token { text: format!("{left} {top} {step}"), ..Token::default() });
            }
        }
    }
    list
}

/// Pairs pages that are missing in one place and appear in another, nearly unchanged.
fn moved(mut pairs: Vec<Pair>, olds: &[&Passage], news: &[&Passage]) -> Vec<Pair> {
    /// Pages of one kind, such as letters, have much in common without being the same page.
    const SAME: f64 = 0.75;
    /// More pages than this are not weighed.
    const MOST: usize = 400;
    let lost = pairs.iter().filter(|pair| pair.after.is_none()).filter_map(|pair| pair.before).take(MOST);
    let mut lost: Vec<(usize, Bag)> = lost.map(|old| (old, bag(olds[old]))).collect();
    let mut gone = BTreeSet::new();
    for pair in pairs.iter_mut().filter(|pair| pair.before.is_none()).take(MOST) {
        let Some(new) = pair.after else { continue };
        let said = bag(news[new]);
        let weighed = lost.iter().enumerate().map(|(at, (_, old))| (at, alike(old, &said)));
        if let Some((at, worth)) = weighed.max_by(|a, b| a.1.total_cmp(&b.1))
            && worth >= SAME
        {
            let (old, _) = lost.remove(at);
            pair.before = Some(old);
            gone.insert(old);
        }
    }
    pairs.retain(|pair| pair.after.is_some() || pair.before.is_none_or(|old| !gone.contains(&old)));
    pairs
}

/// Pages between the same pages are the same page, rewritten, one after the other.
fn neighbours(pairs: Vec<Pair>) -> Vec<Pair> {
    let mut list: Vec<Pair> = Vec::new();
    let lone = |pair: &Pair| pair.before.is_none() || pair.after.is_none();
    for run in pairs.chunk_by(|one, other| lone(one) == lone(other)) {
        if !run.first().is_some_and(lone) {
            list.extend(run);
            continue;
        }
        let mut olds = run.iter().filter_map(|pair| pair.before);
        let mut news = run.iter().filter_map(|pair| pair.after);
        loop {
            let pair = Pair { before: olds.next(), after: news.next() };
            if pair.before.is_none() && pair.after.is_none() {
                break;
            }
            list.push(pair);
        }
    }
    list
}

/// Returns the positions of the longest increasing subsequence.
fn longest_rise(numbers: &[usize]) -> BTreeSet<usize> {
    // The position at which the best subsequence of each length ends, and the predecessor of each position.
    let mut ends: Vec<usize> = Vec::new();
    let mut previous: Vec<Option<usize>> = Vec::new();
    for (place, number) in numbers.iter().enumerate() {
        let length = ends.partition_point(|end| numbers[*end] < *number);
        previous.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        ends.truncate(ends.len().max(length));
        if length == ends.len() { ends.push(place) } else { ends[length] = place }
    }
    std::iter::successors(ends.last().copied(), |place| previous[*place]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(list: &[(Option<usize>, Option<usize>)]) -> PagePairs {
        PagePairs { pairs: list.iter().map(|(before, after)| Pair { before: *before, after: *after }).collect() }
    }

    #[test]
    fn what_overtook_others_is_reordered() {
        let both = |list: &[usize]| {
            pairs(&list.iter().enumerate().map(|(new, old)| (Some(*old), Some(new))).collect::<Vec<_>>()).reordered()
        };
        assert_eq!(both(&[0, 1, 2]), []);
        assert_eq!(both(&[1, 0, 2]), [(0, 1), (1, 0)]);
        assert_eq!(both(&[1, 2, 3, 0]), [(0, 3)]);
        let inserted = pairs(&[(Some(0), Some(0)), (None, Some(1)), (Some(1), Some(2)), (Some(2), Some(3))]);
        assert_eq!(inserted.reordered(), []);
        assert!(inserted.are(2, 3) && !inserted.are(2, 2));
    }
}
