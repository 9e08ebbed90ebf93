//! `masthead convert`: converts a document to another syntax.

use std::path::{Path, PathBuf};

use clap::Args;
use masthead::Format;
use masthead::read::read;

use super::Exit;
use super::files::STANDARD;
use super::guard::{Guard, Kind};
use super::limits::LimitOptions;
use super::outputs;
use super::report::Reporter;
use super::syntax::Syntax;

/// The arguments of `masthead convert`.
#[derive(Args)]
#[command(after_help = "Examples:
  masthead convert draft.yaml -o draft.md
  masthead convert draft.md --to json > draft.json
  masthead convert draft.yaml -o draft.xml           (AKN4UN, the United Nations XML format)
  masthead convert - --from json --to yaml < draft.json

The content stays the same; comments, line breaks and the order of fields are not preserved.")]
pub struct Convert {
    /// Input document (YAML, JSON, Markdown or XML); - for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Output file or folder; default: standard output
    #[arg(short, long, value_name = "FILE", default_value = STANDARD, hide_default_value = true)]
    output: PathBuf,
    /// Input syntax; default: from the file name, else from the content
    #[arg(long, value_enum)]
    from: Option<Syntax>,
    /// Output syntax; default: from the output name
    #[arg(long, value_enum)]
    to: Option<Syntax>,
    /// Overwrite the document itself, and files of another kind
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    limits: LimitOptions,
}

impl Convert {
    /// Converts the document; nothing is written if it cannot be read.
    pub fn run(&self, reporter: &Reporter) -> Exit {
        let named = Some(self.output.as_path()).filter(|output| *output != Path::new(STANDARD));
        let to = match outputs::kind(named, self.to.map(Format::from), "--to") {
            Ok(Some(to)) => to,
            Ok(None) => return reporter.error("no output syntax; use --to yaml, json, md or xml"),
            Err(error) => return reporter.error(error),
        };
        let named = if self.file == Path::new(STANDARD) { Path::new("document") } else { &self.file };
        let name = || outputs::beside(named, to.ending()).file_name().unwrap_or_default().to_os_string();
        let output = outputs::file(&self.output, name);
        let guard = Guard::new(self.force, [&self.file]);
        if let Err(exit) = guard.allows([(&output, Kind::Document(to))], reporter) {
            return exit;
        }
        let converted = || {
            self.converted(to, &output, reporter)
                .map_or_else(|exit| exit, |text| outputs::deliver(&text, (&self.output, &output), reporter))
        };
        self.limits.of_one(&self.file, reporter, converted)
    }

    /// Returns the document in another syntax.
    fn converted(&self, to: Format, output: &Path, reporter: &Reporter) -> Result<String, Exit> {
        let (source, format) = reporter.source(&self.file, self.from.map(Format::from))?;
        let reading = read(&source, format).map_err(|errors| reporter.findings(&errors))?;
        let text = masthead::write(&reading.document, to).map_err(|error| reporter.error(error))?;
        if output != Path::new(STANDARD) {
            let there = reporter.folder(output)?;
            reporter.left_behind(&source, there.as_deref(), &output.display().to_string());
        }
        if !reading.warnings.is_empty() {
            reporter.findings(&reading.warnings);
        }
        Ok(text)
    }
}
