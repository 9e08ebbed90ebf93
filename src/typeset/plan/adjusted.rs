//! Applies the adjustments of blocks to their items.

use super::Item;
use super::items::Items;
use crate::model::{Adjustment, Keep, PageBreak};
use crate::prepare::Run;
use crate::typeset::measures::{Design, Fit, Style, Styles, Type};

/// The step of tracking, in points, and the number of steps that are tried to reach a number of lines.
pub(in crate::typeset) const STEP: f64 = 0.05;
pub(in crate::typeset) const STEPS: i32 = 4;

/// A number of lines in which a block cannot be set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unreached {
    /// The index of the block in the body.
    pub block: usize,
    /// The requested number of lines.
    pub wanted: usize,
    /// The number of lines that it takes; `None` if only the engine knows it.
    pub lines: Option<usize>,
}

/// Converts steps of tracking to points.
pub(in crate::typeset) fn tracking(steps: i32) -> f64 {
    f64::from(steps) / f64::from((1.0 / STEP).round() as i32)
}

impl Item<'_> {
    /// Returns the type of the item with its adjustments.
    pub fn type_in(&self, styles: &Styles) -> Type {
        styles[self.design.style].fitted(self.fit)
    }
}

impl<'p> Items<'_, 'p> {
    /// Returns the adjustments of an item's type: those of its block, and for paragraphs of the body of the header.
    pub(super) fn fit(&self, design: Design) -> Fit {
        let Some(own) = &self.adjusted else { return Fit::default() };
        let all = (design.style == Style::Body).then_some(self.layout);
        Fit {
            tracking: own.tracking.or(all.and_then(|all| all.tracking)).unwrap_or_default(),
            pitch: own.pitch.or(all.and_then(|all| all.pitch)),
        }
    }

    /// Returns the number of words in each of the first lines of the block.
    pub(super) fn line_ends(&self) -> &[u16] {
        self.adjusted.as_ref().map_or(&[], |own| &own.line_ends)
    }

    /// Sets an item in the requested number of lines, with the least tracking that achieves it.
    pub(super) fn in_lines(&mut self, item: Item<'p>, set: impl Fn(&Self, Item<'p>) -> Item<'p>) -> Item<'p> {
        let usual = set(self, item.clone());
        let Some(wanted) = self.adjusted.as_ref().and_then(|own| own.lines).map(usize::from) else { return usual };
        let lines = usual.lines.len();
        if usual.composed && lines == wanted {
            return usual;
        }
        let way = if lines > wanted { -1 } else { 1 };
        for steps in (1..=STEPS).filter(|_| usual.composed) {
            let mut item = item.clone();
            item.fit.tracking += tracking(way * steps);
            let fitted = set(self, item);
            if fitted.lines.len() == wanted {
                return fitted;
            }
        }
        let block = item.part.rsplit('/').next().and_then(|block| block.parse().ok());
        let lines = usual.composed.then_some(lines);
        self.unreached.extend(block.map(|block| Unreached { block, wanted, lines }));
        usual
    }

    /// Applies the page break and `keep` of a block to its items, which begin at `from`.
    pub(super) fn keep(&mut self, from: usize, first: bool) {
        let Some(Adjustment { page_break, keep, .. }) = self.adjusted else { return };
        if let (Some(PageBreak::Before), false, Some(item)) = (page_break, first, self.list.get_mut(from)) {
            item.page = true;
        }
        match keep {
            Some(Keep::WithNext) => {
                self.list[from..].iter_mut().last().into_iter().for_each(|item| item.design.next = true)
            }
            Some(Keep::Together) => {
                let styles = &self.composer.measures.styles;
                for item in self.list[from..].iter_mut().filter(|item| item.picture.is_none()) {
                    item.design.whole |= has_room(item, item.type_in(styles).pitch);
                }
            }
            None => {}
        }
    }
}

/// Returns whether an item certainly fits on one page.
fn has_room(item: &Item, pitch: f64) -> bool {
    const ROOM: f64 = 500.0;
    /// The fewest characters on a line that the engine sets.
    const SHORTEST: usize = 25;
    let characters = |run: &Run| match run {
        Run::Text { text, .. } => text.chars().count(),
        _ => 1,
    };
    if let Some(table) = &item.table {
        return table.whole_height() <= ROOM;
    }
    let lines = match item.composed {
        true => item.lines.len(),
        false => item.lines.iter().flat_map(|line| &line.runs).map(characters).sum::<usize>() / SHORTEST + 1,
    };
    lines as f64 * pitch <= ROOM
}
