//! Tables, row by row and cell by cell; and what stands above and below tables and figures.

use super::Kind;
use super::merge::{At, Merge, inserted};
use super::steps::{Moving, Step, steps};
use crate::model::Path;
use crate::prepare::{Block, Cell, Remark, Run, Runs, text_of};

type Rows = [Vec<Cell>];

/// Whether the cells of two tables can be compared: they have as many columns, and cells that span several rows are
/// in the same places. Other blocks can always be.
pub(super) fn fit(old: &Block, new: &Block) -> bool {
    let (Block::Table { header: old_head, rows: old, .. }, Block::Table { header: new_head, rows: new, .. }) =
        (old, new)
    else {
        return true;
    };
    let columns = |head: &Rows, rows: &Rows| {
        let width = |row: &Vec<Cell>| row.iter().map(|cell| usize::from(cell.columns)).sum::<usize>();
        head.iter().chain(rows).map(width).max()
    };
    let tall = |rows: &Rows| rows.iter().flatten().any(|cell| cell.rows > 1);
    let alike = |old: &Rows, new: &Rows| {
        !tall(old) && !tall(new) || old.len() == new.len() && old.iter().zip(new).all(|(old, new)| same_spans(old, new))
    };
    columns(old_head, old) == columns(new_head, new) && alike(old_head, new_head) && alike(old, new)
}

fn same_spans(old: &[Cell], new: &[Cell]) -> bool {
    let spans = |row: &[Cell]| row.iter().map(|cell| (cell.columns, cell.rows)).collect::<Vec<_>>();
    spans(old) == spans(new)
}

/// Marks and lists the changes of what stands above and below a table or figure: designation, title, units, remarks.
pub(super) fn around(merge: &mut Merge, at: &At, (was, is): (&Block, &Block), merged: &mut Block) {
    if let (
        Block::Table { label: old_label, title: old_title, units: old_units, below: old, .. }
        | Block::Figure { label: old_label, title: old_title, units: old_units, below: old, .. },
        Block::Table { label: new_label, title: new_title, units: new_units, below: new, .. }
        | Block::Figure { label: new_label, title: new_title, units: new_units, below: new, .. },
        Block::Table { label, title, units, below, .. } | Block::Figure { label, title, units, below, .. },
    ) = (was, is, merged)
    {
        let own = at.within(", number", |path| path.field("number"));
        *label = merge.designation(own, old_label.as_ref(), new_label.as_ref());
        let own = at.within(", title", |path| path.field("title"));
        *title = merge.maybe(own, old_title.as_ref(), new_title.as_ref());
        let own = at.within(", units", |path| path.field("units"));
        *units = merge.maybe(own, old_units.as_ref(), new_units.as_ref());
        *below = remarks(merge, at, old, new);
    }
}

/// Marks and lists the changes of a table.
pub(super) fn table(merge: &mut Merge, at: &At, (was, is): (&Block, &Block), merged: &mut Block) {
    if let (
        Block::Table { header: old_head, rows: old, totals: old_totals, .. },
        Block::Table { header: new_head, rows: new, totals: new_totals, .. },
        Block::Table { header, rows, totals, .. },
    ) = (was, is, &mut *merged)
    {
        *header =
            of_rows(merge, at, (", head", "header"), old_head, new_head).into_iter().map(|(_, row)| row).collect();
        let both = of_rows(merge, at, ("", "rows"), old, new);
        let is_total = |step: &Step| match *step {
            Step::Both { new: row, .. } | Step::New(row) => new_totals.contains(&row),
            Step::Gone { old: row, .. } => old_totals.contains(&row),
        };
        *totals = both.iter().enumerate().filter(|(_, (step, _))| is_total(step)).map(|(index, _)| index).collect();
        *rows = both.into_iter().map(|(_, row)| row).collect();
    }
}

