//! Spanish.
//!
//! Not in any genuine XML: the distributions except the general one, "Original", the names of
//! languages, the Trusteeship Council, emergency special sessions, years of the Security
//! Council, headings of decisions, drafts, tables and figures with what stands below them, votes, and the recycling line.

use super::{Cited, DateJoins, Words, capitalised, listed};
use crate::model::symbol::Organ;
use crate::model::{Distribution, Kind, Language};
use crate::prepare::labels;

pub(super) static WORDS: Words = Words {
    united_nations: "Naciones Unidas",
    organ: |organ| match organ {
        Organ::GeneralAssembly => "Asamblea General",
        Organ::SecurityCouncil => "Consejo de Seguridad",
        Organ::EconomicAndSocialCouncil => "Consejo Económico y Social",
        Organ::TrusteeshipCouncil => "Consejo de Administración Fiduciaria",
        Organ::Secretariat => "Secretaría",
        Organ::HumanRightsCouncil => "Consejo de Derechos Humanos",
        Organ::Other => "",
    },
    distribution: |distribution| match distribution {
        Distribution::General => "Distr. general",
        Distribution::Limited => "Distr. limitada",
        Distribution::Restricted => "Distr. reservada",
        Distribution::Provisional => "Provisional",
    },
    months: [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    date: |day, month, year| format!("{day}\u{a0}de {month} de {year}"),
    // A day after "de" is always joined to it (469 of 469).
    date_joins: Some(DateJoins { before: Some("de"), link: "de ", after: None }),
    issued: |date| WORDS.date_in_words(date),
    original: "Original: {}",
    language: |language| match language {
        Language::Ar => "árabe",
        Language::Zh => "chino",
        Language::En => "inglés",
        Language::Fr => "francés",
        Language::Ru => "ruso",
        Language::Es => "español",
        Language::De => "alemán",
    },
    ordinal,
    year_ordinal: ordinal,
    session: "{} período de sesiones",
    special_session: "{} período extraordinario de sesiones",
    emergency_special_session: "{} período extraordinario de sesiones de emergencia",
    year: "{} año",
    session_of_year: "Período de sesiones de {}",
    main_committees: [
        "Primera Comisión",
        "Segunda Comisión",
        "Tercera Comisión",
        "Comisión Política Especial y de Descolonización (Cuarta Comisión)",
        "Quinta Comisión",
        "Sexta Comisión",
    ],
    lettered_item: |number, letter| format!("{number}\u{a0}{letter})"),
    agenda_items: |items| match items {
        [item] => format!("Tema {item}\u{a0}del programa"),
        items => format!("Temas {}\u{a0}del programa", listed(items, ", ", " y ")),
    },
    comma: ", ",
    and,
    colon: ":",
    marks_first: true,
    submitted: |kind, revised| match (kind, revised) {
        (Kind::DraftDecision | Kind::Decision, false) => "proyecto\u{a0}de\u{a0}decisión",
        (Kind::DraftDecision | Kind::Decision, true) => "proyecto\u{a0}de\u{a0}decisión revisado",
        (Kind::Amendment, false) => "enmienda",
        (Kind::Amendment, true) => "enmienda revisada",
        (Kind::WorkingPaper, false) => "documento\u{a0}de\u{a0}trabajo",
        (Kind::WorkingPaper, true) => "documento\u{a0}de\u{a0}trabajo revisado",
        (_, false) => "proyecto\u{a0}de\u{a0}resolución",
        (_, true) => "proyecto\u{a0}de\u{a0}resolución revisado",
    },
    adopted_by: |kind, by, date| {
        let what = match kind {
            Kind::Decision => "Decisión adoptada",
            _ => "Resolución aprobada",
        };
        vec![format!("{what}{}", by_the(by)), format!("el {date}")]
    },
    several_adopted_by: |_, kind, by, date| {
        let what = match kind {
            Kind::Decision => "Decisiones adoptadas",
            _ => "Resoluciones aprobadas",
        };
        vec![format!("{what}{}", by_the(by)), format!("el {date}")]
    },
    resolution: |number| format!("Resolución {}", number.replace(' ', "\u{a0}")),
    adopted_at: |by, meeting, date| {
        vec![format!("Aprobada{} en su {meeting},", by_the(by)), format!("celebrada el {date}")]
    },
    number: "{}.",
    adopted_number: "{}.",
    label: labels::half_bracketed,
    raised: &["a", "o", "er"],
    gap: " ",
    presidential_statement: "Declaración de la Presidencia del Consejo de Seguridad",
    quotes: ("“", "”"),
    annex: "Anexo",
    table: "Cuadro",
    figure: "Figura",
    remarks: ["Fuente", "Nota", "Abreviaturas"],
    votes: ["Votos a favor", "Votos en contra", "Abstenciones"],
    signatories: "Signatarios: {}",
    corrigendum: "Corrección",
    addendum: "Adición",
    recycle: "Se ruega reciclar",
    cited: Cited {
        resolution: "resoluci",
        decision: "decisi",
        follows: false,
        council: concat!(
            r"resoluci[^#\s]*\sdel consejo de derechos humanos[^#]*#",
            r"|#(?:,?\s(?:y\s)?[0-9]+/[0-9]+)*\sdel consejo de derechos humanos",
        ),
    },
};

/// Returns which organ adopted it, with the article.
fn by_the(organ: Organ) -> String {
    let article = match organ {
        Organ::GeneralAssembly | Organ::Secretariat => "la",
        Organ::Other => return String::new(),
        _ => "el",
    };
    format!(" por {article} {}", (WORDS.organ)(organ))
}

/// Returns "y", or "e" before the sound of i, which "hie" does not have.
fn and(next: &str) -> &'static str {
    let next = next.to_lowercase();
    let sound = next.strip_prefix('h').unwrap_or(&next);
    let vowel = sound.starts_with(['i', 'í']);
    if vowel && !next.starts_with("hie") { " e " } else { " y " }
}

