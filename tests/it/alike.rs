//! Sentences that look alike: one breaks a rule, another keeps it.

use masthead::Format;
use masthead::check::editorial_lints;
use masthead::check::fix::fix;
use masthead::diagnostic::{Diagnostic, Source};
use masthead::read::read;

/// Returns the findings about a sentence of a report, or of a document in Markdown.
fn findings(text: &str) -> Vec<Diagnostic> {
    let markdown = text.starts_with("---");
    let yaml = format!(
        "symbol: A/84/901\nkind: report\ndate: 2029-10-01\ntitle: Tides\nbody:\n  - paragraph: >-\n      {text}\n"
    );
    let (text, format) = if markdown { (text.to_owned(), Format::Markdown) } else { (yaml, Format::Yaml) };
    let reading = read(&Source::new("alike", text), format).unwrap_or_else(|errors| panic!("{}", errors[0]));
    editorial_lints(&reading, true)
}

#[test]
fn a_rule_tells_right_from_wrong() {
    for (code, wrong, right) in [
        ("number-thousands", "It helped 25000 people.", "By 2030 children in all States will read."),
        ("number-thousands", "It helped 3500 people.", "In 2015 people went, and since 2019 persons came."),
        ("quotation-punctuation", "She read “the tides.” It rained.", "She wrote “The tides rise.” and left."),
        ("quotation-punctuation", "He saw “waves,” and left.", "He said: “The tides rise.” It rained."),
        ("article-form", "It took a hour.", "It took an hour."),
        ("article-form", "It is an university.", "It is a university and an uninteresting one."),
        ("article-form", "An unique chance came.", "A unique chance came, and an onerous task."),
        ("article-form", "A honest man came.", "An honest man came on an historic day."),
        ("number-begins-sentence", "It rained. 12 States left.", "See para. 3 of the text and paras. 4 of it."),
        ("space-before-punctuation", "It rained ; they left.", "The ratio was 3 : 4 of all."),
    ] {
        let found = |text| findings(text).iter().any(|finding| finding.code == code);
        assert!(found(wrong), "{code}: {wrong}");
        assert!(!found(right), "{code}: {right}");
    }
}

#[test]
fn a_year_is_never_made_a_number() {
    let source = Source::new(
        "alike",
        "symbol: A/84/901\nkind: report\ndate: 2029-10-01\ntitle: Tides\nbody:\n  - paragraph: About 2015 people came with 25000 children.\n",
    );
    let fixed = fix(&source, Format::Yaml, &|_| true).unwrap();
    assert!(fixed.text.contains("About 2015 people came with 25,000 children"), "{}", fixed.text);
}

#[test]
fn italics_that_are_forgotten_in_markdown_are_missed() {
    let text = "---\nsymbol: A/84/L.9\nkind: draft-resolution\ndate: 2029-10-01\ntitle: Tides\nsponsors: [Fiji]\n---\n\n\
                *The General Assembly*,\n\nRecalling its resolution 70/1 of 25 September 2015,\n\n\
                1. Requests the Secretary-General to report;\n2. *Decides* to remain seized of the matter.\n";
    let found = findings(text);
    let has = |code| found.iter().any(|finding| finding.code == code);
    assert!(has("preamble-italics") && has("operative-italics") && !has("number-sequence"), "{found:?}");
}
