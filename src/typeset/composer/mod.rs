//! The composer: it chooses where lines and pages end, as the official pages have them, and
//! hands them to the engine as justified line breaks and page breaks.

mod advances;
mod column;
mod line_ends;
mod measures;
mod pages;
mod paragraphs;
mod scripts;

pub(super) use advances::glyphs;
pub(super) use column::line_count;
pub(super) use line_ends::next_opportunity;
pub(super) use measures::{FootLine, Measures, Rule, Sides, Spaces, Type};
pub(super) use pages::Line;

use super::Lines;
use crate::model::Language;
use crate::prepare::{Block, Prepared, Run, Runs};
use column::column;
use pages::{page_starts, pages_hold};
pub(super) use paragraphs::natural_width;
use paragraphs::{Beside, Composer};
pub(super) use scripts::width_in_any;

/// The languages of Latin and Cyrillic script. The rule is one of the program and the template
/// that set all of them, and knows no language; it was measured in English.
const KNOWN: [Language; 5] = [Language::En, Language::Fr, Language::Ru, Language::Es, Language::De];

/// Paragraphs of up to this many lines are never divided between pages: two lines at
/// least stand on each side (docs/page-ends.md#the-rule).
const SHORT: usize = 3;

/// Whether runs whose lines are not known are surely no more.
fn is_short(runs: &[Run]) -> bool {
    const FEW: usize = 120;
    let characters = |run: &Run| match run {
        Run::Text { text, .. } => text.chars().count(),
        _ => 1,
    };
    runs.iter().map(characters).sum::<usize>() <= FEW
}

