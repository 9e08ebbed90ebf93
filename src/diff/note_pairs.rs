//! Which footnotes of the older document are which of the newer one.

use super::side::Side;
use super::steps::{Moving, Step, steps};
use crate::golden::align::{ALIKE, Bag, alike, bag};
use crate::model::Change;
use crate::prepare::{Run, Runs};

/// The notes of the older document among those of both.
pub(super) struct Notes {
    pub steps: Vec<Step>,
    /// For each note of the older document, its index among all: that of the same note in the newer document, or one
    /// after these.
    places: Vec<usize>,
    /// The number of notes of the newer document.
    new: usize,
}

impl Notes {
    pub fn new(old: &Side, new: &Side) -> Self {
        let passages =
            |side: &Side| -> Vec<_> { side.prepared.notes.iter().map(|note| side.passage("", &note.runs)).collect() };
        let (before, after) = (passages(old), passages(new));
        let (olds, news) = (surroundings(old), surroundings(new));
        let starred = |side: &Side, note: usize| side.mark(note).starts_with('*');
        // Notes of different texts are other notes, even if both cite a resolution.
        let steps = steps(&before, &after, Moving::Yes, |a, b| {
            let stays = before[a].words().eq(after[b].words()) || alike(&olds[a], &news[b]) >= ALIKE;
            stays && starred(old, a) == starred(new, b)
        });
        let mut places: Vec<Option<usize>> = vec![None; before.len()];
        for step in &steps {
            if let Step::Both { old, new, .. } = step {
                places[*old] = Some(*new);
            }
        }
        let mut next = after.len();
        let place = |place: Option<usize>| {
            place.unwrap_or_else(|| {
                next += 1;
                next - 1
            })
        };
        let places = places.into_iter().map(place).collect();
        Self { steps, places, new: after.len() }
    }

    /// Returns the index of a note of the older document among all.
    pub fn of_old(&self, note: usize) -> usize {
        self.places.get(note).copied().unwrap_or(usize::MAX)
    }

    /// Returns runs of the older document for a page of both: marks of notes that are still there are struck text.
    pub fn struck(&self, old: &Side, runs: &[Run]) -> Runs {
        let run = |run: &Run| match run {
            Run::Note { note, .. } if self.of_old(*note) < self.new => {
                let mark = old.mark(*note).to_owned();
                let raised = !mark.starts_with('*');
                let change = Some(Change::Struck);
                Run::Text { text: mark, italic: false, bold: false, raised, change, link: None }
            }
            Run::Note { note, change, .. } => Run::Note { note: self.of_old(*note), again: false, change: *change },
            other => other.clone(),
        };
        runs.iter().map(run).collect()
    }
}

/// Returns for each note the words of the text that first refers to it.
fn surroundings(side: &Side) -> Vec<Bag> {
    let mut bags: Vec<Option<Bag>> = vec![None; side.prepared.notes.len()];
    let lines = side.prepared.session.iter().flatten().map(|line| line.runs.clone());
    let opening = side.prepared.opening.iter().map(|entry| entry.runs.clone());
    for runs in lines.chain(opening).chain(side.prepared.body.iter().map(Side::words_of)) {
        let notes = runs.iter().filter_map(|run| if let Run::Note { note, .. } = run { Some(*note) } else { None });
        let mut notes = notes.peekable();
        if notes.peek().is_none() {
            continue;
        }
        let words = bag(&side.passage("", &runs));
        for note in notes {
            if let Some(bag) = bags.get_mut(note) {
                bag.get_or_insert_with(|| words.clone());
            }
        }
    }
    bags.into_iter().map(Option::unwrap_or_default).collect()
}
