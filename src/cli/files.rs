//! Files read and written: only the command line does.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use masthead::Format;
use masthead::diagnostic::{Diagnostic, Source};

/// The name of standard input and output on the command line.
pub const STANDARD: &str = "-";

/// What a file could not be read as.
pub enum Unread {
    /// It could not be read at all.
    File(String),
    /// It is no text.
    Text(Box<Diagnostic>),
}

/// A source file and its syntax, by its name unless the user says it.
pub fn source(path: &Path, format: Option<Format>) -> Result<(Arc<Source>, Format), Unread> {
    let standard = path == Path::new(STANDARD);
    let name = if standard { "<stdin>".into() } else { path.display().to_string() };
    let read = |from: &mut dyn Read| {
        let mut bytes = Vec::new();
        // One byte more than is allowed, so that `read` can say that it is too large.
        from.take(masthead::read::MOST_BYTES as u64 + 1).read_to_end(&mut bytes).map(|_| bytes)
    };
    let bytes =
        if standard { read(&mut io::stdin().lock()) } else { File::open(path).and_then(|mut file| read(&mut file)) };
    let bytes = bytes.map_err(|error| Unread::File(format!("{name} cannot be read: {error}")))?;
    let format = format.unwrap_or_else(|| Format::of_name(&name));
    let large = bytes.len() > masthead::read::MOST_BYTES;
    match String::from_utf8(bytes) {
        Ok(text) => Ok((Source::new(name, text), format)),
        // The limit may have cut a character in two; `read` will refuse the size.
        Err(error) if large => Ok((Source::new(name, String::from_utf8_lossy(error.as_bytes())), format)),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let fault = Diagnostic::fault("not-utf-8", "the file is not UTF-8 text").hint("save it as UTF-8").at(
                &Source::new(name, text),
                at..at + 1,
                "",
            );
            Err(Unread::Text(Box::new(fault)))
        }
    }
}

/// A picture, relative to the document.
pub fn picture(document: &Path, name: &str) -> Result<Vec<u8>, String> {
    if document == Path::new(STANDARD) {
        return fs::read(name).map_err(|error| error.to_string());
    }
    let folder = document.parent().unwrap_or(Path::new(""));
    fs::read(folder.join(name)).map_err(|error| error.to_string())
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

/// Writes a file whole or not at all.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    if !folder.is_dir() {
        return Err(format!("{} cannot be written: there is no folder {}", path.display(), folder.display()));
    }
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let whole = builder.tempfile_in(folder).and_then(|mut file| {
        file.write_all(bytes)?;
        file.persist(path).map_err(|error| error.error)
    });
    // The library names its temporary file, which is of no interest.
    let plain = |error: io::Error| error.raw_os_error().map_or(error, io::Error::from_raw_os_error);
    whole.map(|_| ()).map_err(|error| format!("{} cannot be written: {}", path.display(), plain(error)))
}

/// A path with another ending.
pub fn with_ending(path: &Path, stem_end: &str, ending: &str) -> PathBuf {
    let stem = path.file_stem().unwrap_or(OsStr::new("document"));
    let mut name = stem.to_os_string();
    name.push(stem_end);
    name.push(".");
    name.push(ending);
    path.with_file_name(name)
}
