//! Opening and body as rows: what stands on each line, and where.

use crate::prepare::{Block, Designation, Opening, OpeningRole, Prepared, Run, Runs};
use crate::typeset::composer::{Measures, Sides, Type, line_count};

/// How a row stands in the column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Stand {
    /// From where it starts.
    Start,
    /// Filling the measure.
    Full,
    /// At the side where lines end.
    End,
}

/// What stands before the runs of a line.
#[derive(Debug, Clone, Copy)]
pub(super) enum Label<'p> {
    /// In the line, which begins with it.
    Inside(&'p Designation),
    /// Apart, from that place on.
    From(&'p Designation, f64),
    /// Apart, up to the right one of these places, from the left one at least.
    Within(&'p Designation, Sides),
}

impl<'p> Label<'p> {
    pub fn said(self) -> &'p Designation {
        let (Self::Inside(said) | Self::From(said, _) | Self::Within(said, _)) = self;
        said
    }
}

/// A line: its runs, and where they stand. Lengths in points from the left edge of the column.
#[derive(Debug, Clone)]
pub(super) struct Row<'p> {
    pub label: Option<Label<'p>>,
    pub runs: &'p [Run],
    pub start: f64,
    pub end: f64,
    pub stand: Stand,
    /// Whether a space ended the line in the source.
    pub space: bool,
    /// Whether its last letter is tracked, as the engine tracks one before a line end of the same looks.
    pub end_tracked: bool,
    pub style: Type,
}

/// What rows are together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Element {
    Paragraph,
    Heading { depth: u8 },
}

/// Rows that are one element.
#[derive(Debug)]
pub(super) struct Section<'p> {
    /// The part of the document that it is, or belongs to: "body/3".
    pub part: String,
    pub element: Element,
    pub rows: Vec<Row<'p>>,
}

/// What the setter sets between head and foot.
pub(super) struct Sections<'p> {
    pub opening: Vec<Section<'p>>,
    pub body: Vec<Section<'p>>,
}

pub(super) fn sections<'p>(composed: &'p Prepared, measures: &Measures) -> Sections<'p> {
    let opening = composed.opening.iter().enumerate().map(|(index, entry)| opened(index, entry, measures));
    let body = composed.body.iter().enumerate().flat_map(|(index, block)| of_block(index, block, measures));
    Sections { opening: opening.collect(), body: body.collect() }
}

/// A paragraph of the opening. A number hangs to the left of a title.
fn opened<'p>(index: usize, entry: &'p Opening, measures: &Measures) -> Section<'p> {
    let style = measures.opening.get(entry.role.name()).copied().unwrap_or_default();
    let mut rows = lines_of(&entry.runs, style, entry.hanging.unwrap_or_default(), measures);
    if let (Some(number), Some(first)) = (&entry.number, rows.first_mut()) {
        first.label = Some(Label::Within(number, measures.number));
    }
    let title = matches!(entry.role, OpeningRole::Title | OpeningRole::Headline);
    let element = if title { Element::Heading { depth: 1 } } else { Element::Paragraph };
    Section { part: format!("opening/{index}"), element, rows }
}

