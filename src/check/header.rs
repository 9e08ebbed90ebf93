//! The header fields.

use super::{Abilities, Findings};
use crate::diagnostic::Diagnostic;
use crate::model::limits::LONGEST_JOB;
use crate::model::symbol::Sitting;
use crate::model::{Document, Kind, Path, Session, Symbol};
use crate::prepare::unprinted;
use crate::prepare::words::organs;

pub(super) fn check(findings: &mut Findings, abilities: &Abilities) {
    let document = &findings.reading.document;
    symbols(document, findings);
    if let Some(c) = (abilities.mute)(document.language) {
        let code = document.language.code();
        let message = format!("no font has “{c}”, which documents in “{code}” need");
        let hint = "give a folder with a font for the language: --fonts FOLDER";
        findings.add("language", Diagnostic::error("language-not-covered", message).hint(hint));
    }
    if let Some(job) = &document.job {
        let fits = |c: char| c.is_ascii_alphanumeric() || c == '-';
        if job.is_empty() || job.len() > LONGEST_JOB || !job.chars().all(fits) {
            let error = Diagnostic::error("job-form", "a job number may contain only digits, letters and hyphens");
            findings.add("job", error.hint("write it as printed on the page: 23-16564"));
        }
    }
    if let Some(emblem) = &document.emblem {
        path(&"emblem".into(), emblem, findings);
    }
    if document.kind.is_adopted() && document.number.is_none() {
        let name = document.kind.name();
        let error = Diagnostic::error("adopted-without-number", format!("the {name} has no “number”"));
        let hint = format!("{}, or change the kind to a draft", findings.reading.format.add("number", "78/323"));
        findings.add("kind", error.hint(hint));
    }
    if document.kind == Kind::Resolution && document.adopted.is_none() && document.adopted_text.is_empty() {
        let error = Diagnostic::error("adopted-without-date", "the resolution has no date of adoption, “adopted”");
        let hint = findings.reading.format.add("adopted", "2024-08-13");
        findings.add("kind", error.hint(hint));
    }
    not_printed(document, findings);
    if document.date.or(document.adopted).or(document.job_date).is_none() {
        let warning = Diagnostic::warning("no-date", "the document has no date, but its archive file needs one");
        let hint = findings.reading.format.add("date", "2023-08-28");
        findings.add("symbol", warning.hint(hint));
    }
    if document.body.is_empty() && document.parts.is_empty() {
        let error = Diagnostic::error("empty-body", "the body has no blocks");
        let hint = format!("add a block such as {}", findings.reading.format.block("preambular"));
        findings.add("body", error.hint(hint));
    }
}

/// Reports fields that are not printed: nothing is dropped silently.
fn not_printed(document: &Document, findings: &mut Findings) {
    for (field, why, hint) in unprinted(document) {
        let kind = document.kind.name();
        let why = why.map_or_else(|| format!("in a document of this kind ({kind}) and organ"), str::to_owned);
        let warning = Diagnostic::warning("field-not-printed", format!("“{field}” is not printed {why}"));
        findings.add(field, warning.hint(hint));
    }
}

fn symbols(document: &Document, findings: &mut Findings) {
    const MOST: usize = 3;
    if document.symbol.is_empty() || document.symbol.len() > MOST {
        let error = Diagnostic::error("symbol-form", format!("a document must have one to {MOST} symbols"));
        findings.add("symbol", error.hint("add one, such as “symbol: A/77/L.107”"));
        return;
    }
    for (index, symbol) in document.symbol.iter().enumerate() {
        let path = Path::from("symbol").one_of(index, document.symbol.len());
        match symbol.error() {
            Some(reason) => {
                let error = Diagnostic::error("symbol-form", reason);
                findings.add(&path, error.hint("write it as in A/77/L.107 or S/RES/2803 (2025)"));
            }
            None if index == 0 => session(document, symbol, findings),
            None => {}
        }
    }
    if document.symbol.iter().all(|symbol| symbol.error().is_none()) {
        bodies(document, findings);
    }
}

/// Reports symbols of bodies whose name is not known: page 1 names the issuing body.
fn bodies(document: &Document, findings: &mut Findings) {
    for (symbol, _) in document.symbol.iter().zip(organs(document)).filter(|(_, name)| name.is_none()) {
        let letters = symbol.text().split('/').next().unwrap_or_default();
        let message = format!(
            "the name of the body whose symbols begin with “{letters}/” is not known in “{}” and is left out on page 1",
            document.language.code()
        );
        let hint = "name it in “organ”, or correct the symbol: A/77/L.107, S/RES/2803 (2025)";
        findings.add("symbol", Diagnostic::warning("organ-unknown", message).hint(hint));
    }
}

fn session(document: &Document, symbol: &Symbol, findings: &mut Findings) {
    let Some(Session::Number(said)) = document.session else { return };
    let of_symbol = match symbol.sitting {
        Some(Sitting::Session(n) | Sitting::Special(n) | Sitting::EmergencySpecial(n)) => u32::from(n),
        Some(Sitting::Year(_)) | None => return,
    };
    if said != of_symbol {
        let message = format!("the session is {said}, but the symbol has {of_symbol}");
        findings.add("session", Diagnostic::warning("session-mismatch", message).hint("correct one of the two"));
    }
}

/// Checks that the path of a picture stays within the document's folder.
pub(super) fn path(path: &Path, file: &str, findings: &mut Findings) {
    if file.is_empty() {
        return; // `read` has reported it as missing.
    }
    let lower = file.to_ascii_lowercase();
    let parts = file.split('/');
    let within =
        !file.contains(['\\', ':', '\0']) && parts.clone().all(|part| !part.is_empty() && part != ".." && part != ".");
    if !within || !(lower.ends_with(".svg") || lower.ends_with(".png")) {
        let error = Diagnostic::error("path", "not an SVG or PNG file in the folder of the document or below it");
        findings.add_in(
            path,
            file,
            error.hint("write the path relative to that folder, with slashes: pictures/emblem.svg"),
        );
    }
}