/// Marks and lists the changes of the remarks below a table or figure.
fn remarks(merge: &mut Merge, at: &At, was: &[Remark], is: &[Remark]) -> Vec<Remark> {
    let passages = |side: &super::side::Side, remarks: &[Remark]| -> Vec<_> {
        let name = |remark: &Remark| remark.letter.clone().unwrap_or_default();
        remarks.iter().map(|remark| side.passage(&name(remark), &remark.runs)).collect()
    };
    let fit = |a: usize, b: usize| was[a].letter.is_some() == is[b].letter.is_some();
    let steps = steps(&passages(merge.old, was), &passages(merge.new, is), Moving::No, fit);
    let none: &[Run] = &[];
    let remark = |step: &Step| {
        let (number, remark, old, new) = match *step {
            Step::Both { old, new, .. } => (new, &is[new], was[old].runs.as_slice(), is[new].runs.as_slice()),
            Step::Gone { old, .. } => (old, &was[old], was[old].runs.as_slice(), none),
            Step::New(new) => (new, &is[new], none, is[new].runs.as_slice()),
        };
        let name = match &remark.letter {
            Some(letter) => format!(", note {letter}"),
            None => format!(", remark {}", number + 1),
        };
        Remark { runs: merge.text(at.within(&name, Path::clone), old, new), ..remark.clone() }
    };
    steps.iter().map(remark).collect()
}

fn of_rows(
    merge: &mut Merge,
    at: &At,
    (name, field): (&str, &'static str),
    old: &Rows,
    new: &Rows,
) -> Vec<(Step, Vec<Cell>)> {
    let words = |row: &[Cell]| row.iter().map(|cell| cell.runs.clone()).collect::<Vec<Runs>>().join(&Run::text(" "));
    let passages = |side: &super::side::Side, rows: &Rows| -> Vec<_> {
        // A row is also known by its first cell.
        let name =
            |row: &[Cell]| row.first().filter(|_| row.len() > 1).map_or_else(String::new, |cell| text_of(&cell.runs));
        rows.iter().map(|row| side.passage(&name(row), &words(row))).collect()
    };
    let tall = old.iter().flatten().any(|cell| cell.rows > 1);
    let steps = match tall {
        true => (0..new.len()).map(|row| Step::Both { old: row, new: row, moved: false }).collect(),
        false => {
            let fit = |a: usize, b: usize| same_spans(&old[a], &new[b]);
            steps(&passages(merge.old, old), &passages(merge.new, new), Moving::No, fit)
        }
    };
    let row_at = |row: usize| move |path: &Path| path.field(field).index(row);
    let part = |row: usize| format!("{}{name}, row {}", at.part, row + 1);
    let row = |step: &Step| {
        let cells = match *step {
            Step::Both { old: a, new: b, .. } => {
                let cell = |(column, (was, is)): (usize, (&Cell, &Cell))| {
                    let path = |path: Option<&Path>, row: usize| path.map(|path| row_at(row)(path).index(column));
                    let part = format!("{}, column {}", part(b), column + 1);
                    let note = (was.align != is.align).then(|| "aligned in another way".to_owned());
                    let own = At { note, ..At::new(part, path(at.old.as_ref(), a), path(at.new.as_ref(), b)) };
                    Cell { runs: merge.text(own, &was.runs, &is.runs), ..is.clone() }
                };
                old[a].iter().zip(&new[b]).enumerate().map(cell).collect()
            }
            Step::Gone { old: a, .. } => {
                let own = At::new(part(a), at.old.as_ref().map(row_at(a)), None);
                merge.list(own, Kind::Deleted, merge.deleted(&words(&old[a])));
                old[a].iter().map(|cell| Cell { runs: merge.struck(&cell.runs), ..cell.clone() }).collect()
            }
            Step::New(b) => {
                let own = At::new(part(b), None, at.new.as_ref().map(row_at(b)));
                merge.list(own, Kind::Inserted, merge.inserted(&words(&new[b])));
                new[b].iter().map(|cell| Cell { runs: inserted(&cell.runs), ..cell.clone() }).collect()
            }
        };
        (*step, cells)
    };
    steps.iter().map(row).collect()
}
