//! The adjustments of a document's blocks and items, by path.

use crate::model::{Adjustment, Block, Document, Item, Layout, Path};

/// A function called with each path and its adjustments.
type Visit<'v> = &'v mut dyn FnMut(&Path, &mut Adjustment);

/// Visits every block, item and part of a document with its path, such as `body[3].items[1]`, and its adjustments.
pub(super) fn each(document: &mut Document, visit: Visit) {
    blocks(&mut document.body, &Path::from("body"), visit);
    for (index, part) in document.parts.iter_mut().enumerate() {
        let at = Path::from("parts").index(index);
        visit(&at, &mut part.layout);
        blocks(&mut part.body, &at.field("body"), visit);
    }
}

fn blocks(list: &mut [Block], at: &Path, visit: Visit) {
    for (index, block) in list.iter_mut().enumerate() {
        let at = at.index(index);
        match block {
            Block::Enacting(passage)
            | Block::Preambular(passage)
            | Block::Operative(passage)
            | Block::Paragraph(passage)
            | Block::Numbered(passage)
            | Block::Quote(passage) => {
                visit(&at, &mut passage.layout);
                items(&mut passage.items, &at, visit);
            }
            Block::Heading(heading) => visit(&at, &mut heading.layout),
            Block::Annex(annex) => {
                visit(&at, &mut annex.layout);
                blocks(&mut annex.body, &at.field("body"), visit);
            }
            Block::Signature(signature) => visit(&at, &mut signature.layout),
            Block::Table(table) => visit(&at, &mut table.layout),
            Block::Figure(figure) => visit(&at, &mut figure.layout),
            Block::Vote(vote) => visit(&at, &mut vote.layout),
        }
    }
}

fn items(list: &mut [Item], at: &Path, visit: Visit) {
    for (index, item) in list.iter_mut().enumerate() {
        let at = at.field("items").index(index);
        visit(&at, &mut item.layout);
        items(&mut item.items, &at, visit);
    }
}

/// Returns whether a block of the body can be adjusted on its own. Text that continues after items, and the States of
/// a vote, have no `layout` field.
pub(super) fn is_adjustable(paths: &[Path], block: usize) -> bool {
    paths.get(block).is_some_and(|path| {
        let own = paths.iter().filter(|other| *other == path).count() == 1;
        !path.is_empty() && own && path.entry("continue").is_none()
    })
}

/// Removes all adjustments from a document.
pub(super) fn clear(document: &mut Document) {
    document.layout = Layout::default();
    each(document, &mut |_, layout| *layout = Adjustment::default());
}
