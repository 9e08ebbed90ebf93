//! `masthead prepare`: every word of a document's pages, as JSON.

use std::path::PathBuf;

use clap::Args;
use masthead::{Format, MissingGlyphs, check};

use super::Exit;
use super::files::{self, Unread};
use super::limits::LimitOptions;
use super::report::Reporter;
use super::syntax::Syntax;

/// What `masthead prepare` is given.
#[derive(Args)]
#[command(after_help = "Example:
  masthead prepare draft.yaml > prepared.json
  masthead prepare --plan draft.yaml > plan.json   what the templates set (templates/README.md)")]
pub struct Prepare {
    /// A document: a YAML, JSON or Markdown file, - for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Folders of fonts for characters that the program's own do not have
    #[arg(long, value_name = "FOLDER")]
    fonts: Vec<PathBuf>,
    /// The syntax of the document; default: by the name, else by the text
    #[arg(long, value_enum)]
    from: Option<Syntax>,
    /// Print the plan of the pages instead: where everything stands, as the templates are given it
    #[arg(long)]
    plan: bool,
    #[command(flatten)]
    limits: LimitOptions,
}

impl Prepare {
    /// Prints the prepared document.
    pub fn run(&self, reporter: &Reporter) -> Exit {
        self.limits.of_one(&self.file, reporter, || self.print(reporter))
    }

    fn print(&self, reporter: &Reporter) -> Exit {
        let (source, format) = match files::source(&self.file, self.from.map(Format::from)) {
            Ok(read) => read,
            Err(Unread::File(message)) => return reporter.error(&message),
            Err(Unread::Text(error)) => return reporter.findings(&[*error]),
        };
        let press = match reporter.press(&self.fonts) {
            Ok(press) => press,
            Err(exit) => return exit,
        };
        let (reading, findings) = match check(&press, &source, format, MissingGlyphs::default()) {
            Ok(examined) => examined,
            Err(findings) => return reporter.findings(&findings),
        };
        reporter.findings(&findings);
        let json = masthead::prepare::prepare(&reading.document).and_then(|prepared| match self.plan {
            true => masthead::typeset::plan_as_json(&press, &prepared),
            false => serde_json::to_string_pretty(&prepared).map_err(|error| error.to_string()),
        });
        match json {
            Ok(json) => reporter.json(&format!("{json}\n")),
            Err(message) => reporter.broken(&message),
        }
    }
}
