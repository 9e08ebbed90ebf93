//! Hostile text prints as itself or is refused with a clear error.

use crate::pages::missing;
use crate::pictures;
use masthead::diagnostic::{Diagnostic, Source};
use masthead::picture::sound_picture;
use masthead::typeset::read_back;
use masthead::{Format, Job, Press, Profile, Rendition, render};

const HEAD: &str = "symbol: A/77/L.1\nkind: draft-resolution\ndate: 2023-01-02\n";

fn attempt(yaml: &str) -> Result<Rendition, Vec<Diagnostic>> {
    let press = Press::new([]).unwrap();
    render(&press, &Job::new(&Source::new("t.yaml", yaml), Format::Yaml))
}

fn paragraphs(texts: &[&str]) -> String {
    let quoted: String = texts.iter().map(|text| format!("  - paragraph: {}\n", serde_json::json!(text))).collect();
    format!("{HEAD}body:\n{quoted}")
}

#[test]
fn what_is_code_elsewhere_prints_as_itself() {
    let texts = [
        r#"#import "main.typ": * #panic() #read("/etc/passwd") #eval("1")"#,
        r"$x^2$ \ \n \u{41} @label <label> `raw` = heading - list + enum / term: x",
        r#"//comment /* comment */ ~ -- --- ... 'quotes' "quotes" https://example.org"#,
        "<svg onload=x> &amp; %20 {{x}} ${x} %PDF-1.7 endobj",
        "_emphasis_ 2 * 3 * 4, **bold, [x](y) [^ ]",
    ];
    let rendition = attempt(&paragraphs(&texts)).unwrap();
    assert_eq!(missing(&rendition), None);
    assert!(rendition.pdf(Profile::Archive).is_ok());
}

#[test]
fn long_words_stay_on_the_page() {
    let word = "w".repeat(3000);
    let title = format!("title: {word}\nagenda_title: {word}\nsponsors: [{word}]\n");
    let cell = format!("  - table: {{rows: [[{word}, x]]}}\n  - heading: {}\n  - signature: {word}\n", &word[..1400]);
    let yaml = format!("{title}{}{cell}", paragraphs(&[&word, &format!("see[^1] {word}")]));
    let rendition = attempt(&format!("{yaml}footnotes: {{1: {word}}}\n")).unwrap();
    // Every piece of text stands between the edges of the paper.
    for page in read_back(&rendition.pages) {
        for piece in page.texts {
            assert!(piece.x > 0.0 && piece.x + piece.width < page.width, "{} at {}", piece.text, piece.x);
        }
    }
}

#[test]
fn sheer_size_is_borne_or_refused() {
    let code = |yaml: &str| attempt(yaml).map_or_else(|errors| errors[0].code, |_| "rendered");
    assert_eq!(code(&paragraphs(&vec!["Short."; 3000])), "rendered");
    assert_eq!(code(&paragraphs(&vec!["x"; 20_001])), "too-long");
    assert_eq!(code(&paragraphs(&[&"ten bytes ".repeat(1_000_000)])), "too-long");
    assert_eq!(code(&format!("{HEAD}{}", "x".repeat(17 << 20))), "too-large");
    assert_eq!(code(&format!("{HEAD}body: {}", "[".repeat(100_000))), "too-deep");
    let bomb: String = (0..5000).map(|n| format!("  - paragraph: *a{n}\n")).collect();
    assert_eq!(code(&format!("{HEAD}body:\n{bomb}")), "yaml-alias");
}

/// The deepest picture that is read is looked at and exported on threads that have hardly a stack: less than
/// that needs, so that it gets its own.
#[test]
fn depth_needs_no_stack_of_the_callers() {
    const SMALL: usize = 64 << 10;
    const GROUPS: usize = 250;
    let yaml = format!("{HEAD}body: [figure: {{image: deep.svg, description: Deep}}]\n");
    let (open, close) = ("<g>".repeat(GROUPS), "</g>".repeat(GROUPS));
    let size = "width=\"9\" height=\"9\"";
    let svg = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" {size}>{open}<path d=\"M0 0h9v9z\"/>{close}</svg>");
    let picture = |_: &str| Ok(svg.clone().into_bytes());
    let press = Press::new([]).unwrap();
    let source = Source::new("t.yaml", yaml);
    let rendition = render(&press, &Job::new(&source, Format::Yaml).picture(&picture)).unwrap();
    let exports: [&(dyn Fn() -> bool + Sync); 6] = [
        &|| sound_picture(svg.as_bytes()).is_ok(),
        &|| rendition.pdf(Profile::Archive).is_ok(),
        &|| rendition.pdf(Profile::Print).is_ok(),
        &|| rendition.pdf(Profile::Screen).is_ok(),
        &|| rendition.pages.png(12.0).is_ok(),
        &|| rendition.pages.svg().len() == 1,
    ];
    for (index, export) in exports.into_iter().enumerate() {
        std::thread::scope(|scope| {
            let worker = std::thread::Builder::new().stack_size(SMALL).spawn_scoped(scope, export).unwrap();
            assert!(worker.join().unwrap(), "export {index}");
        });
    }
}

