//! The slots that the templates leave (`slot` in `documents/official.typ`).

use typst::foundations::{Content, Value};
use typst::introspection::{MetadataElem, Tag};
use typst::layout::{Abs, Frame, FrameItem, Point};

/// A frame with what stands in its slot; none, if it has no slot, or nothing can stand in it.
/// `content` is asked for it with the upper edge of the slot, in points from the top of the frame.
pub(super) fn filled(frame: &Frame, content: &mut dyn FnMut(f64) -> Option<Frame>) -> Option<Frame> {
    within(frame, Abs::zero(), content)
}

fn within(frame: &Frame, above: Abs, content: &mut dyn FnMut(f64) -> Option<Frame>) -> Option<Frame> {
    for (index, (at, item)) in frame.items().enumerate() {
        let new = match item {
            FrameItem::Tag(Tag::Start(element, _)) if is_slot(element) => set_in(content((above + at.y).to_pt())?),
            FrameItem::Group(group) => match within(&group.frame, above + at.y, content) {
                Some(frame) => {
                    let mut group = group.clone();
                    group.frame = frame;
                    FrameItem::Group(group)
                }
                None => continue,
            },
            _ => continue,
        };
        let mut items: Vec<(Point, FrameItem)> = frame.items().cloned().collect();
        items[index].1 = new;
        let mut changed = frame.clone();
        changed.clear();
        changed.push_multiple(items);
        return Some(changed);
    }
    None
}

fn set_in(frame: Frame) -> FrameItem {
    FrameItem::Group(typst::layout::GroupItem::new(frame))
}

fn is_slot(element: &Content) -> bool {
    let metadata = element.to_packed::<MetadataElem>();
    metadata.is_some_and(|metadata| matches!(&metadata.value, Value::Dict(value) if value.contains("slot")))
}
