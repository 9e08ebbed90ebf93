//! Which fields the pages of a document print, by its kind and organ.

use crate::model::symbol::Organ;
use crate::model::{Document, Kind, Symbol};

/// How the pages of a document show its outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Design {
    /// Drafts and other documents that are not adopted: who submitted it.
    Submitted,
    /// A statement by a president: its title alone.
    Statement,
    /// An adopted text: adoption and origin above number and title, the meeting at the end.
    Adopted,
    /// A resolution of the Security Council: number, meeting and date above.
    CouncilResolution,
    /// A decision of the Security Council, like an adopted text, but without closing lines and running title.
    CouncilDecision,
}

use Design::{Adopted, CouncilDecision, CouncilResolution, Statement, Submitted};

impl Design {
    /// Every design.
    pub const ALL: &[Self] = &[Submitted, Statement, Adopted, CouncilResolution, CouncilDecision];

    /// Returns the design of a document of that kind, and of the organ of that symbol.
    pub fn of(kind: Kind, symbol: Option<&Symbol>) -> Self {
        match (kind, symbol.map(|symbol| symbol.organ)) {
            (Kind::Resolution, Some(Organ::SecurityCouncil)) => CouncilResolution,
            (Kind::Decision, Some(Organ::SecurityCouncil)) => CouncilDecision,
            (Kind::PresidentialStatement, _) => Statement,
            (kind, _) if kind.is_adopted() => Adopted,
            _ => Submitted,
        }
    }

    /// Returns the design of a document.
    pub fn of_document(document: &Document) -> Self {
        Self::of(document.kind, document.symbol.first())
    }

    /// Returns the documents that have it.
    fn documents(self) -> &'static str {
        match self {
            Submitted => "documents that are not adopted",
            Statement => "presidential statements",
            Adopted => "adopted texts",
            CouncilResolution => "resolutions of the Security Council",
            CouncilDecision => "decisions of the Security Council",
        }
    }
}

/// Which pages print a field.
#[derive(Debug, Clone, Copy)]
pub enum Printed {
    /// Those of every document.
    Always,
    /// Those of these designs.
    In(&'static [Design]),
    /// Those of these designs, unless other fields prevent it.
    Unless(&'static [Design], &'static [Hidden]),
    /// None; what it does instead.
    Instead(&'static str),
}

/// When other fields, given or not, prevent one from being printed, and how that is reported.
#[derive(Debug, Clone, Copy)]
pub struct Hidden {
    pub(crate) when: fn(Design, Given) -> bool,
    pub(crate) why: &'static str,
    pub(crate) hint: &'static str,
}

/// Returns the text of a field, if it is given.
pub(crate) type Given<'g> = &'g dyn Fn(&str) -> Option<String>;

impl Printed {
    /// Returns the designs whose pages have a place for it.
    pub fn designs(self) -> &'static [Design] {
        match self {
            Self::Always | Self::Instead(_) => Design::ALL,
            Self::In(designs) | Self::Unless(designs, _) => designs,
        }
    }

    /// Returns what may prevent it from being printed there.
    pub(crate) fn hidden(self) -> &'static [Hidden] {
        if let Self::Unless(_, hidden) = self { hidden } else { &[] }
    }

    /// Describes which pages print it.
    pub fn words(self) -> String {
        let designs = self.designs();
        let documents = if designs == Design::ALL {
            "every document".into()
        } else {
            designs.iter().map(|design| design.documents()).collect::<Vec<_>>().join(", ")
        };
        match self {
            Self::Instead(what) => what.into(),
            _ => self
                .hidden()
                .iter()
                .fold(format!("in {documents}"), |words, Hidden { why, .. }| format!("{words}; not {why}")),
        }
    }
}
