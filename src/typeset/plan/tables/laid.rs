//! The rows of a table: cells with their lines, one beside the other.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Table, TableCell, TableRow};
use crate::model::Align;
use crate::prepare::{Block, Cell, Columns, Grid};
use crate::typeset::composer::Composer;
use crate::typeset::measures::{Fit, Measures, Space, Style};
use crate::typeset::tables::style_of;

/// Lays out the rows of a table.
pub(in crate::typeset::plan) fn laid(composer: &Composer, block: &Block, fit: Fit) -> Option<Table> {
    let Block::Table { columns, header, rows, totals, figures, .. } = block else { return None };
    let count = header.first().or(rows.first()).into_iter().flatten().map(|cell| usize::from(cell.columns)).sum();
    let equal = || Columns {
        left: 0.0,
        widths: vec![composer.column.drawn / count as f64; count],
        size: 1.0,
        landscape: false,
    };
    let Columns { left, widths, size, .. } = columns.clone().unwrap_or_else(equal);
    let mut table = Table {
        left,
        columns: widths,
        size,
        heads: header.len(),
        rows: Vec::with_capacity(header.len() + rows.len()),
        slices: Vec::new(),
        starts: BTreeSet::new(),
        composed: true,
    };
    let tables = &composer.measures.tables;
    let mut maker = Maker { composer, fit, table: &mut table };
    let space = if *figures { tables.figures } else { tables.texts };
    let mut grid = Grid::new(count);
    for cells in header {
        maker.row(grid.row(cells.iter()), Style::ColumnHead, tables.head, true, 0.0);
    }
    let mut grid = Grid::new(count);
    for (index, cells) in rows.iter().enumerate() {
        let total = totals.contains(&index);
        let (space, indent) = if total { (tables.total.space, tables.total.indent) } else { (space, 0.0) };
        maker.row(grid.row(cells.iter()), style_of(*figures), space, !*figures, indent);
    }
    table.highest();
    table.rule(tables, totals);
    table.divide();
    Some(table)
}

/// Makes rows.
struct Maker<'m, 'c> {
    composer: &'m Composer<'c>,
    fit: Fit,
    table: &'m mut Table,
}

impl Maker<'_, '_> {
    /// Adds a row. The first lines of its cells stand at one height (`high`), except in heads, or the last.
    fn row(&mut self, cells: Vec<(Range<usize>, &Cell)>, style: Style, space: Space, high: bool, indent: f64) {
        let Measures { tables, styles, .. } = self.composer.measures;
        let kind = self.table.type_in(styles, style, self.fit);
        let edge = |table: &Table, column: usize| table.columns[..column].iter().sum::<f64>();
        let head = style == Style::ColumnHead;
        let mut row = TableRow {
            cells: Vec::with_capacity(cells.len()),
            above: space.above,
            below: space.below,
            pitch: kind.pitch,
            lines: 1,
            rules: Vec::new(),
            kept: false,
            continued: false,
        };
        for (range, cell) in cells {
            let first = range.start == 0;
            let start = edge(self.table, range.start) + if first { indent } else { tables.inset.start };
            let end = edge(self.table, range.end) - tables.inset.end;
            let (lines, known) = self.composer.lines(&cell.runs, kind, [end - start; 2], false);
            self.table.composed &= known;
            row.cells.push(TableCell {
                column: range.start,
                columns: range.len(),
                rows: cell.rows.into(),
                style,
                align: cell.align,
                low: head || !high && cell.align == Align::Right,
                start,
                end,
                lines,
            });
        }
        self.table.rows.push(row);
    }
}

impl Table {
    /// Determines the number of lines of rows, and which stay together.
    fn highest(&mut self) {
        let rows = self.rows.len();
        let cells = self.rows.iter().enumerate().flat_map(|(row, TableRow { cells, .. })| {
            cells.iter().map(move |cell| (row, (row + cell.rows).min(rows).max(row + 1) - 1, cell.lines.len()))
        });
        let mut cells: Vec<(usize, usize, usize)> = cells.collect();
        // The room of a cell over several rows is known when the other cells of these are measured.
        cells.sort_by_key(|(row, last, _)| (last > row, *last));
        for (row, last, count) in cells {
            let TableRow { above, pitch, .. } = self.rows[row];
            let before: f64 = self.rows[row..last].iter().map(TableRow::height).sum();
            // The lines of a cell over several rows go on below those of the last.
            let room = before - if last > row { above } else { 0.0 };
            let more = ((count as f64 * pitch - room) / pitch - 0.01).ceil().max(1.0) as usize;
            self.rows[last].lines = self.rows[last].lines.max(more);
            self.rows[row + 1..=last].iter_mut().for_each(|row| row.kept = true);
        }
    }
}
