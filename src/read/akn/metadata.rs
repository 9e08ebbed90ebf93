//! The metadata of a statement: its subjects, the way to its adoption, and how it was voted on.

use roxmltree::Node as Element;

use super::cover::date_of;
use super::{elements, field, named, opening, plain, said};
use crate::read::tree::{Field, Node, Value};

/// Reads the metadata, if there is any.
pub(super) fn metadata(statement: Element) -> Option<Field> {
    let meta = elements(statement).find(|part| part.tag_name().name() == "meta")?;
    let of = |name: &'static str| elements(meta).filter(move |part| part.tag_name().name() == name);
    let classification = of("classification").map(classification);
    let workflow = of("workflow").flat_map(|part| named(part, "step")).map(step);
    let voting = of("analysis").flat_map(|part| named(part, "voting")).map(voting);
    let lists = [
        ("classification", classification.collect::<Vec<_>>()),
        ("workflow", workflow.collect()),
        ("voting", voting.collect()),
    ];
    let fields: Vec<Field> = lists
        .into_iter()
        .filter(|(_, list)| !list.is_empty())
        .map(|(key, list)| field(key, opening(meta), Value::List(list)))
        .collect();
    (!fields.is_empty()).then(|| field("metadata", opening(meta), Value::Map(fields)))
}

/// Returns those attributes of an element that are given, as fields.
fn attributes(node: Element, names: &[(&str, &str)]) -> Vec<Field> {
    let given = |(name, key): &(&str, &str)| {
        let value = node.attribute(*name).filter(|value| !value.is_empty())?;
        Some(said(key, opening(node), value))
    };
    names.iter().filter_map(given).collect()
}

fn map(node: Element, fields: Vec<Field>) -> Node {
    Node { value: Value::Map(fields), span: opening(node) }
}

fn classification(node: Element) -> Node {
    let mut fields = attributes(node, &[("source", "source")]);
    let keywords = named(node, "keyword").map(keyword).collect();
    fields.push(field("keywords", opening(node), Value::List(keywords)));
    map(node, fields)
}

fn keyword(node: Element) -> Node {
    let value = node.attribute("value").unwrap_or_default();
    let mut fields = vec![said("value", opening(node), value)];
    let names = [("shortForm", "short"), ("dictionary", "dictionary"), ("href", "address"), ("refersTo", "refers_to")];
    fields.extend(attributes(node, &names));
    if let Some(shown) = node.attribute("showAs").filter(|shown| *shown != value) {
        fields.push(said("shown", opening(node), shown));
    }
    map(node, fields)
}

fn step(node: Element) -> Node {
    let mut fields = vec![said("outcome", opening(node), node.attribute("outcome").unwrap_or_default())];
    fields.extend(date_of(node).map(|day| said("date", opening(node), day)));
    fields.extend(attributes(node, &[("as", "document"), ("by", "by"), ("refersTo", "refers_to")]));
    map(node, fields)
}

fn voting(node: Element) -> Node {
    let mut fields = vec![said("outcome", opening(node), node.attribute("outcome").unwrap_or_default())];
    for (name, key) in [("inFavour", "in_favour"), ("against", "against"), ("abstaining", "abstaining")] {
        let of_kind =
            |count: &Element| count.attribute("refersTo").is_some_and(|refers| refers.trim_start_matches('#') == name);
        let Some(count) = named(node, "count").find(of_kind) else { continue };
        let states: Vec<Node> =
            named(count, "organization").map(|state| Node::text(plain(state), state.range())).collect();
        let number = count.attribute("value").and_then(|value| value.parse::<u16>().ok());
        let number = number.map_or(states.len().min(usize::from(u16::MAX)), usize::from);
        let mut inner = vec![field("number", opening(count), Value::Number(number.to_string()))];
        if !states.is_empty() {
            inner.push(field("states", opening(count), Value::List(states)));
        }
        fields.push(field(key, opening(count), Value::Map(inner)));
    }
    map(node, fields)
}
