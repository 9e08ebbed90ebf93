//! The symbol of a file, in a form that masthead can parse.

use std::ops::Range;

use roxmltree::Node as Element;

use super::extensions::is;
use super::{Reader, characters, named, opening, plain};
use crate::model::Kind;
use crate::model::fields::header;
use crate::model::symbol::{Symbol, identity};

/// Returns the symbols of the cover page; if it has no valid one, that of the address in the
/// identification or of the number in the preface.
pub(super) fn symbols(reader: &mut Reader, statement: Element, kind: Option<Kind>) -> Vec<(Range<usize>, Symbol)> {
    let cover = named(statement, "coverPage").next();
    let numbers = || cover.into_iter().flat_map(|cover| named(cover, "docNumber"));
    let mut said: Vec<_> = numbers().filter(|node| is(*node, &header::symbol)).filter_map(said_by).collect();
    if said.is_empty() {
        said.extend(numbers().find_map(said_by));
    }
    if said.is_empty() {
        return elsewhere(reader, statement, kind).into_iter().collect();
    }
    for (node, _) in &said {
        reader.says_all(*node);
    }
    said.into_iter().map(|(node, symbol)| (node.range(), symbol)).collect()
}

/// An element and the symbol in it.
fn said_by<'a, 'i>(node: Element<'a, 'i>) -> Option<(Element<'a, 'i>, Symbol)> {
    Some((node, usual(&plain(node))?))
}

/// The symbol of a file whose cover page says none.
fn elsewhere(reader: &mut Reader, statement: Element, kind: Option<Kind>) -> Option<(Range<usize>, Symbol)> {
    let (node, symbol) = named(statement, "FRBRuri")
        .find_map(|node| Some((node, of_address(node.attribute("value")?, kind)?)))
        .or_else(|| {
            let preface = named(statement, "preface").next()?;
            named(preface, "docNumber").find_map(|node| Some((node, of_number(&plain(node), kind)?)))
        })
        .or_else(|| {
            let titles =
                named(statement, "docTitle").filter(|node| node.attribute("refersTo") == Some("#resolutionNumber"));
            titles.filter_map(|node| Some((node, of_number(figures(&plain(node))?, kind)?))).next()
        })?;
    let message = format!("the cover page says no symbol, and “{}” is taken for it", symbol.printed());
    reader.settle(node, message, "write the symbol on the cover page: <docNumber refersTo=\"#symbol\">");
    Some((opening(node), symbol))
}

/// Normalises the typing of a symbol: no-break spaces and hyphens,
/// Cyrillic letters that look like Latin ones.
fn usual(text: &str) -> Option<Symbol> {
    let text: String = characters::folded(text).chars().filter_map(usual_character).collect();
    // The asterisks of a reissue come at the end.
    let (named, asterisks) = text.split_at(identity(text.trim_end()).len());
    let parts: Vec<&str> = named.split('/').map(str::trim).collect();
    let text = parts.join("/") + asterisks.trim_end();
    Symbol::parse(&text).ok()
}

fn usual_character(c: char) -> Option<char> {
    Some(match c {
        '\u{200b}'..='\u{200f}' | '\u{2060}' => return None,
        c if c.is_whitespace() => ' ',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{ff0f}' => '/',
        '[' | '（' => '(',
        ']' | '）' => ')',
        'А' => 'A',
        'В' => 'B',
        'С' => 'C',
        'Е' => 'E',
        'К' => 'K',
        'М' => 'M',
        'Н' => 'H',
        'О' => 'O',
        'Р' => 'P',
        'Т' => 'T',
        'Х' => 'X',
        c => c,
    })
}

