//! A paragraph with its sub-paragraphs, nested by their labels or by the levels of their list.

use std::collections::BTreeSet;
use std::ops::Range;

use super::super::draft::{Paragraph, Place};
use super::labels::{Designation, before_inserted};
use crate::model::limits::{DEEPEST_ITEMS, LONGEST_DESIGNATION};
use crate::model::{Block, Inline, Item, Number, Passage, Text};
use crate::prepare::words::Words;
use crate::read::{are_alike, depths, numeral};

/// A paragraph that may still get sub-paragraphs.
pub(in super::super) struct Open {
    kind: fn(Passage) -> Block,
    text: Vec<Inline>,
    number: Number,
    pub entries: Vec<Entry>,
}

/// What follows the text of a paragraph: a sub-paragraph, or text that goes on.
pub(in super::super) struct Entry {
    label: Option<String>,
    place: Option<Place>,
    pub pieces: Vec<Inline>,
    span: Range<usize>,
}

impl Entry {
    pub fn item(label: String, place: Option<Place>, pieces: Vec<Inline>, span: Range<usize>) -> Self {
        Self { label: Some(label), place, pieces, span }
    }

    /// An asterisk before a sub-paragraph is a bullet.
    pub fn with_bullet(mut self) -> Self {
        if self.label.as_deref() == Some("*") {
            self.label = Some("•".to_owned());
        }
        self
    }

    pub fn more(pieces: Vec<Inline>, span: Range<usize>) -> Self {
        Self { label: None, place: None, pieces, span }
    }
}

/// Adds text that goes on in the same paragraph.
fn join(text: &mut Vec<Inline>, pieces: Vec<Inline>) {
    text.push(Inline::plain(" "));
    text.extend(pieces);
}

impl Open {
    pub fn new(kind: fn(Passage) -> Block, text: Vec<Inline>, number: Number) -> Self {
        Self { kind, text, number, entries: Vec::new() }
    }

    /// Whether the text so far does not end a clause.
    pub fn is_unfinished(&self) -> bool {
        let pieces = self.entries.last().map_or(&self.text, |entry| &entry.pieces);
        let text: String = pieces.iter().filter_map(Inline::text).collect();
        !text.trim_end().ends_with(['.', ';', ':', ',', '。', '；', '؛'])
    }

    /// Adds a paragraph that goes on with this one. One that starts in lower case goes on with a clause that is not ended.
    pub fn go_on(&mut self, paragraph: Paragraph) {
        if !(paragraph.starts_lower() && self.is_unfinished()) {
            return self.entries.push(Entry::more(paragraph.pieces, paragraph.span));
        }
        join(self.entries.last_mut().map_or(&mut self.text, |entry| &mut entry.pieces), paragraph.pieces);
    }

    /// Whether a number goes on with a list of numbers below this paragraph, rather than with the paragraphs.
    pub(super) fn continues(&self, label: &Designation) -> bool {
        // The numbers of lists have levels.
        if label.place.is_some() {
            return false;
        }
        let Some(last) = self.entries.iter().rev().find_map(|entry| entry.label.as_deref()) else { return false };
        if let Some(before) = before_inserted(&label.text) {
            return last == before;
        }
        let last = before_inserted(last).map_or_else(|| numeral(last), |before| numeral(&before));
        last.zip(numeral(&label.text)).is_some_and(|(last, number)| last + 1 == number)
    }

    /// Returns the block, and where labels get another form.
    pub fn block(mut self, words: &Words) -> (Block, Option<Range<usize>>) {
        // What goes on before the first item stays before it.
        if let Some(first) = self.entries.iter().position(|entry| entry.label.is_some()) {
            self.entries.drain(..first).for_each(|entry| join(&mut self.text, entry.pieces));
        }
        let mut passage = Passage { text: Text::from(self.text), number: self.number, ..Passage::default() };
        let depths = depths_of(&self.entries);
        let mut relabelled = None;
        let mut before = 0;
        // The depth of the next sub-paragraph, for each entry.
        let mut next: Vec<Option<usize>> = vec![None; depths.len()];
        for index in (1..depths.len()).rev() {
            next[index - 1] = self.entries[index].label.as_ref().map(|_| depths[index]).or(next[index]);
        }
        for ((entry, depth), next) in self.entries.into_iter().zip(depths).zip(next) {
            match (entry.label, next) {
                (Some(label), _) => {
                    let is_new = put(&mut passage.items, depth, 1, label, Text::from(entry.pieces), words);
                    relabelled = relabelled.or(is_new.then_some(entry.span));
                    before = depth;
                }
                (None, Some(next)) => go_on_between(&mut passage.items, before, next, entry.pieces),
                (None, None) => passage.continuation.push(Text::from(entry.pieces)),
            }
        }
        ((self.kind)(passage), relabelled)
    }
}

