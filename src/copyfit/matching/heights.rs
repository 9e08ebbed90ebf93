//! The distances between the lines of an original, within paragraphs and between them.

use super::original::Original;
use super::texts::{Part, Text, Texts};
use crate::typeset::{Composition, Paragraph};

/// Differences up to this many points are ignored.
const SAME: f64 = 0.35;
/// Differences of this many points or more have other causes and are ignored too.
const MOST: f64 = 60.0;

/// Returns the pitch of each paragraph of the body whose pitch in the original is not that of the document.
pub(super) fn pitches(texts: &Texts, composition: &Composition, original: &Original) -> Vec<Option<f64>> {
    /// Programs draw baselines to the nearest pixel of a printer.
    const ROUNDING: f64 = 0.1;
    let pitch = |(text, paragraph): (&Text, &Paragraph)| {
        let lines = text.lines(original);
        let mut apart: Vec<f64> = lines
            .windows(2)
            .filter_map(|pair| {
                let (one, next) = (&original.lines[pair[0]], &original.lines[pair[1]]);
                (one.page == next.page && next.y > one.y + 1.0).then_some(next.y - one.y)
            })
            .collect();
        apart.sort_by(f64::total_cmp);
        let median = *apart.get(apart.len() / 2)?;
        let body = matches!(text.part, Part::Body(_));
        (body && (median - paragraph.pitch).abs() > ROUNDING && median < 2.0 * paragraph.pitch)
            .then(|| (median * 20.0).round() / 20.0)
    };
    texts.paragraphs.iter().zip(&composition.paragraphs).map(pitch).collect()
}

/// Returns how much larger the gap above each paragraph is in the original, where no page ends in it.
pub(super) fn gaps(texts: &Texts, composition: &Composition, original: &Original) -> Vec<Option<f64>> {
    let mut gaps = vec![None; texts.paragraphs.len()];
    // The last line of the previous paragraph: in the original and in the document.
    let mut above: Option<(usize, (usize, f64))> = None;
    for (index, (text, paragraph)) in texts.paragraphs.iter().zip(&composition.paragraphs).enumerate() {
        let lines = text.lines(original);
        let ends = lines.last().zip(paragraph.places.last());
        let label = text.label.map(|word| original.words[word].line);
        let begins = label.or(lines.first().copied()).zip(paragraph.places.first());
        if matches!(text.part, Part::Session(_)) {
            // The lowest line of all columns.
            let lower = ends.filter(|(_, (_, y))| above.is_none_or(|(_, (_, lowest))| *y > lowest));
            above = lower.map(|(line, place)| (*line, *place)).or(above);
            continue;
        }
        if let (Some((before, (page, y))), Some((line, (own_page, own_y)))) = (above, begins) {
            let (upper, lower) = (&original.lines[before], &original.lines[line]);
            let next = line == before + 1 || matches!(text.part, Part::Opening(0));
            if next && upper.page == lower.page && page == *own_page {
                let more = (lower.y - upper.y) - (own_y - y);
                gaps[index] = Some(more).filter(|more| more.abs() > SAME && more.abs() < MOST);
            }
        }
        above = ends.map(|(line, place)| (*line, *place));
    }
    gaps
}
