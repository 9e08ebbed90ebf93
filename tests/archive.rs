//! The PDF read back: standards, metadata and the tree of tags.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod pages;

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object};
use masthead::{Press, Profile};
use pages::rendered;

fn pdf(profile: Profile) -> Document {
    let press = Press::new([]).unwrap();
    let bytes = rendered(&press, "examples/a-77-l-107.yaml").pdf(profile).unwrap();
    Document::load_mem(&bytes).unwrap()
}

fn xmp(document: &Document) -> String {
    let metadata = document.catalog().unwrap().get(b"Metadata").and_then(Object::as_reference).unwrap();
    let stream = document.get_object(metadata).unwrap().as_stream().unwrap();
    String::from_utf8(stream.get_plain_content().unwrap_or_else(|_| stream.content.clone())).unwrap()
}

fn dictionary<'d>(document: &'d Document, object: &'d Object) -> Option<&'d Dictionary> {
    document.dereference(object).ok().and_then(|(_, object)| object.as_dict().ok())
}

/// How often each kind of structure element occurs, with those that lack what they need.
fn tags(document: &Document, object: &Object, counts: &mut BTreeMap<String, usize>) {
    let (_, object) = document.dereference(object).unwrap();
    if let Ok(list) = object.as_array() {
        list.iter().for_each(|kid| tags(document, kid, counts));
    } else if let Ok(element) = object.as_dict() {
        if let Ok(name) = element.get(b"S").and_then(Object::as_name) {
            let name = String::from_utf8_lossy(name).into_owned();
            if name == "Figure" {
                assert!(element.has(b"Alt"), "a figure has no description");
            }
            *counts.entry(name).or_default() += 1;
        }
        if let Ok(kids) = element.get(b"K") {
            tags(document, kids, counts);
        }
    }
}

#[test]
fn it_says_its_standards_title_language_symbol_and_date() {
    let document = pdf(Profile::Archive);
    let xmp = xmp(&document);
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
    let catalog = document.catalog().unwrap();
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"en");
    let marked = dictionary(&document, catalog.get(b"MarkInfo").unwrap()).unwrap();
    assert!(marked.get(b"Marked").unwrap().as_bool().unwrap());
    assert!(catalog.has(b"OutputIntents"));
}

#[test]
fn its_tags_follow_the_document() {
    let document = pdf(Profile::Archive);
    let root = dictionary(&document, document.catalog().unwrap().get(b"StructTreeRoot").unwrap()).unwrap();
    let mut counts = BTreeMap::new();
    tags(&document, root.get(b"K").unwrap(), &mut counts);
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
    let document = pdf(Profile::Screen);
    assert!(!document.catalog().unwrap().has(b"StructTreeRoot"));
    assert!(!xmp(&document).contains("pdfaid"));
}
