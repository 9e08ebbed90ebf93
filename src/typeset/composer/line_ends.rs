//! Where lines end: Word's full justification (LAYOUT.md, Line ends).

use std::ops::Range;

/// A paragraph measured: characters, their advances in points, and its widths.
pub(super) struct Measured<'m> {
    pub chars: &'m [char],
    pub advances: &'m [f64],
    /// The width of the first line, from where its text begins.
    pub first: f64,
    /// The width of the other lines.
    pub others: f64,
}

/// A line end: the characters that end with it (spaces, or none after a hyphen), and
/// whether it is forced by a word that is longer than a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LineEnd {
    pub gap: Range<usize>,
    pub forced: bool,
}

/// Where a line may end: after `end`, the next one beginning at `next`.
#[derive(Clone, Copy)]
struct Opportunity {
    end: usize,
    next: usize,
}

/// Where the lines of a paragraph end; the end of the last is not among them.
pub(super) fn line_ends(paragraph: &Measured) -> Vec<LineEnd> {
    let mut ends = Vec::new();
    let mut start = 0;
    let mut measure = paragraph.first;
    let mut fitting: Option<(Opportunity, f64, usize)> = None;
    let mut spaces = 0;
    let mut width = 0.0;
    let mut at = 0;
    let total = paragraph.chars.len();
    while at < total {
        // A word: up to the next opportunity or the end.
        let here = next_opportunity(paragraph.chars, at);
        let word: f64 = paragraph.advances[at..here.end].iter().sum();
        let with_word = width + word;
        if with_word <= measure || takes(with_word, measure, spaces, fitting) {
            fitting = Some((here, with_word, spaces));
            let gap = here.next - here.end;
            width = with_word + paragraph.advances[here.end..here.next].iter().sum::<f64>();
            spaces += gap;
            at = here.next;
            continue;
        }
        let end = match fitting {
            Some((end, ..)) => LineEnd { gap: end.end..end.next, forced: false },
            None => {
                let cut = overlong(paragraph, start, measure);
                LineEnd { gap: cut..cut, forced: true }
            }
        };
        start = end.gap.end;
        ends.push(end);
        (at, width, spaces, fitting) = (start, 0.0, 0, None);
        measure = paragraph.others;
    }
    ends
}

/// Whether a word that is too long for the line is taken into it by compressing spaces:
/// measured over 29,000 lines (LAYOUT.md, Line ends).
fn takes(with: f64, measure: f64, spaces: usize, without: Option<(Opportunity, f64, usize)>) -> bool {
    let Some((_, width, before)) = without else { return false };
    if spaces == 0 || before == 0 {
        return false;
    }
    let over = with - measure;
    let stretch = (measure - width) / before as f64;
    over / spaces as f64 <= 0.46 * stretch - 0.13 && over <= 0.68 * spaces as f64 - 1.2
}

/// The next place at which a line may end.
fn next_opportunity(chars: &[char], from: usize) -> Opportunity {
    let mut at = from;
    while at < chars.len() {
        if chars[at] == ' ' {
            let next = chars[at..].iter().position(|c| *c != ' ').map_or(chars.len(), |n| at + n);
            return Opportunity { end: at, next };
        }
        at += 1;
        if at < chars.len() && breaks_after(chars, at - 1, from) {
            return Opportunity { end: at, next: at };
        }
    }
    Opportunity { end: at, next: at }
}

/// Whether a line may end after the hyphen or dash at `at`, within a word.
fn breaks_after(chars: &[char], at: usize, from: usize) -> bool {
    let dash = matches!(chars[at], '-' | '\u{2013}' | '\u{2014}' | '\u{200b}');
    let next = chars[at + 1];
    dash && at > from && next != ' ' && next != '\u{a0}' && !matches!(next, '-' | '\u{2013}' | '\u{2014}')
}

/// Where a word that is longer than a line is cut: as far as the line goes, and at least
/// one character.
fn overlong(paragraph: &Measured, start: usize, measure: f64) -> usize {
    let mut width = 0.0;
    for (index, advance) in paragraph.advances[start..].iter().enumerate() {
        width += advance;
        if width > measure && index > 0 {
            return start + index;
        }
    }
    paragraph.chars.len()
}
