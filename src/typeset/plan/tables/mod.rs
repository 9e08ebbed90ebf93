//! Tables in the plan: rows with their heights and rules, cells with their lines.

mod laid;
mod rules;
mod slices;

use std::collections::BTreeSet;

use serde::{Serialize, Serializer};

use super::Line;
use crate::model::Align;
use crate::prepare::Run;
use crate::typeset::measures::{Fit, Style, Styles, Type};
pub(super) use laid::laid;
pub(in crate::typeset) use slices::Slice;

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

impl TableRow {
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

    /// Its height on one page.
    pub fn whole_height(&self) -> f64 {
        self.rows.iter().map(TableRow::height).sum()
    }

    /// The height of its heads, which come again.
    pub fn head_height(&self) -> f64 {
        self.rows[..self.heads].iter().map(TableRow::height).sum()
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
        Run::Text { text, italic, bold, raised, change, .. } => {
            Run::Text { text, italic, bold, raised, change, link: None }
        }
        other => other,
    };
    kept.map(|(_, run)| bare(run)).collect()
}
