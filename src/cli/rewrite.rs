//! Changes to a source, shown and then written if confirmed.

use std::path::Path;

use masthead::diagnostic::Source;
use masthead::visible::visible;
use similar::TextDiff;

use super::Exit;
use super::files;
use super::report::Reporter;

/// A source and its changed text.
pub struct Rewrite<'r> {
    /// The file that is written.
    pub path: &'r Path,
    /// What it contains now.
    pub source: &'r Source,
    /// What it is to contain.
    pub text: &'r str,
    /// The changes in words, such as “2 adjustments”.
    pub what: &'r str,
}

/// How far a rewrite goes.
#[derive(Clone, Copy)]
pub struct Consent {
    /// Print the changed lines.
    pub show: bool,
    /// Write nothing.
    pub dry_run: bool,
    /// Write without asking.
    pub yes: bool,
    /// Ask the person at the terminal.
    pub ask: bool,
}

/// What is reported of a rewrite.
pub struct Wording {
    /// In a dry run.
    pub would: String,
    /// When it is written.
    pub done: String,
    /// When nothing is written.
    pub declined: &'static str,
}

impl Wording {
    /// Returns the wording for adjustments of the layout.
    pub fn of_adjustments(what: &str) -> Self {
        Self {
            would: format!("{what} would be written"),
            done: format!("{what} written"),
            declined: "nothing written; --yes writes without asking",
        }
    }
}

impl Rewrite<'_> {
    /// Shows the changes, and writes them if confirmed.
    pub fn offer(&self, consent: Consent, wording: &Wording, reporter: &Reporter) -> Exit {
        let Self { path, source, text, what } = self;
        let shown = if consent.show { reporter.lines(&self.difference()) } else { Exit::Well };
        let report = |outcome: &str| reporter.done(&format!("{}: {outcome}", source.name));
        let agreed = || consent.ask && reporter.agreed(&format!("Write {} ({what})?", source.name)) == Some(true);
        if consent.dry_run {
            report(&wording.would);
        } else if consent.yes || agreed() {
            match files::write(path, text.as_bytes()) {
                Ok(()) => report(&wording.done),
                Err(message) => return shown.max(reporter.error(&message)),
            }
        } else {
            report(wording.declined);
        }
        shown
    }

    /// Returns the changed lines as a unified diff.
    fn difference(&self) -> String {
        let lines = TextDiff::from_lines(self.source.text.as_str(), self.text);
        let name = visible(&self.source.name);
        lines.unified_diff().context_radius(1).header(&name, &name).to_string()
    }
}
