//! The blocks of a body: paragraphs with their numbers and sub-paragraphs, headings, annexes, signatures and tables.

mod apart;
mod paragraphs;

use std::collections::VecDeque;
use std::ops::Range;

use super::super::draft::{Paragraph, Part, Role};
use super::acts::{enacting, opening};
use super::labels::{designated, is_number};
use super::passages::{Entry, Open};
use super::{Doubts, tables};
use crate::diagnostic::Diagnostic;
use crate::model::{Annex, Block, Document, Inline, Language, Number, Passage, Text};
use crate::prepare::words::{Words, words};

/// The longest line that names a meeting, in bytes.
const LONGEST_MEETING: usize = 80;

/// Collects the blocks of a document.
pub(in super::super) struct Builder {
    language: Language,
    words: &'static Words,
    is_act: bool,
    /// Whether the text was adopted: it ends with the meeting and the date.
    pub is_adopted: bool,
    body: Vec<Block>,
    annexes: Vec<Annex>,
    open: Option<Open>,
    /// The last number of the paragraphs of the body or annex.
    count: usize,
    /// Whether an operative paragraph was read.
    is_operative: bool,
    /// Whether any operative paragraph of the file has a number.
    has_numbers: bool,
    /// The first paragraph whose opening words had no emphasis, and how many there are.
    unemphasised: Option<(Range<usize>, usize)>,
    /// The same for labels that get another form.
    relabelled: Option<(Range<usize>, usize)>,
    /// The same for operative paragraphs without a number.
    unnumbered: Option<(Range<usize>, usize)>,
    contents: Option<Range<usize>>,
}

impl Builder {
    pub fn new(language: Language, is_act: bool, body: &[Part]) -> Self {
        let mut builder = Self {
            language,
            words: words(language),
            is_act,
            is_adopted: false,
            body: Vec::new(),
            annexes: Vec::new(),
            open: None,
            count: 0,
            is_operative: false,
            has_numbers: false,
            unemphasised: None,
            relabelled: None,
            unnumbered: None,
            contents: None,
        };
        let numbered = |part: &Part| match part {
            Part::Paragraph(paragraph) => {
                let (paragraph, label) = designated(paragraph.clone());
                let opens = opening(&paragraph.plain(), language) != Some(false);
                label.is_some_and(|label| is_number(&label)) && opens
            }
            Part::Table(_) => false,
        };
        builder.has_numbers = body.iter().any(numbered);
        builder
    }

    /// Adds a line of the head that fits no field.
    pub fn leftover(&mut self, line: Paragraph, doubts: &mut Doubts) {
        doubts.unplaced(line.span.clone(), "this text before the body fits no field");
        self.plain(line);
    }

    /// Adds the line that names the organ.
    pub fn enacting(&mut self, line: &[Inline]) {
        self.push(Block::Enacting(Passage { text: Text::from(enacting(line)), ..Passage::default() }));
    }

    /// Adds a paragraph of an act whose kind is known, with what follows its text.
    pub fn clause(&mut self, paragraph: Paragraph, is_operative: bool, entries: Vec<Entry>) {
        self.passage(paragraph, if is_operative { Block::Operative } else { Block::Preambular }, Number::Next);
        if let Some(open) = &mut self.open {
            open.entries.extend(entries);
        }
    }

    /// Reads the paragraphs and tables of a body.
    pub fn read(&mut self, body: Vec<Part>, is_named: bool, doubts: &mut Doubts) {
        let mut parts = body.into_iter().peekable();
        let mut rest: VecDeque<Part> = VecDeque::new();
        if is_named && let Some(Part::Paragraph(first)) = parts.next_if(|part| matches!(part, Part::Paragraph(_))) {
            self.enacting(&first.pieces);
        }
        rest.extend(parts);
        while let Some(part) = rest.pop_front() {
            match part {
                Part::Table(table) => self.table(table, tables::Caption::default(), &mut rest, doubts),
                Part::Paragraph(paragraph) => match tables::above(&paragraph, &rest, self.words) {
                    Some((above, count)) => {
                        rest.drain(..count);
                        if let Some(Part::Table(table)) = rest.pop_front() {
                            self.table(table, above, &mut rest, doubts);
                        }
                    }
                    None => self.paragraph(paragraph, &mut rest, doubts),
                },
            }
        }
    }

