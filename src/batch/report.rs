//! The report of a batch: `report.json` for programs, `report.html` for people.
//!
//! It describes the result, not the run: a batch that was stopped and resumed has the same report as one that was
//! not. While a batch runs, there is no report.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufWriter, Seek, Write};
use std::path::{Path, PathBuf};

use super::page::{self, END_OF_TABLE, Page};
use super::{MissingSource, Outcome, Shard, State, Summary};
use crate::error::Error;
use crate::files;
use crate::register::{Reported, name_in};
use serde::Deserialize;

/// A report.
#[derive(Debug, Clone, Deserialize)]
#[non_exhaustive]
pub struct Report {
    /// The version of masthead that wrote it.
    pub masthead: String,
    /// The counts.
    pub summary: Summary,
    /// The outcomes of all documents, in order.
    pub documents: Vec<Outcome>,
}

impl Report {
    /// Returns the report, which is in the folder of its files, as a register in another folder names them: relative to
    /// that folder if they are below it, else by their absolute paths.
    #[must_use]
    pub fn moved(mut self, from: &Path, to: &Path) -> Self {
        let moved = |output: &str| name_in(to, &from.join(output));
        for outcome in &mut self.documents {
            outcome.output = outcome.output.as_deref().map(moved);
            if let (Some(output), Some(record)) = (&outcome.output, &mut outcome.record) {
                record.output.clone_from(output);
            }
        }
        for gone in &mut self.summary.gone {
            gone.output = moved(&gone.output);
        }
        self
    }
}

/// Reads a report.
///
/// # Errors
///
/// Returns a message if it is not a report.
pub fn read(path: &Path) -> Result<Report, Error> {
    let text = fs::read(path).map_err(|error| Error::file(path, "read", error))?;
    serde_json::from_slice(&text).map_err(|error| {
        Error::foreign(format!("{} is not a batch report: {error}", path.display())).at(path).because(error)
    })
}

/// The reports of the parts of a batch, joined.
pub struct Joined {
    documents: Vec<Outcome>,
    summary: Summary,
    inputs: Option<String>,
    /// The number of parts of the batch.
    pub parts: usize,
}

/// Joins the reports of parts of a batch; some may be missing.
///
/// # Errors
///
/// Returns a message if they are not parts of the same batch.
pub fn join(reports: Vec<Report>) -> Result<Joined, Error> {
    let of = reports.iter().map(|report| report.summary.shard.map_or(1, |shard| shard.of)).max().unwrap_or(1);
    let mut parts: Vec<usize> = Vec::new();
    let (mut unfinished, mut unseen) = (0, 0);
    let mut gone: BTreeSet<MissingSource> = BTreeSet::new();
    let mut documents: Vec<Outcome> = Vec::new();
    let whole = reports.first().and_then(|report| report.summary.whole.clone());
    let whole_documents = match (&whole, reports.first()) {
        (Some(whole), _) => whole.documents,
        (None, first) => first.map_or(0, |report| report.summary.documents),
    };
    for report in reports {
        let Summary { shard, not_begun, .. } = report.summary;
        unseen = unseen.max(report.summary.unseen);
        gone.extend(report.summary.gone);
        let divided = shard.is_some();
        let shard = shard.unwrap_or(Shard { part: 1, of: 1 });
        let own = (0..whole_documents).filter(|index| shard.has(*index)).count();
        let indices: BTreeSet<usize> = report.documents.iter().map(|outcome| outcome.index).collect();
        let once = indices.len() == report.documents.len() && indices.len() + not_begun == own;
        let fits = once && indices.iter().all(|index| *index < whole_documents && shard.has(*index));
        let same = report.summary.whole == whole && whole.is_some() == divided;
        if shard.of != of || parts.contains(&shard.part) || !same || !fits {
            let others = if shard.of == of { String::new() } else { format!(", and others of {of} parts") };
            return Err(Error::value(format!(
                "the reports are not parts of the same batch: they include part {} of {}{others}; \
                 render all parts with the same inputs, options and number of parts",
                shard.part, shard.of
            )));
        }
        parts.push(shard.part);
        unfinished += not_begun;
        documents.extend(report.documents);
    }
    documents.sort_by_key(|outcome| outcome.index);
    let mut summary = Summary { gone: gone.into_iter().collect(), ..Summary::new(whole_documents, unseen, None) };
    documents.iter().for_each(|outcome| summary.add(outcome));
    summary.not_begun = unfinished;
    summary.missing_parts = (1..=of).filter(|part| !parts.contains(part)).collect();
    summary.complete &= summary.missing_parts.is_empty() && whole_documents > 0;
    Ok(Joined { documents, summary, inputs: whole.map(|whole| whole.inputs), parts: of })
}

impl Joined {
    /// Returns what they say about files.
    pub fn reported(&self) -> Reported {
        let records = self.documents.iter().filter(|outcome| outcome.state.is_done());
        let earlier = self.documents.iter().filter(|outcome| outcome.earlier_file);
        let outdated = earlier.filter_map(|outcome| outcome.output.clone());
        let gone = self.summary.gone.iter().map(|gone| gone.output.clone());
        Reported::new(records.filter_map(|outcome| outcome.record.clone()), outdated.chain(gone))
    }

