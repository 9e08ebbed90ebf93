//! Tables.

use roxmltree::Node as Element;

use super::{Reader, elements, field, opening, ours, parts, said, text};
use crate::read::tree::{Field, Node, Value};

/// A twentieth of a point.
const TWIPS: f64 = 20.0;

/// A table: the rows of `th` at its head, the other rows, and the widths where they are said.
pub(super) fn table(reader: &mut Reader, node: Element) -> Node {
    let rows: Vec<Element> = node.descendants().filter(|part| part.tag_name().name() == "tr").collect();
    let heads = rows.iter().take_while(|row| elements(**row).all(|cell| cell.tag_name().name() == "th")).count();
    // A table of nothing but heads has no head.
    let heads = if heads == rows.len() { 0 } else { heads };
    // Where the number of heads is said, so are all cells.
    let exact = ours::attribute(node, "heads").and_then(|heads| heads.parse().ok());
    let heads = exact.unwrap_or(heads).min(rows.len());
    let mut fields = caption(reader, node);
    if let Some(widths) = ours::attribute(node, "widths") {
        let widths =
            widths.split(' ').map(|width| Node { value: Value::Number(width.to_owned()), span: opening(node) });
        fields.push(field("widths", opening(node), Value::List(widths.collect())));
    } else if let Some(widths) = rows.iter().find_map(|row| widths(*row)) {
        fields.push(field("widths", opening(node), Value::List(widths)));
    }
    let mut all: Vec<Node> = rows.iter().map(|row| cells(reader, *row)).collect();
    if exact.is_none() {
        level(&mut all, &rows);
    }
    let others = all.split_off(heads);
    for (key, rows) in [("header", all), ("rows", others)] {
        if !rows.is_empty() || key == "rows" {
            fields.push(field(key, opening(node), Value::List(rows)));
        }
    }
    let map = Value::Map(vec![field("table", opening(node), Value::Map(fields))]);
    Node { value: map, span: node.range() }
}

/// Number and title out of the caption.
fn caption(reader: &mut Reader, node: Element) -> Vec<Field> {
    let Some(caption) = elements(node).find(|part| part.tag_name().name() == "caption") else {
        return Vec::new();
    };
    let mut fields = Vec::new();
    if let Some(number) = ours::attribute(caption, "number") {
        fields.push(said("number", opening(caption), number));
    }
    let part = elements(caption).find(|part| ours::attribute(*part, "part") == Some("title"));
    if let Some(title) = part.or_else(|| fields.is_empty().then_some(caption)) {
        fields.push(said("title", title.range(), text::of(reader, [title])));
    }
    fields
}

/// Gives short rows empty cells at their ends, so that all have as many columns.
fn level(nodes: &mut [Node], rows: &[Element]) {
    let spans = |cell: &Element, name| {
        cell.attribute(name).and_then(|value| value.parse::<usize>().ok()).unwrap_or(1).clamp(1, 100)
    };
    let mut widths = vec![0; rows.len()];
    for (at, row) in rows.iter().enumerate() {
        for cell in elements(*row) {
            let last = rows.len().min(at + spans(&cell, "rowspan"));
            widths[at..last].iter_mut().for_each(|width| *width += spans(&cell, "colspan"));
        }
    }
    let widest = widths.iter().copied().max().unwrap_or_default();
    for (node, width) in nodes.iter_mut().zip(widths) {
        let end = node.span.end..node.span.end;
        if let Value::List(cells) = &mut node.value {
            let empty = || Node { value: Value::String(String::new()), span: end.clone() };
            cells.extend(std::iter::repeat_with(empty).take(widest - width));
        }
    }
}

fn cells(reader: &mut Reader, row: Element) -> Node {
    let cells = elements(row).map(|cell| {
        let text = text::of(reader, parts(cell));
        let span = cell.range();
        let number = |name| cell.attribute(name).filter(|value| value.parse::<u16>().is_ok_and(|number| number > 1));
        let mut fields = vec![field("text", span.clone(), Value::String(text))];
        for (key, name) in [("columns", "colspan"), ("rows", "rowspan")] {
            if let Some(value) = number(name) {
                fields.push(field(key, span.clone(), Value::Number(value.to_owned())));
            }
        }
        let align = cell.attributes().find(|attribute| attribute.name() == "data-justification");
        if let Some(align) = align.map(|align| align.value().to_ascii_lowercase())
            && ["center", "right"].contains(&align.as_str())
        {
            fields.push(field("align", span.clone(), Value::String(align)));
        }
        let value = match &mut fields[..] {
            [Field { node, .. }] => std::mem::replace(&mut node.value, Value::Null),
            _ => Value::Map(fields),
        };
        Node { value, span }
    });
    Node { value: Value::List(cells.collect()), span: row.range() }
}

/// The widths of the columns in points, of a row without spans that says them all, in twips.
fn widths(row: Element) -> Option<Vec<Node>> {
    elements(row)
        .map(|cell| {
            let width = cell.attributes().find(|attribute| attribute.name() == "data-width-type")?;
            let twips = width.value().strip_suffix("-dxa")?;
            let single = cell.attribute("colspan").is_none_or(|columns| columns == "1");
            let points = twips.parse::<f64>().ok().filter(|twips| *twips > 0.0 && single)? / TWIPS;
            Some(Node { value: Value::Number(points.to_string()), span: cell.range() })
        })
        .collect()
}
