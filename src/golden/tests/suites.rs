//! Suites: finding, accepting, masking, tolerating, orphans.

use std::fs;

use super::{Bench, DOCUMENT, reported};
use crate::golden::{Kind, Layout, State, Suite, remove, report};
use crate::typeset::Press;

fn press() -> Press {
    Press::new([]).unwrap()
}

fn changed(bench: &Bench, from: &str, to: &str) {
    assert!(DOCUMENT.contains(from));
    bench.put("document.yaml", DOCUMENT.replace(from, to));
}

#[test]
fn a_case_is_new_then_the_same_and_only_what_differs_is_written() {
    let (press, bench) = (press(), Bench::new(DOCUMENT));
    let first = bench.outcome(&press);
    assert_eq!(first.state, State::New);
    first.accept().unwrap();
    assert_eq!(bench.outcome(&press).state, State::Same);
    assert!(!bench.outcome(&press).acceptable());
    let written = |name: &str| fs::metadata(bench.path(name)).unwrap().modified().unwrap();
    let (page, layout) = (written("ref/page-1.png"), written("ref/layout.txt"));
    changed(&bench, "Funafuti", "Tarawa");
    bench.accept(&press);
    assert_eq!(page, written("ref/page-1.png"), "page 1 is unchanged");
    assert_ne!(layout, written("ref/layout.txt"));
    assert_eq!(bench.outcome(&press).state, State::Same);
}

#[test]
fn masks_follow_what_they_are_about() {
    let (press, bench) = (press(), Bench::new(DOCUMENT));
    bench.accept(&press);
    let settings = "masks = [\"date\", \"operative paragraph 2\", \"job number\"]";
    bench.put("golden.toml", settings);
    let many = DOCUMENT
        .replace("date: 2029-12-10", "date: 2029-11-01")
        .replace("six official languages;", "six official languages of the United Nations;");
    bench.put("document.yaml", &many);
    assert_eq!(reported(&bench.outcome(&press)), "");
    bench.put("golden.toml", "");
    assert_eq!(bench.outcome(&press).state, State::Different);
    // A mask that covers nothing is reported.
    bench.put("golden.toml", "masks = [\"date\", \"operative paragraph 99\"]");
    assert_eq!(bench.check(&press, false, 1).idle_masks, ["operative paragraph 99"]);
}

#[test]
fn masks_that_cover_nothing_are_reported_for_pages_and_rectangles_too() {
    let (press, bench) = (press(), Bench::new(DOCUMENT));
    bench.put("other.yaml", DOCUMENT);
    bench.put("refused.yaml", DOCUMENT.replace("symbol:", "simbol:"));
    let settings = "masks = [\"date\", { x = 1, y = 1, width = 3, height = 3 }, { x = 5000, y = 1, width = 3, height = 3 }, \
                    { x = 5, y = 5, width = 0, height = 0 }, { page = 99, x = 1, y = 1, width = 3, height = 3 }]\n\
                    [[case]]\nmatch = \"document.yaml\"\nmasks = [\"nonsense\"]\n\
                    [[case.page]]\npage = 1\nmasks = [\"date\", { page = 2, x = 1, y = 1, width = 3, height = 3 }]\n\
                    [[case.page]]\npage = 2\nmasks = [\"date\", \"folio\", { x = 1, y = 1, width = 3, height = 3 }]\n\
                    [[case.page]]\npage = 99\nmasks = [\"folio\"]\n\
                    [[case]]\nmatch = \"refused.yaml\"\nrefused = true\n";
    bench.put("golden.toml", settings);
    let idle = [
        "date (page 2)",
        "folio (page 99)",
        "nonsense",
        "{ page = 2, x = 1, y = 1, width = 3, height = 3 } (page 1)",
        "{ page = 99, x = 1, y = 1, width = 3, height = 3 }",
        "{ x = 5, y = 5, width = 0, height = 0 }",
        "{ x = 5000, y = 1, width = 3, height = 3 }",
    ];
    assert_eq!(bench.check(&press, false, 1).idle_masks, idle);
    bench.accept(&press);
    for full in [false, true] {
        assert_eq!(bench.check(&press, full, 1).idle_masks, idle);
    }
    // Nobody knows what a document that cannot be rendered has.
    bench.put("other.yaml", DOCUMENT.replace("symbol:", "simbol:"));
    let idle = bench.check(&press, false, 1).idle_masks;
    assert!(idle.contains(&"nonsense".to_owned()) && !idle.iter().any(|mask| mask.contains("5000")), "{idle:?}");
}

