//! Files of bytes changed at random, always the same ones: whatever they are, they are taken or
//! refused in time, and nothing panics.

use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use flate2::read::ZlibDecoder;
use masthead::diagnostic::Source;
use masthead::golden::Foreign;
use masthead::picture::sound_picture;
use masthead::verify::verify;
use masthead::{Format, Job, Press, Profile, render};

use crate::chance::Chance;
use crate::pictures::{chunk, header, hostile_svgs, packed, png, svg, usual_pngs, usual_svgs};

/// Of how many pictures that are sound one is set.
const ONE_OF: usize = 8;
/// Where many programs run side by side, ordinary files take long too.
const LONGEST: Duration = Duration::from_secs(120);

/// What is done with a file that was changed; and its number.
type Attempt<'t> = Box<dyn Fn(usize, &[u8]) + Sync + 't>;

/// Files to change, and how.
pub struct Target<'t> {
    pub seeds: Vec<Vec<u8>>,
    pub words: Vec<&'static str>,
    pub repair: fn(Vec<u8>) -> Vec<u8>,
    pub attempt: Attempt<'t>,
}

/// Tries so many changed files, from a number on; what panics or takes too long.
pub fn wrong(target: &Target, from: usize, tried: usize) -> Vec<String> {
    let one = |number: usize| {
        let mut chance = Chance(number as u64 + 1);
        let mut bytes = target.seeds[number % target.seeds.len()].clone();
        for _ in 0..=chance.below(4) {
            change(&mut bytes, &mut chance, &target.words);
        }
        let bytes = (target.repair)(bytes);
        if let Ok(folder) = std::env::var("MUTATIONS_BEGUN") {
            std::fs::write(format!("{folder}/{:?}", std::thread::current().id()), &bytes).unwrap();
        }
        let begun = Instant::now();
        let outcome = catch_unwind(AssertUnwindSafe(|| (target.attempt)(number, &bytes)));
        let taken = begun.elapsed();
        let wrong = if outcome.is_err() { "it panics".to_owned() } else { format!("it takes {taken:?}") };
        if outcome.is_ok() && taken < LONGEST {
            return None;
        }
        if let Ok(folder) = std::env::var("MUTATIONS_KEPT") {
            std::fs::write(format!("{folder}/{number}"), &bytes).unwrap();
        }
        Some(format!("{number}: {wrong}"))
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..2)
            .map(|thread| {
                scope.spawn(move || (from + thread..from + tried).step_by(2).filter_map(one).collect::<Vec<_>>())
            })
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    })
}

/// Changes bytes in one way.
fn change(bytes: &mut Vec<u8>, chance: &mut Chance, words: &[&str]) {
    const NUMBERS: [&str; 12] =
        ["0", "-1", "1e9", "1e-9", "99999999", "65536", "4294967295", "0.0001", "NaN", "1e38", "-1e38", "100%"];
    let at = chance.below(bytes.len() + 1);
    let length = [1, 2, 4, 16, 200][chance.below(5)].min(bytes.len() - at);
    match chance.below(9) {
        0 if length > 0 => bytes[at] ^= 1 << chance.below(8),
        1 if length > 0 => bytes[at] = [0, 0xff, 0x7f, 0x80, b'<', b'"', b'/', b'9'][chance.below(8)],
        2 => drop(bytes.drain(at..at + length)),
        3 => {
            let copy = bytes[at..at + length].to_vec();
            let times = [1, 2, 40][chance.below(3)];
            bytes.splice(at..at, copy.repeat(times));
        }
        4 => {
            let copy = bytes[at..at + length].to_vec();
            let to = chance.below(bytes.len() + 1);
            bytes.splice(to..to, copy);
        }
        5 if chance.below(8) == 0 => bytes.truncate(at),
        // A number after this place becomes another.
        6 | 7 => {
            let Some(start) = bytes[at..].iter().position(u8::is_ascii_digit).map(|start| at + start) else { return };
            let end =
                bytes[start..].iter().position(|byte| !byte.is_ascii_digit()).map_or(bytes.len(), |end| start + end);
            bytes.splice(start..end, chance.of(&NUMBERS).bytes());
        }
        _ => {
            let word = chance.of(words);
            bytes.splice(at..at, word.bytes());
        }
    }
}

