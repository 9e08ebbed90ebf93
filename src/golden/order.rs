//! Pages that are new, gone, of another size or in another order.

use super::difference::{Difference, Kind};
use super::layout::{Layout, Page};
use super::names::furniture;

/// Differences of pages as such.
pub(super) fn pages(before: &Layout, after: &Layout) -> Vec<Difference> {
    let (old, new) = (texts(before), texts(after));
    let page = |number: usize| format!("page {number}");
    let mut list = Vec::new();
    for number in extra(&new, &old) {
        list.push(Difference::new(Kind::PageAdded, page(number), "is new").on(Some(number)));
    }
    for number in extra(&old, &new) {
        list.push(Difference::new(Kind::PageRemoved, page(number), "is gone").on(Some(number)));
    }
    for (index, (was, is)) in before.pages.iter().zip(&after.pages).enumerate() {
        if (was.width, was.height) != (is.width, is.height) {
            let message = format!("measures {} × {}, no longer {} × {}", is.width, is.height, was.width, was.height);
            list.push(Difference::new(Kind::PageSize, page(index + 1), message).on(Some(index + 1)));
        }
    }
    let moved: Vec<usize> = permutation(&old, &new)
        .map(|places| places.iter().enumerate().filter(|(was, is)| was != *is).map(|(was, _)| was + 1).collect())
        .unwrap_or_default();
    match &moved[..] {
        [] => {}
        [one, other] => {
            let message = format!("changed places with page {other}");
            list.push(Difference::new(Kind::PageOrder, page(*one), message).on(Some(*one)));
        }
        all => {
            let numbers: Vec<String> = all.iter().map(usize::to_string).collect();
            let message = "stand in another order";
            list.push(
                Difference::new(Kind::PageOrder, format!("pages {}", numbers.join(", ")), message)
                    .on(all.first().copied()),
            );
        }
    }
    list
}

/// The later pages in their former order, if they only changed it: what else differs is then
/// told of the pages as they were.
pub(super) fn as_before(before: &Layout, after: &Layout) -> Option<Layout> {
    let places = permutation(&texts(before), &texts(after))?;
    Some(Layout { pages: places.iter().map(|place| after.pages[*place].clone()).collect() })
}

/// What each page says, without its head and foot.
fn texts(layout: &Layout) -> Vec<String> {
    let text = |page: &Page| {
        page.lines.iter().filter(|line| !furniture(&line.part)).map(|line| line.text() + "\n").collect::<String>()
    };
    layout.pages.iter().map(text).collect()
}

/// Where each page stands now, if all are there and some elsewhere.
fn permutation(old: &[String], new: &[String]) -> Option<Vec<usize>> {
    if old == new || old.len() != new.len() {
        return None;
    }
    let mut free: Vec<Option<&String>> = new.iter().map(Some).collect();
    let take = |text: &String| {
        let place = free.iter().position(|page| *page == Some(text))?;
        free[place] = None;
        Some(place)
    };
    old.iter().map(take).collect()
}

/// The pages, from 1, that one document has more than the other: those that the other does not
/// have between pages that both have, or else the last ones.
fn extra(pages: &[String], others: &[String]) -> Vec<usize> {
    let more = pages.len().saturating_sub(others.len());
    let mut found = Vec::new();
    let mut rest = others.iter().peekable();
    for (index, page) in pages.iter().enumerate() {
        if rest.next_if(|other| *other == page).is_none() {
            found.push(index + 1);
        }
    }
    if found.len() == more { found } else { (pages.len() - more + 1..=pages.len()).collect() }
}
