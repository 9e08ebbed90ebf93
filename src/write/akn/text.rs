//! Writes texts: the model's inline Markdown as inline elements, footnotes at their first reference.

use super::Writer;
use super::element::{Child, Element};
use crate::model::{Adjustment, Change, Inline, Text};
use crate::prepare::{Leads, Own, cut, links_of};
use crate::read::text_of_xml;

/// Returns the adjustments of a block in the short form. Returns `None` if there are none.
pub(super) fn layout(adjustment: &Adjustment) -> Option<String> {
    (!adjustment.is_empty()).then(|| adjustment.to_string())
}

/// How a text is read back.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// As it is.
    Plain,
    /// As a title, which is bold already.
    Title,
}

impl Writer<'_> {
    /// Puts a text into an element, and its exact form if it would be read differently.
    pub fn text(&mut self, holder: Element, text: &Text, reading: Reading) -> Element {
        let seen =
            pieces(text, self, &mut |_, mark| Element::new("noteRef").with("href", "#").with("masthead:mark", mark));
        let fragment = Element::new("p").holding_all(seen).fragment();
        let back = text_of_xml(&fragment, self.document.language, reading == Reading::Title);
        let exact = (back.as_ref() != Some(text)).then(|| json_escaped(text.written()));
        let children = self.inline(text);
        holder.with_some("masthead:text", exact).holding_all(children)
    }

    /// Writes a paragraph with a text.
    pub fn paragraph(&mut self, text: &Text) -> Element {
        self.text(Element::new("p").with("xml:space", "preserve"), text, Reading::Plain)
    }

    /// Returns the pieces of a text.
    pub fn inline(&mut self, text: &Text) -> Vec<Child> {
        pieces(text, self, &mut |writer, mark| writer.note(mark))
    }

    /// Writes a footnote at its first reference, and a reference to it later.
    fn note(&mut self, mark: &str) -> Element {
        if self.lettered.is_some_and(|notes| notes.contains_key(mark)) {
            return Element::new("noteRef").with("href", "#").with("marker", mark).with("masthead:mark", mark);
        }
        if let Some(index) = self.notes.iter().position(|met| met == mark) {
            let href = format!("#authorialNote_{}", self.before.0 + index + 1);
            return Element::new("noteRef").with("href", href).with("marker", self.printed[index].clone());
        }
        let own = self.document.footnotes.get(mark);
        let Some(note) = own.or_else(|| self.shared?.get(mark)) else {
            // `check` refuses such a document; the mark is kept.
            return Element::new("noteRef").with("href", "#").with("masthead:mark", mark);
        };
        let starred = is_starred(mark);
        let number = 1 + self.notes.iter().filter(|met| !is_starred(met)).count();
        let printed = if starred { mark.to_owned() } else { (self.before.1 + number).to_string() };
        self.notes.push(mark.to_owned());
        self.printed.push(printed.clone());
        let identifier = format!("authorialNote_{}", self.before.0 + self.notes.len());
        let exact = (!starred && mark != number.to_string()).then_some(mark);
        let holder = Element::new("authorialNote")
            .with("marker", printed)
            .with("placement", "bottom")
            .with("eId", identifier)
            .with_some("masthead:mark", exact);
        let note = self.paragraph(note);
        holder.holding(note)
    }
}

pub(super) fn is_starred(mark: &str) -> bool {
    !mark.is_empty() && mark.chars().all(|c| c == '*')
}

/// Returns the exact form of an attribute value that would be read differently: with line ends, characters
/// that XML cannot express, or other spaces.
pub(super) fn exactly(value: &str) -> Option<String> {
    let folded = value.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let other = |c: char| c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') || (c.is_whitespace() && c != ' ');
    (folded != value || value.contains(other)).then(|| json_escaped(value))
}

/// Returns the attribute value for a number or label that is set.
pub(super) fn set(number: &str) -> String {
    format!("={}", json_escaped(number))
}

/// Returns the pieces of a text; `note` writes each reference to a note.
fn pieces<'d>(
    text: &Text,
    writer: &mut Writer<'d>,
    note: &mut dyn FnMut(&mut Writer<'d>, &str) -> Element,
) -> Vec<Child> {
    let said: Vec<_> = text.pieces().iter().map(|piece| (piece.change(), piece.text().unwrap_or_default())).collect();
    let links = links_of(&said, Leads::of(writer.document));
    let own = Own::of(writer.document);
    let mut out = Vec::with_capacity(text.pieces().len());
    let mut at = 0;
    for piece in text.pieces() {
        let (text, italic, bold, raised, change, address) = match piece {
            Inline::Note { mark, change } => {
                out.push(changed(note(writer, mark).into(), *change));
                continue;
            }
            &Inline::Text { ref text, italic, bold, raised, change, ref address } => {
                (text, italic, bold, raised, change, address)
            }
        };
        let class = match (bold, italic) {
            (true, true) => Some("bold italic"),
            (true, false) => Some("bold"),
            (false, true) => Some("italic"),
            (false, false) => None,
        };
        for (stretch, link) in cut(text, at, &links, address.as_deref()) {
            let link = link.filter(|address| !own.is_at(address));
            let mut child = Child::Text(stretch.to_owned());
            if raised {
                child = Element::new("sup").holding_all([child]).into();
            }
            if let Some(class) = class {
                child = Element::new("span").with("class", class).holding_all([child]).into();
            }
            if let Some(href) = link {
                child = Element::new("a").with("href", href).holding_all([child]).into();
            }
            out.push(changed(child, change));
        }
        at += text.len();
    }
    out
}

/// Returns struck or inserted content.
fn changed(child: Child, change: Option<Change>) -> Child {
    match change {
        None => child,
        Some(Change::Struck) => Element::new("del").holding_all([child]).into(),
        Some(Change::Inserted) => Element::new("ins").holding_all([child]).into(),
    }
}

/// Escapes a text as in JSON, and also the characters that JSON allows but XML does not.
pub(super) fn json_escaped(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    quoted[1..quoted.len() - 1].replace('\u{fffe}', "\\ufffe").replace('\u{ffff}', "\\uffff")
}
