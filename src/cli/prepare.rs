//! `masthead prepare`: prints every word of a document's pages, as JSON.

use std::path::PathBuf;

use clap::Args;
use masthead::{Error, Format, MissingGlyphs, check};

use super::Exit;
use super::limits::LimitOptions;
use super::report::Reporter;
use super::syntax::Syntax;

/// The arguments of `masthead prepare`.
#[derive(Args)]
#[command(after_help = "Example:
  masthead prepare draft.yaml > prepared.json
  masthead prepare --plan draft.yaml > plan.json   the plan of the pages (templates/README.md)")]
pub struct Prepare {
    /// Input document (YAML, JSON, Markdown or XML); - for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Folder of extra fonts, for characters that the built-in fonts lack
    #[arg(long, value_name = "FOLDER")]
    fonts: Vec<PathBuf>,
    /// Input syntax; default: from the file name, else from the content
    #[arg(long, value_enum)]
    from: Option<Syntax>,
    /// Print the plan of the pages instead: where every item goes, as passed to the templates
    #[arg(long)]
    plan: bool,
    #[command(flatten)]
    limits: LimitOptions,
}

impl Prepare {
    /// Prints the prepared document.
    pub fn run(&self, reporter: &Reporter) -> Exit {
        self.limits.of_one(&self.file, reporter, || self.print(reporter).unwrap_or_else(|exit| exit))
    }

    fn print(&self, reporter: &Reporter) -> Result<Exit, Exit> {
        let (source, format) = reporter.source(&self.file, self.from.map(Format::from))?;
        let press = reporter.press(&self.fonts)?;
        let checked = check(&press, &source, format, MissingGlyphs::default());
        let (reading, findings) = checked.map_err(|findings| reporter.findings(&findings))?;
        reporter.findings(&findings);
        let json = masthead::prepare::prepare(&reading.document).and_then(|prepared| match self.plan {
            true => masthead::typeset::plan_as_json(&press, &prepared),
            false => serde_json::to_string_pretty(&prepared).map_err(Error::other),
        });
        Ok(match json {
            Ok(json) => reporter.json(&format!("{json}\n")),
            Err(error) => reporter.broken(error),
        })
    }
}
