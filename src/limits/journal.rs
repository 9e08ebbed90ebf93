//! The journal that a process keeps for its successor in case of a crash: one line before a document is begun, and
//! one when it has ended. It covers crashes of the process, not of the machine, so it is not synced to disk.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{Cause, Quarantined};

const NAME: &str = "journal";

/// A line of the journal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Entry {
    /// Work on a document begins, alone or alongside others.
    Begun {
        /// Its name.
        document: String,
        /// Whether no other document is in progress.
        alone: bool,
    },
    /// A document uses a file.
    Uses {
        /// The name of the document.
        document: String,
        /// The file, as the document names it.
        file: String,
        /// Its hash.
        sha256: String,
    },
    /// A document has ended.
    Ended {
        /// Its name.
        document: String,
        /// The note about it.
        note: u8,
    },
    /// The watchdog has found a document over its limit.
    Over {
        /// Its name.
        document: String,
        /// Which limit.
        cause: Cause,
    },
    /// A message was printed.
    Reported,
    /// The process has crashed.
    Died {
        /// A description of how.
        how: String,
    },
}

/// The journal, open for writing.
pub struct Journal(File);

impl Journal {
    /// Opens the journal in a folder.
    ///
    /// # Errors
    ///
    /// Returns an error if it cannot be written.
    pub fn open(folder: &Path) -> io::Result<Self> {
        OpenOptions::new().create(true).append(true).open(folder.join(NAME)).map(Self)
    }

    /// Writes a line.
    pub fn write(&self, entry: &Entry) {
        if let Ok(mut line) = serde_json::to_vec(entry) {
            line.push(b'\n');
            // In one piece, so that the line is complete or missing. If it cannot be written, the next process
            // just knows less.
            let _ = (&self.0).write_all(&line);
        }
    }
}

/// What earlier processes recorded.
#[derive(Debug, Default, PartialEq)]
pub struct History {
    /// Documents that crashed a process or exceeded a limit.
    pub quarantined: BTreeMap<String, Quarantined>,
    /// Documents that were in progress when a process crashed; they are processed alone from then on.
    pub suspects: BTreeSet<String>,
    /// Documents that have ended, with their notes.
    pub ended: BTreeMap<String, u8>,
    /// The number of messages printed.
    pub reported: usize,
    /// The number of processes that have crashed since the last document was quarantined.
    pub deaths: usize,
    /// Whether any document was in progress since the last crash.
    pub about_documents: bool,
    /// The documents in progress, with whether they are alone and the files that they use.
    aloft: BTreeMap<String, (bool, Vec<(String, String)>)>,
}

impl History {
    /// Reads the journal in a folder.
    pub fn read(folder: &Path) -> Self {
        let text = fs::read(folder.join(NAME)).unwrap_or_default();
        let entries = text.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice(line).ok());
        Self::of(entries)
    }

    fn of(entries: impl Iterator<Item = Entry>) -> Self {
        let mut history = Self::default();
        entries.for_each(|entry| history.add(entry));
        history.about_documents |= !history.aloft.is_empty();
        history
    }

    fn add(&mut self, entry: Entry) {
        match entry {
            Entry::Begun { document, alone } => drop(self.aloft.insert(document, (alone, Vec::new()))),
            Entry::Uses { document, file, sha256 } => {
                self.aloft.entry(document).or_default().1.push((file, sha256));
            }
            Entry::Ended { document, note } => {
                self.aloft.remove(&document);
                // A document may be processed in several steps; the step that left a note counts.
                let known = self.ended.entry(document).or_default();
                *known = note.max(*known);
            }
            Entry::Over { document, cause } => {
                self.quarantine(document, cause);
                // The other documents are not suspects.
                self.aloft.clear();
                self.about_documents = true;
            }
            Entry::Reported => self.reported += 1,
            Entry::Died { how } => {
                self.about_documents = false;
                self.deaths += 1;
                let alone = self.aloft.iter().find(|(_, (alone, _))| *alone).map(|(document, _)| document.clone());
                match alone {
                    Some(document) => self.quarantine(document, Cause::Killed(how)),
                    None => self.suspects.extend(self.aloft.keys().cloned()),
                }
                self.aloft.clear();
            }
        }
    }

    fn quarantine(&mut self, document: String, cause: Cause) {
        let used = self.aloft.remove(&document).map_or_else(Vec::new, |(_, used)| used);
        self.suspects.remove(&document);
        self.quarantined.insert(document, Quarantined { cause, used });
        self.deaths = 0;
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn begun(document: &str, alone: bool) -> Entry {
        Entry::Begun { document: document.into(), alone }
    }

    fn died() -> Entry {
        Entry::Died { how: "signal 6".into() }
    }

    fn ended(document: &str) -> Entry {
        Entry::Ended { document: document.into(), note: 1 }
    }

    #[test]
    fn a_document_that_crashes_twice_and_alone_is_quarantined() {
        let first = [begun("a", false), ended("a"), begun("b", false), begun("c", false), died()];
        let history = History::of(first.clone().into_iter());
        assert!(history.quarantined.is_empty() && !history.about_documents);
        assert_eq!(history.suspects, ["b".to_owned(), "c".to_owned()].into());
        assert_eq!((history.ended.get("a"), history.deaths), (Some(&1), 1));
        let uses = Entry::Uses { document: "c".into(), file: "seal.svg".into(), sha256: "0".into() };
        let second = [begun("b", true), ended("b"), begun("c", true), uses, died()];
        let history = History::of(first.into_iter().chain(second));
        let used = vec![("seal.svg".to_owned(), "0".to_owned())];
        let expected = Quarantined { cause: Cause::Killed("signal 6".into()), used };
        assert_eq!(history.quarantined, [("c".to_owned(), expected)].into());
        assert_eq!((&history.suspects, history.deaths), (&["b".to_owned()].into(), 0));
        assert_eq!(history.ended, [("a".to_owned(), 1), ("b".to_owned(), 1)].into());
    }

    #[test]
    fn a_document_over_its_limit_is_quarantined_and_the_others_are_not_suspected() {
        let over = Entry::Over { document: "a".into(), cause: Cause::OverDeadline(5.0) };
        let history = History::of([begun("a", false), begun("b", false), over, died()].into_iter());
        assert!(history.quarantined.contains_key("a") && history.suspects.is_empty());
    }

    #[test]
    fn a_truncated_line_is_ignored() {
        let folder = tempfile::tempdir().unwrap();
        let journal = Journal::open(folder.path()).unwrap();
        journal.write(&begun("a\nb", false));
        journal.write(&Entry::Reported);
        (&journal.0).write_all(b"{\"ended\":{\"docu").unwrap();
        let history = History::read(folder.path());
        assert!(history.about_documents && history.ended.is_empty());
        assert_eq!((history.reported, history.aloft.keys().next().unwrap().as_str()), (1, "a\nb"));
    }
}
