//! Writes the body: preamble, main body, attachments.

use super::Writer;
use super::element::Element;
use super::text::{Reading, exactly, layout, set};
use crate::model::{Annex, Block, Change, Heading, Inline, Number, Passage, Text};
use crate::prepare::{numbered, stopped};
use crate::read::is_labelled;

/// The next numbers of paragraphs.
#[derive(Default)]
pub(super) struct Count {
    operative: usize,
    numbered: usize,
    /// How many operative paragraphs there were, as counted on reading.
    read: usize,
}

impl<'d> Writer<'d> {
    /// Writes preamble, main body and attachments of the document.
    pub fn body(&mut self) -> (Option<Element>, Element, Option<Element>) {
        let blocks = &self.document.body;
        let opening = |block: &&Block| matches!(block, Block::Enacting(_) | Block::Preambular(_));
        let (before, rest) = blocks.split_at(blocks.iter().take_while(opening).count());
        let annexes = rest.iter().rev().take_while(|block| matches!(block, Block::Annex(_))).count();
        let (middle, last) = rest.split_at(rest.len() - annexes);
        let mut preamble = Element::new("preamble");
        for block in before {
            let element = self.opening_block(block);
            preamble.push(element);
        }
        let mut main = Element::new("mainBody");
        self.blocks(middle, &mut main);
        let mut attachments = Element::new("attachments");
        for block in last {
            if let Block::Annex(annex) = block {
                let element = self.attachment(annex);
                attachments.push(element);
            }
        }
        let some = |element: Element| (!element.is_empty()).then_some(element);
        (some(preamble), main, some(attachments))
    }

    /// Writes enacting words or a preambular paragraph, in the preamble, where elements of the
    /// hierarchy are not allowed.
    fn opening_block(&mut self, block: &Block) -> Element {
        let (kind, passage) = match block {
            Block::Enacting(passage) => ("enacting", passage),
            Block::Preambular(passage) => ("preambular", passage),
            _ => return Element::new("container"),
        };
        let bare = passage.items.is_empty() && passage.continuation.is_empty() && !passage.text.written().is_empty();
        let number = self.next("container");
        if kind == "enacting" && bare {
            let text = self.paragraph(&passage.text);
            return Element::new("formula")
                .with("name", "enactingFormula")
                .with("eId", format!("formula_{number}"))
                .with_some("masthead:layout", layout(&passage.layout))
                .holding(text);
        }
        let mut container = Element::new("container")
            .with("name", opening_words(&passage.text).unwrap_or_else(|| kind.to_owned()))
            .with("eId", format!("container_{number}"))
            .with_some("masthead:block", (kind == "enacting" || !bare).then_some(kind))
            .with_some("masthead:layout", layout(&passage.layout));
        let text = self.paragraph(&passage.text);
        container.push(text);
        if !passage.items.is_empty() {
            let list = self.block_list(&passage.items, 1);
            container.push(list);
        }
        for text in &passage.continuation {
            let text = self.paragraph(text);
            container.push(text);
        }
        container
    }

    /// Writes blocks into an element that may contain the hierarchy.
    pub fn blocks(&mut self, blocks: &'d [Block], holder: &mut Element) {
        let mut count = Count::default();
        for block in blocks {
            let element = match block {
                Block::Enacting(passage) => self.passage("enacting", passage, None, true),
                Block::Preambular(passage) => self.passage("preambular", passage, None, true),
                Block::Quote(passage) => self.passage("quote", passage, None, true),
                Block::Paragraph(passage) => {
                    let marked = passage.text.written().is_empty() || is_labelled(passage.text.written());
                    self.passage("paragraph", passage, None, marked)
                }
                Block::Numbered(passage) => {
                    let printed = numbered(&passage.number, &mut count.numbered, self.words);
                    self.passage("numbered", passage, Some(printed), true)
                }
                Block::Operative(passage) => self.operative(passage, &mut count),
                Block::Heading(heading) => self.heading(heading),
                Block::Annex(annex) => {
                    let element = Element::new("hcontainer").with("name", "annex");
                    self.annex(annex, element)
                }
                Block::Signature(signature) => self.signature(signature),
                Block::Table(table) => self.table(table),
                Block::Figure(figure) => self.figure(figure),
                Block::Vote(vote) => self.vote(vote),
            };
            holder.push(element);
        }
    }

    /// Writes a paragraph of the hierarchy.
    pub fn hierarchical(&mut self) -> Element {
        let number = self.next("para");
        Element::new("paragraph").with("eId", format!("para_{number}"))
    }

