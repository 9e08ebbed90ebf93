//! Fonts in folders that the user names.

use std::fs;
use std::path::PathBuf;

use crate::error::{Error, ErrorKind};

/// Reads the font files in folders and their subfolders, in the order of their paths.
///
/// # Errors
///
/// Returns a sentence if one of them is not a folder, or a file cannot be read.
pub fn fonts(folders: &[PathBuf]) -> Result<Vec<Vec<u8>>, Error> {
    let mut base = fontdb::Database::new();
    for folder in folders {
        if !folder.is_dir() {
            let message = format!("{} is not a font folder", folder.display());
            return Err(Error::new(ErrorKind::Io, message).at(folder));
        }
        base.load_fonts_dir(folder);
    }
    let mut paths: Vec<PathBuf> = base
        .faces()
        .filter_map(|face| match &face.source {
            fontdb::Source::File(path) | fontdb::Source::SharedFile(path, _) => Some(path.clone()),
            fontdb::Source::Binary(_) => None,
        })
        .collect();
    paths.sort();
    paths.dedup();
    let read = |path: &PathBuf| fs::read(path).map_err(|error| Error::file(path, "read", error));
    paths.iter().map(read).collect()
}
