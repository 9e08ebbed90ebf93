//! The PDF read back: standards, metadata and the tree of tags.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod pages;

use std::collections::BTreeMap;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use masthead::export::{self, Origin};
use masthead::prepare::{Block, Run};
use masthead::verify::{Verdict, verify};
use masthead::{Press, Profile};
use pages::rendered;

fn pdf(profile: Profile) -> Pdf {
    let press = Press::new([]).unwrap();
    let bytes = rendered(&press, "examples/a-77-l-107.yaml").pdf(profile).unwrap();
    Pdf::new(bytes).unwrap()
}

fn catalog(pdf: &Pdf) -> Dict<'_> {
    pdf.xref().get::<Dict>(pdf.xref().root_id()).unwrap()
}

fn xmp(pdf: &Pdf) -> String {
    let stream = catalog(pdf).get::<Stream>("Metadata").unwrap();
    String::from_utf8(stream.decoded().unwrap().into_owned()).unwrap()
}

/// Counts the kinds of structure elements below an object; figures must be described.
fn tags(object: Object, counts: &mut BTreeMap<String, usize>) {
    match object {
        Object::Array(list) => list.iter::<Object>().for_each(|kid| tags(kid, counts)),
        Object::Dict(element) => {
            if let Some(kind) = element.get::<Name>("S") {
                let described = kind.as_str() != "Figure" || element.contains_key("Alt");
                assert!(described, "a figure has no description");
                *counts.entry(kind.as_str().to_owned()).or_default() += 1;
            }
            if let Some(kids) = element.get::<Object>("K") {
                tags(kids, counts);
            }
        }
        _ => {}
    }
}

#[test]
fn it_says_its_standards_title_language_symbol_and_date() {
    let pdf = pdf(Profile::Archive);
    let xmp = xmp(&pdf);
    for said in [
        "<pdfaid:part>3</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "Cooperation between the United Nations and the Shanghai Cooperation Organization",
        "A/77/L.107",
        "2023-08-28",
    ] {
        assert!(xmp.contains(said), "{said} is not in {xmp}");
    }
    let catalog = catalog(&pdf);
    assert_eq!(catalog.get::<hayro_syntax::object::String>("Lang").unwrap().as_bytes(), b"en");
    assert_eq!(catalog.get::<Dict>("MarkInfo").unwrap().get::<bool>("Marked"), Some(true));
    assert_eq!(catalog.get::<Array>("OutputIntents").unwrap().iter::<Dict>().count(), 1);
}

#[test]
fn its_tags_follow_the_document() {
    let pdf = pdf(Profile::Archive);
    let root = catalog(&pdf).get::<Dict>("StructTreeRoot").unwrap();
    let mut counts = BTreeMap::new();
    tags(root.get::<Object>("K").unwrap(), &mut counts);
    let count = |name: &str| counts.get(name).copied().unwrap_or_default();
    assert_eq!(count("H1"), 1, "{counts:?}");
    // Enacting words, 23 preambular and 5 operative paragraphs, and those of the head.
    assert!(count("P") >= 29, "{counts:?}");
    assert_eq!(count("Note"), 7, "{counts:?}");
    assert!(count("Link") >= 12, "{counts:?}");
    assert!(count("Lbl") >= 7, "{counts:?}");
    assert_eq!(count("Figure"), 1, "{counts:?}");
}

#[test]
fn it_carries_what_it_was_made_of() {
    let press = Press::new([]).unwrap();
    let rendition = rendered(&press, "examples/note.yaml");
    let bytes = rendition.pdf(Profile::Archive).unwrap();
    let origin = Origin::of_pdf(&bytes).unwrap();
    assert_eq!(origin, rendition.origin());
    assert_eq!(origin.prepared, rendition.prepared);
    assert_eq!(origin.pictures.keys().collect::<Vec<_>>(), ["figure.svg"]);
    let pdf = Pdf::new(bytes.clone()).unwrap();
    let file = catalog(&pdf).get::<Array>("AF").unwrap().iter::<Dict>().next().unwrap();
    assert_eq!(file.get::<Name>("AFRelationship").unwrap().as_str(), "Source");
    assert_eq!(verify(&press, &bytes), Ok(Verdict::Same));
}

#[test]
fn files_that_carry_nothing_cannot_be_verified() {
    let press = Press::new([]).unwrap();
    let rendition = rendered(&press, "examples/a-77-l-107.yaml");
    for profile in [Profile::Print, Profile::Screen] {
        assert!(verify(&press, &rendition.pdf(profile).unwrap()).unwrap_err().contains("carries no masthead.json"));
    }
    assert!(verify(&press, b"%PDF-1.7").unwrap_err().contains("no PDF file"));
}

#[test]
fn what_was_altered_is_told() {
    let press = Press::new([]).unwrap();
    let rendition = rendered(&press, "examples/minimal.json");
    let good = rendition.pdf(Profile::Archive).unwrap();
    let mut altered = good.clone();
    *altered.last_mut().unwrap() ^= 1;
    let Verdict::Other { made_by, at, .. } = verify(&press, &altered).unwrap() else { panic!("it is the same") };
    assert_eq!((made_by.as_str(), at), (Origin::THIS_VERSION, good.len() - 1));
    let by_another = Origin { masthead: "0.0.1".into(), ..rendition.origin() };
    let older = export::pdf(&rendition.pages, &by_another, Profile::Archive).unwrap();
    let Verdict::Other { made_by, .. } = verify(&press, &older).unwrap() else { panic!("it is the same") };
    assert_eq!(made_by, "0.0.1");
}

#[test]
fn what_masthead_never_makes_stops_nothing() {
    let press = Press::new([]).unwrap();
    let rendition = rendered(&press, "examples/minimal.json");
    let mut origin = rendition.origin();
    let note = Run::Note { note: 99, again: false };
    origin.prepared.body = vec![Block::Closing { lines: vec![vec![note]] }];
    let forged = export::pdf(&rendition.pages, &origin, Profile::Archive).unwrap();
    assert!(verify(&press, &forged).is_err());
    let good = rendered(&press, "examples/minimal.json").pdf(Profile::Archive).unwrap();
    assert_eq!(good, rendition.pdf(Profile::Archive).unwrap());
}

/// The limits of documents that are read hold for what an archive file carries.
#[test]
fn texts_beyond_the_limits_of_documents_are_not_set() {
    let press = Press::new([]).unwrap();
    let rendition = rendered(&press, "examples/minimal.json");
    let text = |bytes: usize| Run::Text {
        text: "tide ".repeat(bytes / 5),
        italic: false,
        bold: false,
        raised: false,
        link: None,
    };
    // In one run, in runs that are short by themselves, in very many blocks.
    let blocks = [
        vec![Block::Closing { lines: vec![vec![text(2_000_000)]] }],
        vec![Block::Closing { lines: vec![vec![text(60_000); 40]] }],
        vec![Block::Closing { lines: vec![vec![text(10)]] }; 30_000],
    ];
    for body in blocks {
        let mut origin = rendition.origin();
        origin.prepared.body = body;
        let forged = export::pdf(&rendition.pages, &origin, Profile::Archive).unwrap();
        let reason = verify(&press, &forged).unwrap_err();
        assert!(reason.contains("[too-long]"), "{reason}");
    }
}

#[test]
fn a_screen_file_is_plain() {
    let pdf = pdf(Profile::Screen);
    assert!(!catalog(&pdf).contains_key("StructTreeRoot"));
    assert!(!xmp(&pdf).contains("pdfaid"));
}
