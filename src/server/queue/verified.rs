//! Which files in the output folder were found to be as they should, so that they are not read again for each change of a
//! batch.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use masthead::digest::sha256_of_file;

/// The hash, the size and the time of a file.
type State = (String, u64, SystemTime);

/// The files that were verified.
#[derive(Clone, Default)]
pub struct Verified {
    files: Arc<Mutex<HashMap<PathBuf, State>>>,
}

impl Verified {
    /// Returns whether a file has a hash; without reading it, if it had when it was last changed.
    pub(super) fn is_file(&self, path: &Path, hash: &str) -> bool {
        let state = path.metadata().and_then(|about| Ok((hash.to_owned(), about.len(), about.modified()?))).ok();
        let files = || self.files.lock().unwrap_or_else(PoisonError::into_inner);
        if state.is_some() && files().get(path) == state.as_ref() {
            return true;
        }
        let same = sha256_of_file(path).is_ok_and(|is| is == hash);
        if let Some(state) = state.filter(|_| same) {
            files().insert(path.to_owned(), state);
        }
        same
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use masthead::digest::sha256;

    #[test]
    fn files_are_read_again_if_they_were_changed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.pdf");
        std::fs::write(&path, "one").unwrap();
        let verified = Verified::default();
        assert!(verified.is_file(&path, &sha256(["one"])) && verified.is_file(&path, &sha256(["one"])));
        std::fs::write(&path, "another").unwrap();
        assert!(!verified.is_file(&path, &sha256(["one"])) && verified.is_file(&path, &sha256(["another"])));
        std::fs::remove_file(&path).unwrap();
        assert!(!verified.is_file(&path, &sha256(["another"])));
    }
}
