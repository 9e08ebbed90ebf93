//! Dates of the document, compared with each other, and in the text.

use super::symbols::session_number;
use super::{Languages, Needs, Rule, RuleSink};
use crate::check::manuscript::{Manuscript, Prose};
use crate::check::pattern::Pattern;
use crate::diagnostic::Severity;
use crate::model::symbol::{Organ, Series, Sitting};
use crate::model::{Date, Kind, Language};
use crate::prepare::words::words;

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "adopted-after-issue",
        severity: Severity::Error,
        asks: "The date of adoption must not be later than the date of the document.",
        source: "Every genuine resolution.",
        breaks: "symbol: A/RES/84/12\nkind: resolution\nnumber: 84/12\nadopted: 2029-11-29\n-sponsors",
        keeps: "symbol: A/RES/84/12\nkind: resolution\nnumber: 84/12\nadopted: 2029-11-27\n-sponsors",
        languages: Languages::All,
        needs: Needs::Document,
        check: adopted,
    },
    Rule {
        code: "dated-before-draft",
        severity: Severity::Warning,
        asks: "A text must not be adopted, or a revision dated, before the draft that it follows.",
        source: "Every genuine resolution but one, whose date of adoption is wrong (S/RES/2700).",
        breaks: "metadata: {workflow: [{outcome: draftResolution, date: 2029-12-03, document: A/84/L.11}]}",
        keeps: "metadata: {workflow: [{outcome: draftResolution, date: 2029-11-20, document: A/84/L.11}]}",
        languages: Languages::All,
        needs: Needs::Document,
        check: follows,
    },
    Rule {
        code: "job-date-early",
        severity: Severity::Warning,
        asks: "The date beside the job number must not be earlier than that of the document.",
        source: "Every genuine document.",
        breaks: "job: 29-12345\njob_date: 2029-11-27",
        keeps: "job: 29-12345\njob_date: 2029-11-29",
        languages: Languages::All,
        needs: Needs::Document,
        check: job_date,
    },
    Rule {
        code: "date-session",
        severity: Severity::Warning,
        asks: "The date of a document must fall in the session or year that its symbol names.",
        source: "Sessions of the General Assembly begin in September (rules of procedure, rule 1); every genuine document.",
        breaks: "date: 2027-11-28",
        keeps: "date: 2029-11-28",
        languages: Languages::All,
        needs: Needs::Document,
        check: session,
    },
    Rule {
        code: "date-unreal",
        severity: Severity::Error,
        asks: "A date in the text must exist in the calendar.",
        source: "The calendar.",
        breaks: "body: [preambular: '*Recalling* the meeting held on 31 June 2024,']",
        keeps: "body: [preambular: '*Recalling* the meeting held on 30 June 2024,']",
        languages: Languages::English,
        needs: Needs::Text,
        check: unreal,
    },
    Rule {
        code: "date-form",
        severity: Severity::Warning,
        asks: "Write a date as day, month and year: “28 August 2023”, without commas, ordinal endings or abbreviations.",
        source: "Editorial Manual, Dates.",
        breaks: "body: [preambular: '*Recalling* the meeting held on August 28, 2023,']",
        keeps: "body: [preambular: '*Recalling* the meeting held on 28 August 2023,']",
        languages: Languages::English,
        needs: Needs::Text,
        check: form,
    },
    Rule {
        code: "letter-date",
        severity: Severity::Warning,
        asks: "A letter must not be dated later than its document, and its annexes must repeat its date.",
        source: "Every genuine letter.",
        breaks: "symbol: A/84/12\nkind: letter\ndistribution: general\n-sponsors\ntitle: Letter dated 3 December 2029 from the Chargé d’affaires addressed to the Secretary-General",
        keeps: "symbol: A/84/12\nkind: letter\ndistribution: general\n-sponsors\ntitle: Letter dated 23 November 2029 from the Chargé d’affaires addressed to the Secretary-General",
        languages: Languages::English,
        needs: Needs::Document,
        check: letter,
    },
];

