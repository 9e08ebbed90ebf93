//! A suite of cases: found, checked, accepted.

use std::collections::BTreeSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use super::case;
use super::checking::{Case, Checking, beside, name};
use super::layout::Layout;
use super::references;
use super::settings::{self, Settings};
use super::verdict::{Outcome, Verdict};
use crate::diagnostic::Diagnostic;
use crate::error::{Error, ErrorKind};
use crate::files::{self, Found, Skipped, Unread};
use crate::limits::Allowance;
use crate::read::Format;
use crate::typeset::Press;

/// A folder of cases.
#[derive(Debug)]
pub struct Suite {
    settings: Settings,
    cases: Vec<Case>,
    orphans: Vec<PathBuf>,
    /// References of documents that are not cases.
    others: Vec<PathBuf>,
    root: PathBuf,
    /// Patterns of `golden.toml` that match no document.
    unmatched: Vec<String>,
    /// Files with the extension of a document that are not documents.
    pub skipped: Vec<Skipped>,
    /// Entries of its folders that cannot be read.
    pub findings: Vec<Diagnostic>,
}

impl Suite {
    /// Finds the cases of a folder, or the one of a document. `golden.toml` is that of the folder
    /// or of its nearest parent.
    ///
    /// # Errors
    ///
    /// Returns all errors in `golden.toml`, or why the folder cannot be read.
    pub fn open(path: &Path) -> Result<Self, Vec<Diagnostic>> {
        Self::with(path, |file| {
            let text = files::text(&files::shown(file));
            Settings::read(&text.map_err(Unread::findings)?)
        })
    }

    /// Returns the files that a check of the suite may read if its settings have errors, so that nobody knows what
    /// they exclude: see [`Self::reads`].
    pub fn may_read(path: &Path) -> Vec<PathBuf> {
        Self::with(path, |_| Ok(Settings::default())).map(|suite| suite.reads()).unwrap_or_default()
    }

    /// Finds the cases, with the settings that are read from the nearest `golden.toml`, if there is one.
    fn with(
        path: &Path,
        read: impl FnOnce(&Path) -> Result<Settings, Vec<Diagnostic>>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let real = path.canonicalize().map_err(|error| {
            vec![Diagnostic::error("golden-suite", format!("{} cannot be read: {error}", path.display()))]
        })?;
        let folder = if real.is_dir() { real.as_path() } else { real.parent().unwrap_or(&real) };
        let around = folder.ancestors().find(|folder| folder.join(settings::FILE).is_file());
        let settings = around.map(|root| read(&root.join(settings::FILE))).transpose()?.unwrap_or_default();
        let root = around.unwrap_or(folder).to_owned();
        let is_whole = root == real;
        let mut found = if real.is_dir() { files::documents(&real, |_| false) } else { Found::default() };
        if !real.is_dir() {
            found.documents.push(real);
        }
        let cases: Vec<Case> = found
            .documents
            .into_iter()
            .map(|document| Case::new(document, &root))
            .filter(|case| !settings.excludes(&case.name))
            .collect();
        let names: Vec<&str> = cases.iter().map(|case| case.name.as_str()).collect();
        // A part of a suite says nothing about the others.
        let unmatched = settings.unmatched(&names).filter(|_| is_whole).map(str::to_owned).collect();
        let used: BTreeSet<&PathBuf> = cases.iter().map(|case| &case.references).collect();
        let unused = found.references.into_iter().filter(|folder| !used.contains(folder));
        let mut skipped = found.skipped;
        skipped.retain(|skipped| !settings.excludes(&name(&skipped.path, &root)));
        let (others, orphans) = unused.partition(|references| have_document(references, &skipped));
        skipped.iter_mut().for_each(|skipped| skipped.path = files::shown(&skipped.path));
        Ok(Self { settings, cases, orphans, others, root, unmatched, skipped, findings: found.findings })
    }

    /// Returns the cases, by name.
    pub fn cases(&self) -> &[Case] {
        &self.cases
    }

