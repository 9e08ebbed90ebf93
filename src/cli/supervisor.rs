//! The process that the user starts to work on many documents. It runs the program once more, as its worker,
//! and starts another worker when a document crashes the first. It does nothing else, so that it cannot
//! crash itself.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{self, Read, Seek};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use masthead::files::{LARGEST, STANDARD};
use masthead::limits::{Entry, History, Journal, how_it_ended};

use super::{Exit, signals};

/// The exit status of a worker that asks for another to continue its work.
pub const AGAIN: i32 = 124;
/// After this many crashes in a row without a culprit, the documents are not the cause.
const MOST_DEATHS: usize = 20;
/// The variable that passes to a worker the process of its supervisor and the folder of the journal.
const WORKER: &str = "MASTHEAD_WORKER";

/// Commands that always work on many documents, and those that may.
const MANY: &[&[&str]] = &[
    &["batch"],
    &["register", "rebuild"],
    &["golden", "check"],
    &["golden", "accept"],
    &["golden", "review"],
    &["golden", "report"],
];
const PERHAPS_MANY: &[&str] = &["check", "render", "verify"];

/// Returns the folder and the process of the supervisor, if this is a worker.
pub fn of_worker() -> Option<(PathBuf, u32)> {
    let said = std::env::var(WORKER).ok()?;
    let (process, folder) = said.split_once(' ')?;
    Some((folder.into(), process.parse().ok()?))
}

/// Runs the program under a supervisor, if the command needs one and the system allows it, and returns the
/// exit status.
pub fn supervise() -> Option<u8> {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    if cfg!(not(unix)) || of_worker().is_some() {
        return None;
    }
    let command = command_over_many(arguments.get(1..)?)?;
    let mut supervisor = Supervisor { input: input(&arguments).ok()?, folder: folder(), arguments: &arguments };
    if command == "batch" {
        signals::pass_on(&supervisor.folder).ok()?;
    }
    let exit = supervisor.run();
    // If it was never created, there is nothing to remove.
    let _ = fs::remove_dir_all(&supervisor.folder);
    exit
}

/// Returns the path of a new folder. The worker creates it, and removes it if this process is killed.
fn folder() -> PathBuf {
    let now = std::time::UNIX_EPOCH.elapsed().map_or(0, |now| now.as_nanos());
    std::env::temp_dir().join(format!("masthead-{}-{now}", std::process::id()))
}

/// Creates the folder of the journal, accessible only to this user.
pub fn make(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => Ok(()),
        made => made,
    }
}

/// Removes the folder of the journal at the end of a worker whose supervisor is gone.
pub fn clear() {
    #[cfg(unix)]
    if let Some((folder, process)) = of_worker()
        && std::os::unix::process::parent_id() != process
    {
        let _ = fs::remove_dir_all(folder);
    }
}

/// Returns the command, if it works on several documents. The rest of the command line is not parsed, so that
/// this process costs next to nothing.
fn command_over_many(arguments: &[OsString]) -> Option<&str> {
    let commands = || MANY.iter().map(|one| one[0]).chain(PERHAPS_MANY.iter().copied());
    // Options before the command may have a value.
    let (at, command) = arguments
        .iter()
        .enumerate()
        .take(4)
        // The processes that render for a queue are its own.
        .take_while(|(_, argument)| *argument != "queue")
        .find_map(|(at, argument)| commands().find(|command| argument == command).map(|command| (at, command)))?;
    let rest = &arguments[at + 1..];
    let has = |word: &&str| rest.iter().any(|argument| argument == word);
    let many = MANY.iter().any(|one| one[0] == command && one[1..].iter().all(has));
    (many || PERHAPS_MANY.contains(&command) && are_several(rest)).then_some(command)
}

/// Returns whether the arguments name several files, or a folder.
fn are_several(arguments: &[OsString]) -> bool {
    let paths = || arguments.iter().filter(|argument| !is_option(argument)).map(Path::new);
    paths().filter(|path| path.exists()).count() > 1 || paths().any(Path::is_dir)
}

fn is_option(argument: &OsStr) -> bool {
    argument.len() > 1 && argument.as_encoded_bytes().starts_with(b"-")
}

