//! Renders invented documents with adjustments, and reads these back from the pages into the documents without them.

use super::{Matching, matched};
use crate::copyfit::adjustments::{clear, each};
use crate::copyfit::written;
use crate::diagnostic::Source;
use crate::golden::layout::Page;
use crate::golden::{Layout, read_layout};
use crate::model::{Adjustment, Document, Path};
use crate::read::{Format, Reading, read};
use crate::typeset::tests::draft;
use crate::{Job, Press, Profile, render};

fn reading(yaml: &str) -> Reading {
    read(&Source::new("draft.yaml", yaml), Format::Yaml).unwrap()
}

/// Renders a document and reads the layout of its PDF.
fn pages(press: &Press, document: &Document) -> Layout {
    let source = Source::new("adjusted.json", crate::write(document, Format::Json).unwrap());
    let rendition = render(press, &Job::new(&source, Format::Json)).unwrap();
    read_layout(&rendition.pdf(Profile::Archive).unwrap(), |_| {}).unwrap()
}

/// Matches a document without its adjustments to its pages with them.
fn matching(press: &Press, adjusted: &Document, facsimile: bool) -> Matching {
    let mut bare = adjusted.clone();
    clear(&mut bare);
    matched(press, &bare, &pages(press, adjusted), facsimile).unwrap()
}

fn adjustments(document: &Document) -> Vec<(Path, Adjustment)> {
    let mut list = Vec::new();
    each(&mut document.clone(), &mut |path, layout| {
        if !layout.is_empty() {
            list.push((path.clone(), layout.clone()));
        }
    });
    list
}

const WORDS: &str = "the tide tables of harbours and the observations of their gauges in concern for all shores";

/// Returns a resolution of several pages, with adjustments of the header and of single paragraphs.
fn resolution(header: &str, paragraph: impl Fn(usize) -> &'static str) -> Document {
    let mut yaml = format!(
        "symbol: A/84/L.7\nkind: draft-resolution\ndate: 2029-12-19\nsession: 84\nagenda_item: '18'\n\
         agenda_title: Tides and shores of the world and the observation of their harbours and gauges\n\
         sponsors: [Kiribati]\ntitle: Tide tables\n{header}body:\n- enacting: '*The General Assembly*,'\n"
    );
    for index in 0..24 {
        let text = [WORDS; 5][..2 + index % 4].join(", ");
        yaml += &format!("- operative: {{text: 'Requests {index} {text} {}',{}}}\n", &WORDS[index..], paragraph(index));
    }
    reading(&yaml).document
}

#[test]
fn adjustments_are_recovered() {
    let press = Press::new([]).unwrap();
    let header = "layout:\n  edition: adopted-2025\n  masthead: -9.5\n  opening_above: [4.4, -2]\n  session_tracking: [0, 0, -0.15]\n  opening_tracking: [0, 0.1]\n  session_lines:\n\
                  \x20 - Eighty-fourth session\n  - Agenda item 18\n  - Tides and shores of the\n\
                  \x20 - world and the observation of their harbours\n  - and gauges\n";
    let adjusted = resolution(header, |index| match index {
        3 => " layout: {tracking: -0.1}",
        5 => " layout: {pitch: 11.5}",
        8 => " layout: {tracking: 0.15}",
        9 => " layout: {above: 12}",
        12 => " layout: {tracking: -0.2}",
        15 => " layout: {page_break: before}",
        _ => "",
    });
    let found = matching(&press, &adjusted, false);
    assert_eq!(found.layout, adjusted.layout);
    assert_eq!(adjustments(&found.document), adjustments(&adjusted));
    assert_eq!(found.unexplained, []);
    assert!(found.is_whole() && found.only_here.is_empty() && found.only_there.is_empty(), "{}", found.to_text());
}

#[test]
fn an_unadjusted_document_needs_no_adjustments() {
    let press = Press::new([]).unwrap();
    for seed in 1..6 {
        let plain = reading(&draft(seed)).document;
        let found = matching(&press, &plain, true);
        assert_eq!((found.layout.clone(), found.adjusted.clone()), Default::default(), "{}", found.to_text());
        assert!(found.is_whole(), "{}", found.to_text());
    }
}

#[test]
fn words_of_a_table_are_not_missing() {
    let rows: String = (1..90).map(|row| format!("    - [Gauge {row}, {}]\n", row * 7)).collect();
    let table = format!("- table:\n    title: Gauges\n    header: [[Harbour, Height]]\n    rows:\n{rows}");
    let yaml = format!(
        "symbol: A/84/7\nkind: report\ndate: 2029-12-19\ntitle: Tide tables\nbody:\n- numbered: '{WORDS}.'\n{table}\
         - numbered: '{WORDS}.'\n"
    );
    let found = matching(&Press::new([]).unwrap(), &reading(&yaml).document, false);
    assert_eq!(found.only_there, Vec::<String>::new());
    assert!(found.agreement.original_pages > 2, "{}", found.to_text());
}

