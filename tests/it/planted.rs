//! Errors planted in sound documents: each is found, on its line, in every syntax.

use crate::planting;
use masthead::check::explain;
use masthead::diagnostic::{Diagnostic, Source};
use masthead::read::read;
use masthead::{Coverage, Format, lint, write};

const DRAFT: &str = include_str!("../../examples/a-77-l-107.yaml");
const RESOLUTION: &str = include_str!("../../examples/resolution.yaml");
const LETTER: &str = include_str!("../../examples/letter.yaml");
const COUNCIL: &str = include_str!("../../examples/council-resolution.yaml");

/// The document, what is planted in the place of what, and the code that tells it.
#[rustfmt::skip]
const PLANTS: &[(&str, &str, &str, &str)] = &[
    // The masthead.
    (DRAFT, "symbol: A/77/L.107", "symbol: A/77/L107", "symbol-pattern"),
    (DRAFT, "symbol: A/77/L.107", "symbol: A/RES/77/107", "symbol-kind"),
    (DRAFT, "symbol: A/77/L.107", "symbol: A/C.7/77/L.107", "symbol-pattern"),
    (DRAFT, "kind: draft-resolution", "kind: draft-resolutoin", "unknown-value"),
    (DRAFT, "distribution: limited", "distribution: general", "symbol-distribution"),
    (RESOLUTION, "distribution: general", "distribution: limited", "symbol-distribution"),
    (LETTER, "distribution: general", "distribution: limited", "symbol-distribution"),
    (DRAFT, "session: 77", "session: 78", "session-mismatch"),
    (DRAFT, "date: 2023-08-28", "date: 2023-02-30", "not-a-date"),
    (DRAFT, "date: 2023-08-28", "date: 2019-08-28", "date-session"),
    (RESOLUTION, "adopted: 2029-12-19", "adopted: 2029-12-29", "adopted-after-issue"),
    (RESOLUTION, "adopted: 2029-12-19", "adopted: 2029-12-19\nmetadata: {workflow: [{outcome: draftResolution, date: 2029-12-20, document: A/84/L.901}]}", "dated-before-draft"),
    (RESOLUTION, "number: 84/901", "number: 84/910", "symbol-number"),
    (RESOLUTION, "(A/84/901/Add.2, para. 12)", "(A/83/901/Add.2, para. 12)", "origin-session"),
    (RESOLUTION, "on the report of the Second Committee (", "report of Second Committee (", "origin-form"),
    (RESOLUTION, "58th plenary meeting", "58st plenary meeting", "meeting-form"),
    (RESOLUTION, "meeting: 58th plenary meeting\n", "", "meeting-missing"),
    (DRAFT, "job: 23-16564", "job: 23-1656", "job-number"),
    (DRAFT, "agenda_item: 127 (s)", "agenda_item: 127(s)", "agenda-item-form"),
    (DRAFT, "agenda_item: 127 (s)", "agenda_item: 127 s", "agenda-item-form"),
    (LETTER, "under agenda item 78 (c)", "under agenda item 87 (c)", "agenda-item-mismatch"),
    (LETTER, "Letter dated 22", "Letter dated 30", "letter-date"),
    (LETTER, "[A/85/901, S/2031/902]", "[A/85/901, A/85/902]", "symbol-twice"),
    // Sponsors.
    (DRAFT, "  - Azerbaijan\n  - China", "  - China\n  - Azerbaijan", "sponsor-order"),
    (DRAFT, "  - Pakistan\n  - Russian Federation", "  - Russian Federation\n  - Pakistan", "sponsor-order"),
    (DRAFT, "  - Kazakhstan", "  - Kazakstan", "sponsor-name"),
    (DRAFT, "  - Russian Federation", "  - Russia", "sponsor-name"),
    (DRAFT, "  - China\n", "  - China\n  - China\n", "sponsor-twice"),
    (DRAFT, "  - China\n  - India\n", "  - China and India\n", "sponsor-form"),
    // Titles.
    (DRAFT, "title: Cooperation between the United Nations and the Shanghai Cooperation Organization\n", "title: Cooperation between the United Nations and the Shanghai Cooperation Organization.\n", "title-final-stop"),
    (DRAFT, "title: Cooperation between the United Nations and the Shanghai Cooperation Organization\n", "title: Cooperation Between The United Nations And The Shanghai Cooperation Organization\n", "title-capitals"),
    (RESOLUTION, "running_title: International Day of Tide Tables", "running_title: International Day of Tide Tables and exchange of tidal information and of all that is known of the tides and of the currents of all of the coasts of the whole world", "running-title-long"),
    // The enacting words.
    (DRAFT, "\"*The General Assembly*,\"", "\"The General Assembly,\"", "enacting-form"),
    (DRAFT, "\"*The General Assembly*,\"", "\"*The General Assembly*\"", "enacting-form"),
    (DRAFT, "\"*The General Assembly*,\"", "\"*The Security Council*,\"", "enacting-organ"),
    (DRAFT, "  - enacting: \"*The General Assembly*,\"\n", "", "enacting-missing"),
    (COUNCIL, "*The Security Council*,", "*The General Assembly*,", "enacting-organ"),
    // Preambular paragraphs.
    (DRAFT, "humanitarian character,", "humanitarian character.", "preamble-ending"),
    (DRAFT, "humanitarian character,", "humanitarian character", "preamble-ending"),
    (DRAFT, "humanitarian character,", "humanitarian character;", "preamble-ending"),
    (DRAFT, "*Recalling* that one of", "Recalling that one of", "preamble-italics"),
    (DRAFT, "*Recalling* that one of", "*Recalls* that one of", "preamble-opening"),
    (DRAFT, "*Recalling also* the Articles", "*Recalling* the Articles", "preamble-repeated"),
    (DRAFT, "*Recalling also* the Articles", "*Recalling* also the Articles", "opening-too-short"),
    (DRAFT, "*Recalling* that one of", "*Recalling that one* of", "opening-too-long"),
    (DRAFT, "*Taking into account* the commitment", "*Taking* into account the commitment", "opening-too-short"),
    (DRAFT, "*Convinced* that strengthening", "*Convincd* that strengthening", "preamble-opening"),
    (DRAFT, "*Recalling* that one of", "*recalling* that one of", "opening-capital"),
    // Operative paragraphs.
    (DRAFT, "other related\n      areas;", "other related\n      areas,", "operative-ending"),
    (DRAFT, "other related\n      areas;", "other related\n      areas.", "operative-ending"),
    (DRAFT, "Shanghai Cooperation Organization”.", "Shanghai Cooperation Organization”;", "operative-last"),
    (DRAFT, "Shanghai Cooperation Organization”.", "Shanghai Cooperation Organization”", "operative-last"),
    (DRAFT, "*Requests* the Secretary-General to submit", "Requests the Secretary-General to submit", "operative-italics"),
    (DRAFT, "*Requests* the Secretary-General to submit", "*Requesting* the Secretary-General to submit", "operative-opening"),
    (DRAFT, "*Requests* the Secretary-General to submit", "*Request* the Secretary-General to submit", "operative-opening"),
    (DRAFT, "*Requests* the Secretary-General to submit", "*Requests the Secretary-General* to submit", "opening-too-long"),
    (DRAFT, "*Requests* the Secretary-General to submit", "*Also requests* the Secretary-General to submit", "also-without-first"),
    (DRAFT, "*Emphasizes* the importance", "*Emphasises* the importance", "opening-misspelt"),
    (RESOLUTION, "*Also encourages* Member States in", "*Encourages also* Member States in", "also-place"),
    (RESOLUTION, "*Also encourages* Member States in", "*Further encourages* Member States in", "also-without-first"),
    (RESOLUTION, "text: \"*Encourages* Member States that have a coast:\"", "text: \"*Encourages* Member States that have a coast;\"", "operative-ending"),
    // Sub-paragraphs and numbers.
    (RESOLUTION, "are measured;", "are measured.", "item-ending"),
    (RESOLUTION, "are measured;", "are measured", "item-ending"),
    (RESOLUTION, "- The time zone", "- the time zone", "item-capital"),
    (DRAFT, "  - operative: >-\n      *Emphasizes*", "  - operative:\n     number: '3.'\n     text: >-\n      *Emphasizes*", "number-sequence"),
    // Footnotes.
    (DRAFT, "Sustainable Development,[^1]", "Sustainable Development[^1],", "note-before-punctuation"),
    (DRAFT, "Sustainable Development,[^1]", "Sustainable Development, [^1]", "note-space"),
    (DRAFT, "  1: Resolution 70/1.", "  1: Resolution 70/1", "note-final-stop"),
    (DRAFT, "  4: Resolution 60/288.", "  4: resolution 60/288.", "note-capital"),
    (DRAFT, "  1: Resolution 70/1.", "  1: Ibid.", "ibid-alone"),
    (DRAFT, "  3: Ibid., vol. 729", "  3: Ibid, vol. 729", "note-form"),
    (DRAFT, "vol. 2896, No. 50518", "vol 2896, No. 50518", "note-form"),
    (DRAFT, "objectives of the United Nations is", "objectives[^4] of the United Nations is", "note-order"),
    (DRAFT, "to achieve a pacific settlement", "to achieve[^1] a pacific settlement", "note-twice"),
    (DRAFT, "Sustainable Development,[^1]", "Sustainable Development,[^9]", "footnote-undefined"),
    (DRAFT, "Sustainable Development,[^1]", "Sustainable Development,", "footnote-unused"),
    // Cited documents.
    (DRAFT, "its resolution 59/48 of 2 December 2004", "its resolution 59-48 of 2 December 2004", "resolution-form"),
    (DRAFT, "its resolution 59/48 of 2 December 2004", "its resolution 59/L.48 of 2 December 2004", "resolution-form"),
    (DRAFT, "its resolution 59/48 of 2 December 2004", "its resolution A/RES/59/48 of 2 December 2004", "resolution-form"),
    (DRAFT, "its resolution 59/48 of 2 December 2004", "its resolution 59/48", "citation-undated"),
    (DRAFT, "its resolution 59/48 of 2 December 2004", "its resolution 59/48 of 2 December 2014", "citation-date"),
    (DRAFT, "its resolution 59/48 of 2 December 2004", "its resolution 79/48 of 2 December 2024", "citation-future"),
    (RESOLUTION, "  report: A/84/903.", "  report: A/84-903.", "symbol-cited"),
    (LETTER, "I have the honour to refer to", "I have the honour to refer to A/85/901 and", "citation-self"),
    (DRAFT, "at its seventy-ninth\n      session", "at its seventy-sixth\n      session", "agenda-session"),
    // Dates in the text.
    (DRAFT, "dated 5 April 2010", "dated April 5, 2010", "date-form"),
    (DRAFT, "dated 5 April 2010", "dated 5th April 2010", "date-form"),
    (DRAFT, "dated 5 April 2010", "dated 5 April, 2010", "date-form"),
    (DRAFT, "dated 5 April 2010", "dated 05/04/2010", "date-form"),
    (DRAFT, "dated 5 April 2010", "dated 31 April 2010", "date-unreal"),
    // Signs.
    (DRAFT, "“Cooperation between the United Nations and the\n      Shanghai Cooperation Organization”", "\"Cooperation between the United Nations and the\n      Shanghai Cooperation Organization\"", "straight-quotes"),
    (DRAFT, "organizations”, the sub-item", "organizations, the sub-item", "quotation-unbalanced"),
    (DRAFT, "organizations”, the sub-item", "organizations,” the sub-item", "quotation-punctuation"),
    (LETTER, "15 April 2031 (see annex I)", "15 April 2031 (see annex I", "brackets-unbalanced"),
    (DRAFT, "aspiration of the States", "aspiration 2015-2030 of the States", "range-hyphen"),
    (DRAFT, "aspiration of the States", "aspiration from 2015–2030 of the States", "range-words"),
    (DRAFT, "aspiration of the States", "aspiration - or hope - of the States", "dash-form"),
    (DRAFT, "security in the region, in all", "security in the region,, in all", "punctuation-doubled"),
    (DRAFT, "the goals and principles", "the the goals and principles", "word-doubled"),
    (DRAFT, "the goals and principles", "the  goals and principles", "double-space"),
    (DRAFT, "security in the region, in all", "security in the region , in all", "space-before-punctuation"),
    (DRAFT, "security in the region, in all", "security in the region,in all", "space-after-punctuation"),
    (COUNCIL, "(“the Register”)", "( “the Register”)", "space-in-brackets"),
    // Words.
    (DRAFT, "including in cooperation with relevant", "including in co-operation with relevant", "spelling"),
    (DRAFT, "jointly implementing programmes to", "jointly implementing programs to", "spelling"),
    (DRAFT, "specialized agencies, organizations,", "specialized agencies, organisations,", "spelling"),
    (DRAFT, "strengthening peace, security and", "strengthening peace, secuirty and", "misspelt"),
    (DRAFT, "proposes that the Secretary-General, for", "proposes that the secretary-general, for", "capitals-names"),
    (RESOLUTION, "Member States took part", "member states took part", "capitals-names"),
    (DRAFT, "its resolution 59/48 of 2", "its Resolution 59/48 of 2", "capitals-designations"),
    (RESOLUTION, "31\n      Member States took part", "7\n      countries took part", "number-under-ten"),
    (RESOLUTION, "for 412 harbours", "for 41200 harbours", "number-thousands"),
    (RESOLUTION, "more\n      than 100 kilometres", "more\n      than 25% of them, or 100 kilometres", "per-cent"),
    (RESOLUTION, "more\n      than 100 kilometres", "more\n      than 25 percent, or 100 kilometres", "per-cent"),
    (DRAFT, "at its seventy-ninth\n      session", "at its 79th\n      session", "number-ordinal"),
    (DRAFT, "cooperation and coordination\n      between", "cooperation & coordination\n      between", "short-form"),
    (DRAFT, "of the present resolution;", "of this resolution;", "this-resolution"),
    (COUNCIL, "*Decides* to remain actively seized of the matter.", "*Decides* to remain actively seised of the matter.", "seized-form"),
    (COUNCIL, "  - operative: \"*Decides* to remain actively seized of the matter.\"\n", "", "closing-formula"),
    (DRAFT, "a multilateral mechanism, and in this", "a multilateral mechanism, *inter alia*, and in this", "foreign-italics"),
    (DRAFT, "a multilateral mechanism, and in this", "a multilateral mechanism, inter alios, and in this", "foreign-form"),
    (DRAFT, "aspiration of the States", "aspiration toward the States", "spelling"),
    (DRAFT, "aspiration of the States", "aspiraton of the internatonal States", "misspelt"),
    (DRAFT, "aspiration of the States", "aspiration of forty per cent of the States", "per-cent"),
    (DRAFT, "aspiration of the States", "aspiration of governments & States", "short-form"),
    (DRAFT, "aspiration of the States", "aspiration of all governments", "capitals-government"),
    (DRAFT, "aspiration of the States", "aspiration ofthe States", "words-joined"),
    (DRAFT, "aspiration of the States", "aspiration of an State", "article-form"),
    (DRAFT, "aspiration of the States", "aspiration of the in States", "word-missing"),
    (DRAFT, "aspiration of the States", "aspiration of more then 30 States", "word-confused"),
    (DRAFT, "aspiration of the States", "aspiration of these State", "number-agreement"),
    // Numbers, citations and openings that are nearly right.
    (DRAFT, "vol. 2896, No. 50518", "vol. 2896, no 50518", "note-form"),
    (DRAFT, "at its seventy-ninth\n      session", "at its seventy-nine\n      session", "ordinal-form"),
    (DRAFT, "its resolution 59/48 of 2", "its resolution 59/l8 of 2", "digit-letters"),
    (DRAFT, "its resolution 59/48 of 2", "its resolutions 59/48 of 2", "reference-number"),
    (DRAFT, "of the present resolution;", "of paragraph 99 of the present resolution;", "paragraph-reference"),
    (DRAFT, "aspiration of the States", "aspiration (A/99/12) of the States", "citation-future"),
    (DRAFT, "*Requests* the Secretary-General to submit", "*Asks* the Secretary-General to submit", "opening-misspelt"),
    (DRAFT, "\"*The General Assembly*,\"", "\"*The General Assembly*:\"", "enacting-form"),
    (RESOLUTION, "text: \"*Encourages* Member States that have a coast:\"", "text: \"*Encourages* Member States that have a coast,\"", "operative-ending"),
    (DRAFT, "  - Kazakhstan", "  - Atlantis", "sponsor-name"),
];

