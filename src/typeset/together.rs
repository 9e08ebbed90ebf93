//! A note and its mark share a page.
//!
//! The engine sets a note as soon as it meets the mark. It may find only then that the mark has no
//! room: the mark goes to the next page with what stays together (a heading and what it heads, the
//! first or last two lines of a paragraph, a row of a table), and its note stays behind. Or the
//! second of two notes has no room, and follows a page later. So the pages are read back, a page is
//! begun with what the first such mark stands in, and the document is set once more.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use typst::foundations::{NativeElement, Selector};
use typst::introspection::{Introspector, Location};
use typst::model::FootnoteElem;

use super::composer::Measures;
use super::{Pages, lines};
use crate::prepare::{Block, Cell, Prepared, Run};

/// Where the engine is told to begin pages, besides those that begin within paragraphs.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Starts {
    /// With these blocks of the body.
    pub blocks: BTreeSet<usize>,
    /// With these rows of tables, by block.
    pub rows: BTreeMap<usize, BTreeSet<usize>>,
}

/// Sets a document until every note begins on the page of its mark, as far as that can be.
pub(super) fn together(
    composed: &Prepared,
    mut starts: Starts,
    measures: &Measures,
    set: impl Fn(&Prepared, &Starts) -> Result<Pages, String>,
) -> Result<Pages, String> {
    let mut document = Cow::Borrowed(composed);
    loop {
        let pages = set(&document, &starts)?;
        // Every turn begins a page where none began: there is an end to it.
        if !parted(&pages).into_iter().any(|note| begin_page(&mut document, &mut starts, note, &pages, measures)) {
            return Ok(pages);
        }
    }
}

/// The notes in the flow of the pages, with the places of their marks, by the labels that
/// `components/runs.typ` gives them.
pub(super) fn notes_in_flow(pages: &Pages) -> impl Iterator<Item = (usize, Location)> {
    let elements = pages.introspector().query(&Selector::Elem(FootnoteElem::ELEM, None));
    elements.into_iter().filter_map(|note| {
        let index = note.label()?.resolve().as_str().strip_prefix("note-")?.parse().ok()?;
        Some((index, note.location()?))
    })
}

/// The notes that do not begin on the page of their mark, in the order of the pages.
fn parted(pages: &Pages) -> Vec<usize> {
    /// Which variant of the place of a mark the engine gives to its note.
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

/// Begins a page with what the mark of a note stands in; false, if one begins there already.
fn begin_page(
    document: &mut Cow<Prepared>,
    starts: &mut Starts,
    note: usize,
    pages: &Pages,
    measures: &Measures,
) -> bool {
    let marks = |runs: &[Run]| runs.iter().position(|run| *run == Run::Note { note, again: false });
    let row_of = |rows: &[Vec<Cell>]| rows.iter().position(|row| row.iter().any(|cell| marks(&cell.runs).is_some()));
    for (index, block) in document.body.iter().enumerate() {
        let found = match block {
            Block::Paragraph { label, runs, .. } => {
                let mark = marks(runs);
                let (part, size) = (format!("body/{index}"), measures.mark.size);
                let label = label.as_ref().map(ToString::to_string);
                let place = mark.and_then(|mark| lines::page_begin(pages, &part, label.as_deref(), (runs, mark), size));
                if let Some(place) = place {
                    return end_page(document.to_mut(), index, place);
                }
                mark.is_some()
            }
            Block::Heading { runs, .. } => marks(runs).is_some(),
            Block::Annex { heading, title, .. } | Block::Part { heading, title, .. } => {
                std::iter::once(heading).chain(title).any(|runs| marks(runs).is_some())
            }
            Block::Closing { lines } | Block::Signature { lines } => lines.iter().any(|runs| marks(runs).is_some()),
            Block::Figure { title, .. } => title.iter().any(|runs| marks(runs).is_some()),
            Block::Table { title, header, rows, .. } => match row_of(rows).map(|row| unspanned(rows, row)) {
                Some(row) if row > 0 => return starts.rows.entry(index).or_default().insert(row),
                row => row.is_some() || row_of(header).is_some() || title.iter().any(|runs| marks(runs).is_some()),
            },
        };
        if found {
            let first = headed(&document.body, index);
            // With a long note there is no room for what a heading heads: that goes to the next page.
            return starts.blocks.insert(first) || heads(block) && starts.blocks.insert(index + 1);
        }
    }
    false
}

/// Ends a page within a paragraph, which then is not kept whole.
fn end_page(document: &mut Prepared, block: usize, place: usize) -> bool {
    let Some(Block::Paragraph { runs, keep, .. }) = document.body.get_mut(block) else { return false };
    *keep = false;
    lines::end_page(runs, place)
}

/// The first of the headings that stay with a block, or the block.
fn headed(body: &[Block], block: usize) -> usize {
    block - body[..block].iter().rev().take_while(|block| heads(block)).count()
}

/// Whether a block stays with the next.
fn heads(block: &Block) -> bool {
    matches!(block, Block::Heading { .. } | Block::Annex { .. } | Block::Part { .. })
}

/// The row, or the first of those that share a cell with it.
fn unspanned(rows: &[Vec<Cell>], row: usize) -> usize {
    let reaches = |above: &usize| rows[*above].iter().any(|cell| above + usize::from(cell.rows) > row);
    match (0..row).find(reaches) {
        Some(above) => unspanned(rows, above),
        None => row,
    }
}
