//! Stage `read`: parses source text into a [`Document`] and records where each value is in the source.

mod akn;
mod blocks;
mod dates;
mod decode;
mod document;
mod format;
mod house;
mod invisible;
mod json;
mod layout;
mod limits;
mod markdown;
mod metadata;
mod mistaken;
mod source_map;
mod tree;
mod yaml;

use std::ops::Range;
use std::sync::Arc;

pub(crate) use akn::{
    LANGUAGES, NAMESPACE, OF_SCRIPT, are_alike, depths, is_designation, is_labelled, letters_of_scripts, numeral,
    statement_name, text_of_xml,
};
#[cfg(test)]
pub(crate) use blocks::WIDEST_FIGURES;
pub(crate) use dates::date;
pub use dates::parse_date;
pub use format::Format;
pub(crate) use invisible::{is_invisible, is_right_to_left};
pub(crate) use json::parse as parse_json;
pub use limits::MOST_BYTES;
pub use source_map::SourceMap;
pub(crate) use tree::{Node, Value};
pub(crate) use yaml::is_number;

use crate::diagnostic::{Diagnostic, Source};
use crate::model::{Document, Path};

/// A document and the places of its values in the source.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Reading {
    /// The document.
    pub document: Document,
    /// The places of its values.
    pub places: SourceMap,
    /// The source it was read from.
    pub source: Arc<Source>,
    /// Its syntax.
    pub format: Format,
    /// What in the source was not understood, or was read differently from how it is written.
    pub warnings: Vec<Diagnostic>,
}

impl Reading {
    /// Whether the document is already published, as the UN's own XML. What its pages can do without
    /// is then reported, but the document is not refused.
    pub fn is_published(&self) -> bool {
        self.format == Format::Xml
    }

    /// Places the finding at the value at `path`.
    pub fn locate(&self, finding: Diagnostic, path: impl Into<Path>) -> Diagnostic {
        let path = path.into();
        finding.at(&self.source, self.places.of(&path), path)
    }

    /// Places the finding at a part of the text at `path`. The part is searched for in the source of
    /// the value, so that it alone is underlined.
    pub fn locate_in(&self, finding: Diagnostic, path: &Path, stretch: &str) -> Diagnostic {
        let span = self.places.of(path);
        let found = self.written(path, stretch).into_iter().next();
        finding.at(&self.source, found.unwrap_or(span), path)
    }

    /// Returns the places where a part of the text at `path` is written literally, or a single
    /// character is written as an escape.
    pub(crate) fn written(&self, path: &Path, stretch: &str) -> Vec<Range<usize>> {
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

    /// Places the finding at those bytes of `text`, which is the value at `path` without its markup
    /// and the characters of its syntax.
    pub fn locate_words(&self, finding: Diagnostic, path: &Path, text: &str, words: Range<usize>) -> Diagnostic {
        let span = self.places.of(path);
        let source = self.source.text.get(span.clone()).unwrap_or_default();
        let found = source_map::aligned(source, text, words);
        let place = found.map_or(span.clone(), |found| span.start + found.start..span.start + found.end);
        finding.at(&self.source, place, path)
    }

    /// Returns the place, within a part of the source, of those bytes of `text`, which is a text that begins there,
    /// without markup and the characters of its syntax.
    pub fn place_within(&self, part: Range<usize>, text: &str, words: Range<usize>) -> Option<Range<usize>> {
        let found = source_map::aligned(self.source.text.get(part.clone())?, text, words)?;
        Some(part.start + found.start..part.start + found.end)
    }
}

/// Reads a document.
///
/// ```
/// use masthead::Format;
/// use masthead::diagnostic::Source;
/// use masthead::read::read;
///
/// let source = Source::new("draft.yaml", "symbol: A/84/L.901\nkind: draft-resolution\ntitle: Of tides\nbody: []\n");
/// let reading = read(&source, Format::Yaml)?;
/// assert_eq!(reading.document.title, Some("Of tides".into()));
///
/// let misspelt = Source::new("draft.yaml", "symbol: A/84/L.901\nkind: draft-resolution\ntitel: Of tides\nbody: []\n");
/// let errors = read(&misspelt, Format::Yaml).unwrap_err();
/// assert_eq!((errors[0].code, errors[0].hint.as_deref()), ("unknown-field", Some("did you mean “title”?")));
/// # Ok::<(), masthead::Error>(())
/// ```
///
/// # Errors
///
/// Returns all formal errors: those of syntax, or, if the syntax is correct, those of fields.
pub fn read(source: &Arc<Source>, format: Format) -> Result<Reading, Vec<Diagnostic>> {
    match read_what_can_be(source, format) {
        (Some(reading), errors) if errors.is_empty() => Ok(reading),
        (_, errors) => Err(errors),
    }
}

/// Reads as much of a document as possible, and its formal errors; values with errors are
/// left out. Returns no document if the syntax is wrong.
pub fn read_what_can_be(source: &Arc<Source>, format: Format) -> (Option<Reading>, Vec<Diagnostic>) {
    match read_as(source, format) {
        (None, errors) => (None, mistaken::mistaken(source, format).map_or(errors, |error| vec![error])),
        done => done,
    }
}

/// Reads a document in a syntax, whatever the text looks like.
fn read_as(source: &Arc<Source>, format: Format) -> (Option<Reading>, Vec<Diagnostic>) {
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
