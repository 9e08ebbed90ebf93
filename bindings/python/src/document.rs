//! A document as Python passes it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use masthead::{Error, Format, files};
use pyo3::prelude::*;

use crate::{Read, refused, wrong};

/// A text or a file, with its pictures.
#[derive(FromPyObject)]
pub struct Document {
    /// The name in findings.
    name: String,
    /// The text; `None` if it is to be read from the file.
    text: Option<Vec<u8>>,
    /// The file, in whose folder its pictures are.
    path: Option<PathBuf>,
    syntax: Option<String>,
    pictures: HashMap<String, Vec<u8>>,
}

impl Document {
    /// Reads the text.
    pub fn read(&self) -> PyResult<Read> {
        let format = self.syntax.as_deref().map(syntax).transpose()?;
        let read = match (&self.text, &self.path) {
            (Some(text), _) => files::source_of_bytes(Path::new(&self.name), self.name.clone(), text.clone(), format),
            (None, Some(path)) => files::source(path, format, &files::Folders::default()),
            (None, None) => return Err(wrong("a document is a text or a path")),
        };
        read.map_err(|unread| refused(unread.findings()))
    }

    /// Returns a picture that the document names: one that was passed with it, or one in its folder.
    pub fn picture(&self, name: &str) -> Result<Vec<u8>, Error> {
        match (self.pictures.get(name), &self.path) {
            (Some(picture), _) => Ok(picture.clone()),
            (None, Some(path)) => files::picture(path, name),
            (None, None) => Err(Error::other("it was not passed with the document")),
        }
    }
}

/// Returns the syntax of that name.
pub fn syntax(name: &str) -> PyResult<Format> {
    match name {
        "yaml" => Ok(Format::Yaml),
        "json" => Ok(Format::Json),
        "md" => Ok(Format::Markdown),
        "xml" => Ok(Format::Xml),
        _ => Err(wrong(format!("unknown syntax {name:?}; use \"yaml\", \"json\", \"md\" or \"xml\""))),
    }
}
