//! Page images: storing them, and comparing their pixels.

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, GrayImage, ImageEncoder};
use serde::Serialize;

use super::layout::Bounds;

/// Points per inch.
pub(super) const POINTS: f64 = 72.0;

/// The difference of two images of a page.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PixelDifference {
    /// The number of pixels.
    pub count: usize,
    /// Their share of the page, from 0 to 1.
    pub share: f64,
    /// The largest difference of a pixel, of 255.
    pub largest: u8,
    /// Their areas, in points, the largest first.
    pub boxes: Vec<Bounds>,
}

/// Reduces an image to the form of references: sixteen shades of grey, which halves the file and leaves
/// letters unchanged.
pub fn in_steps(mut image: GrayImage) -> GrayImage {
    const STEP: u8 = 17;
    for pixel in image.iter_mut() {
        *pixel = (*pixel).saturating_add(STEP / 2) / STEP * STEP;
    }
    image
}

/// Encodes an image as an 8-bit greyscale PNG file, without a filter: for letters in few shades of grey that
/// is the smallest (measured: a tenth less than any other).
///
/// # Errors
///
/// Returns a sentence if it cannot be encoded.
pub fn encode(image: &GrayImage) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    PngEncoder::new_with_quality(&mut bytes, CompressionType::Best, FilterType::NoFilter)
        .write_image(image.as_raw(), image.width(), image.height(), ExtendedColorType::L8)
        .map_err(|error| error.to_string())?;
    Ok(bytes)
}

/// Decodes an image from a PNG file.
///
/// # Errors
///
/// Returns a sentence if the file is damaged.
pub fn decode(png: &[u8]) -> Result<GrayImage, String> {
    image::load_from_memory_with_format(png, image::ImageFormat::Png)
        .map(|image| image.into_luma8())
        .map_err(|error| error.to_string())
}

/// Finds the pixels that differ by more than `delta` outside the masks, which are in points;
/// `points_per_pixel` is the size of a pixel. Where one image is larger, the other is white.
pub fn compare(
    before: &GrayImage,
    after: &GrayImage,
    masks: &[Bounds],
    delta: u8,
    points_per_pixel: f64,
) -> Option<PixelDifference> {
    let (width, height) = (before.width().max(after.width()), before.height().max(after.height()));
    let white = image::Luma([u8::MAX]);
    let at = |image: &GrayImage, x: u32, y: u32| image.get_pixel_checked(x, y).unwrap_or(&white).0[0];
    let masked = |x: u32, y: u32| {
        // A mask covers the pixels that it touches.
        let pixel = Bounds {
            x: (f64::from(x) - 0.5) * points_per_pixel,
            y: (f64::from(y) - 0.5) * points_per_pixel,
            width: 2.0 * points_per_pixel,
            height: 2.0 * points_per_pixel,
        };
        masks.iter().any(|mask| mask.touches(&pixel))
    };
    let mut tiles = Tiles::new(width, height);
    let (mut count, mut largest) = (0, 0);
    for y in 0..height {
        for x in 0..width {
            let differs = at(before, x, y).abs_diff(at(after, x, y));
            if differs > delta && !masked(x, y) {
                count += 1;
                largest = largest.max(differs);
                tiles.mark(x, y);
            }
        }
    }
    let share = count as f64 / (f64::from(width) * f64::from(height)).max(1.0);
    let boxes = || tiles.boxes(points_per_pixel);
    (count > 0).then(|| PixelDifference { count, share, largest, boxes: boxes() })
}

/// Squares of pixels; neighbours are combined into one box.
struct Tiles {
    columns: usize,
    /// The bounds of the marked pixels in each: left, upper, right, lower, inclusive.
    marked: Vec<Option<[u32; 4]>>,
}

impl Tiles {
    const SIDE: u32 = 8;

    fn new(width: u32, height: u32) -> Self {
        let (columns, rows) = (width.div_ceil(Self::SIDE) as usize, height.div_ceil(Self::SIDE) as usize);
        Self { columns, marked: vec![None; columns * rows] }
    }

    fn mark(&mut self, x: u32, y: u32) {
        let index = (y / Self::SIDE) as usize * self.columns + (x / Self::SIDE) as usize;
        let known = self.marked[index].unwrap_or([x, y, x, y]);
        self.marked[index] = Some(wider(known, [x, y, x, y]));
    }

    fn boxes(mut self, points_per_pixel: f64) -> Vec<Bounds> {
        /// More boxes would not help anybody.
        const MOST: usize = 40;
        let mut boxes = Vec::new();
        for start in 0..self.marked.len() {
            let Some(mut found) = self.marked[start].take() else { continue };
            let mut open = vec![start];
            while let Some(tile) = open.pop() {
                for next in self.neighbours(tile) {
                    if let Some(more) = self.marked[next].take() {
                        found = wider(found, more);
                        open.push(next);
                    }
                }
            }
            let point = |pixel: u32| super::layout::rounded(f64::from(pixel) * points_per_pixel);
            let [left, upper, right, lower] = found;
            let (width, height) = (point(right + 1 - left), point(lower + 1 - upper));
            boxes.push(Bounds { x: point(left), y: point(upper), width, height });
        }
        boxes.sort_by(|a, b| (b.width * b.height).total_cmp(&(a.width * a.height)));
        boxes.truncate(MOST);
        boxes
    }

    fn neighbours(&self, tile: usize) -> Vec<usize> {
        let (row, column) = (tile / self.columns, tile % self.columns);
        let rows = row.saturating_sub(1)..=row + 1;
        let columns = column.saturating_sub(1)..=(column + 1).min(self.columns - 1);
        let all = rows.flat_map(|row| columns.clone().map(move |column| (row, column)));
        all.map(|(row, column)| row * self.columns + column).filter(|index| *index < self.marked.len()).collect()
    }
}

fn wider(one: [u32; 4], other: [u32; 4]) -> [u32; 4] {
    [one[0].min(other[0]), one[1].min(other[1]), one[2].max(other[2]), one[3].max(other[3])]
}
