//! The names of bodies other than the principal organs, by the letters of their symbols (`bodies.tsv`).

use std::sync::LazyLock;

use super::{words, words_of};
use crate::model::symbol::{Organ, Sitting};
use crate::model::{Document, Language, Symbol};

static TABLE: &str = include_str!("bodies.tsv");

/// The order of the languages in the table.
const COLUMNS: [Language; 7] =
    [Language::En, Language::Fr, Language::Es, Language::Ru, Language::Zh, Language::Ar, Language::De];

struct Row {
    letters: &'static str,
    says: &'static str,
    names: Vec<&'static str>,
}

/// The rows, with the longest letters first.
static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let row = |line: &'static str| {
        let mut cells = line.split('\t');
        let (letters, says) = (cells.next()?, cells.next()?);
        Some(Row { letters, says, names: cells.take(COLUMNS.len()).collect() })
    };
    let mut rows: Vec<Row> = TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(row).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.letters.len()));
    rows
});

/// Returns the row for a symbol with such an entry, and what follows its letters in the symbol.
fn row<'s>(symbol: &'s str, says: &str) -> Option<(&'static Row, &'s str)> {
    ROWS.iter().filter(|row| row.says == says).find_map(|row| {
        let rest = symbol.strip_prefix(row.letters)?;
        // "GC.20/5" belongs to "GC", but "CATS/1" not to "CAT".
        rest.starts_with(['/', '.']).then_some((row, &rest[1..]))
    })
}

fn name(symbol: &Symbol, says: &str, language: Language) -> Option<&'static str> {
    let (row, _) = row(symbol.text(), says)?;
    let column = COLUMNS.iter().position(|column| *column == language)?;
    row.names.get(column).copied().filter(|name| !name.is_empty())
}

/// Returns the name under which a document of that symbol is issued, if known.
fn organ(symbol: &Symbol, language: Language) -> Option<&'static str> {
    let council = || words(language).organ(Organ::EconomicAndSocialCouncil);
    match symbol.organ {
        Organ::Other if name(symbol, "organ", Language::En) == Some("E") => Some(council()),
        Organ::Other => name(symbol, "organ", language),
        organ => Some(words(language).organ(organ)),
    }
}

/// Returns the names of the organs of a document, one per symbol; `organ` in the document names the one that is
/// not known, or else the first.
pub(crate) fn organs(document: &Document) -> Vec<Option<String>> {
    let language = document.language;
    let words = words_of(document);
    let principal = |symbol: &Symbol| Some(words.organ(symbol.organ)).filter(|name| !name.is_empty());
    let known = |symbol: &Symbol| match &document.house {
        Some(house) => house.organ(symbol.text()).or_else(|| principal(symbol)).map(str::to_owned),
        None => organ(symbol, language).map(str::to_owned),
    };
    let mut names: Vec<Option<String>> = document.symbol.iter().map(known).collect();
    let given = names.iter().position(Option::is_none).unwrap_or_default();
    if let (Some(said), Some(name)) = (&document.organ, names.get_mut(given)) {
        *name = Some(said.clone());
    }
    names
}

/// Returns the body that the session block names first: "Human Rights Council".
pub(crate) fn body(document: &Document, symbol: &Symbol) -> Option<&'static str> {
    // The table has bodies of the United Nations.
    let of_house = document.house.is_none() || symbol.acting() == Organ::HumanRightsCouncil;
    official_body(symbol, document.language).filter(|_| of_house)
}

/// Returns the body that the session block of a document of the United Nations names first.
pub(crate) fn official_body(symbol: &Symbol, language: Language) -> Option<&'static str> {
    match symbol.acting() {
        Organ::HumanRightsCouncil => Some(words(language).organ(Organ::HumanRightsCouncil)),
        _ => name(symbol, "body", language),
    }
}

