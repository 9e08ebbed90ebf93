//! SVG files, from the bytes to the drawing; each step relies on the limits of those before.

use std::panic::catch_unwind;

use roxmltree::{Document, ParsingOptions};
use usvg::{ImageHrefResolver, Options, Tree};

use super::style::Stylesheet;
use super::{DAMAGED, PLAIN, SIMPLER, Unsound, allowed, drawn, expanded, outline};
use crate::stack::with_room;

/// The maximum size of a file, in bytes.
const LARGEST: usize = 20 << 20;

/// Checks that a file can be drawn, and returns its number of elements.
pub(super) fn sound(data: &[u8]) -> Result<u64, Unsound> {
    if data.starts_with(&[0x1f, 0x8b]) {
        return Err(Unsound::new("it is compressed", "save it uncompressed, as .svg"));
    }
    if data.len() > LARGEST {
        return Err(Unsound::new(format!("it is an SVG file of more than {} MiB", LARGEST >> 20), SIMPLER));
    }
    let Ok(text) = std::str::from_utf8(data) else {
        let svg = String::from_utf8_lossy(data).contains("svg");
        let reason = if svg { "it is an SVG file that is not UTF-8 text" } else { "it is neither SVG nor PNG" };
        return Err(Unsound::new(reason, if svg { "save it as UTF-8" } else { "give an SVG or PNG file" }));
    };
    if !text.contains("svg") {
        return Err(Unsound::new("it is neither SVG nor PNG", "give an SVG or PNG file"));
    }
    outline::bounded(text)?;
    with_room(|| parsed(text))
}

fn parsed(text: &str) -> Result<u64, Unsound> {
    let damaged = |error: &dyn std::fmt::Display| Unsound::new(format!("it is a damaged SVG file ({error})"), DAMAGED);
    // A document type without entities has no effect; many programs write one.
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let xml = Document::parse_with_options(text, options).map_err(|error| damaged(&error))?;
    if xml.root_element().tag_name().name() != "svg" {
        return Err(Unsound::new("it is an XML file, but not SVG", "give an SVG or PNG file"));
    }
    allowed::elements(&xml)?;
    let sheet = Stylesheet::of(&xml)?;
    let elements = expanded::elements(&xml, &sheet)?;
    let tree = catch_unwind(|| Tree::from_str(text, &nothing_from_outside()))
        .map_err(|_| Unsound::new("its measures cannot be drawn", PLAIN))?
        .map_err(|error| damaged(&error))?;
    drawn::bounded(&tree)?;
    Ok(elements)
}

/// A resolver that opens nothing, whatever a file refers to.
fn nothing_from_outside() -> Options<'static> {
    Options {
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    }
}
