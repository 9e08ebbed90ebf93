//! `masthead check --fix`: mends what is mechanical, with the difference shown first.

use std::path::{Path, PathBuf};

use masthead::Format;
use masthead::check::mend;
use masthead::diagnostic::Source;
use similar::TextDiff;

use super::Exit;
use super::files::{self, STANDARD, Unread};
use super::report::Reporter;
use super::settings::Settings;

/// Mends the documents: shows what would change in each, and writes it if that is wanted.
pub fn run(
    paths: &[PathBuf],
    from: Option<Format>,
    settings: &Settings,
    (dry_run, yes): (bool, bool),
    reporter: &Reporter,
) -> Exit {
    let mut exit = Exit::Well;
    for path in paths {
        if path == Path::new(STANDARD) {
            return reporter.error("standard input cannot be written over: give a file");
        }
        let result = files::source(path, from).map(|(source, format)| {
            let selection = settings.of(path);
            let wanted = |finding: &_| !selection.of(vec![Clone::clone(finding)]).is_empty();
            mend(&source, format, &wanted).map(|mended| (source, mended))
        });
        let (source, mended) = match result {
            Ok(Some(found)) => found,
            // What cannot be read is told by the check that follows.
            Ok(None) | Err(Unread::Text(_)) => continue,
            Err(Unread::File(message)) => {
                exit = exit.max(reporter.error(&message));
                continue;
            }
        };
        exit = exit.max(reporter.out(difference(&source, &mended.text).as_bytes()));
        let what = told(&mended.gone);
        if dry_run {
            reporter.done(&format!("{}: {what} would be mended", source.name));
        } else if yes || reporter.agreed(&format!("Write {} ({what})?", source.name)) == Some(true) {
            match files::write(path, mended.text.as_bytes()) {
                Ok(()) => reporter.done(&format!("{}: {what} mended", source.name)),
                Err(message) => exit = exit.max(reporter.error(&message)),
            }
        } else {
            reporter.done(&format!("{}: nothing written; --yes writes without asking", source.name));
        }
    }
    exit
}

/// The lines that change, as a unified difference.
fn difference(source: &Source, mended: &str) -> String {
    let lines = TextDiff::from_lines(source.text.as_str(), mended);
    lines.unified_diff().context_radius(1).header(&source.name, &source.name).to_string()
}

/// "2 findings (double-space, sponsor-order)".
fn told(gone: &[&str]) -> String {
    let mut codes = gone.to_vec();
    codes.sort_unstable();
    codes.dedup();
    let noun = if gone.len() == 1 { "finding" } else { "findings" };
    format!("{} {noun} ({})", gone.len(), codes.join(", "))
}
