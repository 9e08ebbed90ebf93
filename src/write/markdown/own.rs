//! Writes blocks in native Markdown, as far as possible; the caller tests whether they read back.

use std::fmt::Write;

use crate::model::{Adjustment, Align, Annex, Block, Cell, Heading, Item, Part, Passage, Table, Text};
use crate::prepare::bracketed as label;

/// Writes a block that is not numbered.
pub(super) fn block(block: &Block) -> Option<String> {
    match block {
        Block::Enacting(p) | Block::Preambular(p) | Block::Paragraph(p) => Some(behind("", p)),
        Block::Quote(p) => Some(quote(&behind("", p))),
        Block::Heading(h) => Some(heading(h)),
        Block::Table(t) => table(t),
        // A description that refers to a footnote is not read as an image once that footnote exists.
        Block::Figure(figure)
            if figure.layout.is_empty()
                && figure.number.is_none()
                && figure.units.is_none()
                && figure.remarks().iter().all(|(_, text)| text.is_none())
                && figure.width.is_none()
                && !figure.landscape
                && !figure.description.contains('[') =>
        {
            let title = figure.title.as_ref().map(|title| format!(" \"{title}\"")).unwrap_or_default();
            Some(format!("![{}]({}{title})", figure.description, figure.image))
        }
        _ => None,
    }
}

/// Writes a numbered paragraph.
pub(super) fn numbered(passage: &Passage, number: u16) -> String {
    behind(&format!("{number}. "), passage)
}

/// Writes the headings that begin an annex.
pub(super) fn annex(annex: &Annex) -> Option<String> {
    if annex.new_page.is_some() {
        return None;
    }
    let heading = annex.heading.as_ref().map(Text::to_string).unwrap_or_else(|| match &annex.number {
        Some(number) => format!("Annex {number}"),
        None => "Annex".to_owned(),
    });
    let title = annex.title.as_ref().map(|title| format!("\n\n## {title}")).unwrap_or_default();
    Some(format!("# {heading}{}{title}", layout(&annex.layout)))
}

/// Writes the headings that begin a part.
pub(super) fn part(part: &Part) -> Option<String> {
    let title = part.title.as_ref().map(|title| format!("\n\n## {title}")).unwrap_or_default();
    part.letter.as_ref().map(|letter| format!("# {letter}{}{title}", layout(&part.layout)))
}

/// Writes a passage after its number; everything that belongs to it is indented by the width of the number.
fn behind(number: &str, passage: &Passage) -> String {
    let mut out = format!("{number}{}{}", passage.text, layout(&passage.layout));
    parts(&mut out, &passage.items, &passage.continuation, number.len(), 1);
    out
}

fn parts(out: &mut String, items: &[Item], continuation: &[Text], indent: usize, level: u8) {
    for (index, item) in items.iter().enumerate() {
        let label = item.label.clone().unwrap_or_else(|| label(level, index));
        let _ = write!(out, "\n\n{:indent$}{label} {}{}", "", item.text, layout(&item.layout));
        parts(out, &item.items, &item.continuation, indent + label.len() + 1, level.saturating_add(1));
    }
    for text in continuation {
        let _ = write!(out, "\n\n{:indent$}{text}", "");
    }
}

/// Returns the short form of adjustments, which follows a text.
fn layout(adjustment: &Adjustment) -> String {
    if adjustment.is_empty() { String::new() } else { format!(" {{layout {adjustment}}}") }
}

fn quote(text: &str) -> String {
    let lines = text.lines().map(|line| if line.is_empty() { ">".to_owned() } else { format!("> {line}") });
    lines.collect::<Vec<_>>().join("\n")
}

fn heading(heading: &Heading) -> String {
    let number = heading.number.as_ref().map(|number| format!("{number}. ")).unwrap_or_default();
    format!("{} {number}{}{}", "#".repeat(heading.level.into()), heading.text, layout(&heading.layout))
}

/// Writes a table with at most one header row and without widths or title.
fn table(table: &Table) -> Option<String> {
    let bare = Table { header: table.header.clone(), rows: table.rows.clone(), ..Table::default() } == *table;
    let plain = bare && table.header.len() <= 1 && table.rows.iter().all(|row| !row.total);
    let first = table.header.first().or(table.rows.first().map(|row| &row.cells)).filter(|_| plain)?;
    let row = |cells: &[Cell]| cells.iter().fold("|".to_owned(), |row, cell| format!("{row} {} |", cell.text));
    let rule = first.iter().fold("|".to_owned(), |rule, cell| match cell.align {
        None => rule + " --- |",
        Some(Align::Left) => rule + " :-- |",
        Some(Align::Center) => rule + " :-: |",
        Some(Align::Right) => rule + " --: |",
    });
    let head = table.header.first().map_or_else(|| "|".to_owned() + &"  |".repeat(first.len()), |head| row(head));
    Some(table.rows.iter().fold(format!("{head}\n{rule}"), |out, next| format!("{out}\n{}", row(&next.cells))))
}
