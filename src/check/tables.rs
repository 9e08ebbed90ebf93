//! Tables: whether their cells fill a grid, and whether the grid fits a page.

use super::{Abilities, Findings};
use crate::diagnostic::{Diagnostic, shortened};
use crate::model::limits::MOST_COLUMNS;
use crate::model::{Block, Cell, Path, Table};

const MOST_ROWS: usize = 5_000;

pub(super) fn check(table: &Table, at: &Path, findings: &mut Findings) {
    let mut shape = |at: Path, message: String| {
        let error = Diagnostic::error(SHAPE, message);
        findings.add(at, error.hint("give every row the same number of columns, counting those that a cell spans"));
    };
    if table.rows.is_empty() {
        return shape(at.field("rows"), "the table has no rows".into());
    }
    let first = table.header.first().or(table.rows.first().map(|row| &row.cells));
    let columns: usize = first.map_or(0, |row| row.iter().map(|cell| usize::from(cell.columns)).sum());
    if columns == 0 || columns > MOST_COLUMNS {
        return shape(at.clone(), format!("the table has {columns} columns, not 1 to {MOST_COLUMNS}"));
    }
    if table.header.len() + table.rows.len() > MOST_ROWS {
        return shape(at.clone(), format!("the table has more than {MOST_ROWS} rows"));
    }
    if !table.widths.is_empty() && table.widths.len() != columns {
        let message = format!("{} widths for {columns} columns", table.widths.len());
        shape(at.field("widths"), message);
    }
    let header: Vec<&[Cell]> = table.header.iter().map(Vec::as_slice).collect();
    let rows: Vec<&[Cell]> = table.rows.iter().map(|row| row.cells.as_slice()).collect();
    for (name, rows) in [("header", &header), ("rows", &rows)] {
        if let Err((row, message)) = grid(rows, columns) {
            shape(at.field(name).index(row), message);
        }
    }
    for mark in table.notes.keys().filter(|mark| !is_letter(mark)) {
        let error = Diagnostic::error("table-note-mark", format!("“{}” is not a letter", shortened(mark)));
        let hint = "mark the notes of a table a, b, c …, or move the note to “footnotes”";
        findings.add(at.field("notes").field(mark.clone()), error.hint(hint));
    }
}

/// Whether a mark is one of those of the notes of tables: a, b, … z, aa, bb.
fn is_letter(mark: &str) -> bool {
    let mut letters = mark.chars();
    let first = letters.next().is_some_and(|c| c.is_ascii_lowercase());
    first && mark.len() <= 2 && letters.all(|c| mark.starts_with(c))
}

/// Reports tables that are too wide for a page, if all tables of the document are grids.
pub(super) fn fit(abilities: &Abilities, findings: &mut Findings) {
    let document = &findings.reading.document;
    let places: Vec<Path> = document.bodies().into_iter().flat_map(|(at, body)| places(body, &at)).collect();
    if places.is_empty() || findings.counts.contains_key(SHAPE) {
        return;
    }
    for (table, message) in (abilities.too_wide)(document) {
        let hint = "split it into several tables, or shorten what makes it wide";
        let at = places.get(table).cloned().unwrap_or_else(|| "body".into());
        findings.add(at, Diagnostic::error("table-too-wide", message).hint(hint));
    }
}

/// Returns the paths of the tables of a list of blocks and of its annexes.
fn places(blocks: &[Block], at: &Path) -> Vec<Path> {
    let places = blocks.iter().enumerate().flat_map(|(index, block)| match block {
        Block::Table(_) => vec![at.index(index)],
        Block::Annex(annex) => places(&annex.body, &at.index(index).field("body")),
        _ => Vec::new(),
    });
    places.collect()
}

const SHAPE: &str = "table-shape";

/// Lays the cells into a grid with a number of columns.
///
/// # Errors
///
/// The first row that does not fit, with a message.
fn grid(rows: &[&[Cell]], columns: usize) -> Result<(), (usize, String)> {
    // For how many more rows each column is occupied by a cell from above.
    let mut taken = vec![0_usize; columns];
    for (index, row) in rows.iter().enumerate() {
        let mut column = 0;
        for cell in *row {
            while taken.get(column).is_some_and(|rows| *rows > 0) {
                column += 1;
            }
            let end = column + usize::from(cell.columns);
            if end > columns {
                return Err((index, format!("the row has more than {columns} columns")));
            }
            if taken[column..end].iter().any(|rows| *rows > 0) {
                return Err((index, "a cell of the row overlaps one from above".into()));
            }
            if index + usize::from(cell.rows) > rows.len() {
                return Err((index, "a cell of the row extends below the last row".into()));
            }
            taken[column..end].fill(usize::from(cell.rows));
            column = end;
        }
        if let Some(open) = taken.iter().position(|rows| *rows == 0) {
            return Err((index, format!("the row leaves column {} of {columns} empty", open + 1)));
        }
        taken.iter_mut().for_each(|rows| *rows -= 1);
    }
    Ok(())
}
