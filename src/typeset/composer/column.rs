//! The lines of a composed document, one below the other, with the gaps that the templates
//! put between them.

use super::measures::{Measures, Type};
use super::pages::{Begins, Line, Room};
use crate::prepare::{Block, Note, Prepared, Run, Runs, SessionLine};

/// The lines of the first blocks of a body, whose heights are known, and the room for them;
/// none, where the head leaves none.
pub(super) fn column(prepared: &Prepared, measures: &Measures, known_blocks: usize) -> Option<(Vec<Line>, Room)> {
    let page = &measures.page;
    let mut column = Column { measures, prepared, lines: Vec::new(), below: None, kept: false };
    for (index, block) in prepared.body[..known_blocks].iter().enumerate() {
        column.block(index, block);
    }
    if let Some(first) = column.lines.first_mut() {
        first.gap = 0.0;
    }
    // The rule that ends a document may stand in the foot of a page, but not among its notes.
    if let Some(last) = column.lines.last_mut()
        && known_blocks == prepared.body.len()
    {
        last.after = page.closing_rule;
    }
    let head = head(prepared, measures);
    let top = page.first_baseline.get(&prepared.edition)? - page.ascent * measures.body.pitch;
    let opening = prepared.opening.iter().map(|entry| &entry.runs);
    let session = prepared.session.iter().flatten().map(|line| &line.runs);
    let room = Room {
        first: page.first_bottom - head,
        later: page.bottom - top,
        separator: page.separator,
        head_notes: session.chain(opening).map(|runs| column.notes(runs).iter().sum::<f64>()).sum(),
    };
    (room.first > measures.body.pitch).then_some((column.lines, room))
}

/// Where the body of page 1 begins, from the top edge.
fn head(prepared: &Prepared, measures: &Measures) -> f64 {
    let session = |line: &SessionLine| {
        let style = measures.session.get(line.role.name()).copied().unwrap_or_default();
        height(&line.runs, style)
    };
    let columns = prepared.session.iter().map(|column| column.iter().map(session).sum::<f64>());
    let mut head = measures.page.head + columns.fold(0.0, f64::max);
    for (index, entry) in prepared.opening.iter().enumerate() {
        head += measures.gap_in_opening(index, !prepared.session.is_empty());
        let style = measures.opening.get(entry.role.name()).copied().unwrap_or_default();
        head += height(&entry.runs, style);
    }
    head + measures.gap("title")
}

/// How high composed runs are.
fn height(runs: &Runs, style: Type) -> f64 {
    line_count(runs) as f64 * style.pitch
}

/// How many lines composed runs have. An end after the last character only fills its line.
pub(in crate::typeset) fn line_count(runs: &[Run]) -> usize {
    let ends = runs.iter().filter(|run| matches!(run, Run::Break { .. })).count();
    ends + 1 - usize::from(matches!(runs.last(), Some(Run::Break { .. })))
}

struct Column<'c> {
    measures: &'c Measures,
    prepared: &'c Prepared,
    lines: Vec<Line>,
    /// The gap below the block before, where the templates give it one.
    below: Option<f64>,
    /// Whether the block before stays with the next.
    kept: bool,
}

/// How a block stands among others.
#[derive(Default)]
struct Stand {
    above: Option<f64>,
    below: Option<f64>,
    /// Whether its lines may be parted.
    parted: bool,
    /// Whether it stays with the block before.
    with_last: bool,
    /// Whether it stays with the block after.
    with_next: bool,
}

