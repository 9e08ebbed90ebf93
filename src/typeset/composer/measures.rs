//! The measures that the composer shares with the templates (`composer` in tokens.typ).

use std::collections::BTreeMap;

use serde::Deserialize;

/// Measures in points, tab stops by their numbers.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub(in crate::typeset) struct Measures {
    /// The width of the text column.
    pub column: f64,
    /// The tab stops, from the left edge of the column.
    pub stops: Vec<f64>,
    /// Where the paragraphs stand, by role and level: `operative`, `item-2`.
    pub paragraphs: BTreeMap<String, Indents>,
    /// The type of the body.
    pub body: Type,
    /// The types of the opening, by role.
    pub opening: BTreeMap<String, Type>,
    /// The types of headings, by level from 1.
    pub headings: Vec<Type>,
    /// The type of raised marks.
    pub mark: Type,
    /// The type of footnotes.
    pub notes: Type,
    /// The type of footnotes of adopted resolutions.
    pub close_notes: Type,
}

/// Where a paragraph stands, in tab stops.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
pub(in crate::typeset) struct Indents {
    /// Its first line, or its label.
    pub first: usize,
    /// The text after a label.
    pub text: usize,
    /// The other lines.
    pub turnover: usize,
    /// How far the right edge is moved in.
    #[serde(default)]
    pub right: usize,
}

/// A type: size and tracking in points, character scale in per cent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
pub(in crate::typeset) struct Type {
    pub size: f64,
    pub scale: u32,
    pub tracking: f64,
    /// Whether it is bold throughout.
    pub bold: bool,
}

impl Measures {
    /// How far the tab stop of that number is from the left edge of the column.
    pub fn stop(&self, number: usize) -> f64 {
        self.stops.get(number).copied().unwrap_or_default()
    }

    /// The first tab stop beyond a place.
    pub fn stop_beyond(&self, place: f64) -> f64 {
        self.stops.iter().copied().find(|stop| *stop > place).unwrap_or(place)
    }
}