/// The document with plain spaces, so that the table can be read.
fn plain(document: &str) -> String {
    document.replace('\u{a0}', " ")
}

fn found(name: &str, text: &str, format: Format) -> Vec<Diagnostic> {
    lint(&Coverage::default(), &Source::new(name, text), format)
}

/// The lines from the first to the last byte in which two texts differ, in the second.
fn changed(before: &str, after: &str) -> std::ops::RangeInclusive<usize> {
    let same = before.bytes().zip(after.bytes()).take_while(|(a, b)| a == b).count();
    let tail = before.bytes().rev().zip(after.bytes().rev()).take_while(|(a, b)| a == b).count();
    let line = |at: usize| after.as_bytes()[..at.min(after.len())].iter().filter(|byte| **byte == b'\n').count() + 1;
    line(same)..=line((after.len() - tail.min(after.len() - same)).max(same))
}

#[test]
fn sound_documents_have_no_warnings() {
    for text in [DRAFT, RESOLUTION, LETTER, COUNCIL] {
        let grave = |finding: &Diagnostic| finding.severity != masthead::diagnostic::Severity::Hint;
        let list: Vec<String> =
            found("sound.yaml", text, Format::Yaml).iter().filter(|f| grave(f)).map(ToString::to_string).collect();
        assert!(list.is_empty(), "{}", list.join("\n"));
    }
}

