//! Pages that are new, removed, of another size or in another order.

use super::difference::{Difference, Kind};
use super::layout::Layout;
use super::page_pairs::PagePairs;

/// Returns the differences of pages as such.
pub(super) fn pages(before: &Layout, after: &Layout, pairs: &PagePairs) -> Vec<Difference> {
    let page = |index: usize| format!("page {}", index + 1);
    let reported =
        |kind, index: usize, message: String| Difference::new(kind, page(index), message).on(Some(index + 1));
    let mut list = Vec::new();
    for pair in &pairs.pairs {
        match (pair.before, pair.after) {
            (None, Some(new)) => list.push(reported(Kind::PageAdded, new, "is new".to_owned())),
            (Some(old), None) => list.push(reported(Kind::PageRemoved, old, "is gone".to_owned())),
            (Some(old), Some(new)) => {
                let (was, is) = (&before.pages[old], &after.pages[new]);
                if (was.width, was.height) != (is.width, is.height) {
                    let message =
                        format!("measures {} × {}, no longer {} × {}", is.width, is.height, was.width, was.height);
                    list.push(reported(Kind::PageSize, new, message));
                }
            }
            (None, None) => {}
        }
    }
    match pairs.reordered()[..] {
        [] => {}
        [(old, new)] => list.push(reported(Kind::PageOrder, new, format!("was moved: it was page {}", old + 1))),
        [(one, other), (.., last)] if one == last => {
            list.push(reported(Kind::PageOrder, one, format!("changed places with page {}", other + 1)));
        }
        ref moved => {
            let numbers: Vec<String> = moved.iter().map(|(_, new)| (new + 1).to_string()).collect();
            let part = format!("pages {}", numbers.join(", "));
            let first = moved.first().map(|(_, new)| new + 1);
            list.push(Difference::new(Kind::PageOrder, part, "are in another order").on(first));
        }
    }
    list
}

/// Returns the later pages in their former order if only the order changed: other differences are then
/// reported for the pages as they were.
pub(super) fn as_before(after: &Layout, pairs: &PagePairs) -> Option<Layout> {
    if pairs.reordered().is_empty() || pairs.both().count() != pairs.pairs.len() {
        return None;
    }
    let mut places: Vec<(usize, usize)> = pairs.both().collect();
    places.sort_unstable();
    Some(Layout { pages: places.into_iter().map(|(_, place)| after.pages[place].clone()).collect() })
}
