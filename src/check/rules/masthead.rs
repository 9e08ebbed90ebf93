//! Agenda items, job numbers and meetings.

use super::{Languages, Needs, Rule, RuleSink};
use crate::check::manuscript::Manuscript;
use crate::check::pattern::Pattern;
use crate::diagnostic::Severity;
use crate::model::symbol::Organ;
use crate::model::{Kind, Text};
use crate::prepare::words::ordinals;

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "agenda-item-form",
        severity: Severity::Warning,
        asks: "Write an agenda item as a number, with its letter in brackets after a space: “127 (s)”; join two with “and”.",
        source: "Editorial Manual, Agenda items; every genuine document.",
        breaks: "agenda_item: 127(s)",
        keeps: "agenda_item: 127 (s)",
        languages: Languages::English,
        needs: Needs::Text,
        check: agenda_item,
    },
    Rule {
        code: "agenda-title-missing",
        severity: Severity::Hint,
        asks: "Give the title of the agenda item together with its number.",
        source: "Every genuine document.",
        breaks: "-agenda_title",
        keeps: "agenda_title: Tides and shores",
        languages: Languages::All,
        needs: Needs::Document,
        check: agenda_title,
    },
    Rule {
        code: "agenda-item-mismatch",
        severity: Severity::Warning,
        asks: "The agenda item under which a letter asks to be circulated must match that of the document.",
        source: "Every genuine letter.",
        breaks: "symbol: A/84/12\nkind: letter\ndistribution: general\n-sponsors\nagenda_item: 26\nbody: [paragraph: I should be grateful if the present letter could be circulated as a document of the General Assembly under agenda item 62.]",
        keeps: "symbol: A/84/12\nkind: letter\ndistribution: general\n-sponsors\nagenda_item: 26\nbody: [paragraph: I should be grateful if the present letter could be circulated as a document of the General Assembly under agenda item 26.]",
        languages: Languages::English,
        needs: Needs::Document,
        check: agenda_mentioned,
    },
    Rule {
        code: "job-number",
        severity: Severity::Warning,
        asks: "Write a job number as the year in two digits, a hyphen and five digits; the year must match the document.",
        source: "Every genuine document.",
        breaks: "job: 29-1656",
        keeps: "job: 29-16564",
        languages: Languages::All,
        needs: Needs::Document,
        check: job,
    },
    Rule {
        code: "meeting-form",
        severity: Severity::Warning,
        asks: "Give a meeting by its number in figures, with the ordinal ending: “103rd plenary meeting”, “9461st meeting”.",
        source: "Editorial Manual, Numbers; every genuine resolution.",
        breaks: "symbol: A/RES/84/12\nkind: resolution\nnumber: 84/12\nadopted: 2029-11-27\n-sponsors\nmeeting: 103th plenary meeting",
        keeps: "symbol: A/RES/84/12\nkind: resolution\nnumber: 84/12\nadopted: 2029-11-27\n-sponsors\nmeeting: 103rd plenary meeting",
        languages: Languages::English,
        needs: Needs::Text,
        check: meeting,
    },
    Rule {
        code: "meeting-missing",
        severity: Severity::Warning,
        asks: "A resolution must name the meeting at which it was adopted.",
        source: "Every genuine resolution.",
        breaks: "symbol: A/RES/84/12\nkind: resolution\nnumber: 84/12\nadopted: 2029-11-27\n-sponsors",
        keeps: "symbol: A/RES/84/12\nkind: resolution\nnumber: 84/12\nadopted: 2029-11-27\n-sponsors\nmeeting: 103rd plenary meeting",
        languages: Languages::All,
        needs: Needs::Document,
        check: meeting_missing,
    },
];

static AGENDA_ITEM: Pattern = Pattern::new(concat!(
    r"^[0-9]{1,3}(?: (?:[a-z]+i?es|bis|ter|quater))?(?:[ \x{a0}]\([a-z]{1,2}(?: [a-z]+)?\))?",
    r"(?:(?:, | and |–| to |, and )(?:[0-9]{1,3}(?: (?:[a-z]+i?es|bis|ter|quater))?(?:[ \x{a0}]\([a-z]{1,2}(?: [a-z]+)?\))?|\([a-z]{1,2}\)))*$",
    r"|^(?:Provisional a|A|Preliminary a)?(?:genda )?[Ii]tems? [0-9]{1,3}(?:[ \x{a0}]\([a-z]{1,2}\))?[^0-9(]*(?:(?:[0-9]{1,3})(?:[ \x{a0}]\([a-z]{1,2}\))?[^0-9(]*)*$",
));

