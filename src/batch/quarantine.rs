//! The documents that ended batches, recorded in the output folder: one line each, with the key of its source and
//! settings. They are skipped as long as none of these change.

use std::collections::HashMap;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::digest::sha256;
use crate::error::Error;
use crate::files;
use crate::limits::{Cause, Limits, Quarantined};

const NAME: &str = "left-out.jsonl";

#[derive(Serialize, Deserialize)]
struct Line {
    key: String,
    /// For people who read the file.
    source: String,
    #[serde(flatten)]
    quarantined: Quarantined,
}

/// The documents that are skipped.
#[derive(Default)]
pub(super) struct Quarantine {
    file: PathBuf,
    known: HashMap<String, Quarantined>,
}

impl Quarantine {
    /// Reads the documents recorded in a folder.
    pub fn read(folder: &Path) -> Self {
        let file = folder.join(NAME);
        let text = fs::read(&file).unwrap_or_default();
        let lines = text.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice::<Line>(line).ok());
        Self { file, known: lines.map(|line| (line.key, line.quarantined)).collect() }
    }

    /// Adds a document.
    pub fn add(&self, key: String, source: String, quarantined: Quarantined) -> Result<(), Error> {
        if self.known.get(&key) == Some(&quarantined) {
            return Ok(());
        }
        let line = serde_json::to_string(&Line { key, source, quarantined }).map_err(Error::internal)?;
        // In one piece: parts of a batch add to the same file.
        let written = OpenOptions::new().create(true).append(true).open(&self.file);
        let written = written.and_then(|mut file| file.write_all(format!("{line}\n").as_bytes()));
        written.map_err(|error| Error::file(&self.file, "written", error))
    }

    /// Returns why a document is skipped; `None` if it is not, or if its pictures have changed or the limits are
    /// higher.
    pub fn cause(&self, key: &str, document: &Path, limits: Limits) -> Option<&Cause> {
        let Quarantined { cause, used } = self.known.get(key)?;
        (cause.holds(limits) && used.iter().all(|(name, hash)| is_picture(document, name, hash))).then_some(cause)
    }
}

/// Returns whether the picture of that name in a document has that hash.
pub(super) fn is_picture(document: &Path, name: &str, hash: &str) -> bool {
    files::picture(document, name).is_ok_and(|data| sha256([data]) == hash)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_skipped_while_nothing_has_changed() {
        let folder = tempfile::tempdir().unwrap();
        let (seal, document) = (folder.path().join("seal.svg"), folder.path().join("a.yaml"));
        fs::write(&seal, "a").unwrap();
        let quarantine = Quarantine::read(folder.path());
        let used = vec![("seal.svg".to_owned(), sha256(["a"]))];
        let over = Quarantined { cause: Cause::OverDeadline(5.0), used };
        quarantine.add("key".into(), "a.yaml".into(), over.clone()).unwrap();
        let quarantine = Quarantine::read(folder.path());
        let cause = |key: &str, seconds| quarantine.cause(key, &document, Limits::new(seconds, 768));
        assert_eq!((cause("key", 5.0), cause("key", 2.0)), (Some(&over.cause), Some(&over.cause)));
        assert_eq!((cause("other", 5.0), cause("key", 8.0), cause("key", 0.0)), (None, None, None));
        fs::write(&seal, "b").unwrap();
        assert_eq!(cause("key", 5.0), None);
    }
}
