//! Messages to the person at the terminal.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::ColorChoice;
use masthead::batch::no_documents;
use masthead::diagnostic::{Diagnostic, Source};
use masthead::files::{Folders, Skipped, Unread};
use masthead::model::house::Folder;
use masthead::visible::{visible, visible_json, visible_lines};
use masthead::{Format, Press};

use super::Exit;
use super::clock::Clock;

/// Prints findings and errors to standard error.
#[derive(Debug, Clone)]
pub struct Reporter {
    colour: ColorChoice,
    quiet: bool,
    folders: Arc<Folders>,
    /// Whether standard output cannot be written.
    output_lost: Arc<AtomicBool>,
}

impl Reporter {
    /// Creates a reporter that colours as asked, and prints only errors if quiet.
    pub fn new(colour: ColorChoice, quiet: bool) -> Self {
        Self { colour, quiet, folders: Arc::default(), output_lost: Arc::default() }
    }

    /// Returns the settings of folders that were read.
    pub fn folders(&self) -> &Folders {
        &self.folders
    }

    /// Returns whether only errors are printed.
    pub fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Returns whether to colour output to a stream: by default if it is a terminal and `NO_COLOR`
    /// is not set.
    pub fn coloured(&self, stream: &impl IsTerminal) -> bool {
        match self.colour {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => {
                stream.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
            }
        }
    }

    /// Prints findings; the exit status is 1 if any is an error.
    pub fn findings(&self, findings: &[Diagnostic]) -> Exit {
        let colour = self.coloured(&io::stderr());
        let reported = findings.iter().filter(|finding| finding.is_error() || !self.quiet);
        for finding in reported {
            self.raw(&format!("{}\n", finding.render(colour)));
        }
        if findings.iter().any(Diagnostic::is_error) { Exit::Refused } else { Exit::Well }
    }

    /// Returns whether a person is there to see what is opened.
    #[cfg(feature = "serve")]
    pub fn is_at_terminal(&self) -> bool {
        io::stderr().is_terminal()
    }

    /// Returns the clock that the environment asks for.
    ///
    /// # Errors
    ///
    /// Reports an invalid setting and returns the exit status.
    pub fn clock(&self) -> Result<Clock, Exit> {
        Clock::of_environment().map_err(|error| {
            self.findings(&[error]);
            Exit::Usage
        })
    }

    /// Prints a usage or I/O error.
    pub fn error(&self, message: impl fmt::Display) -> Exit {
        self.line(&format!("masthead: {message}"));
        Exit::Usage
    }

    /// Reports that there are no documents, and which files are.
    pub fn no_documents(&self, message: &str) -> Exit {
        self.findings(&[no_documents(message)]);
        Exit::Usage
    }

    /// Reports that there is no document at all, with the finding about a pattern that matches none, if there is one.
    pub fn nothing_found(&self, unmatched: &[Diagnostic]) -> Exit {
        match unmatched {
            [] => self.no_documents("no documents found"),
            _ => {
                self.findings(unmatched);
                Exit::Usage
            }
        }
    }

    /// Prints an internal error.
    pub fn broken(&self, message: impl fmt::Display) -> Exit {
        self.line(&format!("masthead: internal error: {message}"));
        Exit::Broken
    }

    /// Prints a line about what was done, unless quiet.
    pub fn done(&self, message: &str) {
        if !self.quiet {
            self.line(message);
        }
    }

    /// Prints several lines about what was done, unless quiet.
    pub fn done_lines(&self, lines: &str) {
        if !self.quiet {
            self.problem_lines(lines);
        }
    }

    /// Returns whether something could not be written to standard output, which was reported.
    pub fn has_lost_output(&self) -> bool {
        self.output_lost.load(Ordering::Relaxed)
    }

