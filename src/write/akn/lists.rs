//! Writes sub-paragraphs as points of the hierarchy, or as items of a block list where only blocks are allowed.

use super::Writer;
use super::element::Element;
use super::text::{exactly, layout, set};
use crate::model::{Item, Text};

impl Writer<'_> {
    /// Writes the text of a paragraph or sub-paragraph, its sub-paragraphs, and the text that continues after them.
    pub fn content(
        &mut self,
        element: Element,
        text: &Text,
        items: &[Item],
        continuation: &[Text],
        level: u8,
    ) -> Element {
        let text = self.paragraph(text);
        if items.is_empty() {
            let mut content = Element::new("content").holding(text);
            for text in continuation {
                let text = self.paragraph(text);
                content.push(if level > 1 { text.with("masthead:part", "continue") } else { text });
            }
            return element.holding(content);
        }
        let mut list = Element::new("list").holding(Element::new("intro").holding(text));
        for (index, item) in items.iter().enumerate() {
            let point = Element::new("point").with_some("masthead:layout", layout(&item.layout));
            let point = point.holding(self.label(item, level, index));
            let point = self.content(point, &item.text, &item.items, &item.continuation, level + 1);
            list.push(point);
        }
        if !continuation.is_empty() {
            let texts: Vec<Element> = continuation.iter().map(|text| self.paragraph(text)).collect();
            list.push(Element::new("wrapUp").holding_all(texts));
        }
        element.holding(list)
    }

    /// Writes the list of a preambular paragraph.
    pub fn block_list(&mut self, items: &[Item], level: u8) -> Element {
        let mut list = Element::new("blockList");
        for (index, item) in items.iter().enumerate() {
            let mut element = Element::new("item").with_some("masthead:layout", layout(&item.layout));
            element = element.holding(self.label(item, level, index));
            let text = self.paragraph(&item.text);
            element.push(text);
            if !item.items.is_empty() {
                let inner = self.block_list(&item.items, level + 1);
                element.push(inner);
            }
            for text in &item.continuation {
                let text = self.paragraph(text).with("masthead:part", "continue");
                element.push(text);
            }
            list.push(element);
        }
        list
    }

    /// Writes the label of a sub-paragraph. Set labels that would not be read back are given exactly.
    fn label(&self, item: &Item, level: u8, index: usize) -> Element {
        let usual = self.words.label(level, index);
        let Some(label) = &item.label else {
            return Element::new("num").saying(usual);
        };
        let exact = *label == usual || label.is_empty() || exactly(label).is_some();
        Element::new("num").with_some("masthead:number", exact.then(|| set(label))).saying(label)
    }
}
