//! Tables and figures as items: what stands above and below them.

use super::items::Items;
use super::tables::laid;
use super::{Item, Picture, landscape};
use crate::prepare::{Block, Designation, Remark, Run, Runs};
use crate::typeset::composer::width_in_any;
use crate::typeset::measures::Design;

impl<'p> Items<'_, 'p> {
    /// Adds a table with its label, title and units above it and the remarks below it.
    pub(super) fn table(&mut self, part: String, block: &'p Block) {
        let Block::Table { label, title, units, columns, figures, below, .. } = block else { return };
        let from = self.list.len();
        let design = if *figures { self.blocks().table } else { self.blocks().texts };
        let mut item = self.item(part.clone(), design);
        let Some(table) = laid(self.composer, block, item.fit) else { return };
        let sides = (table.left, table.left + table.width());
        self.above(&part, label.as_ref(), title.as_ref(), units.as_ref(), &mut item, sides);
        (item.first, item.turnover, item.end) = (sides.0, sides.0, sides.1);
        item.composed = table.composed;
        item.table = Some(table);
        self.framed(part, item, below, sides);
        if columns.as_ref().is_some_and(|columns| columns.landscape) {
            landscape::turn(&mut self.list, from);
        }
    }

    /// Adds a figure in the same way.
    pub(super) fn figure(&mut self, part: String, block: &'p Block) {
        let Block::Figure { label, title, units, image, description, width, landscape, size, below } = block else {
            return;
        };
        let from = self.list.len();
        let mut item = self.item(part.clone(), self.blocks().figure);
        let (column, tables) = (self.composer.column, &self.composer.measures.tables);
        let width = size.map(|size| size.width).or(*width);
        let wide = width.is_some_and(|width| width > column.width);
        // Those that reach the right margin at most begin with the column (measured: S/2025/97, figure II).
        let (left, right) = match width {
            _ if *landscape => (tables.left, self.composer.measures.landscape_right()),
            Some(width) if wide && width <= tables.right => (0.0, width),
            Some(_) if wide => (tables.left, tables.right),
            _ => (0.0, column.drawn),
        };
        item.picture = Some(Picture { image, description, left, right, size: *size });
        item.composed = size.is_some();
        let sides = (left, if wide || *landscape { right } else { column.width });
        self.above(&part, label.as_ref(), title.as_ref(), units.as_ref(), &mut item, sides);
        self.framed(part, item, below, sides);
        if *landscape {
            landscape::turn(&mut self.list, from);
        }
    }

    /// Adds the lines above a table or figure, which keep with it.
    fn above(
        &mut self,
        part: &str,
        label: Option<&'p Designation>,
        title: Option<&'p Runs>,
        units: Option<&'p Runs>,
        item: &mut Item,
        sides: (f64, f64),
    ) {
        let label: Option<Runs> = label.map(|label| label.runs().clone());
        let blocks = self.blocks();
        let lines = [(label.as_ref(), blocks.label), (title, blocks.legend), (units, blocks.units)];
        let lines: Vec<(&Runs, Design)> =
            lines.into_iter().filter_map(|(runs, design)| Some((runs?, design))).collect();
        for (index, (runs, mut design)) in lines.iter().copied().enumerate() {
            if index > 0 {
                design.above = Some(0.0);
            }
            design.below = if index + 1 < lines.len() { Some(0.0) } else { blocks.units.below };
            self.beside(part.to_owned(), design, runs, sides, (0.0, 0.0));
        }
        if !lines.is_empty() {
            item.design.above = Some(0.0);
        }
    }

    /// Adds a table or figure and the remarks below it.
    fn framed(&mut self, part: String, mut item: Item<'p>, below: &'p [Remark], sides: (f64, f64)) {
        let remark = self.composer.measures.tables.remark;
        let design = self.blocks().remark;
        if !below.is_empty() {
            item.design.below = Some(remark.apart);
        }
        self.add(item);
        for (index, Remark { letter, runs }) in below.iter().enumerate() {
            let below = if index + 1 < below.len() { Some(0.0) } else { design.below };
            let design = Design { below, ..design };
            let Some(letter) = letter else {
                self.beside(part.clone(), design, runs, sides, (0.0, remark.turnover));
                continue;
            };
            let measures = self.composer.measures;
            let raised = measures.raised_in(measures.styles[design.style]);
            let first = remark.letter - width_in_any(letter, raised, false, true, false);
            let (text, change) = (letter.clone(), None);
            let mark = Run::Text { text, italic: true, bold: false, raised: true, change, link: None };
            let runs: Runs = [mark, Run::text(" ")].into_iter().chain(runs.iter().cloned()).collect();
            self.beside(part.clone(), design, &runs, sides, (first, remark.turnover));
        }
    }

    /// Adds lines between the sides of a table or figure, the first and the others indented.
    fn beside(
        &mut self,
        part: String,
        design: Design,
        runs: &Runs,
        (left, right): (f64, f64),
        (first, turnover): (f64, f64),
    ) {
        let mut item = self.item(part, design);
        (item.first, item.turnover, item.end) = (left + first, left + turnover, right.max(item.end));
        let item = self.flush_left(item, runs, &[]);
        self.add(item);
    }
}
