//! Makes a document of the paragraphs of a file: the head, the paragraphs of an act or of running text with their
//! sub-paragraphs, headings, annexes, tables and notes.

mod acts;
mod body;
mod head;
mod labels;
mod language;
mod passages;
mod sponsors;
mod tables;

use std::ops::Range;
use std::sync::Arc;

use super::Imported;
use super::draft::{Draft, Paragraph, Part, Role};
use crate::diagnostic::{self, Diagnostic, Source};
use crate::model::{Block, Document, Inline, Language, Text};
use crate::read::is_invisible;
pub(super) use body::Builder;
pub(super) use labels::typed_label;
pub(super) use language::language as language_of;
pub(super) use passages::Entry;
pub(super) use sponsors::names;

/// The longest line of a head, in characters; what is longer is running text.
const LONGEST_LINE: usize = 250;

/// What is doubtful, with its places.
#[derive(Default)]
pub(super) struct Doubts(Vec<(Range<usize>, Diagnostic)>);

impl Doubts {
    pub fn push(&mut self, span: Range<usize>, finding: Diagnostic) {
        self.0.push((span, finding));
    }

    /// Reports a text that fits no field or block.
    pub fn unplaced(&mut self, span: Range<usize>, what: &str) {
        let finding = Diagnostic::warning("import-unplaced", format!("{what}; it is kept as a paragraph"))
            .hint("move it to the field or block that it belongs to, or remove it");
        self.push(span, finding);
    }

    /// Reports how a text was read, if it can be read otherwise.
    pub fn doubtful(&mut self, span: Range<usize>, message: impl Into<String>) {
        self.push(span, Diagnostic::advice("import-doubtful", message));
    }

    /// Returns the findings in the order of the source.
    pub fn placed(mut self, source: &Arc<Source>) -> Vec<Diagnostic> {
        self.0.sort_by_key(|(span, _)| span.start);
        self.0.into_iter().map(|(span, finding)| finding.in_source(source, span)).collect()
    }
}

/// Makes a document of a file.
pub(super) fn document(draft: Draft) -> Result<Imported, Vec<Diagnostic>> {
    let Draft { source, mut parts, notes, around, mut findings } = draft;
    if parts.is_empty() {
        let error = Diagnostic::error("empty-source", "the file contains no text");
        return Err(vec![error.in_source(&source, 0..0)]);
    }
    let texts: Vec<String> = parts.iter().flat_map(Part::paragraphs).map(Paragraph::plain).collect();
    let language = language::language(&texts);
    let mut doubts = Doubts::default();
    contents(&mut parts);
    let mut parts: Vec<Part> = parts.into_iter().flat_map(divided).collect();
    let start = start(&parts, language);
    let body = parts.split_off(start.index);
    let mut head = head::Head::new(language, start.is_act);
    head.read(parts, &mut doubts);
    head.read_around(around, &mut doubts);
    let (mut document, left) = head.finish(&mut doubts, body.first());
    let mut builder = Builder::new(language, start.is_act, &body);
    builder.is_adopted = document.kind.is_adopted();
    for line in left {
        builder.leftover(line, &mut doubts);
    }
    if start.is_act && !start.is_named {
        let place = body.first().map_or(0..0, place);
        let finding = Diagnostic::warning("import-missing", "no line names the organ that acts")
            .hint("add it before the preamble: enacting: \"*The General Assembly*,\"");
        doubts.push(place, finding);
    }
    builder.read(body, start.is_named, &mut doubts);
    builder.finish(&mut document, &mut doubts);
    notes_of(&mut document, notes, &mut doubts);
    findings.extend(doubts.placed(&source));
    diagnostic::sort(&mut findings);
    Ok(Imported { document, findings })
}

/// Adds the notes. A note whose reference was in a line that became a field without notes, such as the symbol, is
/// referred to by the title.
fn notes_of(document: &mut Document, notes: Vec<(String, Text)>, doubts: &mut Doubts) {
    document.footnotes = notes.into_iter().collect();
    let referred = document.marks();
    let lost = document.footnotes.keys().filter(|mark| !referred.contains(*mark));
    let lost: Vec<Inline> = lost.map(|mark| Inline::note(mark.as_str())).collect();
    if lost.is_empty() {
        return;
    }
    let first = document.body.iter_mut().find_map(|block| match block {
        Block::Enacting(passage) | Block::Paragraph(passage) | Block::Numbered(passage) => Some(&mut passage.text),
        _ => None,
    });
    if let Some(text) = document.title.as_mut().or(first) {
        *text = [text.pieces().to_vec(), lost].concat().into();
        let message = "the reference to a note of the head is put after the title or the first paragraph";
        doubts.push(0..0, Diagnostic::advice("import-changed", message).hint("move it to where it belongs"));
    }
}

/// Divides a paragraph at line breaks where its lines are paragraphs: after the end of a clause, or before a label.
fn divided(part: Part) -> Vec<Part> {
    let Part::Paragraph(paragraph) = part else { return vec![part] };
    let mut parts: Vec<Paragraph> = Vec::new();
    for line in paragraph.lines() {
        let text = line.plain();
        let ends_clause = |before: &Paragraph| before.plain().trim_end().ends_with([',', ';', ':', '.']);
        match parts.last_mut() {
            Some(before) if !ends_clause(before) && typed_label(&text).is_none() => {
                before.pieces.push(Inline::plain("\n"));
                before.pieces.extend(line.pieces);
            }
            Some(_) if line.is_empty() => {}
            // Only the first has the label of the paragraph.
            Some(_) => parts.push(Paragraph { label: None, ..line }),
            None => parts.push(line),
        }
    }
    parts.into_iter().filter(|part| !part.is_empty()).map(Part::Paragraph).collect()
}

