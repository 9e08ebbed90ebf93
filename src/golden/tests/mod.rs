//! Planted changes, and unchanged documents.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod pdfs;
mod planted;
mod suites;
mod texts;
mod unchanged;

use std::fs;
use std::path::Path;

use super::{Checking, Outcome, State, Suite, Verdict};
use crate::error::Error;
use crate::typeset::Press;

/// The document that changes are planted in.
const DOCUMENT: &str = include_str!("planted.yaml");
const GAUGE: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 60"><path d="M5 0v60h30" fill="none" stroke="black"/></svg>"#;

/// A suite in a temporary folder.
struct Bench {
    folder: tempfile::TempDir,
}

impl Bench {
    /// Creates a suite of one case, not yet accepted.
    fn new(document: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let bench = Self { folder };
        bench.put("document.yaml", document);
        bench.put("gauge.svg", GAUGE);
        bench
    }

    fn put(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Checks the suite.
    fn check(&self, press: &Press, full: bool, jobs: usize) -> Verdict {
        let picture = |document: &Path, name: &str| fs::read(document.with_file_name(name)).map_err(Error::other);
        let suite = Suite::open(self.folder.path()).unwrap();
        suite.check(press, &Checking { full, jobs, ..Checking::new(&picture) }).unwrap()
    }

    /// Checks its only case.
    fn outcome(&self, press: &Press) -> Outcome {
        self.check(press, false, 1).cases.remove(0)
    }

    fn accept(&self, press: &Press) {
        for case in self.check(press, false, 0).cases {
            assert!(case.acceptable() || case.state == State::Same, "{}: {}", case.name, case.message);
            if case.acceptable() {
                case.accept().unwrap();
            }
        }
    }
}

/// The differences of a case, one per line.
fn reported(outcome: &Outcome) -> String {
    outcome.differences.iter().map(|difference| format!("    {:?} {difference}\n", difference.kind)).collect()
}
