//! A line as a row: what stands on it, and where.

use super::text::plain_at_end;
use crate::typeset::measures::{Align, Type};
use crate::typeset::plan::{Item, Label, Line};

/// A line, and where it stands. Lengths in points from the left edge of the column.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'p> {
    pub label: Option<&'p Label>,
    pub line: &'p Line,
    pub start: f64,
    pub end: f64,
    /// Full lines fill the measure.
    pub stand: Align,
    pub style: Type,
}

impl<'p> Row<'p> {
    /// A line flush left between two places.
    pub fn new(line: &'p Line, style: Type, start: f64, end: f64) -> Self {
        let stand = if line.end.is_some_and(|end| end.full) { Align::Full } else { Align::Start };
        Self { label: None, line, start, end, stand, style }
    }

    /// The line of an item of that number.
    pub fn of(item: &'p Item, number: usize, style: Type) -> Option<Self> {
        let first = number == 0;
        let start = if first { item.first } else { item.turnover };
        let row = Self::new(item.lines.get(number)?, style, start, item.end);
        let stand = if item.design.align == Align::End { Align::End } else { row.stand };
        Some(Self { label: item.label.as_ref().filter(|_| first), stand, ..row })
    }

    /// Whether its last letter is tracked, as the engine tracks one before a line end of the same looks.
    pub fn end_tracked(&self) -> bool {
        self.line.end.is_some_and(|end| !end.space) && plain_at_end(&self.line.runs)
    }
}

/// What an item says, as the outline of the document has it.
pub(super) fn words(item: &Item) -> String {
    let label = item.label.iter().map(|label| label.said.to_string());
    let lines = item.lines.iter().map(Line::words);
    let words: Vec<String> = label.chain(lines).filter(|words| !words.is_empty()).collect();
    words.join(" ")
}
