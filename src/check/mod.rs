//! Stage `check`: everything that is wrong with a document, in the order of the source.
//!
//! `check` finds problems of form and structure; a document with an error among them is refused.
//! [`editorial_lints`] finds departures from the editorial rules.

mod characters;
pub mod explain;
pub mod fix;
mod header;
mod layout;
mod links;
mod manuscript;
mod notes;
mod parts;
mod passages;
mod pattern;
pub mod rules;
mod sarif;
pub mod selection;
mod steps;
mod tables;
mod texts;

use std::collections::BTreeMap;
use std::ops::Range;

pub(crate) use characters::{NOT_COVERED, is_embedding};
pub use explain::{Explanation, explain};
pub use fix::{Fixed, fix};
pub(crate) use passages::prepared_within_limits;
pub(crate) use rules::{is_state, opening_words};
pub use sarif::sarif;
pub use selection::Selection;

use crate::diagnostic::{self, Diagnostic, Severity};
use crate::model::{Document, Part, Path, fields};
use crate::read::Reading;

/// Capabilities of the later stages that checks depend on.
pub(crate) struct Abilities<'a> {
    /// Returns whether a font has a character.
    pub covers: &'a dyn Fn(char) -> bool,
    /// Returns a character that no font has among the fixed words of documents in a language, if any.
    pub mute: &'a dyn Fn(&Document) -> Option<char>,
    /// Returns the tables of a document that are too wide for a page, by index, each with a message.
    pub too_wide: &'a dyn Fn(&Document) -> Vec<(usize, String)>,
    /// The numbers of lines that a document asks for and cannot have: the paths of the blocks, with a sentence each.
    pub unreached: &'a dyn Fn(&Document) -> Vec<(Path, String)>,
}

/// Returns the findings of form and structure about a document.
pub(crate) fn check(reading: &Reading, abilities: &Abilities) -> Vec<Diagnostic> {
    let mut findings = structure(reading, abilities);
    tables::fit(abilities, &mut findings);
    layout::reached(abilities, &mut findings);
    findings.finish()
}

/// Collects the findings that need no measuring of the page.
fn structure<'r>(reading: &'r Reading, abilities: &Abilities) -> Findings<'r> {
    let mut findings = Findings::new(reading);
    header::check(&mut findings, abilities);
    parts::check(&mut findings);
    passages::check(&mut findings);
    layout::check(&mut findings);
    let texts = texts::texts(&reading.document);
    passages::lengths(&texts, &mut findings);
    characters::check(&texts, abilities, &mut findings);
    texts::check(&texts, &mut findings);
    links::check(&texts, &mut findings);
    notes::check(&texts, &mut findings);
    findings
}

/// Returns the certain errors of a document that could only be read in part: those that the missing
/// parts cannot have caused.
pub(crate) fn check_what_was_read(reading: &Reading, abilities: &Abilities) -> Vec<Diagnostic> {
    const SURE: [&str; 9] = [
        "address",
        "bidi-control",
        NOT_COVERED,
        "control-character",
        "footnote-nested",
        "language-not-covered",
        "misleading-link",
        "path",
        "replacement-character",
    ];
    let symbols = !reading.document.symbol.is_empty();
    let sure = |error: &Diagnostic| SURE.contains(&error.code) || (symbols && error.code == "symbol-form");
    structure(reading, abilities).finish().into_iter().filter(sure).collect()
}

