//! The text of pages and its positions, part by part.

use std::collections::HashMap;
use std::sync::Arc;

use super::layout::{Bounds, Drawing, Layout, Line, Span};
use super::names::furniture;
use super::words::{Looks, Passage, Piece, Token, tokens};

/// A printed part.
pub(super) struct Part<'l> {
    /// Its name and its words, without its designation if that is known.
    pub passage: Passage,
    /// Its designation, if it is printed: "4.".
    pub label: Option<String>,
    /// Its lines, each with its page, from 1.
    pub lines: Vec<(usize, &'l Line)>,
    /// Its rules and pictures.
    pub drawings: Vec<(usize, &'l Drawing)>,
}

impl Part<'_> {
    /// Returns the page on which it begins.
    pub fn page(&self) -> Option<usize> {
        let line = self.lines.first().map(|(page, _)| *page);
        line.into_iter().chain(self.drawings.first().map(|(page, _)| *page)).min()
    }

    /// Returns its boxes on a page.
    pub fn boxes(&self, page: usize) -> Vec<Bounds> {
        let lines = self.lines.iter().filter(|(on, _)| *on == page).map(|(_, line)| line.bounds());
        let drawings = self.drawings.iter().filter(|(on, _)| *on == page).map(|(_, drawing)| drawing.bounds);
        lines.chain(drawings).collect()
    }

    /// Returns whether it is on that page and no other.
    pub fn repeated(&self) -> bool {
        furniture(&self.passage.name)
    }
}

/// The designations of parts.
pub(super) type Labels = HashMap<Arc<str>, String>;

/// Returns the parts of a layout, in the order in which they begin. Parts that are repeated on every page are
/// separate parts on each.
pub(super) fn parts<'l>(layout: &'l Layout, labels: &Labels) -> Vec<Part<'l>> {
    let mut list: Vec<Part> = Vec::new();
    for (index, page) in layout.pages.iter().enumerate() {
        let number = index + 1;
        for line in &page.lines {
            part(&mut list, &line.part, number).lines.push((number, line));
        }
        for drawing in &page.drawings {
            part(&mut list, &drawing.part, number).drawings.push((number, drawing));
        }
    }
    for part in &mut list {
        part.passage.tokens = tokens(pieces(&part.lines));
        part.passage.page = part.page();
        part.label = labels.get(&part.passage.name).filter(|label| unlabel(&mut part.passage.tokens, label)).cloned();
    }
    list
}

/// Removes a designation from the beginning of a part's words; returns false if it is not there.
fn unlabel(words: &mut Vec<Token>, label: &str) -> bool {
    let text = |tokens: &[Token]| tokens.iter().map(|token| token.text.as_str()).collect::<String>();
    let bare: String = label.split_whitespace().collect();
    let Some(end) = (1..=words.len().min(bare.chars().count())).find(|end| text(&words[..*end]) == bare) else {
        return false;
    };
    words.drain(..end);
    true
}

fn part<'a, 'l>(list: &'a mut Vec<Part<'l>>, name: &Arc<str>, page: usize) -> &'a mut Part<'l> {
    let own = furniture(name);
    let known = list.iter().rposition(|part| part.passage.name == *name && (!own || part.page() == Some(page)));
    let index = known.unwrap_or_else(|| {
        let passage = Passage { name: name.clone(), tokens: Vec::new(), page: None };
        list.push(Part { passage, label: None, lines: Vec::new(), drawings: Vec::new() });
        list.len() - 1
    });
    &mut list[index]
}

fn pieces<'p>(lines: &'p [(usize, &Line)]) -> Vec<Piece<'p>> {
    let mut list = Vec::new();
    for (index, (_, line)) in lines.iter().enumerate() {
        list.extend(line.spans.iter().map(|span| piece(span, index)));
        let joined = |text: &str| text.ends_with(['-', '\u{2011}', '–', '—', '/', '\u{200b}']);
        if !line.spans.last().is_some_and(|span| joined(&span.text)) {
            list.push(Piece { text: " ", note: None, looks: Looks::default(), line: index });
        }
    }
    list
}

fn piece(span: &Span, line: usize) -> Piece<'_> {
    /// Marks are raised by 3 points and more.
    const RAISED: f64 = 1.0;
    let raised = span.rise > RAISED;
    let mark = raised && span.text.trim().chars().all(|c| c.is_numeric() || "*(),".contains(c));
    let style = &span.style;
    let looks =
        Looks { italic: style.italic, bold: style.bold, raised, change: None, link: None, style: Some(style.clone()) };
    Piece { text: &span.text, note: mark.then_some(0), looks, line }
}
