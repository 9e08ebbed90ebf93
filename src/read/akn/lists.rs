//! Lists and sub-paragraphs.

use roxmltree::Node as Element;

use super::fields::{Fields, together};
use super::mended;
use super::passage::Passage;
use super::{Reader, elements, opening, ours, parts, said};
use crate::read::tree::{Node, Value};

/// The sub-paragraphs of a list; a list within belongs to the one before it.
pub(super) fn list(reader: &mut Reader, node: Element, fields: &mut Fields) {
    if !reader.deeper(node) {
        return;
    }
    for part in elements(node) {
        match part.tag_name().name() {
            "intro" | "listIntroduction" => {
                let said = reader.text(part);
                fields.text = Some(match fields.text.take() {
                    Some(before) => together(before, said),
                    None => said,
                });
            }
            "wrapUp" | "listWrapUp" | "wrap" => {
                fields.goes_on.extend(parts(part).into_iter().map(|line| reader.text(line)));
            }
            "point" | "item" | "indent" | "li" | "paragraph" | "subparagraph" | "clause" | "alinea" => {
                let item = point(reader, part);
                fields.item(item);
            }
            "sublist" | "list" | "blockList" | "ul" | "ol" => {
                let mut inner = Fields::default();
                list(reader, part, &mut inner);
                match fields.items.last_mut() {
                    Some(last) => {
                        let mut item = Passage::of(last);
                        item.adopt(inner.passage(part));
                        *last = item.node("label");
                    }
                    None => fields.adopt(inner),
                }
            }
            _ => {
                reader.not_understood(part, "its text is kept");
                fields.goes_on.push(reader.text(part));
            }
        }
    }
    reader.depth -= 1;
}

pub(super) fn point(reader: &mut Reader, node: Element) -> Node {
    let mut fields = Fields::default();
    let mut label = None;
    for part in elements(node) {
        match part.tag_name().name() {
            "num" if label.is_none() => label = ours::label(reader, part).map(|label| (opening(part), label)),
            "list" | "blockList" | "sublist" | "ul" | "ol" => list(reader, part, &mut fields),
            "content" | "intro" => {
                for line in parts(part) {
                    if matches!(line.tag_name().name(), "blockList" | "list") {
                        list(reader, line, &mut fields);
                    } else if ours::attribute(line, "part") == Some("continue") {
                        fields.goes_on.push(reader.text(line));
                    } else {
                        fields.texts.push(line);
                    }
                    fields.say(reader);
                }
            }
            "wrapUp" => fields.goes_on.extend(parts(part).into_iter().map(|line| reader.text(line))),
            _ if ours::attribute(part, "part") == Some("continue") => fields.goes_on.push(reader.text(part)),
            _ => fields.texts.push(part),
        }
        fields.say(reader);
    }
    let mut item = Vec::new();
    if let Some((place, label)) = label {
        item.push(said("label", place, label));
    }
    fields.text.get_or_insert_with(|| Node::text("", node.range()));
    fields.into_fields(&mut item, node.range());
    Node { value: Value::Map(item), span: node.range() }
}

/// The number and the text of a paragraph that begins with a number and a tab: "1.", in Arabic "1 -";
/// but not of one that belongs to a list, the block before it.
pub(super) fn numbered(node: Element, text: &Node, before: Option<&mut Node>) -> Option<(String, String)> {
    let Value::String(text) = &text.value else {
        return None;
    };
    let figures = text.find(|c: char| !c.is_ascii_digit()).filter(|figures| (1..=3).contains(figures))?;
    let stop = ["\u{a0}-", " -", ".", "-"].into_iter().find(|stop| text[figures..].starts_with(stop))?;
    let (number, rest) = text.split_at(figures + stop.len());
    let rest = rest.strip_prefix(' ')?;
    let said: String = node.descendants().filter_map(|part| part.text().filter(|_| part.is_text())).collect();
    let tabbed = said.trim_start().strip_prefix(number).is_some_and(|rest| rest.starts_with('\t'));
    let listed = before.and_then(mended::passage_in).map(|before| Passage::of(before)).is_some_and(|before| {
        before.items.last().and_then(|item| item.label.as_ref()).is_some_and(|label| label.ends_with('.'))
            || (before.items.is_empty() && before.text.ends_with([':', '：']))
    });
    (tabbed && !listed).then(|| (number.to_owned(), rest.to_owned()))
}

/// The label and the text of a paragraph that begins with a label and a tab, or with a label in
/// brackets: "(a) To …".
pub(super) fn labelled(node: Element, text: &Node) -> Option<(String, String)> {
    let Value::String(text) = &text.value else {
        return None;
    };
    let (label, rest) = text.split_once(' ')?;
    let short = (1..=8).contains(&label.chars().count());
    let said: String = node.descendants().filter_map(|part| part.text().filter(|_| part.is_text())).collect();
    let tabbed = said.trim_start().strip_prefix(label).is_some_and(|rest| rest.starts_with('\t'));
    let bracketed =
        label.ends_with([')', '）', '‘']) && label.trim_matches(['(', ')', '（', '）', '’', '‘']).chars().count() <= 4;
    let counted = tabbed && (label.ends_with('.') || label.chars().all(|c| ('\u{3220}'..='\u{3229}').contains(&c)));
    (short && (bracketed || counted)).then(|| (label.to_owned(), rest.to_owned()))
}

/// Whether a text might be taken for a sub-paragraph by its first word.
pub(crate) fn is_labelled(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    first.chars().count() <= 8 && !first.ends_with(char::is_alphanumeric)
}
