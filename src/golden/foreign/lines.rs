//! Combines glyphs into words and lines.

use std::collections::BTreeMap;

use hayro::vello_cpu::kurbo::{Affine, Point};

use super::glyphs::Printed;
use crate::golden::layout::{Line, Span, Style, Styles, rounded};

/// The greatest distance of baselines that count as one, in points.
const LEVEL: f64 = 1.5;
/// The least height at which smaller type above a line is raised.
const RAISE: f64 = 4.5;
/// The gap that separates words, in type sizes; the narrowest spaces are a fifth of the size.
const SPACE: f64 = 0.14;
/// The gap that separates text side by side, in type sizes.
const APART: f64 = 3.0;

/// Returns the lines of a page, from top to bottom, then those set at an angle. Every word is a separate
/// span; spaces are derived from the gaps, whether or not the file has them.
pub(super) fn of(glyphs: Vec<Printed>, styles: &mut Styles) -> Vec<Line> {
    let mut by_angle: BTreeMap<i32, Vec<Printed>> = BTreeMap::new();
    for glyph in glyphs.into_iter().filter(|glyph| !glyph.text.trim().is_empty()) {
        by_angle.entry(glyph.turned).or_default().push(glyph);
    }
    let mut lines = level(by_angle.remove(&0).unwrap_or_default(), styles);
    for (angle, glyphs) in by_angle {
        lines.extend(level(glyphs, styles).into_iter().map(|line| turned_back(line, angle)));
    }
    lines
}

/// Converts a line at an angle to the page's coordinates: its start, and its horizontal width.
fn turned_back(mut line: Line, angle: i32) -> Line {
    let back = Affine::rotate(-f64::from(angle).to_radians());
    let place = |x: f64| back * Point::new(x, line.y);
    let spans = line.spans.iter().map(|span| {
        let (begin, end) = (place(span.left), place(span.right));
        Span { left: rounded(begin.x.min(end.x)), right: rounded(begin.x.max(end.x)), ..span.clone() }
    });
    let (spans, y) = (spans.collect(), rounded(place(line.left()).y));
    line.part = format!("text at {angle}°: “{}”", quoted(&line.text())).into();
    Line { spans, y, ..line }
}

/// Returns the beginning of a text, as used in names.
pub(super) fn quoted(text: &str) -> String {
    text.split_whitespace().take(4).collect::<Vec<_>>().join(" ")
}

fn level(mut glyphs: Vec<Printed>, styles: &mut Styles) -> Vec<Line> {
    glyphs.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    let mut rows: Vec<Vec<Printed>> = Vec::new();
    for glyph in glyphs {
        match rows.last_mut().filter(|row| row.first().is_some_and(|first| glyph.baseline - first.baseline < LEVEL)) {
            Some(row) => row.push(glyph),
            None => rows.push(vec![glyph]),
        }
    }
    let mut lines: Vec<Line> = lowered(rows).into_iter().flat_map(|row| of_row(row, styles)).collect();
    lines.sort_by(|a, b| a.y.total_cmp(&b.y));
    lines
}

/// Rows of raised marks belong to the row below.
fn lowered(rows: Vec<Vec<Printed>>) -> Vec<Vec<Printed>> {
    let mut list: Vec<Vec<Printed>> = Vec::new();
    let mut raised: Vec<Printed> = Vec::new();
    for mut row in rows {
        let size = largest(&row);
        let (mine, others): (Vec<Printed>, Vec<Printed>) = raised.into_iter().partition(|mark| {
            let below = row.first().map_or(f64::INFINITY, |first| first.baseline - mark.baseline);
            below < RAISE && mark.size < size * 0.9
        });
        if !others.is_empty() {
            list.push(others);
        }
        raised = Vec::new();
        row.extend(mine);
        // The next row decides whether these are raised.
        let small = row.iter().all(|glyph| glyph.size < 8.0 && glyph.text.chars().all(|c| !c.is_alphabetic()));
        if small { raised = row } else { list.push(row) }
    }
    if !raised.is_empty() {
        list.push(raised);
    }
    list
}

fn largest(row: &[Printed]) -> f64 {
    row.iter().map(|glyph| glyph.size).fold(0.0, f64::max)
}

fn of_row(mut row: Vec<Printed>, styles: &mut Styles) -> Vec<Line> {
    row.sort_by(|a, b| a.left.total_cmp(&b.left));
    let size = largest(&row);
    let baseline = |glyphs: &[Printed]| {
        let letters = glyphs.iter().filter(|glyph| glyph.size > size * 0.9);
        letters.chain(glyphs).map(|glyph| glyph.baseline).next().unwrap_or(0.0)
    };
    let y = baseline(&row);
    let mut lines: Vec<Line> = Vec::new();
    let mut end = f64::NEG_INFINITY;
    for glyph in row {
        let rise = if y - glyph.baseline > LEVEL { rounded(y - glyph.baseline) } else { 0.0 };
        let style = styles.keep(Style {
            face: glyph.face.clone(),
            size: (glyph.size * 10.0).round() / 10.0,
            bold: glyph.bold,
            italic: glyph.italic,
            colour: glyph.colour.clone(),
            tracking: None,
        });
        let gap = glyph.left - end;
        if lines.is_empty() || gap > APART * glyph.size.max(size * 0.5) {
            lines.push(Line { part: "".into(), y: rounded(y), spans: Vec::new() });
            end = f64::NEG_INFINITY;
        }
        let Some(line) = lines.last_mut() else { continue };
        let spaced = end.is_finite() && gap > SPACE * glyph.size;
        let (left, right) = (rounded(glyph.left), rounded(glyph.right));
        match line.spans.last_mut().filter(|last| !spaced && *last.style == *style && last.rise == rise) {
            Some(last) => {
                last.text.push_str(&glyph.text);
                last.right = right;
            }
            None => {
                if spaced && let Some(last) = line.spans.last_mut() {
                    last.text.push(' ');
                }
                line.spans.push(Span { left, right, rise, style, text: glyph.text });
            }
        }
        end = glyph.right;
    }
    lines
}
