//! What programs ask of the server: the bodies of requests and answers.

use std::collections::BTreeMap;

use masthead::export::RESOLUTIONS;
use masthead::golden::Tolerance;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::binary::Binary;
use super::choices::{Changes, LineEnds, Missing, Output, Purpose, Syntax};

/// A document.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object with the text in “source”")]
pub struct Input {
    /// The text of the document, in YAML, JSON, Markdown or XML.
    #[serde(default)]
    pub source: String,
    /// The document as the bytes of its file, instead of `source`: UTF-8 or UTF-16.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<Binary>,
    /// Its name in findings; the ending determines the syntax.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its syntax. Default: from the name, else from the content.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Syntax>,
    /// The pictures that the document names, by these names. No others can be used.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub pictures: BTreeMap<String, Binary>,
}

/// The request for files of a document's pages.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object with parameters")]
pub struct RenderRequest {
    /// The document.
    pub document: Input,
    /// The format of the answer.
    #[serde(default)]
    pub format: Output,
    /// The purpose of a PDF file.
    #[serde(default)]
    pub profile: Purpose,
    /// The resolution of PNG images, in pixels per inch.
    #[serde(default)]
    #[schemars(range(min = *RESOLUTIONS.start(), max = *RESOLUTIONS.end()))]
    pub ppi: Option<f64>,
    /// The page to return as PNG or SVG, from 1; without it, the answer is JSON with all pages. A PDF file has all of them.
    #[serde(default)]
    #[schemars(range(min = 1))]
    pub page: Option<usize>,
    /// How lines are broken.
    #[serde(default)]
    pub line_ends: LineEnds,
    /// What is printed for characters that no font covers.
    #[serde(default)]
    pub missing_glyphs: Missing,
    /// The emblem to use instead of the document's or the built-in one (SVG or PNG).
    #[serde(default)]
    pub emblem: Option<Binary>,
}

/// The request for findings about a document.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object with parameters")]
pub struct CheckRequest {
    /// The document.
    pub document: Input,
    /// Whether to treat warnings as errors.
    #[serde(default)]
    pub strict: bool,
    /// The codes of findings to suppress.
    #[serde(default)]
    pub allow: Vec<String>,
    /// The codes of the only findings to report; errors of form and structure are always reported.
    #[serde(default)]
    pub only: Vec<String>,
    /// Whether to return the text with everything fixed that is mechanical.
    #[serde(default)]
    pub fix: bool,
    /// What is printed for characters that no font covers.
    #[serde(default)]
    pub missing_glyphs: Missing,
}

/// The request for a document in another syntax.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object with parameters")]
pub struct ConvertRequest {
    /// The document.
    pub document: Input,
    /// The syntax of the answer.
    pub to: Syntax,
}

/// The request for every word of a document's pages.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object with parameters")]
pub struct PrepareRequest {
    /// The document.
    pub document: Input,
    /// Whether to return the plan of the pages instead: where every item goes. Figures have no size in it: pictures are not
    /// read.
    #[serde(default)]
    pub plan: bool,
}

/// The request for what changed from one document to another.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object with parameters")]
pub struct DiffRequest {
    /// The older document.
    pub before: Input,
    /// The newer document.
    pub after: Input,
    /// The format of the answer.
    #[serde(default)]
    pub format: Changes,
    /// The purpose of a PDF file.
    #[serde(default)]
    pub profile: Purpose,
    /// The emblem to use instead of the newer document's or the built-in one (SVG or PNG), in a PDF file.
    #[serde(default)]
    pub emblem: Option<Binary>,
}

/// The request to compare two PDF files page by page.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object with parameters")]
pub struct CompareRequest {
    /// The PDF file before.
    pub before: Binary,
    /// The PDF file now.
    pub after: Binary,
    /// The distance in points by which things may move or grow.
    #[serde(default)]
    pub points: Option<f64>,
    /// The tolerated difference of a pixel.
    #[serde(default)]
    pub delta: Option<u8>,
    /// The resolution of the pages, in pixels per inch.
    #[serde(default)]
    #[schemars(range(min = *RESOLUTIONS.start(), max = *RESOLUTIONS.end()))]
    pub ppi: Option<f64>,
    /// Whether to compare metadata and bytes, too.
    #[serde(default)]
    pub bytes: bool,
}

impl CompareRequest {
    /// Returns what may differ.
    pub fn tolerance(&self) -> Tolerance {
        const POINTS: f64 = 0.5;
        const DELTA: u8 = 32;
        let mut tolerance = Tolerance::default();
        tolerance.points = Some(self.points.unwrap_or(POINTS));
        tolerance.delta = Some(self.delta.unwrap_or(DELTA));
        tolerance.file = Some(self.bytes);
        tolerance
    }
}
