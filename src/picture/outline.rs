//! The outline of an SVG file: what makes parsing it costly is bounded before it is parsed.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{DAMAGED, PLAIN, SIMPLER, Unsound};

/// How deep elements may be nested, here and wherever references lead.
pub(super) const DEEPEST: usize = 256;
/// How many elements a file may have.
pub(super) const MOST_NODES: usize = 200_000;
/// The parser compares each attribute of an element with all others.
const MOST_ATTRIBUTES: usize = 200;
/// The parser copies the namespaces of the element around to each that declares one.
const MOST_NAMESPACES: usize = 5_000;

/// Whether a text is XML that can be parsed in time, and defines no entities.
pub(super) fn bounded(text: &str) -> Result<(), Unsound> {
    let mut reader = Reader::from_str(text);
    let (mut depth, mut nodes, mut namespaces) = (0_usize, 0_usize, 0_usize);
    loop {
        let event = reader
            .read_event()
            .map_err(|error| Unsound::new(format!("it is a damaged SVG file ({error})"), DAMAGED))?;
        match event {
            Event::Start(tag) => {
                depth += 1;
                nodes += 1;
                namespaces += attributes(&tag)?;
            }
            Event::Empty(tag) => {
                nodes += 1;
                namespaces += attributes(&tag)?;
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::DocType(doctype) if doctype.contains('[') => {
                return Err(Unsound::new("it defines entities", PLAIN));
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
        if depth > DEEPEST {
            return Err(Unsound::new(format!("its elements are nested more than {DEEPEST} deep"), SIMPLER));
        }
        if nodes > MOST_NODES {
            return Err(Unsound::new(format!("it has more than {MOST_NODES} elements"), SIMPLER));
        }
        if namespaces > MOST_NAMESPACES {
            return Err(Unsound::new(format!("it declares more than {MOST_NAMESPACES} namespaces"), PLAIN));
        }
    }
}

/// How many namespaces a tag declares.
fn attributes(tag: &BytesStart) -> Result<usize, Unsound> {
    let mut namespaces = 0;
    let mut list = tag.attributes();
    for (index, attribute) in list.with_checks(false).enumerate() {
        if index == MOST_ATTRIBUTES {
            return Err(Unsound::new(format!("an element has more than {MOST_ATTRIBUTES} attributes"), PLAIN));
        }
        let declares = attribute.is_ok_and(|attribute| attribute.key.as_ref().starts_with("xmlns"));
        namespaces += usize::from(declares);
    }
    Ok(namespaces)
}
