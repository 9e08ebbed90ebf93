//! Reading and writing of files by the commands; what batches share is in `masthead::files`.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use masthead::Error;
pub use masthead::files::{
    Found, STANDARD, Unread, emblem, fonts, picture, shown, source, standing, text, whole, write,
};

/// Reads a regular file of limited size, or standard input with the same limit.
pub fn bytes(path: &Path) -> Result<Vec<u8>, Error> {
    if path != Path::new(STANDARD) {
        return whole(path);
    }
    let mut bytes = Vec::new();
    let read = io::stdin().lock().take(masthead::files::LARGEST + 1).read_to_end(&mut bytes);
    match read.map_err(Error::other)? as u64 > masthead::files::LARGEST {
        true => Err(Error::other(format!("it is larger than {} MiB", masthead::files::LARGEST >> 20))),
        false => Ok(bytes),
    }
}

/// Returns the documents that paths name: files as given, and the documents found in folders.
pub fn documents(paths: &[PathBuf]) -> Found {
    let mut found = Found::default();
    for path in paths {
        if path.is_dir() && path != Path::new(STANDARD) {
            found.extend(masthead::files::documents(path, |_| false));
        } else {
            found.documents.push(path.clone());
        }
    }
    found
}

/// Returns the file that a path means, whether it exists or not: two paths of one file give the same result.
pub fn identity(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| standing(path))
}
