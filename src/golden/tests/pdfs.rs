//! Two PDFs of other programs: pairs of pages, and text at an angle.

use crate::golden::{Compared, Foreign, Kind, Level, Rules, Tolerance, compare_pdfs};
use crate::pdf::crafted::{of_contents, text};

const PPI: f64 = 48.0;

/// A page with unique words: thirty lines of five words.
fn page(name: &str) -> Vec<String> {
    (0..30).map(|line| (0..5).map(|word| format!("{name}{line}x{word} ")).collect()).collect()
}

fn compared(before: &[u8], after: &[u8], file: bool) -> Compared {
    let read = |bytes: &[u8]| Foreign::read(bytes, PPI, |_| {}).unwrap();
    let rules = Rules::of(Tolerance { points: Some(0.5), file: Some(file), ..Tolerance::default() });
    compare_pdfs(&read(before), &read(after), &rules, PPI).unwrap()
}

fn pairs(compared: &Compared) -> Vec<(Option<usize>, Option<usize>)> {
    compared.scores.iter().map(|score| (score.before, score.after)).collect()
}

fn five() -> Vec<Vec<String>> {
    ["ash", "birch", "cedar", "date", "elm"].map(page).to_vec()
}

#[test]
fn an_inserted_page_leaves_the_scores_of_what_follows() {
    let mut more = five();
    more.insert(1, page("new"));
    let (before, after) = (text(&five()), text(&more));
    let inserted = compared(&before, &after, false);
    assert_eq!(pairs(&inserted)[1..3], [(None, Some(2)), (Some(2), Some(3))]);
    assert_eq!((inserted.added, inserted.removed), (1, 0));
    let scores: Vec<f64> = inserted.scores.iter().map(|score| score.score).collect();
    assert_eq!(scores, [100.0, 0.0, 100.0, 100.0, 100.0, 100.0]);
    let reported: Vec<String> = inserted.differences.iter().map(ToString::to_string).collect();
    assert!(reported.iter().any(|line| line == "page 2: is new"), "{reported:?}");
    // Parts that only have another page number did not move.
    assert!(inserted.differences.iter().all(|it| !matches!(it.kind, Kind::OtherPage | Kind::Moved)), "{reported:?}");
    let removed = compared(&after, &before, false);
    assert_eq!((removed.added, removed.removed), (0, 1));
    assert_eq!(removed.scores[1].before, Some(2));
    assert!(removed.score > 80.0);
}

#[test]
fn pages_are_paired_though_they_changed_or_moved() {
    // The first is removed, the third has another line, the last comes first.
    let mut other = vec![page("elm"), page("birch"), page("cedar"), page("date")];
    other[2][4] = "another line".into();
    let found = compared(&text(&five()), &text(&other), false);
    let expected = [(Some(5), Some(1)), (Some(1), None), (Some(2), Some(2)), (Some(3), Some(3)), (Some(4), Some(4))];
    let mut pairs = pairs(&found);
    pairs.sort();
    let mut sorted = expected;
    sorted.sort();
    assert_eq!(pairs, sorted);
    assert!(
        found.scores.iter().filter(|score| score.before.is_some() && score.after.is_some()).all(|it| it.score > 90.0)
    );
    // A rewritten page is still the same page.
    let mut rewritten = five();
    rewritten[2] = page("fir");
    let found = compared(&text(&five()), &text(&rewritten), false);
    assert_eq!((found.added, found.removed, found.scores[2].text), (0, 0, 0.0));
}

#[test]
fn pages_without_words_are_paired_by_their_ink() {
    let area = |n: usize, seed: usize| format!("{} {} 40 9 re f\n", (n * seed * 37) % 500, (n * seed * 91) % 700);
    let scan = |seed: usize| (0..60).map(|n| area(n, seed)).collect::<String>();
    let (a, b, c, d) = (scan(3), scan(7), scan(11), scan(13));
    let found = compared(&of_contents(&[a.clone(), b.clone(), c.clone()]), &of_contents(&[a, d, b, c]), false);
    assert_eq!(pairs(&found)[2..], [(Some(2), Some(3)), (Some(3), Some(4))]);
}

