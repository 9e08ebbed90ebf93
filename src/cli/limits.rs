//! `--deadline` and `--memory`: what a document may take, and what happens when it takes more.

use std::fs;
use std::path::{Path, PathBuf};
use std::process;

use clap::Args;
use masthead::files::STANDARD;
use masthead::limits::{Allowance, DEADLINE, Ending, Flight, Limits, MEMORY, Quarantined, Watch, Watching};

use super::report::Reporter;
use super::signals::Signals;
use super::{Exit, supervisor};

/// What every document may take.
#[derive(Args)]
pub struct LimitOptions {
    /// Seconds of processor time that a document may take, and more for a large one; 0 for any
    #[arg(long, value_name = "SECONDS", default_value_t = DEADLINE, value_parser = seconds)]
    deadline: f64,
    /// MiB of memory that a document may take, and more for a large one; 0 for any
    #[arg(long, value_name = "MIB", default_value_t = MEMORY)]
    memory: u64,
}

fn seconds(text: &str) -> Result<f64, String> {
    let number: f64 = text.parse().map_err(|_| "it is no number".to_owned())?;
    if (0.0..=1e6).contains(&number) { Ok(number) } else { Err("it must be from 0 to 1000000".into()) }
}

impl LimitOptions {
    /// Begins to watch. With `signals`, a wish of the user that reaches the supervisor alone stops as
    /// they do.
    ///
    /// # Errors
    ///
    /// The exit of a program that cannot begin.
    pub fn watch(&self, reporter: &Reporter, signals: Option<Signals>) -> Result<Watch, Exit> {
        let supervised = supervisor::of_worker();
        if let Some((folder, _)) = &supervised
            && let Err(error) = supervisor::make(folder)
        {
            return Err(reporter.error(&format!("{} cannot be made: {error}", folder.display())));
        }
        let folder = supervised.as_ref().map(|(folder, _)| folder.clone());
        let teller = *reporter;
        let end = Box::new(move |ending| match &folder {
            Some(folder) => as_worker(&ending, folder, signals.as_ref()),
            None => alone(&ending, &teller),
        });
        let supervisor = supervised.as_ref().map(|(folder, process)| (folder.as_path(), *process));
        Watch::start(Watching { limits: Limits::new(self.deadline, self.memory), supervisor, end })
            .map_err(|error| reporter.error(&format!("documents cannot be watched: {error}")))
    }

    /// Works on one file.
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

/// The end of a process that another begins anew.
fn as_worker(ending: &Ending, folder: &Path, signals: Option<&Signals>) {
    match ending {
        Ending::Over(..) => process::exit(supervisor::AGAIN),
        Ending::Orphaned => {
            // Nobody is left to remove it.
            let _ = fs::remove_dir_all(folder);
            process::exit(Exit::Broken as i32);
        }
        // A terminal has sent it to this process, too.
        Ending::Asked { times: 1, .. } if signals.is_some_and(|signals| signals.exit().is_some()) => {}
        Ending::Asked { signal, .. } => drop(signal_hook::low_level::raise(*signal)),
    }
}

/// The end of a process that is on its own.
fn alone(ending: &Ending, reporter: &Reporter) {
    let Ending::Over(documents, cause) = ending else { return };
    let named = documents.join(" or ");
    reporter.findings(&[cause.diagnostic(&named)]);
    process::exit(Exit::Refused as i32);
}

/// Begins a file; what is told and how the program ends if it is left out.
///
/// # Errors
///
/// The exit.
pub fn begin<'w>(watch: &'w Watch, file: &Path, reporter: &Reporter) -> Result<Flight<'w>, Exit> {
    let name = name(file);
    watch.begin(&name, Allowance::of_file(file)).map_err(|cause| quarantined(&name, &cause, reporter))
}

/// Tells why a document is left out.
pub fn quarantined(name: &str, quarantined: &Quarantined, reporter: &Reporter) -> Exit {
    let exit = reporter.findings(&[quarantined.cause.diagnostic(name)]);
    if quarantined.cause.is_broken() { Exit::Broken } else { exit }
}

/// The name of a file in messages.
pub fn name(file: &Path) -> String {
    if file == Path::new(STANDARD) { "<stdin>".to_owned() } else { file.display().to_string() }
}

/// Noted of a file is how the program would end for it alone, and this, so that it is not nothing.
const NOTED: u8 = 1;

/// Works on files one after the other; one that a process before this one has ended is as it was.
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