/// Returns the departures of a document from the editorial rules. If it was not read completely (`whole`),
/// only rules about single texts are checked.
pub fn editorial_lints(reading: &Reading, whole: bool) -> Vec<Diagnostic> {
    let document = &reading.document;
    if document.parts.is_empty() {
        return document_lints(reading, whole);
    }
    // The head has no body of its own, and its meetings are those of the parts.
    let meeting = document.meeting.as_ref().or_else(|| document.parts.iter().find_map(Part::closed_by)).cloned();
    let head = Document { parts: Vec::new(), meeting, ..document.clone() };
    let of = |document, places| Reading {
        document,
        places,
        source: reading.source.clone(),
        format: reading.format,
        warnings: Vec::new(),
    };
    let mut list = document_lints(&of(head, reading.places.clone()), whole);
    list.retain(|finding| match field_of(finding) {
        Some("body") => false,
        Some("meeting") => document.meeting.is_some(),
        _ => true,
    });
    for (index, part) in document.parts.iter().enumerate() {
        let at = Path::from("parts").index(index);
        let own = of(part.as_document(document), reading.places.within(&at));
        let of_part =
            |finding: &Diagnostic| field_of(finding).is_some_and(|field| fields::part::NAMES.contains(&field));
        let reported = document_lints(&own, whole).into_iter().filter(of_part);
        list.extend(reported.map(|mut finding| {
            if let Some(place) = &mut finding.place {
                place.path = at.join(&place.path);
            }
            finding
        }));
    }
    diagnostic::sort(&mut list);
    list
}

/// Returns the field of the document that a finding is about.
fn field_of(finding: &Diagnostic) -> Option<&str> {
    finding.place.as_ref()?.path.root()
}

/// Returns the findings of the rules about a document, or about one of its parts.
fn document_lints(reading: &Reading, whole: bool) -> Vec<Diagnostic> {
    let mut findings = Findings::new(reading);
    rules::check(&manuscript::Manuscript::new(&reading.document), whole, &mut findings);
    findings.finish()
}

/// Collects findings.
struct Findings<'r> {
    reading: &'r Reading,
    list: Vec<Diagnostic>,
    counts: BTreeMap<&'static str, usize>,
}

/// Errors that are only warnings in a published document, whose pages can do without.
const DONE_WITHOUT: [&str; 6] = [
    "adopted-without-date",
    "adopted-without-number",
    "empty-body",
    "part-letter-twice",
    "part-without-letter",
    "replacement-character",
];

/// Disagreements that are only hints in a published document, which has been issued with them.
const SAID_IN_TWO_WAYS: [&str; 2] = ["session-mismatch", "symbol-number"];

/// How many findings of one code are reported; the rest are only counted.
const MOST_OF_A_CODE: usize = 50;

impl<'r> Findings<'r> {
    fn new(reading: &'r Reading) -> Self {
        Self { reading, list: Vec::new(), counts: BTreeMap::new() }
    }

    /// Adds a finding about the value at a path.
    fn add(&mut self, path: impl Into<Path>, finding: Diagnostic) {
        if self.counted(finding.code) {
            let finding = self.graded(finding);
            self.list.push(self.reading.locate(finding, path));
        }
    }

    /// Returns the finding with the severity it has in this document.
    fn graded(&self, finding: Diagnostic) -> Diagnostic {
        let severity = match finding.code {
            _ if !self.reading.is_published() => finding.severity,
            code if DONE_WITHOUT.contains(&code) => Severity::Warning,
            code if SAID_IN_TWO_WAYS.contains(&code) => Severity::Hint,
            _ => finding.severity,
        };
        Diagnostic { severity, ..finding }
    }

    /// Adds a finding about a section of the text at a path.
    fn add_in(&mut self, path: &Path, stretch: &str, finding: Diagnostic) {
        if self.counted(finding.code) {
            let finding = self.graded(finding);
            self.list.push(self.reading.locate_in(finding, path, stretch));
        }
    }

    /// Adds a finding about a range of bytes of a text without its markup.
    fn add_words(&mut self, path: &Path, text: &str, words: Range<usize>, finding: Diagnostic) {
        if self.counted(finding.code) {
            let finding = self.graded(finding);
            self.list.push(self.reading.locate_words(finding, path, text, words));
        }
    }

    /// Adds a finding that already has its place.
    fn push(&mut self, finding: Diagnostic) {
        if self.counted(finding.code) {
            let finding = self.graded(finding);
            self.list.push(finding);
        }
    }

