//! One of the two documents: what its pages print, with the name and the path of every part.

use std::collections::HashSet;
use std::sync::Arc;

use super::numbers;
use crate::golden::Names;
use crate::golden::expected::{passages, piece};
use crate::golden::words::{Passage, tokens};
use crate::model::{Document, House, Path};
use crate::prepare::{Block, Leads, OpeningRole, Prepared, Run, Runs, prepare_with_paths};

/// One of the two documents.
pub(super) struct Side {
    pub prepared: Prepared,
    names: Names,
    body: Vec<Path>,
    notes: Vec<Path>,
    /// The blocks and items whose designations the document gives.
    given: HashSet<Path>,
    house: Option<House>,
    /// The entry of the opening that names the signatories.
    pub signatories: Option<usize>,
}

impl Side {
    pub fn new(document: &Document) -> Result<Self, String> {
        let (prepared, paths) = prepare_with_paths(document)?;
        let names = Names::new(&prepared);
        // They come after the sponsors.
        let last = prepared.opening.iter().rposition(|entry| entry.role == OpeningRole::Sponsors);
        let signatories = last.filter(|_| !document.signatories.is_empty());
        Ok(Self {
            names,
            body: paths.body,
            notes: paths.notes,
            given: numbers::given(document),
            house: document.house.clone(),
            signatories,
            prepared,
        })
    }

    /// Returns where symbols in its texts lead.
    pub fn leads(&self) -> Leads<'_> {
        Leads::of_house(self.prepared.language, self.house.as_ref())
    }

    /// Returns the name of a part, from that of its place on the pages: "body/3".
    pub fn name(&self, key: &str) -> Arc<str> {
        self.names.of(key)
    }

    pub fn block_name(&self, index: usize) -> Arc<str> {
        self.name(&format!("body/{index}"))
    }

    /// Returns the path of a block; the closing lines have none.
    pub fn block_path(&self, index: usize) -> Option<Path> {
        self.body.get(index).filter(|path| !path.is_empty()).cloned()
    }

    pub fn note_path(&self, index: usize) -> Option<Path> {
        self.notes.get(index).cloned()
    }

    /// Whether the document gives the designation of a block.
    pub fn gives_number(&self, index: usize) -> bool {
        self.body.get(index).is_some_and(|path| self.given.contains(path))
    }

    /// Returns runs as a passage to be paired. Marks of notes are alike: they are numbered anew.
    pub fn passage(&self, name: &str, runs: &[Run]) -> Passage {
        let mut tokens = tokens(runs.iter().filter_map(|run| piece(run, &self.prepared)));
        tokens.iter_mut().filter(|token| token.note.is_some()).for_each(|token| token.text = "†".to_owned());
        Passage { name: name.into(), tokens, page: None }
    }

    /// Returns all words of a block, in order.
    pub fn words_of(block: &Block) -> Runs {
        let parts = passages(block).into_iter().filter(|(_, runs)| !runs.is_empty());
        parts.map(|(_, runs)| runs).collect::<Vec<_>>().join(&Run::text(" "))
    }

    /// Returns the printed mark of a note.
    pub fn mark(&self, note: usize) -> &str {
        self.prepared.notes.get(note).map_or("", |note| note.mark.as_str())
    }
}