    fn operative(&mut self, passage: &Passage, count: &mut Count) -> Element {
        let printed = numbered(&passage.number, &mut count.operative, self.words);
        count.read += 1;
        let usual = printed.as_deref() == Some(&*format!("{}.", count.read));
        let read_back = match &passage.number {
            Number::Next => usual,
            Number::Set(label) => !usual && printed.as_deref() == Some(label) && exactly(label).is_none(),
            Number::Unnumbered => false,
        };
        self.passage("operative", passage, Some(printed), !read_back || passage.text.written().is_empty())
    }

    /// Writes a paragraph, with its kind if it is `marked`, and with its numbering if it can have one.
    fn passage(
        &mut self,
        kind: &'static str,
        passage: &Passage,
        number: Option<Option<String>>,
        marked: bool,
    ) -> Element {
        let mut element = self.hierarchical().with_some("masthead:layout", layout(&passage.layout));
        if marked {
            element = element.with("masthead:block", kind);
        }
        if let Some(printed) = number {
            element = match &passage.number {
                _ if !marked => element,
                Number::Next => element.with("masthead:number", "next"),
                Number::Unnumbered => element.with("masthead:number", "none"),
                Number::Set(label) => element.with("masthead:number", set(label)),
            };
            if let Some(printed) = printed {
                element.push(Element::new("num").saying(printed));
            }
        }
        self.content(element, &passage.text, &passage.items, &passage.continuation, 1)
    }

    fn heading(&mut self, heading: &Heading) -> Element {
        let class = match heading.level {
            1 => "HCH",
            2 => "H1",
            4 => "H4",
            _ => "H23",
        };
        let mut element =
            self.hierarchical().with("class", class).with_some("masthead:layout", layout(&heading.layout));
        if heading.text.written().is_empty() || heading.number.is_some() {
            element = element.with("masthead:block", "heading");
        }
        if let Some(number) = &heading.number {
            element = element.with("masthead:number", set(number));
            element.push(Element::new("num").saying(stopped(number, self.words)));
        }
        let text = self.text(Element::new("heading"), &heading.text, Reading::Title);
        element.holding(text)
    }

    fn attachment(&mut self, annex: &'d Annex) -> Element {
        let number = self.next("attachment");
        let meta = Element::new("meta").holding(self.identification(&number.to_string()));
        let body = self.annex(annex, Element::new("mainBody"));
        let doc = Element::new("doc").with("name", "annex").holding(meta).holding(body);
        Element::new("attachment").with("eId", format!("attachment_{number}")).holding(doc)
    }

    /// Writes an annex in an element: its headings, then its blocks.
    fn annex(&mut self, annex: &'d Annex, element: Element) -> Element {
        // Attachments of the UN's own files begin with heading and title and continue on the page.
        let plain = element.is("mainBody")
            && annex.number.is_none()
            && annex.new_page == Some(false)
            && [&annex.heading, &annex.title]
                .iter()
                .all(|text| text.as_ref().is_some_and(|text| !text.written().is_empty()));
        let mut element = element.with_some("masthead:layout", layout(&annex.layout));
        if !plain {
            element = element
                .with("masthead:block", "annex")
                .with_some("masthead:number", annex.number.as_ref().map(|n| set(n)))
                .with_some("masthead:new-page", annex.new_page.map(|truth| truth.to_string()));
        }
        let usual = Text::from(match &annex.number {
            Some(number) => self.words.numbered(&self.words.annex, number),
            None => self.words.annex.to_owned(),
        });
        let heading = annex.heading.as_ref();
        let part = if heading.is_some() { "annex-heading" } else { "annex-word" };
        let heads = [(part, Some(heading.unwrap_or(&usual))), ("annex-title", annex.title.as_ref())];
        for (part, text) in heads {
            let Some(text) = text else { continue };
            let holder = self.hierarchical().with("class", "H1").with_some("masthead:part", (!plain).then_some(part));
            let text = self.text(Element::new("heading"), text, Reading::Title);
            element.push(holder.holding(text));
        }
        self.blocks(&annex.body, &mut element);
        element
    }
}

/// Returns the italic words at the beginning of a paragraph.
fn opening_words(text: &Text) -> Option<String> {
    match text.pieces().first()? {
        Inline::Text { text, italic: true, change: None | Some(Change::Inserted), .. } => {
            Some(text.trim().to_owned()).filter(|words| !words.is_empty())
        }
        _ => None,
    }
}
