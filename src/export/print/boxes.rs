//! The boxes of a page and the marks around it.

use std::fmt::Write;

use lopdf::Object;

use super::options::PrintOptions;

/// A rectangle: left, bottom, right, top.
pub(super) type Rectangle = [f64; 4];

/// The distance of marks from the trimmed page, unless the bleed is wider.
const NEAREST: f64 = 6.0;
/// The length of a mark.
const LENGTH: f64 = 18.0;
/// The width of its lines.
const WIDTH: f64 = 0.25;
/// The radius of the circle of a registration mark.
const RADIUS: f64 = 4.5;

/// The boxes of a page.
pub(super) struct Boxes {
    pub media: Rectangle,
    pub bleed: Rectangle,
    pub trim: Rectangle,
}

impl Boxes {
    /// Returns the boxes around a trimmed page.
    pub fn new(trim: Rectangle, options: &PrintOptions) -> Self {
        let bleed = around(trim, options.bleed);
        let media = if options.marks { around(trim, options.bleed.max(NEAREST) + LENGTH) } else { bleed };
        Self { media, bleed, trim }
    }
}

fn around([left, bottom, right, top]: Rectangle, by: f64) -> Rectangle {
    [left - by, bottom - by, right + by, top + by]
}

/// Returns a rectangle as an object.
pub(super) fn object(rectangle: Rectangle) -> Object {
    rectangle.map(|side| Object::Real(side as f32)).to_vec().into()
}

/// Returns the operators of the marks: crop marks at the corners, registration marks in the middle of the sides.
pub(super) fn marks(boxes: &Boxes, options: &PrintOptions) -> String {
    let [left, bottom, right, top] = boxes.trim;
    let from = options.bleed.max(NEAREST);
    let to = from + LENGTH;
    let mut drawn = format!("q 0 G {WIDTH} w 0 J []0 d\n");
    // Writing to a string cannot fail.
    let mut line = |a: (f64, f64), b: (f64, f64)| {
        let _ = writeln!(drawn, "{:.3} {:.3} m {:.3} {:.3} l S", a.0, a.1, b.0, b.1);
    };
    for (x, out) in [(left, -1.0), (right, 1.0)] {
        for (y, up) in [(bottom, -1.0), (top, 1.0)] {
            line((x + out * from, y), (x + out * to, y));
            line((x, y + up * from), (x, y + up * to));
        }
    }
    let (middle, centre) = ((left + right) / 2.0, (bottom + top) / 2.0);
    let off = from + LENGTH / 2.0;
    let places = [(middle, bottom - off), (middle, top + off), (left - off, centre), (right + off, centre)];
    for (x, y) in places {
        let arm = LENGTH / 2.0;
        line((x - arm, y), (x + arm, y));
        line((x, y - arm), (x, y + arm));
    }
    for (x, y) in places {
        drawn += &circle(x, y);
    }
    drawn + "Q\n"
}

fn circle(x: f64, y: f64) -> String {
    // The distance of the control points of a quarter of a circle.
    const QUARTER: f64 = 0.552_284_75;
    let (r, k) = (RADIUS, RADIUS * QUARTER);
    let mut drawn = format!("{:.3} {:.3} m\n", x + r, y);
    for [a, b, c, d, e, f] in
        [[r, k, k, r, 0.0, r], [-k, r, -r, k, -r, 0.0], [-r, -k, -k, -r, 0.0, -r], [k, -r, r, -k, r, 0.0]]
    {
        let _ = writeln!(drawn, "{:.3} {:.3} {:.3} {:.3} {:.3} {:.3} c", x + a, y + b, x + c, y + d, x + e, y + f);
    }
    drawn + "S\n"
}
