//! Every printed text with its path, and problems of its markup.

use indexmap::IndexMap;

use super::Findings;
use crate::diagnostic::{Diagnostic, shortened};
use crate::model::inline::{self, Oddity};
use crate::model::limits::{LONGEST_DESIGNATION, LONGEST_TEXT};
use crate::model::{Block, Cell, Document, Item, Number, Passage, Session};
use crate::prepare::prints;

/// A printed text.
pub(super) struct Text<'d> {
    pub path: String,
    pub text: &'d str,
    /// Whether it may be empty, as table cells may.
    pub optional: bool,
    /// The mark, if the text is a footnote.
    pub footnote: Option<&'d str>,
    /// Whether it is printed verbatim, without markup, as designations are.
    pub plain: bool,
    /// Whether documents of this kind print it.
    pub printed: bool,
    /// Whether it is the text of a heading.
    pub heading: bool,
}

impl<'d> Text<'d> {
    /// Returns the part of the document that contains it, such as `parts[1]`; empty outside of parts.
    pub fn part(&self) -> &str {
        let end = self.path.find(']').filter(|_| self.path.starts_with("parts["));
        end.map_or("", |end| &self.path[..=end])
    }

    fn new(path: String, text: &'d str) -> Self {
        Self { path, text, optional: false, footnote: None, plain: false, printed: true, heading: false }
    }
}

/// Returns the printed texts of a document, footnotes last.
pub(super) fn texts(document: &Document) -> Vec<Text<'_>> {
    let mut list = List(Vec::new());
    let single = [
        ("organ", &document.organ),
        ("job", &document.job),
        ("agenda_item", &document.agenda_item),
        ("body_name", &document.body_name),
        ("submitted_by", &document.submitted_by),
        ("adopted_note", &document.adopted_note),
        ("number", &document.number),
        ("title", &document.title),
        ("running_title", &document.running_title),
        ("meeting", &document.meeting),
        ("document_type", &document.document_type),
        ("part", &document.part),
    ];
    for (path, text) in single {
        if let Some(text) = text {
            let plain = matches!(path, "organ" | "job" | "running_title" | "number");
            let printed = prints(document, path);
            list.0.push(Text { plain, printed, ..Text::new(path.to_owned(), text) });
        }
    }
    for (index, also) in document.also_adopted.iter().enumerate() {
        if let Some(meeting) = &also.meeting {
            let printed = prints(document, "also_adopted");
            list.0.push(Text { printed, ..Text::new(format!("also_adopted[{index}].meeting"), meeting) });
        }
    }
    match &document.session {
        Some(Session::Text(text)) => list.add("session".into(), text),
        Some(Session::Lines(texts)) => list.lines("session", texts),
        Some(Session::Number(_)) | None => {}
    }
    for (path, texts) in [("agenda_title", &document.agenda_title), ("adopted_text", &document.adopted_text)] {
        match &texts[..] {
            [one] => list.add(path.into(), one),
            many => list.lines(path, many),
        }
    }
    let from = list.0.len();
    list.lines("sponsors", &document.sponsors);
    let printed = prints(document, "sponsors");
    list.0[from..].iter_mut().for_each(|text| text.printed = printed);
    list.blocks(&document.body, "body");
    for (index, part) in document.parts.iter().enumerate() {
        let at = format!("parts[{index}]");
        list.maybe(&at, "letter", part.letter.as_ref());
        list.maybe(&at, "title", part.title.as_ref());
        list.maybe(&at, "meeting", part.meeting.as_ref());
        match &part.adopted_text[..] {
            [one] => list.add(format!("{at}.adopted_text"), one),
            many => list.lines(&format!("{at}.adopted_text"), many),
        }
        list.blocks(&part.body, &format!("{at}.body"));
    }
    list.footnotes("", &document.footnotes);
    for (index, part) in document.parts.iter().enumerate() {
        list.footnotes(&format!("parts[{index}]."), &part.footnotes);
    }
    list.0
}

struct List<'d>(Vec<Text<'d>>);

impl<'d> List<'d> {
    fn add(&mut self, path: String, text: &'d str) {
        self.0.push(Text::new(path, text));
    }

    fn lines(&mut self, path: &str, texts: &'d [String]) {
        for (index, text) in texts.iter().enumerate() {
            self.add(format!("{path}[{index}]"), text);
        }
    }

