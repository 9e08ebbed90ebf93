//! Arabic.
//!
//! The distribution block is in English except for its provisional form (all genuine files).
//! Not in any genuine XML: provisional distribution, the Trusteeship Council, emergency
//! special sessions, years of the Security Council, headings of decisions, drafts, tables and
//! figures with what stands below them, votes, and the recycling line.

use super::{Cited, Words, en};
use crate::model::symbol::Organ;
use crate::model::{Distribution, Kind};

pub(super) static WORDS: Words = Words {
    // Drawn out, as on every cover page.
    united_nations: "الأمــم المتحـدة",
    organ,
    distribution: |distribution| match distribution {
        Distribution::Provisional => "مؤقت",
        distribution => en::distribution(distribution),
    },
    months: [
        "كانون الثاني/يناير",
        "شباط/فبراير",
        "آذار/مارس",
        "نيسان/أبريل",
        "أيار/مايو",
        "حزيران/يونيه",
        "تموز/يوليه",
        "آب/أغسطس",
        "أيلول/سبتمبر",
        "تشرين الأول/أكتوبر",
        "تشرين الثاني/نوفمبر",
        "كانون الأول/ديسمبر",
    ],
    date: |day, month, year| format!("{day} {month} {year}"),
    date_joins: None,
    issued: en::issued,
    original: en::ORIGINAL,
    language: en::language,
    ordinal,
    year_ordinal: ordinal,
    session: "الدورة {}",
    special_session: "الدورة الاستثنائية {}",
    emergency_special_session: "الدورة الاستثنائية الطارئة {}",
    year: "السنة {}",
    session_of_year: "دورة عام {}",
    main_committees: [
        "اللجنة الأولى",
        "اللجنة الثانية",
        "اللجنة الثالثة",
        "لجنة المسائل السياسية الخاصة وإنهاء الاستعمار (اللجنة الرابعة)",
        "اللجنة الخامسة",
        "اللجنة السادسة",
    ],
    lettered_item: |number, letter| format!("{number} ({})", item_letter(letter)),
    agenda_items: |items| {
        let word = match items.len() {
            1 => "البند",
            2 => "البندان",
            _ => "البنود",
        };
        format!("{word} {} من جدول الأعمال", items.join(" و "))
    },
    // As States are listed in decision 77/401: "and" before each.
    comma: "، و",
    and: |_| "، و",
    colon: ":",
    marks_first: true,
    submitted: |kind, revised| match (kind, revised) {
        (Kind::DraftDecision | Kind::Decision, false) => "مشروع مقرر",
        (Kind::DraftDecision | Kind::Decision, true) => "مشروع مقرر منقح",
        (Kind::Amendment, false) => "تعديل",
        (Kind::Amendment, true) => "تعديل منقح",
        (Kind::WorkingPaper, false) => "ورقة عمل",
        (Kind::WorkingPaper, true) => "ورقة عمل منقحة",
        (_, false) => "مشروع قرار",
        (_, true) => "مشروع قرار منقح",
    },
    adopted_by: |kind, by, date| {
        let what = match kind {
            Kind::Decision => "مقرر",
            _ => "قرار",
        };
        vec![format!("{what} {} {}", adopted(by), organ(by)).trim_end().to_owned(), format!("في {date}")]
    },
    several_adopted_by: |count, kind, by, date| {
        let what = match (kind, count) {
            (Kind::Decision, 2) => "مقرران",
            (Kind::Decision, _) => "مقررات",
            (_, 2) => "قراران",
            (_, _) => "قرارات",
        };
        let them = if count == 2 { "هما" } else { "ها" };
        let adopted =
            adopted(by).strip_suffix('ه').map_or_else(|| adopted(by).to_owned(), |verb| format!("{verb}{them}"));
        vec![format!("{what} {adopted} {}", organ(by)).trim_end().to_owned(), format!("في {date}")]
    },
    resolution: |number| format!("القرار {number}"),
    adopted_at: |by, meeting, date| {
        vec![format!("الذي {} {} في {meeting}،", adopted(by), organ(by)), format!("المعقودة في {date}")]
    },
    number: "{} -",
    adopted_number: "{}",
    label,
    raised: &[],
    gap: " ",
    presidential_statement: "بيان من رئيس مجلس الأمن",
    quotes: ("”", "“"),
    annex: "المرفق",
    table: "الجدول",
    figure: "الشكل",
    remarks: ["المصدر", "ملاحظة", "المختصرات"],
    votes: ["المؤيدون", "المعارضون", "الممتنعون"],
    signatories: "الموقعون: {}",
    corrigendum: "تصويب",
    addendum: "إضافة",
    recycle: "الرجاء إعادة استعمال الورق",
    cited: Cited {
        resolution: "قرار",
        decision: "مقرر",
        follows: false,
        council: r"قرار[^#\s]*\sمجلس حقوق الإنسان[^#]*#",
    },
};

fn organ(organ: Organ) -> &'static str {
    match organ {
        Organ::GeneralAssembly => "الجمعية العامة",
        Organ::SecurityCouncil => "مجلس الأمن",
        Organ::EconomicAndSocialCouncil => "المجلس الاقتصادي والاجتماعي",
        Organ::TrusteeshipCouncil => "مجلس الوصاية",
        Organ::Secretariat => "الأمانة العامة",
        Organ::HumanRightsCouncil => "مجلس حقوق الإنسان",
        Organ::Other => "",
    }
}

