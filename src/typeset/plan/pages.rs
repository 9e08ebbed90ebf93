//! Page ends by Word's rules (docs/page-ends.md#the-rule): as many lines as fit, with at least two
//! lines of a paragraph on either side, items that keep together on one page, and
//! notes on the page of their marks.

/// The minimum number of lines of a paragraph that stand together.
pub(in crate::typeset) const FEWEST: usize = 2;

/// A line of the column.
#[derive(Debug, Clone, Copy)]
pub(in crate::typeset) struct Row {
    /// Its item.
    pub item: usize,
    /// Its index among the lines of its item.
    pub index: usize,
    /// The gap above it, in points, which is dropped at the top of a page.
    pub gap: f64,
    /// Its height, in points.
    pub height: f64,
    /// The gap below it. It is dropped at the foot of a page, unless there are notes (measured: of 60
    /// ends of paragraphs above notes, none is less than 30 above them, while many lines within
    /// paragraphs are).
    pub after: f64,
    /// The height of the notes with marks in it, in points.
    pub notes: f64,
    /// Whether a page begins with it.
    pub begins: Begins,
    /// The height of the heads that come again above it where it begins a page, in points.
    pub heads: f64,
    /// Whether it stands on a landscape page.
    pub landscape: bool,
}

/// Whether a page may begin with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::typeset) enum Begins {
    Never,
    Perhaps,
    Always,
}

/// The capacity of pages, in points.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    /// Of page 1, below its head.
    pub first: f64,
    /// Of later pages.
    pub later: f64,
    /// Of landscape pages.
    pub landscape: f64,
    /// The height of the separator between text and notes.
    pub separator: f64,
    /// The height of the notes to the head of page 1.
    pub head_notes: f64,
}

/// The tolerance for sums of many heights.
const TOLERANCE: f64 = 0.02;

impl Room {
    /// Returns the height of a page of these lines, and that of the notes to its head.
    fn of(self, lines: &[Row], first: bool) -> (f64, f64) {
        match lines.first() {
            _ if first => (self.first, self.head_notes),
            Some(line) if line.landscape => (self.landscape, 0.0),
            _ => (self.later, 0.0),
        }
    }
}

/// Returns the lines that begin the pages after the first.
pub(super) fn page_starts(lines: &[Row], room: Room) -> Vec<usize> {
    // Page 1 is upright: what stands on a landscape page leaves it to its head.
    let mut starts: Vec<usize> = lines.first().filter(|line| line.landscape).map(|_| 0).into_iter().collect();
    let mut start = 0;
    while let Some(next) = page_end(lines, start, starts.is_empty(), room) {
        starts.push(next);
        start = next;
    }
    starts
}

/// Returns the line with which the next page begins, or `None` if this page is the last.
fn page_end(lines: &[Row], start: usize, first: bool, room: Room) -> Option<usize> {
    let (height, mut notes) = room.of(&lines[start..], first);
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
        } else {
            filled += line.heads;
        }
        filled += line.height;
        notes += line.notes;
        let foot = if notes > 0.0 { line.after + room.separator + notes } else { 0.0 };
        if filled + foot > height + TOLERANCE {
            // A page without a permitted end takes as many lines as it can, and at least one.
            return possible.or(Some(index.max(start + 1))).filter(|next| *next < lines.len());
        }
    }
    None
}

/// Returns whether the pages that begin with these lines have room for their contents.
pub(super) fn pages_hold(lines: &[Row], starts: &[usize], room: Room) -> bool {
    let froms = std::iter::once(0).chain(starts.iter().copied());
    let tos = starts.iter().copied().chain([lines.len()]);
    froms.zip(tos).enumerate().all(|(page, (from, to))| {
        let lines = &lines[from..to];
        let (height, head_notes) = room.of(lines, page == 0);
        let notes = head_notes + lines.iter().map(|line| line.notes).sum::<f64>();
        let filled = lines.iter().map(|line| line.gap + line.height).sum::<f64>();
        let first = lines.first().map_or(0.0, |line| line.gap - line.heads);
        let foot = if notes > 0.0 { room.separator + notes } else { 0.0 };
        filled - first + foot <= height + TOLERANCE
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: Room = Room { first: 60.0, later: 60.0, landscape: 40.0, separator: 6.0, head_notes: 0.0 };

    /// Paragraphs with these numbers of lines, each 10 high, 6 apart.
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
                    heads: 0.0,
                    landscape: false,
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
    fn landscape_pages_have_their_own_room_and_come_after_page_1() {
        let mut lines = column(&[2, 6, 2]);
        lines[2..8].iter_mut().for_each(|line| line.landscape = true);
        (lines[2].begins, lines[8].begins) = (Begins::Always, Begins::Always);
        assert_eq!(page_starts(&lines, ROOM), [2, 6, 8]);
        assert!(pages_hold(&lines, &[2, 6, 8], ROOM) && !pages_hold(&lines, &[2, 8], ROOM));
        assert_eq!(page_starts(&lines[2..], ROOM), [0, 4, 6]);
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