fn adopted(manuscript: &Manuscript, sink: &mut RuleSink) {
    let document = manuscript.document;
    if let (Some(adopted), Some(date)) = (document.adopted, document.date)
        && adopted > date
    {
        let message =
            format!("the text was adopted on {}, after the date of the document, {}", shown(adopted), shown(date));
        sink.value("adopted", message, "correct one of the two dates");
    }
}

fn follows(manuscript: &Manuscript, sink: &mut RuleSink) {
    let document = manuscript.document;
    let (path, acted, own) = match (document.adopted, document.date) {
        (Some(adopted), _) => ("adopted", "was adopted on", adopted),
        (None, Some(date)) => ("date", "is dated", date),
        (None, None) => return,
    };
    let drafts = document.metadata.workflow.iter().filter(|step| step.outcome.starts_with("draft"));
    for step in drafts {
        if let (Some(date), Some(draft)) = (step.date, &step.document)
            && date > own
        {
            let message = format!("the text {acted} {}, before its draft, {draft} of {}", shown(own), shown(date));
            return sink.value(path, message, "correct one of the two dates");
        }
    }
}

fn job_date(manuscript: &Manuscript, sink: &mut RuleSink) {
    let document = manuscript.document;
    if let (Some(job_date), Some(date)) = (document.job_date, document.date)
        && job_date < date
    {
        let (job_date, date) = (shown(job_date), shown(date));
        let message = format!("the date beside the job number is {job_date}, before that of the document, {date}");
        sink.value("job_date", message, "correct one of the two dates");
    }
}

fn session(manuscript: &Manuscript, sink: &mut RuleSink) {
    let Some(symbol) = manuscript.symbol else { return };
    let document = manuscript.document;
    // Documents outside these series may be issued long before or after a session.
    let slack = if matches!(symbol.series, Series::Limited | Series::Resolution | Series::Decision) { 0 } else { 1 };
    let bounds = match (symbol.acting(), symbol.sitting) {
        (Organ::GeneralAssembly, Some(Sitting::Session(n))) if n > 30 => {
            let begins = 1945 + i32::from(n);
            ((begins - slack, if slack == 0 { 8 } else { 1 }), (begins + 1 + slack, if slack == 0 { 10 } else { 12 }))
        }
        (_, Some(Sitting::Year(year))) => ((i32::from(year) - 1, 1), (i32::from(year) + 1, 12)),
        _ => return,
    };
    for (path, date) in [("date", document.date), ("adopted", document.adopted)] {
        let Some(date) = date else { continue };
        let month = (date.year(), date.month());
        if month < bounds.0 || month > bounds.1 {
            let message =
                format!("the date {} does not fall in the session or year of the symbol {symbol}", shown(date));
            sink.value(path, message, "correct the date or the symbol");
        }
    }
}

/// Returns the English names of the months.
pub(super) fn months() -> [&'static str; 12] {
    words(Language::En).dates.months.each_ref().map(String::as_str)
}

/// Returns a date as messages show it: “28 August 2023”.
pub(super) fn shown(date: Date) -> String {
    format!("{} {} {}", date.day(), months()[usize::from(date.month()) - 1], date.year())
}

/// Returns the date of a day, an English month name and a year.
pub(super) fn date_of(day: &str, month: &str, year: &str) -> Option<Date> {
    let month = months().iter().position(|name| *name == month)? + 1;
    format!("{year}-{month:02}-{:0>2}", day).parse().ok()
}

static DATES: Pattern = Pattern::new(r"(?-u:\b)([0-9]{1,3})[ \x{a0}]({MONTH})(?:[ \x{a0}]([0-9]{4}))?(?-u:\b)");

fn unreal(manuscript: &Manuscript, sink: &mut RuleSink) {
    for (prose, range, hit) in DATES.all(manuscript) {
        // A day without a year may be of any year, so take a leap year.
        let year = hit.get(3).map_or("2024", |year| year.as_str());
        if date_of(&hit[1], &hit[2], year).is_none() {
            sink.words(
                prose,
                range,
                format!("{} does not exist in the calendar", &hit[0]),
                "correct the day, the month or the year",
            );
        }
    }
}

