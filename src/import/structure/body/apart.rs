//! What stands apart from paragraphs: tables, annexes, signatures, headings.

use std::collections::VecDeque;

use super::super::super::draft::{self, Paragraph, Part, Role, unstyled, without_start};
use super::super::acts::opening;
use super::super::labels::{Designation, is_number};
use super::super::{Doubts, is_first_heading, tables};
use super::Builder;
use crate::model::{Adjustment, Annex, Block, Heading, Signature, Text};

/// The longest heading, in characters, that no style says is one.
const LONGEST_HEADING: usize = 120;
/// The longest line under a signature, in characters, and how many there may be.
const SIGNED: (usize, usize) = (80, 4);
/// The deepest level of headings.
const DEEPEST_HEADING: u8 = 4;

impl Builder {
    pub(super) fn table(
        &mut self,
        mut table: draft::Table,
        above: tables::Caption,
        rest: &mut VecDeque<Part>,
        doubts: &mut Doubts,
    ) {
        let mut cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
        // A frame around a text is a table of one cell.
        if let (Some(only), None) = (cells.next(), cells.next())
            && above.number.is_none()
        {
            let paragraphs = std::mem::take(&mut only.paragraphs);
            let mut none = VecDeque::new();
            paragraphs.into_iter().for_each(|paragraph| self.paragraph(paragraph, &mut none, doubts));
            return;
        }
        let table = tables::table(table, above, rest, self.words, doubts);
        self.push(Block::Table(table));
    }

    /// “Annex”, “Annex II”, with the heading after it as its title.
    pub(super) fn annex(&mut self, paragraph: &Paragraph, rest: &mut VecDeque<Part>) -> bool {
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
    pub(super) fn signature(&mut self, paragraph: &Paragraph, rest: &mut VecDeque<Part>) -> bool {
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
    pub(super) fn heading(&mut self, paragraph: &Paragraph, label: Option<&Designation>, doubts: &mut Doubts) -> bool {
        let plain = paragraph.plain();
        let text = plain.trim_end();
        let is_sentence = text.chars().count() > 2 * LONGEST_HEADING || text.ends_with([';', ',', ':']);
        let opens = self.is_act && opening(text, self.language).is_some();
        let (level, is_styled) = match paragraph.role {
            Some(Role::Heading(level)) if !is_sentence && !opens => (level, true),
            Some(Role::Title) if !is_sentence && !opens => (1, true),
            None if (is_heading(paragraph) || !self.is_act && is_first_heading(paragraph))
                && !opens
                && label.is_none_or(|label| !is_number(label) || !self.is_act) =>
            {
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
        self.push(Block::Heading(Heading { level, number, text, layout: Adjustment::default() }));
        true
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
