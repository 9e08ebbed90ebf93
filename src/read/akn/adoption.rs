//! How a text was adopted, its number and title, and its closing lines.

use roxmltree::Node as Element;

use super::characters::same_name;
use super::cover::{Facts, date_of, same, says_if};
use super::pieces::{chained, followed, split};
use super::{Reader, elements, extensions, field, headings, named, plain, said, text, worded};
use crate::model::fields::header;
use crate::model::symbol::Organ;
use crate::model::{Kind, Text};
use crate::prepare::words::words;
use crate::read::tree::{Field, Node, Value};

/// Reads the lines that state the adoption.
pub(super) fn title(reader: &mut Reader, node: Element, refers: &str, facts: &Facts, fields: &mut Vec<Field>) {
    if !facts.kind.is_adopted() {
        fields.push(worded("title", node.range(), text::of(reader, [node])));
        return;
    }
    if refers == "#resolutionNumber"
        && !reader.exact
        && let Some(number) = stated(&plain(node), facts)
        && !reader.symbols.first().is_some_and(|symbol| same_name(number_of(symbol.text()), &number))
    {
        let message = format!(
            "the heading names resolution {number}, but the symbol has another number; both are printed as given"
        );
        reader.settle(node, message, "correct the one that is wrong");
        reader.says_all(node);
        fields.push(said("number", node.range(), number));
        return;
    }
    if refers == "#resolutionNumber" {
        if let Some(number) = reader.symbols.first().map(|symbol| number_of(symbol.text())) {
            let stopped = |text: &str| text.trim_end_matches([',', '،', '，', '.']).to_owned();
            let expected = stopped(&facts.words.resolution(number));
            says_if(reader, node, same_name(&expected, &stopped(&plain(node))));
        }
        return;
    }
    let (lines, expected) = if refers == "#adoption" {
        let meeting = named(node, "inline").next().map(plain).unwrap_or_default();
        let date = named(node, "docDate").next().map(plain).unwrap_or_default();
        let whole = text::of(reader, [node]);
        let expected = facts.words.adopted_at(facts.organ, &meeting, &facts.adopted);
        let lines = if whole.written().ends_with(&date) {
            vec![split(&whole, whole.plain().len() - date.len()).0, Text::verbatim(&date)]
        } else {
            vec![whole]
        };
        if !meeting.is_empty() {
            fields.push(said("meeting", node.range(), meeting));
        }
        (lines, expected)
    } else {
        let expected = facts.words.adoption(facts.parts, facts.kind, facts.organ, &facts.adopted);
        (vec![text::of(reader, [node])], expected)
    };
    let lines: Vec<Text> = lines.into_iter().filter(|line| !line.written().is_empty()).collect();
    if facts.adopted.is_empty() || !same(&expected.join(" "), chained(&lines, " ").written()) {
        let lines = lines.into_iter().map(|line| Node::inline(line, node.range()));
        fields.push(field("adopted_text", node.range(), Value::List(lines.collect())));
    }
}

/// Returns what follows "RES/" or "DEC/" in a symbol.
pub(super) fn number_of(symbol: &str) -> &str {
    symbol.match_indices('/').nth(1).map_or(symbol, |(at, _)| &symbol[at + 1..])
}

/// Returns the number in a heading such as "Resolution 2510 (2020)", if it contains nothing else.
fn stated(text: &str, facts: &Facts) -> Option<String> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let end = start + text[start..].rfind(')')? + 1;
    let number = &text[start..end];
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '(' | ')');
    let says = same_name(&facts.words.resolution(number), text);
    (says && number.chars().all(is_number)).then(|| number.to_owned())
}

