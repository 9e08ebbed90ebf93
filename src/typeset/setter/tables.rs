//! Tables: rows one below the other, cells with their lines, rules.

use typst::introspection::Location;
use typst::layout::{Abs, Frame, FrameItem, FrameParent, GroupItem, Inherit, Point, Size};

use super::page::Setter;
use super::rows::Row;
use super::tags::close;
use crate::model::Align as CellAlign;
use crate::typeset::measures::{Align, Rule};
use crate::typeset::plan::{Item, Line, Table, TableCell, TableRow, without_leads};

/// A row on a page.
struct Set<'t> {
    table: &'t Table,
    /// The number of the row, and the part of it that stands on the page.
    number: usize,
    row: &'t TableRow,
    /// Whether it is a head that comes again.
    again: bool,
    /// Whether another part of it stands on another page.
    parted: bool,
}

impl Setter<'_> {
    /// Sets a slice of a table below a position; the first of a page after the heads, if these come again. Returns the
    /// end of the slice.
    pub(super) fn slice(&mut self, frame: &mut Frame, item: &Item, table: &Table, index: usize, y: f64) -> Option<f64> {
        let slice = *table.slices.get(index)?;
        let begins = table.starts.contains(&index);
        let mut y = y;
        if index == 0 {
            let at = Point::with_y(Abs::pt(y));
            self.places.part(frame, at, Some(&item.part));
            self.open = Some(self.places.table(frame, at, table));
        }
        if begins {
            for (number, row) in table.rows[..table.heads].iter().enumerate() {
                self.table_row(frame, item, &Set { table, number, row, again: true, parted: false }, y)?;
                y += row.height();
            }
        }
        if begins || slice.line.is_none_or(|line| line == 0) {
            let of_row = |at: &usize| table.slices.get(*at).is_some_and(|next| next.row == slice.row);
            let last = (index + 1..).take_while(|at| of_row(at) && !table.starts.contains(at)).last().unwrap_or(index);
            let row = table.part(slice, table.slices[last]);
            let parted = slice.line.is_some() && row.lines < table.rows[slice.row].lines;
            self.table_row(frame, item, &Set { table, number: slice.row, row: &row, again: false, parted }, y)?;
        }
        y += table.height(slice);
        if index + 1 == table.slices.len() {
            let at = Point::with_y(Abs::pt(y));
            if let Some(opened) = self.open.take() {
                close(frame, at, opened);
            }
            self.places.part(frame, at, None);
            self.parts.clear();
        }
        Some(y)
    }

    /// Sets the cells and rules of a row.
    fn table_row(&mut self, frame: &mut Frame, item: &Item, set: &Set, y: f64) -> Option<()> {
        for (index, cell) in set.row.cells.iter().enumerate() {
            let at = Point::with_y(Abs::pt(y));
            let first = if set.parted { self.parts.remove(&(set.number, index)) } else { None };
            let opened = match first {
                Some(_) => None,
                None => Some(self.places.cell(frame, at, cell, set.number, set.number < set.table.heads, set.again)),
            };
            let mut inside = Frame::soft(Size::zero());
            // What belongs to an element of another page has parts of its own.
            let part = |name: Option<&str>, setter: &mut Self, inside: &mut Frame| {
                if set.parted {
                    setter.places.part(inside, at, name);
                }
            };
            part(Some(&item.part), self, &mut inside);
            if index == 0 {
                self.rules(&mut inside, set, y);
            }
            self.cell(&mut inside, item, set, cell, y)?;
            part(None, self, &mut inside);
            let place = first.or(opened.as_ref().map(|opened| opened.place()))?;
            if set.parted {
                // The parts of a cell belong to one element.
                opened.into_iter().for_each(|opened| close(frame, at, opened));
                self.parts.insert((set.number, index), place);
                let mut group = GroupItem::new(inside);
                group.parent = Some(FrameParent::new(place, Inherit::Yes));
                frame.push(Point::zero(), FrameItem::Group(group));
            } else {
                frame.push_frame(Point::zero(), inside);
                opened.into_iter().for_each(|opened| close(frame, at, opened));
            }
        }
        Some(())
    }

    /// Sets the lines of a cell of a row that begins there.
    fn cell(&mut self, frame: &mut Frame, item: &Item, set: &Set, cell: &TableCell, y: f64) -> Option<()> {
        let Set { table, row, number, .. } = *set;
        let style = table.type_in(&self.measures.styles, cell.style, item.fit);
        let last = number + cell.rows.max(1) - 1;
        let mut top = match table.rows.get(number + 1..=last) {
            Some(below) if cell.low && last > number => {
                let end = y + row.height() + below.iter().map(TableRow::height).sum::<f64>();
                end - below.last().map_or(0.0, |row| row.below) - cell.lines.len() as f64 * style.pitch
            }
            _ => y + row.above + row.offset(cell) as f64 * style.pitch,
        };
        let stand = match cell.align {
            CellAlign::Left => Align::Start,
            CellAlign::Center => Align::Center,
            CellAlign::Right => Align::End,
        };
        for line in &cell.lines {
            let bare = set.again.then(|| Line { runs: without_leads(&line.runs), ..line.clone() });
            let line = bare.as_ref().unwrap_or(line);
            let placed = Row { stand, ..Row::new(line, style, table.left + cell.start, table.left + cell.end) };
            self.line(frame, &placed, top)?;
            self.bar(frame, &placed, top);
            top += style.pitch;
        }
        Some(())
    }

    fn rules(&mut self, frame: &mut Frame, set: &Set, y: f64) {
        for rule in &set.row.rules {
            let y = if rule.from_below { y + set.row.height() - rule.y } else { y + rule.y };
            let rule = Rule { left: set.table.left + rule.left, y, width: rule.width, thickness: rule.thickness };
            self.stroke(frame, rule);
        }
    }
}

/// The locations of cells of a table that go on on another page, by row and cell.
pub(super) type Parts = std::collections::HashMap<(usize, usize), Location>;
