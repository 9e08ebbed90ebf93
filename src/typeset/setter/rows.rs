//! A line as a row: its contents and their positions.

use super::text::plain_at_end;
use crate::typeset::measures::{Align, Type};
use crate::typeset::plan::{Item, Label, Line};

/// A line and its position. Lengths are in points from the left edge of the column.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'p> {
    pub label: Option<&'p Label>,
    pub line: &'p Line,
    pub start: f64,
    pub end: f64,
    /// Whether it fills the measure, as full lines do.
    pub stand: Align,
    pub style: Type,
    /// Whether it is written from left to right on pages that are not.
    pub latin: bool,
}

impl<'p> Row<'p> {
    /// Creates a line flush left between two positions.
    pub fn new(line: &'p Line, style: Type, start: f64, end: f64) -> Self {
        let stand = if line.end.is_some_and(|end| end.full) { Align::Full } else { Align::Start };
        Self { label: None, line, start, end, stand, style, latin: false }
    }

    /// Creates the row of the line of an item with that number.
    pub fn of(item: &'p Item, number: usize, style: Type) -> Option<Self> {
        let first = number == 0;
        let start = if first { item.first } else { item.turnover };
        let row = Self::new(item.lines.get(number)?, style, start, item.end);
        let stand = if item.design.align == Align::End { Align::End } else { row.stand };
        Some(Self { label: item.label.as_ref().filter(|_| first), stand, ..row })
    }

    /// Returns whether its last letter is tracked, as the engine tracks one before a line end of the same style.
    pub fn end_tracked(&self) -> bool {
        self.line.end.is_some_and(|end| !end.space) && plain_at_end(&self.line.runs)
    }
}

/// Returns the text of an item, as in the outline of the document.
pub(super) fn words(item: &Item) -> String {
    let label = item.label.iter().map(|label| label.said.to_string());
    let lines = item.lines.iter().map(Line::words);
    let words: Vec<String> = label.chain(lines).filter(|words| !words.is_empty()).collect();
    words.join(" ")
}
