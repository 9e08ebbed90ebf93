//! The lines of a paragraph, read back from the pages, and a page that ends between two of them.
//!
//! Where a line begins is told by how many characters are seen before it, marks of notes apart: the
//! engine leaves out the space at a line end, and writes marks as the language has them.

use super::{Pages, pieces};
use crate::prepare::{Run, Runs};

/// How many lines of a paragraph stand together at least (docs/page-ends.md#the-rule).
const FEWEST: usize = 2;
/// How far apart the baselines of two lines are at least, in points.
const APART: f64 = 6.0;

/// Where a page is to begin that has the line of a mark, a run of a paragraph: how many characters of
/// the runs are seen before. None, if it begins with the paragraph, or its lines cannot be told. `part`
/// is the name of the paragraph, `mark_size` the size of marks in points.
pub(super) fn page_begin(
    pages: &Pages,
    part: &str,
    label: Option<&str>,
    (runs, mark): (&[Run], usize),
    mark_size: f64,
) -> Option<usize> {
    let ends = line_ends(pages, part, mark_size);
    let label = label.map_or(0, seen);
    let count = |runs: &[Run]| label + runs.iter().map(seen_of).sum::<usize>();
    if ends.last() != Some(&count(runs)) {
        return None;
    }
    let before = count(&runs[..mark]);
    let line = ends.iter().position(|end| before <= *end)?.min(ends.len().saturating_sub(FEWEST));
    if line < FEWEST { None } else { ends[line - 1].checked_sub(label) }
}

/// How many characters of a part are seen up to the end of each of its lines.
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

/// Ends line and page where so many characters of runs are seen before. Gives back whether no page
/// ended there already.
pub(super) fn end_page(runs: &mut Runs, place: usize) -> bool {
    let mut before = 0;
    for index in 0..runs.len() {
        let count = seen_of(&runs[index]);
        if before + count <= place {
            before += count;
            continue;
        }
        let Run::Text { text, .. } = &mut runs[index] else { return false };
        let begins = text.char_indices().filter(|(_, c)| is_seen(*c)).nth(place - before).map_or(0, |(at, _)| at);
        let rest = text.split_off(begins);
        let space = text.ends_with(' ');
        text.truncate(text.trim_end().len());
        let head = std::mem::replace(text, rest);
        if head.is_empty()
            && let Some(Run::Break { page, .. }) = index.checked_sub(1).and_then(|last| runs.get_mut(last))
        {
            return !std::mem::replace(page, true);
        }
        let mut last = runs[index].clone();
        if let Run::Text { text, .. } = &mut last {
            *text = head;
        }
        runs.splice(index..index, [last, Run::Break { justify: true, space, page: true }]);
        return true;
    }
    false
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

/// Whether a reader sees a character: no spaces and joiners. Asterisks are left out, since marks may be
/// made of them.
fn is_seen(c: char) -> bool {
    !c.is_whitespace() && !matches!(c, '*' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(texts: &[&str]) -> Runs {
        texts.iter().map(|text| Run::text(*text)).collect()
    }

    #[test]
    fn a_page_ends_where_a_line_begins() {
        let end = Run::Break { justify: true, space: true, page: true };
        let mut one = runs(&["The tide rises", " and falls."]);
        assert!(end_page(&mut one, 7));
        assert_eq!(one, [Run::text("The tide"), end.clone(), Run::text("rises"), Run::text(" and falls.")]);
        assert!(!end_page(&mut one, 7), "it ends there already");
        assert!(end_page(&mut one, 12));
        let rest = [Run::text("rises"), Run::text(""), end, Run::text("and falls.")];
        assert_eq!(one[2..], rest);
        let mut chinese = runs(&["各港潮汐表"]);
        assert!(end_page(&mut chinese, 2));
        let end = Run::Break { justify: true, space: false, page: true };
        assert_eq!(chinese, [Run::text("各港"), end, Run::text("潮汐表")]);
        assert!(!end_page(&mut chinese, 5), "there is nothing behind");
    }
}