/// Adds text between two sub-paragraphs to the one before it, so that it stays between them.
fn go_on_between(items: &mut [Item], before: usize, next: usize, pieces: Vec<Inline>) {
    let Some(item) = last_at(items, before.min(next)) else { return };
    if next <= before {
        return item.continuation.push(Text::from(pieces));
    }
    let mut text = item.text.pieces().to_vec();
    join(&mut text, pieces);
    item.text = Text::from(text);
}

/// Returns the last item at a depth.
fn last_at(items: &mut [Item], depth: usize) -> Option<&mut Item> {
    let last = items.last_mut()?;
    if depth == 0 { Some(last) } else { last_at(&mut last.items, depth - 1) }
}

/// Returns the depths of entries, from 0; text that goes on has that of no one.
fn depths_of(entries: &[Entry]) -> Vec<usize> {
    let items: Vec<&Entry> = entries.iter().filter(|entry| entry.label.is_some()).collect();
    let places: Option<Vec<&Place>> = items.iter().map(|entry| entry.place.as_ref()).collect();
    // An inserted sub-paragraph is on the level of the one before it.
    let labels = items.iter().filter_map(|entry| entry.label.as_deref());
    let labels: Vec<String> = labels.map(|label| before_inserted(label).unwrap_or_else(|| label.to_owned())).collect();
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    let are_bullets = labels.iter().all(|label| !label.contains(char::is_alphanumeric));
    let found = match places {
        // Bullets of one list, and labels that Word counted.
        Some(places) if places.windows(2).all(|pair| pair[0].list == pair[1].list) => {
            let least = places.iter().map(|place| place.level).min().unwrap_or_default();
            places.iter().map(|place| place.level - least).collect()
        }
        // Bullets say nothing about their level, but their indentation does.
        Some(places) if are_bullets => {
            let indents: BTreeSet<i32> = places.iter().map(|place| place.indent).collect();
            places.iter().map(|place| indents.range(..place.indent).count()).collect()
        }
        _ => depths(&labels),
    };
    let mut found = found.into_iter();
    let mut before: Option<usize> = None;
    let depth = |entry: &Entry| {
        if entry.label.is_none() {
            return 0;
        }
        let depth = found.next().unwrap_or_default();
        // A level may be left out, and pages have four.
        let depth = depth.min(before.map_or(0, |before| before + 1)).min(DEEPEST_ITEMS - 1);
        before = Some(depth);
        depth
    };
    entries.iter().map(depth).collect()
}

/// Adds an item at a depth below the last ones. Returns whether its label gets another form.
fn put(items: &mut Vec<Item>, depth: usize, level: u8, label: String, text: Text, words: &Words) -> bool {
    if let Some(last) = items.last_mut().filter(|_| depth > 0) {
        return put(&mut last.items, depth - 1, level + 1, label, text, words);
    }
    let usual = words.label(level, items.len());
    let is_usual = label.is_empty() || are_alike(&label, &usual);
    let is_new = is_usual && !label.is_empty() && label != usual;
    let mut item = Item { text, ..Item::default() };
    if !is_usual {
        if label.chars().count() > LONGEST_DESIGNATION {
            item.text = Text::from([vec![Inline::plain(label + " ")], item.text.pieces().to_vec()].concat());
        } else {
            item.label = Some(label);
        }
    }
    items.push(item);
    is_new
}

/// Returns how a paragraph gets that number: the next one is counted, another is set.
pub(super) fn usual_number(label: &str, count: &mut usize) -> Number {
    if let Some(before) = before_inserted(label) {
        *count = numeral(&before).unwrap_or(*count);
        return Number::Set(label.trim_end_matches(['.', ')']).to_owned());
    }
    let value = numeral(label).or_else(|| label.trim_end_matches('.').parse().ok());
    match value {
        Some(value) if value == *count + 1 => {
            *count = value;
            Number::Next
        }
        Some(value) => {
            *count = value;
            Number::Set(value.to_string())
        }
        None => Number::Set(label.trim_end_matches('.').to_owned()),
    }
}
