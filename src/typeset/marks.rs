//! Vowel signs and other marks over letters. The engine splits text where glyphs are at another
//! height, and both parts then have the letter and its mark as text: PDF readers would find it
//! twice. This module puts a mark back among the glyphs of its letter.

use typst::layout::{Em, FrameItem, Point};
use typst::text::TextItem;

/// The greatest distance of adjacent pieces, in points.
const APART: f64 = 0.01;

/// Moves every mark among the items of a frame into the piece of its letter. Returns whether there
/// was one.
pub(super) fn join(items: &mut Vec<(Point, FrameItem)>) -> bool {
    let mut changed = false;
    let mut index = 0;
    while index < items.len() {
        if marks_only(&items[index].1) && join_at(items, index) {
            items.remove(index);
            changed = true;
        } else {
            index += 1;
        }
    }
    changed
}

fn arabic(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{8ff}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
}

fn marks_only(item: &FrameItem) -> bool {
    matches!(item, FrameItem::Text(text) if text.glyphs.iter().all(|glyph| glyph.x_advance == Em::zero()))
}

/// Moves the glyphs of marks into the piece of their letter: the one on their right in Arabic, otherwise
/// the one on their left.
fn join_at(items: &mut [(Point, FrameItem)], index: usize) -> bool {
    let (at, FrameItem::Text(marks)) = items[index].clone() else { return false };
    let arabic = marks.text.contains(arabic);
    let other = if arabic { index + 1 } else { index.wrapping_sub(1) };
    let Some((place, FrameItem::Text(letters))) = items.get_mut(other) else { return false };
    let edge = if arabic { place.x } else { place.x + letters.width() };
    let beside = (edge - at.x).to_pt().abs() < APART;
    let alike = letters.font == marks.font && letters.size == marks.size && letters.fill == marks.fill;
    let Some(from) = letters.text.strip_suffix(marks.text.as_str()).map(str::len) else { return false };
    let Ok(from) = u16::try_from(from) else { return false };
    if !beside || !alike {
        return false;
    }
    let raised = Em::from_abs(place.y - at.y, letters.size);
    let TextItem { mut glyphs, .. } = marks;
    for glyph in &mut glyphs {
        glyph.y_offset += raised;
        glyph.range = glyph.range.start + from..glyph.range.end + from;
    }
    let position = if arabic { 0 } else { letters.glyphs.len() };
    letters.glyphs.splice(position..position, glyphs);
    true
}