    /// Writes bytes for other programs, or clean text, to standard output. A closed pipe is not an error; others are
    /// reported once, and nothing more is written.
    pub fn out(&self, bytes: &[u8]) -> Exit {
        if self.has_lost_output() {
            return Exit::Usage;
        }
        let mut out = io::stdout().lock();
        match out.write_all(bytes).and_then(|()| out.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                self.output_lost.store(true, Ordering::Relaxed);
                self.error(format!("cannot write to standard output: {error}"))
            }
            _ => Exit::Well,
        }
    }

    /// Writes JSON to standard output.
    pub fn json(&self, json: &str) -> Exit {
        self.out(visible_json(json).as_bytes())
    }

    /// Writes lines for people to standard output.
    pub fn lines(&self, lines: &str) -> Exit {
        self.out(visible_lines(lines).as_bytes())
    }

    /// Reads a source file and returns it with its syntax, or reports the error and returns the exit status.
    pub fn source(&self, path: &Path, from: Option<Format>) -> Result<(Arc<Source>, Format), Exit> {
        super::files::source(path, from, &self.folders).map_err(|unread| match unread {
            Unread::File(error) => self.error(error),
            unread => self.findings(&unread.findings()),
        })
    }

    /// Returns the settings of the folder of a file, or reports what is wrong with them.
    pub fn folder(&self, file: &Path) -> Result<Option<Arc<Folder>>, Exit> {
        self.folders.of(file).map_err(|unread| self.findings(&unread.findings()))
    }

    /// Says what a document that is written to another folder does not take with it: the files of its house.
    pub fn left_behind(&self, source: &Source, there: Option<&Folder>, what: &str) {
        let files = |folder: Option<&Folder>| {
            let words = folder.and_then(|folder| folder.house.as_ref()?.words.clone());
            (folder.and_then(|folder| folder.emblem.clone()), words)
        };
        let (here, there) = (files(source.folder.as_deref()), files(there));
        let left = [
            (here.0.is_some() && here.0 != there.0, "the emblem"),
            (here.1.is_some() && here.1 != there.1, "the words"),
        ];
        let left: Vec<&str> = left.into_iter().filter(|(is_left, _)| *is_left).map(|(_, file)| file).collect();
        if !left.is_empty() {
            let left = left.join(" and ");
            self.problem(&format!(
                "{what} is without {left} of its house; copy masthead.toml and its files to the folder of the document"
            ));
        }
    }

    /// Creates the press, or reports the error and returns the exit status.
    pub fn press(&self, fonts: &[std::path::PathBuf]) -> Result<Press, Exit> {
        let fonts = super::files::fonts(fonts).map_err(|error| self.error(error))?;
        Press::new(fonts).map_err(|error| {
            self.line(&format!("masthead: internal error in the built-in templates: {error}"));
            Exit::Broken
        })
    }

    /// Lists the files that are not documents, unless quiet.
    pub fn skipped(&self, skipped: &[Skipped]) {
        skipped.iter().for_each(|one| self.done(&one.to_string()));
    }

    /// Asks the person at the terminal for confirmation. Returns `None` if there is no terminal.
    pub fn agreed(&self, question: &str) -> Option<bool> {
        if !io::stdin().is_terminal() {
            return None;
        }
        let mut answer = String::new();
        let asked =
            write!(io::stderr(), "{} [y/N] ", visible(question)).is_ok() && io::stdin().read_line(&mut answer).is_ok();
        Some(asked && matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
    }

    /// Prints a problem, even if quiet.
    pub fn problem(&self, message: &str) {
        self.line(message);
    }

    /// Prints several lines about a problem, even if quiet.
    pub fn problem_lines(&self, lines: &str) {
        self.raw(&visible_lines(lines));
    }

    /// Prints a message on one line, whatever names it contains.
    fn line(&self, message: &str) {
        self.raw(&visible(message));
    }

    fn raw(&self, text: &str) {
        // If standard error is closed, there is nowhere to report it.
        let _ = writeln!(io::stderr().lock(), "{text}");
    }
}

/// What the library says of numbers that are none, and what people understand.
const NUMBERS: [(&str, &str); 4] = [
    ("': invalid digit found in string", "': give a whole number"),
    ("': cannot parse integer from empty string", "': give a whole number"),
    ("': number too large to fit in target type", "': the number is too large"),
    ("': invalid float literal", "': give a number"),
];

/// Prints what is wrong with the arguments, or the requested help. File names are arguments too: if one contains
/// control characters, they are made visible and the text is printed without colours.
pub fn usage(error: &clap::Error) -> Exit {
    let rendered = error.render().to_string();
    let reported = NUMBERS.iter().fold(rendered.clone(), |text, (library, ours)| text.replace(library, ours));
    match visible_lines(&reported) {
        Cow::Borrowed(reported) if reported == rendered => drop(error.print()),
        reported => drop(write!(io::stderr().lock(), "{reported}")),
    }
    if error.use_stderr() { Exit::Usage } else { Exit::Well }
}
