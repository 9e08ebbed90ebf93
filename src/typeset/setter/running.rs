//! The surroundings of the text on later pages, mirrored on odd and even pages.

use typst::layout::{Frame, Point};
use typst::pdf::ArtifactKind;

use super::page::Setter;
use super::rows::Row;
use super::tags::close;
use crate::typeset::measures::Align;
use crate::typeset::plan::Placed;

impl Setter<'_> {
    /// Sets the running header of a page, from 1.
    pub(super) fn header(&mut self, frame: &mut Frame, number: usize) -> Option<()> {
        let running = &self.plan.running;
        let opened = self.places.artifact(frame, Point::zero(), ArtifactKind::Header);
        running.header.iter().try_for_each(|placed| self.stack(frame, placed, number))?;
        self.rule(frame, "running rule", running.rule);
        close(frame, Point::zero(), opened);
        Some(())
    }

    /// Sets the foot of a page.
    pub(super) fn footer(&mut self, frame: &mut Frame, number: usize) -> Option<()> {
        let feet = &self.plan.running.feet;
        let opened = self.places.artifact(frame, Point::zero(), ArtifactKind::Footer);
        feet.iter().try_for_each(|placed| self.stack(frame, placed, number))?;
        close(frame, Point::zero(), opened);
        Some(())
    }

    /// Sets lines at a side of the page, the last at its baseline.
    fn stack(&mut self, frame: &mut Frame, placed: &Placed, number: usize) -> Option<()> {
        let m = self.measures;
        let style = m.styles[placed.style];
        let last = placed.baseline - m.page.ascent * style.pitch;
        let above = placed.lines.len().saturating_sub(1) as f64 * style.pitch;
        let (start, end) = (m.side.left - m.column_left, m.side.right - m.column_left);
        let stand = if placed.outer == number.is_multiple_of(2) { Align::Start } else { Align::End };
        self.places.part(frame, Point::zero(), Some(placed.part));
        for (index, line) in placed.lines.iter().enumerate() {
            let counted = placed.counted.then(|| line.counted(number, self.ends.pages()));
            // What stands here on one line is a symbol or a number.
            let latin = placed.room.is_none();
            let row = Row { stand, latin, ..Row::new(counted.as_ref().unwrap_or(line), style, start, end) };
            self.line(frame, &row, last - above + index as f64 * style.pitch)?;
        }
        self.places.part(frame, Point::zero(), None);
        Some(())
    }
}
