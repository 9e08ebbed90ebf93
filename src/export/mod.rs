//! Stage `export`: pages to PDF, PNG and SVG files.

mod attach;
mod origin;
mod pdf;

pub use origin::{Origin, header};
pub use pdf::{Profile, pdf};

use typst_layout::PagedDocument;
use typst_render::RenderOptions;
use typst_svg::SvgOptions;

/// Points of an inch.
const POINTS_PER_INCH: f64 = 72.0;

/// Every page as a PNG file of that many pixels an inch.
///
/// # Errors
///
/// A sentence, if a page cannot be encoded.
pub fn png(pages: &PagedDocument, ppi: f64) -> Result<Vec<Vec<u8>>, String> {
    let options = RenderOptions { pixel_per_pt: (ppi / POINTS_PER_INCH).into(), ..RenderOptions::default() };
    pages
        .pages()
        .iter()
        .map(|page| typst_render::render(page, &options).encode_png().map_err(|error| error.to_string()))
        .collect()
}

/// Every page as an SVG file.
pub fn svg(pages: &PagedDocument) -> Vec<String> {
    let options = SvgOptions::default();
    pages.pages().iter().map(|page| typst_svg::svg(page, &options)).collect()
}
