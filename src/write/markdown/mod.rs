//! Writes a document as Markdown with YAML front matter (docs/markdown.md).
//!
//! A block is written in native Markdown if that reads back as the same block, and
//! otherwise as fenced YAML.

mod own;

use std::collections::HashSet;
use std::fmt::Write;
use std::sync::Arc;

use serde::Serialize;
use serde_json::{Map, Value};

use super::yaml;
use crate::diagnostic::Source;
use crate::json;
use crate::model::fields::{TextKind, header};
use crate::model::inline::written_marks;
use crate::model::{Annex, Block, Document, Kind, Named, Number, Part, Passage, Text};
use crate::read::{Format, read};

/// Returns the Markdown of a document.
pub(super) fn written(document: &Document) -> Result<String, serde_json::Error> {
    let mut writer = Writer { kind: document.kind, body: String::new(), count: Counts::default(), after_items: false };
    writer.blocks(&document.body)?;
    let divided = !document.parts.is_empty();
    // Footnotes below the parts would belong to them.
    let (notes, others) = notes(document.kind, &document.footnotes, |_| !divided);
    for part in &document.parts {
        writer.part(part)?;
    }
    let mut head = json::value(document)?;
    if let Value::Object(fields) = &mut head {
        let content = header::ALL.iter().filter(|field| field.text == TextKind::Content);
        content.for_each(|field| drop(fields.remove(field.name)));
        if !others.is_empty() {
            fields.insert("footnotes".into(), Value::Object(others));
        }
    }
    Ok(format!("---\n{}---\n{}{notes}", yaml::written(&head), writer.body))
}

/// Returns the footnotes in native Markdown, as far as allowed and read back, and the others.
fn notes(kind: Kind, notes: &Named<Text>, may: impl Fn(&str) -> bool) -> (String, Map<String, Value>) {
    let (mut own, mut others) = (String::new(), Map::new());
    for (mark, text) in notes {
        let note = format!("[^{mark}]: {text}");
        let back = || back(kind, &note);
        if may(mark) && back().is_some_and(|back| back.body.is_empty() && back.footnotes.get(mark) == Some(text)) {
            let _ = write!(own, "\n{note}\n");
        } else {
            others.insert(mark.clone(), text.written().into());
        }
    }
    (own, others)
}

/// Returns the marks that the texts of a value refer to.
fn marks_in<'v>(value: &'v Value, marks: &mut HashSet<&'v str>) {
    match value {
        Value::String(text) => marks.extend(written_marks(text)),
        Value::Array(values) => values.iter().for_each(|value| marks_in(value, marks)),
        Value::Object(fields) => fields.values().for_each(|value| marks_in(value, marks)),
        _ => {}
    }
}

/// Returns the document that a text reads back as, below front matter of that kind.
fn back(kind: Kind, text: &str) -> Option<Document> {
    let source: Arc<Source> = Source::new("", format!("---\nsymbol: A\nkind: {}\n---\n\n{text}\n", kind.name()));
    read(&source, Format::Markdown).ok().map(|reading| reading.document)
}

struct Writer {
    kind: Kind,
    body: String,
    count: Counts,
    /// Whether the last block ends with items, after which text beginning with a lower-case letter would continue it.
    after_items: bool,
}

/// The last numbers of operative and of numbered paragraphs, and the last written number.
#[derive(Default)]
struct Counts {
    operative: u16,
    numbered: u16,
    written: Option<u16>,
}

impl Writer {
    /// Writes the blocks of a body; the annexes at its end begin with headings.
    fn blocks(&mut self, blocks: &[Block]) -> Result<(), serde_json::Error> {
        let last = blocks.iter().rposition(|block| !matches!(block, Block::Annex(_)));
        for (index, block) in blocks.iter().enumerate() {
            match block {
                Block::Annex(annex) if last.is_none_or(|last| index > last) => self.annex(annex)?,
                _ => self.block(block)?,
            }
        }
        Ok(())
    }

    /// Writes a part, beginning with its letter and its title if it has nothing else, with its footnotes at the end.
    fn part(&mut self, part: &Part) -> Result<(), serde_json::Error> {
        let begun = Part { body: Vec::new(), footnotes: Named::new(), ..part.clone() };
        let bare = json::value(&Part { footnotes: Named::new(), ..part.clone() })?;
        let mut marks = HashSet::new();
        marks_in(&bare, &mut marks);
        let (notes, others) = notes(self.kind, &part.footnotes, |mark| marks.contains(mark));
        let titled =
            part.title.is_some() || !matches!(part.body.first(), Some(Block::Heading(heading)) if heading.level == 2);
        let own = own::part(&begun).filter(|own| {
            titled && others.is_empty() && back(self.kind, own).is_some_and(|back| back.parts == [begun.clone()])
        });
        match own {
            Some(own) => self.add(&own),
            None => self.fence_head("part", &begun, others)?,
        }
        self.count = Counts::default();
        self.after_items = false;
        self.blocks(&part.body)?;
        self.body.push_str(&notes);
        Ok(())
    }

