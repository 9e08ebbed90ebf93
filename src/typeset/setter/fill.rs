//! Lines filled to the measure: through their spaces, in Chinese between all characters, in Arabic through letters that
//! are drawn out.

use typst::layout::{Abs, Em};
use typst::text::TextItem;

use super::kashida::draw_out;
use crate::model::Language;
use crate::typeset::composer::{beside, widens};
use crate::typeset::measures::Spaces;

/// A text of a line, and whether a face of Chinese sets it.
pub(super) struct Filled<'t> {
    pub item: &'t mut TextItem,
    pub wide: bool,
}

/// Moves Chinese characters to where they stand beside others.
pub(super) fn space(pieces: &mut [Filled]) {
    let characters = characters(pieces);
    let mut added = beside(&characters).into_iter();
    for Filled { item, .. } in pieces {
        for (glyph, (before, after)) in item.glyphs.iter_mut().zip(&mut added) {
            glyph.x_offset += Em::new(before);
            glyph.x_advance += Em::new(before + after);
        }
    }
}

/// Every character of pieces, one for each glyph, and whether a face of Chinese sets it.
fn characters(pieces: &[Filled]) -> Vec<(char, bool)> {
    let of_piece = |Filled { item, wide }: &Filled| {
        let first = |range: std::ops::Range<usize>| item.text[range].chars().next().unwrap_or_default();
        item.glyphs.iter().map(|glyph| (first(glyph.range()), *wide)).collect::<Vec<_>>()
    };
    pieces.iter().flat_map(of_piece).collect()
}

/// Widens a line by a number of points. Spaces are
/// compressed and stretched as the engine does within the limits of `spaces` in tokens.typ.
pub(super) fn justify(pieces: &mut [Filled], more: f64, limits: Spaces, language: Language) {
    if language == Language::Ar && more > 0.0 && draw_out(pieces, more) {
        return;
    }
    let widening = (language == Language::Zh).then(|| {
        let characters = characters(pieces);
        let last = characters.len().saturating_sub(1);
        let widens =
            |(at, character): (usize, &(char, bool))| at < last && widens(*character, characters.get(at + 1).copied());
        characters.iter().enumerate().map(widens).collect::<Vec<_>>()
    });
    let (mut spaces, mut others) = (Vec::<(Abs, &mut Em)>::new(), Vec::<(Abs, &mut Em)>::new());
    let mut at = 0;
    for Filled { item, .. } in pieces {
        let TextItem { text, glyphs, size, .. } = &mut **item;
        for glyph in glyphs {
            if matches!(&text[glyph.range()], " " | "\u{a0}") {
                spaces.push((*size, &mut glyph.x_advance));
            } else if widening.as_ref().is_some_and(|widens| widens[at]) {
                others.push((*size, &mut glyph.x_advance));
            }
            at += 1;
        }
    }
    let more = Abs::pt(more);
    let part = if more < Abs::zero() { 1.0 - limits.min } else { limits.max - 1.0 };
    let able: Abs = spaces.iter().map(|(size, advance)| (**advance * part).at(*size)).sum();
    let count = spaces.len() + others.len();
    let extra = (more - able).max(Abs::zero()) / count.max(1) as f64;
    if able > Abs::zero() {
        let ratio = (more / able).clamp(-1.0, 1.0);
        for (size, advance) in spaces {
            *advance += *advance * (part * ratio) + Em::from_abs(extra, size);
        }
    }
    for (size, advance) in others {
        *advance += Em::from_abs(extra, size);
    }
}
