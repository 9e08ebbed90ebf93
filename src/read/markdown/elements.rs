//! Parses Markdown into elements (paragraphs, headings, lists and so on), each with its byte range.

use std::collections::BTreeSet;
use std::iter::Peekable;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, OffsetIter, Options, Parser, Tag};

use super::super::limits::{DEEPEST, MOST_ERRORS, too_deep};
use super::super::tree::{Field, Node};
use super::foreign::{CODE, DEFINITION, Foreign, foreign};
use super::indents::Levelled;
use super::inline_notes::InlineNotes;
use super::texts::is_inline;
use crate::diagnostic::{Diagnostic, Source};

const READ: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS);

/// An element and its byte range in the source.
pub(super) struct Element {
    pub kind: Kind,
    pub span: Range<usize>,
}

/// What an element is.
pub(super) enum Kind {
    Paragraph(Node),
    /// An image alone in its paragraph: address, description, title.
    Picture(Box<(Node, Node, Option<Node>)>),
    Heading(u8, Node),
    List(Vec<Entry>),
    Quote(Vec<Element>),
    /// The alignment of the columns, and the cells of every row, the header first.
    Table(Vec<Alignment>, Vec<(Vec<Node>, Range<usize>)>),
    /// A fenced block: its name and its content.
    Fence(Node, Range<usize>),
    /// A footnote: its mark and its content.
    Note(String, Vec<Element>),
}

/// An entry of a list; it begins with its number, bullet or label.
pub(super) struct Entry {
    pub children: Vec<Element>,
    pub span: Range<usize>,
}

/// The elements of a text.
pub(super) struct Elements {
    pub list: Vec<Element>,
    /// The footnotes that are written within the text.
    pub notes: Vec<Field>,
    pub errors: Vec<Diagnostic>,
}

/// Parses the elements of the Markdown from a byte offset on; `structure` is its text as the Markdown
/// parser sees it.
pub(super) fn elements(source: &Arc<Source>, start: usize, structure: &Levelled) -> Elements {
    let parser = Parser::new_ext(&structure.text, READ);
    let definitions: Vec<Range<usize>> =
        parser.reference_definitions().iter().map(|(_, definition)| definition.span.clone()).collect();
    let events = parser.into_offset_iter().peekable();
    let mut reader = Reader {
        source,
        start,
        structure,
        events,
        errors: Vec::new(),
        depth: 0,
        quotes: 0,
        underscores: BTreeSet::new(),
        notes: InlineNotes::new(&structure.text),
    };
    let list = reader.elements();
    for span in definitions {
        let span = reader.place(span);
        reader.foreign(&DEFINITION, span);
    }
    Elements { list, notes: reader.notes.finish(), errors: reader.errors }
}

pub(super) struct Reader<'s, 't> {
    pub source: &'s Arc<Source>,
    start: usize,
    structure: &'t Levelled,
    pub events: Peekable<OffsetIter<'t>>,
    pub errors: Vec<Diagnostic>,
    depth: usize,
    /// How many quotations are open: each adds a > to every line.
    pub quotes: usize,
    /// The underscores that are read as asterisks.
    pub underscores: BTreeSet<usize>,
    pub notes: InlineNotes,
}