/// SVG files; of those that are sound some are set and exported.
pub fn svgs(press: &Press) -> Target<'_> {
    let small = |(_, file): (&str, Vec<u8>)| (file.len() < 4_000).then_some(file);
    let more = "<defs><g id=\"a\"><path d=\"M0 0a1 2 3 0 1 4 5q1 1 2 2s1 2 3 4t5 6z\"/></g><clipPath id=\"b\"><use href=\"#a\"/></clipPath></defs><use href=\"#a\" clip-path=\"url(#b)\" transform=\"rotate(3)\"/><svg viewBox=\"0 0 1 1\" width=\"9\">text</svg>";
    let seeds = usual_svgs().into_iter().chain(hostile_svgs().into_iter().filter_map(small)).chain([svg(more)]);
    let words = vec![
        "<g>",
        "</g>",
        " fill=\"url(#a)\"",
        " stroke=\"url(#b)\"",
        " mask=\"url(#k)\"",
        " clip-path=\"url(#p)\"",
        " marker-mid=\"url(#m)\"",
        "<use href=\"#a\"/>",
        " id=\"a\"",
        " stroke-dasharray=\"1 2\"",
        " viewBox=\"0 0 9 9\"",
        " transform=\"matrix(1 0 0 1 0 0)\"",
        "<tspan>",
        " style=\"",
        ";opacity:.5;",
        " width=\"1e9%\"",
        "<text>a</text>",
        "<path d=\"M0 0l9 9h-1e9z\"/>",
        " stroke=\"red\"",
        " patternContentUnits=\"objectBoundingBox\"",
        "mm",
        "em",
    ];
    Target {
        seeds: seeds.collect(),
        words,
        repair: |bytes| bytes,
        attempt: Box::new(|number, bytes| picture(press, number, bytes)),
    }
}

/// PNG files, with the sums of their chunks as they should be.
pub fn pngs(press: &Press) -> Target<'_> {
    let kinds = [[1, 0, 0], [2, 0, 1], [16, 0, 0], [8, 2, 1], [16, 2, 0], [4, 3, 0], [8, 4, 1], [16, 6, 1]];
    let of_kind = |kind: [u8; 3]| {
        let palette = chunk(b"PLTE", &[7; 48]);
        png(&[
            header(9, 7, kind),
            palette,
            chunk(b"tRNS", &[0; 2]),
            chunk(b"pHYs", &[0, 0, 1, 0, 0, 0, 1, 0, 1]),
            chunk(b"IDAT", &packed(&[1; 900])),
        ])
    };
    let seeds = usual_pngs().into_iter().chain(kinds.map(of_kind)).collect();
    let words = vec!["IDAT", "IHDR", "PLTE", "tRNS", "iCCP", "zTXt", "eXIfMM\0*", "gAMA", "acTL", "\0\0\0\0"];
    Target { seeds, words, repair: resummed, attempt: Box::new(|number, bytes| picture(press, number, bytes)) }
}

/// The chunks of a PNG file with their sums.
fn resummed(bytes: Vec<u8>) -> Vec<u8> {
    let Some((signature, mut rest)) = bytes.split_at_checked(8) else { return bytes };
    let mut file = signature.to_vec();
    while let Some((length, name)) = rest.first_chunk::<4>().zip(rest.get(4..8)) {
        let length = u32::from_be_bytes(*length) as usize;
        let Some(data) = rest.get(8..8_usize.saturating_add(length)) else { break };
        file.extend(chunk(name.try_into().unwrap(), data));
        rest = rest.get(12 + length..).unwrap_or_default();
    }
    file.extend(rest);
    file
}

fn picture(press: &Press, number: usize, bytes: &[u8]) {
    if sound_picture(bytes).is_err() || !number.is_multiple_of(ONE_OF) {
        return;
    }
    let yaml =
        "symbol: A/77/L.1\nkind: draft-resolution\ndate: 2023-01-02\nbody: [figure: {image: a.svg, description: A}]\n";
    let source: Arc<Source> = Source::new("t.yaml", yaml);
    let given = |_: &str| Ok(bytes.to_vec());
    if let Ok(rendition) = render(press, &Job::new(&source, Format::Yaml).picture(&given)) {
        let _ = rendition.pdf(Profile::Archive);
        let _ = rendition.pages.png(20.0);
    }
}

