//! The rules of the page, in the plan.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use super::{Place, Plan, Unreached, plan};
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
        assert!(matches!(begins(0), Some((Place::Inside { gap }, 0.0)) if gap > 10.0));
        assert!(matches!(begins(1), Some((Place::Inside { gap }, 0.0)) if gap > 10.0));
        assert!(matches!(begins(2), Some((Place::Apart { .. }, 47.55))));
        // A number without room stands above the heading.
        assert!(begins(3).is_none() && plan.items[plan.opening + 3].lines.len() == 2);
    });
    with_plan(&yaml.replace("LANG", "zh"), |plan| {
        // In Chinese, stops are two characters apart.
        let heading = &plan.items[plan.opening + 2];
        assert!((heading.turnover - 42.4).abs() < 1e-9, "{}", heading.turnover);
        let Some(Place::Inside { gap }) = plan.items[plan.opening].label.as_ref().map(|label| label.place) else {
            panic!("no label");
        };
        // From 21.2, a figure and a full stop take 7.9 of them.
        assert!((gap - 13.3).abs() < 0.3, "{gap}");
    });
}

#[test]
fn short_paragraphs_with_notes_are_whole_where_the_engine_ends_pages() {
    let yaml = "symbol: A/84/1\nkind: report\ndate: 2029-12-19\nbody:\n- paragraph: 'Tides[^1]'\n\
                - figure: {image: a.svg, description: A}\n- paragraph: 'Gauges[^2]'\n- paragraph: Tides\nfootnotes: {'1': A, '2': B}\n";
    with_plan(yaml, |plan| {
        let whole: Vec<bool> = plan.items[plan.opening..].iter().map(|item| item.design.whole).collect();
        assert_eq!(whole, [false, false, true, false]);
        assert!(plan.ends.as_ref().is_some_and(|ends| !ends.complete) && plan.closing_rule.room);
    });
}

/// Returns a report of one paragraph with a number of words, and with adjustments of it and of the document.
fn report(words: usize, header: &str, own: &str) -> String {
    let text =
        ["the", "tide", "tables", "of", "harbours"].iter().cycle().take(words).copied().collect::<Vec<_>>().join(" ");
    format!(
        "symbol: A/84/1\nkind: report\ndate: 2029-12-19\nsession: 84\nagenda_item: '18'\nagenda_title: Tides and shores\n\
         title: Tides of the world\nlayout: {{{header}}}\nbody:\n- paragraph: {{text: {text}, layout: {{{own}}}}}\n- paragraph: Shores\n"
    )
}

#[test]
fn tracking_pitch_and_lines_of_a_block_are_in_the_plan() {
    let look = |header: &str, own: &str| {
        let mut found = None;
        with_plan(&report(60, header, own), |plan| {
            let [item, other] = &plan.items[plan.opening..] else { return };
            found = Some((item.fit, other.fit, item.lines.len(), plan.unreached.clone(), item.page, item.design));
        });
        found.unwrap()
    };
    let (fit, other, usual, ..) = look("", "");
    assert_eq!((fit.tracking, fit.pitch, other.tracking), (0.0, None, 0.0));
    let (fit, other, ..) = look("tracking: 0.05, pitch: 11.8", "tracking: -0.1");
    assert_eq!((fit.tracking, fit.pitch, other.tracking, other.pitch), (-0.1, Some(11.8), 0.05, Some(11.8)));
    let mut reached = 0;
    for words in 40..70 {
        for more in [-1_i32, 1] {
            with_plan(&report(words, "", ""), |plan| {
                let wanted = plan.items[plan.opening].lines.len().saturating_add_signed(more as isize);
                with_plan(&report(words, "", &format!("lines: {wanted}")), |plan| {
                    let item = &plan.items[plan.opening];
                    if plan.unreached.is_empty() {
                        assert_eq!(item.lines.len(), wanted);
                        assert!(item.fit.tracking.signum() == f64::from(more) && item.fit.tracking.abs() < 0.21);
                        reached += 1;
                    }
                });
            });
        }
    }
    assert!(reached > 8, "{reached}");
    let (fit, _, lines, unreached, ..) = look("", &format!("lines: {}", usual + 5));
    assert_eq!((fit.tracking, lines), (0.0, usual));
    assert_eq!(unreached, [Unreached { block: 0, wanted: usual + 5, lines: Some(usual) }]);
    // Page 1 begins with the first block as it is.
    let (.., page, design) = look("", "page_break: before, keep: with-next");
    assert_eq!((page, design.next, design.whole), (false, true, false));
}

