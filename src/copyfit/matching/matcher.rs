//! The state of a search for the adjustments of an original, which finds one kind after another.

use std::collections::BTreeMap;

use super::original::Original;
use super::report::Unexplained;
use super::texts::{Part, Texts};
use crate::copyfit::adjustments::{clear, is_adjustable};
use crate::error::Error;
use crate::golden::Names;
use crate::model::{Adjustment, Document, Layout, Path};
use crate::prepare::{Prepared, prepare_with_paths};
use crate::typeset::{Composition, Known, Press, Trials};

/// An original, the document, and the adjustments found so far.
pub(super) struct Matcher<'m> {
    pub press: &'m Press,
    pub original: &'m Original,
    pub document: Document,
    pub prepared: Prepared,
    /// The paths of the blocks of the body in the model.
    pub paths: Vec<Path>,
    pub trials: Trials<'m>,
    pub texts: Texts,
    pub adjusted: BTreeMap<usize, Adjustment>,
    pub why: BTreeMap<usize, Vec<String>>,
    pub unexplained: Vec<Unexplained>,
    /// Whether line ends may be forced word by word.
    pub adjusts_lines: bool,
}

/// The smallest share of words that the document and the original must have in common.
const LEAST_COMMON: f64 = 0.6;

impl<'m> Matcher<'m> {
    pub fn new(press: &'m Press, document: &Document, original: &'m Original) -> Result<Self, Error> {
        let mut document = document.clone();
        clear(&mut document);
        let (prepared, paths) = prepare_with_paths(&document).map_err(Error::document)?;
        let mut trials = Trials::new(press, &prepared).map_err(Error::document)?;
        let composition = trials.composed(&document.layout, &prepared.adjusted, Known::Widths);
        let texts = Texts::new(&composition, original);
        let (common, of) = texts.common();
        if (common as f64) < LEAST_COMMON * of as f64 {
            let share = 100 * common / of.max(1);
            return Err(Error::foreign(format!("it is another document: only {share} % of the words match")));
        }
        let (adjusted, why, unexplained) = (BTreeMap::new(), BTreeMap::new(), Vec::new());
        Ok(Self {
            press,
            original,
            document,
            prepared,
            paths: paths.body,
            trials,
            texts,
            adjusted,
            why,
            unexplained,
            adjusts_lines: false,
        })
    }

    pub fn layout(&mut self) -> &mut Layout {
        &mut self.document.layout
    }

    /// Composes the document with the adjustments found so far.
    pub fn composed(&mut self, known: Known) -> Composition {
        self.trials.composed(&self.document.layout, &self.adjusted, known)
    }

    /// Prepares the document again, because fields of its header change the prepared document.
    pub fn again(&mut self) -> Result<(), Error> {
        let (prepared, _) = prepare_with_paths(&self.document).map_err(Error::document)?;
        self.trials = Trials::new(self.press, &prepared).map_err(Error::document)?;
        self.prepared = prepared;
        Ok(())
    }

    /// Returns whether a block can be adjusted on its own.
    pub fn is_adjustable(&self, block: usize) -> bool {
        is_adjustable(&self.paths, block)
    }

    /// Returns the name of a part for messages.
    pub fn name(&self, part: Part) -> String {
        let key = match part {
            Part::Session(_) => return "session block".to_owned(),
            Part::Opening(number) => format!("opening/{number}"),
            Part::Body(number) => format!("body/{number}"),
            Part::Note(number) => format!("note/{number}"),
        };
        Names::new(&self.prepared).of(&key).to_string()
    }

    /// Records a difference that no adjustment explains.
    pub fn cannot(&mut self, part: Part, message: impl Into<String>) {
        let part = self.name(part);
        self.unexplained.push(Unexplained { part, message: message.into() });
    }

    /// Records the reason for an adjustment of a block.
    pub fn explain(&mut self, block: usize, why: impl Into<String>) {
        self.why.entry(block).or_default().push(why.into());
    }
}

/// Rounds a length to a hundredth of a point.
pub(super) fn hundredths(points: f64) -> f64 {
    // Adding 0 turns −0 into 0.
    (points * 100.0).round() / 100.0 + 0.0
}

/// Rounds a length to a tenth of a point.
pub(super) fn tenths(points: f64) -> f64 {
    (points * 10.0).round() / 10.0 + 0.0
}
