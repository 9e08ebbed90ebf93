//! Reads the blocks of preamble, main body and attachments.

use roxmltree::Node as Element;

use super::annexes::attachments;
use super::fields::Fields;
use super::flow::{self, Piece};
use super::headings::heading;
use super::lists::{labelled, list, numbered, point};
use super::numbers::numbers;
use super::passage::Passage;
use super::quotes::quoted;
use super::{Reader, elements, exact_blocks, extensions, names, opening, repairs, said, table, text, worded};
use crate::read::tree::{Field, Node, Value};

/// Reads all blocks of a statement, with its attachments as annexes at the end.
pub(super) fn blocks(reader: &mut Reader, statement: Element) -> Vec<Node> {
    let mut out = Vec::new();
    for inner in elements(statement) {
        part(reader, inner, &mut out);
    }
    settled(reader, statement, &mut out);
    out
}

/// Reads the blocks of a part of a statement.
pub(super) fn part(reader: &mut Reader, part: Element, out: &mut Vec<Node>) {
    match part.tag_name().name() {
        "attachments" | "components" => attachments(reader, part, out),
        // Whatever the header does not take from these is kept by unclaimed_text.rs.
        "meta" | "coverPage" | "conclusions" => {}
        "preface" => {
            for inner in elements(part).filter(|inner| is_of_body(*inner)) {
                one(reader, inner, out);
            }
        }
        name if names::is_holder(name) => all(reader, part, out),
        _ => {
            reader.not_understood(part, "its text is kept as paragraphs");
            all(reader, part, out);
        }
    }
}

/// Reads the blocks of a statement and repairs them for the page.
pub(super) fn settled(reader: &mut Reader, statement: Element, out: &mut Vec<Node>) {
    number_alone(reader, statement, out);
    repairs::blocks(reader, out);
    numbers(reader, out);
}

/// Whether something in a preface is text of the document rather than a number or title.
fn is_of_body(node: Element) -> bool {
    matches!(node.tag_name().name(), "longTitle" | "formula" | "container")
}

pub(super) fn all(reader: &mut Reader, part: Element, out: &mut Vec<Node>) {
    for node in elements(part).filter(|node| extensions::attribute(*node, "part").is_none()) {
        one(reader, node, out);
    }
}

/// Reads the blocks of one element.
fn one(reader: &mut Reader, node: Element, out: &mut Vec<Node>) {
    if let Some(kind) = extensions::attribute(node, "block") {
        out.extend(exact_blocks::block(reader, kind, node));
        return;
    }
    match node.tag_name().name() {
        "formula" => passage(reader, "enacting", node, out),
        "num" => {
            number_alone(reader, node, out);
            reader.number = Some(reader.plain(node));
        }
        "heading" | "subheading" => {
            let number = reader.number.take();
            out.extend(heading(reader, node, number));
        }
        "attachments" | "components" => attachments(reader, node, out),
        "container" | "recital" | "recitals" | "citation" | "citations" if is_preambular(node) => {
            let mut fields = Fields::default();
            preambular(reader, node, &mut fields, out);
            fields.flush("preambular", node, out);
        }
        name if names::is_unit(name) || (names::is_list(name) && has_head(node)) => unit(reader, node, out),
        name if names::is_holder(name) || !names::is_block(name) => {
            if !names::is_block(name) && !names::is_inline(name) && name != "eol" {
                reader.not_understood(node, "its text is kept as paragraphs");
            }
            if elements(node).all(|inner| !names::is_block(inner.tag_name().name())) {
                passage(reader, "paragraph", node, out);
            } else if reader.deeper(node) {
                all(reader, node, out);
                reader.depth -= 1;
            }
        }
        _ => {
            let mut fields = Fields::default();
            block(reader, node, node, &mut fields, out);
            fields.flush("paragraph", node, out);
        }
    }
}

fn is_preambular(node: Element) -> bool {
    node.ancestors().any(|above| matches!(above.tag_name().name(), "preamble" | "preface"))
}

/// Makes a paragraph of a number without one.
fn number_alone(reader: &mut Reader, node: Element, out: &mut Vec<Node>) {
    if let Some(number) = reader.number.take().filter(|number| !number.is_empty()) {
        let text = Node::inline(text::verbatim(&number), opening(node));
        let map = Value::Map(vec![Field { key: "paragraph".into(), key_span: opening(node), node: text }]);
        out.push(Node { value: map, span: opening(node) });
    }
}

/// Reads a preambular paragraph, or whatever else is in a part of the preamble.
fn preambular(reader: &mut Reader, node: Element, fields: &mut Fields, out: &mut Vec<Node>) {
    for piece in flow::pieces(node) {
        let part = match piece {
            Piece::Block(part) => part,
            line => {
                let text = reader.line(&line);
                fields.line(text);
                continue;
            }
        };
        match part.tag_name().name() {
            // It is put before the text, since preambular paragraphs have no numbers.
            "num" => {
                fields.flush("preambular", node, out);
                let number = reader.plain(part);
                fields.line(Node::inline(text::verbatim(&number), part.range()));
                fields.leads = true;
            }
            "p" | "block" => {
                if fields.items.is_empty() && !fields.leads {
                    fields.flush("preambular", node, out);
                }
                block(reader, part, node, fields, out);
            }
            name if names::is_unit(name) || names::is_holder(name) => {
                if names::is_unit(name) {
                    fields.flush("preambular", node, out);
                }
                if reader.deeper(part) {
                    preambular(reader, part, fields, out);
                    reader.depth -= 1;
                }
                if names::is_unit(name) {
                    fields.flush("preambular", node, out);
                }
            }
            name if names::is_heading(name) || matches!(name, "table" | "formula") => {
                fields.flush("preambular", node, out);
                one(reader, part, out);
            }
            _ => block(reader, part, node, fields, out),
        }
    }
}

