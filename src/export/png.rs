//! Pages to PNG files.

use std::ops::RangeInclusive;

#[cfg(feature = "golden")]
use image::GrayImage;
use image::{
    ExtendedColorType, ImageEncoder,
    codecs::png::{CompressionType, FilterType, PngEncoder},
};
use typst_render::RenderOptions;

#[cfg(feature = "golden")]
use super::luminance;
use crate::error::{Error, ErrorKind};
use crate::stack::with_room;
use crate::typeset::{Page, Pages};

/// The resolutions at which other programs may have pages drawn, in pixels per inch.
pub const RESOLUTIONS: RangeInclusive<f64> = 10.0..=600.0;
/// Points per inch.
const POINTS_PER_INCH: f64 = 72.0;

impl Pages {
    /// Exports every page as a PNG file at that number of pixels per inch ([`RESOLUTIONS`]).
    ///
    /// # Errors
    ///
    /// Returns an error if a page cannot be encoded.
    pub fn png(&self, ppi: f64) -> Result<Vec<Vec<u8>>, Error> {
        self.iter().map(|page| page.png(ppi)).collect()
    }
}

impl Page<'_> {
    /// Exports the page as a PNG file at that number of pixels per inch ([`RESOLUTIONS`]).
    ///
    /// # Errors
    ///
    /// Returns an error if it cannot be encoded.
    pub fn png(self, ppi: f64) -> Result<Vec<u8>, Error> {
        let encoded = with_room(|| typst_render::render(self.engine(), &options(ppi)).encode_png());
        encoded.map_err(|error| Error::new(ErrorKind::Engine, error.to_string()))
    }

    /// Exports the page as a PNG file that is made quickly, and may be large, at that number of pixels per inch
    /// ([`RESOLUTIONS`]).
    ///
    /// # Errors
    ///
    /// Returns an error if it cannot be encoded.
    pub fn quick_png(self, ppi: f64) -> Result<Vec<u8>, Error> {
        let drawn = with_room(|| typst_render::render(self.engine(), &options(ppi)));
        // Pages are drawn on white: there is no transparency.
        let mut pixels = Vec::with_capacity(drawn.data().len() / 4 * 3);
        drawn.data().chunks_exact(4).for_each(|pixel| pixels.extend_from_slice(&pixel[..3]));
        let mut file = Vec::new();
        PngEncoder::new_with_quality(&mut file, CompressionType::Fast, FilterType::Up)
            .write_image(&pixels, drawn.width(), drawn.height(), ExtendedColorType::Rgb8)
            .map_err(|error| Error::new(ErrorKind::Engine, error.to_string()))?;
        Ok(file)
    }
}

/// Draws a page, from 0, in 8-bit greyscale at that number of pixels per inch. Returns `None` if there is no such page.
#[cfg(feature = "golden")]
pub(crate) fn grey(pages: &Pages, index: usize, ppi: f64) -> Option<GrayImage> {
    let page = pages.get(index)?;
    let drawn = with_room(|| typst_render::render(page.engine(), &options(ppi)));
    // Pages are drawn on white: there is no transparency.
    let pixels = drawn.pixels().iter().map(|pixel| luminance([pixel.red(), pixel.green(), pixel.blue()]));
    GrayImage::from_raw(drawn.width(), drawn.height(), pixels.collect())
}

/// Returns the number of pixels of a page at a resolution in pixels per inch.
pub fn pixels(ppi: f64) -> f64 {
    const INCHES: f64 = 8.5 * 11.7;
    INCHES * ppi * ppi
}

fn options(ppi: f64) -> RenderOptions {
    RenderOptions { pixel_per_pt: (ppi / POINTS_PER_INCH).into(), ..RenderOptions::default() }
}
