//! Tables: the widths of their columns, and their type size.
//!
//! Columns have the widths given by the document or the length of their texts, but never less than
//! their figures and words need. A table that does not fit the column takes the width between the
//! margins, then smaller type. Words are cut if nothing else helps, figures never.

#[cfg(test)]
mod tests;
mod units;

use std::ops::Range;

use super::composer::Measures;
use crate::prepare::{Block, Cell, Prepared, Run};
use units::{Extent, Unit, open, units};

/// Sets the widths and size of every table, and cuts words that do not fit their cells.
///
/// # Errors
///
/// Returns a sentence about the first table that cannot be set.
pub(super) fn lay_out(prepared: &mut Prepared, measures: &Measures) -> Result<(), String> {
    let column = measures.columns[prepared.edition].drawn;
    let Prepared { body, notes, .. } = prepared;
    let marks: Vec<String> = notes.iter().map(|note| note.mark.clone()).collect();
    let page = Page { measures, column, marks: &marks };
    for block in body {
        let Some(grid) = Grid::of(block, &page) else { continue };
        let choice = grid.choice(measures).ok_or_else(|| grid.refusal(block, measures))?;
        if let Block::Table { widths, wide, size, header, rows, .. } = block {
            for rows in [header, rows] {
                for (columns, cell) in placed_mut(rows, widths.len()) {
                    let room = choice.widths[columns].iter().sum::<f64>() - 2.0 * measures.tables.inset;
                    open(cell, &page, choice.step, room);
                }
            }
            let whole: f64 = choice.widths.iter().sum();
            *widths = choice.widths.iter().map(|width| width / whole).collect();
            *wide = choice.wide;
            *size = (choice.step < 1.0).then_some(choice.step);
        }
    }
    Ok(())
}

/// Returns the tables that cannot be set, by their numbers among those of the document, with a sentence each.
pub(super) fn too_wide(prepared: &Prepared, measures: &Measures) -> Vec<(usize, String)> {
    let marks: Vec<String> = prepared.notes.iter().map(|note| note.mark.clone()).collect();
    let column = measures.columns[prepared.edition].drawn;
    let page = Page { measures, column, marks: &marks };
    let tables = prepared.body.iter().filter(|block| matches!(block, Block::Table { .. })).enumerate();
    let refused = |(index, block): (usize, &Block)| {
        let grid = Grid::of(block, &page)?;
        let fits = grid.choice(measures).is_some();
        (!fits).then(|| (index, grid.refusal(block, measures)))
    };
    tables.filter_map(refused).collect()
}

/// What a table needs to know about its document.
struct Page<'p> {
    measures: &'p Measures,
    /// How wide the text column is.
    column: f64,
    marks: &'p [String],
}

/// The requirements of the columns of a table.
struct Grid {
    /// The requested widths, in parts of one.
    parts: Vec<f64>,
    columns: Vec<Column>,
    /// The cells that span several columns.
    spans: Vec<(Range<usize>, Extent)>,
    /// How wide the text column is.
    column: f64,
}

/// The contents of a column.
#[derive(Default)]
struct Column {
    /// The widest contents, one for each width of note marks.
    extents: Vec<Extent>,
    /// The widest text that is not cut in any size.
    widest: (f64, String),
}

/// The layout of a table.
struct Choice {
    widths: Vec<f64>,
    wide: bool,
    step: f64,
}

impl Grid {
    fn of(block: &Block, page: &Page) -> Option<Self> {
        let Block::Table { widths, header, rows, .. } = block else { return None };
        let mut columns: Vec<Column> = widths.iter().map(|_| Column::default()).collect();
        let mut spans = Vec::new();
        for (range, cell) in placed(header, widths.len()).into_iter().chain(placed(rows, widths.len())) {
            for unit in units(cell, page) {
                match columns.get_mut(range.clone()) {
                    Some([column]) => column.take(&unit),
                    Some([_, ..]) => spans.push((range.clone(), unit.extent)),
                    _ => {}
                }
            }
        }
        Some(Self { parts: widths.clone(), columns, spans, column: page.column })
    }

    /// Returns the first layout in which everything fits.
    fn choice(&self, measures: &Measures) -> Option<Choice> {
        let tables = &measures.tables;
        let smallest = tables.steps.last().copied()?;
        let whole = std::iter::once((false, 1.0)).chain(tables.steps.iter().map(|step| (true, *step)));
        let ways = whole.map(|(wide, step)| (wide, step, false)).chain([(true, smallest, true)]);
        ways.into_iter().find_map(|(wide, step, cut)| {
            let room = if wide { tables.between_margins } else { self.column };
            let widths = shared(&self.parts, &self.least(step, cut, tables.inset), room)?;
            Some(Choice { widths, wide, step })
        })
    }

