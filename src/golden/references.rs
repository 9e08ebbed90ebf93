//! The references of a case: small readable files in a folder next to the document.
//!
//! | file | contents |
//! |---|---|
//! | `prepared.json` | every word of the document |
//! | `layout.txt` | the positions |
//! | `page-1.png`, … | the pages, in 8-bit greyscale |
//! | `pdf.json` | the hash of the PDF file and its metadata |
//! | `findings.txt` | instead of these: why the document is refused |

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use image::GrayImage;

use super::facts::Facts;
use super::layout::Layout;
use super::pixels;
use crate::error::Error;
pub(super) use crate::files::references::{FINDINGS, LAYOUT, PDF, PREPARED, image_name};
use crate::files::references::{are_in, is_ours, page_of};
use crate::prepare::Prepared;

/// Files by name.
pub(super) type Files = BTreeMap<String, Vec<u8>>;

/// References as read.
pub(super) enum References {
    /// Those of a document that is rendered.
    Rendered(Box<Rendered>),
    /// Those of a refused document.
    Refused(String),
}

/// The references of a document that is rendered.
pub(super) struct Rendered {
    pub prepared: Prepared,
    pub layout: Layout,
    pub facts: Facts,
    folder: PathBuf,
    /// The existing images, by page, from 0.
    pub images: BTreeMap<usize, Vec<u8>>,
}

impl References {
    /// Reads the references of a folder. Returns `None` if there are none.
    pub fn read(folder: &Path) -> Result<Option<Self>, String> {
        if !are_in(folder) {
            return Ok(None);
        }
        let of = |name: &str, error: &dyn fmt::Display| damaged(folder, name, error);
        let text = |name: &str| fs::read_to_string(folder.join(name)).map_err(|error| of(name, &error));
        if folder.join(FINDINGS).exists() {
            return Ok(Some(Self::Refused(text(FINDINGS)?)));
        }
        let prepared = serde_json::from_slice(text(PREPARED)?.as_bytes()).map_err(|error| of(PREPARED, &error))?;
        let layout: Layout = text(LAYOUT)?.parse().map_err(|error: Error| of(LAYOUT, &error))?;
        let facts = serde_json::from_slice(text(PDF)?.as_bytes()).map_err(|error| of(PDF, &error))?;
        let mut images = BTreeMap::new();
        for index in 0..layout.pages.len() {
            match fs::read(folder.join(image_name(index))) {
                Ok(image) => drop(images.insert(index, image)),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(of(&image_name(index), &error)),
            }
        }
        let folder = folder.to_owned();
        Ok(Some(Self::Rendered(Box::new(Rendered { prepared, layout, facts, folder, images }))))
    }
}

impl Rendered {
    /// Returns the image of a page, from 0, if it exists.
    ///
    /// # Errors
    ///
    /// Returns which file is damaged, and how.
    pub fn decoded(&self, index: usize) -> Result<Option<GrayImage>, String> {
        let decode = |png: &Vec<u8>| pixels::decode(png);
        let image = self.images.get(&index).map(decode).transpose();
        image.map_err(|error| damaged(&self.folder, &image_name(index), &error))
    }
}

/// Returns the message about a file of a folder of references that cannot be read.
fn damaged(folder: &Path, name: &str, error: &dyn fmt::Display) -> String {
    format!("{}: {error}", folder.join(name).display())
}

/// Returns whether references are complete and match a PDF file of that hash and number of pages and
/// those prepared words; nothing else needs to be read then.
pub(super) fn unchanged(folder: &Path, sha256: &str, prepared: &str, pages: usize) -> bool {
    let there = |name: &str| folder.join(name).is_file();
    if Layout::pages_in(&folder.join(LAYOUT)) != Some(pages) || !(0..pages).all(|index| there(&image_name(index))) {
        return false;
    }
    let facts = fs::read(folder.join(PDF)).ok().and_then(|facts| serde_json::from_slice::<Facts>(&facts).ok());
    facts.is_some_and(|facts| facts.sha256 == sha256)
        && fs::read_to_string(folder.join(PREPARED)).is_ok_and(|known| known == prepared)
}

/// Returns whether a file of a folder of references belongs to no page: it is that of a longer document.
pub(super) fn is_stray(name: &str, pages: usize, refused: bool) -> bool {
    match page_of(name) {
        Some(page) => refused || page > pages,
        None => is_ours(name) && refused != (name == FINDINGS),
    }
}

/// Removes the files of references, except `keep`, from a folder.
fn remove_ours(folder: &Path, keep: impl Fn(&str) -> bool) -> Result<(), (PathBuf, io::Error)> {
    let at = |path: &Path| {
        let path = path.to_owned();
        |error| (path, error)
    };
    for entry in fs::read_dir(folder).map_err(at(folder))? {
        let path = entry.map_err(at(folder))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if is_ours(&name) && !keep(&name) && path.is_file() {
            fs::remove_file(&path).map_err(at(&path))?;
        }
    }
    Ok(())
}

/// Removes orphaned references: a file, or a folder unless it has other files of the user.
///
/// # Errors
///
/// Returns why it cannot be removed.
pub fn remove(path: &Path) -> Result<(), Error> {
    let removed = if path.is_dir() {
        remove_ours(path, |_| false).and_then(|()| match fs::remove_dir(path) {
            Err(error) if error.kind() != io::ErrorKind::DirectoryNotEmpty => Err((path.to_owned(), error)),
            _ => Ok(()),
        })
    } else {
        fs::remove_file(path).map_err(|error| (path.to_owned(), error))
    };
    removed.map_err(|(path, error)| Error::file(&path, "removed", error))
}

/// Writes these files into a folder and removes other references; unchanged files are not written again.
///
/// # Errors
///
/// Returns which file cannot be written.
pub(super) fn write(folder: &Path, files: &Files) -> Result<(), Error> {
    fs::create_dir_all(folder).map_err(|error| Error::file(folder, "written", error))?;
    for (name, bytes) in files {
        let path = folder.join(name);
        if fs::read(&path).is_ok_and(|known| known == *bytes) {
            continue;
        }
        crate::files::write_through(&path, bytes, folder)?;
    }
    remove_ours(folder, |name| files.contains_key(name)).map_err(|(path, error)| Error::file(&path, "written", error))
}
