//! The rules for a case: what is not compared, and how much may differ.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use super::layout::Bounds;
use super::masks::{Mask, Placed};
use super::output::Output;
use crate::error::Error;
use crate::settings::{At, Settings};

/// The rules for a page, from 1.
#[derive(Debug, Clone)]
pub(super) struct OnPage {
    pub page: usize,
    pub masks: Vec<Mask>,
    pub tolerance: Tolerance,
}

/// How much may differ; missing values come from the section above, and finally from the defaults.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
#[non_exhaustive]
pub struct Tolerance {
    /// Words that may differ in one place; default 0.
    pub words: Option<f64>,
    /// How far something may move or grow, in points; default 0.05.
    pub points: Option<f64>,
    /// How much a pixel may differ, of 255; default 20: references have steps of 17, and rounding
    /// on another processor may differ by one step.
    pub delta: Option<u8>,
    /// The share of a page's pixels that may differ by more, from 0 to 1; default 0.
    pub share: Option<f64>,
    /// Whether the metadata and bytes of the file are compared; default yes.
    pub file: Option<bool>,
}

impl OnPage {
    pub(super) fn read(settings: &mut Settings, at: &At) -> Option<Self> {
        let [page, masks, tolerance] = settings.table(at, ["page", "masks", "tolerance"]);
        if page.is_none() && at.is_table() {
            settings.wrong(at, "“page” is missing", "add the number of the page: page = 1");
        }
        let page = page.and_then(|at| settings.whole(&at, 1..=u32::MAX));
        let (masks, tolerance) = (Mask::list(settings, masks), Tolerance::read(settings, tolerance));
        page.map(|page| Self { page: page as usize, masks, tolerance })
    }
}

/// The numbers that amounts without an upper limit can be.
const AMOUNT: RangeInclusive<f64> = 0.0..=f64::INFINITY;
/// The numbers that shares can be.
const SHARE: RangeInclusive<f64> = 0.0..=1.0;

impl Tolerance {
    pub(super) fn read(settings: &mut Settings, at: Option<At>) -> Self {
        let Some(at) = at else { return Self::default() };
        let [words, points, delta, share, file] = settings.table(&at, ["words", "points", "delta", "share", "file"]);
        let mut amount = |at: Option<At>, bounds| at.and_then(|at| settings.number(&at, bounds));
        Self {
            words: amount(words, AMOUNT),
            points: amount(points, AMOUNT),
            share: amount(share, SHARE),
            delta: delta.and_then(|at| settings.whole(&at, 0..=255)).and_then(|delta| delta.try_into().ok()),
            file: file.and_then(|at| settings.truth(&at)),
        }
    }

    pub(super) fn or(self, other: Self) -> Self {
        Self {
            words: self.words.or(other.words),
            points: self.points.or(other.points),
            delta: self.delta.or(other.delta),
            share: self.share.or(other.share),
            file: self.file.or(other.file),
        }
    }

    /// Returns the tolerance if its numbers are those that `golden.toml` may have. Below 0, or without a value,
    /// identical files would differ.
    ///
    /// # Errors
    ///
    /// Returns a sentence about the first number that is out of bounds.
    pub fn checked(self) -> Result<Self, Error> {
        for (name, number, bounds, said) in [
            ("words", self.words, AMOUNT, "from 0"),
            ("points", self.points, AMOUNT, "from 0"),
            ("share", self.share, SHARE, "from 0 to 1"),
        ] {
            if number.is_some_and(|number| !bounds.contains(&number)) {
                return Err(Error::value(format!("“{name}” must be a number {said}")));
            }
        }
        Ok(self)
    }

    /// Returns the number of words that may differ in one place.
    pub fn words(&self) -> f64 {
        self.words.unwrap_or(0.0)
    }

    /// Returns how far something may move, in points.
    pub fn points(&self) -> f64 {
        self.points.unwrap_or(0.05)
    }

    /// Returns how much a pixel may differ, of 255.
    pub fn delta(&self) -> u8 {
        self.delta.unwrap_or(20)
    }

    /// Returns the share of pixels that may differ by more.
    pub fn share(&self) -> f64 {
        self.share.unwrap_or(0.0)
    }

    /// Returns whether the file is compared.
    pub fn file(&self) -> bool {
        self.file.unwrap_or(true)
    }
}

/// The masks and tolerances of one case.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    pub(super) masks: Vec<Mask>,
    pub(super) tolerance: Tolerance,
    /// Whether the document is expected to be refused.
    pub refused: bool,
    pub(super) output: Output,
    pub(super) pages: Vec<OnPage>,
}

impl Rules {
    /// Creates rules with that tolerance and without masks.
    pub fn of(tolerance: Tolerance) -> Self {
        Self { tolerance, ..Self::default() }
    }

    /// Returns how much may differ on a page, or in the document as a whole.
    pub fn tolerance(&self, page: Option<usize>) -> Tolerance {
        let own = self.pages.iter().filter(|it| Some(it.page) == page);
        own.fold(self.tolerance, |tolerance, page| page.tolerance.or(tolerance))
    }

    /// Returns the smallest shift that may matter anywhere, in points.
    pub(super) fn finest(&self) -> f64 {
        let pages = self.pages.iter().map(|it| it.tolerance.or(self.tolerance).points());
        pages.fold(self.tolerance.points(), f64::min)
    }

    /// Returns the masks of a page, or of the document as a whole.
    fn masks(&self, page: Option<usize>) -> impl Iterator<Item = &Mask> {
        let own = self.pages.iter().filter(move |it| Some(it.page) == page);
        self.masks.iter().chain(own.flat_map(|page| &page.masks))
    }

    /// Returns whether a part is not compared on a page.
    pub fn masked(&self, part: &str, page: Option<usize>) -> bool {
        self.masks(page).any(|mask| mask.covers(part))
    }

    /// Returns the masked rectangles of a page, from 1.
    pub(super) fn rectangles(&self, page: usize) -> Vec<Bounds> {
        let rectangles = self.masks(Some(page)).filter_map(|mask| match mask {
            Mask::Rectangle(it) => it.on(page),
            Mask::Part(_) => None,
        });
        rectangles.collect()
    }

    /// Returns whether anything is masked.
    pub(super) fn has_masks(&self) -> bool {
        !self.masks.is_empty() || self.pages.iter().any(|page| !page.masks.is_empty())
    }

    /// Returns all masks, each with its page.
    fn placed(&self) -> impl Iterator<Item = Placed<'_>> {
        let of_pages = self.pages.iter().flat_map(|it| it.masks.iter().map(|mask| (mask, Some(it.page))));
        let all = self.masks.iter().map(|mask| (mask, None)).chain(of_pages);
        all.map(|(mask, page)| Placed { mask, page })
    }

    /// Returns the masks that cover nothing, in words.
    pub(super) fn idle(&self, covers: impl Fn(&Placed) -> bool) -> BTreeSet<String> {
        self.placed().filter(|mask| !covers(mask)).map(|mask| mask.to_string()).collect()
    }

    /// Returns the masks that may cover something, in words: a document that is refused has no pages.
    pub(super) fn needed(&self, idle: &BTreeSet<String>) -> BTreeSet<String> {
        let masks = self.placed().filter(|_| !self.refused).map(|mask| mask.to_string());
        masks.filter(|mask| !idle.contains(mask)).collect()
    }
}
