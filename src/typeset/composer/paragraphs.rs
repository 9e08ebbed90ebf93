//! Paragraphs: measured run by run, split at their line ends.

use super::advances;
use super::forced::{Cut, cut};
use super::line_ends::{LineEnd, MARK, Measured, line_ends};
use super::remembered::{Method, Paragraph, composed};
use super::spacing::beside;
use crate::model::Language;
use crate::prepare::{Designation, Prepared, Run, Runs};
use crate::typeset::Lines;
use crate::typeset::long_words::ideographic;
use crate::typeset::measures::{Column, Measures, Sides, Type};
use crate::typeset::plan::{End, Line};

/// Returns the width of runs in a type, in points, on one line, without note marks. Characters that
/// the faces of the type do not cover count with their maximum width.
pub(in crate::typeset) fn natural_width(runs: &[Run], style: Type) -> f64 {
    let mut width = 0.0;
    for run in runs {
        if let Run::Text { text, bold, italic, .. } = run {
            let mut widths = Vec::new();
            let (bold, italic) = (*bold || style.bold, *italic || style.italic);
            let whole = advances::advances(text, style, bold, italic, &mut widths);
            width += if whole { widths.iter().sum() } else { text.chars().map(usual_width).sum::<f64>() * style.size };
        }
    }
    width
}

/// The width of a character of another script, in parts of the size.
pub(super) fn usual_width(c: char) -> f64 {
    if ideographic(c) { 1.05 } else { 0.65 }
}

/// The position of a number beside a text.
pub(in crate::typeset) enum Beside {
    /// Before it; the text begins at that position.
    From(f64),
    /// On a line of its own.
    Above,
}

/// The mark of a note as pages of a language print it: Arabic figures stand in parentheses.
pub(in crate::typeset) fn printed_mark(mark: &str, language: Language) -> String {
    let bare = language != Language::Ar || mark.starts_with('*');
    if bare { mark.to_owned() } else { format!("({mark})") }
}

/// Characters and how wide they are, in points.
struct Advances {
    chars: Vec<char>,
    widths: Vec<f64>,
}

/// How far given lines are compressed, in parts of what the painters can: their widths differ a little from those
/// of the composer.
const MOST_COMPRESSED: f64 = 0.9;

/// Composes paragraphs.
#[derive(Clone)]
pub(in crate::typeset) struct Composer<'c> {
    pub measures: &'c Measures,
    /// The text column.
    pub column: Column,
    /// The marks of the notes, in order.
    pub(super) marks: Vec<String>,
    /// Whether the composer ends the lines.
    pub(super) ends: bool,
    pub(super) language: Language,
    /// Whether it remembers paragraphs.
    pub(super) remembers: bool,
}

impl<'c> Composer<'c> {
    pub fn new(measures: &'c Measures, prepared: &'c Prepared, method: impl Into<Method>) -> Self {
        let Method { lines, remembers } = method.into();
        let language = prepared.language;
        let marks = prepared.notes.iter().map(|note| printed_mark(&note.mark, language)).collect();
        let column = measures.columns[prepared.edition];
        Self { measures, column, marks, ends: lines == Lines::Official, language, remembers }
    }

    /// Creates a composer for texts without notes.
    pub fn without_notes(measures: &'c Measures, column: Column, language: Language) -> Self {
        Self { measures, column, marks: Vec::new(), ends: true, language, remembers: false }
    }

    /// Returns the width of a label or number.
    pub fn width(&self, label: &Designation, style: Type) -> f64 {
        match self.advances(label.runs(), style) {
            Some(known) => known.widths.iter().sum(),
            None => natural_width(label.runs(), style),
        }
    }

