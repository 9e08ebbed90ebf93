//! The blocks out of preamble, main body and attachments.

use roxmltree::Node as Element;

use super::annexes::{attachments, numbers};
use super::fields::Fields;
use super::lists::{labelled, list, numbered, point};
use super::passage::Passage;
use super::{Reader, elements, field, mended, opening, ours, parts, said, table, text};
use crate::read::tree::{Field, Node, Value};

/// All blocks of a statement, its attachments as annexes at the end.
pub(super) fn blocks(reader: &mut Reader, statement: Element) -> Vec<Node> {
    let mut out = Vec::new();
    for part in elements(statement) {
        match part.tag_name().name() {
            "preamble" | "mainBody" | "body" => all(reader, part, &mut out),
            "attachments" | "components" => attachments(reader, part, &mut out),
            // What in these is not said by the header is kept by strays.rs.
            "meta" | "coverPage" | "preface" | "conclusions" => {}
            _ => {
                reader.not_understood(part, "its text is kept as paragraphs");
                all(reader, part, &mut out);
            }
        }
    }
    number_alone(reader, statement, &mut out);
    mended::blocks(reader, &mut out);
    numbers(reader, &mut out);
    out
}

pub(super) fn all(reader: &mut Reader, part: Element, out: &mut Vec<Node>) {
    for node in elements(part).filter(|node| ours::attribute(*node, "part").is_none()) {
        if let Some(kind) = ours::attribute(node, "block") {
            out.extend(ours::block(reader, kind, node));
            continue;
        }
        match node.tag_name().name() {
            "formula" => passage(reader, "enacting", node, out),
            "container" | "recital" | "recitals" | "hcontainer" | "section" | "chapter" | "part" => {
                container(reader, node, out);
            }
            "paragraph" => paragraph(reader, node, out),
            "p" => passage(reader, "paragraph", node, out),
            "table" => table::table(reader, node, out),
            "heading" | "subheading" => {
                let number = reader.number.take();
                out.extend(heading(reader, node, node, number));
            }
            "blockList" | "list" => {
                let mut fields = Fields::default();
                list(reader, node, &mut fields);
                out.push(fields.block("paragraph", node));
            }
            "meta" | "img" | "eol" => {}
            "attachments" | "components" => attachments(reader, node, out),
            "num" => {
                number_alone(reader, node, out);
                reader.number = Some(reader.plain(node));
            }
            name if PARAGRAPHS.contains(&name) => paragraph(reader, node, out),
            name => {
                if !PARTS.contains(&name) {
                    reader.not_understood(node, "its text is kept as paragraphs");
                }
                if !elements(node).any(is_block) {
                    passage(reader, "paragraph", node, out);
                } else if reader.deeper(node) {
                    all(reader, node, out);
                    reader.depth -= 1;
                }
            }
        }
    }
}

/// Elements that have a number and a content, as `paragraph` has.
const PARAGRAPHS: [&str; 15] = [
    "alinea",
    "article",
    "clause",
    "indent",
    "item",
    "level",
    "li",
    "point",
    "proviso",
    "rule",
    "subclause",
    "subparagraph",
    "subrule",
    "transitional",
    "tocItem",
];

/// Elements that hold others and say nothing themselves.
const PARTS: [&str; 29] = [
    "amendmentBody",
    "blockContainer",
    "block",
    "body",
    "book",
    "citation",
    "citations",
    "collectionBody",
    "content",
    "debateBody",
    "div",
    "division",
    "embeddedStructure",
    "foreign",
    "interstitial",
    "intro",
    "judgmentBody",
    "longTitle",
    "mainBody",
    "ol",
    "preamble",
    "quotedStructure",
    "subdivision",
    "subsection",
    "tblock",
    "title",
    "toc",
    "ul",
    "wrapUp",
];

/// Whether an element stands for itself on the page.
fn is_block(node: Element) -> bool {
    const BLOCKS: [&str; 18] = [
        "attachments",
        "blockList",
        "container",
        "content",
        "doc",
        "formula",
        "hcontainer",
        "heading",
        "intro",
        "list",
        "p",
        "paragraph",
        "section",
        "statement",
        "subheading",
        "table",
        "preface",
        "coverPage",
    ];
    let name = node.tag_name().name();
    BLOCKS.contains(&name) || PARAGRAPHS.contains(&name) || PARTS.contains(&name)
}

/// A number whose paragraph never came is a paragraph.
fn number_alone(reader: &mut Reader, node: Element, out: &mut Vec<Node>) {
    if let Some(number) = reader.number.take() {
        let text = Node::text(text::verbatim(&number), opening(node));
        let map = Value::Map(vec![Field { key: "paragraph".into(), key_span: opening(node), node: text }]);
        out.push(Node { value: map, span: opening(node) });
    }
}

