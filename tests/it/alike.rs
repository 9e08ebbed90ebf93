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
        ("space-before-punctuation", "It rained ,and they left.", "It rained, and they left."),
        ("number-thousands", "It helped 70 men and 12345 others.", "See Nos. 12344 and 12345 of the series."),
        ("number-money", "It costs 5 million $.", "It costs $5 million."),
        ("date-form", "It met on 03 May 2029.", "It met on 3 May 2029."),
        ("article-form", "It is a NGO.", "It is an NGO, an EU plan and a UN body."),
        ("number-agreement", "The States has agreed.", "The first of the States has agreed."),
        ("number-agreement", "All State have agreed.", "All State institutions have agreed."),
        ("number-agreement", "Each State have agreed.", "Each State has agreed."),
        ("symbol-cited", "See A / 77 / L.107 of it.", "See A/77/L.107 of it."),
        ("symbol-cited", "See A-77-L.107 of it.", "See option A - 77 people came."),
        ("dash-form", "They met in 2020 - and left.", "It went down 3 - 4 times."),
        ("dash-form", "It rained -- again.", "It is at https://example.org/a--b now."),
        ("range-hyphen", "It ran in 1990 - 2000 there.", "It ran between 1990 - 2000 there."),
        ("range-words", "It ran between 1990 - 2000 there.", "It ran from 1990 to 2000 there."),
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

/// A draft resolution with these operative paragraphs.
fn draft(operative: &str) -> std::sync::Arc<Source> {
    let head = "symbol: A/84/L.9\nkind: draft-resolution\ndate: 2029-10-01\ntitle: Tides\nsponsors: [Fiji]\nbody:\n\
        - enacting: \"*The General Assembly*,\"\n- preambular: \"*Recalling* its resolution 70/1 of 25 September 2015,\"\n";
    Source::new("alike", format!("{head}{operative}"))
}

fn codes(operative: &str) -> Vec<&'static str> {
    let reading = read(&draft(operative), Format::Yaml).unwrap_or_else(|errors| panic!("{}", errors[0]));
    editorial_lints(&reading, true).iter().map(|finding| finding.code).collect()
}

#[test]
fn what_cannot_be_fixed_does_not_keep_the_rest_from_being_fixed() {
    let fixed = |operative: &str| fix(&draft(operative), Format::Yaml, &|_| true).unwrap().text;
    let text = fixed(
        "- operative: '*Notes* the years 1990 , 2000;'\n- operative: '*Notes* the period between 1990-2000 of the \"Oceans\" plan.'\n",
    );
    assert!(text.contains("1990, 2000;") && text.contains("1990-2000 of the “Oceans” plan"), "{text}");
    let numbers = fixed(
        "- operative: '*Notes* one;'\n- operative: {text: '*Notes* two;', number: '4'}\n- operative: '*Notes* three;'\n\
         - operative: {text: '*Notes* four.', number: '6'}\n",
    );
    assert!(
        numbers.contains("number: '2'") && numbers.contains("number: '4'") && !numbers.contains("'6'"),
        "{numbers}"
    );
}

#[test]
fn a_gap_between_numbers_is_reported_once() {
    let numbers = |list: &[&str]| {
        let one = |number: &&str| format!("- operative: {{text: '*Notes* it;', number: '{number}'}}\n");
        codes(&list.iter().map(one).collect::<String>()).iter().filter(|code| **code == "number-sequence").count()
    };
    assert_eq!([numbers(&["1", "2", "3"]), numbers(&["1", "3", "4"]), numbers(&["5", "6", "7"])], [0, 1, 1]);
    assert_eq!(numbers(&["1", "3", "3", "5"]), 3);
}

#[test]
fn labels_in_another_order_are_not_relabelled() {
    let list = |labels: [&str; 2]| {
        let item = |label: &str| format!("{{text: To go;, label: {label}}}");
        let items = labels.map(item).join(", ");
        format!("- operative: {{text: '*Requests* the Secretary-General:', items: [{items}]}}\n")
    };
    let fixed = |labels| fix(&draft(&list(labels)), Format::Yaml, &|it| it.code == "label-sequence");
    assert!(codes(&list(["(b)", "(a)"])).contains(&"label-sequence"));
    assert!(fixed(["(b)", "(a)"]).is_none());
    assert!(fixed(["(a)", "(c)"]).unwrap().text.contains("label: (b)"));
}

#[test]
fn the_ends_of_items_that_go_on_with_a_sentence() {
    let list =
        |items: &str| codes(&format!("- operative: {{text: '*Requests* the Secretary-General:', items: [{items}]}}\n"));
    for wrong in
        ["'To report,', 'To sit,', 'To go on.'", "'To report.', 'To sit.', 'To go on.'", "'To report;', 'To go on:'"]
    {
        assert!(list(wrong).contains(&"item-ending"), "{wrong}");
    }
    assert!(!list("'To report;', 'To sit;', 'To go on.'").contains(&"item-ending"));
}

#[test]
fn the_last_word_may_come_after_a_space_of_several_bytes() {
    let reading = read(
        &draft(
            "- preambular: \"*Reaffirming* its resolution 70/1 of 25\u{a0}September\"\n- operative: '*Notes* it.'\n",
        ),
        Format::Yaml,
    );
    let found = editorial_lints(&reading.unwrap_or_else(|errors| panic!("{}", errors[0])), true);
    let place = found.iter().find(|it| it.code == "preamble-ending").and_then(|it| it.place.as_ref()).unwrap();
    assert_eq!(&place.source.text[place.span.clone()], "September");
}

#[test]
fn a_capital_within_opening_words_is_no_matter_of_italics() {
    let found = codes("- operative: '*Calls Upon* all States;'\n- operative: '*Calls* Upon all States.'\n");
    let openings: Vec<_> = found.into_iter().filter(|code| code.starts_with("opening-")).collect();
    assert_eq!(openings, ["opening-capital", "opening-too-short"]);
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
