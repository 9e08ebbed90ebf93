//! The pages of a document that is being written: what programs ask for, and the answer.

use std::collections::BTreeMap;

use masthead::export::RESOLUTIONS;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::binary::Binary;
use super::requests::Input;

/// The request for the pages that changed, as images, with the source line of every printed line.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object with parameters")]
pub struct PagesRequest {
    /// The document.
    pub document: Input,
    /// The keys of the pages that the client already has.
    #[serde(default)]
    pub known: Vec<String>,
    /// The most pages to return with their content: the first that the client does not have. Default: all, as far as
    /// the limit for images allows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<usize>,
    /// The resolution of the pages, in pixels per inch, to get them as PNG images, which browsers show sooner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = *RESOLUTIONS.start(), max = *RESOLUTIONS.end()))]
    pub ppi: Option<f64>,
}

/// A page of a document that is being written.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Page {
    /// Identifies its content: pages with the same key are the same.
    pub key: String,
    /// Its content; left out if the client already has it, or it is one too many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<PageContent>,
}

/// The content of a page.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PageContent {
    /// The width, in points.
    pub width: f64,
    /// The height, in points.
    pub height: f64,
    /// The page as an SVG file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub svg: Option<String>,
    /// The page as a PNG file, instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub png: Option<Binary>,
    /// Its lines, in reading order.
    pub lines: Vec<PageLine>,
}

/// A printed line.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PageLine {
    /// The left edge, in points.
    pub x: f64,
    /// The upper edge, in points.
    pub y: f64,
    /// The width, in points.
    pub width: f64,
    /// The height, in points.
    pub height: f64,
    /// Its words.
    pub text: String,
    /// The part of the document that it belongs to: a key of `parts`.
    pub part: String,
    /// The number of source lines after the beginning of the part.
    pub offset: usize,
}

/// The pages of a document that is being written.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Pages {
    /// All pages, in order.
    pub pages: Vec<Page>,
    /// The source line, from 1, at which each part of the document begins.
    pub parts: BTreeMap<String, usize>,
}
