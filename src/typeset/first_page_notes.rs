//! The asterisk notes framed at the foot of page 1.
//!
//! The official pages frame them if page 1 has no numbered note (measured: A/80/L.37,
//! E/2025/L.20, A/80/116, A/C.3/80/L.58), and otherwise set them before the numbered
//! notes (A/80/L.2, A/80/L.10). The notes of page 1 are only known once it is set.

use std::collections::BTreeSet;

use typst::introspection::Introspector;

use super::Pages;
use super::composer::natural_width;
use super::measures::Measures;
use super::notes_with_marks::notes_in_flow;
use crate::prepare::{Prepared, Run};

/// Returns the asterisk notes to the head of page 1.
pub(super) fn first_guess(prepared: &Prepared, measures: &Measures) -> BTreeSet<usize> {
    let session = prepared.session.iter().flatten().flat_map(|line| &line.runs);
    let opening = prepared.opening.iter().flat_map(|entry| &entry.runs);
    let referred = session.chain(opening).filter_map(|run| match run {
        Run::Note { note, .. } => Some(*note),
        _ => None,
    });
    let starred = referred.filter(|note| prepared.notes.get(*note).is_some_and(|note| note.starred()));
    framed_or_none(prepared, measures, starred.collect())
}

/// The frame has room for two lines (A/80/L.37 fills them); longer notes belong to the flow.
fn framed_or_none(prepared: &Prepared, measures: &Measures, notes: BTreeSet<usize>) -> BTreeSet<usize> {
    const MOST_LINES: f64 = 2.0;
    let style = measures.styles[measures.blocks.note.style];
    let lines = |note: &usize| {
        let width = prepared.notes.get(*note).map_or(0.0, |note| natural_width(&note.runs, style));
        (width / measures.columns[prepared.edition].width).ceil()
    };
    // Below text that goes on farther down there is no room for the frame.
    let lowered = measures.lowered(prepared.layout.first_page_foot) > 0.0;
    if lowered || notes.iter().map(lines).sum::<f64>() > MOST_LINES { BTreeSet::new() } else { notes }
}

/// Returns the framed notes that the pages require, if they differ from those they were set with.
pub(super) fn better(
    prepared: &Prepared,
    measures: &Measures,
    pages: &Pages,
    framed: &BTreeSet<usize>,
) -> Option<BTreeSet<usize>> {
    let on_first_page = notes_of_first_page(pages);
    let starred = |note: &usize| prepared.notes.get(*note).is_some_and(|note| note.starred());
    let wanted = if on_first_page.iter().all(starred) {
        framed_or_none(prepared, measures, framed.union(&on_first_page).copied().collect())
    } else {
        BTreeSet::new()
    };
    (wanted != *framed).then_some(wanted)
}

/// Returns the notes with marks in the flow of page 1.
fn notes_of_first_page(pages: &Pages) -> BTreeSet<usize> {
    let first = |at| pages.engine().introspector().page(at).is_some_and(|page| page.get() == 1);
    notes_in_flow(pages).filter(|(_, at)| first(*at)).map(|(note, _)| note).collect()
}
