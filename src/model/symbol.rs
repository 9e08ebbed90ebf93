//! Document symbols: A/77/L.107, A/C.3/80/L.7, S/RES/2803 (2025).
//!
//! The grammar is that of docs/symbols.md.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::limits::LONGEST_SYMBOL;
use crate::error::Error;

/// An organ of the United Nations that issues documents under a symbol of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
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
    /// A/HRC/: it acts itself, in documents of the General Assembly.
    HumanRightsCouncil,
    /// A body whose symbols begin with letters of their own: CEDAW/, ISBA/, …
    Other,
}

impl Organ {
    /// The organs that have words in every language.
    pub const ALL: [Self; 6] = [
        Self::GeneralAssembly,
        Self::SecurityCouncil,
        Self::EconomicAndSocialCouncil,
        Self::TrusteeshipCouncil,
        Self::Secretariat,
        Self::HumanRightsCouncil,
    ];

    /// Returns the organ whose symbols begin with the given letters.
    fn of(letters: &str) -> Self {
        match letters {
            "A" => Self::GeneralAssembly,
            "S" => Self::SecurityCouncil,
            "E" => Self::EconomicAndSocialCouncil,
            "T" => Self::TrusteeshipCouncil,
            "ST" => Self::Secretariat,
            _ => Self::Other,
        }
    }
}

/// The session or year that a symbol names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
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

/// The series of a document among those of its organ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
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

/// A parsed symbol. Text that does not have the form of a symbol is kept as written, with the reason, so that the
/// rest of its document can still be checked.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Symbol {
    /// The symbol without the asterisks of a reissue: it identifies the document.
    text: String,
    /// How often the document was reissued: the number of asterisks after its symbol.
    pub reissues: usize,
    /// The organ under whose name it is issued.
    pub organ: Organ,
    /// The subsidiary organ, as in the symbol: `C.3`, `AC.109`, `HRC`.
    pub subsidiary: Option<String>,
    /// The session or year.
    pub sitting: Option<Sitting>,
    /// The series.
    pub series: Series,
    /// Whether it is a revision (Rev.) of another document.
    pub revised: bool,
    error: Option<String>,
}

impl Symbol {
    /// Parses a symbol.
    ///
    /// # Errors
    ///
    /// What is wrong with it, as a message without a final stop.
    pub fn parse(text: &str) -> Result<Self, Error> {
        Self::parsed(text).map_err(Error::value)
    }

    /// Parses a symbol; else returns what is wrong with it.
    fn parsed(text: &str) -> Result<Self, String> {
        let given = text;
        let text = identity(given);
        let reissues = given.len() - text.len();
        if given.len() > LONGEST_SYMBOL {
            return Err(format!("the symbol has more than {LONGEST_SYMBOL} characters"));
        }
        if reissues > MOST_REISSUES {
            return Err(format!("a symbol may end with at most {MOST_REISSUES} asterisks, one for each reissue"));
        }
        let allowed = |c: char| c.is_ascii_alphanumeric() || "/.-() ".contains(c);
        if let Some(c) = text.chars().find(|&c| !allowed(c)) {
            return Err(match c {
                '*' => "the asterisk of a reissue must be at the end of the symbol".into(),
                c => format!("a symbol must not contain “{c}”"),
            });
        }
        let parts: Vec<&str> = text.split('/').collect();
        if parts.len() < 2 || parts.iter().any(|part| part.trim() != *part || part.is_empty()) {
            return Err("a symbol must have parts separated by slashes, none of them empty".into());
        }
        if !is_body(parts[0]) {
            return Err(format!("a symbol must begin with the capital letters of a body, not with “{}”", parts[0]));
        }
        let organ = Organ::of(parts[0]);
        let rest = &parts[1..];
        let subsidiary = rest.iter().find(|part| is_subsidiary(part)).map(|s| (*s).to_owned());
        let series = rest.iter().find_map(|part| series(part)).unwrap_or(Series::Main);
        let sitting = match series {
            Series::Resolution if organ == Organ::SecurityCouncil => None,
            // What the numbers of other bodies mean is known only for a few (prepare/words/bodies.tsv).
            _ if organ == Organ::Other => None,
            // The last part is the number of the document, never a session.
            _ => rest[..rest.len() - 1].iter().find_map(|part| sitting(part)),
        };
        if !rest.iter().any(|part| part.contains(|c: char| c.is_ascii_digit())) {
            return Err("a symbol must have a number".into());
        }
        let revised = rest.iter().any(|part| is_revision(part));
        Ok(Self { text: text.to_owned(), reissues, organ, subsidiary, sitting, series, revised, error: None })
    }

    /// Creates a symbol of a house with symbols of any form: it names neither an organ of the United Nations nor a
    /// session.
    pub fn free(given: &str) -> Self {
        let error = match given.chars().count() {
            0 => Some("the symbol is empty".to_owned()),
            1..=LONGEST_SYMBOL if !given.contains(char::is_control) => None,
            1..=LONGEST_SYMBOL => Some("a symbol must be on one line".to_owned()),
            _ => Some(format!("the symbol has more than {LONGEST_SYMBOL} characters")),
        };
        Self { error, ..Self::shapeless(given) }
    }

