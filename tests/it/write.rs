//! What is written reads back as the same document, in every format.

use std::path::Path;

use crate::genuine;
use crate::pages::examples;
use masthead::diagnostic::Source;
use masthead::model::fields::{Field, header};
use masthead::model::{Block, Document, Kind, Language};
use masthead::read::read;
use masthead::{Format, Job, Press, Profile, render, write};

const FORMATS: [Format; 4] = [Format::Yaml, Format::Json, Format::Markdown, Format::Xml];

fn document(text: &str, format: Format) -> Document {
    read(&Source::new("t", text), format).unwrap_or_else(|errors| panic!("{}\n{text}", errors[0])).document
}

/// Read, written, read: in every format, and from each of them in every other.
fn comes_back(name: &str, model: &Document) {
    for format in FORMATS {
        let text = write(model, format).unwrap_or_else(|reason| panic!("{name} as {format:?}: {reason}\n{model:?}"));
        let back = document(&text, format);
        assert!(&back == model, "{name} as {format:?}\n{text}\n{:?}\n{:?}", back.body, model.body);
        assert_eq!(write(&back, format).unwrap(), text, "{name} as {format:?}");
    }
}

fn of_file(path: &str) -> Document {
    document(&std::fs::read_to_string(path).unwrap(), Format::of_name(path))
}

#[test]
fn the_examples_come_back() {
    for path in examples() {
        comes_back(&path, &of_file(&path));
    }
}

#[test]
fn bodies_and_reissues_come_back() {
    for header in [
        "symbol: TIDE/84/L.1**\norgan: Tides *and* Shores Board",
        "symbol: CRC/C/GC/20*\norgan: Convention on the Rights of the Child",
        "symbol: A/HRC/58/L.4/Rev.1\nbody_name: Human Rights Council",
        "symbol: A/HRC/58/L.4\nbody_name: Advisory Committee\nsponsors: [Fiji]",
        "symbol: [A/84/1*, TIDE/3]\norgan: Tides Board",
    ] {
        let yaml = format!("{header}\nkind: draft-resolution\nbody:\n- paragraph: Text.\n");
        comes_back(header, &document(&yaml, Format::Yaml));
    }
}

#[test]
fn the_cover_page_of_a_house_is_understood() {
    let yaml = "symbol: CC 2031/114\nkind: amendment\ndate: 2031-09-02\n\
        house: {name: City of Saltmarsh, symbols: free, organs: {CC: City Council}}\nbody:\n- paragraph: Text.\n";
    let model = document(yaml, Format::Yaml);
    comes_back("a house", &model);
    let xml = write(&model, Format::Xml).unwrap();
    let warnings = |xml: &str| read(&Source::new("t", xml), Format::Xml).unwrap().warnings;
    assert_eq!(warnings(&xml), []);
    let changed = xml.replace("publisher\">City of Saltmarsh", "publisher\">City of Eelmarsh");
    assert_eq!(warnings(&changed).len(), 1, "{changed}");
}

/// The name of an organ has letters; without italics, it is one only at the beginning.
#[test]
fn names_of_organs_come_back_wherever_they_stand() {
    for body in [
        "- enacting: The Tides Board,\n- paragraph: Text.",
        "- paragraph: Text.\n- enacting: The Tides Board,",
        "- enacting: '**The Tides Board**,'\n- paragraph: Text.",
        "- paragraph: Text.\n- enacting: '**The Tides Board**,'",
        "- paragraph: Text.\n- enacting: ','\n- preambular: The Tides Board,",
        "- paragraph: ','\n- enacting: '*The Tides Board*,'",
        "- paragraph: '1,'\n- paragraph: The Tides Board,",
    ] {
        let yaml = format!("symbol: A/84/L.1\nkind: draft-resolution\nbody:\n{body}\n");
        let model = document(&yaml, Format::Yaml);
        for format in [Format::Yaml, Format::Json, Format::Markdown] {
            let text = write(&model, format).unwrap();
            assert_eq!(document(&text, format).body, model.body, "{body}\n{text}");
        }
    }
}

#[test]
#[ignore = "needs genuine documents (MASTHEAD_CORPUS)"]
fn genuine_documents_come_back() {
    for path in genuine::files(&["corpus"], &["document.yaml"]) {
        let path = path.to_str().unwrap();
        comes_back(path, &of_file(path));
    }
}