/// A preambular paragraph, or what else lies in a container.
fn container(reader: &mut Reader, node: Element, out: &mut Vec<Node>) {
    let preambular = node.ancestors().any(|above| above.tag_name().name() == "preamble");
    if !preambular {
        if reader.deeper(node) {
            all(reader, node, out);
            reader.depth -= 1;
        }
        return;
    }
    let mut fields = Fields::default();
    for part in elements(node) {
        match part.tag_name().name() {
            "p" if fields.items.is_empty() => {
                fields.flush("preambular", node, out);
                fields.texts.push(part);
            }
            "p" => fields.goes_on.push(reader.text(part)),
            "blockList" | "list" => list(reader, part, &mut fields),
            "table" => {
                fields.flush("preambular", node, out);
                table::table(reader, part, out);
            }
            _ => {
                reader.not_understood(part, "its text is kept");
                fields.texts.push(part);
            }
        }
        fields.say(reader);
    }
    fields.flush("preambular", node, out);
}

/// A paragraph of the main body: a heading, a sub-paragraph that stands by itself, or a
/// paragraph with its list.
fn paragraph(reader: &mut Reader, node: Element, out: &mut Vec<Node>) {
    let number = elements(node).find(|part| part.tag_name().name() == "num").map(|part| reader.plain(part));
    let mut number = number.filter(|number| !number.is_empty());
    if let Some(title) = elements(node).find(|part| matches!(part.tag_name().name(), "heading" | "subheading")) {
        out.extend(heading(reader, node, title, number.take()));
        // What else is in it goes on below; only the heading has the number.
        if !elements(node).any(|part| matches!(part.tag_name().name(), "content" | "intro" | "list" | "blockList")) {
            return;
        }
    }
    if number.is_some() {
        number_alone(reader, node, out);
    }
    let number = number.or_else(|| reader.number.take()).map(Value::String);
    let mut fields = Fields { number, ..Fields::default() };
    gather(reader, node, &mut fields, out);
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
        fields.text = Some(Node::text(text, node.range()));
    }
    if fields.number.is_none()
        && let Some((label, text)) = fields.text.as_ref().and_then(|text| labelled(node, text))
        && let Some(before) = out.last_mut().and_then(mended::passage_in)
    {
        fields.text = None;
        let mut item = vec![said("label", opening(node), label), said("text", node.range(), text)];
        fields.into_fields(&mut item, node.range());
        let item = Node { value: Value::Map(item), span: node.range() };
        mended::join(before, Passage::of(&item));
        return;
    }
    fields.flush(fields.kind(), node, out);
}

/// The text, the sub-paragraphs and what goes on after them; a table between them parts the
/// paragraph.
pub(super) fn gather<'a, 'i: 'a>(
    reader: &mut Reader,
    node: Element<'a, 'i>,
    fields: &mut Fields<'a, 'i>,
    out: &mut Vec<Node>,
) {
    for part in elements(node) {
        match part.tag_name().name() {
            "num" | "heading" | "subheading" | "img" => {}
            "content" | "intro" | "wrapUp" => {
                parts(part).into_iter().for_each(|inner| line(reader, inner, node, fields, out));
            }
            "list" | "blockList" => list(reader, part, fields),
            "p" => fields.texts.push(part),
            name if name == "paragraph" || PARAGRAPHS.contains(&name) => {
                let item = point(reader, part);
                fields.items.push(item);
            }
            _ => {
                reader.not_understood(part, "its text is kept");
                fields.texts.push(part);
            }
        }
        fields.say(reader);
    }
}

/// A line of a paragraph: its text, then its list, then what goes on.
pub(super) fn line<'a, 'i: 'a>(
    reader: &mut Reader,
    line: Element<'a, 'i>,
    node: Element<'a, 'i>,
    fields: &mut Fields<'a, 'i>,
    out: &mut Vec<Node>,
) {
    match line.tag_name().name() {
        "blockList" | "list" => list(reader, line, fields),
        "table" => {
            fields.flush(fields.kind(), node, out);
            table::table(reader, line, out);
        }
        _ if fields.items.is_empty() && fields.text.is_none() => fields.texts.push(line),
        _ => fields.goes_on.push(reader.text(line)),
    }
    fields.say(reader);
}

fn heading(reader: &mut Reader, node: Element, title: Element, number: Option<String>) -> Option<Node> {
    let fields = heading_of(reader, node, title, number.clone().filter(|number| !number.is_empty()));
    let empty = |field: &Field| field.key == "text" && field.node.value == Value::String(String::new());
    if fields.iter().any(empty) {
        reader.number = number.or_else(|| reader.number.take());
        return None;
    }
    let map = Value::Map(vec![field("heading", node.range(), Value::Map(fields))]);
    Some(Node { value: map, span: node.range() })
}

/// Level, number and text of a heading.
pub(super) fn heading_of(reader: &mut Reader, node: Element, title: Element, number: Option<String>) -> Vec<Field> {
    let level = match node.attribute("class").unwrap_or_default() {
        "HCH" | "HCh" => "1",
        "H1" => "2",
        "H4" => "4",
        _ => "3",
    };
    let mut fields = vec![field("level", opening(node), Value::Number(level.into()))];
    if let Some(number) = number {
        fields.push(said("number", opening(node), number));
    }
    fields.push(said("text", title.range(), text::title(reader, title)));
    fields
}

fn passage(reader: &mut Reader, kind: &str, node: Element, out: &mut Vec<Node>) {
    let text = reader.text(node);
    if text.value != Value::String(String::new()) {
        let map = Value::Map(vec![Field { key: kind.into(), key_span: opening(node), node: text }]);
        out.push(Node { value: map, span: node.range() });
    }
}
