//! Fits drafts to numbers of pages.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test fails by panicking")]

use super::{Change, Extent, Goal, Obstacle, fit};
use crate::diagnostic::Source;
use crate::prepare::{Prepared, prepare};
use crate::read::{Format, read};
use crate::typeset::tests::draft;
use crate::typeset::{Lines, Pictures, Press, typeset};

fn prepared(yaml: &str) -> Prepared {
    prepare(&read(&Source::new("fit.yaml", yaml), Format::Yaml).unwrap().document).unwrap()
}

fn pages(pages: usize) -> Goal {
    Goal { pages: Some(pages), ..Goal::default() }
}

fn set(press: &Press, prepared: &Prepared) -> usize {
    typeset(press, prepared, &Pictures::new(), Lines::Official).unwrap().pages().len()
}

#[test]
fn nine_of_ten_drafts_are_fitted_where_that_takes_a_twentieth_of_each_page() {
    const LINES: f64 = 46.0;
    let press = Press::new([]).unwrap();
    let (mut tried, mut reached) = (0, 0);
    for seed in 1..24 {
        let mut prepared = prepared(&draft(seed));
        let Extent { pages: before, last_page_lines } =
            fit(&press, &prepared, &Pictures::new(), &Goal::default(), &|_| true).unwrap().before.unwrap();
        let share = |lines: f64, pages: usize| lines / LINES / pages as f64 <= 0.05;
        let wanted = if share(last_page_lines as f64, before - 1) {
            before - 1
        } else if share(LINES - last_page_lines as f64, before) {
            before + 1
        } else {
            continue;
        };
        tried += 1;
        let found = fit(&press, &prepared, &Pictures::new(), &pages(wanted), &|_| true).unwrap();
        if found.obstacle.is_none() {
            reached += 1;
            assert_eq!(found.after.unwrap().pages, wanted);
        } else {
            println!("draft {seed}, {before} pages, {last_page_lines} on the last: {wanted} not reached, {found:?}");
        }
        if found.obstacle.is_none() {
            found.apply(&mut prepared);
            if tried % 4 == 0 {
                assert_eq!(set(&press, &prepared), wanted, "draft {seed}");
            }
        }
    }
    assert!(tried >= 6 && reached * 10 >= tried * 9, "{reached} of {tried}");
}

#[test]
fn nothing_is_adjusted_that_is_not_needed() {
    let press = Press::new([]).unwrap();
    for seed in 1..6 {
        let prepared = prepared(&draft(seed));
        let before = fit(&press, &prepared, &Pictures::new(), &Goal::default(), &|_| true).unwrap();
        assert!(before.changes.is_empty() && before.before == before.after && before.obstacle.is_none());
        let found =
            fit(&press, &prepared, &Pictures::new(), &pages(before.before.unwrap().pages - 1), &|_| true).unwrap();
        if found.obstacle.is_some() {
            continue;
        }
        for left in 0..found.changes.len() {
            let mut fewer = found.clone();
            fewer.changes.remove(left);
            let mut prepared = prepared.clone();
            fewer.apply(&mut prepared);
            let extent = fit(&press, &prepared, &Pictures::new(), &Goal::default(), &|_| true).unwrap().before.unwrap();
            let needed =
                extent.pages > found.after.unwrap().pages || !matches!(found.changes[left], Change::Tracking { .. });
            assert!(needed, "draft {seed}: {:?} of {:?}", found.changes[left], found.changes);
        }
    }
}

#[test]
fn obstacles_are_reported() {
    let press = Press::new([]).unwrap();
    let far = fit(&press, &prepared(&draft(3)), &Pictures::new(), &pages(1), &|_| true).unwrap();
    assert!(matches!(far.obstacle, Some(Obstacle::Reach(extent)) if extent.pages > 1), "{far:?}");
    assert!(far.changes.is_empty() && far.before == far.after);
    // What is said to be the closest is no further away than what there is.
    let lines = |lines| Goal { last_page_lines: Some(lines), ..Goal::default() };
    for seed in 1..6 {
        let prepared = prepared(&draft(seed));
        let before = fit(&press, &prepared, &Pictures::new(), &Goal::default(), &|_| true).unwrap().before.unwrap();
        let far = fit(&press, &prepared, &Pictures::new(), &lines(200), &|_| true).unwrap();
        let Some(Obstacle::Reach(closest)) = far.obstacle else { continue };
        assert!(closest.last_page_lines >= before.last_page_lines && closest.pages <= before.pages, "{closest:?}");
    }
    let chinese = "symbol: A/84/1\nkind: report\ndate: 2029-12-19\nbody:\n- paragraph: The name is 潮汐.\n";
    let found = fit(&press, &prepared(chinese), &Pictures::new(), &pages(2), &|_| true).unwrap();
    assert_eq!((found.obstacle, found.before), (Some(Obstacle::Engine), None));
}

#[test]
fn a_document_is_fitted_to_its_own_number_of_pages() {
    let press = Press::new([]).unwrap();
    let mut document = prepared(&draft(5));
    let before = set(&press, &document);
    let wanted = (before - 1..=before + 1).filter(|wanted| *wanted != before);
    let reachable = wanted.filter(|wanted| {
        fit(&press, &document, &Pictures::new(), &pages(*wanted), &|_| true).unwrap().obstacle.is_none()
    });
    for wanted in reachable.collect::<Vec<_>>() {
        document.layout.pages = u16::try_from(wanted).ok();
        assert_eq!(set(&press, &document), wanted);
    }
}

#[test]
fn short_last_lines_are_saved_and_last_pages_filled() {
    let press = Press::new([]).unwrap();
    let text = "Tide tables of harbours and observations of gauges concern the islands and the main lands";
    let mut body = String::new();
    for words in 8..60 {
        let text: Vec<&str> = text.split(' ').cycle().take(words).collect();
        body += &format!("- paragraph: {}.\n", text.join(" "));
    }
    let yaml = format!("symbol: A/84/1\nkind: report\ndate: 2029-12-19\nbody:\n{body}");
    let document = prepared(&yaml);
    let found =
        fit(&press, &document, &Pictures::new(), &Goal { avoid_short_last_lines: true, ..Goal::default() }, &|_| true)
            .unwrap();
    assert!(!found.changes.is_empty());
    assert!(
        found
            .changes
            .iter()
            .all(|change| matches!(change, Change::Tracking { tracking, lines: -1, .. } if *tracking < 0.0))
    );
    let before = found.before.unwrap();
    let lines = before.last_page_lines + 3;
    let goal = Goal { last_page_lines: Some(lines), ..Goal::default() };
    let found = fit(&press, &document, &Pictures::new(), &goal, &|_| true).unwrap();
    let after = found.after.unwrap();
    assert!(found.obstacle.is_none() && after.pages <= before.pages && after.last_page_lines >= lines, "{found:?}");
}
