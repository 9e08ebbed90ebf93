//! Prepares tables and figures: which columns hold figures, what stands for missing ones, totals, and the remarks below.

use std::collections::BTreeSet;
use std::ops::{Deref, Range};

use super::designation::Designation;
use super::notes::Notes;
use super::prepared::{Block, Cell, Remark, Run, Runs};
use super::words::Words;
use crate::model::{self, Align, Remarks};

/// Stands for a missing figure.
const MISSING: &str = "–";

pub(super) fn table<'d>(table: &'d model::Table, words: &Words, notes: &mut Notes<'d>) -> Block {
    notes.table(Some(&table.notes));
    let label = table.number.as_ref().map(|n| designation(words.numbered(&words.table, n)));
    let title = table.title.as_ref().map(|title| notes.runs_of(title.pieces()));
    let units = table.units.as_ref().map(|units| notes.runs_of(units.pieces()));
    let mut cells = |cells: &[model::Cell]| -> Vec<Cell> {
        let cell = |cell: &model::Cell| Cell {
            runs: notes.runs_of(cell.text.pieces()),
            columns: cell.columns,
            rows: cell.rows,
            align: cell.align.unwrap_or(Align::Left),
        };
        cells.iter().map(cell).collect()
    };
    let mut header: Vec<Vec<Cell>> = table.header.iter().map(|row| cells(row)).collect();
    let mut rows: Vec<Vec<Cell>> = table.rows.iter().map(|row| cells(&row.cells)).collect();
    let totals: BTreeSet<usize> = (0..rows.len()).filter(|row| table.rows[*row].total).collect();
    let columns = header.first().or(rows.first()).into_iter().flatten().map(|cell| usize::from(cell.columns)).sum();
    let figures = Figures::of(&rows, columns);
    figures.complete(&mut rows, columns);
    let given = |row: &'d [model::Cell]| row.iter().map(|cell| cell.align.is_some()).collect();
    figures.align(&mut header, table.header.iter().map(|row| given(row)).collect(), columns, Some(Align::Center));
    figures.align(&mut rows, table.rows.iter().map(|row| given(&row.cells)).collect(), columns, None);
    // Files of the UN have heads without words.
    if header.iter().flatten().all(|cell| cell.rows == 1) {
        header.retain(|row| row.iter().any(|cell| !cell.runs.is_empty()));
    }
    for row in &totals {
        rows[*row].iter_mut().flat_map(|cell| &mut cell.runs).for_each(embolden);
    }
    let mut below = remarks(table.remarks(), words, notes);
    let lettered = table
        .notes
        .iter()
        .map(|(letter, text)| Remark { letter: Some(letter.clone()), runs: notes.runs_of(text.pieces()) });
    // Abbreviations come last.
    let last = if table.abbreviations.is_some() { below.pop() } else { None };
    below.extend(lettered);
    below.extend(last);
    notes.table(None);
    let sum: f64 = table.widths.iter().sum();
    let widths = table.widths.iter().filter(|_| table.widths.len() == columns).map(|part| part / sum).collect();
    let (figures, landscape) = (figures.prevail(), table.landscape);
    Block::Table { label, title, units, landscape, widths, figures, columns: None, header, rows, totals, below }
}

pub(super) fn figure<'d>(figure: &'d model::Figure, words: &Words, notes: &mut Notes<'d>) -> Block {
    Block::Figure {
        label: figure.number.as_ref().map(|n| designation(words.numbered(&words.figure, n))),
        title: figure.title.as_ref().map(|title| notes.runs_of(title.pieces())),
        units: figure.units.as_ref().map(|units| notes.runs_of(units.pieces())),
        image: figure.image.clone(),
        description: figure.description.clone(),
        width: figure.width,
        landscape: figure.landscape,
        size: None,
        below: remarks(figure.remarks(), words, notes),
    }
}

/// Returns the designation of a table or figure, as it is.
fn designation(text: String) -> Designation {
    Designation::of(vec![Run::text(text)])
}

/// Prepares the remarks below a table or figure, each after the word for it in italics.
fn remarks(remarks: Remarks, words: &Words, notes: &mut Notes) -> Vec<Remark> {
    let said = remarks.into_iter().zip(&words.remarks).filter_map(|((_, text), word)| Some((text?, word)));
    let remark = |(text, word): (&model::Text, &String)| {
        let mut runs = vec![Run::slanted(word), Run::text(format!("{}{}", words.colon, words.gap))];
        runs.extend(notes.runs_of(text.pieces()));
        Remark { letter: None, runs }
    };
    said.map(remark).collect()
}

