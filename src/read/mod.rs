//! Stage `read`: source text to [`Document`]; every value keeps its place in the source.

mod akn;
mod blocks;
mod decode;
mod document;
mod json;
mod limits;
mod markdown;
mod metadata;
mod tree;
mod yaml;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

pub(crate) use akn::{LANGUAGES, NAMESPACE, is_labelled, statement_name, text_of_xml};
pub use limits::MOST_BYTES;
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

/// The bytes of every value, by its path in the model, such as `body[3].items[1]`.
#[derive(Debug, Clone, Default)]
pub struct Places(BTreeMap<String, Range<usize>>);

impl Places {
    /// The bytes of the value at `path`, or of the nearest one that holds it.
    pub fn of(&self, path: &str) -> Range<usize> {
        let mut path = path;
        loop {
            if let Some(span) = self.0.get(path) {
                return span.clone();
            }
            match path.rfind(['.', '[']) {
                Some(cut) => path = &path[..cut],
                None => return self.0.get("").cloned().unwrap_or(0..0),
            }
        }
    }

    fn insert(&mut self, path: String, span: Range<usize>) {
        self.0.insert(path, span);
    }
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
