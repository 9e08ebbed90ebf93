//! Verifies that an archive or print file is what this version of masthead produces: its pages are typeset again from the
//! document embedded in the file, and the two files are compared byte for byte.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::check::prepared_within_limits;
use crate::error::{Error, ErrorKind};
use crate::export::Origin;
use crate::picture::sound_pictures;
use crate::typeset::{Press, typeset_boxed};

/// The result of a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The file is identical to the output of this version.
    Same,
    /// The file differs.
    #[non_exhaustive]
    Other {
        /// The version that made the file, according to the file.
        made_by: String,
        /// The offset of the first byte that differs.
        at: usize,
        /// The actual and the expected size, in bytes.
        bytes: (usize, usize),
    },
}

/// Returns what is embedded in a file, checked against the limits for documents.
pub(crate) fn origin(pdf: &[u8]) -> Result<Origin, Error> {
    let origin = Origin::of_pdf(pdf)?;
    prepared_within_limits(&origin.prepared)
        .map_err(|reason| Error::new(ErrorKind::Limit, format!("its embedded document is too large: {reason}")))?;
    Ok(origin)
}

/// Renders an archive or print file again from the source inside it, and compares.
///
/// # Errors
///
/// Returns a message if the file cannot be verified: it contains no source, or one that cannot be typeset,
/// or it was made with extra fonts that the press does not have.
pub fn verify(press: &Press, pdf: &[u8]) -> Result<Verdict, Error> {
    let origin = origin(pdf)?;
    if origin.fonts.as_deref() != press.more_fonts() {
        return Err(Error::foreign(match &origin.fonts {
            Some(_) => "it was made with extra fonts; use --fonts with the same fonts",
            None => "it was made without extra fonts; omit --fonts",
        }));
    }
    sound_pictures(&origin.pictures, |name| origin.prepared.uses(name))
        .map_err(|(name, unsound)| Error::foreign(format!("its embedded picture “{name}”: {}", unsound.reason)))?;
    // The embedded document of an altered file may be one that `prepare` never makes.
    let again = catch_unwind(AssertUnwindSafe(|| {
        let Origin { prepared, pictures, lines, missing_glyphs, .. } = &origin;
        let pages = typeset_boxed(press, prepared, pictures, *lines, *missing_glyphs)?;
        let ours = Origin { masthead: Origin::THIS_VERSION.to_owned(), ..origin.clone() };
        pages.pdf(&ours, origin.profile())
    }));
    let again = again.map_err(|_| Error::foreign("its embedded document was not made by masthead"))?;
    let named = |reason: &str| format!("its embedded document cannot be typeset: {reason}");
    let again = again.map_err(|error: Error| error.reworded(named))?;
    if pdf == again {
        return Ok(Verdict::Same);
    }
    let same = pdf.iter().zip(&again).take_while(|(a, b)| a == b).count();
    Ok(Verdict::Other { made_by: origin.masthead, at: same, bytes: (pdf.len(), again.len()) })
}
