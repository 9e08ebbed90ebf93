//! The widths of columns: what their contents ask for, and how they share the room.

use std::ops::Range;

use super::units::{Extent, Unit};
use super::{insets, style_of};
use crate::model::Align;
use crate::prepare::Columns;
use crate::typeset::composer::Measures;
use crate::typeset::measures::Tables;

/// What the columns of a table ask for.
pub(super) struct Asked {
    /// The requested widths, in parts of one, if they are given.
    pub parts: Vec<f64>,
    pub columns: Vec<Column>,
    /// The cells that span several columns.
    pub spans: Vec<(Range<usize>, Extent)>,
    /// Whether it is a table of figures.
    pub figures: bool,
    /// How wide the text column is.
    pub column: f64,
    /// Whether it stands on a landscape page, if that is given.
    pub landscape: Option<bool>,
}

/// The contents of a column.
#[derive(Default)]
pub(super) struct Column {
    /// The widest contents, one for each width of note marks.
    extents: Vec<Extent>,
    /// The widest text that is not cut in any size.
    pub widest: (f64, String),
    /// The width of the longest text on one line, of the longest head, and of the widest word of a head.
    longest: f64,
    head: f64,
    head_word: f64,
    /// Whether other texts than figures stand in it.
    texts: bool,
    figures: bool,
}

/// The tolerance for sums of many widths.
const TOLERANCE: f64 = 0.1;

impl Column {
    /// Takes in a word or figure, which stands so far in.
    pub fn take(&mut self, unit: &Unit, indent: f64) {
        if unit.extent.cut > self.widest.0 {
            self.widest = (unit.extent.cut, unit.text.clone());
        }
        let extent = Extent { fixed: unit.extent.fixed + indent, ..unit.extent };
        match self.extents.iter_mut().find(|known| known.fixed == extent.fixed) {
            Some(known) => known.widen(extent),
            None => self.extents.push(extent),
        }
    }

    /// Takes in a head.
    pub fn head(&mut self, whole: Extent, word: f64) {
        self.head = self.head.max(whole.at(1.0, false));
        self.head_word = self.head_word.max(word);
    }

    /// Takes in a text, which stands so far in.
    pub fn line(&mut self, whole: Extent, indent: f64, align: Align) {
        let width = whole.at(1.0, false) + indent;
        self.longest = self.longest.max(width);
        let figures = align == Align::Right;
        (self.figures, self.texts) = (self.figures || figures, self.texts || !figures && width > 0.0);
    }

    fn least(&self, step: f64, cut: bool) -> f64 {
        self.extents.iter().map(|extent| extent.at(step, cut) + TOLERANCE).fold(0.0, f64::max)
    }

    fn of_figures(&self) -> bool {
        self.figures && !self.texts
    }
}

impl Asked {
    /// Returns the first layout in which everything has room enough; or else one between the margins, in type that is not
    /// smaller than that of tables; or else one on a landscape page, unless that is chosen or excluded.
    pub fn choice(&self, measures: &Measures) -> Option<Columns> {
        let Tables { left, right, ref sizes, .. } = measures.tables;
        let usual = measures.styles[style_of(self.figures)].size;
        let steps = self.steps(measures);
        let smallest = steps.last().copied()?;
        let ways: Vec<(f64, bool)> = steps.iter().map(|size| (*size, false)).chain([(smallest, true)]).collect();
        let large = sizes.first().map_or(1.0, |size| (size / usual).min(1.0));
        let count = steps.iter().take_while(|step| **step >= large).count();
        let upright = |ways: &[(f64, bool)]| {
            let fitting = || ways.iter().find_map(|(size, cut)| self.laid((left, right), *size, *cut, measures));
            self.with_room(measures).or_else(fitting)
        };
        let turned = || {
            let sides = (left, measures.landscape_right());
            let found = ways.iter().find_map(|(size, cut)| self.laid(sides, *size, *cut, measures))?;
            Some(Columns { landscape: true, ..found })
        };
        match self.landscape {
            Some(true) => turned(),
            Some(false) => upright(&ways),
            None => upright(&ways[..count]).or_else(turned),
        }
    }

