//! Series of documents and the gaps in them.

use std::collections::{BTreeMap, BTreeSet};

use super::chain::modified;

/// Returns the series of a symbol and its number in it: `A/77/L.` and 107 for `A/77/L.107/Rev.1`.
pub fn place(symbol: &str) -> Option<(String, u32)> {
    let mut base = symbol;
    while modified(base).is_some() {
        base = base.rsplit_once('/')?.0;
    }
    let (head, last) = base.rsplit_once('/')?;
    let start = last.find(|c: char| c.is_ascii_digit())?;
    let rest = &last[start..];
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let number = rest[..end].parse().ok()?;
    Some((format!("{head}/{}", &last[..start]), number))
}

/// A range of missing numbers in a series.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Gap {
    /// The series: `A/77/L.`.
    pub series: String,
    /// The first missing number.
    pub from: u32,
    /// The last missing number.
    pub to: u32,
}

impl std::fmt::Display for Gap {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { series, from, to } = self;
        match to - from {
            0 => write!(f, "{series}{from}"),
            more => write!(f, "{series}{from} to {series}{to} ({} documents)", more + 1),
        }
    }
}

/// Returns the gaps in all series with at least one document. Series begin at 1. Series that continue over the years
/// (resolutions of the Security Council) or do not begin at 1 (decisions) begin at their lowest registered number,
/// as do all series if `between` is set.
pub fn gaps<'s>(symbols: impl IntoIterator<Item = &'s str>, between: bool) -> Vec<Gap> {
    let mut series: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
    for (name, number) in symbols.into_iter().filter_map(place) {
        series.entry(name).or_default().insert(number);
    }
    let mut gaps = Vec::new();
    for (name, numbers) in series {
        let lowest = numbers.first().copied().unwrap_or_default();
        let from_lowest = between || name == "S/RES/" || name.contains("/DEC/");
        let mut next = if from_lowest { lowest } else { lowest.min(1) };
        for number in numbers {
            if number > next {
                gaps.push(Gap { series: name.clone(), from: next, to: number - 1 });
            }
            next = number + 1;
        }
    }
    gaps
}

/// Returns a key by which symbols sort in natural order: L.9 before L.10.
pub(crate) fn sorting(text: &str) -> String {
    let mut key = String::new();
    let mut digits = String::new();
    for c in text.chars().chain(std::iter::once('\0')) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        if !digits.is_empty() {
            key.push_str(&format!("{digits:0>12}"));
            digits.clear();
        }
        key.push(c);
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_in_series() {
        let cases = [
            ("A/77/L.107/Rev.1", "A/77/L.", 107),
            ("A/RES/78/323", "A/RES/78/", 323),
            ("S/RES/2803 (2025)", "S/RES/", 2803),
            ("A/C.3/80/L.26/Rev.1/Corr.1", "A/C.3/80/L.", 26),
            ("A/80/116", "A/80/", 116),
        ];
        for (symbol, series, number) in cases {
            assert_eq!(place(symbol), Some((series.to_owned(), number)), "{symbol}");
        }
    }

    #[test]
    fn gaps_are_reported_as_ranges() {
        let reported = |symbols: &[&str], between| {
            gaps(symbols.iter().copied(), between).iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        let drafts = ["A/77/L.2", "A/77/L.2/Rev.1", "A/77/L.3", "A/77/L.5", "A/77/L.9"];
        assert_eq!(reported(&drafts, false), ["A/77/L.1", "A/77/L.4", "A/77/L.6 to A/77/L.8 (3 documents)"]);
        assert_eq!(reported(&drafts, true), ["A/77/L.4", "A/77/L.6 to A/77/L.8 (3 documents)"]);
        assert_eq!(reported(&["S/RES/2700 (2023)", "S/RES/2702 (2023)"], false), ["S/RES/2701"]);
    }

    #[test]
    fn symbols_sort_by_number() {
        let mut symbols = ["A/77/L.10", "A/77/L.9", "A/100/L.1", "A/77/L.9/Rev.1"];
        symbols.sort_by_key(|symbol| sorting(symbol));
        assert_eq!(symbols, ["A/77/L.9", "A/77/L.9/Rev.1", "A/77/L.10", "A/100/L.1"]);
    }
}
