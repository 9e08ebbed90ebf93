//! The composer: it chooses the line ends of the body and the footnotes, as the official
//! pages have them, and hands them to the engine as justified line breaks.

mod advances;
mod column;
mod line_ends;
mod measures;
mod pages;

pub(super) use measures::Measures;

use super::Lines;
use crate::model::Language;
use crate::prepare::{Block, Prepared, Role, Run, Runs};
use column::column;
use line_ends::{LineEnd, Measured, line_ends};
use measures::{Indents, Type};
use pages::page_starts;

/// Puts gaps after labels and, if it knows the language's rule, line ends into a document;
/// page ends too, where every height is known and `paged` asks for them.
pub(super) fn compose(prepared: &mut Prepared, measures: &Measures, lines: Lines, paged: bool) -> Option<PageEnds> {
    let known = prepared.language == Language::En && lines == Lines::Official;
    let marks: Vec<String> = prepared.notes.iter().map(|note| note.mark.clone()).collect();
    let composer = Composer { measures, marks: &marks, known };
    let closing = prepared.body.iter().position(|block| matches!(block, Block::Closing { .. }));
    let mut whole = known;
    for (index, block) in prepared.body.iter_mut().enumerate() {
        match block {
            Block::Paragraph { role, level, label, runs, keep } => {
                let lines = composer.paragraph(*role, *level, label.as_deref(), runs);
                // The engine prevents widows, but not of a line that moves with its footnote;
                // and closing lines stay with the last paragraph.
                let noted = runs.iter().any(|run| matches!(run, Run::Note { .. }));
                *keep = lines.is_some_and(|lines| lines <= SHORT) && (noted || closing == Some(index + 1));
                whole &= lines.is_some();
            }
            Block::Heading { level, number, stacked, runs, .. } => {
                let hanging = if number.is_some() && !*stacked { measures.stop(1) } else { 0.0 };
                whole &= composer.flush_left(runs, measures.heading(*level), measures.column - hanging);
            }
            Block::Annex { heading, title, level, .. } => {
                let style = measures.heading(*level);
                for runs in std::iter::once(heading).chain(title) {
                    whole &= composer.flush_left(runs, style, measures.column);
                }
            }
            Block::Signature { lines } | Block::Closing { lines } => {
                whole &= lines.iter().all(|line| natural_width(line, measures.body) < measures.column);
            }
            Block::Table { .. } | Block::Figure { .. } => whole = false,
        }
    }
    for entry in &mut prepared.opening {
        let style = measures.opening.get(entry.role.name()).copied().unwrap_or_default();
        whole &= composer.flush_left(&mut entry.runs, style, measures.column);
    }
    let columns = prepared.session.len();
    for line in prepared.session.iter_mut().flatten() {
        let style = measures.session.get(line.role.name()).copied().unwrap_or_default();
        whole &= composer.flush_left(&mut line.runs, style, measures.session_width(line.role, columns));
    }
    let notes = if prepared.close_notes { measures.close_notes } else { measures.notes };
    for note in prepared.notes.iter_mut().filter(|note| !note.framed) {
        whole &= composer.lines(&mut note.runs, notes, measures.column, measures.column, false).is_some();
    }
    if whole && paged { page_ends(prepared, measures) } else { None }
}

/// Where pages end, besides those that end within paragraphs.
pub(super) struct PageEnds {
    /// The blocks that begin a page.
    pub blocks: Vec<usize>,
    /// How many pages there are.
    pub pages: usize,
}

/// Ends pages within paragraphs; where they end between blocks is given back.
fn page_ends(prepared: &mut Prepared, measures: &Measures) -> Option<PageEnds> {
    let (lines, room) = column(prepared, measures)?;
    let place = |at: usize| (lines[at].block, lines[at].index);
    let starts: Vec<(usize, usize)> = page_starts(&lines, room).into_iter().map(place).collect();
    for block in &mut prepared.body {
        if let Block::Paragraph { keep, .. } = block {
            *keep = false;
        }
    }
    for (block, index) in starts.iter().filter(|(_, index)| *index > 0) {
        let Block::Paragraph { runs, .. } = &mut prepared.body[*block] else {
            return None;
        };
        let ends = runs.iter_mut().filter_map(|run| match run {
            Run::Break { page, .. } => Some(page),
            _ => None,
        });
        *ends.skip(index - 1).next()? = true;
    }
    let pages = starts.len() + 1;
    let blocks = starts.into_iter().filter_map(|(block, index)| (index == 0).then_some(block)).collect();
    Some(PageEnds { blocks, pages })
}

/// How wide runs are in a type, in points, on one line; marks of notes are left out.
pub(super) fn natural_width(runs: &Runs, style: Type) -> f64 {
    let mut widths = Vec::new();
    for run in runs {
        if let Run::Text { text, bold, italic, .. } = run {
            advances::advances(text, style, *bold, *italic, &mut widths);
        }
    }
    widths.iter().sum()
}

/// Paragraphs of up to this many lines are never divided between pages: two lines at
/// least stand on each side (LAYOUT.md, Page ends).
const SHORT: usize = 3;

struct Composer<'c> {
    measures: &'c Measures,
    marks: &'c [String],
    known: bool,
}

impl Composer<'_> {
    /// Composes a paragraph; the number of its lines, if it is known.
    fn paragraph(&self, role: Role, level: u8, label: Option<&str>, runs: &mut Runs) -> Option<usize> {
        let indents = self.indents(role, level);
        let right = self.measures.column - self.measures.stop(indents.right);
        let mut text = self.measures.stop(indents.text);
        let mut gap = None;
        if let Some(label) = label {
            let mut widths = Vec::new();
            advances::advances(label, self.measures.body, false, false, &mut widths);
            let end = self.measures.stop(indents.first) + widths.iter().sum::<f64>();
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

    /// Composes lines that are not justified; those that are kept apart stay apart. False,
    /// where the engine must.
    fn flush_left(&self, runs: &mut Runs, style: Type, width: f64) -> bool {
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

    fn indents(&self, role: Role, level: u8) -> Indents {
        const DEEPEST: u8 = 4;
        let level = level.min(DEEPEST);
        let name = match role {
            Role::Enacting => "enacting".to_owned(),
            Role::Preambular => "preambular".to_owned(),
            Role::Operative => "operative".to_owned(),
            Role::Paragraph => "paragraph".to_owned(),
            Role::Numbered => "numbered".to_owned(),
            Role::Quote => "quote".to_owned(),
            Role::Voters => "voters".to_owned(),
            Role::Item => format!("item-{level}"),
            Role::Continued => format!("continued-{level}"),
        };
        self.measures.paragraphs.get(&name).copied().unwrap_or_default()
    }

    /// Puts line ends into runs and gives the number of lines. A text that the faces do
    /// not wholly cover is left to the engine: its number of lines is not known.
    fn lines(&self, runs: &mut Runs, style: Type, first: f64, others: f64, justified: bool) -> Option<usize> {
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
            let style = if raised { self.measures.mark } else { style };
            whole &= advances::advances(text, style, bold || (style.bold && !note), italic, &mut widths);
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
