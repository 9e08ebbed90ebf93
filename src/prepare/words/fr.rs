//! French.
//!
//! Not in any genuine XML: the distributions except the general one, "Original", the names of
//! languages, "Conseil de tutelle", emergency special sessions, years of the Security Council,
//! headings of decisions, drafts and amendments, tables and figures with what stands below them, votes, and the recycling
//! line.

use super::{Cited, DateJoins, Words, capitalised, listed};
use crate::model::symbol::Organ;
use crate::model::{Distribution, Kind, Language};
use crate::prepare::labels;

pub(super) static WORDS: Words = Words {
    united_nations: "Nations Unies",
    organ: |organ| match organ {
        Organ::GeneralAssembly => "Assemblée générale",
        Organ::SecurityCouncil => "Conseil de sécurité",
        Organ::EconomicAndSocialCouncil => "Conseil économique et social",
        Organ::TrusteeshipCouncil => "Conseil de tutelle",
        Organ::Secretariat => "Secrétariat",
        Organ::HumanRightsCouncil => "Conseil des droits de l’homme",
        Organ::Other => "",
    },
    distribution: |distribution| match distribution {
        Distribution::General => "Distr. générale",
        Distribution::Limited => "Distr. limitée",
        Distribution::Restricted => "Distr. restreinte",
        Distribution::Provisional => "Provisoire",
    },
    months: [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    date: |day, month, year| match day {
        1 => format!("1er\u{a0}{month} {year}"),
        day => format!("{day}\u{a0}{month} {year}"),
    },
    date_joins: Some(DateJoins { before: None, link: "", after: None }),
    issued: |date| WORDS.date_in_words(date),
    original: "Original\u{a0}: {}",
    language: |language| match language {
        Language::Ar => "arabe",
        Language::Zh => "chinois",
        Language::En => "anglais",
        Language::Fr => "français",
        Language::Ru => "russe",
        Language::Es => "espagnol",
        Language::De => "allemand",
    },
    ordinal,
    year_ordinal: ordinal,
    session: "{} session",
    special_session: "{} session extraordinaire",
    emergency_special_session: "{} session extraordinaire d’urgence",
    year: "{} année",
    session_of_year: "Session de {}",
    main_committees: [
        "Première Commission",
        "Deuxième Commission",
        "Troisième Commission",
        "Commission des questions politiques spéciales et de la décolonisation (Quatrième Commission)",
        "Cinquième Commission",
        "Sixième Commission",
    ],
    lettered_item: |number, letter| format!("{number}\u{a0}{letter})"),
    agenda_items: |items| match items {
        [item] => format!("Point {item} de l’ordre du jour"),
        items => format!("Points {} de l’ordre du jour", listed(items, ", ", " et ")),
    },
    comma: ", ",
    and: |_| " et ",
    colon: "\u{a0}:",
    marks_first: true,
    submitted: |kind, revised| match (kind, revised) {
        (Kind::DraftDecision | Kind::Decision, false) => "projet\u{a0}de\u{a0}décision",
        (Kind::DraftDecision | Kind::Decision, true) => "projet\u{a0}de\u{a0}décision révisé",
        (Kind::Amendment, false) => "amendement",
        (Kind::Amendment, true) => "amendement révisé",
        (Kind::WorkingPaper, false) => "document\u{a0}de\u{a0}travail",
        (Kind::WorkingPaper, true) => "document\u{a0}de\u{a0}travail révisé",
        (_, false) => "projet\u{a0}de\u{a0}résolution",
        (_, true) => "projet\u{a0}de\u{a0}résolution révisé",
    },
    adopted_by: |kind, by, date| {
        let what = match kind {
            Kind::Decision => "Décision",
            _ => "Résolution",
        };
        vec![format!("{what} adoptée{}", by_the(by)), format!("le\u{a0}{date}")]
    },
    several_adopted_by: |_, kind, by, date| {
        let what = match kind {
            Kind::Decision => "Décisions",
            _ => "Résolutions",
        };
        vec![format!("{what} adoptées{}", by_the(by)), format!("le\u{a0}{date}")]
    },
    resolution: |number| format!("Résolution {}", number.replace(' ', "\u{a0}")),
    adopted_at: |by, meeting, date| vec![format!("Adoptée{} à sa {meeting},", by_the(by)), format!("le\u{a0}{date}")],
    number: "{}.",
    adopted_number: "{}.",
    label: labels::half_bracketed,
    raised: &["er", "re", "e"],
    gap: " ",
    presidential_statement: "Déclaration de la présidence du Conseil de sécurité",
    quotes: ("«\u{a0}", "\u{a0}»"),
    annex: "Annexe",
    table: "Tableau",
    figure: "Figure",
    remarks: ["Source", "Note", "Abréviations"],
    votes: ["Votent pour", "Votent contre", "S’abstiennent"],
    signatories: "Signataires\u{a0}: {}",
    corrigendum: "Rectificatif",
    addendum: "Additif",
    recycle: "Merci de recycler",
    cited: Cited {
        resolution: "résolution",
        decision: "décision",
        follows: false,
        council: concat!(
            r"résolutions? du conseil des droits de l’homme[^#]*#",
            r"|#(?:,?\s(?:et\s)?[0-9]+/[0-9]+)*\sdu conseil des droits de l’homme",
        ),
    },
};

/// Returns which organ adopted it, with the article.
fn by_the(organ: Organ) -> String {
    match organ {
        Organ::GeneralAssembly => " par l’Assemblée générale".to_owned(),
        Organ::Other => String::new(),
        organ => format!(" par le {}", (WORDS.organ)(organ)),
    }
}

/// Returns "Soixante-dix-septième" for 77; feminine, as sessions and years are.
fn ordinal(number: u16) -> Option<String> {
    let words = match number {
        1 => return Some("Première".to_owned()),
        2..100 => below_hundred(number),
        100 => "cent".to_owned(),
        101..200 => format!("cent {}", below_hundred(number - 100)),
        _ => return None,
    };
    let stem = words.strip_suffix('e').unwrap_or(&words);
    let stem = match stem.strip_suffix('f') {
        Some(nine) => format!("{nine}v"),
        None if stem.ends_with('q') => format!("{stem}u"),
        None => stem.to_owned(),
    };
    Some(capitalised(&format!("{stem}ième")))
}

/// Returns "soixante-dix-sept" for 77; "quatre-vingt" as before another part.
fn below_hundred(number: u16) -> String {
    const FIRST: [&str; 20] = [
        "", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize",
        "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
    ];
    const TENS: [&str; 5] = ["vingt", "trente", "quarante", "cinquante", "soixante"];
    let (tens, ones) = match number {
        0..20 => return FIRST[usize::from(number)].to_owned(),
        20..70 => (TENS[usize::from(number / 10) - 2], number % 10),
        70..80 => ("soixante", number - 60),
        _ => ("quatre-vingt", number - 80),
    };
    match ones {
        0 => tens.to_owned(),
        1 | 11 if number < 80 => format!("{tens} et {}", FIRST[usize::from(ones)]),
        ones => format!("{tens}-{}", FIRST[usize::from(ones)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::symbol::Sitting;

    #[test]
    fn sessions_in_words() {
        for (number, words) in [
            (1, "Première session"),
            (2, "Deuxième session"),
            (5, "Cinquième session"),
            (9, "Neuvième session"),
            (11, "Onzième session"),
            (21, "Vingt et unième session"),
            (30, "Trentième session"),
            (45, "Quarante-cinquième session"),
            (70, "Soixante-dixième session"),
            (71, "Soixante et onzième session"),
            (77, "Soixante-dix-septième session"),
            (79, "Soixante-dix-neuvième session"),
            (80, "Quatre-vingtième session"),
            (81, "Quatre-vingt-unième session"),
            (91, "Quatre-vingt-onzième session"),
            (100, "Centième session"),
            (101, "Cent unième session"),
            (120, "Cent vingtième session"),
            (900, "900 session"),
        ] {
            assert_eq!(WORDS.sitting(Sitting::Session(number)), words);
        }
        assert_eq!(WORDS.sitting(Sitting::Special(30)), "Trentième session extraordinaire");
        assert_eq!(WORDS.sitting(Sitting::EmergencySpecial(11)), "Onzième session extraordinaire d’urgence");
        assert_eq!(WORDS.sitting(Sitting::Year(2025)), "Session de 2025");
        assert_eq!(WORDS.council_year(2025), "Quatre-vingtième année");
    }

    #[test]
    fn lines() {
        let date = |text: &str| WORDS.date_in_words(text.parse().unwrap());
        assert_eq!(date("2023-09-01"), "1er\u{a0}septembre 2023");
        assert_eq!(date("2022-12-14"), "14\u{a0}décembre 2022");
        let adopted = (WORDS.adopted_by)(Kind::Resolution, Organ::GeneralAssembly, "D");
        assert_eq!(adopted, ["Résolution adoptée par l’Assemblée générale", "le\u{a0}D"]);
        let adopted = (WORDS.adopted_at)(Organ::SecurityCouncil, "9461e séance", "D");
        assert_eq!(adopted, ["Adoptée par le Conseil de sécurité à sa 9461e séance,", "le\u{a0}D"]);
    }
}
