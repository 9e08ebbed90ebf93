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
    let entries = fs::read_dir(folder).and_then(|entries| entries.collect::<Result<Vec<_>, _>>());
    let mut entries = entries.map_err(|error| format!("{} cannot be read: {error}", folder.display()))?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        // A link to a folder may lead around in a circle.
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            within(&path, documents)?;
        } else if path.is_file() && Format::of_ending(&path.to_string_lossy()).is_some() {
            documents.push(path);
        }
    }
    Ok(())
}

/// The largest picture that is read, in bytes.
const LARGEST_PICTURE: u64 = 64 << 20;

/// A picture within the folder of the document, also after following links.
pub fn picture(document: &Path, name: &str) -> Result<Vec<u8>, String> {
    let folder = match document.parent() {
        Some(folder) if folder != Path::new("") && document != Path::new(STANDARD) => folder,
        _ => Path::new("."),
    };
    let plain = |error: io::Error| error.to_string();
    let real = folder.join(name).canonicalize().map_err(plain)?;
    if !real.starts_with(folder.canonicalize().map_err(plain)?) {
        return Err("it is not in the folder of the document".into());
    }
    whole(&real)
}

/// A regular file of bounded size.
pub fn whole(path: &Path) -> Result<Vec<u8>, String> {
    let file = fs::metadata(path).map_err(|error| error.to_string())?;
    if !file.is_file() {
        return Err("it is no regular file".into());
    }
    if file.len() > LARGEST_PICTURE {
        return Err(format!("it is larger than {} MiB", LARGEST_PICTURE >> 20));
    }
    fs::read(path).map_err(|error| error.to_string())
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

/// Writes a file whole or not at all. What is no regular file, such as a pipe or a device, is
/// written into and not replaced.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let path = &path.canonicalize().unwrap_or_else(|_| path.to_owned());
    if path.exists() && !path.is_file() {
        return fs::write(path, bytes).map_err(|error| format!("{} cannot be written: {error}", path.display()));
    }
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
