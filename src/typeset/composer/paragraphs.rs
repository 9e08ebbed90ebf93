//! Paragraphs: measured run by run, cut where their lines end.

use std::ops::Range;

use super::advances;
use super::line_ends::{LineEnd, Measured, line_ends};
use super::measures::{Measures, Type};
use crate::prepare::{Designation, Role, Run, Runs};
use crate::typeset::long_words::ideographic;

/// How wide runs are in a type, in points, on one line; marks of notes are left out. What
/// Masthead Serif does not cover is counted as wide as it may be.
pub(in crate::typeset) fn natural_width(runs: &Runs, style: Type) -> f64 {
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

/// How wide a character of another script is, in parts of the size.
pub(super) fn usual_width(c: char) -> f64 {
    if ideographic(c) { 1.05 } else { 0.65 }
}

/// How a number stands beside a text.
pub(super) enum Beside {
    /// Before it; the text begins at that place.
    From(f64),
    /// On a line of its own.
    Above,
    /// As the engine has it.
    Unknown,
}

/// Composes paragraphs.
pub(super) struct Composer<'c> {
    pub measures: &'c Measures,
    /// The marks of the notes, in order.
    pub marks: &'c [String],
    /// Whether the rule of the language is known.
    pub known: bool,
    /// Whether the language is set in Masthead Serif alone; else the gaps after labels are
    /// left to the templates.
    pub latin: bool,
}

impl Composer<'_> {
    /// Composes a paragraph; the number of its lines, if it is known.
    pub fn paragraph(&self, role: Role, level: u8, label: Option<&Designation>, runs: &mut Runs) -> Option<usize> {
        let indents = self.measures.indents(role, level);
        let right = self.measures.column - self.measures.stop(indents.right);
        let mut text = self.measures.stop(indents.text);
        let mut gap = None;
        if let Some(label) = label
            && self.latin
        {
            let end = self.measures.stop(indents.first) + self.width(label, self.measures.body)?;
            if end > text {
                text = self.measures.stop_beyond(end);
            }
            gap = Some(text - end);
        } else {
            text = self.measures.stop(indents.first);
        }
        let others = right - self.measures.stop(indents.turnover);
        let lines = self.lines(runs, self.measures.body, right - text, others, true);
        if let Some(space) = gap {
            runs.insert(0, Run::Space { space });
        }
        lines
    }

    /// How wide a label or number is; none, if only the engine knows.
    fn width(&self, label: &Designation, style: Type) -> Option<f64> {
        let mut widths = Vec::new();
        let known = label.runs().iter().all(|run| match run {
            Run::Text { text, italic, .. } => {
                advances::advances(text, style, style.bold, *italic || style.italic, &mut widths)
            }
            _ => false,
        });
        (self.latin && known).then(|| widths.iter().sum())
    }

    /// Where the text of a heading or title begins beside its number: at the column's edge, where the
    /// number stands before that, or at a tab stop. `room` is what the number takes at least.
    pub fn beside(&self, number: &Designation, style: Type, room: Range<f64>) -> Beside {
        let Some(width) = self.width(number, style) else { return Beside::Unknown };
        let end = f64::max(room.start + width, room.end) + self.measures.beside.apart;
        let place = if end < 0.0 { 0.0 } else { self.measures.stop_beyond(end) };
        if place > self.measures.beside.widest { Beside::Above } else { Beside::From(place) }
    }

    /// Composes lines that are not justified; those that are kept apart stay apart. False,
    /// where the engine must.
    pub fn flush_left(&self, runs: &mut Runs, style: Type, width: f64) -> bool {
        let mut out = Runs::with_capacity(runs.len());
        let mut part = Runs::new();
        let mut whole = true;
        for run in std::mem::take(runs) {
            if matches!(run, Run::Break { .. }) {
                whole &= self.lines(&mut part, style, width, width, false).is_some();
                out.append(&mut part);
                out.push(run);
            } else {
                part.push(run);
            }
        }
        whole &= self.lines(&mut part, style, width, width, false).is_some();
        out.append(&mut part);
        *runs = out;
        whole
    }

    /// Puts line ends into runs and gives the number of lines. A text that the faces do
    /// not wholly cover is left to the engine: its number of lines is not known.
    pub fn lines(&self, runs: &mut Runs, style: Type, first: f64, others: f64, justified: bool) -> Option<usize> {
        if !self.known {
            return None;
        }
        let (mut chars, mut widths) = (Vec::new(), Vec::new());
        let mut whole = true;
        for run in runs.iter() {
            let (text, bold, italic, raised) = match run {
                Run::Text { text, bold, italic, raised, .. } => (text.as_str(), *bold, *italic, *raised),
                Run::Note { note, .. } => {
                    let mark = self.marks.get(*note).map_or("", String::as_str);
                    (mark, false, false, !mark.starts_with('*'))
                }
                Run::Break { .. } | Run::Space { .. } => return None,
            };
            let note = matches!(run, Run::Note { .. });
            let (bold, italic) = (bold || (style.bold && !note), italic || style.italic);
            let style = if raised { self.measures.mark } else { style };
            whole &= advances::advances(text, style, bold, italic, &mut widths);
            chars.extend(text.chars());
        }
        if !whole {
            return None;
        }
        let (chars, advances, tracking) = (&chars, &widths, style.tracking);
        let found = line_ends(&Measured { chars, advances, tracking, first, others, compressed: justified });
        *runs = self.broken(std::mem::take(runs), &found.ends, justified);
        if found.last_compressed {
            runs.push(Run::Break { justify: true, space: false, page: false });
        }
        Some(found.ends.len() + 1)
    }

    /// The runs with their line ends: texts are cut, spaces at a line end go into it.
    fn broken(&self, runs: Runs, ends: &[LineEnd], justify: bool) -> Runs {
        let mut out = Runs::with_capacity(runs.len() + ends.len());
        let mut ends = ends.iter().peekable();
        let mut at = 0;
        let line_end = |end: &LineEnd| Run::Break { justify, space: !end.is_empty(), page: false };
        for run in runs {
            let Run::Text { text, italic, bold, raised, link } = run else {
                if let Some(end) = ends.next_if(|end| **end == (at..at)) {
                    out.push(line_end(end));
                }
                if let Run::Note { note, .. } = &run {
                    at += self.marks.get(*note).map_or(0, |mark| mark.chars().count());
                }
                out.push(run);
                continue;
            };
            let end_piece = |kept: &mut String, out: &mut Runs| {
                if !kept.is_empty() {
                    let text = std::mem::take(kept);
                    out.push(Run::Text { text, italic, bold, raised, link: link.clone() });
                }
            };
            let mut kept = String::new();
            for c in text.chars() {
                if let Some(end) = ends.next_if(|end| **end == (at..at)) {
                    end_piece(&mut kept, &mut out);
                    out.push(line_end(end));
                }
                match ends.peek() {
                    Some(end) if end.contains(&at) => {
                        if at + 1 == end.end {
                            end_piece(&mut kept, &mut out);
                            out.push(line_end(end));
                            ends.next();
                        }
                    }
                    _ => kept.push(c),
                }
                at += 1;
            }
            end_piece(&mut kept, &mut out);
        }
        out
    }
}
