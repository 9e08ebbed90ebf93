//! Writes the successor of a document into its source: only the fields that differ change, so that comments and line
//! breaks of the others remain. If that would not read back as the successor, all of it is written anew.

use std::ops::Range;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::diagnostic::{Edit, Source};
use crate::error::Error;
use crate::json;
use crate::model::fields::header;
use crate::model::house::Folder;
use crate::model::{Document, House};
use crate::read::{Format, Reading, read};
use crate::write::{rewritten, yaml};

/// Returns the source of a successor, in the syntax of its predecessor, for a folder with these settings.
///
/// # Errors
///
/// Returns a message if the syntax cannot express the successor. No such case is known.
pub fn written(reading: &Reading, wanted: &Document, folder: Option<Arc<Folder>>) -> Result<String, Error> {
    // Lines end as they did.
    let crlf = reading.source.text.contains("\r\n");
    let text = if crlf { reading.source.text.replace("\r\n", "\n") } else { reading.source.text.clone() };
    let source = Source::new(reading.source.name.as_str(), text).in_folder(folder);
    let other = || Error::document("the source would read back as another document");
    // In another folder, the same source may be another document.
    let there = read(&source, reading.format).map_err(|_| other())?;
    let edits = match reading.format {
        Format::Yaml => fields(&source.text, 0..source.text.len(), &there.document, wanted),
        Format::Markdown => markdown(&source.text, &there.document, wanted),
        Format::Json | Format::Xml => None,
    };
    let text = rewritten(&there, wanted, edits).ok_or_else(other)?;
    Ok(if crlf { text.replace('\n', "\r\n") } else { text })
}

/// Returns a successor as it reads in a folder with these settings, which give values to fields without one.
pub fn completed(wanted: &Document, folder: Option<&Folder>) -> Document {
    let mut wanted = wanted.clone();
    // Words belong to a folder.
    if let Some(house) = &mut wanted.house {
        house.words = None;
        if *house == House::default() {
            wanted.house = None;
        }
    }
    if let Some(folder) = folder {
        let has_original = !wanted.original.is_empty();
        let is_dated = wanted.date.is_some();
        folder.complete(&mut wanted, |field| field != header::original.name || has_original);
        // A text is not issued before its adoption.
        if let (Some(date), Some(adopted)) = (wanted.date.filter(|_| !is_dated), wanted.adopted) {
            wanted.date = Some(date.max(adopted));
        }
    }
    wanted
}

/// Edits the front matter, and removes the footnotes that are gone.
fn markdown(source: &str, old: &Document, new: &Document) -> Option<Vec<Edit>> {
    const FENCE: &str = "---\n";
    let start = source.strip_prefix(FENCE).map(|_| FENCE.len())?;
    let end = start + source[start..].find("\n---")? + 1;
    // Blocks and notes are below the front matter.
    let mut edits = fields(source, start..end, old, &Document { footnotes: old.footnotes.clone(), ..new.clone() })?;
    for mark in old.footnotes.keys().filter(|mark| !new.footnotes.contains_key(mark)) {
        let head = format!("\n[^{mark}]:");
        let from = end + source[end..].find(&head)? + 1;
        let rest = &source[from..];
        let to = from
            + rest.find("\n\n").map_or(rest.len(), |at| at + 2).min(rest.find("\n[^").map_or(rest.len(), |at| at + 1));
        edits.push(Edit { span: from..to, text: String::new() });
    }
    Some(edits)
}

/// A field on lines of its own, at the beginning of a line.
struct Field<'s> {
    name: &'s str,
    /// From its name to the end of its last line.
    span: Range<usize>,
}

/// Edits the fields that differ, in YAML.
fn fields(source: &str, region: Range<usize>, old: &Document, new: &Document) -> Option<Vec<Edit>> {
    let (was, is) = (json::value(old).ok()?, json::value(new).ok()?);
    let known = in_lines(source, region, 0);
    let mut edits = Vec::new();
    for (rank, name) in header::NAMES.iter().enumerate() {
        let (before, after) = (was.get(name), is.get(name));
        if before == after {
            continue;
        }
        let field = known.iter().find(|field| field.name == *name);
        let text = |value: &Value| yaml::written(&json!({ *name: value }));
        match (field, after) {
            (None, None) => {}
            (Some(field), _) if *name == header::footnotes.name => edits.extend(notes(source, field, old, new, text)?),
            (Some(field), None) => edits.push(Edit { span: field.span.clone(), text: String::new() }),
            (Some(field), Some(value)) => {
                let text = format!("{}{}\n", text(value).trim_end(), comment(&source[field.span.clone()]));
                edits.push(Edit { span: field.span.clone(), text });
            }
            (None, Some(value)) => {
                let earlier = |field: &&Field| header::NAMES.iter().position(|name| *name == field.name) < Some(rank);
                let last = known.iter().rfind(earlier).map(|field| field.span.end);
                let at = last.or_else(|| known.first().map(|field| field.span.start))?;
                edits.push(Edit { span: at..at, text: text(value) });
            }
        }
    }
    Some(edits)
}

/// Returns the comment at the end of a field on one line.
fn comment(field: &str) -> &str {
    let line = field.trim_end();
    let at = line.find(" #").filter(|_| !line.contains(['\n', '"', '\'']));
    at.map_or("", |at| &line[line[..at].trim_end().len()..])
}

/// Removes footnotes, line by line; if others changed, all of them are written anew.
fn notes(
    source: &str,
    field: &Field,
    old: &Document,
    new: &Document,
    text: impl Fn(&Value) -> String,
) -> Option<Vec<Edit>> {
    if new.footnotes.is_empty() {
        return Some(vec![Edit { span: field.span.clone(), text: String::new() }]);
    }
    let begin = field.span.start + source[field.span.clone()].find('\n')? + 1;
    let lines = begin..field.span.end;
    let indent = source[lines.clone()].len() - source[lines.clone()].trim_start_matches(' ').len();
    let known = in_lines(source, lines, indent);
    let gone = old.footnotes.keys().filter(|mark| !new.footnotes.contains_key(mark));
    let removed = |mark: &String| {
        let field = known.iter().find(|field| field.name == mark)?;
        Some(Edit { span: field.span.clone(), text: String::new() })
    };
    let removed: Option<Vec<Edit>> = gone.map(removed).collect();
    removed.or_else(|| {
        let notes = json::value(&new.footnotes).ok()?;
        Some(vec![Edit { span: field.span.clone(), text: text(&notes) }])
    })
}

/// Returns the fields of a map in lines with that indent. Comments and blank lines before a field are not part of
/// the one before it.
fn in_lines(source: &str, region: Range<usize>, indent: usize) -> Vec<Field<'_>> {
    let mut found: Vec<Field> = Vec::new();
    let mut at = region.start;
    for line in source[region].split_inclusive('\n') {
        let end = at + line.len();
        let inner = line.trim_start_matches(' ');
        let own = line.len() - inner.len() == indent;
        let name =
            inner.split_once(':').filter(|(_, rest)| own && (rest.is_empty() || rest.starts_with([' ', '\n', '\r'])));
        let name = name.map(|(name, _)| name.trim_matches(['"', '\'']));
        match name.filter(|name| !name.starts_with(['#', '-', '{']) && !name.contains(' ')) {
            Some(name) => found.push(Field { name, span: at..end }),
            None if inner.trim().is_empty() || own && inner.starts_with('#') => {}
            None => {
                if let Some(last) = found.last_mut() {
                    last.span.end = end;
                }
            }
        }
        at = end;
    }
    found
}