impl<'t> Reader<'_, 't> {
    pub fn next(&mut self) -> Option<(Event<'t>, Range<usize>)> {
        let (event, span) = self.events.next()?;
        Some((event, self.place(span)))
    }

    /// Converts a byte range of the text that the Markdown parser sees to one of the source.
    pub fn place(&self, span: Range<usize>) -> Range<usize> {
        let span = self.structure.source(span);
        self.start + span.start..self.start + span.end
    }

    pub fn foreign(&mut self, foreign: &Foreign, span: Range<usize>) {
        if self.errors.len() < MOST_ERRORS {
            let error = Diagnostic::error("markdown-element", foreign.what).hint(foreign.hint);
            self.errors.push(error.in_source(self.source, span));
        }
    }

    /// Returns the elements up to the end of their container.
    fn elements(&mut self) -> Vec<Element> {
        let mut list = Vec::new();
        self.depth += 1;
        while let Some((event, span)) = self.events.peek() {
            if is_inline(event) {
                // The text of an item without empty lines around it is not a paragraph in Markdown.
                let start = span.start;
                let start = self.place(start..start);
                let span = self.inline(start);
                list.push(self.paragraph(span));
                continue;
            }
            let Some((event, span)) = self.next() else { break };
            if matches!(event, Event::End(_)) {
                break;
            }
            list.extend(self.element(event, span).map(|(kind, span)| Element { kind, span }));
        }
        self.depth -= 1;
        list
    }

    fn element(&mut self, event: Event, span: Range<usize>) -> Option<(Kind, Range<usize>)> {
        if self.depth > DEEPEST {
            self.errors.push(too_deep(self.source, span.start));
            self.events.by_ref().for_each(drop);
            return None;
        }
        let kind = match event {
            Event::Start(Tag::Paragraph) => {
                let element = self.picture(span.clone()).unwrap_or_else(|| {
                    let end = self.inline(span.start..span.start).end;
                    self.paragraph(span.start..end)
                });
                self.next();
                return Some((element.kind, element.span));
            }
            Event::Start(Tag::Heading { level, .. }) => {
                let text = self.inline(span.end..span.end);
                self.next();
                Kind::Heading(level as u8, self.text(text))
            }
            Event::Start(Tag::List(_)) => {
                let mut entries = Vec::new();
                while let Some((Event::Start(Tag::Item), span)) = self.next() {
                    entries.push(Entry { children: self.elements(), span: self.trimmed(span) });
                }
                Kind::List(entries)
            }
            Event::Start(Tag::BlockQuote(_)) => {
                self.quotes += 1;
                let children = self.elements();
                self.quotes -= 1;
                Kind::Quote(children)
            }
            Event::Start(Tag::FootnoteDefinition(mark)) => Kind::Note(mark.to_string(), self.elements()),
            Event::Start(Tag::Table(alignments)) => Kind::Table(alignments, self.rows()),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                let content = self.fenced();
                let name = info.trim();
                if name.is_empty() {
                    self.foreign(&CODE, self.first_line(span));
                    return None;
                }
                let at = span.start + self.written(&span).find(name).unwrap_or(0);
                let content = content.unwrap_or(at + name.len()..at + name.len());
                if !self.closed(&span, content.end) {
                    let error = Diagnostic::error("markdown-structure", "unclosed fenced block");
                    let hint = "close it with a line of the same characters that open it";
                    self.errors.push(error.hint(hint).in_source(self.source, self.first_line(span)));
                    return None;
                }
                Kind::Fence(Node::text(name, at..at + name.len()), content)
            }
            other => {
                let written = self.written(&span).to_owned();
                if let Some(found) = foreign(&other, &written) {
                    self.foreign(&found, self.first_line(span));
                }
                if let Event::Start(tag) = other {
                    let end = tag.to_end();
                    while self.next().is_some_and(|(event, _)| event != Event::End(end)) {}
                }
                return None;
            }
        };
        Some((kind, self.trimmed(span)))
    }

    /// Returns an image that is alone in its paragraph.
    fn picture(&mut self, paragraph: Range<usize>) -> Option<Element> {
        let span = self.trimmed(paragraph);
        let (event, at) = self.events.peek()?.clone();
        let Event::Start(Tag::Image { dest_url, title, .. }) = event else { return None };
        if self.place(at) != span {
            return None;
        }
        let written = self.written(&span);
        let close = written.rfind("](").filter(|_| written.ends_with(')'))?;
        let inside = span.start + close + 2..span.end - 1;
        let address = Node::text(dest_url.as_ref(), inside.clone());
        let title = (!title.is_empty()).then(|| Node::text(title.as_ref(), inside));
        let description = self.text(span.start + 2..span.start + close);
        self.next();
        // What is not supported in a text is not supported in a description either.
        self.inline(span.clone());
        Some(Element { kind: Kind::Picture(Box::new((address, description, title))), span })
    }

    /// Returns the content of a fenced block.
    fn fenced(&mut self) -> Option<Range<usize>> {
        let mut content: Option<Range<usize>> = None;
        while let Some((Event::Text(_), span)) = self.next() {
            content = Some(content.map_or(span.start, |content| content.start)..span.end);
        }
        content
    }

    /// Whether the last line of a fenced block is a fence.
    fn closed(&self, span: &Range<usize>, content: usize) -> bool {
        let last = self.written(&(content..span.end)).trim();
        last.len() >= 3 && (last.bytes().all(|byte| byte == b'`') || last.bytes().all(|byte| byte == b'~'))
    }

    fn paragraph(&mut self, span: Range<usize>) -> Element {
        let text = self.text(span);
        Element { span: text.span.clone(), kind: Kind::Paragraph(text) }
    }
}
