//! The glyphs of characters and their advances, shaped with the faces and features that the
//! engine uses: Latin and Chinese by character, Arabic by word.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use rustybuzz::ttf_parser::Tag;
use rustybuzz::{Direction, Face, Feature, ShapePlan, UnicodeBuffer, script};

use crate::typeset::faces::{FaceId, Family};
use crate::typeset::measures::Type;

/// A face ready to shape with.
struct Shaper {
    face: Face<'static>,
    plan: ShapePlan,
    /// For Arabic, from right to left.
    backward: Option<ShapePlan>,
    units: f64,
}

/// The features with which the templates set text: kerning, no ligatures.
const FEATURES: [Feature; 2] = [
    Feature { tag: Tag::from_bytes(b"liga"), value: 0, start: 0, end: u32::MAX },
    Feature { tag: Tag::from_bytes(b"clig"), value: 0, start: 0, end: u32::MAX },
];

/// The program's faces by their numbers.
static SHAPERS: LazyLock<Vec<Option<Shaper>>> = LazyLock::new(|| {
    let shaper = |(id, data): (FaceId, &'static [u8])| {
        let face = Face::from_slice(data, 0)?;
        let plan = |direction, script| ShapePlan::new(&face, direction, Some(script), None, &FEATURES);
        let forward = plan(Direction::LeftToRight, script::LATIN);
        let backward = (id.family() == Some(Family::Naskh)).then(|| plan(Direction::RightToLeft, script::ARABIC));
        let units = f64::from(face.units_per_em());
        Some(Shaper { plan: forward, backward, face, units })
    };
    FaceId::all().map(shaper).collect()
});

fn shaper(face: FaceId) -> Option<&'static Shaper> {
    SHAPERS.get(face.index())?.as_ref()
}

/// Words and their glyphs.
type Words = FxHashMap<(FaceId, String), Rc<[ShapedGlyph]>>;

thread_local! {
    /// Characters by the next character; `None` if the face lacks one of them. In plain text,
    /// kerning only affects neighbours, so that a pair that was shaped once is never
    /// shaped again.
    static PAIRS: RefCell<FxHashMap<(FaceId, char, char), Option<ShapedGlyph>>> = RefCell::default();
    /// Words whose letters join.
    static WORDS: RefCell<Words> = RefCell::default();
    /// The face of a character among those of a look.
    static FACES: RefCell<FxHashMap<(Look, char), Option<FaceId>>> = RefCell::default();
}

/// The maximum numbers of cached pairs and words: more than all languages of Latin script need, and most documents.
const MOST_PAIRS: usize = 100_000;
const MOST_WORDS: usize = 50_000;

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

/// The faces of a text: that of another script comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Look {
    other: Option<FaceId>,
    serif: Option<FaceId>,
}

impl Look {
    fn new(style: Type, bold: bool, italic: bool) -> Self {
        let other = style.other.and_then(|family| FaceId::other(family, bold, italic));
        Self { other, serif: FaceId::serif(style.scale, bold, italic) }
    }

    fn face(self, c: char) -> Option<FaceId> {
        let has = |face: &FaceId| shaper(*face).is_some_and(|shaper| shaper.face.glyph_index(c).is_some());
        FACES.with_borrow_mut(|faces| {
            *faces.entry((self, c)).or_insert_with(|| self.other.filter(has).or(self.serif.filter(has)))
        })
    }
}

/// A stretch of text in one face.
#[derive(Debug, Clone, Copy)]
pub(in crate::typeset) struct Stretch<'t> {
    pub face: FaceId,
    pub text: &'t str,
    /// The index of its first character.
    pub from: usize,
}

/// Returns whether the face of a style has the character.
pub(super) fn has(c: char, style: Type, bold: bool, italic: bool) -> bool {
    FaceId::serif(style.scale, bold, italic).and_then(shaper).is_some_and(|shaper| shaper.face.glyph_index(c).is_some())
}

/// Splits a text by faces. Returns `None` if they lack a character.
pub(in crate::typeset) fn by_face(text: &str, style: Type, bold: bool, italic: bool) -> Option<Vec<Stretch<'_>>> {
    let look = Look::new(style, bold, italic);
    let (None, Some(face)) = (look.other, look.serif) else {
        return by_faces(text, look);
    };
    Some(vec![Stretch { face, text, from: 0 }])
}

fn by_faces(text: &str, look: Look) -> Option<Vec<Stretch<'_>>> {
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut began = 0;
    for (index, (at, c)) in text.char_indices().enumerate() {
        // Marks and joiners are in the face of what they belong to.
        let last = stretches.last().map(|last| last.face);
        let face = last.filter(|_| joins(c)).or_else(|| look.face(c))?;
        match stretches.last_mut() {
            Some(last) if last.face == face => last.text = &text[began..at + c.len_utf8()],
            _ => {
                began = at;
                stretches.push(Stretch { face, text: &text[at..at + c.len_utf8()], from: index });
            }
        }
    }
    Some(stretches)
}

