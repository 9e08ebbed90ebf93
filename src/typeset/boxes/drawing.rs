//! The drawing of a box: a frame, and in it the code in two lines of figures.

/// The units of the face: lengths are in thousandths of the size.
pub(super) const UNITS: u16 = 1000;
/// The advance of a box. Tables and titles assume the same width for an unknown character.
pub(super) const ADVANCE: i16 = 650;
/// The frame: left, bottom, right, top, and its thickness.
pub(super) const FRAME: Rectangle = Rectangle { left: 35, bottom: -160, right: 615, top: 740 };
const FRAME_LINE: i16 = 22;
/// The thickness of the strokes of figures, and their distance from the frame and from each other.
const STROKE: i16 = 36;
const APART: i16 = 44;

#[derive(Clone, Copy)]
pub(super) struct Rectangle {
    pub left: i16,
    pub bottom: i16,
    pub right: i16,
    pub top: i16,
}

impl Rectangle {
    fn shrunk(self, by: i16) -> Self {
        Self { left: self.left + by, bottom: self.bottom + by, right: self.right - by, top: self.top - by }
    }

    /// Returns its corners: clockwise is filled, counter-clockwise hollow.
    fn corners(self, filled: bool) -> Contour {
        let Self { left, bottom, right, top } = self;
        let (second, last) = ((left, top), (right, bottom));
        let (second, last) = if filled { (second, last) } else { (last, second) };
        [(left, bottom), second, (right, top), last]
    }
}

/// The strokes of a figure as seven-segment displays show it: top, upper right, lower right, bottom, lower
/// left, upper left, middle.
const SEGMENTS: [u8; 16] = [
    0b011_1111, 0b000_0110, 0b101_1011, 0b100_1111, 0b110_0110, 0b110_1101, 0b111_1101, 0b000_0111, 0b111_1111,
    0b110_1111, 0b111_0111, 0b111_1100, 0b011_1001, 0b101_1110, 0b111_1001, 0b111_0001,
];

/// Returns the strokes of a figure within a rectangle.
fn figure(value: u32, within: Rectangle) -> impl Iterator<Item = Rectangle> {
    let Rectangle { left, bottom, right, top } = within;
    let middle = (bottom + top) / 2;
    let level = |y: i16| Rectangle { bottom: y, top: y + STROKE, ..within };
    let upright = |x: i16, bottom: i16, top: i16| Rectangle { left: x, right: x + STROKE, bottom, top };
    let strokes = [
        level(top - STROKE),
        upright(right - STROKE, middle, top),
        upright(right - STROKE, bottom, middle),
        level(bottom),
        upright(left, bottom, middle),
        upright(left, middle, top),
        level(middle - STROKE / 2),
    ];
    let lit = SEGMENTS.get(value as usize).copied().unwrap_or_default();
    strokes.into_iter().enumerate().filter(move |(index, _)| lit >> index & 1 == 1).map(|(_, stroke)| stroke)
}

/// The corners of a contour.
pub(super) type Contour = [(i16, i16); 4];

/// Returns the contours of an empty box.
pub(super) fn frame() -> Vec<Contour> {
    vec![FRAME.corners(true), FRAME.shrunk(FRAME_LINE).corners(false)]
}

/// Returns the contours of the box of a code, in two lines of two or three figures.
pub(super) fn contours(code: u32) -> Vec<Contour> {
    let mut contours = frame();
    let columns: i16 = if code > 0xFFFF { 3 } else { 2 };
    let inner = FRAME.shrunk(FRAME_LINE + APART);
    let width = (inner.right - inner.left - (columns - 1) * APART) / columns;
    let height = (inner.top - inner.bottom - APART) / 2;
    for place in 0..2 * columns {
        let (row, column) = (place / columns, place % columns);
        let left = inner.left + column * (width + APART);
        let top = inner.top - row * (height + APART);
        let within = Rectangle { left, bottom: top - height, right: left + width, top };
        let value = code >> (4 * (2 * columns - 1 - place)) & 0xF;
        contours.extend(figure(value, within).map(|stroke| stroke.corners(true)));
    }
    contours
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_stay_within_the_frame() {
        let within = FRAME.shrunk(FRAME_LINE);
        for code in [0x915, 0xFFFF, 0x1F600, 0x10_88BD] {
            for (x, y) in contours(code).into_iter().skip(2).flatten() {
                assert!((within.left..=within.right).contains(&x) && (within.bottom..=within.top).contains(&y));
            }
        }
    }
}
