//! The lines of the body one below the other, and the page ends between them.

use super::pages::{Begins, FEWEST, Room, Row, page_starts, pages_hold};
use super::{Item, Line, PageEnds, Plan, Slice, Table};
use crate::prepare::Size;
use crate::typeset::measures::{Align, Design, Measures, Style};

/// Ends the pages as far as the heights of items are known.
pub(super) fn end_pages(plan: &mut Plan, measures: &Measures) {
    let Some(ends) = page_ends(plan, measures) else { return };
    for row in ends.starts.iter().map(|start| &ends.rows[*start]) {
        let item = &mut plan.items[row.item];
        match &mut item.table {
            _ if row.index == 0 => item.page = true,
            Some(table) => drop(table.starts.insert(row.index)),
            None => item.lines[row.index].page = true,
        }
    }
    plan.closing_rule.room = !ends.complete;
    plan.ends = Some(ends);
}

/// Where the pages end as far as the heights of items are known; none, where the head of page 1 leaves no room.
pub(in crate::typeset) fn page_ends(plan: &Plan, measures: &Measures) -> Option<PageEnds> {
    let known = known_items(&plan.items, plan.opening);
    let complete = known == plan.items.len();
    let mut rows = rows(plan, measures, known);
    if let Some(last) = rows.last_mut()
        && complete
    {
        // The rule that ends a document may stand in the foot of a page, but not among its notes.
        last.after = measures.closing_rule.y;
    }
    let room = room(plan, measures);
    if room.first <= measures.styles[Style::Body].pitch {
        return None;
    }
    let starts = page_starts(&rows, room);
    let fits = pages_hold(&rows, &starts, room);
    Some(PageEnds { complete, rows, starts, fits })
}

/// Returns the number of items whose lines are all known. The parts of a block are known together.
fn known_items(items: &[Item], opening: usize) -> usize {
    let Some(unknown) = items.iter().skip(opening).position(|item| !item.composed) else { return items.len() };
    let unknown = opening + unknown;
    let parts = items[opening..unknown].iter().rev().take_while(|item| item.part == items[unknown].part);
    unknown - parts.count()
}

/// Returns the lines of the items of the body before that one.
fn rows(plan: &Plan, measures: &Measures, known: usize) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut kept = false;
    for (number, item) in plan.items.iter().enumerate().take(known).skip(plan.opening) {
        let Design { whole, last, next, align, .. } = item.design;
        if let Some(table) = &item.table {
            rows.extend(table_rows(plan, measures, number, item, table, kept, rows.is_empty()));
            kept = next && !last;
            continue;
        }
        if let Some(Size { height, .. }) = item.picture.and_then(|picture| picture.size) {
            let begins = match item.page && !rows.is_empty() {
                true => Begins::Always,
                false if kept => Begins::Never,
                false => Begins::Perhaps,
            };
            rows.push(Row {
                item: number,
                index: 0,
                gap: item.gap,
                height,
                after: 0.0,
                notes: 0.0,
                begins,
                heads: 0.0,
                landscape: item.landscape,
            });
            kept = next && !last;
            continue;
        }
        let count = item.lines.len();
        for (index, line) in item.lines.iter().enumerate() {
            let inside = !whole && index >= FEWEST && index + FEWEST <= count;
            let begins = if item.page && index == 0 && !rows.is_empty() {
                Begins::Always
            } else if (index == 0 && !kept && !last) || inside {
                Begins::Perhaps
            } else {
                Begins::Never
            };
            rows.push(Row {
                item: number,
                index,
                gap: if index == 0 { item.gap } else { 0.0 },
                height: item.type_in(&measures.styles).pitch,
                after: if index + 1 == count && (!whole || align == Align::Full) {
                    measures.gaps.paragraph
                } else {
                    0.0
                },
                notes: notes(plan, measures, line),
                begins,
                heads: 0.0,
                landscape: item.landscape,
            });
        }
        if count > 0 {
            // Closing lines keep with the next item because of the rule that ends a document, which
            // takes no room here.
            kept = next && !last;
        }
    }
    rows
}

/// Returns the rows of a table; `kept` with what is above it, or the `first` of the body.
fn table_rows(
    plan: &Plan,
    measures: &Measures,
    number: usize,
    item: &Item,
    table: &Table,
    kept: bool,
    first: bool,
) -> Vec<Row> {
    let heads = table.head_height();
    let row = |(index, slice): (usize, Slice)| {
        let head = slice.row < table.heads;
        let begins = match index {
            0 if item.page && !first => Begins::Always,
            0 if !kept => Begins::Perhaps,
            0 => Begins::Never,
            _ if table.begins(slice) && !item.design.whole => Begins::Perhaps,
            _ => Begins::Never,
        };
        Row {
            item: number,
            index,
            gap: if index == 0 { item.gap } else { 0.0 },
            height: table.height(slice),
            after: 0.0,
            notes: table.lines(slice).map(|line| notes(plan, measures, line)).sum(),
            begins,
            heads: if head { 0.0 } else { heads },
            landscape: item.landscape,
        }
    };
    table.slices.iter().copied().enumerate().map(row).collect()
}

/// Returns the capacity of pages.
fn room(plan: &Plan, measures: &Measures) -> Room {
    let page = &measures.page;
    let height = |item: &Item| item.lines.len() as f64 * item.type_in(&measures.styles).pitch;
    let session = plan.session.iter().map(|column| column.iter().map(height).sum::<f64>());
    let opening = &plan.items[..plan.opening];
    let mut head = page.head + plan.raised + session.fold(0.0, f64::max);
    head += opening.iter().map(|item| item.gap + height(item)).sum::<f64>();
    head += plan.items.get(plan.opening).map_or(measures.gaps.title, |first| first.gap);
    let lines = plan.session.iter().flatten().chain(opening).flat_map(|item| &item.lines);
    Room {
        first: page.first_bottom + plan.lowered - head,
        later: page.bottom - plan.top,
        landscape: measures.landscape.height(),
        separator: page.separator,
        head_notes: lines.map(|line| notes(plan, measures, line)).sum(),
    }
}

/// Returns the height of the notes with marks in a line.
fn notes(plan: &Plan, measures: &Measures, line: &Line) -> f64 {
    let pitch = measures.styles[plan.notes.style].pitch;
    plan.flowing(&line.runs).map(|(_, note)| note.lines.len() as f64 * pitch).sum()
}
