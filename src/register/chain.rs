//! Relations between documents: revisions, addenda, corrigenda, and drafts that were adopted.
//!
//! The suffixes are those of the United Nations Editorial Manual, *Document symbols*: Add., Corr.
//! and Rev. modify the document that the symbol names without them.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::model::{Document, Symbol, Text};
use crate::prepare::symbols_in;

/// The relation of a document to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Relation {
    /// A Rev. supersedes the earlier text.
    Supersedes,
    /// An Add. belongs to another document.
    BelongsTo,
    /// A Corr. corrects another document.
    Corrects,
    /// An adopted text comes from a draft, or from the report in which a committee recommends it.
    ComesFrom,
}

impl Relation {
    /// Returns the relation in words, from the document to the other.
    pub fn words(self) -> &'static str {
        match self {
            Self::Supersedes => "supersedes",
            Self::BelongsTo => "belongs to",
            Self::Corrects => "corrects",
            Self::ComesFrom => "comes from",
        }
    }

    /// Returns the relation in words, from the other to the document.
    pub fn reversed(self) -> &'static str {
        match self {
            Self::Supersedes => "superseded by",
            Self::BelongsTo => "has the addendum",
            Self::Corrects => "corrected by",
            Self::ComesFrom => "adopted as",
        }
    }

    /// Returns its name in the register.
    pub fn name(self) -> &'static str {
        match self {
            Self::Supersedes => "supersedes",
            Self::BelongsTo => "belongs-to",
            Self::Corrects => "corrects",
            Self::ComesFrom => "comes-from",
        }
    }

    /// Returns the relation with that name.
    pub fn of_name(name: &str) -> Option<Self> {
        [Self::Supersedes, Self::BelongsTo, Self::Corrects, Self::ComesFrom].into_iter().find(|r| r.name() == name)
    }
}

/// Returns the document that a symbol modifies, if any, and how.
pub(crate) fn modified(symbol: &str) -> Option<(Relation, String)> {
    let (base, last) = symbol.rsplit_once('/')?;
    let (word, number) = last.split_once('.')?;
    let number: u32 = number.parse().ok()?;
    match word {
        "Rev" if number > 1 => Some((Relation::Supersedes, format!("{base}/Rev.{}", number - 1))),
        "Rev" => Some((Relation::Supersedes, base.to_owned())),
        "Add" => Some((Relation::BelongsTo, base.to_owned())),
        "Corr" => Some((Relation::Corrects, base.to_owned())),
        _ => None,
    }
}

/// Returns all relations of a document to others: its symbol, the relation, the other symbol.
pub fn relations(header: &Document) -> Vec<(String, Relation, String)> {
    let mut found = Vec::new();
    let note = header.adopted_note.as_ref().map(Text::plain).unwrap_or_default();
    let drafts = header.metadata.workflow.iter().filter(|step| step.outcome.starts_with("draft"));
    let known = drafts.flat_map(|step| step.document.iter().map(Symbol::to_string));
    let origins: BTreeSet<String> = symbols_in(&note).chain(known).filter(|_| header.kind.is_adopted()).collect();
    for symbol in header.symbol.iter().map(Symbol::text) {
        let modified = modified(symbol).map(|(relation, other)| (symbol.to_owned(), relation, other));
        found.extend(modified);
        found.extend(origins.iter().map(|other| (symbol.to_owned(), Relation::ComesFrom, other.clone())));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Kind, Metadata, Step};

    #[test]
    fn suffixes_modify_what_is_before_them() {
        let cases = [
            ("A/77/L.107/Rev.1", Some((Relation::Supersedes, "A/77/L.107"))),
            ("A/77/L.107/Rev.3", Some((Relation::Supersedes, "A/77/L.107/Rev.2"))),
            ("A/C.3/80/L.26/Rev.1/Corr.2", Some((Relation::Corrects, "A/C.3/80/L.26/Rev.1"))),
            ("A/78/461/Add.1", Some((Relation::BelongsTo, "A/78/461"))),
            ("A/77/L.107", None),
            ("S/RES/2803 (2025)", None),
            ("CRC/C/GC/20/Rev.1", Some((Relation::Supersedes, "CRC/C/GC/20"))),
        ];
        for (symbol, expected) in cases {
            let expected = expected.map(|(relation, other)| (relation, other.to_owned()));
            assert_eq!(modified(symbol), expected, "{symbol}");
        }
    }

    #[test]
    fn a_reissue_is_related_to_the_same_documents() {
        let header = Document { symbol: vec!["A/77/L.107/Rev.1*".into()], ..Document::default() };
        let expected = ("A/77/L.107/Rev.1".to_owned(), Relation::Supersedes, "A/77/L.107".to_owned());
        assert_eq!(relations(&header), [expected]);
    }

    #[test]
    fn the_way_to_adoption_names_the_draft() {
        let step = |outcome: &str, document: &str| Step {
            outcome: outcome.into(),
            document: Some(document.into()),
            ..Step::default()
        };
        let workflow = vec![step("draftResolution", "A/77/L.3"), step("adopted", "A/77/PV.15")];
        let metadata = Metadata { workflow, ..Metadata::default() };
        let symbol = vec!["A/RES/77/1".into()];
        let header = Document { symbol, kind: Kind::Resolution, metadata, ..Document::default() };
        let expected = ("A/RES/77/1".to_owned(), Relation::ComesFrom, "A/77/L.3".to_owned());
        assert_eq!(relations(&header), [expected]);
    }

    #[test]
    fn adopted_texts_come_from_drafts() {
        let header = |kind| Document {
            symbol: vec!["A/RES/78/323".into()],
            kind,
            adopted_note: Some("on the report of the Second Committee (A/78/461/Add.1, para. 12)".into()),
            ..Document::default()
        };
        let from = |kind| relations(&header(kind)).into_iter().map(|(_, _, other)| other).collect::<Vec<_>>();
        assert_eq!(from(Kind::Resolution), ["A/78/461/Add.1"]);
        assert!(from(Kind::Note).is_empty());
    }
}
