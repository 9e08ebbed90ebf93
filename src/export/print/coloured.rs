//! Which pictures have colours.

use std::collections::HashMap;

use typst::layout::{Abs, Axes, Frame, FrameItem, Point, Size};
use typst::syntax::Span;
use typst::visualize::{Color, Image};
use typst_layout::Page;
use typst_render::RenderOptions;

use super::black::pictures;
use crate::picture::Pictures;
use crate::stack::with_room;
use crate::typeset::Pages;

/// A picture in colour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Coloured {
    /// The page on which it stands, from 1.
    pub page: usize,
    /// Its name in the document.
    pub name: String,
}

/// Returns the pictures of the user that have colours, in the order of the pages.
pub(crate) fn coloured(pages: &Pages, named: &Pictures) -> Vec<Coloured> {
    if named.is_empty() {
        return Vec::new();
    }
    let mut known: HashMap<&str, bool> = HashMap::new();
    let mut list = Vec::new();
    for (index, images) in pictures(pages.engine()).into_iter().enumerate() {
        for (image, data) in images {
            let Some((name, _)) = named.iter().find(|(_, picture)| picture.as_slice() == data.as_slice()) else {
                continue;
            };
            if *known.entry(name).or_insert_with(|| has_colour(&image)) {
                list.push(Coloured { page: index + 1, name: name.clone() });
            }
        }
    }
    list
}

/// Draws a picture alone, and looks for a pixel that is not grey.
fn has_colour(image: &Image) -> bool {
    const SIDE: f64 = 400.0;
    // Rounding of half-transparent greys.
    const GREY: u8 = 2;
    let scale = SIDE / image.width().max(image.height()).max(1.0);
    let size = Size::new(Abs::pt((image.width() * scale).max(1.0)), Abs::pt((image.height() * scale).max(1.0)));
    let mut frame = Frame::hard(size);
    frame.push(Point::zero(), FrameItem::Image(image.clone(), Axes::new(size.x, size.y), Span::detached()));
    let page = Page {
        frame,
        bleed: Default::default(),
        fill: typst::foundations::Smart::Custom(Some(Color::WHITE.into())),
        numbering: None,
        supplement: Default::default(),
        number: 1,
    };
    let drawn = with_room(|| typst_render::render(&page, &RenderOptions::default()));
    drawn.pixels().iter().any(|pixel| {
        let channels = [pixel.red(), pixel.green(), pixel.blue()];
        let (most, least) = channels.iter().fold((0, u8::MAX), |(most, least), c| (most.max(*c), least.min(*c)));
        most - least > GREY
    })
}
