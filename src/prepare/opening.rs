//! The session block, and what stands between it and the body.

use super::notes::Notes;
use super::prepared::{Opening, OpeningRole, Run, Runs, SessionLine, SessionRole};
use super::words::{Words, fill};
use crate::model::symbol::{Organ, Sitting, Symbol};
use crate::model::{Document, Kind, Session, inline};

/// The columns of the session block, one an organ that has a session.
pub(super) fn session(
    document: &Document,
    symbols: &[Symbol],
    words: &Words,
    notes: &mut Notes,
) -> Vec<Vec<SessionLine>> {
    let Some(first) = symbols.first() else {
        return Vec::new();
    };
    let several = symbols.iter().any(|symbol| symbol.organ != first.organ);
    let mut column = Vec::new();
    let mut line = |role, runs| column.push(SessionLine { role, runs });
    if several {
        line(SessionRole::Organ, plain((words.organ)(first.organ)));
    }
    let mut body_name = body_name(document, first, words);
    if let Some(kind) = &document.document_type {
        line(SessionRole::Organ, notes.runs(kind));
        // Decisions name the committee first.
        body_name.take().into_iter().for_each(|name| line(SessionRole::BodyName, notes.runs(&name)));
    }
    for (index, text) in session_lines(document, first, words).iter().enumerate() {
        let role = if index == 0 { SessionRole::Session } else { SessionRole::Dates };
        line(role, notes.runs(text));
    }
    if let Some(name) = body_name {
        line(SessionRole::BodyName, notes.runs(&name));
    }
    if let Some(item) = &document.agenda_item {
        let counted = item.starts_with(|c: char| c.is_ascii_digit());
        let text = if counted { words.agenda_line(item) } else { item.clone() };
        line(SessionRole::AgendaItem, notes.runs(&text));
    }
    if !document.agenda_title.is_empty() {
        line(SessionRole::AgendaTitle, lines(&document.agenda_title, notes));
    }
    let mut columns = vec![column];
    columns.extend(symbols[1..].iter().filter(|s| s.organ != first.organ).map(|symbol| {
        let organ = plain((words.organ)(symbol.organ));
        let mut column = vec![SessionLine { role: SessionRole::Organ, runs: organ }];
        let sitting = match (symbol.organ, symbol.sitting) {
            (Organ::SecurityCouncil, Some(Sitting::Year(year))) => Some(words.council_year(year)),
            (_, sitting) => sitting.map(|sitting| words.sitting(sitting)),
        };
        if let Some(text) = sitting {
            column.push(SessionLine { role: SessionRole::Session, runs: plain(&text) });
        }
        column
    }));
    columns.retain(|column| !column.is_empty());
    columns
}

/// The lines of the session: as given, else as the symbol says. Documents of the Security
/// Council alone print none.
pub(crate) fn session_lines(document: &Document, symbol: &Symbol, words: &Words) -> Vec<String> {
    match &document.session {
        Some(Session::Number(number)) => {
            let number = u16::try_from(*number).unwrap_or(u16::MAX);
            let sitting = match symbol.sitting {
                Some(Sitting::Special(n)) if n == number => Sitting::Special(n),
                Some(Sitting::EmergencySpecial(n)) if n == number => Sitting::EmergencySpecial(n),
                _ => Sitting::Session(number),
            };
            vec![words.sitting(sitting)]
        }
        Some(Session::Text(text)) => vec![text.clone()],
        Some(Session::Lines(lines)) => lines.clone(),
        None => match (symbol.organ, symbol.sitting) {
            (Organ::GeneralAssembly, Some(Sitting::Year(_))) => Vec::new(),
            (Organ::GeneralAssembly | Organ::EconomicAndSocialCouncil, Some(sitting)) => {
                vec![words.sitting(sitting)]
            }
            _ => Vec::new(),
        },
    }
}

/// The committee: as given, else the Main Committee that the symbol names.
pub(crate) fn body_name(document: &Document, symbol: &Symbol, words: &Words) -> Option<String> {
    if document.body_name.is_some() {
        return document.body_name.clone();
    }
    let committee = symbol.subsidiary.as_deref()?.strip_prefix("C.")?;
    let index: usize = committee.parse().ok()?;
    let name = words.main_committees.get(index.checked_sub(1)?)?;
    (symbol.organ == Organ::GeneralAssembly).then(|| (*name).to_owned())
}

