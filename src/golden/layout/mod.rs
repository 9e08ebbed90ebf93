//! The layout of pages: lines with their words, rules and pictures, each with its part of the
//! document, in points from the top left corner of the page.

mod of_pages;
mod text;

pub(in crate::golden) use of_pages::Styles;
pub use of_pages::of_pages;

use std::fmt;
use std::sync::Arc;

use serde::Serialize;

/// The layout of a document.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct Layout {
    /// Its pages.
    pub pages: Vec<Page>,
}

/// The layout of a page.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Page {
    /// Its width, in points.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// Its lines, in reading order.
    pub lines: Vec<Line>,
    /// Its rules and pictures.
    pub drawings: Vec<Drawing>,
}

/// A line of text.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Line {
    /// The part of the document, in its own words: "operative paragraph 4".
    pub part: Arc<str>,
    /// The baseline.
    pub y: f64,
    /// Its text, in spans of one style.
    pub spans: Vec<Span>,
}

/// Text of one style within a line.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Span {
    /// Its start.
    pub left: f64,
    /// The end of its last advance.
    pub right: f64,
    /// The height of its baseline above that of the line.
    pub rise: f64,
    /// Its style.
    pub style: Arc<Style>,
    /// The characters.
    pub text: String,
}

/// The appearance of text.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Style {
    /// The family of the font.
    pub face: String,
    /// The size in points.
    pub size: f64,
    /// Whether it is bold.
    pub bold: bool,
    /// Whether it is italic.
    pub italic: bool,
    /// The colour, if it is not black.
    pub colour: Option<String>,
    /// The addition to every advance, in points; not known for short texts.
    pub tracking: Option<f64>,
}

/// A rule or a picture.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Drawing {
    /// The part of the document.
    pub part: Arc<str>,
    /// Its position.
    pub bounds: Bounds,
    /// The beginning of the hash of its file, if it is a picture.
    pub picture: Option<String>,
    /// The colour of a rule, if it is not black.
    pub colour: Option<String>,
}

/// A rectangle on a page, in points from the top left.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Bounds {
    /// The left edge.
    pub x: f64,
    /// The upper edge.
    pub y: f64,
    /// The width.
    pub width: f64,
    /// The height.
    pub height: f64,
}

impl Line {
    /// Returns its text, with its spaces.
    pub fn text(&self) -> String {
        /// Wider gaps separate a label from its text.
        const GAP: f64 = 1.5;
        let mut text = String::new();
        let mut end = f64::INFINITY;
        for span in &self.spans {
            if span.left - end > GAP && !text.ends_with(' ') {
                text.push(' ');
            }
            text.push_str(&span.text);
            end = span.right;
        }
        text
    }

    /// Returns its start.
    pub fn left(&self) -> f64 {
        self.spans.iter().map(|span| span.left).fold(f64::INFINITY, f64::min)
    }

    /// Returns its end.
    pub fn right(&self) -> f64 {
        self.spans.iter().map(|span| span.right).fold(f64::NEG_INFINITY, f64::max)
    }

    /// Returns its start for a reader: at the right if it is written from right to left.
    pub fn start(&self) -> f64 {
        let mut chars = self.spans.iter().flat_map(|span| span.text.chars());
        let from_right =
            chars.any(|c| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'));
        if from_right { self.right() } else { self.left() }
    }

    /// Returns the largest area that its letters can take.
    pub fn bounds(&self) -> Bounds {
        const ASCENT: f64 = 0.9;
        const DESCENT: f64 = 0.25;
        let size = self.spans.iter().map(|span| span.style.size).fold(0.0, f64::max);
        let (x, height) = (self.left(), size * (ASCENT + DESCENT));
        Bounds { x, y: self.y - size * ASCENT, width: self.right() - x, height }
    }
}

impl Page {
    /// Returns the areas of a part on the page.
    pub fn boxes_of<'p>(&'p self, belongs: impl Fn(&str) -> bool + 'p) -> Vec<Bounds> {
        let lines = self.lines.iter().map(|line| (&line.part, line.bounds()));
        let drawings = self.drawings.iter().map(|drawing| (&drawing.part, drawing.bounds));
        lines.chain(drawings).filter(|(part, _)| belongs(part)).map(|(_, bounds)| bounds).collect()
    }
}

impl Bounds {
    /// Returns whether two rectangles overlap.
    pub fn touches(&self, other: &Self) -> bool {
        self.x < other.x + other.width
            && other.x < self.x + self.width
            && self.y < other.y + other.height
            && other.y < self.y + self.height
    }

    /// Returns the smallest rectangle that contains both.
    pub fn with(&self, other: &Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let right = (self.x + self.width).max(other.x + other.width);
        let lower = (self.y + self.height).max(other.y + other.height);
        Self { x, y, width: right - x, height: lower - y }
    }
}

impl fmt::Display for Style {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {} pt", self.face, self.size)?;
        for (says, word) in [(self.bold, ", bold"), (self.italic, ", italic")] {
            if says {
                f.write_str(word)?;
            }
        }
        if let Some(colour) = &self.colour {
            write!(f, ", {colour}")?;
        }
        self.tracking.map_or(Ok(()), |tracking| write!(f, ", tracking {tracking:.2}"))
    }
}

/// Rounds a length as references do: to a hundredth of a point.
pub(crate) fn rounded(points: f64) -> f64 {
    // Adding 0 turns −0 into 0.
    (points * 100.0).round() / 100.0 + 0.0
}
