//! Finding and reading documents, reading pictures, and writing files atomically, for the command line and for
//! batches. The stages themselves read no files.

pub mod any_path;
mod detection;
mod folder;
mod folder_settings;
mod fonts;
mod foreign;
mod once;
mod paths;
pub(crate) mod references;
mod writing;

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Source};
use crate::error::{Error, ErrorKind};
use crate::picture::sound_picture;
use crate::read::Format;
use crate::visible::quoted_for_shell;
pub(crate) use detection::certain_document;
pub use detection::{first_element, is_document};
pub use folder::{Found, Skipped, documents};
pub use folder_settings::{
    Folders, REPORTED, SETTINGS, TABLES, decode as house_and_defaults, folder_settings, settings_file,
};
pub(crate) use folder_settings::{chained, files_of_settings, settings_files, with_words_from};
pub use fonts::fonts;
pub(crate) use once::Once;
pub use paths::{folder_of, shown, standing};
pub(crate) use paths::{lexical, way};
pub use writing::write;
pub(crate) use writing::{Unwritten, begin, sync, write_through};

/// The name of standard input and output on the command line.
pub const STANDARD: &str = "-";

/// Why a file could not be read.
#[derive(Debug)]
pub enum Unread {
    /// It could not be read at all.
    File(Error),
    /// It is not text.
    Text(Box<Diagnostic>),
    /// The settings of its folder are wrong.
    Settings(Vec<Diagnostic>),
}

/// Reads a source file and returns it with its syntax, taken from its name unless given, and with the settings of its
/// folder, one of `folders`, which complete it.
///
/// # Errors
///
/// Returns an error if it cannot be read, is not text, is not a source, or if the settings of its folder are wrong.
pub fn source(path: &Path, format: Option<Format>, folders: &Folders) -> Result<(Arc<Source>, Format), Unread> {
    let (name, bytes) = bytes(path)?;
    let (source, format) = source_of_bytes(path, name, bytes, format)?;
    Ok((source.in_folder(folders.of(path)?), format))
}

/// Returns the bytes of a source file as a source with that name, and its syntax, taken from `path` unless given. No
/// file is read: the settings of a folder do not apply.
///
/// # Errors
///
/// Returns an error if they are not text, or not a source.
pub fn source_of_bytes(
    path: &Path,
    name: String,
    bytes: Vec<u8>,
    format: Option<Format>,
) -> Result<(Arc<Source>, Format), Unread> {
    if let Some(error) = foreign::foreign(path, &bytes, format) {
        return Err(Unread::Text(Box::new(error)));
    }
    let format = format.or_else(|| Format::of_ending(&name));
    recognised(decoded(name, bytes)?, format)
}

/// Reads a text file that is not a document, such as a manifest or settings.
///
/// # Errors
///
/// Returns an error if it cannot be read, or is not text.
pub fn text(path: &Path) -> Result<Arc<Source>, Unread> {
    let (name, bytes) = bytes(path)?;
    decoded(name, bytes)
}

/// Returns the bytes of a source file, up to just over the size limit.
///
/// # Errors
///
/// Returns an error if it cannot be read.
pub(crate) fn source_bytes(path: &Path) -> Result<Vec<u8>, Unread> {
    bytes(path).map(|(_, bytes)| bytes)
}

/// Returns the name of a file in messages, and its bytes, up to just over the size limit.
fn bytes(path: &Path) -> Result<(String, Vec<u8>), Unread> {
    let standard = path == Path::new(STANDARD);
    let name = if standard { "<stdin>".into() } else { path.display().to_string() };
    let read = |from: &mut dyn Read| {
        let mut bytes = Vec::new();
        // One byte more than allowed, so that `read` can report that the file is too large.
        from.take(crate::read::MOST_BYTES as u64 + 1).read_to_end(&mut bytes).map(|_| bytes)
    };
    if !standard && path.is_dir() {
        let folder = quoted_for_shell(name.trim_end_matches('/'));
        let message = format!(
            "{name} is a folder, not a document; name documents in it, such as {folder}/*.yaml (“masthead batch {folder} --out \
             FOLDER” renders all of them)"
        );
        return Err(Unread::File(Error::new(ErrorKind::Io, message).at(path)));
    }
    let bytes =
        if standard { read(&mut io::stdin().lock()) } else { File::open(path).and_then(|mut file| read(&mut file)) };
    let bytes = bytes.map_err(|error| {
        let message = format!("{name} cannot be read: {error}");
        Unread::File(Error::new(ErrorKind::Io, message).at(path).because(error))
    })?;
    Ok((name, bytes))
}

