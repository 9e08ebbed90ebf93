//! The header fields.

use super::{Abilities, Findings};
use crate::diagnostic::Diagnostic;
use crate::model::fields::{Asks, Design, Field, header};
use crate::model::limits::is_job_number;
use crate::model::symbol::Sitting;
use crate::model::{Block, Document, House, Kind, Language, Passage, Path, Session, TO_BE_WRITTEN};
use crate::prepare::unprinted;
use crate::prepare::words::{organs, own_words, words_of};

pub(super) fn check(findings: &mut Findings, abilities: &Abilities) {
    let document = &findings.reading.document;
    for field in header::ALL {
        for asks in field.asks {
            ask(*asks, field, document, abilities, findings);
        }
    }
    not_printed(header::ALL, document, &Path::default(), findings);
}

/// Checks one requirement of a field.
fn ask(asks: Asks, field: &Field, document: &Document, abilities: &Abilities, findings: &mut Findings) {
    let format = findings.reading.format;
    let given = (field.value)(document).text();
    match asks {
        Asks::Needed(_) => {} // `read` reports that it is missing.
        Asks::Symbols => symbols(document, findings),
        Asks::SessionOfSymbol => session(document, findings),
        Asks::Covered => {
            let code = document.language.code();
            if matches!(document.language, Language::Other(_)) && own_words(document).is_none() {
                let message = format!("masthead has no words in “{code}”");
                let others = document.house.as_ref().and_then(|house| house.words.as_deref());
                let hint = match others.map(|words| words.language.code()) {
                    Some(other) => format!(
                        "the words of the house are in “{other}”: write code = \"{code}\" in their file, or correct the language"
                    ),
                    None => "name a file with words = \"words.toml\" under [house] in masthead.toml, or correct the language"
                        .to_owned(),
                };
                findings.add(field.name, Diagnostic::error("language-unknown", message).hint(hint));
            }
            let Some(c) = (abilities.mute)(document) else { return };
            let message = format!("no font has “{c}”, which documents in “{code}” need");
            let hint = "give a folder with a font for the language: --fonts FOLDER";
            findings.add(field.name, Diagnostic::error("language-not-covered", message).hint(hint));
        }
        Asks::NamedLanguages => {
            let unnamed = |language: &&Language| words_of(document).language(**language) == language.code();
            for code in document.original.iter().filter(unnamed).map(|language| language.code()) {
                let message = format!("masthead has no name for the language “{code}”, so its code is printed");
                let hint = "correct the code, or leave the field out";
                findings.add(field.name, Diagnostic::warning("language-unnamed", message).hint(hint));
            }
        }
        Asks::JobNumber if given.as_ref().is_some_and(|job| !is_job_number(job)) => {
            let error = Diagnostic::error("job-form", "a job number may contain only digits, letters and hyphens");
            findings.add(field.name, error.hint("write it as printed on the page: 23-16564"));
        }
        Asks::Picture => given.into_iter().for_each(|file| path(&field.name.into(), &file, findings)),
        Asks::NumberOfAdopted(example) if document.kind.is_adopted() && given.is_none() => {
            let message = format!("the {} has no “{}”", document.kind.name(), field.name);
            let hint = format!("{}, or change the kind to a draft", format.add(field.name, example));
            findings.add(header::kind.name, Diagnostic::error("adopted-without-number", message).hint(hint));
        }
        Asks::DateOfAdopted(example)
            if document.kind == Kind::Resolution && given.is_none() && document.adopted_text.is_empty() =>
        {
            let message = format!("the resolution has no date of adoption, “{}”", field.name);
            let error = Diagnostic::error("adopted-without-date", message);
            findings.add(header::kind.name, error.hint(format.add(field.name, example)));
        }
        Asks::AnyDate(example) if document.date.or(document.adopted).or(document.job_date).is_none() => {
            let warning = Diagnostic::warning("no-date", "the document has no date, but its archive file needs one");
            findings.add(header::symbol.name, warning.hint(format.add(field.name, example)));
        }
        Asks::Named => {
            let Some(house) = &document.house else { return };
            let at = Path::from(field.name);
            if house.name.as_ref().is_none_or(|name| name.trim().is_empty()) {
                let error =
                    Diagnostic::error("house-name", "the house has no name, which stands above the rule of page 1");
                findings.add(&at, error.hint("add “name” to the house"));
            }
            house.emblem.iter().for_each(|file| path(&at.field("emblem"), file, findings));
        }
        Asks::Blocks if document.body.is_empty() && document.parts.is_empty() => {
            let error = Diagnostic::error("empty-body", "the body has no blocks");
            findings.add(field.name, error.hint(format!("add a block such as {}", format.block("preambular"))));
        }
        Asks::Blocks if !document.body.is_empty() && document.body.iter().all(is_to_be_written) => {
            let warning =
                Diagnostic::warning("body-unwritten", format!("the body has no words yet, only “{TO_BE_WRITTEN}”"));
            findings.add(field.name, warning.hint("write its text"));
        }
        _ => {}
    }
}

