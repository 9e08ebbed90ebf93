//! The rules for a case: what is not compared, and how much may differ.

use super::layout::Bounds;
use super::output::Output;
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

impl Tolerance {
    pub(super) fn read(settings: &mut Settings, at: Option<At>) -> Self {
        let Some(at) = at else { return Self::default() };
        let [words, points, delta, share, file] = settings.table(&at, ["words", "points", "delta", "share", "file"]);
        let mut amount = |at: Option<At>, most| at.and_then(|at| settings.number(&at, 0.0..=most));
        Self {
            words: amount(words, f64::INFINITY),
            points: amount(points, f64::INFINITY),
            share: amount(share, 1.0),
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
            Mask::Rectangle(it) if it.page.is_none_or(|on| on == page) => {
                Some(Bounds { x: it.x, y: it.y, width: it.width, height: it.height })
            }
            _ => None,
        });
        rectangles.collect()
    }

    /// Returns whether anything is masked.
    pub(super) fn has_masks(&self) -> bool {
        !self.masks.is_empty() || self.pages.iter().any(|page| !page.masks.is_empty())
    }

    /// Returns the masked parts that the document does not have.
    pub(super) fn idle<'r>(&'r self, has: impl Fn(&Mask) -> bool + 'r) -> impl Iterator<Item = &'r str> {
        let all = self.masks.iter().chain(self.pages.iter().flat_map(|page| &page.masks));
        all.filter(move |mask| !has(mask)).filter_map(|mask| match mask {
            Mask::Part(name) => Some(name.as_str()),
            Mask::Rectangle(_) => None,
        })
    }
}