/// Returns A/RES/77/338 for ".../unga/2023-09-01/77-338/".
fn of_address(address: &str, kind: Option<Kind>) -> Option<Symbol> {
    let parts: Vec<&str> = address.split('/').filter(|part| !part.is_empty()).collect();
    let at = parts.iter().position(|part| ["unga", "unsc", "ecosoc"].contains(part))?;
    let (organ, date, number) = (parts[at], parts.get(at + 1)?, parts.get(at + 2)?);
    let series = if kind == Some(Kind::Decision) { "DEC" } else { "RES" };
    // Some also have the year after the number: 2565-2021.
    let year = date.get(..4)?;
    let bare = number.strip_suffix(year).map_or(*number, |number| number.trim_end_matches('-'));
    match organ {
        "unsc" if kind == Some(Kind::PresidentialStatement) => {
            usual(&format!("S/PRST/{}", number.replacen('-', "/", 1)))
        }
        "unsc" => usual(&format!("S/{series}/{bare} ({year})")),
        "ecosoc" => usual(&format!("E/{series}/{}", number.replacen('-', "/", 1))),
        _ => usual(&format!("A/{series}/{}", number.replacen('-', "/", 1))),
    }
}

/// Returns A/RES/77/338 for "77/338.", S/RES/2708 (2023) for "2708 (2023)".
fn of_number(text: &str, kind: Option<Kind>) -> Option<Symbol> {
    let number = text.trim_matches(['.', ' ']);
    let series = if kind == Some(Kind::Decision) { "DEC" } else { "RES" };
    let organ = if number.contains('/') { "A" } else { "S" };
    usual(&format!("{organ}/{series}/{number}")).filter(|_| number.starts_with(|c: char| c.is_ascii_digit()))
}

/// Returns "2777 (2025)" for "Resolution 2777 (2025)".
fn figures(heading: &str) -> Option<&str> {
    heading.get(heading.find(|c: char| c.is_ascii_digit())?..heading.rfind(')')? + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_of_all_times_are_taken() {
        for symbol in [
            "A/RES/1514 (XV)",
            "A/RES/3(I)",
            "A/RES/46/36 L",
            "A/RES/ES-11/1",
            "A/RES/S-30/1",
            "A/RES/37/100 A-D",
            "A/DEC/77/541",
            "S/RES/242 (1967)",
            "S/PRST/2023/5",
            "E/RES/2020/1",
            "A/77/L.107/Rev.1",
        ] {
            assert_eq!(usual(symbol).map(String::from).as_deref(), Some(symbol));
        }
        let usual = |text| usual(text).map(String::from);
        assert_eq!(usual("S/RES/2708\u{a0}(2023) *").as_deref(), Some("S/RES/2708 (2023)*"));
        assert_eq!(usual("А/RES/ES\u{2011}11/1").as_deref(), Some("A/RES/ES-11/1"));
        assert_eq!(usual("A / RES/46/36[L]").as_deref(), Some("A/RES/46/36(L)"));
        assert_eq!(usual("Draft"), None);
    }

    #[test]
    fn addresses_and_numbers_say_symbols() {
        let of_address = |address, kind| of_address(address, kind).map(String::from);
        let of_number = |text, kind| of_number(text, kind).map(String::from);
        let of = |address| of_address(address, Some(Kind::Resolution));
        assert_eq!(of("/akn/un/statement/deliberation/unga/2023-09-01/77-338/").as_deref(), Some("A/RES/77/338"));
        assert_eq!(of("/akn/un/statement/deliberation/unsc/2023-11-14/2708/").as_deref(), Some("S/RES/2708 (2023)"));
        assert_eq!(
            of("/akn/un/statement/deliberation/unsc/2023-11-14/2708-2023/").as_deref(),
            Some("S/RES/2708 (2023)")
        );
        let statement = of_address("/akn/un/x/unsc/2029-11-16/2029-45/", Some(Kind::PresidentialStatement));
        assert_eq!(statement.as_deref(), Some("S/PRST/2029/45"));
        assert_eq!(of("/akn/un"), None);
        assert_eq!(of_number("77/541.", Some(Kind::Decision)).as_deref(), Some("A/DEC/77/541"));
        assert_eq!(
            figures("Resolución 2777 (2025)").and_then(|n| of_number(n, None)).as_deref(),
            Some("S/RES/2777 (2025)")
        );
        assert_eq!(of_number("x", Some(Kind::Decision)), None);
    }
}
