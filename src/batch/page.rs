//! The report of a batch as a page that people read.

use serde_json::Value;

use super::{Outcome, Shard, Summary};

/// The head of the documents that failed.
pub(super) const FAILED: &str = "<h2>Without a file</h2>\n<table><tr><th>No.<th>Document<th>State<th>Why\n";
/// The head of all documents.
pub(super) const ALL: &str = "<h2>All documents</h2>\n<table><tr><th>No.<th>Document<th>State<th>Symbol<th>Language\
                              <th>Pages<th>Warnings<th>File\n";
/// The end of a table.
pub(super) const END_OF_TABLE: &str = "</table>\n";

const STYLE: &str = "body{font:15px/1.45 system-ui,sans-serif;margin:2em auto;max-width:72em;padding:0 1em;color:#111}\
    table{border-collapse:collapse;width:100%}th,td{text-align:start;vertical-align:top;padding:.25em .6em;\
    border-bottom:1px solid #ccc}p.verdict{font-size:1.3em;font-weight:600;padding:.5em .8em}\
    .complete{background:#e2f3e2}.incomplete{background:#fbdede}pre{margin:0;white-space:pre-wrap}\
    tr.failed{background:#fdf0f0}";

/// The beginning of the page: the verdict and the counts.
pub(super) fn head(summary: &Summary) -> String {
    let part = summary.shard.map(|Shard { part, of }| format!(", part {part} of {of}")).unwrap_or_default();
    let (class, verdict) = match summary.complete {
        true => ("complete", format!("Complete: all {} documents have their file.", summary.documents)),
        false => (
            "incomplete",
            format!(
                "NOT COMPLETE: {} of {} documents have their file; {}.",
                summary.done,
                summary.documents,
                summary.troubles()
            ),
        ),
    };
    format!(
        "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>Report of a batch</title>\
         <style>{STYLE}</style>\n<h1>Report of a batch{part}</h1>\n<p class=\"verdict {class}\">{}</p>\n\
         <p>{} pages, {} warnings. masthead {}.</p>\n",
        text(&verdict),
        summary.pages,
        summary.warnings,
        env!("CARGO_PKG_VERSION")
    )
}

/// A document in the table of all.
pub(super) fn row(outcome: &Outcome) -> String {
    let (mut symbol, mut language, mut pages, mut warnings) = (String::new(), "", String::new(), String::new());
    if let Some(record) = &outcome.record {
        symbol = record.symbols.join(", ");
        language = record.language.code();
        pages = record.pages.to_string();
        warnings = list(&record.warnings);
    }
    let class = if outcome.state.is_done() { "" } else { " class=\"failed\"" };
    let (number, source) = (outcome.index + 1, text(&outcome.source));
    let (state, symbol) = (outcome.state.words(), text(&symbol));
    let file = text(outcome.output.as_deref().unwrap_or_default());
    format!(
        "<tr{class}><td>{number}<td>{source}<td>{state}<td>{symbol}<td>{language}<td>{pages}<td>{warnings}<td>{file}\n"
    )
}

/// A document in the table of those that failed.
pub(super) fn failed_row(outcome: &Outcome) -> String {
    let earlier = if outcome.earlier_file { "<p>The file of an earlier state is still there.</p>" } else { "" };
    let (number, source) = (outcome.index + 1, text(&outcome.source));
    let (state, why) = (outcome.state.words(), list(&outcome.findings));
    format!("<tr class=\"failed\"><td>{number}<td>{source}<td>{state}<td>{why}{earlier}\n")
}

fn list(findings: &[Value]) -> String {
    let one = |finding: &Value| {
        let part = |name: &str| finding[name].as_str().unwrap_or_default().to_owned();
        let line = finding["line"].as_u64().map(|line| format!("line {line}: ")).unwrap_or_default();
        let hint = finding["hint"].as_str().map(|hint| format!("\nhint: {hint}")).unwrap_or_default();
        format!("<pre>{}</pre>", text(&format!("{line}{} [{}]{hint}", part("message"), part("code"))))
    };
    findings.iter().map(one).collect()
}

/// Text as HTML.
fn text(plain: &str) -> String {
    plain.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
