//! The words that masthead prints around a text. They are data: a table for each language.
//!
//! Those of the official languages are the words of genuine AKN4UN files. Words that are in no such file are
//! the established official forms; the head of each table lists them.

mod agenda;
mod bodies;
mod dates;
mod labels;
pub(crate) mod ordinals;
mod table;
#[cfg(test)]
mod tests;

pub(crate) use bodies::{body, official_body, organs, sitting};
pub(crate) use labels::{bracketed, roman};
pub use table::{read, source, words};

use crate::model::inline::restyled;
use crate::model::symbol::{Organ, Sitting};
pub use crate::model::words::Words;
use crate::model::words::{Cited, OfOrgans};
use crate::model::{Date, Distribution, Document, Inline, Kind, Language, Text};

/// Returns the words that the house of a document has in its language.
pub(crate) fn own_words(document: &Document) -> Option<&Words> {
    let own = document.house.as_ref()?.words.as_deref()?;
    (own.language == document.language).then_some(own)
}

/// Returns the words of a document: those of its house, if it has words of its own in that language.
pub fn words_of(document: &Document) -> &Words {
    own_words(document).unwrap_or_else(|| words(document.language))
}

/// Returns what identifies the numbers of resolutions in texts of a language; `None` if nothing does.
pub(crate) fn cited(language: Language) -> Option<&'static Cited> {
    Language::ALL.contains(&language).then(|| &words(language).cited)
}

impl Words {
    /// Returns the name of an organ; empty for other bodies.
    pub fn organ(&self, organ: Organ) -> &str {
        self.organs.of(organ)
    }

    /// Returns "Distr.: Limited".
    pub fn distribution(&self, distribution: Distribution) -> &str {
        self.distribution.of(distribution)
    }

    /// Returns the name of a language in the distribution block.
    pub fn language(&self, language: Language) -> &str {
        self.languages.get(language.code()).map_or(language.name(), String::as_str)
    }

    /// Returns a date in words.
    pub fn date_in_words(&self, date: Date) -> String {
        self.dates.in_words(date)
    }

    /// Returns the date in the distribution block, which some languages print in English.
    pub fn issued(&self, date: Date) -> String {
        self.dates.issued.as_deref().unwrap_or(&self.dates).in_words(date)
    }

    /// Returns "Seventy-seventh" for 77, of a session.
    pub fn ordinal(&self, number: u16) -> Option<&str> {
        ordinal(&self.sessions.ordinals, number)
    }

    /// Returns "Eightieth" for 80, of a year.
    pub fn year_ordinal(&self, number: u16) -> Option<&str> {
        let own = &self.years.ordinals;
        ordinal(if own.is_empty() { &self.sessions.ordinals } else { own }, number)
    }

    /// Returns " and ", between the last two names, given the last one.
    pub fn and(&self, next: &str) -> &str {
        let Some(other) = &self.and_before else { return &self.and };
        let next = next.to_lowercase();
        let begins = |list: &[String]| list.iter().any(|sound| next.starts_with(sound.as_str()));
        if begins(&other.sounds) && !begins(&other.not) { &other.word } else { &self.and }
    }

    /// Returns what follows the names of the sponsors: "draft resolution", or for a Rev. "revised draft resolution".
    pub fn submitted(&self, kind: Kind, revised: bool) -> &str {
        let kinds = &self.kinds;
        let names = match kind {
            Kind::DraftDecision | Kind::Decision => &kinds.draft_decision,
            Kind::Amendment => &kinds.amendment,
            Kind::WorkingPaper => &kinds.working_paper,
            _ => &kinds.draft_resolution,
        };
        &names[usize::from(revised)]
    }

    /// Returns the lines that state the adoption of a text: "Resolution adopted by the General Assembly", "on {date}".
    /// Bodies without words of their own are not named.
    pub fn adopted_by(&self, kind: Kind, by: Organ, date: &str) -> Vec<String> {
        let adoption = &self.adoption;
        let lines = if kind == Kind::Decision { &adoption.decision } else { &adoption.resolution };
        adopted(lines, &adoption.by, by, date)
    }

