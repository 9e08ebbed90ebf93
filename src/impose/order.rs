//! Which pages come on which side of which sheet.

/// The arrangement of pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Layout {
    /// All sheets are folded once, one within the other.
    Booklet,
    /// Two pages side by side, in their order.
    TwoUp,
    /// Booklets of so many pages, to be bound one behind the other.
    Signatures(usize),
}

/// How the sheets are turned over between their sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Duplex {
    /// On the short edge of the paper.
    #[default]
    ShortEdge,
    /// On the long edge: backs are printed upside down.
    LongEdge,
    /// By hand: all fronts, then all backs for the turned stack.
    Manual,
}

/// A side of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Side {
    /// The page on the left and the page on the right, from 0; `None` for a blank one.
    pub pages: [Option<usize>; 2],
    /// Whether it is the back of a sheet.
    pub is_back: bool,
    /// The number of sheets around this one, and of those in its booklet.
    pub depth: (usize, usize),
}

/// Returns the sides in the order in which they are printed.
pub fn sides(pages: usize, layout: Layout, duplex: Duplex) -> Vec<Side> {
    let page = |index: usize| (index < pages).then_some(index);
    let mut sides = match layout {
        Layout::TwoUp => (0..pages.div_ceil(2))
            .map(|index| Side { pages: [page(2 * index), page(2 * index + 1)], is_back: index % 2 == 1, depth: (0, 1) })
            .collect(),
        Layout::Booklet => booklet(0, pages.next_multiple_of(4), &page),
        Layout::Signatures(size) => {
            let total = pages.next_multiple_of(4);
            let starts = (0..total).step_by(size.next_multiple_of(4).max(4));
            starts.flat_map(|start| booklet(start, size.next_multiple_of(4).max(4).min(total - start), &page)).collect()
        }
    };
    if duplex == Duplex::Manual && layout != Layout::TwoUp {
        let (fronts, backs): (Vec<Side>, Vec<Side>) = sides.into_iter().partition(|side| !side.is_back);
        sides = fronts;
        sides.extend(backs.into_iter().rev());
    }
    sides
}

fn booklet(start: usize, length: usize, page: &dyn Fn(usize) -> Option<usize>) -> Vec<Side> {
    let sheets = length / 4;
    let mut sides = Vec::with_capacity(2 * sheets);
    for sheet in 0..sheets {
        let (low, high) = (start + 2 * sheet, start + length - 1 - 2 * sheet);
        let depth = (sheet, sheets);
        sides.push(Side { pages: [page(high), page(low)], is_back: false, depth });
        sides.push(Side { pages: [page(low + 1), page(high - 1)], is_back: true, depth });
    }
    sides
}
