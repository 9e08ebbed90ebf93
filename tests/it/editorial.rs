//! The editorial rules over genuine documents: official documents stay quiet.
//!
//! `SHOW=title-final-stop cargo test --test it stay_quiet -- --ignored --nocapture` prints the findings of a rule,
//! `SHOW=all` those of all errors and warnings in English.

use std::collections::BTreeMap;
use std::fs;

use crate::genuine;
use masthead::Format;
use masthead::check::editorial_lints;
use masthead::check::rules::rules;
use masthead::diagnostic::{Diagnostic, Severity, Source};
use masthead::model::Language;
use masthead::read::read;

/// A rule of severity warning fires in less than this share of genuine documents.
const MOST_WARNED: f64 = 0.02;

/// A finding in a line: code, place, and the words that are meant.
fn line(finding: &Diagnostic) -> String {
    let place = finding.place.as_ref().unwrap();
    let text = &place.source.text;
    let around = |from: usize, to: usize| {
        let from = (0..=from).rev().find(|at| text.is_char_boundary(*at)).unwrap();
        let to = (to.min(text.len())..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap();
        text[from..to].replace('\n', " ")
    };
    let (start, end) = (place.span.start, place.span.end.min(place.span.start + 60));
    let before = around(start.saturating_sub(30), start);
    let words = around(start, end);
    let after = around(end, end + 20);
    format!("{}: {}:{} {before}⟦{words}⟧{after}", finding.code, place.source.name, place.source.line_column(start).0)
}

#[test]
#[ignore = "needs genuine documents (MASTHEAD_CORPUS)"]
fn genuine_documents_stay_quiet() {
    let paths = genuine::files(&["corpus", "pairs", "akn"], &[".xml", "document.yaml"]);
    let shown = std::env::var("SHOW").unwrap_or_default();
    let mut fired: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut documents: BTreeMap<&str, usize> = BTreeMap::new();
    let mut hinted: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut warnings, mut english) = (0, 0);
    for path in &paths {
        let name = path.display().to_string();
        let text = fs::read_to_string(path).unwrap();
        let reading = read(&Source::new(&name, text), Format::of_name(&name)).unwrap_or_else(|f| panic!("{}", f[0]));
        let language = reading.document.language;
        let reported = editorial_lints(&reading, true);
        for finding in &reported {
            let grave = language == Language::En && finding.severity != Severity::Hint;
            if finding.code == shown || shown == "all" && grave {
                println!("{}", line(finding));
            }
        }
        if language == Language::En {
            english += 1;
            warnings += reported.iter().filter(|finding| finding.severity == Severity::Warning).count();
        }
        for rule in rules() {
            if rule.languages.hold(language) {
                *documents.entry(rule.code).or_default() += 1;
            }
            let grave =
                |severity| reported.iter().any(|finding| finding.code == rule.code && finding.severity == severity);
            if grave(rule.severity) {
                fired.entry(rule.code).or_default().push(name.clone());
            } else if grave(Severity::Hint) {
                *hinted.entry(rule.code).or_default() += 1;
            }
        }
    }
    println!("{} genuine documents, {english} in English with {warnings} warnings", paths.len());
    println!("{:26} {:8} {:>9} {:>5} {:>7}   hints in the Council", "rule", "severity", "documents", "fires", "share");
    let mut loud = Vec::new();
    for rule in rules() {
        let list = fired.get(rule.code).map_or(&[][..], Vec::as_slice);
        let share = list.len() as f64 / documents[rule.code] as f64;
        let hints = hinted.get(rule.code).map_or(String::new(), ToString::to_string);
        println!(
            "{:26} {:8} {:9} {:5} {:5.1} %   {hints}",
            rule.code,
            rule.severity.name(),
            documents[rule.code],
            list.len(),
            share * 100.0
        );
        let most = match rule.severity {
            Severity::Error => 0.0,
            Severity::Warning => MOST_WARNED,
            Severity::Hint => 1.0,
        };
        if share > most {
            loud.push(format!("{} in {}", rule.code, list[..list.len().min(8)].join(", ")));
        }
    }
    // Of one false warning in five documents, an editor may well call half right.
    assert!(warnings * 5 < english, "{warnings} warnings in {english} English documents");
    assert!(loud.is_empty(), "rules that fire in genuine documents:\n{}", loud.join("\n"));
}