#[test]
#[ignore = "needs genuine documents (MASTHEAD_CORPUS)"]
fn genuine_xml_comes_back() {
    let list = genuine::files(&["akn", "akn-odd/collection"], &[".xml"]);
    for (index, path) in list.iter().enumerate() {
        let path = path.to_str().unwrap();
        let model = of_file(path);
        let xml = write(&model, Format::Xml).unwrap();
        assert!(document(&xml, Format::Xml) == model, "{path}");
        // The other formats do not depend on what the XML was.
        if index % 12 == 0 {
            comes_back(path, &model);
        }
    }
}

/// Documents are set alike, whichever format they came in.
fn are_set_alike_from_every_format(paths: impl IntoIterator<Item = String>) {
    let press = Press::new([]).unwrap();
    let pdf = |text: &str, format| {
        let source = Source::new("t", text);
        let picture = |name: &str| std::fs::read(Path::new("examples").join(name)).map_err(masthead::Error::other);
        let rendition = render(&press, &Job::new(&source, format).picture(&picture));
        rendition.unwrap_or_else(|errors| panic!("{}", errors[0])).pdf(Profile::Archive).unwrap()
    };
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        let format = Format::of_name(&path);
        let pages = pdf(&text, format);
        let model = document(&text, format);
        for other in FORMATS {
            let same = pdf(&write(&model, other).unwrap(), other) == pages;
            assert!(same, "{path} is set otherwise from {other:?}");
        }
    }
}

#[test]
fn pages_are_the_same_from_every_format() {
    are_set_alike_from_every_format(examples());
}

#[test]
#[ignore = "needs genuine documents (MASTHEAD_CORPUS)"]
fn pages_of_genuine_files_are_the_same_from_every_format() {
    let list = genuine::files(&["akn"], &[".xml"]).into_iter().step_by(40);
    are_set_alike_from_every_format(list.map(|path| path.to_str().unwrap().to_owned()));
}

/// Every field of the header, in every kind of document and every language.
#[test]
fn whatever_the_header_says_it_comes_back() {
    let fields = serde_json::json!({
        "organ": "Tides Board", "distribution": "restricted", "date": "2029-12-21", "original": ["fr", "en"], "job": "29-90001",
        "job_date": "2029-12-22", "agenda_item": "127 (s)", "agenda_title": ["One", "*Two*[^*]"],
        "signatories": ["Kenya", "*Fiji*[^1]"], "sponsors": ["China[^1]", "Côte d’Ivoire [^2][^*]", "Fiji"], "adopted": "2029-12-19",
        "adopted_note": "on the report of the Third Committee (A/84/9)[^1]", "document_type": "Decision", "part": "A",
        "number": "84/901", "title": "Tides [and] **shores**", "running_title": "Tides", "meeting": "51st plenary meeting",
        "emblem": "seal.svg", "body_name": "Third Committee", "submitted_by": "Draft submitted by the Chair",
        "adopted_text": ["Adopted", "on a day"],
        "layout": {"edition": "adopted-2025", "pages": 3, "first_page_foot": 79.2, "tracking": -0.05, "pitch": 11.75,
            "session_lines": ["Eighty-fourth", "session"], "title_lines": ["Tides and", "shores"]},
        "also_adopted": [{"meeting": "66th *meeting*", "date": "2030-01-02"}, {"date": "2030-01-03"}, {"meeting": "70th"}],
        "metadata": {
            "classification": [{"source": "DHLAUTH", "keywords": [
                {"value": "TIDES", "shown": "Tides", "short": "T", "dictionary": "UNBIS", "address": "http://x.un.org/1",
                 "refers_to": "agenda"}, {"value": "SHORES"}]}, {"keywords": [{"value": "a \"b\" <c>"}]}],
            "workflow": [{"outcome": "draftResolution", "date": "2029-11-01", "document": "A/84/L.9", "by": "China"},
                {"outcome": "adopted", "refers_to": "8"}],
            "voting": [{"outcome": "adoptedRecordedVote", "in_favour": {"number": 2, "states": ["CHINA", "COTE D'IVOIRE"]},
                "against": {"number": 0}}, {"outcome": "adoptedWithoutVote"}],
        },
    });
    let others = ["symbol", "kind", "language", "session", "body", "parts", "footnotes", "house"];
    let covered = |field: &&Field| fields.get(field.name).is_some() || others.contains(&field.name);
    assert_eq!(header::ALL.iter().filter(|field| !covered(field)).map(|field| field.name).collect::<Vec<_>>(), [""; 0]);
    let sessions =
        [serde_json::json!(84), serde_json::json!("A session"), serde_json::json!(["2029 session", "1–5 May"])];
    let symbols = ["A/RES/84/901", "A/C.3/84/L.7", "S/RES/2803 (2025)", "S/2029/1", "E/2029/L.10"];
    let fields: Vec<(String, serde_json::Value)> = fields.as_object().unwrap().clone().into_iter().collect();
    for (index, kind) in Kind::ALL.into_iter().enumerate() {
        for (turn, language) in Language::ALL.into_iter().enumerate() {
            let mut header = serde_json::json!({
                "symbol": symbols[(index + turn) % symbols.len()], "kind": kind.name(), "language": language.code(),
                "body": [{"operative": "*Decides* once[^1] and again.[^1]"}],
                "footnotes": {"1": "A/84/9.", "2": "Ibid.[^*]", "*": "A note.", "z": "To which nothing refers."},
            });
            comes_back("a bare header", &serde_json::from_value(header.clone()).unwrap());
            for (at, (name, value)) in fields.iter().enumerate() {
                let mut alone = header.clone();
                alone[name] = value.clone();
                comes_back(name, &serde_json::from_value(alone).unwrap());
                if (at + index + turn) % 3 > 0 {
                    header[name] = value.clone();
                }
            }
            header["session"] = sessions[(index + turn) % sessions.len()].clone();
            comes_back("a full header", &serde_json::from_value(header).unwrap());
        }
    }
}

