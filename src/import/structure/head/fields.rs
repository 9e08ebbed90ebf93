//! The fields of the header that a line of their own gives.

use std::sync::LazyLock;

use regex::Regex;

use super::super::super::draft::{Paragraph, unstyled, without_start};
use super::super::acts::COMMAS;
use super::super::sponsors::names;
use super::known::Says;
use super::{Head, Said, folded, full_date, matches};
use crate::model::symbol::Organ;
use crate::model::{Session, Symbol, Text};

/// A job number, as at the foot of page 1: “23-16564 (E)    290823”.
static JOB: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(\d{2}-\d{5})(?:\s*\([A-Z]\))?(?:\s+(\d{2})(\d{2})(\d{2}))?$").ok());
/// The text of the barcode.
static BARCODE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^\*\d{7}\*$").ok());
/// What a line with a name before a colon gives, as the drafts of conferences have them.
#[derive(Clone, Copy)]
enum Named {
    Symbol,
    Body,
    Title,
    Sponsors,
    Signatories,
    Date,
    Session,
}

const NAMES: [(&str, Named); 31] = [
    ("symbol", Named::Symbol),
    ("document", Named::Symbol),
    ("document number", Named::Symbol),
    ("document code", Named::Symbol),
    ("code", Named::Symbol),
    ("committee", Named::Body),
    ("forum", Named::Body),
    ("gremium", Named::Body),
    ("comité", Named::Body),
    ("topic", Named::Title),
    ("title", Named::Title),
    ("subject", Named::Title),
    ("question of", Named::Title),
    ("re", Named::Title),
    ("thema", Named::Title),
    ("sponsors", Named::Sponsors),
    ("sponsor", Named::Sponsors),
    ("submitted by", Named::Sponsors),
    ("main submitter", Named::Sponsors),
    ("main submitters", Named::Sponsors),
    ("co-submitters", Named::Sponsors),
    ("co-sponsors", Named::Sponsors),
    ("authors", Named::Sponsors),
    ("einbringer", Named::Sponsors),
    ("signatories", Named::Signatories),
    ("signatory", Named::Signatories),
    ("unterzeichner", Named::Signatories),
    ("mitunterzeichner", Named::Signatories),
    ("date", Named::Date),
    ("datum", Named::Date),
    ("session", Named::Session),
];

/// Whether a word before a colon announces sponsors.
pub(super) fn is_of_sponsors(name: &str) -> bool {
    let key = folded(name).to_lowercase().replace("(s)", "").trim().to_owned();
    NAMES.iter().any(|(known, named)| *known == key && matches!(named, Named::Sponsors))
}

/// Adds names to a list that may have some of them: a main submitter is among the sponsors, too.
fn add(list: &mut Vec<Text>, names: Vec<Text>) {
    names.into_iter().for_each(|name| {
        if !list.iter().any(|known| known.plain() == name.plain()) {
            list.push(name);
        }
    });
}

impl Head {
    /// What masthead prints itself, or from a field with one of few values.
    pub(super) fn printed(&mut self, said: &Said) -> bool {
        let is_printed =
            |says| matches!(says, Says::Printed | Says::Distribution(_) | Says::Original(_)).then_some(says);
        match self.known.says(&said.bare, is_printed) {
            Some(Says::Distribution(given)) => self.document.distribution = Some(given),
            Some(Says::Original(language)) => self.document.original = vec![language],
            None if !matches(&BARCODE, &said.text) => return self.job(&said.text),
            _ => {}
        }
        true
    }

    /// The job number, and its date.
    fn job(&mut self, text: &str) -> bool {
        let Some(job) = JOB.as_ref().and_then(|job| job.captures(text)) else { return false };
        let part = |index: usize| job.get(index).map_or("", |part| part.as_str());
        self.document.job.get_or_insert_with(|| part(1).to_owned());
        if job.get(2).is_some() {
            self.document.job_date =
                format!("20{}-{}-{}", part(4), part(3), part(2)).parse().ok().or(self.document.job_date);
        }
        true
    }

