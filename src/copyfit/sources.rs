//! Adjustments written into a source: each as its syntax has it, where that reads back as the document with the
//! adjustment and nothing else; and only if that is not so, the source is written anew.

use std::ops::Range;

use super::Adjusted;
use super::targets::Target;
use crate::diagnostic::Source;
use crate::model::{Adjustment, Document, Path};
use crate::read::{Format, NAMESPACE, Reading, read};
use crate::write;

/// A replacement of bytes of the source.
type Edit = (Range<usize>, String);

/// The source of a document with those adjustments.
///
/// # Errors
///
/// A sentence, if the syntax cannot say them: none is known.
pub(super) fn adjusted_source(reading: &Reading, adjustments: &[Adjusted]) -> Result<String, String> {
    let mut now = reading.clone();
    for Adjusted { path, target, value, .. } in adjustments {
        let mut wanted = now.document.clone();
        if !target.set(&mut wanted, *value) {
            return Err(format!("there is no block at {path}"));
        }
        let ways = ways(&now, target, *value, &wanted);
        let found = ways.into_iter().find_map(|edits| read_back(&now, &edited(&now.source.text, edits)?, &wanted));
        now = match found {
            Some(next) => next,
            None => {
                read_back(&now, &write(&wanted, now.format)?, &wanted).ok_or("the adjustment does not read back")?
            }
        };
    }
    Ok(now.source.text.clone())
}

/// The reading of a text, if it is that document.
fn read_back(before: &Reading, text: &str, wanted: &Document) -> Option<Reading> {
    let source = Source::new(before.source.name.clone(), text);
    read(&source, before.format).ok().filter(|reading| reading.document == *wanted)
}

fn edited(text: &str, mut edits: Vec<Edit>) -> Option<String> {
    edits.sort_by_key(|(span, _)| span.start);
    let (mut out, mut at) = (String::with_capacity(text.len() + 64), 0);
    for (span, instead) in edits {
        out.push_str(text.get(at..span.start)?);
        out.push_str(&instead);
        at = span.end;
    }
    out.push_str(text.get(at..)?);
    Some(out)
}

/// The ways in which a syntax may say an adjustment, the best first.
fn ways(reading: &Reading, target: &Target, value: f64, wanted: &Document) -> Vec<Vec<Edit>> {
    let place = Place { reading, text: &reading.source.text };
    match (target, reading.format) {
        (Target::Tracking(path), Format::Xml) => place.attribute(path, wanted).into_iter().collect(),
        (_, Format::Xml) => place.proprietary(wanted).into_iter().collect(),
        (Target::Tracking(path), format) => {
            let short = (format == Format::Markdown).then(|| place.short_form(path, wanted));
            let json = format == Format::Json;
            short
                .into_iter()
                .flatten()
                .chain(place.in_map(path, "tracking", value, json))
                .map(|edit| vec![edit])
                .collect()
        }
        (_, format) => {
            let name = if *target == Target::Pitch { "pitch" } else { "first_page_foot" };
            place.in_header(name, value, format).map(|edit| vec![edit]).collect()
        }
    }
}

/// Where adjustments may be written.
struct Place<'r> {
    reading: &'r Reading,
    text: &'r str,
}

