//! The words that masthead prints around a text, in one language: the contents of a table such as
//! `src/prepare/words/en.toml`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::symbol::Organ;
use super::{Distribution, Language};

/// The words of a language. `{}` in a pattern is the place of the value.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Words {
    /// The language.
    #[serde(rename = "code")]
    pub language: Language,
    /// The letter after a job number: "E".
    pub letter: String,
    /// "United Nations".
    pub publisher: String,
    /// The names of the organs; empty for other bodies.
    pub organs: OfOrgans,
    /// The Main Committees of the General Assembly, from the First.
    pub committees: Vec<String>,
    /// "Distr.: General", "Distr.: Limited", "Distr.: Restricted", "Provisional".
    pub distribution: Distributions,
    /// The names of languages in the distribution block.
    pub languages: BTreeMap<String, String>,
    /// "Original: {}".
    pub original: String,
    /// Dates.
    pub dates: Dates,
    /// Sessions.
    pub sessions: Sessions,
    /// "{} year", of the Security Council, and its ordinals, if they differ from those of sessions.
    pub years: Years,
    /// Agenda items.
    pub agenda: Agenda,
    /// ", ", between names.
    pub comma: String,
    /// " and ", between the last two names.
    pub and: String,
    /// Another word for "and" before some sounds.
    pub and_before: Option<AndBefore>,
    /// ":".
    pub colon: String,
    /// Whether footnote marks come before a comma or colon.
    pub marks_first: bool,
    /// What follows the names of sponsors, and the same for a revision.
    pub kinds: Kinds,
    /// How adoptions are stated.
    pub adoption: Adoptions,
    /// "{}.", the number of a paragraph or heading.
    pub number: String,
    /// "{}.", the number of an adopted text before its title.
    pub adopted_number: String,
    /// The labels of sub-paragraphs, by level; the last applies to all deeper ones.
    pub labels: Vec<Label>,
    /// The letters that count agenda items and sub-paragraphs, if they are not Latin.
    pub letters: Vec<String>,
    /// The endings of ordinals in digits, which are raised: 1er, 99e.
    pub raised: Vec<String>,
    /// What comes between "Annex" and its number.
    pub gap: String,
    /// The marks around a quotation.
    pub quotes: [String; 2],
    /// "Annex".
    pub annex: String,
    /// "Table".
    pub table: String,
    /// "Figure".
    pub figure: String,
    /// "Source", "Note", "Abbreviations", below tables and figures.
    pub remarks: [String; 3],
    /// "In favour", "Against", "Abstaining".
    pub votes: [String; 3],
    /// "Signatories: {}".
    pub signatories: String,
    /// "Please recycle".
    pub recycle: String,
    /// What identifies the numbers of resolutions in running text.
    pub cited: Cited,
    /// What marks that something moved, on pages that show changes.
    pub moved: Moved,
}

/// The words between brackets that mark what moved. `{}` is the number of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Moved {
    /// Before a paragraph that had that number elsewhere.
    pub from: String,
    /// After a paragraph that has that number elsewhere.
    pub to: String,
    /// Beside a text without a number that is now farther up.
    pub up: String,
    /// Beside a text without a number that is now farther down.
    pub down: String,
    /// Above a picture that replaces another.
    pub picture: String,
}

/// Another word for "and".
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AndBefore {
    /// The word: " e ".
    pub word: String,
    /// The beginnings of the names before which it stands.
    pub sounds: Vec<String>,
    /// The exceptions.
    pub not: Vec<String>,
}

/// The years of the Security Council.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Years {
    /// "{} year".
    pub year: String,
    /// Their ordinals, if they differ from those of sessions.
    pub ordinals: Vec<String>,
}

/// The words of distributions.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Distributions {
    /// "Distr.: General".
    pub general: String,
    /// "Distr.: Limited".
    pub limited: String,
    /// "Distr.: Restricted".
    pub restricted: String,
    /// "Provisional".
    pub provisional: String,
}

impl Distributions {
    /// Returns the words of a distribution.
    pub fn of(&self, distribution: Distribution) -> &str {
        match distribution {
            Distribution::General => &self.general,
            Distribution::Limited => &self.limited,
            Distribution::Restricted => &self.restricted,
            Distribution::Provisional => &self.provisional,
        }
    }
}

/// A text for each organ.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct OfOrgans {
    /// A/
    pub general_assembly: String,
    /// S/
    pub security_council: String,
    /// E/
    pub economic_and_social_council: String,
    /// T/
    pub trusteeship_council: String,
    /// ST/
    pub secretariat: String,
    /// A/HRC/
    pub human_rights_council: String,
    /// All other bodies.
    pub other: String,
}

