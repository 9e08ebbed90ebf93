//! Whether an archive file is what this version of masthead makes: its pages are set again from
//! what the file carries, and the two are compared byte for byte.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::check::prepared_within_limits;
use crate::export::{self, Origin, Profile};
use crate::picture::sound_pictures;
use crate::typeset::{Press, typeset_boxed};

/// What came of a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The file is what this version makes, to the byte.
    Same,
    /// It is not.
    Other {
        /// The version that the file says made it.
        made_by: String,
        /// The first byte that differs, from 0.
        at: usize,
        /// How many bytes the file has, and how many it should have.
        bytes: (usize, usize),
    },
}

/// What an archive file carries, within the limits of documents that are read.
pub(crate) fn origin(pdf: &[u8]) -> Result<Origin, String> {
    let origin = Origin::of_pdf(pdf)?;
    prepared_within_limits(&origin.prepared).map_err(|reason| format!("what it carries is too large: {reason}"))?;
    Ok(origin)
}

/// Renders an archive file again from the source inside it and compares.
///
/// # Errors
///
/// A sentence, if the file cannot be verified: it carries no source, or one that cannot be set,
/// or fonts were added that the press does not have.
pub fn verify(press: &Press, pdf: &[u8]) -> Result<Verdict, String> {
    let origin = origin(pdf)?;
    if origin.fonts.as_deref() != press.more_fonts() {
        return Err(match &origin.fonts {
            Some(_) => "it was made with fonts that were added to masthead's own; give the same with --fonts".into(),
            None => "it was made without added fonts; leave --fonts away".to_owned(),
        });
    }
    sound_pictures(&origin.pictures, |name| origin.prepared.uses(name))
        .map_err(|(name, unsound)| format!("the picture “{name}” in it: {}", unsound.reason))?;
    // Whoever altered the file may have altered what it carries into what `prepare` never makes.
    let again = catch_unwind(AssertUnwindSafe(|| {
        let Origin { prepared, pictures, lines, missing_glyphs, .. } = &origin;
        let pages = typeset_boxed(press, prepared, pictures, *lines, *missing_glyphs)?;
        let ours = Origin { masthead: Origin::THIS_VERSION.to_owned(), ..origin.clone() };
        export::pdf(&pages, &ours, Profile::Archive).map_err(|reasons| reasons.join("; "))
    }));
    let again = again.map_err(|_| "what it carries was not made by masthead".to_owned())?;
    let again = again.map_err(|reason| format!("what it carries cannot be set: {reason}"))?;
    if pdf == again {
        return Ok(Verdict::Same);
    }
    let same = pdf.iter().zip(&again).take_while(|(a, b)| a == b).count();
    Ok(Verdict::Other { made_by: origin.masthead, at: same, bytes: (pdf.len(), again.len()) })
}
