//! Pages in black: everything that masthead sets, as opposed to pictures, is pure black or a grey of it, and nothing
//! is a link.

use typst::foundations::Bytes;
use typst::layout::{Frame, FrameItem};
use typst::model::Document;
use typst::visualize::{Color, FixedStroke, Image, ImageKind, Paint};
use typst_layout::{Page, PagedDocument};

/// Returns the pages for print.
pub(in crate::export) fn blackened(pages: &PagedDocument) -> PagedDocument {
    let black = |page: &Page| Page { frame: frame(&page.frame), ..page.clone() };
    PagedDocument::new(pages.pages().iter().map(black).collect(), Document::info(pages).clone())
}

fn frame(of: &Frame) -> Frame {
    let mut black = Frame::new(of.size(), of.kind());
    if of.has_baseline() {
        black.set_baseline(of.baseline());
    }
    for (at, item) in of.items() {
        let item = match item {
            FrameItem::Link(..) => continue,
            FrameItem::Group(group) => {
                let mut group = group.clone();
                group.frame = frame(&group.frame);
                FrameItem::Group(group)
            }
            FrameItem::Text(text) => {
                let mut text = text.clone();
                text.fill = paint(&text.fill);
                text.stroke = text.stroke.as_ref().map(stroke);
                FrameItem::Text(text)
            }
            FrameItem::Shape(shape, span) => {
                let mut shape = shape.clone();
                shape.fill = shape.fill.as_ref().map(paint);
                shape.stroke = shape.stroke.as_ref().map(stroke);
                FrameItem::Shape(shape, *span)
            }
            other => other.clone(),
        };
        black.push(*at, item);
    }
    black
}

/// Returns greys as they are; colours set something off, which is what black does on paper.
fn paint(of: &Paint) -> Paint {
    match of {
        Paint::Solid(color) if is_grey(color) => of.clone(),
        _ => Paint::Solid(Color::BLACK),
    }
}

fn stroke(of: &FixedStroke) -> FixedStroke {
    FixedStroke { paint: paint(&of.paint), ..of.clone() }
}

fn is_grey(color: &Color) -> bool {
    match color {
        Color::Process(typst::visualize::ProcessColor::Luma(_)) => true,
        Color::Process(color) => {
            let [red, green, blue, _] = color.to_space(typst::visualize::ProcessColorSpace::Srgb).to_vec4_u8();
            red == green && green == blue
        }
        Color::Spot(_) => false,
    }
}

/// Returns the pictures of each page, with their data.
pub(super) fn pictures(pages: &PagedDocument) -> Vec<Vec<(Image, Bytes)>> {
    fn within(frame: &Frame, list: &mut Vec<(Image, Bytes)>) {
        for (_, item) in frame.items() {
            match item {
                FrameItem::Group(group) => within(&group.frame, list),
                FrameItem::Image(image, ..) => {
                    let data = match image.kind() {
                        ImageKind::Raster(raster) => raster.data().clone(),
                        ImageKind::Svg(svg) => svg.data().clone(),
                        _ => continue,
                    };
                    list.push((image.clone(), data));
                }
                _ => {}
            }
        }
    }
    let of = |page: &Page| {
        let mut list = Vec::new();
        within(&page.frame, &mut list);
        list
    };
    pages.pages().iter().map(of).collect()
}
