//! Pieces of text, set as the engine does.

use typst::layout::{Abs, Em, Point};
use typst::syntax::Span;
use typst::text::{FontInstance, Glyph, Lang, TextItem};
use typst::visualize::Color;

use crate::prepare::Run;
use crate::typeset::composer::glyphs;
use crate::typeset::measures::{Spaces, Type};
use crate::typeset::press::Press;

/// The style of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    pub style: Type,
    pub bold: bool,
    pub italic: bool,
    /// Whether it is blue, as links are.
    pub linked: bool,
}

impl Look {
    /// Returns the style of the type alone.
    pub fn plain(style: Type) -> Self {
        Self { style, bold: style.bold, italic: style.italic, linked: false }
    }
}

/// Sets a text in a style. Returns `None` if the face lacks a character.
pub(super) fn piece(press: &Press, text: &str, look: Look, fill: Color, lang: Lang) -> Option<TextItem> {
    let Look { style, bold, italic, .. } = look;
    let font: &FontInstance = press.face(style.scale, bold, italic)?;
    let size = Abs::pt(style.size);
    let mut shaped = Vec::with_capacity(text.len());
    if !glyphs(text, style, bold, italic, &mut shaped) {
        return None;
    }
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let tracking = Em::from_abs(Abs::pt(style.drawn()), size);
    let mut set = Vec::with_capacity(shaped.len());
    let mut clusters = shaped.chunk_by(|one, next| one.character == next.character).peekable();
    while let Some(cluster) = clusters.next() {
        let next = clusters.peek().map(|next| next[0].character);
        let range = *starts.get(cluster[0].character)?..*starts.get(next.unwrap_or(starts.len() - 1))?;
        let range = u16::try_from(range.start).ok()?..u16::try_from(range.end).ok()?;
        set.extend(cluster.iter().map(|glyph| Glyph {
            id: glyph.id,
            x_advance: Em::new(glyph.advance),
            x_offset: Em::new(glyph.offset.0),
            y_advance: Em::zero(),
            y_offset: Em::new(glyph.offset.1),
            range: range.clone(),
            span: (Span::detached(), 0),
        }));
        // Tracking applies between characters, not after the last, nor after those without width.
        let wide = cluster.iter().any(|glyph| glyph.advance > 0.0);
        if let (Some(_), true, Some(last)) = (next, wide, set.last_mut()) {
            last.x_advance += tracking;
        }
    }
    let (fill, text) = (fill.into(), text.into());
    Some(TextItem { font: font.clone(), size, fill, stroke: None, lang, region: None, text, glyphs: set })
}

/// Tracks the last letter too.
pub(super) fn track_last(item: &mut TextItem, style: Type) {
    if let Some(last) = item.glyphs.last_mut() {
        last.x_advance += Em::from_abs(Abs::pt(style.drawn()), item.size);
    }
}

/// Adds a space without width. Returns `false` if there is no position for it.
pub(super) fn end_with_space(item: &mut TextItem) -> bool {
    let (Some(id), Some(last)) = (item.font.ttf().glyph_index(' '), item.glyphs.last().cloned()) else { return false };
    let (Ok(start), Ok(end)) = (u16::try_from(item.text.len()), u16::try_from(item.text.len() + 1)) else {
        return false;
    };
    let (none, range) = (Em::zero(), start..end);
    item.text.push(' ');
    item.glyphs.push(Glyph { id: id.0, x_advance: none, x_offset: none, y_offset: none, range, ..last });
    true
}

/// Widens a line by a number of points, through its spaces. They are
/// compressed and stretched as the engine does within the limits of `spaces` in tokens.typ.
pub(super) fn justify<'t>(pieces: impl Iterator<Item = &'t mut TextItem>, more: f64, limits: Spaces) {
    let mut spaces: Vec<(Abs, &mut Em)> = Vec::new();
    for piece in pieces {
        let TextItem { text, glyphs, size, .. } = piece;
        for glyph in glyphs {
            if matches!(&text[glyph.range()], " " | "\u{a0}") {
                spaces.push((*size, &mut glyph.x_advance));
            }
        }
    }
    let more = Abs::pt(more);
    let part = if more < Abs::zero() { 1.0 - limits.min } else { limits.max - 1.0 };
    let able: Abs = spaces.iter().map(|(size, advance)| (**advance * part).at(*size)).sum();
    if able <= Abs::zero() {
        return;
    }
    let ratio = (more / able).clamp(-1.0, 1.0);
    let extra = (more - able).max(Abs::zero()) / spaces.len() as f64;
    for (size, advance) in spaces {
        *advance += *advance * (part * ratio) + Em::from_abs(extra, size);
    }
}

/// Returns the position of a baseline, from the upper edge of its line.
pub(super) fn baseline(x: f64, top: f64, style: Type, ascent: f64) -> Point {
    Point::new(Abs::pt(x), Abs::pt(top + style.pitch * ascent))
}

/// Returns whether runs end in the style of the surrounding line.
pub(super) fn plain_at_end(runs: &[Run]) -> bool {
    runs.last().is_some_and(|last| alike(last, &Run::text("")))
}

/// Returns whether two runs are text of the same style.
pub(super) fn alike(one: &Run, other: &Run) -> bool {
    match (one, other) {
        (
            Run::Text { italic, bold, raised, link: None, .. },
            Run::Text { italic: slope, bold: weight, raised: height, link: None, .. },
        ) => (italic, bold, raised) == (slope, weight, height),
        _ => false,
    }
}