/// Returns "Septuagésimo séptimo" for 77; masculine and before its noun, as sessions and years have it.
fn ordinal(number: u16) -> Option<String> {
    const FIRST: [&str; 20] = [
        "",
        "primer",
        "segundo",
        "tercer",
        "cuarto",
        "quinto",
        "sexto",
        "séptimo",
        "octavo",
        "noveno",
        "décimo",
        "undécimo",
        "duodécimo",
        "decimotercer",
        "decimocuarto",
        "decimoquinto",
        "decimosexto",
        "decimoséptimo",
        "decimoctavo",
        "decimonoveno",
    ];
    const TENS: [&str; 8] = ["vig", "trig", "cuadrag", "quincuag", "sexag", "septuag", "octog", "nonag"];
    let below_hundred = |number: u16| match (usize::from(number / 10), usize::from(number % 10)) {
        (0 | 1, _) => FIRST[usize::from(number)].to_owned(),
        (tens, 0) => format!("{}ésimo", TENS[tens - 2]),
        (tens, ones) => format!("{}ésimo {}", TENS[tens - 2], FIRST[ones]),
    };
    let words = match number {
        1..100 => below_hundred(number),
        100 => "centésimo".to_owned(),
        101..200 => format!("centésimo {}", below_hundred(number - 100)),
        _ => return None,
    };
    Some(capitalised(&words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::symbol::Sitting;

    #[test]
    fn sessions_in_words() {
        for (number, words) in [
            (1, "Primer período de sesiones"),
            (3, "Tercer período de sesiones"),
            (10, "Décimo período de sesiones"),
            (13, "Decimotercer período de sesiones"),
            (21, "Vigésimo primer período de sesiones"),
            (43, "Cuadragésimo tercer período de sesiones"),
            (77, "Septuagésimo séptimo período de sesiones"),
            (80, "Octogésimo período de sesiones"),
            (99, "Nonagésimo noveno período de sesiones"),
            (100, "Centésimo período de sesiones"),
            (111, "Centésimo undécimo período de sesiones"),
            (120, "Centésimo vigésimo período de sesiones"),
        ] {
            assert_eq!(WORDS.sitting(Sitting::Session(number)), words);
        }
        assert_eq!(WORDS.sitting(Sitting::Special(30)), "Trigésimo período extraordinario de sesiones");
        let emergency = WORDS.sitting(Sitting::EmergencySpecial(11));
        assert_eq!(emergency, "Undécimo período extraordinario de sesiones de emergencia");
        assert_eq!(WORDS.council_year(2026), "Octogésimo primer año");
    }

    #[test]
    fn lines() {
        let date = |text: &str| WORDS.date_in_words(text.parse().unwrap());
        assert_eq!(date("2022-12-01"), "1\u{a0}de diciembre de 2022");
        let adopted = (WORDS.adopted_by)(Kind::Resolution, Organ::GeneralAssembly, "D");
        assert_eq!(adopted, ["Resolución aprobada por la Asamblea General", "el D"]);
        let adopted = (WORDS.adopted_at)(Organ::SecurityCouncil, "9461a sesión", "D");
        assert_eq!(adopted, ["Aprobada por el Consejo de Seguridad en su 9461a sesión,", "celebrada el D"]);
        for (next, word) in
            [("Italia", " e "), ("Íos", " e "), ("Hiperbórea", " e "), ("Hierro", " y "), ("Yemen", " y ")]
        {
            assert_eq!(and(next), word, "{next}");
        }
    }
}
