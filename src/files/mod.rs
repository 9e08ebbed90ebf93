//! Documents found and read, pictures read, files written whole or not at all: for the command line
//! and for batches. The stages themselves read no files.

mod detection;
mod folder;
mod foreign;
mod paths;
pub(crate) mod references;
mod writing;

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Source};
use crate::picture::sound_picture;
use crate::read::Format;
pub use detection::{first_element, is_document};
pub use folder::{Found, Skipped, documents};
pub use paths::{folder_of, shown, standing};
pub(crate) use paths::{lexical, way};
pub use writing::{Unwritten, write, write_through};
pub(crate) use writing::{begin, sync};

/// The name of standard input and output on the command line.
pub const STANDARD: &str = "-";

/// What a file could not be read as.
#[derive(Debug)]
pub enum Unread {
    /// It could not be read at all.
    File(String),
    /// It is no text.
    Text(Box<Diagnostic>),
}

impl From<Unread> for Diagnostic {
    fn from(unread: Unread) -> Self {
        match unread {
            Unread::File(message) => Self::error("unread", message),
            Unread::Text(error) => *error,
        }
    }
}

/// A source file and its syntax, by its name unless the user says it.
///
/// # Errors
///
/// Why it is no text that can be read, or no source.
pub fn source(path: &Path, format: Option<Format>) -> Result<(Arc<Source>, Format), Unread> {
    let (name, bytes) = bytes(path)?;
    if let Some(error) = foreign::foreign(path, &bytes, format) {
        return Err(Unread::Text(Box::new(error)));
    }
    let format = format.or_else(|| Format::of_ending(&name));
    recognised(decoded(name, bytes)?, format)
}

/// A file of text that is no document: a manifest, settings.
///
/// # Errors
///
/// Why it cannot be read.
pub fn text(path: &Path) -> Result<Arc<Source>, Unread> {
    let (name, bytes) = bytes(path)?;
    decoded(name, bytes)
}

/// The name of a file in messages, and its bytes, as far as they are looked at.
fn bytes(path: &Path) -> Result<(String, Vec<u8>), Unread> {
    let standard = path == Path::new(STANDARD);
    let name = if standard { "<stdin>".into() } else { path.display().to_string() };
    let read = |from: &mut dyn Read| {
        let mut bytes = Vec::new();
        // One byte more than is allowed, so that `read` can say that it is too large.
        from.take(crate::read::MOST_BYTES as u64 + 1).read_to_end(&mut bytes).map(|_| bytes)
    };
    if !standard && path.is_dir() {
        let folder = name.trim_end_matches('/');
        return Err(Unread::File(format!(
            "{name} is a folder, and a document is wanted: give files in it, such as {folder}/*.yaml; \
             “masthead batch {folder} --out FOLDER” renders all its documents"
        )));
    }
    let bytes =
        if standard { read(&mut io::stdin().lock()) } else { File::open(path).and_then(|mut file| read(&mut file)) };
    let bytes = bytes.map_err(|error| Unread::File(format!("{name} cannot be read: {error}")))?;
    Ok((name, bytes))
}

fn decoded(name: String, bytes: Vec<u8>) -> Result<Arc<Source>, Unread> {
    let large = bytes.len() > crate::read::MOST_BYTES;
    let bytes = match utf_16(&bytes).filter(|_| !large) {
        Some(Ok(text)) => return Ok(Source::new(name, text)),
        Some(Err(error)) => return Err(Unread::Text(Box::new(error.at(&Source::new(name, ""), 0..0, "")))),
        None => bytes,
    };
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Source::new(name, text)),
        // The limit may have cut a character in two; `read` will refuse the size.
        Err(error) if large => Ok(Source::new(name, String::from_utf8_lossy(error.as_bytes()))),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let error = Diagnostic::error("not-utf-8", "the file is not UTF-8 text").hint("save it as UTF-8").at(
                &Source::new(name, text),
                at..at + 1,
                "",
            );
            Err(Unread::Text(Box::new(error)))
        }
    }
}

