//! What stands around the text of later pages: running header, folio, job number
//! (`templates/components/running.typ`), mirrored on odd and even pages.

use typst::layout::{Abs, Frame, FrameItem, Point};
use typst::pdf::ArtifactKind;

use super::page::Setter;
use super::rows::{Row, Stand, lines_of};
use super::tags::close;
use super::text::Look;
use crate::prepare::{Run, Running};
use crate::typeset::composer::{self, FootLine, Type};

impl Setter<'_> {
    /// The running header of that page, from 1: symbols at the outer edge, the title of an adopted
    /// text at the inner.
    pub(super) fn header(&mut self, frame: &mut Frame, number: usize) -> Option<()> {
        let style = self.measures.running;
        let opened = self.places.artifact(frame, Point::zero(), ArtifactKind::Header);
        let symbols: Vec<Vec<Run>> = self.around.running.symbols.iter().map(|line| vec![Run::text(line)]).collect();
        let rows: Vec<Row> = symbols.iter().flat_map(|runs| lines_of(runs, style, 0.0, self.measures)).collect();
        let outer = if number.is_multiple_of(2) { Stand::Start } else { Stand::End };
        let inner = if outer == Stand::Start { Stand::End } else { Stand::Start };
        self.stack(frame, "running symbol", rows, outer)?;
        if let Some(title) = self.title()? {
            let rows = lines_of(&title, style, 0.0, self.measures);
            self.stack(frame, "running title", rows, inner)?;
        }
        let rule = self.measures.running_rule;
        self.rule(frame, "running rule", rule, rule.y);
        close(frame, Point::zero(), opened);
        Some(())
    }

    /// The running title, composed beside the symbols.
    fn title(&self) -> Option<Option<Vec<Run>>> {
        let Running { symbols, title } = &self.around.running;
        let Some(title) = title else { return Some(None) };
        let m = self.measures;
        let mut widest: f64 = 0.0;
        for symbol in symbols {
            widest = widest.max(self.text(symbol, look(m.running))?.width().to_pt());
        }
        let room = (m.side.right - m.side.left - widest - m.running_apart).min(m.running_title);
        Some(Some(composer::lines_of(title, m, m.running, room)?))
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
        if let Some(text) = &self.around.foot.job {
            self.in_foot(frame, "job number", text, job, !even)?;
        }
        close(frame, Point::zero(), opened);
        Some(())
    }

    fn in_foot(&mut self, frame: &mut Frame, part: &str, text: &str, line: FootLine, at_start: bool) -> Option<()> {
        let item = self.text(text, look(line.face))?;
        let side = self.measures.side;
        let x = if at_start { side.left } else { side.right - item.width().to_pt() } - self.measures.column_left;
        self.places.part(frame, Point::zero(), Some(part));
        frame.push(Point::new(Abs::pt(x), Abs::pt(line.baseline)), FrameItem::Text(item));
        self.places.part(frame, Point::zero(), None);
        Some(())
    }
}

fn look(style: Type) -> Look {
    Look { style, bold: style.bold, italic: false, linked: false }
}
