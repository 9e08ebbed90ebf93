//! The rules for a case: what is not compared, and how much may differ.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::RangeInclusive;

use super::layout::{Bounds, Page};
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

/// What is not compared.
#[derive(Debug, Clone, PartialEq)]
pub enum Mask {
    /// A part of the document and everything within it: "date", "operative paragraph 4", "annex I".
    Part(String),
    /// A rectangle, in points, on one page or on all.
    Rectangle(Rectangle),
}

/// A rectangle that is not compared.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rectangle {
    /// The page, from 1; `None` means all.
    pub page: Option<usize>,
    /// The left edge.
    pub x: f64,
    /// The upper edge.
    pub y: f64,
    /// The width.
    pub width: f64,
    /// The height.
    pub height: f64,
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

impl Mask {
    /// Reads the masks of a list.
    pub(super) fn list(settings: &mut Settings, at: Option<At>) -> Vec<Self> {
        let masks = at.map(|at| settings.list(&at)).unwrap_or_default();
        masks.iter().filter_map(|at| Self::read(settings, at)).collect()
    }

    fn read(settings: &mut Settings, at: &At) -> Option<Self> {
        const HINT: &str = "use the name of a part or { page, x, y, width, height }";
        if !at.is_table() {
            return settings.text(at).map(Self::Part);
        }
        let [page, x, y, width, height] = settings.table(at, ["page", "x", "y", "width", "height"]);
        let page = page.map(|at| settings.whole(&at, 1..=u32::MAX));
        let mut side = |name: &str, side: Option<At>, least| match side {
            Some(side) => settings.number(&side, least..=f64::INFINITY),
            None => {
                settings.wrong(at, format!("the mask has no “{name}”"), HINT);
                None
            }
        };
        let (x, y) = (side("x", x, f64::NEG_INFINITY), side("y", y, f64::NEG_INFINITY));
        let (width, height) = (side("width", width, 0.0), side("height", height, 0.0));
        let page = page.map_or(Some(None), |page| page.map(|page| Some(page as usize)))?;
        Some(Self::Rectangle(Rectangle { page, x: x?, y: y?, width: width?, height: height? }))
    }

    /// Returns whether it covers anything of a page: a part on it, or some of its area.
    fn covers_on(&self, page: &Page, number: usize) -> bool {
        match self {
            Self::Part(_) => !page.boxes_of(|part| self.covers(part)).is_empty(),
            Self::Rectangle(it) => {
                let whole = Bounds { x: 0.0, y: 0.0, width: page.width, height: page.height };
                it.on(number).is_some_and(|bounds| bounds.touches(&whole))
            }
        }
    }

    /// Returns whether a part is the masked one, or within it.
    pub fn covers(&self, part: &str) -> bool {
        let Self::Part(name) = self else { return false };
        part.strip_prefix(name.as_str()).is_some_and(|rest| {
            let designated = |c: char| c.is_ascii_digit() || c.is_uppercase() || "*“(".contains(c);
            rest.is_empty()
                || rest.starts_with(',')
                || rest.strip_prefix(' ').is_some_and(|it| it.starts_with(designated))
        })
    }
}

impl Rectangle {
    /// Returns its area on a page, from 1, if it has one there.
    fn on(&self, page: usize) -> Option<Bounds> {
        let Self { page: only, x, y, width, height } = *self;
        let has_area = width > 0.0 && height > 0.0 && only.is_none_or(|only| only == page);
        has_area.then_some(Bounds { x, y, width, height })
    }
}

/// As in `golden.toml`.
impl fmt::Display for Mask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Part(name) => f.write_str(name),
            Self::Rectangle(Rectangle { page, x, y, width, height }) => {
                let page = page.map(|page| format!("page = {page}, ")).unwrap_or_default();
                write!(f, "{{ {page}x = {x}, y = {y}, width = {width}, height = {height} }}")
            }
        }
    }
}

/// A mask of a case, on the page that it is given for, or on all.
#[derive(Clone, Copy)]
pub(super) struct Placed<'r> {
    mask: &'r Mask,
    page: Option<usize>,
}

impl Placed<'_> {
    /// Returns whether it covers anything in a document whose parts have these names; its pages are
    /// only asked for if they matter.
    pub fn covers_any<'n, 'p>(
        &self,
        mut names: impl Iterator<Item = &'n str>,
        pages: impl FnOnce() -> &'p [Page],
    ) -> bool {
        if let (Mask::Part(_), None) = (self.mask, self.page) {
            return names.any(|name| self.mask.covers(name));
        }
        let mut pages = pages().iter().zip(1..).filter(|(_, number)| self.page.is_none_or(|only| only == *number));
        pages.any(|(page, number)| self.mask.covers_on(page, number))
    }
}

impl fmt::Display for Placed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.mask.fmt(f)?;
        self.page.map_or(Ok(()), |page| write!(f, " (page {page})"))
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
