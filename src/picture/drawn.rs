//! Limits what an SVG file paints: areas, dashes and tiles, which numbers alone can make endless.

use usvg::tiny_skia_path::{PathSegment, Point, Rect, Transform};
use usvg::{Group, Node, Paint, Path, Pattern, Stroke, Tree};

use super::{PLAIN, SIMPLER, Unsound};

/// The smallest and largest side of a picture, in its own units.
const SIDES: [f32; 2] = [0.01, 1e6];
/// The greatest ratio of its sides.
const MOST_OBLONG: f32 = 1_000.0;
/// The greatest distance of anything from the picture.
const FARTHEST: f32 = 1e9;
/// The maximum number of dashes.
const MOST_DASHES: f64 = 500_000.0;
/// The maximum number of elements in the tiles of all patterns.
const MOST_TILES: f64 = 2_000_000.0;
/// The maximum size of a tile, in areas of the picture.
const LARGEST_TILE: f64 = 16.0;
/// The maximum number of times the whole picture may be painted over.
const MOST_PAINTED: f64 = 4_000.0;
/// The maximum number of stacked layers as large as the picture: each has its own pixels.
const MOST_LAYERS: f64 = 24.0;
/// The cost of a layer in addition to its contents: it is cleared, clipped or masked, and composited.
const LAYER: f64 = 4.0;

/// Checks that the painting of a picture is bounded.
pub(super) fn bounded(tree: &Tree) -> Result<(), Unsound> {
    let (width, height) = (tree.size().width(), tree.size().height());
    let fits = |side: f32| (SIDES[0]..=SIDES[1]).contains(&side);
    if !fits(width) || !fits(height) || width.max(height) / width.min(height) > MOST_OBLONG {
        return Err(Unsound::new(format!("it is {width} by {height} units large"), "set a usual width and height"));
    }
    let canvas = Rect::from_xywh(0.0, 0.0, width, height);
    let mut painted = Painted { canvas, share: 1.0, ..Painted::default() };
    painted.group(tree.root(), 0.0)
}

#[derive(Default)]
struct Painted {
    /// The visible area, the whole or a tile, and its share of the whole.
    canvas: Option<Rect>,
    share: f64,
    elements: u64,
    area: f64,
    dashes: f64,
    tiles: f64,
}

impl Painted {
    fn group(&mut self, group: &Group, layers: f64) -> Result<(), Unsound> {
        if !group.filters().is_empty() {
            return Err(Unsound::new("it has filters, which are not supported", PLAIN));
        }
        let mut layers = layers;
        if group.should_isolate() {
            let part = self.part(group.abs_layer_bounding_box().to_rect());
            layers += part;
            self.area += LAYER * part;
            if layers > MOST_LAYERS {
                let reason = format!("it has more than {MOST_LAYERS} nested transparent, clipped or masked groups");
                return Err(Unsound::new(reason, SIMPLER));
            }
        }
        let mut clip = group.clip_path();
        while let Some(path) = clip {
            self.group(path.root(), layers)?;
            clip = path.clip_path();
        }
        let mut mask = group.mask();
        while let Some(one) = mask {
            self.group(one.root(), layers + 1.0)?;
            mask = one.mask();
        }
        for node in group.children() {
            self.elements += 1;
            match node {
                Node::Group(group) => self.group(group, layers)?,
                Node::Path(path) => self.path(path, layers)?,
                Node::Image(_) => return Err(Unsound::new("it has embedded pictures, which are not supported", PLAIN)),
                // Its characters were counted.
                Node::Text(_) => {}
            }
        }
        if self.area > MOST_PAINTED {
            return Err(Unsound::new("it paints over itself too often", SIMPLER));
        }
        Ok(())
    }

    fn path(&mut self, path: &Path, layers: f64) -> Result<(), Unsound> {
        let bounds = path.abs_stroke_bounding_box();
        let edges = [bounds.left(), bounds.top(), bounds.right(), bounds.bottom()];
        if !edges.iter().all(|edge| edge.abs() <= FARTHEST) {
            return Err(Unsound::new("a part of it is too far away", "remove parts that are not visible"));
        }
        let part = self.part(bounds);
        let painted = [path.fill().map(|fill| fill.paint()), path.stroke().map(|stroke| stroke.paint())];
        for paint in painted.into_iter().flatten() {
            self.area += part;
            if let Paint::Pattern(pattern) = paint {
                self.pattern(pattern, path, layers)?;
            }
        }
        if let Some(stroke) = path.stroke() {
            self.dashes += dashes(path, stroke);
        }
        if self.dashes > MOST_DASHES {
            return Err(Unsound::new("its lines have too many dashes", "use longer dashes, or solid lines"));
        }
        Ok(())
    }

    fn pattern(&mut self, pattern: &Pattern, path: &Path, layers: f64) -> Result<(), Unsound> {
        let tile = pattern.rect().to_rect();
        let placed = path.abs_transform().pre_concat(pattern.transform());
        let one = area(tile) * scale(placed);
        let whole = self.canvas.map_or(1.0, area);
        let tiles = area(path.stroke_bounding_box()) * scale(path.abs_transform()) / one;
        let before = self.elements;
        // The contents of a tile are painted on the tile.
        let (canvas, share) = (self.canvas.replace(tile), self.share);
        self.share *= (one / whole).min(1.0);
        self.group(pattern.root(), layers + self.share)?;
        (self.canvas, self.share) = (canvas, share);
        self.tiles += tiles * (self.elements - before + 1) as f64;
        // Without an area, neither comparison is true.
        if one <= LARGEST_TILE * whole && self.tiles <= MOST_TILES {
            return Ok(());
        }
        Err(Unsound::new("the tiles of a pattern are too large or too many", SIMPLER))
    }

    /// Returns the share of the picture that a box covers.
    fn part(&self, bounds: Rect) -> f64 {
        let Some(canvas) = self.canvas else { return 1.0 };
        let seen = bounds.intersect(&canvas).map_or(0.0, area);
        self.share * (seen / area(canvas)).min(1.0)
    }
}

fn area(bounds: Rect) -> f64 {
    f64::from(bounds.width()) * f64::from(bounds.height())
}

/// Returns the factor by which a transformation scales areas.
fn scale(transform: Transform) -> f64 {
    let [a, b, c, d] = [transform.sx, transform.ky, transform.kx, transform.sy].map(f64::from);
    (a * d - b * c).abs()
}

/// Returns the maximum number of dashes of a stroke.
fn dashes(path: &Path, stroke: &Stroke) -> f64 {
    let Some(dashes) = stroke.dasharray() else { return 0.0 };
    let period: f64 = dashes.iter().copied().map(f64::from).sum();
    let distance = |a: Point, b: Point| f64::from(a.distance(b));
    let mut length = 0.0;
    let (mut at, mut start) = (Point::zero(), Point::zero());
    for segment in path.data().segments() {
        let (through, end) = match segment {
            PathSegment::MoveTo(to) => {
                (at, start) = (to, to);
                continue;
            }
            PathSegment::LineTo(to) => (distance(at, to), to),
            PathSegment::QuadTo(a, to) => (distance(at, a) + distance(a, to), to),
            PathSegment::CubicTo(a, b, to) => (distance(at, a) + distance(a, b) + distance(b, to), to),
            PathSegment::Close => (distance(at, start), start),
        };
        length += through;
        at = end;
    }
    // A period that vanishes next to the line, or is not a number, gives infinitely many dashes.
    let count = length / period * dashes.len() as f64;
    if count.is_nan() { f64::INFINITY } else { count }
}
