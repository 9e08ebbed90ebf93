//! Pages to SVG files.

use typst_svg::SvgOptions;

use crate::stack::with_room;
use crate::typeset::{Page, Pages};

impl Pages {
    /// Exports every page as an SVG file.
    pub fn svg(&self) -> Vec<String> {
        self.iter().map(Page::svg).collect()
    }
}

impl Page<'_> {
    /// Exports the page as an SVG file.
    pub fn svg(self) -> String {
        with_room(|| typst_svg::svg(self.engine(), &SvgOptions::default()))
    }
}
