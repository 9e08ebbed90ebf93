//! The words that the United Nations prints around a text, one table per language.
//!
//! They are those of genuine AKN4UN files in that language. Words that are in no such file are
//! the established official forms; the head of each table lists them.

mod agenda;
mod ar;
mod bodies;
mod dates;
mod de;
mod en;
mod es;
mod fr;
pub(crate) mod ordinals;
mod redline;
mod ru;
mod zh;

pub(crate) use bodies::{body, organs, sitting};
pub use dates::DateJoins;
pub(crate) use redline::{RedlineWords, redline};

use crate::model::inline::restyled;
use crate::model::symbol::{Organ, Sitting};
use crate::model::{Date, Distribution, Inline, Kind, Language, Text};

/// The words of a language. `{}` in a pattern is the place of the value.
pub struct Words {
    /// "United Nations".
    pub united_nations: &'static str,
    /// The names of the organs; empty for other bodies (bodies.rs).
    pub organ: fn(Organ) -> &'static str,
    /// "Distr.: Limited".
    pub distribution: fn(Distribution) -> &'static str,
    /// The names of the months, as in a date, from January.
    pub months: [&'static str; 12],
    /// A date, from day, month and year.
    pub date: fn(u8, &str, i32) -> String,
    /// The no-break spaces of dates in running text, if there are any.
    pub date_joins: Option<DateJoins>,
    /// The date in the distribution block, which some languages print in English.
    pub issued: fn(Date) -> String,
    /// "Original: {}".
    pub original: &'static str,
    /// The name of a language in the distribution block.
    pub language: fn(Language) -> &'static str,
    /// "Seventy-seventh" for 77, of a session.
    pub ordinal: fn(u16) -> Option<String>,
    /// "Eightieth" for 80, of a year.
    pub year_ordinal: fn(u16) -> Option<String>,
    /// "{} session".
    pub session: &'static str,
    /// "{} special session".
    pub special_session: &'static str,
    /// "{} emergency special session".
    pub emergency_special_session: &'static str,
    /// "{} year", of the Security Council.
    pub year: &'static str,
    /// "{} session", of a year.
    pub session_of_year: &'static str,
    /// The Main Committees of the General Assembly, from the First.
    pub main_committees: [&'static str; 6],
    /// "127 (s)", from number and letter.
    pub lettered_item: fn(&str, &str) -> String,
    /// "Agenda item 127", "Agenda items 13 and 72".
    pub agenda_items: fn(&[String]) -> String,
    /// ", ", between names.
    pub comma: &'static str,
    /// " and ", between the last two names, given the last one.
    pub and: fn(&str) -> &'static str,
    /// ":".
    pub colon: &'static str,
    /// Whether footnote marks come before a comma or colon.
    pub marks_first: bool,
    /// What follows the names of the sponsors: "draft resolution", or for a Rev. "revised draft resolution".
    pub submitted: fn(Kind, bool) -> &'static str,
    /// "Resolution adopted by the {organ}", "on {date}": two lines. Bodies without words of their
    /// own are not named.
    pub adopted_by: fn(Kind, Organ, &str) -> Vec<String>,
    /// The same for several: "Resolutions adopted by the {organ}", "on {date}".
    pub several_adopted_by: fn(usize, Kind, Organ, &str) -> Vec<String>,
    /// "Resolution 2704 (2023)", of the Security Council.
    pub resolution: fn(&str) -> String,
    /// "Adopted by {organ} at its {meeting}, on", "{date}": two lines. The meeting is in the form
    /// that the language requires there: "9461-м заседании".
    pub adopted_at: fn(Organ, &str, &str) -> Vec<String>,
    /// "{}.", the number of a paragraph or heading.
    pub number: &'static str,
    /// "{}.", the number of an adopted text before its title.
    pub adopted_number: &'static str,
    /// "(b)": the label of a sub-paragraph of that level, from 1, and index, from 0.
    pub label: fn(u8, usize) -> String,
    /// The endings of ordinals in digits, which are raised: 1er, 99e.
    pub raised: &'static [&'static str],
    /// What comes between "Annex" and its number.
    pub gap: &'static str,
    /// "Statement by the President of the Security Council".
    pub presidential_statement: &'static str,
    /// The marks around a quotation.
    pub quotes: (&'static str, &'static str),
    /// "Annex".
    pub annex: &'static str,
    /// "Table".
    pub table: &'static str,
    /// "Figure".
    pub figure: &'static str,
    /// "Source", "Note", "Abbreviations", below tables and figures.
    pub remarks: [&'static str; 3],
    /// "In favour", "Against", "Abstaining".
    pub votes: [&'static str; 3],
    /// "Please recycle".
    pub recycle: &'static str,
    /// What identifies the numbers of resolutions in running text.
    pub cited: Cited,
}

/// What identifies the numbers of resolutions in running text, in lower case.
pub struct Cited {
    /// What every form of "resolution" contains.
    pub resolution: &'static str,
    /// What every form of "decision" contains.
    pub decision: &'static str,
    /// Whether they follow the numbers.
    pub follows: bool,
    /// The context of the number of a resolution of the Human Rights Council, as a
    /// regular expression in which `#` is the number.
    pub council: &'static str,
}

/// Returns the words of a language.
pub fn words(language: Language) -> &'static Words {
    match language {
        Language::Ar => &ar::WORDS,
        Language::Zh => &zh::WORDS,
        Language::En => &en::WORDS,
        Language::Fr => &fr::WORDS,
        Language::Ru => &ru::WORDS,
        Language::Es => &es::WORDS,
        Language::De => &de::WORDS,
    }
}

impl Words {
    /// Returns a date in words.
    pub fn date_in_words(&self, date: Date) -> String {
        let month = self.months[usize::from(date.month()) - 1];
        (self.date)(date.day(), month, date.year())
    }

    /// Returns the lines that state the adoption of a text, or of that many parts.
    pub fn adoption(&self, parts: usize, kind: Kind, by: Organ, date: &str) -> Vec<String> {
        if parts > 1 { (self.several_adopted_by)(parts, kind, by, date) } else { (self.adopted_by)(kind, by, date) }
    }

    /// Raises the endings of ordinals in a line: 99^e^. Genuine texts raise them, but not in the lines that state
    /// the adoption.
    pub fn ordinals_raised(&self, pieces: &[Inline]) -> Vec<Inline> {
        let after = |text: &str, from: usize, is: fn(char) -> bool| {
            text[from..].find(|c| !is(c)).map_or(text.len(), |length| from + length)
        };
        let endings = |text: &str| {
            let mut endings = Vec::new();
            let mut at = 0;
            while let Some(digit) = text[at..].find(|c: char| c.is_ascii_digit()) {
                at = after(text, at + digit, |c| c.is_ascii_digit());
                let ending = at..after(text, at, char::is_alphanumeric);
                endings.extend(Some(ending).filter(|ending| self.raised.contains(&&text[ending.clone()])));
            }
            endings
        };
        restyled(pieces, endings, |_, raised| *raised = true)
    }

    /// Returns a session in words; an ordinal without a word is written in digits.
    pub fn sitting(&self, sitting: Sitting) -> String {
        let (pattern, number) = match sitting {
            Sitting::Session(n) => (self.session, n),
            Sitting::Special(n) => (self.special_session, n),
            Sitting::EmergencySpecial(n) => (self.emergency_special_session, n),
            Sitting::Year(n) => return fill(self.session_of_year, &n.to_string()),
        };
        fill(pattern, &(self.ordinal)(number).unwrap_or_else(|| number.to_string()))
    }

    /// Returns "Eightieth year": the Security Council counts from 1946.
    pub fn council_year(&self, year: u16) -> String {
        const BEFORE_THE_FIRST: u16 = 1945;
        let number = year.saturating_sub(BEFORE_THE_FIRST);
        fill(self.year, &(self.year_ordinal)(number).unwrap_or_else(|| number.to_string()))
    }

    /// Returns "Français": the language of a translation, above that of the original.
    pub fn language_line(&self, language: Language) -> String {
        capitalised((self.language)(language))
    }

    /// Returns the characters of names, months and ordinals, all of which a font must have.
    pub fn characters(&self) -> String {
        const SESSIONS: std::ops::RangeInclusive<u16> = 1..=120;
        let ordinals = SESSIONS.filter_map(self.ordinal);
        let names = [self.united_nations, self.session, self.comma, self.colon, self.annex, self.recycle];
        let listed = names.into_iter().chain(self.months).chain(self.main_committees);
        listed.map(str::to_owned).chain(ordinals).collect()
    }

    /// Returns "Annex I", "Table 1".
    pub fn numbered(&self, word: &str, number: &str) -> String {
        format!("{word}{}{number}", self.gap)
    }
}

/// Joins texts, with a different separator before the last.
fn listed(texts: &[String], comma: &str, and: &str) -> String {
    match texts {
        [before @ .., last] if !before.is_empty() => format!("{}{and}{last}", before.join(comma)),
        texts => texts.concat(),
    }
}

/// Returns a word with a capital first letter.
fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Puts a text in the place that a line has for it.
pub(crate) fn placed(line: &str, place: &str, text: &Text) -> Text {
    let Some((before, after)) = line.split_once(place) else { return Text::verbatim(line) };
    let [before, after] = [before, after].map(|words| vec![Inline::plain(words)]);
    [before, text.pieces().to_vec(), after].concat().into()
}

/// Fills in the value of a pattern.
pub fn fill(pattern: &str, value: &str) -> String {
    pattern.replacen("{}", value, 1)
}
