//! `masthead verify`: verifies that archive and print files are what this version produces.

use std::path::{Path, PathBuf};

use clap::Args;
use masthead::Press;
use masthead::export::Origin;
use masthead::verify::{Verdict, verify};

use super::Exit;
use super::files;
use super::limits::{self, LimitOptions};
use super::report::Reporter;

/// The arguments of `masthead verify`.
#[derive(Args)]
#[command(after_help = "Examples:
  masthead verify out/*.pdf
  masthead verify - < a-77-l-107.pdf

Archive and print files contain the prepared document from which their pages were made. The document is
rendered again and compared byte for byte.

Exit status: 0 all files are identical; 1 some differ or cannot be verified; 2 usage or I/O error.")]
pub struct Verify {
    /// PDF files of the archive or print profile; - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Folder of extra fonts with which the files were made
    #[arg(long, value_name = "FOLDER")]
    fonts: Vec<PathBuf>,
    #[command(flatten)]
    limits: LimitOptions,
}

impl Verify {
    /// Reports for every file whether it is identical.
    pub fn run(&self, reporter: &Reporter) -> Exit {
        let press = match reporter.press(&self.fonts) {
            Ok(press) => press,
            Err(exit) => return exit,
        };
        let watch = match self.limits.watch(reporter, None) {
            Ok(watch) => watch,
            Err(exit) => return exit,
        };
        limits::one_by_one(&watch, &self.files, reporter, |_, file, _| one(&press, file, reporter))
    }
}

fn one(press: &Press, file: &Path, reporter: &Reporter) -> Exit {
    let name = limits::name(file);
    let bytes = match files::bytes(file) {
        Ok(bytes) => bytes,
        Err(error) => return reporter.error(format!("{name} cannot be read: {error}")),
    };
    let this = Origin::THIS_VERSION;
    match verify(press, &bytes) {
        Ok(Verdict::Same) => {
            reporter.done(&format!("{name}: identical to the output of masthead {this}"));
            return Exit::Well;
        }
        Ok(Verdict::Other { made_by, at, bytes: (is, should), .. }) => {
            let why = if made_by == this {
                "it was altered, or made by another build".to_owned()
            } else {
                format!("it was made by masthead {made_by}")
            };
            let difference = format!("first difference at byte {at}; {is} bytes, {should} expected");
            reporter.problem(&format!("{name}: differs from the output of masthead {this}: {why} ({difference})"));
        }
        Err(reason) => reporter.problem(&format!("{name}: cannot be verified: {reason}")),
    }
    Exit::Refused
}
