//! Atomic writing of files, and errors in writing.

use std::collections::BTreeSet;
use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::paths::folder_of;
use crate::error::{Error, ErrorKind};

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

    /// Returns whether the disk fails, so that other files cannot be written either, or just this file.
    pub fn is_disk_failing(&self) -> bool {
        let kinds = [
            io::ErrorKind::StorageFull,
            io::ErrorKind::QuotaExceeded,
            io::ErrorKind::ReadOnlyFilesystem,
            io::ErrorKind::StaleNetworkFileHandle,
            io::ErrorKind::NotConnected,
            io::ErrorKind::TimedOut,
        ];
        kinds.contains(&self.error.kind()) || self.error.raw_os_error().is_some_and(|code| FAILING.contains(&code))
    }
}

/// System errors of a failing disk that have no `ErrorKind`: EIO, ENXIO, ENODEV.
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

impl std::error::Error for Unwritten {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.error)
    }
}

impl From<Unwritten> for Error {
    fn from(Unwritten { path, error }: Unwritten) -> Self {
        Self::file(&path, "written", error)
    }
}

/// Returns the error of the system. The library for temporary files adds their names, which are of no interest,
/// and keeps the error number only in the text.
fn system(error: io::Error) -> io::Error {
    let words = error.to_string();
    let number = words.split_once("(os error ").and_then(|(_, rest)| rest.split_once(')')?.0.parse().ok());
    match number {
        Some(number) if error.raw_os_error().is_none() => io::Error::from_raw_os_error(number),
        _ => error,
    }
}

/// Writes a file atomically. Anything but a regular file, such as a pipe or a device, is written to and not
/// replaced.
///
/// # Errors
///
/// Returns a message if it cannot be written.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let path = &path.canonicalize().unwrap_or_else(|_| path.to_owned());
    if path.exists() && !path.is_file() {
        return fs::write(path, bytes).map_err(|error| Unwritten::new(path, error).into());
    }
    let folder = folder_of(path);
    if !folder.is_dir() {
        let message = format!("{} cannot be written: the folder {} does not exist", path.display(), folder.display());
        return Err(Error::new(ErrorKind::Io, message).at(path));
    }
    Ok(write_through(path, bytes, folder)?)
}

/// Writes a regular file atomically, through a temporary file in another folder on the same disk.
///
/// # Errors
///
/// Returns why it cannot be written.
pub fn write_through(path: &Path, bytes: &[u8], begun_in: &Path) -> Result<(), Unwritten> {
    let whole = begin(begun_in).and_then(|mut file| {
        file.as_file_mut().write_all(bytes)?;
        keep_mode(path, file.as_file())?;
        file.persist(path).map_err(|error| error.error)
    });
    whole.map(drop).map_err(|error| Unwritten::new(path, error))
}

/// Gives a file the permissions of the one that it replaces, if any.
fn keep_mode(path: &Path, file: &File) -> io::Result<()> {
    match fs::metadata(path) {
        Ok(before) if cfg!(unix) && before.is_file() => file.set_permissions(before.permissions()),
        _ => Ok(()),
    }
}

/// Creates a temporary file in a folder, which is removed unless it is given its final name.
pub(crate) fn begin(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// Syncs files below a folder, and their names, to disk, so that they survive a crash of the machine. Files that
/// have been removed in the meantime, or may not be read, are ignored.
///
/// # Errors
///
/// Returns the file or folder that cannot be synced.
pub(crate) fn sync<'p>(files: impl IntoIterator<Item = &'p Path>, below: &Path) -> Result<(), Unwritten> {
    let mut folders = BTreeSet::new();
    for path in files {
        // Windows requires write access.
        let file = OpenOptions::new().read(true).write(cfg!(windows)).open(path);
        match file.and_then(|file| file.sync_all()) {
            Err(error) if !matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::PermissionDenied) => {
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

/// Syncs a folder. Not every file system supports this, and not everyone who may write to a folder may read it.
fn sync_folder(folder: &Path) -> Result<(), Unwritten> {
    let spared = [io::ErrorKind::InvalidInput, io::ErrorKind::Unsupported, io::ErrorKind::PermissionDenied];
    match File::open(folder).and_then(|folder| folder.sync_all()) {
        Err(error) if !spared.contains(&error.kind()) => Err(Unwritten::new(folder, error)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invalid_name_is_not_a_disk_failure() {
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
    fn a_file_keeps_its_permissions() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("draft.yaml");
        let mode = || fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        write(&path, b"one").unwrap();
        let usual = mode();
        for kept in [0o600, 0o640, 0o444, usual] {
            fs::set_permissions(&path, fs::Permissions::from_mode(kept)).unwrap();
            write(&path, b"two").unwrap();
            assert_eq!(mode(), kept);
        }
    }

    #[cfg(unix)]
    #[test]
    fn disk_failures_are_known_by_system_errors() {
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
