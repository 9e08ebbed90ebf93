//! `masthead check --fix`: fixes mechanical problems, showing the changes first.

use std::path::{Path, PathBuf};

use masthead::Format;
use masthead::check::fix;
use masthead::diagnostic::Source;
use masthead::limits::{Allowance, Watch};
use masthead::visible::visible;
use similar::TextDiff;

use super::Exit;
use super::files::{self, STANDARD, Unread};
use super::limits;
use super::report::Reporter;
use super::settings::Settings;

/// The note of a document that was processed.
const FIXED: u8 = 1;

/// Fixes the documents: shows the changes of each, and writes them if confirmed.
pub fn run(
    paths: &[PathBuf],
    from: Option<Format>,
    settings: &Settings,
    (dry_run, yes): (bool, bool),
    watch: &Watch,
    reporter: &Reporter,
) -> Exit {
    let mut exit = Exit::Well;
    for path in paths {
        if path == Path::new(STANDARD) {
            return reporter.error("cannot fix standard input; give a file");
        }
        let name = limits::name(path);
        // What an earlier worker fixed is not asked about again; a skipped document is reported by the check
        // that follows.
        if watch.ended(&name).is_some() {
            continue;
        }
        let Ok(flight) = watch.begin(&name, Allowance::of_file(path)) else { continue };
        let result = files::source(path, from).map(|(source, format)| {
            let selection = settings.of(path);
            let wanted = |finding: &_| !selection.of(vec![Clone::clone(finding)]).is_empty();
            fix(&source, format, &wanted).map(|fixed| (source, fixed))
        });
        let (source, fixed) = match result {
            Ok(Some(found)) => found,
            // Unreadable documents are reported by the check that follows.
            Ok(None) | Err(Unread::Text(_)) => continue,
            Err(Unread::File(message)) => {
                exit = exit.max(reporter.error(&message));
                continue;
            }
        };
        flight.end(FIXED);
        exit = exit.max(reporter.lines(&difference(&source, &fixed.text)));
        let what = described(&fixed.gone);
        if dry_run {
            reporter.done(&format!("{}: would fix {what}", source.name));
        } else if yes || reporter.agreed(&format!("Write {} ({what})?", source.name)) == Some(true) {
            match files::write(path, fixed.text.as_bytes()) {
                Ok(()) => reporter.done(&format!("{}: fixed {what}", source.name)),
                Err(message) => exit = exit.max(reporter.error(&message)),
            }
        } else {
            reporter.done(&format!("{}: nothing written; use --yes to write without asking", source.name));
        }
    }
    exit
}

/// Returns the changed lines as a unified diff.
pub(super) fn difference(source: &Source, fixed: &str) -> String {
    let lines = TextDiff::from_lines(source.text.as_str(), fixed);
    let name = visible(&source.name);
    lines.unified_diff().context_radius(1).header(&name, &name).to_string()
}

/// "2 findings (double-space, sponsor-order)".
fn described(gone: &[&str]) -> String {
    let mut codes = gone.to_vec();
    codes.sort_unstable();
    codes.dedup();
    let noun = if gone.len() == 1 { "finding" } else { "findings" };
    format!("{} {noun} ({})", gone.len(), codes.join(", "))
}
