//! Converts character positions, which the parser counts in, to byte offsets.

use std::ops::Range;

use saphyr_parser::Span;

/// The byte offsets of characters.
pub(super) struct Offsets<'t> {
    text: &'t str,
    /// The byte offset of every `STEP`th character; empty if the text is ASCII.
    steps: Vec<usize>,
}

const STEP: usize = 64;

impl<'t> Offsets<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let steps = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().step_by(STEP).map(|(byte, _)| byte).collect()
        };
        Self { text, steps }
    }

    pub(super) fn byte(&self, index: usize) -> usize {
        if self.steps.is_empty() {
            return index.min(self.text.len());
        }
        let rest = self.steps.get(index / STEP).and_then(|step| self.text.get(*step..)).unwrap_or("");
        let within = rest.char_indices().nth(index % STEP).map_or(rest.len(), |(byte, _)| byte);
        self.text.len() - rest.len() + within
    }

    pub(super) fn bytes(&self, span: &Span) -> Range<usize> {
        let start = self.byte(span.start.index());
        start..self.byte(span.end.index()).max(start)
    }
}
