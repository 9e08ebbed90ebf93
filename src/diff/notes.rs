//! The footnotes of both documents: those of the newer one, numbered as there, and those that are gone.

use super::merge::{At, Merge, inserted};
use super::side::Side;
use super::steps::Step;
use super::{Kind, blocks};
use crate::prepare::{Note, Prepared, Run, Runs};

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
                // It is among those of both.
                Step::Gone { to: Some(_), .. } => {}
                Step::Gone { old: was, to: None } => {
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
            if let Run::Note { note, again, .. } = run
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
