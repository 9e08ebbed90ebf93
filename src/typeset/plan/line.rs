//! A line of the plan, and its end.

use serde::Serialize;

use crate::prepare::{Run, Runs};

/// A line, or several lines that only the engine can end.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub(in crate::typeset) struct Line {
    pub runs: Runs,
    /// Its end, if it is not the last, or the last is compressed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<End>,
    /// Whether its last character, a sign of punctuation, stands beyond its end.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub hangs: bool,
    /// Whether it begins a page.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub page: bool,
    /// Whether a change bar stands beside it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub bar: bool,
}

/// The end of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub(in crate::typeset) struct End {
    /// Whether the line is set to the full measure.
    pub full: bool,
    /// Whether there was a space in the text.
    pub space: bool,
}

impl Line {
    pub const KEPT: End = End { full: false, space: false };

    pub fn new(runs: Runs, end: Option<End>) -> Self {
        Self { runs, end, hangs: false, page: false, bar: false }
    }

    /// Returns the line on a page, with the page numbers.
    pub fn counted(&self, page: usize, pages: usize) -> Self {
        let mut line = self.clone();
        for run in &mut line.runs {
            if let Run::Text { text, .. } = run {
                *text = text.replace("{page}", &page.to_string()).replace("{pages}", &pages.to_string());
            }
        }
        line
    }

    /// Returns its text, without marks.
    pub fn words(&self) -> String {
        let texts = self.runs.iter().filter_map(|run| match run {
            Run::Text { text, .. } => Some(text.as_str()),
            _ => None,
        });
        texts.collect()
    }
}
