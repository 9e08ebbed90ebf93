//! Annexes: a heading or a fenced block begins one, and everything after it belongs to it.

use super::super::tree::{Field, Node, Value};
use super::blocks::{block, designates};

/// The words with which the heading of an annex begins, in all languages; in Arabic also
/// with the article.
const WORDS: [&str; 8] = ["Annex", "Annexe", "Anexo", "Приложение", "Anlage", "附件", "المرفق", "مرفق"];

/// The blocks of a body so far, with those of the last annex kept separately.
#[derive(Default)]
pub(super) struct Annexes {
    blocks: Vec<Node>,
    annex: Option<Annex>,
}

struct Annex {
    /// The map of its fields except the body.
    node: Node,
    body: Vec<Node>,
    /// The level of the heading that began it.
    level: Option<u8>,
}

impl Annexes {
    /// Returns all blocks.
    pub fn finish(mut self) -> Vec<Node> {
        self.end();
        self.blocks
    }

    /// Whether there are no blocks.
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty() && self.annex.is_none()
    }

    /// Adds a block to the current annex, or to the body if there is none.
    pub fn push(&mut self, block: Node) {
        match &mut self.annex {
            Some(annex) => annex.body.push(block),
            None => self.blocks.push(block),
        }
    }

    fn end(&mut self) {
        let Some(Annex { mut node, body, .. }) = self.annex.take() else { return };
        let end = node.span.end;
        let body = Node::list(body).unwrap_or(Node { value: Value::List(Vec::new()), span: end..end });
        node.span.end = body.span.end.max(end);
        if let Value::Map(fields) = &mut node.value {
            fields.push(Field::new("body", body));
        }
        self.blocks.push(block("annex", node));
    }

    /// Begins an annex if the heading is an annex heading.
    pub fn begin(&mut self, level: u8, text: &Node, layout: &Option<Node>) -> bool {
        const LOWEST: u8 = 2;
        let Value::String(words) = &text.value else { return false };
        let mut parts = words.split(' ');
        if level > LOWEST || !parts.next().is_some_and(|word| WORDS.contains(&word)) {
            return false;
        }
        let number = parts.next().filter(|word| designates(word));
        let rest = if number.is_some() { parts.next() } else { words.split(' ').nth(1) };
        let number = number.map(|number| Node::text(number, text.span.clone()));
        let heading = rest.map(|_| text.clone());
        let node = Node::map(text.span.clone(), [("number", number), ("heading", heading), ("layout", layout.clone())]);
        self.end();
        self.annex = Some(Annex { node, body: Vec::new(), level: Some(level) });
        true
    }

    /// Begins an annex with the given fields.
    pub fn begin_with(&mut self, node: Node) {
        self.end();
        self.annex = Some(Annex { node, body: Vec::new(), level: None });
    }

    /// Takes a heading as the title of the annex that begins directly above it, if it is one
    /// level lower.
    pub fn is_title(&mut self, level: u8, text: &Node) -> bool {
        let Some(Annex { node, body, level: above }) = &mut self.annex else { return false };
        let Value::Map(fields) = &mut node.value else { return false };
        let begun = body.is_empty() && fields.iter().all(|field| field.key != "title");
        if !begun || *above != Some(level - 1) {
            return false;
        }
        fields.push(Field::new("title", text.clone()));
        node.span.end = text.span.end;
        true
    }
}
