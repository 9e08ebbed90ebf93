//! Manifests: lists of documents, each with its own options.

use std::fmt;
use std::ops::Range;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use serde::de::{Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::inputs::{Input, stem};
use super::names::within;
use crate::diagnostic::{self, Diagnostic, Source, did_you_mean, shortened};
use crate::export::Profile;
use crate::files::STANDARD;
use crate::typeset::{Lines, MissingGlyphs};

/// The options of a document in a manifest; missing options are those of the whole batch.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Choices {
    /// The path of its file, relative to the output folder.
    pub output: Option<String>,
    /// Its profile.
    pub profile: Option<Profile>,
    /// How its lines are broken.
    pub lines: Option<Lines>,
    /// How characters that no font covers are handled.
    pub missing_glyphs: Option<MissingGlyphs>,
    /// Its emblem.
    #[serde(with = "emblem_path")]
    pub emblem: Option<PathBuf>,
}

/// An emblem in JSON.
mod emblem_path {
    use std::path::PathBuf;

    use serde::{Deserializer, Serializer};

    use crate::files::any_path::list;

    pub fn serialize<S: Serializer>(path: &Option<PathBuf>, to: S) -> Result<S::Ok, S::Error> {
        list::serialize(path, to)
    }

    pub fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<Option<PathBuf>, D::Error> {
        Ok(list::deserialize::<Vec<PathBuf>, D>(from)?.into_iter().next())
    }
}

/// The columns of a manifest.
const COLUMNS: [&str; 6] = ["file", "output", "profile", "line_ends", "missing_glyphs", "emblem"];

