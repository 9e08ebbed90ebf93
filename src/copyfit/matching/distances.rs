//! Finds the edition, the lines of the session block and titles, and the distances between lines and blocks.

use std::collections::BTreeMap;

use super::matcher::{Matcher, tenths};
use super::original::Zone;
use super::texts::{Part, Text};
use super::{heads, heights, tracking};
use crate::error::Error;
use crate::model::{self, Edition};
use crate::typeset::{Composition, Known, Paragraph};

impl Matcher<'_> {
    /// Finds the edition by the first baselines of later pages.
    pub fn edition(&mut self) -> Result<(), Error> {
        /// The largest distance, in points, from the baseline of an edition.
        const NEAR: f64 = 0.9;
        let mut first: BTreeMap<usize, f64> = BTreeMap::new();
        for line in self.original.lines.iter().filter(|line| line.page > 1 && line.zone == Zone::Text) {
            let y = first.entry(line.page).or_insert(line.y);
            *y = y.min(line.y);
        }
        let pages = |edition: &Edition| {
            let baseline = self.press.first_baseline(*edition);
            first.values().filter(|y| (*y - baseline).abs() < NEAR).count()
        };
        let found = Edition::ALL.iter().max_by_key(|edition| pages(edition)).filter(|edition| pages(edition) > 0);
        if let Some(edition) = found.filter(|edition| **edition != self.prepared.edition) {
            self.document.layout.edition = Some(*edition);
            self.again()?;
        }
        Ok(())
    }

    /// Finds the tracking and the lines of the session block and the titles.
    pub fn heads(&mut self) -> Result<(), Error> {
        for text in &self.texts.paragraphs {
            let layout = &mut self.document.layout;
            let (list, number) = match text.part {
                Part::Session(number) => (&mut layout.session_tracking, number),
                Part::Opening(number) => (&mut layout.opening_tracking, number),
                Part::Body(_) | Part::Note(_) => continue,
            };
            if let Some(tracking) = tracking::of_head(text, self.original) {
                list.resize(number + 1, 0.0);
                list[number] = tracking;
            }
        }
        let composition = self.composed(Known::Lines);
        let lines = |is: fn(Part) -> bool| heads::lines(&self.texts, &composition, self.original, is);
        let session = lines(|part| matches!(part, Part::Session(_))).unwrap_or_default();
        let titles = lines(|part| matches!(part, Part::Opening(_))).unwrap_or_default();
        let some = !session.is_empty() || !titles.is_empty();
        let layout = self.layout();
        let texts = |lines: &[String]| lines.iter().map(|line| model::Text::verbatim(line)).collect();
        (layout.session_lines, layout.title_lines) = (texts(&session), texts(&titles));
        if some { self.again() } else { Ok(()) }
    }

    /// Finds the distances between lines and blocks, and the page ends, in turns.
    pub fn heights_and_pages(&mut self) {
        self.masthead();
        self.pitches();
        let mut rounds = 4 + 3 * self.original.pages;
        loop {
            let composition = self.composed(Known::Places);
            let changed = self.gaps(&composition) || self.page_ends(&composition);
            rounds -= 1;
            if !changed || rounds == 0 {
                break;
            }
        }
    }

    /// Finds the height of the masthead by the first line below it.
    fn masthead(&mut self) {
        const SAME: f64 = 0.35;
        const MOST: f64 = 60.0;
        let composition = self.composed(Known::Places);
        let head = self.texts.paragraphs.iter().zip(&composition.paragraphs).next();
        let below = |(text, _): &(&Text, &Paragraph)| matches!(text.part, Part::Session(_) | Part::Opening(0));
        let Some((text, paragraph)) = head.filter(below) else { return };
        let line = text.lines(self.original).first().map(|line| &self.original.lines[*line]);
        if let (Some(line), Some((page, y))) = (line, paragraph.places.first())
            && line.page == *page
        {
            let more = line.y - y;
            if more.abs() > SAME && more.abs() < MOST {
                self.layout().masthead = Some(tenths(more));
            }
        }
    }

    fn pitches(&mut self) {
        let composition = self.composed(Known::Lines);
        let pitches = heights::pitches(&self.texts, &composition, self.original);
        for (index, pitch) in pitches.into_iter().enumerate() {
            if let (Part::Body(block), Some(pitch)) = (self.texts.paragraphs[index].part, pitch)
                && self.is_adjustable(block)
            {
                self.adjusted.entry(block).or_default().pitch = Some(pitch);
                self.explain(block, "the pitch is measured in the original");
            }
        }
    }

    /// Adjusts the gaps between blocks. Returns whether any changed.
    fn gaps(&mut self, composition: &Composition) -> bool {
        let gaps = heights::gaps(&self.texts, composition, self.original);
        let mut changed = false;
        for (index, more) in gaps.into_iter().enumerate() {
            let text = &self.texts.paragraphs[index];
            let Some(more) = more.filter(|_| text.begins_part) else { continue };
            match text.part {
                Part::Opening(number) => {
                    let above = &mut self.document.layout.opening_above;
                    above.resize(above.len().max(number + 1), 0.0);
                    above[number] = tenths(above[number] + more);
                    changed = true;
                }
                Part::Body(block) if self.is_adjustable(block) => {
                    let above = &mut self.adjusted.entry(block).or_default().above;
                    *above = Some(tenths(above.unwrap_or_default() + more));
                    changed = true;
                }
                _ => {}
            }
        }
        changed
    }
}
