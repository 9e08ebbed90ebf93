//! Copyfitting: the least visible adjustments that bring a document to a number of pages, in the order in which
//! typists make them. Paragraphs whose last line is saved (or begun) by a little tracking come first, then the foot
//! of page 1, then the pitch.

mod search;
#[cfg(test)]
mod tests;
mod trial;
mod variants;

use super::Press;
use super::first_page_notes::first_guess;
use super::measures::Measures;
use crate::prepare::Prepared;
use search::Search;
use trial::Trial;
use variants::Variants;

/// What is wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Goal {
    /// So many pages.
    pub pages: Option<usize>,
    /// At least so many lines on the last page.
    pub last_page_lines: Option<usize>,
    /// No paragraph ends in a line of one short word.
    pub avoid_short_last_lines: bool,
}

/// How far a document reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    /// How many pages it has.
    pub pages: usize,
    /// How many lines of text the last of them has.
    pub last_page_lines: usize,
}

/// An adjustment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Change {
    /// The tracking of a block of the body, and how many lines it has by that more than before.
    Tracking {
        /// The block.
        block: usize,
        /// In points.
        tracking: f64,
        /// Less than none, if lines are saved.
        lines: isize,
    },
    /// From the lower edge of the paper to the end of the text on page 1, in points.
    FirstPageFoot(f64),
    /// The pitch of the body, in points.
    Pitch(f64),
}

/// What stands in the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Obstacle {
    /// The heights of tables, figures or texts of other scripts are known only once they are set.
    Engine,
    /// Nothing that is not seen brings the document there; so far does it reach with all of it.
    Reach(Extent),
    /// The short last lines of these blocks.
    ShortLines(Vec<usize>),
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Fitted {
    /// The adjustments, in the order of the document.
    pub changes: Vec<Change>,
    /// How far the document reaches; none, if only the engine knows.
    pub before: Option<Extent>,
    /// How far it reaches with the adjustments.
    pub after: Option<Extent>,
    /// What stands in the way of the goal.
    pub obstacle: Option<Obstacle>,
}

impl Fitted {
    /// Adjusts a prepared document.
    pub fn apply(&self, prepared: &mut Prepared) {
        for change in &self.changes {
            match *change {
                Change::Tracking { block, tracking, .. } => {
                    prepared.adjusted.entry(block).or_default().tracking = Some(tracking);
                }
                Change::FirstPageFoot(foot) => prepared.layout.first_page_foot = Some(foot),
                Change::Pitch(pitch) => prepared.layout.pitch = Some(pitch),
            }
        }
    }
}

/// Finds the least visible adjustments for a document as it is set; only those blocks are adjusted that `may` be.
///
/// # Errors
///
/// A sentence about a table that cannot be set.
pub fn fit(press: &Press, prepared: &Prepared, goal: &Goal, may: &dyn Fn(usize) -> bool) -> Result<Fitted, String> {
    Ok(search(&super::opened(press, prepared)?, &press.measures, goal, may))
}

/// The same for a document whose tables are laid out.
pub(super) fn search(prepared: &Prepared, measures: &Measures, goal: &Goal, may: &dyn Fn(usize) -> bool) -> Fitted {
    let framed = first_guess(prepared, measures);
    let unknown = Fitted { changes: Vec::new(), before: None, after: None, obstacle: Some(Obstacle::Engine) };
    let Some(trial) = Trial::new(prepared, measures, &framed) else { return unknown };
    let Some(before) = trial.extent() else { return unknown };
    let variants = Variants::new(prepared, measures, &trial.plan, may);
    let (fixed, short) = match goal.avoid_short_last_lines {
        true => variants.short_lines_saved(&trial.plan),
        false => (Vec::new(), Vec::new()),
    };
    let mut search = Search { prepared, trial, variants, goal: *goal, before, framed: !framed.is_empty(), fixed };
    let (found, reach) = search.best();
    let reached = found.is_some();
    let found = found.unwrap_or_else(|| search.with_fixed());
    let after = search.reach_of(&found);
    let obstacle = match (reached, reach, short.is_empty()) {
        (false, reach, _) => Some(Obstacle::Reach(reach)),
        (true, _, false) => Some(Obstacle::ShortLines(short)),
        (true, _, true) => None,
    };
    Fitted { changes: search.changes(&found), before: Some(before), after, obstacle }
}