    /// Parses a symbol of a house, whose symbols may be free.
    ///
    /// # Errors
    ///
    /// What is wrong with it, as a message without a final stop.
    pub fn of_house(text: &str, free: bool) -> Result<Self, Error> {
        if !free {
            return Self::parse(text);
        }
        let symbol = Self::free(text);
        match &symbol.error {
            Some(error) => Err(Error::value(error)),
            None => Ok(symbol),
        }
    }

    fn shapeless(given: &str) -> Self {
        let text = identity(given);
        let parts = || text.split(['/', ' ']);
        Self {
            text: text.to_owned(),
            reissues: given.len() - text.len(),
            organ: Organ::Other,
            subsidiary: None,
            sitting: None,
            series: parts().find_map(series).unwrap_or(Series::Main),
            revised: parts().any(is_revision),
            error: None,
        }
    }

    /// Returns why it is not well-formed, as a sentence without a final stop.
    pub fn error(&self) -> Option<&str> {
        self.error.as_deref()
    }

    /// Returns the organ that acts: in documents of the General Assembly, it can be the Human Rights Council.
    pub fn acting(&self) -> Organ {
        if self.subsidiary.as_deref() == Some("HRC") { Organ::HumanRightsCouncil } else { self.organ }
    }

    /// Returns the symbol without the asterisks of a reissue.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the symbol of several texts under one number without their letters: "A/RES/84/80" for
    /// "A/RES/84/80 A-B" and "A/RES/84/80 A and B".
    pub fn without_letters(&self) -> &str {
        let symbol = self.text.trim_end();
        let is_letters = |word: &&str| {
            let mut parts = word.split(['-', '\u{2013}']);
            word.is_ascii() && parts.all(|part| part.len() == 1 && part.starts_with(|c: char| c.is_ascii_uppercase()))
                || matches!(*word, "and" | "to")
        };
        let mut end = symbol.len();
        for word in symbol.rsplit(' ').take_while(is_letters) {
            end = end.saturating_sub(word.len() + 1);
        }
        &symbol[..end]
    }

    /// Returns the symbol as it is printed, with the asterisks of a reissue.
    pub fn printed(&self) -> String {
        format!("{}{}", self.text, "*".repeat(self.reissues))
    }

    /// Returns the address of the document itself, as in its QR code (measured on A/80/L.2):
    /// `https://docs.un.org/en/A/77/L.107`.
    pub fn address(&self, language: super::Language) -> String {
        format!("https://docs.un.org/{}/{}", language.address_code(), unspaced(&self.text))
    }

    /// Returns the first letters, which are printed large on page 1, and the printed rest.
    pub fn head_and_rest(&self) -> (String, String) {
        let printed = self.printed();
        let end = || printed.find(|c: char| !c.is_alphabetic()).unwrap_or(printed.len());
        let (head, rest) = printed.split_at(printed.find(['/', ' ']).unwrap_or_else(end));
        (head.to_owned(), rest.to_owned())
    }
}

/// Symbols are the same if they are written in the same way.
impl PartialEq for Symbol {
    fn eq(&self, other: &Self) -> bool {
        (self.text(), self.reissues) == (other.text(), other.reissues)
    }
}

impl Eq for Symbol {}

impl From<&str> for Symbol {
    fn from(given: &str) -> Self {
        Self::parsed(given).unwrap_or_else(|error| Self { error: Some(error), ..Self::shapeless(given) })
    }
}

impl From<String> for Symbol {
    fn from(given: String) -> Self {
        given.as_str().into()
    }
}

impl From<Symbol> for String {
    fn from(symbol: Symbol) -> Self {
        symbol.printed()
    }
}

/// The most asterisks after a symbol.
const MOST_REISSUES: usize = 3;

/// Returns a symbol without the asterisks of a reissue, which identifies the document.
pub fn identity(symbol: &str) -> &str {
    symbol.trim_end_matches('*')
}

/// Returns whether symbols of a body may begin with the given letters: "CEDAW", "ICC-ASP", "IDB.50".
fn is_body(letters: &str) -> bool {
    const LONGEST: usize = 12;
    let fits = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || ".-".contains(c);
    letters.len() <= LONGEST && letters.starts_with(|c: char| c.is_ascii_uppercase()) && letters.chars().all(fits)
}

impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Returns the public address to which a symbol in running text links, without checking it:
/// `https://undocs.org/en/A/RES/79/7`.
pub fn address(symbol: &str, language: super::Language) -> String {
    format!("https://undocs.org/{}/{}", language.address_code(), unspaced(symbol))
}

fn unspaced(symbol: &str) -> String {
    symbol.chars().filter(|c| !c.is_whitespace()).collect()
}

fn is_subsidiary(part: &str) -> bool {
    const NAMED: [&str; 4] = ["HRC", "BUR", "ICEF", "WGAP"];
    let numbered = ["C.", "AC.", "CN.", "CONF.", "SUB."];
    NAMED.contains(&part) || numbered.iter().any(|head| part.strip_prefix(head).is_some_and(|n| number(n).is_some()))
}

