//! Chinese.
//!
//! The distribution block is in English except for its provisional form (all genuine files).
//! Not in any genuine XML: provisional distribution, the Trusteeship Council, emergency
//! special sessions, years of the Security Council, headings of decisions, drafts and amendments,
//! tables and figures with what stands below them, votes, and the recycling line; the files' lines of adoption by the Security Council
//! lack the organ, which comes after the date as in its published resolutions of 2022–2024.

use super::{Cited, Words, en};
use crate::model::symbol::Organ;
use crate::model::{Distribution, Kind};
use crate::prepare::labels;

pub(super) static WORDS: Words = Words {
    united_nations: "联合国",
    organ,
    distribution: |distribution| match distribution {
        Distribution::Provisional => "临时",
        distribution => en::distribution(distribution),
    },
    months: ["1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"],
    date: |day, month, year| format!("{year}年{month}{day}日"),
    date_joins: None,
    issued: en::issued,
    original: en::ORIGINAL,
    language: en::language,
    ordinal: numeral,
    year_ordinal: numeral,
    session: "第{}届会议",
    special_session: "第{}届特别会议",
    emergency_special_session: "第{}届紧急特别会议",
    year: "第{}年",
    session_of_year: "{}年届会",
    main_committees: [
        "第一委员会",
        "第二委员会",
        "第三委员会",
        "特别政治和非殖民化委员会(第四委员会)",
        "第五委员会",
        "第六委员会",
    ],
    lettered_item: |number, letter| format!("{number}({letter})"),
    agenda_items: |items| format!("议程项目{}", super::listed(items, "、", "和")),
    comma: "、",
    and: |_| "和",
    colon: "：",
    marks_first: false,
    submitted: |kind, revised| match (kind, revised) {
        (Kind::DraftDecision | Kind::Decision, false) => "决定草案",
        (Kind::DraftDecision | Kind::Decision, true) => "订正决定草案",
        (Kind::Amendment, false) => "修正案",
        (Kind::Amendment, true) => "订正修正案",
        (Kind::WorkingPaper, false) => "工作文件",
        (Kind::WorkingPaper, true) => "订正工作文件",
        (_, false) => "决议草案",
        (_, true) => "订正决议草案",
    },
    adopted_by: |kind, by, date| {
        let what = match kind {
            Kind::Decision => "决定",
            _ => "决议",
        };
        vec![format!("{date}{}{what}", organ(by))]
    },
    several_adopted_by: |_, kind, by, date| (WORDS.adopted_by)(kind, by, date),
    resolution: |number| format!("第{}号决议", number.replace([' ', '\u{a0}'], "")),
    adopted_at: |by, meeting, date| vec![format!("{date}{}{meeting}通过", organ(by))],
    number: "{}.",
    adopted_number: "{}.",
    label,
    raised: &[],
    gap: "",
    presidential_statement: "安全理事会主席声明",
    quotes: ("“", "”"),
    annex: "附件",
    table: "表",
    figure: "图",
    remarks: ["资料来源", "注", "缩写"],
    votes: ["赞成", "反对", "弃权"],
    signatories: "签署方：{}",
    corrigendum: "更正",
    addendum: "增编",
    recycle: "请回收",
    cited: Cited {
        resolution: "号决议",
        decision: "号决定",
        follows: true,
        council: r"人权理事会[^#，。；、]{0,20}第#",
    },
};

fn organ(organ: Organ) -> &'static str {
    match organ {
        Organ::GeneralAssembly => "大会",
        Organ::SecurityCouncil => "安全理事会",
        Organ::EconomicAndSocialCouncil => "经济及社会理事会",
        Organ::TrusteeshipCouncil => "托管理事会",
        Organ::Secretariat => "秘书处",
        Organ::HumanRightsCouncil => "人权理事会",
        Organ::Other => "",
    }
}

/// Returns "七十七" for 77.
fn numeral(number: u16) -> Option<String> {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let ones = |number: u16| DIGITS[usize::from(number % 10)];
    Some(match number {
        1..10 => ones(number).to_owned(),
        10..20 => format!("十{}", ones(number)),
        20..100 => format!("{}十{}", ones(number / 10), ones(number)),
        100 => "一百".to_owned(),
        101..110 => format!("一百零{}", ones(number)),
        110..200 => format!("一百{}十{}", ones(number / 10), ones(number)),
        _ => return None,
    })
}

/// Returns (a), ㈠, (十一); levels that are not in genuine XML are assumed to be as in English.
fn label(level: u8, index: usize) -> String {
    const ENCLOSED: [&str; 10] = ["㈠", "㈡", "㈢", "㈣", "㈤", "㈥", "㈦", "㈧", "㈨", "㈩"];
    if level != 2 {
        return labels::bracketed(level, index);
    }
    match ENCLOSED.get(index) {
        Some(enclosed) => (*enclosed).to_owned(),
        None => {
            let number = u16::try_from(index + 1).ok().and_then(numeral);
            format!("({})", number.unwrap_or_else(|| (index + 1).to_string()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::symbol::Sitting;

    #[test]
    fn sessions_in_words() {
        for (number, words) in [
            (1, "第一届会议"),
            (10, "第十届会议"),
            (12, "第十二届会议"),
            (20, "第二十届会议"),
            (77, "第七十七届会议"),
            (80, "第八十届会议"),
            (100, "第一百届会议"),
            (105, "第一百零五届会议"),
            (110, "第一百一十届会议"),
            (120, "第一百二十届会议"),
        ] {
            assert_eq!(WORDS.sitting(Sitting::Session(number)), words);
        }
        assert_eq!(WORDS.sitting(Sitting::Special(30)), "第三十届特别会议");
        assert_eq!(WORDS.sitting(Sitting::EmergencySpecial(11)), "第十一届紧急特别会议");
        assert_eq!(WORDS.sitting(Sitting::Year(2022)), "2022年届会");
        assert_eq!(WORDS.council_year(2025), "第八十年");
    }

    #[test]
    fn lines() {
        let date = WORDS.date_in_words("2022-12-07".parse().unwrap());
        assert_eq!(date, "2022年12月7日");
        let adopted = (WORDS.adopted_by)(Kind::Resolution, Organ::GeneralAssembly, &date);
        assert_eq!(adopted, ["2022年12月7日大会决议"]);
        assert_eq!((WORDS.resolution)("2704 (2023)"), "第2704(2023)号决议");
        let adopted = (WORDS.adopted_at)(Organ::SecurityCouncil, "第9461次会议", &date);
        assert_eq!(adopted, ["2022年12月7日安全理事会第9461次会议通过"]);
    }

    #[test]
    fn labels_of_two_levels() {
        let shown = [(1, 0), (1, 17), (2, 0), (2, 9), (2, 10)].map(|(level, index)| label(level, index));
        assert_eq!(shown, ["(a)", "(r)", "㈠", "㈩", "(十一)"]);
    }
}