    /// Returns the same for several texts.
    pub fn several_adopted_by(&self, count: usize, kind: Kind, by: Organ, date: &str) -> Vec<String> {
        let adoption = &self.adoption;
        let decides = kind == Kind::Decision;
        let several = if decides { &adoption.decisions } else { &adoption.resolutions };
        let two = if decides { &adoption.two_decisions } else { &adoption.two_resolutions };
        let several_by = adoption.by_several.as_ref().unwrap_or(&adoption.by);
        match count {
            2 => adopted(two.as_ref().unwrap_or(several), adoption.by_two.as_ref().unwrap_or(several_by), by, date),
            _ => adopted(several, several_by, by, date),
        }
    }

    /// Returns the lines that state the adoption of a text, or of that many parts.
    pub fn adoption(&self, parts: usize, kind: Kind, by: Organ, date: &str) -> Vec<String> {
        if parts > 1 { self.several_adopted_by(parts, kind, by, date) } else { self.adopted_by(kind, by, date) }
    }

    /// Returns "Resolution 2704 (2023)", of the Security Council.
    pub fn resolution(&self, number: &str) -> String {
        let number = match &self.adoption.number_space {
            Some(space) => number.replace([' ', '\u{a0}'], space),
            None => number.to_owned(),
        };
        fill(&self.adoption.number, &number)
    }

    /// Returns "Adopted by {organ} at its {meeting}, on", "{date}".
    pub fn adopted_at(&self, by: Organ, meeting: &str, date: &str) -> Vec<String> {
        // Genuine files mark the organ as part of the meeting.
        let by = Some(self.adoption.by.of(by)).filter(|by| by.is_empty() || !meeting.ends_with(by)).unwrap_or_default();
        let line = |line: &String| line.replace("{by}", by).replace("{meeting}", meeting).replace("{date}", date);
        self.adoption.at.iter().map(line).collect()
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
                let raised =
                    |ending: &std::ops::Range<usize>| self.raised.iter().any(|raised| *raised == text[ending.clone()]);
                endings.extend(Some(ending).filter(raised));
            }
            endings
        };
        restyled(pieces, endings, |_, raised| *raised = true)
    }

    /// Returns a session in words; an ordinal without a word is written in digits.
    pub fn sitting(&self, sitting: Sitting) -> String {
        let sessions = &self.sessions;
        let (pattern, number) = match sitting {
            Sitting::Session(n) => (&sessions.session, n),
            Sitting::Special(n) => (&sessions.special, n),
            Sitting::EmergencySpecial(n) => (&sessions.emergency, n),
            Sitting::Year(n) => return fill(&sessions.of_year, &n.to_string()),
        };
        self.counted(pattern, self.ordinal(number), number)
    }

    /// Returns "Eightieth year": the Security Council counts from 1946.
    pub fn council_year(&self, year: u16) -> String {
        const BEFORE_THE_FIRST: u16 = 1945;
        let number = year.saturating_sub(BEFORE_THE_FIRST);
        self.counted(&self.years.year, self.year_ordinal(number), number)
    }

    fn counted(&self, pattern: &str, ordinal: Option<&str>, number: u16) -> String {
        ordinal.map_or_else(|| fill(pattern, &number.to_string()), |ordinal| fill(pattern, ordinal))
    }

    /// Returns "Français": the language of a translation, above that of the original.
    pub fn language_line(&self, language: Language) -> String {
        capitalised(self.language(language))
    }

    /// Returns the characters of names, months and ordinals, all of which a font must have.
    pub fn characters(&self) -> String {
        const SESSIONS: usize = 120;
        let names = [&self.publisher, &self.sessions.session, &self.comma, &self.colon, &self.annex, &self.recycle];
        let listed = names.into_iter().chain(&self.dates.months).chain(&self.committees);
        listed.chain(self.sessions.ordinals.iter().take(SESSIONS)).map(String::as_str).collect()
    }

    /// Returns "Annex I", "Table 1".
    pub fn numbered(&self, word: &str, number: &str) -> String {
        format!("{word}{}{number}", self.gap)
    }
}

fn adopted(lines: &[String], organs: &OfOrgans, by: Organ, date: &str) -> Vec<String> {
    let line = |line: &String| line.replace("{by}", organs.of(by)).replace("{date}", date).trim_end().to_owned();
    lines.iter().map(line).collect()
}

fn ordinal(words: &[String], number: u16) -> Option<&str> {
    words.get(usize::from(number).checked_sub(1)?).map(String::as_str)
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