    fn blocks(&mut self, blocks: &'d [Block], path: &str) {
        for (index, block) in blocks.iter().enumerate() {
            let at = format!("{path}[{index}]");
            match block {
                Block::Heading(heading) => {
                    self.designation(&at, "number", heading.number.as_ref());
                    self.0.push(Text { heading: true, ..Text::new(format!("{at}.text"), &heading.text) });
                }
                Block::Annex(annex) => {
                    self.designation(&at, "number", annex.number.as_ref());
                    self.maybe(&at, "heading", annex.heading.as_ref());
                    self.maybe(&at, "title", annex.title.as_ref());
                    self.blocks(&annex.body, &format!("{at}.body"));
                }
                Block::Signature(signature) => {
                    self.add(format!("{at}.text"), &signature.text);
                    self.lines(&format!("{at}.lines"), &signature.lines);
                }
                Block::Table(table) => {
                    self.designation(&at, "number", table.number.as_ref());
                    self.maybe(&at, "title", table.title.as_ref());
                    self.cells(&table.header, &format!("{at}.header"));
                    self.cells(&table.rows, &format!("{at}.rows"));
                }
                Block::Figure(figure) => {
                    self.designation(&at, "number", figure.number.as_ref());
                    self.maybe(&at, "title", figure.title.as_ref());
                    self.designation(&at, "description", Some(&figure.description));
                }
                Block::Vote(vote) => {
                    self.maybe(&at, "text", vote.text.as_ref());
                    for (name, states) in
                        [("in_favour", &vote.in_favour), ("against", &vote.against), ("abstaining", &vote.abstaining)]
                    {
                        self.lines(&format!("{at}.{name}"), states);
                    }
                }
                other => other.passage().into_iter().for_each(|passage| self.passage(passage, &at)),
            }
        }
    }

    fn footnotes(&mut self, at: &str, notes: &'d IndexMap<String, String>) {
        for (mark, text) in notes {
            self.0.push(Text { footnote: Some(mark), ..Text::new(format!("{at}footnotes.{mark}"), text) });
        }
    }

    fn maybe(&mut self, at: &str, name: &str, text: Option<&'d String>) {
        if let Some(text) = text {
            self.add(format!("{at}.{name}"), text);
        }
    }

    /// Adds a text that is printed without markup.
    fn designation(&mut self, at: &str, name: &str, text: Option<&'d String>) {
        if let Some(text) = text {
            self.0.push(Text { plain: true, ..Text::new(format!("{at}.{name}"), text) });
        }
    }

    fn passage(&mut self, passage: &'d Passage, at: &str) {
        self.add(format!("{at}.text"), &passage.text);
        if let Number::Set(number) = &passage.number {
            self.designation(at, "number", Some(number));
        }
        self.items(&passage.items, at);
        self.lines(&format!("{at}.continue"), &passage.continuation);
    }

    fn items(&mut self, items: &'d [Item], at: &str) {
        for (index, item) in items.iter().enumerate() {
            let at = format!("{at}.items[{index}]");
            self.designation(&at, "label", item.label.as_ref());
            self.add(format!("{at}.text"), &item.text);
            self.items(&item.items, &at);
            self.lines(&format!("{at}.continue"), &item.continuation);
        }
    }

    fn cells(&mut self, rows: &'d [Vec<Cell>], at: &str) {
        for (row, cells) in rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                let path = format!("{at}[{row}][{column}]");
                self.0.push(Text { optional: true, ..Text::new(path, &cell.text) });
            }
        }
    }
}

/// Reports problems of texts.
pub(super) fn check(texts: &[Text], findings: &mut Findings) {
    for text in texts.iter().filter(|text| text.text.len() <= LONGEST_TEXT) {
        let seen = |c: char| !c.is_whitespace() && !crate::read::is_invisible(c);
        if !text.text.contains(seen) && !text.optional {
            let error = Diagnostic::error("empty-text", "the text is empty");
            findings.add(&text.path, error.hint("write a text, or remove the field"));
        }
        if text.plain { plain(text, findings) } else { odd(text, findings) }
    }
}

/// Checks a text printed verbatim: it must not have footnote references, and a designation must be short.
fn plain(text: &Text, findings: &mut Findings) {
    if let Some((_, range)) = inline::notes(text.text).first() {
        let error = Diagnostic::error("footnote-misplaced", "a footnote reference is not allowed here");
        let hint = "move the reference into a neighbouring text; this one is printed verbatim";
        findings.add_in(&text.path, &text.text[range.clone()], error.hint(hint));
    }
    let designates = text.path.contains('[') && !text.path.ends_with("description");
    if designates && text.text.chars().count() > LONGEST_DESIGNATION {
        let message = format!("the designation has more than {LONGEST_DESIGNATION} characters");
        findings
            .add(&text.path, Diagnostic::error("long-designation", message).hint("write it as “3.”, “(a)” or “IV”"));
    }
}

fn odd(text: &Text, findings: &mut Findings) {
    for oddity in inline::parse(text.text).1 {
        match oddity {
            Oddity::Unclosed(range) => {
                let mark = &text.text[range];
                let message = format!("“{mark}” is not closed and is printed verbatim");
                let hint = "close it, or write \\* for a printed asterisk";
                findings.add_in(&text.path, mark, Diagnostic::warning("unclosed-emphasis", message).hint(hint));
            }
            Oddity::Address(range, address) => {
                let message = format!("“{}” is not an allowed link address", shortened(&address));
                let error = Diagnostic::error("address", message).hint("use http:, https: or mailto:");
                findings.add_in(&text.path, &text.text[range], error);
            }
        }
    }
}
