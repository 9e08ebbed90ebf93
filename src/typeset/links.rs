//! Makes links as high as their text. A raised mark has no line box, because that would increase the height of
//! its line, and the engine makes a link as high as that box.

use typst::layout::{Abs, Frame, FrameItem, Point, Rect};
use typst::text::TextItem;

/// The greatest distance of the text from a link without height, in points: marks are raised, and no line
/// is as close.
const RAISED: f64 = 4.0;
/// The tolerance for sums of widths, in points.
const TOLERANCE: f64 = 0.5;

/// Returns the box of a text whose baseline begins there, as high as its font.
pub(super) fn box_of(at: Point, text: &TextItem) -> Rect {
    let height = |units: i16| text.font.to_em(units).at(text.size).abs();
    let (ascender, descender) = (height(text.font.ttf().ascender()), height(text.font.ttf().descender()));
    Rect::new(at - Point::with_y(ascender), at + Point::new(text.width(), descender))
}

/// Makes the links among the items of a frame cover their texts, which directly precede them.
/// Returns whether any was changed.
pub(super) fn cover(items: &mut [(Point, FrameItem)]) -> bool {
    let mut changed = false;
    for index in 0..items.len() {
        let (before, rest) = items.split_at_mut(index);
        let Some((at, FrameItem::Link(_, size))) = rest.first_mut() else { continue };
        let link = Rect::from_pos_size(*at, *size);
        let texts = before.iter().rev().filter(|(_, item)| !matches!(item, FrameItem::Tag(_) | FrameItem::Link(..)));
        let boxes = texts.map_while(|(at, item)| box_of_item(*at, item).filter(|text| stands_on(text, &link)));
        let covered = boxes.fold(link, |all, text| Rect::new(all.min.min(text.min), all.max.max(text.max)));
        if covered != link {
            (*at, *size) = (covered.min, covered.size());
            changed = true;
        }
    }
    changed
}

/// Returns whether a text belongs to a link: within its width, and on its line.
fn stands_on(text: &Rect, link: &Rect) -> bool {
    let near = Abs::pt(if link.size().y.to_pt() < 1.0 { RAISED } else { 0.0 });
    let wide = Abs::pt(TOLERANCE);
    let within = text.min.x >= link.min.x - wide && text.max.x <= link.max.x + wide;
    within && text.max.y >= link.min.y - near && text.min.y <= link.max.y + near
}

/// Returns the box of the text of an item, or `None` if it has no text or is rotated.
fn box_of_item(at: Point, item: &FrameItem) -> Option<Rect> {
    match item {
        FrameItem::Text(text) => Some(box_of(at, text)),
        FrameItem::Group(group) if group.transform.is_identity() => box_of_frame(at, &group.frame),
        _ => None,
    }
}

fn box_of_frame(at: Point, frame: &Frame) -> Option<Rect> {
    let boxes = frame.items().filter_map(|(place, item)| box_of_item(at + *place, item));
    boxes.reduce(|all, text| Rect::new(all.min.min(text.min), all.max.max(text.max)))
}
