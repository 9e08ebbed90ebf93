//! Boxes with codes, for characters that no font has: a separate face, built for the characters of one
//! document. For engine, setter and exporters they are glyphs like all others, and the text of the page
//! has the characters themselves.

mod drawing;
mod face;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Choice, Lines, Pages, Press, Sketch, sketch};
use crate::error::{Error, ErrorKind};
use crate::picture::Pictures;
use crate::prepare::Prepared;
use crate::read::is_invisible;

/// The treatment of characters that no font has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum MissingGlyphs {
    /// They are errors, and the document is refused.
    #[default]
    Error,
    /// They are warnings, and a box with its code replaces each.
    BoxWithCode,
}

impl MissingGlyphs {
    /// All values.
    pub const ALL: [Self; 2] = [Self::Error, Self::BoxWithCode];

    /// Returns its name: `box-with-code`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::BoxWithCode => "box-with-code",
        }
    }

    /// Returns whether it is the default.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// Sets the pages of a document, with boxes for characters that no font has if requested.
///
/// # Errors
///
/// Returns the engine's message, for instance about a damaged picture.
pub fn typeset_boxed(
    press: &Press,
    prepared: &Prepared,
    pictures: &Pictures,
    lines: Lines,
    missing: MissingGlyphs,
) -> Result<Pages, Error> {
    let sketch = sketch_boxed(press, prepared, pictures, lines, missing, None);
    sketch.map(|sketch| sketch.pages).map_err(|reason| Error::new(ErrorKind::Engine, reason))
}

/// The same of the pages that are wanted.
pub(crate) fn sketch_boxed(
    press: &Press,
    prepared: &Prepared,
    pictures: &Pictures,
    lines: Lines,
    missing: MissingGlyphs,
    choice: Choice,
) -> Result<Sketch, String> {
    let lacking = if missing == MissingGlyphs::BoxWithCode { lacking(press, prepared)? } else { BTreeSet::new() };
    if lacking.is_empty() {
        return sketch(press, prepared, pictures, lines, choice);
    }
    sketch(&press.with_face(face::face(&lacking)), prepared, pictures, lines, choice)
}

/// Returns the characters of a document that no font has.
fn lacking(press: &Press, prepared: &Prepared) -> Result<BTreeSet<char>, String> {
    let said = serde_json::to_string(prepared).map_err(|error| error.to_string())?;
    let lacks = |c: &char| !c.is_ascii() && !c.is_whitespace() && !is_invisible(*c) && !press.covers(*c);
    Ok(said.chars().filter(lacks).take(MOST).collect())
}

/// The maximum number of glyphs of a face, including the one for missing characters.
const MOST: usize = u16::MAX as usize - 1;
