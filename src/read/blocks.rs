//! Decodes the blocks of a body from their trees.

use super::Format;
use super::decode::{At, Decoder, Fields, called};
use super::document::marked;
use super::layout::adjustment;
use super::tree::{Field, Node, Value};
use crate::model::limits::DEEPEST_HEADING;
use crate::model::{
    Adjustment, Align, Annex, Block, Cell, Figure, Heading, Item, Number, Passage, REMARKS, Row, Signature, Table,
    Text, Vote,
};

/// The names of the kinds of block.
pub(super) const KINDS: [&str; 12] = [
    "enacting",
    "preambular",
    "operative",
    "paragraph",
    "numbered",
    "heading",
    "annex",
    "signature",
    "quote",
    "table",
    "figure",
    "vote",
];

/// Decodes a list of blocks.
pub(super) fn body(d: &mut Decoder, at: &At) -> Vec<Block> {
    let fields = match &at.node.value {
        Value::Map(fields) => fields,
        Value::List(_) | Value::Null => return d.list(at, |d, at| block(d, &at)),
        _ => {
            d.note(at);
            not_blocks(d, at, "a list of blocks");
            return Vec::new();
        }
    };
    // A map instead of a list: each of its fields is a block.
    d.note(at);
    let one = |(index, field): (usize, &Field)| {
        let node = Node { value: Value::Map(vec![field.clone()]), span: field.key_span.start..field.node.span.end };
        block(d, &At { node: &node, path: at.path.index(index) })
    };
    fields.iter().enumerate().filter_map(one).collect()
}

/// Reports a value where blocks are expected.
fn not_blocks(d: &mut Decoder, at: &At, wanted: &str) {
    let message = format!("{} must be {wanted}, not {}", called(&at.path), at.node.value.noun());
    let hint = format!("give the kind of each paragraph, such as {}", d.format.block("paragraph"));
    d.error("wrong-type", at, message, hint);
}

fn block(d: &mut Decoder, at: &At) -> Option<Block> {
    if !matches!(at.node.value, Value::Map(_)) {
        d.note(at);
        not_blocks(d, at, "a block with a kind");
        return None;
    }
    let mut fields = d.fields(at, &KINDS)?;
    if let Value::Map(named) = &at.node.value
        && named.len() != 1
    {
        let message = format!("{} must be one block, not {}", called(&at.path), named.len());
        let hint = match d.format {
            Format::Json => "put each block in its own { }",
            _ => "begin each block with “- ” on a line of its own",
        };
        d.error("one-block", at, message, hint);
        return None;
    }
    let (kind, value) = KINDS.iter().find_map(|kind| Some((*kind, fields.take(kind)?)))?;
    // Paths leave the kind out: `body[3].items[1]`.
    let at = At { node: value.node, path: at.path.clone() };
    Some(match kind {
        "enacting" => Block::Enacting(passage(d, &at, false)?),
        "preambular" => Block::Preambular(passage(d, &at, false)?),
        "operative" => Block::Operative(passage(d, &at, true)?),
        "paragraph" => Block::Paragraph(passage(d, &at, false)?),
        "numbered" => Block::Numbered(passage(d, &at, true)?),
        "quote" => Block::Quote(passage(d, &at, false)?),
        "heading" => Block::Heading(heading(d, &at)?),
        "annex" => Block::Annex(annex(d, &at)?),
        "signature" => Block::Signature(signature(d, &at)?),
        "table" => Block::Table(table(d, &at)?),
        "figure" => Block::Figure(figure(d, &at)?),
        _ => Block::Vote(vote(d, &at)?),
    })
}

/// Reports a list where a single paragraph is expected.
fn several(d: &mut Decoder, at: &At) {
    let message = format!("{} must be one paragraph, not a list", called(&at.path));
    let hint = match d.format {
        Format::Json => {
            "give each paragraph a block of its own, or write \"text\": \"…\" and \"items\": [ … ] for sub-paragraphs"
        }
        _ => {
            "give each paragraph a block of its own, or write “text: …” and “items:” for sub-paragraphs; put text that begins with a bracket in quotes"
        }
    };
    d.error("wrong-type", at, message, hint);
}

fn is_text(at: &At) -> bool {
    !matches!(at.node.value, Value::Map(_))
}

/// Reads the adjustments of a block or an item.
fn layout(d: &mut Decoder, fields: &mut Fields) -> Adjustment {
    fields.take("layout").map(|at| adjustment(d, &at)).unwrap_or_default()
}

pub(super) fn missing(d: &mut Decoder, at: &At, field: &str) {
    let message = format!("{} has no “{field}”", called(&at.path));
    let hint = format!("add {}", d.format.field(field, "…"));
    d.error("missing-field", at, message, hint);
}

