//! What identifies a page by its looks.

use std::hash::{Hash, Hasher};

use rayon::prelude::*;
use typst::layout::{Frame, FrameItem};
use typst::model::Destination;
use typst::utils::hash128;

use crate::stack::with_room;
use crate::typeset::Pages;

impl Pages {
    /// Returns a digest of what is seen on each page: pages with the same digest look the same. Digests of other versions
    /// of masthead differ.
    pub fn digests(&self) -> Vec<u128> {
        self.pages().par_iter().map(|page| with_room(|| hash128(&Seen(&page.frame)))).collect()
    }
}

/// What is seen of a frame. Tags and places within the document are left out: the engine identifies them by all content
/// of the document.
struct Seen<'f>(&'f Frame);

impl Hash for Seen<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.size().hash(state);
        for (at, item) in self.0.items() {
            match item {
                FrameItem::Group(group) => (at, group.transform, &group.clip, Seen(&group.frame)).hash(state),
                FrameItem::Text(text) => (at, text).hash(state),
                FrameItem::Shape(shape, _) => (at, shape).hash(state),
                FrameItem::Image(image, size, _) => (at, image, size).hash(state),
                FrameItem::Link(Destination::Url(url), size) => (at, url, size).hash(state),
                FrameItem::Link(..) | FrameItem::Tag(_) => {}
            }
        }
    }
}
