//! Boxes with codes, for characters that no font has: a face of its own, made for the characters of one
//! document. To engine, setter and exporters they are glyphs like all others, and the text of the page
//! says the characters themselves.

mod drawing;
mod face;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Lines, Pages, Press, typeset};
use crate::picture::Pictures;
use crate::prepare::Prepared;
use crate::read::is_invisible;

/// What becomes of characters that no font has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MissingGlyphs {
    /// They are errors, and the document is refused.
    #[default]
    Error,
    /// They are warnings, and a box with the code stands for each.
    BoxWithCode,
}

impl MissingGlyphs {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Error, Self::BoxWithCode];

    /// Its name: `box-with-code`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::BoxWithCode => "box-with-code",
        }
    }

    /// Whether it is what holds where nothing is said.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// Sets the pages of a document, with boxes for characters that no font has if that is wanted.
///
/// # Errors
///
/// What the engine says, for instance of a damaged picture.
pub fn typeset_boxed(
    press: &Press,
    prepared: &Prepared,
    pictures: &Pictures,
    lines: Lines,
    missing: MissingGlyphs,
) -> Result<Pages, String> {
    let lacking = if missing == MissingGlyphs::BoxWithCode { lacking(press, prepared)? } else { BTreeSet::new() };
    if lacking.is_empty() {
        return typeset(press, prepared, pictures, lines);
    }
    typeset(&press.with_face(face::face(&lacking)), prepared, pictures, lines)
}

/// The characters of a document that no font has.
fn lacking(press: &Press, prepared: &Prepared) -> Result<BTreeSet<char>, String> {
    let said = serde_json::to_string(prepared).map_err(|error| error.to_string())?;
    let lacks = |c: &char| !c.is_ascii() && !c.is_whitespace() && !is_invisible(*c) && !press.covers(*c);
    Ok(said.chars().filter(lacks).take(MOST).collect())
}

/// How many characters a face has room for, that for none among them.
const MOST: usize = u16::MAX as usize - 1;
