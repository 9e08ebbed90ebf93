//! The templates inside the program (`templates/`).

macro_rules! templates {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_bytes!(concat!("../../templates/", $path)))),*]
    };
}

/// Every file of the templates, by its path among them.
pub(super) const TEMPLATES: &[(&str, &[u8])] = templates![
    "main.typ",
    "lib.typ",
    "tokens.typ",
    "styling.typ",
    "documents/official.typ",
    "components/foot.typ",
    "components/heading.typ",
    "components/masthead.typ",
    "components/notes.typ",
    "components/opening.typ",
    "components/paragraphs.typ",
    "components/running.typ",
    "components/runs.typ",
    "components/session.typ",
    "components/signature.typ",
    "components/table.typ",
    "assets/emblem.svg",
    "assets/recycle.svg",
];
