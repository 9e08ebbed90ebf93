//! The plan of a document: [`Prepared`] and the design of `templates/tokens.typ` combined into a flat
//! list of items, each with its style, its gap, its indents, its lines and what it keeps
//! with. Every rule of the page is applied here; the two painters, the templates and the setter, put
//! the items where the plan says.

mod adjusted;
mod bars;
mod column;
mod framed;
mod items;
mod landscape;
mod line;
mod pages;
mod running;
mod tables;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::Lines;
use super::composer::{Composer, Method, after_words, printed_mark};
use super::measures::{Column, Design, Fit, Measures, Rule, Style};
use crate::model::{Language, Layout};
use crate::prepare::{Designation, Foot, Masthead, Metadata, Prepared, Run, Runs, Size};
pub(crate) use adjusted::Unreached;
pub(super) use adjusted::{STEPS, tracking};
pub(super) use column::page_ends;
use items::Items;
pub(super) use line::{End, Line};
pub(super) use pages::{FEWEST, Row};
pub(super) use running::{Placed, Running};
pub(super) use tables::{Slice, Table, TableCell, TableRow, without_leads};

/// The position of everything in a document. Lengths are in points; positions are measured from the left edge
/// of the column unless stated otherwise.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Plan<'p> {
    pub metadata: &'p Metadata,
    pub language: Language,
    pub masthead: &'p Masthead,
    pub foot: &'p Foot,
    /// The start of the text of later pages, from the top edge of the paper.
    pub top: f64,
    /// How wide the text column is.
    pub column: Column,
    /// By how much the masthead is higher than it usually is.
    pub raised: f64,
    /// How far the text of page 1 goes on below where it usually ends.
    pub lowered: f64,
    /// The lines of the session block, one column per organ.
    pub session: Vec<Vec<Item<'p>>>,
    /// Opening and body.
    pub items: Vec<Item<'p>>,
    /// The number of items in the opening.
    #[serde(skip)]
    pub opening: usize,
    pub notes: Notes,
    pub closing_rule: ClosingRule,
    pub running: Running,
    /// The lines of masthead and foot that changed, with their changes marked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub head: Option<&'p BTreeMap<String, Runs>>,
    /// The page ends, as far as every height is known.
    #[serde(skip)]
    pub ends: Option<PageEnds>,
    /// The numbers of lines that were asked for and cannot be had.
    #[serde(skip)]
    pub unreached: Vec<Unreached>,
}

/// A unit of the column: a paragraph, a heading, a table.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Item<'p> {
    /// Its part of the document: "body/3".
    pub part: String,
    /// Its design.
    #[serde(flatten)]
    pub design: Design,
    /// The adjustments of its type.
    pub fit: Fit,
    /// The gap above it, which is dropped at the top of a page.
    pub gap: f64,
    /// The part of the gap that is an adjustment.
    #[serde(skip)]
    pub more: f64,
    /// How much higher it is at the top of a page, where first baselines are the same for all sizes of type
    /// (measured: annexes of A/80/434, E/2025/78).
    pub lift: f64,
    /// Its depth in the outline, if it is a heading.
    pub depth: Option<u8>,
    /// Whether it begins a page.
    pub page: bool,
    /// Whether it stands on a landscape page.
    pub landscape: bool,
    /// The start of its first line, including the label if that is in the line.
    pub first: f64,
    /// The start of the other lines.
    pub turnover: f64,
    /// The end of lines.
    pub end: f64,
    pub label: Option<Label>,
    pub lines: Vec<Line>,
    /// Whether these are all its lines.
    #[serde(skip)]
    pub composed: bool,
    /// A figure.
    pub picture: Option<Picture<'p>>,
    /// A table.
    pub table: Option<Table>,
}

/// The picture of a figure, which the engine sets, in the middle between two positions.
#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct Picture<'p> {
    pub image: &'p str,
    pub description: &'p str,
    pub left: f64,
    pub right: f64,
    /// Its size, if it is known.
    pub size: Option<Size>,
}

