//! Parts: `# A` or a fenced `part` begins one, and everything after it belongs to it, including footnotes.

use std::collections::HashSet;

use super::super::tree::{Field, Node, Value};
use crate::model::inline::written_marks;

/// The blocks of a text so far: those before the first part, and the parts.
#[derive(Default)]
pub(super) struct Parts {
    lead: Vec<Node>,
    parts: Vec<Part>,
}

struct Part {
    /// The map of its fields.
    node: Node,
    body: Vec<Node>,
    /// The offset at which it begins.
    start: usize,
    /// Whether it began with a heading.
    headed: bool,
}

/// A text divided into parts.
pub(super) struct Divided {
    /// The blocks, or those before the first part.
    pub blocks: Vec<Node>,
    /// The parts, each with its footnotes.
    pub parts: Vec<(Node, Vec<Field>)>,
    /// The footnotes of the document: those before the parts, and those that their own part does not refer to.
    pub notes: Vec<Field>,
}

impl Parts {
    /// Adds blocks to the last part, or before the first one.
    pub fn push(&mut self, blocks: Vec<Node>) {
        let body = self.parts.last_mut().map_or(&mut self.lead, |part| &mut part.body);
        body.extend(blocks);
    }

    /// Whether a heading begins a part: it has level 1 and is a single letter.
    pub fn is_letter(level: u8, text: &Node) -> bool {
        level == 1 && matches!(&text.value, Value::String(letter) if matches!(letter.as_bytes(), [b'A'..=b'Z']))
    }

    /// Begins a part with its letter.
    pub fn begin(&mut self, letter: &Node, layout: Option<Node>) {
        let node = Node::map(letter.span.clone(), [("letter", Some(letter.clone())), ("layout", layout)]);
        self.parts.push(Part { start: letter.span.start, node, body: Vec::new(), headed: true });
    }

    /// Begins a part with the given fields.
    pub fn begin_with(&mut self, start: usize, node: Node) {
        self.parts.push(Part { start, node, body: Vec::new(), headed: false });
    }

    /// Takes a heading as the title of the part that begins directly above it, if it is one level lower.
    pub fn is_title(&mut self, level: u8, text: &Node) -> bool {
        let Some(Part { node, headed: true, body, .. }) = self.parts.last_mut() else { return false };
        let Value::Map(fields) = &mut node.value else { return false };
        if level != 2 || !body.is_empty() || fields.iter().any(|field| field.key == "title") {
            return false;
        }
        fields.push(Field::new("title", text.clone()));
        node.span.end = text.span.end;
        true
    }

    /// Returns everything, with each footnote where it belongs, in order.
    pub fn finish(self, notes: Vec<Field>) -> Divided {
        let starts: Vec<usize> = self.parts.iter().map(|part| part.start).collect();
        let mut own: Vec<Vec<Field>> = starts.iter().map(|_| Vec::new()).collect();
        let mut others = Vec::new();
        let marks: Vec<HashSet<String>> = self.parts.iter().map(Part::marks).collect();
        for note in notes {
            let part = starts.partition_point(|start| *start <= note.key_span.start).checked_sub(1);
            match part.filter(|part| marks[*part].contains(note.key.as_str())) {
                Some(part) => own[part].push(note),
                None => others.push(note),
            }
        }
        let parts = self.parts.into_iter().map(Part::finish).zip(own).collect();
        Divided { blocks: self.lead, parts, notes: others }
    }
}

impl Part {
    /// Returns the marks that its texts refer to.
    fn marks(&self) -> HashSet<String> {
        let mut marks = HashSet::new();
        std::iter::once(&self.node).chain(&self.body).for_each(|node| marks_in(node, &mut marks));
        marks
    }

    fn finish(self) -> Node {
        let Self { mut node, body, .. } = self;
        let end = node.span.end;
        let Value::Map(fields) = &mut node.value else { return node };
        let given = fields.iter_mut().find(|field| field.key == "body").map(|field| &mut field.node.value);
        match given {
            Some(Value::List(blocks)) => blocks.extend(body),
            Some(_) => {}
            None => {
                let empty = Node { value: Value::List(Vec::new()), span: end..end };
                fields.push(Field::new("body", Node::list(body).unwrap_or(empty)));
            }
        }
        node
    }
}

fn marks_in(node: &Node, marks: &mut HashSet<String>) {
    match &node.value {
        Value::String(text) => marks.extend(written_marks(text).map(str::to_owned)),
        Value::List(nodes) => nodes.iter().for_each(|node| marks_in(node, marks)),
        Value::Map(fields) => {
            let texts = fields.iter().filter(|field| field.key != "footnotes");
            texts.for_each(|field| marks_in(&field.node, marks));
        }
        _ => {}
    }
}
