//! Reads the rows of Markdown tables and makes blocks of them.

use std::ops::Range;

use pulldown_cmark::{Alignment, Event, Tag};

use super::super::tree::{Node, Value};
use super::elements::Reader;
use crate::diagnostic::Diagnostic;

impl Reader<'_, '_> {
    /// Reads the rows of a table up to its end.
    pub(super) fn rows(&mut self) -> Vec<(Vec<Node>, Range<usize>)> {
        let mut rows = Vec::new();
        while let Some((Event::Start(Tag::TableHead | Tag::TableRow), span)) = self.next() {
            let mut cells = Vec::new();
            let mut end = span.start;
            while let Some((Event::Start(Tag::TableCell), cell)) = self.next() {
                end = cell.end;
                self.inline(cell.clone());
                // The end of the cell.
                self.next();
                cells.push(self.text(cell));
            }
            let rest = self.written(&(end..span.end)).trim_start().trim_start_matches('|').trim_start();
            let (at, beyond) = (span.end - rest.len(), rest.trim_end().len());
            if beyond > 0 {
                let error = Diagnostic::error("markdown-structure", "this row has more cells than the table header");
                let hint = "add cells to the header, or write \\| for a literal |";
                self.errors.push(error.hint(hint).in_source(self.source, at..at + beyond));
            }
            rows.push((cells, span));
        }
        rows
    }
}

/// Creates the block of a table. A header without any text is left out.
pub(super) fn table(alignments: &[Alignment], rows: Vec<(Vec<Node>, Range<usize>)>, span: Range<usize>) -> Node {
    let mut rows = rows.into_iter().map(|(cells, span)| {
        let empty = cells.iter().all(|cell| cell.value == Value::String(String::new()));
        let cells = cells.into_iter().enumerate().map(|(column, cell)| aligned(cell, alignments.get(column)));
        (Node { value: Value::List(cells.collect()), span }, empty)
    });
    let head = rows.next().filter(|(_, empty)| !empty).and_then(|(head, _)| Node::list(vec![head]));
    let rows: Vec<Node> = rows.map(|(row, _)| row).collect();
    let rows = Node { value: Value::List(rows), span: span.clone() };
    Node::map(span, [("header", head), ("rows", Some(rows))])
}

fn aligned(cell: Node, alignment: Option<&Alignment>) -> Node {
    let side = match alignment {
        Some(Alignment::Center) => "center",
        Some(Alignment::Right) => "right",
        Some(Alignment::Left) => "left",
        Some(Alignment::None) | None => return cell,
    };
    let span = cell.span.clone();
    Node::map(span.clone(), [("text", Some(cell)), ("align", Some(Node::text(side, span)))])
}
