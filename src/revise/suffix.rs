//! What revisions, corrigenda and addenda add to a symbol.

use crate::error::Error;
use crate::model::{Kind, Symbol};

/// What is added to a symbol (source: United Nations Editorial Manual, *Document symbols*).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Suffix {
    /// A revision, which replaces the document and its last revision.
    Rev,
    /// A corrigendum.
    Corr,
    /// An addendum.
    Add,
}

impl Suffix {
    /// Returns its letters.
    pub fn letters(self) -> &'static str {
        match self {
            Self::Rev => "Rev",
            Self::Corr => "Corr",
            Self::Add => "Add",
        }
    }

    /// Returns the kind of what it is added to, if it has one of its own.
    pub fn kind(self) -> Option<Kind> {
        match self {
            Self::Rev => None,
            Self::Corr => Some(Kind::Corrigendum),
            Self::Add => Some(Kind::Addendum),
        }
    }

    /// Returns the next symbol: A/77/L.107 becomes A/77/L.107/Rev.1, and then Rev.2. A revision follows the document
    /// that was corrected, not its corrigendum. A document has `existing` others of that kind already; symbols of a
    /// house may be `free`.
    ///
    /// # Errors
    ///
    /// Returns a message if the symbol is not well-formed.
    pub fn next(self, symbol: &Symbol, number: Option<u32>, existing: u32, free: bool) -> Result<Symbol, Error> {
        if let Some(error) = symbol.error() {
            return Err(Error::value(error));
        }
        let mut base = symbol.text();
        while self == Self::Rev
            && let Some((rest, _)) = last(base, Self::Corr)
        {
            base = rest;
        }
        let (base, last) = last(base, self).unwrap_or((base, 0));
        Symbol::of_house(&format!("{base}/{}.{}", self.letters(), number.unwrap_or(last + 1 + existing)), free)
    }
}

/// Returns a symbol without that suffix, and its number, if the symbol ends with one.
fn last(symbol: &str, suffix: Suffix) -> Option<(&str, u32)> {
    let (base, last) = symbol.rsplit_once('/')?;
    let (letters, number) = last.split_once('.')?;
    (letters == suffix.letters()).then(|| Some((base, number.parse().ok()?))).flatten()
}

/// Returns the number of an adopted text: what follows RES or DEC in its symbol, without the letters of its parts.
pub(super) fn number(symbol: &Symbol) -> Option<String> {
    let text = symbol.without_letters();
    // The symbols of a house may begin with it, and have spaces.
    let parts = text.match_indices(['/', ' ']).map(|(at, _)| at);
    let mut begun = std::iter::once(None).chain(parts.map(Some)).map(|at| &text[at.map_or(0, |at| at + 1)..]);
    begun
        .find_map(|rest| rest.strip_prefix("RES").or_else(|| rest.strip_prefix("DEC"))?.strip_prefix(['/', ' ', '.']))
        .map(str::to_owned)
}
