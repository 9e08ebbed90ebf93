//! The names of the parts of a document: "operative paragraph 4 (a)", "footnote 2", "date".

use std::collections::HashMap;
use std::sync::Arc;

use crate::diagnostic::shortened;
use crate::prepare::{Block, OpeningRole, Prepared, Role, SessionRole, text_of};

/// The names of a document's parts.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// The names, by those that the templates give: "body/3".
    names: HashMap<String, Arc<str>>,
}

impl Names {
    /// Returns the names of the parts of a prepared document.
    pub fn new(prepared: &Prepared) -> Self {
        let mut names = Distinct::default();
        for (column, lines) in prepared.session.iter().enumerate() {
            for (index, line) in lines.iter().enumerate() {
                names.add(format!("session/{column}/{index}"), session(line.role).to_owned());
            }
        }
        for (index, entry) in prepared.opening.iter().enumerate() {
            names.add(format!("opening/{index}"), opening(entry.role).to_owned());
        }
        let mut body = Body::default();
        for (index, block) in prepared.body.iter().enumerate() {
            names.add(format!("body/{index}"), body.name(block));
        }
        for (index, note) in prepared.notes.iter().enumerate() {
            names.add(format!("note/{index}"), format!("footnote {}", note.mark));
        }
        Self { names: names.names }
    }

    /// Returns the names of all parts that the document can have.
    pub(super) fn all(&self) -> impl Iterator<Item = &str> {
        self.names.values().map(|name| &**name).chain(FIXED)
    }

    /// Returns the name of a part from the name that the templates give it.
    pub fn of(&self, key: &str) -> Arc<str> {
        self.names.get(key).cloned().unwrap_or_else(|| key.into())
    }
}

/// The parts of the headers and feet of pages.
const FIXED: [&str; 19] = [
    "name",
    "symbol",
    "upper rule",
    "emblem",
    "organ",
    "distribution",
    "date",
    "original",
    "lower rule",
    "job number",
    "barcode",
    "recycling",
    "code",
    "running symbol",
    "running title",
    "running rule",
    "folio",
    "note rule",
    "closing rule",
];

/// Unique names: the second one of a name is "… (2)".
#[derive(Default)]
struct Distinct {
    names: HashMap<String, Arc<str>>,
    given: HashMap<String, usize>,
}

impl Distinct {
    fn add(&mut self, key: String, name: String) {
        let times = self.given.entry(name.clone()).or_default();
        *times += 1;
        let name = if *times == 1 { name } else { format!("{name} ({times})") };
        self.names.insert(key, name.into());
    }
}

fn session(role: SessionRole) -> &'static str {
    match role {
        SessionRole::Organ => "organ of the session",
        SessionRole::Session => "session",
        SessionRole::Dates => "dates of the session",
        SessionRole::BodyName => "committee",
        SessionRole::AgendaItem => "agenda item",
        SessionRole::AgendaTitle => "title of the agenda item",
    }
}

fn opening(role: OpeningRole) -> &'static str {
    match role {
        OpeningRole::Sponsors => "sponsors",
        OpeningRole::Title => "title",
        OpeningRole::Headline => "headline",
        OpeningRole::Origin => "origin",
    }
}

/// The names of the blocks of a body. Blocks without a number are counted, from the start in each part and annex.
#[derive(Default)]
struct Body {
    part: Option<String>,
    annex: Option<String>,
    counts: HashMap<&'static str, usize>,
    /// The last named numbered paragraph and the items within it, the outermost first.
    within: Vec<String>,
}

impl Body {
    fn name(&mut self, block: &Block) -> String {
        let name = match block {
            Block::Paragraph { role, level, label, .. } => {
                self.paragraph(*role, *level, label.as_ref().map(ToString::to_string).as_deref())
            }
            Block::Heading { number, runs, .. } => {
                let number = number.as_ref().map(|number| format!("{number} ")).unwrap_or_default();
                format!("heading “{number}{}”", shortened(&text_of(runs)))
            }
            Block::Annex { heading, .. } => {
                let text = text_of(heading);
                // "Annex II", but not "Annex to the letter dated …".
                let short = text.chars().count() <= 12 && !text.is_empty();
                let name = if short { lower_first(&text) } else { self.counted("annex") };
                let name = within(self.part.as_deref(), name);
                *self = Self { part: self.part.take(), annex: Some(name.clone()), ..Self::default() };
                return name;
            }
            Block::Part { heading, .. } => {
                let name = format!("part {}", shortened(&text_of(heading)));
                *self = Self { part: Some(name.clone()), ..Self::default() };
                return name;
            }
            Block::Closing { .. } => "closing lines".to_owned(),
            Block::Signature { .. } => self.counted("signature"),
            Block::Table { label, .. } => {
                label.as_ref().map_or_else(|| self.counted("table"), |it| lower_first(&it.to_string()))
            }
            Block::Figure { label, .. } => {
                label.as_ref().map_or_else(|| self.counted("figure"), |it| lower_first(&it.to_string()))
            }
        };
        within(self.annex.as_deref().or(self.part.as_deref()), name)
    }