/// Returns the session or year in a symbol of a document.
pub(crate) fn sitting(document: &Document, symbol: &Symbol) -> Option<Sitting> {
    /// The highest session number.
    const MOST: u16 = 999;
    let counted = || {
        let (_, rest) = row(symbol.text(), "sessions")?;
        let number: u16 = rest.split_once('/')?.0.parse().ok()?;
        (number <= MOST).then_some(Sitting::Session(number))
    };
    symbol.sitting.or_else(|| counted().filter(|_| document.house.is_none()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound() {
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            assert_eq!(cells.len(), 3 + COLUMNS.len(), "{line}");
            assert!(["organ", "body", "sessions"].contains(&cells[1]) && !cells[2].is_empty(), "{line}");
            assert!(!cells[2 + COLUMNS.len()].is_empty(), "{line}: no source");
            assert_eq!(
                TABLE.lines().filter(|other| other.starts_with(&format!("{}\t{}\t", cells[0], cells[1]))).count(),
                1,
                "{line}"
            );
        }
    }

    #[test]
    fn bodies_by_their_symbols() {
        for (symbol, language, named, above) in [
            ("A/80/L.1", Language::En, "General Assembly", None),
            ("A/HRC/58/L.4", Language::En, "General Assembly", Some("Human Rights Council")),
            ("A/HRC/WG.6/7/ITA/1", Language::Fr, "Assemblée générale", Some("Conseil des droits de l’homme")),
            (
                "CEDAW/C/CAF/CO/6",
                Language::Ru,
                "Конвенция о ликвидации всех форм дискриминации в отношении женщин",
                Some("Комитет по ликвидации дискриминации в отношении женщин"),
            ),
            ("CRC/C/GC/20*", Language::Ar, "اتفاقية حقوق الطفل", Some("لجنة حقوق الطفل")),
            (
                "ECE/TRANS/WP.29/2029/1",
                Language::Es,
                "Consejo Económico y Social",
                Some("Comisión Económica para Europa"),
            ),
            (
                "E/C.12/GC/25",
                Language::En,
                "Economic and Social Council",
                Some("Committee on Economic, Social and Cultural Rights"),
            ),
            ("UNEP/EA.6/L.1", Language::En, "United Nations Environment Programme", None),
            ("UNEP/CBD/COP/10/1", Language::En, "Convention on Biological Diversity", None),
            ("GC.20/5", Language::En, "United Nations Industrial Development Organization", None),
            ("CATS/1", Language::En, "", None),
        ] {
            let symbol = Symbol::parse(symbol).unwrap();
            assert_eq!(organ(&symbol, language).unwrap_or_default(), named, "{symbol}");
            let document = Document { language, ..Document::default() };
            assert_eq!(body(&document, &symbol), above, "{symbol}");
        }
    }

    #[test]
    fn every_known_body_has_a_name() {
        for letters in [
            "CCPR", "CEDAW", "CRC", "CAT", "CERD", "CMW", "CRPD", "CED", "E/C.12", "FCCC", "ECE", "ESCAP", "ECA", "LC",
            "ESCWA", "DP", "UNEP", "TD", "CD", "LOS", "ISBA", "SPLOS", "PBC", "NPT", "HSP", "ID", "IDB", "ICCD", "CBD",
            "UNW", "WFP", "HRI", "ST", "SG", "T", "DC",
        ] {
            let symbol = Symbol::parse(&format!("{letters}/2029/1")).unwrap();
            let unnamed: Vec<Language> =
                Language::OFFICIAL.into_iter().filter(|language| organ(&symbol, *language).is_none()).collect();
            let not_sure = if letters == "HRI" { vec![Language::Ar, Language::Zh] } else { Vec::new() };
            assert_eq!(unnamed, not_sure, "{letters}");
        }
    }

    #[test]
    fn sessions_of_bodies() {
        let of = |symbol| sitting(&Document::default(), &Symbol::parse(symbol).unwrap());
        assert_eq!(of("ESCAP/80/1"), Some(Sitting::Session(80)));
        assert_eq!(of("ISBA/29/C/1"), Some(Sitting::Session(29)));
        assert_eq!(of("ESCAP/RES/80/1"), None);
        assert_eq!(of("ECE/TRANS/328/Add.1"), None);
        assert_eq!(of("A/80/L.1"), Some(Sitting::Session(80)));
    }

    #[test]
    fn a_document_names_its_body() {
        let organs = |symbols: &[&str]| {
            let symbol = symbols.iter().map(|symbol| Symbol::from(*symbol)).collect();
            let document = Document { organ: Some("Tides Board".into()), symbol, ..Document::default() };
            organs(&document).into_iter().map(Option::unwrap_or_default).collect::<Vec<_>>()
        };
        assert_eq!(organs(&["TIDE/1"]), ["Tides Board"]);
        assert_eq!(organs(&["NPT/CONF.2029/1"]), ["Tides Board"]);
        assert_eq!(organs(&["A/84/1", "TIDE/1"]), ["General Assembly", "Tides Board"]);
    }
}
