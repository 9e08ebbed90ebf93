//! The PDF read back: standards, metadata and the tree of tags.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod pages;

use std::collections::BTreeMap;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};
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
        "<pdfaid:part>2</pdfaid:part>",
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
fn a_screen_file_is_plain() {
    let pdf = pdf(Profile::Screen);
    assert!(!catalog(&pdf).contains_key("StructTreeRoot"));
    assert!(!xmp(&pdf).contains("pdfaid"));
}
