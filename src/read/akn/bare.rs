//! Lines of the cover page without an element of their own, identified by their words: sessions, agenda
//! items, committees, dates, and what the page prints in any case.

use std::ops::Range;

use super::characters::same_name;
use super::{Reader, field, said};
use crate::model::symbol::Sitting;
use crate::model::{Distribution, Symbol};
use crate::prepare::words::{Words, words};
use crate::read::dates;
use crate::read::tree::{Field, Value};

/// How many bytes of a line may follow an agenda item: more than its wording takes in any language.
const AFTER_ITEM: usize = 64;
/// The highest session number that is recognised.
const MOST: u16 = 199;

/// Whether a line contains a header field, which is added unless it is already given.
pub(super) fn placed(reader: &Reader, text: &str, span: &Range<usize>, fields: &mut Vec<Field>) -> bool {
    let words = words(reader.language);
    if says_anyhow(words, text, &reader.symbols) {
        return true;
    }
    let Some(found) = session(words, text, span)
        .or_else(|| distribution(words, text, span))
        .or_else(|| item(words, text, span))
        .or_else(|| committee(words, text, span))
        .or_else(|| Some(said("date", span.clone(), dates::date(text).ok()?.to_string())))
    else {
        return false;
    };
    match fields.iter().find(|field| field.key == found.key) {
        Some(given) => given.node.value == found.node.value,
        None => {
            fields.push(found);
            true
        }
    }
}

/// Whether the page prints a line without any field: the name of the United Nations or of the organ.
fn says_anyhow(words: &Words, text: &str, symbols: &[Symbol]) -> bool {
    let organs = symbols.iter().map(|symbol| words.organ(symbol.organ));
    std::iter::once(words.publisher.as_str()).chain(organs).any(|line| same_name(line, text))
}

/// Reads the distribution.
fn distribution(words: &Words, text: &str, span: &Range<usize>) -> Option<Field> {
    let found = Distribution::ALL.into_iter().find(|status| same_name(words.distribution(*status), text))?;
    Some(said("distribution", span.clone(), found.name()))
}

/// Reads a session as its number; a special one is kept as written.
fn session(words: &Words, text: &str, span: &Range<usize>) -> Option<Field> {
    let is = |sitting| same_name(&words.sitting(sitting), text);
    if let Some(number) = (1..=MOST).find(|number| is(Sitting::Session(*number))) {
        return Some(field("session", span.clone(), Value::Number(number.to_string())));
    }
    let special = |number| is(Sitting::Special(number)) || is(Sitting::EmergencySpecial(number));
    (1..=MOST).any(special).then(|| said("session", span.clone(), text))
}

fn item(words: &Words, text: &str, span: &Range<usize>) -> Option<Field> {
    item_of(words, text).map(|item| said("agenda_item", span.clone(), item))
}

/// Reads the number and letter of an agenda item: "Agenda item 71 (b)".
pub(super) fn item_of<'t>(words: &Words, text: &'t str) -> Option<&'t str> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let ends = text
        .char_indices()
        .map(|(at, c)| at + c.len_utf8())
        .filter(|end| *end > start && text.len() - end <= AFTER_ITEM);
    let mut items = ends.map(|end| &text[start..end]).filter(|item| !item.ends_with(char::is_whitespace));
    items.rfind(|item| same_name(&words.agenda_line(item), text))
}

/// Reads a Main Committee.
fn committee(words: &Words, text: &str, span: &Range<usize>) -> Option<Field> {
    words.committees.iter().find(|name| same_name(name, text)).map(|name| said("body_name", span.clone(), name))
}
