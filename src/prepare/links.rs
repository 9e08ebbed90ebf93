//! Links of document symbols and resolution numbers to their public addresses.
//!
//! As on the official pages: "A/80/83", "resolution 79/7", "2200 A (XXI)",
//! "2242 (2015)" link to undocs.org; numbers of decisions do not.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::citations::{cites, of_human_rights_council};
use super::words::{cited, roman};
use crate::model::symbol::address;
use crate::model::{Change, Document, House, Language, Symbol};

/// Matches a symbol: the letters of an organ, then parts separated by slashes.
static SYMBOL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        // Resolutions of before 1976 have a session: A/RES/2200 A (XXI).
        r"(?-u:\b)A/RES/[0-9]{1,4}(?:[ \x{a0}][A-Z])?[ \x{a0}]?\((?:E?S-)?[IVXL]+\)|",
        r"(?-u:\b)(?:A|E|S|T|ST|CEDAW|CCPR|CRC|CERD|CAT|CRPD|NPT|DP|FCCC|UNEP)",
        r"/(?:[A-Z]{1,6}\.?[0-9]*(?:-[0-9]+)?|[0-9]+)",
        r"(?:/[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*)*",
        r"(?:[ \x{a0}]?\((?:Part|Vol\.)[ \x{a0}][IVX]+\)|[ \x{a0}]\([12][0-9]{3}\))?",
    ))
    .ok()
});

/// Matches a resolution number: 2024/20 (Economic and Social Council), 59/48, 42/207 C, ES-11/1,
/// S-30/1, 2200 A (XXI), 2242 (2015); in Arabic دإ-30/1, 2200 ألف (د-21).
static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?-u:\b)(?P<economic>(?:19[4-9]|20[0-9])[0-9]/[0-9]{1,3})(?:[ \x{a0}](?P<letter>[A-Z])\b)?",
        r"|(?P<new>(?:(?-u:\b)(?:(?:ES|S)-)?|(?:دإط|دإ)-)[0-9]{1,3}/[0-9]{1,3})(?:[ \x{a0}](?P<part>[A-Z]|ألف|باء|جيم)\b)?",
        r"|(?-u:\b)(?P<roman>[0-9]{1,4})(?:[ \x{a0}](?:[A-Z]|ألف|باء|جيم))?",
        r"[ \x{a0}]?\((?P<session>[IVXL]+|S-[IVX]+|ES-[IVX]+|د-[0-9]{1,2})\)",
        r"|(?-u:\b)(?P<council>[0-9]{1,4})[ \x{a0}]?\((?P<year>(?:19[4-9]|20[0-9])[0-9])\)",
    ))
    .ok()
});

/// The session since which resolutions are numbered 31/1, 31/2, …
const FIRST_NUMBERED: u32 = 31;

/// The maximum length of a symbol, in bytes.
const LONGEST: usize = 80;

/// Returns a symbol without the letter of a part before its session: all parts have one address.
fn undivided(symbol: &str) -> Cow<'_, str> {
    let Some((number, session)) = symbol.split_once('(') else { return symbol.into() };
    let bare = number.trim_end().trim_end_matches(|c: char| c.is_ascii_uppercase());
    if bare.ends_with(char::is_whitespace) { format!("{bare}({session}").into() } else { symbol.into() }
}

/// Returns the document symbols in a text, in order.
pub fn symbols_in(text: &str) -> impl Iterator<Item = String> {
    let found = SYMBOL.iter().flat_map(move |symbol| symbol.find_iter(text));
    let symbols = found.filter(|hit| hit.len() <= LONGEST && hit.as_str().contains(|c: char| c.is_ascii_digit()));
    symbols.map(|hit| hit.as_str().to_owned())
}

/// Where symbols and numbers of resolutions lead.
#[derive(Clone, Copy)]
pub(crate) struct Leads<'d> {
    language: Language,
    house: Option<&'d House>,
}

impl<'d> Leads<'d> {
    /// In a document.
    pub fn of(document: &'d Document) -> Self {
        Self { language: document.language, house: document.house.as_ref() }
    }

