//! What stands around the text of later pages: running header, folio, job number
//! (`templates/components/running.typ`), mirrored on odd and even pages.

use typst::layout::{Abs, Frame, FrameItem, Point};
use typst::pdf::ArtifactKind;

use super::page::Setter;
use super::rows::{Row, Stand, lines_of};
use super::tags::close;
use super::text::Look;
use crate::prepare::{Run, Running, Runs};
use crate::typeset::composer::{FootLine, Measures, flush_left, natural_width};

/// The texts of the running header, in runs, the title composed beside the symbols.
pub(super) struct Header {
    symbols: Vec<Runs>,
    title: Option<Runs>,
}

impl Header {
    /// None, if the faces lack a character of the title.
    pub fn new(running: &Running, measures: &Measures) -> Option<Self> {
        let symbols: Vec<Runs> = running.symbols.iter().map(|line| vec![Run::text(line)]).collect();
        let Measures { side, running: style, .. } = measures;
        let widest = symbols.iter().map(|line| natural_width(line, *style)).fold(0.0, f64::max);
        let room = (side.right - side.left - widest - measures.running_apart).min(measures.running_title);
        let title = match &running.title {
            Some(title) => Some(flush_left(title, measures, *style, room)?),
            None => None,
        };
        Some(Self { symbols, title })
    }
}

impl<'s> Setter<'s> {
    /// The running header of that page, from 1: symbols at the outer edge, the title of an adopted
    /// text at the inner.
    pub(super) fn running(&mut self, frame: &mut Frame, number: usize) -> Option<()> {
        let (header, measures) = (self.header, self.measures);
        let rows = |runs: &'s Runs| lines_of(runs, measures.running, 0.0, measures);
        let opened = self.places.artifact(frame, Point::zero(), ArtifactKind::Header);
        let outer = if number.is_multiple_of(2) { Stand::Start } else { Stand::End };
        let inner = if outer == Stand::Start { Stand::End } else { Stand::Start };
        self.stack(frame, "running symbol", header.symbols.iter().flat_map(rows).collect(), outer)?;
        if let Some(title) = &header.title {
            self.stack(frame, "running title", rows(title), inner)?;
        }
        let rule = measures.running_rule;
        self.rule(frame, "running rule", rule, rule.y);
        close(frame, Point::zero(), opened);
        Some(())
    }

    /// Lines of the running header at a side of the page, the last at its baseline.
    fn stack(&mut self, frame: &mut Frame, part: &str, rows: Vec<Row>, stand: Stand) -> Option<()> {
        let m = self.measures;
        let last = m.running_baseline - m.page.ascent * m.running.pitch;
        let above = rows.len().saturating_sub(1) as f64 * m.running.pitch;
        self.places.part(frame, Point::zero(), Some(part));
        for (index, row) in rows.into_iter().enumerate() {
            let row = Row { start: m.side.left - m.column_left, end: m.side.right - m.column_left, stand, ..row };
            self.line(frame, &row, last - above + index as f64 * m.running.pitch)?;
        }
        self.places.part(frame, Point::zero(), None);
        Some(())
    }

    /// The foot of that page: folio at the outer edge, job number at the inner.
    pub(super) fn footer(&mut self, frame: &mut Frame, number: usize, last: usize) -> Option<()> {
        let opened = self.places.artifact(frame, Point::zero(), ArtifactKind::Footer);
        let even = number.is_multiple_of(2);
        let (folio, job) = (self.measures.folio, self.measures.job);
        self.in_foot(frame, "folio", &format!("{number}/{last}"), folio, even)?;
        if let Some(text) = &self.document.foot.job {
            self.in_foot(frame, "job number", text, job, !even)?;
        }
        close(frame, Point::zero(), opened);
        Some(())
    }

    fn in_foot(&mut self, frame: &mut Frame, part: &str, text: &str, line: FootLine, at_start: bool) -> Option<()> {
        let item = self.text(text, Look::plain(line.face))?;
        let side = self.measures.side;
        let x = if at_start { side.left } else { side.right - item.width().to_pt() } - self.measures.column_left;
        self.places.part(frame, Point::zero(), Some(part));
        frame.push(Point::new(Abs::pt(x), Abs::pt(line.baseline)), FrameItem::Text(item));
        self.places.part(frame, Point::zero(), None);
        Some(())
    }
}
