//! The units of a cell: words and figures, and their widths.

use std::ops::Range;

use super::Page;
use crate::prepare::{Cell, Run, is_digit};
use crate::typeset::composer::{MARK, Type, beside, in_other, next_opportunity, width_in_any};
use crate::typeset::long_words::{LONGEST, USUAL, ideographic};
use crate::typeset::measures::{Fit, Style};

/// The length of the pieces of a word that is cut in a cell, in characters.
const LONGEST_IN_CELL: usize = 6;

/// A width: a part that grows with the type and a part that does not, in points of the usual size.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Extent {
    pub scaled: f64,
    /// Like `scaled`, if words are cut.
    pub cut: f64,
    /// The marks of notes.
    pub fixed: f64,
}

impl Extent {
    pub fn at(&self, step: f64, cut: bool) -> f64 {
        let scaled = if cut { self.cut } else { self.scaled };
        scaled * step + self.fixed
    }

    pub fn widened(mut self, other: Self) -> Self {
        self.widen(other);
        self
    }

    pub fn widen(&mut self, other: Self) {
        self.scaled = self.scaled.max(other.scaled);
        self.cut = self.cut.max(other.cut);
    }
}

/// A word or figure that stays on one line, unless it is cut.
pub(super) struct Unit {
    pub text: String,
    /// The width that it requires.
    pub extent: Extent,
    /// Its width on one line.
    whole: Extent,
    figure: bool,
    /// Its place among the characters of the cell.
    pub range: Range<usize>,
}

/// A character of a cell.
#[derive(Clone, Copy)]
struct Spot {
    c: char,
    run: usize,
    /// Its position in its run, in bytes.
    at: usize,
    /// Whether it belongs to the mark of a note.
    mark: bool,
    /// The room that it takes beside others, in parts of the size.
    apart: f64,
}

/// Returns the units of a cell.
pub(super) fn units(cell: &Cell, page: &Page, style: Style) -> Vec<Unit> {
    let spots = spots(cell, page, style);
    let chars: Vec<char> = spots.iter().map(|spot| spot.c).collect();
    ranges(&chars, &spots).into_iter().map(|range| unit(cell, page, style, &spots, range)).collect()
}

/// Returns where the units of a cell are.
fn ranges(chars: &[char], spots: &[Spot]) -> Vec<Range<usize>> {
    let breaks = chars.iter().enumerate().filter(|(_, c)| **c == '\n').map(|(at, _)| at);
    let mut found = Vec::new();
    let mut from = 0;
    for line in breaks.chain([chars.len()]) {
        while from < line {
            let (end, next) = unit_end(&chars[..line], spots, from);
            if end > from {
                found.push(from..end);
            }
            from = next.max(from + 1);
        }
        from = line + 1;
    }
    found
}

/// Returns the width of the widest word of a cell, ranges such as "2015–2024" taken as one.
pub(super) fn widest_word(units: &[Unit]) -> f64 {
    let words = units.chunk_by(|one, next| one.range.end == next.range.start && !one.text.ends_with(ideographic));
    words.map(|units| units.iter().map(|unit| unit.extent.at(1.0, false)).sum()).fold(0.0, f64::max)
}

/// Returns the width of the text of a cell on one line.
pub(super) fn whole(cell: &Cell, page: &Page, style: Style) -> Extent {
    let spots = spots(cell, page, style);
    let lines = spots.split(|spot| spot.c == '\n').map(|line| extent(cell, page, style, line));
    lines.reduce(|one, other| Extent { fixed: one.fixed.max(other.fixed), ..one }.widened(other)).unwrap_or_default()
}

/// Cuts the words of a cell that are wider than its room.
pub(super) fn open(cell: &mut Cell, page: &Page, style: Style, step: f64, room: f64) {
    let spots = spots(cell, page, style);
    let wide = units(cell, page, style).into_iter().filter(|unit| !unit.figure && unit.whole.at(step, false) > room);
    let cuts = wide.flat_map(|unit| unit.range.skip(LONGEST_IN_CELL).step_by(LONGEST_IN_CELL));
    let cuts: Vec<Spot> = cuts.map(|at| spots[at]).filter(|spot| !spot.mark).collect();
    for spot in cuts.iter().rev() {
        if let Some(Run::Text { text, .. }) = cell.runs.get_mut(spot.run) {
            text.insert(spot.at, CUT);
        }
    }
}

/// A zero-width space: an additional line end in a word that is cut.
const CUT: char = '\u{200b}';

fn spots(cell: &Cell, page: &Page, style: Style) -> Vec<Spot> {
    let mut spots = Vec::new();
    let mut wide = Vec::new();
    let kind = page.measures.styles[style];
    for (run, said) in cell.runs.iter().enumerate() {
        let (text, mark) = match said {
            Run::Text { text, .. } => (text.as_str(), false),
            Run::Note { note, .. } => (page.marks.get(*note).map_or("", String::as_str), true),
            Run::Break { .. } => ("\n", false),
        };
        spots.extend(text.char_indices().map(|(at, c)| Spot { c, run, at, mark, apart: 0.0 }));
        match said {
            Run::Text { text, italic, bold, raised: false, .. } if page.spaced => {
                wide.extend(text.chars().zip(in_other(text, kind, *bold || kind.bold, *italic || kind.italic)));
            }
            _ => wide.extend(text.chars().map(|_| (MARK, false))),
        }
    }
    if page.spaced {
        let rooms = spots.iter_mut().zip(beside(&wide));
        rooms.for_each(|(spot, (before, after))| spot.apart = before + after);
    }
    spots
}

