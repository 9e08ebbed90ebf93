//! The surroundings of the text on later pages: running header, folio, job number. They are mirrored on odd
//! and even pages.

use serde::Serialize;

use super::Line;
use crate::prepare::{Prepared, Run};
use crate::typeset::composer::{Composer, natural_width};
use crate::typeset::measures::{Design, Measures, Rule, Style};

/// The running header and the feet of later pages.
#[derive(Debug, Clone, Serialize)]
pub(in crate::typeset) struct Running {
    pub header: Vec<Placed>,
    /// The rule below the header.
    pub rule: Rule,
    pub feet: Vec<Placed>,
    /// Whether the composer knows the lines of the header.
    #[serde(skip)]
    pub composed: bool,
}

/// Lines at a side of the page.
#[derive(Debug, Clone, Serialize)]
pub(in crate::typeset) struct Placed {
    /// Their part of the page.
    pub part: &'static str,
    pub style: Style,
    /// Whether they stand at the outer edge of the page instead of the inner.
    pub outer: bool,
    /// The last baseline, from the top edge of the paper.
    pub baseline: f64,
    /// The width of lines that the painter may have to end.
    pub room: Option<f64>,
    /// Whether `{page}` and `{pages}` in them stand for the numbers of the page and of the last page.
    pub counted: bool,
    pub lines: Vec<Line>,
}

impl Running {
    /// Plans the symbols at the outer edge, the title of an adopted text beside them at the inner; the folio at the
    /// outer edge, the job number at the inner.
    pub fn new(prepared: &Prepared, measures: &Measures) -> Self {
        let m = measures.running;
        let blocks = &measures.blocks;
        let placed = |part, design: Design, outer, baseline, lines| Placed {
            part,
            style: design.style,
            outer,
            baseline,
            room: None,
            counted: false,
            lines,
        };
        let line = |text: &String| Line::new(vec![Run::text(text)], None);
        let style = measures.styles[blocks.running.style];
        let composer = Composer::without_notes(measures, measures.columns[prepared.edition], prepared.language);
        let symbols: Vec<Line> = prepared.running.symbols.iter().map(line).collect();
        let widest = symbols.iter().map(|line| natural_width(&line.runs, style)).fold(0.0, f64::max);
        let room = (measures.side.right - measures.side.left - widest - m.apart).min(m.title);
        let mut composed = true;
        let title = prepared.running.title.as_ref().map(|title| {
            let (lines, known) = composer.lines(&[Run::text(title)], style, [room; 2], false);
            composed = known;
            Placed { room: Some(room), ..placed("running title", blocks.running, false, m.baseline, lines) }
        });
        let symbols = placed("running symbol", blocks.running, true, m.baseline, symbols);
        let foot = &prepared.foot;
        let folio = placed("folio", blocks.folio, true, m.folio, vec![line(&foot.folio)]);
        let folio = Placed { counted: true, ..folio };
        let job = foot.job.as_ref().map(|job| placed("job number", blocks.job, false, m.job, vec![line(job)]));
        Self {
            header: std::iter::once(symbols).chain(title).collect(),
            rule: measures.running_rule,
            feet: std::iter::once(folio).chain(job).collect(),
            composed,
        }
    }
}
