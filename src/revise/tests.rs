#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::sync::Arc;

use super::*;
use crate::diagnostic::Source;
use crate::diff::{Kind as Change, diff};
use crate::model::Distribution;
use crate::model::house::{Defaults, Folder, House};
use crate::read::{Format, Reading, read};
use crate::register::chain::relations;
use crate::write;

const DRAFT: &str = "# The draft of the tide group.
symbol: A/84/L.901   # as reserved
kind: draft-resolution
distribution: limited
date: 2029-10-01 # of issue
original: en
job: 29-90101
session: 84
agenda_item: 18
# The title, as it is in the agenda.
agenda_title: >-
  Tides and shores:
  tidal information
sponsors:
  - Fiji
  - Kiribati[^*]

title: \"Tides: of the *world*\"
body:
  # The organ.
  - enacting: \"*The General Assembly*,\"
  - operative: >-
      *Decides* to remain seized   # not a comment
      of the tides.[^1]
footnotes:
  \"*\": A star,
    on two lines.
  # The report.
  1: See A/84/1.
";

fn reading(text: &str, format: Format) -> Reading {
    read(&Source::new("t", text), format).unwrap_or_else(|errors| panic!("{}\n{text}", errors[0]))
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn revision(suffix: Suffix) -> Revision {
    Revision { suffix, number: None, existing: 0, date: day("2029-11-05"), job: Some("29-90333".into()) }
}

fn adoption(symbol: &str) -> Adopted {
    Adopted {
        symbol: symbol.into(),
        number: None,
        date: day("2029-12-20"),
        issued: Some(day("2030-01-09")),
        job: Some("29-95555".into()),
        meeting: Some("53rd plenary meeting".into()),
        note: None,
    }
}

#[test]
fn symbols_count_on() {
    for (symbol, suffix, next) in [
        ("A/77/L.107", Suffix::Rev, "A/77/L.107/Rev.1"),
        ("A/77/L.107/Rev.1", Suffix::Rev, "A/77/L.107/Rev.2"),
        ("A/77/L.107*", Suffix::Rev, "A/77/L.107/Rev.1"),
        ("A/77/L.107/Rev.1/Corr.2", Suffix::Rev, "A/77/L.107/Rev.2"),
        ("A/77/L.107/Rev.1", Suffix::Corr, "A/77/L.107/Rev.1/Corr.1"),
        ("A/78/461/Corr.1", Suffix::Corr, "A/78/461/Corr.2"),
        ("A/78/461/Add.9", Suffix::Add, "A/78/461/Add.10"),
        ("A/78/461", Suffix::Add, "A/78/461/Add.1"),
    ] {
        assert_eq!(suffix.next(&symbol.into(), None, 0, false).unwrap().text(), next, "{symbol}");
    }
    assert_eq!(Suffix::Rev.next(&"A/77/L.107".into(), Some(4), 0, false).unwrap().text(), "A/77/L.107/Rev.4");
    assert!(Suffix::Rev.next(&"draft".into(), None, 0, false).is_err());
    assert_eq!(Suffix::Corr.next(&"A/78/461".into(), None, 2, false).unwrap().text(), "A/78/461/Corr.3");
    for (symbol, is) in [
        ("A/RES/77/338", Some("77/338")),
        ("S/RES/2803 (2025)", Some("2803 (2025)")),
        ("A/HRC/RES/58/4", Some("58/4")),
        ("A/RES/84/80 A-B", Some("84/80")),
        ("A/DEC/84/699", Some("84/699")),
        ("UMWELT/RES/5", Some("5")),
        ("RES 1.3", Some("1.3")),
        ("TIDE/3", None),
    ] {
        assert_eq!(suffix::number(&symbol.into()).as_deref(), is, "{symbol}");
    }
}

#[test]
fn a_revision_keeps_comments_and_the_chain() {
    let draft = reading(DRAFT, Format::Yaml);
    let first = revised(&draft.document, &revision(Suffix::Rev)).unwrap();
    let text = written(&draft, &first, None).unwrap();
    let expected = DRAFT
        .replace("A/84/L.901 ", "A/84/L.901/Rev.1 ")
        .replace("2029-10-01", "2029-11-05")
        .replace("29-90101", "29-90333")
        .replace(
            "body:\n",
            "metadata:\n  workflow:\n    - outcome: draftResolution\n      date: 2029-10-01\n      document: A/84/L.901\n      by: Fiji, Kiribati\nbody:\n",
        );
    assert_eq!(text, expected);
    let second = revised(&first, &revision(Suffix::Rev)).unwrap();
    assert_eq!(second.symbol[0].text(), "A/84/L.901/Rev.2");
    assert_eq!(second.metadata.workflow.len(), 2);
}

#[test]
fn an_adopted_text_has_what_adopted_texts_have() {
    let draft = reading(DRAFT, Format::Yaml);
    let first = revised(&draft.document, &revision(Suffix::Rev)).unwrap();
    let text = written(&draft, &first, None).unwrap();
    let new = adopted(&first, &adoption("A/RES/84/80")).unwrap();
    let text = written(&reading(&text, Format::Yaml), &new, None).unwrap();
    for part in [
        "# The draft of the tide group.\n",
        "symbol: A/RES/84/80   # as reserved\n",
        "# The title, as it is in the agenda.\nagenda_title: >-\n  Tides and shores:\n  tidal information\n",
        "adopted: 2029-12-20\n",
        "adopted_note: without reference to a Main Committee (A/84/L.901/Rev.1)\n",
        "number: 84/80\n",
        "\ntitle: \"Tides: of the *world*\"\n",
        "  # The organ.\n",
        "seized   # not a comment\n",
        "footnotes:\n  # The report.\n  1: See A/84/1.\n",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    for gone in ["sponsors", "A star", "original", "distribution", "29-90333"] {
        assert!(!text.contains(gone), "{gone}\n{text}");
    }
    let kinds = diff(&first, &new).unwrap().into_iter().filter(|change| change.part.contains("paragraph"));
    assert_eq!(kinds.filter(|change| change.kind != Change::Field).count(), 0, "the text is the same");
    let origins: Vec<String> = relations(&new).into_iter().map(|(_, _, other)| other).collect();
    assert_eq!(origins, ["A/84/L.901", "A/84/L.901/Rev.1"]);
    let check = crate::lint(&crate::Coverage::new([]), &Source::new("t.yaml", text), Format::Yaml);
    assert!(check.iter().all(|finding| !finding.is_error()), "{check:?}");
}

#[test]
fn successors_are_written_in_every_syntax_and_language() {
    for language in ["en", "fr", "es", "ru", "ar", "zh", "de"] {
        let yaml = format!("language: {language}\n{DRAFT}");
        let draft = reading(&yaml, Format::Yaml).document;
        for format in [Format::Yaml, Format::Json, Format::Markdown, Format::Xml] {
            let source = reading(&write(&draft, format).unwrap(), format);
            for suffix in [Suffix::Rev, Suffix::Corr, Suffix::Add] {
                let new = revised(&draft, &revision(suffix)).unwrap();
                let text = written(&source, &new, None).unwrap();
                assert_eq!(reading(&text, format).document, new, "{language} {format:?} {suffix:?}");
            }
            let new = adopted(&draft, &adoption("A/RES/84/80")).unwrap();
            assert_eq!(reading(&written(&source, &new, None).unwrap(), format).document, new, "{language} {format:?}");
            assert!(new.adopted_note.unwrap().plain().contains("(A/84/L.901)"));
        }
    }
}

#[test]
fn corrigenda_and_addenda_have_kinds_of_their_own() {
    let draft = reading(DRAFT, Format::Yaml).document;
    let adopted = adopted(&draft, &adoption("A/RES/84/80")).unwrap();
    for (document, suffix, symbol, kind) in [
        (&draft, Suffix::Corr, "A/84/L.901/Corr.1", Kind::Corrigendum),
        (&draft, Suffix::Add, "A/84/L.901/Add.1", Kind::Addendum),
        (&adopted, Suffix::Corr, "A/RES/84/80/Corr.1", Kind::Corrigendum),
        (&revised(&draft, &revision(Suffix::Add)).unwrap(), Suffix::Corr, "A/84/L.901/Add.1/Corr.1", Kind::Corrigendum),
        (&revised(&draft, &revision(Suffix::Corr)).unwrap(), Suffix::Corr, "A/84/L.901/Corr.2", Kind::Corrigendum),
        (&revised(&draft, &revision(Suffix::Add)).unwrap(), Suffix::Rev, "A/84/L.901/Add.1/Rev.1", Kind::Addendum),
    ] {
        let new = revised(document, &revision(suffix)).unwrap();
        assert_eq!((new.symbol[0].text(), new.kind), (symbol, kind));
        assert_eq!(new.title, document.title, "{symbol}");
        // Nothing is printed twice, and nothing is given that such a page does not print.
        let text = write(&new, Format::Yaml).unwrap();
        let findings = crate::lint(&crate::Coverage::new([]), &Source::new("t.yaml", text), Format::Yaml);
        let odd = |code: &str| findings.iter().any(|finding| finding.code == code);
        assert!(findings.iter().all(|finding| !finding.is_error()) && !odd("field-not-printed"), "{findings:?}");
        let prepared = crate::prepare::prepare(&new).unwrap();
        let said = serde_json::to_string(&prepared).unwrap();
        let word = if kind == Kind::Corrigendum { "\"Corrigendum\"" } else { "\"Addendum\"" };
        assert_eq!(said.matches(word).count(), 1, "{said}");
    }
    let corrigendum = revised(&draft, &revision(Suffix::Corr)).unwrap();
    for suffix in [Suffix::Rev, Suffix::Add] {
        assert!(
            revised(&corrigendum, &revision(suffix)).unwrap_err().to_string().contains("the document that it corrects")
        );
    }
}

#[test]
fn free_symbols_have_successors() {
    let house = "house: {name: Nordlicht, symbols: free}\n";
    let draft = reading(&format!("{house}{}", DRAFT.replace("A/84/L.901", "Umwelt 1.2")), Format::Yaml).document;
    let next = |suffix| revised(&draft, &revision(suffix)).unwrap().symbol[0].printed();
    assert_eq!(next(Suffix::Rev), "Umwelt 1.2/Rev.1");
    assert_eq!(next(Suffix::Corr), "Umwelt 1.2/Corr.1");
    for (symbol, number) in [("Beschluss 4", None), ("RES 1.3", Some("1.3")), ("UMWELT/RES/5", Some("5"))] {
        let new = adopted(&draft, &adoption(symbol)).unwrap();
        assert_eq!((new.symbol[0].printed().as_str(), new.number.as_deref()), (symbol, number));
    }
    let given = Adopted { number: Some("4".into()), ..adoption("Beschluss 4") };
    assert_eq!(adopted(&draft, &given).unwrap().number.as_deref(), Some("4"));
    assert!(adopted(&draft, &adoption("")).unwrap_err().to_string().contains("empty"));
}

#[test]
fn the_front_matter_of_markdown_is_edited_in_place() {
    let markdown = "---\n# A comment.\nsymbol: A/84/L.901\nkind: draft-resolution\ndate: 2029-10-01\nsponsors: [Fiji, 'Tonga[^*]']\ntitle: Tides\n---\n\n\
        *The General Assembly*,\n\n1. *Decides* to remain\n   seized of it.[^1]\n\n[^*]: A star.\n\n[^1]: See A/84/1.\n";
    let draft = reading(markdown, Format::Markdown);
    let new = adopted(&draft.document, &adoption("A/RES/84/80")).unwrap();
    let text = written(&draft, &new, None).unwrap();
    for part in
        ["---\n# A comment.\nsymbol: A/RES/84/80\n", "1. *Decides* to remain\n   seized of it.[^1]\n\n[^1]: See"]
    {
        assert!(text.contains(part), "{text}");
    }
}

#[test]
fn only_drafts_are_adopted() {
    let draft = reading(DRAFT, Format::Yaml).document;
    let refused = |document: &Document, symbol: &str| adopted(document, &adoption(symbol)).unwrap_err().to_string();
    assert!(refused(&draft, "A/84/L.902").contains("not the symbol of a resolution"));
    let note = Document { kind: Kind::Note, ..draft.clone() };
    assert!(refused(&note, "A/RES/84/80").contains("not a note"));
    let committee = Document { symbol: vec!["A/C.3/84/L.5".into()], ..draft };
    assert_eq!(adopted(&committee, &adoption("A/RES/84/80")).unwrap().adopted_note, None);
}

#[test]
fn comments_stay_in_the_folder_of_a_house() {
    let defaults = Defaults { distribution: Some(Distribution::General), ..Defaults::default() };
    let folder = Folder { defaults, ..Folder::default() };
    let source = Source::new("t.yaml", DRAFT.replace("distribution: limited\n", ""));
    let reading = read(&source.in_folder(Some(Arc::new(folder))), Format::Yaml).unwrap();
    let wanted = revised(&reading.document, &revision(Suffix::Rev)).unwrap();
    let text = written(&reading, &wanted, reading.source.folder.clone()).unwrap();
    assert!(text.contains("# The draft of the tide group.") && text.contains("# not a comment"), "{text}");
    assert!(!text.contains("distribution"), "{text}");
}

#[test]
fn a_successor_is_the_same_document_in_another_folder() {
    let house = House { name: Some("Nordlicht".into()), ..House::default() };
    let defaults = Defaults {
        distribution: Some(Distribution::General),
        original: vec![crate::model::Language::De],
        date: Some(day("2029-10-02")),
        ..Defaults::default()
    };
    let folder = Arc::new(Folder { house: Some(house), defaults, ..Folder::default() });
    let text = DRAFT.replace("distribution: limited\n", "").replace("original: en\n", "");
    let within = |text: &str, folder: Option<&Arc<Folder>>| {
        read(&Source::new("t.yaml", text).in_folder(folder.cloned()), Format::Yaml).unwrap()
    };
    let draft = within(&text, Some(&folder));
    for new in [
        revised(&draft.document, &revision(Suffix::Rev)).unwrap(),
        adopted(&draft.document, &Adopted { issued: None, ..adoption("A/RES/84/80") }).unwrap(),
    ] {
        for to in [None, Some(&folder)] {
            let wanted = completed(&new, to.map(Arc::as_ref));
            let text = written(&draft, &wanted, to.cloned()).unwrap();
            assert_eq!(within(&text, to).document, wanted);
            assert_eq!(text.contains("name: Nordlicht"), to.is_none(), "{text}");
            assert!(text.contains("# The draft of the tide group.") && text.contains("# not a comment"), "{text}");
        }
    }
}

#[test]
fn ends_of_lines_stay() {
    let markdown = "---\n# A comment.\nsymbol: A/84/L.901\nkind: draft-resolution\ndate: 2029-10-01\ntitle: Tides\n---\n\n\
        *The General Assembly*,\n\n1. *Decides* to remain\n   seized of it.\n";
    for (text, format) in [(DRAFT, Format::Yaml), (markdown, Format::Markdown)] {
        let draft = reading(&text.replace('\n', "\r\n"), format);
        let new = revised(&draft.document, &revision(Suffix::Rev)).unwrap();
        let text = written(&draft, &new, None).unwrap();
        assert!(text.contains("omment") && text.matches('\n').count() == text.matches("\r\n").count(), "{text}");
    }
}

#[test]
fn a_text_is_adopted_by_the_organ_of_its_draft() {
    let draft = reading(DRAFT, Format::Yaml).document;
    assert!(adopted(&draft, &adoption("S/RES/2899 (2029)")).unwrap_err().to_string().contains("another organ"));
    let draft = Document { signatories: vec!["Tonga".into()], ..draft };
    assert!(adopted(&draft, &adoption("A/RES/84/80")).unwrap().signatories.is_empty());
}
