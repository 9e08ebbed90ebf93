//! What stands in the way of a goal, and what adjustments do, in words.

use std::fmt;

use super::{Adjusted, Goal};
use crate::golden::Names;
use crate::typeset::fit::Obstacle;

/// What stands in the way, as a sentence.
pub(super) fn sentence(obstacle: &Obstacle, goal: &Goal, names: &Names) -> String {
    match obstacle {
        Obstacle::Engine => {
            "the document has tables, figures, long notes or texts of other scripts, whose heights are \
                             known only once they are set: adjust it by hand (docs/copyfitting.md)"
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
            format!(
                "adjustments that are not seen do not reach {wanted}; with all of them the document has {}, {} on the last",
                counted(extent.pages, "page"),
                counted(extent.last_page_lines, "line")
            )
        }
        Obstacle::ShortLines(blocks) => {
            let names: Vec<String> =
                blocks.iter().map(|block| names.of(&format!("body/{block}")).to_string()).collect();
            format!("tracking of 0.20 points does not save the short last line of {}", names.join(", "))
        }
    }
}

/// "1 page", "3 pages".
fn counted(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
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
                let sign = if *value < 0.0 { "\u{2212}" } else { "+" };
                write!(f, "{part}: {sign}{:.2}, {does} {count}", value.abs())
            }
        }
    }
}
