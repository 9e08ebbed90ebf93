//! `masthead verify`: whether archive files are what this version makes.

use std::path::PathBuf;

use clap::Args;
use masthead::export::Origin;
use masthead::verify::{Verdict, verify};

use super::Exit;
use super::files::{self, STANDARD};
use super::report::Reporter;

/// What `masthead verify` is given.
#[derive(Args)]
#[command(after_help = "Examples:
  masthead verify out/*.pdf
  masthead verify - < a-77-l-107.pdf

An archive file carries the prepared document that its pages were made of. It is rendered again
and compared byte for byte. Exit status: 0 all are the same; 1 some are not, or cannot be verified.")]
pub struct Verify {
    /// PDF files of the archive profile, - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The folders of fonts with which the files were made
    #[arg(long, value_name = "FOLDER")]
    fonts: Vec<PathBuf>,
}

impl Verify {
    /// Says of every file whether it is the same.
    pub fn run(&self, reporter: &Reporter) -> Exit {
        let press = match reporter.press(&self.fonts) {
            Ok(press) => press,
            Err(exit) => return exit,
        };
        let mut exit = Exit::Well;
        for file in &self.files {
            let name = if file.as_os_str() == STANDARD { "<stdin>".into() } else { file.display().to_string() };
            let bytes = match files::bytes(file) {
                Ok(bytes) => bytes,
                Err(error) => {
                    exit = exit.max(reporter.error(&format!("{name} cannot be read: {error}")));
                    continue;
                }
            };
            let this = Origin::THIS_VERSION;
            match verify(&press, &bytes) {
                Ok(Verdict::Same) => reporter.done(&format!("{name}: exactly what masthead {this} makes")),
                Ok(Verdict::Other { made_by, at, bytes: (is, should) }) => {
                    let why = if made_by == this {
                        "it was altered, or made by another build".to_owned()
                    } else {
                        format!("it was made by masthead {made_by}")
                    };
                    let difference = format!("first difference at byte {at}; {is} bytes, {should} expected");
                    reporter.tell(&format!("{name}: not what masthead {this} makes: {why} ({difference})"));
                    exit = exit.max(Exit::Refused);
                }
                Err(reason) => {
                    reporter.tell(&format!("{name}: cannot be verified: {reason}"));
                    exit = exit.max(Exit::Refused);
                }
            }
        }
        exit
    }
}
