//! What two sequences have in common.

use std::collections::HashMap;
use std::hash::Hash;

use similar::DiffOp;
use similar::algorithms::{Capture, Compact, Replace, myers};

/// Returns the common and different ranges of two sequences, by the algorithm of Myers. Equal elements get the same number,
/// so that the algorithm is compiled once, for numbers, and no other with it.
pub(crate) fn differences<T: Eq + Hash>(before: &[T], after: &[T]) -> Vec<DiffOp> {
    let mut numbers: HashMap<&T, usize> = HashMap::new();
    let [before, after] = [before, after].map(|list| {
        let numbered = list.iter().map(|element| {
            let next = numbers.len();
            *numbers.entry(element).or_insert(next)
        });
        numbered.collect::<Vec<usize>>()
    });
    let mut found = Compact::new(Replace::new(Capture::new()), &before[..], &after[..]);
    let Ok(()) = myers::diff(&mut found, &before[..], 0..before.len(), &after[..], 0..after.len());
    found.into_inner().into_inner().into_ops()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_elements_are_common() {
        let words = |text: &'static str| text.split(' ').collect::<Vec<_>>();
        let ops = differences(&words("tides and gauges and ports"), &words("tides or gauges and the ports"));
        let equal = ops.iter().filter(|op| matches!(op, DiffOp::Equal { .. }));
        assert_eq!(
            equal.map(|op| (op.old_range(), op.new_range())).collect::<Vec<_>>(),
            [(0..1, 0..1), (2..4, 2..4), (4..5, 5..6)]
        );
        assert_eq!(differences::<String>(&[], &[]), []);
    }
}
