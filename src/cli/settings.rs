//! `masthead.toml`: what holds for the documents of a folder and of those below it.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use masthead::MissingGlyphs;
use masthead::check::explain;
use masthead::check::selection::Selection;
use masthead::diagnostic::Diagnostic;
use masthead::files::folder_of;
use masthead::settings::{At, Settings as Reader};

use super::Exit;
use super::files;
use super::report::Reporter;

const NAME: &str = "masthead.toml";

/// The options of the command line over the files of the folders.
pub struct Settings {
    given: Held,
    folders: HashMap<PathBuf, Held>,
}

/// What holds for the documents of a folder.
#[derive(Clone, Default)]
struct Held {
    selection: Selection,
    missing_glyphs: Option<MissingGlyphs>,
}

impl Settings {
    /// Settings with those options for those documents: for each, of the nearest file in its folder or
    /// above. What options allow is allowed besides what a file allows; what they name as the only
    /// findings takes the place of what a file names.
    ///
    /// # Errors
    ///
    /// All that is wrong with the files.
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
            // A document that is not there is told when it is read.
            let real = folder.canonicalize().unwrap_or_default();
            let path = real.ancestors().map(|folder| folder.join(NAME)).find(|path| path.is_file());
            let held = path.map(|path| {
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

    /// The settings of the folders of documents; all that is wrong with the files is told.
    pub fn of_files(documents: &[PathBuf], reporter: &Reporter) -> Result<Self, Exit> {
        Self::new(Selection::default(), documents).map_err(|errors| {
            reporter.findings(&errors);
            Exit::Usage
        })
    }

    /// What holds for a document.
    pub fn of(&self, document: &Path) -> &Selection {
        &self.held(document).selection
    }

    /// What becomes of characters of a document that no font has, if a file says it.
    pub fn missing_glyphs(&self, document: &Path) -> Option<MissingGlyphs> {
        self.held(document).missing_glyphs
    }

    fn held(&self, document: &Path) -> &Held {
        self.folders.get(folder_of(document)).unwrap_or(&self.given)
    }
}

fn read(path: &Path, given: &Selection) -> Result<Held, Vec<Diagnostic>> {
    let source = files::text(&files::shown(path)).map_err(|unread| vec![unread.into()])?;
    let reported = (
        "masthead-settings",
        "it says [check] with strict = true, allow = [\"…\"] and only = [\"…\"], and [render] with missing_glyphs = \"…\"",
    );
    let Held { selection, missing_glyphs } = Reader::read(&source, reported, |reader, root| {
        let [check, render] = reader.table(root, ["check", "render"]);
        let selection = check.map_or_else(Selection::default, |check| {
            let [strict, allow, only] = reader.table(&check, ["strict", "allow", "only"]);
            Selection {
                strict: strict.and_then(|at| reader.truth(&at)).unwrap_or_default(),
                allow: codes(reader, allow),
                only: codes(reader, only),
            }
        });
        let missing_glyphs = render.and_then(|render| {
            let [missing_glyphs] = reader.table(&render, ["missing_glyphs"]);
            missing_glyphs.and_then(|at| choice(reader, &at))
        });
        Held { selection, missing_glyphs }
    })?;
    let Selection { strict, mut allow, only } = selection;
    allow.extend(given.allow.iter().cloned());
    let only = if given.only.is_empty() { only } else { given.only.clone() };
    Ok(Held { selection: Selection { strict: strict || given.strict, allow, only }, missing_glyphs })
}

/// What becomes of characters that no font has.
fn choice(reader: &mut Reader, at: &At) -> Option<MissingGlyphs> {
    let said = reader.text(at)?;
    let found = MissingGlyphs::ALL.into_iter().find(|known| known.name() == said);
    if found.is_none() {
        let names = MissingGlyphs::ALL.map(MissingGlyphs::name).join(", ");
        reader.wrong(at, format!("there is no way “{said}” to treat missing glyphs"), format!("it is one of {names}"));
    }
    found
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
