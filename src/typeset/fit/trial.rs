//! Tries a plan with other items, another foot and another pitch, and measures its extent.

use std::collections::BTreeSet;

use super::Extent;
use crate::prepare::Prepared;
use crate::typeset::Lines;
use crate::typeset::measures::{Measures, Style};
use crate::typeset::plan::{Plan, page_ends, unpaged};

/// The step of the pitch, in points.
const PITCH_STEP: f64 = 0.1;

/// A plan without page ends.
pub(super) struct Trial<'p> {
    pub measures: &'p Measures,
    pub plan: Plan<'p>,
    /// The original pitches of the items and of the body.
    usual_pitch: Vec<Option<f64>>,
    body_pitch: Option<f64>,
}

impl<'p> Trial<'p> {
    /// Creates the trial of a document. Returns `None` if only the engine knows the lines of its head or notes.
    pub fn new(prepared: &'p Prepared, measures: &'p Measures, framed: &BTreeSet<usize>) -> Option<Self> {
        let (plan, composed) = unpaged(prepared, measures, framed, Lines::Official);
        let usual_pitch = plan.items.iter().map(|item| item.fit.pitch).collect();
        composed.then_some(Self { measures, plan, usual_pitch, body_pitch: prepared.layout.pitch })
    }

    /// Returns the extent. Returns `None` if not all heights are known.
    pub fn extent(&self) -> Option<Extent> {
        let ends = page_ends(&self.plan, self.measures).filter(|ends| ends.complete)?;
        let last = ends.starts.last().copied().unwrap_or(0);
        Some(Extent { pages: ends.pages(), last_page_lines: ends.rows.len() - last })
    }

    /// Changes the pitch of the paragraphs of the body by a number of steps.
    pub fn pitch(&mut self, steps: i32) {
        let pitch = self.pitch_of(steps);
        for (item, usual) in
            self.plan.items.iter_mut().skip(self.plan.opening).zip(&self.usual_pitch[self.plan.opening..])
        {
            let adjustable = item.design.style == Style::Body && *usual == self.body_pitch;
            item.fit.pitch = if adjustable && steps != 0 { Some(pitch) } else { *usual };
        }
    }

    pub fn pitch_of(&self, steps: i32) -> f64 {
        let usual = self.body_pitch.unwrap_or(self.measures.styles[Style::Body].pitch);
        ((usual + f64::from(steps) * PITCH_STEP) * 100.0).round() / 100.0
    }
}