fn passage(d: &mut Decoder, at: &At, numbered: bool) -> Option<Passage> {
    if matches!(at.node.value, Value::List(_)) {
        d.note(at);
        several(d, at);
        return None;
    }
    if is_text(at) {
        return Some(Passage { text: d.inline(at)?, ..Passage::default() });
    }
    let known: &[&'static str] = if numbered {
        &["text", "number", "layout", "items", "continue"]
    } else {
        &["text", "layout", "items", "continue"]
    };
    let mut fields = d.fields(at, known)?;
    let Some(text) = fields.take("text") else {
        missing(d, at, "text");
        return None;
    };
    let number = match fields.take("number") {
        None => Number::Next,
        Some(at) if at.node.value == Value::Null => Number::Unnumbered,
        Some(at) => Number::Set(d.text(&at)?),
    };
    Some(Passage {
        text: d.inline(&text)?,
        number,
        layout: layout(d, &mut fields),
        items: fields.take("items").map(|at| items(d, &at)).unwrap_or_default(),
        continuation: fields.take("continue").map(|at| continuation(d, &at)).unwrap_or_default(),
    })
}

fn items(d: &mut Decoder, at: &At) -> Vec<Item> {
    d.list(at, |d, at| item(d, &at))
}

fn continuation(d: &mut Decoder, at: &At) -> Vec<Text> {
    d.one_or_many(at, |d, at| d.inline(&at))
}

fn item(d: &mut Decoder, at: &At) -> Option<Item> {
    if is_text(at) {
        return Some(Item { text: d.inline(at)?, ..Item::default() });
    }
    let mut fields = d.fields(at, &["text", "label", "layout", "items", "continue"])?;
    let Some(text) = fields.take("text") else {
        missing(d, at, "text");
        return None;
    };
    Some(Item {
        text: d.inline(&text)?,
        label: fields.take("label").and_then(|at| d.text(&at)),
        layout: layout(d, &mut fields),
        items: fields.take("items").map(|at| items(d, &at)).unwrap_or_default(),
        continuation: fields.take("continue").map(|at| continuation(d, &at)).unwrap_or_default(),
    })
}

fn heading(d: &mut Decoder, at: &At) -> Option<Heading> {
    if is_text(at) {
        return Some(Heading { level: 1, number: None, text: d.inline(at)?, layout: Adjustment::default() });
    }
    let mut fields = d.fields(at, &["level", "number", "text", "layout"])?;
    let level = fields.take("level").and_then(|at| d.whole(&at, 1, DEEPEST_HEADING));
    let Some(text) = fields.take("text") else {
        missing(d, at, "text");
        return None;
    };
    Some(Heading {
        level: level.and_then(|level| u8::try_from(level).ok()).unwrap_or(1),
        number: fields.take("number").and_then(|at| d.text(&at)),
        text: d.inline(&text)?,
        layout: layout(d, &mut fields),
    })
}

fn annex(d: &mut Decoder, at: &At) -> Option<Annex> {
    let mut fields = d.fields(at, &["number", "heading", "title", "new_page", "layout", "body"])?;
    Some(Annex {
        number: fields.take("number").and_then(|at| d.text(&at)),
        heading: fields.take("heading").and_then(|at| d.inline(&at)),
        title: fields.take("title").and_then(|at| d.inline(&at)),
        new_page: fields.take("new_page").and_then(|at| d.truth(&at)),
        layout: layout(d, &mut fields),
        body: fields.take("body").map(|at| body(d, &at)).unwrap_or_default(),
    })
}

fn signature(d: &mut Decoder, at: &At) -> Option<Signature> {
    if is_text(at) {
        return Some(Signature { text: d.inline(at)?, ..Signature::default() });
    }
    let mut fields = d.fields(at, &["text", "lines", "layout"])?;
    let Some(text) = fields.take("text") else {
        missing(d, at, "text");
        return None;
    };
    Some(Signature {
        text: d.inline(&text)?,
        lines: fields.take("lines").map(|at| d.list(&at, |d, at| d.inline(&at))).unwrap_or_default(),
        layout: layout(d, &mut fields),
    })
}

fn table(d: &mut Decoder, at: &At) -> Option<Table> {
    const WIDEST: f64 = 1000.0;
    let [source, general_note, abbreviations] = REMARKS;
    let known = [
        "number",
        "title",
        "units",
        "layout",
        "landscape",
        "widths",
        "header",
        "rows",
        source,
        general_note,
        "notes",
        abbreviations,
    ];
    let mut fields = d.fields(at, &known)?;
    let header = fields.take("header").map(|at| {
        // A header that is a plain list of cells is one row.
        let bare = |nodes: &[Node]| nodes.iter().all(|node| !matches!(node.value, Value::List(_)));
        match &at.node.value {
            Value::List(nodes) if !nodes.is_empty() && bare(nodes) => {
                let node = Node { value: Value::List(vec![at.node.clone()]), span: at.node.span.clone() };
                d.list(&At { node: &node, path: at.path }, |d, at| Some(cells(d, &at)))
            }
            _ => d.list(&at, |d, at| Some(cells(d, &at))),
        }
    });
    let rows = fields.take("rows").map(|at| d.list(&at, |d, at| row(d, &at)));
    if rows.is_none() {
        missing(d, at, "rows");
    }
    Some(Table {
        number: fields.take("number").and_then(|at| d.text(&at)),
        title: fields.take("title").and_then(|at| d.inline(&at)),
        units: fields.take("units").and_then(|at| d.inline(&at)),
        layout: layout(d, &mut fields),
        landscape: fields.take("landscape").and_then(|at| d.truth(&at)),
        widths: fields.take("widths").map(|at| d.list(&at, |d, at| d.number(&at, 0.001, WIDEST))).unwrap_or_default(),
        header: header.unwrap_or_default(),
        rows: rows.unwrap_or_default(),
        source: fields.take(source).and_then(|at| d.inline(&at)),
        general_note: fields.take(general_note).and_then(|at| d.inline(&at)),
        notes: fields.take("notes").map(|at| marked(d, &at, "a", "As at 1 May 2029.")).unwrap_or_default(),
        abbreviations: fields.take(abbreviations).and_then(|at| d.inline(&at)),
    })
}

