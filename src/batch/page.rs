//! The report of a batch as an HTML page. Everything from documents, files and folders is escaped; the script of
//! the page contains none of it.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{MissingSource, Outcome, Shard, Summary};
use crate::files::way;
use crate::percent::percent_encoded;
use crate::visible::visible;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// The columns of the documents that failed, and of all.
const FAILED: [&str; 4] = ["No.", "Document", "State", "Why"];
const ALL: [&str; 9] = ["No.", "Document", "State", "Symbol", "Language", "Title", "Pages", "Warnings", "File"];

/// The batch that a page reports on.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// The folder of the report, to which its links are relative.
    folder: PathBuf,
    /// A hash of all documents with their files and options.
    inputs: Option<String>,
    /// The folder that all sources have in common.
    sources: Option<PathBuf>,
}

impl Page {
    /// Creates a page in an existing folder.
    pub fn new(folder: &Path, inputs: Option<String>) -> Self {
        Self { folder: real(folder), inputs, sources: None }
    }

    /// Records where a document comes from.
    pub fn add(&mut self, outcome: &Outcome) {
        let folder = Path::new(&outcome.source).parent().unwrap_or(Path::new("")).to_owned();
        self.sources = Some(match self.sources.take() {
            Some(known) => {
                let both = known.components().zip(folder.components());
                both.take_while(|(one, other)| one == other).map(|(one, _)| one).collect()
            }
            None => folder,
        });
    }

    /// Returns the beginning of the page: title, verdict and counts.
    pub fn head(&self, summary: &Summary) -> String {
        let part = summary.shard.map(|Shard { part, of }| format!(", part {part} of {of}")).unwrap_or_default();
        let (class, verdict) = match summary.complete {
            true => ("complete", format!("Done: all {} documents have output files.", summary.documents)),
            false => (
                "incomplete",
                format!(
                    "INCOMPLETE: {} of {} documents have output files; {}.",
                    summary.done,
                    summary.documents,
                    summary.troubles()
                ),
            ),
        };
        // The folder of the report is not named, so that the report is the same wherever it is written.
        let from = match &self.sources {
            Some(folder) if folder != Path::new("") => format!(" of {}", folder.display()),
            _ => String::new(),
        };
        let title = text(&format!("Batch{from}{part}"));
        // The first digits are enough to tell batches apart; report.json has all of them, for merging parts.
        let inputs = self.inputs.iter().map(|hash| format!(" Inputs {}.", hash.get(..12).unwrap_or(hash)));
        format!(
            "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{title}</title>\n\
             <style>\n{STYLE}</style>\n<h1>{title}</h1>\n<p class=\"verdict {class}\">{}</p>\n\
             <p class=\"soft\">{} pages, {} warnings. masthead {}.{}</p>\n\
             <p class=\"tools\" hidden><input id=\"search\" type=\"search\" placeholder=\"search\" aria-label=\"Search\">\n\
             <select id=\"state\" aria-label=\"State\"><option value=\"\">all states</option></select>\n\
             <span id=\"shown\" class=\"soft\"></span></p>\n",
            text(&verdict),
            summary.pages,
            summary.warnings,
            env!("CARGO_PKG_VERSION"),
            text(&inputs.collect::<String>())
        )
    }

    /// Returns the beginning of the table of the documents that failed.
    pub fn failed_table() -> String {
        table("failed", "Documents without an output file", &FAILED)
    }

    /// Returns the beginning of the table of all documents.
    pub fn all_table() -> String {
        table("all", "All documents", &ALL)
    }

    /// Returns the row of a document in the table of all.
    pub fn row(&self, outcome: &Outcome) -> String {
        let record = outcome.record.as_ref();
        let file = outcome.output.as_deref().unwrap_or_default();
        let there = outcome.state.is_done() || outcome.earlier_file;
        let cells = [
            (outcome.index + 1).to_string(),
            self.source(outcome),
            outcome.state.words().to_owned(),
            record.map(|record| text(&record.symbols.join(", "))).unwrap_or_default(),
            record.map(|record| record.language.code().to_owned()).unwrap_or_default(),
            record.map(|record| text(&record.title)).unwrap_or_default(),
            record.map(|record| record.pages.to_string()).unwrap_or_default(),
            record.map(|record| list(&record.warnings)).unwrap_or_default(),
            link(there.then(|| Path::new(file)), file),
        ];
        row(outcome, &ALL, &cells)
    }