#[test]
fn a_section_without_a_document_is_reported() {
    let (press, bench) = (press(), Bench::new(DOCUMENT));
    bench.accept(&press);
    bench.put("golden.toml", "[[case]]\nmatch = [\"*.yaml\", \"doucment.yaml\"]\n[[case]]\nmatch = \"letters/*\"\n");
    assert_eq!(bench.check(&press, false, 1).unmatched, ["doucment.yaml", "letters/*"]);
}

#[test]
fn a_document_that_must_be_refused_is() {
    let (press, bench) = (press(), Bench::new(DOCUMENT));
    bench.put("golden.toml", "[[case]]\nmatch = \"*.yaml\"\nrefused = true\n");
    for full in [false, true] {
        let verdict = bench.check(&press, full, 1);
        assert!(verdict.cases[0].state == State::Different && !verdict.cases[0].acceptable());
        assert!(reported(&verdict.cases[0]).contains("it has no errors"), "{}", reported(&verdict.cases[0]));
    }
    bench.put("golden.toml", "");
    bench.accept(&press);
    bench.put("golden.toml", "[[case]]\nmatch = \"*.yaml\"\nrefused = true\n");
    assert_eq!(bench.check(&press, false, 1).cases[0].state, State::Different);
    bench.put("document.yaml", DOCUMENT.replace("symbol:", "simbol:"));
    bench.accept(&press);
    assert_eq!(bench.check(&press, false, 1).cases[0].state, State::Same);
}

#[test]
fn rectangles_and_tolerances_hold_for_cases_and_pages() {
    let (press, bench) = (press(), Bench::new(DOCUMENT));
    bench.accept(&press);
    let moved = Press::with_edit("tokens.typ", "emblem: (x: 64.5pt", "emblem: (x: 64.8pt").unwrap();
    assert_eq!(bench.outcome(&moved).state, State::Different);
    let tolerant = "[[case]]\nmatch = \"*.yaml\"\n[[case.page]]\npage = 1\n\
                    masks = [{ page = 1, x = 60, y = 68, width = 66, height = 55 }]\ntolerance = { points = 0.3 }\n";
    bench.put("golden.toml", tolerant);
    assert_eq!(reported(&bench.outcome(&moved)), "");
    bench.put("golden.toml", tolerant.replace("\npage = 1\n", "\npage = 2\n"));
    assert_eq!(bench.outcome(&moved).state, State::Different);
}

#[test]
fn settings_that_are_wrong_are_reported_at_their_place() {
    let bench = Bench::new(DOCUMENT);
    bench.put("golden.toml", "masks = []\ntolerence = 1\n[images]\nppi = 0\n");
    let errors = Suite::open(bench.folder.path()).unwrap_err();
    let places: Vec<_> = errors
        .iter()
        .map(|error| {
            let place = error.place.as_ref().unwrap();
            (error.code, place.source.line_column(place.span.start).0)
        })
        .collect();
    assert_eq!(places, [("golden-settings", 2), ("golden-settings", 4)]);
    assert!(errors[0].message.contains("“tolerence”"), "{}", errors[0]);
    assert_eq!(errors[0].hint.as_deref(), Some("did you mean “tolerance”?"));
    for (wrong, said) in [
        ("images = { ppi = 0 }", "“images.ppi” must be a number from 18 to 300"),
        ("tolerance = { points = -1 }", "“tolerance.points” must be a number from 0"),
        ("tolerance = { words = nan }", "“tolerance.words” must be a number from 0"),
        ("tolerance = { share = 2 }", "“tolerance.share” must be a number from 0 to 1"),
        ("tolerance = { delta = 256 }", "“tolerance.delta” must be a whole number from 0 to 255"),
        ("[[case]]\nmatch = \"*\"\n[[case.page]]\npage = 0", "“case.page.page” must be a whole number from 1"),
        ("[[case]]\nmasks = []", "the case has no “match”"),
        ("exclude = [\"a[b\"]", "a[b"),
        ("[[case]]\nmatch = \"a[b\"", "a[b"),
        ("[[case]]\nmatch = \"*\"\nmasks = [{ x = 1, y = 1, height = 1 }]", "the mask has no “width”"),
        ("tolerance = [", "unclosed array"),
    ] {
        bench.put("golden.toml", format!("masks = []\n{wrong}\n"));
        let error = Suite::open(bench.folder.path()).unwrap_err().remove(0);
        let place = error.place.as_ref().unwrap();
        assert!(error.message.contains(said) && place.span.start > 10, "{wrong}: {error}");
    }
}

