//! The paragraphs of a part, and what wraps them.

use roxmltree::Node;

use super::super::Changes;
use super::super::draft::{Paragraph, Part, Role};
use super::super::symbols::symbolic;
use super::Reader;
use super::runs::{Around, Line, alternative};
use super::styles::ParagraphStyle;
use super::xml::{child, elements, value};
use crate::diagnostic::Diagnostic;
use crate::model::{Change, Inline};

impl Reader {
    /// Reads paragraphs and tables.
    pub(super) fn blocks(&mut self, node: Node, out: &mut Vec<Part>) {
        for part in elements(node) {
            match part.tag_name().name() {
                "p" => self.paragraph(part, out),
                "tbl" => self.table(part, out),
                "sdt" => {
                    let mut inner = Vec::new();
                    self.blocks(part, &mut inner);
                    if is_contents(part) {
                        let lines = inner.into_iter().flat_map(Part::into_paragraphs);
                        let line = |line| Part::Paragraph(Paragraph { role: Some(Role::Contents), ..line });
                        out.extend(lines.map(line));
                    } else {
                        out.extend(inner);
                    }
                }
                "del" | "moveFrom" if self.changes == Changes::Accept => {}
                "AlternateContent" => alternative(part).into_iter().for_each(|node| self.blocks(node, out)),
                "altChunk" => {
                    let finding = Diagnostic::warning("import-left-out", "an embedded file is left out")
                        .hint("open the file in a word processor and save it again, which makes it part of the text");
                    self.findings.push((0..0, finding));
                }
                name if name.ends_with("Pr") => {}
                _ => self.blocks(part, out),
            }
        }
    }

    fn paragraph(&mut self, node: Node, out: &mut Vec<Part>) {
        let properties = child(node, "pPr");
        let style = properties.and_then(|properties| value(properties, "pStyle"));
        let own = properties.map(ParagraphStyle::read).unwrap_or_default();
        let (own_level, own_indent) = (own.level, own.indent);
        let layout = self.styles.paragraph(style, own);
        let around = Around { style: self.styles.run(style), ..Around::default() };
        let mut line = Line { pieces: std::mem::take(&mut self.carried), ..Line::default() };
        self.runs(node, &around, &mut line);
        let mark = properties.and_then(|properties| child(properties, "rPr"));
        let is_struck = mark.is_some_and(|mark| child(mark, "del").or(child(mark, "moveFrom")).is_some());
        if is_struck && self.changes == Changes::Accept {
            self.carried = std::mem::take(&mut line.pieces);
            self.anchored(line, 0..0, out);
            return;
        }
        let list = layout.list.filter(|list| list != "0");
        let label = list.and_then(|list| {
            let of_style = || self.numbering.level_of_style(&list, &self.styles, style);
            let level = own_level.or_else(of_style).or(layout.level).unwrap_or_default();
            let mut label = self.numbering.next(&list, level)?;
            label.place.indent = own_indent.unwrap_or(label.place.indent);
            Some(label)
        });
        let outline = layout.outline.filter(|level| *level < 9).map(|level| Role::Heading(level + 1));
        let paragraph = Paragraph {
            span: 0..0,
            pieces: line.pieces.split_off(0),
            label,
            role: self.styles.role(style).or(outline),
            centred: layout.centred.unwrap_or_default(),
            is_boxed: false,
        };
        let span = self.put(paragraph, out);
        self.anchored(line, span, out);
    }

    /// Adds a paragraph, unless it is empty.
    fn put(&mut self, mut paragraph: Paragraph, out: &mut Vec<Part>) -> std::ops::Range<usize> {
        if paragraph.is_empty() {
            return 0..0;
        }
        let label = paragraph.label.as_ref().map_or("", |label| label.text.as_str());
        paragraph.span = self.lines.add(&format!("{label} {}", paragraph.plain()));
        let span = paragraph.span.clone();
        out.push(Part::Paragraph(paragraph));
        span
    }

    /// Adds what is anchored in a paragraph, and reports what is left out of it.
    fn anchored(&mut self, line: Line, span: std::ops::Range<usize>, out: &mut Vec<Part>) {
        for content in line.boxes {
            let mut inner = Vec::new();
            let carried = std::mem::take(&mut self.carried);
            self.blocks(content, &mut inner);
            self.end(&mut inner);
            self.carried = carried;
            if let Some(first) = inner.first() {
                let place = match first {
                    Part::Paragraph(paragraph) => paragraph.span.clone(),
                    Part::Table(_) => span.clone(),
                };
                let message = "the text of a text box comes after the paragraph in which it is anchored";
                self.findings.push((place, Diagnostic::advice("import-changed", message)));
            }
            out.extend(inner.into_iter().map(|part| match part {
                Part::Paragraph(paragraph) => Part::Paragraph(Paragraph { is_boxed: true, ..paragraph }),
                Part::Table(table) => Part::Table(table),
            }));
        }
        if line.pictures > 0 {
            let finding = Diagnostic::warning("import-left-out", "a picture or drawing is left out")
                .hint("save it as PNG or SVG and add it as a figure");
            self.findings.push((span.clone(), finding));
        }
        let drawn = line.drawn.concat();
        if !drawn.trim().is_empty() {
            let paragraph = Paragraph { pieces: vec![Inline::plain(drawn)], is_boxed: true, ..Paragraph::default() };
            let place = self.put(paragraph, out);
            let message = "the text of a drawing comes after the paragraph in which it is anchored";
            self.findings.push((place, Diagnostic::advice("import-changed", message)));
        }
        if line.is_lowered {
            let message = "letters below the line are set on it";
            self.findings.push((span.clone(), Diagnostic::advice("import-changed", message)));
        }
        if line.is_symbolic {
            self.findings.push((span.clone(), symbolic()));
        }
        if !line.hidden.trim().is_empty() {
            let place = self.lines.add(&line.hidden);
            self.findings.push((place, Diagnostic::warning("import-left-out", "hidden text is left out")));
        }
    }

    /// Adds the text that remains when the end of the last paragraph was deleted.
    pub(super) fn end(&mut self, out: &mut Vec<Part>) {
        let pieces: Vec<Inline> = std::mem::take(&mut self.carried);
        self.put(Paragraph { pieces, ..Paragraph::default() }, out);
    }
}

/// Whether a content control is a table of contents.
fn is_contents(node: Node) -> bool {
    let gallery = child(node, "sdtPr").and_then(|properties| child(properties, "docPartObj"));
    gallery.and_then(|gallery| value(gallery, "docPartGallery")) == Some("Table of Contents")
}

/// Marks everything in paragraphs as changed.
pub(super) fn change_all(paragraphs: &mut [Paragraph], to: Change) {
    for piece in paragraphs.iter_mut().flat_map(|paragraph| &mut paragraph.pieces) {
        *piece = std::mem::replace(piece, Inline::plain("")).with_change(Some(to));
    }
}