    /// Counts a finding of a code that has reached the limit and returns true; call it before searching for the
    /// place of the finding.
    fn only_counted(&mut self, code: &'static str) -> bool {
        let count = self.counts.entry(code).or_default();
        let full = *count >= MOST_OF_A_CODE;
        *count += usize::from(full);
        full
    }

    fn counted(&mut self, code: &'static str) -> bool {
        let count = self.counts.entry(code).or_default();
        *count += 1;
        *count <= MOST_OF_A_CODE
    }

    fn finish(mut self) -> Vec<Diagnostic> {
        diagnostic::sort(&mut self.list);
        for (code, count) in self.counts {
            let Some(last) = self.list.iter().rev().find(|finding| finding.code == code) else { continue };
            if count > MOST_OF_A_CODE {
                let mut rest = last.clone();
                rest.message = format!("and {} more like this", count - MOST_OF_A_CODE);
                self.list.push(rest);
            }
        }
        self.list
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Source;
    use crate::model::Language;
    use crate::model::Text;
    use crate::read::{Format, read};

    const HEAD: &str = "symbol: A/77/L.1\nkind: draft-resolution\ndate: 2023-01-02\n";

    fn findings(yaml: &str) -> Vec<Diagnostic> {
        let reading = read(&Source::new("t.yaml", yaml), Format::Yaml).unwrap_or_else(|f| panic!("{}", f[0]));
        let covers = |c: char| c.is_ascii() || "é–“”\u{a0}\u{200b}".contains(c);
        let mute = |document: &Document| (document.language == Language::Ar).then_some('ا');
        let too_wide = |document: &Document| match document.title.as_ref().map(Text::written) {
            Some("Wide tables") => vec![(1, "“Table 2” is too wide".into())],
            _ => Vec::new(),
        };
        check(&reading, &Abilities { covers: &covers, mute: &mute, too_wide: &too_wide, unreached: &|_| Vec::new() })
    }

    fn reported(yaml: &str) -> Vec<(&'static str, String)> {
        let shown = |finding: Diagnostic| {
            let place = finding.place.unwrap();
            (finding.code, place.source.text[place.span].to_owned())
        };
        findings(yaml).into_iter().map(shown).collect()
    }

    fn codes(rest: &str) -> Vec<&'static str> {
        findings(&format!("{HEAD}{rest}")).iter().map(|finding| finding.code).collect()
    }

    #[test]
    fn a_good_document_has_no_findings() {
        assert_eq!(
            codes(
                "title: On *é*\nbody:\n  - enacting: 'The General Assembly,[^1]'\n  - operative:\n      text: Decides\n      items: [one, {text: two, items: [three]}]\nfootnotes: {1: See A/77/1.}\n"
            ),
            Vec::<&str>::new()
        );
    }

    #[test]
    fn the_header() {
        let wrong = "symbol: X/1\nkind: note\nlanguage: ar\njob: '23 16'\nemblem: ../x.svg\nbody: [paragraph: x]\n";
        assert_eq!(
            reported(wrong),
            [
                ("organ-unknown", "X/1".into()),
                ("no-date", "X/1".into()),
                ("language-not-covered", "ar".into()),
                ("job-form", "'23 16'".into()),
                ("path", "../x.svg".into()),
            ]
        );
        let no_symbol = "symbol: [A/77/1, s/2029/1]\nkind: note\ndate: 2029-01-02\njob: '23 16'\nbody: []\n";
        assert_eq!(
            reported(no_symbol),
            [("symbol-form", "s/2029/1".into()), ("job-form", "'23 16'".into()), ("empty-body", "[]".into())]
        );
        assert_eq!(codes("sponsors: [A]\nsubmitted_by: B\nbody: [paragraph: x]\n"), ["field-not-printed"]);
        assert_eq!(codes("session: 78\nbody: [paragraph: x]\n"), ["session-mismatch"]);
        assert_eq!(codes("body: []\n"), ["empty-body"]);
        let council =
            "symbol: S/RES/9 (2029)\nkind: resolution\nnumber: 9 (2029)\nadopted_text: Adopted\ndate: 2029-01-02\n";
        let parts = "parts: [{letter: A, meeting: 3rd meeting, body: [paragraph: x]}]\n";
        assert_eq!(reported(&format!("{council}{parts}")), [("field-not-printed", "3rd meeting".into())]);
    }