    /// Returns the files that a check may read: settings, documents, references.
    pub fn reads(&self) -> Vec<PathBuf> {
        let within = |folder: &PathBuf| fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
        let references = self.cases.iter().map(|case| &case.references).chain(&self.orphans).chain(&self.others);
        let mut files: Vec<PathBuf> = references.flat_map(within).map(|entry| entry.path()).collect();
        files.extend(self.cases.iter().map(|case| case.document.clone()));
        files.push(self.root.join(settings::FILE));
        files
    }

    /// Returns the suite with only the requested cases.
    pub fn only(mut self, wanted: impl Fn(&Case) -> bool) -> Self {
        self.cases.retain(wanted);
        self.orphans.clear();
        self.unmatched.clear();
        self
    }

    /// Compares every case with its references, several at once.
    ///
    /// # Errors
    ///
    /// Returns a sentence if no threads can be started.
    pub fn check(&self, press: &Press, how: &Checking) -> Result<Verdict, Error> {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(how.jobs)
            .stack_size(crate::stack::STACK_SIZE)
            .build()
            .map_err(|error| Error::new(ErrorKind::Process, error.to_string()))?;
        let one = |case: &Case| {
            let _flight = match how.watch.begin(&case.name, Allowance::of_file(&case.document)) {
                Ok(flight) => flight,
                Err(quarantined) => return case::left_out(case, &quarantined.cause, &self.settings),
            };
            let outcome = catch_unwind(AssertUnwindSafe(|| case::check(press, case, &self.settings, how)));
            outcome.unwrap_or_else(|_| Outcome::broken(case, "internal error".to_owned()))
        };
        let cases: Vec<Outcome> = pool.install(|| how.watch.through(&self.cases, |case| case.name.clone(), one));
        let orphans = self.orphans().iter().map(|path| self.name_of(path).into()).collect();
        Ok(Verdict { orphans, idle_masks: self.idle_masks(&cases), unmatched: self.unmatched.clone(), cases })
    }

    /// Returns the masks that cover nothing in any of these cases: other cases than those that they are for do not count.
    fn idle_masks(&self, cases: &[Outcome]) -> Vec<String> {
        let idle: BTreeSet<String> = cases.iter().flat_map(|case| case.idle.iter().cloned()).collect();
        if idle.is_empty() {
            return Vec::new();
        }
        let needed = cases.iter().flat_map(|case| self.settings.rules(&case.name).needed(&case.idle));
        let needed: BTreeSet<String> = needed.collect();
        idle.difference(&needed).cloned().collect()
    }

    /// Returns the name of a file within the suite, in the form of case names.
    pub fn name_of(&self, path: &Path) -> String {
        name(path, &self.root)
    }

    /// Returns references without a document, and files among references that belong to no page.
    pub fn orphans(&self) -> Vec<PathBuf> {
        let mut list = self.orphans.clone();
        for case in &self.cases {
            let Ok(entries) = fs::read_dir(&case.references) else { continue };
            let refused = case.references.join(references::FINDINGS).exists();
            // Nobody knows which images are of no page if the layout is missing or damaged.
            let pages = Layout::pages_in(&case.references.join(references::LAYOUT)).unwrap_or(usize::MAX);
            let stray = entries
                .flatten()
                .filter(|entry| references::is_stray(&entry.file_name().to_string_lossy(), pages, refused));
            list.extend(stray.map(|entry| entry.path()));
        }
        list.sort();
        list
    }
}

/// Returns whether a folder of references has its document, be it excluded, hidden or not readable. A file that was
/// skipped is none.
fn have_document(references: &Path, skipped: &[Skipped]) -> bool {
    let entries = references.parent().and_then(|folder| fs::read_dir(folder).ok());
    let mut files = entries.into_iter().flatten().flatten().map(|entry| entry.path());
    files.any(|file| {
        Format::of_ending(&file.to_string_lossy()).is_some()
            && beside(&file) == references
            && !file.is_dir()
            && !skipped.iter().any(|skipped| skipped.path == file)
    })
}
