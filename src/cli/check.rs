//! `masthead check`: what is wrong with documents.

use std::io;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use masthead::diagnostic::{Diagnostic, Finding};
use masthead::{Format, examine};

use super::Exit;
use super::files::{self, Unread};
use super::report::Reporter;
use super::syntax::Syntax;

/// What `masthead check` is given.
#[derive(Args)]
#[command(after_help = "Examples:
  masthead check draft.yaml
  masthead check *.yaml --format json")]
pub struct Check {
    /// Documents: YAML, JSON or Markdown files, - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// How findings are told
    #[arg(long, value_enum, default_value_t)]
    format: Told,
    /// Folders of fonts for characters that the program's own do not have
    #[arg(long, value_name = "FOLDER")]
    fonts: Vec<PathBuf>,
    /// The syntax of the documents; default: by the name, else YAML
    #[arg(long, value_enum)]
    from: Option<Syntax>,
}

/// How findings are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Told {
    /// To people, with the source line
    #[default]
    Text,
    /// To programs: one list of findings
    Json,
}

impl Check {
    /// Tells the findings of every document on standard output.
    pub fn run(&self, reporter: &Reporter) -> Exit {
        let press = match reporter.press(&self.fonts) {
            Ok(press) => press,
            Err(exit) => return exit,
        };
        let mut exit = Exit::Well;
        let mut findings: Vec<Diagnostic> = Vec::new();
        for file in &self.files {
            match files::source(file, self.from.map(Format::from)) {
                Ok((source, format)) => {
                    findings.extend(examine(&press, &source, format).map_or_else(|faults| faults, |(_, rest)| rest));
                }
                Err(Unread::Text(fault)) => findings.push(*fault),
                Err(Unread::File(message)) => exit = exit.max(reporter.error(&message)),
            }
        }
        let faults = findings.iter().filter(|finding| finding.is_fault()).count();
        if faults > 0 {
            exit = exit.max(Exit::Refused);
        }
        let told = match self.format {
            Told::Json => json(&findings),
            Told::Text => {
                let colour = reporter.coloured(&io::stdout());
                findings.iter().map(|finding| format!("{}\n\n", finding.render(colour))).collect()
            }
        };
        reporter.done(&summary(self.files.len(), faults, findings.len() - faults));
        exit.max(reporter.out(told.as_bytes()))
    }
}

fn json(findings: &[Diagnostic]) -> String {
    let list: Vec<Finding> = findings.iter().map(Finding::from).collect();
    serde_json::to_string_pretty(&list).unwrap_or_default() + "\n"
}

fn summary(documents: usize, faults: usize, others: usize) -> String {
    let count = |number: usize, noun: &str| match number {
        0 => format!("no {noun}s"),
        1 => format!("1 {noun}"),
        n => format!("{n} {noun}s"),
    };
    format!("{}: {}, {}", count(documents, "document"), count(faults, "fault"), count(others, "warning"))
}
