//! The words that a successor has and its predecessor does not.

use crate::model::symbol::{Organ, Series};
use crate::model::{Document, Text};
use crate::prepare::words::{fill, words_of};

/// Returns the origin of a text that the plenary of the General Assembly adopts from a draft of its own, if the
/// draft is one; that of drafts of committees is their report, which the draft does not know.
pub(super) fn origin(draft: &Document) -> Option<Text> {
    let symbol = draft.symbol.first()?;
    let plenary = symbol.organ == Organ::GeneralAssembly && symbol.subsidiary.is_none();
    let words = words_of(draft).adoption.plenary.as_ref()?;
    (plenary && symbol.series == Series::Limited).then(|| Text::verbatim(&fill(words, symbol.text())))
}