/// Texts that mean something else in some format.
const TEXTS: [&str; 49] = [
    "*Recalling* its resolution,[^1]",
    "*The General Assembly*,",
    "plain",
    "and so on",
    "",
    " ",
    " blank before",
    "blank after ",
    "two  blanks",
    "two\nlines",
    "a tab\there",
    "a\u{a0}no-break space\u{2011}hyphen",
    "17",
    "1. not a number",
    "(a) not a label",
    "i. not a label",
    "# no heading",
    "Annex I to it",
    "I. Introduction",
    "Title\n---",
    "- no list",
    "* no list",
    "> no quote",
    "| no | table |",
    "```",
    "a ``` b",
    "---",
    "[^1]: no note",
    "[x]: no definition",
    "<b>no HTML</b>",
    "`no code`",
    "_no emphasis_",
    "~~struck~~ and ++inserted++",
    "~~*Notes* the report~~[^1] ++of *it*++s",
    "C++ and ~not struck~ ~~~",
    "~~open",
    "&amp; &nbsp; & so",
    "![no picture](x.svg)",
    "backslash \\* and \\",
    "colon: space # hash",
    "\"quoted\" 'both'",
    "null",
    "true",
    "*open",
    "[link](https://un.org) text",
    "<https://un.org>",
    "\u{7}\u{2028}",
    "ends with two  ",
    "{a: [b",
];

/// Every block and item with every adjustment in turn.
fn adjusted(seed: usize) -> serde_json::Value {
    let all = serde_json::json!([
        {"tracking": -0.1}, {"tracking": 0.05, "pitch": 11.75}, {"lines": 4}, {"page_break": "before"},
        {"keep": "with-next"}, {"keep": "together", "line_ends": [7, 9, 8]},
        {"tracking": 1.0, "pitch": 12.0, "lines": 2, "page_break": "before", "keep": "with-next", "line_ends": [1]},
    ]);
    let mut turn = seed;
    let mut layout = || {
        turn += 1;
        all[turn % 8].clone()
    };
    let mut map = |fields: serde_json::Value| {
        let mut map = fields;
        if let Some(layout) = Some(layout()).filter(|layout| !layout.is_null()) {
            map["layout"] = layout;
        }
        map
    };
    let inner = map(serde_json::json!({"text": "deeper;"}));
    let (first, second) =
        (map(serde_json::json!({"text": "one;", "items": [inner]})), map(serde_json::json!({"text": "two."})));
    let items = serde_json::json!([first, second]);
    let mut blocks: Vec<serde_json::Value> = Vec::new();
    for kind in ["enacting", "preambular", "operative", "paragraph", "numbered", "quote"] {
        let text = match kind {
            "enacting" => "*The General Assembly*,",
            "preambular" | "operative" => "*Recalling* the tides,",
            _ => "The tides.",
        };
        blocks.push(serde_json::json!({kind: map(serde_json::json!({"text": text}))}));
        blocks.push(serde_json::json!({kind: map(serde_json::json!({"text": "*Recalling*:", "items": items, "continue": "and on."}))}));
    }
    for (kind, fields) in [
        ("heading", serde_json::json!({"level": 2, "number": "I", "text": "Tides"})),
        ("signature", serde_json::json!({"text": "(*Signed*) A. Name"})),
        ("table", serde_json::json!({"title": "Gauges", "rows": [["a", "b"]]})),
        ("figure", serde_json::json!({"image": "a.svg", "description": "A tide."})),
        ("vote", serde_json::json!({"text": "A vote.", "in_favour": ["Fiji"]})),
        (
            "annex",
            serde_json::json!({"title": "Gauges", "body": [{"paragraph": map(serde_json::json!({"text": "Text."}))}]}),
        ),
        (
            "annex",
            serde_json::json!({"heading": "Annex", "title": "Gauges", "new_page": false, "body": [{"heading": map(serde_json::json!({"level": 3, "text": "Text"}))}]}),
        ),
    ] {
        blocks.push(serde_json::json!({kind: map(fields)}));
    }
    serde_json::json!(blocks)
}