#[test]
fn planted_errors_are_found_on_their_lines() {
    let mut missed = Vec::new();
    for (document, before, after, code) in PLANTS {
        let document = plain(document);
        assert!(document.contains(before), "{before} is not in the document");
        assert!(explain(code).is_some(), "{code} is no code");
        let text = document.replacen(before, after, 1);
        let lines = changed(&document, &text);
        // What is missing is told where it would belong; of what is left out, anywhere.
        let anywhere = after.is_empty()
            || ["enacting-missing", "footnote-unused", "meeting-missing", "closing-formula"].contains(code);
        let findings = found("planted.yaml", &text, Format::Yaml);
        let reported: Vec<(&str, usize)> = findings
            .iter()
            .map(|finding| {
                let place = finding.place.as_ref().unwrap();
                (finding.code, place.source.line_column(place.span.start).0)
            })
            .collect();
        // An error in the last word of a line may be told on the next, where its paragraph goes on.
        let near = |line: usize| *lines.start() <= line + 1 && line <= *lines.end() + 1;
        if !reported.iter().any(|(other, line)| other == code && (anywhere || near(*line))) {
            missed.push(format!("{code} for “{after}” on lines {lines:?}: {reported:?}"));
        }
    }
    assert!(missed.is_empty(), "{} of {} missed:\n{}", missed.len(), PLANTS.len(), missed.join("\n"));
}

