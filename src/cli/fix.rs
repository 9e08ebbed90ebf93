//! `masthead check --fix`: fixes mechanical problems, showing the changes first.

use std::path::{Path, PathBuf};

use masthead::Format;
use masthead::check::fix;
use masthead::limits::{Allowance, Watch};

use super::Exit;
use super::files::{self, STANDARD, Unread};
use super::limits;
use super::report::Reporter;
use super::rewrite::{Consent, Rewrite, Wording};
use super::settings::Settings;

/// The note of a document that was processed.
const FIXED: u8 = 1;

/// Fixes the documents: shows the changes of each, and writes them, with `consent`.
pub fn run(
    paths: &[PathBuf],
    from: Option<Format>,
    settings: &Settings,
    consent: Consent,
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
        let result = files::source(path, from, reporter.folders()).map(|(source, format)| {
            let selection = settings.of(path);
            let wanted = |finding: &_| selection.reports(finding);
            fix(&source, format, &wanted).map(|fixed| (source, fixed))
        });
        let (source, fixed) = match result {
            Ok(Some(found)) => found,
            // Unreadable documents are reported by the check that follows.
            Ok(None) | Err(Unread::Text(_) | Unread::Settings(_)) => continue,
            Err(Unread::File(error)) => {
                exit = exit.max(reporter.error(error));
                continue;
            }
        };
        flight.end(FIXED);
        let what = described(&fixed.gone);
        let wording = Wording { would: format!("would fix {what}"), done: format!("fixed {what}") };
        let rewrite = Rewrite { path, folder: None, source: &source, text: &fixed.text, what: &what };
        exit = exit.max(rewrite.offer(consent, &wording, reporter));
    }
    exit
}

/// "2 findings (double-space, sponsor-order)".
fn described(gone: &[&str]) -> String {
    let mut codes = gone.to_vec();
    codes.sort_unstable();
    codes.dedup();
    let noun = if gone.len() == 1 { "finding" } else { "findings" };
    format!("{} {noun} ({})", gone.len(), codes.join(", "))
}