    #[test]
    fn texts_and_characters() {
        let text = |text: &str| reported(&format!("{HEAD}body:\n  - paragraph: \"{text}\"\n"));
        assert_eq!(text("a 世 b 世"), [("character-not-covered", "世".into())]);
        assert_eq!(text("a \u{202e}b"), [("bidi-control", "\u{202e}".into())]);
        assert_eq!(text("a\\u0007b"), [("control-character", "\\u0007".into())]);
        assert_eq!(text("an *open end"), [("unclosed-emphasis", "*".into())]);
        assert_eq!(text("*an* un*real*ly *open end"), ["*r", "*o"].map(|mark| ("unclosed-emphasis", mark.into())));
        assert_eq!(text("[x](javascript:y)"), [("address", "[x](javascript:y)".into())]);
        assert_eq!(text("  "), [("empty-text", "\"  \"".into())]);
        assert_eq!(text("a\\ufffdb"), [("replacement-character", "\\ufffd".into())]);
    }

    #[test]
    fn adjustments_of_what_is_not_there() {
        let layout = |layout: &str| {
            let rest = "body: [paragraph: 'x[^1]']\nfootnotes: {1: Tides.}\n";
            reported(&format!("{HEAD}title: Tides\nlayout: {{{layout}}}\n{rest}"))
        };
        let idle = |place: &str| vec![("layout-no-effect", place.to_owned())];
        assert_eq!(layout("opening_above: [4], opening_tracking: [0.1], notes: {'1': {tracking: 0.1}}"), []);
        assert_eq!(layout("opening_above: [4, 5]"), idle("5"));
        assert_eq!(layout("opening_tracking: [0, 0.1, 0.2]"), idle("0.1"));
        assert_eq!(layout("session_tracking: [0.1, 0.2, 0.3]"), idle("0.2"));
        assert_eq!(layout("notes: {'2': {tracking: 0.1}}"), idle("{tracking: 0.1}"));
        assert_eq!(layout("notes: {'1': {above: 3}}"), idle("3"));
        assert_eq!(codes("body: [paragraph: {text: x, layout: {above: -12}}]\n"), Vec::<&str>::new());
        assert_eq!(codes("body: [paragraph: {text: x, layout: {above: -12.5}}]\n"), ["layout-excess"]);
        assert_eq!(codes("body: [paragraph: '...']\n"), ["body-unwritten"]);
        assert_eq!(codes("original: [nl, fr]\nbody: [paragraph: x]\n"), ["language-unnamed"]);
    }

    #[test]
    fn what_would_be_lost_or_leave_the_page() {
        assert_eq!(codes("meeting: 3rd\nbody: [paragraph: x]\n"), ["field-not-printed"]);
        assert_eq!(
            codes("sponsors: ['A[^1]']\nsubmitted_by: B\nbody: [paragraph: x]\nfootnotes: {1: a}\n"),
            ["field-not-printed", "footnote-unused"]
        );
        assert_eq!(
            codes("body: [operative: {text: x, number: '1[^1]'}]\nfootnotes: {1: a}\n"),
            ["footnote-misplaced", "footnote-unused"]
        );
        assert_eq!(codes("body: [operative: {text: x, number: 'aaaaaaaaaaaaaaaaaaaaaaaaa'}]\n"), ["long-designation"]);
        assert_eq!(codes("body: [paragraph: \"\\u200b\"]\n"), ["empty-text"]);
        assert_eq!(codes(&format!("body: [paragraph: 'x{}']\n", "\u{301}".repeat(9)))[0], "stacked-marks");
        assert_eq!(codes("body: [vote: {}]\n"), ["empty-text"]);
    }

