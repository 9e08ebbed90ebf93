//! Tables in the plan: rows with their heights and rules, cells with their lines.

use std::collections::BTreeSet;

use serde::{Serialize, Serializer};

use super::Line;
use super::pages::FEWEST;
use crate::model::Align;
use crate::prepare::{Block, Cell, Columns, Grid, Run};
use crate::typeset::composer::Composer;
use crate::typeset::measures::{Fit, Measures, Space, Style, Styles, Tables, Type};
use crate::typeset::tables::style_of;

/// A table.
#[derive(Debug, Clone)]
pub(in crate::typeset) struct Table {
    /// The start of its first column, from the start of the text column.
    pub left: f64,
    /// The widths of its columns.
    pub columns: Vec<f64>,
    /// The size of its type, in parts of the usual one.
    pub size: f64,
    /// The number of rows of heads, which come again on every page.
    pub heads: usize,
    pub rows: Vec<TableRow>,
    /// The parts of its rows, one below the other.
    pub slices: Vec<Slice>,
    /// The slices that begin pages.
    pub starts: BTreeSet<usize>,
    /// Whether the lines of all cells are known.
    pub composed: bool,
}

/// A row of a table.
#[derive(Debug, Clone, Serialize)]
pub(in crate::typeset) struct TableRow {
    pub cells: Vec<TableCell>,
    /// Above and below its lines.
    pub above: f64,
    pub below: f64,
    /// From line to line.
    pub pitch: f64,
    /// The number of lines of its highest cell.
    #[serde(skip)]
    pub lines: usize,
    pub rules: Vec<TableRule>,
    /// Whether it stays on the page of the row above it.
    #[serde(skip)]
    pub kept: bool,
    /// Whether it goes on from the page before.
    pub continued: bool,
}

/// A cell of a table; positions are measured from the left edge of the table.
#[derive(Debug, Clone, Serialize)]
pub(in crate::typeset) struct TableCell {
    pub column: usize,
    /// How many columns and rows it spans.
    pub columns: usize,
    pub rows: usize,
    pub style: Style,
    pub align: Align,
    /// Whether its last line stands beside that of the row, instead of its first beside the first.
    pub low: bool,
    /// The start and the end of its lines.
    pub start: f64,
    pub end: f64,
    pub lines: Vec<Line>,
}

/// A rule across columns; positions are measured from the left edge of the table.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(in crate::typeset) struct TableRule {
    pub left: f64,
    pub width: f64,
    pub thickness: f64,
    /// From the upper edge of the row, or from the lower one to its own upper edge.
    pub y: f64,
    pub from_below: bool,
}

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

    pub fn height(&self) -> f64 {
        self.above + self.lines as f64 * self.pitch + self.below
    }

    /// The number of lines above those of a cell of one row.
    pub fn offset(&self, cell: &TableCell) -> usize {
        if cell.low { self.lines.saturating_sub(cell.lines.len()) } else { 0 }
    }
}

impl Table {
    pub fn width(&self) -> f64 {
        self.columns.iter().sum()
    }

    /// The type of a style in it.
    pub fn type_in(&self, styles: &Styles, style: Style, fit: Fit) -> Type {
        styles[style].scaled(self.size).fitted(fit)
    }

    /// Divides its rows.
    fn divide(&mut self) {
        let rows = self.rows.iter().enumerate();
        let slices = rows.flat_map(|(row, of)| {
            let parts = self.composed && row >= self.heads && of.parts();
            let lines = if parts { (0..of.lines).map(Some).collect() } else { vec![None] };
            lines.into_iter().map(move |line| Slice { row, line })
        });
        self.slices = slices.collect();
    }

    /// Its height on one page.
    pub fn whole_height(&self) -> f64 {
        self.rows.iter().map(TableRow::height).sum()
    }

    /// The height of a part of a row.
    pub fn height(&self, slice: Slice) -> f64 {
        let row = &self.rows[slice.row];
        let Some(line) = slice.line else { return row.height() };
        let above = if line == 0 { row.above } else { 0.0 };
        let below = if line + 1 == row.lines { row.below } else { 0.0 };
        above + row.pitch + below
    }

    /// The height of its heads, which come again.
    pub fn head_height(&self) -> f64 {
        self.rows[..self.heads].iter().map(TableRow::height).sum()
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

/// What the templates receive: rows of heads, and the others by their pages.
impl Serialize for Table {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Parts<'t> {
            left: f64,
            columns: &'t [f64],
            size: f64,
            heads: &'t [TableRow],
            pages: Vec<Vec<TableRow>>,
        }
        let Self { left, columns, size, .. } = self;
        Parts { left: *left, columns, size: *size, heads: &self.rows[..self.heads], pages: self.pages() }.serialize(to)
    }
}

