//! `masthead convert`: a document in another syntax.

use std::path::{Path, PathBuf};

use clap::Args;
use masthead::Format;
use masthead::read::read;

use super::Exit;
use super::files::{self, STANDARD, Unread};
use super::outputs::{self, Written};
use super::report::Reporter;
use super::syntax::Syntax;

/// What `masthead convert` is given.
#[derive(Args)]
#[command(after_help = "Examples:
  masthead convert draft.yaml -o draft.md
  masthead convert draft.md --to json > draft.json
  masthead convert draft.yaml -o draft.xml           (AKN4UN, the XML of the United Nations)
  masthead convert - --from json --to yaml < draft.json

The document is the same; comments, line ends and the order of fields are not kept.")]
pub struct Convert {
    /// A document: a YAML, JSON, Markdown or XML file, - for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The file to write, or a folder; default: standard output
    #[arg(short, long, value_name = "FILE", default_value = STANDARD, hide_default_value = true)]
    output: PathBuf,
    /// The syntax of the document; default: by the name, else by the text
    #[arg(long, value_enum)]
    from: Option<Syntax>,
    /// The syntax to write; default: by the name of the output
    #[arg(long, value_enum)]
    to: Option<Syntax>,
}

impl Convert {
    /// Writes the document; one that cannot be read is not written.
    pub fn run(&self, reporter: &Reporter) -> Exit {
        let standard = self.output == Path::new(STANDARD);
        let named = Some(self.output.as_path()).filter(|_| !standard);
        let to = match outputs::kind(named, self.to.map(Format::from), "--to") {
            Ok(Some(to)) => to,
            Ok(None) => return reporter.error("say with --to what to write: yaml, json, md or xml"),
            Err(message) => return reporter.error(&message),
        };
        let mut output = self.output.clone();
        if !standard && outputs::is_folder(&output) {
            if let Err(message) = outputs::make(&output) {
                return reporter.error(&message);
            }
            let named = if self.file == Path::new(STANDARD) { Path::new("document") } else { &self.file };
            output.push(outputs::beside(named, to.ending()).file_name().unwrap_or_default());
        }
        if !standard && files::identity(&self.file) == files::identity(&output) {
            return reporter.error(&format!("{} would be written over", output.display()));
        }
        let (source, format) = match files::source(&self.file, self.from.map(Format::from)) {
            Ok(read) => read,
            Err(Unread::File(message)) => return reporter.error(&message),
            Err(Unread::Text(fault)) => return reporter.findings(&[*fault]),
        };
        let reading = match read(&source, format) {
            Ok(reading) => reading,
            Err(faults) => return reporter.findings(&faults),
        };
        let text = match masthead::write(&reading.document, to) {
            Ok(text) => text,
            Err(message) => return reporter.error(&message),
        };
        if !reading.warnings.is_empty() {
            reporter.findings(&reading.warnings);
        }
        if standard {
            return reporter.out(text.as_bytes());
        }
        match files::write(&output, text.as_bytes()) {
            Ok(()) => Exit::Well,
            Err(message) => reporter.error(&message),
        }
    }
}
