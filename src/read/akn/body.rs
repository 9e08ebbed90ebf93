//! The blocks out of preamble, main body and attachments.

use roxmltree::Node as Element;

use super::{Reader, elements, field, named, opening, said, table, text};
use crate::read::tree::{Field, Node, Value};

/// All blocks of a statement, its attachments as annexes at the end.
pub(super) fn blocks(reader: &mut Reader, statement: Element) -> Vec<Node> {
    let mut out = Vec::new();
    for part in elements(statement) {
        match part.tag_name().name() {
            "preamble" | "mainBody" | "body" => all(reader, part, &mut out),
            "attachments" | "components" => attachments(reader, part, &mut out),
            "meta" | "coverPage" | "preface" | "conclusions" => {}
            _ => reader.not_understood(part, "it is left out"),
        }
    }
    numbers(&mut out);
    out
}

fn all(reader: &mut Reader, part: Element, out: &mut Vec<Node>) {
    for node in elements(part) {
        match node.tag_name().name() {
            "formula" => passage(reader, "enacting", node, out),
            "container" | "recital" | "recitals" | "hcontainer" | "section" | "chapter" | "part" => {
                container(reader, node, out);
            }
            "paragraph" => paragraph(reader, node, out),
            "p" => passage(reader, "paragraph", node, out),
            "table" => out.push(table::table(reader, node)),
            "heading" | "subheading" => out.push(heading(reader, node, node, None)),
            "blockList" | "list" => {
                let mut fields = Fields::default();
                list(reader, node, &mut fields);
                out.push(fields.block("paragraph", node));
            }
            _ => {
                reader.not_understood(node, "its text is kept as a paragraph");
                passage(reader, "paragraph", node, out);
            }
        }
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
    let number = elements(node).find(|part| part.tag_name().name() == "num").map(text::plain);
    if let Some(title) = elements(node).find(|part| matches!(part.tag_name().name(), "heading" | "subheading")) {
        out.push(heading(reader, node, title, number));
        return;
    }
    let number = number.or_else(|| reader.number.take());
    let mut fields = Fields { number, ..Fields::default() };
    for part in elements(node) {
        match part.tag_name().name() {
            "num" => {}
            "content" | "intro" | "wrapUp" => {
                for line in elements(part) {
                    match line.tag_name().name() {
                        "blockList" | "list" => list(reader, line, &mut fields),
                        "table" => {
                            fields.flush(fields.kind(), node, out);
                            out.push(table::table(reader, line));
                        }
                        _ if fields.items.is_empty() && fields.text.is_none() => fields.texts.push(line),
                        _ => fields.goes_on.push(reader.text(line)),
                    }
                    fields.say(reader);
                }
            }
            "list" | "blockList" => list(reader, part, &mut fields),
            "p" => fields.texts.push(part),
            _ => {
                reader.not_understood(part, "its text is kept");
                fields.texts.push(part);
            }
        }
        fields.say(reader);
    }
    if fields.is_empty() {
        reader.number = fields.number;
        return;
    }
    if fields.number.is_none()
        && let Some((label, text)) = fields.text.as_ref().and_then(|text| labelled(node, text))
        && append(out, &label, &text, node)
    {
        return;
    }
    fields.flush(fields.kind(), node, out);
}

/// The label and the text of a paragraph that begins with a label and a tab, or with a label in
/// brackets: "(a) To …".
fn labelled(node: Element, text: &Node) -> Option<(String, String)> {
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

/// Puts a sub-paragraph under the block before it.
fn append(out: &mut [Node], label: &str, text: &str, node: Element) -> bool {
    let Some(Node { value: Value::Map(block), .. }) = out.last_mut() else {
        return false;
    };
    let [Field { key, node: block, .. }] = &mut block[..] else {
        return false;
    };
    if !["preambular", "operative", "paragraph", "numbered"].contains(&key.as_str()) {
        return false;
    }
    if let Value::String(text) = &mut block.value {
        let text = std::mem::take(text);
        block.value = Value::Map(vec![said("text", block.span.clone(), text)]);
    }
    let Value::Map(fields) = &mut block.value else {
        return false;
    };
    let item = vec![said("label", opening(node), label), said("text", node.range(), text)];
    let item = Node { value: Value::Map(item), span: node.range() };
    match fields.iter_mut().find(|field| field.key == "items") {
        Some(Field { node: Node { value: Value::List(items), .. }, .. }) => items.push(item),
        _ => fields.push(field("items", node.range(), Value::List(vec![item]))),
    }
    true
}

fn heading(reader: &mut Reader, node: Element, title: Element, number: Option<String>) -> Node {
    let level = match node.attribute("class").unwrap_or_default() {
        "HCH" | "HCh" => "1",
        "H1" => "2",
        "H4" => "4",
        _ => "3",
    };
    let mut fields = vec![field("level", opening(node), Value::Number(level.into()))];
    if let Some(number) = number.filter(|number| !number.is_empty()) {
        fields.push(said("number", opening(node), number));
    }
    let text = text::of(reader, [title]);
    fields.push(said("text", title.range(), text.replace("***", "*").replace("**", "")));
    let map = Value::Map(vec![field("heading", node.range(), Value::Map(fields))]);
    Node { value: map, span: node.range() }
}

fn passage(reader: &mut Reader, kind: &str, node: Element, out: &mut Vec<Node>) {
    let text = reader.text(node);
    if text.value != Value::String(String::new()) {
        let map = Value::Map(vec![Field { key: kind.into(), key_span: opening(node), node: text }]);
        out.push(Node { value: map, span: node.range() });
    }
}

/// The sub-paragraphs of a list; a list within belongs to the one before it.
fn list(reader: &mut Reader, node: Element, fields: &mut Fields) {
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
            "wrapUp" | "listWrapUp" | "wrap" => fields.goes_on.push(reader.text(part)),
            "point" | "item" | "indent" => {
                let item = point(reader, part);
                fields.items.push(item);
            }
            "sublist" | "list" | "blockList" => {
                let mut inner = Fields::default();
                list(reader, part, &mut inner);
                match fields.items.last_mut() {
                    Some(Node { value: Value::Map(item), span }) => inner.into_fields(item, span.clone()),
                    _ => fields.items.append(&mut inner.items),
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

fn point(reader: &mut Reader, node: Element) -> Node {
    let mut fields = Fields::default();
    let mut label = String::new();
    for part in elements(node) {
        match part.tag_name().name() {
            "num" => label = text::plain(part),
            "list" | "blockList" | "sublist" => list(reader, part, &mut fields),
            "content" | "intro" => {
                for line in elements(part) {
                    if matches!(line.tag_name().name(), "blockList" | "list") {
                        list(reader, line, &mut fields);
                    } else {
                        fields.texts.push(line);
                    }
                    fields.say(reader);
                }
            }
            _ => fields.texts.push(part),
        }
        fields.say(reader);
    }
    let mut item = Vec::new();
    if !label.is_empty() {
        item.push(said("label", opening(node), label));
    }
    fields.into_fields(&mut item, node.range());
    Node { value: Value::Map(item), span: node.range() }
}

/// Annexes, which go on on the same page (measured: A/RES/78/5).
fn attachments(reader: &mut Reader, part: Element, out: &mut Vec<Node>) {
    let docs: Vec<Element> = named(part, "mainBody").collect();
    for body in docs {
        let mut blocks = Vec::new();
        all(reader, body, &mut blocks);
        let mut annex = Vec::new();
        for key in ["heading", "title"] {
            if let Some(text) = blocks.first().and_then(|block| title_of(block, reader.annex)) {
                annex.push(Field { key: key.into(), key_span: opening(body), node: text });
                blocks.remove(0);
            }
        }
        numbers(&mut blocks);
        if annex.is_empty() {
            // Without a heading of its own it would be given one.
            out.append(&mut blocks);
            continue;
        }
        annex.push(field("new_page", opening(body), Value::Bool(false)));
        annex.push(field("body", opening(body), Value::List(blocks)));
        let map = Value::Map(vec![field("annex", opening(body), Value::Map(annex))]);
        out.push(Node { value: map, span: body.range() });
    }
}

/// The text of a block that is a heading, a paragraph in bold throughout, or the word "Annex"
/// and a number.
fn title_of(block: &Node, annex: &str) -> Option<Node> {
    let Value::Map(fields) = &block.value else {
        return None;
    };
    let inner = &fields.first()?.node;
    let text = match (&*fields.first()?.key, &inner.value) {
        ("heading", Value::Map(fields)) => fields.iter().find(|field| field.key == "text")?.node.clone(),
        ("paragraph", Value::String(_)) => inner.clone(),
        _ => return None,
    };
    let Value::String(words) = &text.value else {
        return None;
    };
    let bold = words.len() > 4
        && words.starts_with("**")
        && words.ends_with("**")
        && !words[2..words.len() - 2].contains("**");
    match &*fields.first()?.key {
        "heading" => Some(text),
        _ if words.strip_prefix(annex).is_some_and(|rest| rest.chars().count() < 6) => Some(text),
        _ if bold => Some(Node { value: Value::String(words[2..words.len() - 2].to_owned()), span: text.span }),
        _ => None,
    }
}

/// Leaves out the numbers that are given anyhow: 1., 2., 3.
fn numbers(blocks: &mut [Node]) {
    let mut next = 1;
    for block in blocks {
        let Value::Map(map) = &mut block.value else { continue };
        let [Field { key, node, .. }] = &mut map[..] else { continue };
        let Value::Map(fields) = &mut node.value else { continue };
        if key != "operative" {
            continue;
        }
        let given = fields.iter().position(|field| field.key == "number");
        if let Some(at) = given
            && fields[at].node.value == Value::String(format!("{next}."))
        {
            fields.remove(at);
        }
        next += 1;
    }
}

fn together(first: Node, second: Node) -> Node {
    let (Value::String(a), Value::String(b)) = (&first.value, &second.value) else {
        return first;
    };
    Node { value: Value::String(format!("{a} {b}").trim().to_owned()), span: first.span.start..second.span.end }
}

/// A paragraph or sub-paragraph under way.
#[derive(Default)]
struct Fields<'a, 'i> {
    number: Option<String>,
    text: Option<Node>,
    /// Elements whose text is not yet read.
    texts: Vec<Element<'a, 'i>>,
    items: Vec<Node>,
    goes_on: Vec<Node>,
}

impl<'a, 'i: 'a> Fields<'a, 'i> {
    /// Reads what is waiting.
    fn say(&mut self, reader: &mut Reader) {
        for element in std::mem::take(&mut self.texts) {
            let said = reader.text(element);
            self.text = Some(match self.text.take() {
                Some(before) => together(before, said),
                None => said,
            });
        }
    }

    fn is_empty(&self) -> bool {
        let no_text = self.text.as_ref().is_none_or(|text| text.value == Value::String(String::new()));
        no_text && self.items.is_empty() && self.goes_on.is_empty()
    }

    fn kind(&self) -> &'static str {
        if self.number.is_some() { "operative" } else { "paragraph" }
    }

    fn into_fields(self, fields: &mut Vec<Field>, span: std::ops::Range<usize>) {
        let key_span = span.start..span.start;
        let mut add = |key: &str, value: Value| {
            fields.push(Field {
                key: key.into(),
                key_span: key_span.clone(),
                node: Node { value, span: span.clone() },
            });
        };
        if let Some(number) = self.number {
            add("number", Value::String(number));
        }
        if let Some(text) = self.text {
            add("text", text.value);
        }
        if !self.items.is_empty() {
            add("items", Value::List(self.items));
        }
        if !self.goes_on.is_empty() {
            add("continue", Value::List(self.goes_on));
        }
    }

    fn block(self, kind: &str, node: Element) -> Node {
        let mut fields = Vec::new();
        self.into_fields(&mut fields, node.range());
        let value = match &mut fields[..] {
            [only] if only.key == "text" => std::mem::replace(&mut only.node.value, Value::Null),
            _ => Value::Map(fields),
        };
        let map = Value::Map(vec![field(kind, node.range(), value)]);
        Node { value: map, span: node.range() }
    }

    /// Puts out what there is as a block.
    fn flush(&mut self, kind: &str, node: Element, out: &mut Vec<Node>) {
        let fields = std::mem::take(self);
        if !fields.is_empty() {
            out.push(fields.block(kind, node));
        }
    }
}