/// The headings of tables of contents.
const CONTENTS: [&str; 10] = [
    "contents",
    "table of contents",
    "table des matières",
    "sommaire",
    "índice",
    "содержание",
    "目录",
    "المحتويات",
    "inhalt",
    "inhaltsverzeichnis",
];

/// The headings with which bodies begin: summaries, introductions and the like.
const FIRST_HEADINGS: [&str; 44] = [
    "summary",
    "executive summary",
    "abstract",
    "introduction",
    "background",
    "foreword",
    "preface",
    "résumé",
    "résumé analytique",
    "contexte",
    "historique",
    "avant-propos",
    "préface",
    "resumen",
    "resumen ejecutivo",
    "introducción",
    "antecedentes",
    "prefacio",
    "prólogo",
    "резюме",
    "введение",
    "предисловие",
    "摘要",
    "内容提要",
    "导言",
    "引言",
    "背景",
    "前言",
    "موجز",
    "ملخص",
    "مقدمة",
    "معلومات أساسية",
    "zusammenfassung",
    "einleitung",
    "hintergrund",
    "vorwort",
    "resumo",
    "introdução",
    "contexto",
    "sumário",
    "sintesi",
    "riassunto",
    "introduzione",
    "prefazione",
];

/// Whether a line is a heading with which bodies begin, and so no title.
fn is_first_heading(paragraph: &Paragraph) -> bool {
    let plain = paragraph.plain().to_lowercase();
    let text = plain.trim().trim_end_matches(['.', ':', '：', '*']).trim_end();
    CONTENTS.contains(&text) || FIRST_HEADINGS.contains(&text)
}

/// Marks the lines of a table of contents that no style marks: those after its heading, with the numbers of pages.
fn contents(parts: &mut [Part]) {
    let plain = |part: &Part| match part {
        Part::Paragraph(paragraph) => paragraph.plain(),
        Part::Table(_) => String::new(),
    };
    let is_line = |text: &str| {
        let page = text.rsplit('\t').next().unwrap_or_default();
        let figures = page.chars().filter(|c| c.is_numeric()).count();
        let others = page.chars().any(|c| !c.is_numeric() && !c.is_whitespace() && !is_invisible(c));
        text.contains('\t') && (1..=4).contains(&figures) && !others
    };
    let is_heading = |part: &Part| CONTENTS.contains(&plain(part).trim().to_lowercase().as_str());
    let Some(start) = parts.iter().position(is_heading) else { return };
    // The word “Page” may come first.
    let first = (start + 1..parts.len().min(start + 3)).find(|index| is_line(&plain(&parts[*index])));
    let Some(first) = first else { return };
    let end = (first..parts.len()).find(|index| !is_line(&plain(&parts[*index]))).unwrap_or(parts.len());
    for part in &mut parts[start..end] {
        if let Part::Paragraph(paragraph) = part {
            paragraph.role = Some(Role::Contents);
        }
    }
}

fn place(part: &Part) -> Range<usize> {
    part.paragraphs().first().map_or(0..0, |first| first.span.clone())
}

/// Where the body begins.
struct Start {
    index: usize,
    is_act: bool,
    /// Whether it begins with the line that names the organ.
    is_named: bool,
}

fn start(parts: &[Part], language: Language) -> Start {
    let paragraph = |index: usize| match parts.get(index) {
        Some(Part::Paragraph(paragraph)) => Some(paragraph),
        _ => None,
    };
    let enacts = |index: &usize| {
        let next = paragraph(index + 1);
        paragraph(*index).is_some_and(|this| acts::is_enacting(this, next, language))
    };
    if let Some(index) = (0..parts.len()).find(enacts) {
        return Start { index, is_act: true, is_named: true };
    }
    // A draft without the line: a preamble, and operative paragraphs after it.
    let opens = |index: &usize, as_operative: bool| {
        let text = paragraph(*index).map(Paragraph::plain).unwrap_or_default();
        let begins = typed_label(&text).map_or(0, |(_, at)| at);
        acts::opening(&text[begins..], language) == Some(as_operative)
    };
    let comma = |index: &usize| paragraph(*index).is_some_and(|this| this.plain().trim_end().ends_with(acts::COMMAS));
    let preamble = (0..parts.len()).find(|index| opens(index, false) && comma(index));
    let operative = |from: usize| (from..parts.len()).any(|index| opens(&index, true));
    if let Some(index) = preamble.filter(|index| operative(*index)) {
        return Start { index, is_act: true, is_named: false };
    }
    let begins = |part: &Part| match part {
        Part::Table(table) => !head::is_head(table, language),
        Part::Paragraph(paragraph) => {
            let text = paragraph.plain();
            let is_long = text.chars().count() > LONGEST_LINE || text.trim_end().ends_with('.') && text.contains(' ');
            let is_label = paragraph.label.is_some() || typed_label(&text).is_some();
            let is_deep = matches!(paragraph.role, Some(Role::Heading(2..)));
            // Lines of contents are left out wherever they stand.
            let is_first = is_first_heading(paragraph) && paragraph.role != Some(Role::Contents);
            is_long || is_label || is_deep || is_first
        }
    };
    let mut index = parts.iter().position(begins).unwrap_or(parts.len());
    // A heading of the body, unless it is the only line that can be the title.
    let is_heading = |part: &Part| matches!(part, Part::Paragraph(Paragraph { role: Some(Role::Heading(_)), .. }));
    let titles = |parts: &[Part]| {
        let title = |part: &&Part| matches!(part, Part::Paragraph(Paragraph { role: Some(_), .. }));
        parts.iter().filter(title).count()
    };
    while index > 0 && is_heading(&parts[index - 1]) && titles(&parts[..index]) > 1 {
        index -= 1;
    }
    Start { index, is_act: false, is_named: false }
}