/// The words that are underlined are the same in whichever syntax.
#[test]
fn words_are_underlined_alike_in_every_syntax() {
    let words = ["note-space", "note-before-punctuation", "double-space", "straight-quotes"];
    for (document, before, after, code) in PLANTS.iter().filter(|plant| !words.contains(&plant.3)) {
        let text = plain(document).replacen(before, after, 1);
        let Ok(reading) = read(&Source::new("t.yaml", &text), Format::Yaml) else { continue };
        let underlined = |text: &str, format: Format| {
            let mut list: Vec<String> = found("t", text, format)
                .iter()
                .filter(|finding| finding.code == *code)
                .map(|finding| {
                    let place = finding.place.as_ref().unwrap();
                    place.source.text[place.span.clone()].split_whitespace().collect::<Vec<_>>().join(" ")
                })
                .collect();
            list.sort();
            list
        };
        let yaml = underlined(&text, Format::Yaml);
        for format in [Format::Json, Format::Markdown] {
            let other = underlined(&write(&reading.document, format).unwrap(), format);
            assert_eq!(other.len(), yaml.len(), "{code} in {format:?}: {other:?}, in YAML {yaml:?}");
            for (a, b) in other.iter().zip(&yaml) {
                let bare = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
                assert!(
                    bare(a).starts_with(&bare(b)) || bare(b).starts_with(&bare(a)),
                    "{code} in {format:?}: {a} for {b}"
                );
            }
        }
    }
}

