//! Pages read back from the engine's frames: every piece of text, rule and picture with its
//! position, its style and its part of the page.

use std::collections::HashMap;

use sha2::{Digest, Sha256};
use typst::foundations::Value;
use typst::introspection::{Location, MetadataElem, Tag};
use typst::layout::{Frame, FrameItem, Point, Rect, Transform};
use typst::text::{FontStyle, TextItem};
use typst::visualize::{Image, ImageKind, Paint, Shape};

use super::Pages;

/// A page's size in points and its contents, in the order of its frames.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct PagePieces {
    /// The width of the page.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// Its text.
    pub texts: Vec<Piece>,
    /// Its rules and pictures.
    pub drawings: Vec<Drawing>,
}

/// A piece of text of one style, at the beginning of its baseline, in points from the top left.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Piece {
    /// The page, from 1.
    pub page: usize,
    /// The part of the page, as `templates/part.typ` names it: "date", "body/3"; may be empty.
    pub part: String,
    /// The distance from the left edge of the paper.
    pub x: f64,
    /// The baseline, from the upper edge of the paper.
    pub y: f64,
    /// The sum of its advances.
    pub width: f64,
    /// The font's family.
    pub family: String,
    /// The font's size in points.
    pub size: f64,
    /// Whether the font is bold.
    pub bold: bool,
    /// Whether the font is italic.
    pub italic: bool,
    /// Its colour if it is not black, as `#0000ff`.
    pub colour: Option<String>,
    /// The addition to the advances of its letters, in points; `None` for a piece of few letters.
    pub tracking: Option<f64>,
    /// The characters.
    pub text: String,
    /// Whether the font lacks one of them, so that a box stands in its place.
    pub lacking: bool,
}

/// A rule or a picture, its box in points from the top left.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Drawing {
    /// The page, from 1.
    pub page: usize,
    /// The part of the page, as in a [`Piece`].
    pub part: String,
    /// The left edge.
    pub x: f64,
    /// The upper edge.
    pub y: f64,
    /// The width.
    pub width: f64,
    /// The height.
    pub height: f64,
    /// What it is.
    pub kind: DrawingKind,
}

/// The kind of a drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum DrawingKind {
    /// A rule or another shape, with its colour if it is not black.
    Shape(Option<String>),
    /// A picture, with the beginning of the SHA-256 of its file.
    Picture(String),
}

/// Returns everything on the pages.
pub fn read_back(pages: &Pages) -> Vec<PagePieces> {
    let mut parts = Parts::default();
    let read = |(index, page): (usize, &typst_layout::Page)| {
        let size = page.frame.size();
        let empty =
            PagePieces { width: size.x.to_pt(), height: size.y.to_pt(), texts: Vec::new(), drawings: Vec::new() };
        let mut walk = Walk { page: index + 1, parts: &mut parts, found: empty };
        walk.frame(&page.frame, Transform::identity());
        walk.found
    };
    pages.pages().iter().enumerate().map(read).collect()
}

/// Returns every piece of text, in the order of the pages' frames.
pub fn pieces(pages: &Pages) -> Vec<Piece> {
    read_back(pages).into_iter().flat_map(|page| page.texts).collect()
}

/// The open parts, the innermost last; a part that continues on the next page stays open. Content
/// outside the flow, such as a note, has its own parts, by its location.
#[derive(Default)]
struct Parts {
    open: HashMap<Option<Location>, Vec<String>>,
    within: Option<Location>,
}

impl Parts {
    fn open(&mut self) -> &mut Vec<String> {
        self.open.entry(self.within).or_default()
    }
}

/// A walk through the frames of a page.
struct Walk<'w> {
    page: usize,
    parts: &'w mut Parts,
    found: PagePieces,
}

