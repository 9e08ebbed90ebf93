//! Stage `read`: source text to [`Document`]; every value keeps its place in the source.

mod akn;
mod blocks;
mod dates;
mod decode;
mod document;
mod format;
mod invisible;
mod json;
mod layout;
mod limits;
mod markdown;
mod metadata;
mod source_map;
mod tree;
mod yaml;

use std::ops::Range;
use std::sync::Arc;

pub(crate) use akn::{LANGUAGES, NAMESPACE, is_labelled, statement_name, text_of_xml};
pub(crate) use decode::nearest;
pub(crate) use document::{PART, field_names};
pub use format::Format;
pub(crate) use invisible::{is_invisible, is_right_to_left};
pub use limits::MOST_BYTES;
pub use source_map::SourceMap;
pub(crate) use yaml::is_number;

use crate::diagnostic::{Diagnostic, Source};
use crate::model::Document;

/// A document and where its values were said.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The document.
    pub document: Document,
    /// Where its values stand.
    pub places: SourceMap,
    /// The source it was read from.
    pub source: Arc<Source>,
    /// Its syntax.
    pub format: Format,
    /// What in the source was not understood, or read otherwise than it is written.
    pub warnings: Vec<Diagnostic>,
}

impl Reading {
    /// Whether it is a document that is published as it stands, in the UN's own XML: what its pages
    /// can do without is told and does not refuse it.
    pub fn is_published(&self) -> bool {
        self.format == Format::Xml
    }

    /// The finding, put at the value of that path.
    pub fn locate(&self, finding: Diagnostic, path: &str) -> Diagnostic {
        finding.at(&self.source, self.places.of(path), path)
    }

    /// The finding, put at a stretch of the text at `path`: the stretch is looked for
    /// in the source where the value stands, so that it is underlined alone.
    pub fn locate_in(&self, finding: Diagnostic, path: &str, stretch: &str) -> Diagnostic {
        let span = self.places.of(path);
        let found = self.written(path, stretch).into_iter().next();
        finding.at(&self.source, found.unwrap_or(span), path)
    }

    /// The places where a stretch of the text at `path` is written as it stands, or a single
    /// character as an escape.
    pub(crate) fn written(&self, path: &str, stretch: &str) -> Vec<Range<usize>> {
        let span = self.places.of(path);
        let source = self.source.text.get(span.clone()).unwrap_or_default();
        let mut characters = stretch.chars();
        let found = match (characters.next(), characters.next()) {
            (None, _) => Vec::new(),
            (Some(c), None) => source_map::written(source, c),
            _ => source.match_indices(stretch).map(|(at, found)| at..at + found.len()).collect(),
        };
        found.into_iter().map(|at| span.start + at.start..span.start + at.end).collect()
    }

    /// The finding, put at those bytes of `text`, which the value at `path` says once its markup
    /// and the signs of its syntax are taken away.
    pub fn locate_words(&self, finding: Diagnostic, path: &str, text: &str, words: Range<usize>) -> Diagnostic {
        let span = self.places.of(path);
        let source = self.source.text.get(span.clone()).unwrap_or_default();
        let found = source_map::aligned(source, text, words);
        let place = found.map_or(span.clone(), |found| span.start + found.start..span.start + found.end);
        finding.at(&self.source, place, path)
    }
}

/// Reads a document.
///
/// # Errors
///
/// All errors of form that it has: of syntax, or, if the syntax is right, of fields.
pub fn read(source: &Arc<Source>, format: Format) -> Result<Reading, Vec<Diagnostic>> {
    match read_what_can_be(source, format) {
        (Some(reading), errors) if errors.is_empty() => Ok(reading),
        (_, errors) => Err(errors),
    }
}

/// Reads what can be read of a document, and its errors of form; values that have one are
/// left out. There is no document where the syntax is wrong.
pub fn read_what_can_be(source: &Arc<Source>, format: Format) -> (Option<Reading>, Vec<Diagnostic>) {
    let tree = match format {
        Format::Yaml => yaml::parse(source),
        Format::Json => json::parse(source).map(|tree| (tree, Vec::new())),
        Format::Markdown => return markdown::read(source),
        Format::Xml => akn::parse(source),
    };
    match tree {
        Ok((tree, warnings)) => document::decode(source, format, &tree, warnings),
        Err(errors) => (None, errors),
    }
}
