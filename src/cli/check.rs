//! `masthead check`: reports errors and editorial problems in documents.

use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use masthead::check::{sarif, selection::Selection};
use masthead::diagnostic::{Diagnostic, Finding, Severity};
use masthead::files::Folders;
use masthead::limits::{Allowance, KILLED, Watch};
use masthead::visible::{visible, visible_json};
use masthead::{Coverage, Error, Format, boxed, lint_with_pictures};

use serde::Serialize;

use super::Exit;
use super::files::{self, Unread};
use super::fix;
use super::limits::{self, LimitOptions};
use super::render::Missing;
use super::report::Reporter;
use super::rewrite::Consent;
use super::settings::{Settings, unknown_codes};
use super::syntax::Syntax;

/// The arguments of `masthead check`.
#[derive(Args)]
#[command(after_help = "Examples:
  masthead check draft.yaml
  masthead check drafts/ --summary
  masthead check draft.yaml --strict --allow number-words,united-nations-short
  masthead check draft.yaml --fix --dry-run
  masthead check *.yaml --format sarif > findings.sarif
  masthead explain double-space

Errors prevent rendering; warnings are almost certainly mistakes; hints are for an editor to judge.
Folder settings live in masthead.toml, in the folder of the document or a parent:

  [check]
  strict = true
  allow = [\"number-words\"]

  [render]
  missing_glyphs = \"box-with-code\"")]
pub struct Check {
    /// Input documents (YAML, JSON, Markdown or XML) or folders; - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    format: OutputFormat,
    /// Print one line per document, and counts by finding (same as --format summary)
    #[arg(long, conflicts_with = "format")]
    summary: bool,
    /// Treat warnings as errors
    #[arg(long)]
    strict: bool,
    /// Suppress findings with these codes
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    allow: Vec<String>,
    /// Report only findings with these codes; errors of form and structure are always reported
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    only: Vec<String>,
    /// Fix spaces, dashes, quotation marks, order and numbers, never words; show the changes
    /// and ask before writing
    #[arg(long)]
    fix: bool,
    /// With --fix: show the changes and write nothing
    #[arg(long, requires = "fix")]
    dry_run: bool,
    /// With --fix: write without asking
    #[arg(short, long, requires = "fix", conflicts_with = "dry_run")]
    yes: bool,
    /// Folder of extra fonts, for characters that the built-in fonts lack
    #[arg(long, value_name = "FOLDER")]
    fonts: Vec<PathBuf>,
    #[command(flatten)]
    missing: Missing,
    /// Input syntax; default: from the file name, else from the content
    #[arg(long, value_enum)]
    from: Option<Syntax>,
    #[command(flatten)]
    limits: LimitOptions,
}

/// The output format of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum OutputFormat {
    /// Text, with the source line
    #[default]
    Text,
    /// JSON list of findings (docs/findings.schema.json)
    Json,
    /// SARIF 2.1.0, for code hosting services
    Sarif,
    /// One line per document, and counts by finding
    Summary,
}

/// A document that was checked.
struct Looked {
    name: String,
    findings: Vec<Diagnostic>,
}

impl Check {
    /// Prints the findings of every document to standard output.
    pub fn run(&self, reporter: &Reporter) -> Exit {
        let fonts = match files::fonts(&self.fonts) {
            Ok(fonts) => fonts,
            Err(error) => return reporter.error(error),
        };
        let given = Selection::new(self.strict, self.allow.clone(), self.only.clone());
        let unknown = unknown_codes(&given);
        if !unknown.is_empty() {
            return unknown.iter().map(|message| reporter.error(message)).max().unwrap_or(Exit::Usage);
        }
        let found = files::documents(&self.files);
        let watch = match self.limits.watch(reporter, None) {
            Ok(watch) => watch,
            Err(exit) => return exit,
        };
        watch.once(|| reporter.skipped(&found.skipped));
        let paths = found.documents;
        if paths.is_empty() && found.findings.is_empty() {
            return reporter.no_documents("no documents found in these folders");
        }
        let settings = match Settings::new(given, &paths) {
            Ok(settings) => settings,
            Err(errors) => {
                reporter.findings(&errors);
                return Exit::Usage;
            }
        };
        let mut exit = Exit::Well;
        if self.fix {
            // Standard output is for programs then.
            let text = matches!(self.format, OutputFormat::Text | OutputFormat::Summary);
            let consent = Consent { show: text, dry_run: self.dry_run, yes: self.yes, ask: text };
            exit = fix::run(&paths, self.from.map(Format::from), &settings, consent, &watch, reporter);
            if exit > Exit::Refused {
                return exit;
            }
        }
        let coverage = Coverage::new(fonts);
        // Standard input can be read only once, by the first document that names it.
        let looked: Vec<Result<Looked, Error>> = watch.through(
            &paths,
            |path| limits::name(path),
            |path| self.look(path, &coverage, (&settings, reporter.folders()), &watch),
        );
        let mut documents = Vec::with_capacity(looked.len());
        let unseen = found.findings.into_iter().map(|finding| {
            let name = finding.place.as_ref().map(|place| place.source.name.clone()).unwrap_or_default();
            if finding.is_error() {
                exit = Exit::Usage;
            }
            Looked { name, findings: vec![finding] }
        });
        documents.extend(unseen);
        for one in looked {
            match one {
                Ok(document) => {
                    let broken = document.findings.iter().any(|finding| finding.code == KILLED);
                    exit = exit.max(if broken { Exit::Broken } else { Exit::Well });
                    documents.push(document);
                }
                Err(error) => exit = exit.max(reporter.error(error)),
            }
        }
        if documents.iter().any(|document| document.findings.iter().any(Diagnostic::is_error)) {
            exit = exit.max(Exit::Refused);
        }
        if documents.is_empty() {
            return exit;
        }
        let reported = self.print(&documents, reporter);
        reporter.done(&counts(&documents));
        exit.max(reporter.out(reported.as_bytes()))
    }