    /// In documents of the United Nations.
    pub fn official(language: Language) -> Self {
        Self::of_house(language, None)
    }

    /// In documents of a house, or else of the United Nations.
    pub fn of_house(language: Language, house: Option<&'d House>) -> Self {
        Self { language, house }
    }

    /// Returns the address of a symbol.
    fn to(self, symbol: &str) -> Option<String> {
        match self.house {
            None => Some(address(symbol, self.language)),
            Some(house) => house.links.as_ref()?.of(symbol, self.language),
        }
    }
}

/// Returns the symbols of a house in a text: what begins like those of its organs and has a number.
fn house_symbols(text: &str, house: &House) -> Vec<Range<usize>> {
    let part = |c: char| c.is_alphanumeric() || "/.-".contains(c);
    let ended = |from: usize| {
        let after = text[from..].find(|c| !part(c)).map_or(text.len(), |length| from + length);
        from + text[from..after].trim_end_matches(|c: char| !c.is_alphanumeric()).len()
    };
    // By their beginnings; none overlaps another.
    let mut found = BTreeMap::new();
    for letters in house.organs.keys().filter(|letters| !letters.is_empty()) {
        for (start, _) in text.match_indices(letters.as_str()) {
            let rest = start + letters.len();
            if text[..start].ends_with(part) || !text[rest..].starts_with(['/', ' ', '.', '-']) {
                continue;
            }
            // "DR 1.2" has a space before its number.
            let end = ended(rest + usize::from(text[rest..].starts_with(' ')));
            let apart = found.range(..end).next_back().is_none_or(|(_, other)| *other <= start);
            if apart && end > rest && text[rest..end].contains(|c: char| c.is_ascii_digit()) {
                found.insert(start, end);
            }
        }
    }
    found.into_iter().map(|(start, end)| start..end).collect()
}

/// Returns whether a range meets one of those in order.
fn meets(ordered: &[(Range<usize>, String)], range: &Range<usize>) -> bool {
    let at = ordered.partition_point(|(other, _)| other.end <= range.start);
    ordered.get(at).is_some_and(|(other, _)| other.start < range.end)
}

/// Returns the ranges of `text` that are links, in order, with their addresses.
pub(crate) fn links(text: &str, leads: Leads) -> Vec<(Range<usize>, String)> {
    let mut found = match leads.house {
        None => official_links(text, leads),
        Some(house) if house.links.is_none() => Vec::new(),
        Some(house) => {
            let symbol = |range: Range<usize>| Some((range.clone(), leads.to(&text[range])?));
            let own: Vec<_> = house_symbols(text, house).into_iter().filter_map(symbol).collect();
            let apart = |(range, _): &(Range<usize>, String)| !meets(&own, range);
            let more: Vec<_> = if house.has_free_symbols() {
                Vec::new()
            } else {
                official_links(text, leads).into_iter().filter(apart).collect()
            };
            own.into_iter().chain(more).collect()
        }
    };
    found.sort_by_key(|(range, _)| range.start);
    found
}

