//! The rules of a table, and the room that they take.

use std::collections::BTreeSet;

use super::{Table, TableRule};
use crate::typeset::measures::Tables;

impl Table {
    /// Adds the rules, and the room that they take.
    pub(super) fn rule(&mut self, tables: &Tables, totals: &BTreeSet<usize>) {
        let whole = self.width();
        let heads = self.heads;
        let all = |thickness, y, from_below| TableRule { left: 0.0, width: whole, thickness, y, from_below };
        let edges: Vec<f64> = (0..=self.columns.len()).map(|column| self.columns[..column].iter().sum()).collect();
        // Below the heads over several columns, in the row after them.
        for row in 0..heads {
            let mut rules: Vec<(usize, TableRule)> = Vec::new();
            let mut before = None;
            for cell in self.rows[row].cells.iter().filter(|cell| cell.columns > 1 && row + cell.rows < heads) {
                let (from, to) = (edges[cell.column], edges[cell.column + cell.columns]);
                let left = if before == Some(cell.column) { from + tables.cut } else { from };
                before = Some(cell.column + cell.columns);
                let rule = TableRule { left, width: to - left, thickness: tables.thin, y: 0.0, from_below: false };
                rules.push((row + cell.rows, rule));
            }
            rules.into_iter().for_each(|(row, rule)| self.rows[row].rules.push(rule));
        }
        if let Some(first) = self.rows.first_mut() {
            first.rules.push(all(tables.thin, 0.0, false));
        }
        self.rows[..heads].iter_mut().for_each(|row| row.above += tables.thin);
        match heads.checked_sub(1).and_then(|last| self.rows.get_mut(last)) {
            Some(last) => {
                last.below += tables.after_head;
                last.rules.push(all(tables.thick, tables.after_head, true));
            }
            None => self.rows.iter_mut().take(1).for_each(|first| first.above += tables.after_head),
        }
        for index in heads..self.rows.len() {
            let after = index > heads && totals.contains(&(index - heads - 1));
            let total = totals.contains(&(index - heads));
            let row = &mut self.rows[index];
            row.kept |= total || index == heads;
            if total && index > heads {
                row.rules.push(all(tables.thin, tables.total.apart, false));
                row.above += tables.total.apart + tables.thin;
            } else if after {
                row.rules.push(all(tables.thin, 0.0, false));
                row.above = tables.thin + tables.total.space.above;
            }
        }
        if let Some(last) = self.rows.last_mut() {
            last.below += tables.thick;
            last.rules.push(all(tables.thick, tables.thick, true));
        }
    }
}
