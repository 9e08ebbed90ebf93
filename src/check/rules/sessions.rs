//! Session, committee and origin, as printed in the masthead and the session block.

use super::{Languages, Needs, Rule, RuleSink};
use crate::check::manuscript::Manuscript;
use crate::check::pattern::Pattern;
use crate::diagnostic::Severity;
use crate::model::symbol::{Organ, Sitting};
use crate::model::{Path, Session};
use crate::prepare::words::ordinals;

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "session-words",
        severity: Severity::Warning,
        asks: "A session given in words must match the symbol.",
        source: "Every genuine document.",
        breaks: "session: Eighty-third session",
        keeps: "session: Eighty-fourth session",
        languages: Languages::English,
        needs: Needs::Document,
        check: session_words,
    },
    Rule {
        code: "session-missing",
        severity: Severity::Hint,
        asks: "A document of the General Assembly or the Economic and Social Council must name its session.",
        source: "Every genuine document.",
        breaks: "-session",
        keeps: "session: 84",
        languages: Languages::All,
        needs: Needs::Document,
        check: session_missing,
    },
    Rule {
        code: "committee-mismatch",
        severity: Severity::Warning,
        asks: "The committee named must match the symbol: C.1 is the First Committee, C.2 the Second, and so on.",
        source: "Rules of procedure of the General Assembly, rule 98; every genuine document.",
        breaks: "symbol: A/C.3/84/L.12\nbody_name: Second Committee",
        keeps: "symbol: A/C.3/84/L.12\nbody_name: Third Committee",
        languages: Languages::English,
        needs: Needs::Document,
        check: committee,
    },
    Rule {
        code: "origin-form",
        severity: Severity::Warning,
        asks: "Give the origin of a resolution as “without reference to a Main Committee (SYMBOL)” or “on the report of the … Committee (SYMBOL, para. N)”.",
        source: "Every genuine resolution of the General Assembly.",
        breaks: "symbol: A/RES/84/12\nkind: resolution\nnumber: 84/12\nadopted: 2029-11-27\n-sponsors\nadopted_note: with no reference to a Committee A/84/L.12",
        keeps: "symbol: A/RES/84/12\nkind: resolution\nnumber: 84/12\nadopted: 2029-11-27\n-sponsors\nadopted_note: without reference to a Main Committee (A/84/L.12)",
        languages: Languages::English,
        needs: Needs::Text,
        check: origin_form,
    },
    Rule {
        code: "origin-session",
        severity: Severity::Warning,
        asks: "The document from which a resolution comes must be of the same session.",
        source: "Every genuine resolution of the General Assembly.",
        breaks: "symbol: A/RES/84/12\nkind: resolution\nnumber: 84/12\nadopted: 2029-11-27\n-sponsors\nadopted_note: without reference to a Main Committee (A/83/L.12)",
        keeps: "symbol: A/RES/84/12\nkind: resolution\nnumber: 84/12\nadopted: 2029-11-27\n-sponsors\nadopted_note: without reference to a Main Committee (A/84/L.12)",
        languages: Languages::All,
        needs: Needs::Document,
        check: origin_session,
    },
];

fn lines(session: &Session) -> Vec<(Path, &str)> {
    match session {
        Session::Number(_) => Vec::new(),
        Session::Text(text) => vec![("session".into(), text.written())],
        Session::Lines(lines) => {
            lines.iter().enumerate().map(|(index, line)| (Path::from("session").index(index), line.written())).collect()
        }
    }
}

static SESSION_WORDS: Pattern = Pattern::new(
    r"(?i)^(?P<words>[a-z-]+(?: hundred and [a-z-]+)?) (?:emergency special |special |substantive )?(?P<noun>session|year)\b",
);
static YEAR_SESSION: Pattern = Pattern::new(r"^([0-9]{4}) session");

