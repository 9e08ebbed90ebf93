//! The glyphs of characters and their advances, shaped with the faces and features that the
//! engine uses.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use rustybuzz::ttf_parser::Tag;
use rustybuzz::{Direction, Face, Feature, ShapePlan, UnicodeBuffer, script};

use crate::typeset::faces::FACES;
use crate::typeset::measures::Type;

/// A face ready to shape with.
struct Shaper {
    face: Face<'static>,
    plan: ShapePlan,
    units: f64,
}

/// The features with which the templates set text: kerning, no ligatures.
const FEATURES: [Feature; 2] = [
    Feature { tag: Tag::from_bytes(b"liga"), value: 0, start: 0, end: u32::MAX },
    Feature { tag: Tag::from_bytes(b"clig"), value: 0, start: 0, end: u32::MAX },
];

/// The program's faces by scale, bold, italic.
static SHAPERS: LazyLock<BTreeMap<(u32, bool, bool), Shaper>> = LazyLock::new(|| {
    FACES
        .iter()
        .filter_map(|own| {
            let face = Face::from_slice(own.data, 0)?;
            let plan = ShapePlan::new(&face, Direction::LeftToRight, Some(script::LATIN), None, &FEATURES);
            let units = f64::from(face.units_per_em());
            Some(((own.scale, own.bold, own.italic), Shaper { face, plan, units }))
        })
        .collect()
});

type FaceKey = (u32, bool, bool);

thread_local! {
    /// Characters by the next character; `None` if the face lacks one of them. In plain text,
    /// kerning only affects neighbours, so that a pair that was shaped once is never
    /// shaped again.
    static PAIRS: RefCell<FxHashMap<(FaceKey, char, char), Option<ShapedGlyph>>> = RefCell::default();
}

/// A glyph; its lengths are in parts of the size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::typeset) struct ShapedGlyph {
    pub id: u16,
    pub advance: f64,
    /// The position of the drawing, from the start of its advance.
    pub offset: (f64, f64),
    /// The index of its character in the text, from 0.
    pub character: usize,
}

/// Returns whether the face of a style has the character.
pub(super) fn has(c: char, style: Type, bold: bool, italic: bool) -> bool {
    SHAPERS.get(&(style.scale, bold, italic)).is_some_and(|shaper| shaper.face.glyph_index(c).is_some())
}

/// Appends the glyphs of a text, without tracking. Returns `false` if the face lacks a character.
pub(in crate::typeset) fn glyphs(
    text: &str,
    style: Type,
    bold: bool,
    italic: bool,
    out: &mut Vec<ShapedGlyph>,
) -> bool {
    let key = (style.scale, bold, italic);
    if !text.chars().all(plain) {
        return shaped(key, text, out);
    }
    paired(key, text, |character, glyph| out.push(ShapedGlyph { character, ..glyph }))
}

/// Appends the advance of every character of `text`, in points, including tracking; a character that
/// combines with the one before has none. Returns `false` if the face lacks a character.
pub(super) fn advances(text: &str, style: Type, bold: bool, italic: bool, out: &mut Vec<f64>) -> bool {
    let key = (style.scale, bold, italic);
    let from = out.len();
    if !text.chars().all(plain) {
        let mut glyphs = Vec::new();
        let whole = shaped(key, text, &mut glyphs);
        out.extend(text.chars().map(|_| 0.0));
        for glyph in glyphs {
            out[from + glyph.character] += glyph.advance;
        }
        out[from..].iter_mut().filter(|advance| **advance > 0.0).for_each(|advance| {
            *advance = *advance * style.size + style.tracking;
        });
        return whole;
    }
    let whole = paired(key, text, |_, glyph| out.push(glyph.advance * style.size + style.tracking));
    out.resize(from + text.chars().count(), style.tracking);
    whole
}

