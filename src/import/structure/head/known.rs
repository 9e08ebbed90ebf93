//! The lines of heads that masthead has words for: each in the form in which lines are compared, made once for a
//! language.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use super::{bare, folded};
use crate::model::symbol::{Organ, Sitting};
use crate::model::{Distribution, Kind, Language};
use crate::prepare::words::{Words, fill, words};

/// The highest session that is looked for.
const SESSIONS: std::ops::RangeInclusive<u16> = 1..=199;
/// What stands in the place of a value.
const PLACE: &str = "\u{1}";

/// What a line says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    /// What masthead prints itself.
    Printed,
    Distribution(Distribution),
    Original(Language),
    Session(u16),
    /// The name of an organ or a committee.
    Body,
}

/// A line with a value in it, in lower case: what stands before and after it.
pub(super) type Around = (String, String);

pub(super) struct Known {
    lines: HashMap<String, Vec<Says>>,
    /// The ends of lines that name a session in words.
    pub session: String,
    /// The lines that state an adoption, around the date.
    pub adopted: Vec<(Kind, Around)>,
    /// What sponsors submit, in lower case.
    pub submitted: Vec<(Kind, String)>,
    /// The lines of one agenda item and of two.
    pub agenda: Vec<Around>,
}

impl Known {
    /// Returns the lines of a language.
    pub fn of(language: Language) -> Arc<Self> {
        static KNOWN: LazyLock<Mutex<HashMap<Language, Arc<Known>>>> = LazyLock::new(Mutex::default);
        let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        known.entry(language).or_insert_with(|| Arc::new(Self::new(words(language)))).clone()
    }

    fn new(words: &Words) -> Self {
        let mut lines: HashMap<String, Vec<Says>> = HashMap::new();
        let mut add = |line: &str, says| {
            let line = bare(line);
            if !line.is_empty() {
                lines.entry(line).or_default().push(says);
            }
        };
        add(&words.publisher, Says::Printed);
        add(&words.recycle, Says::Printed);
        for whose in Distribution::ALL {
            add(words.distribution(whose), Says::Distribution(whose));
        }
        for language in Language::ALL {
            add(&fill(&words.original, words.language(language)), Says::Original(language));
        }
        // A translation names its language.
        add(words.language.name(), Says::Printed);
        add(&words.language_line(words.language), Says::Printed);
        for number in SESSIONS {
            add(&words.sitting(Sitting::Session(number)), Says::Session(number));
        }
        for name in
            Organ::ALL.map(|organ| words.organ(organ)).into_iter().chain(words.committees.iter().map(String::as_str))
        {
            add(name, Says::Body);
        }
        let around = |line: &str| {
            let line = folded(line).to_lowercase();
            let (before, after) = line.split_once(PLACE).unwrap_or((&line, ""));
            (before.to_owned(), after.to_owned())
        };
        let adopted = [Kind::Resolution, Kind::Decision]
            .into_iter()
            .flat_map(|kind| Organ::ALL.map(|organ| (kind, around(&words.adopted_by(kind, organ, PLACE).join(" ")))));
        let submitted = [Kind::DraftDecision, Kind::Amendment, Kind::DraftResolution].into_iter().flat_map(|kind| {
            [true, false].map(|revised| (kind, folded(words.submitted(kind, revised)).to_lowercase()))
        });
        let agenda = [1, 2].into_iter().filter_map(|count| {
            let line = words.agenda_items(&vec![PLACE.to_owned(); count]);
            let (first, last) = (line.find(PLACE)?, line.rfind(PLACE)?);
            let [before, after] = [&line[..first], &line[last + PLACE.len()..]].map(|part| folded(part).to_lowercase());
            Some((before, after))
        });
        Self {
            session: words.sessions.session.replace("{}", "").trim().to_lowercase(),
            adopted: adopted.collect(),
            submitted: submitted.collect(),
            agenda: agenda.collect(),
            lines,
        }
    }

    /// Whether a bare line is the name of an organ or a committee.
    pub fn is_body(&self, bare: &str) -> bool {
        self.lines.get(bare).is_some_and(|says| says.contains(&Says::Body))
    }

    /// Returns what a bare line says: the first that `as_said` takes.
    pub fn says<T>(&self, bare: &str, as_said: impl Fn(Says) -> Option<T>) -> Option<T> {
        self.lines.get(bare)?.iter().copied().find_map(as_said)
    }
}