/// Returns the symbols, and numbers of resolutions, in the form of the United Nations.
fn official_links(text: &str, leads: Leads) -> Vec<(Range<usize>, String)> {
    let language = leads.language;
    let cited = cited(language);
    let mut found = Vec::new();
    for hit in SYMBOL.iter().flat_map(|symbol| symbol.find_iter(text)) {
        if hit.len() <= LONGEST && hit.as_str().contains(|c: char| c.is_ascii_digit()) {
            found.extend(leads.to(&undivided(hit.as_str())).map(|to| (hit.range(), to)));
        }
    }
    let symbols: Vec<Range<usize>> = found.iter().map(|(range, _)| range.clone()).collect();
    for hit in NUMBER.iter().flat_map(|number| number.captures_iter(text)) {
        let Some(whole) = hit.get(0) else { continue };
        // Symbols do not overlap each other, nor do numbers.
        let symbol = symbols.partition_point(|range| range.end <= whole.start());
        let within = symbols.get(symbol).is_some_and(|range| range.start < whole.end());
        if within || !cited.is_some_and(|cited| cites(text, whole.range(), cited)) {
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
            let part = hit.name("part").map_or("", |part| latin(part.as_str()));
            let session = number.as_str().replace("دإط", "ES").replace("دإ", "S");
            let council = of_human_rights_council(text, whole.range(), language);
            if !council && early(number.as_str()) {
                continue;
            }
            let series = if council { "A/HRC/RES" } else { "A/RES" };
            format!("{series}/{session}{part}")
        } else if let (Some(number), Some(session)) = (hit.name("roman"), hit.name("session")) {
            let figures = session.as_str().strip_prefix("د-").and_then(|figures| figures.parse().ok());
            let session = figures.map_or_else(|| session.as_str().to_owned(), |n| roman(n).to_uppercase());
            format!("A/RES/{}({session})", number.as_str())
        } else if let (Some(number), Some(year)) = (hit.name("council"), hit.name("year")) {
            format!("S/RES/{}({})", number.as_str(), year.as_str())
        } else {
            continue;
        };
        found.extend(leads.to(&symbol).map(|to| (whole.range(), to)));
    }
    found
}

/// Returns the links of a text of several pieces, as it reads without the changes, and with them; each is within a piece.
pub(crate) fn links_of(pieces: &[(Option<Change>, &str)], leads: Leads) -> Vec<(Range<usize>, String)> {
    if pieces.iter().all(|(change, _)| change.is_none()) {
        return links(&pieces.iter().map(|(_, text)| *text).collect::<String>(), leads);
    }
    let [new, old] = Change::ALL.map(|unseen| Reading::without(unseen, pieces).links(leads));
    // A number of which only a part changes leads to the new one.
    let new: Vec<_> = new.into_iter().flatten().collect();
    let replaced = |(range, _): &(Range<usize>, String)| meets(&new, range);
    let mut found: Vec<_> = old.into_iter().filter(|link| !link.iter().any(replaced)).flatten().collect();
    found.extend(new);
    found.sort_by_key(|(range, _)| range.start);
    found
}

/// A text as it reads without its struck or without its inserted pieces.
struct Reading {
    text: String,
    /// Where its pieces begin in it, and their ranges in the whole text.
    pieces: Vec<(usize, Range<usize>)>,
}

impl Reading {
    fn without(unseen: Change, pieces: &[(Option<Change>, &str)]) -> Self {
        let mut reading = Self { text: String::new(), pieces: Vec::with_capacity(pieces.len()) };
        let mut at = 0;
        for (change, text) in pieces {
            let range = at..at + text.len();
            at = range.end;
            if *change != Some(unseen) && !text.is_empty() {
                reading.pieces.push((reading.text.len(), range));
                reading.text += text;
            }
        }
        reading
    }

    /// Returns the parts of each link in the whole text, one for each piece.
    fn links(&self, leads: Leads) -> Vec<Vec<(Range<usize>, String)>> {
        let parts = |(link, to): (Range<usize>, String)| {
            let first = self.pieces.partition_point(|(start, range)| start + range.len() <= link.start);
            let of_link = self.pieces[first..].iter().take_while(|(start, _)| *start < link.end);
            let part = |(start, range): &(usize, Range<usize>)| {
                let from = link.start.saturating_sub(*start);
                range.start + from..range.start + range.len().min(link.end - start)
            };
            of_link.map(|piece| (part(piece), to.clone())).collect()
        };
        links(&self.text, leads).into_iter().map(parts).collect()
    }
}

/// The document's own symbols, to which it does not link: "Resolution 2803 (2025)" is black in the heading
/// of that very resolution.
pub(crate) struct Own {
    symbols: Vec<String>,
    /// Their addresses, if a house has addresses of its own.
    addresses: Vec<String>,
}

/// The sites on which documents are published.
const SITES: [&str; 4] = ["undocs.org/", "www.undocs.org/", "docs.un.org/", "www.un.org/docs/"];

