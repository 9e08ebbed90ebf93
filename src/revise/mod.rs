//! The life of a document: the draft becomes its revision, and the revision the adopted text (docs/revising.md).

mod suffix;
#[cfg(test)]
mod tests;
mod words;
mod written;

pub use crate::model::TO_BE_WRITTEN;
pub use suffix::Suffix;
pub use written::{completed, written};

use crate::error::Error;
use crate::model::symbol::{Organ, Series};
use crate::model::{Block, Date, Document, Kind, Layout, Metadata, Passage, Step, Symbol, Text};

/// How a document is revised.
#[derive(Debug, Clone)]
#[non_exhaustive]
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

impl Revision {
    /// Creates the next revision, corrigendum or addendum, to be issued on that date.
    pub fn new(suffix: Suffix, date: Date) -> Self {
        Self { suffix, number: None, existing: 0, date, job: None }
    }
}

/// How a draft is adopted.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Adopted {
    /// The symbol of the adopted text.
    pub symbol: String,
    /// Its number; by default what follows RES or DEC in the symbol.
    pub number: Option<String>,
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

impl Adopted {
    /// Creates the adoption of a text with that symbol on that date.
    pub fn new(symbol: impl Into<String>, date: Date) -> Self {
        Self { symbol: symbol.into(), number: None, date, issued: None, job: None, meeting: None, note: None }
    }
}

/// Returns the next revision of a document, or a corrigendum or addendum to it. A revision has the same text, for
/// others to change; a corrigendum or addendum has a place for it.
///
/// # Errors
///
/// Returns a message if its symbol is not well-formed, or has no such successor.
pub fn revised(document: &Document, revision: &Revision) -> Result<Document, Error> {
    if document.kind == Kind::Corrigendum && revision.suffix != Suffix::Corr {
        let message = "a corrigendum has no revisions and no addenda; revise the document that it corrects";
        return Err(Error::document(message));
    }
    let free = document.has_free_symbols();
    let next = |symbol: &Symbol| revision.suffix.next(symbol, revision.number, revision.existing, free);
    let mut new = successor(document);
    new.symbol = document.symbol.iter().map(next).collect::<Result<_, _>>()?;
    new.date = Some(revision.date);
    new.job.clone_from(&revision.job);
    if let Some(kind) = revision.suffix.kind() {
        new.kind = kind;
        without_acts(&mut new);
        // The text is what the document corrects or adds to; what it says is still to be written.
        new.parts.clear();
        new.body = vec![Block::Paragraph(Passage { text: Text::verbatim(TO_BE_WRITTEN), ..Passage::default() })];
    }
    keep_notes(document, &mut new);
    Ok(new)
}

/// Returns the adopted text of a draft: without what only drafts have, with number, adoption, origin and meeting.
///
/// # Errors
///
/// Returns a message if the document is not a draft, or the symbol is not that of an adopted text.
pub fn adopted(document: &Document, adopted: &Adopted) -> Result<Document, Error> {
    let (kind, series) = match document.kind {
        Kind::DraftResolution => (Kind::Resolution, Series::Resolution),
        Kind::DraftDecision => (Kind::Decision, Series::Decision),
        other => {
            let message = format!("only a draft resolution or draft decision can be adopted, not a {}", other.name());
            return Err(Error::document(message));
        }
    };
    let symbol = Symbol::of_house(&adopted.symbol, document.has_free_symbols())?;
    if symbol.organ != Organ::Other && symbol.series != series {
        let example = if kind == Kind::Decision { "A/DEC/84/501" } else { "A/RES/84/80" };
        return Err(Error::value(format!("{symbol} is not the symbol of a {}, such as {example}", kind.name())));
    }
    if let Some(draft) = document.symbol.first()
        && ![draft.organ, symbol.organ].contains(&Organ::Other)
        && draft.organ != symbol.organ
    {
        return Err(Error::value(format!("{symbol} is a symbol of another organ than that of the draft, {draft}")));
    }
    let mut new = successor(document);
    new.number = adopted.number.clone().or_else(|| suffix::number(&symbol));
    new.symbol = vec![symbol];
    new.kind = kind;
    new.distribution = None;
    new.date = adopted.issued;
    new.original.clear();
    new.job.clone_from(&adopted.job);
    new.sponsors.clear();
    new.signatories.clear();
    new.submitted_by = None;
    new.adopted = Some(adopted.date);
    new.adopted_note = adopted.note.clone().or_else(|| words::origin(document));
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

/// Removes what only drafts and adopted texts have: a corrigendum or addendum to one is neither proposed nor adopted.
fn without_acts(document: &mut Document) {
    document.sponsors.clear();
    document.signatories.clear();
    document.adopted = None;
    document.adopted_note = None;
    document.adopted_text.clear();
    document.number = None;
    document.meeting = None;
    document.part = None;
}

/// Removes the footnotes that only the predecessor refers to.
fn keep_notes(document: &Document, new: &mut Document) {
    let (before, after) = (document.marks(), new.marks());
    new.footnotes.retain(|mark, _| after.contains(mark) || !before.contains(mark));
}