#[test]
fn whatever_is_adjusted_comes_back() {
    for seed in 0..16 {
        let mut header = serde_json::json!({"symbol": "A/84/L.1", "kind": "draft-resolution", "body": adjusted(seed)});
        comes_back("adjusted blocks", &serde_json::from_value(header.clone()).unwrap());
        let part = |letter: &str, seed| serde_json::json!({"letter": letter, "title": "Tides", "layout": {"tracking": 0.1}, "body": adjusted(seed)});
        header["parts"] = serde_json::json!([part("A", seed + 1), part("B", seed + 2)]);
        header["body"] = serde_json::json!([]);
        comes_back("adjusted parts", &serde_json::from_value(header).unwrap());
    }
}

/// A file of the UN to which layouts are added is the same document with these.
#[test]
#[ignore = "needs genuine documents (MASTHEAD_CORPUS)"]
fn layouts_in_genuine_files_change_nothing_else() {
    for path in genuine::files(&["pairs"], &[".xml"]) {
        let text = std::fs::read_to_string(&path).unwrap();
        let plain = document(&text, Format::Xml);
        let (head, rest) = text.split_once("<akomaNtoso").unwrap();
        let field = "<masthead:field name=\"layout\">{&quot;pitch&quot;:11.8}</masthead:field>";
        let added = format!("{head}<akomaNtoso xmlns:masthead=\"urn:masthead:akn\"{rest}")
            .replace("<paragraph ", "<paragraph masthead:layout=\"tracking=-0.1\" ")
            .replacen("</meta>", &format!("<proprietary source=\"#masthead\">{field}</proprietary></meta>"), 1);
        let mut back = document(&added, Format::Xml);
        assert_eq!(back.layout.pitch, Some(11.8), "{}", path.display());
        back.layout = plain.layout.clone();
        let json = serde_json::to_value(&back).unwrap().to_string();
        assert!(json.matches("{\"tracking\":-0.1}").count() > 0, "{}", path.display());
        fn bare(value: &mut serde_json::Value) {
            match value {
                serde_json::Value::Object(map) => {
                    map.remove("layout");
                    map.values_mut().for_each(bare);
                }
                serde_json::Value::Array(values) => values.iter_mut().for_each(bare),
                _ => {}
            }
        }
        let mut value = serde_json::to_value(&back).unwrap();
        bare(&mut value);
        let bared: Document = serde_json::from_value(value).unwrap();
        assert!(bared == plain, "{}", path.display());
    }
}