    #[test]
    fn footnotes() {
        let rest = "body: ['paragraph': 'a[^1] b[^x]']\nfootnotes: {1: 'see[^2]', 2: b, 3: c}\n";
        assert_eq!(
            reported(&format!("{HEAD}{rest}")),
            [
                ("footnote-undefined", "[^x]".into()),
                ("footnote-nested", "[^2]".into()),
                ("footnote-unused", "b".into()),
                ("footnote-unused", "c".into()),
            ]
        );
    }

    #[test]
    fn passages_and_tables() {
        let deep = "body: [paragraph: {text: a, items: [{text: a, items: [{text: a, items: [{text: a, items: [{text: a, items: [b]}]}]}]}]}]\n";
        assert_eq!(codes(deep), ["items-too-deep"]);
        assert_eq!(codes("body: [table: {rows: [[a, b], [c]]}]\n"), ["table-shape"]);
        assert_eq!(codes("body: [table: {rows: [[{text: a, rows: 2}, b], [c]]}]\n"), Vec::<&str>::new());
        assert_eq!(codes("body: [table: {rows: [[{text: a, rows: 3}, b], [c]]}]\n"), ["table-shape"]);
        assert_eq!(codes("body: [table: {rows: [[a, b]], widths: [1]}]\n"), ["table-shape"]);
        assert_eq!(codes("body: [table: {rows: []}]\n"), ["table-shape"]);
        assert_eq!(codes("body: [figure: {image: /etc/passwd, description: x}]\n"), ["path"]);
    }

    #[test]
    fn tables_that_are_too_wide_are_reported_at_their_place() {
        let annexed =
            "title: Wide tables\nbody: [table: {rows: [[a]]}, annex: {body: [paragraph: x, table: {rows: [[b]]}]}]\n";
        assert_eq!(reported(&format!("{HEAD}{annexed}")), [("table-too-wide", "{rows: [[b]]}".into())]);
        // A table that is not a grid is reported for its shape.
        let shapeless = "title: Wide tables\nbody: [table: {rows: [[a]]}, table: {rows: [[a, b], [c]]}]\n";
        assert_eq!(codes(shapeless), ["table-shape"]);
    }

    #[test]
    fn parts() {
        const PART: &str = "{letter: A, body: [paragraph: x]}";
        let found_in = |parts: &str| reported(&format!("{HEAD}parts: [{parts}]\n"));
        assert_eq!(found_in(PART), []);
        assert_eq!(found_in("{letter: B, body: [paragraph: x]}, {letter: C, body: [paragraph: x]}"), []);
        assert_eq!(
            found_in(&format!("{PART}, {{letter: C, body: [paragraph: x]}}")),
            [("part-letter-order", "C".into())]
        );
        assert_eq!(found_in(&format!("{PART}, {PART}")), [("part-letter-twice", "A".into())]);
        assert_eq!(found_in("{title: Tides, body: [paragraph: x]}")[0].0, "part-without-letter");
        assert_eq!(found_in("{letter: A, body: []}"), [("empty-body", "[]".into())]);
        assert_eq!(found_in("{letter: A, meeting: 3rd, body: [paragraph: x]}"), [("field-not-printed", "3rd".into())]);
        assert_eq!(
            reported(&format!("{HEAD}body: [paragraph: y]\nparts: [{PART}]\n")),
            [("body-and-parts", "y".into())]
        );
        let closed = "symbol: A/RES/84/1 A-B\nkind: resolution\nnumber: 84/1\nadopted: 2029-01-02\nparts: [{letter: A, adopted: 2029-01-03, body: [paragraph: x]}, {letter: B, meeting: 3rd, adopted_text: [4th, then], body: [paragraph: x]}]\n";
        assert_eq!(reported(closed), [("field-not-printed", "2029-01-03".into()), ("field-not-printed", "3rd".into())]);
    }

