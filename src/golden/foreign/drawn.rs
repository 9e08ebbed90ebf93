//! Combines the many strokes and areas that programs draw into rules and pictures.

use crate::golden::layout::{Bounds, Drawing, rounded};

/// The greatest thickness of a rule, in points.
const THIN: f64 = 2.5;
/// The greatest distance of strokes that belong together.
const NEAR: f64 = 0.6;

/// Combines rules that are drawn in pieces and pictures that are drawn in areas; from top to bottom.
pub(super) fn whole(drawings: Vec<Drawing>) -> Vec<Drawing> {
    let (images, shapes): (Vec<Drawing>, Vec<Drawing>) = drawings.into_iter().partition(|it| it.picture.is_some());
    let (rules, areas): (Vec<Drawing>, Vec<Drawing>) =
        shapes.into_iter().partition(|it| it.bounds.width.min(it.bounds.height) <= THIN);
    // Areas within an image are its background or its frame.
    let vectors = joined(areas, |_, _| true).into_iter().map(|it| Drawing {
        picture: Some("drawing".into()),
        colour: None,
        ..it
    });
    let mut list = images;
    list.extend(vectors);
    let apart: Vec<Drawing> =
        rules.into_iter().filter(|rule| !list.iter().any(|it| it.bounds.touches(&rule.bounds))).collect();
    list.extend(joined(apart, |one, other| level(&one.bounds, &other.bounds) && one.colour == other.colour));
    list.sort_by(|a, b| {
        (a.bounds.y, a.bounds.x).partial_cmp(&(b.bounds.y, b.bounds.x)).unwrap_or(std::cmp::Ordering::Equal)
    });
    list
}

/// Joins drawings that touch, if `may` permits it.
fn joined(drawings: Vec<Drawing>, may: impl Fn(&Drawing, &Drawing) -> bool) -> Vec<Drawing> {
    let mut list: Vec<Drawing> = Vec::new();
    for mut drawing in drawings {
        // Joined drawings may touch others in turn.
        while let Some(index) = list.iter().position(|it| near(&it.bounds, &drawing.bounds) && may(it, &drawing)) {
            let other = list.swap_remove(index);
            let bounds = drawing.bounds.with(&other.bounds);
            drawing.bounds = Bounds { width: rounded(bounds.width), height: rounded(bounds.height), ..bounds };
        }
        list.push(drawing);
    }
    list
}

fn near(one: &Bounds, other: &Bounds) -> bool {
    let wider =
        Bounds { x: one.x - NEAR, y: one.y - NEAR, width: one.width + 2.0 * NEAR, height: one.height + 2.0 * NEAR };
    wider.touches(other)
}

/// Returns whether two strokes are pieces of one rule.
fn level(one: &Bounds, other: &Bounds) -> bool {
    let same = |a: f64, b: f64| (a - b).abs() < NEAR;
    (same(one.y, other.y) && same(one.height, other.height)) || (same(one.x, other.x) && same(one.width, other.width))
}
