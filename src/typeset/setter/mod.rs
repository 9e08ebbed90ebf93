//! The setter: the lines that the composer has ended, set into the pages as they stand.
//!
//! The engine sets the page around them, its head, foot and running header, and leaves a slot
//! where the body begins. The lines say the same as those that the engine would set from the same
//! runs (`templates/components`), at the same places, with the same tags; a test holds both alike.

mod line;
mod marks;
mod page;
mod rows;
mod slots;
mod tags;
#[cfg(test)]
mod tests;
mod text;

use typst_layout::PagedDocument;

use super::Pages;
use super::composer::PageEnds;
use super::press::Press;
use crate::prepare::{Prepared, Run};
use page::Setter;
use rows::sections;

/// Whether the setter can set a document: every height is known, everything fits, and the notes
/// of page 1 all stand in what it sets.
pub(super) fn sets(composed: &Prepared, ends: &PageEnds) -> bool {
    let mut head = composed.session.iter().flatten().flat_map(|line| &line.runs);
    let flows = |note: &usize| composed.notes.get(*note).is_none_or(|note| !note.framed);
    ends.whole && ends.fits && !head.any(|run| matches!(run, Run::Note { note, .. } if flows(note)))
}

/// Pages with a slot each, filled; none, if there is another number of slots than of pages, or a
/// character without a glyph.
pub(super) fn set(press: &Press, around: &PagedDocument, composed: &Prepared, ends: &PageEnds) -> Option<Pages> {
    let sections = sections(composed, &press.measures);
    let mut setter = Setter::new(press, around, composed, &sections, ends)?;
    let mut pages = around.pages().to_vec();
    for (number, page) in pages.iter_mut().enumerate() {
        page.frame = slots::filled(&page.frame, &mut |top| setter.page(number, top))?;
    }
    Some(Pages::new(pages.into(), typst::model::Document::info(around).clone()))
}