fn cells(d: &mut Decoder, at: &At) -> Vec<Cell> {
    d.list(at, |d, at| cell(d, &at))
}

fn row(d: &mut Decoder, at: &At) -> Option<Row> {
    if !matches!(at.node.value, Value::Map(_)) {
        return Some(Row { cells: cells(d, at), total: false });
    }
    let mut fields = d.fields(at, &["cells", "total"])?;
    let Some(list) = fields.take("cells") else {
        missing(d, at, "cells");
        return None;
    };
    // Paths leave `cells` out, as in rows without more: `rows[2][0]`.
    let list = At { node: list.node, path: at.path.clone() };
    Some(Row { cells: cells(d, &list), total: fields.take("total").and_then(|at| d.truth(&at)).unwrap_or_default() })
}

fn cell(d: &mut Decoder, at: &At) -> Option<Cell> {
    const MOST_SPANNED: u16 = 1000;
    let bare = |text| Cell { text, columns: 1, rows: 1, align: None };
    if at.node.value == Value::Null {
        d.note(at);
        return Some(bare(Text::default()));
    }
    if is_text(at) {
        return d.inline(at).map(bare);
    }
    let mut fields = d.fields(at, &["text", "columns", "rows", "align"])?;
    let aligns = [("left", Align::Left), ("center", Align::Center), ("right", Align::Right)];
    let text = fields.take("text").and_then(|at| d.inline(&at));
    let mut span = |d: &mut Decoder, name| {
        let at = fields.take(name)?;
        d.whole(&at, 1, MOST_SPANNED)
    };
    Some(Cell {
        text: text.unwrap_or_default(),
        columns: span(d, "columns").unwrap_or(1),
        rows: span(d, "rows").unwrap_or(1),
        align: fields.take("align").and_then(|at| d.choice(&at, &aligns)),
    })
}

/// The widest figures: between the margins, and on a landscape page, in whole points.
pub(crate) const WIDEST_FIGURES: [f64; 2] = [492.0, 661.0];

fn figure(d: &mut Decoder, at: &At) -> Option<Figure> {
    let [source, general_note, abbreviations] = REMARKS;
    let known = [
        "image",
        "description",
        "number",
        "title",
        "units",
        "width",
        "landscape",
        "layout",
        source,
        general_note,
        abbreviations,
    ];
    let mut fields = d.fields(at, &known)?;
    let landscape = fields.take("landscape").and_then(|at| d.truth(&at)).unwrap_or_default();
    let widest = WIDEST_FIGURES[usize::from(landscape)];
    let title = fields.take("title").and_then(|at| d.inline(&at));
    let mut text = |d: &mut Decoder, name| fields.take(name).and_then(|at| d.text(&at));
    let figure = Figure {
        number: text(d, "number"),
        title,
        image: text(d, "image").unwrap_or_default(),
        description: text(d, "description").unwrap_or_default(),
        units: fields.take("units").and_then(|at| d.inline(&at)),
        width: fields.take("width").and_then(|at| d.number(&at, 1.0, widest)),
        landscape,
        layout: layout(d, &mut fields),
        source: fields.take(source).and_then(|at| d.inline(&at)),
        general_note: fields.take(general_note).and_then(|at| d.inline(&at)),
        abbreviations: fields.take(abbreviations).and_then(|at| d.inline(&at)),
    };
    for (field, value) in [("image", &figure.image), ("description", &figure.description)] {
        if value.trim().is_empty() {
            missing(d, at, field);
        }
    }
    Some(figure)
}

fn vote(d: &mut Decoder, at: &At) -> Option<Vote> {
    let mut fields = d.fields(at, &["text", "layout", "in_favour", "against", "abstaining"])?;
    let text = fields.take("text").and_then(|at| d.inline(&at));
    let layout = layout(d, &mut fields);
    let mut states = |name| {
        let at = fields.take(name);
        at.map(|at| d.list(&at, |d, at| d.inline(&at))).unwrap_or_default()
    };
    Some(Vote {
        text,
        layout,
        in_favour: states("in_favour"),
        against: states("against"),
        abstaining: states("abstaining"),
    })
}
