//! The allowed elements and properties of an SVG file. The engine ignores what it does not know:
//! elements of other namespaces, metadata, animations.

use roxmltree::{Attribute, Document, Node};

use super::style;
use super::{PLAIN, Unsound};
use crate::diagnostic::shortened;

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

pub(super) const OUTLINED: &str = "convert text to paths and save it as a plain SVG file";

/// Elements that are drawn, or used by drawn elements.
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

/// Elements without any visible effect on paper.
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

/// Common elements that are refused: name, description, hint.
const REFUSED: [(&str, &str, &str); 14] = [
    ("feImage", "a picture", PLAIN),
    ("filter", "a filter", "remove blurs and shadows, or export it as a PNG file"),
    ("flowRoot", "flowed text", OUTLINED),
    ("font", "a font", OUTLINED),
    ("font-face", "a font", OUTLINED),
    ("foreignObject", "a foreign object", OUTLINED),
    ("glyphRef", "a reference to a glyph", OUTLINED),
    ("handler", "a script", PLAIN),
    ("iframe", "an embedded page", PLAIN),
    ("image", "an embedded picture", "use that picture itself, or export everything as one PNG file"),
    ("mesh", "a mesh gradient", "export it as a PNG file"),
    ("script", "a script", PLAIN),
    ("textPath", "text on a path", OUTLINED),
    ("tref", "a reference to text", OUTLINED),
];

/// Checks that a file contains only allowed elements and properties.
pub(super) fn elements(xml: &Document) -> Result<(), Unsound> {
    for node in xml.descendants().filter(Node::is_element) {
        let name = node.tag_name().name();
        if !is_svg(&node) {
            // A script is refused in any namespace: some reader of the file may run it.
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
            return Err(Unsound::new(format!("it has an unknown element, <{}>", shortened(name)), PLAIN));
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

/// Returns whether the engine reads an element as SVG, as it does without a namespace.
pub(super) fn is_svg(node: &Node) -> bool {
    matches!(node.tag_name().namespace(), None | Some(SVG))
}

/// Returns whether the engine draws an element, directly or through others.
pub(super) fn is_drawn(node: &Node) -> bool {
    node.is_element() && is_svg(node) && DRAWN.contains(&node.tag_name().name())
}

/// Returns whether the engine reads an attribute.
pub(super) fn is_read(attribute: &Attribute) -> bool {
    matches!(attribute.namespace(), None | Some(SVG | XLINK | XML))
}

fn unwanted(name: &str, what: &str, hint: &'static str) -> Unsound {
    Unsound::new(format!("it has {what} (<{}>), which is not supported", shortened(name)), hint)
}

fn within(node: &Node, unsound: Unsound) -> Unsound {
    Unsound { reason: format!("{}, in <{}>", unsound.reason, shortened(node.tag_name().name())), ..unsound }
}

/// Returns whether an element is a foreign object with alternatives, of which the engine takes one:
/// programs save their own data this way.
fn has_alternative(node: &Node) -> bool {
    let switch = node.parent_element().filter(|parent| parent.tag_name().name() == "switch");
    let others = switch.is_some_and(|switch| switch.children().any(|child| child != *node && is_drawn(&child)));
    node.tag_name().name() == "foreignObject" && others
}

/// Returns whether an element is in a place that the engine never reads.
fn is_left_out(node: &Node) -> bool {
    node.ancestors().skip(1).any(|node| {
        node.is_element() && (!is_svg(&node) || ["metadata", "foreignObject"].contains(&node.tag_name().name()))
    })
}

/// Properties that refer to an element that paints, clips, masks or marks.
pub(super) const REFERRING: [&str; 8] =
    ["fill", "stroke", "clip-path", "mask", "marker", "marker-start", "marker-mid", "marker-end"];

/// Properties whose values are as long as the drawing; all others are short.
const LONG: [&str; 7] = ["d", "points", "x", "y", "dx", "dy", "rotate"];
const LONGEST: usize = 4_000;

/// Properties whose values are measures.
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
/// The largest absolute value of a number.
const LARGEST: f64 = 1e8;

/// Sizes that are used as divisors, and their minimum.
const SIZES: [&str; 6] = ["font-size", "height", "markerHeight", "markerWidth", "viewBox", "width"];
const SMALLEST: f64 = 1e-6;

/// Checks the value of an attribute or a style property.
pub(super) fn property(name: &str, value: &str) -> Result<(), Unsound> {
    let refused = |why: &str| {
        let reason = format!("its value “{}: {}” {why}", shortened(name), shortened(value));
        Err(Unsound::new(reason, PLAIN))
    };
    if value.len() > LONGEST && !LONG.contains(&name) {
        return refused("is too long");
    }
    match name {
        "href" if local(value).is_none() => return refused("refers outside the file"),
        "filter" if !["none", "inherit"].contains(&value.trim()) => return refused("is a filter"),
        "clip-path" | "mask" if value.trim() == "inherit" => return refused("is not supported"),
        _ if REFERRING.contains(&name) && reference(value).is_none() => return refused("refers outside the file"),
        _ if REFERRING.contains(&name) => {}
        _ if value.to_ascii_lowercase().contains("url(") => return refused("is not supported"),
        _ => {}
    }
    if MEASURES.contains(&name) && !numbers(value).all(|number| number.abs() <= LARGEST) {
        return refused("has a number out of range");
    }
    let sizes = numbers(value).skip(if name == "viewBox" { 2 } else { 0 });
    if SIZES.contains(&name) && sizes.into_iter().any(|size| size > 0.0 && size < SMALLEST) {
        return refused("has a size out of range");
    }
    Ok(())
}

/// Returns the identifier of the element of the file that an address refers to, or an empty text for none.
pub(super) fn local(value: &str) -> Option<&str> {
    let value = value.trim_matches(' ');
    let id = if value.is_empty() { value } else { value.strip_prefix('#')? };
    (!id.contains(char::is_whitespace)).then_some(id)
}

/// Returns the identifier in the `url(#…)` of a value, or an empty text if it has none. Returns `None` if it
/// refers outside the file, has an unusual form, or is not the only one.
pub(super) fn reference(value: &str) -> Option<&str> {
    let lower = value.to_ascii_lowercase();
    let mut places = lower.match_indices("url");
    let Some((at, _)) = places.next() else { return Some("") };
    let inner = value.get(at..)?.strip_prefix("url(")?;
    let inner = inner[..inner.find(')')?].trim_matches(' ');
    let quoted = ['"', '\''].into_iter().find_map(|quote| inner.strip_prefix(quote)?.strip_suffix(quote));
    let id = quoted.unwrap_or(inner).trim_matches(' ').strip_prefix('#')?;
    let plain = |c: char| !c.is_whitespace() && !['"', '\'', '(', '\\'].contains(&c);
    // An identifier may contain these letters too.
    let others = places.filter(|(other, _)| lower[*other..].starts_with("url(")).count();
    (others == 0 && !id.is_empty() && id.chars().all(plain)).then_some(id)
}

/// Returns the numbers in a value.
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
