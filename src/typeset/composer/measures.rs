//! The measures that the composer shares with the templates (`composer` in tokens.typ).

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::prepare::{Edition, Role, SessionRole};

/// Measures in points, tab stops by their numbers.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub(in crate::typeset) struct Measures {
    /// The width of the text column.
    pub column: f64,
    /// The tab stops, from the left edge of the column.
    pub stops: Vec<f64>,
    /// Where the paragraphs stand, by role and level: `operative`, `item-2`.
    pub paragraphs: BTreeMap<String, Indents>,
    /// The type of the body.
    pub body: Type,
    /// The types of the opening, by role.
    pub opening: BTreeMap<String, Type>,
    /// The types of the session block, by role.
    pub session: BTreeMap<String, Type>,
    /// How wide its lines are: `one` column, `several`, and the `name` of a committee.
    pub session_widths: BTreeMap<String, f64>,
    /// The types of headings, by level from 1.
    pub headings: Vec<Type>,
    /// The type of closing lines.
    pub closing: Type,
    /// The type of raised marks.
    pub mark: Type,
    /// The type of footnotes.
    pub notes: Type,
    /// The type of footnotes of adopted resolutions.
    pub close_notes: Type,
    /// How high the pages are.
    pub page: Heights,
    /// How wide the text column is where lines are drawn to.
    pub drawn_column: f64,
    /// How far the spaces of a full line are compressed and stretched at most.
    pub spaces: Spaces,
    /// Where the number before a title stands, from the left edge of the column.
    pub number: Sides,
    /// How a number stands beside a heading or title.
    pub beside: Beside,
    /// How tables are set.
    pub tables: Tables,
    /// The colour of links, in hexadecimal digits.
    pub blue: String,
    /// Where the marks of footnotes stand.
    pub note_marks: NoteMarks,
    /// The rule above footnotes.
    pub note_rule: Rule,
    /// The rule that ends a document.
    pub closing_rule: Rule,
    /// The paper.
    pub paper: Paper,
    /// The outer measure of the running header and the feet, from the left edge of the paper.
    pub side: Sides,
    /// Where the text column begins, from the left edge of the paper.
    pub column_left: f64,
    /// The type of the running header.
    pub running: Type,
    /// How wide a running title is at most.
    pub running_title: f64,
    /// How far it stands from the symbol at least.
    pub running_apart: f64,
    /// Its last baseline, from the top edge of the paper.
    pub running_baseline: f64,
    /// The rule below it.
    pub running_rule: Rule,
    /// The folio.
    pub folio: FootLine,
    /// The job number in the feet of later pages.
    pub job: FootLine,
    /// Where footnotes end, from the top edge of the paper.
    pub notes_bottom: Bottoms,
}

/// How far spaces are compressed and stretched, in parts of their width.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
pub(in crate::typeset) struct Spaces {
    pub min: f64,
    pub max: f64,
}

/// A left and a right edge.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
pub(in crate::typeset) struct Sides {
    pub left: f64,
    pub right: f64,
}

/// How a number stands beside a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
pub(in crate::typeset) struct Beside {
    /// How far it stands from the text at least.
    pub apart: f64,
    /// Where the text begins at most; else the number stands above it.
    pub widest: f64,
}

/// How tables are set.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub(in crate::typeset) struct Tables {
    /// Their type.
    pub small: Type,
    /// Their type beside other scripts, by the codes of languages.
    pub scripts: BTreeMap<String, Type>,
    /// The sizes of their type in parts of the first, which is 1.
    pub steps: Vec<f64>,
    /// What is empty at either side of a cell.
    pub inset: f64,
    /// How wide they are at most.
    pub between_margins: f64,
}

/// A width and a height.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
pub(in crate::typeset) struct Paper {
    pub width: f64,
    pub height: f64,
}

/// A line in the foot of a page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
pub(in crate::typeset) struct FootLine {
    pub face: Type,
    /// From the top edge of the paper.
    pub baseline: f64,
}

/// Something on page 1 and on later pages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
pub(in crate::typeset) struct Bottoms {
    pub first: f64,
    pub later: f64,
}

/// Where the marks of footnotes stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
pub(in crate::typeset) struct NoteMarks {
    /// How far they are raised in the text.
    pub raise: f64,
    /// How far they are raised in the notes.
    pub note_raise: f64,
    /// Where they end before the notes, from the left edge of the column.
    pub right: f64,
}

