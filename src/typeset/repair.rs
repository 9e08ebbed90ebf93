//! Repairs the pages that the engine has set, frame by frame.

use typst::layout::{Frame, FrameItem, Point};
use typst::model::Document;
use typst_layout::PagedDocument;

use super::{Pages, links, marks};

/// Returns the pages with marks in the pieces of their letters and links as high as their texts.
pub(super) fn repaired(pages: Pages) -> Pages {
    let frames: Vec<Option<Frame>> = pages.pages().iter().map(|page| repaired_frame(&page.frame)).collect();
    if frames.iter().all(Option::is_none) {
        return pages;
    }
    let changed = pages.pages().iter().cloned().zip(frames).map(|(mut page, frame)| {
        page.frame = frame.unwrap_or(page.frame);
        page
    });
    Pages::of(PagedDocument::new(changed.collect(), pages.engine().info().clone()))
}

/// Returns the frame if something in it was repaired.
fn repaired_frame(frame: &Frame) -> Option<Frame> {
    let mut changed = false;
    let mut items: Vec<(Point, FrameItem)> = frame.items().cloned().collect();
    for (_, item) in &mut items {
        if let FrameItem::Group(group) = item
            && let Some(inner) = repaired_frame(&group.frame)
        {
            group.frame = inner;
            changed = true;
        }
    }
    changed |= marks::join(&mut items);
    changed |= links::cover(&mut items);
    changed.then(|| {
        let mut frame = frame.clone();
        frame.clear();
        frame.push_multiple(items);
        frame
    })
}
