//! The header fields.

use super::{Abilities, Findings};
use crate::diagnostic::Diagnostic;
use crate::model::symbol::Sitting;
use crate::model::{Document, Kind, Session, Symbol};

pub(super) fn check(findings: &mut Findings, abilities: &Abilities) {
    let document = &findings.reading.document;
    symbols(document, findings);
    if !(abilities.speaks)(document.language) {
        let message = format!("there are no words for documents in “{}” yet", document.language.code());
        findings.add("language", Diagnostic::fault("language-not-yet", message).hint("write it in English (en)"));
    }
    if let Some(job) = &document.job {
        const LONGEST: usize = 20;
        let fits = |c: char| c.is_ascii_alphanumeric() || c == '-';
        if job.is_empty() || job.len() > LONGEST || !job.chars().all(fits) {
            let fault = Diagnostic::fault("job-form", "a job number has only figures, letters and hyphens");
            findings.add("job", fault.hint("write it as on the page: 23-16564"));
        }
    }
    if let Some(emblem) = &document.emblem {
        path("emblem", emblem, findings);
    }
    if document.kind.is_adopted() && document.number.is_none() {
        let name = document.kind.name();
        let fault = Diagnostic::fault("adopted-without-number", format!("a {name} has a “number”"));
        findings.add("kind", fault.hint("add a line such as “number: 78/323”, or use the kind of a draft"));
    }
    if document.kind == Kind::Resolution && document.adopted.is_none() {
        let fault = Diagnostic::fault("adopted-without-date", "a resolution has a date on which it was “adopted”");
        findings.add("kind", fault.hint("add a line such as “adopted: 2024-08-13”"));
    }
    if !document.sponsors.is_empty() && document.submitted_by.is_some() {
        let warning =
            Diagnostic::warning("sponsors-and-submitted-by", "the sponsors are not printed beside “submitted_by”");
        findings.add("sponsors", warning.hint("leave out one of the two"));
    }
    if document.body.is_empty() {
        let fault = Diagnostic::fault("empty-body", "the body has no blocks");
        findings.add("body", fault.hint("add a block such as “- preambular: …”"));
    }
}

fn symbols(document: &Document, findings: &mut Findings) {
    const MOST: usize = 3;
    const LONGEST: usize = 60;
    if document.symbol.is_empty() || document.symbol.len() > MOST {
        let fault = Diagnostic::fault("symbol-form", format!("a document has one to {MOST} symbols"));
        findings.add("symbol", fault.hint("such as “symbol: A/77/L.107”"));
        return;
    }
    for (index, text) in document.symbol.iter().enumerate() {
        let path = if document.symbol.len() == 1 { "symbol".to_owned() } else { format!("symbol[{index}]") };
        let parsed = Symbol::parse(text).and_then(|symbol| {
            if text.len() > LONGEST { Err(format!("a symbol has at most {LONGEST} characters")) } else { Ok(symbol) }
        });
        match parsed {
            Err(reason) => {
                findings.add(
                    &path,
                    Diagnostic::fault("symbol-form", reason).hint("write it as in A/77/L.107 or S/RES/2803 (2025)"),
                );
            }
            Ok(symbol) if index == 0 => session(document, &symbol, findings),
            Ok(_) => {}
        }
    }
}

fn session(document: &Document, symbol: &Symbol, findings: &mut Findings) {
    let Some(Session::Number(said)) = document.session else { return };
    let of_symbol = match symbol.sitting {
        Some(Sitting::Session(n) | Sitting::Special(n) | Sitting::EmergencySpecial(n)) => u32::from(n),
        Some(Sitting::Year(_)) | None => return,
    };
    if said != of_symbol {
        let message = format!("the session is {said}, but the symbol says {of_symbol}");
        findings.add("session", Diagnostic::warning("session-mismatch", message).hint("correct one of the two"));
    }
}

/// A picture's path stays within the document's folder.
pub(super) fn path(path: &str, file: &str, findings: &mut Findings) {
    let lower = file.to_ascii_lowercase();
    let parts = file.split('/');
    let within =
        !file.contains(['\\', ':', '\0']) && parts.clone().all(|part| !part.is_empty() && part != ".." && part != ".");
    if !within || !(lower.ends_with(".svg") || lower.ends_with(".png")) {
        let fault =
            Diagnostic::fault("path", "a picture is an SVG or PNG file in the folder of the document or below it");
        findings.add_in(path, file, fault.hint("write its path from there, with strokes: pictures/emblem.svg"));
    }
}
