//! `masthead check`: what is wrong with documents.

use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use masthead::check::{sarif, selection::Selection};
use masthead::diagnostic::{Diagnostic, Finding, Severity};
use masthead::limits::{Allowance, KILLED, Watch};
use masthead::visible::{visible, visible_json};
use masthead::{Coverage, Format, boxed, lint_with_pictures};

use super::Exit;
use super::files::{self, Unread};
use super::fix;
use super::limits::{self, LimitOptions};
use super::render::Missing;
use super::report::Reporter;
use super::settings::{Settings, unknown_codes};
use super::syntax::Syntax;

/// What `masthead check` is given.
#[derive(Args)]
#[command(after_help = "Examples:
  masthead check draft.yaml
  masthead check drafts/ --summary
  masthead check draft.yaml --strict --allow number-words,united-nations-short
  masthead check draft.yaml --fix --dry-run
  masthead check *.yaml --format sarif > findings.sarif
  masthead explain double-space

Errors refuse a document; warnings are nearly surely wrong; hints are for an editor to look at.
A file masthead.toml in the folder of a document or above it says what holds there:

  [check]
  strict = true
  allow = [\"number-words\"]

  [render]
  missing_glyphs = \"box-with-code\"")]
pub struct Check {
    /// Documents: YAML, JSON, Markdown or XML files, folders of them, - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// How findings are told
    #[arg(long, value_enum, default_value_t)]
    format: OutputFormat,
    /// One line a document, and how often each finding comes: --format summary
    #[arg(long, conflicts_with = "format")]
    summary: bool,
    /// Warnings are errors
    #[arg(long)]
    strict: bool,
    /// Findings that are not told, by their codes
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    allow: Vec<String>,
    /// The only findings that are told, by their codes; errors of form and structure always are
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    only: Vec<String>,
    /// Mend spaces, dashes, quotation marks, order and numbers, never words; shows the difference
    /// and asks before it writes
    #[arg(long)]
    fix: bool,
    /// With --fix: show the difference and write nothing
    #[arg(long, requires = "fix")]
    dry_run: bool,
    /// With --fix: write without asking
    #[arg(short, long, requires = "fix", conflicts_with = "dry_run")]
    yes: bool,
    /// Folders of fonts for characters that the program's own do not have
    #[arg(long, value_name = "FOLDER")]
    fonts: Vec<PathBuf>,
    #[command(flatten)]
    missing: Missing,
    /// The syntax of the documents; default: by the name, else by the text
    #[arg(long, value_enum)]
    from: Option<Syntax>,
    #[command(flatten)]
    limits: LimitOptions,
}

/// How findings are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum OutputFormat {
    /// To people, with the source line
    #[default]
    Text,
    /// To programs: one list of findings (docs/findings.schema.json)
    Json,
    /// To services that host code: SARIF 2.1.0
    Sarif,
    /// One line a document, and how often each finding comes
    Summary,
}

/// A document that was looked at.
struct Looked {
    name: String,
    findings: Vec<Diagnostic>,
}

impl Check {
    /// Tells the findings of every document on standard output.
    pub fn run(&self, reporter: &Reporter) -> Exit {
        let fonts = match files::fonts(&self.fonts) {
            Ok(fonts) => fonts,
            Err(message) => return reporter.error(&message),
        };
        let given = Selection { strict: self.strict, allow: self.allow.clone(), only: self.only.clone() };
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
            return reporter.error("there are no documents in these folders");
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
            exit = fix::run(&paths, self.from.map(Format::from), &settings, (self.dry_run, self.yes), &watch, reporter);
            if exit > Exit::Refused {
                return exit;
            }
        }
        let coverage = Coverage::new(fonts);
        // Standard input is read once, by whoever comes first.
        let looked: Vec<Result<Looked, String>> =
            watch.through(&paths, |path| limits::name(path), |path| self.look(path, &coverage, &settings, &watch));
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
                Err(message) => exit = exit.max(reporter.error(&message)),
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

    /// The findings of a document that the settings of its folder tell.
    fn look(&self, path: &Path, coverage: &Coverage, settings: &Settings, watch: &Watch) -> Result<Looked, String> {
        let name = limits::name(path);
        let _flight = match watch.begin(&name, Allowance::of_file(path)) {
            Ok(flight) => flight,
            Err(quarantined) => {
                let findings = vec![quarantined.cause.diagnostic(&name)];
                return Ok(Looked { name, findings });
            }
        };
        let (name, findings) = match files::source(path, self.from.map(Format::from)) {
            Ok((source, format)) => {
                let picture = |name: &str| files::picture(path, name);
                let mut findings = lint_with_pictures(coverage, &source, format, &picture);
                boxed(&mut findings, self.missing.of(path, settings));
                (source.name.clone(), findings)
            }
            Err(Unread::Text(error)) => (path.display().to_string(), vec![*error]),
            Err(Unread::File(message)) => return Err(message),
        };
        Ok(Looked { name, findings: settings.of(path).of(findings) })
    }

    fn print(&self, documents: &[Looked], reporter: &Reporter) -> String {
        let findings = || documents.iter().flat_map(|document| &document.findings);
        // Programs are always told everything.
        let reported = |finding: &&Diagnostic| finding.is_error() || !reporter.is_quiet();
        match self.format {
            _ if self.summary => summary(documents, reported),
            OutputFormat::Summary => summary(documents, reported),
            OutputFormat::Json => {
                let list: Vec<Finding> = findings().map(Finding::from).collect();
                visible_json(&serde_json::to_string_pretty(&list).unwrap_or_default()) + "\n"
            }
            OutputFormat::Sarif => {
                let list: Vec<Diagnostic> = findings().cloned().collect();
                visible_json(&serde_json::to_string_pretty(&sarif(&list)).unwrap_or_default()) + "\n"
            }
            OutputFormat::Text => {
                let colour = reporter.coloured(&io::stdout());
                findings().filter(reported).map(|finding| format!("{}\n\n", finding.render(colour))).collect()
            }
        }
    }
}

fn number_of(findings: &[&Diagnostic]) -> [usize; 3] {
    [Severity::Error, Severity::Warning, Severity::Hint]
        .map(|severity| findings.iter().filter(|finding| finding.severity == severity).count())
}

/// A line for every document with findings that are told, then one for every code, the most frequent
/// first.
fn summary(documents: &[Looked], reported: impl Fn(&&Diagnostic) -> bool) -> String {
    let mut text = String::new();
    let mut codes: std::collections::BTreeMap<&str, (usize, usize)> = std::collections::BTreeMap::new();
    for document in documents {
        let findings: Vec<&Diagnostic> = document.findings.iter().filter(&reported).collect();
        if findings.is_empty() {
            continue;
        }
        text += &format!("{}: {}\n", visible(&document.name), numbers(number_of(&findings)));
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

/// How many of everything, in a line.
fn counts(documents: &[Looked]) -> String {
    let findings: Vec<&Diagnostic> = documents.iter().flat_map(|document| &document.findings).collect();
    format!("{}: {}", counted(documents.len(), "document"), numbers(number_of(&findings)))
}

fn numbers([errors, warnings, hints]: [usize; 3]) -> String {
    format!("{}, {}, {}", counted(errors, "error"), counted(warnings, "warning"), counted(hints, "hint"))
}

fn counted(number: usize, noun: &str) -> String {
    match number {
        0 => format!("no {noun}s"),
        1 => format!("1 {noun}"),
        n => format!("{n} {noun}s"),
    }
}
