//! Vowel signs and other marks over letters. The engine parts text where glyphs stand at another
//! height, and both parts then say the letter and its mark: readers of PDF files would find it
//! twice. Here a mark is put back among the glyphs of its letter.

use typst::layout::{Em, Frame, FrameItem, Point};
use typst::model::Document;
use typst::text::TextItem;

use super::Pages;

/// How far two pieces that stand beside each other may be apart, in points.
const APART: f64 = 0.01;

/// The pages with every mark in the piece of its letter.
pub(super) fn joined(pages: Pages) -> Pages {
    let frames: Vec<Option<Frame>> = pages.pages().iter().map(|page| mended(&page.frame)).collect();
    if frames.iter().all(Option::is_none) {
        return pages;
    }
    let changed = pages.pages().iter().cloned().zip(frames).map(|(mut page, frame)| {
        page.frame = frame.unwrap_or(page.frame);
        page
    });
    Pages::new(changed.collect(), pages.info().clone())
}

/// The frame with its marks in their places, if it has any that are not.
fn mended(frame: &Frame) -> Option<Frame> {
    let mut changed = false;
    let mut items: Vec<(Point, FrameItem)> = Vec::new();
    for (at, item) in frame.items() {
        let mut item = item.clone();
        if let FrameItem::Group(group) = &mut item
            && let Some(inner) = mended(&group.frame)
        {
            group.frame = inner;
            changed = true;
        }
        items.push((*at, item));
    }
    let mut index = 0;
    while index < items.len() {
        if marks_only(&items[index].1) && join(&mut items, index) {
            items.remove(index);
            changed = true;
        } else {
            index += 1;
        }
    }
    changed.then(|| {
        let mut frame = frame.clone();
        frame.clear();
        frame.push_multiple(items);
        frame
    })
}

fn arabic(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{8ff}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
}

fn marks_only(item: &FrameItem) -> bool {
    matches!(item, FrameItem::Text(text) if text.glyphs.iter().all(|glyph| glyph.x_advance == Em::zero()))
}

/// Puts the glyphs of marks into the piece of their letter: the one on their right in Arabic, on
/// their left else.
fn join(items: &mut [(Point, FrameItem)], index: usize) -> bool {
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
