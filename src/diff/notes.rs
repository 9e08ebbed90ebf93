//! The footnotes of both documents: those of the newer one, numbered as there, and those that are gone.

use super::merge::{At, Merge, inserted};
use super::side::Side;
use super::steps::{Moving, Step, steps};
use super::{Kind, blocks};
use crate::model::Change;
use crate::prepare::{Note, Prepared, Run, Runs};

/// The notes of the older document among those of both.
pub(super) struct Notes {
    steps: Vec<Step>,
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
        let starred = |side: &Side, note: usize| side.mark(note).starts_with('*');
        let steps = steps(&before, &after, Moving::Yes, |a, b| starred(old, a) == starred(new, b));
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
            Run::Note { note, .. } => Run::Note { note: self.of_old(*note), again: false },
            other => other.clone(),
        };
        runs.iter().map(run).collect()
    }
}

impl Merge<'_> {
    /// Returns the notes of both documents with their changes marked, and lists these.
    pub fn merged_notes(&mut self) -> Vec<Note> {
        let (old, new) = (self.old, self.new);
        let mut list = new.prepared.notes.clone();
        let mut gone = Vec::new();
        let name = |side: &Side, note: usize| side.name(&format!("note/{note}")).to_string();
        for step in self.notes.steps.clone() {
            match step {
                Step::Both { old: was, new: is, .. } => {
                    let at = At::new(name(new, is), old.note_path(was), new.note_path(is));
                    list[is].runs = self.text(at, &old.prepared.notes[was].runs, &new.prepared.notes[is].runs);
                }
                Step::New(is) => {
                    let runs = &new.prepared.notes[is].runs;
                    self.list(At::new(name(new, is), None, new.note_path(is)), Kind::Inserted, self.inserted(runs));
                    list[is].runs = inserted(runs);
                }
                Step::Gone { old: was, .. } => {
                    let note = &old.prepared.notes[was];
                    let at = At::new(name(old, was), old.note_path(was), None);
                    self.list(at, Kind::Deleted, self.deleted(&note.runs));
                    gone.push((was, Note { mark: format!("[{}]", note.mark), runs: self.struck(&note.runs) }));
                }
            }
        }
        gone.sort_by_key(|(was, _)| *was);
        list.extend(gone.into_iter().map(|(_, note)| note));
        list
    }
}

/// Says of every mark whether its note was referred to before, in the order of the pages.
pub(super) fn counted(prepared: &mut Prepared) {
    let mut met = vec![false; prepared.notes.len()];
    let mut count = |runs: &mut Runs| {
        for run in runs {
            if let Run::Note { note, again } = run
                && let Some(met) = met.get_mut(*note)
            {
                *again = std::mem::replace(met, true);
            }
        }
    };
    prepared.session.iter_mut().flatten().for_each(|line| count(&mut line.runs));
    prepared.opening.iter_mut().for_each(|entry| count(&mut entry.runs));
    prepared.body.iter_mut().for_each(|block| blocks::each(block, &mut count));
}
