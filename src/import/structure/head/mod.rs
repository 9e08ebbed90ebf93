//! The head of a document: the lines and tables before the body, from which the header fields are read. What
//! masthead prints itself, such as “United Nations”, is not repeated.

mod adoption;
mod fields;
mod known;
mod titles;

use std::sync::{Arc, LazyLock};

use known::Known;
use regex::Regex;

use super::super::draft::{Paragraph, Part, Role, Table, split_at};
use super::{Doubts, LONGEST_LINE};
use crate::diagnostic::Diagnostic;
use crate::model::{Date, Document, Kind, Language};
use crate::prepare::words::{Words, words};
use crate::read::{date, is_invisible};

/// The number of a page, in a header or footer: “3”, “3/4”, “Page 3 of 4”.
static FOLIO: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?i:page |seite )?\d{1,4}(?:\s*(?:/|of|von|de)\s*\d{1,4})?$").ok());
/// A line of the head.
struct Line {
    paragraph: Paragraph,
    is_read: bool,
}

/// What a line says, in the forms in which it is compared.
struct Said {
    /// With single spaces.
    text: String,
    /// In lower case.
    lower: String,
    /// As [`bare`] returns it.
    bare: String,
}

impl Said {
    fn new(text: String) -> Self {
        Self { lower: text.to_lowercase(), bare: bare(&text), text }
    }
}

/// The header fields, as far as they are read.
pub(super) struct Head {
    words: &'static Words,
    known: Arc<Known>,
    is_act: bool,
    document: Document,
    lines: Vec<Line>,
    /// The names of organs and committees, which masthead prints if they follow from the symbol.
    bodies: Vec<Paragraph>,
    /// The line of the agenda item, which its title follows.
    agenda: Option<usize>,
    is_kind_known: bool,
}

/// Whether a table is the head of a page, with the symbol or the distribution.
pub(super) fn is_head(table: &Table, language: Language) -> bool {
    let mut head = Head::new(language, false);
    for line in table.paragraphs().flat_map(Paragraph::lines) {
        head.takes(&line, 0);
    }
    !head.document.symbol.is_empty() || head.document.distribution.is_some()
}

impl Head {
    pub fn new(language: Language, is_act: bool) -> Self {
        let document = Document {
            language,
            kind: if is_act { Kind::DraftResolution } else { Kind::Report },
            ..Document::default()
        };
        Self {
            words: words(language),
            known: Known::of(language),
            is_act,
            document,
            lines: Vec::new(),
            bodies: Vec::new(),
            agenda: None,
            is_kind_known: false,
        }
    }

    /// Reads the lines before the body, those in tables too.
    pub fn read(&mut self, parts: Vec<Part>, doubts: &mut Doubts) {
        for paragraph in parts.into_iter().flat_map(Part::into_paragraphs) {
            self.paragraph(paragraph, doubts);
        }
    }

    /// Reads a paragraph as a whole, by its lines, or by what is between its tabs.
    fn paragraph(&mut self, paragraph: Paragraph, doubts: &mut Doubts) {
        if paragraph.role == Some(Role::Contents) {
            let finding = Diagnostic::advice("import-left-out", "a line of a table of contents is left out");
            return doubts.push(paragraph.span, finding);
        }
        let index = self.lines.len();
        if self.takes(&paragraph, index) {
            return self.lines.push(Line { paragraph, is_read: true });
        }
        let lines = paragraph.lines();
        let columns: Vec<Paragraph> = lines.iter().flat_map(columns).collect();
        let parts =
            if columns.len() > lines.len() && columns.iter().any(|part| self.is_known(part)) { columns } else { lines };
        for paragraph in parts.into_iter().filter(|part| !part.is_empty()) {
            let is_read = self.takes(&paragraph, self.lines.len());
            self.lines.push(Line { paragraph, is_read });
        }
    }

