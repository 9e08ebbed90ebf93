//! Decodes the metadata of a document, which are not printed, from its tree.

use super::blocks::missing;
use super::decode::{At, Decoder};
use super::document::date;
use crate::model::{Adoption, Classification, Count, Keyword, Metadata, Step, Symbol, Voting};

/// Decodes the metadata of a document.
pub(super) fn metadata(d: &mut Decoder, at: &At) -> Metadata {
    let Some(mut fields) = d.fields(at, &["classification", "workflow", "voting"]) else {
        return Metadata::default();
    };
    Metadata {
        classification: fields.take("classification").map(|at| d.list(&at, classification)).unwrap_or_default(),
        workflow: fields.take("workflow").map(|at| d.list(&at, step)).unwrap_or_default(),
        voting: fields.take("voting").map(|at| d.list(&at, voting)).unwrap_or_default(),
    }
}

/// Decodes a further adoption.
pub(super) fn adoption(d: &mut Decoder, at: At) -> Option<Adoption> {
    let mut fields = d.fields(&at, &["meeting", "date"])?;
    let meeting = fields.take("meeting").and_then(|at| d.inline(&at));
    Some(Adoption { meeting, date: fields.take("date").and_then(|at| date(d, &at)) })
}

fn classification(d: &mut Decoder, at: At) -> Option<Classification> {
    let mut fields = d.fields(&at, &["source", "keywords"])?;
    let source = fields.take("source").and_then(|at| d.text(&at));
    let keywords = fields.take("keywords").map(|at| d.list(&at, keyword)).unwrap_or_default();
    Some(Classification { source, keywords })
}

fn keyword(d: &mut Decoder, at: At) -> Option<Keyword> {
    let mut fields = d.fields(&at, &["value", "shown", "short", "dictionary", "address", "refers_to"])?;
    let mut text = |name: &str| fields.take(name).and_then(|at| d.text(&at));
    let (value, shown, short) = (text("value"), text("shown"), text("short"));
    let (dictionary, address, refers_to) = (text("dictionary"), text("address"), text("refers_to"));
    let Some(value) = value else {
        missing(d, &at, "value");
        return None;
    };
    Some(Keyword { value, shown, short, dictionary, address, refers_to })
}

fn step(d: &mut Decoder, at: At) -> Option<Step> {
    let mut fields = d.fields(&at, &["outcome", "date", "document", "by", "refers_to"])?;
    let day = fields.take("date").and_then(|at| date(d, &at));
    let mut text = |name: &str| fields.take(name).and_then(|at| d.text(&at));
    let (outcome, document, by, refers_to) = (text("outcome"), text("document"), text("by"), text("refers_to"));
    let Some(outcome) = outcome else {
        missing(d, &at, "outcome");
        return None;
    };
    Some(Step { outcome, date: day, document: document.map(Symbol::from), by, refers_to })
}

fn voting(d: &mut Decoder, at: At) -> Option<Voting> {
    let mut fields = d.fields(&at, &["outcome", "in_favour", "against", "abstaining"])?;
    let outcome = fields.take("outcome").and_then(|at| d.text(&at));
    let mut votes = |name: &str| fields.take(name).and_then(|at| count(d, &at));
    let (in_favour, against, abstaining) = (votes("in_favour"), votes("against"), votes("abstaining"));
    let Some(outcome) = outcome else {
        missing(d, &at, "outcome");
        return None;
    };
    Some(Voting { outcome, in_favour, against, abstaining })
}

fn count(d: &mut Decoder, at: &At) -> Option<Count> {
    let mut fields = d.fields(at, &["number", "states"])?;
    let number = fields.take("number").and_then(|at| d.whole(&at, 0, u16::MAX));
    let states = fields.take("states").map(|at| d.list(&at, |d, at| d.text(&at))).unwrap_or_default();
    let number = number.or_else(|| u16::try_from(states.len()).ok())?;
    Some(Count { number, states })
}
