//! Files read and written: only the command line does, and what batches share with it.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use masthead::Format;
pub use masthead::files::{STANDARD, Unread, picture, source, whole, write};
use walkdir::WalkDir;

/// A regular file of bounded size, or as much of standard input.
pub fn bytes(path: &Path) -> Result<Vec<u8>, String> {
    if path != Path::new(STANDARD) {
        return whole(path);
    }
    let mut bytes = Vec::new();
    let read = io::stdin().lock().take(masthead::files::LARGEST + 1).read_to_end(&mut bytes);
    match read.map_err(|error| error.to_string())? as u64 > masthead::files::LARGEST {
        true => Err(format!("it is larger than {} MiB", masthead::files::LARGEST >> 20)),
        false => Ok(bytes),
    }
}

/// The documents that paths name: files as they are, and of folders every file in them and below
/// whose name ends as documents do, in the order of their names.
pub fn documents(paths: &[PathBuf]) -> Result<Vec<PathBuf>, String> {
    let mut documents = Vec::new();
    for path in paths {
        if path.is_dir() && path != Path::new(STANDARD) {
            within(path, &mut documents)?;
        } else {
            documents.push(path.clone());
        }
    }
    Ok(documents)
}

fn within(folder: &Path, documents: &mut Vec<PathBuf>) -> Result<(), String> {
    // Links to folders are not followed: one may lead around in a circle.
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(folder).display().to_string();
            let reason = error.into_io_error().map(|error| error.to_string()).unwrap_or_default();
            format!("{path} cannot be read: {reason}")
        })?;
        let path = entry.into_path();
        if path.is_file() && Format::of_ending(&path.to_string_lossy()).is_some() {
            documents.push(path);
        }
    }
    Ok(())
}

/// The font files in the folders.
pub fn fonts(folders: &[PathBuf]) -> Result<Vec<Vec<u8>>, String> {
    let mut base = fontdb::Database::new();
    for folder in folders {
        if !folder.is_dir() {
            return Err(format!("{} is no folder of fonts", folder.display()));
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
    let read = |path: &PathBuf| fs::read(path).map_err(|error| format!("{} cannot be read: {error}", path.display()));
    paths.iter().map(read).collect()
}

/// A path with another ending in place of that of a document.
pub fn with_ending(path: &Path, stem_end: &str, ending: &str) -> PathBuf {
    let name = path.file_name().map_or_else(|| "document".into(), OsStr::to_string_lossy);
    let known = [".yaml", ".yml", ".json", ".md", ".markdown", ".pdf", ".png", ".svg"];
    let stem = known.iter().find_map(|known| name.strip_suffix(known)).unwrap_or(&name);
    path.with_file_name(format!("{stem}{stem_end}.{ending}"))
}

/// The file that a path means, whether it is there or not: two paths of one file give the same.
pub fn identity(path: &Path) -> PathBuf {
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    path.canonicalize()
        .or_else(|_| folder.canonicalize().map(|folder| folder.join(path.file_name().unwrap_or_default())))
        .unwrap_or_else(|_| path.to_owned())
}