fn agenda_item(manuscript: &Manuscript, sink: &mut RuleSink) {
    let Some(prose) = manuscript.at("agenda_item") else { return };
    let item = prose.plain.as_str();
    // Masthead itself prints “Agenda item” before an item that begins with a number.
    let worded = manuscript.document.kind.acts() && !item.starts_with(|c: char| c.is_ascii_digit());
    if AGENDA_ITEM.is_match(item) && !worded || !item.contains(|c: char| c.is_ascii_alphanumeric()) {
        return;
    }
    sink.value(
        "agenda_item",
        format!("“{item}” does not have the form of an agenda item"),
        "write it as “127”, “127 (s)” or “13 and 72”",
    );
}

fn agenda_title(manuscript: &Manuscript, sink: &mut RuleSink) {
    let document = manuscript.document;
    if document.agenda_item.is_some() && document.agenda_title.is_empty() {
        let hint = sink.add("agenda_title", "…");
        sink.value("agenda_item", "the title of the agenda item is missing", hint);
    }
}

static MENTIONED: Pattern = Pattern::new(
    r"(?:document|circulated)[^.\n]*(?:, | )under (?:agenda )?item (?P<at>[0-9]{1,3}(?:[ \x{a0}]\([a-z]\))?)",
);

fn agenda_mentioned(manuscript: &Manuscript, sink: &mut RuleSink) {
    let Some(item) = manuscript.document.agenda_item.as_ref().map(Text::written) else { return };
    if manuscript.document.kind != Kind::Letter || !item.starts_with(|c: char| c.is_ascii_digit()) {
        return;
    }
    let number = |text: &str| text.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default().to_owned();
    let items: Vec<String> = item.split(" and ").flat_map(|item| item.split(", ")).map(number).collect();
    for (prose, range) in MENTIONED.each(manuscript) {
        let said = &prose.plain[range.clone()];
        if !items.contains(&number(said)) {
            let message = format!("the text has agenda item {said}, but the document is under agenda item {item}");
            sink.words(prose, range, message, "correct one of the two");
        }
    }
}

static JOB: Pattern = Pattern::new(r"^[0-9]{2}-[0-9]{5}$");

/// Returns the two-digit years that the job number of a document of a date may have: near the turn of the
/// year, also the neighbouring one.
fn years(date: crate::model::Date) -> [i32; 2] {
    let year = date.year();
    let other = match date.month() {
        1..=3 => year - 1,
        11 | 12 => year + 1,
        _ => year,
    };
    [year.rem_euclid(100), other.rem_euclid(100)]
}

fn job(manuscript: &Manuscript, sink: &mut RuleSink) {
    let document = manuscript.document;
    let Some(job) = &document.job else { return };
    if !JOB.is_match(job) {
        let message = format!("“{job}” does not have the form of a job number");
        return sink.value("job", message, "write two digits of the year, a hyphen and five digits: 23-16564");
    }
    let year: i32 = job[..2].parse().unwrap_or_default();
    if let Some(date) = document.date
        && !years(date).contains(&year)
    {
        let message = format!("the job number has the year {:02}, but the document is dated {}", year, date.year());
        sink.value("job", message, "correct one of the two");
    }
}

static MEETING: Pattern =
    Pattern::new(r"^([0-9]{1,5})(st|nd|rd|th) (?:\(resumed\) |\(closed\) )?(?:plenary )?meeting$");

fn meeting(manuscript: &Manuscript, sink: &mut RuleSink) {
    let Some(prose) = manuscript.at("meeting") else { return };
    let meeting = prose.plain.as_str();
    let Some(hit) = MEETING.captures(meeting) else {
        let message = format!("“{meeting}” does not have the form of a meeting");
        return sink.value("meeting", message, "write it as “103rd plenary meeting” or “9461st meeting”");
    };
    let ending = hit[1].parse().map_or("th", ordinals::ending);
    if ending != &hit[2] {
        sink.value(
            "meeting",
            format!("“{}{}” has the wrong ending", &hit[1], &hit[2]),
            format!("write “{}{ending}”", &hit[1]),
        );
    }
    let plenary = meeting.contains("plenary");
    if manuscript.organ() == Some(Organ::SecurityCouncil) && plenary {
        sink.value(
            "meeting",
            "meetings of the Security Council are not called plenary",
            "write it as “9461st meeting”",
        );
    }
}

fn meeting_missing(manuscript: &Manuscript, sink: &mut RuleSink) {
    let document = manuscript.document;
    if document.kind == Kind::Resolution && document.meeting.is_none() && document.adopted_text.is_empty() {
        let hint = sink.add("meeting", "103rd plenary meeting");
        sink.value("adopted", "the meeting at which the resolution was adopted is missing", hint);
    }
}
