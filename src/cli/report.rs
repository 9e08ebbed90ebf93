//! What is told to the person at the terminal.

use std::borrow::Cow;
use std::io::{self, IsTerminal, Write};

use clap::ColorChoice;
use masthead::Press;
use masthead::diagnostic::Diagnostic;
use masthead::files::Skipped;
use masthead::visible::{visible, visible_json, visible_lines};

use super::Exit;
use super::clock::Clock;

/// Tells findings and errors on standard error.
#[derive(Debug, Clone, Copy)]
pub struct Reporter {
    colour: ColorChoice,
    quiet: bool,
}

impl Reporter {
    /// A reporter that colours as asked, and says nothing but errors if quiet.
    pub fn new(colour: ColorChoice, quiet: bool) -> Self {
        Self { colour, quiet }
    }

    /// Whether nothing but errors is said.
    pub fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Whether to colour what goes to a stream: by default if it is a terminal and the
    /// environment does not say NO_COLOR.
    pub fn coloured(&self, stream: &impl IsTerminal) -> bool {
        match self.colour {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => {
                stream.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
            }
        }
    }

    /// Tells findings; the exit is that of a refused document if there is an error.
    pub fn findings(&self, findings: &[Diagnostic]) -> Exit {
        let colour = self.coloured(&io::stderr());
        let reported = findings.iter().filter(|finding| finding.is_error() || !self.quiet);
        for finding in reported {
            self.raw(&format!("{}\n", finding.render(colour)));
        }
        if findings.iter().any(Diagnostic::is_error) { Exit::Refused } else { Exit::Well }
    }

    /// The clock that the environment asks for; tells what is wrong with that.
    ///
    /// # Errors
    ///
    /// How the program ends.
    pub fn clock(&self) -> Result<Clock, Exit> {
        Clock::of_environment().map_err(|error| {
            self.findings(&[error]);
            Exit::Usage
        })
    }

    /// Tells an error of use or of a file.
    pub fn error(&self, message: &str) -> Exit {
        self.line(&format!("masthead: {message}"));
        Exit::Usage
    }

    /// Tells an error of the program itself.
    pub fn broken(&self, message: &str) -> Exit {
        self.line(&format!("masthead: an error of the program itself: {message}"));
        Exit::Broken
    }

    /// Tells what was done, unless quiet.
    pub fn done(&self, message: &str) {
        if !self.quiet {
            self.line(message);
        }
    }

    /// Tells what was done in lines, unless quiet.
    pub fn done_lines(&self, lines: &str) {
        if !self.quiet {
            self.raw(&visible_lines(lines));
        }
    }

    /// Writes bytes that others read, or text that is clean, to standard output; a reader that has gone away is no error.
    pub fn out(&self, bytes: &[u8]) -> Exit {
        let mut out = io::stdout().lock();
        match out.write_all(bytes).and_then(|()| out.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                self.error(&format!("standard output cannot be written: {error}"))
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

    /// The press, or the exit of a program at error.
    pub fn press(&self, fonts: &[std::path::PathBuf]) -> Result<Press, Exit> {
        let fonts = super::files::fonts(fonts).map_err(|message| self.error(&message))?;
        Press::new(fonts).map_err(|message| {
            self.line(&format!("masthead: the program's own templates are at error: {message}"));
            Exit::Broken
        })
    }

    /// Tells which files are no documents, unless quiet.
    pub fn skipped(&self, skipped: &[Skipped]) {
        skipped.iter().for_each(|one| self.done(&one.to_string()));
    }

    /// Whether the person at the terminal agrees; where there is none, nobody answers.
    pub fn agreed(&self, question: &str) -> Option<bool> {
        if !io::stdin().is_terminal() {
            return None;
        }
        let mut answer = String::new();
        let asked =
            write!(io::stderr(), "{} [y/N] ", visible(question)).is_ok() && io::stdin().read_line(&mut answer).is_ok();
        Some(asked && matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
    }

    /// Tells what must be known, also if quiet.
    pub fn problem(&self, message: &str) {
        self.line(message);
    }

    /// A message: whatever it names, it is one line.
    fn line(&self, message: &str) {
        self.raw(&visible(message));
    }

    fn raw(&self, text: &str) {
        // Where standard error is closed, nobody reads that it is.
        let _ = writeln!(io::stderr().lock(), "{text}");
    }
}

/// Tells what is wrong with the arguments, or the help that was asked for. Names of files are
/// arguments too: where one holds what a terminal would obey, it is shown without colours.
pub fn usage(error: &clap::Error) -> Exit {
    let reported = error.render().to_string();
    match visible_lines(&reported) {
        Cow::Borrowed(_) => drop(error.print()),
        Cow::Owned(reported) => drop(write!(io::stderr().lock(), "{reported}")),
    }
    if error.use_stderr() { Exit::Usage } else { Exit::Well }
}