    /// Returns the minimum widths of the columns.
    fn least(&self, step: f64, cut: bool, inset: f64) -> Vec<f64> {
        let width = |extent: &Extent| extent.at(step, cut) + 2.0 * inset + TOLERANCE;
        let column = |column: &Column| column.extents.iter().map(width).fold(2.0 * inset, f64::max);
        let mut least: Vec<f64> = self.columns.iter().map(column).collect();
        for (range, extent) in &self.spans {
            let columns = &mut least[range.clone()];
            let more = (width(extent) - columns.iter().sum::<f64>()) / columns.len() as f64;
            columns.iter_mut().for_each(|column| *column += more.max(0.0));
        }
        least
    }

    /// Returns why the table cannot be set.
    fn refusal(&self, block: &Block, measures: &Measures) -> String {
        let tables = &measures.tables;
        let smallest = tables.steps.last().copied().unwrap_or(1.0);
        let needs: f64 = self.least(smallest, true, tables.inset).iter().sum();
        let widest = self.columns.iter().map(|column| &column.widest).max_by(|one, other| one.0.total_cmp(&other.0));
        let held = widest.map_or_else(String::new, |(_, text)| format!(", the widest for “{text}”"));
        format!(
            "{} is too wide: in the smallest type its {} columns need {} points{held}, but a page has {}",
            name(block),
            self.columns.len(),
            needs.ceil(),
            tables.between_margins.floor(),
        )
    }
}

/// The tolerance for sums of many widths.
const TOLERANCE: f64 = 0.1;

impl Column {
    fn take(&mut self, unit: &Unit) {
        if unit.extent.cut > self.widest.0 {
            self.widest = (unit.extent.cut, unit.text.clone());
        }
        match self.extents.iter_mut().find(|known| known.fixed == unit.extent.fixed) {
            Some(known) => known.widen(unit.extent),
            None => self.extents.push(unit.extent),
        }
    }
}

/// Returns the name of a table for readers.
fn name(block: &Block) -> String {
    let Block::Table { label, title, header, rows, .. } = block else { return String::new() };
    let said = |runs: &[Run]| -> String {
        let texts = runs.iter().filter_map(|run| match run {
            Run::Text { text, .. } => Some(text.as_str()),
            _ => None,
        });
        texts.collect()
    };
    match (label, title) {
        (Some(label), _) => format!("“{label}”"),
        (None, Some(title)) => format!("the table “{}”", said(title)),
        (None, None) => {
            let mut cells = header.iter().chain(rows).flatten().map(|cell| said(&cell.runs));
            let first = cells.find(|text| !text.is_empty()).unwrap_or_default();
            format!("the table that begins with “{first}”")
        }
    }
}

/// Divides the room by the requested parts, with minimum widths. Returns `None` if the room is less than these.
fn shared(parts: &[f64], least: &[f64], room: f64) -> Option<Vec<f64>> {
    if least.iter().sum::<f64>() > room {
        return None;
    }
    let mut held = vec![false; least.len()];
    loop {
        let (mut rest, mut sum) = (room, 0.0);
        for ((part, least), held) in parts.iter().zip(least).zip(&held) {
            if *held { rest -= least } else { sum += part }
        }
        let width = |index: usize| if held[index] { least[index] } else { parts[index] / sum * rest };
        let widths: Vec<f64> = (0..least.len()).map(width).collect();
        let short: Vec<usize> =
            (0..least.len()).filter(|index| !held[*index] && widths[*index] < least[*index]).collect();
        if short.is_empty() {
            return Some(widths);
        }
        short.into_iter().for_each(|index| held[index] = true);
    }
}

/// Returns cells with the columns they take.
fn placed(rows: &[Vec<Cell>], columns: usize) -> Vec<(Range<usize>, &Cell)> {
    let mut grid = Taken::new(columns);
    rows.iter().flat_map(|row| grid.row(row.iter())).collect()
}

fn placed_mut(rows: &mut [Vec<Cell>], columns: usize) -> Vec<(Range<usize>, &mut Cell)> {
    let mut grid = Taken::new(columns);
    rows.iter_mut().flat_map(|row| grid.row(row.iter_mut())).collect()
}

/// The number of rows for which each column is still taken by a cell from above.
struct Taken(Vec<u16>);

impl Taken {
    fn new(columns: usize) -> Self {
        Self(vec![0; columns])
    }

    fn row<C: std::ops::Deref<Target = Cell>>(&mut self, cells: impl Iterator<Item = C>) -> Vec<(Range<usize>, C)> {
        let Self(taken) = self;
        let mut at = 0;
        let mut row = Vec::new();
        for cell in cells {
            while taken.get(at).is_some_and(|rows| *rows > 0) {
                at += 1;
            }
            let end = (at + usize::from(cell.columns)).min(taken.len());
            taken.get_mut(at..end).into_iter().for_each(|columns| columns.fill(cell.rows));
            row.push((at.min(end)..end, cell));
            at = end;
        }
        taken.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
        row
    }
}
