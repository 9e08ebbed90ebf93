//! Pages to SVG files.

use typst_layout::{Page, PagedDocument};
use typst_svg::SvgOptions;

use crate::stack::with_room;

/// Exports every page as an SVG file.
pub fn svg(pages: &PagedDocument) -> Vec<String> {
    pages.pages().iter().map(svg_of).collect()
}

/// Exports a page as an SVG file.
pub fn svg_of(page: &Page) -> String {
    with_room(|| typst_svg::svg(page, &SvgOptions::default()))
}
