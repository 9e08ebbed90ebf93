//! `masthead import`: makes a document of a file of another program.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use masthead::Format;
use masthead::import::{Changes, Origin, import};
use masthead::revise::completed;

use super::Exit;
use super::files::{self, STANDARD};
use super::guard::{Guard, Kind};
use super::limits::{self, LimitOptions};
use super::outputs;
use super::report::Reporter;
use super::syntax::Syntax;

/// The arguments of `masthead import`.
#[derive(Args)]
#[command(after_help = "Examples:
  masthead import draft.docx -o draft.yaml        a Word file; also .md, .json and .xml
  masthead import draft.docx --changes keep       with tracked changes as ~~struck~~ and ++inserted++
  masthead import resolution.json -o draft.yaml   from munify’s resolution editor
  masthead import pasted.txt -o draft.md          text pasted from a word processor

What is doubtful or left out is reported with its place; of a Word file, line 12 is the twelfth paragraph
with text. No word is lost without a finding.")]
pub struct Import {
    /// File to import; - for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Output file or folder; default: standard output
    #[arg(short, long, value_name = "FILE", default_value = STANDARD, hide_default_value = true)]
    output: PathBuf,
    /// Kind of file; default: from its content
    #[arg(long, value_enum)]
    from: Option<Kinds>,
    /// Output syntax; default: from the output name, else YAML
    #[arg(long, value_enum)]
    to: Option<Syntax>,
    /// What becomes of tracked changes
    #[arg(long, value_enum, default_value_t = Tracked::Accept)]
    changes: Tracked,
    /// Overwrite the file itself, and files of another kind
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    limits: LimitOptions,
}

/// The kinds of files that can be imported.
#[derive(Clone, Copy, ValueEnum)]
enum Kinds {
    /// A Word file
    Docx,
    /// The JSON of munify’s resolution editor
    Munify,
    /// Plain text
    Text,
}

/// What becomes of tracked changes.
#[derive(Clone, Copy, ValueEnum)]
enum Tracked {
    /// Accept all of them
    Accept,
    /// Keep them as struck and inserted text
    Keep,
}

impl Import {
    /// Imports the file; nothing is written if it cannot be read.
    pub fn run(&self, reporter: &Reporter) -> Exit {
        let named = Some(self.output.as_path()).filter(|output| *output != Path::new(STANDARD));
        let to = match outputs::kind(named, self.to.map(Format::from), "--to") {
            Ok(to) => to.unwrap_or(Format::Yaml),
            Err(error) => return reporter.error(error),
        };
        let name = || {
            let stem = self.file.file_stem().filter(|_| self.file != Path::new(STANDARD));
            let mut name = stem.map_or_else(|| "document".into(), OsStr::to_os_string);
            name.push(format!(".{}", to.ending()));
            name
        };
        let output = outputs::file(&self.output, name);
        let guard = Guard::new(self.force, [&self.file]);
        if let Err(exit) = guard.allows([(&output, Kind::Document(to))], reporter) {
            return exit;
        }
        let imported = || {
            self.imported(to, &output, reporter)
                .map_or_else(|exit| exit, |text| outputs::deliver(&text, (&self.output, &output), reporter))
        };
        self.limits.of_one(&self.file, reporter, imported)
    }

    /// Returns the document in the syntax of the output, and reports the findings.
    fn imported(&self, to: Format, output: &Path, reporter: &Reporter) -> Result<String, Exit> {
        let name = limits::name(&self.file);
        let bytes =
            files::bytes(&self.file).map_err(|reason| reporter.error(format!("{name} cannot be read: {reason}")))?;
        let origin = self.from.map(|kind| match kind {
            Kinds::Docx => Origin::Word,
            Kinds::Munify => Origin::Munify,
            Kinds::Text => Origin::Text,
        });
        let changes = match self.changes {
            Tracked::Accept => Changes::Accept,
            Tracked::Keep => Changes::Keep,
        };
        let imported = import(&name, bytes, origin, changes).map_err(|errors| reporter.findings(&errors))?;
        let mut document = imported.document;
        // XML names the house itself; the other syntaxes leave it to the folder.
        if to == Format::Xml
            && output != Path::new(STANDARD)
            && let Some(folder) = reporter.folder(output)?
        {
            document = completed(&document, Some(&folder));
        }
        let text = masthead::write(&document, to).map_err(|error| reporter.error(error))?;
        reporter.findings(&imported.findings);
        Ok(text)
    }
}
