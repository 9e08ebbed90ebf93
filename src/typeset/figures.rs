//! The size of the pictures of figures, before they are set.

use typst::foundations::{Bytes, Smart};
use typst::visualize::{ExchangeFormat, RasterFormat, RasterImage, SvgImage};

use super::composer::Measures;
use crate::picture::{Kind, Pictures};
use crate::prepare::{Block, Prepared, Size};

/// Sets the size of every figure whose picture is known: the width that is given, or else its own, at most that of the
/// column, or of a landscape page.
pub(super) fn measure(prepared: &mut Prepared, pictures: &Pictures, measures: &Measures) {
    let column = measures.columns[prepared.edition].drawn;
    let upright = measures.page.bottom - measures.page.first_baseline[prepared.edition] - measures.figures.around;
    let turned = measures.landscape.height() - measures.figures.around_landscape;
    for block in &mut prepared.body {
        let Block::Figure { image, width, landscape, size, .. } = block else { continue };
        let (widest, highest) = match landscape {
            true => (measures.landscape_right() - measures.tables.left, turned),
            false => (column, upright),
        };
        *size = pictures.get(image).and_then(|data| natural(data)).map(|natural| {
            let wanted = width.unwrap_or(natural.width.min(widest));
            let scale = (wanted / natural.width).min(highest / natural.height);
            Size { width: natural.width * scale, height: natural.height * scale }
        });
    }
}

/// Returns the size of a picture as its file has it, in points.
fn natural(data: &[u8]) -> Option<Size> {
    const DOTS_PER_INCH: f64 = 72.0;
    let bytes = Bytes::new(data.to_vec());
    let size = match Kind::of(data) {
        Kind::Svg => {
            let image = SvgImage::new(bytes).ok()?;
            Size { width: image.width(), height: image.height() }
        }
        Kind::Png => {
            let image = RasterImage::new(bytes, RasterFormat::Exchange(ExchangeFormat::Png), Smart::Auto).ok()?;
            let scale = DOTS_PER_INCH / image.dpi().unwrap_or(DOTS_PER_INCH);
            Size { width: f64::from(image.width()) * scale, height: f64::from(image.height()) * scale }
        }
    };
    (size.width > 0.0 && size.height > 0.0).then_some(size)
}