    /// Returns the first layout of an upright page in which everything has room enough.
    fn with_room(&self, measures: &Measures) -> Option<Columns> {
        let Tables { left, right, .. } = measures.tables;
        let beside = (!self.figures).then_some((0.0, right));
        let places = [(0.0, self.column)].into_iter().chain(beside).chain([(left, right)]);
        let roomy = self.roomy(&self.least(1.0, false, measures), measures);
        let place = places.into_iter().find(|(left, right)| roomy <= right - left)?;
        self.laid(place, 1.0, false, measures)
    }

    /// Returns the columns between two positions, in that size, or `None` if there is no room for them.
    fn laid(&self, (left, right): (f64, f64), size: f64, cut: bool, measures: &Measures) -> Option<Columns> {
        let widths = self.widths(&self.least(size, cut, measures), right - left, size, measures)?;
        Some(Columns { left, widths, size, landscape: false })
    }

    /// Returns the sizes that are tried, in parts of the usual one.
    pub fn steps(&self, measures: &Measures) -> Vec<f64> {
        let usual = measures.styles[style_of(self.figures)].size;
        let smaller = measures.tables.sizes.iter().map(|size| size / usual).filter(|step| *step < 1.0);
        std::iter::once(1.0).chain(smaller).collect()
    }

    /// Returns the minimum widths of the columns.
    pub fn least(&self, step: f64, cut: bool, measures: &Measures) -> Vec<f64> {
        let with = |(index, column): (usize, &Column)| column.least(step, cut) + insets(&(index..index + 1), measures);
        let mut least: Vec<f64> = self.columns.iter().enumerate().map(with).collect();
        for (range, extent) in &self.spans {
            let columns = &mut least[range.clone()];
            let width = extent.at(step, cut) + TOLERANCE + insets(range, measures);
            let more = (width - columns.iter().sum::<f64>()) / columns.len() as f64;
            columns.iter_mut().for_each(|column| *column += more.max(0.0));
        }
        least
    }

    /// Returns the width in which everything has room enough: figures, and texts and heads in two lines.
    fn roomy(&self, least: &[f64], measures: &Measures) -> f64 {
        let widest = self.figure_width(least, 1.0, 0.5, measures);
        let width = |index: usize| match self.columns[index].of_figures() {
            true => widest,
            false => {
                let halves = (self.columns[index].longest / 2.0).max(self.columns[index].head / 2.0);
                let inset = insets(&(index..index + 1), measures);
                least[index].max(halves.min(measures.tables.roomy) + inset)
            }
        };
        (0..least.len()).map(width).sum()
    }

    /// Returns the width of columns of figures, which are equally wide; heads take such a part of theirs.
    fn figure_width(&self, least: &[f64], size: f64, head: f64, measures: &Measures) -> f64 {
        let short = measures.tables.short_head;
        let width = |(index, column): (usize, &Column)| {
            let on_one_line = column.longest.max(column.head_word).max(column.head.min(short / head) * head);
            least[index].max(on_one_line * size + insets(&(index..index + 1), measures) + TOLERANCE)
        };
        let columns = self.columns.iter().enumerate().filter(|(_, column)| column.of_figures());
        columns.map(width).fold(0.0, f64::max)
    }