/// Returns a copy of standard input for all workers, if a document or a list is read from it.
fn input(arguments: &[OsString]) -> io::Result<Option<File>> {
    if !arguments.iter().any(|argument| argument == STANDARD) {
        return Ok(None);
    }
    let mut kept = tempfile::tempfile()?;
    io::copy(&mut io::stdin().lock().take(LARGEST + 1), &mut kept)?;
    Ok(Some(kept))
}

struct Supervisor<'a> {
    arguments: &'a [OsString],
    input: Option<File>,
    folder: PathBuf,
}

impl Supervisor<'_> {
    fn run(&mut self) -> Option<u8> {
        let mut first = true;
        loop {
            let status = match self.worker() {
                Ok(status) => status,
                // If no process can be started, the work is done in this one.
                Err(_) if first => return None,
                Err(error) => return Some(give_up(&format!("no worker process could be started: {error}"))),
            };
            first = false;
            let how = match ended(status) {
                End::Exit(code) => return Some(code),
                End::Died(how) => how,
            };
            let before = History::read(&self.folder);
            if !before.about_documents || before.deaths >= MOST_DEATHS {
                return Some(give_up(&how));
            }
            match Journal::open(&self.folder) {
                Ok(journal) => journal.write(&Entry::Died { how }),
                Err(error) => return Some(give_up(&format!("{how}, and the journal cannot be opened: {error}"))),
            }
        }
    }

    fn worker(&mut self) -> io::Result<ExitStatus> {
        // The program that is running, even if its file was replaced in the meantime.
        let own = Path::new("/proc/self/exe");
        let program = if own.exists() { own.to_owned() } else { std::env::current_exe()? };
        let mut command = Command::new(program);
        #[cfg(unix)]
        std::os::unix::process::CommandExt::arg0(&mut command, &self.arguments[0]);
        command.args(&self.arguments[1..]);
        command.env(WORKER, format!("{} {}", std::process::id(), self.folder.display()));
        if let Some(input) = &mut self.input {
            input.rewind()?;
            command.stdin(Stdio::from(input.try_clone()?));
        }
        command.status()
    }
}

enum End {
    Exit(u8),
    Died(String),
}

/// Returns how a worker ended.
#[cfg(unix)]
fn ended(status: ExitStatus) -> End {
    use std::os::unix::process::ExitStatusExt;
    /// The signals by which people and other programs end a process: SIGHUP, SIGINT, SIGTERM.
    const WISHED: [i32; 3] = [1, 2, 15];
    match (status.code(), status.signal()) {
        (Some(AGAIN), _) => End::Died("it exceeded a limit".into()),
        (Some(code), _) => End::Exit(u8::try_from(code).unwrap_or(Exit::Broken as u8)),
        (None, Some(signal)) if WISHED.contains(&signal) => End::Exit(128 + signal as u8),
        _ => End::Died(how_it_ended(status)),
    }
}

#[cfg(not(unix))]
fn ended(status: ExitStatus) -> End {
    End::Exit(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(Exit::Broken as u8))
}

fn give_up(how: &str) -> u8 {
    eprintln!("masthead: internal error: {how}; please report it");
    Exit::Broken as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_over_many_documents_have_a_supervisor() {
        let command = |line: &str| {
            let arguments: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            command_over_many(&arguments).map(str::to_owned)
        };
        for (line, expected) in [
            ("batch drafts --out out", Some("batch")),
            ("--color never batch drafts --out out", Some("batch")),
            ("golden check drafts", Some("golden")),
            ("golden compare Cargo.toml Cargo.lock", None),
            ("register rebuild out", Some("register")),
            ("register list", None),
            ("render Cargo.toml", None),
            ("render Cargo.toml -o out.pdf", None),
            ("render Cargo.toml Cargo.lock -o out/", Some("render")),
            ("check src", Some("check")),
            ("-q verify Cargo.toml Cargo.lock", Some("verify")),
            ("new letter", None),
            ("queue purge batch", None),
            ("", None),
        ] {
            assert_eq!(command(line).as_deref(), expected, "{line}");
        }
    }
}
