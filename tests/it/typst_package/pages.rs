//! Pages of documents written in Typst, compared with those that the program makes of the same words.

use masthead::diagnostic::Source;
use masthead::model::Language;
use masthead::{Format, Job, Press, render};

use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::world::{Package, Piece, own_name, pieces, root};
use crate::pages::{self, rendered};

/// Documents in Typst, and the same for the program.
const PAIRS: [(&str, &str); 5] = [
    ("templates/starter/main.typ", "tests/it/typst_package/starter.yaml"),
    ("templates/examples/resolution.typ", "examples/resolution.yaml"),
    ("templates/examples/resolution.fr.typ", "examples/resolution.fr.yaml"),
    ("templates/examples/report.typ", "examples/report.yaml"),
    ("tests/it/typst_package/letter.typ", "tests/it/typst_package/letter.yaml"),
];

/// By how much a line may stand elsewhere, in points.
const APART: f64 = 0.5;

/// A line of a page: where it begins, and its characters.
#[derive(Debug)]
struct Line {
    page: usize,
    x: f64,
    y: f64,
    text: String,
}

/// The lines of all pages from top to bottom. Raised marks are lines of their own.
fn lines(mut pieces: Vec<Piece>) -> Vec<Line> {
    let seen = |text: &str| text.chars().map(|c| if c == '\u{a0}' { ' ' } else { c }).collect::<String>();
    pieces.retain(|piece| !piece.text.trim().is_empty());
    pieces.sort_by(|one, other| (one.page, one.y, one.x).partial_cmp(&(other.page, other.y, other.x)).unwrap());
    let mut rows: Vec<Vec<Piece>> = Vec::new();
    for piece in pieces {
        match rows.last_mut().filter(|row| row[0].page == piece.page && (row[0].y - piece.y).abs() < APART) {
            Some(row) => row.push(piece),
            None => rows.push(vec![piece]),
        }
    }
    let line = |mut row: Vec<Piece>| {
        row.sort_by(|one, other| one.x.total_cmp(&other.x));
        let text: String = row.iter().map(|piece| seen(&piece.text)).collect();
        let words: Vec<&str> = text.split_whitespace().collect();
        Line { page: row[0].page, x: row[0].x, y: row[0].y, text: words.concat() }
    };
    rows.into_iter().map(line).collect()
}

/// The lines of the program's pages.
fn lines_of(rendition: &masthead::Rendition) -> Vec<Line> {
    let piece = |piece: pages::Piece| Piece { page: piece.page, x: piece.x, y: piece.y, text: piece.text };
    lines(pages::pieces(rendition).into_iter().map(piece).collect())
}

/// What is different in two lists of lines.
fn differences(own: &[Line], programs: &[Line]) -> Vec<String> {
    let mut found = Vec::new();
    for (own, program) in own.iter().zip(programs) {
        let apart = (own.x - program.x).abs().max((own.y - program.y).abs());
        if own.text != program.text || own.page != program.page || apart > APART {
            found.push(format!("{own:?}\ninstead of {program:?}"));
        }
    }
    if own.len() != programs.len() {
        found.push(format!("{} lines instead of {}", own.len(), programs.len()));
    }
    found
}

#[test]
fn documents_in_typst_have_the_pages_of_the_program() {
    let (package, press) = (Package::with_fonts("fonts"), Press::new([]).unwrap());
    for (own, programs) in PAIRS {
        let pages = package.pages(&std::fs::read_to_string(own).unwrap());
        let program = rendered(&press, programs);
        assert_eq!(pages.pages().len(), program.pages.len(), "{own}");
        let (own_lines, program_lines) = (lines(pieces(&pages)), lines_of(&program));
        assert!(own_lines.len() > 30);
        let found = differences(&own_lines, &program_lines);
        assert!(found.is_empty(), "{own}: {}\n{}", found.len(), found.join("\n"));
        let standards = PdfStandards::new(&[PdfStandard::Ua_1]).unwrap();
        let exported = typst_pdf::pdf(&pages, &PdfOptions { standards, ..PdfOptions::default() });
        assert!(exported.is_ok(), "{own}: {:?}", exported.err());
    }
}

/// A draft and an adopted text with everything that has words of its own, in Typst and in YAML.
const FIELDS: [(&str, &str); 2] = [
    (
        r#"symbol: "A/C.3/80/L.5/Rev.1", session: 80, agenda-item: "127 (s)", distribution: "limited",
        date: datetime(year: 2025, month: 10, day: 1), original: "es", job: "25-90001",
        job-date: datetime(year: 2025, month: 10, day: 2), sponsors: ("Chad", "Chile", "Iceland"),
        signatories: ("Peru", "Israel"), title: [Tides]"#,
        "symbol: A/C.3/80/L.5/Rev.1\nkind: draft-resolution\nsession: 80\nagenda_item: 127 (s)\ndistribution: limited\n\
         date: 2025-10-01\noriginal: es\njob: 25-90001\njob_date: 2025-10-02\nsponsors: [Chad, Chile, Iceland]\n\
         signatories: [Peru, Israel]\ntitle: Tides\n",
    ),
    (
        r#"symbol: "A/RES/80/7", agenda-item: "7 and 141", date: datetime(year: 2025, month: 12, day: 3),
        adopted: datetime(year: 2025, month: 12, day: 1), number: "80/7", title: [Tides], adopted-note: [A/80/1],
        meeting: [Meeting]"#,
        "symbol: A/RES/80/7\nkind: resolution\nagenda_item: 7 and 141\ndate: 2025-12-03\nadopted: 2025-12-01\n\
         number: 80/7\ntitle: Tides\nadopted_note: A/80/1\nmeeting: Meeting\n",
    ),
];

