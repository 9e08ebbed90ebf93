//! Opening and body as rows: what stands on each line, and where.

use crate::prepare::{Block, Opening, OpeningRole, Prepared, Run, Runs};
use crate::typeset::composer::{Measures, Type, line_count};

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

/// A line: its runs, and where they stand. Lengths in points from the left edge of the column.
#[derive(Debug, Clone)]
pub(super) struct Row<'p> {
    /// What stands before the runs, with its own end if it hangs to the left of that.
    pub label: Option<(&'p str, Option<f64>)>,
    pub runs: &'p [Run],
    pub start: f64,
    /// Where the runs begin, if not after the label.
    pub text: Option<f64>,
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

/// What the setter sets.
pub(super) struct Sections<'p> {
    pub opening: Vec<Section<'p>>,
    pub body: Vec<Section<'p>>,
}

pub(super) fn sections<'p>(composed: &'p Prepared, measures: &Measures) -> Sections<'p> {
    let opening = composed.opening.iter().enumerate().map(|(index, entry)| opened(index, entry, measures));
    let body = composed.body.iter().enumerate().flat_map(|(index, block)| set(index, block, measures));
    Sections { opening: opening.collect(), body: body.collect() }
}

/// A paragraph of the opening. A number hangs to the left of a title.
fn opened<'p>(index: usize, entry: &'p Opening, measures: &Measures) -> Section<'p> {
    let style = measures.opening.get(entry.role.name()).copied().unwrap_or_default();
    let mut rows = lines_of(&entry.runs, style, 0.0, measures);
    if let (Some(number), Some(first)) = (&entry.number, rows.first_mut()) {
        first.label = Some((number, Some(measures.number.right)));
        first.text = Some(0.0);
    }
    let title = matches!(entry.role, OpeningRole::Title | OpeningRole::Headline);
    let element = if title { Element::Heading { depth: 1 } } else { Element::Paragraph };
    Section { part: format!("opening/{index}"), element, rows }
}

fn set<'p>(index: usize, block: &'p Block, measures: &Measures) -> Vec<Section<'p>> {
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
                first.label = label.as_deref().map(|label| (label, None));
            }
            vec![Section { part, element: Element::Paragraph, rows }]
        }
        Block::Heading { level, depth, number, stacked, runs } => {
            let hanging = number.is_some() && !*stacked;
            let start = if hanging { measures.stop(1) } else { 0.0 };
            let mut section = heading(*level, *depth, runs, start);
            if let (Some(number), Some(first)) = (number, section.rows.first_mut()) {
                let labelled = Row { label: Some((number, None)), start: 0.0, ..first.clone() };
                if hanging {
                    *first = Row { text: Some(start), ..labelled };
                } else {
                    section.rows.insert(0, Row { runs: &[], space: false, stand: Stand::Start, ..labelled });
                }
            }
            vec![section]
        }
        Block::Annex { heading: words, title, depth, level, .. } => {
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
    Row { label: None, runs, start, text: None, end, stand: Stand::Start, space: false, end_tracked: false, style }
}

/// The lines of composed runs, from a place in the column. Those whose ends are justified are full.
pub(super) fn lines_of<'p>(runs: &'p [Run], style: Type, start: f64, measures: &Measures) -> Vec<Row<'p>> {
    let mut rows = Vec::with_capacity(line_count(runs));
    let mut from = 0;
    while rows.len() < line_count(runs) {
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
            words.extend(row.label.map(|(label, _)| label.to_owned()));
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