fn embolden(run: &mut Run) {
    if let Run::Text { bold, raised: false, .. } = run {
        *bold = true;
    }
}

/// The columns of figures.
struct Figures {
    /// Whether each column holds figures. Years are no figures: they are names.
    columns: Vec<bool>,
    /// The columns that could hold some.
    possible: usize,
}

impl Figures {
    fn of(rows: &[Vec<Cell>], columns: usize) -> Self {
        let mut texts: Vec<Vec<String>> = vec![Vec::new(); columns];
        for (range, cell) in placed(rows, columns) {
            if let (1, Some(column)) = (range.len(), texts.get_mut(range.start)) {
                column.push(said(&cell.runs));
            }
        }
        let mut of_figures: Vec<bool> = texts.iter().map(|column| holds_figures(column)).collect();
        // The first column names the rows, unless all are alike.
        let named = columns > 1 && of_figures.iter().any(|figures| !figures)
            || texts.first().is_some_and(|first| is_count(first));
        if let (true, Some(first)) = (named, of_figures.first_mut()) {
            *first = false;
        }
        Self { possible: columns.saturating_sub(usize::from(named)), columns: of_figures }
    }

    /// Whether most of the columns that could hold figures do.
    fn prevail(&self) -> bool {
        let count = self.columns.iter().filter(|figures| **figures).count();
        count > 0 && 2 * count >= self.possible
    }

    /// Puts en dashes for missing figures into the rows that have others.
    fn complete(&self, rows: &mut [Vec<Cell>], columns: usize) {
        let mut grid = Grid::new(columns);
        for row in rows {
            let mut cells: Vec<&mut Cell> = Vec::new();
            for (range, cell) in grid.row(row.iter_mut()) {
                if range.len() == 1 && self.columns[range.start] {
                    cells.push(cell);
                }
            }
            if cells.iter().any(|cell| is_figure(&said(&cell.runs))) {
                let missing = cells.into_iter().filter(|cell| is_missing(&said(&cell.runs)));
                missing.for_each(|cell| dash(&mut cell.runs));
            }
        }
    }

    /// Aligns cells to the right above and in columns of figures, unless their alignment is `given`; `across` is that of
    /// cells over several columns.
    fn align(&self, rows: &mut [Vec<Cell>], given: Vec<Vec<bool>>, columns: usize, across: Option<Align>) {
        let mut grid = Grid::new(columns);
        for (row, given) in rows.iter_mut().zip(given) {
            for ((range, cell), given) in grid.row(row.iter_mut()).into_iter().zip(given) {
                match range.len() {
                    _ if given => {}
                    1 if self.columns[range.start] => cell.align = Align::Right,
                    2.. => cell.align = across.unwrap_or(cell.align),
                    _ => {}
                }
            }
        }
    }
}

/// Puts an en dash in place of the text of a cell, whose marks of notes stay.
fn dash(runs: &mut Runs) {
    let said = |run: &Run| matches!(run, Run::Text { raised: false, .. });
    let sign = runs.iter().find(|run| said(run)).map_or_else(|| Run::text(MISSING), |run| run.with_text(MISSING));
    runs.retain(|run| !said(run));
    runs.insert(0, sign);
}

/// Whether the texts of a column are figures, some may be missing.
fn holds_figures(column: &[String]) -> bool {
    let year = |text: &str| text.len() == 4 && matches!(text.parse::<u16>(), Ok(1800..2200));
    let figures: Vec<&str> = column.iter().map(|text| text.trim()).filter(|text| is_figure(text)).collect();
    let none = |text: &str| is_missing(text) || matches!(text.trim(), "n/a" | "n.a." | "..." | "…");
    let others = column.iter().all(|text| is_figure(text) || none(text));
    others && !figures.is_empty() && !figures.iter().all(|text| year(text))
}

/// Whether the texts of a column count its rows: 1, 2, 3 …
fn is_count(column: &[String]) -> bool {
    let counted = column.iter().enumerate().all(|(row, text)| text.trim_end_matches('.') == (row + 1).to_string());
    column.len() > 1 && counted
}

