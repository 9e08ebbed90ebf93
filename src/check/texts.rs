//! Every printed text with its path, and problems of its markup.

use std::borrow::Cow;
use std::ops::Range;

use super::Findings;
use crate::diagnostic::{Diagnostic, shortened};
use crate::model::fields::{self, Field, Value, header};
use crate::model::inline::{self, Oddity};
use crate::model::limits::{LONGEST_DESIGNATION, LONGEST_TEXT};
use crate::model::{Block, Cell, Document, Item, Named, Number, Passage, Path, Remarks, Session, Table};
use crate::prepare::prints;

/// A printed text.
pub(super) struct Text<'d> {
    pub path: Path,
    pub text: &'d str,
    /// The same, parsed.
    pub inline: Cow<'d, inline::Text>,
    /// Whether it may be empty, as table cells may.
    pub optional: bool,
    /// The mark, if the text is a footnote or a note of a table.
    pub footnote: Option<&'d str>,
    /// The table that it is in.
    pub table: Option<(Path, &'d Table)>,
    /// Whether it is printed verbatim, without markup, as designations are.
    pub plain: bool,
    /// Whether documents of this kind print it.
    pub printed: bool,
    /// Whether it is the text of a heading.
    pub heading: bool,
}

impl<'d> Text<'d> {
    /// Returns the index of the part of the document that contains it, if it is in a part.
    pub fn part(&self) -> Option<usize> {
        self.path.entry("parts").map(|(_, place)| place)
    }

    fn new(path: Path, text: &'d impl Written) -> Self {
        let (text, inline) = text.written();
        let (optional, footnote, table, plain, printed, heading) = (false, None, None, false, true, false);
        Self { path, text, inline, optional, footnote, table, plain, printed, heading }
    }
}

/// A text of a document, or a string that is printed verbatim: it is parsed only to report markup in it.
trait Written {
    /// Returns the text with its markup, and the parsed text.
    fn written(&self) -> (&str, Cow<'_, inline::Text>);
}

impl Written for String {
    fn written(&self) -> (&str, Cow<'_, inline::Text>) {
        (self, Cow::Owned(self.as_str().into()))
    }
}

impl Written for inline::Text {
    fn written(&self) -> (&str, Cow<'_, inline::Text>) {
        (Self::written(self), Cow::Borrowed(self))
    }
}

/// Returns the printed texts of a document, footnotes last.
pub(super) fn texts(document: &Document) -> Vec<Text<'_>> {
    let mut list = List(Vec::new());
    list.fields(&Path::default(), header::ALL, document, |field| prints(document, field));
    list.blocks(&document.body, &"body".into());
    for (index, part) in document.parts.iter().enumerate() {
        let at = Path::from("parts").index(index);
        list.fields(&at, fields::part::ALL, part, |_| true);
        list.blocks(&part.body, &at.field("body"));
    }
    list.footnotes(&Path::default(), &document.footnotes);
    for (index, part) in document.parts.iter().enumerate() {
        list.footnotes(&Path::from("parts").index(index), &part.footnotes);
    }
    list.0
}

struct List<'d>(Vec<Text<'d>>);

impl<'d> List<'d> {
    fn add(&mut self, path: Path, text: &'d impl Written) {
        self.0.push(Text::new(path, text));
    }

