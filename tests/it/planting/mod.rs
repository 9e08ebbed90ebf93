//! Single errors planted at random places of genuine documents.

mod kinds;

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::chance::Chance;
use crate::genuine;

use kinds::{KINDS, Kind, Plant};
use masthead::diagnostic::{Diagnostic, Severity, Source};
use masthead::model::{Language, Metadata};
use masthead::read::read;
use masthead::{Coverage, Format, lint, write};
use regex::Regex;

/// How many errors of a kind are planted, each in another document.
const PLANTED: usize = 6;

/// How often a kind was planted, and how often it was found; what was not.
pub struct Outcome {
    pub kind: &'static str,
    pub planted: usize,
    pub missed: Vec<String>,
}

/// The genuine English documents beside the project, written as YAML, so that each kind of error can be
/// planted in all of them.
pub fn genuine() -> Vec<String> {
    let paths = genuine::files(&["corpus", "pairs", "akn"], &[".xml", "document.yaml"]);
    let yaml = |path: &PathBuf| {
        let name = path.to_string_lossy().into_owned();
        let source = Source::new(&*name, std::fs::read_to_string(path).ok()?);
        let mut document = read(&source, Format::of_name(&name)).ok()?.document;
        // What is not printed is not judged.
        document.metadata = Metadata::default();
        let acts = document.language == Language::En && document.kind.acts();
        // What the Security Council adopted is judged more mildly.
        let council = document.symbol.first().is_some_and(|symbol| symbol.text().starts_with("S/"));
        (acts && !council).then(|| write(&document, Format::Yaml).ok())?
    };
    paths.iter().filter_map(yaml).collect()
}

/// Plants every kind in documents and asks whether it is told, as an error or a warning, on its line.
pub fn planted(documents: &[String]) -> Vec<Outcome> {
    let before: Vec<BTreeSet<(&str, String)>> = documents.iter().map(|text| grave(text)).collect();
    let outcome = |(number, kind): (usize, &Kind)| planted_kind(number, kind, documents, &before);
    KINDS.iter().enumerate().map(outcome).collect()
}

fn planted_kind(
    number: usize,
    (kind, pattern, plant): &Kind,
    documents: &[String],
    before: &[BTreeSet<(&str, String)>],
) -> Outcome {
    let pattern = Regex::new(pattern).unwrap_or_else(|error| panic!("{kind}: {error}"));
    let mut chance = Chance(number as u64 + 7);
    let mut outcome = Outcome { kind, planted: 0, missed: Vec::new() };
    let from = chance.below(documents.len());
    for index in (0..documents.len()).map(|step| (from + step) % documents.len()) {
        let text = &documents[index];
        let hits: Vec<_> = pattern.captures_iter(text).collect();
        if hits.is_empty() || outcome.planted == PLANTED {
            continue;
        }
        let hit = &hits[chance.below(hits.len())];
        let mut instead = String::new();
        match plant {
            Plant::As(template) => hit.expand(template, &mut instead),
            Plant::Made(make) => instead = make(hit),
        }
        let at = hit.get(0).unwrap().range();
        if instead == text[at.clone()] {
            continue;
        }
        let wrong = format!("{}{instead}{}", &text[..at.start], &text[at.end..]);
        outcome.planted += 1;
        let lines = line(text, at.start).saturating_sub(1)..=line(text, at.end) + 2;
        let reported = |finding: &Diagnostic| {
            let at = finding.place.as_ref().map_or(0, |place| line(&wrong, place.span.start));
            let new = !before[index].contains(&(finding.code, finding.message.clone()));
            is_grave(finding) && new && lines.contains(&at)
        };
        if !findings(&wrong).iter().any(reported) {
            let name = text.lines().next().unwrap_or_default();
            outcome.missed.push(format!("{name}: {}", instead.split_whitespace().collect::<Vec<_>>().join(" ")));
        }
    }
    outcome
}

fn line(text: &str, at: usize) -> usize {
    text[..at.min(text.len())].matches('\n').count() + 1
}

fn findings(text: &str) -> Vec<Diagnostic> {
    lint(&Coverage::default(), &Source::new("planted.yaml", text), Format::Yaml)
}

fn is_grave(finding: &Diagnostic) -> bool {
    finding.severity != Severity::Hint
}

fn grave(text: &str) -> BTreeSet<(&'static str, String)> {
    findings(text).into_iter().filter(is_grave).map(|finding| (finding.code, finding.message)).collect()
}
