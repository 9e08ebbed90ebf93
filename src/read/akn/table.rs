//! Tables.

use roxmltree::Node as Element;

use super::named_parts::{called, texts};
use super::pieces::chained;
use super::{Reader, elements, extensions, field, opening, own_words, parts, said, text, worded};
use crate::model::limits::MOST_COLUMNS;
use crate::model::{REMARKS, Text};
use crate::read::tree::{Field, Node, Value};

/// A twentieth of a point.
const TWIPS: f64 = 20.0;
/// The maximum number of rows of one table.
const MOST_ROWS: usize = 4_000;

/// Reads a table: the text above it, the rows of `th` at the top, the other rows, and the widths
/// if given. A table with more columns than fit on a page becomes paragraphs, one per row.
pub(super) fn table(reader: &mut Reader, node: Element, out: &mut Vec<Node>) {
    if let Some(heads) = extensions::attribute(node, "heads").and_then(|heads| heads.parse().ok()) {
        out.push(exact(reader, node, heads));
        return;
    }
    for caption in elements(node).filter(|part| part.tag_name().name() == "caption") {
        let text = reader.text(caption);
        let map = Value::Map(vec![field("paragraph", caption.range(), text.value)]);
        out.push(Node { value: map, span: caption.range() });
    }
    let mut rows = Vec::new();
    rows_in(node, &mut rows);
    rows.retain(|row| elements(*row).next().is_some());
    let heads = rows.iter().take_while(|row| elements(**row).all(|cell| cell.tag_name().name() == "th")).count();
    // A table of header rows only has no header.
    let heads = if heads == rows.len() || heads > MOST_ROWS { 0 } else { heads };
    let all: Vec<Vec<Cell>> = rows.iter().map(|row| cells(reader, *row)).collect();
    let (head, body) = all.split_at(heads);
    let columns = grid(head).1.max(grid(body).1);
    if columns == 0 {
        return;
    }
    if columns > MOST_COLUMNS {
        reader.not_understood(node, "it has more columns than fit on a page; its rows are kept as paragraphs");
        for row in all {
            let texts = row.iter().map(|cell| &cell.text).filter(|text| !text.written().is_empty());
            let text = Value::Text(chained(texts, " | "));
            out.push(Node { value: Value::Map(vec![field("paragraph", node.range(), text)]), span: node.range() });
        }
        return;
    }
    let widths = rows.iter().find_map(|row| widths(*row)).filter(|widths| widths.len() == columns);
    let head = filled(head, columns);
    let body = filled(body, columns);
    for (index, rows) in body.chunks(MOST_ROWS).enumerate() {
        let mut fields = Vec::new();
        if let Some(widths) = &widths {
            fields.push(field("widths", opening(node), Value::List(widths.clone())));
        }
        if index == 0 && !head.is_empty() {
            fields.push(field("header", opening(node), Value::List(head.clone())));
        }
        fields.push(field("rows", opening(node), Value::List(rows.to_vec())));
        let map = Value::Map(vec![field("table", opening(node), Value::Map(fields))]);
        out.push(Node { value: map, span: node.range() });
    }
}

/// Reads a table whose form is given exactly.
fn exact(reader: &mut Reader, node: Element, heads: usize) -> Node {
    own_words::says_own(reader, node);
    let mut fields = Vec::new();
    let caption = elements(node).find(|part| part.tag_name().name() == "caption");
    if let Some(number) = caption.and_then(extensions::set_number) {
        fields.push(said("number", opening(node), number));
    }
    for name in ["title", "units"] {
        let part = |caption| elements(caption).find(|part| extensions::attribute(*part, "part") == Some(name));
        if let Some(part) = caption.and_then(part) {
            fields.push(worded(name, part.range(), text::of(reader, [part])));
        }
    }
    fields.extend(extensions::landscape(node));
    if let Some(widths) = extensions::attribute(node, "widths") {
        let width = |width: &str| Node { value: Value::Number(width.to_owned()), span: opening(node) };
        fields.push(field("widths", opening(node), Value::List(widths.split(' ').map(width).collect())));
    }
    let mut rows: Vec<Node> = Vec::new();
    let mut notes = Vec::new();
    for row in elements(node).filter(|part| part.tag_name().name() == "tr") {
        match extensions::attribute(row, "below") {
            Some("note") => {
                let mark = extensions::attribute(row, "mark").and_then(extensions::unescaped).unwrap_or_default();
                let text = called(row, "note").next().unwrap_or(row);
                notes.push(Field { key: mark, key_span: opening(row), node: reader.text(text) });
            }
            Some(_) => texts(reader, row, &REMARKS.map(|name| (name, name)), &mut fields),
            None => rows.push(exact_row(reader, row)),
        }
    }
    let others = rows.split_off(heads.min(rows.len()));
    if !rows.is_empty() {
        fields.push(field("header", opening(node), Value::List(rows)));
    }
    fields.push(field("rows", opening(node), Value::List(others)));
    if !notes.is_empty() {
        fields.push(field("notes", opening(node), Value::Map(notes)));
    }
    Node { value: Value::Map(vec![field("table", opening(node), Value::Map(fields))]), span: node.range() }
}