/// How the adoption is said, where the document says it itself.
fn adopted_text(document: &Document) -> Option<&[String]> {
    (!document.adopted_text.is_empty()).then_some(&document.adopted_text)
}

/// The second name of a committee stays on one line: "(Fourth Committee)" (measured:
/// A/RES/78/77, 78/89, 78/101).
fn second_names_joined(note: &str, words: &Words) -> String {
    let second = words.main_committees.iter().filter_map(|name| name.find(" (").map(|at| &name[at + 1..]));
    second.fold(note.to_owned(), |note, name| note.replace(name, &name.replace(' ', "\u{a0}")))
}

/// What stands between the session block and the body.
pub(super) fn opening(document: &Document, symbol: &Symbol, words: &Words, notes: &mut Notes) -> Vec<Opening> {
    use OpeningRole::{Headline, Origin, Sponsors, Title};
    let mut out = Vec::new();
    let mut push = |role, runs: Runs| {
        if !runs.is_empty() {
            out.push(Opening { role, number: None, hanging: None, runs });
        }
    };
    let title = |notes: &mut Notes| document.title.as_deref().map(|t| notes.runs(t)).unwrap_or_default();
    let submitted = |notes: &mut Notes| {
        let line = document.submitted_by.clone().or_else(|| sponsors(document, words));
        line.map(|line| notes.runs(&line)).unwrap_or_default()
    };
    match document.kind {
        Kind::Resolution if symbol.organ == Organ::SecurityCouncil => {
            if let Some(number) = &document.number {
                push(Headline, notes.runs(&(words.resolution)(number)));
            }
            if let Some(text) = adopted_text(document) {
                push(Title, adoption(text, words, notes));
            } else if let Some(meeting) = &document.meeting {
                let date = document.adopted.map(|d| words.date_in_words(d)).unwrap_or_default();
                push(Title, adoption(&(words.adopted_at)(symbol.organ, meeting, &date), words, notes));
            }
            push(Title, title(notes));
        }
        Kind::Resolution | Kind::Decision => {
            if let Some(text) = adopted_text(document) {
                push(Headline, adoption(text, words, notes));
            } else if let Some(date) = document.adopted.filter(|_| document.document_type.is_none()) {
                let parts = (words.adopted_by)(document.kind, symbol.organ, &words.date_in_words(date));
                push(Headline, adoption(&parts, words, notes));
            }
            if let Some(note) = &document.adopted_note {
                let mut runs = plain("[");
                runs.extend(notes.runs(&second_names_joined(note, words)).into_iter().map(slanted));
                runs.extend(plain("]"));
                push(Origin, runs);
            }
            push(Title, title(notes));
            let number = document.number.as_ref().map(|number| fill(words.adopted_number, number));
            match out.last_mut() {
                Some(last) if last.role == Title => last.number = number,
                _ => out.extend(number.map(|number| Opening {
                    role: Title,
                    number: None,
                    hanging: None,
                    runs: plain(&number),
                })),
            }
            if let Some(part) = &document.part {
                out.push(Opening { role: Title, number: None, hanging: None, runs: notes.runs(part) });
            }
        }
        Kind::PresidentialStatement => {
            push(Headline, notes.runs(document.title.as_deref().unwrap_or(words.presidential_statement)));
        }
        Kind::Note | Kind::Report => {
            push(Headline, title(notes));
            push(Title, submitted(notes));
        }
        Kind::Letter => {
            push(Title, title(notes));
            push(Sponsors, submitted(notes));
        }
        Kind::DraftResolution | Kind::DraftDecision | Kind::Amendment | Kind::Agenda => {
            push(Sponsors, submitted(notes));
            push(Title, title(notes));
        }
    }
    out
}

