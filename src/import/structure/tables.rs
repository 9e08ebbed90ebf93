//! Tables of a document.

use std::collections::VecDeque;

use super::super::draft::{Paragraph, Part, Table, split_at, unstyled, without_start};
use super::Doubts;
use crate::diagnostic::Diagnostic;
use crate::model::limits::MOST_COLUMNS;
use crate::model::{self, Inline, Text};
use crate::prepare::words::Words;
use crate::read::is_designation;

/// The most characters of a title above a table.
const LONGEST_TITLE: usize = 200;

/// What stands above a table.
#[derive(Default)]
pub(super) struct Caption {
    pub number: Option<String>,
    title: Vec<Inline>,
    units: Vec<Inline>,
}

/// What stands below a table.
#[derive(Default)]
struct Below {
    /// Source, note and abbreviations.
    remarks: [Vec<Inline>; 3],
    notes: Vec<(String, Vec<Inline>)>,
}

/// Returns what a paragraph and those after it say of the table that follows, and how many are after it. Returns
/// `None` if they say nothing or no table follows.
pub(super) fn above(first: &Paragraph, rest: &VecDeque<Part>, words: &Words) -> Option<(Caption, usize)> {
    let mut above = match caption(first, words) {
        Some((number, title)) => Caption { number, ..titled(title) },
        None if is_units(&first.plain()) && first.label.is_none() && !is_designation(first.plain().trim()) => {
            Caption { units: unstyled(&first.pieces), ..Caption::default() }
        }
        None => return None,
    };
    for (count, part) in rest.iter().enumerate() {
        match part {
            Part::Table(table) => {
                let is_frame = table.rows.iter().flat_map(|row| &row.cells).count() < 2;
                return (above.number.is_some() || !is_frame).then_some((above, count));
            }
            Part::Paragraph(next) if !above.units.is_empty() || next.label.is_some() => return None,
            Part::Paragraph(next) if is_units(&next.plain()) => above.units = unstyled(&next.pieces),
            Part::Paragraph(next) if above.title.is_empty() && is_title(next) => {
                above = Caption { number: above.number, ..titled(unstyled(&next.pieces)) };
            }
            Part::Paragraph(_) => return None,
        }
    }
    None
}

/// Returns a title, and the units if they are its last line.
fn titled(title: Vec<Inline>) -> Caption {
    let mut lines = split_at(&title, &['\n']);
    let plain = |pieces: &[Inline]| pieces.iter().filter_map(Inline::text).collect::<String>();
    let units = lines.pop().filter(|last| !lines.is_empty() && is_units(&plain(last)));
    match units {
        Some(units) => Caption { title: lines.join(&Inline::plain(" ")), units, ..Caption::default() },
        None => Caption { title, ..Caption::default() },
    }
}

/// Whether a line stands in brackets as a whole: “(Thousands of United States dollars)”.
fn is_units(line: &str) -> bool {
    let line = line.trim();
    let inner = line.strip_prefix(['(', '（']).and_then(|line| line.strip_suffix([')', '）']));
    let mut depth = 0;
    let mut stays_within = |c: char| {
        depth += i32::from(matches!(c, '(' | '（')) - i32::from(matches!(c, ')' | '）'));
        depth >= 0
    };
    line.chars().count() <= LONGEST_TITLE && inner.is_some_and(|inner| inner.chars().all(&mut stays_within))
}

/// Takes the source and the notes of a table from the paragraphs below it.
fn below(table: &mut Table, above: &mut Caption, rest: &mut VecDeque<Part>, words: &Words) -> Below {
    let mut below = Below::default();
    let of_cells = table.rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.paragraphs);
    let of_cells = of_cells.flat_map(|paragraph| &paragraph.pieces);
    let marks: Vec<String> = of_cells.chain(&above.title).chain(&above.units).filter_map(letter).collect();
    while let Some(Part::Paragraph(next)) = rest.front() {
        if let Some((at, text)) = remark(next, words).filter(|(at, _)| below.remarks[*at].is_empty()) {
            below.remarks[at] = text;
        } else if let Some((mark, text)) = lettered(next).filter(|(mark, _)| {
            // What no cell refers to is a paragraph.
            marks.contains(mark) && below.notes.iter().all(|(other, _)| other != mark)
        }) {
            below.notes.push((mark, text));
        } else {
            break;
        }
        rest.pop_front();
    }
    let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells).flat_map(|cell| &mut cell.paragraphs);
    let pieces = cells.flat_map(|paragraph| &mut paragraph.pieces);
    for piece in pieces.chain(&mut above.title).chain(&mut above.units) {
        if let Some(mark) = letter(piece).filter(|mark| below.notes.iter().any(|(known, _)| known == mark)) {
            *piece = Inline::note(mark).with_change(piece.change());
        }
    }
    below
}

