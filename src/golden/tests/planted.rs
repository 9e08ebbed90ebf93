//! Planted changes, each of which must be found and named correctly.

use std::fs;

use super::{Bench, DOCUMENT, reported};
use crate::golden::Kind::{self, *};
use crate::golden::{Difference, Layout, Rules, Subject, compare};
use crate::typeset::Press;

/// Where a change is planted.
enum In {
    /// In the document: a text and its replacement.
    Document(&'static str, &'static str),
    /// In a file of the templates.
    Template(&'static str, &'static str, &'static str),
    /// In a file of the references, which then hold the state before.
    Reference(&'static str, &'static str, &'static str),
}

/// A change, the kind of its difference, and the expected messages.
struct Planted(&'static str, In, Kind, &'static [&'static str]);

use In::{Document, Reference, Template};

const TOKENS: &str = "tokens.typ";

fn all() -> Vec<Planted> {
    vec![
        Planted(
            "a word",
            Document("that regional cooperation", "that subregional cooperation"),
            Words,
            &["preambular paragraph 2: “regional” became “subregional”"],
        ),
        Planted(
            "a capital letter",
            Document("the report of the Secretary", "the Report of the Secretary"),
            Words,
            &["operative paragraph 1: “report” became “Report”"],
        ),
        Planted("a number", Document("2,000 harbours", "2,500 harbours"), Number, &["“2,000” became “2,500”"]),
        Planted(
            "a comma less",
            Document("observations and the", "observations, and the"),
            Punctuation,
            &["preambular paragraph 2: a comma was added after “observations”"],
        ),
        Planted(
            "a comma that is another mark",
            Document("parts to others;", "parts to others."),
            Punctuation,
            &["operative paragraph 2 (c) (ii): a semicolon became a full stop after “others”"],
        ),
        Planted(
            "a dash for a hyphen",
            Document("peace-loving", "peace–loving"),
            Words,
            &["preambular paragraph 2: “peace-loving” became “peace–loving”"],
        ),
        Planted(
            "other quotation marks",
            Document("the “Open Tide Table”,", "the \"Open Tide Table”,"),
            Punctuation,
            &["an opening quotation mark became “\"” after “the”"],
        ),
        Planted(
            "words more",
            Document("Requests* the", "Strongly requests* the"),
            Words,
            &["operative paragraph 2: “Requests” became “Strongly requests”"],
        ),
        Planted(
            "words fewer",
            Document(" with interest of", " of"),
            Words,
            &["operative paragraph 1: “with interest” was removed after “note”"],
        ),
        Planted(
            "a footnote mark on another word",
            Document("2028,[^1] in which it invited", "2028, in which[^1] it invited"),
            FootnoteMark,
            &["footnote mark 1 was added after “which”", "footnote mark 1 was removed after “2028,”"],
        ),
        Planted(
            "one footnote with its mark fewer",
            In::Document("charge,[^2]\n", "charge,\n"),
            FootnoteMark,
            &[
                "preambular paragraph 3: footnote mark 2 was removed after “charge,”",
                "footnote 2: is gone: “Available in the six",
                "footnote 3: is now footnote 2",
            ],
        ),
        Planted(
            "the text of a footnote",
            Document("See A/83/PV.58", "See A/83/PV.59"),
            Words,
            &["footnote 1: “A/83/PV.58” became “A/83/PV.59”"],
        ),
        Planted(
            "emphasis less",
            Document("*Welcomes* the", "Welcomes the"),
            Emphasis,
            &["operative paragraph 1: “Welcomes” is no longer italic"],
        ),
        Planted(
            "bold type more",
            Document("whatever the make", "**whatever** the make"),
            Emphasis,
            &["operative paragraph 1: “whatever” is now bold"],
        ),
        Planted(
            "an address of a link",
            Document("www.un.org/tides", "www.un.org/tables"),
            Link,
            &["“the website of the Organization” links to https://www.un.org/tables, no longer to"],
        ),
        Planted(
            "a no-break space",
            Document("in 2028.", "in\u{a0}2028."),
            Space,
            &["footnote 3: a space before “2028” became a no-break space"],
        ),
        Planted(
            "a paragraph more",
            Document(
                "  - operative: >-\n      *Encourages*",
                "  - operative: \"*Urges* all States to lend gauges;\"\n  - operative: >-\n      *Encourages*",
            ),
            Added,
            &[
                "operative paragraph 3: is new: “Urges all States to lend gauges;”",
                "operative paragraph 3: to 7: now operative paragraph 4 to 8 (5 numbers)",
            ],
        ),
        Planted(
            "an item more",
            Document(
                "            - A list of gauges that",
                "            - A list of keepers;\n            - A list of gauges that",
            ),
            Added,
            &["operative paragraph 2 (c) (i): is new: “A list of keepers;”"],
        ),
        Planted(
            "a paragraph fewer",
            Document(
                "  - quote: >-\n      Those who know the hour of high water need not hurry; those who do not know it should keep\n      their boats tied.\n",
                "",
            ),
            Removed,
            &["quotation 1: is gone: “Those who know"],
        ),
        Planted(
            "paragraphs that changed places",
            Document(
                "        - To keep the common form of tables under review, in consultation with the States that use it, and to publish it in the six official languages;\n        - To report to the General Assembly at its eighty-sixth session on the state of the network;\n",
                "        - To report to the General Assembly at its eighty-sixth session on the state of the network;\n        - To keep the common form of tables under review, in consultation with the States that use it, and to publish it in the six official languages;\n",
            ),
            Reordered,
            &["now follows operative paragraph 2"],
        ),
        Planted(
            "the date",
            Document("date: 2029-12-10", "date: 2029-12-12"),
            Number,
            &["date: “10” became “12”", "metadata of the file: the creation date"],
        ),
        Planted(
            "the symbol",
            Document("A/84/L.901", "A/84/L.902"),
            Words,
            &["symbol: “A/84/L.901” became “A/84/L.902”", "running symbol: "],
        ),
        Planted(
            "the job number",
            Document("29-41772", "29-41773"),
            Number,
            &["job number: “29-41772” became “29-41773”", "barcode: its content"],
        ),
        Planted(
            "the distribution",
            Document("date: 2029-12-10", "distribution: restricted\ndate: 2029-12-10"),
            Words,
            &["distribution: “Limited” became “Restricted”"],
        ),
        Planted(
            "a sponsor",
            Document("[Kiribati, Maldives,", "[Kiribati, Maldives, Nauru,"),
            Words,
            &["sponsors: “, Nauru” was added after “Maldives”"],
        ),
        Planted(
            "the title",
            Document("title: Exchange of", "title: Free exchange of"),
            Words,
            &["title: “Exchange” became “Free exchange”", "the title"],
        ),
        Planted("the agenda item", Document("18 (m)", "18 (n)"), Words, &["agenda item: “m” became “n”"]),
        Planted(
            "a heading",
            Document("text: The common form", "text: The usual form"),
            Words,
            &["“common” became “usual”"],
        ),
        Planted(
            "the level of a heading",
            Document("{level: 3, text", "{level: 2, text"),
            Size,
            &["heading “The common form of tables”: the type of 10 pt became 12 pt"],
        ),
        Planted(
            "a cell of a table",
            Document("high water, metres, two", "high water, metres, three"),
            Words,
            &["annex, table 1, row 2, column 3: “two” became “three”"],
        ),
        Planted(
            "a line of a signature",
            Document("gauge at Funafuti", "gauge at Tarawa"),
            Words,
            &["annex, signature 1, line 2: “Funafuti” became “Tarawa”"],
        ),
        Planted(
            "what a figure shows",
            Document("A tide gauge on", "The tide gauge on"),
            Words,
            &["annex, figure 1, description: “A” became “The”"],
        ),
        Planted(
            "the size of a figure",
            Document("width: 60", "width: 61"),
            Picture,
            &["annex, figure 1: measures 61 ×"],
        ),
        Planted(
            "the masthead half a point lower",
            Template(
                "components/masthead.typ",
                "let at = at.with(locale, from: start)",
                "let at = at.with(locale, from: start - 0.5pt)",
            ),
            Moved,
            &["the masthead: moved down 0.5 pt"],
        ),
        Planted(
            "the title half a point lower",
            Template(TOKENS, "title: 12pt, // between", "title: 12.5pt, // between"),
            Moved,
            &["title: moved down 0.5 pt"],
        ),
        Planted(
            "another tracking",
            Template(
                TOKENS,
                "body: (size: 10pt, scale: 103, tracking: 0.2pt, drawn: 0.183pt",
                "body: (size: 10pt, scale: 103, tracking: 0.2pt, drawn: 0.22pt",
            ),
            Tracking,
            &["the tracking of 0.18 pt became 0.22 pt"],
        ),
        Planted(
            "a missing rule",
            Template("components/masthead.typ", "rule(\"upper rule\", m.upper-rule)", ""),
            Rule,
            &["upper rule: is missing on page 1"],
        ),
        Planted(
            "a thicker rule",
            Template(TOKENS, "right: 551.85pt, thickness: 1.44pt", "right: 551.85pt, thickness: 1.2pt"),
            Rule,
            &["lower rule: measures 492.57 × 1.2, no longer 492.57 × 1.44"],
        ),
        Planted(
            "a missing rule of notes",
            Template(
                "components/notes.typ",
                "part(\"note rule\", bar(rule.width * 1pt, rule.thickness * 1pt))",
                "none",
            ),
            Rule,
            &["note rule: is missing on page 1"],
        ),
        Planted(
            "a missing closing rule",
            Template(
                "components/closing.typ",
                "part(\"closing rule\", bar(rule.width * 1pt, rule.thickness * 1pt))",
                "none",
            ),
            Rule,
            &["closing rule: is missing"],
        ),
        Planted(
            "a colour",
            Template(TOKENS, "rgb(0, 0, 255)", "rgb(200, 0, 0)"),
            Colour,
            &["the colour #0000ff became #c80000"],
        ),
        Planted(
            "another font",
            Template(
                TOKENS,
                "organ: (size: 20pt, scale: 98, tracking: -0.2pt",
                "organ: (size: 20pt, scale: 103, tracking: -0.2pt",
            ),
            Font,
            &["organ: the font Masthead Serif 98 became Masthead Serif 103"],
        ),
        Planted(
            "a weight",
            Template(
                TOKENS,
                "strong: (size: 10pt, scale: 103, tracking: 0.1pt, drawn: 0.085pt, weight: \"bold\"",
                "strong: (size: 10pt, scale: 103, tracking: 0.1pt, drawn: 0.085pt, weight: \"regular\"",
            ),
            Font,
            &["session and ", "type that was bold is now regular"],
        ),
        Planted(
            "a size of type",
            Template(TOKENS, "folio: (size: 8.5pt", "folio: (size: 9pt"),
            Size,
            &["folio: the type of 8.5 pt became 9 pt"],
        ),
        Planted(
            "another emblem",
            Template("assets/emblem.svg", "M281 6A12 12", "M281 9A12 12"),
            Picture,
            &["emblem: shows a different picture"],
        ),
        Planted(
            "the emblem moved",
            Template(TOKENS, "emblem: (x: 64.5pt", "emblem: (x: 66pt"),
            Moved,
            &["emblem: moved right 1.5 pt"],
        ),
        Planted(
            "a gap between paragraphs",
            Template(TOKENS, "paragraph: 6pt,", "paragraph: 6.5pt,"),
            Moved,
            &["preambular paragraph 1: moved down 0.5 pt"],
        ),
        Planted(
            "the pitch of lines",
            Template(
                TOKENS,
                "drawn: 0.183pt, weight: \"regular\", pitch: 12pt",
                "drawn: 0.183pt, weight: \"regular\", pitch: 12.25pt",
            ),
            LinePitch,
            &["lines that were 12 pt apart are 12.25 pt apart"],
        ),
        Planted(
            "a tab stop",
            Template(TOKENS, "47.55pt, 71.3pt", "49.55pt, 71.3pt"),
            Width,
            &["operative paragraph", "begins 2 pt further right"],
        ),
        Planted(
            "the size of the code",
            Template(TOKENS, "y: 709.3pt, size: 54.7pt", "y: 709.3pt, size: 53pt"),
            Picture,
            &["code: measures 53 × 53, no longer 54.7 × 54.7"],
        ),
        Planted(
            "the width of the column",
            Template(TOKENS, "drawn: 487.8pt", "drawn: 487.4pt"),
            Width,
            &["0.4 pt further left"],
        ),
        Planted(
            "lost numbers of paragraphs",
            Template("item.typ", "lines(before, first)", "lines(h(it.first * 1pt), first)"),
            Removed,
            &["operative paragraph 1: its designation “1.” is gone"],
        ),
        Planted(
            "words lost by a template",
            Template("components/foot.typ", "let words = alone(locale, \"recycle\", foot.recycle)", "let words = none"),
            Removed,
            &["recycling: is gone: “Please recycle”"],
        ),
        Planted(
            "another form of the folio",
            Template(
                "components/running.typ",
                "replace(\"{pages}\", str(last))",
                "replace(\"/{pages}\", \" of \" + str(last))",
            ),
            Words,
            &["folio: “2/3” became “2 of 3” on page 2, and also on 1 other page"],
        ),
        Planted(
            "what the file says of itself",
            Reference("pdf.json", "\"creator\": \"masthead", "\"creator\": \"steersman"),
            Metadata,
            &["metadata of the file: the creator “steersman 0"],
        ),
        Planted(
            "what no page shows",
            Reference("prepared.json", "\"depth\": 2,", "\"depth\": 3,"),
            Metadata,
            &["prepared data: /body/", "depth, 3, became 2"],
        ),
        Planted(
            "nothing but bytes",
            Reference("pdf.json", "\"sha256\": \"", "\"sha256\": \"0"),
            Bytes,
            &["the file: the bytes differ"],
        ),
    ]
}

#[test]
fn every_planted_change_is_found_and_named() {
    let press = Press::new([]).unwrap();
    let bench = Bench::new(DOCUMENT);
    bench.accept(&press);
    assert_eq!(reported(&bench.outcome(&press)), "");
    let mut missed = String::new();
    for Planted(what, place, kind, says) in all() {
        let outcome = match place {
            Document(from, to) => {
                assert!(DOCUMENT.contains(from), "{what}: the document does not say “{from}”");
                bench.put("document.yaml", without_idle_notes(&DOCUMENT.replace(from, to)));
                let outcome = bench.outcome(&press);
                bench.put("document.yaml", DOCUMENT);
                outcome
            }
            Template(path, from, to) => bench.outcome(&Press::with_edit(path, from, to).unwrap()),
            Reference(name, from, to) => {
                let path = format!("ref/{name}");
                let known = bench.text(&path);
                assert!(known.contains(from), "{what}");
                bench.put(&path, known.replace(from, to));
                let outcome = bench.check(&press, true, 1).cases.remove(0);
                bench.put(&path, known);
                outcome
            }
        };
        let text = reported(&outcome);
        let named = says.iter().all(|says| text.contains(says)) && outcome.differences.iter().any(|it| it.kind == kind);
        // A planted change of appearance is not reported as a change of text.
        let quiet = kind.level() == crate::golden::Level::Text
            || outcome.differences.iter().all(|it| it.level != crate::golden::Level::Text);
        if !named || !quiet {
            missed += &format!("{what}: {kind:?}, {says:?} is reported as\n{text}{}\n", outcome.message);
        }
    }
    assert!(missed.is_empty(), "{missed}");
    assert!(all().len() >= 30);
    assert_eq!(reported(&bench.outcome(&press)), "");
}

/// A note without a mark would cause the document to be refused.
fn without_idle_notes(document: &str) -> String {
    let kept = document.lines().filter(|line| {
        let mark = line.trim().split_once(": ").map(|(mark, _)| mark).filter(|mark| mark.parse::<u8>().is_ok());
        mark.is_none_or(|mark| document.contains(&format!("[^{mark}]")))
    });
    kept.map(|line| format!("{line}\n")).collect()
}

/// The differences of two layouts alone.
fn of_layouts(before: &Layout, after: &Layout) -> Vec<Difference> {
    let subject = |layout| Subject { prepared: None, layout, facts: None };
    compare(&subject(before), &subject(after), &Rules::default())
}

fn layout() -> Layout {
    let bench = Bench::new(DOCUMENT);
    bench.accept(&Press::new([]).unwrap());
    bench.text("ref/layout.txt").parse().unwrap()
}

#[test]
fn swapped_pages_are_reported_as_such() {
    let before = layout();
    let mut after = before.clone();
    after.pages.swap(1, 2);
    let reported: Vec<String> = of_layouts(&before, &after).iter().map(ToString::to_string).collect();
    assert_eq!(reported[0], "page 2: changed places with page 3", "{reported:?}");
    // Their folios moved with them; nothing else is reported.
    assert!(
        reported
            .iter()
            .all(|line| line.starts_with("page 2: changed") || line.contains("running") || line.contains("folio")),
        "{reported:?}"
    );
}

#[test]
fn pages_more_and_fewer_are_reported() {
    let before = layout();
    let mut after = before.clone();
    after.pages.remove(1);
    let reported = of_layouts(&before, &after);
    assert!(reported.iter().any(|it| it.kind == PageRemoved && it.page == Some(2)), "{reported:?}");
    let reported = of_layouts(&after, &before);
    assert!(reported.iter().any(|it| it.kind == PageAdded && it.page == Some(2)), "{reported:?}");
    let mut wider = before.clone();
    wider.pages[0].width = 595.0;
    assert_eq!(of_layouts(&before, &wider)[0].kind, PageSize);
}

#[test]
fn pixels_alone_are_reported_with_what_they_touch() {
    let press = Press::new([]).unwrap();
    let bench = Bench::new(DOCUMENT);
    bench.accept(&press);
    let name = "ref/page-1.png";
    let mut image = crate::golden::pixels::decode(&fs::read(bench.path(name)).unwrap()).unwrap();
    for (x, y) in (80..90).flat_map(|x| (80..90).map(move |y| (x, y))) {
        image.put_pixel(x, y, image::Luma([128]));
    }
    bench.put(name, crate::golden::pixels::encode(&image).unwrap());
    let verdict = bench.check(&press, true, 1);
    let reported: Vec<_> = verdict.cases[0].differences.iter().collect();
    assert_eq!(reported.len(), 1, "{reported:?}");
    assert_eq!((reported[0].kind, reported[0].boxes.len()), (Pixels, 1));
    assert!(
        reported[0].to_string().contains("pixels (0.02 %) differ, by up to 1")
            && reported[0].to_string().ends_with("emblem"),
        "{}",
        reported[0]
    );
}
