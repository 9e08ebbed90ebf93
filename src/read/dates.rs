//! Dates as people write them: in digits, with a time, or in words of any document language.

use std::sync::LazyLock;

use regex::Regex;
use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::shortened;
use crate::error::Error;
use crate::model::{Date, Language};
use crate::prepare::words::words;

/// Why a text is not a date, and what to do about it.
type Refused = (String, String);

/// The forms of a date, and what their groups capture.
const FORMS: [(&str, [Part; 3]); 5] = {
    use Part::{Day, Month, Year};
    [
        // ISO 8601, with or without a time, and variants with other separators.
        (
            r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[Tt ]\s*\d{1,2}(?::\d{2}){1,2}(?:[.,]\d+)?\s*(?:[Zz]|[-+]\d{2}(?::?\d{2})?)?)?$",
            [Year, Month, Day],
        ),
        (r"^(\d{4})(\d{2})(\d{2})(?:T\d{4,6}Z?)?$", [Year, Month, Day]),
        (r"^(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?$", [Year, Month, Day]),
        (
            r"^(?i:the |le |el |der |den |am |vom )?(\d{1,2})(?i:\^?(?:st|nd|rd|th|er|o|°|-?го)\^?)?[\s.,-]*(?i:of |de |du )?([^\d]*?[^\d\s.,-])[\s.,-]*?(?i: de | del | of )?(\d{4})[\s,.]*(?i:года?|г\.?|م)?$",
            [Day, Month, Year],
        ),
        (r"^([^\d]*?[^\d\s.,])[\s.]+(\d{1,2})(?i:st|nd|rd|th)?,?\s+(\d{4})$", [Month, Day, Year]),
    ]
};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Year,
    Month,
    Day,
}

static PATTERNS: LazyLock<Vec<(Regex, [Part; 3])>> =
    LazyLock::new(|| FORMS.iter().filter_map(|(form, parts)| Some((Regex::new(form).ok()?, *parts))).collect());

/// Parses a date as people write it: in digits, with or without a time, or in words of any language of documents.
///
/// # Errors
///
/// Returns why the text is not a date, or which two dates it may be, and what to write.
///
/// ```
/// use masthead::read::parse_date;
///
/// assert_eq!(parse_date("3 May 2041")?, parse_date("2041-05-03")?);
/// assert!(parse_date("3/5/2041").is_err());
/// # Ok::<(), masthead::Error>(())
/// ```
pub fn parse_date(text: &str) -> Result<Date, Error> {
    date(text).map_err(|(message, hint)| Error::value(format!("{message}; {hint}")))
}

/// Parses a date, as [`parse_date`].
///
/// # Errors
///
/// Returns why the text is not a date, and what to write.
pub(crate) fn date(text: &str) -> Result<Date, Refused> {
    if let Ok(date) = text.parse() {
        return Ok(date);
    }
    const LONGEST: usize = 80;
    let written = plain(text);
    if written.len() <= LONGEST {
        for (pattern, parts) in PATTERNS.iter() {
            let Some(found) = pattern.captures(&written) else { continue };
            let part = |wanted| {
                let at = parts.iter().position(|part| *part == wanted).unwrap_or_default();
                found.get(at + 1).map_or("", |found| found.as_str())
            };
            let named = part(Part::Month);
            let Some(month) = named.parse().ok().or_else(|| month(named)) else { break };
            let (Ok(year), Ok(day)) = (part(Part::Year).parse(), part(Part::Day).parse()) else { break };
            return of(text, year, month, day);
        }
        if let Some(figures) = figures(&written) {
            return of_figures(text, figures);
        }
    }
    let figures: Vec<&str> = written.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).collect();
    let what = match (names_month(&written), figures.iter().any(|run| run.len() == 4), figures.len()) {
        (true, _, 0) | (true, true, 1) => "has no day",
        (true, false, _) => "has no four-digit year",
        _ => "is not a date",
    };
    let what = format!("“{}” {what}", shortened(text));
    Err((what, "write year, month and day, such as 2023-08-28".into()))
}

/// Returns the text with plain spaces and ASCII digits.
fn plain(text: &str) -> String {
    let figure = |c: char| match u32::from(c) {
        code @ 0x660..=0x669 => char::from_digit(code - 0x660, 10),
        code @ 0x6F0..=0x6F9 => char::from_digit(code - 0x6F0, 10),
        _ => None,
    };
    let signs = text.nfkc().map(|c| if c.is_whitespace() { ' ' } else { figure(c).unwrap_or(c) });
    signs.collect::<String>().trim().to_owned()
}

fn of(text: &str, year: u16, month: u8, day: u8) -> Result<Date, Refused> {
    let text = shortened(text);
    let hint = || "write year, month and day, such as 2023-08-28".to_owned();
    if !(1..=12).contains(&month) {
        return Err((format!("“{text}” is not a valid date"), hint()));
    }
    let iso = |day: u8| format!("{year:04}-{month:02}-{day:02}").parse::<Date>();
    iso(day).map_err(|_| {
        let name = &words(Language::En).dates.months[usize::from(month) - 1];
        let last = (28..=31).rev().find(|day| iso(*day).is_ok()).unwrap_or(31);
        (format!("“{text}” is not a valid date: {name} {year} has {last} days"), hint())
    })
}