/// Returns a raised letter.
fn letter(piece: &Inline) -> Option<String> {
    let Inline::Text { text, raised: true, .. } = piece else { return None };
    Some(text.trim()).filter(|text| is_letter(text)).map(str::to_owned)
}

fn is_letter(text: &str) -> bool {
    text.len() == 1 && text.starts_with(|c: char| c.is_ascii_lowercase())
}

/// Returns the letter of a note below a table, raised or in italics, and its text.
fn lettered(paragraph: &Paragraph) -> Option<(String, Vec<Inline>)> {
    let is_blank = |piece: &&Inline| piece.text().is_some_and(|text| text.trim().is_empty());
    let first = paragraph.pieces.iter().find(|piece| !is_blank(piece)).filter(|_| paragraph.label.is_none())?;
    let Inline::Text { text, italic, raised, .. } = first else { return None };
    let mark = text.trim();
    let plain = paragraph.plain();
    let rest = plain.trim_start().strip_prefix(mark).filter(|_| is_letter(mark))?;
    let is_mark = *raised || *italic && rest.starts_with(char::is_whitespace);
    let text = rest.trim_start();
    let pieces = without_start(&paragraph.pieces, plain.len() - text.len());
    (is_mark && !text.is_empty()).then(|| (mark.to_owned(), pieces))
}

/// Returns what a line such as “Source: Secretariat.” says, and which of the remarks it is.
fn remark(paragraph: &Paragraph, words: &Words) -> Option<(usize, Vec<Inline>)> {
    let plain = paragraph.plain();
    let line = plain.trim_start();
    let said = |word: &String| {
        let begins = line.get(..word.len()).is_some_and(|begins| begins.to_lowercase() == word.to_lowercase());
        let rest = line.get(word.len()..).filter(|_| begins)?.trim_start();
        rest.strip_prefix([':', '：']).map(str::trim_start).filter(|rest| !rest.is_empty())
    };
    let mut remarks = words.remarks.iter().enumerate().filter(|_| paragraph.label.is_none());
    let (at, text) = remarks.find_map(|(at, word)| Some((at, said(word)?)))?;
    Some((at, without_start(&paragraph.pieces, plain.len() - text.len())))
}

/// The number and the title in a caption such as “Table 1. Gauges”. Returns `None` if it is not one of a table.
fn caption(paragraph: &Paragraph, words: &Words) -> Option<(Option<String>, Vec<Inline>)> {
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
    let pieces = without_start(&unstyled(&paragraph.pieces), blank + text.len() - title.len());
    Some((Some(number.to_owned()), pieces))
}

/// Whether a paragraph can be the title of the table below it.
fn is_title(paragraph: &Paragraph) -> bool {
    let plain = paragraph.plain();
    paragraph.label.is_none()
        && plain.chars().count() <= LONGEST_TITLE
        && !plain.trim_end().ends_with(['.', ';', ':', ','])
}

/// Returns a table with what stands above it and below it, which is taken from the paragraphs after it.
pub(super) fn table(
    mut table: Table,
    mut above: Caption,
    rest: &mut VecDeque<Part>,
    words: &Words,
    doubts: &mut Doubts,
) -> model::Table {
    let Below { remarks: [source, general_note, abbreviations], notes } = below(&mut table, &mut above, rest, words);
    let given = |pieces: Vec<Inline>| Some(Text::from(pieces)).filter(|text| !text.written().is_empty());
    let (header, rows) = rows(table, doubts);
    model::Table {
        number: above.number,
        title: given(above.title),
        units: given(above.units),
        header,
        rows,
        source: given(source),
        general_note: given(general_note),
        notes: notes.into_iter().map(|(mark, text)| (mark, Text::from(text))).collect(),
        abbreviations: given(abbreviations),
        ..model::Table::default()
    }
}

/// Returns the header rows of a table, and the others.
fn rows(table: Table, doubts: &mut Doubts) -> (Vec<Vec<model::Cell>>, Vec<model::Row>) {
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
    (header.into_iter().map(|(_, cells)| cells).collect(), rows.collect())
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
