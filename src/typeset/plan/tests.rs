//! The rules of the page, in the plan.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use super::{Place, Plan, plan};
use crate::diagnostic::Source;
use crate::prepare::prepare;
use crate::read::{Format, read};
use crate::typeset::{Lines, Press};

fn with_plan(yaml: &str, look: impl FnOnce(&Plan)) {
    let measures = Press::measures_alone().unwrap();
    let prepared = prepare(&read(&Source::new("plan.yaml", yaml), Format::Yaml).unwrap().document).unwrap();
    look(&plan(&prepared, &measures, &BTreeSet::new(), Lines::Official, true));
}

#[test]
fn of_two_gaps_the_larger_counts() {
    let yaml = "symbol: A/RES/84/1\nkind: resolution\ndate: 2029-12-19\nadopted: 2029-12-19\nnumber: 84/1\n\
                title: Tides\nmeeting: 51st plenary meeting\nbody:\n- preambular: Tides\n- preambular: Tides\n\
                - heading: {level: 1, text: T}\n- heading: {level: 3, text: T}\n- operative: {text: 'T:', items: [T]}\n\
                - signature: {text: S}\n- annex: {title: T, body: [heading: {level: 2, text: T}, paragraph: T]}\n";
    with_plan(yaml, |plan| {
        let body = &plan.items[plan.opening..];
        let gaps: Vec<f64> = body.iter().map(|item| item.gap).collect();
        // Title to body; paragraphs; headings; item; signature; closing lines; annex, its title, heading, text.
        assert_eq!(gaps, [12.0, 6.0, 18.0, 12.0, 6.0, 6.0, 18.0, 12.0, 18.0, 12.0, 12.0, 12.0]);
        let next = |stays: bool| body.iter().filter(|item| item.design.next == stays).count();
        assert_eq!((next(true), next(false)), (6, 6));
        assert_eq!(body.iter().filter(|item| item.page).count(), 1);
    });
}

#[test]
fn labels_move_texts_to_the_next_tab_stop() {
    let yaml = "symbol: A/84/1\nkind: report\nlanguage: LANG\ndate: 2029-12-19\nbody:\n\
                - operative: {number: '1.', text: T}\n- operative: {number: (xxviii), text: T}\n\
                - heading: {level: 1, number: VIII, text: T}\n- heading: {level: 1, number: WWWWWWWWWWWWWW, text: T}\n";
    with_plan(&yaml.replace("LANG", "en"), |plan| {
        let begins = |index: usize| {
            let item = &plan.items[plan.opening + index];
            item.label.as_ref().map(|label| (label.place, item.turnover))
        };
        assert!(matches!(begins(0), Some((Place::Inside { text: 47.55, gap: Some(gap) }, 0.0)) if gap > 10.0));
        assert!(matches!(begins(1), Some((Place::Inside { text: 47.55, gap: Some(gap) }, 0.0)) if gap > 10.0));
        assert!(matches!(begins(2), Some((Place::Apart { known: true, .. }, 47.55))));
        // A number without room stands above the heading.
        assert!(begins(3).is_none() && plan.items[plan.opening + 3].lines.len() == 2);
    });
    with_plan(&yaml.replace("LANG", "zh"), |plan| {
        let known = plan.items.iter().filter_map(|item| item.label.as_ref()).filter(|label| match label.place {
            Place::Inside { gap, .. } => gap.is_some(),
            Place::Apart { known, .. } => known,
        });
        assert_eq!(known.count(), 0, "only the engine knows their widths");
    });
}

#[test]
fn short_paragraphs_with_notes_are_whole_where_the_engine_ends_pages() {
    let yaml = "symbol: A/84/1\nkind: report\ndate: 2029-12-19\nbody:\n- paragraph: 'Tides[^1]'\n\
                - table: {rows: [[A]]}\n- paragraph: 'Gauges[^2]'\n- paragraph: Tides\nfootnotes: {'1': A, '2': B}\n";
    with_plan(yaml, |plan| {
        let whole: Vec<bool> = plan.items[plan.opening..].iter().map(|item| item.design.whole).collect();
        assert_eq!(whole, [false, false, true, false]);
        assert!(plan.ends.as_ref().is_some_and(|ends| !ends.complete) && plan.closing_rule.room);
    });
}