fn session_words(manuscript: &Manuscript, sink: &mut RuleSink) {
    let (Some(session), Some(symbol)) = (&manuscript.document.session, manuscript.symbol) else { return };
    for (path, line) in lines(session) {
        let said = SESSION_WORDS
            .captures(line)
            .and_then(|hit| Some((ordinals::ordinal(&hit["words"])?, hit["noun"].eq_ignore_ascii_case("session"))));
        let year = YEAR_SESSION.captures(line).and_then(|hit| hit[1].parse::<u32>().ok());
        let wanted = match symbol.sitting {
            Some(Sitting::Session(n) | Sitting::Special(n) | Sitting::EmergencySpecial(n)) => {
                said.filter(|(number, session)| *session && *number != u32::from(n)).and(ordinals::in_words(n.into()))
            }
            Some(Sitting::Year(year_of)) => match symbol.organ {
                Organ::EconomicAndSocialCouncil => {
                    year.filter(|year| *year != u32::from(year_of)).map(|_| year_of.to_string())
                }
                Organ::SecurityCouncil => {
                    let year = u32::from(year_of).saturating_sub(1945);
                    said.filter(|(number, session)| !session && *number != year).and(ordinals::in_words(year))
                }
                _ => None,
            },
            None => None,
        };
        let assembly = symbol.organ == Organ::GeneralAssembly && manuscript.document.kind.acts();
        if let (true, true, None, Some(Sitting::Session(n))) = (path.is("session"), assembly, &said, symbol.sitting)
            && !line.contains(|c: char| c.is_ascii_digit())
        {
            let usual = ordinals::in_words(n.into()).unwrap_or_default();
            sink.value(
                &path,
                format!("“{line}” names no session"),
                format!("write “session: {n}”, or in words the {usual} session"),
            );
        } else if let Some(wanted) = wanted {
            let message = format!("“{line}” does not match the session or year of the symbol {symbol} ({wanted})");
            sink.value(&path, message, "correct one of the two");
        }
    }
}

fn session_missing(manuscript: &Manuscript, sink: &mut RuleSink) {
    let Some(symbol) = manuscript.symbol else { return };
    let sits = match symbol.organ {
        Organ::GeneralAssembly => matches!(symbol.sitting, Some(Sitting::Session(_))),
        Organ::EconomicAndSocialCouncil => symbol.subsidiary.is_none() && symbol.sitting.is_some(),
        _ => false,
    };
    if sits && manuscript.document.session.is_none() {
        let hint = sink.add("session", "77");
        sink.value("symbol", "the session is missing", hint);
    }
}

const COMMITTEES: [&str; 6] = ["First", "Second", "Third", "Fourth", "Fifth", "Sixth"];

fn committee(manuscript: &Manuscript, sink: &mut RuleSink) {
    let Some(symbol) = manuscript.symbol else { return };
    let of_symbol = symbol.subsidiary.as_deref().and_then(|part| part.strip_prefix("C.")?.parse::<usize>().ok());
    let Some(name) = of_symbol.and_then(|number| COMMITTEES.get(number.checked_sub(1)?)) else { return };
    if symbol.organ != Organ::GeneralAssembly {
        return;
    }
    for path in ["body_name", "submitted_by"] {
        let Some(prose) = manuscript.at(path) else { continue };
        let other =
            COMMITTEES.iter().find(|other| *other != name && prose.plain.contains(&format!("{other} Committee")));
        if let Some(other) = other {
            let message = format!("the symbol {symbol} belongs to the {name} Committee, not to the {other} Committee");
            sink.value(path, message, "correct one of the two");
        }
    }
}

static ORIGIN: Pattern = Pattern::new(concat!(
    r"^(?:without reference to a Main Committee|on the (?:report|recommendation) of the [A-Z][A-Za-z \x{a0}()]+|as recommended by .+)",
    r" \([A-Z]+/[^()]*(?:\([^()]*\)[^()]*)*\)$",
));

fn origin_form(manuscript: &Manuscript, sink: &mut RuleSink) {
    let Some(prose) = manuscript.at("adopted_note") else { return };
    if !ORIGIN.is_match(&prose.plain) {
        sink.value(
            "adopted_note",
            "the origin of the resolution does not have the customary form",
            "write it as “without reference to a Main Committee (A/78/L.96)” or “on the report of the Third Committee (A/79/458/Add.2, para. 99)”",
        );
    }
}

static ORIGIN_SESSION: Pattern = Pattern::new(r"A/(?:C\.[1-6]/)?([0-9]{2,3})/(?:L\.)?[0-9]+");

fn origin_session(manuscript: &Manuscript, sink: &mut RuleSink) {
    let (Some(prose), Some(symbol)) = (manuscript.at("adopted_note"), manuscript.symbol) else { return };
    let (Some(Sitting::Session(session)), Some(hit)) = (symbol.sitting, ORIGIN_SESSION.captures(&prose.plain)) else {
        return;
    };
    if hit[1] != session.to_string()
        && let Some(whole) = hit.get(0)
    {
        let message =
            format!("the resolution is of session {session}, but it comes from {}, of session {}", &hit[0], &hit[1]);
        sink.words(prose, whole.range(), message, "correct the session number");
    }
}