/// PDF files from elsewhere, as they are compared.
pub fn pdfs(press: &Press) -> Target<'_> {
    let yaml = "symbol: A/77/L.1\nkind: draft-resolution\ndate: 2023-01-02\nbody: [paragraph: Tides]\n";
    let source = Source::new("t.yaml", yaml);
    let rendition = render(press, &Job::new(&source, Format::Yaml)).unwrap();
    let plain = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj \
                 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</XObject<</A 5 0 R>>>>>>endobj \
                 4 0 obj<</Length 60>>stream\nq 1 0 0 1 3 3 cm /A Do 0 0 m 9 9 l S [1 2] 0 d 5 w 1 0 0 RG BT ET Q\nendstream endobj \
                 5 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 12>>stream\n0 0 5 5 re f\nendstream endobj \
                 6 0 obj<</FunctionType 4/Domain[0 1]/Range[0 1]/Length 9>>stream\n{2 mul}\nendstream endobj trailer<</Root 1 0 R>>";
    let seeds = vec![plain.into(), plain.into(), rendition.pdf(Profile::Screen).unwrap()];
    let words = vec![
        "<<",
        ">>",
        "[",
        "]",
        "stream\n",
        "endstream",
        "endobj",
        "3 0 R",
        "5 0 R",
        "/Filter/FlateDecode",
        "/Kids[2 0 R]",
        " Do ",
        "/Pattern cs",
        " cm ",
        "/Subtype/Image/Width 99999/Height 99999",
        "/Length 9999999",
        "/MediaBox[0 0 1e9 1e9]",
        "(",
        "%",
    ];
    let attempt = |_, bytes: &[u8]| drop(Foreign::read(bytes, 20.0, |_| ()));
    Target { seeds, words, repair: |bytes| bytes, attempt: Box::new(attempt) }
}

/// Archive files of which what they carry was changed, as they are verified.
pub fn archives(press: &Press) -> Target<'_> {
    let yaml = "symbol: A/77/L.1\nkind: draft-resolution\ndate: 2023-01-02\ntitle: Tides\nsponsors: [Kiribati]\n\
                body: [figure: {image: a.svg, description: A}, paragraph: 'Tides[^1]', table: {rows: [[a, b]]}, {operative: {text: 'b:', items: [c]}}]\n\
                footnotes: {1: A/77/1}\n";
    let source = Source::new("t.yaml", yaml);
    let given = |_: &str| Ok(svg("<path d=\"M0 0h9v9z\"/>"));
    let rendition = render(press, &Job::new(&source, Format::Yaml).picture(&given)).unwrap();
    let pdf = rendition.pdf(Profile::Archive).unwrap();
    let (before, carried, after) = carried(&pdf);
    let words =
        vec!["null", "true", "[]", "{}", "\"\"", "[[]]", "1e308", "-1", "\"\\u0000\"", "\"\\u202e\"", ",", "99999"];
    let attempt = move |_, bytes: &[u8]| {
        let packed = packed(bytes);
        let file =
            [&before[..], &format!("/Length {}", packed.len()).into_bytes(), &after[0], &packed, &after[1]].concat();
        drop(verify(press, &file));
    };
    Target { seeds: vec![carried], words, repair: |bytes| bytes, attempt: Box::new(attempt) }
}

/// What is before the length of what an archive file carries, that unpacked, and what is between and
/// after.
fn carried(pdf: &[u8]) -> (Vec<u8>, Vec<u8>, [Vec<u8>; 2]) {
    let find =
        |from: usize, word: &str| from + pdf[from..].windows(word.len()).position(|at| at == word.as_bytes()).unwrap();
    let (mut object, mut unpacked) = (0, Vec::new());
    let (mut length, mut data, mut end) = (0, 0, 0);
    while !unpacked.starts_with(b"{\"masthead\"") {
        object = find(object + 1, "/EmbeddedFile");
        let start =
            pdf[..object].windows(5).rposition(|at| at == b" obj\n" || at == b" obj<" || at == b" obj ").unwrap();
        length = find(start, "/Length ");
        data = find(start, "stream\n") + 7;
        end = find(data, "endstream");
        unpacked.clear();
        let _ = ZlibDecoder::new(&pdf[data..end]).read_to_end(&mut unpacked);
    }
    let digits = length + 8 + pdf[length + 8..].iter().position(|byte| !byte.is_ascii_digit()).unwrap();
    (pdf[..length].to_vec(), unpacked, [pdf[digits..data].to_vec(), pdf[end..].to_vec()])
}