    /// Returns the findings of a document, as selected by the settings of its folder.
    fn look(
        &self,
        path: &Path,
        coverage: &Coverage,
        (settings, folders): (&Settings, &Folders),
        watch: &Watch,
    ) -> Result<Looked, Error> {
        let name = limits::name(path);
        let _flight = match watch.begin(&name, Allowance::of_file(path)) {
            Ok(flight) => flight,
            Err(quarantined) => {
                let findings = vec![quarantined.cause.diagnostic(&name)];
                return Ok(Looked { name, findings });
            }
        };
        let (name, findings) = match files::source(path, self.from.map(Format::from), folders) {
            Ok((source, format)) => {
                let picture = |name: &str| files::picture(path, name);
                let mut findings = lint_with_pictures(coverage, &source, format, &picture);
                boxed(&mut findings, self.missing.of(path, settings));
                (source.name.clone(), findings)
            }
            Err(Unread::File(error)) => return Err(error),
            Err(unread) => (path.display().to_string(), unread.findings()),
        };
        Ok(Looked { name, findings: settings.of(path).of(findings) })
    }

    fn print(&self, documents: &[Looked], reporter: &Reporter) -> String {
        let findings = || documents.iter().flat_map(|document| &document.findings);
        // Formats for programs always hold everything.
        let reported = |finding: &&Diagnostic| finding.is_error() || !reporter.is_quiet();
        match self.format {
            _ if self.summary => summary(documents, reported),
            OutputFormat::Summary => summary(documents, reported),
            OutputFormat::Json => json_of(&findings().map(Finding::from).collect::<Vec<_>>()),
            OutputFormat::Sarif => json_of(&sarif(&findings().cloned().collect::<Vec<_>>())),
            OutputFormat::Text => {
                let colour = reporter.coloured(&io::stdout());
                findings().filter(reported).map(|finding| format!("{}\n\n", finding.render(colour))).collect()
            }
        }
    }
}

/// Returns findings as JSON for programs.
pub(super) fn json_of(findings: &impl Serialize) -> String {
    visible_json(&serde_json::to_string_pretty(findings).unwrap_or_default()) + "\n"
}

/// Returns one line per document with reported findings, then one per code, the most frequent first.
fn summary(documents: &[Looked], reported: impl Fn(&&Diagnostic) -> bool) -> String {
    let mut text = String::new();
    let mut codes: std::collections::BTreeMap<&str, (usize, usize)> = std::collections::BTreeMap::new();
    for document in documents {
        let findings: Vec<&Diagnostic> = document.findings.iter().filter(&reported).collect();
        if findings.is_empty() {
            continue;
        }
        text += &format!("{}: {}\n", visible(&document.name), numbers(findings.iter().copied()));
        let mut seen = std::collections::BTreeSet::new();
        for finding in findings {
            let (times, files) = codes.entry(finding.code).or_default();
            *times += 1;
            *files += usize::from(seen.insert(finding.code));
        }
    }
    let mut list: Vec<_> = codes.into_iter().collect();
    list.sort_by_key(|(code, (times, _))| (usize::MAX - times, *code));
    if !list.is_empty() {
        text += "\n";
    }
    for (code, (times, files)) in list {
        text += &format!("{times:6}  {code} (in {})\n", counted(files, "document"));
    }
    text
}

/// Returns the numbers of documents and findings, in one line.
fn counts(documents: &[Looked]) -> String {
    let findings = documents.iter().flat_map(|document| &document.findings);
    format!("{}: {}", counted(documents.len(), "document"), numbers(findings))
}

/// Returns how many errors, warnings and hints there are among findings.
pub(super) fn numbers<'f>(findings: impl Iterator<Item = &'f Diagnostic> + Clone) -> String {
    let of = |severity, noun| counted(findings.clone().filter(|finding| finding.severity == severity).count(), noun);
    format!("{}, {}, {}", of(Severity::Error, "error"), of(Severity::Warning, "warning"), of(Severity::Hint, "hint"))
}

/// “no errors”, “1 error”, “3 errors”.
pub(super) fn counted(number: usize, noun: &str) -> String {
    match number {
        0 => format!("no {noun}s"),
        1 => format!("1 {noun}"),
        n => format!("{n} {noun}s"),
    }
}
