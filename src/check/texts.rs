//! Every printed text with its path, and problems of its markup.

use indexmap::IndexMap;

use super::Findings;
use crate::diagnostic::{Diagnostic, shortened};
use crate::model::fields::{self, Field, Value, header};
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
    list.fields("", header::ALL, document, |field| prints(document, field));
    list.blocks(&document.body, "body");
    for (index, part) in document.parts.iter().enumerate() {
        let at = format!("parts[{index}]");
        list.fields(&format!("{at}."), fields::part::ALL, part, |_| true);
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

    /// Adds the texts of the header, or of the head of a part.
    fn fields<T>(&mut self, at: &str, table: &[Field<T>], record: &'d T, printed: impl Fn(&Field<T>) -> bool) {
        for field in table.iter().filter(|field| field.text.is_own() || field.text == fields::Text::Nested) {
            let path = format!("{at}{}", field.name);
            let from = self.0.len();
            match (field.value)(record) {
                Value::Text(Some(text)) | Value::Session(Some(Session::Text(text))) => self.add(path, text),
                Value::Lines(lines) if lines.len() == 1 => self.add(path, &lines[0]),
                Value::Lines(lines) | Value::List(lines) | Value::Session(Some(Session::Lines(lines))) => {
                    self.lines(&path, lines);
                }
                Value::Adoptions(adoptions) => {
                    for (index, adoption) in adoptions.iter().enumerate() {
                        self.maybe(&format!("{path}[{index}]"), "meeting", adoption.meeting.as_ref());
                    }
                }
                _ => {}
            }
            if self.0.len() > from {
                let printed = printed(field);
                for text in &mut self.0[from..] {
                    (text.plain, text.printed) = (field.text.is_plain(), printed);
                }
            }
        }
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