#[test]
fn references_without_a_document_are_reported() {
    let (press, bench) = (press(), Bench::new(DOCUMENT));
    bench.accept(&press);
    bench.put("ref/page-9.png", "");
    bench.put("letters/old.yaml.ref/layout.txt", "");
    let orphans = bench.check(&press, false, 1).orphans;
    let names: Vec<_> = orphans.iter().map(|path| path.file_name().unwrap().to_string_lossy()).collect();
    assert_eq!(names, ["old.yaml.ref", "page-9.png"]);
}

#[test]
fn references_of_a_document_that_is_not_a_case_are_not_orphaned() {
    let (press, bench) = (press(), Bench::new(DOCUMENT));
    bench.accept(&press);
    let suite = || Suite::open(bench.folder.path()).unwrap();
    bench.put("golden.toml", "exclude = [\"*.yaml\"]");
    assert!(suite().cases().is_empty() && suite().orphans().is_empty());
    assert!(suite().reads().iter().any(|path| path.ends_with("ref/pdf.json")));
    // A file that says nothing any more is no document.
    bench.put("golden.toml", "");
    bench.put("document.yaml", "");
    assert_eq!(suite().orphans().len(), 1);
    fs::remove_file(bench.path("document.yaml")).unwrap();
    bench.put("document.pdf", "");
    for settings in ["", "exclude = [\"*.yaml\"]"] {
        bench.put("golden.toml", settings);
        assert_eq!(suite().orphans().len(), 1);
    }
}

#[test]
fn a_file_is_a_case_by_its_content() {
    let bench = Bench::new(DOCUMENT);
    let names = || -> Vec<String> {
        Suite::open(bench.folder.path()).unwrap().cases().iter().map(|case| case.name.clone()).collect()
    };
    bench.put("README.md", "# Drafts\n\nThey are drafts.\n");
    assert_eq!(names(), ["document.yaml"]);
    bench.put("README.md", "---\nsymbol: A/84/L.1\nkind: letter\n---\n\nText.\n");
    assert_eq!(names(), ["README.md", "document.yaml"]);
}

#[test]
fn files_of_the_user_are_left_alone() {
    let (press, bench) = (press(), Bench::new(DOCUMENT));
    bench.put("ref/notes.txt", "mine");
    bench.put("books/ref/page-1.png", "mine");
    bench.put("letters/old.yaml.ref/mine.txt", "mine");
    assert_eq!(bench.outcome(&press).state, State::New);
    bench.accept(&press);
    assert!(bench.check(&press, false, 1).passed());
    for name in ["layout.txt", "page-2.png", "page-02.png"] {
        bench.put(&format!("letters/old.yaml.ref/{name}"), "");
    }
    let orphans = Suite::open(bench.folder.path()).unwrap().orphans();
    assert_eq!(orphans.len(), 1, "{orphans:?}");
    remove(&orphans[0]).unwrap();
    assert!(bench.check(&press, false, 1).orphans.is_empty());
    for name in ["ref/notes.txt", "books/ref/page-1.png", "letters/old.yaml.ref/mine.txt"] {
        assert_eq!(bench.text(name), "mine");
    }
    assert!(bench.path("letters/old.yaml.ref/page-02.png").exists());
    assert!(!bench.path("letters/old.yaml.ref/page-2.png").exists());
}

#[test]
fn refused_documents_are_cases_if_settings_expect_it() {
    let (press, bench) = (press(), Bench::new("symbol: A/84/L.1\nkind: draft-resolution\ntitel: x\n"));
    assert_eq!(bench.outcome(&press).state, State::Refused);
    assert!(!bench.outcome(&press).acceptable());
    bench.put("golden.toml", "[[case]]\nmatch = \"document.yaml\"\nrefused = true\n");
    bench.accept(&press);
    assert_eq!(bench.outcome(&press).state, State::Same);
    bench.put("document.yaml", "symbol: A/84/L.1\nkind: draft-resolution\nsessoin: 84\n");
    let outcome = bench.outcome(&press);
    assert_eq!((outcome.state, outcome.differences[0].kind), (State::Different, Kind::Findings));
}

