//! The blocks: nesting of items, tables, figures, and the length of a document.

use serde_json::Value;

use super::header::path;
use super::texts::Text;
use super::{Findings, tables};
use crate::diagnostic::Diagnostic;
use crate::json;
use crate::model::limits::{DEEPEST_ITEMS, LONGEST_HEADING, LONGEST_TEXT};
use crate::model::{Block, Item, Path, Vote, inline};
use crate::prepare::Prepared;

/// The most bytes of all printed texts together: about a thousand pages.
const MOST_TEXT: usize = 3_000_000;
/// The most lines of a signature, which is kept together on a page.
const MOST_LINES: usize = 20;
/// The most blocks and items of a document: with so many, the engine needs minutes and gigabytes
/// (docs/engine.md#time-and-memory).
const MOST_BLOCKS: usize = 20_000;

/// Checks the lengths of the texts.
pub(super) fn lengths(texts: &[Text], findings: &mut Findings) {
    for text in texts.iter().filter(|text| text.text.len() > LONGEST_TEXT) {
        let message = format!("the text has {} bytes, more than {LONGEST_TEXT}", text.text.len());
        findings.add(&text.path, Diagnostic::error("too-long", message).hint("split it into paragraphs"));
    }
    let all: usize = texts.iter().map(|text| text.text.len()).sum();
    if all > MOST_TEXT {
        let message = format!("the texts have {all} bytes together, more than {MOST_TEXT}");
        findings.add("body", Diagnostic::error("too-long", message).hint("split it into several documents"));
    }
}

/// Checks the limits on texts and blocks for prepared content from a file that was not checked as a document.
///
/// # Errors
///
/// A message with the code of the limit.
pub(crate) fn prepared_within_limits(prepared: &Prepared) -> Result<(), String> {
    /// Running headers, metadata and links repeat texts.
    const REPEATED: usize = 4;
    let blocks = prepared.body.len() + prepared.notes.len();
    if blocks > MOST_BLOCKS {
        return Err(format!("it has {blocks} blocks and notes, more than {MOST_BLOCKS} [too-long]"));
    }
    let value = json::value(prepared).map_err(|error| error.to_string())?;
    let mut all = 0;
    let longest = longest_text(&value, &mut all);
    if longest > LONGEST_TEXT {
        return Err(format!("a text in it has {longest} bytes, more than {LONGEST_TEXT} [too-long]"));
    }
    if all > REPEATED * MOST_TEXT {
        return Err(format!("its texts have {all} bytes together, more than {} [too-long]", REPEATED * MOST_TEXT));
    }
    Ok(())
}

/// Returns the bytes of the longest text, which may consist of several runs, and adds all bytes to `all`.
fn longest_text(value: &Value, all: &mut usize) -> usize {
    match value {
        Value::String(text) => {
            *all += text.len();
            text.len()
        }
        Value::Array(list) => {
            let runs: usize = list.iter().filter_map(|run| run["text"].as_str()).map(str::len).sum();
            list.iter().map(|entry| longest_text(entry, all)).fold(runs, usize::max)
        }
        Value::Object(fields) => fields.values().map(|field| longest_text(field, all)).max().unwrap_or(0),
        _ => 0,
    }
}

pub(super) fn check(findings: &mut Findings) {
    let document = &findings.reading.document;
    let mut count = document.parts.len();
    for (index, part) in document.parts.iter().enumerate() {
        let title = part.title.as_ref().map_or("", inline::Text::written);
        heading(title, Path::from("parts").index(index).field("title"), findings);
    }
    for (at, body) in document.bodies() {
        blocks(body, &at, &mut count, findings);
    }
    if count > MOST_BLOCKS {
        let message = format!("the document has {count} blocks and items, more than {MOST_BLOCKS}");
        findings.add("body", Diagnostic::error("too-long", message).hint("split it into several documents"));
    }
}

fn blocks(list: &[Block], at: &Path, count: &mut usize, findings: &mut Findings) {
    for (index, block) in list.iter().enumerate() {
        let at = at.index(index);
        *count += 1;
        match block {
            Block::Heading(h) => heading(h.text.written(), at.field("text"), findings),
            Block::Annex(annex) => {
                for (name, text) in [("heading", &annex.heading), ("title", &annex.title)] {
                    heading(text.as_ref().map_or("", inline::Text::written), at.field(name), findings);
                }
                blocks(&annex.body, &at.field("body"), count, findings);
            }
            Block::Table(table) => tables::check(table, &at, findings),
            Block::Figure(figure) => path(&at.field("image"), &figure.image, findings),
            Block::Vote(vote) if *vote == Vote::default() => {
                let error = Diagnostic::error("empty-text", "the vote is empty");
                findings.add(&at, error.hint("add its subject and who voted how"));
            }
            Block::Signature(signature) if signature.lines.len() > MOST_LINES => {
                let message = format!("the signature has more than {MOST_LINES} lines");
                findings.add(
                    at.field("lines"),
                    Diagnostic::error("too-long", message).hint("write the rest as paragraphs"),
                );
            }
            Block::Signature(_) | Block::Vote(_) => {}
            other => other.passage().into_iter().for_each(|passage| items(&passage.items, &at, 1, count, findings)),
        }
    }
}

fn heading(text: &str, at: Path, findings: &mut Findings) {
    if text.len() > LONGEST_HEADING {
        let message = format!("the heading has more than {LONGEST_HEADING} bytes");
        findings.add(&at, Diagnostic::error("too-long", message).hint("write it as a paragraph"));
    }
}

fn items(list: &[Item], at: &Path, level: usize, count: &mut usize, findings: &mut Findings) {
    *count += list.len();
    if level > DEEPEST_ITEMS && !list.is_empty() {
        let error = Diagnostic::error("items-too-deep", format!("sub-paragraphs deeper than {DEEPEST_ITEMS} levels"));
        findings.add(at.field("items"), error.hint("split the paragraph, or merge the lowest levels"));
        return;
    }
    for (index, item) in list.iter().enumerate() {
        items(&item.items, &at.field("items").index(index), level + 1, count, findings);
    }
}
