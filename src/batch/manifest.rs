//! Manifests: lists of documents, each with options of its own.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;

use super::inputs::{Input, line};
use super::names::within;
use crate::diagnostic::{Diagnostic, Source};
use crate::export::Profile;
use crate::files::STANDARD;
use crate::typeset::Lines;

/// What a manifest can say of a document; what it does not say is as for the whole batch.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Choices {
    /// The name of its file, from the output folder on.
    pub output: Option<String>,
    /// Its profile.
    pub profile: Option<Profile>,
    /// Who chooses its line ends.
    pub lines: Option<Lines>,
    /// Its emblem.
    pub emblem: Option<PathBuf>,
}

/// The columns of a manifest.
const COLUMNS: [&str; 5] = ["file", "output", "profile", "line_ends", "emblem"];

/// A line of a manifest.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    file: PathBuf,
    output: Option<String>,
    profile: Option<Profile>,
    line_ends: Option<Lines>,
    emblem: Option<PathBuf>,
}

/// The documents of a manifest: CSV with a line of column names, or JSON Lines, in which a line
/// that is no JSON is the name of a file. Paths are relative to the manifest.
///
/// # Errors
///
/// All that is wrong with it.
pub(super) fn manifest(source: &Arc<Source>, path: &Path, csv: bool) -> Result<Vec<Input>, Vec<Diagnostic>> {
    let rows = if csv { of_csv(source) } else { of_lines(source) };
    let folder = path.parent().filter(|_| path != Path::new(STANDARD)).unwrap_or(Path::new(""));
    let (mut inputs, mut faults) = (Vec::new(), Vec::new());
    for (number, row) in rows {
        let fault = |message: String| fault(source, number, message);
        let row = match row {
            Ok(row) => row,
            Err(message) => {
                faults.push(fault(message));
                continue;
            }
        };
        let output = row.output.map(|name| within(&format!("{}.pdf", name.strip_suffix(".pdf").unwrap_or(&name))));
        let output = match output.transpose() {
            Ok(output) => output,
            Err(message) => {
                faults.push(fault(message));
                continue;
            }
        };
        let emblem = row.emblem.map(|emblem| folder.join(emblem));
        let choices = Choices { output, profile: row.profile, lines: row.line_ends, emblem };
        let path = row.file.to_string_lossy().into_owned();
        let input = Input::new(folder.join(&row.file), choices);
        // Files that are listed with their folders keep them, as those of a folder do.
        let plain = row.file.components().all(|part| matches!(part, std::path::Component::Normal(_)));
        let folders = path.rsplit_once('/').filter(|_| plain).map(|(folders, _)| format!("{folders}/{}", input.path));
        inputs.push(Input { path: folders.unwrap_or_else(|| input.path.clone()), ..input });
    }
    if faults.is_empty() { Ok(inputs) } else { Err(faults) }
}

fn of_csv(source: &Arc<Source>) -> Vec<(usize, Result<Row, String>)> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(source.text.as_bytes());
    let unknown = reader.headers().map(|names| names.iter().find(|name| !COLUMNS.contains(name)).map(str::to_owned));
    if let Ok(Some(name)) = unknown {
        let message = format!("a manifest has no column “{name}”; it has {}", COLUMNS.join(", "));
        return vec![(0, Err(message))];
    }
    let mut rows = Vec::new();
    let mut records = reader.deserialize();
    loop {
        let number = usize::try_from(records.reader().position().line()).unwrap_or(1) - 1;
        match records.next() {
            Some(Ok(row)) => rows.push((number, Ok(row))),
            Some(Err(error)) => rows.push((number, Err(csv_said(&error)))),
            None => return rows,
        }
    }
}

fn csv_said(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::Deserialize { err, .. } => err.kind().to_string(),
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => format!("{len} columns in place of {expected_len}"),
        _ => error.to_string(),
    }
}

fn of_lines(source: &Arc<Source>) -> Vec<(usize, Result<Row, String>)> {
    let lines = source.text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let row = |line: &str| match line.trim_start().starts_with('{') {
        true => serde_json::from_str(line).map_err(|error| error.to_string()),
        false => Ok(Row { file: line.into(), output: None, profile: None, line_ends: None, emblem: None }),
    };
    lines.map(|(number, line)| (number, row(line))).collect()
}

fn fault(source: &Arc<Source>, number: usize, message: String) -> Diagnostic {
    Diagnostic::fault("manifest", message)
        .at(source, line(source, number), "")
        .hint("a line names a file and may give output, profile, line_ends and emblem")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, csv: bool) -> Result<Vec<Input>, Vec<(usize, String)>> {
        let source = Source::new("list", text);
        let path = Path::new(if csv { "lists/m.csv" } else { "lists/m.jsonl" });
        manifest(&source, path, csv).map_err(|faults| {
            let told = |fault: Diagnostic| (source.line_column(fault.place.unwrap().span.start).0, fault.message);
            faults.into_iter().map(told).collect()
        })
    }

    #[test]
    fn csv_and_json_lines_say_the_same() {
        let csv = read("file,profile,output\na.yaml,print,\nsub/b.md,,other/b\n", true).unwrap();
        let lines =
            "{\"file\": \"a.yaml\", \"profile\": \"print\"}\n\n{\"file\": \"sub/b.md\", \"output\": \"other/b.pdf\"}";
        assert_eq!(csv, read(lines, false).unwrap());
        assert_eq!(csv[0].choices.profile, Some(Profile::Print));
        assert_eq!(csv[0].file, Path::new("lists/a.yaml"));
        assert_eq!((csv[1].path.as_str(), csv[1].choices.output.as_deref()), ("sub/b", Some("other/b.pdf")));
        assert_eq!(read("x/y.xml\nz.yaml\n", false).unwrap()[0].path, "x/y");
    }

    #[test]
    fn every_wrong_line_is_told() {
        let faults = read("file,profile\na.yaml,poster\nb.yaml,print,more\nc.yaml,print\n", true).unwrap_err();
        assert_eq!(faults.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 3], "{faults:?}");
        let faults = read("file,titel\na.yaml,x\n", true).unwrap_err();
        assert!(faults[0].1.contains("no column “titel”"), "{faults:?}");
        let faults =
            read("{\"file\": 3}\n{\"fil\": \"a\"}\n{\"file\": \"a\", \"output\": \"../b\"}\n", false).unwrap_err();
        assert_eq!(faults.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [1, 2, 3], "{faults:?}");
    }
}