/// Returns the end of the unit that begins at a position of the last line, and the start of the next one.
fn unit_end(chars: &[char], spots: &[Spot], from: usize) -> (usize, usize) {
    let mut found = next_opportunity(chars, from);
    while found.next < chars.len() && parts_thousands(chars, found.end, found.next) {
        found = next_opportunity(chars, found.next);
    }
    let sign = |at: usize| ideographic(chars[at]) || ideographic(chars[at - 1]);
    let apart = |at: &usize| sign(*at) && !spots[*at].mark && !clings(chars[*at - 1], chars[*at]);
    (from + 1..found.end).find(apart).map_or((found.end, found.next), |end| (end, end))
}

/// Returns whether a space separates the thousands of a figure, as in "12 345 678".
fn parts_thousands(chars: &[char], end: usize, next: usize) -> bool {
    let figure = |at: usize| chars.get(at).copied().is_some_and(is_digit);
    next == end + 1 && end > 0 && figure(end - 1) && (next..next + 3).all(figure) && !figure(next + 3)
}

/// Returns whether no line ends between a character and the next.
fn clings(one: char, next: char) -> bool {
    "（《〈「『【〔“‘(".contains(one) || "，。；：、！？）》〉」』】〕”’)%％…—".contains(next)
}

fn unit(cell: &Cell, page: &Page, style: Style, spots: &[Spot], range: Range<usize>) -> Unit {
    let text: String = spots[range.clone()].iter().map(|spot| spot.c).collect();
    let whole = extent(cell, page, style, &spots[range.clone()]);
    let count = range.len();
    let figure = count <= USUAL && figure(&text);
    let longest_part = |most: usize| {
        let parts = spots[range.clone()].chunks(most);
        parts.map(|part| extent(cell, page, style, part).scaled).fold(0.0, f64::max)
    };
    let cut = if figure || count <= LONGEST_IN_CELL { whole.scaled } else { longest_part(LONGEST_IN_CELL) };
    // An extremely long word requires no more room than a long one.
    let scaled = if count > USUAL { longest_part(LONGEST) } else { whole.scaled };
    Unit { text, extent: Extent { scaled, cut, ..whole }, whole, figure, range }
}

/// Returns whether a text is a figure with its signs: "(1,234.5)", "US$12.50".
fn figure(text: &str) -> bool {
    let seen = text.chars().filter(|c| !c.is_whitespace());
    text.chars().filter(|c| is_digit(*c)).count() * 2 >= seen.count() && text.contains(is_digit)
}

fn extent(cell: &Cell, page: &Page, style: Style, spots: &[Spot]) -> Extent {
    let fit = Fit { tracking: page.tracking, pitch: None };
    let small = page.measures.styles[style].fitted(fit);
    let mut extent = Extent::default();
    for stretch in spots.chunk_by(|one, next| one.run == next.run) {
        let text: String = stretch.iter().map(|spot| spot.c).collect();
        let width = |style: Type, bold, italic| width_in_any(&text, style, bold, italic, small.other.is_some());
        match &cell.runs[stretch[0].run] {
            Run::Text { raised: true, italic, .. } => {
                extent.scaled += width(page.measures.raised_in(small), false, *italic || small.italic);
            }
            Run::Text { bold, italic, .. } => {
                extent.scaled += width(small, *bold || small.bold, *italic || small.italic)
            }
            _ if text.starts_with('*') => extent.scaled += width(small, false, false),
            _ => extent.fixed += width(page.measures.mark, false, false),
        }
    }
    extent.scaled += spots.iter().map(|spot| spot.apart).sum::<f64>() * small.size;
    extent.cut = extent.scaled;
    extent
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    fn spots(text: &str) -> Vec<Spot> {
        text.char_indices().map(|(at, c)| Spot { c, run: 0, at, mark: false, apart: 0.0 }).collect()
    }

    fn found(text: &str) -> Vec<String> {
        let chars: Vec<char> = text.chars().collect();
        ranges(&chars, &spots(text)).into_iter().map(|range| chars[range].iter().collect()).collect()
    }

    #[test]
    fn units_end_with_words_figures_and_lines() {
        assert_eq!(found("of the\n\n12 345 678 and 9\n"), ["of", "the", "12 345 678", "and", "9"]);
        assert_eq!(found("12\n345"), ["12", "345"]);
        assert_eq!(found("港口\nof 港"), ["港", "口", "of", "港"]);
        assert!(found("\n").is_empty() && found("").is_empty());
    }

    /// A text of 16 times as many words takes about 16 times as long, not 256 times.
    #[test]
    fn the_units_of_a_long_text_are_found_in_one_pass() {
        let shortest = |words: usize| -> Duration {
            let text = "tide ".repeat(words);
            let (chars, spots) = (text.chars().collect::<Vec<char>>(), spots(&text));
            let once = |_| {
                let start = Instant::now();
                assert_eq!(ranges(&chars, &spots).len(), words);
                start.elapsed()
            };
            (0..5).map(once).min().unwrap_or_default()
        };
        let (one, other) = (shortest(2_000), shortest(32_000));
        assert!(other < one * 80, "{one:?} for 2,000 words, {other:?} for 32,000");
    }
}
