//! The paragraphs of a file, before they are a document.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Source};
use crate::model::{Align, Inline, Text};

/// A file as paragraphs, tables and notes.
pub(super) struct Draft {
    /// The source, which findings show; of a Word file, a line for each paragraph.
    pub source: Arc<Source>,
    pub parts: Vec<Part>,
    /// The footnotes by their marks, in the order of their references.
    pub notes: Vec<(String, Text)>,
    /// The paragraphs of headers and footers, which are printed around the text.
    pub around: Vec<Paragraph>,
    pub findings: Vec<Diagnostic>,
}

/// What a text consists of.
pub(super) enum Part {
    Paragraph(Paragraph),
    Table(Table),
}

/// A paragraph and what is known of it. Line breaks and tabs remain in its pieces.
#[derive(Debug, Clone, Default)]
pub(super) struct Paragraph {
    /// Its place in the source.
    pub span: Range<usize>,
    pub pieces: Vec<Inline>,
    /// Its number or label, if the file counts it; one that is typed is still part of its text.
    pub label: Option<Label>,
    pub role: Option<Role>,
    pub centred: bool,
    /// Whether it stands in a text box.
    pub is_boxed: bool,
}

/// A number or label of an automatic list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Label {
    pub text: String,
    pub place: Place,
}

/// The place of a label in an automatic list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// The level in its list, from 0.
    pub level: usize,
    /// What identifies the list; levels of one list are nested.
    pub list: String,
    /// The indentation of the paragraph.
    pub indent: i32,
}

/// What the style of a paragraph says about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Title,
    /// With its level, from 1.
    Heading(u8),
    Quote,
    /// A line of a table of contents.
    Contents,
    /// The caption of a table or figure.
    Caption,
}

/// A table.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug, Default)]
pub(super) struct Row {
    pub is_header: bool,
    pub cells: Vec<Cell>,
}

/// A cell of a table.
#[derive(Debug, Default)]
pub(super) struct Cell {
    pub columns: u16,
    /// Whether it belongs to the cell above it.
    pub merged: bool,
    pub align: Option<Align>,
    pub paragraphs: Vec<Paragraph>,
}

impl Part {
    /// Returns its paragraphs, those in the cells of a table.
    pub fn paragraphs(&self) -> Vec<&Paragraph> {
        match self {
            Self::Paragraph(paragraph) => vec![paragraph],
            Self::Table(table) => table.paragraphs().collect(),
        }
    }

    /// Returns its paragraphs alone.
    pub fn into_paragraphs(self) -> Vec<Paragraph> {
        match self {
            Self::Paragraph(paragraph) => vec![paragraph],
            Self::Table(table) => {
                let cells = table.rows.into_iter().flat_map(|row| row.cells);
                cells.flat_map(|cell| cell.paragraphs).collect()
            }
        }
    }
}

impl Table {
    /// Returns the paragraphs in its cells.
    pub fn paragraphs(&self) -> impl Iterator<Item = &Paragraph> {
        self.rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.paragraphs)
    }
}

impl Paragraph {
    /// Returns its text, with line breaks and tabs.
    pub fn plain(&self) -> String {
        self.pieces.iter().filter_map(Inline::text).collect()
    }

    /// Whether its first letter is a small one.
    pub fn starts_lower(&self) -> bool {
        self.plain().chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase)
    }

    /// Whether it has no characters but white space, and no notes.
    pub fn is_empty(&self) -> bool {
        let blank = |piece: &Inline| piece.text().is_some_and(|text| text.trim().is_empty());
        self.pieces.iter().all(blank)
    }

    /// Whether all its words are bold.
    pub fn is_bold(&self) -> bool {
        self.all(|piece| matches!(piece, Inline::Text { bold: true, .. }))
    }

    /// Whether all its words are italic.
    pub fn is_italic(&self) -> bool {
        self.all(|piece| matches!(piece, Inline::Text { italic: true, .. }))
    }

    fn all(&self, is: fn(&Inline) -> bool) -> bool {
        let has_words = |piece: &&Inline| piece.text().is_some_and(|text| text.contains(char::is_alphanumeric));
        !self.is_empty() && self.pieces.iter().filter(has_words).all(is)
    }

    /// Returns its lines, divided at line breaks.
    pub fn lines(&self) -> Vec<Self> {
        split_at(&self.pieces, &['\n']).into_iter().map(|pieces| Self { pieces, ..self.clone() }).collect()
    }
}

/// Divides pieces at characters, which are left out.
pub(super) fn split_at(pieces: &[Inline], at: &[char]) -> Vec<Vec<Inline>> {
    let mut parts = vec![Vec::new()];
    for piece in pieces {
        let Some(text) = piece.text() else {
            parts.last_mut().into_iter().for_each(|part: &mut Vec<Inline>| part.push(piece.clone()));
            continue;
        };
        for (index, text) in text.split(at).enumerate() {
            if index > 0 {
                parts.push(Vec::new());
            }
            if let Some(part) = parts.last_mut().filter(|_| !text.is_empty()) {
                part.push(piece.with_text(text));
            }
        }
    }
    parts
}

/// Returns pieces without their first bytes of text.
pub(super) fn without_start(pieces: &[Inline], mut bytes: usize) -> Vec<Inline> {
    let mut rest = Vec::new();
    for piece in pieces {
        match piece.text() {
            Some(text) if bytes > 0 => {
                let cut = bytes.min(text.len());
                bytes -= cut;
                if cut < text.len() {
                    rest.push(piece.with_text(&text[cut..]));
                }
            }
            _ => rest.push(piece.clone()),
        }
    }
    rest
}

/// Gives the first bytes of text a style.
pub(super) fn restyled(pieces: &[Inline], bytes: usize, is_italic: bool, is_bold: bool) -> Vec<Inline> {
    let mut left = bytes;
    let mut out = Vec::new();
    for piece in pieces {
        let Some(text) = piece.text() else {
            out.push(piece.clone());
            continue;
        };
        let cut = left.min(text.len());
        left -= cut;
        let mut first = piece.with_text(&text[..cut]);
        if let Inline::Text { italic, bold, .. } = &mut first {
            (*italic, *bold) = (is_italic, is_bold);
        }
        out.extend([first, piece.with_text(&text[cut..])].into_iter().filter(|part| part.text() != Some("")));
    }
    out
}

/// Returns pieces without emphasis, as parts of a page that have a style of their own.
pub(super) fn unstyled(pieces: &[Inline]) -> Vec<Inline> {
    restyled(pieces, usize::MAX, false, false)
}

/// Collects the lines of a source while a file is read.
#[derive(Default)]
pub(super) struct Lines(String);

impl Lines {
    /// Adds a paragraph as a line, and returns its place.
    pub fn add(&mut self, text: &str) -> Range<usize> {
        if !self.0.is_empty() {
            self.0.push('\n');
        }
        let start = self.0.len();
        self.0.extend(text.trim().chars().map(|c| if c.is_control() { ' ' } else { c }));
        start..self.0.len()
    }

    pub fn source(self, name: &str) -> Arc<Source> {
        Source::new(name, self.0 + "\n")
    }
}
