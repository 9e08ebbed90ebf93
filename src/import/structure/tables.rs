//! Tables of a document.

use super::super::draft::{Paragraph, Table, unstyled};
use super::Doubts;
use crate::diagnostic::Diagnostic;
use crate::model::limits::MOST_COLUMNS;
use crate::model::{self, Inline, Text};
use crate::prepare::words::Words;

/// The most characters of a title above a table.
const LONGEST_TITLE: usize = 200;

/// The number and the title in a caption such as “Table 1. Gauges”. Returns `None` if it is not one of a table.
pub(super) fn caption(paragraph: &Paragraph, words: &Words) -> Option<(Option<String>, Vec<Inline>)> {
    let plain = paragraph.plain();
    let text = plain.trim_start();
    let blank = plain.len() - text.len();
    let starts = text.get(..words.table.len()).is_some_and(|head| head.to_lowercase() == words.table.to_lowercase());
    if !starts || text.chars().count() > LONGEST_TITLE {
        return None;
    }
    let after = &text[words.table.len()..];
    let rest = after.trim_start();
    let number = rest.split(|c: char| c.is_whitespace() || matches!(c, '.' | ':' | '–' | '—')).next()?;
    let is_number = number.chars().any(char::is_numeric) || number.chars().all(|c| "IVXLC".contains(c));
    if number.is_empty() || !is_number {
        return None;
    }
    let title =
        rest[number.len()..].trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ':' | '–' | '—'));
    let pieces = super::super::draft::without_start(&unstyled(&paragraph.pieces), blank + text.len() - title.len());
    Some((Some(number.to_owned()), pieces))
}

/// Whether a paragraph can be the title of the table below it.
pub(super) fn is_title(paragraph: &Paragraph) -> bool {
    let plain = paragraph.plain();
    paragraph.label.is_none()
        && plain.chars().count() <= LONGEST_TITLE
        && !plain.trim_end().ends_with(['.', ';', ':', ','])
}

/// Returns a table with its number and title.
pub(super) fn table(table: Table, number: Option<String>, title: Vec<Inline>, doubts: &mut Doubts) -> model::Table {
    let mut rows: Vec<(bool, Vec<model::Cell>)> = Vec::new();
    let mut widths = Vec::new();
    // For each column, the row and the cell that goes on downwards.
    let mut above: Vec<Option<(usize, usize)>> = Vec::new();
    let styled = table.rows.iter().take_while(|row| row.is_header).count();
    let is_bold = |row: &super::super::draft::Row| {
        let mut cells = row.cells.iter().flat_map(|cell| &cell.paragraphs).peekable();
        cells.peek().is_some() && cells.all(Paragraph::is_bold)
    };
    let bold = table.rows.iter().take_while(|row| is_bold(row)).count();
    // A table of bold rows only has no header.
    let header = if styled > 0 || bold == table.rows.len() { styled } else { bold };
    for (index, row) in table.rows.into_iter().enumerate() {
        let mut cells: Vec<model::Cell> = Vec::new();
        let mut column = 0;
        for cell in row.cells {
            let columns = usize::from(cell.columns);
            above.resize(above.len().max(column + columns), None);
            let (first, several) = (cell.paragraphs.first().map(|first| first.span.clone()), cell.paragraphs.len() > 1);
            if let Some(place) = first.filter(|_| several) {
                let message = "the paragraphs of a cell are joined";
                doubts.push(place, Diagnostic::advice("import-changed", message));
            }
            let pieces = joined(cell.paragraphs, index < header);
            match above[column].filter(|_| cell.merged) {
                Some((row, at)) if (row < header) == (index < header) => {
                    let target = &mut rows[row].1[at];
                    target.rows = target.rows.max(u16::try_from(index - row + 1).unwrap_or(u16::MAX));
                    if !pieces.is_empty() {
                        let all = [target.text.pieces().to_vec(), vec![Inline::plain(" ")], pieces].concat();
                        target.text = all.into();
                    }
                }
                _ => {
                    above[column..column + columns].fill(Some((index, cells.len())));
                    let text: Text = pieces.into();
                    cells.push(model::Cell { text, columns: cell.columns, rows: 1, align: cell.align });
                }
            }
            column += columns;
        }
        widths.push(column);
        rows.push((index < header, cells));
    }
    let widest = widths.iter().copied().max().unwrap_or_default();
    // A table that is too wide is refused as it is.
    for ((_, cells), width) in rows.iter_mut().zip(widths).filter(|_| widest <= MOST_COLUMNS) {
        cells.resize(cells.len() + widest - width, model::Cell { columns: 1, rows: 1, ..model::Cell::default() });
    }
    let (header, rows): (Vec<_>, Vec<_>) = rows.into_iter().partition(|(is_header, _)| *is_header);
    let rows = rows.into_iter().map(|(_, cells)| model::Row { cells, total: false });
    let title = Text::from(title);
    model::Table {
        number,
        title: (!title.written().is_empty()).then_some(title),
        header: header.into_iter().map(|(_, cells)| cells).collect(),
        rows: rows.collect(),
        ..model::Table::default()
    }
}

/// Returns the paragraphs of a cell as one text, with their labels.
fn joined(paragraphs: Vec<Paragraph>, is_header: bool) -> Vec<Inline> {
    let mut pieces = Vec::new();
    for paragraph in paragraphs {
        if !pieces.is_empty() {
            pieces.push(Inline::plain(" "));
        }
        pieces.extend(paragraph.label.map(|label| Inline::plain(label.text + " ")));
        pieces.extend(if is_header { unstyled(&paragraph.pieces) } else { paragraph.pieces });
    }
    pieces
}