/// Whether a block is what stands where a text is to be written.
fn is_to_be_written(block: &Block) -> bool {
    let only = |passage: &Passage| {
        matches!(passage.text.plain().trim(), TO_BE_WRITTEN | "...")
            && passage.items.is_empty()
            && passage.continuation.is_empty()
    };
    block.passage().is_some_and(only)
}

/// Reports fields of the header or of a part that are not printed: nothing is dropped silently.
pub(super) fn not_printed<T>(table: &[Field<T>], record: &T, at: &Path, findings: &mut Findings) {
    let document = &findings.reading.document;
    for (field, why, hint) in unprinted(table, record, Design::of_document(document)) {
        let kind = document.kind.name();
        let why = why.map_or_else(|| format!("in a document of this kind ({kind}) and organ"), str::to_owned);
        let warning = Diagnostic::warning("field-not-printed", format!("“{field}” is not printed {why}"));
        findings.add(at.field(field), warning.hint(hint));
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
        if let Some(reason) = symbol.error() {
            let error = Diagnostic::error("symbol-form", reason);
            let free = document.house.as_ref().is_some_and(House::has_free_symbols);
            let hint = match &document.house {
                Some(_) if free => "write a short text, such as SPECPOL/1/3 or DR 1.2",
                Some(_) => "write it as in A/77/L.107, or set symbols = \"free\" in the house",
                None => "write it as in A/77/L.107 or S/RES/2803 (2025)",
            };
            findings.add(&path, error.hint(hint));
        }
    }
    if document.symbol.iter().all(|symbol| symbol.error().is_none()) {
        bodies(document, findings);
    }
}

/// Reports symbols of bodies whose name is not known: page 1 names the issuing body.
fn bodies(document: &Document, findings: &mut Findings) {
    // A house need not have organs.
    if document.house.as_ref().is_some_and(|house| house.organs.is_empty()) {
        return;
    }
    for (symbol, _) in document.symbol.iter().zip(organs(document)).filter(|(_, name)| name.is_none()) {
        let letters = symbol.text().split('/').next().unwrap_or_default();
        if document.house.is_some() {
            let message = format!("the house has no organ for the symbol “{symbol}”, and none is printed on page 1");
            let hint = "name it in “organ”, or add the beginning of the symbol to the organs of the house";
            findings.add("symbol", Diagnostic::warning("organ-unknown", message).hint(hint));
            continue;
        }
        let message = format!(
            "the name of the body whose symbols begin with “{letters}/” is not known in “{}” and is left out on page 1",
            document.language.code()
        );
        let hint = "name it in “organ”, or correct the symbol: A/77/L.107, S/RES/2803 (2025)";
        findings.add("symbol", Diagnostic::warning("organ-unknown", message).hint(hint));
    }
}

fn session(document: &Document, findings: &mut Findings) {
    let Some(Session::Number(said)) = document.session else { return };
    let of_symbol = match document.symbol.first().and_then(|symbol| symbol.sitting) {
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