    pub(super) fn symbol(&mut self, text: &str) -> bool {
        let known = |symbol: &Symbol| self.document.symbol.iter().any(|other| other.text() == symbol.text());
        let Ok(symbol) = Symbol::parse(text) else { return false };
        // A date with slashes has no letters, and a name has no figures.
        if text.contains(char::is_whitespace) && symbol.organ == Organ::Other {
            return false;
        }
        if !known(&symbol) {
            self.document.symbol.push(symbol);
        }
        true
    }

    pub(super) fn day(&mut self, text: &str) -> bool {
        let Some(day) = full_date(text) else { return false };
        // The second one is that of the job.
        match self.document.date {
            None => self.document.date = Some(day),
            Some(known) => return known == day,
        }
        true
    }

    pub(super) fn session(&mut self, said: &Said) -> bool {
        let [text, lower] = [&said.text, &said.lower].map(|text| text.trim_end_matches(COMMAS));
        let number = |says| if let Says::Session(number) = says { Some(number) } else { None };
        let found = self.known.says(said.bare.trim_end_matches(COMMAS), number);
        let verbatim = lower.ends_with(&self.known.session) && text.split_whitespace().count() <= 6;
        let session = match found {
            Some(number) => Session::Number(number.into()),
            None if verbatim => Session::Text(Text::verbatim(text)),
            None => return false,
        };
        if self.document.session.is_none() {
            self.document.session = Some(session);
            return true;
        }
        self.document.session == Some(session)
    }

    pub(super) fn agenda(&mut self, Said { text, lower, .. }: &Said, index: usize) -> bool {
        if self.document.agenda_item.is_some() {
            return false;
        }
        for (before, after) in &self.known.agenda {
            let rest = lower.strip_prefix(before.as_str()).and_then(|rest| rest.strip_suffix(after.as_str()));
            // Lower case may have another length; the item is figures and letters of a sub-item.
            let item = rest.map(str::trim).filter(|item| item.starts_with(|c: char| c.is_ascii_digit()));
            if let Some(item) = item.filter(|item| item.chars().count() < 40) {
                let (item, title) = match item.split_once(':') {
                    Some((item, title)) => (item.trim(), Some(title.trim()).filter(|title| !title.is_empty())),
                    None => (item, None),
                };
                self.document.agenda_item = Some(Text::verbatim(item));
                self.document.agenda_title.extend(
                    title.map(|title| {
                        Text::verbatim(text.get(text.len().saturating_sub(title.len())..).unwrap_or(title))
                    }),
                );
                self.agenda = Some(index).filter(|_| title.is_none());
                return true;
            }
        }
        false
    }

    /// “Topic: …”, “Sponsors: …”.
    pub(super) fn named(&mut self, line: &Paragraph) -> bool {
        let plain = line.plain();
        let Some((name, value)) = plain.split_once(':') else { return false };
        let key = folded(name).to_lowercase().replace("(s)", "").trim().to_owned();
        let Some((_, named)) = NAMES.iter().find(|(known, _)| *known == key) else { return false };
        if value.trim().is_empty() {
            return false;
        }
        let blank = value.len() - value.trim_start().len();
        let pieces = unstyled(&without_start(&line.pieces, name.len() + 1 + blank));
        let text = folded(value);
        match named {
            Named::Symbol if self.document.symbol.is_empty() => self.document.symbol = vec![Symbol::from(text)],
            Named::Body if self.document.body_name.is_none() => self.document.body_name = Some(pieces.into()),
            Named::Title if self.document.title.is_none() => self.document.title = Some(pieces.into()),
            Named::Sponsors => add(&mut self.document.sponsors, names(&pieces, self.words)),
            Named::Signatories => add(&mut self.document.signatories, names(&pieces, self.words)),
            Named::Date => return self.day(&text),
            Named::Session if self.document.session.is_none() => {
                if !self.session(&Said::new(text.clone())) {
                    let number = text.parse().ok().map(Session::Number);
                    self.document.session = number.or(Some(Session::Text(Text::from(pieces))));
                }
            }
            _ => return false,
        }
        true
    }

    /// The name of an organ or a committee.
    pub(super) fn organ(&mut self, line: &Paragraph, said: &Said) -> bool {
        let is_known = self.known.is_body(&said.bare);
        if is_known {
            self.bodies.push(line.clone());
        }
        is_known
    }
}
