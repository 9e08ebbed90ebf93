//! Converts Markdown elements into the blocks of a body.

use std::ops::Range;
use std::sync::Arc;

use super::super::layout;
use super::super::tree::{Field, Node, Value};
use super::super::yaml::parse_part;
use super::annexes::Annexes;
use super::elements::{Element, Kind};
use super::parts::{Divided, Parts};
use super::passages::{Count, Passage};
use super::tables::table;
use crate::diagnostic::{Diagnostic, Source};
use crate::model;

/// A body under construction.
pub(super) struct Body<'s> {
    pub source: &'s Arc<Source>,
    pub errors: Vec<Diagnostic>,
    warnings: Vec<Diagnostic>,
    /// Whether an organ acts in the document.
    pub acts: bool,
    pub count: Count,
    /// The last passage, to which items may be added.
    pub open: Option<Passage>,
    blocks: Annexes,
    parts: Parts,
    notes: Vec<Field>,
}

impl<'s> Body<'s> {
    /// Creates a body without blocks, with the notes written within its text.
    pub fn new(source: &'s Arc<Source>, kind: model::Kind, notes: Vec<Field>) -> Self {
        Self {
            source,
            errors: Vec::new(),
            warnings: Vec::new(),
            acts: kind.acts(),
            count: Count::default(),
            open: None,
            blocks: Annexes::default(),
            parts: Parts::default(),
            notes,
        }
    }

    /// Returns blocks, parts and footnotes, and the warnings; appends its errors to `errors`.
    pub fn finish(mut self, errors: &mut Vec<Diagnostic>) -> (Divided, Vec<Diagnostic>) {
        self.divide();
        errors.append(&mut self.errors);
        self.notes.sort_by_key(|note| note.key_span.start);
        (self.parts.finish(self.notes), self.warnings)
    }

    /// Ends the current blocks, because a part begins or the text ends.
    fn divide(&mut self) {
        self.close();
        self.parts.push(std::mem::take(&mut self.blocks).finish());
        self.count = Count::default();
    }

    pub fn structure(&mut self, span: Range<usize>, message: &str, hint: &str) {
        let line = self.source.text.get(span.clone()).and_then(|text| text.lines().next()).unwrap_or("");
        let error = Diagnostic::error("markdown-structure", message).hint(hint);
        self.errors.push(error.in_source(self.source, span.start..span.start + line.trim_end().len()));
    }

    /// Whether nothing has been added yet.
    pub fn is_empty(&self) -> bool {
        self.open.is_none() && self.blocks.is_empty()
    }

    /// Ends the last passage.
    pub fn close(&mut self) {
        if let Some(passage) = self.open.take() {
            let (kind, node) = passage.finish();
            self.blocks.push(block(kind, node));
        }
    }

    fn push(&mut self, kind: &str, node: Node) {
        self.close();
        self.blocks.push(block(kind, node));
    }

    /// Adds elements of the text.
    pub fn add(&mut self, elements: Vec<Element>) {
        for Element { kind, span } in elements {
            match kind {
                Kind::Paragraph(text) => self.paragraph(text),
                Kind::List(entries) => self.list(entries),
                Kind::Quote(children) => self.quote(children),
                Kind::Heading(level, text) => self.heading(level, text),
                Kind::Table(alignments, rows) => self.push("table", table(&alignments, rows, span)),
                Kind::Picture(picture) => {
                    let (image, description, title) = *picture;
                    let fields = [("image", Some(image)), ("description", Some(description)), ("title", title)];
                    self.push("figure", Node::map(span, fields));
                }
                Kind::Fence(name, content) => self.fence(name, content),
                Kind::Note(mark, children) => self.note(mark, span, children),
            }
        }
    }

    /// Adds a quotation: each paragraph is a block, and a list belongs to the paragraph before it.
    fn quote(&mut self, children: Vec<Element>) {
        self.close();
        for Element { kind, span } in children {
            match kind {
                Kind::Paragraph(text) => {
                    self.close();
                    self.open = Some(Passage::new("quote", text, &self.source.text));
                }
                Kind::List(entries) => self.items(entries),
                _ => {
                    let hint = "begin it at the left margin; a quotation contains only paragraphs and items";
                    self.structure(span, "not allowed within a quotation", hint);
                }
            }
        }
        self.close();
    }

