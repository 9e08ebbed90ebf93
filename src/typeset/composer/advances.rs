//! How wide characters are, shaped with the faces and features that the engine uses.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rustybuzz::ttf_parser::Tag;
use rustybuzz::{Direction, Face, Feature, ShapePlan, UnicodeBuffer, script};

use super::measures::Type;
use crate::typeset::faces::FACES;

/// A face ready to shape with.
struct Shaper {
    face: Face<'static>,
    plan: ShapePlan,
    units: f64,
}

/// As the templates set text: kerning, no ligatures.
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

/// Appends the advance of every character of `text`, in points, tracking included; what
/// belongs to a character before it has none. False, if the face lacks a character.
pub(super) fn advances(text: &str, style: Type, bold: bool, italic: bool, out: &mut Vec<f64>) -> bool {
    let from = out.len();
    out.extend(text.chars().map(|_| 0.0));
    let Some(shaper) = SHAPERS.get(&(style.scale, bold, italic)) else {
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
    for (info, position) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
        whole &= info.glyph_id != 0;
        let advance = f64::from(position.x_advance) * style.size / shaper.units;
        if let Some(place) = out.get_mut(from + info.cluster as usize) {
            *place += advance + style.tracking;
        }
    }
    whole
}
