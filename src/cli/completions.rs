//! `masthead completions`: a completion script for a shell.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::report::Reporter;
use super::{Cli, Exit};

/// What `masthead completions` is given.
#[derive(Args)]
#[command(after_help = "Example:
  masthead completions bash > ~/.local/share/bash-completion/completions/masthead")]
pub struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    /// Prints the script.
    pub fn run(&self, reporter: &Reporter) -> Exit {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "masthead", &mut script);
        reporter.out(&script)
    }
}
