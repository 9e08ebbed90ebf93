//! What may be in an SVG file: elements and properties. What the engine does not know, it leaves
//! out: elements of other namespaces, metadata, animations.

use roxmltree::{Attribute, Document, Node};

use super::style;
use super::{PLAIN, Unsound};
use crate::diagnostic::shortened;

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

pub(super) const OUTLINED: &str = "convert texts to paths and save it as a plain SVG file";

/// Elements that are drawn, or that others draw.
const DRAWN: [&str; 24] = [
    "a",
    "circle",
    "clipPath",
    "defs",
    "ellipse",
    "g",
    "line",
    "linearGradient",
    "marker",
    "mask",
    "path",
    "pattern",
    "polygon",
    "polyline",
    "radialGradient",
    "rect",
    "stop",
    "style",
    "svg",
    "switch",
    "symbol",
    "text",
    "tspan",
    "use",
];

/// Elements that leave no mark on paper.
const SILENT: [&str; 11] = [
    "animate",
    "animateColor",
    "animateMotion",
    "animateTransform",
    "color-profile",
    "desc",
    "metadata",
    "mpath",
    "set",
    "title",
    "view",
];

/// Elements that are often met and refused, with what they are.
const REFUSED: [(&str, &str, &str); 14] = [
    ("feImage", "a picture", PLAIN),
    ("filter", "a filter", "remove blurs and shadows, or export it as a PNG file"),
    ("flowRoot", "flowed text", OUTLINED),
    ("font", "a font", OUTLINED),
    ("font-face", "a font", OUTLINED),
    ("foreignObject", "a foreign object", OUTLINED),
    ("glyphRef", "glyphs of a font", OUTLINED),
    ("handler", "a script", PLAIN),
    ("iframe", "a page", PLAIN),
    ("image", "a picture", "use that picture itself, or export all of it as one PNG file"),
    ("mesh", "a mesh gradient", "export it as a PNG file"),
    ("script", "a script", PLAIN),
    ("textPath", "text on a path", OUTLINED),
    ("tref", "text from elsewhere", OUTLINED),
];

/// Whether nothing is in a file but what may be.
pub(super) fn elements(xml: &Document) -> Result<(), Unsound> {
    for node in xml.descendants().filter(Node::is_element) {
        let name = node.tag_name().name();
        if !is_svg(&node) {
            // A script is one in any language that a reader of the file may know.
            if name == "script" {
                return Err(unwanted(name, "a script", PLAIN));
            }
            continue;
        }
        if let Some((_, what, hint)) = REFUSED.iter().find(|(refused, ..)| *refused == name)
            && !has_alternative(&node)
        {
            return Err(unwanted(name, what, hint));
        }
        if !DRAWN.contains(&name)
            && !SILENT.contains(&name)
            && !REFUSED.iter().any(|(refused, ..)| *refused == name)
            && !is_left_out(&node)
        {
            return Err(Unsound::new(format!("<{}> in it is not known", shortened(name)), PLAIN));
        }
        for attribute in node.attributes().filter(is_read) {
            let allowed = match attribute.name() {
                "style" => style::inline(attribute.value()),
                name if name.starts_with("on") => Err(unwanted(name, "a script", PLAIN)),
                name if name.starts_with("data-") || name.starts_with("aria-") => Ok(()),
                name => property(name, attribute.value()),
            };
            allowed.map_err(|unsound| within(&node, unsound))?;
        }
    }
    Ok(())
}

/// Whether the engine reads an element as SVG: without a namespace it does.
pub(super) fn is_svg(node: &Node) -> bool {
    matches!(node.tag_name().namespace(), None | Some(SVG))
}

/// Whether the engine draws an element, or others that draw it.
pub(super) fn is_drawn(node: &Node) -> bool {
    node.is_element() && is_svg(node) && DRAWN.contains(&node.tag_name().name())
}

/// Whether the engine looks at an attribute.
pub(super) fn is_read(attribute: &Attribute) -> bool {
    matches!(attribute.namespace(), None | Some(SVG | XLINK | XML))
}

fn unwanted(name: &str, what: &str, hint: &'static str) -> Unsound {
    Unsound::new(format!("{what} in it (<{}>) is not taken", shortened(name)), hint)
}

fn within(node: &Node, unsound: Unsound) -> Unsound {
    Unsound { reason: format!("{}, in <{}>", unsound.reason, shortened(node.tag_name().name())), ..unsound }
}

/// Whether an element is a foreign object that stands beside others of which the engine takes one:
/// programs save their own data so.
fn has_alternative(node: &Node) -> bool {
    let switch = node.parent_element().filter(|parent| parent.tag_name().name() == "switch");
    let others = switch.is_some_and(|switch| switch.children().any(|child| child != *node && is_drawn(&child)));
    node.tag_name().name() == "foreignObject" && others
}

/// Whether an element stands where the engine never looks.
fn is_left_out(node: &Node) -> bool {
    node.ancestors().skip(1).any(|node| {
        node.is_element() && (!is_svg(&node) || ["metadata", "foreignObject"].contains(&node.tag_name().name()))
    })
}

