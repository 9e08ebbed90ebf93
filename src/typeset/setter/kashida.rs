//! Letters that are drawn out to fill lines of Arabic, as Word does (measured: A/79/876, where spaces keep their width
//! and nearly all that is missing to the measure stands behind seen and sad; in lines without these, before alef, dal
//! and teh marbuta).

use typst::layout::{Abs, Em};
use typst::text::{Glyph, TextItem};

use super::fill::Filled;

/// Where a letter may be drawn out: its piece and the start of its text there.
type Point = (usize, usize);

/// Draws out letters of pieces by a number of points in total. Returns `false` if there are none.
pub(super) fn draw_out(pieces: &mut [Filled], more: f64) -> bool {
    let texts = pieces.iter().map(|piece| piece.item.text.as_str());
    let points =
        texts.enumerate().flat_map(|(piece, text)| points(text).into_iter().map(move |(best, at)| (best, (piece, at))));
    let points: Vec<(bool, Point)> = points.collect();
    let best = points.iter().any(|(best, _)| *best);
    let chosen: Vec<Point> = points.into_iter().filter(|point| point.0 == best).map(|point| point.1).collect();
    let each = more / chosen.len().max(1) as f64;
    chosen.iter().fold(false, |any, (piece, at)| drawn_out(pieces[*piece].item, *at, each) || any)
}

/// Draws out one letter.
fn drawn_out(item: &mut TextItem, at: usize, more: f64) -> bool {
    const KASHIDA: char = '\u{640}';
    let Some(id) = item.font.ttf().glyph_index(KASHIDA) else { return false };
    let Some(width) = item.font.x_advance(id.0).map(|width| width.at(item.size).to_pt()) else { return false };
    let Some(place) = item.glyphs.iter().position(|glyph| usize::from(glyph.range.start) == at) else { return false };
    // The strokes overlap, so that no seam shows.
    const OVERLAP: f64 = 0.85;
    let count = (more / (width * OVERLAP)).ceil().max(1.0);
    let advance = Em::from_abs(Abs::pt(more / count), item.size);
    let letter = item.glyphs[place].clone();
    let stroke = Glyph { id: id.0, x_advance: advance, x_offset: Em::zero(), y_offset: Em::zero(), ..letter };
    item.glyphs.splice(place..place, std::iter::repeat_n(stroke, count as usize));
    true
}

/// The places of a text where letters may be drawn out, one in a word at most, and whether they are among the best.
fn points(text: &str) -> Vec<(bool, usize)> {
    let mut points = Vec::new();
    let mut from = 0;
    for word in text.split_inclusive(' ') {
        let letters: Vec<(usize, char)> = word.char_indices().filter(|(_, c)| !is_mark(*c)).collect();
        let mut found: Option<(bool, usize)> = None;
        for pair in letters.windows(2) {
            let ((at, one), (_, next)) = (pair[0], pair[1]);
            if !joins(one) || !is_letter(next) || (one == 'ل' && "اأإآ".contains(next)) {
                continue;
            }
            let best = "سشصض".contains(one);
            if (best || "اأإآدذة".contains(next)) && found.is_none_or(|found| best >= found.0) {
                found = Some((best, from + at));
            }
        }
        points.extend(found);
        from += word.len();
    }
    points
}

/// Whether a letter joins the one after it.
fn joins(c: char) -> bool {
    "بتثجحخسشصضطظعغفقكلمنهيئپچگک".contains(c)
}

fn is_letter(c: char) -> bool {
    matches!(c, '\u{621}'..='\u{63a}' | '\u{641}'..='\u{64a}' | '\u{671}'..='\u{6d3}')
}

/// Whether it is a sign above or below a letter.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{64b}'..='\u{65f}' | '\u{670}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_are_drawn_out() {
        let found = |text: &str| {
            let letter = |at: usize| text[at..].chars().next().unwrap();
            points(text).into_iter().map(|(best, at)| (best, letter(at))).collect::<Vec<_>>()
        };
        assert_eq!(found("بشكل واضح"), [(true, 'ش'), (true, 'ض')]);
        assert_eq!(found("قاعدة"), [(false, 'ع')]);
        assert_eq!(found("أول"), []);
        // An alef behind a lam is one sign with it.
        assert_eq!(found("سلام"), [(true, 'س')]);
        assert_eq!(found("خلال"), []);
        assert_eq!(found("كُتّاب"), [(false, 'ت')]);
    }
}
