//! The state of graphics while a page is followed.

use super::colour::Colour;
use super::fonts::Font;

/// A transformation: a, b, c, d, e, f.
pub(super) type Matrix = [f64; 6];

pub(super) const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// Returns the transformation by `first` and then by `then`.
pub(super) fn product(first: Matrix, then: Matrix) -> Matrix {
    let [a, b, c, d, e, f] = first;
    let [p, q, r, s, t, u] = then;
    [a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u]
}

/// Returns where a point goes.
pub(super) fn moved([x, y]: [f64; 2], by: Matrix) -> [f64; 2] {
    [x * by[0] + y * by[2] + by[4], x * by[1] + y * by[3] + by[5]]
}

/// Returns the factors by which the two axes are scaled.
pub(super) fn scales(of: Matrix) -> [f64; 2] {
    [of[0].hypot(of[1]), of[2].hypot(of[3])]
}

/// Returns the factor by which lengths are scaled, whatever their direction.
pub(super) fn scale(of: Matrix) -> f64 {
    (of[0] * of[3] - of[1] * of[2]).abs().sqrt()
}

#[derive(Debug, Clone)]
pub(super) struct State {
    pub matrix: Matrix,
    pub fill: Colour,
    pub stroke: Colour,
    pub line_width: f64,
    pub fill_overprint: bool,
    pub stroke_overprint: bool,
    pub font_size: f64,
    /// The text rendering mode.
    pub mode: i64,
    pub font: Option<Font>,
}

impl State {
    pub fn new(matrix: Matrix) -> Self {
        Self {
            matrix,
            fill: Colour::black(),
            stroke: Colour::black(),
            line_width: 1.0,
            fill_overprint: false,
            stroke_overprint: false,
            font_size: 0.0,
            mode: 0,
            font: None,
        }
    }
}