impl OfOrgans {
    /// Returns the text for an organ.
    pub fn of(&self, organ: Organ) -> &str {
        match organ {
            Organ::GeneralAssembly => &self.general_assembly,
            Organ::SecurityCouncil => &self.security_council,
            Organ::EconomicAndSocialCouncil => &self.economic_and_social_council,
            Organ::TrusteeshipCouncil => &self.trusteeship_council,
            Organ::Secretariat => &self.secretariat,
            Organ::HumanRightsCouncil => &self.human_rights_council,
            Organ::Other => &self.other,
        }
    }
}

/// The words of dates.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Dates {
    /// The names of the months, as in a date, from January.
    pub months: [String; 12],
    /// "{day} {month} {year}".
    pub date: String,
    /// The same for the first of a month, if it differs.
    pub first: Option<String>,
    /// The date in the distribution block, if it differs.
    pub issued: Option<Box<Dates>>,
    /// The no-break spaces of dates in running text, if there are any.
    pub joined: Option<DateJoins>,
}

/// Which spaces of a date are no-break spaces, besides the one between day and month. Measured in
/// genuine XML, share of no-break spaces: English 95 %, French 98 %, Spanish 97 %, Russian 96 %
/// between day and month; Arabic 9 %, hence none there.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DateJoins {
    /// A word joined to the day after it.
    pub before: Option<String>,
    /// What comes between the day and the month, with its space.
    pub link: String,
    /// The beginning of a word joined to the year before it.
    pub after: Option<String>,
}

/// The words of sessions.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Sessions {
    /// "{} session".
    pub session: String,
    /// "{} special session".
    pub special: String,
    /// "{} emergency special session".
    pub emergency: String,
    /// "{} session", of a year.
    pub of_year: String,
    /// "First", "Second", … A number beyond them is written in digits.
    pub ordinals: Vec<String>,
}

/// The words of agenda items.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Agenda {
    /// "{number} ({letter})".
    pub lettered: String,
    /// "Agenda item {}".
    pub one: String,
    /// The same for two, if that differs from more.
    pub two: Option<String>,
    /// "Agenda items {}".
    pub several: String,
    /// ", ", between items.
    pub comma: String,
    /// " and ", between the last two.
    pub and: String,
}

/// The names of kinds of documents; pairs for a text and a revised one.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Kinds {
    /// "draft resolution", "revised draft resolution".
    pub draft_resolution: [String; 2],
    /// "draft decision".
    pub draft_decision: [String; 2],
    /// "amendment".
    pub amendment: [String; 2],
    /// "working paper".
    pub working_paper: [String; 2],
    /// "Corrigendum".
    pub corrigendum: String,
    /// "Addendum".
    pub addendum: String,
    /// "Statement by the President of the Security Council".
    pub presidential_statement: String,
}

/// How adoptions are stated, line by line, with `{by}` for the organ and `{date}`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Adoptions {
    /// " by the General Assembly".
    pub by: OfOrgans,
    /// The same for two texts, if it differs.
    pub by_two: Option<OfOrgans>,
    /// The same for several texts, if it differs.
    pub by_several: Option<OfOrgans>,
    /// "Resolution adopted{by}", "on {date}".
    pub resolution: Vec<String>,
    /// "Decision adopted{by}", "on {date}".
    pub decision: Vec<String>,
    /// "Resolutions adopted{by}", "on {date}".
    pub resolutions: Vec<String>,
    /// "Decisions adopted{by}", "on {date}".
    pub decisions: Vec<String>,
    /// The same for two resolutions, if it differs.
    pub two_resolutions: Option<Vec<String>>,
    /// The same for two decisions, if it differs.
    pub two_decisions: Option<Vec<String>>,
    /// "Adopted{by} at its {meeting}, on", "{date}". The meeting is in the form that the language requires there.
    pub at: Vec<String>,
    /// "Resolution {}", of the Security Council.
    pub number: String,
    /// What replaces the spaces in the number, if anything.
    pub number_space: Option<String>,
    /// "without reference to a Main Committee ({})", of what the plenary adopts from a draft of its own.
    pub plenary: Option<String>,
}

/// The labels of a level of sub-paragraphs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Label {
    /// The first of them: "(a)", "i)", "1.".
    Pattern(String),
    /// All of them; further ones are digits between brackets.
    List(Vec<String>),
}

/// What identifies the numbers of resolutions in running text, in lower case; all empty if nothing does.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Cited {
    /// What every form of "resolution" contains.
    pub resolution: String,
    /// What every form of "decision" contains.
    pub decision: String,
    /// Whether they follow the numbers.
    pub follows: bool,
    /// The context of the number of a resolution of the Human Rights Council, as a
    /// regular expression in which `#` is the number.
    pub council: String,
}