/// Returns the numbers of a date with the year last: “14.05.2027”, “14/5/2027”.
fn figures(text: &str) -> Option<(u8, u8, u16, bool)> {
    let sign = text.find(['.', '/', '-']).and_then(|at| text[at..].chars().next())?;
    let parts: Vec<&str> = text.split(sign).map(str::trim).collect();
    let [first, second, year] = parts[..] else { return None };
    if year.len() != 4 {
        return None;
    }
    Some((first.parse().ok()?, second.parse().ok()?, year.parse().ok()?, sign == '.'))
}

/// With full stops the day always comes first; with other separators the order depends on the country.
fn of_figures(text: &str, (first, second, year, stops): (u8, u8, u16, bool)) -> Result<Date, Refused> {
    const MONTHS: u8 = 12;
    if stops || first > MONTHS || first == second {
        return of(text, year, second, first);
    }
    if second > MONTHS {
        return of(text, year, first, second);
    }
    let (one, other) = (of(text, year, second, first)?, of(text, year, first, second)?);
    let name = |date: Date| {
        let month = &words(Language::En).dates.months[usize::from(date.month()) - 1];
        format!("{} {month}", date.day())
    };
    let message = format!("“{text}” is ambiguous: {} or {}", name(one), name(other));
    Err((message, format!("write {one} or {other}")))
}

/// The names of the months in all languages, in lower case, with their numbers. In Arabic a month has two, "a/b".
static MONTHS: LazyLock<Vec<(String, u8)>> = LazyLock::new(|| {
    let of = |language| words(language).dates.months.iter().zip(1..);
    Language::ALL.into_iter().flat_map(of).map(|(name, number)| (name.to_lowercase(), number)).collect()
});

/// Returns the number of a month by its name in one of the languages, abbreviated or not.
fn month(name: &str) -> Option<u8> {
    const SHORTEST: usize = 3;
    let name = name.trim_matches([' ', '.', ',']).to_lowercase();
    let begins = |start: &str| {
        let mut found: Vec<u8> = Vec::new();
        for (month, number) in MONTHS.iter() {
            if month.split('/').chain([month.as_str()]).any(|part| part == name) {
                return Some(*number);
            }
            if month.split('/').any(|part| part.starts_with(start)) {
                found.push(*number);
            }
        }
        found.dedup();
        found.sort_unstable();
        found.dedup();
        <[u8; 1]>::try_from(found).ok().map(|[number]| number)
    };
    let letters = name.chars().count();
    let short = (letters >= SHORTEST).then(|| begins(&name)).flatten();
    // The last letter depends on the grammatical case: январь, января.
    let stem = name.char_indices().last().map_or("", |(at, _)| &name[..at]);
    short.or_else(|| (letters > SHORTEST).then(|| begins(stem)).flatten())
}

fn names_month(text: &str) -> bool {
    text.split(|c: char| !c.is_alphabetic() && c != '/').any(|word| month(word).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_people_write_them() {
        for text in [
            "2027-05-14",
            "2027-05-14T10:30:00Z",
            "2027-05-14T10:30:00.123+02:00",
            "2027-05-14 10:30",
            "2027/5/14",
            "20270514",
            "14 May 2027",
            "14\u{a0}May\u{a0}2027",
            "14th of May, 2027",
            "May 14, 2027",
            "14-MAY-2027",
            "14 mai 2027",
            "le 14 mai 2027",
            "14 de mayo de 2027",
            "el 14 de mayo de 2027",
            "14 мая 2027 года",
            "14 мая 2027 г.",
            "2027年5月14日",
            "2027 年 5 月 14 日",
            "14 أيار/مايو 2027",
            "14 مايو 2027",
            "١٤ أيار/مايو ٢٠٢٧",
            "14. Mai 2027",
            "am 14. Mai 2027",
            "14.05.2027",
            "14/5/2027",
            "5/14/2027",
        ] {
            assert_eq!(date(text).map(|date| date.to_string()), Ok("2027-05-14".to_owned()), "{text}");
        }
        for (text, iso) in [
            ("1er janvier 2027", "2027-01-01"),
            ("1^er^ août 2027", "2027-08-01"),
            ("1\u{ba} de enero de 2027", "2027-01-01"),
            ("3 Sept. 2027", "2027-09-03"),
            ("3 июнь 2027", "2027-06-03"),
            ("5 تشرين الثاني/نوفمبر 2027", "2027-11-05"),
            ("9/9/2027", "2027-09-09"),
            ("3. März 2027", "2027-03-03"),
            ("1. Dez. 2027", "2027-12-01"),
        ] {
            assert_eq!(date(text).map(|date| date.to_string()), Ok(iso.to_owned()), "{text}");
        }
    }

    #[test]
    fn texts_that_are_not_dates_are_reported_with_the_reason() {
        for (text, reason) in [
            ("2023-13-02", "“2023-13-02” is not a valid date"),
            ("2023-02-30", "“2023-02-30” is not a valid date: February 2023 has 28 days"),
            ("31 April 2027", "“31 April 2027” is not a valid date: April 2027 has 30 days"),
            ("5/6/2027", "“5/6/2027” is ambiguous: 5 June or 6 May"),
            ("May 2027", "“May 2027” has no day"),
            ("juillet", "“juillet” has no day"),
            ("tomorrow", "“tomorrow” is not a date"),
            ("14 Maybe 2027", "“14 Maybe 2027” is not a date"),
            ("14 May 27", "“14 May 27” has no four-digit year"),
            ("27 October", "“27 October” has no four-digit year"),
            ("", "“” is not a date"),
        ] {
            assert_eq!(date(text).unwrap_err().0, reason, "{text}");
        }
        assert_eq!(date("5/6/2027").unwrap_err().1, "write 2027-06-05 or 2027-05-06");
    }
}
