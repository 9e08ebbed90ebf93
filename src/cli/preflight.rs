//! `masthead preflight`: checks whether PDF files are fit for the press.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueEnum};
use masthead::check::sarif;
use masthead::diagnostic::{Diagnostic, Severity, Source};
use masthead::limits::{Allowance, KILLED, Watch};
use masthead::preflight::{PageInks, PressFinding, Profile, codes, preflight};
use masthead::visible::visible;
use serde_json::{Value, json};

use super::Exit;
use super::check::{counted, json_of, numbers};
use super::files;
use super::limits::{self, LimitOptions};
use super::report::Reporter;

/// The arguments of `masthead preflight`.
#[derive(Args)]
#[command(after_help = "Examples:
  masthead preflight draft.pdf
  masthead preflight *.pdf --profile colour --inks
  masthead preflight draft.pdf --profile house.toml --strict
  masthead preflight *.pdf --format sarif > findings.sarif
  masthead explain press-rgb

Profiles are press (black, PDF/X), colour (four inks, PDF/X), office (copiers and small printers), or a TOML
file (docs/printing.md).

Exit status: 0 no errors; 1 errors found; 2 usage or I/O error; 3 internal error.")]
pub struct Preflight {
    /// PDF files; - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Profile: press, colour, office or a TOML file
    #[arg(long, value_name = "PROFILE", default_value = "press")]
    profile: String,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    format: OutputFormat,
    /// List size, inks and colour spaces of each page instead of findings
    #[arg(long, conflicts_with = "format")]
    inks: bool,
    /// Treat warnings as errors
    #[arg(long)]
    strict: bool,
    /// Suppress findings with these codes
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    allow: Vec<String>,
    #[command(flatten)]
    limits: LimitOptions,
}

/// The output format of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum OutputFormat {
    /// Text
    #[default]
    Text,
    /// JSON list of findings
    Json,
    /// SARIF 2.1.0, for code hosting services
    Sarif,
}

/// A file that was checked.
struct Checked {
    name: String,
    findings: Vec<PressFinding>,
    pages: Vec<PageInks>,
    /// Why it was not checked.
    refused: Option<Diagnostic>,
}

impl Preflight {
    /// Prints the findings of every file to standard output.
    pub fn run(&self, reporter: &Reporter) -> Exit {
        let unknown: Vec<&String> = self.allow.iter().filter(|code| codes().all(|known| known.name != *code)).collect();
        if let Some(code) = unknown.first() {
            return reporter.error(format!("unknown finding code “{code}”; run “masthead explain” to list all codes"));
        }
        let profile = match self.profile(reporter) {
            Ok(profile) => profile.allowing(&self.allow),
            Err(exit) => return exit,
        };
        let watch = match self.limits.watch(reporter, None) {
            Ok(watch) => watch,
            Err(exit) => return exit,
        };
        let checked = watch.through(&self.files, |path| limits::name(path), |path| self.look(path, &profile, &watch));
        let mut exit = Exit::Well;
        let mut list = Vec::with_capacity(checked.len());
        for one in checked {
            match one {
                Ok(file) => {
                    let broken = file.refused.as_ref().is_some_and(|finding| finding.code == KILLED);
                    exit = exit.max(if broken { Exit::Broken } else { Exit::Well });
                    list.push(file);
                }
                Err(error) => exit = exit.max(reporter.error(error)),
            }
        }
        let diagnostics: Vec<Diagnostic> = list.iter().flat_map(Checked::diagnostics).collect();
        if diagnostics.iter().any(Diagnostic::is_error) {
            exit = exit.max(Exit::Refused);
        }
        if list.is_empty() {
            return exit;
        }
        let printed = self.print(&list, &diagnostics, reporter);
        reporter.done(&format!("{}: {}", counted(list.len(), "file"), numbers(diagnostics.iter())));
        exit.max(reporter.out(printed.as_bytes()))
    }

    fn profile(&self, reporter: &Reporter) -> Result<Profile, Exit> {
        if let Some(profile) = Profile::built_in(&self.profile) {
            return Ok(profile);
        }
        let path = Path::new(&self.profile);
        if !path.exists() && !self.profile.ends_with(".toml") {
            let names = Profile::NAMES.join(", ");
            return Err(reporter.error(format!("unknown profile “{}”; use {names} or a TOML file", self.profile)));
        }
        let bytes = files::bytes(path)
            .map_err(|error| reporter.error(format!("{} cannot be read: {error}", path.display())))?;
        let text =
            String::from_utf8(bytes).map_err(|_| reporter.error(format!("{} is not UTF-8 text", path.display())))?;
        Profile::read(&Source::new(self.profile.clone(), text)).map_err(|errors| {
            reporter.findings(&errors);
            Exit::Usage
        })
    }