#[test]
fn every_language_has_the_words_of_the_program() {
    let (package, press) = (Package::with_fonts("fonts"), Press::new([]).unwrap());
    for language in Language::ALL {
        let code = language.code();
        for (fields, header) in FIELDS {
            let text = format!(
                "#import \"{}\": *\n#show: resolution.with(language: \"{code}\", {fields})\n#enacting[Tides.]\n\
                 #operative[Tides:\n+ Tides\n  + Tides\n]\n#annex(number: \"I\", new-page: false)\nTides.\n",
                own_name()
            );
            let yaml = format!(
                "language: {code}\n{header}body:\n- enacting: Tides.\n- operative:\n    text: 'Tides:'\n    items:\n    \
                 - text: Tides\n      items: [Tides]\n- annex:\n    number: I\n    new_page: false\n    body: [paragraph: Tides.]\n"
            );
            let source = Source::new("own.yaml", yaml.as_str());
            let program =
                render(&press, &Job::new(&source, Format::Yaml)).unwrap_or_else(|found| panic!("{}", found[0]));
            let (mut own, mut programs) = (lines(pieces(&package.pages(&text))), lines_of(&program));
            if language == Language::Ar {
                // Its pieces are ordered otherwise.
                let sorted = |line: &mut Line| {
                    let mut letters: Vec<char> = line.text.chars().collect();
                    letters.sort_unstable();
                    line.text = letters.into_iter().collect();
                    line.x = 0.0;
                };
                own.iter_mut().chain(&mut programs).for_each(sorted);
            }
            let found = differences(&own, &programs);
            assert!(found.is_empty(), "{code}: {}", found.join("\n"));
        }
    }
}

#[test]
fn the_edition_is_that_of_the_program() {
    let package = Package::with_fonts("fonts");
    for date in ["2023-01-01", "2025-06-09", "2025-06-10", "2025-07-28", "2025-07-29", "2026-01-01"] {
        for (adopted, kind) in [(true, "resolution\nnumber: 80/1"), (false, "draft-resolution")] {
            let (year, month, day) =
                (&date[..4], date[5..7].trim_start_matches('0'), date[8..].trim_start_matches('0'));
            let own = package.said(
                "#import \"authoring/resolution.typ\": edition-of",
                &format!("edition-of(datetime(year: {year}, month: {month}, day: {day}), {adopted})"),
            );
            let yaml = format!("symbol: A/80/1\ntitle: Tides\ndate: {date}\nkind: {kind}\nbody: [paragraph: Tides.]\n");
            let reading = masthead::read::read(&Source::new("own.yaml", yaml.as_str()), Format::Yaml).unwrap();
            let prepared = masthead::prepare::prepare(&reading.document).unwrap();
            assert_eq!(serde_json::to_value(prepared.edition).unwrap(), own, "{date} {adopted}");
        }
    }
}

#[test]
fn what_is_wrong_is_said_with_a_way_out() {
    let package = Package::with_fonts("fonts/original");
    let begun = format!("#import \"{}\": *\n", own_name());
    for (text, message) in [
        (
            "#show: resolution.with(title: [Tides])\nText",
            "`symbol` is missing: give it, as in `symbol: \"A/77/L.107\"`",
        ),
        ("#show: resolution.with(symbol: ())\nText", "`symbol` is empty"),
        (
            "#show: resolution.with(symbol: \"A/1\", kind: \"raport\")\nText",
            "no kind \"raport\"; use one of \"draft-resolution\",",
        ),
        ("#show: resolution.with(symbol: \"A/1\", language: \"nl\")\nText", "no language \"nl\"; use one of \"ar\","),
        (
            "#show: resolution.with(symbol: \"A/1\", date: \"2023-08-28\")\nText",
            "`date` must be of type datetime, as in `date: datetime(year: 2023, month: 8, day: 28)`, not str",
        ),
        (
            "#show: resolution.with(symbol: \"A/1\", sponsors: \"Chile\")\nText",
            "`sponsors` must be of type array, as in",
        ),
        (
            "#show: resolution.with(symbol: \"A/1\", sponsors: (3,))\nText",
            "the entries of `sponsors` must be of type str or content, not int",
        ),
        (
            "#show: resolution.with(symbol: \"A/1\", simbol: \"A/1\")\nText",
            "no field `simbol`; there are symbol, kind,",
        ),
        ("#resolution(symbol: \"A/1\")", "write `#show: resolution.with(symbol: …)`, and the text below it"),
        ("#operative[Text]", "put `#show: resolution.with(symbol: …)` before the text"),
        (
            "#show: resolution.with(symbol: \"A/1\")\n#operative(number: 1.5)[Text]",
            "the number of a paragraph must be an integer, a string, auto or none",
        ),
        (
            "#show: resolution.with(symbol: \"A/1\")\n#official-table(columns: 3)[a][b]",
            "the cells of a table do not fill its rows of 3 columns",
        ),
    ] {
        let error = package.compiled(&(begun.clone() + text)).map(|_| ()).unwrap_err();
        assert!(error.contains(&format!("masthead: {message}")), "{text}\n{error}");
    }
}

#[test]
fn similar_faces_take_the_place_of_missing_ones() {
    let package = Package::with_fonts("fonts/original");
    let text = std::fs::read_to_string(root().join("starter/main.typ")).unwrap();
    let (pages, warnings) = package.compiled(&text).unwrap();
    assert!(pieces(&pages).iter().any(|piece| piece.text.contains("General Assembly")));
    assert!(warnings.iter().any(|warning| warning.contains("masthead serif 103")), "{warnings:?}");
}