    /// Adds the texts of the header, or of the head of a part.
    fn fields<T>(&mut self, at: &Path, table: &[Field<T>], record: &'d T, printed: impl Fn(&Field<T>) -> bool) {
        for field in table.iter().filter(|field| field.text.is_own() || field.text == fields::TextKind::Nested) {
            let path = at.field(field.name);
            let from = self.0.len();
            match (field.value)(record) {
                Value::Text(Some(text)) | Value::Session(Some(Session::Text(text))) => self.add(path, text),
                Value::Plain(Some(text)) => self.add(path, text),
                Value::Lines(lines) => self.one_or_many(&path, lines),
                Value::List(lines) | Value::Session(Some(Session::Lines(lines))) => {
                    self.lines(&path, lines);
                }
                Value::House(Some(house)) => {
                    let name = house.name.iter().map(|name| (path.field("name"), name));
                    let organs =
                        house.organs.iter().map(|(letters, name)| (path.field("organs").field(letters.clone()), name));
                    self.0.extend(name.chain(organs).map(|(path, text)| Text { plain: true, ..Text::new(path, text) }));
                }
                Value::Adoptions(adoptions) => {
                    for (index, adoption) in adoptions.iter().enumerate() {
                        self.maybe(&path.index(index), "meeting", adoption.meeting.as_ref());
                    }
                }
                _ => {}
            }
            if self.0.len() > from {
                let printed = printed(field);
                for text in &mut self.0[from..] {
                    (text.plain, text.printed) = (text.plain || field.text.is_plain(), printed);
                }
            }
        }
    }

    fn lines(&mut self, path: &Path, texts: &'d [impl Written]) {
        for (index, text) in texts.iter().enumerate() {
            self.add(path.index(index), text);
        }
    }

    fn one_or_many(&mut self, path: &Path, texts: &'d [impl Written]) {
        for (index, text) in texts.iter().enumerate() {
            self.add(path.one_of(index, texts.len()), text);
        }
    }

    fn blocks(&mut self, blocks: &'d [Block], path: &Path) {
        for (index, block) in blocks.iter().enumerate() {
            let at = path.index(index);
            match block {
                Block::Heading(heading) => {
                    self.designation(&at, "number", heading.number.as_ref());
                    self.0.push(Text { heading: true, ..Text::new(at.field("text"), &heading.text) });
                }
                Block::Annex(annex) => {
                    self.designation(&at, "number", annex.number.as_ref());
                    self.maybe(&at, "heading", annex.heading.as_ref());
                    self.maybe(&at, "title", annex.title.as_ref());
                    self.blocks(&annex.body, &at.field("body"));
                }
                Block::Signature(signature) => {
                    self.add(at.field("text"), &signature.text);
                    self.lines(&at.field("lines"), &signature.lines);
                }
                Block::Table(table) => self.table(table, &at),
                Block::Figure(figure) => {
                    self.designation(&at, "number", figure.number.as_ref());
                    self.maybe(&at, "title", figure.title.as_ref());
                    self.maybe(&at, "units", figure.units.as_ref());
                    self.designation(&at, "description", Some(&figure.description));
                    self.remarks(&at, figure.remarks());
                }
                Block::Vote(vote) => {
                    self.maybe(&at, "text", vote.text.as_ref());
                    for (name, states) in
                        [("in_favour", &vote.in_favour), ("against", &vote.against), ("abstaining", &vote.abstaining)]
                    {
                        self.lines(&at.field(name), states);
                    }
                }
                other => other.passage().into_iter().for_each(|passage| self.passage(passage, &at)),
            }
        }
    }

    fn footnotes(&mut self, at: &Path, notes: &'d Named<inline::Text>) {
        let at = at.field("footnotes");
        for (mark, text) in notes {
            self.0.push(Text { footnote: Some(mark), ..Text::new(at.field(mark.clone()), text) });
        }
    }

    fn maybe(&mut self, at: &Path, name: &'static str, text: Option<&'d impl Written>) {
        if let Some(text) = text {
            self.add(at.field(name), text);
        }
    }

    /// Adds a text that is printed without markup.
    fn designation(&mut self, at: &Path, name: &'static str, text: Option<&'d String>) {
        if let Some(text) = text {
            self.0.push(Text { plain: true, ..Text::new(at.field(name), text) });
        }
    }

    fn passage(&mut self, passage: &'d Passage, at: &Path) {
        self.add(at.field("text"), &passage.text);
        if let Number::Set(number) = &passage.number {
            self.designation(at, "number", Some(number));
        }
        self.items(&passage.items, at);
        self.lines(&at.field("continue"), &passage.continuation);
    }