    #[test]
    fn marks_are_those_of_the_part_or_of_the_document() {
        let parts = "title: T[^2]\nparts:\n- {letter: A, body: [paragraph: 'a[^1]'], footnotes: {1: first}}\n- {letter: B, body: [paragraph: 'a[^1] b[^2] c[^3]'], footnotes: {2: own, 4: four}}\nfootnotes: {2: shared}\n";
        assert_eq!(
            reported(&format!("{HEAD}{parts}")),
            [
                ("footnote-undefined", "[^1]".into()),
                ("footnote-undefined", "[^3]".into()),
                ("footnote-unused", "four".into())
            ]
        );
    }

    #[test]
    fn tables_have_notes_of_their_own() {
        let table = "title: T\nbody: [paragraph: 'a[^1]', table: {title: 'T[^a]', rows: [['x[^b][^1]', 'y[^c]']], notes: {a: of a, b: of b, d: of d, 2: of 2}}]\nfootnotes: {1: of 1, b: other}\n";
        assert_eq!(
            reported(&format!("{HEAD}{table}")),
            [
                ("footnote-undefined", "[^c]".into()),
                ("footnote-unused", "of d".into()),
                ("table-note-mark", "of 2".into()),
                ("footnote-unused", "of 2".into()),
                ("footnote-unused", "other".into()),
            ]
        );
    }

    #[test]
    fn rules_look_at_each_part_as_a_text_of_its_own() {
        let yaml = format!(
            "{HEAD}title: Tides\nparts:\n- letter: A\n  body: [enacting: '*The General Assembly*,', operative: {{number: '1.', text: '*Notes* the past[^1].'}}]\n  footnotes: {{1: Resolution 70/1.}}\n- letter: B\n  body: [enacting: '*The General Assembly*,', operative: {{number: '1.', text: '*Notes* the tides;'}}, operative: {{number: '3.', text: '*Decides* to part.'}}]\n"
        );
        let reading = read(&Source::new("t.yaml", yaml), Format::Yaml).unwrap();
        let reported: Vec<_> = editorial_lints(&reading, true)
            .into_iter()
            .map(|finding| {
                let place = finding.place.unwrap();
                (finding.code, place.path.to_string(), place.source.text[place.span].to_owned())
            })
            .filter(|(code, ..)| ["number-sequence", "note-before-punctuation", "enacting-missing"].contains(code))
            .collect();
        assert_eq!(
            reported,
            [
                ("note-before-punctuation", "parts[0].body[1].text".to_owned(), "[^1].".to_owned()),
                ("number-sequence", "parts[1].body[2].number".to_owned(), "'3.'".to_owned()),
            ]
        );
    }

    #[test]
    fn the_head_of_parts_has_their_meetings() {
        let head = "symbol: A/RES/84/1 A-B\nkind: resolution\nnumber: 84/1\nadopted: 2029-01-02\n";
        let missing = |part: &str| {
            let yaml = format!("{head}parts: [{{letter: A, {part}body: [paragraph: x]}}]\n");
            let reported = editorial_lints(&read(&Source::new("t.yaml", yaml), Format::Yaml).unwrap(), true);
            reported.iter().any(|finding| finding.code == "meeting-missing")
        };
        assert!(missing("") && !missing("meeting: 3rd plenary meeting, ") && !missing("adopted_text: 3rd, "));
    }

    #[test]
    fn findings_of_one_code_are_counted() {
        let many: String = (0..200).map(|_| "  - paragraph: ' '\n").collect();
        let list = findings(&format!("{HEAD}body:\n{many}"));
        assert_eq!(list.len(), MOST_OF_A_CODE + 1);
        assert_eq!(list[MOST_OF_A_CODE].message, "and 150 more like this");
    }
}
