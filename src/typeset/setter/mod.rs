//! The setter: sets a plan whose lines are all known into the pages.
//!
//! The engine sets page 1 around the lines, and leaves a slot where the opening begins. The result of the
//! setter is that of the engine (`templates/item.typ`), with the same tags; a
//! test compares both. Only letters of Arabic that are drawn out to fill lines are not in the power of the engine, which
//! widens spaces instead.

mod fill;
mod ids;
mod kashida;
mod line;
mod marks;
mod page;
mod rows;
mod running;
mod slots;
mod tables;
mod tags;
#[cfg(test)]
mod tests;
mod text;

use std::collections::BTreeSet;

use typst::layout::Abs;
use typst_layout::{Page, PagedDocument};

use super::Pages;
use super::plan::{PageEnds, Plan};
use super::press::Press;
pub use ids::PageId;
pub(super) use ids::page_ids;
use page::Setter;

/// Returns the page ends of a plan if the setter can set it: every height is known, everything fits, and
/// it sets all the notes of page 1.
pub(super) fn sets<'p>(plan: &'p Plan) -> Option<&'p PageEnds> {
    let mut head = plan.session.iter().flatten().flat_map(|item| &item.lines);
    let noted = head.any(|line| plan.flowing(&line.runs).next().is_some());
    let ends = plan.ends.as_ref().filter(|ends| ends.complete && ends.fits && !ends.rows.is_empty());
    ends.filter(|_| plan.running.composed && !noted)
}

/// Returns page 1 with its slot filled, and the other pages, or `None` without a slot or if a character has no glyph. The
/// shell has a page for each figure after page 1. If only some pages are `wanted`, the others have no text.
pub(super) fn paint(
    press: &Press,
    page_one_shell: &PagedDocument,
    plan: &Plan,
    ends: &PageEnds,
    wanted: Option<BTreeSet<usize>>,
) -> Option<Pages> {
    let mut setter = Setter::new(press, page_one_shell, plan, ends)?;
    let wanted = wanted.map(|pages| ids::with_beginnings(pages, ends));
    let [first, ..] = page_one_shell.pages() else { return None };
    let mut pages = vec![first.clone()];
    pages[0].frame = slots::filled(&first.frame, Abs::zero(), &mut |top| setter.page(1, top))?;
    for number in 2..=ends.pages() {
        setter.blank = wanted.as_ref().is_some_and(|pages| !pages.contains(&number));
        pages.push(Page { frame: setter.later_page(number)?, number: number as u64, ..first.clone() });
    }
    Some(Pages::of(PagedDocument::new(pages.into(), typst::model::Document::info(page_one_shell).clone())))
}
