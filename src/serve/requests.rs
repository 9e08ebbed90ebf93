//! What programs ask of the server: the bodies of requests and answers.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::binary::Binary;
use crate::export::RESOLUTIONS;
use crate::golden::Tolerance;
use crate::{Format, Lines, MissingGlyphs, Profile};

/// A document.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
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

/// A syntax of documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Syntax {
    /// YAML.
    Yaml,
    /// JSON.
    Json,
    /// Markdown with YAML front matter.
    Md,
    /// AKN4UN XML.
    Xml,
}

impl Syntax {
    /// The media type of files in this syntax.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Yaml => "application/yaml",
            Self::Json => "application/json",
            Self::Md => "text/markdown; charset=utf-8",
            Self::Xml => "application/xml",
        }
    }
}

impl From<Syntax> for Format {
    fn from(syntax: Syntax) -> Self {
        match syntax {
            Syntax::Yaml => Self::Yaml,
            Syntax::Json => Self::Json,
            Syntax::Md => Self::Markdown,
            Syntax::Xml => Self::Xml,
        }
    }
}

/// The request for files of a document's pages.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
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

/// A format of pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Output {
    /// One PDF file.
    #[default]
    Pdf,
    /// PNG images.
    Png,
    /// SVG images.
    Svg,
}

/// The purpose of a PDF file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Purpose {
    /// For archiving and accessibility: PDF/A-3a and PDF/UA-1.
    #[default]
    Archive,
    /// For printing: PDF/X-4, without tags.
    Print,
    /// For viewing: plain and small.
    Screen,
}

impl From<Purpose> for Profile {
    fn from(purpose: Purpose) -> Self {
        match purpose {
            Purpose::Archive => Self::Archive,
            Purpose::Print => Self::Print,
            Purpose::Screen => Self::Screen,
        }
    }
}

/// How lines are broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum LineEnds {
    /// As on the official pages, where the rule is known for the language.
    #[default]
    Official,
    /// As the typesetting engine breaks them.
    Engine,
}

impl From<LineEnds> for Lines {
    fn from(ends: LineEnds) -> Self {
        match ends {
            LineEnds::Official => Self::Official,
            LineEnds::Engine => Self::Engine,
        }
    }
}

/// What is printed for characters that no font covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Missing {
    /// Nothing: the document is refused.
    #[default]
    Error,
    /// A box with its code, and a warning.
    BoxWithCode,
}

impl From<Missing> for MissingGlyphs {
    fn from(missing: Missing) -> Self {
        match missing {
            Missing::Error => Self::Error,
            Missing::BoxWithCode => Self::BoxWithCode,
        }
    }
}

/// The request for findings about a document.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
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
#[serde(deny_unknown_fields)]
pub struct ConvertRequest {
    /// The document.
    pub document: Input,
    /// The syntax of the answer.
    pub to: Syntax,
}

/// The request for every word of a document's pages.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PrepareRequest {
    /// The document.
    pub document: Input,
    /// Whether to return the plan of the pages instead: where every item goes. Figures have no size in it: pictures are not
    /// read.
    #[serde(default)]
    pub plan: bool,
}

/// The request for the differences between the pages of two documents.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DiffRequest {
    /// The document before.
    pub before: Input,
    /// The document now.
    pub after: Input,
    /// The distance in points by which things may move or grow.
    #[serde(default)]
    pub points: Option<f64>,
}

/// The request to compare two PDF files page by page.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
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
        Tolerance {
            points: Some(self.points.unwrap_or(POINTS)),
            delta: Some(self.delta.unwrap_or(DELTA)),
            file: Some(self.bytes),
            ..Tolerance::default()
        }
    }
}

/// The request for a PDF file that is rendered later, by any worker of the queue.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct JobRequest {
    /// The document.
    pub document: Input,
    /// The purpose of the PDF file.
    #[serde(default)]
    pub profile: Purpose,
    /// How lines are broken.
    #[serde(default)]
    pub line_ends: LineEnds,
    /// What is printed for characters that no font covers.
    #[serde(default)]
    pub missing_glyphs: Missing,
    /// The emblem to use instead of the document's or the built-in one (SVG or PNG).
    #[serde(default)]
    pub emblem: Option<Binary>,
    /// How urgent it is.
    #[serde(default)]
    pub priority: Priority,
}

/// How urgent documents are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Priority {
    /// Before all others.
    High,
    /// When no urgent ones are waiting.
    #[default]
    Normal,
}

/// A job.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Job {
    /// Its name: the same for the same document with the same options.
    pub id: String,
    /// How far it is.
    pub state: JobState,
    /// The address of the PDF file, once it is rendered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The number of its pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<usize>,
    /// What is wrong with the document, as in the answers of `/v1/check`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<serde_json::Value>,
}

/// How far a job is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum JobState {
    /// It waits for a worker, or a worker has it.
    Queued,
    /// Its file is there.
    Rendered,
    /// The document has errors, or exceeds a limit.
    Refused,
    /// There was an internal error.
    Broken,
}

/// The request for the pages that changed, as images, with the source line of every printed line.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Page {
    /// Identifies its content: pages with the same key are the same.
    pub key: String,
    /// Its content; left out if the client already has it, or it is one too many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<PageContent>,
}

/// The content of a page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
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
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Pages {
    /// All pages, in order.
    pub pages: Vec<Page>,
    /// The source line, from 1, at which each part of the document begins.
    pub parts: BTreeMap<String, usize>,
}
