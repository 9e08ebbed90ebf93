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
use super::plan::{Item, Plan, Slice};
use super::{Pages, lines};
use crate::prepare::Run;

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
    let elements = pages.engine().introspector().query(&Selector::Elem(FootnoteElem::ELEM, None));
    elements.into_iter().filter_map(|note| {
        let index = note.label()?.resolve().as_str().strip_prefix("note-")?.parse().ok()?;
        Some((index, note.location()?))
    })
}

/// Returns the notes that do not begin on the page of their mark, in the order of the pages.
fn parted(pages: &Pages) -> Vec<usize> {
    /// The variant of a mark's location that the engine gives to its note.
    const ENTRY: usize = 1;
    let page = |at| pages.engine().introspector().page(at);
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
    let is_mark = |run: &Run| matches!(run, Run::Note { note: of, again: false, .. } if *of == note);
    let marks = |runs: &[Run]| runs.iter().any(is_mark);
    for index in plan.opening..plan.items.len() {
        let item = &mut plan.items[index];
        let found = match &mut item.table {
            None if item.picture.is_none() => {
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
            None => false,
            Some(table) => {
                let said = |slice: Slice| table.lines(slice).any(|line| marks(&line.runs));
                let found = table.slices.iter().position(|slice| said(*slice));
                // The rows that share a cell with it are on the same page.
                let first = found.and_then(|at| (0..=at).rev().find(|at| *at == 0 || table.begins(table.slices[*at])));
                match first {
                    Some(at) if at > 0 => return table.starts.insert(at),
                    found => found.is_some(),
                }
            }
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
    let part = &items[index].part;
    let above = items[..index].iter().rev();
    index - above.take_while(|item| heads(item) || item.design.next && item.part == *part).count()
}

/// Returns whether an item is a heading of the body.
fn heads(item: &Item) -> bool {
    item.depth.is_some() && item.design.next
}
