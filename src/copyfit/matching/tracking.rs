//! Measures the tracking of an original, and chooses the tracking that gives its lines.

use std::ops::RangeInclusive;

use super::original::Original;
use super::texts::{Text, Texts, fit};

/// The largest error of measured tracking, in points.
const SAME: f64 = 0.035;
/// The fewest words from which the tracking of a paragraph is measured.
const FEWEST: usize = 4;

/// Returns the tracking of a text in the original, in points: the median over its words.
fn drawn(text: &Text, original: &Original) -> Option<f64> {
    const SHORTEST: usize = 4;
    let each = text.words.iter().zip(&text.theirs).filter_map(|(word, their)| {
        let letters = word.text.chars().count();
        let (left, right) = original.words[(*their)?].across?;
        (letters >= SHORTEST).then(|| (right - left - word.width) / (letters - 1) as f64)
    });
    median(each).filter(|(_, count)| *count >= FEWEST).map(|(tracking, _)| tracking)
}

/// Returns the tracking added to a line of the session block or a paragraph of the opening in the original, in the steps
/// that typists use. Returns `None` if there is none, or the text has too few letters.
pub(super) fn of_head(text: &Text, original: &Original) -> Option<f64> {
    const FEWEST_GAPS: usize = 10;
    let (mut gaps, mut wider) = (0, 0.0);
    // The line and the right edge of the word before.
    let mut last: Option<(usize, f64)> = None;
    for (word, their) in text.words.iter().zip(&text.theirs) {
        let Some((line, (left, right))) =
            their.map(|at| &original.words[at]).and_then(|at| Some((at.line, at.across?)))
        else {
            last = None;
            continue;
        };
        if let (Some((before, end)), Some(space)) = (last, word.space)
            && before == line
        {
            gaps += if word.joined { 1 } else { 2 };
            wider += left - end - space;
        }
        gaps += word.text.chars().count() - 1;
        wider += right - left - word.width;
        last = Some((line, right));
    }
    let more = wider / gaps as f64 - text.drawn;
    let steps = (more * 20.0).round();
    (gaps >= FEWEST_GAPS && more.abs() > SAME && steps != 0.0).then_some(steps / 20.0)
}

fn median(values: impl Iterator<Item = f64>) -> Option<(f64, usize)> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).map(|value| (*value, values.len()))
}

/// Returns how far the tracking of each paragraph in the original departs from the median of all; `None` for those with
/// too few words and those that are not justified.
pub(super) fn departures(texts: &Texts, original: &Original) -> Vec<Option<f64>> {
    let drawn: Vec<Option<f64>> =
        texts.paragraphs.iter().map(|text| drawn(text, original).filter(|_| text.justified)).collect();
    let usual = median(drawn.iter().copied().flatten()).map_or(0.0, |(usual, _)| usual);
    drawn.into_iter().map(|tracking| tracking.map(|tracking| tracking - usual)).collect()
}

/// The tracking of a paragraph in the original, by its measured tracking and its lines.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Found {
    pub tracking: f64,
    /// Whether it gives the lines of the original.
    pub fits: bool,
    /// Its distance from the measured tracking, in points.
    pub off: f64,
}

/// Chooses the tracking of a paragraph by its measured tracking and its lines. `tried` are the candidates, each with
/// the words with which its lines begin.
pub(super) fn chosen<'t>(
    measured: Option<f64>,
    tried: impl Iterator<Item = (f64, &'t [usize])>,
    wanted: &[RangeInclusive<usize>],
) -> Found {
    let target = measured.filter(|measured| measured.abs() > SAME).unwrap_or(0.0);
    // Typists rarely use values other than multiples of 0.05.
    let odd = |tracking: f64| if (tracking * 20.0 - (tracking * 20.0).round()).abs() < 0.01 { 0.0 } else { 0.025 };
    let cost = |tracking: f64| (tracking - target).abs() + odd(tracking);
    let fitting = tried.filter(|(_, begins)| fit(begins, wanted)).map(|(tracking, _)| tracking);
    match fitting.min_by(|one, other| cost(*one).total_cmp(&cost(*other))) {
        Some(tracking) => Found { tracking, fits: true, off: (tracking - target).abs() },
        None => Found { tracking: (target * 20.0).round() / 20.0, fits: false, off: 0.0 },
    }
}
