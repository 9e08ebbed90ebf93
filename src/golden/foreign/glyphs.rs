//! The contents of a PDF page: glyphs with their characters, rules, pictures.

use hayro::hayro_interpret::font::Glyph;
use hayro::hayro_interpret::hayro_cmap::BfString;
use hayro::hayro_interpret::{BlendMode, ClipPath, Device, GlyphDrawMode, Image, Paint, PathDrawMode, SoftMask};
use hayro::vello_cpu::kurbo::{Affine, BezPath, Point, Rect, Shape};

use crate::golden::layout::{Bounds, Drawing, rounded};

/// Glyphs are measured in thousandths of the font size.
const UNITS: f64 = 1000.0;

/// A glyph with its characters, in points from the top left.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Printed {
    /// The angle of its line in degrees, counter-clockwise; 0 for level lines.
    pub turned: i32,
    pub left: f64,
    pub right: f64,
    pub baseline: f64,
    pub size: f64,
    pub face: String,
    pub bold: bool,
    pub italic: bool,
    pub colour: Option<String>,
    pub text: String,
}

/// Collects the drawing within the page.
pub(super) struct Reader {
    page: Rect,
    pub glyphs: Vec<Printed>,
    pub drawings: Vec<Drawing>,
}

impl Reader {
    pub fn new(page: Rect) -> Self {
        Self { page, glyphs: Vec::new(), drawings: Vec::new() }
    }

    fn drawing(&mut self, bounds: Rect, picture: Option<String>, colour: Option<String>) {
        let seen = bounds.intersect(self.page);
        let placed = Bounds {
            x: rounded(seen.x0),
            y: rounded(seen.y0),
            width: rounded(seen.width()),
            height: rounded(seen.height()),
        };
        let drawing = Drawing { part: "".into(), bounds: placed, picture, colour };
        if (placed.width > 0.0 || placed.height > 0.0) && self.drawings.last() != Some(&drawing) {
            self.drawings.push(drawing);
        }
    }
}

impl<'a> Device<'a> for Reader {
    fn draw_glyph(
        &mut self,
        glyph: &Glyph<'a>,
        transform: Affine,
        to_text: Affine,
        paint: &Paint<'a>,
        _: &GlyphDrawMode,
    ) {
        let text = match glyph.as_unicode() {
            Some(BfString::Char(c)) => c.to_string(),
            Some(BfString::String(text)) => text,
            None => return,
        };
        // Both look the same, and programs write either.
        let text = text.replace('\u{2011}', "-");
        let placed = transform * to_text;
        let (origin, up) = (placed * Point::ORIGIN, placed * Point::new(0.0, UNITS));
        let size = (up - origin).hypot();
        let (advance, font) = match glyph {
            Glyph::Outline(outline) => (outline.advance_width(), outline.font_data()),
            Glyph::Type3(_) => (None, None),
        };
        let end = placed * Point::new(f64::from(advance.unwrap_or(500.0)), 0.0);
        let onwards = placed * Point::new(UNITS, 0.0) - origin;
        let turned = turned(onwards.x, onwards.y);
        // A line at an angle is measured along itself.
        let along = Affine::rotate(f64::from(turned).to_radians());
        let (within, origin, end) = (self.page.contains(origin), along * origin, along * end);
        let name = font.as_ref().and_then(|font| font.postscript_name.clone()).unwrap_or_default();
        let printed = Printed {
            turned,
            left: origin.x,
            right: end.x.max(origin.x),
            baseline: origin.y,
            size,
            bold: font.as_ref().is_some_and(|font| font.weight.is_some_and(|weight| weight >= 600))
                || name.contains("Bold"),
            italic: font.as_ref().is_some_and(|font| font.is_italic) || name.contains("Italic"),
            face: face(&name).to_owned(),
            colour: colour(paint),
            text,
        };
        // A letter that is filled and stroked, or drawn twice to look bold, is one letter.
        let again = self.glyphs.last().is_some_and(|last| {
            last.text == printed.text
                && last.turned == printed.turned
                && (last.left - printed.left).abs() < 0.1
                && (last.baseline - printed.baseline).abs() < 0.1
        });
        if !again && within {
            self.glyphs.push(printed);
        }
    }

    fn draw_path(&mut self, path: &BezPath, transform: Affine, paint: &Paint<'a>, mode: &PathDrawMode) {
        let mut bounds = (transform * path.clone()).bounding_box();
        if let PathDrawMode::Stroke(stroke) = mode {
            let half = f64::from(stroke.line_width) * transform.determinant().abs().sqrt() / 2.0;
            bounds = bounds.inflate(half, half);
        }
        let colour = colour(paint);
        // Paper is white already.
        if colour.as_deref() != Some("#ffffff") {
            self.drawing(bounds, None, colour);
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, transform: Affine) {
        let size = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let picture = format!("{}x{}", image.width(), image.height());
        self.drawing((transform * size.to_path(0.1)).bounding_box(), Some(picture), None);
    }

    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn pop_clip_path(&mut self) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_transparency_group(&mut self) {}
}

/// Returns the angle of a line in degrees; scans are slightly skewed.
fn turned(x: f64, y: f64) -> i32 {
    const ASKEW: f64 = 2.0;
    let degrees = (-y).atan2(x).to_degrees();
    if degrees.abs() <= ASKEW || !degrees.is_finite() { 0 } else { degrees.round() as i32 }
}

/// Returns a font's name without its subset prefix and style.
fn face(name: &str) -> &str {
    let whole = match name.split_once('+') {
        Some((mark, rest)) if mark.len() == 6 => rest,
        _ => name,
    };
    let family = whole.split([',', '-']).next().unwrap_or(whole);
    if family.is_empty() { "font" } else { family }
}

fn colour(paint: &Paint) -> Option<String> {
    let Paint::Color(colour) = paint else { return Some("pattern".to_owned()) };
    let [red, green, blue, _] = colour.to_rgba().to_rgba8();
    // Black in other colour spaces is only nearly black.
    let dark = red.max(green).max(blue) < 48;
    (!dark).then(|| format!("#{red:02x}{green:02x}{blue:02x}"))
}
