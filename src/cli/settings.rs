//! `masthead.toml`: the settings for the documents of a folder and its subfolders.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use masthead::MissingGlyphs;
use masthead::check::explain;
use masthead::check::selection::Selection;
use masthead::diagnostic::Diagnostic;
use masthead::files::{REPORTED, TABLES, Unread, folder_of, house_and_defaults, settings_file};
use masthead::settings::{At, Settings as Reader};

use super::Exit;
use super::files;
use super::report::Reporter;

/// The settings of all folders, combined with the options of the command line.
pub struct Settings {
    given: Held,
    folders: HashMap<PathBuf, Held>,
}

/// The settings for the documents of a folder.
#[derive(Clone, Default)]
struct Held {
    selection: Selection,
    missing_glyphs: Option<MissingGlyphs>,
}

impl Settings {
    /// Reads the settings for documents: for each, the nearest file in its folder or a parent, combined with the
    /// options. Findings that the options allow are added to those that a file allows; `only` in the options
    /// replaces `only` in a file.
    ///
    /// # Errors
    ///
    /// Returns everything that is wrong with the files.
    pub fn new(selection: Selection, documents: &[PathBuf]) -> Result<Self, Vec<Diagnostic>> {
        let given = Held { selection, missing_glyphs: None };
        let mut folders = HashMap::new();
        let mut files: BTreeMap<PathBuf, Held> = BTreeMap::new();
        let mut errors = Vec::new();
        for document in documents {
            let folder = folder_of(document);
            if folders.contains_key(folder) {
                continue;
            }
            let held = settings_file(folder).map(|path| {
                let read = || {
                    read(&path, &given.selection).unwrap_or_else(|more| {
                        errors.extend(more);
                        given.clone()
                    })
                };
                files.entry(path.clone()).or_insert_with(read).clone()
            });
            folders.insert(folder.to_owned(), held.unwrap_or_else(|| given.clone()));
        }
        if errors.is_empty() { Ok(Self { given, folders }) } else { Err(errors) }
    }

    /// Reads the settings of the folders of documents, and reports everything that is wrong with the files.
    pub fn of_files(documents: &[PathBuf], reporter: &Reporter) -> Result<Self, Exit> {
        Self::new(Selection::default(), documents).map_err(|errors| {
            reporter.findings(&errors);
            Exit::Usage
        })
    }

    /// Returns the selection of findings for a document.
    pub fn of(&self, document: &Path) -> &Selection {
        &self.held(document).selection
    }

    /// Returns how to handle characters of a document that no font covers, if a settings file sets it.
    pub fn missing_glyphs(&self, document: &Path) -> Option<MissingGlyphs> {
        self.held(document).missing_glyphs
    }

    fn held(&self, document: &Path) -> &Held {
        self.folders.get(folder_of(document)).unwrap_or(&self.given)
    }
}

fn read(path: &Path, given: &Selection) -> Result<Held, Vec<Diagnostic>> {
    let source = files::text(&files::shown(path)).map_err(Unread::findings)?;
    let Held { mut selection, missing_glyphs } = Reader::read(&source, REPORTED, |reader, root| {
        let [check, render, house, defaults] = reader.table(root, TABLES);
        // They complete each document when it is read; here all their errors are reported once.
        house_and_defaults(reader, house, defaults, path);
        let selection = check.map_or_else(Selection::default, |check| {
            let [strict, allow, only] = reader.table(&check, ["strict", "allow", "only"]);
            let strict = strict.and_then(|at| reader.truth(&at)).unwrap_or_default();
            Selection::new(strict, codes(reader, allow), codes(reader, only))
        });
        let missing_glyphs = render.and_then(|render| {
            let [missing_glyphs] = reader.table(&render, ["missing_glyphs"]);
            missing_glyphs.and_then(|at| reader.choice(&at, MissingGlyphs::ALL.map(|known| (known.name(), known))))
        });
        Held { selection, missing_glyphs }
    })?;
    selection.strict |= given.strict;
    selection.allow.extend(given.allow.iter().cloned());
    if !given.only.is_empty() {
        selection.only.clone_from(&given.only);
    }
    Ok(Held { selection, missing_glyphs })
}

/// Reads codes of findings.
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

/// Returns the message for an unknown code.
fn unknown(code: &str) -> String {
    format!("unknown finding code “{code}”")
}

fn nearest(code: &str) -> String {
    let near = explain::nearest(code).map(|near| format!("did you mean “{near}”?"));
    near.unwrap_or_else(|| "run “masthead explain” to list all codes".to_owned())
}

/// Returns a message for each unknown code in the options.
pub fn unknown_codes(given: &Selection) -> Vec<String> {
    given.unknown().map(|code| format!("{}; {}", unknown(code), nearest(code))).collect()
}