    fn heading(&mut self, level: u8, mut text: Node) {
        const LOWEST: u8 = 4;
        self.close();
        let layout = layout::taken_off(&mut text, &self.source.text);
        if level > LOWEST {
            let message = "a heading has at most four # signs";
            self.structure(text.span, message, "use one of the four levels of headings");
        } else if self.blocks.begin(level, &text, &layout) {
            self.count = Count::default();
        } else if self.acts && Parts::is_letter(level, &text) {
            self.divide();
            self.parts.begin(&text, layout);
        } else if !(self.blocks.is_empty() && self.parts.is_title(level, &text) || self.blocks.is_title(level, &text)) {
            self.blocks.push(block("heading", heading(level, text, layout)));
        } else if let Some(layout) = layout {
            let hint = "put it at the end of the heading above";
            self.structure(layout.span, "a title has its layout in the heading above it", hint);
        }
    }

    /// Adds a fenced block: the block of that name, in YAML.
    fn fence(&mut self, name: Node, content: Range<usize>) {
        self.close();
        let end = content.end;
        let node = match parse_part(self.source, content) {
            Ok((node, warnings)) => {
                self.warnings.extend(warnings);
                node.unwrap_or(Node { value: Value::Null, span: end..end })
            }
            Err(errors) => {
                self.errors.extend(errors);
                return;
            }
        };
        let Value::String(kind) = name.value else { return };
        if kind == "annex" && matches!(node.value, Value::Map(_)) && node.field("body").is_none() {
            self.count = Count::default();
            return self.blocks.begin_with(node);
        }
        if kind == "part" && matches!(node.value, Value::Map(_)) {
            self.divide();
            return self.parts.begin_with(name.span.start, node);
        }
        self.count.pass(&kind, &node);
        let field = Field { key: kind, key_span: name.span.clone(), node };
        let span = name.span.start..field.node.span.end;
        self.blocks.push(Node { value: Value::Map(vec![field]), span });
    }

    /// Adds a footnote, which must be a single paragraph.
    fn note(&mut self, mark: String, span: Range<usize>, children: Vec<Element>) {
        let key_span = span.start..span.start + mark.len() + "[^]".len();
        let mut children = children.into_iter();
        let text = match children.next() {
            Some(Element { kind: Kind::Paragraph(text), .. }) => text,
            None => Node::text("", key_span.end..key_span.end),
            Some(_) => {
                let hint = "write its text after the colon";
                return self.structure(span, "a footnote must be a paragraph", hint);
            }
        };
        if let Some(more) = children.next() {
            let hint = "join it with the first, or indent it less if it is not part of the footnote";
            self.structure(more.span, "a footnote must be a single paragraph", hint);
        }
        self.notes.push(Field { key: mark, key_span, node: text });
    }
}

/// Creates a block of a kind.
pub(super) fn block(kind: &str, node: Node) -> Node {
    Node::map(node.span.clone(), [(kind, Some(node))])
}

/// Creates a heading. A designation at the beginning of its text is its number: “IV. Conclusions”.
fn heading(level: u8, text: Node, layout: Option<Node>) -> Node {
    let span = text.span.clone();
    let level = Node { value: Value::Number(level.to_string()), span: span.clone() };
    let Value::String(words) = &text.value else { return text };
    let split = words.split_once(". ").filter(|(number, rest)| designates(number) && !rest.is_empty());
    let (number, text) = match split {
        Some((number, rest)) => {
            let cut = span.start + number.len();
            let at = span.end.min(cut + 2)..span.end;
            (Some(Node::text(number, span.start..cut)), Node::text(rest.trim_start(), at))
        }
        None => (None, text),
    };
    Node::map(span, [("level", Some(level)), ("number", number), ("text", Some(text)), ("layout", layout)])
}

/// Whether a word is a designation: a Roman numeral, a capital letter or a number.
pub(in crate::read) fn designates(word: &str) -> bool {
    let all = |fits: fn(char) -> bool| !word.is_empty() && word.chars().all(fits);
    let letter = word.len() == 1 && all(|c| c.is_ascii_uppercase());
    letter || all(|c| "IVXL".contains(c)) || (word.len() <= 3 && all(|c| c.is_ascii_digit()))
}
