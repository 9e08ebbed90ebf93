//! Landscape pages: what stands on them, and the pages that they part.

use super::{Item, Plan};
use crate::typeset::measures::Measures;

/// Moves the items from that one to a landscape page, and the headings above them.
pub(super) fn turn(items: &mut [Item], from: usize) {
    let heading = |item: &&Item| item.depth.is_some() && item.design.next;
    let headings = items[..from].iter().rev().take_while(heading).count();
    items[from - headings..].iter_mut().for_each(|item| item.landscape = true);
}

/// Begins a page wherever landscape pages begin or end.
pub(super) fn begin_pages(body: &mut [Item]) {
    let mut before = false;
    for item in body {
        item.page |= item.landscape != before;
        before = item.landscape;
    }
}

/// Moves the rule that ends a document to the middle of a landscape page, if it stands on one.
pub(super) fn move_closing_rule(plan: &mut Plan, measures: &Measures) {
    if plan.items.last().is_some_and(|item| item.landscape) {
        let rule = &mut plan.closing_rule.rule;
        rule.left = (measures.tables.left + measures.landscape_right() - rule.width) / 2.0;
    }
}