#[test]
fn what_is_wrong_with_a_layout_is_reported_where_it_stands() {
    let codes = |text: &str, format| {
        let found = read(&Source::new("t", text), format).err().unwrap_or_default();
        let at = |finding: &masthead::diagnostic::Diagnostic| {
            let place = finding.place.as_ref().unwrap();
            (finding.code, place.path.to_string(), place.source.text[place.span.clone()].to_owned())
        };
        found.iter().map(at).collect::<Vec<_>>()
    };
    let yaml = "symbol: A/84/L.1\nkind: draft-resolution\nlayout: {edition: 2020, pages: 0, first_page_foot: 50, leading: 3}\n\
                body:\n- paragraph: {text: Tides, layout: {tracking: wide, pitch: 2, lines: 1.5, keep: near, page_break: after}}\n";
    let found = codes(yaml, Format::Yaml);
    let paths: Vec<&str> = found.iter().map(|(_, path, _)| path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "layout.edition",
            "layout.pages",
            "layout.first_page_foot",
            "layout.leading",
            "body[0].layout.tracking",
            "body[0].layout.pitch",
            "body[0].layout.lines",
            "body[0].layout.keep",
            "body[0].layout.page_break",
        ]
    );
    let head = "---\nsymbol: A/84/L.1\nkind: draft-resolution\n---\n\n";
    let found = codes(&format!("{head}Tides. {{layout tracking=wide lines=2 lines=3 page_break}}\n"), Format::Markdown);
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(
        found.iter().all(|(_, path, at)| path.starts_with("body[0].layout.") && at.starts_with("{layout ")),
        "{found:?}"
    );
    let found = codes(&format!("{head}1. Tides:\n\n   (a) one;\n\n   and on. {{layout lines=2}}\n"), Format::Markdown);
    assert_eq!(found.iter().map(|(code, ..)| *code).collect::<Vec<_>>(), ["markdown-structure"]);
    let model = document(
        &format!(
            "{head}1. Tides, *and*\n   on. {{layout tracking=-0.1\n   lines=2}}\n\n## Tides {{layout pitch=14}}\n"
        ),
        Format::Markdown,
    );
    let json = serde_json::to_value(&model.body).unwrap();
    assert_eq!(
        json,
        serde_json::json!([
            {"numbered": {"text": "Tides, *and* on.", "layout": {"tracking": -0.1, "lines": 2}}},
            {"heading": {"level": 2, "text": "Tides", "layout": {"pitch": 14.0}}},
        ])
    );
}

/// Tables and figures with a text wherever there is one.
fn framed(text: &str) -> Vec<Block> {
    let json = serde_json::json!([
        {"table": {"number": "1", "title": text, "units": text, "landscape": false, "header": [["a[^a]", {"text": "b", "align": "left"}]],
            "rows": [["x[^b][^a]", text], {"cells": ["T", text], "total": true}], "source": text, "general_note": text,
            "notes": {"a": text, "b": "x[^1]", "1": text}, "abbreviations": text}},
        {"table": {"rows": [{"cells": [text], "total": true}], "abbreviations": text}},
        {"figure": {"image": "a.svg", "description": "b", "landscape": true, "units": text, "source": text, "general_note": text,
            "abbreviations": text}},
    ]);
    serde_json::from_value(json).unwrap()
}

#[test]
fn whatever_a_text_is_it_comes_back() {
    let head = "symbol: A/77/L.1\nbody: []\nkind: ";
    for kind in ["draft-resolution", "report"] {
        for text in TEXTS {
            let mut all = document(&format!("{head}{kind}"), Format::Yaml);
            let json = serde_json::json!([
                {"paragraph": text}, {"paragraph": {"text": "x", "items": [text, {"text": text, "label": text}]}},
                {"paragraph": text}, {"paragraph": {"text": "x", "items": ["y"], "continue": [text, text]}},
                {"operative": text}, {"operative": {"text": text, "number": text}}, {"numbered": text},
                {"numbered": {"text": text, "number": "1"}}, {"operative": {"text": "*x* y", "number": "5"}},
                {"operative": "*x* y"}, {"operative": {"text": text, "number": null}}, {"operative": "*x* y"},
                {"numbered": {"text": text, "items": [{"text": text, "items": [text, {"text": "x", "items":
                    [text, {"text": text, "items": [text, "z"], "continue": text}]}]}], "continue": text}},
                {"quote": text}, {"quote": {"text": "x", "items": [text]}}, {"quote": text}, {"enacting": text},
                {"preambular": text}, {"heading": {"level": 2, "text": text}}, {"heading": {"level": 4, "number": "I", "text": text}},
                {"heading": {"level": 1, "number": text, "text": "x"}}, {"signature": {"text": text, "lines": [text]}},
                {"table": {"rows": [[text, "b"], ["c", text]]}}, {"table": {"header": [["a", {"text": text, "align": "right"}]],
                    "rows": [["a", {"text": text, "align": "right"}], ["", {"text": text, "align": "right"}]]}},
                {"table": {"title": text, "widths": [1, 2.5], "rows": [[{"text": text, "columns": 2}]]}},
                {"figure": {"image": "a.svg", "description": format!("x{text}")}},
                {"figure": {"image": format!("x{text}"), "description": "a", "title": text}},
                {"vote": {"text": text, "in_favour": [text]}}, {"annex": {"title": "early", "body": [{"paragraph": text}]}},
                {"paragraph": text},
                {"annex": {"number": "I", "title": text, "body": [{"heading": {"level": 2, "text": text}}, {"numbered": text}]}},
                {"annex": {"heading": text, "body": [{"heading": {"level": 2, "text": "x"}}, {"annex": {"body": []}}]}},
                {"annex": {"heading": "Annex I to it", "title": text, "body": []}},
                {"annex": {"number": "I", "heading": "Annex I to it", "new_page": false, "body": [{"quote": text}]}},
            ]);
            let mut body: Vec<Block> = serde_json::from_value(json).unwrap();
            body.extend(framed(text));
            for block in &body {
                all.body = vec![block.clone(), block.clone()];
                comes_back(text, &all);
            }
            all.body = body;
            all.title = Some(text.into());
            all.sponsors = vec![text.into(), text.into()];
            all.footnotes = [("1", text), ("*", text), ("a b", "x"), ("é", text)]
                .map(|(mark, text)| (mark.to_owned(), text.into()))
                .into_iter()
                .collect();
            comes_back(text, &all);
        }
    }
}

