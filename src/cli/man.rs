//! `masthead man`: the manual pages.

use std::path::PathBuf;

use clap::{Args, CommandFactory};

use super::report::Reporter;
use super::{Cli, Exit};

/// What `masthead man` is given.
#[derive(Args)]
#[command(after_help = "Examples:
  masthead man | man -l -
  masthead man --out share/man/man1")]
pub struct Man {
    /// Write a page for every command into this folder
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
}

impl Man {
    /// Prints the page of the program, or writes all pages.
    pub fn run(&self, reporter: &Reporter) -> Exit {
        let done = match &self.out {
            Some(folder) => {
                std::fs::create_dir_all(folder).and_then(|()| clap_mangen::generate_to(Cli::command(), folder))
            }
            None => {
                let mut page = Vec::new();
                match clap_mangen::Man::new(Cli::command()).render(&mut page) {
                    Ok(()) => return reporter.out(&page),
                    Err(error) => Err(error),
                }
            }
        };
        match done {
            Ok(()) => Exit::Well,
            Err(error) => reporter.error(&format!("the manual pages cannot be written: {error}")),
        }
    }
}
