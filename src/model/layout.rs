//! Adjustments of lines and pages: those of the whole document in its header, those of blocks and items next to their
//! texts.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::limits::{ABOVE, FIRST_PAGE_FOOT, MOST_LINES, MOST_PAGES, PITCH, TRACKING};
use super::{Named, Text};

/// Adjustments of the whole document.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Layout {
    /// The edition of the official template; default: by date and kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edition: Option<Edition>,
    /// Fit the document to this number of pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = MOST_PAGES))]
    pub pages: Option<u16>,
    /// The distance from the lower edge of the paper to the end of the text on page 1, in points; default: 86.4.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = FIRST_PAGE_FOOT.0, max = FIRST_PAGE_FOOT.1))]
    pub first_page_foot: Option<f64>,
    /// Points added to the advance of every character of the paragraphs of the body.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = TRACKING.0, max = TRACKING.1))]
    pub tracking: Option<f64>,
    /// The line pitch of the paragraphs of the body, in points; default: 12.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = PITCH.0, max = PITCH.1))]
    pub pitch: Option<f64>,
    /// The lines of the session block. Joined with spaces, they must be its text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub session_lines: Vec<Text>,
    /// The lines of the title, or of all text between the session block and the body. Joined with spaces, they must be
    /// that text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub title_lines: Vec<Text>,
    /// Points added to the height of the masthead; a negative value reduces it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = ABOVE.0, max = ABOVE.1))]
    pub masthead: Option<f64>,
    /// Points added above each paragraph between the session block and the body.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(inner(range(min = ABOVE.0, max = ABOVE.1)))]
    pub opening_above: Vec<f64>,
    /// Points added to the tracking of each line of the session block, its columns one after the other.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(inner(range(min = TRACKING.0, max = TRACKING.1)))]
    pub session_tracking: Vec<f64>,
    /// Points added to the tracking of each paragraph between the session block and the body.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(inner(range(min = TRACKING.0, max = TRACKING.1)))]
    pub opening_tracking: Vec<f64>,
    /// Adjustments of footnotes, by their marks: `tracking` and `line_ends`.
    #[serde(skip_serializing_if = "Named::is_empty")]
    pub notes: Named<Adjustment>,
}

impl Layout {
    /// The fields, as documents name them.
    pub(crate) const FIELDS: [&str; 12] = [
        "edition",
        "pages",
        "first_page_foot",
        "tracking",
        "pitch",
        "session_lines",
        "title_lines",
        "masthead",
        "opening_above",
        "session_tracking",
        "opening_tracking",
        "notes",
    ];

    /// Returns whether nothing is adjusted.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// An edition of the official template, named after the year in which it came into use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub enum Edition {
    /// Until the spring of 2025.
    #[serde(rename = "2023")]
    Of2023,
    /// Since the spring of 2025.
    #[serde(rename = "2025")]
    Of2025,
    /// For resolutions adopted by the General Assembly since the summer of 2025.
    #[serde(rename = "adopted-2025", alias = "2025-adopted")]
    Adopted2025,
}

impl Edition {
    /// All editions.
    pub const ALL: [Self; 3] = [Self::Of2023, Self::Of2025, Self::Adopted2025];

    /// Returns the name used in documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Of2023 => "2023",
            Self::Of2025 => "2025",
            Self::Adopted2025 => "adopted-2025",
        }
    }
}

/// Adjustments of a block or an item.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Adjustment {
    /// Points added to the advance of every character; replaces the value of the header.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = TRACKING.0, max = TRACKING.1))]
    pub tracking: Option<f64>,
    /// The line pitch in points; replaces the value of the header.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = PITCH.0, max = PITCH.1))]
    pub pitch: Option<f64>,
    /// Set the text in this number of lines, with the least tracking that achieves it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = MOST_LINES))]
    pub lines: Option<u16>,
    /// Begin a page here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page_break: Option<PageBreak>,
    /// Which lines to keep on one page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keep: Option<Keep>,
    /// Points added above the block, if it does not begin a page.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = ABOVE.0, max = ABOVE.1))]
    pub above: Option<f64>,
    /// The number of words in each line except the last. A part of a word after which a line may end, for example
    /// after a dash, counts as a word. Written by `masthead match --facsimile`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub line_ends: Vec<u16>,
}

/// Where to break the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PageBreak {
    /// Before the block.
    Before,
}

/// Which lines to keep on one page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Keep {
    /// The end of the block and the beginning of the next one.
    WithNext,
    /// All lines of the block.
    Together,
}

impl Adjustment {
    /// The fields, as documents name them.
    pub(crate) const FIELDS: [&str; 7] = ["tracking", "pitch", "lines", "page_break", "keep", "above", "line_ends"];

    /// Returns whether nothing is adjusted.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Writes the short form of Markdown and XML: `tracking=-0.1 lines=4`.
impl fmt::Display for Adjustment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { tracking, pitch, lines, page_break, keep, above, line_ends } = self;
        let ends: Vec<String> = line_ends.iter().map(u16::to_string).collect();
        let values = [
            tracking.map(|points| points.to_string()),
            pitch.map(|points| points.to_string()),
            lines.map(|count| count.to_string()),
            page_break.map(|PageBreak::Before| "before".to_owned()),
            keep.map(|keep| if keep == Keep::Together { "together" } else { "with-next" }.to_owned()),
            above.map(|points| points.to_string()),
            (!ends.is_empty()).then(|| ends.join(",")),
        ];
        let given = Self::FIELDS.iter().zip(values).filter_map(|(name, value)| Some(format!("{name}={}", value?)));
        f.write_str(&given.collect::<Vec<_>>().join(" "))
    }
}