/// Puts gaps after labels and, if it knows the language's rule, line ends into a document;
/// page ends too, if `paged` asks for them, as far as every height is known.
pub(super) fn compose(prepared: &mut Prepared, measures: &Measures, lines: Lines, paged: bool) -> Option<PageEnds> {
    let known = KNOWN.contains(&prepared.language) && lines == Lines::Official;
    let marks: Vec<String> = prepared.notes.iter().map(|note| note.mark.clone()).collect();
    let latin = !matches!(prepared.language, Language::Ar | Language::Zh);
    let composer = Composer { measures, marks: &marks, known, latin };
    let closing: Vec<usize> =
        (0..prepared.body.len()).filter(|index| matches!(prepared.body[*index], Block::Closing { .. })).collect();
    let mut known_blocks = 0;
    for (index, block) in prepared.body.iter_mut().enumerate() {
        let whole = match block {
            Block::Paragraph { role, level, label, runs, keep } => {
                let lines = composer.paragraph(*role, *level, label.as_ref(), runs);
                // The engine prevents widows, but not of a line that moves with its footnote;
                // and closing lines stay with the last paragraph.
                let noted = runs.iter().any(|run| matches!(run, Run::Note { .. }));
                let short = lines.map_or_else(|| is_short(runs), |lines| lines <= SHORT);
                *keep = short && (noted || closing.contains(&(index + 1)));
                lines.is_some()
            }
            Block::Heading { level, number, stacked, hanging, runs, .. } => {
                let style = measures.heading(*level);
                match number.as_ref().filter(|_| !*stacked).map(|number| composer.beside(number, style, 0.0..0.0)) {
                    Some(Beside::Unknown) => false,
                    Some(Beside::From(place)) => {
                        *hanging = Some(place);
                        composer.flush_left(runs, style, measures.column - place)
                    }
                    Some(Beside::Above) => {
                        *stacked = true;
                        composer.flush_left(runs, style, measures.column)
                    }
                    None => composer.flush_left(runs, style, measures.column),
                }
            }
            Block::Annex { heading, title, level, .. } | Block::Part { heading, title, level, .. } => {
                let style = measures.heading(*level);
                let mut parts = std::iter::once(heading).chain(title);
                parts.all(|runs| composer.flush_left(runs, style, measures.column))
            }
            Block::Signature { lines } => fit(lines, measures.body, measures),
            Block::Closing { lines } => fit(lines, measures.closing, measures),
            Block::Table { .. } | Block::Figure { .. } => false,
        };
        if whole && index == known_blocks {
            known_blocks += 1;
        }
    }
    let mut whole = known;
    for entry in &mut prepared.opening {
        let style = measures.opening.get(entry.role.name()).copied().unwrap_or_default();
        let room = measures.number.left..measures.number.right;
        let hanging = match entry.number.as_ref().map(|number| composer.beside(number, style, room)) {
            Some(Beside::Unknown) => {
                whole = false;
                continue;
            }
            Some(Beside::From(place)) => {
                entry.hanging = Some(place);
                place
            }
            Some(Beside::Above) => {
                let number = entry.number.take().map(|number| number.runs().clone()).unwrap_or_default();
                let end = Run::Break { justify: false, space: false, page: false };
                entry.runs.splice(0..0, number.into_iter().chain([end]));
                0.0
            }
            None => 0.0,
        };
        whole &= composer.flush_left(&mut entry.runs, style, measures.column - hanging);
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
    if whole && paged { page_ends(prepared, measures, known_blocks) } else { None }
}

/// Whether each of these lines is one line.
fn fit(lines: &[Runs], style: Type, measures: &Measures) -> bool {
    lines.iter().all(|line| natural_width(line, style) < measures.column)
}

/// A text of one type as lines that are not justified, in runs that end them; none, if the faces lack
/// a character.
pub(super) fn flush_left(text: &str, measures: &Measures, style: Type, width: f64) -> Option<Runs> {
    let mut runs = vec![Run::text(text)];
    let composer = Composer { measures, marks: &[], known: true, latin: true };
    composer.flush_left(&mut runs, style, width).then_some(runs)
}

/// Where pages end, besides those that end within paragraphs.
pub(super) struct PageEnds {
    /// Whether these are all; else the engine ends the others.
    pub whole: bool,
    /// The lines of the body, as far as their heights are known.
    pub lines: Vec<Line>,
    /// The lines that begin the pages after the first.
    pub starts: Vec<usize>,
    /// Whether every page holds what it should: its lines and their notes.
    pub fits: bool,
}

impl PageEnds {
    /// How many pages there are, so far as is known.
    pub fn pages(&self) -> usize {
        self.starts.len() + 1
    }

    /// The blocks that begin a page.
    pub fn blocks(&self) -> Vec<usize> {
        let first = self.starts.iter().map(|start| self.lines[*start]);
        first.filter(|line| line.index == 0).map(|line| line.block).collect()
    }

    /// Whether a document of so many pages has been set as it was reckoned.
    pub fn agree(&self, pages: usize) -> bool {
        if self.whole { pages == self.pages() } else { pages >= self.pages() }
    }
}

/// Ends pages within paragraphs, as far as the heights of blocks are known; where they end
/// between blocks is given back.
fn page_ends(prepared: &mut Prepared, measures: &Measures, known_blocks: usize) -> Option<PageEnds> {
    let (lines, room) = column(prepared, measures, known_blocks)?;
    let starts = page_starts(&lines, room);
    for block in &mut prepared.body[..known_blocks] {
        if let Block::Paragraph { keep, .. } = block {
            *keep = false;
        }
    }
    for line in starts.iter().map(|start| lines[*start]).filter(|line| line.index > 0) {
        let Block::Paragraph { runs, .. } = &mut prepared.body[line.block] else {
            return None;
        };
        let mut ends = runs.iter_mut().filter_map(|run| match run {
            Run::Break { page, .. } => Some(page),
            _ => None,
        });
        *ends.nth(line.index - 1)? = true;
    }
    let fits = pages_hold(&lines, &starts, room);
    Some(PageEnds { whole: known_blocks == prepared.body.len(), lines, starts, fits })
}
