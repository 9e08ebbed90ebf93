//! `masthead man`: prints or writes the manual pages.

use std::io;
use std::path::PathBuf;

use clap::{Args, Command, CommandFactory};

use super::guard::{Guard, Kind};
use super::report::Reporter;
use super::{Cli, Exit, files, outputs};

/// The arguments of `masthead man`.
#[derive(Args)]
#[command(after_help = "Examples:
  masthead man | man -l -
  masthead man --out share/man/man1")]
pub struct Man {
    /// Write a page for each command into this folder
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// Overwrite files that are not manual pages
    #[arg(long)]
    force: bool,
}

impl Man {
    /// Prints the page of the program, or writes the pages of all commands.
    pub fn run(&self, reporter: &Reporter) -> Exit {
        let Some(folder) = &self.out else {
            return match page(Cli::command()) {
                Ok((_, page)) => reporter.out(&page),
                Err(error) => reporter.broken(error),
            };
        };
        let mut program = Cli::command().disable_help_subcommand(true);
        program.build();
        let pages: Vec<(PathBuf, Vec<u8>)> = match with_all_below(program).into_iter().map(page).collect() {
            Ok(pages) => pages,
            Err(error) => return reporter.broken(error),
        };
        let paths: Vec<PathBuf> = pages.iter().map(|(name, _)| folder.join(name)).collect();
        let guard = Guard::new(self.force, &paths[..0]);
        if let Err(exit) = guard.allows(paths.iter().map(|path| (path, Kind::ManualPage)), reporter) {
            return exit;
        }
        let write = || {
            outputs::make(folder)?;
            paths.iter().zip(&pages).try_for_each(|(path, (_, page))| files::write(path, page))
        };
        match write() {
            Ok(()) => Exit::Well,
            Err(error) => reporter.error(error),
        }
    }
}

/// Returns a command and all its subcommands, recursively.
fn with_all_below(command: Command) -> Vec<Command> {
    let below = command.get_subcommands().filter(|one| !one.is_hide_set()).cloned().flat_map(with_all_below);
    let mut all: Vec<Command> = below.collect();
    all.push(command);
    all
}

/// Returns the page of a command, with its file name.
fn page(command: Command) -> io::Result<(PathBuf, Vec<u8>)> {
    let man = clap_mangen::Man::new(command);
    let mut page = Vec::new();
    man.render(&mut page)?;
    Ok((man.get_filename().into(), page))
}
