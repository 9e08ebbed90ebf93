//! `masthead.toml`: what holds for the documents of a folder and of those below it.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use masthead::check::explain;
use masthead::check::selection::Selection;
use masthead::diagnostic::Diagnostic;
use masthead::settings::{At, Settings as Reader};

use super::files::{self, STANDARD};

const NAME: &str = "masthead.toml";

/// The options of the command line over the files of the folders.
pub struct Settings {
    given: Selection,
    folders: HashMap<PathBuf, Selection>,
}

impl Settings {
    /// Settings with those options for those documents: for each, of the nearest file in its folder or
    /// above. What options allow is allowed besides what a file allows; what they name as the only
    /// findings takes the place of what a file names.
    ///
    /// # Errors
    ///
    /// All that is wrong with the files.
    pub fn new(given: Selection, documents: &[PathBuf]) -> Result<Self, Vec<Diagnostic>> {
        let mut folders = HashMap::new();
        let mut files: BTreeMap<PathBuf, Selection> = BTreeMap::new();
        let mut faults = Vec::new();
        for document in documents {
            let folder = folder(document);
            if folders.contains_key(folder) {
                continue;
            }
            // A document that is not there is told when it is read.
            let real = folder.canonicalize().unwrap_or_default();
            let path = real.ancestors().map(|folder| folder.join(NAME)).find(|path| path.is_file());
            let selection = path.map(|path| {
                let read = || {
                    read(&path, &given).unwrap_or_else(|more| {
                        faults.extend(more);
                        given.clone()
                    })
                };
                files.entry(path.clone()).or_insert_with(read).clone()
            });
            folders.insert(folder.to_owned(), selection.unwrap_or_else(|| given.clone()));
        }
        if faults.is_empty() { Ok(Self { given, folders }) } else { Err(faults) }
    }

    /// What holds for a document.
    pub fn of(&self, document: &Path) -> &Selection {
        self.folders.get(folder(document)).unwrap_or(&self.given)
    }
}

fn folder(document: &Path) -> &Path {
    match document.parent() {
        Some(folder) if folder != Path::new("") && document != Path::new(STANDARD) => folder,
        _ => Path::new("."),
    }
}

fn read(path: &Path, given: &Selection) -> Result<Selection, Vec<Diagnostic>> {
    let source = files::text(&files::shown(path)).map_err(|unread| vec![unread.into()])?;
    let told = ("masthead-settings", "it says [check] with strict = true, allow = [\"…\"] and only = [\"…\"]");
    let Selection { strict, mut allow, only } = Reader::read(&source, told, |reader, root| {
        let [check] = reader.table(root, ["check"]);
        let Some(check) = check else { return Selection::default() };
        let [strict, allow, only] = reader.table(&check, ["strict", "allow", "only"]);
        Selection {
            strict: strict.and_then(|at| reader.truth(&at)).unwrap_or_default(),
            allow: codes(reader, allow),
            only: codes(reader, only),
        }
    })?;
    allow.extend(given.allow.iter().cloned());
    let only = if given.only.is_empty() { only } else { given.only.clone() };
    Ok(Selection { strict: strict || given.strict, allow, only })
}

/// Codes of findings.
fn codes(reader: &mut Reader, at: Option<At>) -> Vec<String> {
    let texts = at.map(|at| reader.texts(&at)).unwrap_or_default();
    let known = |(code, at): (String, At)| {
        if explain::explain(&code).is_none() {
            reader.wrong(&at, unknown(&code), nearest(&code));
        }
        code
    };
    texts.into_iter().map(known).collect()
}

/// That there is no such code.
fn unknown(code: &str) -> String {
    format!("there is no finding with the code “{code}”")
}

fn nearest(code: &str) -> String {
    let near = explain::nearest(code).map(|near| format!("did you mean “{near}”?"));
    near.unwrap_or_else(|| "“masthead explain” lists all codes".to_owned())
}

/// The codes of options that there are not, in a sentence each.
pub fn unknown_codes(given: &Selection) -> Vec<String> {
    given.unknown().map(|code| format!("{}; {}", unknown(code), nearest(code))).collect()
}
