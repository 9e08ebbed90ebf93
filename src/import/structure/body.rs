//! The blocks of a body: paragraphs with their numbers and sub-paragraphs, headings, annexes, signatures and tables.

use std::ops::Range;

use super::super::draft::{Paragraph, Part, Role, unstyled, without_start};
use super::acts::{COMMAS, enacting, opened, opening, starts_emphasised};
use super::labels::{Designation, designated, is_number};
use super::passages::{Entry, Open, usual_number};
use super::{Doubts, tables};
use crate::diagnostic::Diagnostic;
use crate::model::{Annex, Block, Document, Heading, Inline, Language, Number, Passage, Signature, Text};
use crate::prepare::words::{Words, words};

/// The longest heading, in characters, that no style says is one.
const LONGEST_HEADING: usize = 120;
/// The longest line under a signature, in characters, and how many there may be.
const SIGNED: (usize, usize) = (80, 4);
/// The deepest level of headings.
const DEEPEST_HEADING: u8 = 4;

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
        let mut rest: std::collections::VecDeque<Part> = std::collections::VecDeque::new();
        if is_named && let Some(Part::Paragraph(first)) = parts.next_if(|part| matches!(part, Part::Paragraph(_))) {
            self.enacting(&first.pieces);
        }
        rest.extend(parts);
        while let Some(part) = rest.pop_front() {
            match part {
                Part::Table(table) => self.table(table, None, Vec::new(), doubts),
                Part::Paragraph(paragraph) => {
                    if let Some((number, title)) = tables::caption(&paragraph, self.words) {
                        let bare = title.is_empty();
                        if matches!(rest.front(), Some(Part::Table(_))) {
                            if let Some(Part::Table(table)) = rest.pop_front() {
                                self.table(table, number, title, doubts);
                            }
                            continue;
                        }
                        let is_title = |part: &Part| matches!(part, Part::Paragraph(title) if tables::is_title(title));
                        if bare && rest.front().is_some_and(is_title) && matches!(rest.get(1), Some(Part::Table(_))) {
                            if let (Some(Part::Paragraph(title)), Some(Part::Table(table))) =
                                (rest.pop_front(), rest.pop_front())
                            {
                                self.table(table, number, unstyled(&title.pieces), doubts);
                            }
                            continue;
                        }
                    }
                    self.paragraph(paragraph, &mut rest, doubts);
                }
            }
        }
    }

    fn table(
        &mut self,
        mut table: super::super::draft::Table,
        number: Option<String>,
        title: Vec<Inline>,
        doubts: &mut Doubts,
    ) {
        let mut cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
        // A frame around a text is a table of one cell.
        if let (Some(only), None) = (cells.next(), cells.next()) {
            let paragraphs = std::mem::take(&mut only.paragraphs);
            let mut none = std::collections::VecDeque::new();
            paragraphs.into_iter().for_each(|paragraph| self.paragraph(paragraph, &mut none, doubts));
            return;
        }
        self.push(Block::Table(tables::table(table, number, title, doubts)));
    }

    fn paragraph(&mut self, paragraph: Paragraph, rest: &mut std::collections::VecDeque<Part>, doubts: &mut Doubts) {
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

    /// “Annex”, “Annex II”, with the heading after it as its title.
    fn annex(&mut self, paragraph: &Paragraph, rest: &mut std::collections::VecDeque<Part>) -> bool {
        let plain = paragraph.plain();
        let text = plain.trim();
        let head = text.get(..self.words.annex.len()).unwrap_or_default();
        if head.to_lowercase() != self.words.annex.to_lowercase() || paragraph.label.is_some() {
            return false;
        }
        let stands_out = is_heading(paragraph) || paragraph.role == Some(Role::Title);
        if text[head.len()..].trim_start().starts_with(char::is_lowercase) && stands_out && text.contains(' ') {
            // “Annex to the letter dated …”.
            self.close();
            self.annexes.push(Annex { heading: Some(Text::from(unstyled(&paragraph.pieces))), ..Annex::default() });
            self.count = 0;
            return true;
        }
        let (line, title) = text.split_once(['\n', ':']).unwrap_or((text, ""));
        let number = line[head.len()..].trim().trim_end_matches('.');
        let is_number = number.is_empty()
            || number.len() <= 5 && number.chars().all(|c| c.is_ascii_digit() || "IVXLCABDEFGH".contains(c));
        if !is_number || !line[head.len()..].starts_with([' ', '\u{a0}']) && !number.is_empty() {
            return false;
        }
        let is_title =
            |part: &Part| matches!(part, Part::Paragraph(next) if is_heading(next) || next.role == Some(Role::Title));
        let title = match Some(title.trim()).filter(|title| !title.is_empty()) {
            Some(title) => {
                let skipped = plain.trim_end().len() - title.len();
                Some(Text::from(without_start(&unstyled(&paragraph.pieces), skipped)))
            }
            None => match rest.front().is_some_and(is_title).then(|| rest.pop_front()).flatten() {
                Some(Part::Paragraph(title)) => Some(Text::from(unstyled(&title.pieces))),
                _ => None,
            },
        };
        self.close();
        let number = Some(number.to_owned()).filter(|number| !number.is_empty());
        self.annexes.push(Annex { number, title, ..Annex::default() });
        self.count = 0;
        true
    }

    /// “(Signed) …” and the short lines under it.
    fn signature(&mut self, paragraph: &Paragraph, rest: &mut std::collections::VecDeque<Part>) -> bool {
        const SIGNS: [&str; 7] = ["(signed)", "(signé)", "(firmado)", "(подпись)", "(gez.)", "（签名）", "(توقيع)"];
        let plain = paragraph.plain();
        if paragraph.label.is_some() || !SIGNS.iter().any(|sign| plain.trim_start().to_lowercase().starts_with(sign)) {
            return false;
        }
        let mut lines: Vec<Text> = Vec::new();
        let mut all = paragraph.lines().into_iter().filter(|line| !line.is_empty());
        let text = all.next().map(|line| Text::from(line.pieces)).unwrap_or_default();
        lines.extend(all.map(|line| Text::from(line.pieces)));
        let (longest, most) = SIGNED;
        let is_line = |part: &Part| match part {
            Part::Paragraph(line) => {
                let plain = line.plain();
                let is_short = plain.chars().count() <= longest && !plain.trim_end().ends_with(['.', ';', ':']);
                is_short
                    && line.label.is_none()
                    && line.role.is_none()
                    && !plain.trim().to_lowercase().starts_with(&self.words.annex.to_lowercase())
            }
            Part::Table(_) => false,
        };
        while lines.len() < most && rest.front().is_some_and(is_line) {
            if let Some(Part::Paragraph(line)) = rest.pop_front() {
                lines.push(Text::from(line.pieces));
            }
        }
        self.push(Block::Signature(Signature { text, lines, ..Signature::default() }));
        true
    }

    /// A heading by its style, or a line that stands out.
    fn heading(&mut self, paragraph: &Paragraph, label: Option<&Designation>, doubts: &mut Doubts) -> bool {
        let plain = paragraph.plain();
        let text = plain.trim_end();
        let is_sentence = text.chars().count() > 2 * LONGEST_HEADING || text.ends_with([';', ',', ':']);
        let opens = self.is_act && opening(text, self.language).is_some();
        let (level, is_styled) = match paragraph.role {
            Some(Role::Heading(level)) if !is_sentence && !opens => (level, true),
            Some(Role::Title) if !is_sentence && !opens => (1, true),
            None if is_heading(paragraph) && !opens && label.is_none_or(|label| !is_number(label) || !self.is_act) => {
                (if paragraph.centred { 1 } else { 2 }, false)
            }
            _ => return false,
        };
        if !is_styled {
            doubts.doubtful(paragraph.span.clone(), "this line is read as a heading");
        }
        let number = label.map(|label| label.text.trim_end_matches('.').to_owned());
        let text = Text::from(unstyled(&paragraph.pieces));
        let level = level.clamp(1, DEEPEST_HEADING);
        self.push(Block::Heading(Heading { level, number, text, layout: crate::model::Adjustment::default() }));
        true
    }

    fn labelled(&mut self, paragraph: Paragraph, label: Designation, doubts: &mut Doubts) {
        let span = paragraph.span.clone();
        let is_preambular = self.is_act
            && self.annexes.is_empty()
            && !self.is_operative
            && opening(&paragraph.plain(), self.language) == Some(false);
        if is_preambular {
            let message =
                format!("this paragraph opens like one of the preamble, and its “{}” is left out", label.text);
            doubts.doubtful(span, message);
            return self.passage(paragraph, Block::Preambular, Number::Next);
        }
        let continues = self.open.as_ref().is_some_and(|open| open.continues(&label));
        if is_number(&label) && !continues {
            let number = usual_number(&label.text, &mut self.count);
            if self.is_act && self.annexes.is_empty() {
                self.is_operative = true;
                return self.passage(paragraph, Block::Operative, number);
            }
            return self.passage(paragraph, Block::Numbered, number);
        }
        let entry = Entry::item(label.text.clone(), label.place, paragraph.pieces, span.clone());
        match &mut self.open {
            Some(open) => open.entries.push(entry.with_bullet()),
            None => {
                doubts.unplaced(span, "this sub-paragraph belongs to no paragraph");
                let pieces = [vec![Inline::plain(label.text + " ")], entry.pieces].concat();
                self.plain(Paragraph { pieces, ..paragraph });
            }
        }
    }

    /// A paragraph of an act without a number.
    fn unlabelled(&mut self, paragraph: Paragraph, doubts: &mut Doubts) {
        let plain = paragraph.plain();
        let text = plain.trim();
        let span = paragraph.span.clone();
        let opens = opening(text, self.language);
        let ends_clause = text.ends_with([';', '.', '；', '。', '؛']);
        let small = text.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase);
        if small && opens.is_none() && self.open.as_ref().is_some_and(|open| !open.entries.is_empty()) {
            return self.go_on(paragraph);
        }
        let emphasised = starts_emphasised(&paragraph);
        let preambles = self.body.iter().any(|block| matches!(block, Block::Preambular(_))) || self.open.is_some();
        let is_operative = match opens {
            Some(operative) => operative && (!text.ends_with(COMMAS) || self.is_operative),
            // Where nothing is numbered, the punctuation tells the two apart.
            None => !self.has_numbers && (preambles && ends_clause || self.is_operative && emphasised),
        };
        if is_operative {
            if opens.is_none() {
                doubts.doubtful(span.clone(), "this paragraph is read as an operative one, by how it ends");
            }
            if self.has_numbers {
                doubts.doubtful(span, "this operative paragraph has no number");
            } else {
                let (_, count) = self.unnumbered.get_or_insert((span, 0));
                *count += 1;
            }
            self.is_operative = true;
            return self.passage(paragraph, Block::Operative, Number::Unnumbered);
        }
        if !self.is_operative {
            let is_sure = opens.is_some() || emphasised || text.ends_with(COMMAS);
            if !is_sure {
                doubts.doubtful(span, "this paragraph is read as one of the preamble");
            }
            return self.passage(paragraph, Block::Preambular, Number::Next);
        }
        if self.is_adopted && (is_meeting(text) || crate::read::date(text).is_ok()) {
            return self.plain(paragraph);
        }
        if self.open.as_ref().is_some_and(|open| open.is_unfinished() || small) {
            doubts.doubtful(span, "this paragraph is read as the end of the one before it");
            return self.go_on(paragraph);
        }
        doubts.unplaced(span, "this paragraph has no number and opens like none of an act");
        self.plain(paragraph);
    }

    /// A paragraph of running text.
    fn running(&mut self, paragraph: Paragraph) {
        let plain = paragraph.plain();
        let small = plain.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase);
        if small && self.open.as_ref().is_some_and(|open| !open.entries.is_empty()) {
            return self.go_on(paragraph);
        }
        if paragraph.role == Some(Role::Quote) {
            return self.open(Open::new(Block::Quote, paragraph.pieces, Number::Next));
        }
        self.plain(paragraph);
    }

    /// Adds a paragraph as it is.
    fn plain(&mut self, paragraph: Paragraph) {
        let label = paragraph.label.map(|label| Inline::plain(label.text + " "));
        let pieces = label.into_iter().chain(paragraph.pieces).collect();
        self.open(Open::new(Block::Paragraph, pieces, Number::Next));
    }

    /// Adds a paragraph of a kind, with its opening words in italics if it is one of an act.
    fn passage(&mut self, paragraph: Paragraph, kind: fn(Passage) -> Block, number: Number) {
        let pieces = if self.is_act && self.annexes.is_empty() {
            let (pieces, is_new) = opened(&paragraph, self.language);
            if is_new {
                let (_, count) = self.unemphasised.get_or_insert((paragraph.span, 0));
                *count += 1;
            }
            pieces
        } else {
            paragraph.pieces
        };
        self.open(Open::new(kind, pieces, number));
    }

    fn go_on(&mut self, paragraph: Paragraph) {
        match &mut self.open {
            Some(open) => open.entries.push(Entry::more(paragraph.pieces, paragraph.span)),
            None => self.plain(paragraph),
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
    line.trim().ends_with(" meeting") && line.starts_with(|c: char| c.is_ascii_digit()) && line.len() < SIGNED.0
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
    let is_meeting =
        line.trim().ends_with(" meeting") && line.starts_with(|c: char| c.is_ascii_digit()) && line.len() < 60;
    if let Some(at) = at.filter(|_| is_meeting) {
        document.meeting = Some(Text::verbatim(line.trim()));
        document.body.truncate(at);
    }
}

/// Whether a line stands out like a heading.
fn is_heading(paragraph: &Paragraph) -> bool {
    let plain = paragraph.plain();
    let text = plain.trim();
    let is_short =
        !paragraph.is_boxed && text.chars().count() <= LONGEST_HEADING && !text.ends_with(['.', ';', ',', ':']);
    let stands_out = paragraph.centred || paragraph.is_bold() || matches!(paragraph.role, Some(Role::Heading(_)));
    is_short && stands_out && text.contains(char::is_alphabetic)
}
