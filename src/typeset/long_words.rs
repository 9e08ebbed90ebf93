//! Words that are longer than a line can be cut: the engine cuts none by itself, and what
//! does not fit would leave the page.

use crate::prepare::{Block, Cell, Prepared, Run, Runs};

/// The longest stretch that is left whole, in characters: it fits the session block in
/// 12 points bold, or a narrow column of a table.
const LONGEST: usize = 20;
const LONGEST_IN_CELL: usize = 6;
/// Words of up to this length are left alone.
const USUAL: usize = 45;
/// How wide tables are, and what is empty at the edges of a cell, in points.
const TABLE: f64 = 365.4;
const INSETS: f64 = 6.0;
/// A wide letter of tables, in points: so many fit a cell at least.
const LETTER: f64 = 6.0;

/// Gives long words zero-width spaces, wherever the composer does not cut them.
pub(super) fn open_long_words(prepared: &mut Prepared) {
    let open = |runs: &mut Runs| open(runs, USUAL, LONGEST);
    prepared.session.iter_mut().flatten().for_each(|line| open(&mut line.runs));
    prepared.opening.iter_mut().for_each(|entry| open(&mut entry.runs));
    prepared.notes.iter_mut().for_each(|note| open(&mut note.runs));
    if let Some(title) = &mut prepared.running.title {
        *title = opened(title, USUAL, LONGEST);
    }
    for block in &mut prepared.body {
        match block {
            Block::Paragraph { runs, .. } | Block::Heading { runs, .. } => open(runs),
            Block::Annex { heading, title, .. } => {
                open(heading);
                title.iter_mut().for_each(open);
            }
            Block::Signature { lines } | Block::Closing { lines } => lines.iter_mut().for_each(open),
            Block::Figure { title, .. } => title.iter_mut().for_each(open),
            Block::Table { title, header, rows, widths, .. } => {
                title.iter_mut().for_each(open);
                open_cells(header, widths);
                open_cells(rows, widths);
            }
        }
    }
}

/// Opens the words of cells that are longer than their columns are wide.
fn open_cells(rows: &mut [Vec<Cell>], widths: &[f64]) {
    // How many rows each column is still taken by a cell from above.
    let mut taken = vec![0_u16; widths.len()];
    for row in rows {
        let mut at = 0;
        for cell in row {
            while taken.get(at).is_some_and(|rows| *rows > 0) {
                at += 1;
            }
            let end = (at + usize::from(cell.columns)).min(widths.len());
            let wide: f64 = widths.get(at..end).map_or(0.0, |widths| widths.iter().sum());
            // A count of letters: the truncation is meant.
            let usual = (((wide * TABLE - INSETS) / LETTER) as usize).max(LONGEST_IN_CELL);
            open(&mut cell.runs, usual, LONGEST_IN_CELL);
            taken.get_mut(at..end).into_iter().for_each(|columns| columns.fill(cell.rows));
            at = end;
        }
        taken.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
    }
}

fn open(runs: &mut Runs, usual: usize, longest: usize) {
    for run in runs {
        if let Run::Text { text, .. } = run
            && text.len() > usual
        {
            *text = opened(text, usual, longest);
        }
    }
}

/// The text with a zero-width space after every so many characters of a long word.
fn opened(text: &str, usual: usize, longest: usize) -> String {
    let breaks = |c: char| matches!(c, ' ' | '-' | '\u{2013}' | '\u{2014}' | '\u{200b}') || ideographic(c);
    let mut out = String::with_capacity(text.len());
    for word in text.split_inclusive(breaks) {
        let long = word.chars().count() > usual;
        for (index, c) in word.chars().enumerate() {
            if long && index > 0 && index % longest == 0 {
                out.push('\u{200b}');
            }
            out.push(c);
        }
    }
    out
}

/// Signs of Chinese, Japanese and Korean: lines end between them without a space.
pub(super) fn ideographic(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_long_words_are_opened() {
        let usual = "Mechanism for Long-term Good-neighbourliness";
        assert_eq!(opened(usual, USUAL, LONGEST), usual);
        let word = "x".repeat(50);
        assert_eq!(opened(&word, USUAL, LONGEST).replace('\u{200b}', ""), word);
        assert_eq!(opened(&word, USUAL, LONGEST).matches('\u{200b}').count(), 2);
        let chinese = "决定将题为“各港潮汐表”的项目列入大会第八十五届会议临时议程，".repeat(3);
        assert_eq!(opened(&chinese, USUAL, LONGEST), chinese);
    }
}
