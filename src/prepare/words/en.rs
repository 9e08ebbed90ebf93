//! English.

use super::{Cited, DateJoins, Words, capitalised, listed, ordinals};
use crate::model::symbol::Organ;
use crate::model::{Date, Distribution, Kind, Language};
use crate::prepare::labels;

pub(super) static WORDS: Words = Words {
    united_nations: "United Nations",
    organ,
    distribution,
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    date: |day, month, year| format!("{day}\u{a0}{month} {year}"),
    date_joins: Some(DateJoins { before: None, link: "", after: None }),
    issued,
    original: ORIGINAL,
    language,
    ordinal,
    year_ordinal: ordinal,
    session: "{} session",
    special_session: "{} special session",
    emergency_special_session: "{} emergency special session",
    year: "{} year",
    session_of_year: "{} session",
    main_committees: [
        "First Committee",
        "Second Committee",
        "Third Committee",
        "Special Political and Decolonization Committee (Fourth Committee)",
        "Fifth Committee",
        "Sixth Committee",
    ],
    lettered_item: |number, letter| format!("{number} ({letter})"),
    agenda_items: |items| match items {
        [item] => format!("Agenda item {item}"),
        items => format!("Agenda items {}", listed(items, ", ", " and ")),
    },
    comma: ", ",
    and: |_| " and ",
    colon: ":",
    marks_first: false,
    submitted: |kind, revised| match (kind, revised) {
        (Kind::DraftDecision | Kind::Decision, false) => "draft\u{a0}decision",
        (Kind::DraftDecision | Kind::Decision, true) => "revised draft\u{a0}decision",
        (Kind::Amendment, false) => "amendment",
        (Kind::Amendment, true) => "revised amendment",
        (Kind::WorkingPaper, false) => "working\u{a0}paper",
        (Kind::WorkingPaper, true) => "revised working\u{a0}paper",
        (_, false) => "draft\u{a0}resolution",
        (_, true) => "revised draft\u{a0}resolution",
    },
    adopted_by: |kind, by, date| {
        let what = match kind {
            Kind::Decision => "Decision",
            _ => "Resolution",
        };
        vec![format!("{what} adopted{}", by_the(by)), format!("on {date}")]
    },
    several_adopted_by: |_, kind, by, date| {
        let what = match kind {
            Kind::Decision => "Decisions",
            _ => "Resolutions",
        };
        vec![format!("{what} adopted{}", by_the(by)), format!("on {date}")]
    },
    resolution: |number| format!("Resolution {number}"),
    adopted_at: |by, meeting, date| vec![format!("Adopted{} at its {meeting}, on", by_the(by)), date.to_owned()],
    number: "{}.",
    adopted_number: "{}.",
    label: labels::bracketed,
    raised: &[],
    gap: " ",
    presidential_statement: "Statement by the President of the Security Council",
    quotes: ("“", "”"),
    annex: "Annex",
    table: "Table",
    figure: "Figure",
    remarks: ["Source", "Note", "Abbreviations"],
    votes: ["In favour", "Against", "Abstaining"],
    signatories: "Signatories: {}",
    corrigendum: "Corrigendum",
    addendum: "Addendum",
    recycle: "Please recycle",
    cited: Cited {
        resolution: "resolution",
        decision: "decision",
        follows: false,
        council: r"human rights council resolution[^#]*#",
    },
};

pub(super) const ORIGINAL: &str = "Original: {}";

pub(super) fn distribution(distribution: Distribution) -> &'static str {
    match distribution {
        Distribution::General => "Distr.: General",
        Distribution::Limited => "Distr.: Limited",
        Distribution::Restricted => "Distr.: Restricted",
        Distribution::Provisional => "Provisional",
    }
}

pub(super) fn issued(date: Date) -> String {
    WORDS.date_in_words(date)
}

pub(super) fn language(language: Language) -> &'static str {
    match language {
        Language::Ar => "Arabic",
        Language::Zh => "Chinese",
        Language::En => "English",
        Language::Fr => "French",
        Language::Ru => "Russian",
        Language::Es => "Spanish",
        Language::De => "German",
    }
}

/// Returns which organ adopted it.
fn by_the(by: Organ) -> String {
    if by == Organ::Other { String::new() } else { format!(" by the {}", organ(by)) }
}

fn organ(organ: Organ) -> &'static str {
    match organ {
        Organ::GeneralAssembly => "General Assembly",
        Organ::SecurityCouncil => "Security Council",
        Organ::EconomicAndSocialCouncil => "Economic and Social Council",
        Organ::TrusteeshipCouncil => "Trusteeship Council",
        Organ::Secretariat => "Secretariat",
        Organ::HumanRightsCouncil => "Human Rights Council",
        Organ::Other => "",
    }
}

/// Returns "Seventy-seventh" for 77, up to 199.
fn ordinal(number: u16) -> Option<String> {
    ordinals::in_words(number.into()).map(|words| capitalised(&words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::symbol::Sitting;

    #[test]
    fn sessions_in_words() {
        let cases = [
            (Sitting::Session(1), "First session"),
            (Sitting::Session(12), "Twelfth session"),
            (Sitting::Session(20), "Twentieth session"),
            (Sitting::Session(45), "Forty-fifth session"),
            (Sitting::Session(77), "Seventy-seventh session"),
            (Sitting::Session(80), "Eightieth session"),
            (Sitting::Session(100), "Hundredth session"),
            (Sitting::Session(110), "Hundred and tenth session"),
            (Sitting::EmergencySpecial(11), "Eleventh emergency special session"),
            (Sitting::Special(32), "Thirty-second special session"),
            (Sitting::Year(2025), "2025 session"),
            (Sitting::Session(900), "900 session"),
        ];
        for (sitting, words) in cases {
            assert_eq!(WORDS.sitting(sitting), words);
        }
        assert_eq!(WORDS.council_year(2025), "Eightieth year");
    }

    #[test]
    fn every_ordinal_is_its_own() {
        let all: std::collections::BTreeSet<_> = (1..200).filter_map(ordinal).collect();
        assert_eq!(all.len(), 199);
    }
}
