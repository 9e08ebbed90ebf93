//! Numbers and labels that masthead assigns automatically.

use super::Reader;
use crate::prepare::words::words;
use crate::read::tree::{Field, Node, Value};

/// Leaves out numbers and labels that are assigned automatically: 1., 2., 3. and (a), (b), (c).
pub(super) fn numbers(reader: &Reader, blocks: &mut [Node]) {
    let mut next = 1;
    for block in blocks {
        let Value::Map(map) = &mut block.value else { continue };
        let [Field { key, node, .. }] = &mut map[..] else { continue };
        let Value::Map(fields) = &mut node.value else { continue };
        labels(reader, fields, 1);
        if key != "operative" {
            continue;
        }
        let anyhow =
            |node: &Node| node.value == Value::String(format!("{next}.")) && !reader.kept.contains(&node.span.start);
        fields.retain(|field| field.key != "number" || !anyhow(&field.node));
        next += 1;
    }
}

/// Leaves out the labels of the sub-paragraphs in those fields that are assigned automatically.
fn labels(reader: &Reader, fields: &mut [Field], level: u8) {
    let Some(Value::List(items)) = fields.iter_mut().find(|field| field.key == "items").map(|f| &mut f.node.value)
    else {
        return;
    };
    for (index, item) in items.iter_mut().enumerate() {
        let Value::Map(fields) = &mut item.value else { continue };
        let usual = words(reader.language).label(level, index);
        let anyhow =
            |node: &Node| node.value == Value::String(usual.clone()) && !reader.kept.contains(&node.span.start);
        fields.retain(|field| field.key != "label" || !anyhow(&field.node));
        labels(reader, fields, level.saturating_add(1));
    }
}
