//! A note and its mark share a page.
//!
//! The engine sets a note as soon as it meets the mark. Only then may it find that the mark has no
//! room: the mark moves to the next page with what keeps together (a heading with the text after it, the
//! first or last two lines of a paragraph, a row of a table), and its note stays behind. Or the
//! second of two notes has no room, and follows a page later. Therefore the pages are read back, a page is
//! begun at the item of the first such mark, and the document is set again.

use typst::foundations::{NativeElement, Selector};
use typst::introspection::{Introspector, Location};
use typst::model::FootnoteElem;

use super::measures::{Align, Measures};
use super::plan::{Item, Plan};
use super::{Pages, lines};
use crate::prepare::{Block, Cell, Run};

/// Sets a document repeatedly until every note begins on the page of its mark, as far as possible.
pub(super) fn together(
    plan: &mut Plan,
    measures: &Measures,
    set: impl Fn(&Plan) -> Result<Pages, String>,
) -> Result<Pages, String> {
    loop {
        let pages = set(plan)?;
        // Every pass begins a page where none began, so the loop ends.
        if !parted(&pages).into_iter().any(|note| begin_page(plan, note, &pages, measures)) {
            return Ok(pages);
        }
    }
}

/// Returns the notes in the flow of the pages, with the positions of their marks, by the labels that
/// `components/runs.typ` gives them.
pub(super) fn notes_in_flow(pages: &Pages) -> impl Iterator<Item = (usize, Location)> {
    let elements = pages.introspector().query(&Selector::Elem(FootnoteElem::ELEM, None));
    elements.into_iter().filter_map(|note| {
        let index = note.label()?.resolve().as_str().strip_prefix("note-")?.parse().ok()?;
        Some((index, note.location()?))
    })
}

/// Returns the notes that do not begin on the page of their mark, in the order of the pages.
fn parted(pages: &Pages) -> Vec<usize> {
    /// The variant of a mark's location that the engine gives to its note.
    const ENTRY: usize = 1;
    let page = |at| pages.introspector().page(at);
    let mut parted: Vec<_> = notes_in_flow(pages)
        .map(|(note, at)| (page(at), page(at.variant(ENTRY)), note))
        .filter(|(mark, entry, _)| mark != entry)
        .map(|(mark, entry, note)| (mark.min(entry), note))
        .collect();
    parted.sort_unstable();
    parted.into_iter().map(|(_, note)| note).collect()
}

/// Begins a page with the item of the mark of a note. Returns `false` if one already begins there.
fn begin_page(plan: &mut Plan, note: usize, pages: &Pages, measures: &Measures) -> bool {
    let marks = |runs: &[Run]| runs.contains(&Run::Note { note, again: false });
    let row_of = |rows: &[Vec<Cell>]| rows.iter().position(|row| row.iter().any(|cell| marks(&cell.runs)));
    for index in plan.opening..plan.items.len() {
        let item = &mut plan.items[index];
        let found = match item.block {
            None => {
                let mut runs = item.lines.iter().flat_map(|line| &line.runs);
                let mark = runs.position(|run| marks(std::slice::from_ref(run)));
                let mark_of_paragraph = mark.filter(|_| item.design.align == Align::Full);
                let place = mark_of_paragraph.and_then(|mark| lines::page_begin(pages, item, mark, measures.mark.size));
                if let Some(place) = place {
                    (item.design.whole, item.design.next) = (false, false);
                    return lines::end_page(&mut item.lines, place);
                }
                mark.is_some()
            }
            Some(Block::Table { title, header, rows, .. }) => match row_of(rows).map(|row| unspanned(rows, row)) {
                Some(row) if row > 0 => return item.starts.insert(row),
                row => row.is_some() || row_of(header).is_some() || title.iter().any(|runs| marks(runs)),
            },
            Some(Block::Figure { title, .. }) => title.iter().any(|runs| marks(runs)),
            Some(_) => false,
        };
        if found {
            let first = headed(&plan.items, index);
            // A long note leaves no room for the text after a heading: that moves to the next page.
            let part = &plan.items[index].part;
            let parts = plan.items[index..].iter().take_while(|item| item.part == *part).count();
            return begins(&mut plan.items, first)
                || heads(&plan.items[index]) && begins(&mut plan.items, index + parts);
        }
    }
    false
}

/// Begins a page with an item. Returns `false` if one already begins there.
fn begins(items: &mut [Item], index: usize) -> bool {
    items.get_mut(index).is_some_and(|item| !std::mem::replace(&mut item.page, true))
}

/// Returns the first of the headings that keep with an item, or the item.
fn headed(items: &[Item], index: usize) -> usize {
    index - items[..index].iter().rev().take_while(|item| heads(item)).count()
}

/// Returns whether an item is a heading of the body.
fn heads(item: &Item) -> bool {
    item.depth.is_some() && item.design.next
}

/// Returns the row, or the first of those that share a cell with it.
fn unspanned(rows: &[Vec<Cell>], row: usize) -> usize {
    let reaches = |above: &usize| rows[*above].iter().any(|cell| above + usize::from(cell.rows) > row);
    match (0..row).find(reaches) {
        Some(above) => unspanned(rows, above),
        None => row,
    }
}