fn is_missing(text: &str) -> bool {
    matches!(text.trim(), "" | "-" | "–" | "—" | "--")
}

/// Whether a text is a figure with its signs: "(1 234.5)", "US$12.50", "–3 %", "（5％）".
fn is_figure(text: &str) -> bool {
    let text = text.trim().trim_start_matches("US$");
    let sign = |c: char| c.is_ascii_digit() || c.is_whitespace() || ".,()+-−–%$€£±<>≈~*（）％，．－٫٬٪".contains(c);
    text.contains(|c: char| c.is_ascii_digit()) && text.chars().all(sign)
}

/// Whether a character is a digit, as Latin or Arabic texts write it.
pub(crate) fn is_digit(c: char) -> bool {
    european(c).is_ascii_digit()
}

/// Returns the European digit for one of Arabic texts.
fn european(c: char) -> char {
    let value = u32::from(c).wrapping_sub(u32::from('\u{660}'));
    char::from_digit(value, 10).unwrap_or(c)
}

/// Returns what a cell says, with European digits, without the marks of notes.
fn said(runs: &Runs) -> String {
    let texts = runs.iter().filter_map(|run| match run {
        Run::Text { text, raised: false, .. } => Some(text.as_str()),
        _ => None,
    });
    texts.flat_map(str::chars).map(european).collect()
}

/// Returns cells with the columns they take.
pub(crate) fn placed(rows: &[Vec<Cell>], columns: usize) -> Vec<(Range<usize>, &Cell)> {
    let mut grid = Grid::new(columns);
    rows.iter().flat_map(|row| grid.row(row.iter())).collect()
}

/// The number of rows for which each column is still taken by a cell from above.
pub(crate) struct Grid(Vec<u16>);

impl Grid {
    pub fn new(columns: usize) -> Self {
        Self(vec![0; columns])
    }

    /// Returns the cells of the next row with the columns they take.
    pub fn row<C: Deref<Target = Cell>>(&mut self, cells: impl Iterator<Item = C>) -> Vec<(Range<usize>, C)> {
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

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn columns_hold_figures_in_every_script() {
        let holds = |column: &[&str]| {
            let column: Vec<String> = column.iter().map(|text| said(&vec![Run::text(*text)])).collect();
            holds_figures(&column)
        };
        assert!(holds(&["1,234.5", "–", "(12)", "5 %"]));
        assert!(holds(&["١٬٢٣٤٫٥", "", "(١٢)", "٥٪"]));
        assert!(holds(&["1 234.5", "（12）", "5％"]));
        assert!(!holds(&["2029", "2030"]) && !holds(&["٢٠٢٩", "٢٠٣٠"]));
        assert!(!holds(&["مرفأ 1", "2"]) && !holds(&["第1号", "2"]));
    }

    #[test]
    fn missing_figures_keep_the_marks_of_their_notes() {
        let yaml = "symbol: A/84/1\nkind: report\ndate: 2029-12-19\nbody:\n- table:\n    header: [[Port, '2027', '2028', '2029']]\n    \
                    rows: [[Apia, '-[^a]', '[^1]', '3'], [Suva, '', '++--++', '4[^1]'], [Alofi, '1', '2', '5']]\n    notes: {a: Closed.}\n\
                    footnotes: {'1': Not read.}\n";
        let source = crate::diagnostic::Source::new("t.yaml", yaml);
        let document = crate::read::read(&source, crate::read::Format::Yaml).unwrap().document;
        let prepared = crate::prepare::prepare(&document).unwrap();
        let Some(Block::Table { rows, .. }) = prepared.body.first() else { panic!("no table") };
        let shown = |cell: &Cell| -> String {
            let run = |run: &Run| match run {
                Run::Text { text, raised, change, .. } => {
                    let sign = change.map_or("", |change| &change.sign()[1..]);
                    if *raised { format!("^{text}") } else { format!("{sign}{text}") }
                }
                Run::Note { note, again, .. } => format!("[{note}{}]", if *again { " again" } else { "" }),
                Run::Break { .. } => "/".into(),
            };
            cell.runs.iter().map(run).collect()
        };
        let shown: Vec<String> = rows[..2].iter().flatten().map(shown).collect();
        assert_eq!(shown, ["Apia", "–^a", "–[0]", "3", "Suva", "–", "+–", "4[0 again]"]);
        assert_eq!(prepared.notes.len(), 1);
    }
}
