//! Where pages end, by Word's rules (docs/page-ends.md#the-rule): as many lines as fit, with two
//! lines of a paragraph at least on either side, what belongs together on one page, and the
//! notes on the page of their marks.

/// How many lines of a paragraph stand together at least.
pub(in crate::typeset) const FEWEST: usize = 2;

/// A line of the column.
#[derive(Debug, Clone, Copy)]
pub(in crate::typeset) struct Row {
    /// The item that it belongs to.
    pub item: usize,
    /// Which line of its item it is.
    pub index: usize,
    /// The gap above it, in points, which the head of a page drops.
    pub gap: f64,
    /// Its height, in points.
    pub height: f64,
    /// The gap below it. The foot of a page drops it, unless there are notes (measured: of 60
    /// ends of paragraphs above notes none stands less than 30 above them, of lines within
    /// paragraphs many do).
    pub after: f64,
    /// The height of the notes whose marks it has, in points.
    pub notes: f64,
    /// Whether a page begins with it.
    pub begins: Begins,
}

/// Whether a page begins with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::typeset) enum Begins {
    Never,
    Perhaps,
    Always,
}

/// What pages hold, in points.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    /// Of page 1, below its head.
    pub first: f64,
    /// Of later pages.
    pub later: f64,
    /// What separates the notes from the text.
    pub separator: f64,
    /// The notes of the head of page 1.
    pub head_notes: f64,
}

/// What the sums of many heights may err.
const TOLERANCE: f64 = 0.02;

/// The lines that begin the pages after the first.
pub(super) fn page_starts(lines: &[Row], room: Room) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut start = 0;
    while let Some(next) = page_end(lines, start, starts.is_empty(), room) {
        starts.push(next);
        start = next;
    }
    starts
}

/// The line with which the next page begins; none, where this page is the last.
fn page_end(lines: &[Row], start: usize, first: bool, room: Room) -> Option<usize> {
    let (height, mut notes) = if first { (room.first, room.head_notes) } else { (room.later, 0.0) };
    let mut filled = 0.0;
    let mut possible = None;
    for (index, line) in lines.iter().enumerate().skip(start) {
        if index > start {
            match line.begins {
                Begins::Always => return Some(index),
                Begins::Perhaps => possible = Some(index),
                Begins::Never => {}
            }
            filled += line.gap;
        }
        filled += line.height;
        notes += line.notes;
        let foot = if notes > 0.0 { line.after + room.separator + notes } else { 0.0 };
        if filled + foot > height + TOLERANCE {
            // A page on which nothing may end takes what it can, and one line at least.
            return possible.or(Some(index.max(start + 1))).filter(|next| *next < lines.len());
        }
    }
    None
}

/// Whether the pages that begin with those lines hold all that stands on them.
pub(super) fn pages_hold(lines: &[Row], starts: &[usize], room: Room) -> bool {
    let froms = std::iter::once(0).chain(starts.iter().copied());
    let tos = starts.iter().copied().chain([lines.len()]);
    froms.zip(tos).enumerate().all(|(page, (from, to))| {
        let (height, head_notes) = if page == 0 { (room.first, room.head_notes) } else { (room.later, 0.0) };
        let lines = &lines[from..to];
        let notes = head_notes + lines.iter().map(|line| line.notes).sum::<f64>();
        let filled = lines.iter().map(|line| line.gap + line.height).sum::<f64>();
        let first = lines.first().map_or(0.0, |line| line.gap);
        let foot = if notes > 0.0 { room.separator + notes } else { 0.0 };
        filled - first + foot <= height + TOLERANCE
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: Room = Room { first: 60.0, later: 60.0, separator: 6.0, head_notes: 0.0 };

    /// Paragraphs of so many lines of 10, 6 between them.
    fn column(paragraphs: &[usize]) -> Vec<Row> {
        let mut lines = Vec::new();
        for (item, count) in paragraphs.iter().enumerate() {
            for index in 0..*count {
                let inside = index >= 2 && index + 2 <= *count;
                lines.push(Row {
                    item,
                    index,
                    gap: if index == 0 { 6.0 } else { 0.0 },
                    height: 10.0,
                    after: if index + 1 == *count { 6.0 } else { 0.0 },
                    notes: 0.0,
                    begins: if index == 0 || inside { Begins::Perhaps } else { Begins::Never },
                });
            }
        }
        lines
    }

    #[test]
    fn two_lines_stand_on_either_side() {
        assert_eq!(page_starts(&column(&[6]), ROOM), [0; 0]);
        assert_eq!(page_starts(&column(&[7]), ROOM), [5]);
        assert_eq!(page_starts(&column(&[5, 3]), ROOM), [5]);
        // 4 lines and 6 points leave room for one line of the next paragraph.
        assert_eq!(page_starts(&column(&[4, 4]), ROOM), [4]);
        assert_eq!(page_starts(&column(&[3, 4]), ROOM), [5]);
    }

    #[test]
    fn a_line_goes_with_its_note() {
        let mut lines = column(&[6]);
        lines[3].notes = 18.0;
        // With its note it would need 10 · 4 + 6 + 18.
        assert_eq!(page_starts(&lines, ROOM), [3]);
        lines[3].notes = 14.0;
        assert_eq!(page_starts(&lines, ROOM), [4]);
    }

    #[test]
    fn the_gap_after_a_paragraph_counts_above_notes_only() {
        let mut lines = column(&[2, 2]);
        let exact = Room { later: 46.0, first: 46.0, ..ROOM };
        assert_eq!(page_starts(&lines, exact), [0; 0]);
        lines[0].notes = 10.0;
        let with_notes = Room { first: 46.0 + 6.0 + 10.0, ..ROOM };
        assert_eq!(page_starts(&lines, with_notes), [2]);
        assert_eq!(page_starts(&lines, Room { first: 68.0, ..with_notes }), [0; 0]);
    }

    #[test]
    fn what_may_not_be_parted_stays_together_if_a_page_can_hold_it() {
        let mut lines = column(&[3, 1, 4]);
        lines[4].begins = Begins::Never;
        assert_eq!(page_starts(&lines, ROOM), [3]);
        let mut unbroken = column(&[9]);
        unbroken.iter_mut().for_each(|line| line.begins = Begins::Never);
        assert_eq!(page_starts(&unbroken, ROOM), [6]);
    }
}
