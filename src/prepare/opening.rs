//! Prepares the session block, and what comes between it and the body.

use super::designation::{Designation, suffixes_slanted};
use super::notes::Notes;
use super::prepared::{Opening, OpeningRole, Run, Runs, SessionLine, SessionRole};
use super::printed_fields::prints;
use super::words::{Words, body, fill, sitting};
use crate::model::fields::{Design, header};
use crate::model::symbol::{Organ, Sitting, Symbol};
use crate::model::{Document, Kind, Session, Text, inline};

/// Returns the columns of the session block, one for each organ with a session.
pub(super) fn session(
    document: &Document,
    organs: &[Option<String>],
    words: &Words,
    notes: &mut Notes,
) -> Vec<Vec<SessionLine>> {
    let symbols = &document.symbol;
    let Some(first) = symbols.first() else {
        return Vec::new();
    };
    let first_organ = organs.first().and_then(Option::as_deref);
    let other = |organ: &&Option<String>| organ.as_deref() != first_organ;
    let mut column = Vec::new();
    let mut line = |role, runs| column.push(SessionLine { role, runs, ends: Vec::new() });
    if organs.iter().any(|organ| other(&organ)) {
        line(SessionRole::Organ, plain(first_organ.unwrap_or_default()));
    }
    let above = body(first, document.language);
    above.into_iter().for_each(|name| line(SessionRole::BodyName, plain(name)));
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
        line(SessionRole::AgendaItem, notes.runs(&suffixes_slanted(&text)));
    }
    if !document.agenda_title.is_empty() {
        line(SessionRole::AgendaTitle, lines(&document.agenda_title, notes));
    }
    let mut columns = vec![column];
    columns.extend(symbols.iter().zip(organs).filter(|(_, organ)| other(organ)).map(|(symbol, organ)| {
        let organ = plain(organ.as_deref().unwrap_or_default());
        let mut column = vec![SessionLine { role: SessionRole::Organ, runs: organ, ends: Vec::new() }];
        let sitting = match (symbol.organ, sitting(symbol)) {
            (Organ::SecurityCouncil, Some(Sitting::Year(year))) => Some(words.council_year(year)),
            (_, sitting) => sitting.map(|sitting| words.sitting(sitting)),
        };
        if let Some(text) = sitting {
            column.push(SessionLine { role: SessionRole::Session, runs: plain(&text), ends: Vec::new() });
        }
        column
    }));
    columns.retain(|column| !column.is_empty());
    columns
}

/// Returns the lines of the session: as given, else from the symbol. Documents of the Security
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
        None => match (symbol.organ, sitting(symbol)) {
            (Organ::GeneralAssembly, Some(Sitting::Year(_))) => Vec::new(),
            (Organ::GeneralAssembly | Organ::EconomicAndSocialCouncil | Organ::Other, Some(sitting)) => {
                vec![words.sitting(sitting)]
            }
            _ => Vec::new(),
        },
    }
}

/// Returns the committee: as given, else the Main Committee in the symbol; except for a body that is
/// named above the session.
pub(crate) fn body_name(document: &Document, symbol: &Symbol, words: &Words) -> Option<String> {
    if let Some(name) = &document.body_name {
        let above = body(symbol, document.language);
        return Some(name.clone()).filter(|name| above != Some(inline::plain(name).trim()));
    }
    let committee = symbol.subsidiary.as_deref()?.strip_prefix("C.")?;
    let index: usize = committee.parse().ok()?;
    let name = words.main_committees.get(index.checked_sub(1)?)?;
    (symbol.organ == Organ::GeneralAssembly).then(|| (*name).to_owned())
}

/// Returns the lines on the adoption that the document gives itself.
fn adopted_text(document: &Document) -> Option<&[String]> {
    (!document.adopted_text.is_empty()).then_some(&document.adopted_text)
}

/// Keeps the second name of a committee on one line: "(Fourth Committee)" (measured:
/// A/RES/78/77, 78/89, 78/101).
fn second_names_joined(note: &str, words: &Words) -> String {
    let second = words.main_committees.iter().filter_map(|name| name.find(" (").map(|at| &name[at + 1..]));
    second.fold(note.to_owned(), |note, name| note.replace(name, &name.replace(' ', "\u{a0}")))
}

