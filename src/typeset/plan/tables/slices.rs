//! The parts of a table: what may stand on different pages, and what does.

use super::{Table, TableCell, TableRow};
use crate::typeset::plan::Line;
use crate::typeset::plan::pages::FEWEST;

/// A part of a row that stands on one page: some of its lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::typeset) struct Slice {
    pub row: usize,
    /// The line, in a row whose lines may be parted.
    pub line: Option<usize>,
}

impl TableRow {
    /// Whether its lines may stand on two pages.
    fn parts(&self) -> bool {
        self.lines >= 2 * FEWEST && self.cells.iter().all(|cell| cell.rows == 1)
    }
}

impl Table {
    /// Divides its rows.
    pub(super) fn divide(&mut self) {
        let rows = self.rows.iter().enumerate();
        let slices = rows.flat_map(|(row, of)| {
            let parts = self.composed && row >= self.heads && of.parts();
            let lines = if parts { (0..of.lines).map(Some).collect() } else { vec![None] };
            lines.into_iter().map(move |line| Slice { row, line })
        });
        self.slices = slices.collect();
    }

    /// The height of a part of a row.
    pub fn height(&self, slice: Slice) -> f64 {
        let row = &self.rows[slice.row];
        let Some(line) = slice.line else { return row.height() };
        let above = if line == 0 { row.above } else { 0.0 };
        let below = if line + 1 == row.lines { row.below } else { 0.0 };
        above + row.pitch + below
    }

    /// Whether a page may begin with a slice.
    pub fn begins(&self, slice: Slice) -> bool {
        let row = &self.rows[slice.row];
        match slice.line {
            Some(line) if line > 0 => line >= FEWEST && line + FEWEST <= row.lines,
            _ => slice.row > self.heads && !row.kept,
        }
    }

    /// The lines that stand in a slice.
    pub fn lines(&self, slice: Slice) -> impl Iterator<Item = &Line> {
        let row = &self.rows[slice.row];
        let in_slice = move |cell: &TableCell| match slice.line {
            None => 0..cell.lines.len(),
            Some(line) => {
                let at = line.checked_sub(row.offset(cell)).filter(|at| *at < cell.lines.len());
                at.map_or(0..0, |at| at..at + 1)
            }
        };
        row.cells.iter().flat_map(move |cell| &cell.lines[in_slice(cell)])
    }

    /// The rows by the pages on which they stand, without the heads; a row on two pages is divided.
    pub fn pages(&self) -> Vec<Vec<TableRow>> {
        let mut pages: Vec<Vec<TableRow>> = vec![Vec::new()];
        let slices = &self.slices;
        let mut from = self.heads;
        while from < slices.len() {
            let row = slices[from].row;
            let ends = |at: &usize| *at == slices.len() || slices[*at].row != row || self.starts.contains(at);
            let to = (from + 1..=slices.len()).find(ends).unwrap_or(slices.len());
            if self.starts.contains(&from) {
                pages.push(Vec::new());
            }
            if let Some(page) = pages.last_mut() {
                page.push(self.part(slices[from], slices[to - 1]));
            }
            from = to;
        }
        pages
    }

    /// The part of a row from one slice to another.
    pub fn part(&self, first: Slice, last: Slice) -> TableRow {
        let mut row = self.rows[first.row].clone();
        let (Some(from), Some(to)) = (first.line, last.line) else { return row };
        let all = row.lines;
        let offsets: Vec<usize> = row.cells.iter().map(|cell| row.offset(cell)).collect();
        for (cell, offset) in row.cells.iter_mut().zip(offsets) {
            let at = |line: usize| line.saturating_sub(offset).min(cell.lines.len());
            cell.lines = cell.lines[at(from)..at(to + 1)].to_vec();
        }
        row.lines = to + 1 - from;
        row.continued = from > 0;
        row.rules.retain(|rule| if rule.from_below { to + 1 == all } else { from == 0 });
        if from > 0 {
            row.above = 0.0;
        }
        if to + 1 < all {
            row.below = 0.0;
        }
        row
    }
}
