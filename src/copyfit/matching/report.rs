//! The report of a match.

use std::fmt::Write;

use serde::Serialize;

use crate::copyfit::goals::signed;
use crate::model::{Adjustment, Document, Keep, Layout, PageBreak, Path, Text};

/// The adjustments of an original, and the differences that remain.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Matching {
    /// The document with these adjustments instead of its own.
    #[serde(skip)]
    pub document: Document,
    /// The adjustments of the header.
    pub layout: Layout,
    /// The adjustments of blocks and items, in order.
    pub adjusted: Vec<Adjusted>,
    /// The differences that no adjustment explains.
    pub unexplained: Vec<Unexplained>,
    /// How well the pages agree with these adjustments.
    pub agreement: Agreement,
    /// The words of the document that the original does not have at the same place.
    pub only_here: Vec<String>,
    /// The words of the original that the document does not have.
    pub only_there: Vec<String>,
}

/// The adjustments of a block or an item.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Adjusted {
    /// Its path in the document: `body[3].items[1]`.
    pub path: Path,
    /// Its name: "operative paragraph 4 (b)".
    pub part: String,
    /// The adjustments.
    pub layout: Adjustment,
    /// The reasons for them.
    pub why: Vec<String>,
}

/// A difference that no adjustment explains.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Unexplained {
    /// The part of the document.
    pub part: String,
    /// The difference.
    pub message: String,
}

/// How well the document agrees with the original.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
#[non_exhaustive]
pub struct Agreement {
    /// The number of pages of the document with the adjustments.
    pub pages: usize,
    /// The number of pages of the original.
    pub original_pages: usize,
    /// The number of page ends that match.
    pub page_ends: usize,
    /// The number of paragraphs with the same lines.
    pub paragraphs: usize,
    /// The number of paragraphs compared.
    pub of_paragraphs: usize,
    /// The number of words that both have, in the same order.
    pub words: usize,
    /// The number of words of the document.
    pub of_words: usize,
}

impl Matching {
    /// Returns whether the numbers of pages are the same and every difference is explained.
    pub fn is_whole(&self) -> bool {
        let Agreement { pages, original_pages, .. } = self.agreement;
        self.unexplained.is_empty() && pages == original_pages
    }

    /// Returns the report as text.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for line in self.header() {
            let _ = writeln!(text, "{line}");
        }
        for Adjusted { part, layout, why, .. } in &self.adjusted {
            let why = if why.is_empty() { String::new() } else { format!(" ({})", why.join("; ")) };
            let _ = writeln!(text, "{part}: {}{why}", described(layout));
        }
        for Unexplained { part, message } in &self.unexplained {
            let _ = writeln!(text, "unexplained: {part}: {message}");
        }
        for (words, place) in [(&self.only_here, "the document"), (&self.only_there, "the original")] {
            if !words.is_empty() {
                let _ = writeln!(text, "words only in {place}: {}", shown(words));
            }
        }
        let Agreement { pages, original_pages, page_ends, paragraphs, of_paragraphs, words, of_words } = self.agreement;
        let ends = original_pages.saturating_sub(1);
        let _ = writeln!(
            text,
            "pages: {pages}, in the original {original_pages}; matching: {page_ends} of {ends} page ends, the lines of \
             {paragraphs} of {of_paragraphs} paragraphs, {words} of {of_words} words"
        );
        text
    }

    /// Returns the adjustments of the header, one per line.
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
        let points = |name: &str, value: &Option<f64>| value.map(|value| format!("{name}: {} points", number(value)));
        let lines = |name: &str, lines: &[Text]| {
            let lines: Vec<String> = lines.iter().map(Text::plain).collect();
            (!lines.is_empty()).then(|| format!("{name}: {}", lines.join(" | ")))
        };
        let each = |name: &str, values: &[f64]| {
            let values: Vec<String> = values.iter().map(|value| number(*value)).collect();
            (!values.is_empty()).then(|| format!("{name}: {} points", values.join(", ")))
        };
        let header = [
            edition.map(|edition| format!("edition: {}", edition.name())),
            points("foot of page 1", first_page_foot),
            tracking.map(|tracking| format!("tracking: {} points", signed(tracking))),
            points("pitch", pitch),
            points("masthead", masthead),
            lines("session block", session_lines),
            lines("titles", title_lines),
            each("added above the opening's paragraphs", opening_above),
            each("tracking of the lines of the session block", session_tracking),
            each("tracking of the opening's paragraphs", opening_tracking),
        ];
        let notes = notes.iter().map(|(mark, layout)| format!("footnote {mark}: {}", described(layout)));
        header.into_iter().flatten().chain(notes).collect()
    }
}

/// Describes adjustments: "tracking −0.10, page break before".
fn described(adjustment: &Adjustment) -> String {
    let Adjustment { tracking, pitch, lines, page_break, keep, above, line_ends } = adjustment;
    let ends: Vec<String> = line_ends.iter().map(u16::to_string).collect();
    let all = [
        tracking.map(|points| format!("tracking {}", signed(points))),
        pitch.map(|points| format!("pitch {points}")),
        lines.map(|count| format!("lines {count}")),
        page_break.map(|PageBreak::Before| "page break before".to_owned()),
        keep.map(|keep| if keep == Keep::Together { "keep together" } else { "keep with next" }.to_owned()),
        above.map(|points| format!("{} points above", number(points))),
        (!ends.is_empty()).then(|| format!("forced lines of {} words", ends.join(", "))),
    ];
    all.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Returns a number with a minus sign instead of a hyphen.
fn number(value: f64) -> String {
    value.to_string().replace('-', "\u{2212}")
}

/// Joins words for display, up to a maximum number.
fn shown(words: &[String]) -> String {
    const MOST: usize = 24;
    let list = words.iter().take(MOST).map(String::as_str).collect::<Vec<_>>().join(" ");
    let more = words.len().saturating_sub(MOST);
    if more == 0 { list } else { format!("{list} … and {more} more") }
}