/// Reads number and title, and on a separate line the letter of one of several resolutions.
pub(super) fn preface(reader: &mut Reader, line: Element, facts: &Facts, fields: &mut Vec<Field>) {
    let number = named(line, "docNumber").next();
    if number.is_some_and(|node| extensions::is(node, &header::part)) {
        let part = text::title(reader, line);
        fields.push(worded("part", line.range(), part));
        return;
    }
    if let Some(node) = number {
        let text = reader.plain(node);
        fields.push(said("number", node.range(), text.trim_end_matches('.')));
    }
    if let Some(node) = named(line, "docTitle").next() {
        // There may be a note next to the title.
        let usual =
            facts.kind == Kind::PresidentialStatement && same(&facts.words.kinds.presidential_statement, &plain(node));
        if usual && named(line, "authorialNote").next().is_none() && extensions::text_of(node).is_none() {
            reader.says_all(node);
            return;
        }
        let beside = elements(line).filter(|other| other.tag_name().name() == "authorialNote");
        let marks = beside.filter_map(|note| reader.mark(note)).collect();
        let title = followed(text::title(reader, node), marks);
        fields.push(worded("title", node.range(), title));
    }
}

/// Reads the title of a statement of the President of the Security Council, which is the first
/// paragraph of the body in some files; the usual title is printed in any case.
pub(super) fn statement_title(reader: &mut Reader, fields: &mut Vec<Field>, body: &mut Vec<Node>) {
    if reader.kind != Kind::PresidentialStatement || reader.exact || fields.iter().any(|field| field.key == "title") {
        return;
    }
    let usual = words(reader.language).kinds.presidential_statement.as_str();
    let Some(title) = body.first().and_then(|block| headings::title_of(block, usual)) else { return };
    let Value::Text(text) = &title.value else { return };
    if !same(&text.plain(), usual) {
        fields.push(Field::new("title", title));
    }
    body.remove(0);
}

/// Reads meetings and dates. Other words of the conclusions, and a date that is not that of the
/// adoption, are left unclaimed.
pub(super) fn conclusions(reader: &mut Reader, part: Element, facts: &Facts, fields: &mut Vec<Field>) {
    let is_meeting =
        |node: &Element| node.tag_name().name() == "location" || node.attribute("name") == Some("adoptionMeeting");
    if facts.organ == Organ::SecurityCouncil || fields.iter().any(|field| field.key == "meeting") {
        return;
    }
    let mut meetings = part.descendants().filter(is_meeting);
    let Some(node) = meetings.next() else { return };
    let meeting = text::of(reader, [node]);
    if meeting.written().is_empty() {
        return;
    }
    fields.push(worded("meeting", node.range(), meeting));
    let mut dates: Vec<Element> = named(part, "docDate").collect();
    if let Some(first) = dates.iter().position(|date| same(&facts.adopted, &plain(*date))) {
        reader.says_all(dates.remove(first));
    }
    if facts.kind.is_adopted() {
        also(reader, &meetings.collect::<Vec<_>>(), &dates, facts, fields);
    }
}

/// Reads the other meetings and dates, which correspond in the order of the file: first all
/// meetings, then all dates.
fn also(reader: &mut Reader, meetings: &[Element], dates: &[Element], facts: &Facts, fields: &mut Vec<Field>) {
    let mut list = Vec::new();
    for index in 0..meetings.len().max(dates.len()) {
        let mut one = Vec::new();
        if let Some(meeting) = meetings.get(index) {
            one.push(worded("meeting", meeting.range(), text::of(reader, [*meeting])));
        }
        one.retain(|field| field.node.written() != Some(""));
        if let Some((date, day)) = dates.get(index).and_then(|date| Some((date, date_of(*date)?)))
            && same(&facts.words.date_in_words(day), &plain(*date))
        {
            reader.says_all(*date);
            one.push(said("date", date.range(), day));
        }
        let span = one.first().map(|field| field.node.span.clone());
        list.extend(span.map(|span| Node { value: Value::Map(one), span }));
    }
    let span = list.first().map(|first| first.span.clone());
    fields.extend(span.map(|span| field("also_adopted", span, Value::List(list))));
}
