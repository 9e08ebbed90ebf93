//! The exit status of the program.

/// How the program ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// All well.
    Well = 0,
    /// Some document was refused.
    Refused = 1,
    /// Wrong use, or a file that cannot be read or written.
    Usage = 2,
    /// An error of the program itself.
    Broken = 3,
    /// Ctrl-C.
    Interrupted = 130,
    /// Told to end by another program.
    Terminated = 143,
}

impl Exit {
    /// That of a process that ended with this number.
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