/// The cells of a line, each with its column and its place.
type Cells = Vec<(&'static str, String, Range<usize>)>;

/// Reads the documents of a manifest: CSV with a line of column names, or JSON Lines, in which a line that is not
/// JSON is the name of a file. Paths are relative to the manifest.
///
/// # Errors
///
/// Returns everything that is wrong with it.
pub(super) fn manifest(source: &Arc<Source>, path: &Path, csv: bool) -> Result<Vec<Input>, Vec<Diagnostic>> {
    let folder = path.parent().filter(|_| path != Path::new(STANDARD)).unwrap_or(Path::new(""));
    let mut reader = Reader { source, folder, inputs: Vec::new(), errors: Vec::new() };
    if csv {
        reader.csv()
    } else {
        reader.lines()
    }
    diagnostic::sort(&mut reader.errors);
    if reader.errors.is_empty() { Ok(reader.inputs) } else { Err(reader.errors) }
}

/// A manifest being read.
struct Reader<'m> {
    source: &'m Arc<Source>,
    folder: &'m Path,
    inputs: Vec<Input>,
    errors: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn error(&mut self, span: Range<usize>, message: impl Into<String>, hint: Option<String>) {
        let usual = || {
            "each line names a file; other columns are output, profile, line_ends, missing_glyphs, emblem".to_owned()
        };
        let error = Diagnostic::error("manifest", message).hint(hint.unwrap_or_else(usual));
        self.errors.push(error.in_source(self.source, span));
    }

    /// Returns the column with that name, or reports that it is unknown.
    fn column(&mut self, name: &str, span: Range<usize>) -> Option<&'static str> {
        let column = COLUMNS.into_iter().find(|column| *column == name);
        if column.is_none() {
            let apart = name.contains([';', '\t']).then(|| "separate the columns with commas".to_owned());
            let hint = apart
                .or_else(|| did_you_mean(name, &COLUMNS))
                .unwrap_or_else(|| format!("use one of {}", COLUMNS.join(", ")));
            self.error(span, format!("unknown column “{}”", shortened(name)), Some(hint));
        }
        column
    }

    /// Returns the value of one of several names, or reports that it is unknown.
    fn choice<T: Copy, const N: usize>(
        &mut self,
        (column, name, span): &(&'static str, String, Range<usize>),
        choices: [(&str, T); N],
    ) -> Option<T> {
        let found = choices.iter().find(|(known, _)| known == name).map(|(_, value)| *value);
        if found.is_none() {
            let names = choices.map(|(name, _)| name);
            let near = did_you_mean(name, &names).map(|near| format!("; {near}")).unwrap_or_default();
            let hint = format!("use one of {}{near}", names.join(", "));
            self.error(span.clone(), format!("“{column}” cannot be “{}”", shortened(name)), Some(hint));
        }
        found
    }

    /// Adds a line; `reported` tells whether an error in it has been reported, in which case its file may be in the
    /// part that was not understood.
    fn row(&mut self, line: Range<usize>, cells: Cells, reported: bool) {
        let mut choices = Choices::default();
        let (mut named, mut at) = (None, None);
        for cell in cells.into_iter().filter(|(_, text, _)| !text.is_empty()) {
            match cell.0 {
                "file" => (named, at) = (Some(PathBuf::from(cell.1)), Some(cell.2)),
                "profile" => {
                    choices.profile = self.choice(&cell, Profile::ALL.map(|profile| (profile.name(), profile)));
                }
                "line_ends" => {
                    choices.lines = self.choice(&cell, [("official", Lines::Official), ("engine", Lines::Engine)]);
                }
                "missing_glyphs" => {
                    choices.missing_glyphs = self.choice(&cell, MissingGlyphs::ALL.map(|what| (what.name(), what)));
                }
                "emblem" => choices.emblem = Some(self.folder.join(cell.1)),
                _ => {
                    let (_, name, span) = cell;
                    let parts = name.rsplit_once('.').filter(|(_, ending)| ending.eq_ignore_ascii_case("pdf"));
                    let output = within(&format!("{}.pdf", parts.map_or(name.as_str(), |(stem, _)| stem)));
                    let hint = "use a path relative to the output folder, such as letters/a.pdf".to_owned();
                    choices.output = output.map_err(|message| self.error(span, message, Some(hint))).ok();
                }
            }
        }
        let Some(file) = named else {
            if !reported {
                self.error(line, "the line names no file", None);
            }
            return;
        };
        let input = Input::new(self.folder.join(&file), choices);
        if input.file.is_dir() {
            let message = format!("“{}” is a folder", shortened(&file.to_string_lossy()));
            let hint = "a manifest names every document in a line of its own; folders and patterns are given to the \
                        command itself";
            return self.error(at.unwrap_or(line), message, Some(hint.to_owned()));
        }
        // Files listed with their folders keep them, as those of a folder do.
        let listed = file.components().filter(|part| *part != Component::CurDir);
        let listed: Option<PathBuf> = listed.map(|part| matches!(part, Component::Normal(_)).then_some(part)).collect();
        self.inputs.push(Input { path: listed.map_or_else(|| input.path.clone(), |listed| stem(&listed)), ..input });
    }

    fn csv(&mut self) {
        // Spreadsheets on Windows begin files with a byte order mark, which is not part of the first line.
        let text = self.source.text.trim_start_matches('\u{feff}');
        let skipped = self.source.text.len() - text.len();
        let mut records = csv::ReaderBuilder::new().trim(csv::Trim::All).flexible(true).from_reader(text.as_bytes());
        let names = match records.headers() {
            Ok(names) => names.clone(),
            Err(error) => return self.error(0..0, error.to_string(), None),
        };
        let spans = placed(text, 0, &names);
        let mut columns: Vec<Option<&'static str>> = Vec::new();
        for (name, span) in names.iter().zip(spans) {
            let span = span.start + skipped..span.end + skipped;
            let column = self.column(name, span.clone());
            if column.is_some() && columns.contains(&column) {
                self.error(span, format!("the column “{name}” is given twice"), None);
            }
            columns.push(column);
        }
        if !columns.contains(&Some("file")) {
            let hint =
                "the first line names the columns: file,output,profile,line_ends,missing_glyphs,emblem".to_owned();
            return self.error(line(text, 0, skipped), "the column “file” is missing", Some(hint));
        }
        for record in records.records() {
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    let at = error.position().map_or(0, |at| usize::try_from(at.byte()).unwrap_or(0));
                    self.error(line(text, at, skipped), error.to_string(), None);
                    continue;
                }
            };
            let at = record.position().map_or(0, |at| usize::try_from(at.byte()).unwrap_or(0));
            let whole = line(text, at, skipped);
            if record.len() != columns.len() {
                let message = format!("{} columns instead of {}", record.len(), columns.len());
                self.error(whole, message, Some("put texts with commas in double quotes".into()));
                continue;
            }
            let cells = record.iter().zip(placed(text, at, &record)).zip(&columns);
            let cells = cells.filter_map(|((text, span), column)| {
                Some(((*column)?, text.to_owned(), span.start + skipped..span.end + skipped))
            });
            self.row(whole, cells.collect(), false);
        }
    }

    fn lines(&mut self) {
        let text = self.source.text.trim_start_matches('\u{feff}');
        let mut at = self.source.text.len() - text.len();
        for written in text.split_inclusive('\n') {
            let said = written.trim();
            let start = at + written.find(said).unwrap_or(0);
            at += written.len();
            let whole = start..start + said.len();
            if said.starts_with('{') {
                self.object(said, whole);
            } else if !said.is_empty() {
                self.row(whole.clone(), vec![("file", said.to_owned(), whole)], false);
            }
        }
    }

    /// Adds a line that is a JSON object.
    fn object(&mut self, said: &str, whole: Range<usize>) {
        let members = match serde_json::from_str(said) {
            Ok(Members(members)) => members,
            Err(error) => {
                let at = (whole.start + error.column().saturating_sub(1)).min(whole.end);
                let at = (whole.start..=at).rev().find(|at| self.source.text.is_char_boundary(*at));
                let message = error.to_string();
                let message = message.split(" at line ").next().unwrap_or(&message);
                let message = format!("the line is not valid JSON: {message}");
                let hint = "use a JSON object such as {\"file\": \"a.yaml\"}, or the name of a file".to_owned();
                return self.error(at.unwrap_or(whole.start)..whole.end, message, Some(hint));
            }
        };
        let before = self.errors.len();
        let mut cells = Cells::new();
        let mut seen: Vec<&'static str> = Vec::new();
        let mut from = 0;
        for (name, value) in members {
            let key = key_of(said, from, &name);
            from = key.as_ref().map_or(from, |key| key.end);
            let key = key.map_or(whole.clone(), |key| whole.start + key.start..whole.start + key.end);
            let Some(column) = self.column(&name, key.clone()) else { continue };
            if seen.contains(&column) {
                self.error(key, format!("the column “{name}” is given twice"), None);
                continue;
            }
            seen.push(column);
            match value {
                Value::String(text) => cells.push((column, text, self.value_after(&key, &whole))),
                Value::Null => {}
                _ => {
                    let hint = "put the value in double quotes".to_owned();
                    self.error(self.value_after(&key, &whole), format!("“{column}” must be a string"), Some(hint));
                }
            }
        }
        let reported = self.errors.len() > before;
        self.row(whole, cells, reported);
    }

    /// Returns the place of the value that follows a name, up to the end of the line if it is not simple.
    fn value_after(&self, key: &Range<usize>, whole: &Range<usize>) -> Range<usize> {
        let rest = &self.source.text[key.end..whole.end];
        let start = key.end + rest.len() - rest.trim_start_matches([' ', '\t', ':']).len();
        let end = self.source.text[start..whole.end].find([',', '}']).map_or(whole.end, |at| start + at);
        start..start + self.source.text[start..end].trim_end().len()
    }
}

