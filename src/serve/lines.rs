//! Where in the source each printed line stands.

use std::collections::BTreeMap;

use super::requests::PageLine;
use crate::golden::layout::{Line, Page};
use crate::model::{Document, Path};
use crate::prepare::{Note, Opening, OpeningRole, Prepared, SessionLine, SessionRole, text_of};
use crate::read::Reading;

/// The places of the parts of a document in its source.
pub struct Places<'r> {
    reading: &'r Reading,
    paths: BTreeMap<String, Path>,
    /// What has been printed of each part so far: a part may go on on the next page.
    printed: BTreeMap<String, String>,
}

impl<'r> Places<'r> {
    /// Returns the places of a document whose blocks have these paths.
    pub fn new(reading: &'r Reading, prepared: &Prepared, blocks: Vec<Path>) -> Self {
        let mut paths: BTreeMap<String, Path> =
            blocks.into_iter().enumerate().map(|(index, path)| (format!("body/{index}"), path)).collect();
        for (column, lines) in prepared.session.iter().enumerate() {
            let line = |(index, line): (usize, &SessionLine)| {
                (format!("session/{column}/{index}"), Path::from(of_session(line.role)))
            };
            paths.extend(lines.iter().enumerate().map(line));
        }
        let opening =
            |(index, entry): (usize, &Opening)| (format!("opening/{index}"), Path::from(of_opening(entry.role)));
        paths.extend(prepared.opening.iter().enumerate().map(opening));
        let written = footnotes(&reading.document);
        let note = |(index, note): (usize, &Note)| {
            let printed = bare(&text_of(&note.runs));
            let found = written.iter().find(|(text, _)| *text == printed)?;
            Some((format!("note/{index}"), found.1.clone()))
        };
        paths.extend(prepared.notes.iter().enumerate().filter_map(note));
        paths.extend(FIXED.map(|(part, field)| (part.to_owned(), Path::from(field))));
        Self { reading, paths, printed: BTreeMap::new() }
    }

    /// Returns the source line, from 1, at which each part begins.
    pub fn beginnings(&self) -> BTreeMap<String, usize> {
        self.paths.keys().map(|part| (part.clone(), self.beginning(part))).collect()
    }

    fn beginning(&self, part: &str) -> usize {
        let path = self.paths.get(part).cloned().unwrap_or_default();
        self.reading.source.line_column(self.reading.places.of(&path).start).0
    }

    /// Returns the lines of the next page.
    pub fn of_page(&mut self, page: &Page) -> Vec<PageLine> {
        page.lines.iter().filter(|line| !line.text().trim().is_empty()).map(|line| self.line(line)).collect()
    }

    fn line(&mut self, line: &Line) -> PageLine {
        let bounds = line.bounds();
        let (part, text) = (line.part.to_string(), line.text());
        let offset = self.offset(&part, &text);
        let text = text.trim().to_owned();
        PageLine { x: bounds.x, y: bounds.y, width: bounds.width, height: bounds.height, text, part, offset }
    }

    /// Returns the number of source lines between the beginning of a part and its next printed line.
    fn offset(&mut self, part: &str, text: &str) -> usize {
        let Some(path) = self.paths.get(part) else { return 0 };
        let span = self.reading.places.of(path);
        let source = self.reading.source.text.get(span.clone()).unwrap_or_default();
        if !source.trim_end().contains('\n') {
            return 0;
        }
        let before = self.printed.entry(part.to_owned()).or_default();
        let start = before.len();
        before.push_str(text);
        if !text.ends_with([' ', '-', '–', '—']) {
            before.push(' ');
        }
        let word = text.split_whitespace().next().map_or(0, str::len);
        let found = self.reading.place_of_words(path, before, start..start + word);
        let until = found.start.clamp(span.start, span.end);
        self.reading.source.text.get(span.start..until).unwrap_or_default().matches('\n').count()
    }
}

/// Returns the texts of all footnotes, with their paths: their printed numbers are not those of the source.
fn footnotes(document: &Document) -> Vec<(String, Path)> {
    let own = (Path::from("footnotes"), &document.footnotes);
    let parts = document
        .parts
        .iter()
        .enumerate()
        .map(|(index, of)| (Path::from("parts").index(index).field("footnotes"), &of.footnotes));
    let lists = std::iter::once(own).chain(parts);
    lists
        .flat_map(|(at, notes)| notes.iter().map(move |(mark, text)| (bare(&text.plain()), at.field(mark.clone()))))
        .collect()
}

/// Returns the letters and digits of a text.
fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Parts of the headers and feet of pages, and the fields that they print.
const FIXED: [(&str, &str); 10] = [
    ("symbol", "symbol"),
    ("running symbol", "symbol"),
    ("running title", "title"),
    ("organ", "symbol"),
    ("distribution", "distribution"),
    ("date", "date"),
    ("original", "original"),
    ("emblem", "emblem"),
    ("job number", "job"),
    ("barcode", "job"),
];

fn of_session(role: SessionRole) -> &'static str {
    match role {
        SessionRole::Organ => "organ",
        SessionRole::Session | SessionRole::Dates => "session",
        SessionRole::BodyName => "body_name",
        SessionRole::AgendaItem => "agenda_item",
        SessionRole::AgendaTitle => "agenda_title",
    }
}

fn of_opening(role: OpeningRole) -> &'static str {
    match role {
        OpeningRole::Sponsors => "sponsors",
        OpeningRole::Title => "title",
        OpeningRole::Headline => "kind",
        OpeningRole::Origin => "origin",
    }
}