impl Own {
    pub fn of(document: &Document) -> Self {
        let leads = Leads::of(document);
        let texts = || document.symbol.iter().map(Symbol::text);
        let addresses =
            if document.house.is_some() { texts().filter_map(|text| leads.to(text)).collect() } else { Vec::new() };
        Self { symbols: texts().map(bare).collect(), addresses }
    }

    /// Whether an address is that of the document itself, in any language.
    pub fn is_at(&self, address: &str) -> bool {
        if self.addresses.iter().any(|own| own == address) {
            return true;
        }
        let address = bare(address);
        let path = address.split_once("//").map_or("", |(_, rest)| rest);
        let Some(path) = SITES.iter().find_map(|site| path.strip_prefix(&site.to_uppercase())) else { return false };
        let language =
            |code: &str| Language::ALL.iter().any(|language| code.eq_ignore_ascii_case(language.address_code()));
        let symbol = path.split_once('/').filter(|(code, _)| language(code)).map_or(path, |(_, symbol)| symbol);
        let symbol = symbol.trim_end_matches('/');
        self.symbols.iter().any(|own| own == symbol || holds(own, symbol))
    }
}

/// Returns a symbol or an address without spaces, in capitals.
fn bare(text: &str) -> String {
    let spaceless: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    spaceless.replace("%20", "").replace("%28", "(").replace("%29", ")").to_uppercase()
}

/// A symbol of several parts: A/RES/37/100A-D.
static PARTS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new("^(.*[0-9])([A-Z])-([A-Z])$").ok());

/// Whether A/RES/37/100A-D includes A/RES/37/100 or A/RES/37/100B.
fn holds(own: &str, other: &str) -> bool {
    let Some(parts) = PARTS.as_ref().and_then(|parts| parts.captures(own)) else { return false };
    other
        .strip_prefix(&parts[1])
        .is_some_and(|part| part.is_empty() || part.len() == 1 && (&parts[2]..=&parts[3]).contains(&part))
}

