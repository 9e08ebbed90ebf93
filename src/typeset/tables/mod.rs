//! Tables: the widths of their columns, and their type size.
//!
//! Columns have the widths given by the document, or those that their contents ask for (docs/layout.md#tables), but never
//! less than their figures and words need. A table without room enough in the column goes on to the right margin or takes
//! the width between the margins, and then a landscape page, and smaller type there. Words are cut if nothing else helps,
//! figures never.

#[cfg(test)]
mod tests;
mod units;
mod widths;

use std::ops::Range;

use super::composer::{Measures, printed_mark};
use super::emphasis;
use super::measures::Style;
use crate::model::Language;
use crate::prepare::{Block, Cell, Grid, Note, Prepared, Run, placed};
use units::{open, units, whole, widest_word};
use widths::{Asked, Column};

/// Sets the columns and size of every table, and cuts words that do not fit their cells.
///
/// # Errors
///
/// Returns a sentence about the first table that cannot be set.
pub(super) fn lay_out(prepared: &mut Prepared, measures: &Measures) -> Result<(), String> {
    let column = measures.columns[prepared.edition].drawn;
    let Prepared { body, notes, adjusted, language, .. } = prepared;
    let mut page = Page::new(measures, column, *language, notes);
    for (index, block) in body.iter_mut().enumerate() {
        page.tracking = adjusted.get(&index).and_then(|own| own.tracking).unwrap_or_default();
        let Some(asked) = asked(block, &page) else { continue };
        let choice = asked.choice(measures).ok_or_else(|| refusal(&asked, block, measures))?;
        if let Block::Table { columns, header, rows, figures, .. } = block {
            for (rows, style) in [(header, Style::ColumnHead), (rows, style_of(*figures))] {
                let mut grid = Grid::new(choice.widths.len());
                for (range, cell) in rows.iter_mut().flat_map(|row| grid.row(row.iter_mut())).collect::<Vec<_>>() {
                    let room = choice.widths[range.clone()].iter().sum::<f64>() - insets(&range, measures);
                    open(cell, &page, style, choice.size, room);
                }
            }
            *columns = Some(choice);
        }
    }
    Ok(())
}

/// Returns the style of the cells of a table below its heads.
pub(super) fn style_of(figures: bool) -> Style {
    if figures { Style::Cell } else { Style::TableText }
}

/// Returns the width of the insets of the texts of some columns; those of the first begin at its edge.
fn insets(columns: &Range<usize>, measures: &Measures) -> f64 {
    let inset = measures.tables.inset;
    inset.end + if columns.start == 0 { 0.0 } else { inset.start }
}

/// Returns the tables that cannot be set, by their numbers among those of the document, with a sentence each.
pub(super) fn too_wide(prepared: &Prepared, measures: &Measures) -> Vec<(usize, String)> {
    let mut suited = prepared.clone();
    emphasis::suit_faces(&mut suited);
    let prepared = &suited;
    let column = measures.columns[prepared.edition].drawn;
    let mut page = Page::new(measures, column, prepared.language, &prepared.notes);
    let tables = prepared.body.iter().enumerate().filter(|(_, block)| matches!(block, Block::Table { .. })).enumerate();
    let refused = |(index, (number, block)): (usize, (usize, &Block))| {
        page.tracking = prepared.adjusted.get(&number).and_then(|own| own.tracking).unwrap_or_default();
        let asked = asked(block, &page)?;
        let fits = asked.choice(measures).is_some();
        (!fits).then(|| (index, refusal(&asked, block, measures)))
    };
    tables.filter_map(refused).collect()
}

/// What a table needs to know about its document.
struct Page<'p> {
    measures: &'p Measures,
    /// How wide the text column is.
    column: f64,
    marks: Vec<String>,
    /// Whether characters take more or less room beside others.
    spaced: bool,
    /// The tracking that is added to the type of the table.
    tracking: f64,
}

impl<'p> Page<'p> {
    fn new(measures: &'p Measures, column: f64, language: Language, notes: &[Note]) -> Self {
        let marks = notes.iter().map(|note| printed_mark(&note.mark, language)).collect();
        Self { measures, column, marks, spaced: language == Language::Zh, tracking: 0.0 }
    }
}

/// Returns what the columns of a table ask for.
fn asked(block: &Block, page: &Page) -> Option<Asked> {
    let Block::Table { landscape, widths, header, rows, figures, totals, .. } = block else { return None };
    let first = header.first().or(rows.first());
    let count = first.into_iter().flatten().map(|cell| usize::from(cell.columns)).sum();
    let mut columns: Vec<Column> = (0..count).map(|_| Column::default()).collect();
    let mut spans = Vec::new();
    let indented = |row: usize| if totals.contains(&row) { page.measures.tables.total.indent } else { 0.0 };
    let mut grid = Grid::new(count);
    let body = rows.iter().enumerate().flat_map(|(row, cells)| {
        grid.row(cells.iter()).into_iter().map(move |(range, cell)| (range, cell, indented(row)))
    });
    let heads = placed(header, count).into_iter().map(|(range, cell)| (range, cell, 0.0));
    let body: Vec<(Range<usize>, &Cell, f64)> = body.collect();
    for (head, cells) in [(true, heads.collect()), (false, body)] {
        let style = if head { Style::ColumnHead } else { style_of(*figures) };
        for (range, cell, indent) in cells {
            let indent = if range.start == 0 { indent } else { 0.0 };
            let units = units(cell, page, style);
            match columns.get_mut(range.clone()) {
                Some([column]) => {
                    units.iter().for_each(|unit| column.take(unit, indent));
                    match head {
                        true => column.head(whole(cell, page, style), widest_word(&units)),
                        false => column.line(whole(cell, page, style), indent, cell.align),
                    }
                }
                Some([_, ..]) => spans.extend(units.iter().map(|unit| (range.clone(), unit.extent))),
                _ => {}
            }
        }
    }
    let (parts, column) = (widths.clone(), page.column);
    Some(Asked { parts, columns, spans, figures: *figures, column, landscape: *landscape })
}

/// Returns why a table cannot be set.
fn refusal(asked: &Asked, block: &Block, measures: &Measures) -> String {
    let tables = &measures.tables;
    let smallest = asked.steps(measures).last().copied().unwrap_or(1.0);
    let needs: f64 = asked.least(smallest, true, measures).iter().sum();
    let widest = asked.columns.iter().map(|column| &column.widest).max_by(|one, other| one.0.total_cmp(&other.0));
    let held = widest.map_or_else(String::new, |(_, text)| format!(", the widest for “{text}”"));
    let (page, right) = match asked.landscape {
        Some(false) => ("a page that is not landscape", tables.right),
        _ => ("a landscape page", measures.landscape_right()),
    };
    format!(
        "{} is too wide: in the smallest type its {} columns need {} points{held}, but {page} has {}",
        name(block),
        asked.columns.len(),
        needs.ceil(),
        (right - tables.left).floor(),
    )
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