#[test]
fn lines_are_ended_as_they_are_given() {
    let header = "session_lines: [Eighty-fourth, session, Agenda item 18, Tides, and shores], title_lines: [Tides, of the world]";
    with_plan(&report(60, header, "line_ends: [3, 4]"), |plan| {
        let words = |lines: &[super::Line]| lines.iter().map(super::Line::words).collect::<Vec<_>>();
        let session: Vec<Vec<String>> = plan.session.iter().flatten().map(|item| words(&item.lines)).collect();
        assert_eq!(session, [vec!["Eighty-fourth", "session"], vec!["Agenda item 18"], vec!["Tides", "and shores"]]);
        assert_eq!(words(&plan.items[0].lines), ["Tides", "of the world"]);
        let lines = words(&plan.items[plan.opening].lines);
        assert_eq!(lines[..2], ["the tide tables", "of harbours the tide"]);
        assert!(lines.len() > 3 && plan.ends.is_some());
    });
}

#[test]
fn editions_have_their_columns_and_heads() {
    for (edition, top, width) in [("2023", 82.34, 365.3), ("2025", 84.5, 365.3), ("adopted-2025", 86.42, 365.55)] {
        with_plan(&report(60, &format!("edition: {edition}"), ""), |plan| {
            assert!((plan.top + 9.6 - top).abs() < 0.001 && (plan.column.width - width).abs() < 0.001, "{edition}");
        });
    }
}

#[test]
fn a_lowered_foot_takes_more_lines_and_no_frame() {
    let pages = |foot: &str| {
        let mut found = 0;
        let body: String = (0..20).map(|index| format!("- paragraph: Tides {index}\n")).collect();
        let yaml = format!("symbol: A/84/1\nkind: report\ndate: 2029-12-19\nlayout: {{{foot}}}\nbody:\n{body}{body}");
        with_plan(&yaml, |plan| found = plan.ends.as_ref().unwrap().starts[0]);
        found
    };
    let [usual, lower, lowest, higher] =
        ["", "first_page_foot: 79.2", "first_page_foot: 57.6", "first_page_foot: 100.8"].map(pages);
    assert!(higher < usual && usual <= lower && lower < lowest, "{higher} {usual} {lower} {lowest}");
}

#[test]
fn lines_of_chinese_and_arabic_are_adjusted_as_others_are() {
    let texts = [
        ("zh", "各港潮汐表载有潮高和潮时，", 6, "各港潮汐表载"),
        ("ar", "تحدد جداول المد والجزر أوقات المياه العالية ", 3, "تحدد جداول المد"),
    ];
    for (language, words, count, first) in texts {
        let report = |times: usize, layout: &str| {
            let text = words.repeat(times);
            format!(
                "symbol: A/84/1\nkind: report\nlanguage: {language}\ndate: 2029-12-19\nbody:\n\
                 - paragraph: {{text: '{}', layout: {{{layout}}}}}\n",
                text.trim_end()
            )
        };
        let mut reached = 0;
        for times in 5..40 {
            with_plan(&report(times, "page_break: before"), |plan| {
                let usual = plan.items[plan.opening].lines.len();
                for wanted in [usual - 1, usual + 1] {
                    with_plan(&report(times, &format!("lines: {wanted}")), |plan| {
                        let item = &plan.items[plan.opening];
                        assert!(item.composed, "{language}");
                        reached += usize::from(plan.unreached.is_empty() && item.lines.len() == wanted);
                    });
                }
            });
        }
        assert!(reached > 4, "{language}: {reached}");
        with_plan(&report(6, &format!("line_ends: [{count}]")), |plan| {
            assert_eq!(plan.items[plan.opening].lines[0].words(), first);
        });
    }
}
