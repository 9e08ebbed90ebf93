//! Tables.

use roxmltree::Node;

use super::super::Changes;
use super::super::draft::{Cell, Part, Row, Table};
use super::Reader;
use super::blocks::change_all;
use super::xml::{attribute, child, elements, number, toggle};
use crate::diagnostic::Diagnostic;
use crate::model::{Align, Change};

/// The most columns that a cell spans.
const MOST_COLUMNS: u16 = 60;

impl Reader {
    /// Reads a table. Tables in its cells become paragraphs.
    pub(super) fn table(&mut self, node: Node, out: &mut Vec<Part>) {
        let mut table = Table::default();
        let carried = std::mem::take(&mut self.carried);
        self.rows(node, &mut table);
        self.carried = carried;
        let empty = |row: &Row| row.cells.iter().all(|cell| cell.paragraphs.is_empty());
        if !table.rows.iter().all(empty) {
            out.push(Part::Table(table));
        }
    }

    fn rows(&mut self, node: Node, table: &mut Table) {
        for part in elements(node) {
            match part.tag_name().name() {
                "tr" => {
                    let properties = child(part, "trPr");
                    let has = |name: &str| properties.is_some_and(|properties| child(properties, name).is_some());
                    let change = has("del").then_some(Change::Struck).or(has("ins").then_some(Change::Inserted));
                    if self.changes == Changes::Accept && change == Some(Change::Struck) {
                        continue;
                    }
                    let is_header = properties.and_then(|properties| toggle(properties, "tblHeader"));
                    let mut row = Row { is_header: is_header.unwrap_or_default(), cells: Vec::new() };
                    let skipped = |name| properties.and_then(|properties| number::<u16>(properties, name));
                    let skipped = |name| {
                        (0..skipped(name).unwrap_or_default().min(MOST_COLUMNS))
                            .map(|_| Cell { columns: 1, ..Cell::default() })
                    };
                    row.cells.extend(skipped("gridBefore"));
                    self.cells(part, &mut row);
                    row.cells.extend(skipped("gridAfter"));
                    if let Some(change) = change.filter(|_| self.changes == Changes::Keep) {
                        row.cells.iter_mut().for_each(|cell| change_all(&mut cell.paragraphs, change));
                    }
                    table.rows.push(row);
                }
                name if name.ends_with("Pr") => {}
                _ => self.rows(part, table),
            }
        }
    }

    fn cells(&mut self, node: Node, row: &mut Row) {
        for part in elements(node) {
            match part.tag_name().name() {
                "tc" => {
                    let cell = self.cell(part);
                    // Cells that are merged by hand are one cell to the reader.
                    match row.cells.last_mut() {
                        Some(before) if is_merged(part, "hMerge") => {
                            before.columns = (before.columns + cell.columns).min(MOST_COLUMNS);
                            before.paragraphs.extend(cell.paragraphs);
                        }
                        _ => row.cells.push(cell),
                    }
                }
                name if name.ends_with("Pr") => {}
                _ => self.cells(part, row),
            }
        }
    }

    fn cell(&mut self, node: Node) -> Cell {
        let properties = child(node, "tcPr");
        let columns = properties.and_then(|properties| number(properties, "gridSpan")).unwrap_or(1);
        let mut parts = Vec::new();
        self.blocks(node, &mut parts);
        self.end(&mut parts);
        let nested = parts.iter().any(|part| matches!(part, Part::Table(_)));
        let paragraphs: Vec<_> = parts.into_iter().flat_map(Part::into_paragraphs).collect();
        if let Some(first) = paragraphs.first().filter(|_| nested) {
            let message = "a table within a cell is read as the text of the cell";
            self.findings.push((first.span.clone(), Diagnostic::advice("import-changed", message)));
        }
        let placed = elements(node).filter_map(|part| child(child(part, "pPr")?, "jc"));
        let align = match placed.filter_map(|place| attribute(place, "val")).next() {
            Some("center") => Some(Align::Center),
            Some("right" | "end") => Some(Align::Right),
            _ => None,
        };
        Cell { columns: u16::clamp(columns, 1, MOST_COLUMNS), merged: is_merged(node, "vMerge"), align, paragraphs }
    }
}

/// Whether a cell goes on from the one above it or before it.
fn is_merged(node: Node, name: &str) -> bool {
    let merge = child(node, "tcPr").and_then(|properties| child(properties, name));
    merge.is_some_and(|merge| attribute(merge, "val").is_none_or(|place| place == "continue"))
}
