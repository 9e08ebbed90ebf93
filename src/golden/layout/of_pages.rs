//! The layout of pages that the engine has set.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Bounds, Drawing, Layout, Line, Page, Span, Style, rounded};
use crate::golden::names::Names;
use crate::typeset::{self, DrawingKind, PagePieces, Pages, Piece};

/// Returns the layout of a rendition's pages; the parts have the names of its document.
pub fn of_pages(pages: &Pages, names: &Names) -> Layout {
    let mut styles = Styles::default();
    let pages = typeset::read_back(pages).into_iter().map(|page| of_page(page, names, &mut styles)).collect();
    Layout { pages }
}

fn of_page(page: PagePieces, names: &Names, styles: &mut Styles) -> Page {
    let drawings = page.drawings.into_iter().map(|drawing| {
        let (picture, colour) = match drawing.kind {
            DrawingKind::Picture(digest) => (Some(digest), None),
            DrawingKind::Shape(colour) => (None, colour),
        };
        let bounds = Bounds {
            x: rounded(drawing.x),
            y: rounded(drawing.y),
            width: rounded(drawing.width),
            height: rounded(drawing.height),
        };
        Drawing { part: names.of(&drawing.part), bounds, picture, colour }
    });
    let mut lines = Lines::default();
    for piece in page.texts.into_iter().filter(|piece| !piece.text.is_empty()) {
        let style = styles.of(&piece);
        let span =
            Span { left: rounded(piece.x), right: rounded(piece.x + piece.width), rise: 0.0, style, text: piece.text };
        lines.push(names.of(&piece.part), rounded(piece.y), span);
    }
    Page {
        width: rounded(page.width),
        height: rounded(page.height),
        drawings: drawings.collect(),
        lines: lines.finish(),
    }
}

/// Combines spans into lines.
#[derive(Default)]
pub(in crate::golden) struct Lines {
    done: Vec<Line>,
    /// The baselines of the spans of the last line.
    baselines: Vec<f64>,
}

impl Lines {
    /// Adds the next span in reading order, with its part and its baseline.
    pub(in crate::golden) fn push(&mut self, part: Arc<str>, y: f64, span: Span) {
        /// Raised marks are 3.4 points above their line; the closest lines are 9 apart.
        const FARTHEST: f64 = 4.5;
        let joins = self.done.last().is_some_and(|line| line.part == part)
            && self.baselines.iter().all(|baseline| (baseline - y).abs() < FARTHEST);
        if !joins {
            self.settle();
            self.done.push(Line { part, y, spans: Vec::new() });
            self.baselines.clear();
        }
        if let Some(line) = self.done.last_mut() {
            // A separate space ends the line and takes no room in it.
            if let Some(last) = line.spans.last_mut().filter(|_| span.text.trim().is_empty()) {
                last.text.push_str(&span.text);
                return;
            }
            line.spans.push(span);
            self.baselines.push(y);
        }
    }

    /// The baseline of the last line is the lowest of its spans; others are raised above it.
    fn settle(&mut self) {
        let Some(line) = self.done.last_mut() else { return };
        line.y = self.baselines.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        for (span, baseline) in line.spans.iter_mut().zip(&self.baselines) {
            span.rise = rounded(line.y - baseline);
        }
    }

    pub(in crate::golden) fn finish(mut self) -> Vec<Line> {
        self.settle();
        self.done
    }
}

/// The styles in use, each stored once.
#[derive(Default)]
pub(in crate::golden) struct Styles {
    known: HashMap<String, Arc<Style>>,
}

impl Styles {
    fn of(&mut self, piece: &Piece) -> Arc<Style> {
        self.keep(Style {
            face: piece.family.clone(),
            size: rounded(piece.size),
            bold: piece.bold,
            italic: piece.italic,
            colour: piece.colour.clone(),
            tracking: piece.tracking.map(rounded),
        })
    }

    pub(in crate::golden) fn keep(&mut self, style: Style) -> Arc<Style> {
        self.known.entry(style.to_string()).or_insert_with(|| Arc::new(style)).clone()
    }
}
