//! Messages about goals that cannot be reached and about the effect of adjustments.

use std::fmt;

use super::{Adjusted, Extent, Goal};
use crate::golden::Names;
use crate::typeset::fit::Obstacle;

/// Returns a sentence that says why a goal was not reached.
pub(super) fn sentence(obstacle: &Obstacle, goal: &Goal, names: &Names) -> String {
    match obstacle {
        Obstacle::Engine => {
            "the document has elements whose heights are known only after typesetting (long notes, other scripts): \
             adjust it by hand (docs/copyfitting.md)"
                .to_owned()
        }
        Obstacle::Reach(extent) => {
            let wanted = match (goal.pages, goal.last_page_lines) {
                (Some(pages), None) => counted(pages, "page"),
                (Some(pages), Some(lines)) => {
                    format!("{} with {} on the last", counted(pages, "page"), counted(lines, "line"))
                }
                (None, lines) => format!("{} on the last page", counted(lines.unwrap_or_default(), "line")),
            };
            format!("cannot reach {wanted} without visible adjustments; the closest is {extent}")
        }
        Obstacle::ShortLines(blocks) => {
            let names: Vec<String> =
                blocks.iter().map(|block| names.of(&format!("body/{block}")).to_string()).collect();
            format!("tracking of up to 0.20 points does not remove the short last line of {}", names.join(", "))
        }
    }
}

/// "1 page", "3 pages".
fn counted(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// Returns a tracking with its sign: "−0.10".
pub(super) fn signed(points: f64) -> String {
    let sign = if points < 0.0 { "\u{2212}" } else { "+" };
    format!("{sign}{:.2}", points.abs())
}

/// "4 pages, 36 lines on the last".
impl fmt::Display for Extent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {} on the last", counted(self.pages, "page"), counted(self.last_page_lines, "line"))
    }
}

impl fmt::Display for Adjusted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { part, value, lines, .. } = self;
        match lines {
            None => write!(f, "{part}: {value} points"),
            Some(lines) => {
                let does = if *lines < 0 { "saves" } else { "adds" };
                let count = lines.unsigned_abs();
                let count = if count == 1 { "one line".to_owned() } else { format!("{count} lines") };
                write!(f, "{part}: {}, {does} {count}", signed(*value))
            }
        }
    }
}
