//! The measures that the composer shares with the templates (`composer` in tokens.typ).

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::prepare::{Edition, SessionRole};

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
    /// The types of the session block, by role.
    pub session: BTreeMap<String, Type>,
    /// How wide its lines are: `one` column, `several`, and the `name` of a committee.
    pub session_widths: BTreeMap<String, f64>,
    /// The types of headings, by level from 1.
    pub headings: Vec<Type>,
    /// The type of raised marks.
    pub mark: Type,
    /// The type of footnotes.
    pub notes: Type,
    /// The type of footnotes of adopted resolutions.
    pub close_notes: Type,
    /// How high the pages are.
    pub page: Heights,
}

/// What stands over and under the lines of a page.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub(in crate::typeset) struct Heights {
    /// The part of a line's pitch above its baseline.
    pub ascent: f64,
    /// The first baseline of later pages, by the edition of the template.
    pub first_baseline: BTreeMap<Edition, f64>,
    /// Where the session block begins.
    pub head: f64,
    /// Where the text of page 1 ends.
    pub first_bottom: f64,
    /// Where that of later pages ends.
    pub bottom: f64,
    /// What separates the notes from the text.
    pub separator: f64,
    /// What the rule that ends a document needs below the last line.
    pub closing_rule: f64,
    /// The gaps between blocks, by the names of tokens.typ.
    pub gaps: BTreeMap<String, f64>,
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
    /// From line to line.
    pub pitch: f64,
}

impl Measures {
    /// How far the tab stop of that number is from the left edge of the column.
    pub fn stop(&self, number: usize) -> f64 {
        self.stops.get(number).copied().unwrap_or_default()
    }

    /// The type of a heading of that level, from 1.
    pub fn heading(&self, level: u8) -> Type {
        self.headings.get(usize::from(level) - 1).copied().unwrap_or_default()
    }

    /// How wide a line of a session block of so many columns is.
    pub fn session_width(&self, role: SessionRole, columns: usize) -> f64 {
        let width = |name: &str| self.session_widths.get(name).copied().unwrap_or_default();
        let column = width(if columns > 1 { "several" } else { "one" });
        if role == SessionRole::BodyName { column.min(width("name")) } else { column }
    }

    /// A gap between blocks.
    pub fn gap(&self, name: &str) -> f64 {
        self.page.gaps.get(name).copied().unwrap_or_default()
    }

    /// The first tab stop beyond a place.
    pub fn stop_beyond(&self, place: f64) -> f64 {
        self.stops.iter().copied().find(|stop| *stop > place).unwrap_or(place)
    }
}
