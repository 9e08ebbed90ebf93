//! Crafted files are refused, each with the code of its limit, in time and without much memory;
//! ordinary ones are opened.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::time::{Duration, Instant};

use super::crafted::{Crafted, packed, page, text};
use super::{check_drawing, open};

/// Returns the code with which a file to compare is refused.
fn code(bytes: &[u8]) -> &'static str {
    let begun = Instant::now();
    let code = match open(bytes, |pdf| check_drawing(pdf, 96.0)) {
        Ok(()) => "opened",
        Err(refused) => refused.code,
    };
    assert!(begun.elapsed() < Duration::from_secs(10), "{code} after {:?}", begun.elapsed());
    code
}

fn tree(kids: &[&str]) -> Vec<u8> {
    let mut file = Crafted::default();
    file.object("<</Type/Catalog/Pages 2 0 R>>");
    for kids in kids {
        file.object(format!("<</Type/Pages/Kids[{kids}]/Count 1>>"));
    }
    file.object("<</Type/Page/MediaBox[0 0 10 10]>>");
    file.bytes()
}

const FORM: &str = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]";

#[test]
fn ordinary_files_are_opened() {
    assert_eq!(code(&text(&[vec!["Tides".to_owned()], vec!["Gauges".to_owned()]])), "opened");
    let mut file = page("", "/XObject<</A 5 0 R>>", b"/A Do /A Do");
    file.stream(&format!("{FORM}/Filter/FlateDecode"), &packed(b"0 0 5 5 re f"));
    assert_eq!(code(&file.bytes()), "opened");
    assert_eq!(code(&tree(&["3 0 R", "4 0 R 4 0 R"])), "opened");
    // The reference table is damaged, and the reader builds a new one.
    let whole = text(&[vec!["Tides".to_owned()]]);
    let damaged = String::from_utf8(whole).unwrap().replace("startxref\n", "startxref\n9");
    assert_eq!(code(damaged.as_bytes()), "opened");
}

#[test]
fn page_trees_that_repeat_are_refused() {
    // Thirty levels of two branches each: a thousand million pages.
    let doubled: Vec<String> = (0..30).map(|level| format!("{0} 0 R {0} 0 R", level + 3)).collect();
    assert_eq!(code(&tree(&doubled.iter().map(String::as_str).collect::<Vec<_>>())), "pdf-too-many-pages");
    let many = "3 0 R ".repeat(30_000);
    assert_eq!(code(&tree(&[&many])), "pdf-too-many-pages");
    let deep: Vec<String> = (0..300).map(|level| format!("{} 0 R", level + 3)).collect();
    assert_eq!(code(&tree(&deep.iter().map(String::as_str).collect::<Vec<_>>())), "pdf-too-deep");
    // The reader detects that a tree contains itself; it must only terminate.
    code(&tree(&["3 0 R 3 0 R", "2 0 R 2 0 R 4 0 R"]));
}

#[test]
fn deep_objects_are_refused_wherever_they_are() {
    let deep = |open: &str, close: &str| open.repeat(200_000) + &close.repeat(200_000);
    for (open, close) in [("[", "]"), ("<</A", ">>"), ("[<</A ", ">>]")] {
        let nested = deep(open, close);
        let mut file = page("", "", b"");
        file.object(&nested);
        assert_eq!(code(&file.bytes()), "pdf-too-deep", "{open} as an object");
        assert_eq!(code(&page(&format!("/Deep {nested}"), "", b"").bytes()), "pdf-too-deep", "{open} in a page");
        assert_eq!(code(&page("", "", nested.as_bytes()).bytes()), "pdf-too-deep", "{open} in operators");
        let mut file = page("", "", b"");
        file.stream("/Type/ObjStm/N 1/First 4/Filter/FlateDecode", &packed(format!("9 0 {nested}").as_bytes()));
        assert_eq!(code(&file.bytes()), "pdf-too-deep", "{open} in an object stream");
    }
}

