//! Inline footnotes, as is common in Markdown: `words^[See resolution 70/1.]`.

use std::collections::HashSet;
use std::ops::Range;

use super::super::tree::{Field, Node};
use crate::model::inline::written_marks;

/// What opens a footnote.
pub(super) const OPEN: &str = "^[";

/// The footnotes met so far, and the marks that are in use elsewhere.
pub(super) struct InlineNotes {
    notes: Vec<Field>,
    taken: HashSet<String>,
    next: usize,
}

impl InlineNotes {
    /// Starts without footnotes. Marks that the text refers to are never assigned.
    pub fn new(text: &str) -> Self {
        Self { notes: Vec::new(), taken: written_marks(text).map(str::to_owned).collect(), next: 1 }
    }

    /// Stores a footnote and returns its mark.
    pub fn add(&mut self, span: Range<usize>, words: Node) -> String {
        while self.taken.contains(&self.next.to_string()) {
            self.next += 1;
        }
        let mark = self.next.to_string();
        self.next += 1;
        self.notes.push(Field { key: mark.clone(), key_span: span, node: words });
        mark
    }

    pub fn finish(self) -> Vec<Field> {
        self.notes
    }
}

/// Returns the byte ranges of the footnotes in a text, including their brackets. A nested footnote
/// is part of the text of the outer one.
pub(super) fn of(text: &str) -> Vec<Range<usize>> {
    let mut notes: Vec<Range<usize>> = Vec::new();
    // The open brackets, and whether each begins a footnote.
    let mut open: Vec<(usize, bool)> = Vec::new();
    let mut before = None;
    for (at, c) in text.char_indices() {
        match c {
            _ if before == Some('\\') => {
                before = None;
                continue;
            }
            '[' => open.push((at, before == Some('^'))),
            ']' => {
                if let Some((start, true)) = open.pop()
                    && start + 1 < at
                {
                    let note = start - 1..at + 1;
                    while notes.pop_if(|within| within.start > note.start).is_some() {}
                    notes.push(note);
                }
            }
            _ => {}
        }
        before = Some(c);
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_end_with_their_bracket() {
        let reported = |text: &'static str| of(text).into_iter().map(|at| &text[at]).collect::<Vec<_>>();
        assert_eq!(reported("a^[See [b](https://un.org).] c^[d\\]e]"), ["^[See [b](https://un.org).]", "^[d\\]e]"]);
        assert_eq!(reported("a\\^[b] ^[] x^[open"), [""; 0]);
        let mut notes = InlineNotes::new("a[^1] b^[c] d[^3]");
        let marks: Vec<_> = (0..2).map(|at| notes.add(at..at, Node::text("", at..at))).collect();
        assert_eq!(marks, ["2", "4"]);
    }
}
