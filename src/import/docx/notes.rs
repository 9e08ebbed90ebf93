//! Footnotes and endnotes: their marks as they are referred to, and their texts.

use roxmltree::Node;

use super::super::draft::{Part, without_start};
use super::Reader;
use super::xml::{attribute, elements};
use crate::diagnostic::Diagnostic;
use crate::model::{Inline, Text};

/// A kind of note.
#[derive(PartialEq, Eq)]
pub(super) struct Kind {
    /// The type of the part with their texts.
    pub part: &'static str,
    /// The element of one.
    pub element: &'static str,
    /// The element that refers to one.
    pub reference: &'static str,
    /// What comes before the number in the mark of one.
    prefix: &'static str,
}

pub(super) static KINDS: [Kind; 2] = [
    Kind { part: "footnotes", element: "footnote", reference: "footnoteReference", prefix: "" },
    Kind { part: "endnotes", element: "endnote", reference: "endnoteReference", prefix: "end-" },
];

/// The notes that the text refers to.
#[derive(Default)]
pub(super) struct Notes(Vec<Reference>);

struct Reference {
    kind: &'static Kind,
    id: String,
    mark: String,
}

impl Notes {
    /// Returns the mark of a note at a reference. Marks of asterisks stay; others are numbers, which are counted.
    pub fn refer(&mut self, kind: &'static Kind, id: String, custom: Option<&str>) -> String {
        if let Some(known) = self.0.iter().find(|known| *known.kind == *kind && known.id == id) {
            return known.mark.clone();
        }
        let free = |mark: &str| self.0.iter().all(|known| known.mark != mark);
        let asterisks = custom.filter(|mark| mark.chars().all(|c| c == '*') && free(mark)).map(str::to_owned);
        let mut number = self.0.iter().filter(|known| *known.kind == *kind && !known.mark.starts_with('*')).count();
        let mark = asterisks.unwrap_or_else(|| {
            number += 1;
            format!("{}{number}", kind.prefix)
        });
        self.0.push(Reference { kind, id, mark: mark.clone() });
        mark
    }
}

impl Reader {
    /// Reads the notes of a part: the order of their references, their marks and texts.
    pub(super) fn notes_of(&mut self, kind: &'static Kind, root: Node) -> Vec<(usize, String, Text)> {
        let mut notes = Vec::new();
        for node in elements(root).filter(|node| node.tag_name().name() == kind.element) {
            // Separators are notes to Word.
            if attribute(node, "type").is_some_and(|kind| kind != "normal") {
                continue;
            }
            let id = attribute(node, "id").unwrap_or_default();
            let found = self.notes.0.iter().position(|known| *known.kind == *kind && known.id == id);
            let mut parts = Vec::new();
            self.blocks(node, &mut parts);
            self.end(&mut parts);
            let has_table = parts.iter().any(|part| matches!(part, Part::Table(_)));
            let paragraphs: Vec<_> = parts.into_iter().flat_map(Part::into_paragraphs).collect();
            let Some(order) = found else {
                if let (Some(first), Some(last)) = (paragraphs.first(), paragraphs.last()) {
                    let finding = Diagnostic::warning("import-left-out", "no text refers to this note; it is left out")
                        .hint("add a reference where it belongs, or ignore this if the reference was deleted");
                    self.findings.push((first.span.start..last.span.end, finding));
                }
                continue;
            };
            let mark = self.notes.0[order].mark.clone();
            if let Some(first) = paragraphs.first().filter(|_| paragraphs.len() > 1 || has_table) {
                let what = if has_table {
                    "a table within a note is read as its text"
                } else {
                    "the paragraphs of a note are joined"
                };
                self.findings.push((first.span.clone(), Diagnostic::advice("import-changed", what)));
            }
            if kind.element == "endnote" && notes.is_empty() {
                let span = paragraphs.first().map_or(0..0, |first| first.span.clone());
                let finding = Diagnostic::advice("import-changed", "endnotes become footnotes");
                self.findings.push((span, finding));
            }
            let mut pieces: Vec<Inline> = Vec::new();
            for paragraph in paragraphs {
                let label = paragraph.label.map(|label| Inline::plain(label.text + " "));
                pieces.extend(label.into_iter().chain(paragraph.pieces).chain([Inline::plain(" ")]));
            }
            let plain: String = pieces.iter().filter_map(Inline::text).collect();
            let blank = plain.len() - plain.trim_start().len();
            // The mark of a note with one of its own is typed before its text.
            let typed = if mark.starts_with('*') && plain.trim_start().starts_with(&mark) { mark.len() } else { 0 };
            notes.push((order, mark, Text::from(without_start(&pieces, blank + typed))));
        }
        notes
    }
}