impl Place<'_> {
    fn at(&self, path: &Path) -> Option<Range<usize>> {
        self.reading.places.get(path)
    }

    /// A field in the layout of what is at a path, or a layout with it.
    fn in_map(&self, path: &Path, name: &'static str, value: f64, json: bool) -> impl Iterator<Item = Edit> {
        let quote = if json { "\"" } else { "" };
        let field = format!("{quote}{name}{quote}: {value}");
        let layout = format!("{quote}layout{quote}: {{{field}}}");
        let known = self.at(&path.field("layout").field(name)).map(|span| (span, value.to_string()));
        let ways = match (known, self.at(&path.field("layout")), self.at(path)) {
            (Some(edit), ..) => vec![Some(edit)],
            (None, Some(span), _) => vec![self.begin(span, &field)],
            (None, None, Some(span)) if self.at(&path.field("text")).is_some() => vec![self.begin(span, &layout)],
            (None, None, Some(span)) => {
                let said = self.text.get(span.clone()).unwrap_or_default();
                let flow = (span.clone(), format!("{{{layout}, {quote}text{quote}: {said}}}"));
                vec![self.as_block(span, &layout).filter(|_| !json), Some(flow)]
            }
            (None, None, None) => Vec::new(),
        };
        ways.into_iter().flatten()
    }

    /// A field at the beginning of a map.
    fn begin(&self, map: Range<usize>, field: &str) -> Option<Edit> {
        let rest = self.text.get(map.start..map.end)?;
        if let Some(inner) = rest.strip_prefix('{') {
            let more = if inner.trim_start().starts_with('}') { "" } else { ", " };
            return Some((map.start + 1..map.start + 1, format!("{field}{more}")));
        }
        Some((map.start..map.start, format!("{field}\n{}", " ".repeat(self.column(map.start)))))
    }

    /// A bare text of YAML as a map of lines of its own: what it says is moved in.
    fn as_block(&self, span: Range<usize>, layout: &str) -> Option<Edit> {
        const DEEPER: usize = 2;
        let mut before = self.text.get(..span.start)?.trim_end();
        // A text that is folded begins behind the sign of it.
        let signs = before.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+'));
        if let Some(head) = signs.strip_suffix(['>', '|']) {
            before = head.trim_end();
        }
        let line = before.rfind('\n').map_or(0, |end| end + 1);
        let dashes = before[line..].len() - before[line..].trim_start_matches([' ', '-']).len();
        let (indent, begin) = match before.chars().next_back()? {
            ':' => (dashes + DEEPER, "\n".to_owned() + &" ".repeat(dashes + DEEPER)),
            '-' => (before.len() - line + 1, " ".to_owned()),
            _ => return None,
        };
        let said = self.text.get(before.len()..span.end)?;
        let said = said.trim_end_matches(['\n', '\r']);
        let mut lines = said.split('\n');
        let mut moved = lines.next().unwrap_or_default().to_owned();
        for line in lines {
            moved.push('\n');
            if !line.trim().is_empty() {
                moved.push_str(&" ".repeat(DEEPER));
            }
            moved.push_str(line);
        }
        let end = before.len() + said.len();
        Some((before.len()..end, format!("{begin}{layout}\n{}text:{moved}", " ".repeat(indent))))
    }

    fn column(&self, at: usize) -> usize {
        let before = &self.text[..at];
        before[before.rfind('\n').map_or(0, |end| end + 1)..].chars().count()
    }

    /// The short form at the end of a text of Markdown.
    fn short_form(&self, path: &Path, wanted: &Document) -> Vec<Edit> {
        let short = format!("{{layout {}}}", adjustment(wanted, path));
        if let Some(span) = self.at(&path.field("layout")) {
            return vec![(span, short)];
        }
        let span = self.at(&path.field("text")).or_else(|| self.at(path));
        span.map(|span| (span.end..span.end, format!(" {short}"))).into_iter().collect()
    }

    /// A field in the layout of the header.
    fn in_header(&self, name: &'static str, value: f64, format: Format) -> impl Iterator<Item = Edit> {
        let json = format == Format::Json;
        if self.at(&Path::from("layout")).is_some() {
            return self.in_map(&Path::default(), name, value, json).collect::<Vec<_>>().into_iter();
        }
        let own = match format {
            Format::Json => self.text.find('{').map(|start| {
                let rest = &self.text[start + 1..];
                let space = &rest[..rest.len() - rest.trim_start().len()];
                (start + 1..start + 1, format!("{space}\"layout\": {{\"{name}\": {value}}},"))
            }),
            _ => {
                let begins = |line: &str| line.starts_with("body:") || line.starts_with("parts:");
                let ends = |line: &str| line.trim_end() == "---";
                let mut at = 0;
                let mut starts = Vec::new();
                for line in self.text.split_inclusive('\n') {
                    if format == Format::Yaml && begins(line) || format == Format::Markdown && ends(line) {
                        starts.push(at);
                    }
                    at += line.len();
                }
                let at = starts.get(usize::from(format == Format::Markdown)).copied();
                at.map(|at| (at..at, format!("layout: {{{name}: {value}}}\n")))
            }
        };
        own.into_iter().collect::<Vec<_>>().into_iter()
    }

    /// The attribute of the element at a path of XML.
    fn attribute(&self, path: &Path, wanted: &Document) -> Option<Vec<Edit>> {
        let span = self.at(path)?;
        let tag = self.text.get(span.start..)?;
        let end = tag.find('>')?;
        let name = tag[1..end].find(|c: char| c.is_whitespace() || c == '/').map_or(end, |at| at + 1);
        let short = format!("masthead:layout=\"{}\"", adjustment(wanted, path));
        let known = tag[..end].find("masthead:layout=\"").and_then(|start| {
            let value = start + "masthead:layout=\"".len();
            Some((span.start + start..span.start + value + tag[value..].find('"')? + 1, short.clone()))
        });
        let edit = known.unwrap_or((span.start + name..span.start + name, format!(" {short}")));
        Some(self.declared().into_iter().chain([edit]).collect())
    }

    /// The field of the header of XML.
    fn proprietary(&self, wanted: &Document) -> Option<Vec<Edit>> {
        const OPEN: &str = "<masthead:field name=\"layout\">";
        const CLOSE: &str = "</masthead:field>";
        let json = serde_json::to_string(&wanted.layout).ok()?.replace('&', "&amp;").replace('<', "&lt;");
        let known = self.text.find(OPEN).and_then(|start| {
            let start = start + OPEN.len();
            Some((start..start + self.text[start..].find(CLOSE)?, json.clone()))
        });
        let end = self.text.find("</meta>")?;
        let field = format!("<proprietary source=\"#masthead\">{OPEN}{json}{CLOSE}</proprietary>");
        Some(self.declared().into_iter().chain([known.unwrap_or((end..end, field))]).collect())
    }

    /// The declaration of the namespace, where there is none.
    fn declared(&self) -> Option<Edit> {
        let root = self.text.find("<akomaNtoso")? + "<akomaNtoso".len();
        let end = self.text[root..].find('>')?;
        let known = self.text[root..root + end].contains("xmlns:masthead");
        (!known).then(|| (root..root, format!(" xmlns:masthead=\"{NAMESPACE}\"")))
    }
}

/// What is to be adjusted at a path.
fn adjustment(wanted: &Document, path: &Path) -> Adjustment {
    let mut document = wanted.clone();
    super::adjustment_mut(&mut document, path).cloned().unwrap_or_default()
}