/// Decodes the bytes of a text file.
pub(crate) fn decoded(name: String, bytes: Vec<u8>) -> Result<Arc<Source>, Unread> {
    let large = bytes.len() > crate::read::MOST_BYTES;
    let bytes = match utf_16(&bytes).filter(|_| !large) {
        Some(Ok(text)) => return Ok(Source::new(name, text)),
        Some(Err(error)) => return Err(Unread::Text(Box::new(error.in_source(&Source::new(name, ""), 0..0)))),
        None => bytes,
    };
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Source::new(name, text)),
        // The limit may have cut a character in two; `read` will refuse the size.
        Err(error) if large => Ok(Source::new(name, String::from_utf8_lossy(error.as_bytes()))),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let error = Diagnostic::error("not-utf-8", "the file is not UTF-8 text")
                .hint("save it as UTF-8")
                .in_source(&Source::new(name, text), at..at + 1);
            Err(Unread::Text(Box::new(error)))
        }
    }
}

/// Returns the source with its syntax: as given, else detected from the text.
fn recognised(source: Arc<Source>, format: Option<Format>) -> Result<(Arc<Source>, Format), Unread> {
    if let Some(format) = format.or_else(|| Format::of_text(&source.text)) {
        return Ok((source, format));
    }
    let error = Diagnostic::error("unknown-syntax", "this does not look like YAML, JSON, XML or Markdown")
        .hint("use --from yaml, json, md or xml; a Markdown document begins with a header between --- lines")
        .in_source(&source, source.first_line());
    Err(Unread::Text(Box::new(error)))
}

/// Decodes UTF-16, as written by word processors for XML; returns `None` if the bytes do not begin like it.
fn utf_16(bytes: &[u8]) -> Option<Result<String, Diagnostic>> {
    let unit: fn([u8; 2]) -> u16 = match bytes {
        [0xFF, 0xFE, ..] => u16::from_le_bytes,
        [0xFE, 0xFF, ..] => u16::from_be_bytes,
        // Without a byte order mark: every other byte at the start of a document is zero.
        [1..=0xFF, 0, 1..=0xFF, 0, ..] => u16::from_le_bytes,
        [0, 1..=0xFF, 0, 1..=0xFF, ..] => u16::from_be_bytes,
        _ => return None,
    };
    let mark = if bytes[0].min(bytes[1]) == 0 { 0 } else { 2 };
    let units = bytes[mark..].chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let text: Result<String, _> = char::decode_utf16(units).collect();
    let whole = text.ok().filter(|_| bytes.len().is_multiple_of(2));
    let error = || {
        Diagnostic::error("not-utf-8", "the file begins like UTF-16, but is not valid UTF-16").hint("save it as UTF-8")
    };
    Some(whole.ok_or_else(error))
}

/// The number of bytes at the beginning of a file that show what it is: the distinctive fields are there.
const HEAD: u64 = 64 << 10;

/// Reads the beginning of a regular file.
///
/// # Errors
///
/// Returns an error if it is not a regular file, or cannot be read.
pub fn head(path: &Path) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    match fs::metadata(path)?.is_file() {
        true => File::open(path)?.take(HEAD).read_to_end(&mut head).map(|_| head),
        false => Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file")),
    }
}

/// The largest picture or PDF file that is read, in bytes.
pub const LARGEST: u64 = 64 << 20;

/// Reads a picture within the folder of the document; links must not lead out of it.
///
/// # Errors
///
/// Returns a message if there is no such picture, or it must not be read.
pub fn picture(document: &Path, name: &str) -> Result<Vec<u8>, Error> {
    let folder = folder_of(document);
    let path = folder.join(name);
    let refused = |error| unread(&path, error);
    let real = path.canonicalize().map_err(refused)?;
    if !real.starts_with(folder.canonicalize().map_err(refused)?) {
        return Err(Error::new(ErrorKind::Io, "it is not in the folder of the document").at(&path));
    }
    whole(&real)
}

/// Reads an emblem, and checks that it can be used.
///
/// # Errors
///
/// Returns a message if it cannot be read, or is not a picture that can be used.
pub fn emblem(path: &Path) -> Result<Vec<u8>, Error> {
    let sound = whole(path).and_then(|data| match sound_picture(&data) {
        Ok(_) => Ok(data),
        Err(unsound) => Err(Error::foreign(unsound.to_string()).at(path)),
    });
    let named = |reason: &str| format!("the emblem {} cannot be used: {reason}", path.display());
    sound.map_err(|error| error.reworded(named))
}

/// Reads a regular file of limited size.
///
/// # Errors
///
/// Returns a message if it is not a regular file, is too large, or cannot be read.
pub fn whole(path: &Path) -> Result<Vec<u8>, Error> {
    let refused = |kind, message: String| Err(Error::new(kind, message).at(path));
    let file = fs::metadata(path).map_err(|error| unread(path, error))?;
    if file.is_dir() {
        return refused(ErrorKind::Io, "it is a folder; name a file in it".to_owned());
    }
    if !file.is_file() {
        return refused(ErrorKind::Io, "it is not a regular file".to_owned());
    }
    if file.len() > LARGEST {
        return refused(ErrorKind::Limit, format!("it is larger than {} MiB", LARGEST >> 20));
    }
    fs::read(path).map_err(|error| unread(path, error))
}

/// Returns the error of a file in the words of the system, for callers that name the file.
fn unread(path: &Path, error: io::Error) -> Error {
    Error::new(ErrorKind::Io, error.to_string()).at(path).because(error)
}
