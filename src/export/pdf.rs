//! Pages to a PDF file.

use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::prepare::Metadata;

/// What a PDF file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Profile {
    /// Kept and read by everyone: PDF/A-2a and PDF/UA-1 together.
    #[default]
    Archive,
    /// Printed: PDF/A-2b, without the tags that only readers need.
    Print,
    /// Looked at: a plain small file, without tags.
    Screen,
}

/// Pages as a PDF file. Its identifier comes from the symbol, its date from the document.
///
/// # Errors
///
/// What the standard of the profile has against the document, one sentence each.
pub fn pdf(pages: &PagedDocument, metadata: &Metadata, profile: Profile) -> Result<Vec<u8>, Vec<String>> {
    let standards: &[PdfStandard] = match profile {
        Profile::Archive => &[PdfStandard::A_2a, PdfStandard::Ua_1],
        Profile::Print => &[PdfStandard::A_2b],
        Profile::Screen => &[],
    };
    let midnight =
        metadata.date.and_then(|date| Datetime::from_ymd_hms(date.year(), date.month(), date.day(), 0, 0, 0));
    let options = PdfOptions {
        ident: Smart::Custom(metadata.symbol.clone()),
        creator: Smart::Custom(Some(concat!("masthead ", env!("CARGO_PKG_VERSION")).to_owned())),
        timestamp: midnight.map(Timestamp::new_utc),
        standards: PdfStandards::new(standards).map_err(|error| vec![error.message().to_string()])?,
        tagged: profile == Profile::Archive,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(pages, &options).map_err(|errors| errors.iter().map(|error| error.message.to_string()).collect())
}
