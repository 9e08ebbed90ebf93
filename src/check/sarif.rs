//! Findings as SARIF 2.1.0 (OASIS), which code hosting services show next to the source.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::explain::explain;
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::percent::percent_encoded;

/// Returns the findings as a SARIF log with one run.
pub fn sarif(findings: &[Diagnostic]) -> Value {
    let codes: BTreeSet<&str> = findings.iter().map(|finding| finding.code).collect();
    let rules: Vec<Value> = codes.iter().map(|code| rule(code)).collect();
    let results: Vec<Value> = findings.iter().map(result).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "masthead",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "note",
    }
}

fn rule(code: &str) -> Value {
    let Some(explanation) = explain(code) else { return json!({ "id": code }) };
    json!({
        "id": code,
        "shortDescription": { "text": explanation.asks },
        "help": { "text": format!("{} Source: {}", explanation.asks, explanation.source) },
        "defaultConfiguration": { "level": level(explanation.severity) },
    })
}

fn result(finding: &Diagnostic) -> Value {
    let text = match &finding.hint {
        Some(hint) => format!("{}; {hint}", finding.message),
        None => finding.message.clone(),
    };
    let mut result = json!({ "ruleId": finding.code, "level": level(finding.severity), "message": { "text": text } });
    let Some(place) = &finding.place else { return result };
    result["locations"] = json!([{ "physicalLocation": {
        "artifactLocation": { "uri": percent_encoded(&place.source.name) },
        "region": region(place, &place.span),
    }}]);
    if !finding.edits.is_empty() {
        let replacements: Vec<Value> = finding
            .edits
            .iter()
            .map(|edit| json!({ "deletedRegion": region(place, &edit.span), "insertedContent": { "text": edit.text } }))
            .collect();
        result["fixes"] = json!([{
            "description": { "text": finding.hint.as_deref().unwrap_or("fix it") },
            "artifactChanges": [{
                "artifactLocation": { "uri": percent_encoded(&place.source.name) },
                "replacements": replacements,
            }],
        }]);
    }
    result
}

fn region(place: &Place, span: &std::ops::Range<usize>) -> Value {
    let (line, column) = place.source.line_column(span.start);
    let (end_line, end_column) = place.source.line_column(span.end);
    json!({ "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column })
}