/// Returns whether a character has no width of its own between others.
fn joins(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{300}'..='\u{36f}')
}

/// Appends the glyphs of a stretch in logical order, without tracking; those of a character of which `backward` says
/// that it is written from right to left, in the order in which they are drawn. Returns `false` if the face lacks a
/// character.
pub(in crate::typeset) fn glyphs(stretch: Stretch, backward: bool, out: &mut Vec<ShapedGlyph>) -> bool {
    let Stretch { face, text, from } = stretch;
    if backward && face.family() == Some(Family::Naskh) {
        return joined(face, text, from, out);
    }
    if face.family().is_none() && !text.chars().all(plain) {
        let begun = out.len();
        let whole = shaped(face, text, false, out);
        out[begun..].iter_mut().for_each(|glyph| glyph.character += from);
        return whole;
    }
    paired(face, text, |character, glyph| out.push(ShapedGlyph { character: from + character, ..glyph }))
}

/// Appends the advance of every character of `text`, in points, including tracking; a character that
/// combines with the one before has none. Returns `false` if the faces lack a character.
pub(in crate::typeset) fn advances(text: &str, style: Type, bold: bool, italic: bool, out: &mut Vec<f64>) -> bool {
    let from = out.len();
    out.extend(text.chars().map(|_| 0.0));
    let mut shaped = Vec::with_capacity(text.len());
    let Some(stretches) = by_face(text, style, bold, italic) else { return false };
    let whole = stretches.into_iter().all(|stretch| glyphs(stretch, true, &mut shaped));
    for glyph in shaped {
        out[from + glyph.character] += glyph.advance;
    }
    out[from..].iter_mut().filter(|advance| **advance > 0.0).for_each(|advance| {
        *advance = *advance * style.size + style.tracking;
    });
    whole
}

/// Returns which characters of a text a face of another script sets.
pub(in crate::typeset) fn in_other(text: &str, style: Type, bold: bool, italic: bool) -> impl Iterator<Item = bool> {
    let look = Look::new(style, bold, italic);
    text.chars().map(move |c| look.face(c).is_some_and(|face| face.family().is_some()))
}

/// Gives the glyphs of plain text, one per character, up to the first that the face lacks. Returns
/// whether it has all.
fn paired(face: FaceId, text: &str, mut each: impl FnMut(usize, ShapedGlyph)) -> bool {
    // Characters of other scripts do not kern.
    let kerns = face.family().is_none();
    PAIRS.with_borrow_mut(|pairs| {
        if pairs.len() > MOST_PAIRS {
            pairs.clear();
        }
        let mut chars = text.chars().enumerate().peekable();
        while let Some((index, c)) = chars.next() {
            let next = chars.peek().filter(|_| kerns).map_or(ALONE, |(_, next)| *next);
            match *pairs.entry((face, c, next)).or_insert_with(|| pair(face, c, next)) {
                Some(glyph) => each(index, glyph),
                None => return false,
            }
        }
        true
    })
}

/// Stands for the end of a text, after its last character.
const ALONE: char = '\0';

/// Returns whether it is a Latin or Cyrillic letter, a figure or punctuation: characters that do not combine
/// with others. The faces kern both scripts by the same table.
fn plain(c: char) -> bool {
    matches!(c, ' '..='\u{2ff}' | '\u{400}'..='\u{482}' | '\u{48a}'..='\u{4ff}' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}')
}

/// Shapes a character before another.
fn pair(face: FaceId, c: char, next: char) -> Option<ShapedGlyph> {
    let text: String = if next == ALONE { c.into() } else { [c, next].iter().collect() };
    let mut out = Vec::new();
    if shaped(face, &text, false, &mut out) { out.first().copied() } else { None }
}

/// Appends the glyphs of text whose letters join, word by word.
fn joined(face: FaceId, text: &str, mut from: usize, out: &mut Vec<ShapedGlyph>) -> bool {
    WORDS.with_borrow_mut(|words| {
        if words.len() > MOST_WORDS {
            words.clear();
        }
        for word in text.split_inclusive(' ') {
            let known = match words.get(&(face, word.to_owned())) {
                Some(known) => Rc::clone(known),
                None => {
                    let mut glyphs = Vec::new();
                    let whole = shaped(face, word, true, &mut glyphs);
                    let known: Rc<[ShapedGlyph]> = if whole { glyphs.into() } else { Rc::from([]) };
                    words.insert((face, word.to_owned()), Rc::clone(&known));
                    known
                }
            };
            if known.is_empty() {
                return false;
            }
            out.extend(known.iter().map(|glyph| ShapedGlyph { character: from + glyph.character, ..*glyph }));
            from += word.chars().count();
        }
        true
    })
}