/// Returns "which adopted it", feminine or masculine like the organ; "adopted" if the organ is not named.
fn adopted(organ: Organ) -> &'static str {
    match organ {
        Organ::GeneralAssembly | Organ::Secretariat => "اتخذته",
        Organ::Other => "اتُّخذ",
        _ => "اتخذه",
    }
}

/// Returns "السابعة والسبعون" for 77; feminine, as sessions and years are.
fn ordinal(number: u16) -> Option<String> {
    const FIRST: [&str; 11] = [
        "",
        "الأولى",
        "الثانية",
        "الثالثة",
        "الرابعة",
        "الخامسة",
        "السادسة",
        "السابعة",
        "الثامنة",
        "التاسعة",
        "العاشرة",
    ];
    const TENS: [&str; 8] = ["العشرون", "الثلاثون", "الأربعون", "الخمسون", "الستون", "السبعون", "الثمانون", "التسعون"];
    // The first is another word in compounds.
    let in_compound = |ones: usize| if ones == 1 { "الحادية" } else { FIRST[ones] };
    let below_hundred = |number: u16| match (usize::from(number / 10), usize::from(number % 10)) {
        (0, _) | (1, 0) => FIRST[usize::from(number)].to_owned(),
        (1, ones) => format!("{} عشرة", in_compound(ones)),
        (tens, 0) => TENS[tens - 2].to_owned(),
        (tens, ones) => format!("{} و{}", in_compound(ones), TENS[tens - 2]),
    };
    match number {
        1..100 => Some(below_hundred(number)),
        100 => Some("المائة".to_owned()),
        101..200 => Some(format!("{} بعد المائة", below_hundred(number - 100))),
        _ => None,
    }
}

/// The letters in their numerical order, as in agenda items and sub-paragraphs.
const LETTERS: [&str; 28] = [
    "أ", "ب", "ج", "د", "هـ", "و", "ز", "ح", "ط", "ي", "ك", "ل", "م", "ن", "س", "ع", "ف", "ص", "ق", "ر", "ش", "ت", "ث",
    "خ", "ذ", "ض", "ظ", "غ",
];

/// Returns the letter of an agenda item, given the Latin one: (s) is (ق).
fn item_letter(letter: &str) -> String {
    // Its suffix stays Latin.
    let (letter, suffix) = letter.split_at(letter.find([' ', '\u{a0}']).unwrap_or(letter.len()));
    let letter = match letter.as_bytes() {
        [latin @ b'a'..=b'z'] => LETTERS[usize::from(latin - b'a')],
        _ => letter,
    };
    format!("{letter}{suffix}")
}

/// Returns (أ), ’1‘; the third and fourth levels, which no genuine XML has, are numbered like headings
/// and paragraphs.
fn label(level: u8, index: usize) -> String {
    let letters = || LETTERS[index % LETTERS.len()].repeat(index / LETTERS.len() + 1);
    match level {
        1 => format!("({})", letters()),
        2 => format!("’{}‘", index + 1),
        3 => format!("{} -", letters()),
        _ => format!("{} -", index + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::symbol::Sitting;

    #[test]
    fn sessions_in_words() {
        for (number, words) in [
            (1, "الدورة الأولى"),
            (10, "الدورة العاشرة"),
            (11, "الدورة الحادية عشرة"),
            (12, "الدورة الثانية عشرة"),
            (20, "الدورة العشرون"),
            (21, "الدورة الحادية والعشرون"),
            (77, "الدورة السابعة والسبعون"),
            (80, "الدورة الثمانون"),
            (100, "الدورة المائة"),
            (101, "الدورة الأولى بعد المائة"),
            (111, "الدورة الحادية عشرة بعد المائة"),
            (120, "الدورة العشرون بعد المائة"),
        ] {
            assert_eq!(WORDS.sitting(Sitting::Session(number)), words);
        }
        assert_eq!(WORDS.sitting(Sitting::Special(12)), "الدورة الاستثنائية الثانية عشرة");
        assert_eq!(WORDS.sitting(Sitting::EmergencySpecial(11)), "الدورة الاستثنائية الطارئة الحادية عشرة");
        assert_eq!(WORDS.sitting(Sitting::Year(2022)), "دورة عام 2022");
        assert_eq!(WORDS.council_year(2025), "السنة الثمانون");
    }

    #[test]
    fn lines() {
        let date = WORDS.date_in_words("2022-12-14".parse().unwrap());
        assert_eq!(date, "14 كانون الأول/ديسمبر 2022");
        let adopted = (WORDS.adopted_by)(Kind::Resolution, Organ::GeneralAssembly, "D");
        assert_eq!(adopted, ["قرار اتخذته الجمعية العامة", "في D"]);
        let adopted = (WORDS.adopted_at)(Organ::SecurityCouncil, "جلسته 9278", "D");
        assert_eq!(adopted, ["الذي اتخذه مجلس الأمن في جلسته 9278،", "المعقودة في D"]);
    }

    #[test]
    fn labels_of_two_levels() {
        let shown = [(1, 0), (1, 4), (1, 18), (1, 25), (2, 12)].map(|(level, index)| label(level, index));
        assert_eq!(shown, ["(أ)", "(هـ)", "(ق)", "(ض)", "’13‘"]);
    }
}