/// Properties that refer to an element which paints, clips, masks or marks.
pub(super) const REFERRING: [&str; 8] =
    ["fill", "stroke", "clip-path", "mask", "marker", "marker-start", "marker-mid", "marker-end"];

/// Values that are as long as what is drawn; all others are short.
const LONG: [&str; 7] = ["d", "points", "x", "y", "dx", "dy", "rotate"];
const LONGEST: usize = 4_000;

/// Values that measure something.
const MEASURES: [&str; 45] = [
    "baseline-shift",
    "cx",
    "cy",
    "d",
    "dx",
    "dy",
    "font",
    "font-size",
    "fr",
    "fx",
    "fy",
    "gradientTransform",
    "height",
    "kerning",
    "letter-spacing",
    "line-height",
    "markerHeight",
    "markerWidth",
    "offset",
    "orient",
    "pathLength",
    "patternTransform",
    "points",
    "r",
    "refX",
    "refY",
    "rotate",
    "rx",
    "ry",
    "stroke-dasharray",
    "stroke-dashoffset",
    "stroke-miterlimit",
    "stroke-width",
    "textLength",
    "transform",
    "transform-origin",
    "viewBox",
    "width",
    "word-spacing",
    "x",
    "x1",
    "x2",
    "y",
    "y1",
    "y2",
];
/// The farthest from nought that a number may be.
const LARGEST: f64 = 1e8;

/// Sizes by which others are divided, and how small they may be.
const SIZES: [&str; 6] = ["font-size", "height", "markerHeight", "markerWidth", "viewBox", "width"];
const SMALLEST: f64 = 1e-6;

/// Whether an attribute or a property of a style may have that value.
pub(super) fn property(name: &str, value: &str) -> Result<(), Unsound> {
    let refused = |why: &str| {
        let reason = format!("“{}: {}” in it {why}", shortened(name), shortened(value));
        Err(Unsound::new(reason, PLAIN))
    };
    if value.len() > LONGEST && !LONG.contains(&name) {
        return refused("is too long");
    }
    match name {
        "href" if local(value).is_none() => return refused("leads out of the file"),
        "filter" if !["none", "inherit"].contains(&value.trim()) => return refused("is a filter"),
        "clip-path" | "mask" if value.trim() == "inherit" => return refused("is not taken"),
        _ if REFERRING.contains(&name) && reference(value).is_none() => return refused("leads out of the file"),
        _ if REFERRING.contains(&name) => {}
        _ if value.to_ascii_lowercase().contains("url(") => return refused("is not taken"),
        _ => {}
    }
    if MEASURES.contains(&name) && !numbers(value).all(|number| number.abs() <= LARGEST) {
        return refused("has an absurd number");
    }
    let sizes = numbers(value).skip(if name == "viewBox" { 2 } else { 0 });
    if SIZES.contains(&name) && sizes.into_iter().any(|size| size > 0.0 && size < SMALLEST) {
        return refused("has an absurd size");
    }
    Ok(())
}

/// The element of the file that an address leads to: its identifier, or an empty text for none.
pub(super) fn local(value: &str) -> Option<&str> {
    let value = value.trim_matches(' ');
    let id = if value.is_empty() { value } else { value.strip_prefix('#')? };
    (!id.contains(char::is_whitespace)).then_some(id)
}

/// The identifier in the `url(#…)` of a value, or an empty text if it has none; nothing, if it leads
/// elsewhere, is written oddly, or is not the only one.
pub(super) fn reference(value: &str) -> Option<&str> {
    let lower = value.to_ascii_lowercase();
    let mut places = lower.match_indices("url");
    let Some((at, _)) = places.next() else { return Some("") };
    let inner = value.get(at..)?.strip_prefix("url(")?;
    let inner = inner[..inner.find(')')?].trim_matches(' ');
    let quoted = ['"', '\''].into_iter().find_map(|quote| inner.strip_prefix(quote)?.strip_suffix(quote));
    let id = quoted.unwrap_or(inner).trim_matches(' ').strip_prefix('#')?;
    let plain = |c: char| !c.is_whitespace() && !['"', '\'', '(', '\\'].contains(&c);
    // An identifier may have the letters too.
    let others = places.filter(|(other, _)| lower[*other..].starts_with("url(")).count();
    (others == 0 && !id.is_empty() && id.chars().all(plain)).then_some(id)
}

/// The numbers in a value.
fn numbers(value: &str) -> impl Iterator<Item = f64> {
    let bytes = value.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() && !bytes[at].is_ascii_digit() {
            at += 1;
        }
        let start = at;
        let digits = |at: &mut usize| {
            while *at < bytes.len() && bytes[*at].is_ascii_digit() {
                *at += 1;
            }
        };
        digits(&mut at);
        if bytes.get(at) == Some(&b'.') {
            at += 1;
            digits(&mut at);
        }
        if matches!(bytes.get(at), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
            if bytes.get(at + 1 + sign).is_some_and(u8::is_ascii_digit) {
                at += 1 + sign;
                digits(&mut at);
            }
        }
        value.get(start..at).filter(|number| !number.is_empty()).map(|number| number.parse().unwrap_or(f64::NAN))
    })
}
