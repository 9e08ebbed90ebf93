//! `masthead convert`: a document in another syntax.

use std::path::{Path, PathBuf};

use clap::Args;
use masthead::Format;
use masthead::read::read;

use super::Exit;
use super::files::{self, STANDARD, Unread};
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
    /// The file to write; default: standard output
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
        let output = self.output.display();
        let Some(to) = self.to.map(Format::from).or_else(|| Format::of_ending(&output.to_string())) else {
            return reporter.error("say with --to what to write: yaml, json, md or xml");
        };
        if !standard && files::identity(&self.file) == files::identity(&self.output) {
            return reporter.error(&format!("{output} would be written over"));
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
        match files::write(&self.output, text.as_bytes()) {
            Ok(()) => Exit::Well,
            Err(message) => reporter.error(&message),
        }
    }
}