/// A rule, its left edge counted from that of the column.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
pub(in crate::typeset) struct Rule {
    pub left: f64,
    pub width: f64,
    pub thickness: f64,
    /// How far above the first baseline below it, if that is what its place depends on.
    #[serde(default)]
    pub above_first: f64,
    /// Its upper edge from the top edge of the paper, if it always stands there.
    #[serde(default)]
    pub y: f64,
}

/// What stands over and under the lines of a page.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub(in crate::typeset) struct Heights {
    /// The part of a line's pitch above its baseline.
    pub ascent: f64,
    /// The first baseline of later pages, by the edition of the template.
    pub first_baseline: BTreeMap<Edition, f64>,
    /// Where the session block begins.
    pub head: f64,
    /// Where the text of page 1 ends.
    pub first_bottom: f64,
    /// Where that of later pages ends.
    pub bottom: f64,
    /// What separates the notes from the text.
    pub separator: f64,
    /// What the rule that ends a document needs below the last line.
    pub closing_rule: f64,
    /// The gaps between blocks, by the names of tokens.typ.
    pub gaps: BTreeMap<String, f64>,
}

/// Where a paragraph stands, in tab stops.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
pub(in crate::typeset) struct Indents {
    /// Its first line, or its label.
    pub first: usize,
    /// The text after a label.
    pub text: usize,
    /// The other lines.
    pub turnover: usize,
    /// How far the right edge is moved in.
    #[serde(default)]
    pub right: usize,
}

/// A type: size and tracking in points, character scale in per cent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
pub(in crate::typeset) struct Type {
    pub size: f64,
    pub scale: u32,
    /// The tracking that lines are composed with.
    pub tracking: f64,
    /// The tracking that they are drawn with.
    pub drawn: f64,
    /// Whether it is bold throughout.
    pub bold: bool,
    /// Whether it is italic throughout.
    #[serde(default)]
    pub italic: bool,
    /// From line to line.
    pub pitch: f64,
}

impl Measures {
    /// How far the tab stop of that number is from the left edge of the column.
    pub fn stop(&self, number: usize) -> f64 {
        self.stops.get(number).copied().unwrap_or_default()
    }

    /// The type of a heading of that level, from 1.
    pub fn heading(&self, level: u8) -> Type {
        self.headings.get(usize::from(level) - 1).copied().unwrap_or_default()
    }

    /// How wide a line of a session block of so many columns is.
    pub fn session_width(&self, role: SessionRole, columns: usize) -> f64 {
        let width = |name: &str| self.session_widths.get(name).copied().unwrap_or_default();
        let column = width(if columns > 1 { "several" } else { "one" });
        if role == SessionRole::BodyName { column.min(width("name")) } else { column }
    }

    /// The gap above the paragraph of the opening of that index.
    pub fn gap_in_opening(&self, index: usize, after_session: bool) -> f64 {
        match (index, after_session) {
            (0, false) => 0.0,
            (0, true) => self.gap("opening"),
            _ => self.gap("title"),
        }
    }

    /// A gap between blocks.
    pub fn gap(&self, name: &str) -> f64 {
        self.page.gaps.get(name).copied().unwrap_or_default()
    }

    /// The first tab stop beyond a place.
    pub fn stop_beyond(&self, place: f64) -> f64 {
        self.stops.iter().copied().find(|stop| *stop > place).unwrap_or(place)
    }

    /// Where a paragraph stands.
    pub fn indents(&self, role: Role, level: u8) -> Indents {
        const DEEPEST: u8 = 4;
        let level = level.min(DEEPEST);
        let name = match role {
            Role::Enacting => "enacting".to_owned(),
            Role::Preambular => "preambular".to_owned(),
            Role::Operative => "operative".to_owned(),
            Role::Paragraph => "paragraph".to_owned(),
            Role::Numbered => "numbered".to_owned(),
            Role::Quote => "quote".to_owned(),
            Role::Voters => "voters".to_owned(),
            Role::Item => format!("item-{level}"),
            Role::Continued => format!("continued-{level}"),
        };
        self.paragraphs.get(&name).copied().unwrap_or_default()
    }
}
