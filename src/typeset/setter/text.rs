//! Pieces of text, set as the engine does.

use typst::layout::{Abs, Em, Point};
use typst::syntax::Span;
use typst::text::{FontInstance, Glyph, Lang, Region, TextItem};
use typst::visualize::Color;

use crate::prepare::Run;
use crate::typeset::composer::{ShapedGlyph, Stretch, glyphs};
use crate::typeset::measures::Type;
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

/// What a text is set with.
pub(super) struct Ink<'s> {
    pub press: &'s Press,
    pub fill: Color,
    pub lang: Lang,
    pub region: Option<Region>,
}

/// Sets a stretch of text in a look, from right to left if it is written `backward`. Returns `None` if the face lacks a
/// character.
pub(super) fn piece(ink: Ink, stretch: Stretch, look: Look, backward: bool) -> Option<TextItem> {
    let font: &FontInstance = ink.press.face(stretch.face)?;
    let text = stretch.text;
    let size = Abs::pt(look.style.size);
    let mut shaped = Vec::with_capacity(text.len());
    let turned = (backward && stretch.face.family().is_none()).then(|| text.chars().map(turned).collect::<String>());
    let drawn = Stretch { text: turned.as_deref().unwrap_or(text), from: 0, ..stretch };
    if !glyphs(drawn, backward, &mut shaped) {
        return None;
    }
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let tracking = Em::from_abs(Abs::pt(look.style.drawn()), size);
    let mut set = Vec::with_capacity(shaped.len());
    let mut clusters: Vec<(&[ShapedGlyph], usize)> = Vec::with_capacity(shaped.len());
    for cluster in shaped.chunk_by(|one, next| one.character == next.character) {
        if let Some(last) = clusters.last_mut() {
            last.1 = cluster[0].character;
        }
        clusters.push((cluster, starts.len() - 1));
    }
    let last = clusters.last().map(|cluster| cluster.0[0].character);
    if backward {
        clusters.reverse();
    }
    for (cluster, next) in clusters {
        let range = *starts.get(cluster[0].character)?..*starts.get(next)?;
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
        if let (true, true, Some(glyph)) = (last != Some(cluster[0].character), wide, set.last_mut()) {
            glyph.x_advance += tracking;
        }
    }
    let Ink { fill, lang, region, .. } = ink;
    Some(TextItem {
        font: font.clone(),
        size,
        fill: fill.into(),
        stroke: None,
        lang,
        region,
        text: text.into(),
        glyphs: set,
    })
}

/// The character that is drawn for one that is written from right to left.
fn turned(c: char) -> char {
    match c {
        '(' => ')',
        ')' => '(',
        '[' => ']',
        ']' => '[',
        '{' => '}',
        '}' => '{',
        '<' => '>',
        '>' => '<',
        '\u{2039}' => '\u{203a}',
        '\u{203a}' => '\u{2039}',
        other => other,
    }
}

/// Tracks the last letter too.
pub(super) fn track_last(item: &mut TextItem, style: Type) {
    if let Some(last) = item.glyphs.last_mut() {
        last.x_advance += Em::from_abs(Abs::pt(style.drawn()), item.size);
    }
}

/// Adds a space without width. Returns `false` if there is no position for it.
pub(super) fn end_with_space(item: &mut TextItem) -> bool {
    let Some(last) = item.glyphs.last().cloned() else { return false };
    let Some(id) = item.font.ttf().glyph_index(' ') else { return false };
    let (Ok(start), Ok(end)) = (u16::try_from(item.text.len()), u16::try_from(item.text.len() + 1)) else {
        return false;
    };
    let (none, range) = (Em::zero(), start..end);
    // Of a text from right to left, the last glyph is the leftmost.
    let backward = item.glyphs.first().is_some_and(|first| first.range.start > last.range.start);
    let at = if backward { 0 } else { item.glyphs.len() };
    item.text.push(' ');
    item.glyphs.insert(at, Glyph { id: id.0, x_advance: none, x_offset: none, y_offset: none, range, ..last });
    true
}

/// Returns the position of a baseline, from the upper edge of its line.
pub(super) fn baseline(x: f64, top: f64, style: Type, ascent: f64) -> Point {
    Point::new(Abs::pt(x), Abs::pt(top + style.pitch * ascent))
}

/// Returns whether runs end in the style of the surrounding line.
pub(super) fn plain_at_end(runs: &[Run]) -> bool {
    runs.last().is_some_and(|last| last.has_style_of(&Run::text("")))
}
