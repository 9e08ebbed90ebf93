//! Stage `export`: pages to PDF, PNG and SVG files.

mod attach;
mod origin;
mod packed;
mod pdf;
pub mod print;
mod suspects;

pub use origin::{Origin, header};
pub use pdf::{Profile, pdf};

use image::GrayImage;
use typst_layout::PagedDocument;
use typst_render::RenderOptions;
use typst_svg::SvgOptions;

use crate::stack::with_room;

/// Points per inch.
const POINTS_PER_INCH: f64 = 72.0;

/// Exports every page as a PNG file at that number of pixels per inch.
///
/// # Errors
///
/// Returns a sentence if a page cannot be encoded.
pub fn png(pages: &PagedDocument, ppi: f64) -> Result<Vec<Vec<u8>>, String> {
    let file = |page| with_room(|| typst_render::render(page, &options(ppi)).encode_png());
    pages.pages().iter().map(|page| file(page).map_err(|error| error.to_string())).collect()
}

/// Draws a page, from 0, in 8-bit greyscale at that number of pixels per inch. Returns `None` if there is no such page.
pub fn grey(pages: &PagedDocument, index: usize, ppi: f64) -> Option<GrayImage> {
    let page = pages.pages().get(index)?;
    let drawn = with_room(|| typst_render::render(page, &options(ppi)));
    // Pages are drawn on white: there is no transparency.
    let pixels = drawn.pixels().iter().map(|pixel| luminance([pixel.red(), pixel.green(), pixel.blue()]));
    GrayImage::from_raw(drawn.width(), drawn.height(), pixels.collect())
}

fn options(ppi: f64) -> RenderOptions {
    RenderOptions { pixel_per_pt: (ppi / POINTS_PER_INCH).into(), ..RenderOptions::default() }
}

/// Returns the luminance of a colour of red, green and blue (ITU-R BT.601).
pub(crate) fn luminance([red, green, blue]: [u8; 3]) -> u8 {
    let sum = 299 * u32::from(red) + 587 * u32::from(green) + 114 * u32::from(blue);
    u8::try_from((sum + 500) / 1000).unwrap_or(u8::MAX)
}

/// Exports every page as an SVG file.
pub fn svg(pages: &PagedDocument) -> Vec<String> {
    let options = SvgOptions::default();
    pages.pages().iter().map(|page| with_room(|| typst_svg::svg(page, &options))).collect()
}
