//! A suite of cases: found, checked, accepted.

use std::collections::BTreeSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::case;
use super::references;
use super::settings::{self, Settings};
use super::verdict::{Outcome, Verdict};
use crate::diagnostic::Diagnostic;
use crate::files::{self, Found, Skipped};
use crate::typeset::{MissingGlyphs, Press};

/// A folder of cases.
#[derive(Debug)]
pub struct Suite {
    settings: Settings,
    cases: Vec<Case>,
    orphans: Vec<PathBuf>,
    root: PathBuf,
    /// Files that end as documents do and are none.
    pub skipped: Vec<Skipped>,
    /// Entries of its folders that cannot be looked at.
    pub findings: Vec<Diagnostic>,
}

/// A document with its references beside it.
#[derive(Debug, Clone)]
pub struct Case {
    /// Its path within the suite, as `golden.toml` matches it.
    pub name: String,
    /// The document.
    pub document: PathBuf,
    /// The folder of its references, whether it is there or not: `ref` beside a `document.yaml`,
    /// `draft.yaml.ref` beside a `draft.yaml`.
    pub references: PathBuf,
}

/// Gives the picture of that name in the document of that path, or says why not.
pub type Pictures<'c> = &'c (dyn Fn(&Path, &str) -> Result<Vec<u8>, String> + Sync);

/// How a suite is checked.
pub struct Checking<'c> {
    /// Gives a picture that a document names, or says why not.
    pub picture: Pictures<'c>,
    /// What becomes of characters of a document that no font has.
    pub missing_glyphs: &'c (dyn Fn(&Path) -> MissingGlyphs + Sync),
    /// Whether documents whose PDF is the same are compared all the same.
    pub full: bool,
    /// How many cases at once; 0 is as many as there are processors.
    pub jobs: usize,
}

impl Suite {
    /// Finds the cases of a folder, or the one of a document. `golden.toml` is that of the folder
    /// or of the nearest one around it.
    ///
    /// # Errors
    ///
    /// All that is wrong with `golden.toml`, or why the folder cannot be read.
    pub fn open(path: &Path) -> Result<Self, Vec<Diagnostic>> {
        let real = path.canonicalize().map_err(|error| {
            vec![Diagnostic::fault("golden-suite", format!("{} cannot be read: {error}", path.display()))]
        })?;
        let folder = if real.is_dir() { real.as_path() } else { real.parent().unwrap_or(&real) };
        let around = folder.ancestors().find(|folder| folder.join(settings::FILE).is_file());
        let settings = match around {
            Some(root) => {
                let text = files::text(&files::shown(&root.join(settings::FILE)));
                Settings::read(&text.map_err(|unread| vec![unread.into()])?)?
            }
            None => Settings::default(),
        };
        let root = around.unwrap_or(folder).to_owned();
        let mut found = if real.is_dir() { files::documents(&real, |_| false) } else { Found::default() };
        if !real.is_dir() {
            found.documents.push(real);
        }
        let cases: Vec<Case> = found
            .documents
            .into_iter()
            .map(|document| Case { name: name(&document, &root), references: beside(&document), document })
            .filter(|case| !settings.excludes(&case.name))
            .collect();
        let used: BTreeSet<&PathBuf> = cases.iter().map(|case| &case.references).collect();
        let orphans = found.references.into_iter().filter(|folder| !used.contains(folder)).collect();
        let mut skipped = found.skipped;
        skipped.retain(|skipped| !settings.excludes(&name(&skipped.path, &root)));
        skipped.iter_mut().for_each(|skipped| skipped.path = files::shown(&skipped.path));
        Ok(Self { settings, cases, orphans, root, skipped, findings: found.findings })
    }

    /// The cases, by name.
    pub fn cases(&self) -> &[Case] {
        &self.cases
    }

    /// The suite with those of its cases that are asked for.
    pub fn only(mut self, wanted: impl Fn(&Case) -> bool) -> Self {
        self.cases.retain(wanted);
        self.orphans.clear();
        self
    }

    /// Holds every case against its references, several at once.
    ///
    /// # Errors
    ///
    /// A sentence, if no threads can be had.
    pub fn check(&self, press: &Press, how: &Checking) -> Result<Verdict, String> {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(how.jobs)
            .stack_size(crate::stack::ENOUGH)
            .build()
            .map_err(|error| error.to_string())?;
        let one = |case: &Case| {
            let outcome = catch_unwind(AssertUnwindSafe(|| case::check(press, case, &self.settings, how)));
            outcome.unwrap_or_else(|_| Outcome::broken(case, "the program broke down over it".to_owned()))
        };
        let cases: Vec<Outcome> = pool.install(|| self.cases.par_iter().map(one).collect());
        let idle = cases.iter().map(|case| &case.idle).cloned().reduce(|all, idle| &all & &idle);
        let orphans = self.orphans().iter().map(|path| self.name_of(path).into()).collect();
        Ok(Verdict { orphans, idle_masks: idle.into_iter().flatten().collect(), cases })
    }

    /// The name of a file within the suite, as cases have theirs.
    pub fn name_of(&self, path: &Path) -> String {
        name(path, &self.root)
    }

    /// References without a document, and files among references that belong to none.
    pub fn orphans(&self) -> Vec<PathBuf> {
        let mut list = self.orphans.clone();
        for case in &self.cases {
            let Ok(entries) = fs::read_dir(&case.references) else { continue };
            let refused = case.references.join(references::FINDINGS).exists();
            let pages = fs::read_to_string(case.references.join(references::LAYOUT))
                .map_or(usize::MAX, |layout| layout.lines().filter(|line| line.starts_with("page ")).count());
            let stray = entries
                .flatten()
                .filter(|entry| references::is_stray(&entry.file_name().to_string_lossy(), pages, refused));
            list.extend(stray.map(|entry| entry.path()));
        }
        list.sort();
        list
    }
}

fn name(document: &Path, root: &Path) -> String {
    let within = document.strip_prefix(root).unwrap_or(document);
    within.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

fn beside(document: &Path) -> PathBuf {
    if document.file_stem().is_some_and(|stem| stem == "document") {
        document.with_file_name("ref")
    } else {
        let name = document.file_name().unwrap_or_default().to_string_lossy();
        document.with_file_name(format!("{name}.ref"))
    }
}