    /// Divides the room. Returns `None` if it is less than the columns need.
    fn widths(&self, least: &[f64], room: f64, size: f64, measures: &Measures) -> Option<Vec<f64>> {
        if !self.parts.is_empty() {
            return shared(&self.parts, least, room);
        }
        let needed: f64 = least.iter().sum();
        let inset = |index: usize| insets(&(index..index + 1), measures);
        let asked = |index: usize| {
            let Column { longest, head, .. } = self.columns[index];
            least[index].max(longest.max(head.min(measures.tables.short_head)) * size + inset(index) + TOLERANCE)
        };
        let of_figures = |index: &usize| self.columns[*index].of_figures();
        let count = (0..least.len()).filter(of_figures).count();
        let texts: Vec<usize> = (0..least.len()).filter(|index| !of_figures(index)).collect();
        let least_texts: Vec<f64> = texts.iter().map(|index| least[*index]).collect();
        let asked_texts: Vec<f64> = texts.iter().map(|index| asked(*index)).collect();
        // Of the heads of figures, as much stands on one line as leaves room for the texts.
        let half: f64 = texts.iter().zip(&asked_texts).map(|(index, asked)| least[*index].max(asked / 2.0)).sum();
        let ways = [1.0, 0.5].map(|head| self.figure_width(least, size, head, measures));
        let equal = ways.into_iter().find(|width| width * count as f64 + half <= room);
        let equal = equal.filter(|_| count > 0);
        let Some(equal) = equal.or_else(|| (count == 0).then_some(0.0)) else {
            return (needed <= room).then(|| filled(least, least, room));
        };
        let left = room - equal * count as f64;
        let wanted: f64 = asked_texts.iter().sum();
        let (equal, left) = match count {
            // Figures share what the texts leave, up to the width of the widest.
            1.. if wanted < left => {
                let equal = ((room - wanted) / count as f64).min(measures.tables.widest.max(equal));
                let equal = if texts.is_empty() { room / count as f64 } else { equal };
                (equal, room - equal * count as f64)
            }
            _ => (equal, left),
        };
        if least_texts.iter().sum::<f64>() > left + TOLERANCE {
            return None;
        }
        let mut shares = filled(&least_texts, &asked_texts, left).into_iter();
        let width = |index: usize| if of_figures(&index) { equal } else { shares.next().unwrap_or_default() };
        Some((0..least.len()).map(width).collect())
    }
}

/// Divides the room among columns of texts: short ones have what they ask for, the others share the rest by what they
/// ask for.
pub(super) fn filled(least: &[f64], asked: &[f64], room: f64) -> Vec<f64> {
    let sum: f64 = asked.iter().sum();
    if sum <= room {
        return asked.iter().map(|asked| asked * room / sum).collect();
    }
    let mut held: Vec<Option<f64>> = vec![None; asked.len()];
    loop {
        let open = held.iter().filter(|held| held.is_none()).count();
        let rest = room - held.iter().flatten().sum::<f64>();
        let fair = rest / open.max(1) as f64;
        let short: Vec<usize> = (0..asked.len()).filter(|at| held[*at].is_none() && asked[*at] <= fair).collect();
        if open == 0 {
            return asked.to_vec();
        }
        if short.is_empty() {
            let parts: Vec<f64> = held.iter().zip(asked).map(|(held, asked)| held.map_or(*asked, |_| 0.0)).collect();
            let floor: Vec<f64> = held.iter().zip(least).map(|(held, least)| held.unwrap_or(*least)).collect();
            // If the others need some of what short ones ask for, all share the room.
            let divided = shared(&parts, &floor, room).or_else(|| shared(asked, least, room));
            return divided.unwrap_or_else(|| least.to_vec());
        }
        short.into_iter().for_each(|at| held[at] = Some(asked[at]));
    }
}

/// Divides the room by the requested parts, with minimum widths. Returns `None` if the room is less than these.
pub(super) fn shared(parts: &[f64], least: &[f64], room: f64) -> Option<Vec<f64>> {
    if least.iter().sum::<f64>() > room {
        return None;
    }
    let mut held = vec![false; least.len()];
    loop {
        let (mut rest, mut sum) = (room, 0.0);
        for ((part, least), held) in parts.iter().zip(least).zip(&held) {
            if *held { rest -= least } else { sum += part }
        }
        let width = |index: usize| if held[index] { least[index] } else { parts[index] / sum * rest };
        let widths: Vec<f64> = (0..least.len()).map(width).collect();
        let short: Vec<usize> =
            (0..least.len()).filter(|index| !held[*index] && widths[*index] < least[*index]).collect();
        if short.is_empty() {
            return Some(widths);
        }
        short.into_iter().for_each(|index| held[index] = true);
    }
}