    /// Returns the row of a document in the table of those that failed.
    pub fn failed_row(&self, outcome: &Outcome) -> String {
        let earlier = match outcome.output.as_deref().filter(|_| outcome.earlier_file) {
            Some(file) => {
                format!("<p>An outdated file remains: {}</p>", link(Some(Path::new(file)), file))
            }
            None => String::new(),
        };
        let state = outcome.state.words().to_owned();
        let cells = [(outcome.index + 1).to_string(), self.source(outcome), state, list(&outcome.findings) + &earlier];
        row(outcome, &FAILED, &cells)
    }

    fn source(&self, outcome: &Outcome) -> String {
        let path = Path::new(&outcome.source);
        link(path.is_file().then(|| way(&self.folder, &real(path))).as_deref(), &outcome.source)
    }
}

/// Returns the list of sources that are gone, if any.
pub(super) fn gone(gone: &[MissingSource]) -> String {
    if gone.is_empty() {
        return String::new();
    }
    let one = |gone: &MissingSource| {
        let file = link(Some(Path::new(&gone.output)), &gone.output);
        format!("<li>{}: {file}</li>\n", text(&gone.to_string()))
    };
    format!("<h2>Outdated files</h2>\n<ul>\n{}</ul>\n", gone.iter().map(one).collect::<String>())
}

/// The end of a table.
pub(super) const END_OF_TABLE: &str = "</tbody></table>\n";

/// Returns the end of the page, with the script that sorts and filters.
pub(super) fn end() -> String {
    format!("<script>\n{SCRIPT}</script>\n</html>\n")
}

fn table(id: &str, title: &str, columns: &[&str]) -> String {
    let heads: String = columns.iter().map(|column| format!("<th>{column}</th>")).collect();
    format!("<h2>{title}</h2>\n<table id=\"{id}\"><thead><tr>{heads}</tr></thead><tbody>\n")
}

fn row(outcome: &Outcome, columns: &[&str], cells: &[String]) -> String {
    let class = if outcome.state.is_done() { "" } else { " class=\"failed\"" };
    let cells = columns.iter().zip(cells).map(|(column, cell)| format!("<td data-of=\"{column}\">{cell}</td>"));
    format!("<tr{class} data-state=\"{}\">{}</tr>\n", outcome.state.words(), cells.collect::<String>())
}

/// Returns the canonical path of an existing file or folder.
fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// Returns a link to a path, with all special characters of URLs escaped; without a path, the text alone.
fn link(path: Option<&Path>, shown: &str) -> String {
    let Some(path) = path else { return text(shown) };
    let address = percent_encoded(&path.to_string_lossy());
    format!("<a href=\"{address}\">{}</a>", text(shown))
}

fn list(findings: &[Value]) -> String {
    let one = |finding: &Value| {
        let part = |name: &str| finding[name].as_str().unwrap_or_default().to_owned();
        let line = finding["line"].as_u64().map(|line| format!("line {line}: ")).unwrap_or_default();
        let hint = finding["hint"].as_str().map(|hint| format!("\nhint: {}", text(hint))).unwrap_or_default();
        format!("<pre>{}{hint}</pre>", text(&format!("{line}{} [{}]", part("message"), part("code"))))
    };
    findings.iter().map(one).collect()
}

/// Escapes text for HTML, on one line.
fn text(plain: &str) -> String {
    visible(plain).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_escaped_in_links_and_markup() {
        let hostile = "javascript:alert(1)/\"><script>&amp; ü?#.yaml";
        let link = link(Some(Path::new(hostile)), hostile);
        assert_eq!(link.matches('<').count(), 2, "{link}");
        assert!(
            link.starts_with("<a href=\"javascript%3Aalert%281%29/%22%3E%3Cscript%3E%26amp%3B%20%C3%BC%3F%23.yaml\">")
        );
    }
}