#[test]
fn directions_are_not_turned_around() {
    let errors = attempt(&paragraphs(&["abc \u{202e}def"])).unwrap_err();
    assert_eq!(errors[0].code, "bidi-control");
    assert!(attempt(&paragraphs(&["abc \u{200f}def\u{200e} \u{ad}ghi\u{200b}jkl"])).is_ok());
    assert_eq!(attempt(&paragraphs(&["ཀཁ"])).unwrap_err()[0].code, "character-not-covered");
}

#[test]
fn pictures_are_refused_with_the_reason() {
    for (reason, picture) in pictures::hostile_svgs().into_iter().chain(pictures::hostile_pngs()) {
        let begun = std::time::Instant::now();
        let reported = sound_picture(&picture).map_or_else(|unsound| unsound.to_string(), |_| "it is taken".into());
        let start = String::from_utf8_lossy(&picture[..picture.len().min(300)]).into_owned();
        assert!(reported.contains(reason), "{reason}: {reported}, {start}");
        assert!(begun.elapsed().as_secs() < 10, "{reason}: {:?}, {start}", begun.elapsed());
    }
}

#[test]
fn pictures_of_usual_programs_are_set() {
    let press = Press::new([]).unwrap();
    let yaml = format!("{HEAD}body: [figure: {{image: a.svg, description: Tides}}]\n");
    for picture in pictures::usual_svgs().into_iter().chain(pictures::usual_pngs()) {
        let source = Source::new("t.yaml", yaml.clone());
        let given = |_: &str| Ok(picture.clone());
        let job = Job::new(&source, Format::Yaml).picture(&given);
        let rendition = render(&press, &job).unwrap_or_else(|errors| panic!("{errors:?}"));
        assert!(rendition.pdf(Profile::Archive).is_ok());
    }
}

/// A picture is what it holds, whatever its name says.
#[test]
fn names_of_pictures_decide_nothing() {
    let press = Press::new([]).unwrap();
    let svg = |name: &str, emblem: &str| {
        let source =
            Source::new("t.yaml", format!("{HEAD}{emblem}body: [figure: {{image: {name}, description: A}}]\n"));
        let given = |_: &str| Ok(pictures::svg("<path d=\"M0 0h9v9z\"/><!-- %PDF-1.4 -->"));
        let rendition = render(&press, &Job::new(&source, Format::Yaml).picture(&given));
        rendition.map(|rendition| rendition.pages.png(20.0).unwrap())
    };
    assert_eq!(svg("a.png", "").unwrap(), svg("a.svg", "").unwrap());
    assert_eq!(svg("a.png", "emblem: b.png\n").unwrap(), svg("a.svg", "emblem: b.svg\n").unwrap());
}

/// Pictures that are well by themselves may be too much together, also one that is shown often.
#[test]
fn pictures_of_a_document_are_bounded_together() {
    let press = Press::new([]).unwrap();
    let figure = "  - figure: {image: a.svg, description: Tides}\n";
    let picture = pictures::svg(&"<path d=\"M0 0h1v1z\"/>".repeat(50_000));
    let given = |_: &str| Ok(picture.clone());
    let codes = |times: usize| {
        let source = Source::new("t.yaml", format!("{HEAD}body:\n{}", figure.repeat(times)));
        let job = Job::new(&source, Format::Yaml).picture(&given);
        masthead::prepare_job(&press, &job)
            .map_or_else(|errors| errors.iter().map(|it| it.code).collect(), |_| Vec::new())
    };
    assert_eq!(codes(3), [""; 0]);
    assert_eq!(codes(14), ["picture"; 3]);
}
