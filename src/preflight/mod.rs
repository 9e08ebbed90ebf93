//! Preflight: whether a PDF file, of any program, is fit for the press.
//!
//! A file is opened within the limits for files from elsewhere. Everything that can be an obstacle is recorded
//! (`findings`), and a [profile](profile::Profile) decides what of it is reported.

mod claims;
mod codes;
mod colour;
mod content;
mod document;
mod findings;
mod fonts;
mod inks;
mod page;
mod paint;
mod pictures;
mod profile;
mod state;
#[cfg(test)]
mod tests;
mod trailer;

use hayro_syntax::Pdf;

pub use codes::{Code, codes};
pub use findings::PressFinding;
pub use page::PageInks;
pub use profile::Profile;

use crate::pdf;
use findings::Findings;

/// The result of a preflight.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Report {
    /// What stands in the way of the press, document first, then by page.
    pub findings: Vec<PressFinding>,
    /// The inks and colour spaces of each page.
    pub pages: Vec<PageInks>,
}

/// Checks a PDF file.
///
/// # Errors
///
/// Returns a sentence with a code if the file is damaged, protected by a password or not a PDF file, or if
/// its structure exceeds the limits for files from elsewhere.
pub fn preflight(bytes: &[u8], profile: &Profile) -> Result<Report, (&'static str, String)> {
    /// Nothing is drawn: pages may be as large as they are.
    const PPI: f64 = 1.0;
    let check = |pdf: &Pdf| {
        pdf::check_drawing(pdf, PPI)?;
        let mut findings = Findings::default();
        let trailer = trailer::Trailer::of(pdf, bytes);
        document::check(pdf, &trailer, profile, &mut findings);
        let pages = page::check_all(pdf, profile, &mut findings);
        claims::check(pdf, &trailer, profile, &mut findings);
        Ok(Report { findings: findings.reported(profile), pages })
    };
    pdf::open(bytes, check).map_err(|refused| (refused.code, refused.message))
}