/// Returns what comes between the session block and the body.
pub(super) fn opening(document: &Document, symbol: &Symbol, words: &Words, notes: &mut Notes) -> Vec<Opening> {
    use OpeningRole::{Headline, Origin, Sponsors, Title};
    let mut out = Vec::new();
    let mut push = |role, runs: Runs| {
        if !runs.is_empty() {
            out.push(Opening { role, number: None, runs, ends: Vec::new() });
        }
    };
    let title = |notes: &mut Notes| document.title.as_deref().map(|t| notes.runs(t)).unwrap_or_default();
    let submitted = |notes: &mut Notes| {
        let given =
            if prints(document, &header::sponsors) { sponsors(document, words) } else { document.submitted_by.clone() };
        given.map(|line| notes.runs(&line)).unwrap_or_default()
    };
    match document.kind {
        Kind::Resolution if Design::of_document(document) == Design::CouncilResolution => {
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
                let date = words.date_in_words(date);
                let lines = words.adoption(document.parts.len(), document.kind, symbol.acting(), &date);
                push(Headline, adoption(&lines, words, notes));
            }
            if let Some(note) = &document.adopted_note {
                let mut runs = plain("[");
                runs.extend(notes.runs(&second_names_joined(note, words)).into_iter().map(slanted));
                runs.extend(plain("]"));
                push(Origin, runs);
            }
            push(Title, title(notes));
            let number = document.number.as_ref().map(|number| Designation::new(&fill(words.adopted_number, number)));
            match out.last_mut() {
                Some(last) if last.role == Title => last.number = number,
                _ => out.extend(number.map(|number| Opening {
                    role: Title,
                    number: None,
                    runs: number.runs().clone(),
                    ends: Vec::new(),
                })),
            }
            if let Some(part) = &document.part {
                out.push(Opening { role: Title, number: None, runs: notes.runs(part), ends: Vec::new() });
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
    /// The text between and after the names.
    Words(&'d str),
}

/// Composes "Azerbaijan, China and Uzbekistan:* draft resolution": a sponsor's marks come after
/// the comma or colon that follows the name, or before it, depending on the language.
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
            // What belongs to the name before the comma comes before the space.
            Some(_) => words.comma.split_at(words.comma.find(' ').unwrap_or(words.comma.len())),
        };
        let (marks, stop) = (Said::Marks(marks), Said::Words(stop));
        let (first, second) = if words.marks_first { (marks, stop) } else { (stop, marks) };
        line.extend([Said::Name(name), first, second, Said::Words(rest)]);
    }
    let revised = document.symbol.iter().any(|symbol| symbol.revised);
    line.push(Said::Words((words.submitted)(document.kind, revised)));
    line
}

fn sponsors(document: &Document, words: &Words) -> Option<String> {
    let pieces = sponsor_line(document, words).into_iter().map(|piece| match piece {
        Said::Name(text) | Said::Marks(text) | Said::Words(text) => text,
    });
    (!document.sponsors.is_empty()).then(|| pieces.collect())
}

/// Splits a name from the footnote marks at its end.
fn marks_apart(sponsor: &str) -> (&str, &str) {
    let mut cut = sponsor.trim_end().len();
    let sponsor_text = Text::from(sponsor);
    for (_, span) in sponsor_text.notes().collect::<Vec<_>>().into_iter().rev() {
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

/// Returns the lines that state the adoption.
fn adoption(texts: &[String], words: &Words, notes: &mut Notes) -> Runs {
    let raised: Vec<String> = texts.iter().map(|text| words.ordinals_raised(text)).collect();
    lines(&raised, notes)
}

/// Joins lines with forced line breaks.
fn lines(texts: &[String], notes: &mut Notes) -> Runs {
    let mut runs = Runs::new();
    for text in texts {
        if !runs.is_empty() {
            runs.push(Run::Break { justify: false });
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
    fn a_revision_is_called_so() {
        use Kind::{Amendment, DraftDecision, DraftResolution};
        for (language, lines) in [
            (Language::En, ["revised draft_resolution", "revised draft_decision", "revised amendment"]),
            (Language::Fr, ["projet_de_résolution révisé", "projet_de_décision révisé", "amendement révisé"]),
            (Language::Es, ["proyecto_de_resolución revisado", "proyecto_de_decisión revisado", "enmienda revisada"]),
            (
                Language::Ru,
                ["пересмотренный проект_резолюции", "пересмотренный проект_решения", "пересмотренная поправка"],
            ),
            (
                Language::De,
                ["revidierter Resolutionsentwurf", "revidierter Beschlussentwurf", "revidierter Änderungsantrag"],
            ),
            (Language::Zh, ["订正决议草案", "订正决定草案", "订正修正案"]),
            (Language::Ar, ["مشروع قرار منقح", "مشروع مقرر منقح", "تعديل منقح"]),
        ] {
            for (kind, line) in [DraftResolution, DraftDecision, Amendment].into_iter().zip(lines) {
                let made = |symbol: &str| {
                    let (sponsors, symbol) = (vec!["A".to_owned()], vec![symbol.into()]);
                    let document = Document { symbol, sponsors, kind, ..Document::default() };
                    super::sponsors(&document, words(language)).unwrap().replace('\u{a0}', "_")
                };
                assert!(made("A/C.3/84/L.26/Rev.1").ends_with(line), "{language:?} {kind:?}");
                assert!(made("A/C.3/84/L.26/Rev.2*").ends_with(line), "{language:?} {kind:?}");
                assert!(!made("A/C.3/84/L.26").ends_with(line), "{language:?} {kind:?}");
            }
        }
    }

    #[test]
    fn sponsors_and_their_marks() {
        for (language, line) in [
            (Language::En, "A,[^1] B and C:[^*] draft_resolution"),
            (Language::Fr, "A[^1], B et C[^*]_: projet_de_résolution"),
            (Language::Es, "A[^1], B y C[^*]: proyecto_de_resolución"),
            (Language::Ru, "A[^1], B и C[^*]: проект_резолюции"),
            (Language::De, "A[^1], B und C[^*]: Resolutionsentwurf"),
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
