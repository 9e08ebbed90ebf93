//! Masks: what is not compared.

use std::fmt;

use super::layout::{Bounds, Page};
use crate::settings::{At, Settings};

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
    pub(super) fn on(&self, page: usize) -> Option<Bounds> {
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
    pub mask: &'r Mask,
    pub page: Option<usize>,
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