/// In XML, where the words of a paragraph have tags and footnotes between them.
#[test]
fn planted_errors_are_found_in_xml() {
    let sound = include_str!("../seeds/resolution.xml");
    let codes: Vec<&str> = found("sound.xml", sound, Format::Xml).iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["agenda-title-missing"]);
    for (before, after, code, underlined) in [
        (
            "#generalDistribution\">Distr.: General",
            "#limitedDistribution\">Distr.: Limited",
            "symbol-distribution",
            "Distr.: Limited",
        ),
        ("and the tides of all", "and the the tides of all", "word-doubled", "the the"),
        ("all shores,</p>", "all shores.</p>", "preamble-ending", "."),
        (
            "Encourages</span> all Member States",
            "Encourages</span> all member states",
            "capitals-names",
            "member states",
        ),
        ("vol. 1833", "vol 1833", "note-form", "vol 1833"),
        ("A/59/12</a>.</p>", "A/59/12</a></p>", "note-final-stop", "A/59/12"),
        (">59/48</a> of 2", ">59/48</a> of 32", "date-unreal", "32 December 2004"),
        (
            "Requests</span> the Secretary-General:",
            "Requesting</span> the Secretary-General:",
            "operative-opening",
            "Requesting",
        ),
        ("the publication;", "the publication", "item-ending", "publication"),
        ("Tides and shores of the world</span>", "Tides and shores of the world.</span>", "title-final-stop", "."),
        ("51st plenary", "51th plenary", "meeting-form", "51th plenary meeting"),
    ] {
        let text = sound.replacen(before, after, 1);
        assert_ne!(text, sound, "{before} is not in the document");
        let findings = found("planted.xml", &text, Format::Xml);
        let reported: Vec<(&str, &str)> = findings
            .iter()
            .map(|finding| (finding.code, &text[finding.place.as_ref().unwrap().span.clone()]))
            .collect();
        assert!(reported.contains(&(code, underlined)), "{code} for {after}: {reported:?}");
    }
}

