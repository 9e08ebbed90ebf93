//! The text of an original, line by line.

use std::ops::Range;

use super::words::Words;
use crate::error::Error;
use crate::golden::layout::{Drawing, Layout, Page};

/// The lines of an original in reading order.
pub(super) struct Original {
    pub pages: usize,
    pub lines: Vec<Line>,
    pub words: Vec<Placed>,
}

/// A line of an original.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// The page number, from 1.
    pub page: usize,
    pub zone: Zone,
    pub y: f64,
    pub words: Range<usize>,
}

/// The part of a page to which a line belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Zone {
    Masthead,
    Text,
    Note,
    Around,
}

/// A word of an original.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Placed {
    pub text: String,
    pub line: usize,
    /// The left and right edges in points, if they are known for this word alone.
    pub across: Option<(f64, f64)>,
}

impl Original {
    /// # Errors
    ///
    /// Returns a sentence if the original has no text, is not on US Letter, or has landscape pages.
    pub fn new(layout: &Layout) -> Result<Self, Error> {
        const LETTER: (f64, f64) = (612.0, 792.0);
        const NEAR: f64 = 2.0;
        let measures = |page: &Page, width: f64, height: f64| {
            (page.width - width).abs() <= NEAR && (page.height - height).abs() <= NEAR
        };
        if let Some(index) = layout.pages.iter().position(|page| !measures(page, LETTER.0, LETTER.1)) {
            let (page, number) = (&layout.pages[index], index + 1);
            if measures(page, LETTER.1, LETTER.0) {
                let message = format!("page {number} is landscape; documents with such pages cannot be matched");
                return Err(Error::foreign(message));
            }
            return Err(Error::foreign(format!(
                "page {number} measures {:.0} × {:.0} points, which is not US Letter (612 × 792); only documents from New \
                 York can be matched, not those from Geneva and Vienna",
                page.width, page.height
            )));
        }
        if layout.pages.iter().all(|page| page.lines.is_empty()) {
            return Err(Error::foreign("it has no text: it is a scan, or its text is drawn as shapes"));
        }
        let mut original = Self { pages: layout.pages.len(), lines: Vec::new(), words: Vec::new() };
        for (index, page) in layout.pages.iter().enumerate() {
            original.page(page, index + 1);
        }
        Ok(original)
    }

    fn page(&mut self, page: &Page, number: usize) {
        const HEAD: f64 = 66.0;
        const FOOT: f64 = 738.0;
        let notes = page.drawings.iter().filter(|it| is_note_rule(it)).map(|it| it.bounds.y);
        let notes = notes.fold(f64::INFINITY, f64::min);
        // The thick rule under the masthead.
        let head = lower_rule(page).unwrap_or(HEAD);
        let zone = |y: f64| match y {
            y if y > FOOT => Zone::Around,
            y if number > 1 && y < HEAD => Zone::Around,
            y if number == 1 && y < head => Zone::Masthead,
            y if y > notes => Zone::Note,
            _ => Zone::Text,
        };
        for line in &page.lines {
            let first = self.words.len();
            for word in line.spans.chunk_by(|one, next| !one.text.ends_with(' ') && one.rise == 0.0 && next.rise == 0.0)
            {
                let [begin, .., end] = word else {
                    self.word(&word[0].text, word[0].rise, (word[0].left, word[0].right));
                    continue;
                };
                let text: String = word.iter().map(|span| span.text.as_str()).collect();
                self.word(&text, begin.rise, (begin.left, end.right));
            }
            let words = first..self.words.len();
            if !words.is_empty() {
                self.lines.push(Line { page: number, zone: zone(line.y), y: line.y, words });
            }
        }
    }

    fn word(&mut self, text: &str, rise: f64, across: (f64, f64)) {
        if rise > 0.0 {
            return;
        }
        let mut words = Words::default();
        text.chars().for_each(|c| words.push(c, 0.0));
        let across = Some(across).filter(|_| words.list.len() == 1);
        let line = self.lines.len();
        self.words.extend(words.list.into_iter().map(|word| Placed { text: word.text, line, across }));
    }
}

fn lower_rule(page: &Page) -> Option<f64> {
    let thick = |it: &&Drawing| {
        let bounds = it.bounds;
        it.picture.is_none() && bounds.width > 400.0 && (1.0..2.5).contains(&bounds.height) && bounds.y < 300.0
    };
    page.drawings.iter().find(thick).map(|it| it.bounds.y)
}

/// The short rule above footnotes.
fn is_note_rule(drawing: &Drawing) -> bool {
    let bounds = drawing.bounds;
    (85.0..130.0).contains(&bounds.x)
        && (40.0..160.0).contains(&bounds.width)
        && bounds.y > 215.0
        && bounds.height < 2.5
}
