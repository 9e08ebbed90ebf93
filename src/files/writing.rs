//! Files written whole or not at all, and why one cannot be written.

use std::collections::BTreeSet;
use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::paths::folder_of;

/// Why a file or a folder cannot be written.
#[derive(Debug)]
pub struct Unwritten {
    path: PathBuf,
    error: io::Error,
}

impl Unwritten {
    pub(crate) fn new(path: &Path, error: io::Error) -> Self {
        Self { path: path.to_owned(), error: system(error) }
    }

    /// Whether the disk fails, so that other files cannot be written either; else it is a matter of
    /// this file.
    pub fn is_disk_failing(&self) -> bool {
        let kinds = [
            ErrorKind::StorageFull,
            ErrorKind::QuotaExceeded,
            ErrorKind::ReadOnlyFilesystem,
            ErrorKind::StaleNetworkFileHandle,
            ErrorKind::NotConnected,
            ErrorKind::TimedOut,
        ];
        kinds.contains(&self.error.kind()) || self.error.raw_os_error().is_some_and(|code| FAILING.contains(&code))
    }
}

/// What systems say of a failing disk for which there is no kind of error: EIO, ENXIO, ENODEV.
#[cfg(unix)]
const FAILING: [i32; 3] = [5, 6, 19];
/// ERROR_WRITE_PROTECT, ERROR_NOT_READY, ERROR_WRITE_FAULT, ERROR_IO_DEVICE.
#[cfg(not(unix))]
const FAILING: [i32; 4] = [19, 21, 29, 1117];

impl fmt::Display for Unwritten {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} cannot be written: {}", self.path.display(), self.error)
    }
}

impl From<Unwritten> for String {
    fn from(unwritten: Unwritten) -> Self {
        unwritten.to_string()
    }
}

/// The error of the system: the library that makes temporary files puts their names behind it, which
/// are of no interest, and keeps its number only in its words.
fn system(error: io::Error) -> io::Error {
    let words = error.to_string();
    let number = words.split_once("(os error ").and_then(|(_, rest)| rest.split_once(')')?.0.parse().ok());
    match number {
        Some(number) if error.raw_os_error().is_none() => io::Error::from_raw_os_error(number),
        _ => error,
    }
}

/// Writes a file whole or not at all. What is no regular file, such as a pipe or a device, is
/// written into and not replaced.
///
/// # Errors
///
/// A sentence, if it cannot be written.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let path = &path.canonicalize().unwrap_or_else(|_| path.to_owned());
    if path.exists() && !path.is_file() {
        return fs::write(path, bytes).map_err(|error| Unwritten::new(path, error).into());
    }
    let folder = folder_of(path);
    if !folder.is_dir() {
        return Err(format!("{} cannot be written: there is no folder {}", path.display(), folder.display()));
    }
    Ok(write_through(path, bytes, folder)?)
}

/// Writes a regular file whole or not at all; it is begun in another folder of the same disk.
///
/// # Errors
///
/// Why it cannot be written.
pub fn write_through(path: &Path, bytes: &[u8], begun_in: &Path) -> Result<(), Unwritten> {
    let whole = begin(begun_in).and_then(|mut file| {
        file.as_file_mut().write_all(bytes)?;
        file.persist(path).map_err(|error| error.error)
    });
    whole.map(drop).map_err(|error| Unwritten::new(path, error))
}

/// A file that is begun in a folder, and is removed again if it is never given its name.
pub(crate) fn begin(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// Has the disk hold files that were written below a folder, with their names, so that they are there
/// if the machine stops. Files that somebody has removed meanwhile, or that may not be read, are passed
/// over.
///
/// # Errors
///
/// Which it cannot hold.
pub(crate) fn sync<'p>(files: impl IntoIterator<Item = &'p Path>, below: &Path) -> Result<(), Unwritten> {
    let mut folders = BTreeSet::new();
    for path in files {
        // Windows asks for the right to write.
        let file = OpenOptions::new().read(true).write(cfg!(windows)).open(path);
        match file.and_then(|file| file.sync_all()) {
            Err(error) if !matches!(error.kind(), ErrorKind::NotFound | ErrorKind::PermissionDenied) => {
                return Err(Unwritten::new(path, error));
            }
            _ => folders.extend(path.ancestors().skip(1).take_while(|folder| folder.starts_with(below))),
        }
    }
    if cfg!(unix) {
        for folder in folders {
            sync_folder(if folder == Path::new("") { Path::new(".") } else { folder })?;
        }
    }
    Ok(())
}

/// Not every disk has this for folders, nor does everybody who may write into one read it.
fn sync_folder(folder: &Path) -> Result<(), Unwritten> {
    let spared = [ErrorKind::InvalidInput, ErrorKind::Unsupported, ErrorKind::PermissionDenied];
    match File::open(folder).and_then(|folder| folder.sync_all()) {
        Err(error) if !spared.contains(&error.kind()) => Err(Unwritten::new(folder, error)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_no_matter_of_the_disk() {
        let folder = tempfile::tempdir().unwrap();
        let long = folder.path().join("n".repeat(300));
        let unwritten = write_through(&long, b"x", folder.path()).unwrap_err();
        assert!(!unwritten.is_disk_failing(), "{unwritten}");
        let reported = unwritten.to_string().replace(&folder.path().display().to_string(), "");
        assert!(!reported.contains(".tmp"), "{reported}");
        let gone = write_through(Path::new("x"), b"x", &folder.path().join("nowhere")).unwrap_err();
        let reported = gone.to_string().replace(&folder.path().display().to_string(), "");
        assert!(!gone.is_disk_failing() && !reported.contains(".tmp"), "{reported}");
    }

    #[cfg(unix)]
    #[test]
    fn a_disk_fails_by_what_the_system_says() {
        // EIO, ENODEV, ENOSPC, EROFS, EDQUOT; EACCES, EEXIST, ENOTDIR, EISDIR, ENAMETOOLONG.
        let quota = if cfg!(target_os = "linux") { 122 } else { 69 };
        for code in [5, 19, 28, 30, quota] {
            let unwritten = Unwritten::new(Path::new("x"), io::Error::from_raw_os_error(code));
            assert!(unwritten.is_disk_failing(), "{unwritten}");
        }
        let long = if cfg!(target_os = "linux") { 36 } else { 63 };
        for code in [13, 17, 20, 21, long] {
            let unwritten = Unwritten::new(Path::new("x"), io::Error::from_raw_os_error(code));
            assert!(!unwritten.is_disk_failing(), "{unwritten}");
        }
    }
}