/// Reads an element of the hierarchy: its headings, its number and text, and its content.
fn unit(reader: &mut Reader, node: Element, out: &mut Vec<Node>) {
    if !reader.deeper(node) {
        return;
    }
    let called = |name: &'static str| move |part: Element| part.tag_name().name() == name;
    let divides = names::is_division(node.tag_name().name());
    let mut fields = Fields { divides, ..Fields::default() };
    let number = elements(node).any(|part| called("num")(part) && !super::plain(part).is_empty());
    if number {
        number_alone(reader, node, out);
    } else if !divides {
        fields.number = reader.number.take().map(Value::String);
    }
    gather(reader, node, &mut fields, out);
    reader.depth -= 1;
    if fields.is_empty() {
        if let Some(Value::String(number)) = fields.number {
            reader.number = Some(number);
        }
        return;
    }
    if fields.number.is_none()
        && let Some((number, text)) = fields.text.as_ref().and_then(|text| numbered(node, text, out.last_mut()))
    {
        fields.number = Some(Value::String(number));
        fields.text = Some(Node::inline(text, node.range()));
    }
    if fields.number.is_none()
        && let Some((label, text)) = fields.text.as_ref().and_then(|text| labelled(node, text))
        && let Some(before) = out.last_mut().and_then(repairs::passage_in)
    {
        fields.text = None;
        let mut item = vec![said("label", opening(node), label), worded("text", node.range(), text)];
        fields.into_fields(&mut item, node.range());
        let item = Node { value: Value::Map(item), span: node.range() };
        repairs::join(before, Passage::of(&item));
        return;
    }
    fields.flush(fields.kind(), node, out);
}

/// Collects the content of an element: text, sub-paragraphs and continuing text. Anything that is not
/// part of a paragraph, such as a table, splits it.
pub(super) fn gather(reader: &mut Reader, node: Element, fields: &mut Fields, out: &mut Vec<Node>) {
    for part in flow::pieces(node) {
        if fields.divides && fields.number.is_none() && !matches!(part, Piece::Block(_)) {
            fields.flush("paragraph", node, out);
        }
        if let Some(part) = fields.piece(reader, part) {
            block(reader, part, node, fields, out);
        }
    }
}

/// Reads an element within `node`.
fn block(reader: &mut Reader, part: Element, node: Element, fields: &mut Fields, out: &mut Vec<Node>) {
    let divides = fields.divides;
    let name = part.tag_name().name();
    match name {
        "num" if fields.is_counted => {}
        "num" if fields.is_empty() => {
            let number = reader.plain(part);
            if !number.is_empty() {
                fields.number = Some(Value::String(number));
            }
        }
        "crossHeading" if part.attribute("refersTo") == Some("#preamble") => {
            fields.part(node, out);
            passage(reader, "preambular", part, out);
        }
        "table" => {
            fields.part(node, out);
            table::table(reader, part, out);
        }
        "quotedStructure" | "embeddedStructure" => {
            fields.part(node, out);
            quoted(reader, part, out);
        }
        "img" | "meta" | "eol" => {}
        "attachments" | "components" => {
            fields.part(node, out);
            attachments(reader, part, out);
        }
        _ if names::is_heading(name) => {
            let number = fields.take_number();
            fields.part(node, out);
            out.extend(heading(reader, part, number));
        }
        _ if names::is_list(name) && !has_head(part) => {
            fields.part_before_list(node, out);
            list(reader, part, fields);
        }
        _ if names::is_unit(name) || names::is_list(name) => {
            if divides || is_titled(part) || names::is_division(name) {
                fields.part(node, out);
                unit(reader, part, out);
            } else {
                fields.part_before_list(node, out);
                let item = point(reader, part, None);
                fields.item(item);
            }
        }
        _ if names::is_holder(name) || names::is_line(name) => {
            if reader.deeper(part) {
                gather(reader, part, fields, out);
                reader.depth -= 1;
            }
        }
        _ => {
            if name != "num" {
                reader.not_understood(part, "its text is kept");
            }
            let text = reader.text(part);
            fields.line(text);
        }
    }
}

/// Whether a list is an element of the hierarchy with a number or a heading of its own.
fn has_head(node: Element) -> bool {
    is_titled(node) || elements(node).any(|inner| inner.tag_name().name() == "num")
}

fn is_titled(node: Element) -> bool {
    elements(node).any(|inner| names::is_heading(inner.tag_name().name()))
}

fn passage(reader: &mut Reader, kind: &str, node: Element, out: &mut Vec<Node>) {
    let text = reader.text(node);
    if text.written() != Some("") {
        let map = Value::Map(vec![Field { key: kind.into(), key_span: opening(node), node: text }]);
        out.push(Node { value: map, span: node.range() });
    }
}
