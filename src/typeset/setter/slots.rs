//! The slot that the templates leave (`slot` in `documents/official.typ`).

use typst::foundations::{Content, Value};
use typst::introspection::{MetadataElem, Tag};
use typst::layout::{Abs, Frame, FrameItem, GroupItem, Point};

/// Returns a frame with its slot filled, or `None` if it has no slot or there is no content for it.
/// `above` is the position of the frame; `content` receives the upper edge of the slot, measured
/// in the same way, in points.
pub(super) fn filled(frame: &Frame, above: Abs, content: &mut dyn FnMut(f64) -> Option<Frame>) -> Option<Frame> {
    let mut items: Vec<(Point, FrameItem)> = frame.items().cloned().collect();
    items.iter_mut().find_map(|(at, item)| {
        let edge = above + at.y;
        let group = match &*item {
            FrameItem::Tag(Tag::Start(element, _)) if is_slot(element) => GroupItem::new(content(edge.to_pt())?),
            FrameItem::Group(group) => GroupItem { frame: filled(&group.frame, edge, content)?, ..group.clone() },
            _ => return None,
        };
        *item = FrameItem::Group(group);
        Some(())
    })?;
    let mut changed = frame.clone();
    changed.clear();
    changed.push_multiple(items);
    Some(changed)
}

fn is_slot(element: &Content) -> bool {
    let metadata = element.to_packed::<MetadataElem>();
    metadata.is_some_and(|metadata| matches!(&metadata.value, Value::Dict(value) if value.contains("slot")))
}