    fn paragraph(&mut self, role: Role, level: u8, label: Option<&str>) -> String {
        let bare = label.map(|label| label.trim_end_matches(['.', ' ', '\u{a0}', '-', '–']));
        let depth = usize::from(level);
        let name = match (role, bare) {
            (Role::Item, Some(label)) => {
                self.within.truncate(depth.max(1));
                let parent = self.within.last().cloned().unwrap_or_else(|| "item".into());
                format!("{parent} {label}")
            }
            (Role::Continued, _) => {
                self.within.truncate(depth + 1);
                let parent = self.within.last().cloned().unwrap_or_else(|| "paragraph".into());
                return format!("{parent}, continued");
            }
            (Role::Operative, Some(label)) => format!("operative paragraph {label}"),
            (Role::Numbered, Some(label)) => format!("paragraph {label}"),
            (Role::Operative, None) => self.counted("unnumbered operative paragraph"),
            (Role::Preambular, _) => self.counted("preambular paragraph"),
            (Role::Enacting, _) => "enacting words".to_owned(),
            (Role::Quote, _) => self.counted("quotation"),
            (Role::Voters, _) => self.counted("voters"),
            (Role::Paragraph | Role::Numbered, _) => self.counted("unnumbered paragraph"),
            (Role::Item, None) => self.counted("item"),
        };
        if role != Role::Item {
            self.within.clear();
        }
        self.within.push(name.clone());
        name
    }

    fn counted(&mut self, what: &'static str) -> String {
        let count = self.counts.entry(what).or_default();
        *count += 1;
        format!("{what} {count}")
    }
}

/// Returns a name within that of an annex or a part.
fn within(outer: Option<&str>, name: String) -> String {
    outer.map_or_else(|| name.clone(), |outer| format!("{outer}, {name}"))
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// Returns the region of the page that a part belongs to.
pub(super) fn region(part: &str) -> &'static str {
    match part {
        "name" | "symbol" | "upper rule" | "emblem" | "organ" | "distribution" | "date" | "original" | "lower rule" => {
            "masthead"
        }
        "running symbol" | "running title" | "running rule" | "running header" => "running header",
        "rules" | "pictures" => "drawings",
        "folio" | "job number" | "barcode" | "recycling" | "code" | "foot" => "foot",
        "note rule" => "footnotes",
        _ if part.starts_with("footnote ") => "footnotes",
        _ => "text",
    }
}

/// Returns whether a part is repeated on pages instead of being part of the running text.
pub(super) fn furniture(part: &str) -> bool {
    matches!(region(part), "running header" | "foot" | "drawings") || part == "note rule"
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::model::{Annex, Block as Model, Document, Part, Passage};

    #[test]
    fn what_is_in_a_part_is_called_by_its_letter() {
        let operative = || Model::Operative(Passage { text: "x".into(), ..Passage::default() });
        let annexed = || Annex { body: vec![operative()], ..Annex::default() };
        let part = |letter: &str| Part {
            letter: Some(letter.into()),
            body: vec![operative(), Model::Annex(annexed())],
            ..Part::default()
        };
        let document =
            Document { symbol: vec!["A/84/L.1".into()], parts: vec![part("A"), part("B")], ..Document::default() };
        let prepared = crate::prepare::prepare(&document).unwrap();
        let names = Names::new(&prepared);
        let called: Vec<Arc<str>> = (0..8).map(|index| names.of(&format!("body/{index}"))).collect();
        assert_eq!(
            called.iter().map(|name| &**name).collect::<Vec<_>>(),
            [
                "part A",
                "part A, operative paragraph 1",
                "part A, annex",
                "part A, annex, operative paragraph 1",
                "part B",
                "part B, operative paragraph 1",
                "part B, annex",
                "part B, annex, operative paragraph 1",
            ]
        );
    }
}
