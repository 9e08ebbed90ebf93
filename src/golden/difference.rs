//! A difference, described in the document's own words.

use std::fmt;

use serde::Serialize;

use super::layout::Bounds;

/// The significance of a difference, the most significant first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Level {
    /// The words.
    Text,
    /// Position and style.
    Geometry,
    /// The appearance.
    Pixels,
    /// The metadata of the file, and its bytes.
    File,
}

impl Level {
    /// Returns its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Geometry => "geometry",
            Self::Pixels => "pixels",
            Self::File => "file",
        }
    }
}

/// The kind of a difference, as a stable name for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Kind {
    /// A changed, added or removed word.
    Words,
    /// A changed number.
    Number,
    /// A changed, added or removed punctuation mark.
    Punctuation,
    /// An added or removed footnote mark.
    FootnoteMark,
    /// A changed space.
    Space,
    /// Added or removed emphasis.
    Emphasis,
    /// A changed address of a link.
    Link,
    /// An added part of the document.
    Added,
    /// A removed part.
    Removed,
    /// A part in another position of the sequence.
    Reordered,
    /// A changed number of a paragraph or note.
    Renumbered,
    /// Changed findings of `check`.
    Findings,
    /// An added page.
    PageAdded,
    /// A removed page.
    PageRemoved,
    /// Pages in another order.
    PageOrder,
    /// A changed size of a page.
    PageSize,
    /// A page that begins at another place of the text.
    PageBegins,
    /// A part on another page.
    OtherPage,
    /// A part in another position.
    Moved,
    /// Lines that end elsewhere, or a changed number of lines.
    LineEnds,
    /// A changed distance between lines.
    LinePitch,
    /// Text that is set wider or narrower.
    Width,
    /// A changed font.
    Font,
    /// A changed type size.
    Size,
    /// A changed tracking.
    Tracking,
    /// A changed colour.
    Colour,
    /// A missing, new or changed rule.
    Rule,
    /// A missing, new or changed picture.
    Picture,
    /// Changed pixels.
    Pixels,
    /// Changed metadata of the file.
    Metadata,
    /// Changed bytes, with everything else the same.
    Bytes,
}

impl Kind {
    /// Returns the level at which it is reported.
    pub fn level(self) -> Level {
        use Kind::{
            Added, Bytes, Emphasis, Findings, FootnoteMark, Link, Metadata, Number, Pixels, Punctuation, Removed,
            Renumbered, Reordered, Space, Words,
        };
        match self {
            Words | Number | Punctuation | FootnoteMark | Space | Emphasis | Link | Added | Removed | Reordered
            | Renumbered | Findings => Level::Text,
            Pixels => Level::Pixels,
            Metadata | Bytes => Level::File,
            _ => Level::Geometry,
        }
    }
}

/// A difference between a reference and the current state.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Difference {
    /// Its significance.
    pub level: Level,
    /// Its kind.
    pub kind: Kind,
    /// The part of the document: "operative paragraph 4".
    pub part: String,
    /// The change: "“regional” became “subregional”".
    pub message: String,
    /// The page on which it is visible now, or was before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<usize>,
    /// The areas on that page.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub boxes: Vec<Bounds>,
    /// Its size in the unit of tolerances: words of texts, points of geometry.
    #[serde(skip)]
    pub size: f64,
}

impl Difference {
    /// Creates a difference of that kind that no tolerance permits.
    pub fn new(kind: Kind, part: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            level: kind.level(),
            kind,
            part: part.into(),
            message: message.into(),
            page: None,
            boxes: Vec::new(),
            size: f64::INFINITY,
        }
    }

    /// Sets the size.
    pub fn sized(mut self, size: f64) -> Self {
        self.size = size;
        self
    }

    /// Sets the page.
    pub fn on(mut self, page: Option<usize>) -> Self {
        self.page = page;
        self
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.part, self.message)
    }
}

/// Formats a number of things: "1 line", "3 lines".
pub(super) fn several(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}
