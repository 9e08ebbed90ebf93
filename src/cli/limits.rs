//! `--deadline` and `--memory`: the limits per document, and what happens when one is exceeded.

use std::fs;
use std::path::{Path, PathBuf};
use std::process;

use clap::Args;
use masthead::files::STANDARD;
use masthead::limits::{Allowance, DEADLINE, Ending, Flight, Limits, MEMORY, Quarantined, Watch, Watching};

use super::report::Reporter;
use super::signals::Signals;
use super::{Exit, supervisor};

/// The limits of each document.
#[derive(Args)]
pub struct LimitOptions {
    /// Processor time allowed per document, in seconds; more for large ones; 0 for no limit
    #[arg(long, value_name = "SECONDS", default_value_t = DEADLINE, value_parser = seconds)]
    deadline: f64,
    /// Memory allowed per document, in MiB; more for large ones; 0 for no limit
    #[arg(long, value_name = "MIB", default_value_t = MEMORY)]
    memory: u64,
}

fn seconds(text: &str) -> Result<f64, String> {
    let number: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    if (0.0..=1e6).contains(&number) { Ok(number) } else { Err("must be from 0 to 1000000".into()) }
}

impl LimitOptions {
    /// Returns the limits as given: seconds and MiB.
    #[cfg(feature = "serve")]
    pub fn given(&self) -> (f64, u64) {
        (self.deadline, self.memory)
    }

    /// Starts the watchdog. With `signals`, a signal that reaches only the supervisor stops the work in the same
    /// way.
    ///
    /// # Errors
    ///
    /// Returns the exit status if the watchdog cannot be started.
    pub fn watch(&self, reporter: &Reporter, signals: Option<Signals>) -> Result<Watch, Exit> {
        let supervised = supervisor::of_worker();
        if let Some((folder, _)) = &supervised
            && let Err(error) = supervisor::make(folder)
        {
            return Err(reporter.error(format!("{} cannot be created: {error}", folder.display())));
        }
        let folder = supervised.as_ref().map(|(folder, _)| folder.clone());
        let teller = reporter.clone();
        let end = Box::new(move |ending| match &folder {
            Some(folder) => as_worker(&ending, folder, signals.as_ref()),
            None => alone(&ending, &teller),
        });
        let supervisor = supervised.as_ref().map(|(folder, process)| (folder.as_path(), *process));
        Watch::start(Watching { limits: Limits::new(self.deadline, self.memory), supervisor, end })
            .map_err(|error| reporter.error(format!("the watchdog cannot be started: {error}")))
    }

    /// Runs `work` on one file, within the limits.
    pub fn of_one(&self, file: &Path, reporter: &Reporter, work: impl FnOnce() -> Exit) -> Exit {
        let watch = match self.watch(reporter, None) {
            Ok(watch) => watch,
            Err(exit) => return exit,
        };
        match begin(&watch, file, reporter) {
            Ok(_flight) => work(),
            Err(exit) => exit,
        }
    }
}

/// Ends a worker process; its supervisor may start another.
fn as_worker(ending: &Ending, folder: &Path, signals: Option<&Signals>) {
    match ending {
        Ending::Over(..) => process::exit(supervisor::AGAIN),
        Ending::Orphaned => {
            // The supervisor is gone and cannot remove it.
            let _ = fs::remove_dir_all(folder);
            process::exit(Exit::Broken as i32);
        }
        // The terminal has sent the signal to this process, too.
        Ending::Asked { times: 1, .. } if signals.is_some_and(|signals| signals.exit().is_some()) => {}
        Ending::Asked { signal, .. } => drop(signal_hook::low_level::raise(*signal)),
    }
}

/// Ends a process that has no supervisor.
fn alone(ending: &Ending, reporter: &Reporter) {
    let Ending::Over(documents, cause) = ending else { return };
    let named = documents.join(" or ");
    reporter.findings(&[cause.diagnostic(&named)]);
    process::exit(Exit::Refused as i32);
}

/// Begins work on a file, and reports it if it is skipped.
///
/// # Errors
///
/// Returns the exit status if the file is skipped.
pub fn begin<'w>(watch: &'w Watch, file: &Path, reporter: &Reporter) -> Result<Flight<'w>, Exit> {
    let name = name(file);
    watch.begin(&name, Allowance::of_file(file)).map_err(|cause| quarantined(&name, &cause, reporter))
}

/// Reports why a document is skipped.
pub fn quarantined(name: &str, quarantined: &Quarantined, reporter: &Reporter) -> Exit {
    let exit = reporter.findings(&[quarantined.cause.diagnostic(name)]);
    if quarantined.cause.is_broken() { Exit::Broken } else { exit }
}

/// Returns the name of a file in messages.
pub fn name(file: &Path) -> String {
    if file == Path::new(STANDARD) { "<stdin>".to_owned() } else { file.display().to_string() }
}

/// Added to the exit status that is noted for a file, so that the note is never 0.
const NOTED: u8 = 1;

/// Works on files one after the other. Files finished by an earlier worker are not done again.
pub fn one_by_one(
    watch: &Watch,
    files: &[PathBuf],
    reporter: &Reporter,
    one: impl Fn(usize, &Path, &Flight) -> Exit,
) -> Exit {
    let work = |(index, file): (usize, &PathBuf)| match watch.ended(&name(file)) {
        Some(note) => Exit::of(note - NOTED),
        None => match begin(watch, file, reporter) {
            Ok(flight) => {
                let exit = one(index, file, &flight);
                flight.end(exit as u8 + NOTED);
                exit
            }
            Err(exit) => exit,
        },
    };
    files.iter().enumerate().map(work).max().unwrap_or(Exit::Well)
}
