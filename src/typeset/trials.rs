//! Composes a document with different adjustments, without setting pages, so that copyfitting can compare the results.

use std::collections::{BTreeMap, BTreeSet};

use super::composer::{advances, next_opportunity};
use super::measures::{Align, Measures, Type};
use super::plan::{Item, Line, PageEnds, Plan, plan};
use super::{Lines, Press, first_page_notes, opened};
use crate::model::{Adjustment, Layout};
use crate::picture::Pictures;
use crate::prepare::{Block, Prepared, Run};

/// A document that can be composed repeatedly.
pub(crate) struct Trials<'p> {
    prepared: Prepared,
    measures: &'p Measures,
    framed: BTreeSet<usize>,
}

/// A document as it was composed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Composition {
    /// Its paragraphs in the order of the pages, the notes last.
    pub paragraphs: Vec<Paragraph>,
    /// Whether the places of all lines are known, because the engine sets nothing in it.
    pub placed: bool,
}

/// A paragraph, a heading, a line of the session block or a note.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Paragraph {
    /// The part of the document to which it belongs: "body/3".
    pub part: String,
    /// The label before its text.
    pub label: Option<String>,
    /// Whether its lines are justified.
    pub justified: bool,
    /// Whether its lines are all known.
    pub known: bool,
    /// The line pitch, in points.
    pub pitch: f64,
    /// The tracking with which it is drawn, in points.
    pub drawn: f64,
    pub lines: Vec<Vec<Stretch>>,
    /// The page of each line, from 1, and its baseline, in points from the top edge.
    pub places: Vec<(usize, f64)>,
}

/// A run of text in one style; empty for a raised mark.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Stretch {
    pub text: String,
    /// The natural width of every character, if requested.
    pub widths: Vec<f64>,
}

/// What to compute for a document besides its lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Known {
    /// Nothing more.
    Lines,
    /// The widths of its characters.
    Widths,
    /// The places of its lines.
    Places,
}

impl<'p> Trials<'p> {
    /// # Errors
    ///
    /// Returns a sentence about a table that cannot be set.
    pub fn new(press: &'p Press, prepared: &Prepared) -> Result<Self, String> {
        let prepared = opened(press, prepared, &Pictures::new())?;
        let measures = press.measures.of(prepared.language);
        let framed = first_page_notes::first_guess(&prepared, measures);
        Ok(Self { prepared, measures, framed })
    }

    /// Composes the document with these adjustments instead of its own.
    pub fn composed(&mut self, layout: &Layout, adjusted: &BTreeMap<usize, Adjustment>, known: Known) -> Composition {
        self.prepared.layout.clone_from(layout);
        self.prepared.adjusted.clone_from(adjusted);
        let mut planned = plan(&self.prepared, self.measures, &self.framed, Lines::Official, known == Known::Places);
        if !self.framed.is_empty() && has_numbered(&planned) {
            self.framed.clear();
            planned = plan(&self.prepared, self.measures, &self.framed, Lines::Official, true);
        }
        let plan = planned;
        let places = places(&plan, self.measures);
        let widths = known == Known::Widths;
        let styles = &self.measures.styles;
        let mut paragraphs = Vec::with_capacity(plan.items.len());
        let items = plan.session.iter().flatten().chain(&plan.items);
        for (item, places) in items.zip(places.iter().flatten().cloned().chain(std::iter::repeat(Vec::new()))) {
            if !self.is_framed(item) {
                paragraphs.push(paragraph(item, item.type_in(styles), places, widths));
            }
        }
        paragraphs.extend(plan.notes.list.iter().enumerate().map(|(index, note)| Paragraph {
            part: format!("note/{index}"),
            label: None,
            justified: false,
            known: !note.framed,
            pitch: styles[plan.notes.style].pitch,
            drawn: styles[plan.notes.style].drawn(),
            lines: stretches(&note.lines, styles[plan.notes.style], widths),
            places: Vec::new(),
        }));
        Composition { paragraphs, placed: places.is_some() }
    }
}

impl Trials<'_> {
    /// Returns whether an item belongs to a table or figure.
    fn is_framed(&self, item: &Item) -> bool {
        let block =
            item.part.strip_prefix("body/").and_then(|block| self.prepared.body.get(block.parse::<usize>().ok()?));
        matches!(block, Some(Block::Table { .. } | Block::Figure { .. }))
    }
}