fn is_revision(part: &str) -> bool {
    part.strip_prefix("Rev.").is_some_and(|n| number(n).is_some())
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
    use crate::model::Language;

    #[test]
    fn symbols_are_parsed() {
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
            ("A/HRC/58/L.4", GeneralAssembly, Some("HRC"), Some(Sitting::Session(58)), Series::Limited),
            ("CEDAW/C/CAF/CO/6", Other, None, None, Series::Main),
            ("FCCC/SBI/2029/L.3/Rev.1", Other, None, None, Series::Limited),
            ("ECE/TRANS/WP.29/2029/12", Other, None, None, Series::Other),
            ("ICCD/COP(16)/L.2", Other, None, None, Series::Limited),
            ("GC.20/5", Other, None, None, Series::Main),
        ];
        for (text, organ, subsidiary, sitting, series) in cases {
            let symbol = Symbol::parse(text).unwrap();
            assert_eq!((symbol.organ, symbol.series), (organ, series), "{text}");
            assert_eq!(symbol.subsidiary.as_deref(), subsidiary, "{text}");
            assert_eq!(symbol.sitting, sitting, "{text}");
        }
    }

    #[test]
    fn invalid_symbols_are_refused() {
        for text in [
            "",
            "A",
            "A/",
            "a/77/1",
            "Draft/1",
            "77/1",
            "A//1",
            "A/77*/1",
            "A/77/1****",
            "A/77/L.107\n",
            "A/abc",
            "A/77/<1>",
            "A/ 77/1",
        ] {
            assert!(Symbol::parse(text).is_err(), "{text}");
        }
        assert!(Symbol::parse(&format!("A/{}", "7".repeat(LONGEST_SYMBOL))).is_err());
    }

    #[test]
    fn what_is_no_symbol_is_kept_as_it_is_written() {
        for text in ["", "a/77/1", "S/2029/1 ", "A/77/1****", "A/RES/84/80"] {
            let symbol = Symbol::from(text);
            assert_eq!(symbol.error().map(str::to_owned), Symbol::parse(text).err().map(|error| error.to_string()));
            assert_eq!(String::from(symbol.clone()), text);
            assert!(symbol.error().is_none() || (symbol.organ, symbol.sitting) == (Organ::Other, None));
        }
    }

    #[test]
    fn free_symbols_have_any_form() {
        for (text, head, revised) in [
            ("SPECPOL/1/3", "SPECPOL", false),
            ("DR 1.2/Rev.1", "DR", true),
            ("CC 2031/114", "CC", false),
            ("A1", "A", false),
        ] {
            let symbol = Symbol::free(text);
            assert_eq!((symbol.error(), symbol.organ, symbol.sitting), (None, Organ::Other, None), "{text}");
            assert_eq!((symbol.head_and_rest().0.as_str(), symbol.revised), (head, revised), "{text}");
        }
        for wrong in ["", "A\nB", &"x".repeat(LONGEST_SYMBOL + 1)] {
            assert!(Symbol::free(wrong).error().is_some());
        }
    }

    #[test]
    fn a_reissue_is_the_same_document() {
        for (text, is, head, rest) in [
            ("A/78/L.1*", "A/78/L.1", "A", "/78/L.1*"),
            ("S/RES/2803 (2025)**", "S/RES/2803 (2025)", "S", "/RES/2803 (2025)**"),
            ("CRC/C/GC/20/Rev.1*", "CRC/C/GC/20/Rev.1", "CRC", "/C/GC/20/Rev.1*"),
        ] {
            let symbol = Symbol::parse(text).unwrap();
            assert_eq!((symbol.to_string().as_str(), symbol.printed().as_str()), (is, text));
            assert_eq!(symbol.head_and_rest(), (head.to_owned(), rest.to_owned()));
            assert_eq!(symbol.address(Language::En), Symbol::parse(is).unwrap().address(Language::En));
            assert_eq!(symbol.revised, is.contains("Rev."));
        }
    }

    #[test]
    fn the_letters_of_parts_are_removed() {
        for (symbol, bare) in [
            ("A/RES/84/80 A-B", "A/RES/84/80"),
            ("A/RES/84/80 A*", "A/RES/84/80"),
            ("A/RES/84/80 A and B", "A/RES/84/80"),
            ("A/RES/84/80", "A/RES/84/80"),
            ("S/RES/2803 (2025)", "S/RES/2803 (2025)"),
            ("A/RES/1514 (XV) A", "A/RES/1514 (XV)"),
        ] {
            assert_eq!(Symbol::from(symbol).without_letters(), bare, "{symbol}");
        }
    }

    #[test]
    fn addresses_have_no_spaces() {
        let symbol = Symbol::parse("S/RES/2803 (2025)").unwrap();
        let address = symbol.address(Language::En);
        assert_eq!(address, "https://docs.un.org/en/S/RES/2803(2025)");
    }
}
