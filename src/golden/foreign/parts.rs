//! Recognises the parts of a document from its pages alone: headers and feet, footnotes, paragraphs by
//! their numbers, other text by its first words.

use std::collections::HashMap;
use std::sync::Arc;

use super::lines::quoted;
use crate::golden::layout::{Layout, Line, Page};

/// The share of a page that its header takes, from the second page on, and its foot.
const HEAD: f64 = 0.085;
const FOOT: f64 = 0.935;
/// The least distance of lines of different paragraphs, in type sizes.
const APART: f64 = 1.4;

/// Assigns every line, rule and picture to its part.
pub(super) fn name(layout: &mut Layout) {
    let mut names = Names::default();
    for (index, page) in layout.pages.iter_mut().enumerate() {
        for drawing in &mut page.drawings {
            drawing.part = if drawing.picture.is_some() { "pictures".into() } else { "rules".into() };
        }
        of_page(page, index, &mut names);
    }
}

fn of_page(page: &mut Page, index: usize, names: &mut Names) {
    let mut note: Option<Arc<str>> = None;
    let mut blocks: Vec<Block> = Vec::new();
    let height = page.height;
    // Text at an angle already has its name.
    for line in page.lines.iter_mut().filter(|line| line.part.is_empty()) {
        line.part = if index > 0 && line.y < height * HEAD {
            "running header".into()
        } else if line.y > height * FOOT {
            "foot".into()
        } else if let Some(mark) = mark(line) {
            let name: Arc<str> = format!("footnote {mark}").into();
            note.insert(name).clone()
        } else if let Some(note) = &note {
            note.clone()
        } else {
            flowing(line, &mut blocks, names)
        };
    }
}

/// Text of one part on a page, as far as it was read.
struct Block {
    part: Arc<str>,
    left: f64,
    right: f64,
    /// The baseline of its last line.
    y: f64,
    /// The type size of its last line.
    size: f64,
    /// Whether it is a number that stands apart from its text.
    bare: bool,
}

/// Returns the part of a line of running text. It continues the block above it, never one beside it, unless that is a
/// number set apart.
fn flowing(line: &Line, blocks: &mut Vec<Block>, names: &mut Names) -> Arc<str> {
    let text = line.text();
    let text = text.trim();
    let designation = designation(text);
    let size = line.spans.iter().map(|span| span.style.size).fold(0.0, f64::max);
    let (left, right) = (line.left(), line.right());
    let starts_page = blocks.is_empty();
    let before = blocks.iter_mut().filter(|block| match line.y == block.y {
        true => block.bare,
        false => block.left < right && left < block.right && line.y - block.y <= APART * block.size,
    });
    let continued = before.max_by(|a, b| a.y.total_cmp(&b.y)).filter(|_| designation.is_none());
    let ended = std::mem::replace(&mut names.ended, text.ends_with(['.', ';', ':', ',', '?', '!']));
    if let Some(block) = continued {
        let (left, right) = (block.left.min(left), block.right.max(right));
        *block = Block { part: block.part.clone(), left, right, y: line.y, size, bare: false };
        return block.part.clone();
    }
    let from_before = names.open.clone().filter(|_| starts_page && !ended && designation.is_none());
    let part = from_before.unwrap_or_else(|| names.begun(text, designation));
    blocks.push(Block { part: part.clone(), left, right, y: line.y, size, bare: designation == Some(text) });
    part
}

/// Returns the mark with which a footnote begins: raised, or an asterisk, in small type.
fn mark(line: &Line) -> Option<String> {
    const LARGEST: f64 = 9.0;
    let small = line.spans.iter().all(|span| span.style.size < LARGEST);
    let first = line.spans.first().filter(|_| small && line.spans.len() > 1)?;
    let text = first.text.trim();
    let number = first.rise > 0.0 && text.chars().all(|c| c.is_numeric());
    let star = !text.is_empty() && text.chars().all(|c| c == '*');
    (number || star).then(|| text.to_owned())
}

/// "4." or "(a)" at the beginning of a line.
fn designation(text: &str) -> Option<&str> {
    let first = text.split_whitespace().next()?;
    let number = first
        .strip_suffix('.')
        .is_some_and(|number| (1..=3).contains(&number.len()) && number.chars().all(|c| c.is_ascii_digit()));
    let letter = first
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
        .is_some_and(|letter| (1..=5).contains(&letter.chars().count()) && letter.chars().all(char::is_alphanumeric));
    (number || letter).then_some(first)
}

/// The names of the running text.
#[derive(Default)]
struct Names {
    /// The part that began last.
    open: Option<Arc<str>>,
    /// The numbered paragraph that contains the items.
    paragraph: String,
    /// Whether the last line ended a paragraph.
    ended: bool,
    given: HashMap<String, usize>,
}

impl Names {
    /// Returns the name of the part that begins with a line.
    fn begun(&mut self, text: &str, designation: Option<&str>) -> Arc<str> {
        let name = match designation {
            Some(item) if item.starts_with('(') && !self.paragraph.is_empty() => format!("{} {item}", self.paragraph),
            Some(item) if item.starts_with('(') => format!("item {item}"),
            Some(number) => {
                self.paragraph = format!("paragraph {}", number.trim_end_matches('.'));
                self.paragraph.clone()
            }
            None => format!("text “{}”", quoted(text)),
        };
        let times = self.given.entry(name.clone()).or_default();
        *times += 1;
        let name: Arc<str> = if *times == 1 { name.into() } else { format!("{name} ({times})").into() };
        self.open = Some(name.clone());
        name
    }
}
