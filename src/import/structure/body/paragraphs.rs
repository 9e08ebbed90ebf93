//! Paragraphs of an act and of running text.

use super::super::super::draft::{Paragraph, Role};
use super::super::Doubts;
use super::super::acts::{COMMAS, opened, opening, starts_emphasised};
use super::super::labels::{Designation, is_number};
use super::super::passages::{Entry, Open, usual_number};
use super::{Builder, is_meeting};
use crate::model::{Block, Inline, Number, Passage};

impl Builder {
    pub(super) fn labelled(&mut self, paragraph: Paragraph, label: Designation, doubts: &mut Doubts) {
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
    pub(super) fn unlabelled(&mut self, paragraph: Paragraph, doubts: &mut Doubts) {
        let plain = paragraph.plain();
        let text = plain.trim();
        let span = paragraph.span.clone();
        let opens = opening(text, self.language);
        let ends_clause = text.ends_with([';', '.', '；', '。', '؛']);
        let small = paragraph.starts_lower();
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
    pub(super) fn running(&mut self, paragraph: Paragraph) {
        if paragraph.starts_lower() && self.open.as_ref().is_some_and(|open| !open.entries.is_empty()) {
            return self.go_on(paragraph);
        }
        if paragraph.role == Some(Role::Quote) {
            return self.open(Open::new(Block::Quote, paragraph.pieces, Number::Next));
        }
        self.plain(paragraph);
    }

    /// Adds a paragraph as it is.
    pub(super) fn plain(&mut self, paragraph: Paragraph) {
        let label = paragraph.label.map(|label| Inline::plain(label.text + " "));
        let pieces = label.into_iter().chain(paragraph.pieces).collect();
        self.open(Open::new(Block::Paragraph, pieces, Number::Next));
    }

    /// Adds a paragraph of a kind, with its opening words in italics if it is one of an act.
    pub(super) fn passage(&mut self, paragraph: Paragraph, kind: fn(Passage) -> Block, number: Number) {
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

    pub(super) fn go_on(&mut self, paragraph: Paragraph) {
        match &mut self.open {
            Some(open) => open.go_on(paragraph),
            None => self.plain(paragraph),
        }
    }
}
