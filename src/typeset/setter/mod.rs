//! The setter: the lines that the composer has ended, set into the pages as they stand.
//!
//! The engine sets page 1 around them, and leaves a slot where the opening begins. The lines say the
//! same as those that the engine would set from the same runs (`templates/components`), at the same
//! places, with the same tags; a test holds both alike.

mod line;
mod marks;
mod page;
mod rows;
mod running;
mod slots;
mod tags;
#[cfg(test)]
mod tests;
mod text;

use typst::layout::Abs;
use typst_layout::{Page, PagedDocument};

use super::Pages;
use super::composer::PageEnds;
use super::press::Press;
use crate::prepare::{Note, Prepared, Run};
use page::Setter;
use rows::sections;
use running::Header;

/// Whether the setter can set a document: every height is known, everything fits, and the notes
/// of page 1 all stand in what it sets.
pub(super) fn sets(composed: &Prepared, ends: &PageEnds) -> bool {
    let mut head = composed.session.iter().flatten().flat_map(|line| &line.runs);
    let flows = |note: &usize| composed.notes.get(*note).is_none_or(|note| !note.framed);
    ends.whole && ends.fits && !head.any(|run| matches!(run, Run::Note { note, .. } if flows(note)))
}

/// What the engine sets around the lines: a document without them.
pub(super) fn around(composed: &Prepared) -> Prepared {
    let Prepared { metadata, kind, language, edition, close_notes, masthead, session, notes, running, foot, .. } =
        composed;
    let notes = notes.iter().map(|note| Note {
        mark: note.mark.clone(),
        framed: note.framed,
        runs: if note.framed { note.runs.clone() } else { Vec::new() },
    });
    Prepared {
        metadata: metadata.clone(),
        kind: *kind,
        language: *language,
        edition: *edition,
        close_notes: *close_notes,
        masthead: masthead.clone(),
        session: session.clone(),
        opening: Vec::new(),
        body: Vec::new(),
        notes: notes.collect(),
        running: running.clone(),
        foot: foot.clone(),
    }
}

/// Page 1 with its slot filled, and the other pages; none, if it has no slot, or a character no glyph.
pub(super) fn set(press: &Press, around: &PagedDocument, composed: &Prepared, ends: &PageEnds) -> Option<Pages> {
    let sections = sections(composed, &press.measures);
    let header = Header::new(&composed.running, &press.measures)?;
    let mut setter = Setter::new(press, around, composed, &sections, &header, ends)?;
    let [first] = around.pages() else { return None };
    let mut pages = vec![first.clone()];
    pages[0].frame = slots::filled(&first.frame, Abs::zero(), &mut |top| setter.page(1, top))?;
    for number in 2..=ends.pages() {
        pages.push(Page { frame: setter.later_page(number, ends.pages())?, number: number as u64, ..first.clone() });
    }
    Some(Pages::new(pages.into(), typst::model::Document::info(around).clone()))
}