impl Column<'_> {
    fn block(&mut self, index: usize, block: &Block) {
        let m = self.measures;
        match block {
            Block::Paragraph { runs, .. } => {
                self.set(index, &[runs], m.body, Stand { parted: true, ..Stand::default() });
            }
            Block::Heading { level, runs, stacked, .. } => {
                let style = m.heading(*level);
                let number = Runs::new();
                let parts: &[&Runs] = if *stacked { &[&number, runs] } else { &[runs] };
                let after_heading = index > 0
                    && matches!(
                        self.prepared.body[index - 1],
                        Block::Heading { .. } | Block::Annex { .. } | Block::Part { .. }
                    );
                let stand = Stand {
                    above: Some(if after_heading { 0.0 } else { self.gap_before(*level) }),
                    below: Some(self.gap_after(*level)),
                    with_next: true,
                    ..Stand::default()
                };
                self.set(index, parts, style, stand);
            }
            Block::Annex { heading, title, new_page, level, .. } => {
                let first = self.lines.len();
                self.begin(index, heading, title.as_ref(), *new_page, *level);
                if *new_page && first > 0 {
                    self.lines[first].begins = Begins::Always;
                }
            }
            Block::Part { heading, title, level, .. } => self.begin(index, heading, title.as_ref(), false, *level),
            Block::Signature { lines } => {
                let stand = Stand {
                    above: Some(m.gap("signature")),
                    below: Some(m.gap("paragraph")),
                    with_last: true,
                    ..Stand::default()
                };
                self.set(index, &lines.iter().collect::<Vec<_>>(), m.body, stand);
            }
            Block::Closing { lines } => {
                let stand =
                    Stand { above: Some(m.gap("closing")), below: Some(0.0), with_last: true, ..Stand::default() };
                self.set(index, &lines.iter().collect::<Vec<_>>(), m.body, stand);
            }
            // The height of these is known once they are set.
            Block::Table { .. } | Block::Figure { .. } => {}
        }
    }

    /// The heading and the title with which an annex or a part begins.
    fn begin(&mut self, index: usize, heading: &Runs, title: Option<&Runs>, new_page: bool, level: u8) {
        let m = self.measures;
        let style = m.heading(level);
        let (before, after) = (self.gap_before(level), self.gap_after(level));
        let to_title = match title {
            None => after,
            Some(_) if new_page => m.gap("after-large-heading"),
            Some(_) if level == 2 => m.gap("paragraph"),
            Some(_) => 0.0,
        };
        let stand = Stand { above: Some(before), below: Some(to_title), with_next: true, ..Stand::default() };
        self.set(index, &[heading], style, stand);
        if let Some(title) = title {
            let stand = Stand { above: Some(0.0), below: Some(after), with_next: true, ..Stand::default() };
            self.set(index, &[title], style, stand);
        }
    }

    /// Adds the lines of a block, whose parts begin lines of their own.
    fn set(&mut self, block: usize, parts: &[&Runs], style: Type, stand: Stand) {
        let notes: Vec<f64> = parts.iter().flat_map(|runs| self.notes(runs)).collect();
        let gap = match (self.below, stand.above) {
            (None, None) => self.measures.gap("paragraph"),
            (below, above) => below.into_iter().chain(above).fold(0.0, f64::max),
        };
        let count = notes.len();
        let apart = self.kept || stand.with_last;
        for (index, notes) in notes.into_iter().enumerate() {
            let inside = stand.parted && index >= FEWEST && index + FEWEST <= count;
            let begins = if (index == 0 && !apart) || inside { Begins::Perhaps } else { Begins::Never };
            let last = index + 1 == count;
            self.lines.push(Line {
                block,
                index,
                gap: if index == 0 { gap } else { 0.0 },
                height: style.pitch,
                after: if last && stand.parted { self.measures.gap("paragraph") } else { 0.0 },
                notes,
                begins,
            });
        }
        if count > 0 {
            self.below = stand.below;
            self.kept = stand.with_next;
        }
    }

    /// The height of the notes whose marks stand in each line of composed runs.
    fn notes(&self, runs: &Runs) -> Vec<f64> {
        let style = if self.prepared.close_notes { self.measures.close_notes } else { self.measures.notes };
        let mut lines = vec![0.0];
        for run in runs {
            match run {
                Run::Break { .. } => lines.push(0.0),
                Run::Note { note, again: false } => {
                    let note = self.prepared.notes.get(*note).filter(|note: &&Note| !note.framed);
                    if let (Some(note), Some(line)) = (note, lines.last_mut()) {
                        *line += height(&note.runs, style);
                    }
                }
                Run::Text { .. } | Run::Note { .. } | Run::Space { .. } => {}
            }
        }
        lines.truncate(line_count(runs));
        lines
    }

    fn gap_before(&self, level: u8) -> f64 {
        self.measures.gap(if level <= 2 { "large-heading" } else { "heading" })
    }

    fn gap_after(&self, level: u8) -> f64 {
        self.measures.gap(if level <= 2 { "after-large-heading" } else { "after-heading" })
    }
}

/// How many lines of a paragraph stand together at least (docs/page-ends.md#the-rule).
const FEWEST: usize = 2;
