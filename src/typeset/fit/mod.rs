//! Copyfitting: finds the least visible adjustments that bring a document to a number of pages, in the order in which
//! typists make them: first tracking of paragraphs that saves or adds a line, then the foot of page 1, then the pitch.

mod search;
#[cfg(test)]
mod tests;
mod trial;
mod variants;

use serde::Serialize;

use super::Press;
use super::first_page_notes::first_guess;
use super::measures::Measures;
use crate::error::Error;
use crate::picture::Pictures;
use crate::prepare::Prepared;
use search::Search;
use trial::Trial;
use variants::Variants;

/// The goal of copyfitting.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Goal {
    /// The number of pages.
    pub pages: Option<usize>,
    /// The minimum number of lines on the last page.
    pub last_page_lines: Option<usize>,
    /// Whether to avoid last lines that are one short word.
    pub avoid_short_last_lines: bool,
}

/// The length of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Extent {
    /// The number of pages.
    pub pages: usize,
    /// The number of lines of text on the last page.
    pub last_page_lines: usize,
}

/// An adjustment.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Change {
    /// The tracking of a block of the body, and how many lines it adds.
    Tracking {
        /// The index of the block.
        block: usize,
        /// The tracking, in points.
        tracking: f64,
        /// The number of lines added; negative if lines are saved.
        lines: isize,
    },
    /// The distance from the lower edge of the paper to the end of the text on page 1, in points.
    FirstPageFoot(f64),
    /// The line pitch of the body, in points.
    Pitch(f64),
}

/// The reason why a goal was not reached.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Obstacle {
    /// The document has text in other scripts or long notes, whose heights are known only after typesetting.
    Engine,
    /// The goal is out of reach without visible adjustments; this is the closest extent.
    Reach(Extent),
    /// The short last lines of these blocks cannot be removed.
    ShortLines(Vec<usize>),
}

/// The result of copyfitting.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Fitted {
    /// The adjustments, in document order.
    pub changes: Vec<Change>,
    /// The extent of the document; `None` if only the engine knows it.
    pub before: Option<Extent>,
    /// Its extent with the adjustments.
    pub after: Option<Extent>,
    /// The reason why the goal was not reached.
    pub obstacle: Option<Obstacle>,
}

impl Fitted {
    /// Applies the adjustments to a prepared document.
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

/// Finds the least visible adjustments of a document that reach a goal. Adjusts only blocks for which `may` is true.
///
/// # Errors
///
/// Returns a sentence about a table that cannot be set.
pub fn fit(
    press: &Press,
    prepared: &Prepared,
    pictures: &Pictures,
    goal: &Goal,
    may: &dyn Fn(usize) -> bool,
) -> Result<Fitted, Error> {
    let measures = press.measures.of(prepared.language);
    let opened = super::opened(press, prepared, pictures).map_err(Error::document)?;
    Ok(search(&opened, measures, goal, may))
}

/// Does the same for a document whose tables are laid out.
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