/// The members of a JSON object, in order; those that are repeated, too.
struct Members(Vec<(String, Value)>);

impl<'d> Deserialize<'d> for Members {
    fn deserialize<D: Deserializer<'d>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(MembersVisitor)
    }
}

struct MembersVisitor;

impl<'d> Visitor<'d> for MembersVisitor {
    type Value = Members;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'d>>(self, mut map: A) -> Result<Members, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Members(members))
    }
}

/// Returns the place of a name of a JSON object, from a position on.
fn key_of(object: &str, from: usize, name: &str) -> Option<Range<usize>> {
    let written = Value::from(name).to_string();
    let rest = object.get(from..)?;
    let mut places = rest.match_indices(&written).map(|(at, _)| from + at..from + at + written.len());
    places.find(|key| object[key.end..].trim_start().starts_with(':'))
}

/// Returns the line in which a record begins, skipping empty lines before it.
fn line(text: &str, at: usize, skipped: usize) -> Range<usize> {
    let rest = text.get(at..).unwrap_or_default();
    let start = at + rest.len() - rest.trim_start_matches(['\r', '\n']).len();
    let end = text.get(start..).and_then(|rest| rest.find(['\r', '\n'])).map_or(text.len(), |end| start + end);
    start + skipped..end + skipped
}

