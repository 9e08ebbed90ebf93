//! The words that the United Nations prints around a text, one table a language.

mod en;

use std::borrow::Cow;

use crate::model::symbol::{Organ, Sitting};
use crate::model::{Date, Distribution, Kind, Language};

/// The words of a language. `{}` in a pattern is where the value goes.
pub struct Words {
    /// "United Nations".
    pub united_nations: &'static str,
    /// The names of the organs.
    pub organ: fn(Organ) -> &'static str,
    /// "Distr.: Limited".
    pub distribution: fn(Distribution) -> &'static str,
    /// The names of the months; January is the first.
    pub months: [&'static str; 12],
    /// A date of those day, month and year.
    pub date: fn(u8, &str, i32) -> String,
    /// "Original: {}".
    pub original: &'static str,
    /// The name of a language in this one.
    pub language: fn(Language) -> &'static str,
    /// "Seventy-seventh" of 77.
    pub ordinal: fn(u16) -> Option<String>,
    /// "{} session".
    pub session: &'static str,
    /// "{} special session".
    pub special_session: &'static str,
    /// "{} emergency special session".
    pub emergency_special_session: &'static str,
    /// "{} year", of the Security Council.
    pub year: &'static str,
    /// "{} session" of a year.
    pub session_of_year: &'static str,
    /// The Main Committees of the General Assembly, the First first.
    pub main_committees: [&'static str; 6],
    /// "Agenda item {}".
    pub agenda_item: &'static str,
    /// " and ", before the last of several.
    pub and: &'static str,
    /// What follows the names of the sponsors: "draft resolution".
    pub submitted: fn(Kind) -> &'static str,
    /// "Resolution adopted by {organ}\non {date}": the parts before, between and after.
    pub adopted_by: fn(Kind, Organ, &str) -> [String; 2],
    /// "Resolution {}", of the Security Council.
    pub resolution: &'static str,
    /// "Adopted by {organ} at its {meeting}, on", "{date}": two lines.
    pub adopted_at: fn(Organ, &str, &str) -> [String; 2],
    /// "Annex".
    pub annex: &'static str,
    /// "Table".
    pub table: &'static str,
    /// "Figure".
    pub figure: &'static str,
    /// "In favour", "Against", "Abstaining".
    pub votes: [&'static str; 3],
    /// "Please recycle".
    pub recycle: &'static str,
}

/// The words of a language, if masthead has them.
pub fn words(language: Language) -> Option<&'static Words> {
    match language {
        Language::En => Some(&en::WORDS),
        Language::Ar | Language::Zh | Language::Fr | Language::Ru | Language::Es => None,
    }
}

impl Words {
    /// A date in words.
    pub fn date_in_words(&self, date: Date) -> String {
        let month = self.months[usize::from(date.month()) - 1];
        (self.date)(date.day(), month, date.year())
    }

    /// A session in words; an ordinal without a word is written in figures.
    pub fn sitting(&self, sitting: Sitting) -> String {
        let (pattern, number) = match sitting {
            Sitting::Session(n) => (self.session, n),
            Sitting::Special(n) => (self.special_session, n),
            Sitting::EmergencySpecial(n) => (self.emergency_special_session, n),
            Sitting::Year(n) => return fill(self.session_of_year, &n.to_string()),
        };
        fill(pattern, &self.ordinal_or_figures(number))
    }

    /// "Eightieth year": the Security Council counts from 1946.
    pub fn council_year(&self, year: u16) -> String {
        const BEFORE_THE_FIRST: u16 = 1945;
        fill(self.year, &self.ordinal_or_figures(year.saturating_sub(BEFORE_THE_FIRST)))
    }

    fn ordinal_or_figures(&self, number: u16) -> String {
        (self.ordinal)(number).unwrap_or_else(|| number.to_string())
    }

    /// Names joined as the language joins them.
    pub fn joined(&self, names: &[String]) -> String {
        match names {
            [all @ .., last] if !all.is_empty() => {
                format!("{}{}{last}", all.join(", "), self.and)
            }
            names => names.concat(),
        }
    }
}

/// A text with a no-break space between day and month, as the authors of official texts type
/// it: 93 % of the dates in genuine XML have one.
pub fn dates_joined<'t>(text: &'t str, months: &[&str]) -> Cow<'t, str> {
    const LONGEST_DAY: usize = 2;
    let mut joined = String::new();
    let mut done = 0;
    for (at, _) in text.match_indices(' ') {
        let day = text[..at].bytes().rev().take_while(u8::is_ascii_digit).take(LONGEST_DAY + 1).count();
        let next = &text[at + 1..];
        let dated =
            |month: &&str| next.strip_prefix(month).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
        if (1..=LONGEST_DAY).contains(&day) && months.iter().any(dated) {
            joined.push_str(&text[done..at]);
            joined.push('\u{a0}');
            done = at + 1;
        }
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    joined.push_str(&text[done..]);
    Cow::Owned(joined)
}

/// A pattern with its value.
pub fn fill(pattern: &str, value: &str) -> String {
    pattern.replacen("{}", value, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_months_stay_together() {
        let months = &en::WORDS.months;
        assert_eq!(dates_joined("9 and 10 June 2018, é 2 May", months), "9 and 10\u{a0}June 2018, é 2\u{a0}May");
        for text in ["1990 May", "12 Mayors", "June 2011", "no. 3", "10 Juneau"] {
            assert_eq!(dates_joined(text, months), text);
        }
    }
}