/// Single errors of many kinds at random places of genuine documents; `cargo test --test it planted_in_genuine
/// -- --ignored --nocapture` prints how many of each kind are found, and those that are not.
#[test]
#[ignore = "needs genuine documents (MASTHEAD_CORPUS)"]
fn errors_planted_in_genuine_documents_are_found() {
    const LEAST_KINDS: usize = 60;
    const LEAST_FOUND: f64 = 0.95;
    let documents = planting::genuine();
    let outcomes = planting::planted(&documents);
    for outcome in &outcomes {
        println!("{:4} of {:2}  {}", outcome.planted - outcome.missed.len(), outcome.planted, outcome.kind);
        outcome.missed.iter().for_each(|missed| println!("             {missed}"));
    }
    let kinds = outcomes.iter().filter(|outcome| outcome.planted > 0).count();
    let planted: usize = outcomes.iter().map(|outcome| outcome.planted).sum();
    let missed: usize = outcomes.iter().map(|outcome| outcome.missed.len()).sum();
    let found = (planted - missed) as f64 / planted as f64;
    println!("{planted} errors of {kinds} kinds, {:.1} % found", found * 100.0);
    assert!(kinds >= LEAST_KINDS, "only {kinds} kinds could be planted");
    assert!(found >= LEAST_FOUND, "{missed} of {planted} are not found");
}
