//! Splits paragraphs of the document and lines of an original into words between which a line may end.

use unicode_normalization::UnicodeNormalization;

use crate::typeset::{Paragraph, Stretch};

/// A word, or a part of a word that ends with a hyphen, dash or slash.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Word {
    pub text: String,
    /// Whether it follows the previous word without a space.
    pub joined: bool,
    /// Whether it follows a no-break space.
    pub fixed: bool,
    /// Its natural width in points, where it is known.
    pub width: f64,
    /// The natural width of the space before it, in points. `None` at a line end and after the mark of a note.
    pub space: Option<f64>,
}

/// Collects characters into words.
#[derive(Default)]
pub(super) struct Words {
    pub list: Vec<Word>,
    open: bool,
    joined: bool,
    fixed: bool,
    space: Option<f64>,
}

impl Words {
    /// Adds a character with its width.
    pub fn push(&mut self, c: char, width: f64) {
        if c.is_whitespace() {
            (self.open, self.joined) = (false, false);
            self.fixed = c == '\u{a0}';
            self.space = Some(width).filter(|width| *width > 0.0);
            return;
        }
        let mut chars = std::iter::once(c).nfkc().filter(|c| !invisible(*c)).map(plain).peekable();
        if chars.peek().is_none() {
            return;
        }
        if !self.open {
            let space = if self.joined { Some(0.0) } else { self.space };
            self.list.push(Word { joined: self.joined, fixed: self.fixed, space, ..Word::default() });
            (self.open, self.joined, self.fixed, self.space) = (true, false, false, None);
        }
        if let Some(word) = self.list.last_mut() {
            word.text.extend(chars);
            word.width += width;
            if word.text.ends_with(['-', '–', '—', '/']) {
                (self.open, self.joined) = (false, true);
            }
        }
    }

    /// Ends the current word, for example at the mark of a note.
    pub fn end(&mut self) {
        (self.open, self.joined, self.space) = (false, false, None);
    }
}

fn invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// Replaces a character by the common one that looks the same.
fn plain(c: char) -> char {
    match c {
        '\u{2010}' | '\u{2011}' => '-',
        other => other,
    }
}

/// Returns the words of a paragraph without its label, and the indices of those that begin its lines after the first.
pub(super) fn of_paragraph(paragraph: &Paragraph) -> (Vec<Word>, Vec<usize>) {
    let mut words = Words::default();
    let mut begins = Vec::new();
    for (index, line) in paragraph.lines.iter().enumerate() {
        if index > 0 {
            // A kept line break is not followed by a space.
            if !words.joined {
                words.end();
            }
            begins.push(words.list.len());
        }
        for Stretch { text, widths } in line {
            if text.is_empty() {
                words.end();
            }
            let widths = widths.iter().copied().chain(std::iter::repeat(0.0));
            text.chars().zip(widths).for_each(|(c, width)| words.push(c, width));
        }
    }
    (words.list, begins)
}

/// Splits a text into words.
pub(super) fn of_text(text: &str) -> Vec<Word> {
    let mut words = Words::default();
    text.chars().for_each(|c| words.push(c, 0.0));
    words.list
}

/// Joins words to a text, with spaces between those that are not joined.
pub(super) fn joined(words: &[Word]) -> String {
    words.iter().enumerate().fold(String::new(), |mut text, (index, word)| {
        if index > 0 && !word.joined {
            text.push(if word.fixed { '\u{a0}' } else { ' ' });
        }
        text + &word.text
    })
}
