//! Findings in answers.

use masthead::diagnostic::{Diagnostic, Edit, Finding, Severity, Source};
use schemars::JsonSchema;
use serde::Serialize;

/// A finding, as `masthead check --format json` prints it, with the edits that fix it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Found<'d> {
    #[serde(flatten)]
    finding: Finding<'d>,
    /// The changes of the source that fix it, all together.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    edits: Vec<Change<'d>>,
}

/// A change of the source.
#[derive(Debug, Serialize, JsonSchema)]
struct Change<'d> {
    /// The first line, from 1.
    line: usize,
    /// The column of the first character to replace, from 1, in characters.
    column: usize,
    /// The last line.
    end_line: usize,
    /// The column after the last character to replace.
    end_column: usize,
    /// The replacement.
    text: &'d str,
}

impl<'d> Change<'d> {
    fn new(source: &Source, edit: &'d Edit) -> Self {
        let (line, column) = source.line_column(edit.span.start);
        let (end_line, end_column) = source.line_column(edit.span.end);
        Self { line, column, end_line, end_column, text: &edit.text }
    }
}

/// The findings about a document.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Findings<'d> {
    /// The number of errors; a document with errors is not rendered.
    errors: usize,
    /// The number of warnings.
    warnings: usize,
    /// The number of hints.
    hints: usize,
    /// The findings, in the order of the source.
    findings: Vec<Found<'d>>,
    /// The text with everything fixed that is mechanical; left out if nothing is fixed or it was not asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    fixed: Option<String>,
}

impl<'d> Findings<'d> {
    /// Counts findings, and adds the text that fixes them.
    pub fn new(list: &'d [Diagnostic], fixed: Option<String>) -> Self {
        let count = |severity| list.iter().filter(|finding| finding.severity == severity).count();
        Self {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            hints: count(Severity::Hint),
            findings: found(list),
            fixed,
        }
    }
}

/// Returns findings as they are passed on.
pub fn found<'d>(list: &'d [Diagnostic]) -> Vec<Found<'d>> {
    let one = |diagnostic: &'d Diagnostic| {
        let Diagnostic { place, edits, .. } = diagnostic;
        let edits = place.iter().flat_map(|place| edits.iter().map(|edit| Change::new(&place.source, edit))).collect();
        let mut finding = Finding::from(diagnostic);
        finding.reword_hint(of_requests);
        Found { finding, edits }
    };
    list.iter().map(one).collect()
}

/// Rewords a hint: options of the command line are parameters of requests, or options with which the server is started.
fn of_requests(hint: &str) -> String {
    let word = |word: &str| match word {
        "--from" | "--missing-glyphs" => word.trim_start_matches('-').replace('-', "_") + ":",
        "--fonts" | "--deadline" | "--memory" => format!("masthead serve {word}"),
        _ => word.to_owned(),
    };
    hint.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hints_name_what_a_request_has() {
        assert_eq!(of_requests("use --from yaml, json"), "use from: yaml, json");
        assert_eq!(of_requests("print it: --missing-glyphs box"), "print it: missing_glyphs: box");
        assert_eq!(
            of_requests("split it; --memory MIB allows more"),
            "split it; masthead serve --memory MIB allows more"
        );
    }
}
