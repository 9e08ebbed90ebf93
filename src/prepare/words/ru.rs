//! Russian.
//!
//! The distribution block is in English except for its provisional form (all genuine files).
//! Not in any genuine XML: provisional distribution, the Trusteeship Council, emergency
//! special sessions, years of the Security Council, headings of decisions, drafts, tables and
//! figures with what stands below them, votes, and the recycling line.

use super::{Cited, DateJoins, Words, capitalised, en, listed};
use crate::model::symbol::Organ;
use crate::model::{Distribution, Kind};
use crate::prepare::labels;

pub(super) static WORDS: Words = Words {
    united_nations: "Организация Объединенных Наций",
    organ: |organ| match organ {
        Organ::GeneralAssembly => "Генеральная Ассамблея",
        Organ::SecurityCouncil => "Совет Безопасности",
        Organ::EconomicAndSocialCouncil => "Экономический и Социальный Совет",
        Organ::TrusteeshipCouncil => "Совет по Опеке",
        Organ::Secretariat => "Секретариат",
        Organ::HumanRightsCouncil => "Совет по правам человека",
        Organ::Other => "",
    },
    distribution: |distribution| match distribution {
        Distribution::Provisional => "Предварительный отчет",
        distribution => en::distribution(distribution),
    },
    months: [
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ],
    date: |day, month, year| format!("{day}\u{a0}{month} {year}\u{a0}года"),
    // A year and the word for it: 1,243 of 1,260.
    date_joins: Some(DateJoins { before: None, link: "", after: Some("год") }),
    issued: en::issued,
    original: en::ORIGINAL,
    language: en::language,
    ordinal: |number| ordinal(number, Gender::Feminine),
    year_ordinal: |number| ordinal(number, Gender::Masculine),
    session: "{} сессия",
    special_session: "{} специальная сессия",
    emergency_special_session: "{} чрезвычайная специальная сессия",
    year: "{} год",
    session_of_year: "Сессия {} года",
    main_committees: [
        "Первый комитет",
        "Второй комитет",
        "Третий комитет",
        "Комитет по специальным политическим вопросам и вопросам деколонизации (Четвертый комитет)",
        "Пятый комитет",
        "Шестой комитет",
    ],
    lettered_item: |number, letter| format!("{number} {letter})"),
    agenda_items: |items| match items {
        [item] => format!("Пункт {item} повестки дня"),
        items => format!("Пункты {} повестки дня", listed(items, ", ", " и ")),
    },
    comma: ", ",
    and: |_| " и ",
    colon: ":",
    marks_first: true,
    submitted: |kind, revised| match (kind, revised) {
        (Kind::DraftDecision | Kind::Decision, false) => "проект\u{a0}решения",
        (Kind::DraftDecision | Kind::Decision, true) => "пересмотренный проект\u{a0}решения",
        (Kind::Amendment, false) => "поправка",
        (Kind::Amendment, true) => "пересмотренная поправка",
        (Kind::WorkingPaper, false) => "рабочий\u{a0}документ",
        (Kind::WorkingPaper, true) => "пересмотренный рабочий\u{a0}документ",
        (_, false) => "проект\u{a0}резолюции",
        (_, true) => "пересмотренный проект\u{a0}резолюции",
    },
    adopted_by: |kind, by, date| {
        let what = match kind {
            Kind::Decision => "Решение, принятое",
            _ => "Резолюция, принятая",
        };
        vec![format!("{what} {}", by_whom(by)).trim_end().to_owned(), date.to_owned()]
    },
    several_adopted_by: |_, kind, by, date| {
        let what = match kind {
            Kind::Decision => "Решения, принятые",
            _ => "Резолюции, принятые",
        };
        vec![format!("{what} {}", by_whom(by)).trim_end().to_owned(), date.to_owned()]
    },
    resolution: |number| format!("Резолюция {number},"),
    adopted_at: |by, meeting, date| vec![format!("принятая {} на его {meeting}", by_whom(by)), date.to_owned()],
    number: "{}.",
    adopted_number: "{}.",
    label: labels::half_bracketed,
    raised: &[],
    gap: " ",
    presidential_statement: "Заявление Председателя Совета Безопасности",
    quotes: ("«", "»"),
    annex: "Приложение",
    table: "Таблица",
    figure: "Рисунок",
    remarks: ["Источник", "Примечание", "Сокращения"],
    votes: ["Голосовали за", "Голосовали против", "Воздержались"],
    signatories: "Подписавшие: {}",
    corrigendum: "Исправление",
    addendum: "Добавление",
    recycle: "Просьба отправить на вторичную переработку",
    cited: Cited {
        resolution: "резолюци",
        decision: "решени",
        follows: false,
        council: concat!(
            r"резолюци[^#\s]*\sсовета по правам человека[^#]*#",
            r"|#(?:,?\s(?:и\s)?[0-9]+/[0-9]+)*\sсовета по правам человека",
        ),
    },
};

