//! `masthead.toml`: what holds for the documents of a folder and of those below it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use masthead::check::explain;
use masthead::check::selection::Selection;
use serde::Deserialize;

use super::files::{self, STANDARD};

const NAME: &str = "masthead.toml";

/// The file, as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    check: Checks,
}

/// What it says about findings.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Checks {
    strict: bool,
    allow: Vec<String>,
    only: Vec<String>,
}

/// The options of the command line over the files of the folders.
pub struct Settings {
    given: Selection,
    read: Mutex<HashMap<PathBuf, Result<Selection, String>>>,
}

impl Settings {
    /// Settings with those options. What they allow is allowed besides what a file allows; what
    /// they name as the only findings takes the place of what a file names.
    pub fn new(given: Selection) -> Self {
        Self { given, read: Mutex::default() }
    }

    /// Whether the codes of the options are known.
    pub fn known(&self) -> Result<(), String> {
        known(&self.given, "")
    }

    /// What holds for a document: the nearest file in its folder or above.
    pub fn of(&self, document: &Path) -> Result<Selection, String> {
        let folder = match document.parent() {
            Some(folder) if folder != Path::new("") && document != Path::new(STANDARD) => folder,
            _ => Path::new("."),
        };
        let mut read = self.read.lock().map_err(|error| error.to_string())?;
        if let Some(known) = read.get(folder) {
            return known.clone();
        }
        let selection = self.look(folder);
        read.insert(folder.to_owned(), selection.clone());
        selection
    }

    fn look(&self, folder: &Path) -> Result<Selection, String> {
        let real = folder.canonicalize().map_err(|error| format!("{}: {error}", folder.display()))?;
        let Some(path) = real.ancestors().map(|folder| folder.join(NAME)).find(|path| path.is_file()) else {
            return Ok(self.given.clone());
        };
        let name = path.display();
        let text = files::whole(&path).map_err(|error| format!("{name} cannot be read: {error}"))?;
        let text = String::from_utf8(text).map_err(|_| format!("{name} is not UTF-8 text"))?;
        let file: File = toml::from_str(&text).map_err(|error| format!("{name}: {error}"))?;
        let Checks { strict, mut allow, only } = file.check;
        allow.extend(self.given.allow.iter().cloned());
        let only = if self.given.only.is_empty() { only } else { self.given.only.clone() };
        let selection = Selection { strict: strict || self.given.strict, allow, only };
        known(&selection, &format!("{name}: "))?;
        Ok(selection)
    }
}

fn known(selection: &Selection, place: &str) -> Result<(), String> {
    let Some(code) = selection.unknown().next() else { return Ok(()) };
    let near = explain::nearest(code).map_or_else(String::new, |near| format!("; did you mean “{near}”?"));
    Err(format!("{place}there is no finding with the code “{code}”{near}"))
}