#[test]
fn forms_that_draw_themselves_or_each_other_too_often_are_refused() {
    let mut file = page("", "/XObject<</A 5 0 R>>", b"/A Do");
    file.stream(&format!("{FORM}/Resources<</XObject<</A 5 0 R>>>>"), b"/A Do /A Do");
    assert_eq!(code(&file.bytes()), "pdf-too-deep");
    // Without its own resources, with those of the page.
    let mut file = page("", "/XObject<</A 5 0 R>>", b"/A Do");
    file.stream(FORM, b"/A Do /A Do");
    assert_eq!(code(&file.bytes()), "pdf-too-deep");
    // Ten times ten times … ten times a rectangle.
    let mut file = page("", "/XObject<</A 5 0 R>>", b"/A Do");
    for level in 0..20 {
        let resources = format!("{FORM}/Resources<</XObject<</A {} 0 R>>>>", 6 + level);
        file.stream(&resources, "/A Do ".repeat(10).as_bytes());
    }
    file.stream(FORM, b"0 0 5 5 re f");
    assert_eq!(code(&file.bytes()), "pdf-drawing-too-large");
    // A line of a hundred million dashes.
    let dashed = page("", "", b"q [1 2] 0 d Q [.5 1] 0 d 0 0 m 99999999 9 l S");
    assert_eq!(code(&dashed.bytes()), "pdf-drawing-too-large");
    assert_eq!(code(&page("", "", b"[1 2] 0 d 0 0 m 999 9 l S").bytes()), "opened");
    // A pattern, a soft mask, a letter, an annotation.
    let itself = "0 0 5 5 re f /P cs /P scn";
    let mut file = page("", "/Pattern<</P 5 0 R>>", b"/Pattern cs /P scn 0 0 9 9 re f");
    file.stream("/PatternType 1/Resources<</Pattern<</P 5 0 R>>>>", itself.as_bytes());
    assert_eq!(code(&file.bytes()), "pdf-too-deep");
    let mut file = page("", "/ExtGState<</G<</SMask<</S/Alpha/G 5 0 R>>>>>>", b"/G gs");
    file.stream(FORM, b"/G gs");
    assert_eq!(code(&file.bytes()), "pdf-too-deep");
    let mut file = page("", "/Font<</F 6 0 R>>", b"BT /F 9 Tf (a) Tj ET");
    file.stream("", b"BT /F 9 Tf (aa) Tj ET");
    file.object("<</Type/Font/Subtype/Type3/CharProcs<</a 5 0 R>>>>");
    assert_eq!(code(&file.bytes()), "pdf-too-deep");
    let mut file = page("/Annots[<</AP<</N 5 0 R>>>>]", "/XObject<</A 5 0 R>>", b"");
    file.stream(FORM, b"/A Do /A Do");
    assert_eq!(code(&file.bytes()), "pdf-too-deep");
}

#[test]
fn streams_that_unpack_without_bound_are_refused() {
    let zeros = packed(&vec![0; 200 << 20]);
    let mut file = page("", "", b"");
    file.stream("/Filter/FlateDecode", &zeros);
    assert_eq!(code(&file.bytes()), "pdf-stream-too-large");
    let mut file = page("", "", b"");
    file.stream("/Filter[/FlateDecode/FlateDecode]", &packed(&zeros));
    assert_eq!(code(&file.bytes()), "pdf-stream-too-large");
    let hexadecimal: String = zeros.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut file = page("", "", b"");
    file.stream("/Filter[/ASCIIHexDecode/FlateDecode]", hexadecimal.as_bytes());
    assert_eq!(code(&file.bytes()), "pdf-stream-too-large");
    let mut file = page("", "", b"");
    file.stream("/Filter/RunLengthDecode", &[129, 0].repeat(2 << 20));
    assert_eq!(code(&file.bytes()), "pdf-stream-too-large");
    let mut file = page("", "", b"");
    for _ in 0..5 {
        file.stream("/Filter/FlateDecode", &packed(&vec![0; 60 << 20]));
    }
    assert_eq!(code(&file.bytes()), "pdf-stream-too-large", "several streams");
}

#[test]
fn pages_and_images_beyond_measure_are_refused() {
    for side in ["200000".to_owned(), "9".repeat(12), "9".repeat(38)] {
        let entries = format!("/MediaBox[0 0 {side} {side}]");
        assert_eq!(code(&page(&entries, "", b"").bytes()), "pdf-page-too-large", "{side}");
    }
    assert_eq!(code(&page("/MediaBox[0 0 200000 10]", "", b"").bytes()), "pdf-page-too-large");
    let kids = "3 0 R ".repeat(4_000);
    let many = String::from_utf8(tree(&[&kids])).unwrap().replace("[0 0 10 10]", "[0 0 595 842]");
    assert_eq!(code(many.as_bytes()), "pdf-too-many-pages", "many pages");
    let image = |width: u32, height: u32, content: &[u8]| {
        let mut file = page("", "/XObject<</I 5 0 R>>", content);
        let entries = format!("/Subtype/Image/Width {width}/Height {height}/BitsPerComponent 8/ColorSpace/DeviceGray");
        file.stream(&entries, &[0; 100]);
        file.bytes()
    };
    assert_eq!(code(&image(10, 10, b"/I Do")), "opened");
    assert_eq!(code(&image(60_000, 60_000, b"/I Do")), "pdf-image-too-large");
    assert_eq!(code(&image(3_000, 3_000, "/I Do ".repeat(1_000).as_bytes())), "pdf-drawing-too-large");
}

/// Genuine files of the United Nations, of many years and programs.
#[test]
#[ignore = "needs genuine documents (MASTHEAD_CORPUS)"]
fn genuine_files_are_opened() {
    let pdfs = crate::genuine::files(&["originals", "corpus"], &[".pdf"]);
    let refused: Vec<String> = pdfs
        .iter()
        .filter_map(|path| Some((path, open(&fs::read(path).unwrap(), |pdf| check_drawing(pdf, 96.0)).err()?)))
        .map(|(path, refused)| format!("{}: {refused}", path.display()))
        .collect();
    assert!(refused.is_empty(), "{refused:#?}");
}