    /// Begins a part or an annex with its fields in a fence; its blocks follow.
    fn fence_head(
        &mut self,
        kind: &str,
        begun: &impl Serialize,
        notes: Map<String, Value>,
    ) -> Result<(), serde_json::Error> {
        let mut value = json::value(begun)?;
        if let Value::Object(fields) = &mut value {
            fields.remove("body");
            if !notes.is_empty() {
                fields.insert("footnotes".into(), Value::Object(notes));
            }
        }
        self.fence(kind, &value);
        Ok(())
    }

    fn annex(&mut self, annex: &Annex) -> Result<(), serde_json::Error> {
        let begun = Annex { body: Vec::new(), ..annex.clone() };
        let level = annex.body.first().and_then(|first| match first {
            Block::Heading(heading) => Some(heading.level),
            _ => None,
        });
        let own = own::annex(&begun).filter(|own| {
            let titled = level != Some(2) || annex.title.is_some();
            titled && back(self.kind, own).is_some_and(|back| back.body == [Block::Annex(begun.clone())])
        });
        match own {
            Some(own) => self.add(&own),
            None => self.fence_head("annex", &begun, Map::new())?,
        }
        self.count = Counts::default();
        self.after_items = false;
        annex.body.iter().try_for_each(|block| self.block(block))
    }

    fn block(&mut self, block: &Block) -> Result<(), serde_json::Error> {
        let own = match block {
            Block::Operative(passage) => self.numbered(passage, Block::Operative, |count| &mut count.operative),
            Block::Numbered(passage) => self.numbered(passage, Block::Numbered, |count| &mut count.numbered),
            Block::Enacting(p) | Block::Preambular(p) | Block::Paragraph(p)
                if self.after_items && p.text.written().starts_with(char::is_lowercase) =>
            {
                None
            }
            block => own::block(block).filter(|own| self.reads_back(own, block)),
        };
        match own {
            Some(own) => {
                self.add(&own);
                let passage = block.passage().filter(|_| !matches!(block, Block::Quote(_)));
                self.after_items = passage.is_some_and(|passage| !passage.items.is_empty());
            }
            None => {
                if let Value::Object(fields) = json::value(block)? {
                    fields.iter().for_each(|(kind, value)| self.fence(kind, value));
                }
                self.after_items = false;
            }
        }
        Ok(())
    }

    /// Writes a numbered paragraph in native Markdown; it is counted in any case.
    fn numbered(
        &mut self,
        passage: &Passage,
        kind: fn(Passage) -> Block,
        of: fn(&mut Counts) -> &mut u16,
    ) -> Option<String> {
        let next = of(&mut self.count).saturating_add(1);
        let number = match &passage.number {
            Number::Next => Some(next),
            Number::Unnumbered => return None,
            Number::Set(set) => {
                let value: Option<u16> = set.trim_end_matches('.').parse().ok();
                *of(&mut self.count) = value.unwrap_or(next - 1);
                value.filter(|value| *set == value.to_string() && *value != next && Some(*value) != self.count.written)
            }
        };
        if passage.number == Number::Next {
            *of(&mut self.count) = next;
        }
        let number = number?;
        // Whether the count continues depends on what is above; everything else is tested with the number 1.
        let alone = kind(Passage { number: Number::Next, ..passage.clone() });
        if !self.reads_back(&own::numbered(passage, 1), &alone) {
            return None;
        }
        self.count.written = Some(number);
        Some(own::numbered(passage, number))
    }

    fn reads_back(&self, own: &str, block: &Block) -> bool {
        // Without italics, the name of an organ is read as such only at the beginning.
        let above = if matches!(block, Block::Enacting(_)) && !self.body.is_empty() { "Text\n\n" } else { "" };
        let expected = |back: &Document| match above {
            "" => back.body == std::slice::from_ref(block),
            _ => back.body.get(1..) == Some(std::slice::from_ref(block)),
        };
        back(self.kind, &format!("{above}{own}")).is_some_and(|back| expected(&back) && back.footnotes.is_empty())
    }

    fn add(&mut self, own: &str) {
        let _ = write!(self.body, "\n{}\n", own.trim_end());
    }

    /// Writes a block in YAML, between fences longer than any within it.
    fn fence(&mut self, kind: &str, value: &Value) {
        const SHORTEST: usize = 3;
        let yaml = yaml::written(value);
        let longest = yaml.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat((longest + 1).max(SHORTEST));
        let _ = write!(self.body, "\n{fence}{kind}\n{yaml}{fence}\n");
    }
}
