//! Exports pages as a PDF file.

use serde::{Deserialize, Serialize};
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::attach::attached;
use super::origin::Origin;
use super::packed::packed;
use super::print::{blackened, finished};
use super::suspects::without_suspects;
use crate::error::{Error, ErrorKind};
use crate::stack::with_room;
use crate::typeset::Pages;

/// The purpose of a PDF file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Profile {
    /// For archives and all readers: PDF/A-3a and PDF/UA-1 together, with its [`Origin`] attached.
    #[default]
    Archive,
    /// For the press: PDF/X-4 in black, without links and tags, with its [`Origin`].
    Print,
    /// For the screen: PDF/UA-1, small.
    Screen,
}

impl Profile {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Archive, Self::Print, Self::Screen];

    /// Returns its name in options and in the register.
    pub fn name(self) -> &'static str {
        match self {
            Self::Archive => "archive",
            Self::Print => "print",
            Self::Screen => "screen",
        }
    }
}

impl Pages {
    /// Exports the pages as a PDF file of a document with that origin; usually, [`Rendition::pdf`](crate::Rendition::pdf)
    /// knows it.
    ///
    /// # Errors
    ///
    /// Returns the violations of the profile's standard.
    pub fn pdf(&self, origin: &Origin, profile: Profile) -> Result<Vec<u8>, Error> {
        pdf(self, origin, profile).map_err(|reasons| Error::new(ErrorKind::Standard, reasons.join("; ")))
    }
}

/// Exports pages as a PDF file. Its identifier comes from the symbol, its date from the document. The
/// origin is attached if the profile requires it.
///
/// # Errors
///
/// Returns the violations of the profile's standard, one sentence each.
pub(crate) fn pdf(pages: &Pages, origin: &Origin, profile: Profile) -> Result<Vec<u8>, Vec<String>> {
    let pages = pages.engine();
    let standards: &[PdfStandard] = match profile {
        Profile::Archive => &[PdfStandard::A_3a, PdfStandard::Ua_1],
        Profile::Print => &[PdfStandard::V_1_6],
        Profile::Screen => &[PdfStandard::Ua_1],
    };
    let metadata = &origin.prepared.metadata;
    let midnight =
        metadata.date.and_then(|date| Datetime::from_ymd_hms(date.year(), date.month(), date.day(), 0, 0, 0));
    let options = PdfOptions {
        ident: Smart::Custom(metadata.symbol.clone()),
        creator: Smart::Custom(Some(concat!("masthead ", env!("CARGO_PKG_VERSION")).to_owned())),
        timestamp: midnight.map(Timestamp::new_utc),
        standards: PdfStandards::new(standards).map_err(|error| vec![error.message().to_string()])?,
        tagged: profile != Profile::Print,
        ..PdfOptions::default()
    };
    let export = |pages: &PagedDocument| {
        let file = with_room(|| typst_pdf::pdf(pages, &options));
        file.map(without_suspects)
            .map_err(|errors| errors.iter().map(|error| error.message.to_string()).collect::<Vec<_>>())
    };
    let alone = |message: String| vec![message];
    let json = |origin: &Origin| origin.json().map_err(|error| alone(error.to_string()));
    match profile {
        // Without a date the standard refuses the document, and would refuse the attachment a second time.
        Profile::Archive if midnight.is_some() => {
            let origin = Origin { print: None, ..origin.clone() };
            export(&attached(pages, json(&origin)?))
        }
        Profile::Archive => export(pages),
        Profile::Screen => {
            let file = export(pages)?;
            with_room(|| packed(&file)).map_err(alone)
        }
        Profile::Print if midnight.is_none() => Err(alone("PDF/X-4 error: missing document date".to_owned())),
        Profile::Print => {
            let print = origin.print.clone().unwrap_or_default();
            let origin = Origin { print: Some(print.clone()), ..origin.clone() };
            let (file, json) = (export(&blackened(pages))?, json(&origin)?);
            with_room(|| finished(&file, &json, &print)).map_err(alone)
        }
    }
}