/// The label before a text.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Label {
    pub said: Designation,
    #[serde(flatten)]
    pub place: Place,
}

/// The position of a label.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Place {
    /// In the first line, followed by that gap, up to the position of its text.
    Inside { gap: f64 },
    /// Outside the lines, from the left position, or up to the right one if there is room.
    Apart { left: f64, right: f64 },
}

/// The footnotes.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Notes {
    pub style: Style,
    /// Whether their marks are raised before them too.
    pub raised: bool,
    /// The rule above them; `y` is its height above their first line.
    pub rule: Rule,
    pub list: Vec<Note>,
}

/// A footnote.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Note {
    /// The printed mark: "1" or "*".
    pub mark: String,
    /// Whether it is framed at the foot of page 1.
    pub framed: bool,
    /// The adjustments of its type.
    pub fit: Fit,
    pub lines: Vec<Line>,
}

impl Note {
    /// Whether its mark is made of asterisks.
    pub fn starred(&self) -> bool {
        self.mark.starts_with('*')
    }
}

/// The short rule that ends a document.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ClosingRule {
    /// The rule; `y` is its distance below the last line.
    pub rule: Rule,
    /// The gap above it.
    pub above: f64,
    /// Whether it takes room in the column. In originals it may stand in the foot of a page (measured:
    /// A/C.2/80/L.42), but not among notes, which the engine cannot determine.
    pub room: bool,
}

/// The page ends.
#[derive(Debug, Clone)]
pub(super) struct PageEnds {
    /// Whether these are all; otherwise the engine ends the others.
    pub complete: bool,
    /// The lines of the body, as far as their heights are known.
    pub rows: Vec<Row>,
    /// The lines that begin the pages after the first.
    pub starts: Vec<usize>,
    /// Whether every page has room for its lines and their notes.
    pub fits: bool,
}

impl PageEnds {
    /// Returns the number of pages, as far as known.
    pub fn pages(&self) -> usize {
        self.starts.len() + 1
    }

    /// Returns whether a document with that number of pages has been set as planned.
    pub fn agree(&self, pages: usize) -> bool {
        if self.complete { pages == self.pages() } else { pages >= self.pages() }
    }
}

/// The numbers of lines that a document asks for and cannot have.
pub(super) fn unreached(prepared: &Prepared, measures: &Measures) -> Vec<Unreached> {
    if prepared.adjusted.values().all(|adjusted| adjusted.lines.is_none()) {
        return Vec::new();
    }
    plan(prepared, measures, &BTreeSet::new(), Lines::Official, false).unreached
}

/// Plans a document with these notes in the frame of page 1, and also the page ends if `paged` requests
/// them.
pub(super) fn plan<'p>(
    prepared: &'p Prepared,
    measures: &'p Measures,
    framed: &BTreeSet<usize>,
    method: impl Into<Method>,
    paged: bool,
) -> Plan<'p> {
    let measures = measures.of(prepared.language);
    let (mut plan, composed) = unpaged(prepared, measures, framed, method);
    if composed && paged {
        column::end_pages(&mut plan, measures);
    }
    items::keep_short(&mut plan, measures);
    let body = measures.styles[Style::Body].pitch;
    for item in plan.items.iter_mut().filter(|item| item.page) {
        let pitch = item.type_in(&measures.styles).pitch;
        item.lift = measures.page.ascent * (pitch - body).max(0.0);
    }
    landscape::move_closing_rule(&mut plan, measures);
    plan.closing_rule.above = plan.items.last().and_then(|item| item.design.below).unwrap_or_default();
    plan
}

/// Returns the opening and the body of a document with other adjustments of the header.
pub(super) fn items_with<'p>(prepared: &'p Prepared, layout: &Layout, measures: &'p Measures) -> Vec<Item<'p>> {
    let composer = Composer::new(measures.of(prepared.language), prepared, Lines::Official);
    let mut items = Items::new(&composer, prepared, layout);
    items.opening();
    items.body();
    items.list
}