/// The source and its syntax: as it is given, or else as the text shows it.
fn recognised(source: Arc<Source>, format: Option<Format>) -> Result<(Arc<Source>, Format), Unread> {
    if let Some(format) = format.or_else(|| Format::of_text(&source.text)) {
        return Ok((source, format));
    }
    let line = source.text.trim_start().lines().next().unwrap_or("");
    let start = source.text.len() - source.text.trim_start().len();
    let error = Diagnostic::error("unknown-syntax", "this begins as none of YAML, JSON, XML and Markdown does")
        .hint("say which it is: --from yaml, json, md or xml; a Markdown document begins with its header between two lines ---")
        .at(&source, start..start + line.trim_end().len(), "");
    Err(Unread::Text(Box::new(error)))
}

/// The text of bytes that begin with the mark of UTF-16, as word processors write XML.
fn utf_16(bytes: &[u8]) -> Option<Result<String, Diagnostic>> {
    let unit: fn([u8; 2]) -> u16 = match bytes {
        [0xFF, 0xFE, ..] => u16::from_le_bytes,
        [0xFE, 0xFF, ..] => u16::from_be_bytes,
        // Without the mark: every other byte of what documents begin with is nought.
        [1..=0xFF, 0, 1..=0xFF, 0, ..] => u16::from_le_bytes,
        [0, 1..=0xFF, 0, 1..=0xFF, ..] => u16::from_be_bytes,
        _ => return None,
    };
    let mark = if bytes[0].min(bytes[1]) == 0 { 0 } else { 2 };
    let units = bytes[mark..].chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let text: Result<String, _> = char::decode_utf16(units).collect();
    let whole = text.ok().filter(|_| bytes.len().is_multiple_of(2));
    let error =
        || Diagnostic::error("not-utf-8", "the file begins as UTF-16, but is no UTF-16 text").hint("save it as UTF-8");
    Some(whole.ok_or_else(error))
}

/// How much of the beginning of a file shows what it is: the fields that tell a document stand there.
const HEAD: u64 = 64 << 10;

/// The beginning of a regular file.
///
/// # Errors
///
/// It is none, or cannot be read.
pub fn head(path: &Path) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    match fs::metadata(path)?.is_file() {
        true => File::open(path)?.take(HEAD).read_to_end(&mut head).map(|_| head),
        false => Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no regular file")),
    }
}

/// The largest picture or PDF file that is read, in bytes.
pub const LARGEST: u64 = 64 << 20;

/// A picture within the folder of the document, also after following links.
///
/// # Errors
///
/// A sentence, if there is none that may be read.
pub fn picture(document: &Path, name: &str) -> Result<Vec<u8>, String> {
    let folder = folder_of(document);
    let plain = |error: io::Error| error.to_string();
    let real = folder.join(name).canonicalize().map_err(plain)?;
    if !real.starts_with(folder.canonicalize().map_err(plain)?) {
        return Err("it is not in the folder of the document".into());
    }
    whole(&real)
}

/// An emblem that can be set.
///
/// # Errors
///
/// A sentence, if it cannot be read or is no picture that can be set.
pub fn emblem(path: &Path) -> Result<Vec<u8>, String> {
    let sound = whole(path).and_then(|data| match sound_picture(&data) {
        Ok(_) => Ok(data),
        Err(unsound) => Err(unsound.to_string()),
    });
    sound.map_err(|reason| format!("the emblem {} cannot be used: {reason}", path.display()))
}

/// A regular file of bounded size.
///
/// # Errors
///
/// A sentence, if it is none or cannot be read.
pub fn whole(path: &Path) -> Result<Vec<u8>, String> {
    let file = fs::metadata(path).map_err(|error| error.to_string())?;
    if file.is_dir() {
        return Err("it is a folder".into());
    }
    if !file.is_file() {
        return Err("it is no regular file".into());
    }
    if file.len() > LARGEST {
        return Err(format!("it is larger than {} MiB", LARGEST >> 20));
    }
    fs::read(path).map_err(|error| error.to_string())
}
