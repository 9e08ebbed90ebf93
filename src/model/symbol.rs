//! Document symbols: A/77/L.107, A/C.3/80/L.7, S/RES/2803 (2025).
//!
//! The grammar is that of RULES.md, section *Symbols*.

use std::fmt;

/// An organ of the United Nations that issues documents under a symbol of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Organ {
    /// A/
    GeneralAssembly,
    /// S/
    SecurityCouncil,
    /// E/
    EconomicAndSocialCouncil,
    /// T/
    TrusteeshipCouncil,
    /// ST/
    Secretariat,
}

impl Organ {
    /// Every organ.
    pub const ALL: [Self; 5] = [
        Self::GeneralAssembly,
        Self::SecurityCouncil,
        Self::EconomicAndSocialCouncil,
        Self::TrusteeshipCouncil,
        Self::Secretariat,
    ];

    /// The first part of its symbols.
    pub fn letters(self) -> &'static str {
        match self {
            Self::GeneralAssembly => "A",
            Self::SecurityCouncil => "S",
            Self::EconomicAndSocialCouncil => "E",
            Self::TrusteeshipCouncil => "T",
            Self::Secretariat => "ST",
        }
    }

    fn of(letters: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|organ| organ.letters() == letters)
    }
}

/// The session or year that a symbol names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sitting {
    /// A regular session: 77.
    Session(u16),
    /// An emergency special session: ES-11.
    EmergencySpecial(u16),
    /// A special session: S-32.
    Special(u16),
    /// A year: 2025.
    Year(u16),
}

/// What a document is within its organ's documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Series {
    /// No letters: A/77/123.
    Main,
    /// L.: drafts, of limited distribution.
    Limited,
    /// RES: adopted resolutions.
    Resolution,
    /// DEC: adopted decisions.
    Decision,
    /// PRST: statements by the President of the Security Council.
    Statement,
    /// PV. and SR.: verbatim and summary records.
    Record,
    /// INF, NGO, WP., CRP. and others.
    Other,
}

/// A symbol taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbol {
    text: String,
    /// The organ.
    pub organ: Organ,
    /// The subsidiary organ as the symbol names it: `C.3`, `AC.109`, `HRC`.
    pub subsidiary: Option<String>,
    /// The session or year.
    pub sitting: Option<Sitting>,
    /// The series.
    pub series: Series,
}

impl Symbol {
    /// Takes a symbol apart.
    ///
    /// # Errors
    ///
    /// What is wrong with it, as a sentence without a final stop.
    pub fn parse(text: &str) -> Result<Self, String> {
        let allowed = |c: char| c.is_ascii_alphanumeric() || "/.-() ".contains(c);
        if let Some(c) = text.chars().find(|&c| !allowed(c)) {
            return Err(format!("a symbol has no “{c}” in it"));
        }
        let parts: Vec<&str> = text.split('/').collect();
        let organ =
            Organ::of(parts[0]).ok_or_else(|| format!("no organ has symbols that begin with “{}/”", parts[0]))?;
        if parts.len() < 2 || parts.iter().any(|part| part.trim() != *part || part.is_empty()) {
            return Err("a symbol has parts divided by strokes, none of them empty".into());
        }
        let rest = &parts[1..];
        let subsidiary = rest.iter().find(|part| is_subsidiary(part)).map(|s| (*s).to_owned());
        let series = rest.iter().find_map(|part| series(part)).unwrap_or(Series::Main);
        let sitting = match series {
            Series::Resolution if organ == Organ::SecurityCouncil => None,
            // The last part is the document's own number, never a session.
            _ => rest[..rest.len() - 1].iter().find_map(|part| sitting(part)),
        };
        if !rest.iter().any(|part| part.contains(|c: char| c.is_ascii_digit())) {
            return Err("a symbol has a number".into());
        }
        Ok(Self { text: text.to_owned(), organ, subsidiary, sitting, series })
    }

    /// The address of the document itself, as its QR code has it (measured on A/80/L.2):
    /// `https://docs.un.org/en/A/77/L.107`.
    pub fn address(&self, language: super::Language) -> String {
        format!("https://docs.un.org/{}/{}", language.code(), unspaced(&self.text))
    }