/// Where everything stands but for the ends of pages, and whether the composer knows all lines above the body and
/// of the notes.
pub(super) fn unpaged<'p>(
    prepared: &'p Prepared,
    measures: &'p Measures,
    framed: &BTreeSet<usize>,
    method: impl Into<Method>,
) -> (Plan<'p>, bool) {
    let measures = measures.of(prepared.language);
    let composer = Composer::new(measures, prepared, method);
    let mut items = Items::new(&composer, prepared, &prepared.layout);
    let session = items.session();
    items.opening();
    let opening = items.list.len();
    let mut composed = items.list.iter().chain(session.iter().flatten()).all(|item| item.composed);
    items.body();

    let blocks = &measures.blocks;
    let Design { style, .. } = if prepared.close_notes { blocks.close_note } else { blocks.note };
    let note = |(index, note): (usize, &crate::prepare::Note)| {
        let framed = framed.contains(&index);
        let width = composer.column.width;
        let adjusted = prepared.layout.notes.get(&note.mark);
        let tracking = adjusted.and_then(|adjusted| adjusted.tracking).unwrap_or_default();
        let fit = Fit { tracking, pitch: None };
        let ends = after_words(&note.runs, adjusted.map_or(&[], |adjusted| &adjusted.line_ends));
        let (lines, known) = match framed {
            true => (vec![Line::new(note.runs.clone(), None)], true),
            false => composer.lines_ended(&note.runs, &ends, measures.styles[style].fitted(fit), [width; 2], false),
        };
        composed &= known;
        Note { mark: printed_mark(&note.mark, prepared.language), framed, fit, lines }
    };
    let list = prepared.notes.iter().enumerate().map(note).collect();

    let styles = &measures.styles;
    let ascent = |style: Style| measures.page.ascent * styles[style].pitch;
    let descent = styles[Style::Body].pitch - ascent(Style::Body);
    let (note_rule, closing_rule) = (measures.note_rule, measures.closing_rule);
    let mut plan = Plan {
        metadata: &prepared.metadata,
        language: prepared.language,
        masthead: &prepared.masthead,
        foot: &prepared.foot,
        top: measures.page.first_baseline[prepared.edition] - ascent(Style::Body),
        column: composer.column,
        raised: prepared.layout.masthead.unwrap_or_default(),
        lowered: measures.lowered(prepared.layout.first_page_foot),
        session,
        opening,
        notes: Notes {
            style,
            raised: prepared.language != Language::Ar,
            rule: Rule { y: note_rule.y - ascent(style), ..note_rule },
            list,
        },
        closing_rule: ClosingRule {
            rule: Rule { y: closing_rule.y - descent, ..closing_rule },
            above: 0.0,
            room: true,
        },
        unreached: items.unreached,
        items: items.list,
        running: Running::new(prepared, measures),
        head: prepared.redline.as_ref().map(|redline| &redline.head),
        ends: None,
    };
    if let Some(redline) = &prepared.redline {
        bars::mark(&mut plan, redline);
    }
    (plan, composed)
}

impl<'p> Plan<'p> {
    /// Returns the plan without the opening and body, except figures.
    pub fn page_one_shell(&self) -> Self {
        let list = self.notes.list.iter().map(|note| match note.framed {
            true => note.clone(),
            false => Note { lines: Vec::new(), mark: note.mark.clone(), ..*note },
        });
        Self {
            session: self.session.clone(),
            items: self.items.iter().filter(|item| item.picture.is_some()).cloned().collect(),
            notes: Notes { list: list.collect(), ..self.notes.clone() },
            closing_rule: self.closing_rule.clone(),
            running: self.running.clone(),
            ends: None,
            unreached: Vec::new(),
            ..*self
        }
    }

    /// Returns the notes in the flow that have their first mark in these runs, with their numbers.
    pub fn flowing<'r>(&'r self, runs: &'r [Run]) -> impl Iterator<Item = (usize, &'r Note)> {
        runs.iter().filter_map(|run| match *run {
            Run::Note { note, again: false, .. } => {
                Some((note, self.notes.list.get(note).filter(|note| !note.framed)?))
            }
            _ => None,
        })
    }
}
