//! Lists and sub-paragraphs.

use roxmltree::Node as Element;

use super::fields::{Fields, together};
use super::flow;
use super::passage::Passage;
use super::pieces::split;
use super::quotes::quoted;
use super::{Reader, elements, extensions, names, opening, parts, repairs, said};
use crate::model::Text;
use crate::read::tree::{Node, Value};

/// Reads the sub-paragraphs of a list; a nested list belongs to the one before it. HTML lists have
/// labels of their own.
pub(super) fn list(reader: &mut Reader, node: Element, fields: &mut Fields) {
    if !reader.deeper(node) {
        return;
    }
    let mut count = 0;
    for part in elements(node) {
        match part.tag_name().name() {
            "intro" | "listIntroduction" | "num" | "heading" | "subheading" => {
                let said = reader.text(part);
                fields.text = Some(match fields.text.take() {
                    Some(before) => together(before, said),
                    None => said,
                });
            }
            "wrapUp" | "listWrapUp" | "wrap" => {
                fields.continuation.extend(parts(part).into_iter().map(|line| reader.text(line)));
            }
            name if names::is_list(name) => {
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
            name if names::is_unit(name) => {
                count += 1;
                let usual = match node.tag_name().name() {
                    "ul" => Some("•".to_owned()),
                    "ol" => Some(part.attribute("value").map_or_else(|| format!("{count}."), str::to_owned)),
                    _ => None,
                };
                let item = point(reader, part, usual);
                fields.item(item);
            }
            "eol" => {}
            name => {
                if !names::is_block(name) {
                    reader.not_understood(part, "its text is kept");
                }
                fields.continuation.push(reader.text(part));
            }
        }
    }
    reader.depth -= 1;
}

/// Reads a sub-paragraph; one without a number gets the given label, if any.
pub(super) fn point(reader: &mut Reader, node: Element, usual: Option<String>) -> Node {
    let mut fields = Fields { is_counted: true, ..Fields::default() };
    let num = elements(node).find(|part| part.tag_name().name() == "num");
    let label = num.and_then(|num| extensions::label(reader, num).map(|label| (opening(num), label)));
    within(reader, node, num, &mut fields);
    let mut item = Vec::new();
    if let Some((place, label)) = label.or(usual.map(|label| (opening(node), label))) {
        item.push(said("label", place, label));
    }
    fields.text.get_or_insert_with(|| Node::inline(Text::default(), node.range()));
    fields.into_fields(&mut item, node.range());
    Node { value: Value::Map(item), span: node.range() }
}

/// Reads the content of a sub-paragraph besides its label.
fn within(reader: &mut Reader, node: Element, num: Option<Element>, fields: &mut Fields) {
    if !reader.deeper(node) {
        return;
    }
    for piece in flow::pieces(node) {
        let Some(part) = fields.piece(reader, piece) else { continue };
        match part.tag_name().name() {
            _ if num == Some(part) => {}
            name if names::is_list(name) => list(reader, part, fields),
            name if names::is_unit(name) => {
                let item = point(reader, part, None);
                fields.item(item);
            }
            "quotedStructure" | "embeddedStructure" => {
                let mut blocks = Vec::new();
                quoted(reader, part, &mut blocks);
                blocks.iter().for_each(|block| lines_of(block, fields));
            }
            name if names::is_holder(name) || names::is_line(name) => within(reader, part, num, fields),
            name => {
                if !names::is_block(name) {
                    reader.not_understood(part, "its text is kept");
                }
                let text = reader.text(part);
                fields.line(text);
            }
        }
    }
    reader.depth -= 1;
}

/// Adds the texts of a block as lines of a sub-paragraph.
fn lines_of(node: &Node, fields: &mut Fields) {
    match &node.value {
        Value::Text(text) if super::characters::visible(text.written()) => fields.line(node.clone()),
        Value::List(nodes) => nodes.iter().for_each(|node| lines_of(node, fields)),
        Value::Map(map) => map.iter().for_each(|field| lines_of(&field.node, fields)),
        _ => {}
    }
}

/// Splits number and text of a paragraph that begins with a number and a tab: "1.", in Arabic "1 -";
/// but not of one that belongs to a list in the block before it.
pub(super) fn numbered(node: Element, text: &Node, before: Option<&mut Node>) -> Option<(String, Text)> {
    let (text, first) = begun(text)?;
    let figures = first.find(|c: char| !c.is_ascii_digit()).filter(|figures| (1..=3).contains(figures))?;
    let stop = ["\u{a0}-", " -", ".", "-"].into_iter().find(|stop| first[figures..].starts_with(stop))?;
    let (number, rest) = first.split_at(figures + stop.len());
    rest.strip_prefix(' ')?;
    let said: String = node.descendants().filter_map(|part| part.text().filter(|_| part.is_text())).collect();
    let tabbed = said.trim_start().strip_prefix(number).is_some_and(|rest| rest.starts_with('\t'));
    let listed = before.and_then(repairs::passage_in).map(|before| Passage::of(before)).is_some_and(|before| {
        before.items.last().and_then(|item| item.label.as_ref()).is_some_and(|label| label.ends_with('.'))
            || (before.items.is_empty() && before.text.written().ends_with([':', '：']))
    });
    (tabbed && !listed).then(|| (number.to_owned(), split(text, number.len()).1))
}

/// Splits label and text of a paragraph that begins with a label and a tab, or with a label in
/// brackets: "(a) To …".
pub(super) fn labelled(node: Element, text: &Node) -> Option<(String, Text)> {
    let (text, first) = begun(text)?;
    let (label, _) = first.split_once(' ')?;
    let short = (1..=8).contains(&label.chars().count());
    let said: String = node.descendants().filter_map(|part| part.text().filter(|_| part.is_text())).collect();
    let tabbed = said.trim_start().strip_prefix(label).is_some_and(|rest| rest.starts_with('\t'));
    let bracketed =
        label.ends_with([')', '）', '‘']) && label.trim_matches(['(', ')', '（', '）', '’', '‘']).chars().count() <= 4;
    let counted = tabbed && (label.ends_with('.') || label.chars().all(|c| ('\u{3220}'..='\u{3229}').contains(&c)));
    (short && (bracketed || counted)).then(|| (label.to_owned(), split(text, label.len()).1))
}

/// Returns a text, and how it begins without a style.
fn begun(node: &Node) -> Option<(&Text, &str)> {
    let Value::Text(text) = &node.value else { return None };
    Some((text, text.pieces().first().filter(|first| first.is_plain())?.text()?))
}

/// Whether a text might be mistaken for a sub-paragraph because of its first word.
pub(crate) fn is_labelled(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    first.chars().count() <= 8 && !first.ends_with(char::is_alphanumeric)
}
