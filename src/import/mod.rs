//! Reads what people have instead of a source: Word files, the JSON of munify's resolution editor, and text pasted
//! from a word processor. What is doubtful is reported with its place, and no word is lost.
//!
//! A file is read into a draft, its paragraphs with what is known of each (`docx`, `text`), and
//! `structure` makes the document of it.

mod docx;
mod draft;
mod munify;
mod structure;
mod symbols;
mod text;

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Source};
use crate::files::{Unread, certain_document, decoded};
use crate::model::Document;

/// A kind of file that can be imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Origin {
    /// A Word file (DOCX).
    Word,
    /// The JSON of munify's resolution editor.
    Munify,
    /// Plain text.
    Text,
}

/// What becomes of tracked changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Changes {
    /// All are accepted: inserted text stays, deleted text goes.
    #[default]
    Accept,
    /// All are kept, as struck and inserted text.
    Keep,
}

/// An imported document.
#[derive(Debug)]
#[non_exhaustive]
pub struct Imported {
    /// The document.
    pub document: Document,
    /// What is doubtful, was left out or is missing, in the order of the file.
    pub findings: Vec<Diagnostic>,
}

impl Origin {
    /// Returns the kind of a file by its first bytes; what is neither an archive nor JSON is text.
    fn of(bytes: &[u8]) -> Self {
        const ZIP: &[u8] = b"PK\x03\x04";
        let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
        match text.first() {
            _ if bytes.starts_with(ZIP) => Self::Word,
            // Brackets are also those of drafts: “[Draft of 3 May]”.
            Some(b'{') => Self::Munify,
            Some(b'[') if begins_json(&text[1..]) => Self::Munify,
            _ => Self::Text,
        }
    }
}

/// Whether what follows a bracket is JSON.
fn begins_json(rest: &[u8]) -> bool {
    matches!(rest.trim_ascii_start().first(), Some(b'{' | b'[' | b'"' | b']'))
}

/// Imports a file; its kind follows from its first bytes unless it is given.
///
/// ```
/// use masthead::import::{Changes, import};
///
/// let pasted = "The General Assembly,\n\nRecalling its resolution 70/1,\n\n1. Decides to continue.\n";
/// let imported = import("pasted.txt", pasted.into(), None, Changes::default())?;
/// assert_eq!(imported.document.body.len(), 3);
/// for finding in &imported.findings {
///     println!("{finding}"); // what is doubtful or missing, with its place: here, the symbol
/// }
/// # Ok::<(), masthead::Error>(())
/// ```
///
/// # Errors
///
/// Returns why the file cannot be read.
pub fn import(
    name: &str,
    bytes: Vec<u8>,
    origin: Option<Origin>,
    changes: Changes,
) -> Result<Imported, Vec<Diagnostic>> {
    let given = origin;
    let origin = origin.unwrap_or_else(|| Origin::of(&bytes));
    if origin == Origin::Word {
        let nowhere = Source::new(name, "");
        let refused = |error: Diagnostic| vec![error.in_source(&nowhere, 0..0)];
        return docx::read(name, &bytes, changes).map_err(refused).and_then(structure::document);
    }
    let source = text_of(name, bytes)?;
    if given.is_none()
        && let Some(error) = known(&source)
    {
        return Err(vec![error]);
    }
    match origin {
        Origin::Munify => munify::document(&source),
        _ => structure::document(text::read(&source)),
    }
}

/// Returns an error if a text is a document already, or one of a kind that is not read as plain text.
fn known(source: &Arc<Source>) -> Option<Diagnostic> {
    let name = &source.name;
    let first = source.first_line();
    let begun = &source.text[first.start..];
    let error = match certain_document(begun) {
        Some(format) => {
            let message = format!("{name} is a document of masthead already, in {}", format.name());
            Diagnostic::error("import-unknown", message).hint(
                "masthead check and render read it as it is, and masthead convert turns it into another syntax; to \
                 read it as plain text, use --from text",
            )
        }
        None if MARKUP
            .iter()
            .any(|begins| begun.get(..begins.len()).is_some_and(|it| it.eq_ignore_ascii_case(begins))) =>
        {
            Diagnostic::error("import-unknown", format!("{name} is a web page or XML, which cannot be imported"))
                .hint("open it in a word processor and save it as .docx, or as plain text")
        }
        None => return None,
    };
    Some(error.in_source(source, first))
}

/// How web pages and XML begin.
const MARKUP: [&str; 3] = ["<?xml", "<!doctype", "<html"];

/// Returns the text of a file.
fn text_of(name: &str, bytes: Vec<u8>) -> Result<Arc<Source>, Vec<Diagnostic>> {
    const OTHERS: [(&[u8], &str); 3] = [
        (b"\xD0\xCF\x11\xE0", "an older or encrypted Word file"),
        (b"{\\rtf", "an RTF file"),
        (b"%PDF-", "a PDF file"),
    ];
    if let Some((_, what)) = OTHERS.iter().find(|(begins, _)| bytes.starts_with(begins)) {
        let error = Diagnostic::error("import-unknown", format!("{name} is {what}, which cannot be imported"))
            .hint("open it in a word processor and save it as .docx, or as plain text");
        return Err(vec![error.in_source(&Source::new(name, ""), 0..0)]);
    }
    decoded(name.to_owned(), bytes).map_err(Unread::findings)
}