    /// Returns where the text of a heading or title begins beside its number: at the column's edge if the
    /// number stands before it, or at a tab stop. `room` is the minimum width of the number.
    pub fn beside(&self, number: &Designation, style: Type, room: Sides) -> Beside {
        let end = f64::max(room.left + self.width(number, style), room.right) + self.measures.beside.apart;
        let place = if end < 0.0 { 0.0 } else { self.measures.stop_beyond(end) };
        if place > self.measures.beside.widest { Beside::Above } else { Beside::From(place) }
    }

    /// Returns the lines of runs, keeping forced line breaks, and whether these are all. `widths` are those
    /// of the first and the other lines. A text that the faces do not cover completely is left to the engine.
    pub fn lines(&self, runs: &[Run], style: Type, widths: [f64; 2], justified: bool) -> (Vec<Line>, bool) {
        let mut lines = Vec::new();
        let mut whole = true;
        for part in runs.split(|run| matches!(run, Run::Break { .. })) {
            if let Some(Line { end, .. }) = lines.last_mut() {
                *end = Some(Line::KEPT);
            }
            let paragraph = Paragraph { composer: self, runs: part, style, widths, justified };
            let composed = if self.remembers { composed(paragraph) } else { self.composed(paragraph) };
            match composed {
                Some(mut part) => lines.append(&mut part),
                None => {
                    lines.push(Line::new(part.to_vec(), None));
                    whole = false;
                }
            }
        }
        (lines, whole)
    }

    /// The same, with lines that end where so many characters of the text have been said, marks apart. What is
    /// too wide for one line is divided as ever.
    pub fn lines_ended(
        &self,
        runs: &[Run],
        ends: &[usize],
        style: Type,
        [first, others]: [f64; 2],
        justified: bool,
    ) -> (Vec<Line>, bool) {
        if ends.is_empty() {
            return self.lines(runs, style, [first, others], justified);
        }
        let (mut lines, mut whole) = (Vec::new(), true);
        let cuts = cut(runs, ends);
        let count = cuts.len();
        for (number, Cut { runs, space }) in cuts.into_iter().enumerate() {
            let width = if number == 0 { first } else { others };
            let last = number + 1 == count;
            let narrow = self.fits(&runs, style, width, 0.0);
            let compressed = MOST_COMPRESSED * (1.0 - self.measures.spaces.min);
            let (mut part, known) = match narrow || self.fits(&runs, style, width, compressed) {
                true => (vec![Line::new(runs, None)], true),
                false => self.lines(&runs, style, [width, others], justified),
            };
            whole &= known;
            if let Some(line) = part.last_mut().filter(|_| !last) {
                line.end = Some(End { full: justified || !narrow, space });
            } else if let [line] = &mut part[..]
                && !narrow
            {
                // The last line is compressed.
                line.end = Some(End { full: true, space: false });
            }
            lines.append(&mut part);
        }
        (lines, whole)
    }

    /// Whether runs have room on one line, the spaces of which may be compressed by such a part.
    fn fits(&self, runs: &[Run], style: Type, width: f64, compressed: f64) -> bool {
        let Some(Advances { chars, widths }) = self.advances(runs, style) else { return false };
        let spaces: f64 = chars.iter().zip(&widths).filter(|(c, _)| matches!(c, ' ' | '\u{a0}')).map(|(_, w)| w).sum();
        widths.iter().sum::<f64>() - style.tracking - spaces * compressed <= width
    }

    /// Returns the lines of runs, or `None` if only the engine knows them.
    pub(super) fn composed(&self, paragraph: Paragraph) -> Option<Vec<Line>> {
        let Paragraph { composer: _, runs, style, widths: [first, others], justified } = paragraph;
        let Advances { chars, widths } = self.advances(runs, style)?;
        if !self.ends {
            return None;
        }
        let (chars, advances, tracking) = (&chars, &widths, style.tracking);
        let hangs = self.language == Language::Zh;
        // The rule belongs to the program and the template that set all languages, and was measured in English. In
        // Chinese there are no spaces to compress.
        let compressed = justified && !hangs;
        let found = line_ends(&Measured { chars, advances, tracking, first, others, compressed, hangs });
        let mut lines = self.broken(runs, &found.ends, justified);
        for hanging in found.hanging {
            lines.iter_mut().skip(hanging).take(1).for_each(|line| line.hangs = true);
        }
        if found.last_compressed
            && let Some(last) = lines.last_mut()
        {
            last.end = Some(End { full: true, space: false });
        }
        Some(lines)
    }

