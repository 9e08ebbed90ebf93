//! Finds the tracking and the lines of paragraphs and notes.

use std::ops::RangeInclusive;

use super::matcher::{Matcher, hundredths};
use super::pages;
use super::texts::{Part, fit};
use super::tracking::{self, Found};
use super::words::{joined, of_paragraph};
use crate::model::{Adjustment, Layout};
use crate::typeset::{Known, words_of_lines};

/// The steps of tracking that typists use, in hundredths of a point.
const COARSE: i32 = 5;
/// The range in which every hundredth is tried: nobody types such values, but rounding produces them.
const FINE: i32 = 12;

impl Matcher<'_> {
    /// Finds the tracking of body and notes, and with `facsimile` also the line ends that no tracking explains.
    pub fn tracking(&mut self, facsimile: bool) {
        self.adjusts_lines = facsimile;
        let measured = tracking::departures(&self.texts, self.original);
        let wanted: Vec<_> = self.texts.paragraphs.iter().map(|text| text.begins(self.original)).collect();
        let mut tried = self.tried(&|hundred| hundred % COARSE == 0);
        let all_fit = |at: &usize| tried.iter().any(|(_, begins)| fit(&begins[*at], &wanted[*at]));
        if !(0..wanted.len()).all(|at| all_fit(&at)) {
            tried.extend(self.tried(&|hundred| hundred % COARSE != 0 && hundred.abs() < FINE));
        }
        let usual = self.usual(&tried, &wanted);
        let plain =
            tried.iter().find(|(tracking, _)| *tracking == 0.0).map(|(_, begins)| begins.clone()).unwrap_or_default();
        if usual != 0.0 {
            self.document.layout.tracking = Some(usual);
        }
        for (index, wanted) in wanted.iter().enumerate() {
            let text = &self.texts.paragraphs[index];
            let part = text.part;
            if !text.known || text.words.is_empty() || !matches!(part, Part::Body(_) | Part::Note(_)) {
                continue;
            }
            if matches!(part, Part::Body(_)) && !text.justified {
                // Headings: for an annex, only the title is adjusted.
                let last = self.texts.paragraphs.get(index + 1).is_none_or(|next| next.part != part);
                let found = Found { tracking: 0.0, fits: fit(&plain[index], wanted), off: 0.0 };
                if last && !found.fits {
                    self.settle(index, found, usual, facsimile);
                }
                continue;
            }
            let base = if matches!(part, Part::Body(_)) { usual } else { 0.0 };
            let near = tried.iter().map(|(tracking, begins)| (hundredths(tracking - base), begins[index].as_slice()));
            let found = tracking::chosen(measured[index], near, wanted);
            self.settle(index, found, base, facsimile);
        }
    }

    /// Returns, for each tracking in hundredths of a point that satisfies `is`, the words with which the lines of every
    /// paragraph begin.
    fn tried(&mut self, is: &dyn Fn(i32) -> bool) -> Vec<(f64, Vec<Vec<usize>>)> {
        const FARTHEST: i32 = 30;
        let marks: Vec<String> = self.prepared.notes.iter().map(|note| note.mark.clone()).collect();
        let tried = (-FARTHEST..=FARTHEST).filter(|hundred| is(*hundred)).map(|hundred| {
            let tracking = f64::from(hundred) / 100.0;
            let note = Adjustment { tracking: Some(tracking), ..Adjustment::default() };
            let notes = marks.iter().map(|mark| (mark.clone(), note.clone())).collect();
            let layout = Layout { tracking: Some(tracking), notes, ..self.document.layout.clone() };
            let composition = self.trials.composed(&layout, &self.adjusted, Known::Lines);
            (tracking, composition.paragraphs.iter().map(|paragraph| of_paragraph(paragraph).1).collect())
        });
        tried.collect()
    }

    /// Returns the tracking of the whole document: 0, unless another value explains many more paragraphs.
    fn usual(&self, tried: &[(f64, Vec<Vec<usize>>)], wanted: &[Vec<RangeInclusive<usize>>]) -> f64 {
        const MORE: usize = 3;
        let body: Vec<usize> =
            (0..self.texts.paragraphs.len()).filter(|at| self.texts.paragraphs[*at].justified).collect();
        let fits = |begins: &[Vec<usize>]| body.iter().filter(|at| fit(&begins[**at], &wanted[**at])).count();
        let counts: Vec<(f64, usize)> = tried.iter().map(|(tracking, begins)| (*tracking, fits(begins))).collect();
        let plain = counts.iter().find(|(tracking, _)| *tracking == 0.0).map_or(0, |(_, count)| *count);
        let round = counts.iter().filter(|(tracking, _)| (tracking * 20.0).fract() == 0.0);
        let best = round.max_by_key(|(tracking, count)| (*count, -(tracking.abs() * 100.0) as i32));
        best.filter(|(_, count)| *count >= plain + MORE.max(body.len() / 10)).map_or(0.0, |(tracking, _)| *tracking)
    }

    /// Adjusts a paragraph by the tracking that was found.
    fn settle(&mut self, index: usize, found: Found, base: f64, facsimile: bool) {
        /// Tracking this far from the measured value was not typed.
        const FAR: f64 = 0.04;
        let part = self.texts.paragraphs[index].part;
        let adjustable = match part {
            Part::Body(block) => self.is_adjustable(block),
            _ => true,
        };
        let given = facsimile && (!found.fits || found.off > FAR);
        let line_ends = if given { self.line_ends(index) } else { None };
        // With forced line ends, a tracking that differs from the measured one is not needed.
        let tracking = if found.off > FAR && line_ends.is_some() { 0.0 } else { found.tracking };
        let other = hundredths(tracking) != 0.0;
        if (other || line_ends.is_some()) && !adjustable {
            self.cannot(part, "its lines are adjusted in the original, but this text cannot be adjusted on its own");
            return;
        }
        let (fits, forced) = (found.fits || line_ends.is_some(), line_ends.is_some());
        if other || forced {
            let typed = other.then(|| hundredths(base + tracking));
            let layout = match part {
                Part::Body(block) => self.adjusted.entry(block).or_default(),
                Part::Note(note) => {
                    let mark = self.prepared.notes.get(note).map(|note| note.mark.clone()).unwrap_or_default();
                    self.document.layout.notes.get_or_insert_with(mark, Default::default)
                }
                _ => return,
            };
            layout.tracking = typed;
            layout.line_ends = line_ends.unwrap_or_default();
        }
        if let Part::Body(block) = part {
            if other && fits && !forced {
                self.explain(block, "its lines end as in the original");
            } else if other {
                self.explain(block, "the tracking is measured in the original");
            }
            if forced {
                self.explain(block, "no tracking gives the line ends of the original");
            }
        }
        if let (true, Part::Body(block)) = (forced, part) {
            self.make_room(index, block);
        }
    }

    /// Reduces the tracking of a paragraph until its forced lines fit.
    fn make_room(&mut self, index: usize, block: usize) {
        const CLOSEST: i32 = 30;
        let before = self.adjusted.get(&block).and_then(|layout| layout.tracking);
        let usual = before.or(self.document.layout.tracking).unwrap_or_default();
        for hundred in (0..=CLOSEST).step_by(COARSE as usize) {
            let closer = hundredths(usual - f64::from(hundred) / 100.0);
            if hundred > 0
                && let Some(layout) = self.adjusted.get_mut(&block)
            {
                layout.tracking = Some(closer);
            }
            let composition = self.composed(Known::Lines);
            if pages::same_lines(&self.texts.paragraphs[index], &composition.paragraphs[index], self.original) {
                if hundred > 0 {
                    self.explain(block, "tracked so that its lines fit");
                }
                return;
            }
        }
        if let Some(layout) = self.adjusted.get_mut(&block) {
            layout.tracking = before;
        }
    }

    /// Returns the number of words in each line of a paragraph of the original.
    fn line_ends(&self, index: usize) -> Option<Vec<u16>> {
        let text = &self.texts.paragraphs[index];
        let words = joined(&text.words);
        let begins: Vec<usize> = text.begins(self.original).iter().map(|range| *range.end()).collect();
        let place = |begin: &usize| {
            let before = joined(&text.words[..*begin]).chars().count();
            before + usize::from(!text.words[*begin].joined)
        };
        words_of_lines(&words, &begins.iter().map(place).collect::<Vec<_>>()).filter(|ends| !ends.is_empty())
    }
}