#[test]
fn damaged_references_are_reported() {
    let (press, bench) = (press(), Bench::new(DOCUMENT));
    bench.accept(&press);
    bench.put("ref/layout.txt", "masthead layout 1\npage 1: 612 x 792\nno line\n");
    changed(&bench, "Funafuti", "Tarawa");
    let outcome = bench.outcome(&press);
    assert_eq!(outcome.state, State::Broken);
    assert!(outcome.message.contains("line 3 is not a line of a layout"), "{}", outcome.message);
    assert!(outcome.message.contains("or accept the case again"), "{}", outcome.message);
    bench.accept(&press);
    assert_eq!(bench.outcome(&press).state, State::Same);
    bench.put("ref/prepared.json", "{");
    assert_eq!(bench.outcome(&press).state, State::Broken);
    bench.accept(&press);
    fs::remove_file(bench.path("ref/prepared.json")).unwrap();
    assert_eq!(bench.outcome(&press).state, State::Broken);
    bench.accept(&press);
    assert_eq!(bench.outcome(&press).state, State::Same);
}

#[test]
fn a_damaged_image_is_reported_by_name() {
    let (press, bench) = (press(), Bench::new(DOCUMENT));
    bench.accept(&press);
    let image = fs::read(bench.path("ref/page-2.png")).unwrap();
    bench.put("ref/page-2.png", &image[..500]);
    let outcome = bench.check(&press, true, 1).cases.remove(0);
    assert_eq!(outcome.state, State::Broken);
    assert!(outcome.message.contains("page-2.png: "), "{}", outcome.message);
    changed(&bench, "Funafuti", "Tarawa");
    let outcome = bench.outcome(&press);
    assert!(outcome.message.contains("page-2.png: "), "{}", outcome.message);
    assert!(outcome.message.contains("or accept the case again"), "{}", outcome.message);
    bench.accept(&press);
    assert_eq!(bench.check(&press, true, 1).cases[0].state, State::Same);
}

#[test]
fn missing_references_are_reported() {
    let (press, bench) = (press(), Bench::new(DOCUMENT));
    bench.accept(&press);
    fs::remove_file(bench.path("ref/page-1.png")).unwrap();
    let outcome = bench.outcome(&press);
    assert_eq!(outcome.state, State::Different);
    assert_eq!(reported(&outcome), "    Pixels page 1: page-1.png is missing\n");
    bench.accept(&press);
    fs::remove_file(bench.path("ref/layout.txt")).unwrap();
    let verdict = bench.check(&press, false, 1);
    assert_eq!((verdict.cases[0].state, verdict.orphans.len()), (State::Broken, 0));
    bench.put("ref/layout.txt", "foo");
    let verdict = bench.check(&press, false, 1);
    assert_eq!((verdict.cases[0].state, verdict.orphans.len()), (State::Broken, 0));
    bench.accept(&press);
    assert!(bench.check(&press, false, 1).passed());
}

#[test]
fn a_layout_reads_back_as_it_was_written() {
    let bench = Bench::new(&DOCUMENT.replace("Kiribati", "\"\\\"Kiri\\\\bati | [x]\\\"\""));
    bench.accept(&press());
    let text = bench.text("ref/layout.txt");
    let layout: Layout = text.parse().unwrap();
    assert_eq!(layout.to_text(), text);
    assert_eq!(layout.pages.len(), 3);
}

#[test]
fn reports_contain_everything() {
    let (press, bench) = (press(), Bench::new(DOCUMENT));
    bench.accept(&press);
    changed(&bench, "Funafuti", "</script>&<b>");
    bench.put("new.yaml", DOCUMENT);
    let verdict = bench.check(&press, false, 2);
    let html = report::html(&verdict, "Test").unwrap();
    assert!(html.contains("data:image/png;base64,") && !html.contains("</script>&<b>"));
    assert_eq!(html.matches("</script>").count(), 2);
    let junit = report::junit(&verdict).unwrap();
    let xml = roxmltree::Document::parse(&junit).unwrap();
    let count = |name: &str| xml.descendants().filter(|node| node.has_tag_name(name)).count();
    assert_eq!((count("testcase"), count("failure")), (2, 2));
    let json: serde_json::Value = serde_json::from_str(&report::json(&verdict).unwrap()).unwrap();
    assert_eq!((&json["different"], &json["new"], &json["well"]), (&1.into(), &1.into(), &false.into()));
    assert_eq!(json["cases"][0]["differences"][0]["kind"], "words");
}
