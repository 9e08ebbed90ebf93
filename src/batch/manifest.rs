//! Manifests: lists of documents, each with options of its own.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;

use super::inputs::{Input, line, stem};
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
        if row.file.as_os_str().is_empty() {
            faults.push(fault("the line names no file".into()));
            continue;
        }
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
        let input = Input::new(folder.join(&row.file), choices);
        // Files that are listed with their folders keep them, as those of a folder do.
        let listed = row.file.components().filter(|part| *part != Component::CurDir);
        let listed: Option<PathBuf> = listed.map(|part| matches!(part, Component::Normal(_)).then_some(part)).collect();
        inputs.push(Input { path: listed.map_or_else(|| input.path.clone(), |listed| stem(&listed)), ..input });
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
    let lines: Vec<&str> = source.text.lines().collect();
    let mut records = reader.deserialize();
    loop {
        let number = usize::try_from(records.reader().position().line()).unwrap_or(1) - 1;
        // The reader passes over lines with nothing in them.
        let number = (number..).find(|number| lines.get(*number).is_none_or(|line| !line.is_empty())).unwrap_or(number);
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
    // Spreadsheets and editors on Windows begin files with a mark, which is no part of the first line.
    let text = source.text.strip_prefix('\u{feff}').unwrap_or(&source.text);
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
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
        let found: Vec<String> =
            read("./x/y.xml\n./z.yaml\n../v/w.xml\n", false).unwrap().into_iter().map(|input| input.path).collect();
        assert_eq!(found, ["x/y", "z", "w"]);
    }

    #[test]
    fn every_wrong_line_is_told() {
        let faults = read("file,profile\na.yaml,poster\nb.yaml,print,more\nc.yaml,print\n", true).unwrap_err();
        assert_eq!(faults.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 3], "{faults:?}");
        let faults = read("file,output\n\na.yaml,\n\n,\n,b\n", true).unwrap_err();
        let told: Vec<(usize, &str)> = faults.iter().map(|(line, message)| (*line, message.as_str())).collect();
        assert_eq!(told, [(5, "the line names no file"), (6, "the line names no file")]);
        let marked = read("\u{feff}{\"file\": \"a.yaml\"}\n", false).unwrap();
        assert_eq!(marked, read("\u{feff}file\na.yaml\n", true).unwrap());
        assert_eq!(marked[0].path, "a");
        let faults = read("file,titel\na.yaml,x\n", true).unwrap_err();
        assert!(faults[0].1.contains("no column “titel”"), "{faults:?}");
        let faults =
            read("{\"file\": 3}\n{\"fil\": \"a\"}\n{\"file\": \"a\", \"output\": \"../b\"}\n", false).unwrap_err();
        assert_eq!(faults.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [1, 2, 3], "{faults:?}");
    }
}
