//! A difference, told in the document's own words.

use std::fmt;

use serde::Serialize;

use super::layout::Bounds;

/// How meaningful a difference is, the most meaningful first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// What is said.
    Text,
    /// Where and how it stands.
    Geometry,
    /// What it looks like.
    Pixels,
    /// What is said about the file, and its bytes.
    File,
}

/// What a difference is, as a stable name for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Another word, or more or fewer.
    Words,
    /// Another number.
    Number,
    /// Another punctuation mark, or one more or fewer.
    Punctuation,
    /// A footnote mark more or fewer.
    FootnoteMark,
    /// Another space.
    Space,
    /// Emphasis, or none.
    Emphasis,
    /// Another address of a link.
    Link,
    /// A part of the document more.
    Added,
    /// A part fewer.
    Removed,
    /// A part that stands elsewhere in the order.
    Reordered,
    /// Another number of a paragraph or note.
    Renumbered,
    /// What `check` says of the document.
    Findings,
    /// A page more.
    PageAdded,
    /// A page fewer.
    PageRemoved,
    /// Pages in another order.
    PageOrder,
    /// Another size of a page.
    PageSize,
    /// A page that begins elsewhere in the text.
    PageBegins,
    /// A part on another page.
    OtherPage,
    /// A part in another place.
    Moved,
    /// Lines that end elsewhere, or more or fewer of them.
    LineEnds,
    /// Lines that are closer or wider apart.
    LinePitch,
    /// Text that is set wider or narrower.
    Width,
    /// Another font.
    Font,
    /// Another size of type.
    Size,
    /// Another tracking.
    Tracking,
    /// Another colour.
    Colour,
    /// A rule that is missing, new or another.
    Rule,
    /// A picture that is missing, new or another.
    Picture,
    /// Other pixels.
    Pixels,
    /// What the file says about itself.
    Metadata,
    /// Other bytes, with all else the same.
    Bytes,
}

impl Kind {
    /// The level at which it is told.
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

/// A difference between a reference and what there is now.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// How meaningful.
    pub level: Level,
    /// What it is.
    pub kind: Kind,
    /// The part of the document: "operative paragraph 4".
    pub part: String,
    /// What became of it: "“regional” became “subregional”".
    pub message: String,
    /// The page on which it is seen now, or was before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<usize>,
    /// Where on that page.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub boxes: Vec<Bounds>,
    /// How large, as tolerances measure it: words of texts, points of geometry.
    #[serde(skip)]
    pub size: f64,
}

impl Difference {
    /// A difference of that kind that no tolerance lets pass.
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

    /// The same, of that size.
    pub fn sized(mut self, size: f64) -> Self {
        self.size = size;
        self
    }

    /// The same, on that page.
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

/// Several of a thing: "1 line", "3 lines".
pub(super) fn several(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}
