//! Attaches a file to a PDF file and reads it back.

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Stream, String as PdfString};
use typst::foundations::{Bytes, Derived, NativeElement, PathOrStr};
use typst::introspection::{Location, Tag, TagFlags};
use typst::layout::{FrameItem, Point};
use typst::model::Document;
use typst::pdf::{AttachElem, AttachedFileRelationship};
use typst::utils::hash128;
use typst_layout::PagedDocument;

use super::print::OWN;
use crate::error::Error;
use crate::pdf;

/// The name of the attached file.
pub const NAME: &str = "masthead.json";

/// Returns the pages with a file attached, as `pdf.attach` in a template would attach it. The pages
/// are the same for every profile, but not every profile permits attachments.
pub(super) fn attached(pages: &PagedDocument, file: Vec<u8>) -> PagedDocument {
    let mut element = AttachElem::new(Derived::new(PathOrStr::Str(NAME.into()), NAME.into()), Bytes::new(file))
        .with_relationship(Some(AttachedFileRelationship::Source))
        .with_mime_type(Some("application/json".into()))
        .with_description(Some("The prepared document that these pages were made of".into()))
        .pack();
    let (place, flags) = (Location::new(hash128(NAME)), TagFlags { introspectable: true, tagged: false });
    element.set_location(place);
    let mut tags = [Tag::Start(element, flags), Tag::End(place, hash128(NAME), flags)].map(FrameItem::Tag).to_vec();
    let tagged = pages.pages().iter().map(|page| {
        let mut page = page.clone();
        page.frame.push_multiple(tags.drain(..).map(|tag| (Point::zero(), tag)));
        page
    });
    PagedDocument::new(tagged.collect(), Document::info(pages).clone())
}

/// What a file of masthead carries.
pub(super) struct Carried {
    /// Its origin, as JSON.
    pub origin: Vec<u8>,
    /// The ICC profile of its output intent.
    pub profile: Option<Vec<u8>>,
}

/// Reads what an archive or print file carries: the attached file, or the private data of a file without
/// attachments.
///
/// # Errors
///
/// Returns a sentence if the file is not a PDF file, exceeds the limits for files from elsewhere,
/// or has neither.
pub(super) fn detached(pdf: &[u8]) -> Result<Carried, Error> {
    pdf::open(pdf, |pdf| Ok(carried(pdf)))?.map_err(Error::foreign)
}

fn carried(pdf: &Pdf) -> Result<Carried, String> {
    let catalog = pdf.xref().get::<Dict>(pdf.xref().root_id()).ok_or("it has no catalogue")?;
    let stream = attachment(&catalog).or_else(|| private(&catalog));
    let stream =
        stream.ok_or_else(|| format!("it carries no {NAME}: it is not an archive or print file of masthead"))?;
    let intents = catalog.get::<Array>("OutputIntents");
    let profile = intents.and_then(|list| list.iter::<Dict>().find_map(|it| it.get::<Stream>("DestOutputProfile")));
    let data = |stream: &Stream, what: &str| match stream.decoded() {
        Ok(data) => Ok(data.into_owned()),
        Err(_) => Err(format!("its {what} is damaged")),
    };
    let origin = data(&stream, NAME)?;
    Ok(Carried { origin, profile: profile.map(|profile| data(&profile, "output intent")).transpose()? })
}

fn private<'a>(catalog: &Dict<'a>) -> Option<Stream<'a>> {
    catalog.get::<Dict>("PieceInfo")?.get::<Dict>(OWN)?.get::<Stream>("Private")
}

fn attachment<'a>(catalog: &Dict<'a>) -> Option<Stream<'a>> {
    let files = catalog.get::<Array>("AF");
    let mut files = files.iter().flat_map(|files| files.iter::<Dict>());
    let ours = files.find(|file| file.get::<PdfString>("F").is_some_and(|name| name.as_bytes() == NAME.as_bytes()));
    ours?.get::<Dict>("EF")?.get::<Stream>("F")
}