static AMERICAN: Pattern = Pattern::new(concat!(
    r"(?-u:\b)(?:{MONTH}|Jan\.|Feb\.|Mar\.|Apr\.|Aug\.|Sept?\.|Oct\.|Nov\.|Dec\.)",
    r"[ \x{a0}][0-9]{1,2}(?:st|nd|rd|th)?(?:,?[ \x{a0}][0-9]{4}(?-u:\b)|(?-u:\b))",
));
static ENDING: Pattern =
    Pattern::new(r"(?-u:\b)(?:the )?[0-9]{1,2}(?:st|nd|rd|th)(?: of)?[ \x{a0}]{MONTH}(?:,?[ \x{a0}][0-9]{4})?");
static COMMA: Pattern = Pattern::new(r"(?-u:\b)[0-9]{1,2}[ \x{a0}]{MONTH},[ \x{a0}](?:19|20)[0-9]{2}(?-u:\b)");
static SHORT: Pattern = Pattern::new(
    r"(?-u:\b)[0-9]{1,2}[ \x{a0}](?:(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?|january|february|march|april|may|june|july|august|september|october|november|december)[ \x{a0}][0-9]{4}(?-u:\b)",
);
static FIGURES: Pattern = Pattern::new(
    r"(?-u:\b)(?:[0-3]?[0-9][/.][01]?[0-9][/.](?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}-[01][0-9]-[0-3][0-9])(?-u:\b)",
);

/// A year without exactly four digits, or a word between month and year.
static YEAR: Pattern = Pattern::new(
    r"(?-u:\b)[0-9]{1,2}[ \x{a0}]{MONTH}[ \x{a0}](?:of[ \x{a0}](?:19|20)[0-9]{2}|[’'][0-9]{2}|[0-9]{1,3}|[0-9]{5,})(?-u:\b)",
);

static ZERO: Pattern = Pattern::new(r"(?-u:\b)0[0-9][ \x{a0}]{MONTH}[ \x{a0}](?:19|20)[0-9]{2}(?-u:\b)");

fn form(manuscript: &Manuscript, sink: &mut RuleSink) {
    for pattern in [&ZERO, &YEAR, &AMERICAN, &ENDING, &COMMA, &SHORT, &FIGURES] {
        for (prose, range) in pattern.each(manuscript) {
            // “by May 10 per cent” does not contain a date.
            let after = prose.after(range.end);
            if after.starts_with(" per cent")
                || after.starts_with(['/', ',']) && after[1..].starts_with(|c: char| c.is_ascii_digit())
            {
                continue;
            }
            let message = format!("“{}” does not have the form of a date", &prose.plain[range.clone()]);
            sink.words(prose, range, message, "write it as “28 August 2023”");
        }
    }
}

static DATED: Pattern =
    Pattern::new(r"(?:Letters?|letters?) dated ([0-9]{1,2})[ \x{a0}]([A-Z][a-z]+)[ \x{a0}]([0-9]{4})");

fn letter(manuscript: &Manuscript, sink: &mut RuleSink) {
    let document = manuscript.document;
    if document.kind != Kind::Letter {
        return;
    }
    let Some(title) = manuscript.at("title") else { return };
    let dated = |prose: &Prose| {
        let hit = DATED.captures(&prose.plain)?;
        Some((hit.get(0)?.range(), date_of(&hit[1], &hit[2], &hit[3])?))
    };
    let Some((range, written)) = dated(title) else { return };
    if let Some(issued) = document.date.filter(|issued| written > *issued) {
        let message = format!("the letter is dated {}, but its document {}", shown(written), shown(issued));
        sink.words(title, range, message, "correct one of the two dates");
    }
    let plural = title.plain.contains("etters");
    for heading in manuscript.prose.iter().filter(|prose| prose.path.ends_in("heading")) {
        if let Some((range, repeated)) = dated(heading)
            && repeated != written
            && !plural
        {
            let message = format!("the letter is dated {}, but here {}", shown(written), shown(repeated));
            sink.words(heading, range, message, "correct one of the two dates");
        }
    }
}

/// Returns the session and date of the document, for rules about cited documents.
pub(super) fn of_document(manuscript: &Manuscript) -> (Option<u32>, Option<Date>) {
    (session_number(manuscript), manuscript.document.date.or(manuscript.document.adopted))
}
