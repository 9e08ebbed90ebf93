//! Links of document symbols and resolution numbers to their public addresses.
//!
//! As the official pages have them: "A/80/83", "resolution 79/7", "2200 A (XXI)",
//! "2242 (2015)" lead to undocs.org; numbers of decisions do not.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::model::Language;
use crate::model::symbol::address;

/// A symbol: an organ's letters, then parts divided by strokes.
static SYMBOL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"\b(?:A|E|S|T|ST|CEDAW|CCPR|CRC|CERD|CAT|CRPD|NPT|DP|FCCC|UNEP)",
        r"/(?:[A-Z]{1,6}\.?[0-9]*(?:-[0-9]+)?|[0-9]+)",
        r"(?:/[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*)*",
        r"(?:[ \x{a0}]?\((?:Part|Vol\.)[ \x{a0}][IVX]+\)|[ \x{a0}]\([12][0-9]{3}\))?",
    ))
    .ok()
});

/// A resolution number: 2024/20 (Economic and Social Council), 59/48, 42/207 C, ES-11/1, S-30/1, 2200 A (XXI), 2242 (2015).
static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"\b(?:(?P<economic>(?:19[4-9]|20[0-9])[0-9]/[0-9]{1,3})(?:[ \x{a0}](?P<letter>[A-Z])\b)?",
        r"|(?P<new>(?:(?:ES|S)-)?[0-9]{1,3}/[0-9]{1,3})(?:[ \x{a0}](?P<part>[A-Z])\b)?",
        r"|(?P<roman>[0-9]{1,4})(?:[ \x{a0}][A-Z])?[ \x{a0}]\((?P<session>[IVXL]+|S-[IVX]+|ES-[IVX]+)\)",
        r"|(?P<council>[0-9]{1,4})[ \x{a0}]\((?P<year>(?:19[4-9]|20[0-9])[0-9])\))",
    ))
    .ok()
});

/// The session since which resolutions are numbered 31/1, 31/2, …
const FIRST_NUMBERED: u32 = 31;

/// What is longer is no symbol, in bytes.
const LONGEST: usize = 80;

/// The stretches of `text` that are links, in order, with their addresses.
pub(super) fn links(text: &str, language: Language) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    for hit in SYMBOL.iter().flat_map(|symbol| symbol.find_iter(text)) {
        if hit.len() <= LONGEST && hit.as_str().contains(|c: char| c.is_ascii_digit()) {
            found.push((hit.range(), address(hit.as_str(), language)));
        }
    }
    for hit in NUMBER.iter().flat_map(|number| number.captures_iter(text)) {
        let Some(whole) = hit.get(0) else { continue };
        let overlaps = |(range, _): &(Range<usize>, String)| range.start < whole.end() && whole.start() < range.end;
        if found.iter().any(overlaps) || !cites(text, whole.range()) {
            continue;
        }
        // Resolutions of the General Assembly are numbered by session since the thirty-first.
        let early = |number: &str| {
            let session = number.split('/').next().and_then(|session| session.parse().ok());
            session.is_some_and(|session: u32| session < FIRST_NUMBERED)
        };
        let symbol = if let Some(number) = hit.name("economic") {
            let letter = hit.name("letter").map_or("", |letter| letter.as_str());
            format!("E/RES/{}{letter}", number.as_str())
        } else if let Some(number) = hit.name("new") {
            let part = hit.name("part").map_or("", |part| part.as_str());
            let council = before(text, whole.start()).contains("Human Rights Council resolution");
            if !council && early(number.as_str()) {
                continue;
            }
            let series = if council { "A/HRC/RES" } else { "A/RES" };
            format!("{series}/{}{part}", number.as_str())
        } else if let (Some(number), Some(session)) = (hit.name("roman"), hit.name("session")) {
            format!("A/RES/{}({})", number.as_str(), session.as_str())
        } else if let (Some(number), Some(year)) = (hit.name("council"), hit.name("year")) {
            format!("S/RES/{}({})", number.as_str(), year.as_str())
        } else {
            continue;
        };
        found.push((whole.range(), address(&symbol, language)));
    }
    found.sort_by_key(|(range, _)| range.start);
    found
}

/// Whether the number at `range` cites a resolution: it does not follow or precede
/// letters, digits or a stroke, and the nearest noun before it is not "decision".
fn cites(text: &str, range: Range<usize>) -> bool {
    let joined = |c: char| c.is_alphanumeric() || "/-‑.–".contains(c);
    let after = text[range.end..].chars().next();
    if text[..range.start].ends_with(joined) || after.is_some_and(|c| c == '/' || c.is_alphanumeric()) {
        return false;
    }
    let before = before(text, range.start).to_lowercase();
    let last = |word: &str| before.rfind(word);
    last("resolution").is_some() && last("decision") < last("resolution") || before.trim().is_empty()
}

/// The text before, back to the beginning of the sentence or 2,000 bytes.
fn before(text: &str, end: usize) -> &str {
    const FARTHEST: usize = 2000;
    let mut start = end.saturating_sub(FARTHEST);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(String, String)> {
        links(text, Language::En)
            .into_iter()
            .map(|(range, to)| (text[range].to_owned(), to.replace("https://undocs.org/en/", "")))
            .collect()
    }

    fn pairs(list: &[(String, String)]) -> Vec<(&str, &str)> {
        list.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect()
    }

    #[test]
    fn resolutions_symbols_and_no_decisions() {
        let text = "its resolutions 47/19 of 24 November 1992 and 79/7 of 30 October 2024 and its decision 76/563";
        assert_eq!(pairs(&found(text)), [("47/19", "A/RES/47/19"), ("79/7", "A/RES/79/7")]);
        assert_eq!(pairs(&found("See A/80/83, para. 2.")), [("A/80/83", "A/80/83")]);
        assert_eq!(pairs(&found("S/RES/2803 (2025)")), [("S/RES/2803 (2025)", "S/RES/2803(2025)")]);
        assert_eq!(pairs(&found("See resolution 2200 A (XXI), annex.")), [("2200 A (XXI)", "A/RES/2200(XXI)")]);
        assert_eq!(pairs(&found("resolutions 1366 (2001) and 1625 (2005)")).len(), 2);
        assert_eq!(pairs(&found("Recalling its resolution 2024/20 of")), [("2024/20", "E/RES/2024/20")]);
        assert_eq!(pairs(&found("Resolution S-30/1, annex.")), [("S-30/1", "A/RES/S-30/1")]);
        assert_eq!(pairs(&found("A/71/53/Add.1/Corr.1.")), [("A/71/53/Add.1/Corr.1", "A/71/53/Add.1/Corr.1")]);
    }

    #[test]
    fn plain_numbers_are_no_links() {
        for text in [
            "in 24/7 operation",
            "1/2 of it",
            "decision 76/563",
            "decision 2025/210 of",
            "para. 4 (2001)",
            "A/B testing",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
