//! Sources that nobody would write: every reader and every rule bears them. A bounded number of
//! them is made up out of seeds; `PROPTEST_CASES=10000 cargo test --test it robust` makes more.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use masthead::check::fix;
use masthead::diagnostic::Source;
use masthead::read::read;
use masthead::{Coverage, Format, lint, write};
use proptest::prelude::*;

const YAML: [&str; 4] = [
    include_str!("../../examples/a-77-l-107.yaml"),
    include_str!("../../examples/resolution.yaml"),
    include_str!("../../examples/letter.yaml"),
    include_str!("../../examples/resolution.ar.yaml"),
];
const MARKDOWN: &str = include_str!("../../examples/draft-resolution.md");
const XML: &str = include_str!("../seeds/resolution.xml");
/// What has a meaning somewhere, and what lies at the edges.
const PIECES: [&str; 44] = [
    "*",
    "**",
    "[^1]",
    "[^",
    "](",
    "[x](http://y)",
    "\\",
    "“",
    "”",
    "\"",
    "'",
    "(",
    ")",
    "\u{a0}",
    "  ",
    "\n",
    "\n\n",
    "\t",
    "- ",
    ": ",
    "#",
    "---\n",
    "|",
    ">",
    "{",
    "}",
    "[",
    "]",
    "<",
    "&amp;",
    "</p>",
    "<p>",
    "<!--",
    "]]>",
    "\u{301}",
    "𝟘",
    "世",
    "\u{202e}",
    "\u{feff}",
    "99999999999999999999",
    "2023-02-30",
    "A/77/L.1",
    "resolution 77/1 of 99 May 9999",
    "Ibid.",
];

/// A seed in which a few places were changed.
fn changed(seed: String) -> impl Strategy<Value = String> {
    let change = (any::<prop::sample::Index>(), 0..40_usize, prop::sample::select(&PIECES[..]), 0..4_u8);
    prop::collection::vec(change, 1..12).prop_map(move |changes| {
        let mut text: Vec<char> = seed.chars().collect();
        for (at, length, piece, how) in changes {
            let at = at.index(text.len() + 1);
            let end = (at + length).min(text.len());
            let cut: Vec<char> = text[at..end].to_vec();
            match how {
                0 => drop(text.splice(at..end, [])),
                1 => drop(text.splice(at..at, piece.chars())),
                2 => drop(text.splice(at..at, cut)),
                _ => drop(text.splice(at..end, piece.chars())),
            }
        }
        text.into_iter().collect()
    })
}

/// A seed in a syntax, or whatever characters.
fn source(format: Format) -> BoxedStrategy<String> {
    let seeds: Vec<String> = match format {
        Format::Yaml => YAML.map(str::to_owned).to_vec(),
        Format::Json => YAML.map(|text| convert(text, format)).to_vec(),
        Format::Markdown => YAML.map(|text| convert(text, format)).into_iter().chain([MARKDOWN.to_owned()]).collect(),
        Format::Xml => vec![XML.to_owned()],
        other => panic!("there is no seed for {other:?}"),
    };
    prop_oneof![8 => prop::sample::select(seeds).prop_flat_map(changed), 1 => ".{0,400}"].boxed()
}

fn convert(yaml: &str, to: Format) -> String {
    write(&read(&Source::new("seed.yaml", yaml), Format::Yaml).unwrap().document, to).unwrap()
}

/// Looks at a source on a thread of its own; one that does not come back has hung.
fn bears(text: &str, format: Format, mended: bool) {
    const PATIENCE: Duration = Duration::from_secs(120);
    const MOST: usize = 10_000;
    let (report, reported) = mpsc::channel();
    let source = Source::new("made-up", text);
    thread::spawn(move || {
        let findings = lint(&Coverage::default(), &source, format);
        for finding in &findings {
            finding.render(false);
            if let Some(place) = &finding.place {
                assert!(source.text.get(place.span.clone()).is_some(), "{:?} is no place", place.span);
            }
        }
        if mended {
            let _ = fix(&source, format, &|_| true);
        }
        report.send(findings.len()).unwrap();
    });
    let number =
        reported.recv_timeout(PATIENCE).unwrap_or_else(|error| panic!("{error} with this {format:?}:\n{text}"));
    assert!(number < MOST, "{number} findings");
}

/// How many are made up for each syntax, unless the environment says it.
fn cases() -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|number| number.parse().ok());
    ProptestConfig { cases: asked.unwrap_or(32), failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn yaml(text in source(Format::Yaml)) { bears(&text, Format::Yaml, true); }

    #[test]
    fn json(text in source(Format::Json)) { bears(&text, Format::Json, true); }

    #[test]
    fn markdown(text in source(Format::Markdown)) { bears(&text, Format::Markdown, true); }

    #[test]
    fn xml(text in source(Format::Xml)) { bears(&text, Format::Xml, true); }
}

/// What grows without bound in other programs.
#[test]
fn rows_without_end() {
    for piece in PIECES {
        let row = piece.repeat(4_000 / piece.len());
        for format in [Format::Yaml, Format::Json, Format::Markdown, Format::Xml] {
            bears(&row, format, false);
        }
        let text =
            serde_json::json!({ "symbol": "A/84/L.1", "kind": "draft-resolution", "body": [{ "paragraph": row }] });
        bears(&text.to_string(), Format::Json, false);
    }
}
