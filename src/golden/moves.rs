//! Parts that moved, reported together if they moved together.

use std::sync::Arc;

use super::difference::{Difference, Kind};

/// The move of a part.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Move {
    pub name: Arc<str>,
    /// The region of the page.
    pub region: &'static str,
    /// Whether it is a part of the header or foot of every page.
    pub repeated: bool,
    /// The pages before and now.
    pub pages: (usize, usize),
    /// The distance to the right and down, in points.
    pub by: (f64, f64),
    /// Whether it is reported if it moved alone.
    pub counts: bool,
}

impl Move {
    fn stays(&self) -> bool {
        self.pages.0 == self.pages.1 && self.by == (0.0, 0.0)
    }

    fn alike(&self, other: &Self) -> bool {
        /// References are rounded to a hundredth.
        const ROUNDING: f64 = 0.021;
        let near = |one: f64, other: f64| (one - other).abs() < ROUNDING;
        self.pages == other.pages && near(self.by.0, other.by.0) && near(self.by.1, other.by.1)
    }
}

/// The moves of a document's parts, in order.
#[derive(Default)]
pub(super) struct Moves {
    all: Vec<Move>,
}

impl Moves {
    pub fn add(&mut self, moved: Move) {
        self.all.push(moved);
    }

    /// Returns the differences: a region as a whole, a range of parts, or a part. Headers and feet
    /// that moved in the same way on every page are reported once.
    pub fn reported(self) -> Vec<Difference> {
        let (repeated, flowing): (Vec<Move>, Vec<Move>) = self.all.into_iter().partition(|it| it.repeated);
        let mut list = Vec::new();
        let mut seen: Vec<Move> = Vec::new();
        for moved in repeated.into_iter().filter(|it| !it.stays() && it.counts) {
            let known = |other: &&Move| {
                other.name == moved.name
                    && (other.by.0 - moved.by.0).abs() < 0.03
                    && (other.by.1 - moved.by.1).abs() < 0.03
            };
            if moved.by != (0.0, 0.0) && !seen.iter().any(|other| known(&other)) {
                list.push(reported(&moved.name, &moved));
                seen.push(moved);
            }
        }
        let mut from = 0;
        while from < flowing.len() {
            let first = &flowing[from];
            let to = from + flowing[from..].iter().take_while(|it| it.alike(first)).count();
            if !first.stays() && flowing[from..to].iter().any(|it| it.counts) {
                list.extend(self::group(&flowing, from, to));
            }
            from = to;
        }
        list
    }
}

fn group(all: &[Move], from: usize, to: usize) -> Vec<Difference> {
    let moved = &all[from..to];
    let Some(first) = moved.first() else { return Vec::new() };
    let regions: Vec<&str> = moved.iter().fold(Vec::new(), |mut regions, it| {
        if regions.last() != Some(&it.region) {
            regions.push(it.region);
        }
        regions
    });
    let whole = |region: &str| {
        region != "text"
            && all.iter().filter(|it| it.region == region).count()
                == moved.iter().filter(|it| it.region == region).count()
    };
    // A region that moved as a whole is reported as such, and other moves individually.
    let mut list = Vec::new();
    for region in regions.iter().filter(|region| moved.len() > 1 && whole(region)) {
        list.push(reported(&format!("the {region}"), first));
    }
    let rest: Vec<&Move> = moved.iter().filter(|it| moved.len() == 1 || !whole(it.region)).collect();
    if let (Some(first), Some(last)) = (rest.first(), rest.last()) {
        let name = if rest.len() == 1 {
            first.name.to_string()
        } else {
            format!("{} to {} ({} parts)", first.name, last.name, rest.len())
        };
        list.push(reported(&name, first));
    }
    list
}

fn reported(name: &str, moved: &Move) -> Difference {
    let (from, to) = moved.pages;
    if from != to {
        let message = format!("moved from page {from} to page {to}");
        return Difference::new(Kind::OtherPage, name, message).on(Some(to));
    }
    let (x, y) = moved.by;
    let mut ways = Vec::new();
    if y != 0.0 {
        ways.push(format!("{} {}", if y > 0.0 { "down" } else { "up" }, points(y)));
    }
    if x != 0.0 {
        ways.push(format!("{} {}", if x > 0.0 { "right" } else { "left" }, points(x)));
    }
    let message = format!("moved {}", ways.join(" and "));
    Difference::new(Kind::Moved, name, message).on(Some(to)).sized(x.abs().max(y.abs()))
}

/// Formats a length without its sign.
pub(super) fn points(length: f64) -> String {
    let text = format!("{:.2}", length.abs());
    format!("{} pt", text.trim_end_matches('0').trim_end_matches('.'))
}
