//! The widths of texts of any script, shaped with the faces of the page.

use std::sync::LazyLock;

use rustybuzz::{Face, UnicodeBuffer};

use super::advances;
use super::paragraphs::usual_width;
use crate::typeset::faces::other_scripts;
use crate::typeset::measures::Type;

static OTHERS: LazyLock<Vec<Face<'static>>> =
    LazyLock::new(|| other_scripts().filter_map(|data| Face::from_slice(data, 0)).collect());

/// The face that sets a character.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Setter {
    /// Masthead Serif.
    Serif,
    /// Masthead Serif or the face of another script: on pages of such a script, spaces and signs are set in
    /// either.
    Either(usize),
    Other(usize),
    Unknown,
}

/// Returns the width of a text on one line; on pages of `other` scripts, and with fonts other than the
/// program's own, the maximum width.
pub(in crate::typeset) fn width_in_any(text: &str, style: Type, bold: bool, italic: bool, other: bool) -> f64 {
    let characters: Vec<(char, Setter)> = text.chars().map(|c| (c, setter(c, style, bold, italic, other))).collect();
    let stretches = characters.chunk_by(|one, next| one.1 == next.1);
    let width = |stretch: &[(char, Setter)]| {
        let text: String = stretch.iter().map(|(c, _)| *c).collect();
        let serif = || {
            let mut widths = Vec::new();
            advances::advances(&text, style, bold, italic, &mut widths);
            widths.iter().sum::<f64>()
        };
        let tracking = style.tracking * stretch.len() as f64;
        match stretch[0].1 {
            Setter::Serif => serif(),
            Setter::Either(face) => serif().max(shaped(&OTHERS[face], &text) * style.size + tracking),
            Setter::Other(face) => shaped(&OTHERS[face], &text) * style.size + tracking,
            Setter::Unknown => text.chars().map(usual_width).sum::<f64>() * style.size + tracking,
        }
    };
    stretches.map(width).sum()
}

fn setter(c: char, style: Type, bold: bool, italic: bool, other: bool) -> Setter {
    let has = |face: &Face| face.glyph_index(c).is_some();
    let of_weight = |face: &Face| face.is_bold() == bold && has(face);
    let face = || OTHERS.iter().position(of_weight).or_else(|| OTHERS.iter().position(has));
    match (advances::has(c, style, bold, italic), other && !c.is_alphanumeric()) {
        (true, false) => Setter::Serif,
        (true, true) => face().map_or(Setter::Serif, Setter::Either),
        (false, _) => face().map_or(Setter::Unknown, Setter::Other),
    }
}

/// Returns the width of a text in parts of the size.
fn shaped(face: &Face, text: &str) -> f64 {
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(text);
    buffer.guess_segment_properties();
    let shaped = rustybuzz::shape(face, &[], buffer);
    let units: i32 = shaped.glyph_positions().iter().map(|position| position.x_advance).sum();
    f64::from(units) / f64::from(face.units_per_em())
}
