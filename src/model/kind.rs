//! The kinds of document, and their distribution.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The kind of document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Kind {
    /// A resolution that an organ adopted.
    Resolution,
    /// A resolution proposed to an organ.
    #[default]
    DraftResolution,
    /// A decision proposed to an organ.
    DraftDecision,
    /// A decision that an organ adopted.
    Decision,
    /// A letter, with its annexes.
    Letter,
    /// A note by the Secretary-General, the Secretariat or a president.
    Note,
    /// A statement that the President of the Security Council makes on its behalf.
    PresidentialStatement,
    /// A report.
    Report,
    /// An agenda.
    Agenda,
    /// An amendment to a draft.
    Amendment,
    /// A correction of a document.
    Corrigendum,
    /// An addition to a document.
    Addendum,
    /// A paper for discussion, before there is a draft.
    WorkingPaper,
}

impl Kind {
    /// Every kind, in the order of the documentation.
    pub const ALL: [Self; 13] = [
        Self::DraftResolution,
        Self::Resolution,
        Self::DraftDecision,
        Self::Decision,
        Self::Letter,
        Self::Note,
        Self::PresidentialStatement,
        Self::Report,
        Self::Agenda,
        Self::Amendment,
        Self::Corrigendum,
        Self::Addendum,
        Self::WorkingPaper,
    ];

    /// Returns its name in a document.
    pub fn name(self) -> &'static str {
        match self {
            Self::Resolution => "resolution",
            Self::DraftResolution => "draft-resolution",
            Self::DraftDecision => "draft-decision",
            Self::Decision => "decision",
            Self::Letter => "letter",
            Self::Note => "note",
            Self::PresidentialStatement => "presidential-statement",
            Self::Report => "report",
            Self::Agenda => "agenda",
            Self::Amendment => "amendment",
            Self::Corrigendum => "corrigendum",
            Self::Addendum => "addendum",
            Self::WorkingPaper => "working-paper",
        }
    }

    /// Returns whether an organ acts in it, in preambular and operative paragraphs; all other kinds are
    /// running text.
    pub fn acts(self) -> bool {
        matches!(self, Self::Resolution | Self::DraftResolution | Self::Decision | Self::DraftDecision)
    }

    /// Returns whether an organ has adopted it.
    pub fn is_adopted(self) -> bool {
        matches!(self, Self::Resolution | Self::Decision)
    }
}

/// The distribution of a document: who may receive it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Distribution {
    /// Everyone.
    General,
    /// Those concerned, while the matter is open.
    Limited,
    /// Named recipients.
    Restricted,
    /// A text subject to correction.
    Provisional,
}

impl Distribution {
    /// Every distribution.
    pub const ALL: [Self; 4] = [Self::General, Self::Limited, Self::Restricted, Self::Provisional];

    /// Returns its name in a document.
    pub fn name(self) -> &'static str {
        match self {
            Self::General => "general",
            Self::Limited => "limited",
            Self::Restricted => "restricted",
            Self::Provisional => "provisional",
        }
    }
}