    fn items(&mut self, items: &'d [Item], at: &Path) {
        for (index, item) in items.iter().enumerate() {
            let at = at.field("items").index(index);
            self.designation(&at, "label", item.label.as_ref());
            self.add(at.field("text"), &item.text);
            self.items(&item.items, &at);
            self.lines(&at.field("continue"), &item.continuation);
        }
    }

    fn table(&mut self, table: &'d Table, at: &Path) {
        let from = self.0.len();
        self.designation(at, "number", table.number.as_ref());
        self.maybe(at, "title", table.title.as_ref());
        self.maybe(at, "units", table.units.as_ref());
        self.cells(table.header.iter(), &at.field("header"));
        self.cells(table.rows.iter().map(|row| &row.cells), &at.field("rows"));
        self.remarks(at, table.remarks());
        for (mark, text) in &table.notes {
            self.0.push(Text { footnote: Some(mark), ..Text::new(at.field("notes").field(mark.clone()), text) });
        }
        self.0[from..].iter_mut().for_each(|text| text.table = Some((at.clone(), table)));
    }

    fn remarks(&mut self, at: &Path, remarks: Remarks<'d>) {
        for (name, text) in remarks {
            self.maybe(at, name, text);
        }
    }

    fn cells(&mut self, rows: impl Iterator<Item = &'d Vec<Cell>>, at: &Path) {
        for (row, cells) in rows.enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                let path = at.index(row).index(column);
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
    if let Some((_, range)) = text.inline.notes().next() {
        let error = Diagnostic::error("footnote-misplaced", "a footnote reference is not allowed here");
        let hint = "move the reference into a neighbouring text; this one is printed verbatim";
        findings.add_in(&text.path, &text.text[range], error.hint(hint));
    }
    let named = text.path.root() == Some(header::house.name);
    let designates = text.path.len() > 1 && !text.path.ends_in("description") && !named;
    if designates && text.text.chars().count() > LONGEST_DESIGNATION {
        let message = format!("the designation has more than {LONGEST_DESIGNATION} characters");
        findings
            .add(&text.path, Diagnostic::error("long-designation", message).hint("write it as “3.”, “(a)” or “IV”"));
    }
}

fn odd(text: &Text, findings: &mut Findings) {
    for oddity in text.inline.oddities() {
        match oddity {
            Oddity::Unclosed(range) => {
                let mark = &text.text[range.clone()];
                let message = format!("“{mark}” is not closed and is printed verbatim");
                let sign = &mark[..1];
                let hint = format!("close it, or write \\{sign} for a printed {sign}");
                let warning = Diagnostic::warning("unclosed-emphasis", message).hint(hint);
                findings.add_in(&text.path, unlike_others(text.text, range), warning);
            }
            Oddity::WithinWord(range) => {
                let message =
                    format!("“{}” begins no emphasis within a word and is printed verbatim", &text.text[range.clone()]);
                let hint = "put it before the word, or write \\* for a printed *";
                let warning = Diagnostic::warning("unclosed-emphasis", message).hint(hint);
                findings.add_in(&text.path, unlike_others(text.text, range), warning);
            }
            Oddity::Address(range, address) => {
                let message = format!("“{}” is not an allowed link address", shortened(address));
                let error = Diagnostic::error("address", message).hint("use http:, https: or mailto:");
                findings.add_in(&text.path, &text.text[range.clone()], error);
            }
        }
    }
}

/// Returns a stretch of a text with as much of the word after it as tells it from others before it.
fn unlike_others<'t>(text: &'t str, stretch: &Range<usize>) -> &'t str {
    let rest = &text[stretch.end..];
    let word =
        rest.char_indices().take_while(|(_, c)| !c.is_whitespace()).map(|(at, c)| stretch.end + at + c.len_utf8());
    let mut ends = std::iter::once(stretch.end).chain(word).map(|end| &text[stretch.start..end]);
    ends.find(|longer| text.find(longer) == Some(stretch.start)).unwrap_or(&text[stretch.clone()])
}
