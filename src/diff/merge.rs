//! Both documents in one: the content of the newer one, with what is gone where it was, and the list of changes.

use super::note_pairs::Notes;
use super::side::Side;
use super::words::{Said, Stretch, apart, changed, joined, stretches};
use super::{Change, Kind, Words};
use crate::model::{self, Path};
use crate::prepare::{Designation, Run, Runs};

/// The documents, and the changes so far.
pub(super) struct Merge<'m> {
    pub old: &'m Side,
    pub new: &'m Side,
    pub notes: Notes,
    pub changes: Vec<Change>,
}

/// The part that a text is in.
#[derive(Debug, Clone)]
pub(super) struct At {
    pub part: String,
    pub note: Option<String>,
    pub old: Option<Path>,
    pub new: Option<Path>,
    pub moved: bool,
}

impl At {
    pub fn new(part: impl Into<String>, old: Option<Path>, new: Option<Path>) -> Self {
        Self { part: part.into(), note: None, old, new, moved: false }
    }

    /// Returns a place within the part: its name goes on with `name`, its path with `field`.
    pub fn within(&self, name: &str, field: impl Fn(&Path) -> Path) -> Self {
        Self {
            part: format!("{}{name}", self.part),
            note: None,
            old: self.old.as_ref().map(&field),
            new: self.new.as_ref().map(&field),
            moved: false,
        }
    }
}

impl Merge<'_> {
    /// Returns a text with its changes marked, and lists them.
    pub fn text(&mut self, at: At, old: &[Run], new: &[Run]) -> Runs {
        let stretches = self.stretches(old, new);
        if stretches.iter().all(|stretch| stretch.change.is_none()) {
            if at.note.is_some() || at.moved {
                self.list(at, Kind::Changed, Vec::new());
            }
            return new.to_vec();
        }
        let kind = match (old.is_empty(), new.is_empty()) {
            (true, false) => Kind::Inserted,
            (false, true) => Kind::Deleted,
            _ => Kind::Changed,
        };
        let words = self.words(&stretches);
        self.list(at, kind, words);
        self.marked(&stretches)
    }

    /// Returns an optional text in the same way.
    pub fn maybe(&mut self, at: At, old: Option<&Runs>, new: Option<&Runs>) -> Option<Runs> {
        let runs = |runs: Option<&Runs>| runs.cloned().unwrap_or_default();
        (old.is_some() || new.is_some()).then(|| self.text(at, &runs(old), &runs(new)))
    }

    /// Returns a designation in the same way.
    pub fn designation(&mut self, at: At, old: Option<&Designation>, new: Option<&Designation>) -> Option<Designation> {
        let runs = |one: Option<&Designation>| one.map(|one| one.runs().clone());
        self.maybe(at, runs(old).as_ref(), runs(new).as_ref()).map(Designation::of)
    }

    /// Returns a designation with its changes marked, without listing them.
    pub fn number(&self, old: Option<&Designation>, new: Option<&Designation>) -> Option<Designation> {
        let runs = |one: Option<&Designation>| one.map(|one| one.runs().clone()).unwrap_or_default();
        let marked = self.marked(&self.stretches(&runs(old), &runs(new)));
        (old.is_some() || new.is_some()).then(|| Designation::of(marked))
    }

    /// Lists a change.
    pub fn list(&mut self, at: At, kind: Kind, words: Vec<Words>) {
        let At { part, note, old, new, moved } = at;
        let kind = if moved { Kind::Moved } else { kind };
        self.changes.push(Change { kind, part, note, old, new, words });
    }

    /// Compares two texts.
    pub fn stretches(&self, old: &[Run], new: &[Run]) -> Vec<Stretch> {
        let (old_note, new_note) = (|note| self.notes.of_old(note), |note| note);
        stretches(
            Said { runs: old, prepared: &self.old.prepared, note: &old_note, leads: self.old.leads() },
            Said { runs: new, prepared: &self.new.prepared, note: &new_note, leads: self.new.leads() },
        )
    }

    /// Returns the words of stretches, for the list.
    pub fn words(&self, stretches: &[Stretch]) -> Vec<Words> {
        let mark = |side: &Side, note: usize| side.mark(note).to_owned();
        let one = |stretch: &Stretch| stretch.words(&|note| mark(self.old, note), &|note| mark(self.new, note));
        stretches.iter().map(one).collect()
    }

    fn marked(&self, stretches: &[Stretch]) -> Runs {
        let runs = |stretch: &Stretch| match stretch.change {
            None => stretch.runs.clone(),
            Some(model::Change::Struck) => self.struck(&stretch.runs),
            Some(model::Change::Inserted) => inserted(&stretch.runs),
        };
        let mut list = Runs::new();
        for stretch in stretches {
            list = apart(list, runs(stretch));
        }
        joined(list)
    }

    /// Returns struck runs of the older document.
    pub fn struck(&self, runs: &[Run]) -> Runs {
        changed(&self.notes.struck(self.old, runs), model::Change::Struck)
    }

    /// Returns all words of a text of the older document, for the list.
    pub fn deleted(&self, runs: &[Run]) -> Vec<Words> {
        self.words(&self.stretches(runs, &[]))
    }

    /// Returns all words of a text of the newer document, for the list.
    pub fn inserted(&self, runs: &[Run]) -> Vec<Words> {
        self.words(&self.stretches(&[], runs))
    }
}

/// Returns inserted runs.
pub(super) fn inserted(runs: &[Run]) -> Runs {
    changed(runs, model::Change::Inserted)
}
