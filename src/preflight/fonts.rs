//! Fonts: whether they are embedded.

use hayro_syntax::object::{Array, Dict, Name};

/// A font.
#[derive(Debug, Clone)]
pub(super) struct Font {
    pub name: String,
    pub is_type_3: bool,
    pub is_embedded: bool,
}

impl Font {
    pub fn of(dict: &Dict) -> Self {
        let descendants = dict.get::<Array>("DescendantFonts");
        let descendant = descendants.and_then(|list| list.iter::<Dict>().next());
        let outlines = descendant.as_ref().unwrap_or(dict);
        let descriptor = outlines.get::<Dict>("FontDescriptor");
        let files = ["FontFile", "FontFile2", "FontFile3"];
        let name = dict.get::<Name>("BaseFont").or_else(|| dict.get::<Name>("Name"));
        let name = name.as_ref().map_or("without a name", Name::as_str).chars().filter(|c| !c.is_control());
        Self {
            name: name.take(80).collect(),
            is_type_3: dict.get::<Name>("Subtype").is_some_and(|name| name.as_ref() == b"Type3"),
            is_embedded: descriptor.is_some_and(|dict| files.iter().any(|file| dict.contains_key(*file))),
        }
    }
}
