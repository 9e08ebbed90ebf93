//! No-break spaces within dates in running text, as the authors of official texts type them.

use std::borrow::Cow;

use crate::model::Date;
use crate::model::words::{DateJoins, Dates, Words};

impl Dates {
    /// Returns a date in words.
    pub(super) fn in_words(&self, date: Date) -> String {
        let pattern = self.first.as_ref().filter(|_| date.day() == 1).unwrap_or(&self.date);
        let month = &self.months[usize::from(date.month()) - 1];
        pattern
            .replace("{day}", &date.day().to_string())
            .replace("{month}", month)
            .replace("{year}", &date.year().to_string())
    }
}

impl DateJoins {
    /// Whether the space between those texts must be a no-break space.
    fn joins(&self, before: &str, after: &str, months: &[String]) -> bool {
        (ends_with_day(before) && self.begins_with_month(after, months))
            || self
                .before
                .as_ref()
                .is_some_and(|word| ends_with_word(before, word) && self.begins_with_date(after, months))
            || self.after.as_ref().is_some_and(|word| ends_with_year(before) && after.starts_with(word.as_str()))
    }

    fn begins_with_month(&self, text: &str, months: &[String]) -> bool {
        let Some(text) = text.strip_prefix(self.link.as_str()) else { return false };
        let ends = |rest: &str| !rest.starts_with(char::is_alphanumeric);
        months.iter().any(|month| text.strip_prefix(month.as_str()).is_some_and(ends))
    }

    fn begins_with_date(&self, text: &str, months: &[String]) -> bool {
        let after = text.split_once([' ', '\u{a0}']);
        after.is_some_and(|(day, rest)| is_day(day) && self.begins_with_month(rest, months))
    }
}

/// Whether it is a day in digits, or the first of a month in French.
fn is_day(word: &str) -> bool {
    word == "1er" || (matches!(word.len(), 1 | 2) && word.bytes().all(|b| b.is_ascii_digit()))
}

fn ends_with_day(text: &str) -> bool {
    let word = text.rsplit(|c: char| !c.is_ascii_alphanumeric()).next();
    word.is_some_and(is_day)
}

fn ends_with_year(text: &str) -> bool {
    text.bytes().rev().take_while(u8::is_ascii_digit).count() == 4
}

fn ends_with_word(text: &str, word: &str) -> bool {
    text.strip_suffix(word).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
}

impl Words {
    /// Inserts the no-break spaces of dates in a text.
    pub fn dates_joined<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let Some(joins) = &self.dates.joined else { return Cow::Borrowed(text) };
        let mut joined = String::new();
        let mut done = 0;
        for (at, _) in text.match_indices(' ') {
            if joins.joins(&text[..at], &text[at + 1..], &self.dates.months) {
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
}

#[cfg(test)]
mod tests {
    use crate::model::Language;
    use crate::prepare::words::words;

    #[test]
    fn days_and_months_stay_together() {
        for (language, text) in [
            (Language::En, "9 and 10_June 2018, é 2_May"),
            (Language::Fr, "du 9 au 10_juin 2018, le 1er_août"),
            (Language::Es, "70/1, de_25_de septiembre de 2015, del 6 al 20_de marzo, el 1_de enero"),
            (Language::Ru, "от 25_сентября 2015_года, 9_мая; в 2030_году"),
            (Language::Zh, "2022 年 3 月 1 日"),
            (Language::De, "am 27. Juni 2024"),
            (Language::Ar, "25 أيلول/سبتمبر 2015"),
        ] {
            let joined = words(language).dates_joined(&text.replace('_', " ")).replace('\u{a0}', "_");
            assert_eq!(joined, text);
        }
    }

    #[test]
    fn other_spaces_stay() {
        let english = words(Language::En);
        for text in ["1990 May", "12 Mayors", "June 2011", "no. 3", "10 Juneau"] {
            assert_eq!(english.dates_joined(text), text);
        }
    }
}