impl Walk<'_> {
    fn frame(&mut self, frame: &Frame, to_page: Transform) {
        for (at, item) in frame.items() {
            match item {
                FrameItem::Group(group) => {
                    let moved = to_page.pre_concat(Transform::translate(at.x, at.y)).pre_concat(group.transform);
                    let page_one_shell = self.parts.within;
                    self.parts.within = group.parent.map(|parent| parent.location).or(page_one_shell);
                    self.frame(&group.frame, moved);
                    self.parts.within = page_one_shell;
                }
                FrameItem::Text(text) => self.text(text, at.transform(to_page)),
                FrameItem::Shape(shape, _) => self.shape(shape, *at, to_page),
                FrameItem::Image(image, size, _) => {
                    let kind = DrawingKind::Picture(digest(image));
                    self.drawing(Rect::from_pos_size(*at, *size), to_page, kind);
                }
                FrameItem::Tag(Tag::Start(content, _)) => {
                    if let Some(metadata) = content.to_packed::<MetadataElem>() {
                        self.part(&metadata.value);
                    }
                }
                FrameItem::Tag(Tag::End(..)) | FrameItem::Link(..) => {}
            }
        }
    }

    /// Begins a part, or ends the innermost one: see `templates/part.typ`.
    fn part(&mut self, value: &Value) {
        let Value::Dict(entries) = value else { return };
        match entries.get("part") {
            Ok(Value::Str(name)) => self.parts.open().push(name.to_string()),
            Ok(Value::None) => drop(self.parts.open().pop()),
            _ => {}
        }
    }

    fn innermost(&self) -> String {
        let Parts { open, within } = &*self.parts;
        open.get(within).and_then(|parts| parts.last()).cloned().unwrap_or_default()
    }

    fn text(&mut self, text: &TextItem, at: Point) {
        let info = text.font.info();
        self.found.texts.push(Piece {
            page: self.page,
            part: self.innermost(),
            x: at.x.to_pt(),
            y: at.y.to_pt(),
            width: text.width().to_pt(),
            family: info.family.clone(),
            size: text.size.to_pt(),
            bold: info.variant.weight.to_number() >= 600,
            italic: info.variant.style != FontStyle::Normal,
            colour: colour(&text.fill),
            tracking: tracking(text),
            text: text.text.to_string(),
            lacking: text.glyphs.iter().any(|glyph| glyph.id == 0),
        });
    }

    fn shape(&mut self, shape: &Shape, at: Point, to_page: Transform) {
        let paint = shape.fill.as_ref().or(shape.stroke.as_ref().map(|stroke| &stroke.paint));
        let bounds = shape.bbox(true);
        let placed = Rect::new(at + bounds.min, at + bounds.max);
        self.drawing(placed, to_page, DrawingKind::Shape(paint.and_then(colour)));
    }

    fn drawing(&mut self, bounds: Rect, to_page: Transform, kind: DrawingKind) {
        let (one, other) = (bounds.min.transform(to_page), bounds.max.transform(to_page));
        let (min, max) = (one.min(other), one.max(other));
        self.found.drawings.push(Drawing {
            page: self.page,
            part: self.innermost(),
            x: min.x.to_pt(),
            y: min.y.to_pt(),
            width: (max.x - min.x).to_pt(),
            height: (max.y - min.y).to_pt(),
            kind,
        });
    }
}

fn colour(paint: &Paint) -> Option<String> {
    match paint {
        Paint::Solid(colour) => Some(colour.to_hex().to_string()).filter(|hex| hex != "#000000"),
        Paint::Gradient(_) => Some("gradient".into()),
        Paint::Tiling(_) => Some("tiling".into()),
    }
}

/// Returns the tracking of a text: the median of the additional distance between letters, compared with the
/// font, which kerned pairs and stretched spaces do not affect.
fn tracking(text: &TextItem) -> Option<f64> {
    const FEWEST_LETTERS: usize = 6;
    let mut added: Vec<f64> = text
        .glyphs
        .iter()
        .filter(|glyph| !text.text[glyph.range()].chars().all(char::is_whitespace))
        .filter_map(|glyph| Some((glyph.x_advance - text.font.x_advance(glyph.id)?).at(text.size).to_pt()))
        .collect();
    if added.len() < FEWEST_LETTERS {
        return None;
    }
    added.sort_by(f64::total_cmp);
    Some(added[added.len() / 2])
}

fn digest(image: &Image) -> String {
    let data = match image.kind() {
        ImageKind::Raster(raster) => raster.data(),
        ImageKind::Svg(svg) => svg.data(),
        // Documents have no others: pictures are SVG or PNG.
        ImageKind::Pdf(_) => return "pdf".into(),
    };
    Sha256::digest(data).iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}
