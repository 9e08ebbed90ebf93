//! The life of a document: the draft becomes its revision, and the revision the adopted text (docs/revising.md).

mod suffix;
#[cfg(test)]
mod tests;
mod words;
mod written;

use std::collections::BTreeSet;

pub use suffix::Suffix;
pub use written::written;

use crate::model::symbol::{Organ, Series};
use crate::model::{Block, Date, Document, Heading, Kind, Layout, Metadata, Step, Symbol, Text, inline::written_marks};

/// How a document is revised.
#[derive(Debug, Clone)]
pub struct Revision {
    /// What is added to its symbol.
    pub suffix: Suffix,
    /// The number of the revision; by default the next one.
    pub number: Option<u32>,
    /// How many corrigenda or addenda there are already that the symbol does not count.
    pub existing: u32,
    /// The date of issue.
    pub date: Date,
    /// The job number, if it is known.
    pub job: Option<String>,
}

/// How a draft is adopted.
#[derive(Debug, Clone)]
pub struct Adopted {
    /// The symbol of the adopted text.
    pub symbol: Symbol,
    /// The date of adoption.
    pub date: Date,
    /// The date of issue, if it is known.
    pub issued: Option<Date>,
    /// The job number, if it is known.
    pub job: Option<String>,
    /// The meeting, in the form that the language prints.
    pub meeting: Option<Text>,
    /// The origin, printed in brackets; by default that of texts that the plenary adopts.
    pub note: Option<Text>,
}

/// Returns the next revision of a document, or a corrigendum or addendum to it. A revision has the same text, for
/// others to change; a corrigendum or addendum has a heading alone.
///
/// # Errors
///
/// Returns a message if its symbol is not well-formed, or has no such successor.
pub fn revised(document: &Document, revision: &Revision) -> Result<Document, String> {
    let next = |symbol: &Symbol| revision.suffix.next(symbol, revision.number, revision.existing);
    let mut new = successor(document);
    new.symbol = document.symbol.iter().map(next).collect::<Result<_, _>>()?;
    new.date = Some(revision.date);
    new.job.clone_from(&revision.job);
    if let Some(word) = words::heading(document, revision.suffix) {
        let heading = Heading { level: 1, number: None, text: word.into(), layout: Default::default() };
        // The text is what the document corrects or adds to; what it says is still to be written.
        new.parts.clear();
        new.body = vec![Block::Heading(heading)];
    }
    keep_notes(document, &mut new);
    Ok(new)
}

/// Returns the adopted text of a draft: without what only drafts have, with number, adoption, origin and meeting.
///
/// # Errors
///
/// Returns a message if the document is not a draft, or the symbol is not that of an adopted text.
pub fn adopted(document: &Document, adopted: &Adopted) -> Result<Document, String> {
    let (kind, series) = match document.kind {
        Kind::DraftResolution => (Kind::Resolution, Series::Resolution),
        Kind::DraftDecision => (Kind::Decision, Series::Decision),
        other => {
            return Err(format!("only a draft resolution or draft decision can be adopted, not a {}", other.name()));
        }
    };
    if let Some(error) = adopted.symbol.error() {
        return Err(error.to_owned());
    }
    if adopted.symbol.organ != Organ::Other && adopted.symbol.series != series {
        return Err(format!("{} is not the symbol of a {}, such as A/RES/84/80", adopted.symbol, kind.name()));
    }
    let mut new = successor(document);
    new.symbol = vec![adopted.symbol.clone()];
    new.kind = kind;
    new.distribution = None;
    new.date = adopted.issued;
    new.original.clear();
    new.job.clone_from(&adopted.job);
    new.sponsors.clear();
    new.submitted_by = None;
    new.adopted = Some(adopted.date);
    new.adopted_note = adopted.note.clone().or_else(|| words::origin(document));
    new.number = suffix::number(&adopted.symbol);
    new.meeting.clone_from(&adopted.meeting);
    let step = Step { outcome: "adopted".to_owned(), date: Some(adopted.date), ..Step::default() };
    if !new.metadata.workflow.iter().any(|known| known.outcome == step.outcome) {
        new.metadata.workflow.push(step);
    }
    keep_notes(document, &mut new);
    Ok(new)
}

/// Returns a document that follows another: with a note of that one among the steps to adoption, and without what
/// holds for that one alone.
fn successor(document: &Document) -> Document {
    let mut new = document.clone();
    new.job_date = None;
    new.layout = Layout { edition: document.layout.edition, ..Layout::default() };
    let outcome = match document.kind {
        Kind::DraftResolution => "draftResolution",
        Kind::DraftDecision => "draftDecision",
        _ => "issued",
    };
    let sponsors: Vec<String> = document.sponsors.iter().map(Text::plain).collect();
    let by = (!sponsors.is_empty()).then(|| sponsors.join(", "));
    let Metadata { workflow, .. } = &mut new.metadata;
    for symbol in &document.symbol {
        if !workflow.iter().any(|step| step.document.as_ref() == Some(symbol)) {
            let document = Some(symbol.clone());
            let step = Step { outcome: outcome.to_owned(), date: None, document, by: by.clone(), refers_to: None };
            workflow.push(Step { date: new.date, ..step });
        }
    }
    new
}

/// Removes the footnotes that only the predecessor refers to.
fn keep_notes(document: &Document, new: &mut Document) {
    let (before, after) = (marks(document), marks(new));
    new.footnotes.retain(|mark, _| after.contains(mark) || !before.contains(mark));
}

/// Returns the marks of the footnotes that a document refers to.
fn marks(document: &Document) -> BTreeSet<String> {
    let text = serde_json::to_string(document).unwrap_or_default();
    written_marks(&text).map(str::to_owned).collect()
}