/// Returns the letter of a part, which may be given by its Arabic name.
fn latin(part: &str) -> &str {
    match part {
        "ألف" => "A",
        "باء" => "B",
        "جيم" => "C",
        part => part,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(String, String)> {
        found_in(Language::En, text)
    }

    fn found_in(language: Language, text: &str) -> Vec<(String, String)> {
        let site = format!("https://undocs.org/{}/", language.code());
        let shown = |(range, to): (Range<usize>, String)| (text[range].to_owned(), to.replace(&site, ""));
        links(text, Leads::official(language)).into_iter().map(shown).collect()
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
        assert_eq!(pairs(&found("A/RES/1514 (XV), p. 1")), [("A/RES/1514 (XV)", "A/RES/1514(XV)")]);
        assert_eq!(pairs(&found("A/RES/2200 A (XXI);")), [("A/RES/2200 A (XXI)", "A/RES/2200(XXI)")]);
        assert_eq!(pairs(&found("A/RES/3201(S-VI)")), [("A/RES/3201(S-VI)", "A/RES/3201(S-VI)")]);
        assert_eq!(pairs(&found("A/RES/79/7 (II)")), [("A/RES/79/7", "A/RES/79/7")]);
        assert_eq!(pairs(&found("resolutions 1366 (2001) and 1625 (2005)")).len(), 2);
        assert_eq!(pairs(&found("Recalling its resolution 2024/20 of")), [("2024/20", "E/RES/2024/20")]);
        assert_eq!(pairs(&found("Resolution S-30/1, annex.")), [("S-30/1", "A/RES/S-30/1")]);
        assert_eq!(pairs(&found("A/71/53/Add.1/Corr.1.")), [("A/71/53/Add.1/Corr.1", "A/71/53/Add.1/Corr.1")]);
    }

    #[test]
    fn a_document_is_not_at_the_address_of_another() {
        let own = |symbols: &[&str]| {
            let symbol = symbols.iter().map(|symbol| Symbol::from(*symbol)).collect();
            Own::of(&Document { symbol, ..Document::default() })
        };
        for (symbols, address, is_own) in [
            (&["S/RES/2803 (2025)"][..], "https://undocs.org/en/S/RES/2803(2025)", true),
            (&["S/RES/2803 (2025)*"], "https://docs.un.org/ru/S/RES/2803%20(2025)", true),
            (&["S/RES/2803 (2025)"], "https://undocs.org/en/S/RES/2803(2024)", false),
            (&["A/80/434", "S/2025/632"], "http://undocs.org/S/2025/632", true),
            (&["A/80/434", "S/2025/632"], "https://undocs.org/fr/a/80/434", true),
            (&["A/84/L.1/Rev.1"], "https://undocs.org/en/A/84/L.1/Rev.1", true),
            (&["A/84/L.1/Rev.1"], "https://undocs.org/en/A/84/L.1", false),
            (&["A/84/L.1"], "https://undocs.org/en/A/84/L.1/Rev.1", false),
            (&["A/84/L.1"], "https://undocs.org/en/A/84/L.10", false),
            (&["A/RES/37/100 A-D"], "https://undocs.org/en/A/RES/37/100B", true),
            (&["A/RES/37/100 A-D"], "https://undocs.org/en/A/RES/37/100", true),
            (&["A/RES/37/100 A-D"], "https://undocs.org/en/A/RES/37/100E", false),
            (&["A/RES/37/100 A"], "https://undocs.org/en/A/RES/37/100B", false),
            (&["A/84/L.1"], "https://example.org/en/A/84/L.1", false),
        ] {
            assert_eq!(own(symbols).is_at(address), is_own, "{symbols:?} {address}");
        }
    }

    #[test]
    fn changed_numbers_lead_to_what_they_were_and_are() {
        use Change::{Inserted, Struck};
        let of = |pieces: &[(Option<Change>, &str)]| -> String {
            let text: String = pieces.iter().map(|piece| piece.1).collect();
            let links = links_of(pieces, Leads::official(Language::En));
            let shown = |(range, to): &(Range<usize>, String)| format!("{}={}", &text[range.clone()], &to[22..]);
            links.iter().map(shown).collect::<Vec<_>>().join(" ")
        };
        let pieces = [(None, "resolutions "), (Some(Struck), "70/1"), (Some(Inserted), "71/2"), (None, " and 72/3")];
        assert_eq!(of(&pieces), "70/1=A/RES/70/1 71/2=A/RES/71/2 72/3=A/RES/72/3");
        // A number of which only a part changes leads to the new one, and what is struck in it nowhere.
        let pieces = [(None, "See A/80/"), (Some(Struck), "8"), (Some(Inserted), "7"), (None, ".")];
        assert_eq!(of(&pieces), "A/80/=A/80/7 7=A/80/7");
        let pieces = [(None, "See A/80/"), (Some(Inserted), "7"), (Some(Struck), "8"), (None, ".")];
        assert_eq!(of(&pieces), "A/80/=A/80/7 7=A/80/7");
        let pieces = [(None, "its resolution 70/"), (Some(Struck), "1"), (Some(Inserted), "2"), (None, " of")];
        assert_eq!(of(&pieces), "70/=A/RES/70/2 2=A/RES/70/2");
        let pieces = [(None, "see "), (Some(Struck), "resolution"), (Some(Inserted), "decision"), (None, " 70/1")];
        assert_eq!(of(&pieces), "70/1=A/RES/70/1", "as it was");
        // The other numbers of a struck stretch stay.
        let pieces = [(None, "See A/80/"), (Some(Struck), "8, A/80/9 and A/80/"), (None, "7")];
        assert_eq!(of(&pieces), "A/80/=A/80/7 A/80/9=A/80/9 7=A/80/7");
        let pieces = [(None, "A"), (Some(Inserted), "/80/7"), (None, "/Add.1"), (Some(Struck), "/Rev.2"), (None, " a")];
        assert_eq!(of(&pieces), "A=A/80/7/Add.1 /80/7=A/80/7/Add.1 /Add.1=A/80/7/Add.1");
    }

    #[test]
    fn a_house_decides_where_its_symbols_lead() {
        let linked = |symbols, links: Option<&str>, text: &str| {
            let organs = [("SPECPOL".to_owned(), "Committee".to_owned()), ("DR".to_owned(), "Plenary".to_owned())];
            let links = links.and_then(|pattern| crate::model::house::Address::parse(pattern).ok());
            let house = House { symbols, links, organs: organs.into_iter().collect(), ..House::default() };
            let leads = Leads { language: Language::En, house: Some(&house) };
            super::links(text, leads)
                .into_iter()
                .map(|(range, to)| format!("{}={to}", &text[range]))
                .collect::<Vec<_>>()
        };
        let text = "Recalling resolution 70/1, SPECPOL/1/3, DR 1.2. and A/77/L.1 of Drs and DR and XSPECPOL/1";
        let to = Some("https://x.org/{symbol}");
        assert_eq!(linked(None, None, text), Vec::<String>::new());
        let own = ["SPECPOL/1/3=https://x.org/SPECPOL/1/3", "DR 1.2=https://x.org/DR%201.2"];
        assert_eq!(linked(Some(crate::model::house::Symbols::Free), to, text), own);
        let with_numbers = linked(None, to, text);
        assert_eq!(with_numbers[0], "70/1=https://x.org/A/RES/70/1");
        assert_eq!(with_numbers[3], "A/77/L.1=https://x.org/A/77/L.1");
    }

    #[test]
    fn plain_numbers_are_not_links() {
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

    #[test]
    fn in_every_language() {
        use Language::{Ar, Es, Fr, Ru, Zh};
        for (language, text, symbols) in [
            (Fr, "ses résolutions 65/178 du 20 mai, 2200\u{a0}A\u{a0}(XXI) et sa décision 76/563", "65/178 2200(XXI)"),
            (Fr, "les résolutions 34/24 et 40/20 du Conseil des droits de l’homme", "HRC34/24 HRC40/20"),
            (Es, "la resolución\u{a0}16/18\u{a0}del Consejo de Derechos Humanos", "HRC16/18"),
            (Es, "sus decisiones 76/563 y 77/1, y su resolución 70/1, de 25", "70/1"),
            (Ru, "резолюции⍽70/1 и 71/2 B и решение 76/563, резолюция S-30/1", "70/1 71/2B S-30/1"),
            (Ru, "в резолюции 16/18 Совета по правам человека", "HRC16/18"),
            (
                Zh,
                "2010年12月20日第65/178号和第66/220号决议、第1514(XV)号决议和第76/563号决定",
                "65/178 66/220 1514(XV)",
            ),
            (Zh, "人权理事会2011年3月24日第16/18号决议，24/7", "HRC16/18"),
            (Ar, "قراراتها 65/178 المؤرخ 20 أيار و 77/290 باء، القرار 2200 ألف (د-21)", "65/178 77/290B 2200(XXI)"),
            (Zh, "人权理事会第16/18号决议和大会第70/1号决议", "HRC16/18 70/1"),
            (Language::En, "Human Rights Council resolution 16/18 and its resolution 70/1", "HRC16/18 70/1"),
            (Ar, "قرار مجلس حقوق الإنسان 16/18، مقررها 76/563", "HRC16/18"),
            (Ar, "القرار دإ-19/2، قرار الجمعية دإط-11/1", "S-19/2 ES-11/1"),
        ] {
            let text = text.replace('⍽', "\u{a0}");
            let to: Vec<String> = found_in(language, &text).into_iter().map(|(_, to)| to).collect();
            assert_eq!(to.join(" ").replace("A/HRC/RES/", "HRC").replace("A/RES/", ""), symbols, "{text}");
        }
        assert_eq!(pairs(&found_in(Zh, "见A/80/83，第2段。")), [("A/80/83", "A/80/83")]);
        assert_eq!(pairs(&found_in(Zh, "第2704(2023)号决议")), [("2704(2023)", "S/RES/2704(2023)")]);
    }
}
