//! The lines of a paragraph, read back from the pages, and page ends between two of them.
//!
//! The start of a line is identified by the number of visible characters before it, without note marks: the
//! engine leaves out the space at a line end, and writes marks in the form of the language.

use super::plan::{End, FEWEST, Item, Line};
use super::{Pages, pieces};
use crate::prepare::Run;

/// The minimum distance of the baselines of two lines, in points.
const APART: f64 = 6.0;

/// Returns where a page must begin so that it has the line of a mark, after the first `mark` runs of a
/// paragraph, as a number of visible characters. Returns `None` if it begins with the paragraph, or its lines
/// cannot be identified. `mark_size` is the size of marks in points.
pub(super) fn page_begin(pages: &Pages, item: &Item, mark: usize, mark_size: f64) -> Option<usize> {
    let ends = line_ends(pages, &item.part, mark_size);
    let label = item.label.as_ref().map_or(0, |label| seen(&label.said.to_string()));
    let runs = || item.lines.iter().flat_map(|line| &line.runs);
    if ends.last() != Some(&(label + runs().map(seen_of).sum::<usize>())) {
        return None;
    }
    let before = label + runs().take(mark).map(seen_of).sum::<usize>();
    let line = ends.iter().position(|end| before <= *end)?.min(ends.len().saturating_sub(FEWEST));
    if line < FEWEST { None } else { ends[line - 1].checked_sub(label) }
}

/// Returns the number of visible characters of a part up to the end of each of its lines.
fn line_ends(pages: &Pages, part: &str, mark_size: f64) -> Vec<usize> {
    let mut ends: Vec<usize> = Vec::new();
    let mut line = (0, 0.0);
    for piece in pieces(pages).iter().filter(|piece| piece.part == part && piece.size != mark_size) {
        if piece.page != line.0 || piece.y - line.1 > APART {
            line = (piece.page, piece.y);
            ends.push(ends.last().copied().unwrap_or_default());
        }
        if let Some(end) = ends.last_mut() {
            *end += seen(&piece.text);
        }
    }
    ends
}

/// Ends line and page after a number of visible characters. Returns whether no page ended there
/// already.
pub(super) fn end_page(lines: &mut Vec<Line>, place: usize) -> bool {
    let mut before = 0;
    for at in 0..lines.len() {
        for run in 0..lines[at].runs.len() {
            let count = seen_of(&lines[at].runs[run]);
            if before + count > place {
                return end_before(lines, (at, run), place - before);
            }
            before += count;
        }
    }
    false
}

/// Ends line and page before the visible character of that number, in a run of a line.
fn end_before(lines: &mut Vec<Line>, (at, run): (usize, usize), character: usize) -> bool {
    let line = &mut lines[at];
    let Some(Run::Text { text, .. }) = line.runs.get(run) else { return false };
    let begins = text.char_indices().filter(|(_, c)| is_seen(*c)).nth(character).map_or(0, |(at, _)| at);
    let (head, rest) = text.split_at(begins);
    let space = head.ends_with(' ');
    if head.trim_end().is_empty() && run == 0 && at > 0 {
        return !std::mem::replace(&mut line.page, true);
    }
    let with = |said: &str| {
        let mut part = line.runs[run].clone();
        if let Run::Text { text, .. } = &mut part {
            said.clone_into(text);
        }
        part
    };
    let (head, rest) = (with(head.trim_end()), with(rest));
    let others = line.runs.split_off(run).into_iter().skip(1);
    let next = Line {
        runs: std::iter::once(rest).chain(others).collect(),
        end: line.end,
        hangs: line.hangs,
        page: true,
        bar: line.bar,
    };
    line.runs.push(head);
    line.end = Some(End { full: true, space });
    lines.insert(at + 1, next);
    true
}

fn seen_of(run: &Run) -> usize {
    match run {
        Run::Text { text, raised: false, .. } => seen(text),
        _ => 0,
    }
}

fn seen(text: &str) -> usize {
    text.chars().filter(|c| is_seen(*c)).count()
}

/// Returns whether a character is visible: spaces and joiners are not. Asterisks are left out, because marks
/// may be made of them.
fn is_seen(c: char) -> bool {
    !c.is_whitespace() && !matches!(c, '*' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(texts: &[&str], end: Option<End>, page: bool) -> Line {
        Line { runs: texts.iter().map(|text| Run::text(*text)).collect(), end, hangs: false, page, bar: false }
    }

    #[test]
    fn a_page_ends_where_a_line_begins() {
        let end = |space| Some(End { full: true, space });
        let mut one = vec![line(&["The tide rises", " and falls."], None, false)];
        assert!(end_page(&mut one, 7));
        assert_eq!(one, [line(&["The tide"], end(true), false), line(&["rises", " and falls."], None, true)]);
        assert!(!end_page(&mut one, 7), "the page already ends there");
        assert!(end_page(&mut one, 12));
        assert_eq!(one[1..], [line(&["rises", ""], end(true), true), line(&["and falls."], None, true)]);
        let mut chinese = vec![line(&["各港潮汐表"], None, false)];
        assert!(end_page(&mut chinese, 2));
        assert_eq!(chinese, [line(&["各港"], end(false), false), line(&["潮汐表"], None, true)]);
        assert!(!end_page(&mut chinese, 5), "nothing follows");
    }
}
