//! Stage `read`: source text to [`Document`]; every value keeps its place in the source.

mod akn;
mod blocks;
mod decode;
mod document;
mod json;
mod limits;
mod markdown;
mod metadata;
mod places;
mod tree;
mod yaml;

use std::ops::Range;
use std::sync::Arc;

pub(crate) use akn::{LANGUAGES, NAMESPACE, is_labelled, statement_name, text_of_xml};
pub(crate) use decode::nearest;
pub(crate) use document::FIELDS;
pub use limits::MOST_BYTES;
pub use places::Places;
pub(crate) use yaml::is_number;

use crate::diagnostic::{Diagnostic, Source};
use crate::model::Document;

/// The syntax of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// YAML 1.2.
    Yaml,
    /// JSON.
    Json,
    /// AKN4UN XML.
    Xml,
    /// Markdown with YAML front matter.
    Markdown,
}

impl Format {
    /// The format of a file of that name; what has no known ending is YAML, of which
    /// JSON documents are nearly always a part.
    pub fn of_name(name: &str) -> Self {
        Self::of_ending(name).unwrap_or(Self::Yaml)
    }

    /// The format that the ending of a name says.
    pub fn of_ending(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "yaml" | "yml" => Some(Self::Yaml),
            "json" => Some(Self::Json),
            "md" | "markdown" => Some(Self::Markdown),
            "xml" => Some(Self::Xml),
            _ => None,
        }
    }
}

/// A document and where its values were said.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The document.
    pub document: Document,
    /// Where its values stand.
    pub places: Places,
    /// The source it was read from.
    pub source: Arc<Source>,
    /// What in the source was not understood.
    pub warnings: Vec<Diagnostic>,
    /// Whether it is a document that is published as it stands, in the UN's own XML: what its pages
    /// can do without is told and does not refuse it.
    pub published: bool,
}

impl Reading {
    /// The finding, put at the value of that path.
    pub fn locate(&self, finding: Diagnostic, path: &str) -> Diagnostic {
        finding.at(&self.source, self.places.of(path), path)
    }

    /// The finding, put at a stretch of the text at `path`: the stretch is looked for
    /// in the source where the value stands, so that it is underlined alone.
    pub fn locate_in(&self, finding: Diagnostic, path: &str, stretch: &str) -> Diagnostic {
        let span = self.places.of(path);
        let found = self.source.text.get(span.clone()).and_then(|text| text.find(stretch));
        match found {
            Some(at) if !stretch.is_empty() => {
                let start = span.start + at;
                finding.at(&self.source, start..start + stretch.len(), path)
            }
            _ => finding.at(&self.source, span, path),
        }
    }

    /// The finding, put at those bytes of `text`, which the value at `path` says once its markup
    /// and the signs of its syntax are taken away.
    pub fn locate_words(&self, finding: Diagnostic, path: &str, text: &str, words: Range<usize>) -> Diagnostic {
        let span = self.places.of(path);
        let source = self.source.text.get(span.clone()).unwrap_or_default();
        let found = places::aligned(source, text, words);
        let place = found.map_or(span.clone(), |found| span.start + found.start..span.start + found.end);
        finding.at(&self.source, place, path)
    }
}

/// Reads a document.
///
/// # Errors
///
/// All faults of form that it has: of syntax, or, if the syntax is right, of fields.
pub fn read(source: &Arc<Source>, format: Format) -> Result<Reading, Vec<Diagnostic>> {
    match read_what_can_be(source, format) {
        (Some(reading), faults) if faults.is_empty() => Ok(reading),
        (_, faults) => Err(faults),
    }
}

/// Reads what can be read of a document, and its faults of form; values that have one are
/// left out. There is no document where the syntax is wrong.
pub fn read_what_can_be(source: &Arc<Source>, format: Format) -> (Option<Reading>, Vec<Diagnostic>) {
    let tree = match format {
        Format::Yaml => yaml::parse(source).map(|tree| (tree, Vec::new())),
        Format::Json => json::parse(source).map(|tree| (tree, Vec::new())),
        Format::Markdown => return markdown::read(source),
        Format::Xml => akn::parse(source),
    };
    match tree {
        Ok((tree, warnings)) => {
            let (reading, faults) = document::decode(source, &tree);
            let published = format == Format::Xml;
            (reading.map(|reading| Reading { warnings, published, ..reading }), faults)
        }
        Err(faults) => (None, faults),
    }
}