/// Parts with every field, and with texts that mean something else in some format.
#[test]
fn whatever_parts_say_they_come_back() {
    let kinds = [("resolution", "A/RES/84/80 A-C"), ("draft-resolution", "A/84/L.1"), ("report", "A/84/9")];
    for (turn, text) in TEXTS.into_iter().enumerate() {
        let (kind, symbol) = kinds[turn % kinds.len()];
        let language = Language::ALL[turn % Language::ALL.len()].code();
        let json = serde_json::json!({
            "symbol": symbol, "kind": kind, "language": language, "number": "84/80", "title": "Tides[^*]",
            "adopted": "2029-12-19", "meeting": "51st plenary meeting",
            "parts": [
                {"letter": "A", "title": "One", "body": [{"enacting": "*The General Assembly*,"}, {"operative": text}]},
                {"letter": "B", "body": [{"heading": {"level": 2, "text": "I"}}, {"operative": "*Decides*[^1] a[^*]"}],
                    "footnotes": {"1": "Of B.", "z": text}},
                {"letter": text, "title": text, "meeting": text, "adopted": "2029-12-20", "body": [{"numbered": text}],
                    "footnotes": {"1": "See [^*]", "*": "Its own."}},
                {"letter": "D[^*]", "title": format!("{text}[^a b]"), "meeting": "50th plenary meeting",
                    "body": [{"operative": "x[^1][^*]"}, {"operative": "y"},
                        {"annex": {"title": text, "body": [{"operative": "z[^2]"}]}}],
                    "footnotes": {"1": text, "2": "Two.", "*": "Star.", "a b": text}},
                {"title": "No letter", "adopted_text": ["3rd meeting", "4th meeting", text], "body": [],
                    "metadata": {"workflow": [{"outcome": "adopted", "date": "2029-12-19"}]}},
                {"letter": "F", "adopted_text": "5th meeting", "body": [{"paragraph": "x[^2]"}]},
            ],
            "footnotes": {"*": "Of all.", "2": "Shared."},
        });
        let all: Document = serde_json::from_value(json).unwrap();
        let part = all.parts[turn % all.parts.len()].clone();
        comes_back(text, &Document { parts: vec![part.clone(), part], ..all.clone() });
        comes_back(text, &all);
    }
}