/// Shapes a text; one that is written backward gives its characters in logical order, and the glyphs of each in the
/// order in which they are drawn. Returns whether the face has all its characters.
fn shaped(face: FaceId, text: &str, backward: bool, out: &mut Vec<ShapedGlyph>) -> bool {
    let Some(shaper) = shaper(face) else { return false };
    let mut buffer = UnicodeBuffer::new();
    for (index, c) in text.chars().enumerate() {
        buffer.add(c, u32::try_from(index).unwrap_or(u32::MAX));
    }
    let plan = match &shaper.backward {
        Some(plan) if backward => plan,
        _ => &shaper.plan,
    };
    buffer.set_direction(if backward { Direction::RightToLeft } else { Direction::LeftToRight });
    buffer.set_script(if backward { script::ARABIC } else { script::LATIN });
    let shaped = rustybuzz::shape_with_plan(&shaper.face, plan, buffer);
    let mut whole = true;
    let part = |units: i32| f64::from(units) / shaper.units;
    let begun = out.len();
    for (info, position) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
        whole &= info.glyph_id != 0;
        out.push(ShapedGlyph {
            id: u16::try_from(info.glyph_id).unwrap_or_default(),
            advance: part(position.x_advance),
            offset: (part(position.x_offset), part(position.y_offset)),
            character: info.cluster as usize,
        });
    }
    // A stable sort keeps the glyphs of a character as they are drawn.
    if backward {
        out[begun..].sort_by_key(|glyph| glyph.character);
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    fn serif(bold: bool, italic: bool) -> FaceId {
        FaceId::serif(103, bold, italic).unwrap()
    }

    #[test]
    fn pairs_are_as_wide_as_the_whole() {
        let text = "Taking note of “AVATAR”, Tolstoy’s “V.”, 11 and 77, Wa, Yé, P.A. — fi fl ffi: L’Île, Łódź (f), Генеральная Ассамблея, ГОСТ, Уто";
        let style = Type { size: 10.0, scale: 103, tracking: 0.2, ..Type::default() };
        for (bold, italic) in [(false, false), (true, false), (false, true), (true, true)] {
            let (mut pairs, mut whole, mut widths) = (Vec::new(), Vec::new(), Vec::new());
            assert!(glyphs(Stretch { face: serif(bold, italic), text, from: 0 }, false, &mut pairs));
            assert!(shaped(serif(bold, italic), text, false, &mut whole));
            assert_eq!(pairs, whole);
            assert!(advances(text, style, bold, italic, &mut widths));
            for (c, (width, glyph)) in text.chars().zip(widths.iter().zip(&whole)) {
                assert!((width - glyph.advance * 10.0 - 0.2).abs() < 1e-9, "{c}: {width}, {glyph:?}");
            }
        }
    }

    #[test]
    fn words_are_as_wide_as_the_whole() {
        let text = "إذ تعيد تأكيد قرارها المؤرخ، الفقرة «ألف» من المجلد اللبناني";
        let face = FaceId::other(Family::Naskh, false, false).unwrap();
        let (mut words, mut whole) = (Vec::new(), Vec::new());
        assert!(glyphs(Stretch { face, text, from: 0 }, true, &mut words));
        assert!(shaped(face, text, true, &mut whole));
        assert_eq!(words, whole);
    }

    #[test]
    fn texts_are_divided_by_faces() {
        let style = |other| Type { size: 10.0, scale: 100, other: Some(other), ..Type::default() };
        let split = |text: &'static str, other, bold, italic| {
            let stretches = by_face(text, style(other), bold, italic).unwrap();
            stretches.iter().map(|stretch| (stretch.text, stretch.face.family())).collect::<Vec<_>>()
        };
        let song = Some(Family::Song);
        assert_eq!(
            split("第70/1号，“a”", Family::Song, false, true),
            [("第", song), ("70/1", None), ("号，“", song), ("a", None), ("”", song)]
        );
        let naskh = Some(Family::Naskh);
        assert_eq!(
            split("قرارها 70/1 (أ)", Family::Naskh, true, false),
            [("قرارها ", naskh), ("70/1", None), (" ", naskh), ("(", None), ("أ", naskh), (")", None)]
        );
        assert!(by_face("\u{1f600}", style(Family::Song), false, false).is_none());
    }

    #[test]
    fn characters_that_the_face_lacks_are_reported() {
        let style = Type { size: 10.0, scale: 103, ..Type::default() };
        assert!(!advances("漢", style, false, false, &mut Vec::new()));
        assert!(!advances("x", Type { scale: 1, ..style }, false, false, &mut Vec::new()));
    }
}