/// Runs as they come again at the head of a page: without the marks of notes, the text between these, and links.
pub(in crate::typeset) fn without_leads(runs: &[Run]) -> Vec<Run> {
    let note = |at: Option<usize>| matches!(at.and_then(|at| runs.get(at)), Some(Run::Note { .. }));
    let kept = runs.iter().enumerate().filter(|(at, run)| match run {
        Run::Note { .. } => false,
        Run::Text { raised: true, .. } => !(note(at.checked_sub(1)) && note(Some(at + 1))),
        _ => true,
    });
    let bare = |run: &Run| match run.clone() {
        Run::Text { text, italic, bold, raised, .. } => Run::Text { text, italic, bold, raised, link: None },
        other => other,
    };
    kept.map(|(_, run)| bare(run)).collect()
}

/// Lays out the rows of a table.
pub(super) fn laid(composer: &Composer, block: &Block, fit: Fit) -> Option<Table> {
    let Block::Table { columns, header, rows, totals, figures, .. } = block else { return None };
    let count = header.first().or(rows.first()).into_iter().flatten().map(|cell| usize::from(cell.columns)).sum();
    let equal = || Columns { left: 0.0, widths: vec![composer.column.drawn / count as f64; count], size: 1.0 };
    let Columns { left, widths, size } = columns.clone().unwrap_or_else(equal);
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
    fn row(
        &mut self,
        cells: Vec<(std::ops::Range<usize>, &Cell)>,
        style: Style,
        space: Space,
        high: bool,
        indent: f64,
    ) {
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
        for row in 0..self.rows.len() {
            for cell in 0..self.rows[row].cells.len() {
                let TableCell { rows: spanned, ref lines, .. } = self.rows[row].cells[cell];
                let count = lines.len();
                let last = (row + spanned).min(self.rows.len()).max(row + 1) - 1;
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

    /// Adds the rules, and the room that they take.
    fn rule(&mut self, tables: &Tables, totals: &BTreeSet<usize>) {
        let whole = self.width();
        let heads = self.heads;
        let all = |thickness, y, from_below| TableRule { left: 0.0, width: whole, thickness, y, from_below };
        let edges: Vec<f64> = (0..=self.columns.len()).map(|column| self.columns[..column].iter().sum()).collect();
        // Below the heads over several columns, in the row after them.
        for row in 0..heads {
            let mut rules: Vec<(usize, TableRule)> = Vec::new();
            let mut before = None;
            for cell in self.rows[row].cells.iter().filter(|cell| cell.columns > 1 && row + cell.rows < heads) {
                let (from, to) = (edges[cell.column], edges[cell.column + cell.columns]);
                let left = if before == Some(cell.column) { from + tables.cut } else { from };
                before = Some(cell.column + cell.columns);
                let rule = TableRule { left, width: to - left, thickness: tables.thin, y: 0.0, from_below: false };
                rules.push((row + cell.rows, rule));
            }
            rules.into_iter().for_each(|(row, rule)| self.rows[row].rules.push(rule));
        }
        if let Some(first) = self.rows.first_mut() {
            first.rules.push(all(tables.thin, 0.0, false));
        }
        self.rows[..heads].iter_mut().for_each(|row| row.above += tables.thin);
        match heads.checked_sub(1).and_then(|last| self.rows.get_mut(last)) {
            Some(last) => {
                last.below += tables.after_head;
                last.rules.push(all(tables.thick, tables.after_head, true));
            }
            None => self.rows.iter_mut().take(1).for_each(|first| first.above += tables.after_head),
        }
        for index in heads..self.rows.len() {
            let after = index > heads && totals.contains(&(index - heads - 1));
            let total = totals.contains(&(index - heads));
            let row = &mut self.rows[index];
            row.kept |= total || index == heads;
            if total && index > heads {
                row.rules.push(all(tables.thin, tables.total.apart, false));
                row.above += tables.total.apart + tables.thin;
            } else if after {
                row.rules.push(all(tables.thin, 0.0, false));
                row.above = tables.thin + tables.total.space.above;
            }
        }
        if let Some(last) = self.rows.last_mut() {
            last.below += tables.thick;
            last.rules.push(all(tables.thick, tables.thick, true));
        }
    }
}
