//! The rules of a table, and the room that they take.

use std::collections::BTreeSet;

use super::{Table, TableRule};
use crate::typeset::measures::Tables;

impl Table {
    /// Adds the rules, and the room that they take.
    pub(super) fn rule(&mut self, tables: &Tables, totals: &BTreeSet<usize>) {
        self.rule_below_spans(tables);
        self.rule_heads(tables);
        self.rule_totals(tables, totals);
        let whole = self.width();
        if let Some(last) = self.rows.last_mut() {
            last.below += tables.thick;
            last.rules.push(across(whole, tables.thick, tables.thick, true));
        }
    }

    /// Rules heads over several columns, in the row after them.
    fn rule_below_spans(&mut self, tables: &Tables) {
        let heads = self.heads;
        let edges: Vec<f64> = (0..=self.columns.len()).map(|column| self.columns[..column].iter().sum()).collect();
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
    }

    fn rule_heads(&mut self, tables: &Tables) {
        let (whole, heads) = (self.width(), self.heads);
        if let Some(first) = self.rows.first_mut() {
            first.rules.push(across(whole, tables.thin, 0.0, false));
        }
        self.rows[..heads].iter_mut().for_each(|row| row.above += tables.thin);
        match heads.checked_sub(1).and_then(|last| self.rows.get_mut(last)) {
            Some(last) => {
                last.below += tables.after_head;
                last.rules.push(across(whole, tables.thick, tables.after_head, true));
            }
            None => self.rows.iter_mut().take(1).for_each(|first| first.above += tables.after_head),
        }
    }

    fn rule_totals(&mut self, tables: &Tables, totals: &BTreeSet<usize>) {
        let (whole, heads) = (self.width(), self.heads);
        for index in heads..self.rows.len() {
            let after = index > heads && totals.contains(&(index - heads - 1));
            let total = totals.contains(&(index - heads));
            let row = &mut self.rows[index];
            row.kept |= total || index == heads;
            if total && index > heads {
                row.rules.push(across(whole, tables.thin, tables.total.apart, false));
                row.above += tables.total.apart + tables.thin;
            } else if after {
                row.rules.push(across(whole, tables.thin, 0.0, false));
                row.above = tables.thin + tables.total.space.above;
            }
        }
    }
}

/// Returns a rule across a table of that width.
fn across(width: f64, thickness: f64, y: f64, from_below: bool) -> TableRule {
    TableRule { left: 0.0, width, thickness, y, from_below }
}