/// A piece of the line of sponsors.
pub(crate) enum Said<'d> {
    /// A sponsor's name.
    Name(&'d str),
    /// The references to its notes.
    Marks(&'d str),
    /// What stands between and after the names.
    Words(&'d str),
}

/// "Azerbaijan, China and Uzbekistan:* draft resolution": a sponsor's marks stand after
/// the comma or colon that follows the name, or before it, as the language has it.
pub(crate) fn sponsor_line<'d>(document: &'d Document, words: &Words) -> Vec<Said<'d>> {
    let names: Vec<(&str, &str)> = document.sponsors.iter().map(|sponsor| marks_apart(sponsor)).collect();
    let Some(last) = names.len().checked_sub(1) else {
        return Vec::new();
    };
    let mut line = Vec::new();
    for (index, (name, marks)) in names.iter().enumerate() {
        let (stop, rest) = match names.get(index + 1) {
            None => (words.colon, words.gap),
            Some((next, _)) if index + 1 == last => ("", (words.and)(next)),
            // What belongs to the name before the comma stands before its space.
            Some(_) => words.comma.split_at(words.comma.find(' ').unwrap_or(words.comma.len())),
        };
        let (marks, stop) = (Said::Marks(marks), Said::Words(stop));
        let (first, second) = if words.marks_first { (marks, stop) } else { (stop, marks) };
        line.extend([Said::Name(name), first, second, Said::Words(rest)]);
    }
    line.push(Said::Words((words.submitted)(document.kind)));
    line
}

fn sponsors(document: &Document, words: &Words) -> Option<String> {
    let pieces = sponsor_line(document, words).into_iter().map(|piece| match piece {
        Said::Name(text) | Said::Marks(text) | Said::Words(text) => text,
    });
    (!document.sponsors.is_empty()).then(|| pieces.collect())
}

/// A name and the footnote marks that end it.
fn marks_apart(sponsor: &str) -> (&str, &str) {
    let mut cut = sponsor.trim_end().len();
    for (_, span) in inline::notes(sponsor).iter().rev() {
        if sponsor[span.end..cut].trim().is_empty() {
            cut = span.start;
        }
    }
    let (name, marks) = sponsor.split_at(cut);
    (name.trim(), marks.trim())
}

fn plain(text: &str) -> Runs {
    if text.is_empty() { Runs::new() } else { vec![Run::text(text)] }
}

/// The lines that say the adoption.
fn adoption(texts: &[String], words: &Words, notes: &mut Notes) -> Runs {
    let raised: Vec<String> = texts.iter().map(|text| words.ordinals_raised(text)).collect();
    lines(&raised, notes)
}

/// Lines that are kept apart.
fn lines(texts: &[String], notes: &mut Notes) -> Runs {
    let mut runs = Runs::new();
    for text in texts {
        if !runs.is_empty() {
            runs.push(Run::Break { justify: false, space: false, page: false });
        }
        runs.extend(notes.runs(text));
    }
    runs
}

fn slanted(run: Run) -> Run {
    match run {
        Run::Text { text, bold, raised, link, .. } => Run::Text { text, italic: true, bold, raised, link },
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Language;
    use crate::prepare::words::words;

    #[test]
    fn endings_of_ordinals_are_raised() {
        let raised = |language, text| words(language).ordinals_raised(text);
        assert_eq!(
            raised(Language::Fr, "à sa 9474e séance, le 1er mai 2023"),
            "à sa 9474^e^ séance, le 1^er^ mai 2023"
        );
        assert_eq!(raised(Language::Es, "99a sesión plenaria, 5 de mayo"), "99^a^ sesión plenaria, 5 de mayo");
        assert_eq!(raised(Language::En, "99th plenary meeting"), "99th plenary meeting");
        assert_eq!(raised(Language::Fr, "3ème séance, 1^er^ mai"), "3ème séance, 1^er^ mai");
    }

    #[test]
    fn sponsors_and_their_marks() {
        for (language, line) in [
            (Language::En, "A,[^1] B and C:[^*] draft_resolution"),
            (Language::Fr, "A[^1], B et C[^*]_: projet_de_résolution"),
            (Language::Es, "A[^1], B y C[^*]: proyecto_de_resolución"),
            (Language::Ru, "A[^1], B и C[^*]: проект_резолюции"),
            (Language::Zh, "A、[^1]B和C：[^*]决议草案"),
            (Language::Ar, "A[^1]، وB، وC[^*]: مشروع قرار"),
        ] {
            let sponsors = ["A[^1]", "B", "C [^*]"].map(str::to_owned).to_vec();
            let document = Document { sponsors, kind: Kind::DraftResolution, ..Document::default() };
            let made = super::sponsors(&document, words(language)).unwrap();
            assert_eq!(made.replace('\u{a0}', "_"), line);
        }
    }
}