    /// Whether a text would be read, without reading it.
    fn is_known(&self, paragraph: &Paragraph) -> bool {
        let language = self.document.language;
        Self::new(language, self.is_act).takes(paragraph, 0)
    }

    /// Reads what stands around the text on every page; only the symbol and the job number are of interest.
    pub fn read_around(&mut self, around: Vec<Paragraph>, doubts: &mut Doubts) {
        let mut left: Vec<String> = Vec::new();
        for paragraph in around {
            for part in paragraph.lines().iter().flat_map(columns).filter(|part| !part.is_empty()) {
                let text = folded(&part.plain());
                let said = Said::new(text.clone());
                let is_printed =
                    matches(&FOLIO, &text) || self.printed(&said) || self.symbol(&text) || self.is_said(&said);
                if is_printed || left.contains(&text) || !text.contains(char::is_alphanumeric) {
                    continue;
                }
                let finding = Diagnostic::advice("import-left-out", "the text of a header or footer is left out");
                doubts.push(
                    part.span,
                    finding.hint("masthead prints its own; add the text to the body if it is missing"),
                );
                left.push(text);
            }
        }
    }

    /// Whether a line of a header says what a page says anyway: the name of an organ, or what the head says, too.
    fn is_said(&self, said: &Said) -> bool {
        self.known.is_body(&said.bare) || self.lines.iter().any(|line| bare(&line.paragraph.plain()) == said.bare)
    }

    /// Reads a line into its field. Returns `false` if it fits none.
    fn takes(&mut self, line: &Paragraph, index: usize) -> bool {
        let text = folded(&line.plain());
        if text.is_empty() || text.chars().count() > 4 * LONGEST_LINE {
            return false;
        }
        let said = Said::new(text);
        self.printed(&said)
            || self.symbol(&said.text)
            || self.day(&said.text)
            || self.session(&said)
            || self.agenda(&said, index)
            || self.adoption(line, &said)
            || self.kind(line, &said)
            || self.named(line)
            || self.organ(line, &said)
    }

    /// Returns the document with its header, and the lines that fit no field.
    pub fn finish(mut self, doubts: &mut Doubts, first: Option<&Part>) -> (Document, Vec<Paragraph>) {
        self.known_bodies();
        self.titles(doubts);
        self.bodies(doubts);
        self.kinds(doubts, first);
        if self.document.symbol.is_empty() {
            let finding = Diagnostic::warning("import-missing", "the file has no symbol")
                .hint("add a line such as “symbol: A/77/L.107”");
            doubts.push(0..0, finding);
        }
        let left = self.lines.into_iter().filter(|line| !line.is_read).map(|line| line.paragraph).collect();
        (self.document, left)
    }
}
/// Returns what stands between the tabs of a line.
fn columns(line: &Paragraph) -> Vec<Paragraph> {
    let parts = split_at(&line.pieces, &['\t']).into_iter().map(|pieces| Paragraph { pieces, ..line.clone() });
    parts.filter(|part| !part.is_empty()).collect()
}

/// Returns a date that has a day, a month and a year.
fn full_date(text: &str) -> Option<Date> {
    let has_words = text.chars().filter(|c| c.is_alphabetic()).count() <= 24;
    date(text.trim()).ok().filter(|_| has_words && text.contains(|c: char| c.is_ascii_digit()))
}

fn matches(pattern: &Option<Regex>, text: &str) -> bool {
    pattern.as_ref().is_some_and(|pattern| pattern.is_match(text))
}

/// Returns a text with all white space as single spaces, without invisible characters.
fn folded(text: &str) -> String {
    let text: String = text.chars().filter(|c| !is_invisible(*c) || c.is_whitespace()).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns a text without what does not matter when lines are compared: case, white space and what ends them.
fn bare(text: &str) -> String {
    // In Arabic, lines are drawn out with a sign of their own.
    folded(text).replace('\u{640}', "").trim_end_matches(['.', ':', '*']).to_lowercase()
}