    /// The first letters, which are printed large on page 1, and the rest.
    pub fn head_and_rest(&self) -> (&str, &str) {
        self.text.split_at(self.organ.letters().len())
    }
}

impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// The public address to which a symbol in running text leads, without checking it:
/// `https://undocs.org/en/A/RES/79/7`.
pub fn address(symbol: &str, language: super::Language) -> String {
    format!("https://undocs.org/{}/{}", language.code(), unspaced(symbol))
}

fn unspaced(symbol: &str) -> String {
    symbol.chars().filter(|c| !c.is_whitespace()).collect()
}

fn is_subsidiary(part: &str) -> bool {
    const NAMED: [&str; 4] = ["HRC", "BUR", "ICEF", "WGAP"];
    let numbered = ["C.", "AC.", "CN.", "CONF.", "SUB."];
    NAMED.contains(&part) || numbered.iter().any(|head| part.strip_prefix(head).is_some_and(|n| number(n).is_some()))
}

fn series(part: &str) -> Option<Series> {
    let (head, _) = part.split_once('.').unwrap_or((part, ""));
    match head {
        "L" => Some(Series::Limited),
        "RES" => Some(Series::Resolution),
        "DEC" => Some(Series::Decision),
        "PRST" => Some(Series::Statement),
        "PV" | "SR" => Some(Series::Record),
        "INF" | "NGO" | "WP" | "CRP" => Some(Series::Other),
        _ => None,
    }
}

fn sitting(part: &str) -> Option<Sitting> {
    if let Some(n) = part.strip_prefix("ES-").and_then(number) {
        return Some(Sitting::EmergencySpecial(n));
    }
    if let Some(n) = part.strip_prefix("S-").and_then(number) {
        return Some(Sitting::Special(n));
    }
    match number(part)? {
        year @ 1900.. => Some(Sitting::Year(year)),
        session => Some(Sitting::Session(session)),
    }
}

fn number(text: &str) -> Option<u16> {
    let digits = !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_are_taken_apart() {
        use Organ::*;
        let cases = [
            ("A/77/L.107", GeneralAssembly, None, Some(Sitting::Session(77)), Series::Limited),
            ("A/C.3/80/L.26/Rev.1", GeneralAssembly, Some("C.3"), Some(Sitting::Session(80)), Series::Limited),
            ("A/AC.109/2025/L.9", GeneralAssembly, Some("AC.109"), Some(Sitting::Year(2025)), Series::Limited),
            ("A/RES/78/323", GeneralAssembly, None, Some(Sitting::Session(78)), Series::Resolution),
            ("A/ES-11/L.7", GeneralAssembly, None, Some(Sitting::EmergencySpecial(11)), Series::Limited),
            ("A/S-32/1", GeneralAssembly, None, Some(Sitting::Special(32)), Series::Main),
            ("S/RES/2803 (2025)", SecurityCouncil, None, None, Series::Resolution),
            ("E/2025/L.10", EconomicAndSocialCouncil, None, Some(Sitting::Year(2025)), Series::Limited),
            ("A/CONF.230/1", GeneralAssembly, Some("CONF.230"), None, Series::Main),
        ];
        for (text, organ, subsidiary, sitting, series) in cases {
            let symbol = Symbol::parse(text).unwrap();
            assert_eq!((symbol.organ, symbol.series), (organ, series), "{text}");
            assert_eq!(symbol.subsidiary.as_deref(), subsidiary, "{text}");
            assert_eq!(symbol.sitting, sitting, "{text}");
        }
    }

    #[test]
    fn what_is_no_symbol_is_refused() {
        for text in ["", "A", "A/", "X/77/1", "A//1", "A/77/L.107\n", "A/abc", "A/77/<1>", "A/ 77/1"] {
            assert!(Symbol::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn addresses_have_no_spaces() {
        let symbol = Symbol::parse("S/RES/2803 (2025)").unwrap();
        let address = symbol.address(crate::model::Language::En);
        assert_eq!(address, "https://docs.un.org/en/S/RES/2803(2025)");
    }
}
