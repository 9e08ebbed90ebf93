//! The exit status of the program.

/// The exit status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Success.
    Well = 0,
    /// Errors were found in a document.
    Refused = 1,
    /// A usage or I/O error.
    Usage = 2,
    /// An internal error.
    Broken = 3,
    /// Interrupted by Ctrl-C.
    Interrupted = 130,
    /// Terminated by another program.
    Terminated = 143,
}

impl Exit {
    /// Returns the exit status of a process that ended with this number.
    pub(super) fn of(number: u8) -> Self {
        let all = [Self::Well, Self::Refused, Self::Usage, Self::Interrupted, Self::Terminated];
        all.into_iter().find(|exit| *exit as u8 == number).unwrap_or(Self::Broken)
    }
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
