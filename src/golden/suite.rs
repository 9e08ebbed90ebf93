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
use crate::diagnostic::{Diagnostic, Source};
use crate::typeset::Press;

/// PDF export recurses; this is enough for the deepest document that is read.
const STACK: usize = 64 << 20;

/// A folder of cases.
#[derive(Debug)]
pub struct Suite {
    settings: Settings,
    cases: Vec<Case>,
    orphans: Vec<PathBuf>,
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
    /// What is wrong with `golden.toml`, or which folder cannot be read.
    pub fn open(path: &Path) -> Result<Self, Diagnostic> {
        let unread = |path: &Path, error: &dyn std::fmt::Display| {
            Diagnostic::fault("golden-suite", format!("{} cannot be read: {error}", path.display()))
        };
        let real = path.canonicalize().map_err(|error| unread(path, &error))?;
        let folder = if real.is_dir() { real.as_path() } else { real.parent().unwrap_or(&real) };
        let around = folder.ancestors().find(|folder| folder.join(settings::FILE).is_file());
        let settings = match around {
            Some(root) => {
                let file = root.join(settings::FILE);
                let text = fs::read_to_string(&file).map_err(|error| unread(&file, &error))?;
                Settings::read(&Source::new(file.display().to_string(), text))?
            }
            None => Settings::default(),
        };
        let root = around.unwrap_or(folder).to_owned();
        let mut found = Found::default();
        if real.is_dir() {
            found.folder(&real).map_err(|(path, error)| unread(&path, &error))?;
        } else {
            found.documents.push(real.clone());
        }
        let cases: Vec<Case> = found
            .documents
            .into_iter()
            .map(|document| Case { name: name(&document, &root), references: beside(&document), document })
            .filter(|case| !settings.excludes(&case.name))
            .collect();
        let used: BTreeSet<&PathBuf> = cases.iter().map(|case| &case.references).collect();
        let orphans = found.references.into_iter().filter(|folder| !used.contains(folder)).collect();
        Ok(Self { settings, cases, orphans })
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
            .stack_size(STACK)
            .build()
            .map_err(|error| error.to_string())?;
        let one = |case: &Case| {
            let outcome = catch_unwind(AssertUnwindSafe(|| case::check(press, case, &self.settings, how)));
            outcome.unwrap_or_else(|_| Outcome::broken(case, "the program broke down over it".to_owned()))
        };
        let cases: Vec<Outcome> = pool.install(|| self.cases.par_iter().map(one).collect());
        let idle = cases.iter().map(|case| &case.idle).cloned().reduce(|all, idle| &all & &idle);
        Ok(Verdict { orphans: self.orphans(), idle_masks: idle.into_iter().flatten().collect(), cases })
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

/// Documents and folders of references.
#[derive(Default)]
struct Found {
    documents: Vec<PathBuf>,
    references: Vec<PathBuf>,
}

impl Found {
    fn folder(&mut self, folder: &Path) -> Result<(), (PathBuf, std::io::Error)> {
        let unread = |error| (folder.to_owned(), error);
        let mut paths = Vec::new();
        for entry in fs::read_dir(folder).map_err(unread)? {
            paths.push(entry.map_err(unread)?.path());
        }
        paths.sort();
        for path in paths {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if name.starts_with('.') {
                continue;
            } else if path.is_dir() && (name == "ref" || name.ends_with(".ref")) && references::are_in(&path) {
                self.references.push(path);
            } else if path.is_dir() {
                self.folder(&path)?;
            } else if is_document(&name) {
                self.documents.push(path);
            }
        }
        Ok(())
    }
}

fn is_document(name: &str) -> bool {
    const ENDINGS: [&str; 6] = [".yaml", ".yml", ".json", ".md", ".markdown", ".xml"];
    ENDINGS.iter().any(|ending| name.ends_with(ending)) && !name.eq_ignore_ascii_case("README.md")
}
