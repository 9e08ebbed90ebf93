//! `masthead completions`: prints a shell completion script.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::report::Reporter;
use super::{Cli, Exit};

/// The arguments of `masthead completions`.
#[derive(Args)]
#[command(after_help = "Example:
  masthead completions bash > ~/.local/share/bash-completion/completions/masthead")]
pub struct Completions {
    /// Shell
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
