//! The fields that are adjusted, by their paths in the model.

use crate::model::{Adjustment, Block, Document, Item, Path};

/// A field that is adjusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// The tracking of the block or item at that path.
    Tracking(Path),
    FirstPageFoot,
    Pitch,
}

impl Target {
    /// The path of the field.
    pub fn path(&self) -> Path {
        let (holder, name) = match self {
            Self::Tracking(path) => (path.clone(), "tracking"),
            Self::FirstPageFoot => (Path::default(), "first_page_foot"),
            Self::Pitch => (Path::default(), "pitch"),
        };
        holder.field("layout").field(name)
    }

    /// Gives the field a value; false, if the document has no such block.
    pub fn set(&self, document: &mut Document, value: f64) -> bool {
        match self {
            Self::FirstPageFoot => document.layout.first_page_foot = Some(value),
            Self::Pitch => document.layout.pitch = Some(value),
            Self::Tracking(path) => {
                let Some(adjustment) = adjustment_mut(document, path) else { return false };
                adjustment.tracking = Some(value);
            }
        }
        true
    }
}

/// What is adjusted of the block, item or part at a path: `body[3].items[1]`.
pub(crate) fn adjustment_mut<'d>(document: &'d mut Document, path: &Path) -> Option<&'d mut Adjustment> {
    let segments = path.segments();
    let mut steps = segments.chunks(2).map(|step| match step {
        [name, index] => Some((name.name()?, index.place()?)),
        _ => None,
    });
    let (name, index) = steps.next()??;
    match name {
        "body" => in_block(document.body.get_mut(index)?, &mut steps),
        "parts" => {
            let part = document.parts.get_mut(index)?;
            match steps.next() {
                None => Some(&mut part.layout),
                Some(step) => in_block(part.body.get_mut(step.filter(|(name, _)| *name == "body")?.1)?, &mut steps),
            }
        }
        _ => None,
    }
}

/// The steps of a path that are left: lists, and places in them.
type Steps<'s, 'p> = &'s mut dyn Iterator<Item = Option<(&'p str, usize)>>;

fn in_block<'d>(block: &'d mut Block, steps: Steps) -> Option<&'d mut Adjustment> {
    let next = match steps.next() {
        None => return Some(of_block(block)),
        Some(step) => step?,
    };
    match (block, next) {
        (Block::Annex(annex), ("body", index)) => in_block(annex.body.get_mut(index)?, steps),
        (
            Block::Enacting(passage)
            | Block::Preambular(passage)
            | Block::Operative(passage)
            | Block::Paragraph(passage)
            | Block::Numbered(passage)
            | Block::Quote(passage),
            ("items", index),
        ) => in_item(passage.items.get_mut(index)?, steps),
        _ => None,
    }
}

fn in_item<'d>(item: &'d mut Item, steps: Steps) -> Option<&'d mut Adjustment> {
    match steps.next() {
        None => Some(&mut item.layout),
        Some(step) => in_item(item.items.get_mut(step.filter(|(name, _)| *name == "items")?.1)?, steps),
    }
}

fn of_block(block: &mut Block) -> &mut Adjustment {
    match block {
        Block::Enacting(passage)
        | Block::Preambular(passage)
        | Block::Operative(passage)
        | Block::Paragraph(passage)
        | Block::Numbered(passage)
        | Block::Quote(passage) => &mut passage.layout,
        Block::Heading(heading) => &mut heading.layout,
        Block::Annex(annex) => &mut annex.layout,
        Block::Signature(signature) => &mut signature.layout,
        Block::Table(table) => &mut table.layout,
        Block::Figure(figure) => &mut figure.layout,
        Block::Vote(vote) => &mut vote.layout,
    }
}
