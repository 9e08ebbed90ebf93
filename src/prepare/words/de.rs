//! German, into which the German Translation Section translates resolutions and decisions.
//!
//! Not in any genuine XML at hand: the distributions except the general one, "Original", the names of
//! languages, sessions, agenda items, committees, drafts, what the General Assembly adopts, tables and
//! figures with what stands below them, votes, and the recycling line. Sessions, items and the heading of resolutions are those of
//! the official records in German.

use super::{Cited, Words, capitalised, listed};
use crate::model::symbol::Organ;
use crate::model::{Distribution, Kind, Language};
use crate::prepare::labels;

pub(super) static WORDS: Words = Words {
    united_nations: "Vereinte Nationen",
    organ: |organ| match organ {
        Organ::GeneralAssembly => "Generalversammlung",
        Organ::SecurityCouncil => "Sicherheitsrat",
        Organ::EconomicAndSocialCouncil => "Wirtschafts- und Sozialrat",
        Organ::TrusteeshipCouncil => "Treuhandrat",
        Organ::Secretariat => "Sekretariat",
        Organ::HumanRightsCouncil => "Menschenrechtsrat",
        Organ::Other => "",
    },
    distribution: |distribution| match distribution {
        Distribution::General => "Verteilung: Allgemein",
        Distribution::Limited => "Verteilung: Begrenzt",
        Distribution::Restricted => "Verteilung: Beschränkt",
        Distribution::Provisional => "Vorläufig",
    },
    months: [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
    date: |day, month, year| format!("{day}.\u{a0}{month} {year}"),
    // A third of the dates of genuine texts have a no-break space (25 of 77).
    date_joins: None,
    issued: |date| WORDS.date_in_words(date),
    original: "Original: {}",
    language: |language| match language {
        Language::Ar => "Arabisch",
        Language::Zh => "Chinesisch",
        Language::En => "Englisch",
        Language::Fr => "Französisch",
        Language::Ru => "Russisch",
        Language::Es => "Spanisch",
        Language::De => "Deutsch",
    },
    ordinal: |number| ordinal(number, "e"),
    year_ordinal: |number| ordinal(number, "es"),
    session: "{} Tagung",
    special_session: "{} Sondertagung",
    emergency_special_session: "{} Notstandssondertagung",
    year: "{} Jahr",
    session_of_year: "Tagung {}",
    main_committees: [
        "Erster Ausschuss",
        "Zweiter Ausschuss",
        "Dritter Ausschuss",
        "Ausschuss für besondere politische Fragen und Entkolonialisierung (Vierter Ausschuss)",
        "Fünfter Ausschuss",
        "Sechster Ausschuss",
    ],
    lettered_item: |number, letter| format!("{number}\u{a0}{letter})"),
    agenda_items: |items| match items {
        [item] => format!("Tagesordnungspunkt {item}"),
        items => format!("Tagesordnungspunkte {}", listed(items, ", ", " und ")),
    },
    comma: ", ",
    and: |_| " und ",
    colon: ":",
    marks_first: true,
    submitted: |kind, revised| match (kind, revised) {
        (Kind::DraftDecision | Kind::Decision, false) => "Beschlussentwurf",
        (Kind::DraftDecision | Kind::Decision, true) => "revidierter Beschlussentwurf",
        (Kind::Amendment, false) => "Änderungsantrag",
        (Kind::Amendment, true) => "revidierter Änderungsantrag",
        (Kind::WorkingPaper, false) => "Arbeitspapier",
        (Kind::WorkingPaper, true) => "revidiertes Arbeitspapier",
        (_, false) => "Resolutionsentwurf",
        (_, true) => "revidierter Resolutionsentwurf",
    },
    adopted_by: |kind, by, date| {
        let what = match kind {
            Kind::Decision => "Beschluss",
            _ => "Resolution",
        };
        vec![format!("{what}{},", of_the(by)), format!("verabschiedet am {date}")]
    },
    several_adopted_by: |_, kind, by, date| {
        let what = match kind {
            Kind::Decision => "Beschlüsse",
            _ => "Resolutionen",
        };
        vec![format!("{what}{},", of_the(by)), format!("verabschiedet am {date}")]
    },
    resolution: |number| format!("Resolution {number}"),
    adopted_at: |by, meeting, date| {
        // Genuine files mark the organ as part of the meeting.
        let of = Some(of_the(by)).filter(|of| !meeting.ends_with(of.as_str())).unwrap_or_default();
        vec![format!("verabschiedet auf der {meeting}{of}"), format!("am {date}")]
    },
    number: "{}.",
    adopted_number: "{}.",
    label: labels::half_bracketed,
    raised: &[],
    gap: " ",
    presidential_statement: "Erklärung der Präsidentschaft des Sicherheitsrats",
    quotes: ("„", "“"),
    annex: "Anlage",
    table: "Tabelle",
    figure: "Abbildung",
    remarks: ["Quelle", "Anmerkung", "Abkürzungen"],
    votes: ["Dafür", "Dagegen", "Enthaltungen"],
    signatories: "Unterzeichner: {}",
    corrigendum: "Korrigendum",
    addendum: "Addendum",
    recycle: "Bitte dem Recycling zuführen",
    cited: Cited {
        resolution: "resolution",
        decision: "beschl",
        follows: false,
        council: concat!(
            r"resolution(?:en)? des menschenrechtsrats[^#]*#",
            r"|#(?:,?\s(?:und\s)?[0-9]+/[0-9]+)*\sdes menschenrechtsrats",
        ),
    },
};

/// Returns which organ it is from, with the article.
fn of_the(organ: Organ) -> String {
    match organ {
        Organ::Other => String::new(),
        Organ::GeneralAssembly => " der Generalversammlung".to_owned(),
        organ => format!(" des {}s", (WORDS.organ)(organ)),
    }
}

/// Returns "Siebenundsiebzigste" for 77, with the ending of its gender: one word.
fn ordinal(number: u16, ending: &str) -> Option<String> {
    let stem = match number {
        1..100 => below_hundred(number),
        100 => "hundertst".to_owned(),
        101..200 => format!("hundert{}", below_hundred(number - 100)),
        _ => return None,
    };
    Some(capitalised(&format!("{stem}{ending}")))
}

/// Returns "siebenundsiebzigst" for 77.
fn below_hundred(number: u16) -> String {
    const FIRST: [&str; 20] = [
        "",
        "erst",
        "zweit",
        "dritt",
        "viert",
        "fünft",
        "sechst",
        "siebent",
        "acht",
        "neunt",
        "zehnt",
        "elft",
        "zwölft",
        "dreizehnt",
        "vierzehnt",
        "fünfzehnt",
        "sechzehnt",
        "siebzehnt",
        "achtzehnt",
        "neunzehnt",
    ];
    const ONES: [&str; 10] = ["", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"];
    const TENS: [&str; 10] =
        ["", "", "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"];
    match (usize::from(number / 10), usize::from(number % 10)) {
        (0 | 1, _) => FIRST[usize::from(number)].to_owned(),
        (tens, 0) => format!("{}st", TENS[tens]),
        (tens, ones) => format!("{}und{}st", ONES[ones], TENS[tens]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::symbol::Sitting;

    #[test]
    fn sessions_in_words() {
        for (number, words) in [
            (1, "Erste Tagung"),
            (3, "Dritte Tagung"),
            (7, "Siebente Tagung"),
            (8, "Achte Tagung"),
            (12, "Zwölfte Tagung"),
            (17, "Siebzehnte Tagung"),
            (20, "Zwanzigste Tagung"),
            (21, "Einundzwanzigste Tagung"),
            (36, "Sechsunddreißigste Tagung"),
            (77, "Siebenundsiebzigste Tagung"),
            (80, "Achtzigste Tagung"),
            (100, "Hundertste Tagung"),
            (101, "Hunderterste Tagung"),
            (112, "Hundertzwölfte Tagung"),
            (900, "900 Tagung"),
        ] {
            assert_eq!(WORDS.sitting(Sitting::Session(number)), words);
        }
        assert_eq!(WORDS.sitting(Sitting::Special(30)), "Dreißigste Sondertagung");
        assert_eq!(WORDS.sitting(Sitting::EmergencySpecial(11)), "Elfte Notstandssondertagung");
        assert_eq!(WORDS.sitting(Sitting::Year(2025)), "Tagung 2025");
        assert_eq!(WORDS.council_year(2025), "Achtzigstes Jahr");
    }

    #[test]
    fn lines() {
        assert_eq!(WORDS.date_in_words("2029-03-01".parse().unwrap()), "1.\u{a0}März 2029");
        let adopted = (WORDS.adopted_by)(Kind::Resolution, Organ::GeneralAssembly, "D");
        assert_eq!(adopted, ["Resolution der Generalversammlung,", "verabschiedet am D"]);
        for meeting in ["9912. Sitzung des Sicherheitsrats", "9912. Sitzung"] {
            let adopted = (WORDS.adopted_at)(Organ::SecurityCouncil, meeting, "D");
            assert_eq!(adopted, ["verabschiedet auf der 9912. Sitzung des Sicherheitsrats", "am D"]);
        }
        assert_eq!(WORDS.agenda_line("71 (b)"), "Tagesordnungspunkt 71\u{a0}b)");
        assert_eq!(WORDS.agenda_line("7 und 141"), "Tagesordnungspunkte 7 und 141");
    }
}