/// Returns whether page 1 has a numbered note, in which case none of its notes is framed.
fn has_numbered(plan: &Plan) -> bool {
    let Some(ends) = &plan.ends else { return false };
    let first = &ends.rows[..ends.starts.first().copied().unwrap_or(ends.rows.len())];
    let lines = first.iter().filter_map(|row| plan.items.get(row.item)?.lines.get(row.index));
    let head = plan.items[..plan.opening].iter().flat_map(|item| &item.lines);
    lines.chain(head).any(|line| plan.flowing(&line.runs).any(|(_, note)| !note.starred()))
}

/// Returns the number of words in each line of a text except the last. `begins` are the characters at which the lines
/// after the first begin. Returns `None` if a line cannot end there.
pub(crate) fn words_of_lines(text: &str, begins: &[usize]) -> Option<Vec<u16>> {
    let chars: Vec<char> = text.chars().map(|c| if c == '\u{a0}' { ' ' } else { c }).collect();
    let (mut at, mut counts) = (0, Vec::with_capacity(begins.len()));
    for begin in begins {
        let mut count = 0;
        while at < *begin {
            at = next_opportunity(&chars, at).next;
            count += 1;
        }
        if at != *begin || count == 0 {
            return None;
        }
        counts.push(count);
    }
    Some(counts)
}

fn paragraph(item: &Item, style: Type, places: Vec<(usize, f64)>, widths: bool) -> Paragraph {
    Paragraph {
        part: item.part.clone(),
        label: item.label.as_ref().map(|label| label.said.to_string()),
        justified: item.design.align == Align::Full,
        known: item.composed,
        pitch: style.pitch,
        drawn: style.drawn(),
        lines: stretches(&item.lines, style, widths),
        places,
    }
}

/// Returns the places of the lines of session block, opening and body. Returns `None` if not every height is known.
fn places(plan: &Plan, measures: &Measures) -> Option<Vec<Vec<(usize, f64)>>> {
    let PageEnds { rows, starts, .. } = plan.ends.as_ref().filter(|ends| ends.complete)?;
    let style = |item: &Item| item.type_in(&measures.styles);
    let mut list = Vec::new();
    let below = |item: &Item, y: &mut f64| {
        let pitch = style(item).pitch;
        let places = item.lines.iter().map(|_| {
            *y += pitch;
            (1, *y - pitch * (1.0 - measures.page.ascent))
        });
        places.collect::<Vec<_>>()
    };
    let top = measures.page.head + plan.raised;
    let mut lowest = top;
    for column in &plan.session {
        let mut y = top;
        for item in column {
            y += item.gap;
            list.push(below(item, &mut y));
        }
        lowest = lowest.max(y);
    }
    let mut y = lowest;
    for item in &plan.items[..plan.opening] {
        y += item.gap;
        list.push(below(item, &mut y));
    }
    let body = list.len();
    list.extend(plan.items[plan.opening..].iter().map(|_| Vec::new()));
    let mut page = 1;
    for (index, row) in rows.iter().enumerate() {
        if starts.get(page - 1) == Some(&index) {
            let item = &plan.items[row.item];
            (page, y) = (page + 1, plan.top + row.heads - if row.index == 0 { item.lift } else { 0.0 });
        } else {
            y += row.gap;
        }
        list[body + row.item - plan.opening].push((page, y + row.height * measures.page.ascent));
        y += row.height;
    }
    Some(list)
}

fn stretches(lines: &[Line], style: Type, widths: bool) -> Vec<Vec<Stretch>> {
    let space =
        |line: &Line| line.end.is_some_and(|end| end.space).then(|| Stretch { text: " ".into(), widths: vec![0.0] });
    let of_line = |line: &Line| line.runs.iter().map(|run| stretch(run, style, widths)).chain(space(line)).collect();
    lines.iter().map(of_line).collect()
}

fn stretch(run: &Run, style: Type, measured: bool) -> Stretch {
    let Run::Text { text, italic, bold, raised: false, .. } = run else { return Stretch::default() };
    if !measured {
        return Stretch { text: text.clone(), widths: Vec::new() };
    }
    let mut widths = Vec::new();
    let untracked = Type { tracking: 0.0, ..style };
    advances(text, untracked, *bold || style.bold, *italic || style.italic, &mut widths);
    Stretch { text: text.clone(), widths }
}
