//! How far apart the letters of an original stand, and which tracking gives its lines.

use std::ops::RangeInclusive;

use super::original::Original;
use super::texts::{Text, Texts, fit};

/// What measured tracking may differ by from what was typed.
const SAME: f64 = 0.035;
/// How many words tell the tracking of a paragraph.
const FEWEST: usize = 4;

/// The words of a text that tell its tracking: how many gaps between letters each has, and how much wider it is in the
/// original than its letters, in points.
fn measured<'t>(text: &'t Text, original: &'t Original) -> impl Iterator<Item = (usize, f64)> + 't {
    const SHORTEST: usize = 4;
    text.words.iter().zip(&text.theirs).filter_map(|(word, their)| {
        let letters = word.text.chars().count();
        let (left, right) = original.words[(*their)?].across?;
        (letters >= SHORTEST).then(|| (letters - 1, right - left - word.width))
    })
}

/// The tracking that a text is drawn with in the original, in points: the median of its words.
fn drawn(text: &Text, original: &Original) -> Option<f64> {
    let each = measured(text, original).map(|(gaps, wider)| wider / gaps as f64);
    median(each).filter(|(_, count)| *count >= FEWEST).map(|(tracking, _)| tracking)
}

/// By how much more a line of the session block or a paragraph of the opening is tracked in the original than we track
/// it, in steps of typists; none, if it is tracked as ours, or has too few letters.
pub(super) fn of_head(text: &Text, original: &Original) -> Option<f64> {
    const FEWEST_GAPS: usize = 10;
    let (gaps, wider) = measured(text, original).fold((0, 0.0), |(gaps, wider), one| (gaps + one.0, wider + one.1));
    if gaps < FEWEST_GAPS {
        return None;
    }
    let more = wider / gaps as f64 - text.drawn;
    let rounded = (more * 20.0).round() / 20.0;
    (more.abs() > SAME && rounded != 0.0).then_some(rounded)
}

fn median(values: impl Iterator<Item = f64>) -> Option<(f64, usize)> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).map(|value| (*value, values.len()))
}

/// By how much more each paragraph is tracked in the original than its paragraphs are usually; none of
/// those that have too few words, and of those that are no paragraphs.
pub(super) fn departures(texts: &Texts, original: &Original) -> Vec<Option<f64>> {
    let drawn: Vec<Option<f64>> =
        texts.paragraphs.iter().map(|text| drawn(text, original).filter(|_| text.justified)).collect();
    let usual = median(drawn.iter().copied().flatten()).map_or(0.0, |(usual, _)| usual);
    drawn.into_iter().map(|tracking| tracking.map(|tracking| tracking - usual)).collect()
}

/// The tracking of the original, by what was measured and by the lines that each tracking gives.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Found {
    pub tracking: f64,
    /// Whether the lines are those of the original with it.
    pub fits: bool,
    /// How far it is from what was measured.
    pub off: f64,
}

/// Chooses a tracking among those tried, each with the words that begin its lines, for a paragraph that
/// has that tracking as it is measured.
pub(super) fn chosen<'t>(
    measured: Option<f64>,
    tried: impl Iterator<Item = (f64, &'t [usize])>,
    wanted: &[RangeInclusive<usize>],
) -> Found {
    let target = measured.filter(|measured| measured.abs() > SAME).unwrap_or(0.0);
    // Typists set hundredths seldom.
    let odd = |tracking: f64| if (tracking * 20.0 - (tracking * 20.0).round()).abs() < 0.01 { 0.0 } else { 0.025 };
    let cost = |tracking: f64| (tracking - target).abs() + odd(tracking);
    let fitting = tried.filter(|(_, begins)| fit(begins, wanted)).map(|(tracking, _)| tracking);
    match fitting.min_by(|one, other| cost(*one).total_cmp(&cost(*other))) {
        Some(tracking) => Found { tracking, fits: true, off: (tracking - target).abs() },
        None => Found { tracking: (target * 20.0).round() / 20.0, fits: false, off: 0.0 },
    }
}