#[test]
fn what_is_plainly_meant_is_read_and_written_in_one_way() {
    let plain = "symbol: A/86/L.1\nkind: draft-resolution\nlanguage: en\noriginal: fr\ndate: 2027-05-14\nsession: 86\nsponsors: [Côte d’Ivoire]\nbody:\n- heading: {level: 2, text: Lamps}\n- operative: {text: x, number: '1)', items: [{text: y, label: 1)}]}\n- annex: {new_page: false, body: [paragraph: z]}\n- table: {header: [[b, c]], rows: [[{text: a, columns: 2}]]}\n- vote: {in_favour: [Fiji]}\n- signature: {text: a, lines: [Chair]}\n";
    let meant = document(plain, Format::Yaml);
    let loose = "symbol: [A/86/L.1]\nkind: Draft resolution\nlanguage: English\noriginal: French\ndate: 14 May 2027\nsession: '86'\nsponsors: Co\u{302}te d’Ivoire\nbody:\n- heading: {level: '2', text: Lamps}\n- operative: {text: x, number: 1), items: {LABEL}}\n- annex: {new_page: no, body: {paragraph: z}}\n- table: {header: [b, c], rows: [[{text: a, columns: '2'}]]}\n- vote: {in_favour: Fiji}\n- signature: {text: a, lines: Chair}\n"
        .replace("{LABEL}", "[{text: y, label: 1)}]");
    assert_eq!(document(&loose, Format::Yaml), meant);
    for date in [
        "2027-05-14T10:00:00Z",
        "14 mai 2027",
        "2027年5月14日",
        "14 de mayo de 2027",
        "14 мая 2027 года",
        "14 أيار/مايو 2027",
    ] {
        assert_eq!(document(&plain.replace("2027-05-14", date), Format::Yaml), meant, "{date}");
    }
    assert_eq!(document(&plain.replace("session: 86", "session: 86th"), Format::Yaml), meant);
    for format in [Format::Yaml, Format::Json, Format::Markdown] {
        let text = write(&meant, format).unwrap();
        assert_eq!(text, write(&document(&text, format), format).unwrap());
        assert!(text.contains("2027-05-14") && text.contains("Côte"), "{text}");
    }
}

/// Words that somebody puts by hand between any two tags of masthead's own XML are kept, or told.
#[test]
fn words_between_elements_are_never_lost_silently() {
    const WORD: &str = "Zyxwvut";
    let text = "symbol: A/86/L.1\nkind: draft-resolution\nlanguage: en\ndate: 2027-05-14\nsession: 86\nrunning_title: Tides\n\
        title: Tides[^1]\nfootnotes: {1: A  note.}\nbody:\n- enacting: '*The General Assembly*,'\n\
        - preambular: {text: '*Recalling*', items: [a, b], continue: more}\n- heading: {level: 2, number: I, text: Lamps}\n\
        - operative: {text: x, number: '1)', items: [{text: 'y  z', label: 1)}]}\n- numbered: {text: a, items: [b, {text: c, items: [d]}]}\n\
        - quote: Words.\n- table: {number: '1', title: Depths, units: (Metres), header: [[b, c]], rows: [[{text: 'a[^a]', columns: 2}], {cells: [d, e], total: true}], source: Charts, notes: {a: Of 2026}}\n\
        - figure: {number: '2', image: a.svg, description: A lamp, title: Lamps, source: Charts}\n\
        - vote: {text: By a vote, in_favour: [Fiji, Nauru], against: [Palau], abstaining: [Tonga]}\n\
        - signature: {text: a, lines: [Chair, Secretary]}\n\
        - annex: {number: I, title: Gauges, body: [{paragraph: z}, {vote: {in_favour: [Fiji]}}]}\n";
    let xml = write(&document(text, Format::Yaml), Format::Xml).unwrap();
    let reading = read(&Source::new("t", xml.as_str()), Format::Xml).unwrap();
    assert_eq!(reading.warnings, [], "{xml}");
    let start = xml.find("<akomaNtoso").unwrap();
    let ends = xml.match_indices('>').map(|(at, _)| at + 1).filter(|at| *at > start && *at < xml.trim_end().len());
    let mut lost = Vec::new();
    for at in ends {
        let changed = format!("{} {WORD} {}", &xml[..at], &xml[at..]);
        let reported = match read(&Source::new("t", changed.as_str()), Format::Xml) {
            Err(errors) => !errors.is_empty(),
            Ok(reading) => {
                let kept = serde_json::to_string(&reading.document).unwrap().contains(WORD);
                kept || reading.warnings.iter().any(|warning| warning.message.contains(WORD) && warning.place.is_some())
            }
        };
        if !reported {
            lost.push(format!("…{}|{}…", &xml[at.saturating_sub(60)..at], &xml[at..(at + 30).min(xml.len())]));
        }
    }
    assert!(lost.is_empty(), "{} places:\n{}", lost.len(), lost.join("\n\n"));
}