#[test]
fn random_adjustments_give_the_same_lines_and_pages() {
    let press = Press::new([]).unwrap();
    for seed in 1..9 {
        let mut adjusted = reading(&draft(seed)).document;
        let mut state = seed * 7919;
        let mut next = |below: usize| {
            state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
            (state >> 8) % below
        };
        each(&mut adjusted, &mut |_, layout| match next(6) {
            0 => layout.tracking = Some([-0.2, -0.15, -0.1, 0.1][next(4)]),
            1 if next(5) == 0 => layout.above = Some(6.0),
            _ => {}
        });
        adjusted.layout.first_page_foot = [None, Some(72.0), Some(57.6)][next(3)];
        let found = matching(&press, &adjusted, true);
        assert!(found.is_whole(), "{seed}: {}", found.to_text());
        let (again, pages) = (pages(&press, &found.document), pages(&press, &adjusted));
        let lines = |layout: &Layout| {
            let of_page = |page: &Page| page.lines.iter().map(|line| line.text()).collect::<Vec<_>>();
            layout.pages.iter().map(of_page).collect::<Vec<_>>()
        };
        assert_eq!(lines(&again), lines(&pages), "{seed}");
    }
}

#[test]
fn unexplained_line_ends_are_forced_word_by_word() {
    let press = Press::new([]).unwrap();
    let adjusted = resolution("", |index| if index == 4 { " layout: {line_ends: [7, 14]}" } else { "" });
    let plain = matching(&press, &adjusted, false);
    assert!(!plain.is_whole() && plain.to_text().contains("--facsimile"), "{}", plain.to_text());
    let found = matching(&press, &adjusted, true);
    assert!(found.is_whole(), "{}", found.to_text());
    let [Some(first), Some(second)] = [0, 1].map(|line| found.adjusted[0].layout.line_ends.get(line)) else { panic!() };
    assert_eq!((*first, *second), (7, 14));
}

#[test]
fn other_originals_are_refused() {
    let press = Press::new([]).unwrap();
    let document = resolution("", |_| "");
    let refused = |layout: &Layout| matched(&press, &document, layout, false).unwrap_err().to_string();
    let other = pages(
        &press,
        &reading("symbol: A/84/L.9\nkind: draft-resolution\ndate: 2029-12-19\nbody: [paragraph: Other words.]\n")
            .document,
    );
    assert!(refused(&other).starts_with("it is another document"), "{}", refused(&other));
    let mut scan = other.clone();
    scan.pages.iter_mut().for_each(|page| page.lines.clear());
    assert!(refused(&scan).contains("it is a scan"), "{}", refused(&scan));
    let mut geneva = other;
    geneva.pages.iter_mut().for_each(|page| (page.width, page.height) = (595.0, 842.0));
    assert!(refused(&geneva).contains("595 × 842"), "{}", refused(&geneva));
    assert!(read_layout(b"no PDF", |_| {}).is_err());
}

/// Adjustments are written into every form of source, read back, and taken out again.
#[test]
fn sources_of_every_form_take_adjustments() {
    let yaml = "# A comment.\nsymbol: A/84/L.7\nkind: draft-resolution\ntitle: Tides\nbody:\n- enacting: '*The Assembly*,'\n\
                - preambular: >-\n    Noting tides\n    and shores,\n- operative: \"Requests\n    all: \"\n\
                - operative:\n    text: Decides\n    items:\n    - one;\n    - text: two;\n      items: ['three;', \"four.\"]\n\
                - {paragraph: {text: Flow, items: [a]}}\n- heading: {level: 2, text: Head}\n\
                - annex:\n    title: Annex\n    body:\n    - paragraph: |\n        In an annex.\n    - signature: {text: A, lines: [B]}\n";
    let plain = reading(yaml);
    for format in [Format::Yaml, Format::Json, Format::Markdown, Format::Xml] {
        let text =
            if format == Format::Yaml { yaml.to_owned() } else { crate::write(&plain.document, format).unwrap() };
        let before = read(&Source::new("draft", text), format).unwrap();
        let mut wanted = before.document.clone();
        wanted.layout.tracking = Some(0.05);
        wanted.layout.title_lines = vec!["Tides".into()];
        let mut count = 0.0;
        each(&mut wanted, &mut |_, layout| {
            count += 1.0;
            layout.tracking = Some(count / -100.0);
        });
        let text = written(&before, &wanted).unwrap();
        let kept = before.source.text.lines().filter(|line| text.contains(line.trim())).count();
        let most = before.source.text.lines().count() - if format == Format::Xml { 30 } else { 20 }.min(kept);
        assert!(kept >= most, "{format:?}: {text}");
        assert!(format != Format::Yaml || text.starts_with("# A comment."), "{text}");
        let between = read(&Source::new("draft", text), format).unwrap();
        each(&mut wanted, &mut |_, layout| layout.tracking = Some(-0.2));
        let changed = written(&between, &wanted).unwrap();
        let between = read(&Source::new("draft", changed), format).unwrap();
        let bare = written(&between, &before.document).unwrap();
        assert!(!bare.contains("tracking"), "{format:?}: {bare}");
    }
}
