//! Every text that is printed, with its path, and what is odd about it.

use super::Findings;
use crate::diagnostic::Diagnostic;
use crate::model::inline::{self, Oddity};
use crate::model::{Block, Cell, Document, Item, Number, Passage, Session};

/// A printed text.
pub(super) struct Text<'d> {
    pub path: String,
    pub text: &'d str,
    /// Whether it may be empty: cells of tables may.
    pub optional: bool,
    /// The mark, if it is a footnote.
    pub footnote: Option<&'d str>,
}

/// The printed texts of a document, footnotes last.
pub(super) fn texts(document: &Document) -> Vec<Text<'_>> {
    let mut list = List(Vec::new());
    let single = [
        ("job", &document.job),
        ("agenda_item", &document.agenda_item),
        ("body_name", &document.body_name),
        ("submitted_by", &document.submitted_by),
        ("adopted_note", &document.adopted_note),
        ("number", &document.number),
        ("title", &document.title),
        ("running_title", &document.running_title),
        ("meeting", &document.meeting),
    ];
    for (path, text) in single {
        if let Some(text) = text {
            list.add(path.to_owned(), text);
        }
    }
    match &document.session {
        Some(Session::Text(text)) => list.add("session".into(), text),
        Some(Session::Lines(texts)) => list.lines("session", texts),
        Some(Session::Number(_)) | None => {}
    }
    match &document.agenda_title[..] {
        [one] => list.add("agenda_title".into(), one),
        many => list.lines("agenda_title", many),
    }
    list.lines("sponsors", &document.sponsors);
    list.blocks(&document.body, "body");
    for (mark, text) in &document.footnotes {
        list.0.push(Text { path: format!("footnotes.{mark}"), text, optional: false, footnote: Some(mark) });
    }
    list.0
}

struct List<'d>(Vec<Text<'d>>);

impl<'d> List<'d> {
    fn add(&mut self, path: String, text: &'d str) {
        self.0.push(Text { path, text, optional: false, footnote: None });
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
                Block::Enacting(p)
                | Block::Preambular(p)
                | Block::Operative(p)
                | Block::Paragraph(p)
                | Block::Numbered(p)
                | Block::Quote(p) => self.passage(p, &at),
                Block::Heading(heading) => {
                    self.maybe(&at, "number", heading.number.as_ref());
                    self.add(format!("{at}.text"), &heading.text);
                }
                Block::Annex(annex) => {
                    self.maybe(&at, "number", annex.number.as_ref());
                    self.maybe(&at, "heading", annex.heading.as_ref());
                    self.maybe(&at, "title", annex.title.as_ref());
                    self.blocks(&annex.body, &format!("{at}.body"));
                }
                Block::Signature(signature) => {
                    self.add(format!("{at}.text"), &signature.text);
                    self.lines(&format!("{at}.lines"), &signature.lines);
                }
                Block::Table(table) => {
                    self.maybe(&at, "number", table.number.as_ref());
                    self.maybe(&at, "title", table.title.as_ref());
                    self.cells(&table.header, &format!("{at}.header"));
                    self.cells(&table.rows, &format!("{at}.rows"));
                }
                Block::Figure(figure) => {
                    self.maybe(&at, "number", figure.number.as_ref());
                    self.maybe(&at, "title", figure.title.as_ref());
                    self.add(format!("{at}.description"), &figure.description);
                }
                Block::Vote(vote) => {
                    self.maybe(&at, "text", vote.text.as_ref());
                    for (name, states) in
                        [("in_favour", &vote.in_favour), ("against", &vote.against), ("abstaining", &vote.abstaining)]
                    {
                        self.lines(&format!("{at}.{name}"), states);
                    }
                }
            }
        }
    }

    fn maybe(&mut self, at: &str, name: &str, text: Option<&'d String>) {
        if let Some(text) = text {
            self.add(format!("{at}.{name}"), text);
        }
    }

    fn passage(&mut self, passage: &'d Passage, at: &str) {
        self.add(format!("{at}.text"), &passage.text);
        if let Number::Set(number) = &passage.number {
            self.add(format!("{at}.number"), number);
        }
        self.items(&passage.items, at);
        self.lines(&format!("{at}.continue"), &passage.goes_on);
    }

    fn items(&mut self, items: &'d [Item], at: &str) {
        for (index, item) in items.iter().enumerate() {
            let at = format!("{at}.items[{index}]");
            self.maybe(&at, "label", item.label.as_ref());
            self.add(format!("{at}.text"), &item.text);
            self.items(&item.items, &at);
            self.lines(&format!("{at}.continue"), &item.goes_on);
        }
    }

    fn cells(&mut self, rows: &'d [Vec<Cell>], at: &str) {
        for (row, cells) in rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                let path = format!("{at}[{row}][{column}]");
                self.0.push(Text { path, text: &cell.text, optional: true, footnote: None });
            }
        }
    }
}

/// Says what is odd about texts.
pub(super) fn check(texts: &[Text], findings: &mut Findings) {
    for text in texts {
        let (pieces, oddities) = inline::parse(text.text);
        if pieces.is_empty() && !text.optional {
            let fault = Diagnostic::fault("empty-text", "there is no text here");
            findings.add(&text.path, fault.hint("write it, or leave the field out"));
        }
        for oddity in oddities {
            match oddity {
                Oddity::Unclosed(range) => {
                    let mark = &text.text[range];
                    let message = format!("“{mark}” opens and is not closed; it is printed as it stands");
                    let hint = "close it, or write \\* for a printed asterisk";
                    findings.add_in(&text.path, mark, Diagnostic::warning("unclosed-emphasis", message).hint(hint));
                }
                Oddity::Address(range, address) => {
                    let address = crate::diagnostic::shortened(&address);
                    let message = format!("“{address}” is not an address that a page may lead to");
                    let fault = Diagnostic::fault("address", message).hint("use http:, https: or mailto:");
                    findings.add_in(&text.path, &text.text[range], fault);
                }
            }
        }
    }
}
