//! `masthead watch`: shows a document in the browser while it is written in any editor.

use std::path::PathBuf;

use clap::Args;
use masthead_server::serve::{FileToWatch, Queue};

use super::Exit;
use super::report::Reporter;
use super::serve::ServerOptions;
use super::settings::Settings;

/// The arguments of `masthead watch`.
#[derive(Args)]
#[command(after_help = "Examples:
  masthead watch draft.yaml
  masthead watch draft.md --no-open --listen 127.0.0.1:9000

The page follows every change that is saved, and scrolls to it. A click on a line of the page gives its file and line.
Findings follow masthead.toml, as those of masthead check. Ctrl-C ends it.")]
pub struct Watch {
    /// Input document (YAML, JSON, Markdown or XML)
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    server: ServerOptions,
}

impl Watch {
    /// Shows the document until the user ends it.
    pub fn run(&self, reporter: &Reporter) -> Exit {
        if !self.file.is_file() {
            let file = self.file.display();
            return reporter.error(match self.file.exists() {
                true => format!(
                    "{file} cannot be watched: name one file of the folder, or use masthead serve to write in the browser"
                ),
                false => format!("there is no file {file}"),
            });
        }
        let settings = match Settings::of_files(std::slice::from_ref(&self.file), reporter) {
            Ok(settings) => settings,
            Err(exit) => return exit,
        };
        let file = FileToWatch { path: self.file.clone(), selection: settings.of(&self.file).clone() };
        self.server.run(Some(file), Queue::default(), reporter)
    }
}