/// Appends the glyphs of plain text, one per character, up to the first that the face lacks. Returns
/// whether it has all.
fn paired(key: FaceKey, text: &str, mut each: impl FnMut(usize, ShapedGlyph)) -> bool {
    PAIRS.with_borrow_mut(|pairs| {
        if pairs.len() > MOST_PAIRS {
            pairs.clear();
        }
        let mut chars = text.chars().enumerate().peekable();
        while let Some((index, c)) = chars.next() {
            let next = chars.peek().map_or(ALONE, |(_, next)| *next);
            match *pairs.entry((key, c, next)).or_insert_with(|| pair(key, c, next)) {
                Some(glyph) => each(index, glyph),
                None => return false,
            }
        }
        true
    })
}

/// The maximum number of cached pairs: more than all languages of Latin script need.
const MOST_PAIRS: usize = 100_000;

/// Stands for the end of a text, after its last character.
const ALONE: char = '\0';

/// Returns whether it is a Latin or Cyrillic letter, a figure or punctuation: characters that do not combine
/// with others. The faces kern both scripts by the same table.
fn plain(c: char) -> bool {
    matches!(c, ' '..='\u{2ff}' | '\u{400}'..='\u{482}' | '\u{48a}'..='\u{4ff}' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}')
}

/// Shapes a character before another.
fn pair(key: FaceKey, c: char, next: char) -> Option<ShapedGlyph> {
    let text: String = if next == ALONE { c.into() } else { [c, next].iter().collect() };
    let mut out = Vec::new();
    if shaped(key, &text, &mut out) { out.first().copied() } else { None }
}

/// Shapes a text. Returns whether the face has all its characters.
fn shaped(key: FaceKey, text: &str, out: &mut Vec<ShapedGlyph>) -> bool {
    let Some(shaper) = SHAPERS.get(&key) else {
        return false;
    };
    let mut buffer = UnicodeBuffer::new();
    for (index, c) in text.chars().enumerate() {
        buffer.add(c, u32::try_from(index).unwrap_or(u32::MAX));
    }
    buffer.set_direction(Direction::LeftToRight);
    buffer.set_script(script::LATIN);
    let shaped = rustybuzz::shape_with_plan(&shaper.face, &shaper.plan, buffer);
    let mut whole = true;
    let part = |units: i32| f64::from(units) / shaper.units;
    for (info, position) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
        whole &= info.glyph_id != 0;
        out.push(ShapedGlyph {
            id: u16::try_from(info.glyph_id).unwrap_or_default(),
            advance: part(position.x_advance),
            offset: (part(position.x_offset), part(position.y_offset)),
            character: info.cluster as usize,
        });
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_as_wide_as_the_whole() {
        let text = "Taking note of “AVATAR”, Tolstoy’s “V.”, 11 and 77, Wa, Yé, P.A. — fi fl ffi: L’Île, Łódź (f), Генеральная Ассамблея, ГОСТ, Уто";
        let style = Type { size: 10.0, scale: 103, tracking: 0.2, ..Type::default() };
        for (bold, italic) in [(false, false), (true, false), (false, true), (true, true)] {
            let (mut pairs, mut whole, mut widths) = (Vec::new(), Vec::new(), Vec::new());
            assert!(glyphs(text, style, bold, italic, &mut pairs));
            assert!(shaped((103, bold, italic), text, &mut whole));
            assert_eq!(pairs, whole);
            assert!(advances(text, style, bold, italic, &mut widths));
            for (c, (width, glyph)) in text.chars().zip(widths.iter().zip(&whole)) {
                assert!((width - glyph.advance * 10.0 - 0.2).abs() < 1e-9, "{c}: {width}, {glyph:?}");
            }
        }
    }

    #[test]
    fn characters_that_the_face_lacks_are_reported() {
        let style = Type { size: 10.0, scale: 103, ..Type::default() };
        assert!(!advances("漢", style, false, false, &mut Vec::new()));
        assert!(!advances("x", Type { scale: 1, ..style }, false, false, &mut Vec::new()));
    }
}
