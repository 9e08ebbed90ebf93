//! A suite of cases: found, checked, accepted.

use std::collections::BTreeSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::Serialize;

use super::case;
use super::difference::Difference;
use super::pixels::PixelDifference;
use super::references::{self, Files};
use super::score::Compared;
use super::settings::{self, Settings};
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

/// What became of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It is as its references say.
    Same,
    /// It differs.
    Different,
    /// It has no references yet.
    New,
    /// It is refused, and its references do not say so.
    Refused,
    /// It could not be checked.
    Broken,
}

/// What became of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PageState {
    /// It looks the same.
    Same,
    /// It looks different.
    Different,
    /// It was not there.
    New,
    /// It is there no longer.
    Removed,
}

/// A page of a case that was compared.
#[derive(Debug, Clone, Serialize)]
pub struct PageOutcome {
    /// Its number, from 1.
    pub page: usize,
    /// What became of it.
    pub state: PageState,
    /// Which pixels differ.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pixels: Option<PixelDifference>,
    /// Its image before, a PNG file.
    #[serde(skip)]
    pub before: Option<Vec<u8>>,
    /// Its image now.
    #[serde(skip)]
    pub after: Option<Vec<u8>>,
    /// Its width and height in points.
    pub size: (f64, f64),
    /// How alike it is, of 100, where two PDFs are compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
}

/// What became of a case, and why.
#[derive(Debug, Clone, Serialize)]
pub struct Outcome {
    /// The case's name.
    pub name: String,
    /// What became of it.
    pub state: State,
    /// How it differs, the most meaningful first.
    pub differences: Vec<Difference>,
    /// Its pages, if they were compared.
    pub pages: Vec<PageOutcome>,
    /// Why it was refused or could not be checked.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub message: String,
    /// Masks that cover nothing in it.
    #[serde(skip)]
    pub(super) idle: BTreeSet<String>,
    /// The references as they would be now.
    #[serde(skip)]
    pub(super) files: Files,
    #[serde(skip)]
    pub(super) folder: PathBuf,
}

/// What became of a suite.
#[derive(Debug, Clone, Serialize)]
pub struct Verdict {
    /// Every case, by name.
    pub cases: Vec<Outcome>,
    /// References without a document, or files among references that belong to none.
    pub orphans: Vec<PathBuf>,
    /// Masks of `golden.toml` that cover nothing in any case.
    pub idle_masks: Vec<String>,
}

impl Verdict {
    /// Two PDFs that were compared, as the one case of a verdict, for reports.
    pub fn of_pdfs(name: &str, compared: &Compared) -> Self {
        let case = Case { name: name.to_owned(), document: PathBuf::new(), references: PathBuf::new() };
        let state = if compared.differences.is_empty() { State::Same } else { State::Different };
        let (differences, pages) = (compared.differences.clone(), compared.pages.clone());
        let outcome = Outcome { differences, pages, ..Outcome::of(&case, state) };
        Self { cases: vec![outcome], orphans: Vec::new(), idle_masks: Vec::new() }
    }

    /// Whether everything is as the references say.
    pub fn well(&self) -> bool {
        self.orphans.is_empty() && self.cases.iter().all(|case| case.state == State::Same)
    }

    /// How many cases are in a state.
    pub fn count(&self, state: State) -> usize {
        self.cases.iter().filter(|case| case.state == state).count()
    }
}

impl Outcome {
    /// Whether there is something that can be accepted.
    pub fn acceptable(&self) -> bool {
        matches!(self.state, State::Different | State::New) && !self.files.is_empty()
    }

    /// Makes what there is now the reference.
    ///
    /// # Errors
    ///
    /// Which file cannot be written.
    pub fn accept(&self) -> Result<(), String> {
        references::write(&self.folder, &self.files)
    }
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
                .map_or(0, |layout| layout.lines().filter(|line| line.starts_with("page ")).count());
            let stray = entries
                .flatten()
                .filter(|entry| references::is_stray(&entry.file_name().to_string_lossy(), pages, refused));
            list.extend(stray.map(|entry| entry.path()));
        }
        list.sort();
        list
    }
}

impl Outcome {
    pub(super) fn broken(case: &Case, message: String) -> Self {
        Self { state: State::Broken, message, ..Self::of(case, State::Broken) }
    }

    pub(super) fn of(case: &Case, state: State) -> Self {
        Self {
            name: case.name.clone(),
            state,
            differences: Vec::new(),
            pages: Vec::new(),
            message: String::new(),
            idle: BTreeSet::new(),
            files: Files::new(),
            folder: case.references.clone(),
        }
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
            } else if path.is_dir() && (name == "ref" || name.ends_with(".ref")) {
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