/// Reads a row of a table whose form is given exactly.
fn exact_row(reader: &mut Reader, row: Element) -> Node {
    let said = cells(reader, row).into_iter().zip(elements(row)).map(|(mut cell, element)| {
        if justification(element).as_deref() == Some("left") {
            cell.align = Some("left".into());
        }
        cell_node(&cell, cell.columns, cell.rows)
    });
    let cells = Node { value: Value::List(said.collect()), span: row.range() };
    if extensions::attribute(row, "total") != Some("true") {
        return cells;
    }
    let fields = vec![field("cells", opening(row), cells.value), field("total", opening(row), Value::Bool(true))];
    Node { value: Value::Map(fields), span: row.range() }
}

/// How the lines of a cell are aligned in its file.
fn justification(cell: Element) -> Option<String> {
    let given = cell.attributes().find(|attribute| attribute.name() == "data-justification")?;
    Some(given.value().to_ascii_lowercase())
}

/// A cell before it is placed in the grid.
#[derive(Clone)]
struct Cell {
    text: Text,
    columns: usize,
    rows: usize,
    align: Option<String>,
    span: std::ops::Range<usize>,
}

/// Returns the rows of a table, without those of nested tables.
fn rows_in<'a, 'i>(node: Element<'a, 'i>, rows: &mut Vec<Element<'a, 'i>>) {
    for part in elements(node) {
        match part.tag_name().name() {
            "tr" => rows.push(part),
            "thead" | "tbody" | "tfoot" => rows_in(part, rows),
            _ => {}
        }
    }
}

fn cells(reader: &mut Reader, row: Element) -> Vec<Cell> {
    let cell = |cell: Element| {
        let spans = |name| cell.attribute(name).and_then(|value| value.trim().parse::<usize>().ok()).unwrap_or(1);
        let align = justification(cell);
        Cell {
            text: text::of(reader, parts(cell)),
            columns: spans("colspan").clamp(1, 100),
            rows: spans("rowspan").clamp(1, 10_000),
            align: align.filter(|align| ["center", "right"].contains(&align.as_str())),
            span: cell.range(),
        }
    };
    elements(row).map(cell).collect()
}

/// Returns where the cells of each row begin, and how many columns there are. A cell takes the first
/// free columns; one that would overlap a cell from above is only as wide as there is room.
fn grid(rows: &[Vec<Cell>]) -> (Vec<Vec<(usize, usize)>>, usize) {
    // For how many rows each column is still occupied by a cell from above.
    let mut taken: Vec<usize> = Vec::new();
    let mut widest = 0;
    let places = rows.iter().map(|row| {
        let mut at = 0;
        let places = row.iter().map(|cell| {
            while taken.get(at).is_some_and(|rows| *rows > 0) {
                at += 1;
            }
            let free = (at..at + cell.columns).take_while(|column| taken.get(*column).is_none_or(|rows| *rows == 0));
            let columns = free.count().max(1);
            if taken.len() < at + columns {
                taken.resize(at + columns, 0);
            }
            taken[at..at + columns].fill(cell.rows);
            let place = (at, columns);
            at += columns;
            place
        });
        let places: Vec<_> = places.collect();
        widest = widest.max(taken.len());
        taken.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
        places
    });
    let places = places.collect();
    (places, widest)
}

/// Returns the rows in the form of the model: with empty cells where columns are free, and no cell that reaches
/// below the last row.
fn filled(rows: &[Vec<Cell>], columns: usize) -> Vec<Node> {
    let (places, _) = grid(rows);
    let mut taken = vec![0_usize; columns];
    let mut out = Vec::with_capacity(rows.len());
    for (index, (row, places)) in rows.iter().zip(places).enumerate() {
        let end = row.last().map_or(0, |cell| cell.span.end);
        let span = row.first().map_or(end, |cell| cell.span.start)..end;
        let mut nodes = Vec::new();
        let mut at = 0;
        let empty = |from: usize, to: usize, taken: &[usize], nodes: &mut Vec<Node>| {
            let free = taken[from..to].iter().filter(|rows| **rows == 0).count();
            nodes.extend(std::iter::repeat_with(|| Node::inline(Text::default(), end..end)).take(free));
        };
        for (cell, (from, wide)) in row.iter().zip(places) {
            empty(at, from, &taken, &mut nodes);
            // The model's tables end where the rows of one do.
            let last = rows.len().min((index / MOST_ROWS + 1) * MOST_ROWS);
            let high = cell.rows.min(last - index);
            nodes.push(cell_node(cell, wide, high));
            taken[from..from + wide].fill(high);
            at = from + wide;
        }
        empty(at, columns, &taken, &mut nodes);
        taken.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
        out.push(Node { value: Value::List(nodes), span });
    }
    out
}

fn cell_node(cell: &Cell, columns: usize, rows: usize) -> Node {
    let span = cell.span.clone();
    let mut fields = vec![field("text", span.clone(), Value::Text(cell.text.clone()))];
    for (key, number) in [("columns", columns), ("rows", rows)] {
        if number > 1 {
            fields.push(field(key, span.clone(), Value::Number(number.to_string())));
        }
    }
    if let Some(align) = &cell.align {
        fields.push(field("align", span.clone(), Value::String(align.clone())));
    }
    let value = match &mut fields[..] {
        [Field { node, .. }] => std::mem::replace(&mut node.value, Value::Null),
        _ => Value::Map(fields),
    };
    Node { value, span }
}

/// Returns the widths of the columns in points, from a row without spans that gives them all in twips.
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