    fn paragraph(&mut self, paragraph: Paragraph, rest: &mut VecDeque<Part>, doubts: &mut Doubts) {
        if paragraph.role == Some(Role::Contents) {
            let start = self.contents.as_ref().map_or(paragraph.span.start, |contents| contents.start);
            self.contents = Some(start..paragraph.span.end);
            return;
        }
        if paragraph.is_boxed {
            return self.plain(paragraph);
        }
        if self.annex(&paragraph, rest) || self.signature(&paragraph, rest) {
            return;
        }
        let (paragraph, label) = designated(paragraph);
        if self.heading(&paragraph, label.as_ref(), doubts) {
            return;
        }
        match label {
            Some(label) => self.labelled(paragraph, label, doubts),
            None if self.is_act && self.annexes.is_empty() => self.unlabelled(paragraph, doubts),
            None => self.running(paragraph),
        }
    }

    /// Begins a paragraph, which sub-paragraphs may follow.
    pub fn open(&mut self, open: Open) {
        self.close();
        self.open = Some(open);
    }

    fn close(&mut self) {
        if let Some(open) = self.open.take() {
            let (block, relabelled) = open.block(self.words);
            if let Some(place) = relabelled {
                let (_, count) = self.relabelled.get_or_insert((place, 0));
                *count += 1;
            }
            self.add(block);
        }
    }

    fn push(&mut self, block: Block) {
        self.close();
        self.add(block);
    }

    fn add(&mut self, block: Block) {
        match self.annexes.last_mut() {
            Some(annex) => annex.body.push(block),
            None => self.body.push(block),
        }
    }

    /// Completes the body of a document, and reports what concerns several paragraphs.
    pub fn finish(mut self, document: &mut Document, doubts: &mut Doubts) {
        self.close();
        let several = |count: usize| if count == 1 { "1 paragraph".to_owned() } else { format!("{count} paragraphs") };
        if let Some((place, count)) = self.unemphasised {
            let message = format!("the opening words of {} are put in italics", several(count));
            doubts.push(place, Diagnostic::advice("import-changed", message));
        }
        if let Some((place, count)) = self.relabelled {
            let message = format!("the labels below {} get the form of the page, such as (a) and (i)", several(count));
            doubts.push(place, Diagnostic::advice("import-changed", message));
        }
        if let Some(place) = self.contents {
            let finding = Diagnostic::warning("import-left-out", "the table of contents is left out");
            doubts.push(place, finding);
        }
        if let Some((place, count)) = self.unnumbered.filter(|(_, count)| *count > 1) {
            let message = format!("{} without a number are operative and get numbers", several(count));
            doubts.push(place, Diagnostic::advice("import-changed", message));
            for block in &mut self.body {
                if let Block::Operative(passage) = block {
                    passage.number = Number::Next;
                }
            }
        }
        document.body = self.body;
        if self.is_adopted {
            meeting(document);
        }
        document.body.extend(self.annexes.into_iter().map(Block::Annex));
    }
}

/// Whether a line names a meeting: “103rd plenary meeting”.
fn is_meeting(line: &str) -> bool {
    line.trim().ends_with(" meeting") && line.starts_with(|c: char| c.is_ascii_digit()) && line.len() < LONGEST_MEETING
}

/// Takes “103rd plenary meeting” and the date below it off the end of an adopted text.
fn meeting(document: &mut Document) {
    let plain = |block: Option<&Block>| match block {
        Some(Block::Paragraph(passage)) if passage.items.is_empty() => passage.text.plain(),
        _ => String::new(),
    };
    let count = document.body.len();
    let last = plain(document.body.last());
    let is_date = document.adopted.is_some() && crate::read::date(last.trim()).ok() == document.adopted;
    let at = if is_date { count.checked_sub(2) } else { count.checked_sub(1) };
    let line = at.map(|at| plain(document.body.get(at))).unwrap_or_default();
    if let Some(at) = at.filter(|_| is_meeting(&line)) {
        document.meeting = Some(Text::verbatim(line.trim()));
        document.body.truncate(at);
    }
}
