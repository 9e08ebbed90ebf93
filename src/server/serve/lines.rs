//! Where in the source each printed line stands.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use masthead::golden::layout::{Line, Page};
use masthead::model::{Document, Path};
use masthead::prepare::{Note, Opening, Prepared, SessionLine, text_of};
use masthead::read::Reading;
use masthead::typeset::PageId;

use super::live::PageLine;

/// The places of the parts of a document in its source.
pub struct Places<'r> {
    reading: &'r Reading,
    paths: BTreeMap<String, Path>,
    /// How far each part has been printed, as a place in the source: a part may go on on the next page.
    reached: BTreeMap<String, usize>,
    /// The places of all line ends of the source.
    line_ends: Vec<usize>,
}

impl<'r> Places<'r> {
    /// Returns the places of a document whose blocks have these paths.
    pub fn new(reading: &'r Reading, prepared: &Prepared, blocks: Vec<Path>) -> Self {
        let mut paths: BTreeMap<String, Path> =
            blocks.into_iter().enumerate().map(|(index, path)| (format!("body/{index}"), path)).collect();
        for (column, lines) in prepared.session.iter().enumerate() {
            let line = |(index, line): (usize, &SessionLine)| {
                (format!("session/{column}/{index}"), Path::from(line.role.field()))
            };
            paths.extend(lines.iter().enumerate().map(line));
        }
        let opening = |(index, entry): (usize, &Opening)| (format!("opening/{index}"), Path::from(entry.role.field()));
        paths.extend(prepared.opening.iter().enumerate().map(opening));
        let written = footnotes(&reading.document);
        let note = |(index, note): (usize, &Note)| {
            let printed = bare(&text_of(&note.runs));
            let found = written.iter().find(|(text, _)| *text == printed)?;
            Some((format!("note/{index}"), found.1.clone()))
        };
        paths.extend(prepared.notes.iter().enumerate().filter_map(note));
        paths.extend(FIXED.map(|(part, field)| (part.to_owned(), Path::from(field))));
        // A field that is not there has the place of the document.
        let document = reading.places.of(&Path::default());
        paths.retain(|_, path| reading.places.of(path) != document);
        let line_ends = reading.source.text.match_indices('\n').map(|(at, _)| at).collect();
        Self { reading, paths, reached: BTreeMap::new(), line_ends }
    }

    /// Returns what identifies the content of a page: its looks, and the sources of those of its parts that have several
    /// lines. Words added before do not change it.
    pub fn key(&self, id: &PageId) -> String {
        let mut hasher = DefaultHasher::new();
        for path in id.parts.iter().filter_map(|part| self.paths.get(part)) {
            let source = self.reading.source.text.get(self.reading.places.of(path)).unwrap_or_default();
            source.contains('\n').then_some(source).hash(&mut hasher);
        }
        format!("{:032x}{:016x}", id.digest, hasher.finish())
    }

    /// Returns the source line, from 1, at which each part begins.
    pub fn beginnings(&self) -> BTreeMap<String, usize> {
        let line = |path: &Path| self.line_at(self.reading.places.of(path).start);
        self.paths.iter().map(|(part, path)| (part.clone(), line(path))).collect()
    }

    /// Returns the line of a place, from 1.
    fn line_at(&self, place: usize) -> usize {
        self.line_ends.partition_point(|end| *end < place) + 1
    }

    /// Returns the lines of the next page.
    pub fn of_page(&mut self, page: &Page) -> Vec<PageLine> {
        // What surrounds the text begins again on every page.
        self.reached.retain(|part, _| FIXED.iter().all(|(fixed, _)| part != fixed));
        page.lines.iter().filter(|line| !line.text().trim().is_empty()).map(|line| self.line(line)).collect()
    }

    fn line(&mut self, line: &Line) -> PageLine {
        let bounds = line.bounds();
        let (part, text) = (line.part.to_string(), line.text());
        let text = text.trim().to_owned();
        let offset = self.offset(&part, &text);
        PageLine { x: bounds.x, y: bounds.y, width: bounds.width, height: bounds.height, text, part, offset }
    }

    /// Returns the number of source lines between the beginning of a part and its next printed line.
    fn offset(&mut self, part: &str, text: &str) -> usize {
        let Some(path) = self.paths.get(part) else { return 0 };
        let span = self.reading.places.of(path);
        let first = self.line_at(span.start);
        if self.line_at(span.end) == first {
            return 0;
        }
        let rest = self.reached.get(part).copied().unwrap_or(span.start)..span.end;
        let word = |start: usize, word: &str| start..start + word.len();
        let begins = word(0, text.split(' ').next().unwrap_or_default());
        let ends = text.rsplit(' ').next().map(|last| word(text.len() - last.len(), last)).unwrap_or_default();
        let found = self.reading.place_within(rest.clone(), text, begins).map_or(rest.start, |found| found.start);
        // Where the printed words are not those of the source, the next line is looked for from here.
        let exact = |place: &Range<usize>| self.reading.source.text.get(place.clone()) == text.get(ends.clone());
        let reached = self.reading.place_within(rest, text, ends.clone()).filter(exact).map_or(found, |last| last.end);
        self.reached.insert(part.to_owned(), reached);
        self.line_at(found).saturating_sub(first)
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
