//! The results for a suite, its cases and their pages.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde::Serialize;

use super::align::Pair;
use super::checking::Case;
use super::difference::Difference;
use super::layout::Page;
use super::pixels::PixelDifference;
use super::references::{self, Files};

use crate::error::Error;

/// The state of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum State {
    /// It matches its references.
    Same,
    /// It differs.
    Different,
    /// It has no references yet.
    New,
    /// It is refused, although its references do not expect it.
    Refused,
    /// It could not be checked.
    Broken,
}

/// The state of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum PageState {
    /// It looks the same.
    Same,
    /// It looks different.
    Different,
    /// It is new.
    New,
    /// It was removed.
    Removed,
}

/// A page of a case that was compared.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct PageOutcome {
    /// Its number, from 1; for a removed page, its former number.
    pub page: usize,
    /// Its former number, if it differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<usize>,
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
    /// Its score, of 100, if two PDFs are compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
}

/// The result for a case, and the reasons.
#[derive(Debug, Clone, Serialize)]
pub struct Outcome {
    /// The name of the case.
    pub name: String,
    /// What became of it.
    pub state: State,
    /// Its differences, the most significant first.
    pub differences: Vec<Difference>,
    /// Its pages, if they were compared.
    pub pages: Vec<PageOutcome>,
    /// Why it was refused or could not be checked.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub message: String,
    /// Masks that cover nothing in it.
    #[serde(skip)]
    pub(super) idle: BTreeSet<String>,
    /// The references of the current state.
    #[serde(skip)]
    pub(super) files: Files,
    #[serde(skip)]
    pub(super) folder: PathBuf,
}

/// The result for a suite.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Verdict {
    /// Every case, by name.
    pub cases: Vec<Outcome>,
    /// References without a document, or files among references that belong to no page, by their names
    /// within the suite.
    pub orphans: Vec<PathBuf>,
    /// Masks of `golden.toml` that cover nothing in any case.
    pub idle_masks: Vec<String>,
    /// Patterns of sections of `golden.toml` that match no document.
    pub unmatched: Vec<String>,
}

impl Verdict {
    /// Returns whether everything matches the references.
    pub fn passed(&self) -> bool {
        self.orphans.is_empty() && self.cases.iter().all(|case| case.state == State::Same)
    }

    /// Returns the number of cases in a state.
    pub fn count(&self, state: State) -> usize {
        self.cases.iter().filter(|case| case.state == state).count()
    }
}

impl PageOutcome {
    /// Creates a page of which only the layouts are known.
    pub(super) fn of(pair: &Pair, was: Option<&Page>, is: Option<&Page>) -> Self {
        let state = match (was, is) {
            (None, _) => PageState::New,
            (_, None) => PageState::Removed,
            _ => PageState::Same,
        };
        let number = |index: Option<usize>| index.map(|index| index + 1);
        let page = number(pair.after.or(pair.before)).unwrap_or(1);
        Self {
            page,
            was: number(pair.before).filter(|was| *was != page),
            state,
            pixels: None,
            before: None,
            after: None,
            size: is.or(was).map_or((0.0, 0.0), |page| (page.width, page.height)),
            score: None,
        }
    }
}

impl Verdict {
    /// Creates the verdict on these cases alone.
    pub fn of_cases(cases: Vec<Outcome>) -> Self {
        Self { cases, orphans: Vec::new(), idle_masks: Vec::new(), unmatched: Vec::new() }
    }
}

impl State {
    /// Returns the state in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Different => "different",
            Self::New => "new",
            Self::Refused => "refused",
            Self::Broken => "not checked",
        }
    }
}

impl Outcome {
    /// Returns whether there is something that can be accepted.
    pub fn acceptable(&self) -> bool {
        matches!(self.state, State::Different | State::New | State::Broken) && !self.files.is_empty()
    }

    /// Makes the current state the reference.
    ///
    /// # Errors
    ///
    /// Returns which file cannot be written.
    pub fn accept(&self) -> Result<(), Error> {
        references::write(&self.folder, &self.files)
    }
}

impl Outcome {
    pub(super) fn broken(case: &Case, message: String) -> Self {
        Self { state: State::Broken, message, ..Self::of(case, State::Broken) }
    }

    /// Turns an outcome without references into that of damaged ones; the current state can take
    /// their place.
    pub(super) fn damaged(self, message: &str) -> Self {
        let anew = if self.files.is_empty() { "" } else { ", or accept the case again" };
        let message = format!("{message}\nrestore it from version control{anew}\n{}", self.message);
        Self { state: State::Broken, message, pages: Vec::new(), ..self }
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
