//! Writes adjustments in YAML and JSON.

use std::ops::Range;

use serde::Serialize;
use serde_json::Value;

use super::Change;
use crate::diagnostic::Edit;
use crate::json;
use crate::model::{Adjustment, Layout, Path};
use crate::read::{Format, Reading};
use crate::write::yaml;

pub(super) fn edits(reading: &Reading, layout: Option<&Layout>, changes: &[Change]) -> Option<Vec<Edit>> {
    let header = layout.map(|layout| header(reading, layout));
    header.into_iter().chain(changes.iter().map(|change| block(reading, change))).collect()
}

/// Edits the field `layout` of the header, which comes before the blocks.
fn header(reading: &Reading, layout: &Layout) -> Option<Edit> {
    let source = &reading.source.text;
    let flow = is_flow(source, &reading.places.of(&Path::default()));
    let value = if layout.is_empty() { None } else { Some(layout) };
    if !reading.document.layout.is_empty() {
        let field = field(source, reading.places.of(&Path::from("layout")), flow)?;
        return Some(match value {
            None => Edit { span: field.whole, text: String::new() },
            Some(layout) if flow => Edit { span: field.value, text: serde_json::to_string(layout).ok()? },
            Some(layout) => Edit { span: field.whole, text: written(layout)? },
        });
    }
    let layout = value?;
    let body = if reading.document.parts.is_empty() { "body" } else { "parts" };
    let list = reading.places.of(&Path::from(body)).start;
    if flow {
        let name = source[..list].rfind(body)?;
        let start = source[..name].rfind([',', '{'])? + 1;
        let lead: String = source[start..].chars().take_while(|c| c.is_whitespace()).collect();
        let (name, value) = (name_in(reading.format), serde_json::to_string(layout).ok()?);
        return Some(Edit { span: start..start, text: format!("{lead}{name}: {value},") });
    }
    let line = source[..list].rfind(&format!("{body}:")).filter(|at| source[..*at].ends_with('\n') || *at == 0)?;
    Some(Edit { span: line..line, text: written(layout)? })
}

/// Returns the header's field on lines of its own.
pub(super) fn written(layout: &Layout) -> Option<String> {
    #[derive(Serialize)]
    struct Header<'l> {
        layout: &'l Layout,
    }
    Some(yaml::written(&json::value(&Header { layout }).ok()?))
}

fn name_in(format: Format) -> &'static str {
    if format == Format::Json { "\"layout\"" } else { "layout" }
}

/// Edits the adjustments of a block or item. In a map they come before the other fields; a bare text becomes a map.
pub(super) fn block(reading: &Reading, change: &Change) -> Option<Edit> {
    let (source, path) = (&reading.source.text, &change.path);
    let span = reading.places.of(path);
    if !change.before.is_empty() {
        let field = field(source, reading.places.of(&path.field("layout")), is_flow(source, &span))?;
        return Some(match change.after.is_empty() {
            true => Edit { span: field.whole, text: String::new() },
            false => Edit { span: field.value, text: flow(&change.after, reading.format)? },
        });
    }
    let (name, value) = (name_in(reading.format), flow(&change.after, reading.format)?);
    let bare = is_bare(reading, path);
    if is_flow(source, &span) && !bare {
        let start = span.start + 1;
        return Some(Edit { span: start..start, text: format!("{name}: {value}, ") });
    }
    if !bare {
        let indent = " ".repeat(column(source, span.start));
        return Some(Edit { span: span.start..span.start, text: format!("{name}: {value}\n{indent}") });
    }
    if within_flow(reading, path) {
        let text = if reading.format == Format::Json { "\"text\"" } else { "text" };
        let raw = source.get(span.clone())?;
        return Some(Edit { span, text: format!("{{{text}: {raw}, {name}: {value}}}") });
    }
    bare_in_lines(source, span, &value)
}

/// Edits a bare text on lines of its own, after the name of a block or the hyphen of an item.
fn bare_in_lines(source: &str, span: Range<usize>, value: &str) -> Option<Edit> {
    const STEP: &str = "  ";
    let before = source.get(..span.start)?;
    // After the sign of a block scalar.
    let sign = before.trim_end().trim_end_matches(|c: char| c.is_ascii_digit() || "+-".contains(c));
    let head = sign.strip_suffix(['>', '|']).unwrap_or(before).trim_end();
    let begin = head.len();
    let line = head.rfind('\n').map_or(0, |at| at + 1);
    let raw = source.get(begin..span.end)?.replace('\n', &format!("\n{STEP}"));
    let (indent, lead) = match head.ends_with(':') {
        true => {
            let key = head[line..].trim_start_matches([' ', '-']);
            let indent = " ".repeat(head.len() - line - key.len() + STEP.len());
            (indent.clone(), format!("\n{indent}"))
        }
        false => (" ".repeat(head.len() - line + 1), " ".to_owned()),
    };
    let text = format!("{lead}text:{raw}\n{indent}layout: {value}");
    Some(Edit { span: begin..span.end, text })
}

/// Returns an adjustment on one line.
fn flow(adjustment: &Adjustment, format: Format) -> Option<String> {
    let Value::Object(fields) = json::value(adjustment).ok()? else { return None };
    if format == Format::Json {
        return serde_json::to_string(&fields).ok();
    }
    let one = |(name, value): (&String, &Value)| {
        format!("{name}: {}", value.to_string().replace([' ', '"'], "").replace(',', ", "))
    };
    Some(format!("{{{}}}", fields.iter().map(one).collect::<Vec<_>>().join(", ")))
}

/// The place of a field in the source.
struct Field {
    value: Range<usize>,
    /// Includes its name and the separator from other fields.
    whole: Range<usize>,
}

/// Returns the field `layout` whose value is at this place.
fn field(source: &str, value: Range<usize>, flow: bool) -> Option<Field> {
    let name = source.get(..value.start)?.rfind("layout")?;
    let start = name - usize::from(source[..name].ends_with('"'));
    if !flow {
        let line = source[..start].rfind('\n').map_or(0, |at| at + 1);
        let alone = source[line..start].trim().is_empty();
        let end = source[value.end..].find('\n').map_or(source.len(), |at| value.end + at + 1);
        // The first field of a map in a list follows the hyphen.
        let whole = if alone {
            line..end
        } else {
            start..end + source[end..].len() - source[end..].trim_start_matches(' ').len()
        };
        return Some(Field { value, whole });
    }
    let after = source[value.end..].trim_start();
    let whole = match after.strip_prefix(',') {
        Some(rest) => start..source.len() - rest.trim_start().len(),
        None => source[..start].trim_end().trim_end_matches(',').len()..value.end,
    };
    Some(Field { value, whole })
}

fn is_flow(source: &str, span: &Range<usize>) -> bool {
    source.get(span.start..).is_some_and(|text| text.starts_with(['{', '[']))
}

/// Returns whether a block or an item is a text without fields.
fn is_bare(reading: &Reading, path: &Path) -> bool {
    ["text", "rows", "image", "body", "in_favour", "against", "abstaining"]
        .iter()
        .all(|name| reading.places.get(&path.field(*name)).is_none())
}

/// Returns whether a value is inside braces or brackets.
fn within_flow(reading: &Reading, path: &Path) -> bool {
    let holders = std::iter::successors(path.holder(), |path| path.holder());
    holders.into_iter().any(|path| is_flow(&reading.source.text, &reading.places.of(path)))
}

/// Returns the number of characters before a place on its line.
fn column(source: &str, at: usize) -> usize {
    source[..at].rsplit('\n').next().map_or(0, |line| line.chars().count())
}
