//! Counts the dashes of lines: the PDF reader turns each into a piece of path.

use hayro_syntax::object::{Array, Object};

use super::operands::numbers;

/// Follows a stream of operators and counts the dashes that it strokes.
#[derive(Default)]
pub(super) struct Dashes {
    /// The dashes per unit of length, in the current state and the saved ones.
    now: f64,
    saved: Vec<f64>,
    /// The current position of the path, and its maximum length so far.
    at: (f64, f64),
    length: f64,
}

impl Dashes {
    /// Returns the maximum number of dashes that an operator draws.
    pub fn of(&mut self, operator: &[u8], operands: &[&Object]) -> u64 {
        let numbers = numbers(operands.iter().copied());
        match operator {
            b"q" => self.saved.push(self.now),
            b"Q" => self.now = self.saved.pop().unwrap_or_default(),
            b"d" => {
                let array = operands.iter().find_map(|operand| match operand {
                    Object::Array(array) => Some(array),
                    _ => None,
                });
                self.now = array.map_or(0.0, frequency);
            }
            b"m" => self.at = end(&numbers).unwrap_or(self.at),
            b"l" | b"c" | b"v" | b"y" => {
                for point in numbers.chunks_exact(2).map(|point| (point[0], point[1])) {
                    self.length += (point.0 - self.at.0).hypot(point.1 - self.at.1);
                    self.at = point;
                }
            }
            b"re" => self.length += numbers.iter().skip(2).map(|side| 2.0 * side.abs()).sum::<f64>(),
            b"S" | b"s" | b"B" | b"B*" | b"b" | b"b*" => {
                // The line that closes a path is no longer than the path.
                let dashes = 2.0 * std::mem::take(&mut self.length) * self.now;
                return dashes as u64;
            }
            b"f" | b"F" | b"f*" | b"n" => self.length = 0.0,
            _ => {}
        }
        0
    }
}

fn end(numbers: &[f64]) -> Option<(f64, f64)> {
    numbers.first().copied().zip(numbers.get(1).copied())
}

/// Returns the number of dashes of a pattern per unit of length.
fn frequency(array: &Array) -> f64 {
    let dashes: Vec<f64> = array.iter::<f64>().collect();
    let period: f64 = dashes.iter().sum();
    if period > 0.0 { dashes.len() as f64 / period } else { 0.0 }
}
