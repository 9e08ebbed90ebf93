//! Variants of the paragraphs of a document with slightly different tracking.

use std::collections::BTreeMap;

use crate::model::Layout;
use crate::prepare::Prepared;
use crate::typeset::measures::{Align, Measures};
use crate::typeset::plan::{Item, Plan, STEPS, items_with, tracking};

/// The greatest length of a short last line, in characters.
const SHORT: usize = 8;

/// The paragraphs whose number of lines changes with slightly different tracking.
pub(super) struct Variants<'p> {
    /// The variants, by item and steps of tracking.
    pub items: BTreeMap<(usize, i32), Item<'p>>,
    /// For each paragraph, the fewest steps that save a line (`saving`) or add one (`adding`): fewest steps first, then
    /// the shortest last lines (`saving`) or the longest (`adding`).
    pub saving: Vec<Step>,
    pub adding: Vec<Step>,
}

/// Steps of tracking of an item, and the number of lines that they add.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Step {
    pub item: usize,
    pub steps: i32,
    pub lines: isize,
}

/// Returns the block of the body to which an item belongs.
pub(super) fn block_of(item: &Item) -> Option<usize> {
    item.part.strip_prefix("body/")?.parse().ok()
}

/// Returns the number of characters in the last line of an item.
fn last_line(item: &Item) -> usize {
    item.lines.last().map_or(0, |line| line.words().chars().count())
}

impl<'p> Variants<'p> {
    pub fn new(prepared: &'p Prepared, measures: &'p Measures, plan: &Plan<'p>, may: &dyn Fn(usize) -> bool) -> Self {
        let free = |item: &Item| {
            let adjusted = block_of(item).and_then(|block| prepared.adjusted.get(&block));
            let own =
                adjusted.is_some_and(|own| own.tracking.is_some() || own.lines.is_some() || !own.line_ends.is_empty());
            item.design.align == Align::Full && item.composed && !own && block_of(item).is_some_and(may)
        };
        let mut variants = Self { items: BTreeMap::new(), saving: Vec::new(), adding: Vec::new() };
        for steps in (1..=STEPS).flat_map(|steps| [-steps, steps]) {
            let other = tracked(prepared, measures, tracking(steps));
            for (number, (item, mut variant)) in plan.items.iter().zip(other).enumerate() {
                let lines = variant.lines.len() as isize - item.lines.len() as isize;
                let list = if steps < 0 { &mut variants.saving } else { &mut variants.adding };
                let wanted = lines.signum() == steps.signum() as isize && list.iter().all(|step| step.item != number);
                if wanted && free(item) && variant.composed {
                    list.push(Step { item: number, steps, lines });
                    // Its surroundings do not change.
                    (variant.gap, variant.page, variant.design) = (item.gap, item.page, item.design);
                    variants.items.insert((number, steps), variant);
                }
            }
        }
        variants.saving.sort_by_key(|step| (step.steps.abs(), last_line(&plan.items[step.item]), step.item));
        let end = |step: &Step| last_line(&plan.items[step.item]);
        variants.adding.sort_by_key(|step| (step.steps, usize::MAX - end(step), step.item));
        variants
    }

    /// Returns the steps that remove short last lines, and the blocks whose short last lines cannot be removed.
    pub fn short_lines_saved(&self, plan: &Plan) -> (Vec<Step>, Vec<usize>) {
        let (mut saved, mut left) = (Vec::new(), Vec::new());
        let body = plan.items.iter().enumerate().skip(plan.opening);
        for (number, item) in body.filter(|(_, item)| item.design.align == Align::Full && item.composed) {
            if item.lines.len() < 2 || last_line(item) > SHORT {
                continue;
            }
            match self.saving.iter().find(|step| step.item == number) {
                Some(step) => saved.push(*step),
                None => left.extend(block_of(item)),
            }
        }
        (saved, left)
    }
}

/// Returns the items of a document with a number of points added to the tracking of the body.
fn tracked<'p>(prepared: &'p Prepared, measures: &'p Measures, more: f64) -> Vec<Item<'p>> {
    let tracking = ((prepared.layout.tracking.unwrap_or_default() + more) * 1000.0).round() / 1000.0;
    let layout = Layout { tracking: Some(tracking), ..prepared.layout.clone() };
    items_with(prepared, &layout, measures)
}
