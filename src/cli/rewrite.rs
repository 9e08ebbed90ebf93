//! Changes to a source, shown and then written if confirmed.

use std::path::Path;

use masthead::diagnostic::Source;
use masthead::visible::visible;
use similar::TextDiff;

use super::Exit;
use super::files;
use super::outputs;
use super::report::Reporter;

/// A source and its changed text.
pub struct Rewrite<'r> {
    /// The file that is written.
    pub path: &'r Path,
    /// The folder that is created for it, if it does not exist.
    pub folder: Option<&'r Path>,
    /// Its current text.
    pub source: &'r Source,
    /// Its new text.
    pub text: &'r str,
    /// The changes in words, such as “2 adjustments”.
    pub what: &'r str,
}

/// Whether to show, ask and write.
#[derive(Clone, Copy)]
pub struct Consent {
    /// Print the changed lines.
    pub show: bool,
    /// Write nothing.
    pub dry_run: bool,
    /// Write without asking.
    pub yes: bool,
    /// Ask at the terminal before writing; without a terminal, that is an error.
    pub ask: bool,
}

/// The messages that report the outcome of a rewrite.
pub struct Wording {
    /// After a dry run.
    pub would: String,
    /// After writing.
    pub done: String,
}

impl Wording {
    /// Returns the wording for adjustments of the layout.
    pub fn of_adjustments(what: &str) -> Self {
        Self { would: format!("{what} would be written"), done: format!("{what} written") }
    }
}

impl Rewrite<'_> {
    /// Shows the changes, and writes them if confirmed.
    pub fn offer(&self, consent: Consent, wording: &Wording, reporter: &Reporter) -> Exit {
        let Self { path, folder, source, text, what } = self;
        let shown = if consent.show { reporter.lines(&self.difference()) } else { Exit::Well };
        let report = |outcome: &str| reporter.done(&format!("{}: {outcome}", source.name));
        if consent.dry_run {
            report(&wording.would);
            return shown;
        }
        let agreed = match consent {
            Consent { yes: true, .. } => Some(true),
            Consent { ask: false, .. } => Some(false),
            _ => reporter.agreed(&format!("Write {} ({what})?", source.name)),
        };
        match agreed {
            Some(true) => {
                let made = folder.map_or(Ok(()), outputs::make);
                match made.and_then(|()| files::write(path, text.as_bytes())) {
                    Ok(()) => report(&wording.done),
                    Err(error) => return shown.max(reporter.error(error)),
                }
            }
            Some(false) => report("nothing was written"),
            None => {
                let why = "nothing was written: no terminal to confirm on; use --yes to write, --dry-run to look only";
                return shown.max(reporter.error(format!("{}: {why}", source.name)));
            }
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