fn of_block<'p>(index: usize, block: &'p Block, measures: &Measures) -> Vec<Section<'p>> {
    let part = format!("body/{index}");
    let heading = |level: u8, depth, runs: &'p Runs, start| {
        let rows = lines_of(runs, measures.heading(level), start, measures);
        Section { part: part.clone(), element: Element::Heading { depth }, rows }
    };
    match block {
        Block::Paragraph { role, level, label, runs, .. } => {
            let indents = measures.indents(*role, *level);
            let end = measures.drawn_column - measures.stop(indents.right);
            let justified = |row: Row<'p>| Row { end, ..row };
            let mut rows: Vec<Row> = lines_of(runs, measures.body, measures.stop(indents.turnover), measures)
                .into_iter()
                .map(justified)
                .collect();
            if let Some(first) = rows.first_mut() {
                first.start = measures.stop(indents.first);
                first.label = label.as_ref().map(Label::Inside);
            }
            vec![Section { part, element: Element::Paragraph, rows }]
        }
        Block::Heading { level, depth, number, hanging, runs, .. } => {
            let mut section = heading(*level, *depth, runs, hanging.unwrap_or_default());
            match (number, section.rows.first_mut()) {
                (Some(number), Some(first)) if hanging.is_some() => first.label = Some(Label::From(number, 0.0)),
                (Some(number), _) => {
                    let label = Some(Label::Inside(number));
                    let above = plain(&[], measures.heading(*level), 0.0, measures);
                    section.rows.insert(0, Row { label, end_tracked: true, ..above });
                }
                _ => {}
            }
            vec![section]
        }
        Block::Annex { heading: words, title, depth, level, .. }
        | Block::Part { heading: words, title, depth, level, .. } => {
            let title = title.as_ref().map(|title| heading(*level, *depth + 1, title, 0.0));
            std::iter::once(heading(*level, *depth, words, 0.0)).chain(title).collect()
        }
        Block::Closing { lines } => vec![at_end(part, lines, measures.closing, measures)],
        Block::Signature { lines } => vec![at_end(part, lines, measures.body, measures)],
        // The composer knows the heights of none of these.
        Block::Table { .. } | Block::Figure { .. } => Vec::new(),
    }
}

/// Lines at the side where lines end.
fn at_end<'p>(part: String, lines: &'p [Runs], style: Type, measures: &Measures) -> Section<'p> {
    let end = measures.drawn_column;
    let row = |runs: &'p Runs| Row {
        stand: Stand::End,
        end,
        end_tracked: plain_at_end(runs),
        ..plain(runs, style, 0.0, measures)
    };
    let mut rows: Vec<Row> = lines.iter().map(row).collect();
    rows.iter_mut().rev().take(1).for_each(|last| last.end_tracked = false);
    Section { part, element: Element::Paragraph, rows }
}

fn plain<'p>(runs: &'p [Run], style: Type, start: f64, measures: &Measures) -> Row<'p> {
    // What is set flush left does not end where justified lines are drawn to.
    let end = measures.column;
    Row { label: None, runs, start, end, stand: Stand::Start, space: false, end_tracked: false, style }
}

/// The lines of composed runs, from a place in the column. Those whose ends are justified are full.
pub(super) fn lines_of<'p>(runs: &'p [Run], style: Type, start: f64, measures: &Measures) -> Vec<Row<'p>> {
    let count = line_count(runs);
    let mut rows = Vec::with_capacity(count);
    let mut from = 0;
    while rows.len() < count {
        let to =
            runs[from..].iter().position(|run| matches!(run, Run::Break { .. })).map_or(runs.len(), |end| from + end);
        let mut row = plain(&runs[from..to], style, start, measures);
        if let Some(Run::Break { justify, space, .. }) = runs.get(to) {
            row.stand = if *justify { Stand::Full } else { Stand::Start };
            row.space = *space;
            row.end_tracked = !space && plain_at_end(row.runs);
        }
        rows.push(row);
        from = to + 1;
    }
    rows
}

/// Whether runs end as the line does that stands around them.
pub(super) fn plain_at_end(runs: &[Run]) -> bool {
    runs.last().is_some_and(|last| alike(last, &Run::text("")))
}

/// Whether two runs are text that looks alike.
pub(super) fn alike(one: &Run, other: &Run) -> bool {
    match (one, other) {
        (
            Run::Text { italic, bold, raised, link: None, .. },
            Run::Text { italic: slope, bold: weight, raised: height, link: None, .. },
        ) => (italic, bold, raised) == (slope, weight, height),
        _ => false,
    }
}

impl Section<'_> {
    /// What it says, as the outline of the document has it.
    pub fn words(&self) -> String {
        let mut words: Vec<String> = Vec::new();
        for row in &self.rows {
            words.extend(row.label.map(|label| label.said().to_string()));
            let text = row.runs.iter().filter_map(|run| match run {
                Run::Text { text, .. } => Some(text.as_str()),
                _ => None,
            });
            words.push(text.collect());
        }
        words.retain(|words| !words.is_empty());
        words.join(" ")
    }
}