    /// The characters of runs on a line and how wide they are; none, if only the engine knows.
    fn advances(&self, runs: &[Run], style: Type) -> Option<Advances> {
        let (mut chars, mut widths) = (Vec::new(), Vec::new());
        // Which of them the face of another script sets.
        let mut wide = Vec::new();
        let spaced = self.language == Language::Zh;
        let mut whole = true;
        for run in runs {
            let (text, bold, italic, raised) = match run {
                Run::Text { text, bold, italic, raised, .. } => (text.as_str(), *bold, *italic, *raised),
                Run::Note { note, .. } => {
                    let mark = self.mark(*note);
                    (mark, false, false, !mark.starts_with('*'))
                }
                Run::Break { .. } => return None,
            };
            let note = matches!(run, Run::Note { .. });
            let (bold, italic) = (bold || (style.bold && !note), italic || style.italic);
            let style = match (raised, note) {
                (true, true) => self.measures.mark,
                (true, false) => self.measures.raised_in(style),
                (false, _) => style,
            };
            whole &= advances::advances(text, style, bold, italic, &mut widths);
            match spaced && raised {
                true => chars.extend(text.chars().map(|_| MARK)),
                false => chars.extend(text.chars()),
            }
            if spaced {
                wide.extend(advances::in_other(text, style, bold, italic));
            }
        }
        if spaced {
            let characters: Vec<(char, bool)> = chars.iter().copied().zip(wide).collect();
            for (width, (before, after)) in widths.iter_mut().zip(beside(&characters)) {
                *width += (before + after) * style.size;
            }
        }
        whole.then_some(Advances { chars, widths })
    }

    pub(super) fn mark(&self, note: usize) -> &str {
        self.marks.get(note).map_or("", String::as_str)
    }

    /// Splits runs into lines: texts are cut, and spaces at a line end become part of it.
    fn broken(&self, runs: &[Run], ends: &[LineEnd], full: bool) -> Vec<Line> {
        let mut lines = Vec::with_capacity(ends.len() + 1);
        let mut line = Runs::new();
        let mut ends = ends.iter().peekable();
        let mut at = 0;
        let mut end_line = |line: &mut Runs, end: &LineEnd| {
            let end = End { full, space: !end.is_empty() };
            lines.push(Line::new(std::mem::take(line), Some(end)));
        };
        for run in runs {
            let Run::Text { text, .. } = run else {
                if let Some(end) = ends.next_if(|end| **end == (at..at)) {
                    end_line(&mut line, end);
                }
                if let Run::Note { note, .. } = &run {
                    at += self.mark(*note).chars().count();
                }
                line.push(run.clone());
                continue;
            };
            let end_piece = |kept: &mut String, line: &mut Runs| {
                if !kept.is_empty() {
                    line.push(run.with_text(std::mem::take(kept)));
                }
            };
            let mut kept = String::new();
            for c in text.chars() {
                if let Some(end) = ends.next_if(|end| **end == (at..at)) {
                    end_piece(&mut kept, &mut line);
                    end_line(&mut line, end);
                }
                match ends.peek() {
                    Some(end) if end.contains(&at) => {
                        if at + 1 == end.end {
                            end_piece(&mut kept, &mut line);
                            end_line(&mut line, end);
                            ends.next();
                        }
                    }
                    _ => kept.push(c),
                }
                at += 1;
            }
            end_piece(&mut kept, &mut line);
        }
        if !line.is_empty() || lines.is_empty() {
            lines.push(Line::new(line, None));
        }
        lines
    }
}
