//! Finds adjustments that explain the page ends of an original, beginning with the first that differs.

use super::matcher::Matcher;
use super::pages::{self, Place};
use super::texts::Part;
use crate::model::{Keep, PageBreak};
use crate::typeset::{Composition, Known};

/// The values of `first_page_foot` that occur in originals, in points.
const FEET: [f64; 4] = [79.2, 72.0, 64.8, 57.6];

impl Matcher<'_> {
    /// Adjusts the document for the first page end that differs. Returns whether it could.
    pub fn page_ends(&mut self, composition: &Composition) -> bool {
        let theirs = pages::theirs(&self.texts, self.original);
        let ours = pages::ours(&self.texts, composition);
        for (page, their) in theirs.iter().enumerate() {
            let Some(their) = *their else { continue };
            match ours.get(page) {
                Some(own) if *own == their => continue,
                own => {
                    let earlier = own.is_none_or(|own| their < *own);
                    return match (earlier, page) {
                        (true, _) => self.ends_earlier(their, own.copied()),
                        (false, 0) => self.lower_foot(their),
                        (false, _) => false,
                    };
                }
            }
        }
        false
    }

    /// Handles a page that ends earlier in the original: the next block is kept together or gets a page break.
    fn ends_earlier(&mut self, (number, line): Place, own: Option<Place>) -> bool {
        let Part::Body(block) = self.texts.paragraphs[number].part else { return false };
        if line != 0 || !self.is_adjustable(block) {
            return false;
        }
        let parted = own.is_some_and(|(other, line)| other == number && line > 0);
        let layout = self.adjusted.entry(block).or_default();
        if parted && layout.keep.is_none() {
            layout.keep = Some(Keep::Together);
            self.explain(block, "the original does not divide it");
        } else if layout.page_break.is_none() {
            // Keeping it together was not enough.
            layout.keep = None;
            layout.page_break = Some(PageBreak::Before);
            self.why.remove(&block);
            self.explain(block, "it begins a page in the original");
        } else {
            return false;
        }
        true
    }

    /// Handles a page 1 that ends later in the original: its foot is lowered.
    fn lower_foot(&mut self, their: Place) -> bool {
        let before = self.layout().first_page_foot;
        let lower = FEET.iter().copied().filter(|foot| before.is_none_or(|before| *foot < before));
        for foot in lower {
            self.layout().first_page_foot = Some(foot);
            let composition = self.composed(Known::Places);
            if pages::ours(&self.texts, &composition).first() == Some(&their) {
                return true;
            }
        }
        self.layout().first_page_foot = before;
        false
    }
}
