//! The kind of a document, determined only by its symbol and its metadata.

use roxmltree::Node as Element;

use super::cover::date_of;
use super::{Reader, named as elements_named, plain};
use crate::model::symbol::{Series, Symbol};
use crate::model::{Date, Kind};
use crate::read::dates;

/// Returns the name of a statement of that kind: "draftResolution".
pub(crate) fn statement_name(kind: Kind) -> String {
    let mut words = kind.name().split('-');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| name + &word[..1].to_ascii_uppercase() + &word[1..])
}

/// Parses the kind that a document names, in any spelling: "draftResolution", "Draft resolution".
pub(super) fn named(statement: Element) -> Option<Kind> {
    let letters =
        |text: &str| text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect::<String>();
    let name = letters(statement.attribute("name").unwrap_or_default());
    let exact = Kind::ALL.into_iter().find(|kind| letters(kind.name()) == name);
    let has = |word: &str| name.contains(word);
    let alike = || match () {
        () if has("draft") && has("decision") => Some(Kind::DraftDecision),
        () if has("draft") && has("resolution") => Some(Kind::DraftResolution),
        () if has("amendment") => Some(Kind::Amendment),
        () if has("president") && has("statement") => Some(Kind::PresidentialStatement),
        () if has("letter") => Some(Kind::Letter),
        () if has("report") => Some(Kind::Report),
        () if has("agenda") => Some(Kind::Agenda),
        () if has("note") => Some(Kind::Note),
        () => None,
    };
    let of_element = || match statement.tag_name().name() {
        "amendment" | "amendmentList" => Some(Kind::Amendment),
        "debateReport" => Some(Kind::Report),
        _ => None,
    };
    exact.or_else(alike).or_else(of_element)
}

/// Returns the kind of a document, given the kind it names and whether it gives a date of adoption. A text
/// is adopted only if its symbol is that of adopted texts, or if
/// the file gives a date of adoption; a document that names no kind is running text.
pub(super) fn kind(
    reader: &mut Reader,
    statement: Element,
    (named, adopted): (Option<Kind>, bool),
    symbol: Option<&Symbol>,
) -> Kind {
    if reader.exact
        && let Some(kind) = named
    {
        return kind;
    }
    let series = symbol.map(|symbol| symbol.series);
    match (series, named) {
        (Some(Series::Statement), _) => Kind::PresidentialStatement,
        (Some(Series::Resolution | Series::Decision), Some(kind)) if kind.is_adopted() => kind,
        (Some(Series::Resolution), _) => Kind::Resolution,
        (Some(Series::Decision), _) => Kind::Decision,
        (Some(Series::Limited), None) => Kind::DraftResolution,
        (_, Some(kind)) if kind.is_adopted() && (series == Some(Series::Limited) || !adopted) => draft_of(kind),
        (_, Some(kind)) => kind,
        (_, None) => {
            reader.not_understood(
                statement,
                "its name and symbol do not identify a kind of document; it is rendered as a note",
            );
            Kind::Note
        }
    }
}

fn draft_of(kind: Kind) -> Kind {
    if kind == Kind::Decision { Kind::DraftDecision } else { Kind::DraftResolution }
}

/// Reports if the identification has a different date from the page, whose date is used.
pub(super) fn settle_adoption(reader: &mut Reader, statement: Element, printed: Element) {
    let days: Vec<Date> = printed_days(statement).filter_map(date_of).collect();
    if let (Some(other), Some(day)) = (identified(statement).and_then(date_of), date_of(printed))
        && printed.tag_name().name() == "docDate"
        && !days.contains(&other)
    {
        let message = format!("the page gives {day} as the date of adoption, but the identification gives {other}");
        reader.settle(printed, message, "correct the one that is wrong; the date on the page is used");
    }
}

/// Returns the dates on the page that are marked as dates of adoption.
fn printed_days<'a, 'i>(statement: Element<'a, 'i>) -> impl Iterator<Item = Element<'a, 'i>> {
    let called = |node: &Element| {
        node.attribute("refersTo").is_some_and(|refers| refers.trim_start_matches('#') == "adoptionDate")
    };
    elements_named(statement, "docDate").filter(called)
}

/// Returns the date of adoption in the identification.
fn identified<'a, 'i>(statement: Element<'a, 'i>) -> Option<Element<'a, 'i>> {
    let is_adoption = |node: &Element| node.attribute("name").is_some_and(|name| name.eq_ignore_ascii_case("adoption"));
    elements_named(statement, "FRBRdate").find(|node| is_adoption(node) && date_of(*node).is_some())
}

/// Returns the element with the date of adoption: a date on the page marked as such, else the
/// identification.
pub(super) fn adoption<'a, 'i>(statement: Element<'a, 'i>) -> Option<Element<'a, 'i>> {
    let dated = |node: &Element| date_of(*node).is_some();
    let printed = printed_days(statement).find(dated);
    // What people read is more reliable than what only programs read.
    let says_so = |node: &Element| dates::date(&plain(*node)).ok() == date_of(*node);
    printed.filter(says_so).or_else(|| identified(statement)).or(printed).or_else(|| {
        // The date of the meeting that closes an adopted text.
        let conclusions = elements_named(statement, "conclusions").next()?;
        elements_named(conclusions, "docDate").find(dated)
    })
}
