//! What was found in an original.

use std::fmt::Write;

use serde::Serialize;

use crate::model::{Adjustment, Document, Layout, Path};

/// The adjustments of an original, and what they leave.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Matching {
    /// The document with these adjustments in place of its own.
    #[serde(skip)]
    pub document: Document,
    /// What the header adjusts.
    pub layout: Layout,
    /// What blocks and items adjust, in their order.
    pub adjusted: Vec<Adjusted>,
    /// What no adjustment explains.
    pub unexplained: Vec<Unexplained>,
    /// How far the pages agree with all that.
    pub agreement: Agreement,
    /// The words of the document that the original does not have in this place.
    pub only_here: Vec<String>,
    /// The words of the original that the document does not have.
    pub only_there: Vec<String>,
}

/// What a block or an item adjusts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Adjusted {
    /// Its path in the document: `body[3].items[1]`.
    pub path: Path,
    /// What it is called: "operative paragraph 4 (b)".
    pub part: String,
    /// What is adjusted.
    pub layout: Adjustment,
    /// Why, in a sentence without its subject.
    pub why: Vec<String>,
}

/// Something in an original that no adjustment explains.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Unexplained {
    /// Where in the document it is.
    pub part: String,
    /// What it is.
    pub message: String,
}

/// How far the pages agree.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Agreement {
    /// The pages of the document, with the adjustments.
    pub pages: usize,
    /// The pages of the original.
    pub original_pages: usize,
    /// How many page ends are the same.
    pub page_ends: usize,
    /// How many paragraphs have the same lines.
    pub paragraphs: usize,
    /// Of how many.
    pub of_paragraphs: usize,
    /// How many words both have, in their order.
    pub words: usize,
    /// Of how many.
    pub of_words: usize,
}

impl Matching {
    /// Whether all pages are as those of the original, and nothing is left unexplained.
    pub fn is_whole(&self) -> bool {
        let Agreement { pages, original_pages, .. } = self.agreement;
        self.unexplained.is_empty() && pages == original_pages
    }

    /// What was found, in lines for people.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for line in self.header() {
            let _ = writeln!(text, "{line}");
        }
        for Adjusted { part, layout, why, .. } in &self.adjusted {
            let why = if why.is_empty() { String::new() } else { format!(" ({})", why.join("; ")) };
            let _ = writeln!(text, "{part}: {layout}{why}");
        }
        for Unexplained { part, message } in &self.unexplained {
            let _ = writeln!(text, "not explained: {part}: {message}");
        }
        for (words, place) in [(&self.only_here, "the document"), (&self.only_there, "the original")] {
            if !words.is_empty() {
                let _ = writeln!(text, "words that only {place} has: {}", shown(words));
            }
        }
        let Agreement { pages, original_pages, page_ends, paragraphs, of_paragraphs, words, of_words } = self.agreement;
        let ends = original_pages.saturating_sub(1);
        let _ = writeln!(
            text,
            "pages {pages} of {original_pages}, page ends {page_ends} of {ends}, paragraphs with the same lines \
             {paragraphs} of {of_paragraphs}, words {words} of {of_words}"
        );
        text
    }

    /// What the header adjusts, a line each.
    fn header(&self) -> Vec<String> {
        let Layout {
            edition,
            first_page_foot,
            tracking,
            pitch,
            session_lines,
            title_lines,
            masthead,
            opening_above,
            session_tracking,
            opening_tracking,
            notes,
            ..
        } = &self.layout;
        let points = |name: &str, value: &Option<f64>| value.map(|value| format!("{name}: {value} points"));
        let lines =
            |name: &str, lines: &[String]| (!lines.is_empty()).then(|| format!("{name}: {}", lines.join(" | ")));
        let each = |name: &str, values: &[f64]| {
            let values: Vec<String> = values.iter().map(f64::to_string).collect();
            (!values.is_empty()).then(|| format!("{name}: {} points", values.join(", ")))
        };
        let header = [
            edition.map(|edition| format!("edition: {}", edition.name())),
            points("foot of page 1", first_page_foot),
            points("tracking", tracking),
            points("pitch", pitch),
            points("masthead", masthead),
            lines("session block", session_lines),
            lines("titles", title_lines),
            each("above the paragraphs of the opening", opening_above),
            each("tracking of the lines of the session block", session_tracking),
            each("tracking of the paragraphs of the opening", opening_tracking),
        ];
        let notes = notes.iter().map(|(mark, layout)| format!("footnote {mark}: {layout}"));
        header.into_iter().flatten().chain(notes).collect()
    }
}

/// Words, not too many of them.
fn shown(words: &[String]) -> String {
    const MOST: usize = 24;
    let list = words.iter().take(MOST).map(String::as_str).collect::<Vec<_>>().join(" ");
    let more = words.len().saturating_sub(MOST);
    if more == 0 { list } else { format!("{list} … and {more} more") }
}