    fn look(&self, path: &Path, profile: &Profile, watch: &Watch) -> Result<Checked, String> {
        let name = limits::name(path);
        let refused =
            |refused| Checked { name: name.clone(), findings: Vec::new(), pages: Vec::new(), refused: Some(refused) };
        let _flight = match watch.begin(&name, Allowance::of_file(path)) {
            Ok(flight) => flight,
            Err(quarantined) => return Ok(refused(quarantined.cause.diagnostic(&name))),
        };
        let bytes = files::bytes(path).map_err(|error| format!("{name} cannot be read: {error}"))?;
        match preflight(&bytes, profile) {
            Ok(report) => {
                let mut findings = report.findings;
                for finding in
                    findings.iter_mut().filter(|finding| self.strict && finding.severity == Severity::Warning)
                {
                    finding.severity = Severity::Error;
                }
                Ok(Checked { name, findings, pages: report.pages, refused: None })
            }
            Err((code, message)) => Ok(refused(Diagnostic::error(code, message).in_source(&empty(&name), 0..0))),
        }
    }

    fn print(&self, list: &[Checked], diagnostics: &[Diagnostic], reporter: &Reporter) -> String {
        let reported = |severity| severity == Severity::Error || !reporter.is_quiet();
        if self.inks {
            return list.iter().map(inks).collect();
        }
        match self.format {
            OutputFormat::Text => {
                let lines = list.iter().flat_map(|file| file.texts(&reported));
                lines.map(|text| text + "\n\n").collect()
            }
            OutputFormat::Json => json_of(&list.iter().flat_map(Checked::json).collect::<Vec<_>>()),
            OutputFormat::Sarif => json_of(&sarif(diagnostics)),
        }
    }
}

/// Returns the source of findings in a file that has no lines.
fn empty(name: &str) -> Arc<Source> {
    Source::new(name, "")
}

impl Checked {
    fn diagnostics(&self) -> Vec<Diagnostic> {
        let source = empty(&self.name);
        let of = |finding: &PressFinding| {
            let message = format!("{}{}", at(finding), finding.message);
            let mut diagnostic = Diagnostic::error(finding.code, message).hint(finding.hint).in_source(&source, 0..0);
            diagnostic.severity = finding.severity;
            diagnostic
        };
        self.refused.iter().cloned().chain(self.findings.iter().map(of)).collect()
    }

    /// Returns the findings as text; there is no line of the file to show.
    fn texts(&self, reported: &impl Fn(Severity) -> bool) -> Vec<String> {
        let of = |finding: Diagnostic| {
            let hint = finding.hint.as_ref().map_or_else(String::new, |hint| format!("\nhint: {hint}"));
            let (severity, code) = (finding.severity.name(), finding.code);
            let text = format!("{severity}[{code}]: {}\n  --> {}{hint}", finding.message, self.name);
            text.lines().map(visible).collect::<Vec<_>>().join("\n")
        };
        self.diagnostics().into_iter().filter(|finding| reported(finding.severity)).map(of).collect()
    }

    fn json(&self) -> Vec<Value> {
        let named = |value: Value| {
            let mut object = json!({ "file": self.name });
            if let (Some(object), Value::Object(more)) = (object.as_object_mut(), value) {
                object.extend(more);
            }
            object
        };
        let refused = self.refused.iter().map(|finding| {
            json!({ "severity": finding.severity, "code": finding.code, "message": finding.message, "count": 1 })
        });
        let found = self.findings.iter().map(|finding| serde_json::to_value(finding).unwrap_or_default());
        refused.chain(found).map(named).collect()
    }
}

/// Returns where a finding is, as the beginning of its message.
fn at(finding: &PressFinding) -> String {
    let Some(page) = finding.page else { return String::new() };
    let place = finding.place.map_or_else(String::new, |[x, y]| format!(" at {x:.0}, {y:.0} pt"));
    let times = if finding.count > 1 { format!(", {} times", finding.count) } else { String::new() };
    format!("page {page}{place}{times}: ")
}

/// Returns the inks and colour spaces of a file, a line for each page.
fn inks(file: &Checked) -> String {
    let list = |names: Vec<&str>| if names.is_empty() { "none".to_owned() } else { names.join(", ") };
    let line = |page: &PageInks| {
        let inks = list(page.inks.iter().map(String::as_str).collect());
        let spaces = list(page.spaces.iter().copied().collect());
        let [width, height] = page.size;
        format!("{}: page {}: {width:.0} × {height:.0} pt; inks: {inks}; colour spaces: {spaces}", file.name, page.page)
    };
    file.pages.iter().map(|page| format!("{}\n", visible(&line(page)))).collect()
}