#[test]
fn text_side_by_side_is_not_one_part() {
    let words = |date: &str, last: &str| {
        let lines = [
            (72, 700, "General Assembly"),
            (400, 702, "Distr.: Limited"),
            (72, 686, "Ninety-first session"),
            (400, 689, date),
            (72, 672, "Agenda item 7"),
            (400, 676, "Original: English"),
            (72, 600, "12."),
            (140, 600, "Requests the tide tables of all harbours to be"),
            (72, 586, last),
        ];
        let text = |(x, y, text): (i32, i32, &str)| format!("BT /F 11 Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET\n");
        of_contents(&[lines.map(text).concat()])
    };
    let before = words("3 May 2041", "printed every year.");
    let changed = [
        (words("4 May 2041", "printed every year."), "text “Distr.: Limited”"),
        (words("3 May 2041", "printed each year."), "paragraph 12"),
    ];
    for (after, part) in changed {
        let found = compared(&before, &after, false);
        let texts = found.differences.iter().filter(|it| it.level == Level::Text);
        let parts: Vec<&str> = texts.map(|it| &*it.part).collect();
        assert_eq!(parts, [part], "{:?}", found.differences);
    }
}

#[test]
fn text_at_an_angle_is_not_part_of_lines() {
    let lines: String = page("ash")
        .iter()
        .enumerate()
        .map(|(index, line)| format!("BT /F 11 Tf 1 0 0 1 72 {} Tm ({line}) Tj ET\n", 700 - 16 * index))
        .collect();
    let marked = |angle: f64| {
        let (sin, cos) = angle.to_radians().sin_cos();
        format!("{lines}BT /F 60 Tf {cos:.4} {sin:.4} {:.4} {cos:.4} 150 300 Tm (DRAFT COPY) Tj ET\n", -sin)
    };
    let plain = of_contents(std::slice::from_ref(&lines));
    for angle in [45.0, 90.0, -30.0] {
        let found = compared(&plain, &of_contents(&[marked(angle)]), false);
        let reported: Vec<String> =
            found.differences.iter().filter(|it| it.level == Level::Text).map(ToString::to_string).collect();
        assert_eq!(reported.len(), 1, "{reported:?}");
        assert!(reported[0].starts_with(&format!("text at {angle:.0}°: “DRAFT COPY”")), "{reported:?}");
        assert!(found.scores[0].text > 97.0, "{}", found.scores[0].text);
    }
}

#[test]
fn bytes_count_only_if_they_are_asked_for() {
    let one = text(&five());
    let other = [&one[..], b"% a comment\n"].concat();
    let looks = compared(&one, &other, false);
    assert!(looks.differences.is_empty() && !looks.same_bytes);
    let bytes = compared(&one, &other, true);
    assert_eq!(bytes.differences.iter().map(|it| it.kind).collect::<Vec<_>>(), [Kind::Bytes]);
}

#[test]
fn tolerances_are_numbers_from_0() {
    let file = text(&[page("ash")]);
    let read = || Foreign::read(&file, PPI, |_| {}).unwrap();
    let tolerances = [
        ("points", Tolerance { points: Some(-1.0), ..Tolerance::default() }),
        ("points", Tolerance { points: Some(f64::NAN), ..Tolerance::default() }),
        ("words", Tolerance { words: Some(-0.5), ..Tolerance::default() }),
        ("share", Tolerance { share: Some(1.5), ..Tolerance::default() }),
    ];
    for (name, tolerance) in tolerances {
        let error = compare_pdfs(&read(), &read(), &Rules::of(tolerance), PPI).err().unwrap().to_string();
        assert!(error.starts_with(&format!("“{name}” must be a number from 0")), "{error}");
    }
}