    /// Writes them as one report to a folder.
    ///
    /// # Errors
    ///
    /// Returns a message if it cannot be written.
    pub fn write(self, folder: &Path) -> Result<Summary, Error> {
        let own = tempfile::tempdir_in(folder).map_err(|error| unwritten(folder, error))?;
        let mut writer = Writer::begin(folder, own.path(), None, self.inputs)?;
        self.documents.iter().try_for_each(|outcome| writer.add(outcome))?;
        writer.finish(&self.summary)?;
        Ok(self.summary)
    }
}

/// A report being written: one line per document, kept separately until the counts are known.
pub(super) struct Writer {
    json: PathBuf,
    html: PathBuf,
    unfinished: PathBuf,
    lines: BufWriter<File>,
    rows: BufWriter<File>,
    failed_rows: BufWriter<File>,
    first: bool,
    page: Page,
}

impl Writer {
    /// Begins a report; an existing one is removed, as it no longer applies.
    pub fn begin(
        folder: &Path,
        unfinished: &Path,
        shard: Option<Shard>,
        inputs: Option<String>,
    ) -> Result<Self, Error> {
        let mark = Shard::mark(shard);
        let (json, html) = (folder.join(format!("report{mark}.json")), folder.join(format!("report{mark}.html")));
        let plain = |error| unwritten(&json, error);
        for old in [&json, &html] {
            match fs::remove_file(old) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(unwritten(old, error)),
                _ => {}
            }
        }
        let begun = || tempfile::tempfile_in(unfinished).map(BufWriter::new).map_err(plain);
        let (lines, rows, failed_rows) = (begun()?, begun()?, begun()?);
        let (unfinished, page) = (unfinished.to_owned(), Page::new(folder, inputs));
        Ok(Self { json, html, unfinished, lines, rows, failed_rows, first: true, page })
    }

    pub fn add(&mut self, outcome: &Outcome) -> Result<(), Error> {
        let reported = Outcome { state: reported_state(outcome.state), ..outcome.clone() };
        let mut add = || -> io::Result<()> {
            self.lines.write_all(if self.first { b"\n" } else { b",\n" })?;
            self.first = false;
            self.lines.write_all(&serde_json::to_vec(&reported)?)?;
            self.page.add(&reported);
            self.rows.write_all(self.page.row(&reported).as_bytes())?;
            if reported.state.is_done() {
                return Ok(());
            }
            self.failed_rows.write_all(self.page.failed_row(&reported).as_bytes())
        };
        add().map_err(|error| unwritten(&self.json, error))
    }

    /// Writes both files of the report, atomically.
    pub fn finish(self, summary: &Summary) -> Result<(), Error> {
        let Self { json, html, unfinished, lines, rows, failed_rows, page, .. } = self;
        let whole = |path: &Path, write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>| {
            let mut write = || -> io::Result<()> {
                let mut file = BufWriter::new(files::begin(&unfinished)?);
                write(&mut file)?;
                file.into_inner()?.persist(path)?;
                Ok(())
            };
            write().map_err(|error| unwritten(path, error))
        };
        let back = |part: BufWriter<File>| -> io::Result<File> {
            let mut file = part.into_inner()?;
            file.rewind()?;
            Ok(file)
        };
        let plain = |error| unwritten(&json, error);
        let (mut lines, mut rows) = (back(lines).map_err(plain)?, back(rows).map_err(plain)?);
        let mut failed_rows = back(failed_rows).map_err(plain)?;
        whole(&json, &mut |to| {
            let counts = serde_json::to_string(summary)?;
            let version = env!("CARGO_PKG_VERSION");
            write!(to, "{{\"masthead\":\"{version}\",\n\"summary\":{counts},\n\"documents\":[")?;
            io::copy(&mut lines, to)?;
            to.write_all(b"\n]}\n")
        })?;
        whole(&html, &mut |to| {
            to.write_all(page.head(summary).as_bytes())?;
            to.write_all(page::gone(&summary.gone).as_bytes())?;
            if summary.done < summary.documents {
                to.write_all(Page::failed_table().as_bytes())?;
                io::copy(&mut failed_rows, to)?;
                to.write_all(END_OF_TABLE.as_bytes())?;
            }
            to.write_all(Page::all_table().as_bytes())?;
            io::copy(&mut rows, to)?;
            to.write_all(END_OF_TABLE.as_bytes())?;
            to.write_all(page::end().as_bytes())
        })?;
        Ok(files::sync([json.as_path(), &html], files::folder_of(&json))?)
    }
}

/// Returns the state of a document as given in the report.
fn reported_state(state: State) -> State {
    if state.is_done() { State::Rendered } else { state }
}

fn unwritten(path: &Path, error: io::Error) -> Error {
    files::Unwritten::new(path, error).into()
}
