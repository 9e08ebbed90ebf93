//! Writes a document with parts: a collection with the header, which refers to a statement for each part.

use super::element::Element;
use super::text::{Reading, is_starred};
use super::{Lost, Writer};
use crate::model::fields::{Design, part};
use crate::model::{Document, Part, Text};
use crate::read::statement_name;

impl Writer<'_> {
    /// Writes the whole file.
    pub fn collection(mut self, exact: Option<&Lost>) -> Element {
        let document = self.document;
        let meta = self.meta(exact.map(|lost| &lost.header));
        let cover = self.cover();
        let preface = self.preface();
        let conclusions = self.conclusions();
        let (mut references, mut components) = (Element::new("collectionBody"), Element::new("components"));
        for (index, part) in document.parts.iter().enumerate() {
            let reference = Element::new("documentRef")
                .with("eId", format!("compRef_{index}"))
                .with("href", format!("#comp_{index}"))
                .with("showAs", part.letter.as_ref().map(Text::to_string).unwrap_or_default());
            references.push(Element::new("component").with("eId", format!("comp_def_{index}")).holding(reference));
            let exact = exact.map(|lost| lost.parts.get(index).cloned().unwrap_or_default());
            let own = alone(part, document);
            let numbered = self.notes.iter().filter(|mark| !is_starred(mark)).count();
            let mut writer = Writer::new(&own);
            writer.before = (self.before.0 + self.notes.len(), self.before.1 + numbered);
            writer.identified = std::mem::take(&mut self.identified);
            writer.shared = Some(&document.footnotes);
            let statement = writer.part(part, exact.as_ref());
            self.identified = std::mem::take(&mut writer.identified);
            self.before = writer.before;
            self.notes = std::mem::take(&mut writer.notes);
            components.push(Element::new("component").with("eId", format!("comp_{index}")).holding(statement));
        }
        // A body besides the parts is ignored: `check` refuses such a document.
        let collection = Element::new("documentCollection")
            .with("name", "publication")
            .holding(meta)
            .holding(cover)
            .holding_all(preface)
            .holding(references)
            .holding_all(conclusions);
        Element::new("akomaNtoso").holding(collection).holding(components)
    }

    /// Writes the statement of a part.
    fn part(&mut self, part: &Part, exact: Option<&serde_json::Map<String, serde_json::Value>>) -> Element {
        let meta = self.meta(exact);
        let mut preface = Element::new("preface");
        let mut head = Element::new("p").with("xml:space", "preserve");
        if let Some(letter) = &part.letter {
            let letter = self.text(Element::of(&part::letter), letter, Reading::Title);
            head.push(letter);
        }
        if let Some(title) = &part.title {
            head = if head.is_empty() { head } else { head.saying(" ") };
            let title = self.text(Element::of(&part::title), title, Reading::Title);
            head.push(title);
        }
        if !head.is_empty() {
            preface.push(head);
        }
        let conclusions = self.closing(part);
        let (preamble, main, attachments) = self.body();
        Element::new("statement")
            .with("name", statement_name(self.document.kind))
            .holding(meta)
            .holding_all((!preface.is_empty()).then_some(preface))
            .holding_all(preamble)
            .holding(main)
            .holding_all(conclusions)
            .holding_all(attachments)
    }

    /// Writes the closing lines of a part.
    fn closing(&mut self, part: &Part) -> Option<Element> {
        if part.adopted_text.is_empty() || Design::of_document(self.document) != Design::Adopted {
            return self.conclusions();
        }
        let mut closing = Element::new("p").with("xml:space", "preserve");
        for (index, line) in part.adopted_text.iter().enumerate() {
            if index > 0 {
                closing.push(Element::new("eol"));
            }
            let line = self.text(Element::of(&part::adopted_text), line, Reading::Plain);
            closing.push(line);
        }
        Some(Element::new("conclusions").with("eId", "conclusions").holding(closing))
    }
}

/// Returns a part as a separate document, identified by number and letter.
fn alone(part: &Part, whole: &Document) -> Document {
    let letter = part.letter.as_ref().map_or("", Text::written);
    Document {
        symbol: whole.symbol.iter().map(|symbol| format!("{symbol} {letter}").into()).collect(),
        number: whole.number.as_ref().map(|number| format!("{number}{letter}")),
        date: whole.date,
        adopted: part.adopted.or(whole.adopted),
        ..part.as_document(whole)
    }
}