/// Returns the places of the cells of a record, in order.
fn placed(text: &str, at: usize, record: &csv::StringRecord) -> Vec<Range<usize>> {
    let mut from = at;
    let cells = record.iter().map(|cell| match text.get(from..).and_then(|rest| rest.find(cell)) {
        Some(found) => {
            let start = from + found;
            from = start + cell.len();
            start..from
        }
        // Quotes within it are doubled.
        None => line(text, at, 0),
    });
    cells.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, csv: bool) -> Result<Vec<Input>, Vec<(usize, String)>> {
        let source = Source::new("list", text);
        let path = Path::new(if csv { "lists/m.csv" } else { "lists/m.jsonl" });
        manifest(&source, path, csv).map_err(|errors| {
            let reported = |error: Diagnostic| (source.line_column(error.place.unwrap().span.start).0, error.message);
            errors.into_iter().map(reported).collect()
        })
    }

    #[test]
    fn csv_and_json_lines_are_equivalent() {
        let csv = read("file,profile,output\na.yaml,print,\nsub/b.md,,other/b\n", true).unwrap();
        let lines =
            "{\"file\": \"a.yaml\", \"profile\": \"print\"}\n\n{\"file\": \"sub/b.md\", \"output\": \"other/b.pdf\"}";
        assert_eq!(csv, read(lines, false).unwrap());
        assert_eq!(csv[0].choices.profile, Some(Profile::Print));
        assert_eq!(csv[0].file, Path::new("lists/a.yaml"));
        assert_eq!((csv[1].path.as_str(), csv[1].choices.output.as_deref()), ("sub/b", Some("other/b.pdf")));
        assert_eq!(read("x/y.xml\nz.yaml\n", false).unwrap()[0].path, "x/y");
        let found: Vec<String> =
            read("./x/y.xml\n./z.yaml\n../v/w.xml\n", false).unwrap().into_iter().map(|input| input.path).collect();
        assert_eq!(found, ["x/y", "z", "w"]);
    }

    #[test]
    fn every_wrong_line_is_reported() {
        let errors = read("file,profile\na.yaml,poster\nb.yaml,print,more\nc.yaml,print\n", true).unwrap_err();
        assert_eq!(errors.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 3], "{errors:?}");
        let errors = read("file,output\n\na.yaml,\n\n,\n,b\n", true).unwrap_err();
        let reported: Vec<(usize, &str)> = errors.iter().map(|(line, message)| (*line, message.as_str())).collect();
        assert_eq!(reported, [(5, "the line names no file"), (6, "the line names no file")]);
        let marked = read("\u{feff}{\"file\": \"a.yaml\"}\n", false).unwrap();
        assert_eq!(marked, read("\u{feff}file\na.yaml\n", true).unwrap());
        assert_eq!(marked[0].path, "a");
        let errors = read("file,titel,outptu\n,x,a\n", true).unwrap_err();
        assert_eq!(errors.len(), 3, "{errors:?}");
        assert!(errors[0].1.contains("unknown column “titel”"), "{errors:?}");
        let errors = read(
            "{\"file\": 3}\n{\"fil\": \"a\", \"profile\": \"x\"}\n{\"file\": \"a\", \"output\": \"../b\"}\n",
            false,
        )
        .unwrap_err();
        assert_eq!(errors.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [1, 2, 2, 3], "{errors:?}");
        let errors = read("{\"file\": \"a.yaml\", \"output\": \"file\", \"file\": \"b.yaml\"}\n", false).unwrap_err();
        assert_eq!(errors, [(1, "the column “file” is given twice".to_owned())]);
    }
}
