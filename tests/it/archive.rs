//! The PDF read back: standards, metadata and the tree of tags.

use crate::pages;
use crate::pictures;
use std::collections::BTreeMap;

use crate::pages::{examples, rendered};
use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, Object, Rect, Stream, String as PdfString};
use masthead::diagnostic::Source;
use masthead::export::Origin;
use masthead::export::print::{Ink, OutputIntent, PrintOptions};
use masthead::preflight::{self, preflight};
use masthead::prepare::{Block, Run};
use masthead::typeset::{DrawingKind, PagePieces, read_back, typeset};
use masthead::verify::{Verdict, verify};
use masthead::{Format, Job, Lines, Press, Profile, Rendition, render};

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
fn it_states_its_standards_title_language_symbol_and_date() {
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
    assert_eq!(catalog.get::<PdfString>("Lang").unwrap().as_bytes(), b"en");
    let marked = catalog.get::<Dict>("MarkInfo").unwrap();
    assert_eq!(marked.get::<bool>("Marked"), Some(true));
    // poppler takes a false value for one of the wrong type.
    assert!(!marked.contains_key("Suspects"));
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

/// Returns every text in a file: strings and names of its objects, and its streams, decoded.
fn texts(file: &[u8]) -> String {
    fn gather(object: &lopdf::Object, found: &mut String) {
        match object {
            lopdf::Object::String(bytes, _) => {
                let wide = bytes.strip_prefix(&[0xFE, 0xFF]).map(|wide| {
                    let units: Vec<u16> = wide.chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
                    String::from_utf16_lossy(&units)
                });
                found.push_str(&wide.unwrap_or_else(|| String::from_utf8_lossy(bytes).into_owned()));
            }
            lopdf::Object::Name(name) => found.push_str(&String::from_utf8_lossy(name)),
            lopdf::Object::Array(list) => list.iter().for_each(|object| gather(object, found)),
            lopdf::Object::Dictionary(dict) => dict.iter().for_each(|(_, object)| gather(object, found)),
            lopdf::Object::Stream(stream) => {
                stream.dict.iter().for_each(|(_, object)| gather(object, found));
                let data = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
                found.push_str(&String::from_utf8_lossy(&data));
            }
            _ => {}
        }
        found.push('\n');
    }
    let pdf = lopdf::Document::load_mem(file).unwrap();
    let mut found = String::new();
    pdf.objects.values().for_each(|object| gather(object, &mut found));
    pdf.trailer.iter().for_each(|(_, object)| gather(object, &mut found));
    found
}

/// The examples of houses.
const HOUSES: [&str; 3] = ["school/resolution.yaml", "region/decision.yaml", "city/amendment.yaml"];

#[test]
fn documents_of_other_houses_never_name_the_united_nations() {
    let press = Press::new([]).unwrap();
    let official = rendered(&press, "examples/amendment.yaml");
    let emblem = |rendition: &Rendition| {
        let drawn = read_back(&rendition.pages);
        drawn[0].drawings.iter().find(|drawing| drawing.part == "emblem").map(|drawing| drawing.kind.clone())
    };
    let says =
        |text: &str| ["united nations", "un.org", "undocs"].into_iter().find(|word| text.to_lowercase().contains(word));
    assert!(says(&texts(&official.pdf(Profile::Archive).unwrap())).is_some());
    let print = PrintOptions::default();
    for example in HOUSES {
        let path = std::path::PathBuf::from(format!("examples/houses/{example}"));
        let (source, format) = masthead::files::source(&path, None, &masthead::files::Folders::default()).unwrap();
        let picture = |name: &str| masthead::files::picture(&path, name);
        for profile in [Profile::Archive, Profile::Screen, Profile::Print] {
            let print = (profile == Profile::Print).then_some(&print);
            let job = Job::new(&source, format).picture(&picture).print(print);
            let rendition = render(&press, &job).unwrap_or_else(|findings| panic!("{example}: {}", findings[0]));
            assert_eq!(rendition.findings, [], "{example}");
            let pieces = pages::pieces(&rendition);
            let printed: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
            assert_eq!(says(&printed), None, "{example}: {printed}");
            let file = rendition.pdf(profile).unwrap();
            assert_eq!(says(&texts(&file)), None, "{example} {profile:?}");
            assert!(emblem(&rendition).is_some() && emblem(&rendition) != emblem(&official), "{example}");
            if profile != Profile::Screen {
                assert_eq!(verify(&press, &file).unwrap(), Verdict::Same, "{example}");
            }
        }
        let mut document = masthead::read::read(&source, format).unwrap().document;
        let cells = serde_json::json!([["Low", {"text": "High", "align": "right"}, {"text": "Mean", "align": "left"}]]);
        document.body.push(serde_json::from_value(serde_json::json!({"table": {"rows": cells}})).unwrap());
        let xml = masthead::write(&document, Format::Xml).unwrap();
        assert_eq!(says(&xml), None, "{example}: {xml}");
        let back = masthead::read::read(&Source::new("x.xml", xml), Format::Xml).unwrap();
        assert_eq!(back.document, document, "{example}");
    }
}

/// Without an emblem of its own, a house has none.
#[test]
fn a_house_decides_what_page_1_shows() {
    let press = Press::new([]).unwrap();
    let yaml = |house: &str| {
        format!(
            "symbol: DR 1.2/Rev.1\nkind: working-paper\ndate: 2031-01-02\njob: 31-1\nhouse: {{{house}}}\ntitle: Tides\nbody: [{{paragraph: See DR 1.1 and A/77/1.}}]\n"
        )
    };
    let shown = |house: &str| {
        let source = Source::new("t.yaml", yaml(house));
        let rendition =
            render(&press, &Job::new(&source, Format::Yaml)).unwrap_or_else(|findings| panic!("{}", findings[0]));
        let drawn = read_back(&rendition.pages);
        let parts: std::collections::BTreeSet<String> =
            drawn[0].drawings.iter().map(|drawing| drawing.part.clone()).collect();
        let links = serde_json::to_string(&rendition.prepared.body).unwrap().matches("\"link\"").count();
        let has = ["barcode", "recycling", "code", "emblem"].map(|part| parts.contains(part));
        (has, links, rendition.prepared.foot.address.clone())
    };
    let free = "name: Tides, symbols: free";
    assert_eq!(shown(free), ([true, true, false, false], 0, String::new()));
    let none = format!("{free}, barcode: false, recycle: false");
    assert_eq!(shown(&none).0, [false; 4]);
    let (has, links, address) = shown(&format!(
        "{none}, qr: 'https://x.org/{{symbol}}', links: 'https://x.org/{{symbol}}', organs: {{DR: Plenary}}"
    ));
    assert_eq!((has, links, address.as_str()), ([false, false, true, false], 1, "https://x.org/DR%201.2/Rev.1"));
    let refused = |house: &str| {
        let source = Source::new("t.yaml", yaml(house));
        render(&press, &Job::new(&source, Format::Yaml))
            .unwrap_err()
            .into_iter()
            .map(|finding| finding.code)
            .collect::<Vec<_>>()
    };
    assert_eq!(refused("symbols: free"), ["house-name"]);
    assert_eq!(refused("name: Tides"), ["symbol-form"]);
    assert_eq!(
        refused("name: Tides, symbols: any, qr: papers, emblem: ../x.svg"),
        ["symbol-form", "unknown-value", "wrong-type", "path"]
    );
}

/// Returns the decorations in attributes of tags, in order.
fn decorations(object: Object, found: &mut Vec<String>) {
    match object {
        Object::Array(list) => list.iter::<Object>().for_each(|object| decorations(object, found)),
        Object::Dict(tag) => {
            let lists = tag.get::<Array>("A").into_iter().flat_map(|list| list.iter::<Dict>().collect::<Vec<_>>());
            let attributes = lists.chain(tag.get::<Dict>("A"));
            let drawn = attributes.filter_map(|own| own.get::<Name>("TextDecorationType"));
            found.extend(drawn.map(|name| name.as_str().to_owned()));
            if let Some(kids) = tag.get::<Object>("K") {
                decorations(kids, found);
            }
        }
        _ => {}
    }
}

#[test]
fn redlines_are_tagged() {
    let press = Press::new([]).unwrap();
    let yaml = |text: &str| {
        let yaml =
            format!("symbol: A/84/L.901\nkind: note\ndate: 2029-10-01\ntitle: Tides\nbody:\n- paragraph: {text}\n");
        Source::new("t.yaml", yaml)
    };
    let (old, new) = (yaml("One old word of it."), yaml("One new word of it all."));
    let document = |source| masthead::read::read(source, Format::Yaml).unwrap().document;
    let mut job = masthead::prepare_job(&press, &Job::new(&new, Format::Yaml)).unwrap();
    job.origin.prepared = masthead::diff::compare(&document(&old), &document(&new)).unwrap().redline;
    let rendition = job.typeset(&press).unwrap();
    let drawn = read_back(&rendition.pages);
    let bars = drawn[0].drawings.iter().filter(|line| line.part == "body/0" && line.height > 5.0);
    assert_eq!(bars.count(), 1);
    let pdf = Pdf::new(rendition.pdf(Profile::Archive).unwrap()).unwrap();
    let mut found = Vec::new();
    let root = catalog(&pdf).get::<Dict>("StructTreeRoot").unwrap();
    decorations(root.get::<Object>("K").unwrap(), &mut found);
    found.dedup();
    assert_eq!(found, ["LineThrough", "Underline"]);
}

#[test]
fn changes_are_tagged_and_black() {
    let press = Press::new([]).unwrap();
    let yaml = "symbol: A/84/L.901\nkind: amendment\ndate: 2029-10-01\ntitle: Tides\nbody:\n\
                - paragraph: See ~~resolution 70/1~~ ++[the site](https://www.un.org)++ of tide++s++.\n";
    let source = Source::new("t.yaml", yaml);
    let options = PrintOptions::default();
    for print in [None, Some(&options)] {
        let rendition = render(&press, &Job::new(&source, Format::Yaml).print(print)).unwrap();
        let drawn = read_back(&rendition.pages);
        let lines = drawn[0].drawings.iter().filter(|drawing| drawing.part == "body/0");
        assert_eq!(lines.map(|line| line.kind.clone()).collect::<Vec<_>>(), vec![DrawingKind::Shape(None); 4]);
        if print.is_some() {
            let report = preflight(&rendition.pdf(Profile::Print).unwrap(), &preflight::Profile::default()).unwrap();
            assert_eq!(report.findings, []);
            continue;
        }
        let pdf = Pdf::new(rendition.pdf(Profile::Archive).unwrap()).unwrap();
        let root = catalog(&pdf).get::<Dict>("StructTreeRoot").unwrap();
        let mut found = Vec::new();
        decorations(root.get::<Object>("K").unwrap(), &mut found);
        found.dedup();
        assert_eq!(found, ["LineThrough", "Underline"]);
    }
}

#[test]
fn it_embeds_what_it_was_made_from() {
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
    assert_eq!(verify(&press, &bytes).unwrap(), Verdict::Same);
}

#[test]
fn files_without_an_embedded_document_cannot_be_verified() {
    let press = Press::new([]).unwrap();
    let rendition = rendered(&press, "examples/a-77-l-107.yaml");
    let screen = rendition.pdf(Profile::Screen).unwrap();
    assert!(verify(&press, &screen).unwrap_err().to_string().contains("carries no masthead.json"));
    assert!(verify(&press, b"%PDF-1.7").unwrap_err().to_string().contains("not a PDF file"));
}

#[test]
fn alterations_are_reported() {
    let press = Press::new([]).unwrap();
    let rendition = rendered(&press, "examples/minimal.json");
    let good = rendition.pdf(Profile::Archive).unwrap();
    let mut altered = good.clone();
    *altered.last_mut().unwrap() ^= 1;
    let Verdict::Other { made_by, at, .. } = verify(&press, &altered).unwrap() else { panic!("it is the same") };
    assert_eq!((made_by.as_str(), at), (Origin::THIS_VERSION, good.len() - 1));
    let mut by_another = rendition.origin();
    by_another.masthead = "0.0.1".into();
    let older = rendition.pages.pdf(&by_another, Profile::Archive).unwrap();
    let Verdict::Other { made_by, .. } = verify(&press, &older).unwrap() else { panic!("it is the same") };
    assert_eq!(made_by, "0.0.1");
}

#[test]
fn foreign_contents_stop_nothing() {
    let press = Press::new([]).unwrap();
    let rendition = rendered(&press, "examples/minimal.json");
    let mut origin = rendition.origin();
    let note = Run::Note { note: 99, again: false, change: None };
    origin.prepared.body = vec![Block::Closing { lines: vec![vec![note]] }];
    let forged = rendition.pages.pdf(&origin, Profile::Archive).unwrap();
    assert!(verify(&press, &forged).is_err());
    let good = rendered(&press, "examples/minimal.json").pdf(Profile::Archive).unwrap();
    assert_eq!(good, rendition.pdf(Profile::Archive).unwrap());
}

/// The limits of documents also apply to what is embedded in an archive file.
#[test]
fn texts_beyond_the_limits_of_documents_are_not_typeset() {
    let press = Press::new([]).unwrap();
    let rendition = rendered(&press, "examples/minimal.json");
    let text = |bytes: usize| Run::Text {
        text: "tide ".repeat(bytes / 5),
        italic: false,
        bold: false,
        raised: false,
        change: None,
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
        let forged = rendition.pages.pdf(&origin, Profile::Archive).unwrap();
        let reason = verify(&press, &forged).unwrap_err().to_string();
        assert!(reason.contains("[too-long]"), "{reason}");
    }
}

/// Pictures are checked wherever they come from.
#[test]
fn pictures_embedded_in_an_archive_are_checked() {
    let press = Press::new([]).unwrap();
    let rendition = rendered(&press, "examples/note.yaml");
    for (_, hostile) in pictures::hostile_svgs().into_iter().filter(|(_, picture)| picture.len() < 2_000) {
        let mut origin = rendition.origin();
        origin.pictures.insert("figure.svg".into(), hostile);
        let forged = rendition.pages.pdf(&origin, Profile::Archive).unwrap();
        let reason = verify(&press, &forged).unwrap_err().to_string();
        assert!(reason.starts_with("its embedded picture “figure.svg”: "), "{reason}");
    }
}

#[test]
fn a_screen_file_is_tagged_and_small() {
    let pdf = pdf(Profile::Screen);
    assert!(catalog(&pdf).contains_key("StructTreeRoot"));
    assert!(xmp(&pdf).contains("<pdfuaid:part>1<") && !xmp(&pdf).contains("pdfaid"));
    let links = pdf.pages().iter().flat_map(|page| page.raw().get::<Array>("Annots"));
    assert!(links.map(|list| list.iter::<Dict>().count()).sum::<usize>() > 5);
    let press = Press::new([]).unwrap();
    let rendition = rendered(&press, "examples/a-77-l-107.yaml");
    let [screen, archive] = [Profile::Screen, Profile::Archive].map(|profile| rendition.pdf(profile).unwrap().len());
    assert!(5 * screen < 4 * archive, "{screen} and {archive} bytes");
}

/// A document with a picture in colour, rendered for print.
fn printed(press: &Press, options: &PrintOptions) -> Rendition {
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 90 60'><defs><linearGradient id='g'>\
               <stop stop-color='red'/><stop offset='1' stop-color='blue' stop-opacity='0.5'/></linearGradient></defs>\
               <rect width='90' height='30' fill='url(#g)'/><g opacity='0.5'><path d='M0 30h90v30z' fill='teal'/></g></svg>";
    let yaml = "symbol: A/84/L.901\nkind: report\ndate: 2029-10-01\ntitle: Tides\nbody:\n\
                - paragraph: See [the site](https://www.un.org) and resolution 70/1.\n\
                - figure: {image: tide.svg, description: Tides}\n";
    let source = Source::new("t.yaml", yaml);
    let picture = |_: &str| Ok(svg.as_bytes().to_vec());
    let job = Job::new(&source, Format::Yaml).picture(&picture).print(options);
    render(press, &job).unwrap()
}

#[test]
fn print_files_are_fit_for_the_press() {
    let press = Press::new([]).unwrap();
    let marked = PrintOptions::default().bleed(9.0).marks(true);
    for options in [PrintOptions::default(), marked] {
        let rendition = printed(&press, &options);
        let file = rendition.pdf(Profile::Print).unwrap();
        assert!(file.starts_with(b"%PDF-1.6"));
        let report = preflight(&file, &preflight::Profile::default()).unwrap();
        assert_eq!(report.findings, []);
        for page in &report.pages {
            let lists =
                (page.inks.iter().map(String::as_str).collect::<Vec<_>>(), page.spaces.iter().collect::<Vec<_>>());
            assert_eq!(lists, (vec!["black"], vec![&"grey"]), "page {}", page.page);
        }
        let pdf = Pdf::new(file.clone()).unwrap();
        assert!(xmp(&pdf).contains("<pdfxid:GTS_PDFXVersion>PDF/X-4<") && !catalog(&pdf).contains_key("Outlines"));
        let page = pdf.pages()[0].raw().clone();
        let side = |name: &str| page.get::<Rect>(name).unwrap().x0;
        let media = if options.marks { -27.0 } else { 0.0 };
        assert_eq!((side("TrimBox"), side("BleedBox"), side("MediaBox")), (0.0, -options.bleed, media));
        assert!(!page.contains_key("Annots"));
        assert_eq!(file, printed(&press, &options).pdf(Profile::Print).unwrap());
        assert_eq!(verify(&press, &file).unwrap(), Verdict::Same);
        let told: Vec<_> = rendition.print_findings().into_iter().map(|it| (it.code, it.message)).collect();
        let grey = "page 1: the picture “tide.svg” has colours and is printed in grey".to_owned();
        assert_eq!(told, [("printed-in-grey", grey)]);
        let place = rendition.print_findings().remove(0).place.unwrap();
        assert_eq!(place.source.text[place.span], *"tide.svg");
    }
}

#[test]
fn coloured_pictures_keep_their_colours_on_request_and_are_named() {
    let press = Press::new([]).unwrap();
    let rendition = printed(&press, &PrintOptions::default().ink(Ink::Colour));
    let file = rendition.pdf(Profile::Print).unwrap();
    let told: Vec<_> = rendition.print_findings().into_iter().map(|it| (it.code, it.message)).collect();
    assert_eq!(
        told,
        [("printed-in-colour", "page 1: the picture “tide.svg” is printed in colour, from RGB".to_owned())]
    );
    let report = preflight(&file, &preflight::Profile::default()).unwrap();
    // Text and rules are black all the same.
    assert!(report.findings.iter().all(|it| it.code == "press-rgb" && it.message == "an area in RGB"), "{report:?}");
    assert!(!report.findings.is_empty());
    assert_eq!(verify(&press, &file).unwrap(), Verdict::Same);
}

#[test]
fn another_printing_condition_is_carried_and_verified() {
    let press = Press::new([]).unwrap();
    let mut profile = std::fs::read("profiles/print.icc").unwrap();
    *profile.last_mut().unwrap() ^= 1;
    let intent = OutputIntent::new(profile).unwrap();
    let options = PrintOptions::default().output_intent(intent);
    let file = printed(&press, &options).pdf(Profile::Print).unwrap();
    assert_ne!(file, printed(&press, &PrintOptions::default()).pdf(Profile::Print).unwrap());
    assert_eq!(verify(&press, &file).unwrap(), Verdict::Same);
}

/// The boxes of an annotation, from the upper left corner of a page of that height: left, top, right,
/// bottom.
fn boxes(annotation: &Dict, height: f64) -> Vec<[f64; 4]> {
    let rect = annotation.get::<Rect>("Rect").unwrap();
    let corners: Vec<f64> = annotation.get::<Array>("QuadPoints").map_or_else(Vec::new, |all| all.iter().collect());
    let mut boxes = vec![[rect.x0, height - rect.y1, rect.x1, height - rect.y0]];
    boxes.extend(corners.chunks(8).map(|corners| {
        let (xs, ys) = (corners.iter().step_by(2), corners.iter().skip(1).step_by(2));
        let least = |all: &mut dyn Iterator<Item = &f64>| all.copied().fold(f64::MAX, f64::min);
        let most = |all: &mut dyn Iterator<Item = &f64>| all.copied().fold(f64::MIN, f64::max);
        let [left, right] = [least(&mut xs.clone()), most(&mut xs.clone())];
        [left, height - most(&mut ys.clone()), right, height - least(&mut ys.clone())]
    }));
    boxes
}

/// What is wrong with the box of a link: it reaches over the whole height of a text, and over its page.
fn wrong(page: &PagePieces, [left, top, right, bottom]: [f64; 4]) -> Option<String> {
    const ASCENT: f64 = 0.65; // of a capital letter or figure
    let at = format!("{left:.1}-{right:.1}, {top:.1}-{bottom:.1}");
    let inside = left >= 0.0 && top >= 0.0 && right <= page.width && bottom <= page.height;
    let covered = page.texts.iter().any(|text| {
        let across = text.x < right && text.x + text.width > left && !text.text.trim().is_empty();
        across && text.y - ASCENT * text.size >= top && text.y <= bottom
    });
    match () {
        () if right - left < 1.0 || bottom - top < 5.0 => Some(format!("{at}: it is nothing")),
        () if !inside => Some(format!("{at}: it leaves the page")),
        () if !covered => Some(format!("{at}: it covers no text")),
        () => None,
    }
}

/// How many links a file has, and what is wrong with them.
fn links(rendition: &Rendition, profile: Profile) -> (usize, Vec<String>) {
    let pdf = Pdf::new(rendition.pdf(profile).unwrap()).unwrap();
    let read = read_back(&rendition.pages);
    let (mut count, mut list) = (0, Vec::new());
    for (page, printed) in pdf.pages().iter().zip(&read) {
        for annotation in page.raw().get::<Array>("Annots").iter().flat_map(|all| all.iter::<Dict>()) {
            count += 1;
            let boxes = boxes(&annotation, printed.height);
            list.extend(boxes.into_iter().filter_map(|place| wrong(printed, place)));
            let leads = annotation.contains_key("A") || annotation.contains_key("Dest");
            list.extend((!leads).then(|| "a link leads nowhere".to_owned()));
        }
    }
    (count, list)
}

#[test]
fn every_link_is_as_high_as_its_text() {
    let press = Press::new([]).unwrap();
    for path in examples() {
        let mut rendition = rendered(&press, &path);
        // Set by the setter where it can, and by the engine alone.
        for lines in [Lines::Official, Lines::Engine] {
            let Origin { prepared, pictures, .. } = rendition.origin();
            rendition.pages = typeset(&press, &prepared, &pictures, lines).unwrap();
            assert_eq!(links(&rendition, Profile::Print).0, 0, "{path}");
            for profile in [Profile::Archive, Profile::Screen] {
                let (count, wrong) = links(&rendition, profile);
                assert_eq!(wrong, [""; 0], "{path}, {lines:?}, {profile:?}");
                let notes = prepared.notes.len();
                assert!(count >= 2 * notes.saturating_sub(1), "{path}, {profile:?}: {count} links, {notes} notes");
            }
        }
    }
}
