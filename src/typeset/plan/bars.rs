//! The lines beside which a change bar stands, on pages that show the changes from another document.

use super::Plan;
use crate::prepare::{Extent, Redline, Run};

/// Marks the lines of a plan, and those of the cells of tables.
pub(super) fn mark(plan: &mut Plan, redline: &Redline) {
    let changed = |run: &Run| match run {
        Run::Text { change, .. } | Run::Note { change, .. } => change.is_some(),
        Run::Break { .. } => false,
    };
    for item in plan.session.iter_mut().flatten().chain(&mut plan.items) {
        let extent = match item.part.strip_prefix("body/").and_then(|index| index.parse().ok()) {
            Some(index) => redline.changed.get(&index).copied(),
            None => Some(Extent::Lines),
        };
        let Some(extent) = extent else { continue };
        let label = item.label.as_ref().is_some_and(|label| label.said.runs().iter().any(changed));
        for (index, line) in item.lines.iter_mut().enumerate() {
            line.bar = extent == Extent::Whole || line.runs.iter().any(changed) || label && index == 0;
        }
        let cells = item.table.iter_mut().flat_map(|table| &mut table.rows).flat_map(|row| &mut row.cells);
        for line in cells.flat_map(|cell| &mut cell.lines) {
            line.bar = line.runs.iter().any(changed);
        }
    }
    for line in plan.notes.list.iter_mut().flat_map(|note| &mut note.lines) {
        line.bar = line.runs.iter().any(changed);
    }
}
