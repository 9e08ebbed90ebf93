//! Prepares the session block, and what comes between it and the body.

use super::designation::{Designation, suffixes_slanted};
use super::notes::Notes;
use super::prepared::{Opening, OpeningRole, Run, Runs, SessionLine, SessionRole};
use super::printed_fields::prints;
use super::words::{Words, body, fill, placed, sitting};
use crate::model::fields::{Design, header};
use crate::model::inline::joined;
use crate::model::symbol::{Organ, Sitting, Symbol};
use crate::model::{Document, Inline, Kind, Session, Text};

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
    let above = body(document, first);
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
        line(SessionRole::AgendaItem, notes.runs_of(&suffixes_slanted(&agenda_line(item, words))));
    }
    if !document.agenda_title.is_empty() {
        line(SessionRole::AgendaTitle, lines(document.agenda_title.iter().map(|line| line.pieces().to_vec()), notes));
    }
    let mut columns = vec![column];
    columns.extend(symbols.iter().zip(organs).filter(|(_, organ)| other(organ)).map(|(symbol, organ)| {
        let organ = plain(organ.as_deref().unwrap_or_default());
        let mut column = vec![SessionLine { role: SessionRole::Organ, runs: organ, ends: Vec::new() }];
        let sitting = match (symbol.organ, sitting(document, symbol)) {
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
pub(crate) fn session_lines(document: &Document, symbol: &Symbol, words: &Words) -> Vec<Text> {
    let in_words = |sitting| vec![Text::verbatim(&words.sitting(sitting))];
    match &document.session {
        Some(Session::Number(number)) => {
            let number = u16::try_from(*number).unwrap_or(u16::MAX);
            let sitting = match symbol.sitting {
                Some(Sitting::Special(n)) if n == number => Sitting::Special(n),
                Some(Sitting::EmergencySpecial(n)) if n == number => Sitting::EmergencySpecial(n),
                _ => Sitting::Session(number),
            };
            in_words(sitting)
        }
        Some(Session::Text(text)) => vec![text.clone()],
        Some(Session::Lines(lines)) => lines.clone(),
        None => match (symbol.organ, sitting(document, symbol)) {
            (Organ::GeneralAssembly, Some(Sitting::Year(_))) => Vec::new(),
            (Organ::GeneralAssembly | Organ::EconomicAndSocialCouncil | Organ::Other, Some(sitting)) => {
                in_words(sitting)
            }
            _ => Vec::new(),
        },
    }
}

/// Returns the committee: as given, else the Main Committee in the symbol; except for a body that is
/// named above the session.
pub(crate) fn body_name(document: &Document, symbol: &Symbol, words: &Words) -> Option<Text> {
    if let Some(name) = &document.body_name {
        let above = body(document, symbol);
        return Some(name.clone()).filter(|name| above != Some(name.plain().trim()));
    }
    let committee = symbol.subsidiary.as_deref()?.strip_prefix("C.")?;
    let index: usize = committee.parse().ok()?;
    let name = words.committees.get(index.checked_sub(1)?)?;
    (symbol.organ == Organ::GeneralAssembly).then(|| Text::verbatim(name))
}

/// Where the words of a line have a place for a text.
const PLACE: &str = "{}";

/// Returns the line of an agenda item; one that does not begin with a number is printed as it is.
pub(crate) fn agenda_line(item: &Text, words: &Words) -> Text {
    match item.pieces() {
        [Inline::Text { text, .. }, ..] if !text.starts_with(|c: char| c.is_ascii_digit()) => item.clone(),
        [only] if only.is_plain() => Text::verbatim(&words.agenda_line(&item.plain())),
        _ => placed(&words.agenda_line(PLACE), PLACE, item),
    }
}

/// Returns the lines on the adoption that the document gives itself.
fn adopted_text(document: &Document) -> Option<&[Text]> {
    (!document.adopted_text.is_empty()).then_some(&document.adopted_text)
}

/// Keeps the second name of a committee on one line: "(Fourth Committee)" (measured:
/// A/RES/78/77, 78/89, 78/101).
fn second_names_joined(note: &Text, words: &Words) -> Vec<Inline> {
    let second = words.committees.iter().filter_map(|name| name.find(" (").map(|at| &name[at + 1..]));
    let joined = |text: &str| {
        second.clone().fold(text.to_owned(), |text, name| text.replace(name, &name.replace(' ', "\u{a0}")))
    };
    note.pieces().iter().map(|piece| piece.with_text(joined(piece.text().unwrap_or_default()))).collect()
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
    let title = |notes: &mut Notes| document.title.as_ref().map(|title| notes.runs(title)).unwrap_or_default();
    let submitted = |notes: &mut Notes| {
        let given =
            if prints(document, &header::sponsors) { sponsors(document, words) } else { document.submitted_by.clone() };
        given.map(|line| notes.runs(&line)).unwrap_or_default()
    };
    match document.kind {
        Kind::Resolution if Design::of_document(document) == Design::CouncilResolution => {
            if let Some(number) = &document.number {
                push(Headline, notes.runs(&Text::verbatim(&words.resolution(number))));
            }
            if let Some(text) = adopted_text(document) {
                push(Title, adoption(text, words, notes));
            } else if let Some(meeting) = &document.meeting {
                let date = document.adopted.map(|d| words.date_in_words(d)).unwrap_or_default();
                let said = meeting.plain();
                let lines = words.adopted_at(symbol.organ, &said, &date);
                let lines: Vec<Text> = lines.iter().map(|line| placed(line, &said, meeting)).collect();
                push(Title, adoption(&lines, words, notes));
            }
            push(Title, title(notes));
        }
        Kind::Resolution | Kind::Decision => {
            if let Some(text) = adopted_text(document) {
                push(Headline, adoption(text, words, notes));
            } else if let Some(date) = document.adopted.filter(|_| document.document_type.is_none()) {
                let date = words.date_in_words(date);
                let lines = words.adoption(document.parts.len(), document.kind, symbol.acting(), &date);
                let lines: Vec<Text> = lines.iter().map(|line| Text::verbatim(line)).collect();
                push(Headline, adoption(&lines, words, notes));
            }
            if let Some(note) = &document.adopted_note {
                let mut runs = plain("[");
                runs.extend(notes.runs_of(&second_names_joined(note, words)).into_iter().map(slanted));
                runs.extend(plain("]"));
                push(Origin, runs);
            }
            push(Title, title(notes));
            let number = document.number.as_ref().map(|number| Designation::new(&fill(&words.adopted_number, number)));
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
            push(Headline, notes.runs(&statement_title(document, words)));
        }
        Kind::Note | Kind::Report | Kind::WorkingPaper => {
            push(Headline, title(notes));
            push(Title, submitted(notes));
        }
        Kind::Corrigendum | Kind::Addendum => {
            let corrects = document.kind == Kind::Corrigendum;
            push(Headline, title(notes));
            push(Title, submitted(notes));
            push(Title, plain(if corrects { &words.kinds.corrigendum } else { &words.kinds.addendum }));
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
    if prints(document, &header::signatories) {
        let line = signatories(document, words).map(|line| notes.runs(&line)).unwrap_or_default();
        let after = out.iter().rposition(|entry| entry.role == Sponsors).map_or(out.len(), |at| at + 1);
        if !line.is_empty() {
            out.insert(after, Opening { role: Sponsors, number: None, runs: line, ends: Vec::new() });
        }
    }
    out
}

/// A piece of the line of sponsors.
pub(crate) enum Said<'d> {
    /// A sponsor's name.
    Name(Vec<Inline>),
    /// The references to its notes.
    Marks(Vec<Inline>),
    /// The text between and after the names.
    Words(&'d str),
}

/// Composes "Azerbaijan, China and Uzbekistan:* draft resolution": a sponsor's marks come after
/// the comma or colon that follows the name, or before it, depending on the language.
pub(crate) fn sponsor_line<'w>(document: &Document, words: &'w Words) -> Vec<Said<'w>> {
    if document.sponsors.is_empty() {
        return Vec::new();
    }
    let mut line = names(&document.sponsors, (words.colon.as_str(), words.gap.as_str()), words);
    let revised = document.symbol.iter().any(|symbol| symbol.revised);
    line.push(Said::Words(words.submitted(document.kind, revised)));
    line
}

/// Composes a list of names, and what follows the last: a mark of punctuation and a space.
fn names<'w>(names: &[Text], end: (&'w str, &'w str), words: &'w Words) -> Vec<Said<'w>> {
    let mut line = Vec::new();
    for (index, sponsor) in names.iter().enumerate() {
        let (stop, rest) = match names.get(index + 1) {
            None => end,
            Some(next) if index + 2 == names.len() => ("", words.and(&next.plain())),
            // What belongs to the name before the comma comes before the space.
            Some(_) => words.comma.split_at(words.comma.find(' ').unwrap_or(words.comma.len())),
        };
        let (name, marks) = marks_apart(sponsor);
        let (marks, stop) = (Said::Marks(marks), Said::Words(stop));
        let (first, second) = if words.marks_first { (marks, stop) } else { (stop, marks) };
        line.extend([Said::Name(name), first, second, Said::Words(rest)]);
    }
    line
}

fn sponsors(document: &Document, words: &Words) -> Option<Text> {
    (!document.sponsors.is_empty()).then(|| text_of(sponsor_line(document, words)))
}

/// Composes "Signatories: Chile, Iceland and Peru".
fn signatories(document: &Document, words: &Words) -> Option<Text> {
    let line = || placed(&words.signatories, PLACE, &text_of(names(&document.signatories, ("", ""), words)));
    (!document.signatories.is_empty()).then(line)
}

fn text_of(line: Vec<Said>) -> Text {
    let pieces = line.into_iter().flat_map(|piece| match piece {
        Said::Name(pieces) | Said::Marks(pieces) => pieces,
        Said::Words(text) => vec![Inline::plain(text)],
    });
    pieces.collect::<Vec<_>>().into()
}

/// Splits a name from the footnote marks at its end.
fn marks_apart(sponsor: &Text) -> (Vec<Inline>, Vec<Inline>) {
    let is_name = |piece: &Inline| piece.text().is_some_and(|text| !text.trim().is_empty());
    let (name, marks) = sponsor.pieces().split_at(sponsor.pieces().iter().rposition(is_name).map_or(0, |at| at + 1));
    let mut name = name.to_vec();
    if let Some(Inline::Text { text, .. }) = name.last_mut() {
        text.truncate(text.trim_end().len());
    }
    (name, joined(marks.iter().cloned()))
}

/// Returns the title of a presidential statement.
pub(crate) fn statement_title(document: &Document, words: &Words) -> Text {
    document.title.clone().unwrap_or_else(|| Text::verbatim(&words.kinds.presidential_statement))
}

fn plain(text: &str) -> Runs {
    if text.is_empty() { Runs::new() } else { vec![Run::text(text)] }
}

/// Returns the lines that state the adoption.
fn adoption(texts: &[Text], words: &Words, notes: &mut Notes) -> Runs {
    lines(texts.iter().map(|text| words.ordinals_raised(text.pieces())), notes)
}

/// Joins lines with forced line breaks.
fn lines(texts: impl Iterator<Item = Vec<Inline>>, notes: &mut Notes) -> Runs {
    let mut runs = Runs::new();
    for pieces in texts {
        if !runs.is_empty() {
            runs.push(Run::Break { justify: false });
        }
        runs.extend(notes.runs_of(&pieces));
    }
    runs
}

fn slanted(run: Run) -> Run {
    match run {
        Run::Text { text, bold, raised, change, link, .. } => {
            Run::Text { text, italic: true, bold, raised, change, link }
        }
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
        let raised =
            |language, text: &str| Text::from(words(language).ordinals_raised(Text::from(text).pieces())).to_string();
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
                    let (sponsors, symbol) = (vec!["A".into()], vec![symbol.into()]);
                    let document = Document { symbol, sponsors, kind, ..Document::default() };
                    super::sponsors(&document, words(language)).unwrap().to_string().replace('\u{a0}', "_")
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
            let sponsors = ["A[^1]", "B", "C [^*]"].map(Text::from).to_vec();
            let document = Document { sponsors, kind: Kind::DraftResolution, ..Document::default() };
            let made = super::sponsors(&document, words(language)).unwrap();
            assert_eq!(made.to_string().replace('\u{a0}', "_"), line);
        }
    }
}