/// Returns an organ in the instrumental case.
fn by_whom(organ: Organ) -> &'static str {
    match organ {
        Organ::GeneralAssembly => "Генеральной Ассамблеей",
        Organ::SecurityCouncil => "Советом Безопасности",
        Organ::EconomicAndSocialCouncil => "Экономическим и Социальным Советом",
        Organ::TrusteeshipCouncil => "Советом по Опеке",
        Organ::Secretariat => "Секретариатом",
        Organ::HumanRightsCouncil => "Советом по правам человека",
        Organ::Other => "",
    }
}

#[derive(Clone, Copy)]
enum Gender {
    Masculine,
    Feminine,
}

/// Returns "Семьдесят седьмая" for 77: only the last word is an ordinal and has a gender.
fn ordinal(number: u16, gender: Gender) -> Option<String> {
    const FIRST: [&str; 20] = [
        "",
        "перв",
        "втор",
        "трет",
        "четверт",
        "пят",
        "шест",
        "седьм",
        "восьм",
        "девят",
        "десят",
        "одиннадцат",
        "двенадцат",
        "тринадцат",
        "четырнадцат",
        "пятнадцат",
        "шестнадцат",
        "семнадцат",
        "восемнадцат",
        "девятнадцат",
    ];
    const TENS: [&str; 8] =
        ["двадцат", "тридцат", "сороков", "пятидесят", "шестидесят", "семидесят", "восьмидесят", "девяност"];
    const TENS_BEFORE: [&str; 8] =
        ["двадцать", "тридцать", "сорок", "пятьдесят", "шестьдесят", "семьдесят", "восемьдесят", "девяносто"];
    let ended = |stem: &str| {
        let ending = match (gender, stem) {
            (Gender::Feminine, "трет") => "ья",
            (Gender::Feminine, _) => "ая",
            (Gender::Masculine, "трет") => "ий",
            (Gender::Masculine, "втор" | "шест" | "седьм" | "восьм" | "сороков") => "ой",
            (Gender::Masculine, _) => "ый",
        };
        format!("{stem}{ending}")
    };
    let below_hundred = |number: u16| match (usize::from(number / 10), usize::from(number % 10)) {
        (0 | 1, _) => ended(FIRST[usize::from(number)]),
        (tens, 0) => ended(TENS[tens - 2]),
        (tens, ones) => format!("{} {}", TENS_BEFORE[tens - 2], ended(FIRST[ones])),
    };
    let words = match number {
        1..100 => below_hundred(number),
        100 => ended("сот"),
        101..200 => format!("сто {}", below_hundred(number - 100)),
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
            (1, "Первая сессия"),
            (3, "Третья сессия"),
            (13, "Тринадцатая сессия"),
            (40, "Сороковая сессия"),
            (77, "Семьдесят седьмая сессия"),
            (80, "Восьмидесятая сессия"),
            (93, "Девяносто третья сессия"),
            (100, "Сотая сессия"),
            (112, "Сто двенадцатая сессия"),
            (120, "Сто двадцатая сессия"),
        ] {
            assert_eq!(WORDS.sitting(Sitting::Session(number)), words);
        }
        assert_eq!(WORDS.sitting(Sitting::Special(30)), "Тридцатая специальная сессия");
        let emergency = WORDS.sitting(Sitting::EmergencySpecial(11));
        assert_eq!(emergency, "Одиннадцатая чрезвычайная специальная сессия");
        assert_eq!(WORDS.sitting(Sitting::Year(2025)), "Сессия 2025 года");
    }

    #[test]
    fn years_are_masculine() {
        for (year, words) in [
            (2025, "Восьмидесятый год"),
            (2023, "Семьдесят восьмой год"),
            (1985, "Сороковой год"),
            (1948, "Третий год"),
        ] {
            assert_eq!(WORDS.council_year(year), words);
        }
    }

    #[test]
    fn lines() {
        let date = "2022-12-14".parse().unwrap();
        assert_eq!(WORDS.date_in_words(date), "14\u{a0}декабря 2022\u{a0}года");
        assert_eq!((WORDS.issued)(date), "14\u{a0}December 2022");
        let adopted = (WORDS.adopted_by)(Kind::Resolution, Organ::GeneralAssembly, "D");
        assert_eq!(adopted, ["Резолюция, принятая Генеральной Ассамблеей", "D"]);
        let adopted = (WORDS.adopted_at)(Organ::SecurityCouncil, "9461-м заседании", "D");
        assert_eq!(adopted, ["принятая Советом Безопасности на его 9461-м заседании", "D"]);
    }
}
