//! The outline of an SVG file: limits everything that makes parsing costly, before parsing.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{DAMAGED, PLAIN, SIMPLER, Unsound};

/// The maximum nesting of elements, in the file and along references.
pub(super) const DEEPEST: usize = 256;
/// The maximum number of elements of a file.
pub(super) const MOST_NODES: usize = 200_000;
/// The maximum number of attributes: the parser compares each attribute of an element with all others.
const MOST_ATTRIBUTES: usize = 200;
/// The maximum number of namespaces: the parser copies those of the parent to each element that declares one.
const MOST_NAMESPACES: usize = 5_000;

/// Checks that a text is XML that can be parsed in time, and defines no entities.
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

/// Returns the number of namespaces that a tag declares.
fn attributes(tag: &BytesStart) -> Result<usize, Unsound> {
    let mut namespaces = 0;
    let mut list = tag.attributes();
    for (index, attribute) in list.with_checks(false).enumerate() {
        if index == MOST_ATTRIBUTES {
            return Err(Unsound::new(format!("one of its elements has more than {MOST_ATTRIBUTES} attributes"), PLAIN));
        }
        let declares = attribute.is_ok_and(|attribute| attribute.key.as_ref().starts_with("xmlns"));
        namespaces += usize::from(declares);
    }
    Ok(namespaces)
}
