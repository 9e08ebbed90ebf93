//! The measures of the page and the design of its blocks, as `templates/tokens.typ` has them (`plan`).
//! Lengths are in points.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};

use super::keyed::{Table, keys};
use crate::model::{Edition, Language};
use crate::prepare::{OpeningRole, Role, SessionRole};

/// What tokens.typ says.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct Measures {
    /// The text column, by the edition of the template.
    pub columns: Table<Edition, Column>,
    /// Where it begins, from the left edge of the paper.
    pub column_left: f64,
    /// The tab stops, from the left edge of the column.
    pub stops: Vec<f64>,
    /// The types of Latin and Cyrillic script.
    pub styles: Styles,
    /// The types of other scripts, by the codes of languages.
    pub scripts: BTreeMap<String, Styles>,
    /// How the blocks stand.
    pub blocks: Blocks,
    pub gaps: Gaps,
    /// How wide the lines of the session block are.
    session: SessionWidths,
    /// The type of raised marks.
    pub mark: Type,
    pub page: Heights,
    /// How far the spaces of a full line are compressed and stretched at most.
    pub spaces: Spaces,
    pub paper: Paper,
    /// The outer measure of the running header and the feet, from the left edge of the paper.
    pub side: Sides,
    /// Where the number before a title stands, from the left edge of the column.
    pub number: Sides,
    pub beside: Beside,
    pub tables: Tables,
    /// The colour of links, in hexadecimal digits.
    pub blue: String,
    pub note_marks: NoteMarks,
    /// The rule above footnotes; `y` is how far above the first baseline below it.
    pub note_rule: Rule,
    /// The rule that ends a document; `y` is how far below the last baseline.
    pub closing_rule: Rule,
    /// The rule below the running header, from the top edge of the paper.
    pub running_rule: Rule,
    pub running: Running,
}

/// How wide the text column is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(super) struct Column {
    /// As lines are composed.
    pub width: f64,
    /// As they are drawn.
    pub drawn: f64,
}

/// The types by their names.
pub(super) type Styles = Table<Style, Type>;

/// A style of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[rustfmt::skip]
pub(super) enum Style {
    Body, Strong, Sponsors, Slanted, Closing, Title, Headline, BodyName, Organ, OrganLong, OrganLongest,
    Name, SymbolHead, Small, Close, Framed, Running, Folio, Job, Recycle,
}

keys! {
    Style: Body Strong Sponsors Slanted Closing Title Headline BodyName Organ OrganLong OrganLongest
        Name SymbolHead Small Close Framed Running Folio Job Recycle;
    SessionRole: Organ Session Dates BodyName AgendaItem AgendaTitle;
    OpeningRole: Sponsors Title Headline Origin;
    Role: Enacting Preambular Operative Paragraph Numbered Item Continued Quote Voters;
    Edition: Of2023 Of2025 Adopted2025;
}

/// How the blocks of a page stand.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Blocks {
    pub session: Table<SessionRole, Design>,
    pub opening: Table<OpeningRole, Design>,
    /// By level from 0; the last is that of all deeper ones.
    paragraphs: Table<Role, Vec<Design>>,
    /// By level from 1.
    headings: [Design; 4],
    pub annex: AnnexGaps,
    pub closing: Design,
    pub signature: Design,
    pub table: Design,
    pub figure: Design,
    pub legend: Design,
    pub note: Design,
    pub close_note: Design,
    pub running: Design,
    pub folio: Design,
    pub job: Design,
}

/// How a block stands; tokens.typ says what the fields mean (`blocks`).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(super) struct Design {
    pub style: Style,
    #[serde(default)]
    pub align: Align,
    pub above: Option<f64>,
    pub below: Option<f64>,
    #[serde(default)]
    pub whole: bool,
    #[serde(default)]
    pub last: bool,
    #[serde(default)]
    pub next: bool,
    #[serde(default)]
    pub stops: Stops,
    #[serde(default)]
    pub sloped: bool,
}

/// How lines stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Align {
    Full,
    #[default]
    Start,
    End,
}

/// The numbers of tab stops.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Stops {
    pub first: usize,
    pub text: usize,
    pub turnover: usize,
    #[serde(default)]
    pub right: usize,
}

/// The gaps that depend on more than a kind of block.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct Gaps {
    pub paragraph: f64,
    pub opening: f64,
    pub title: f64,
}

/// From the heading of an annex to its title.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct AnnexGaps {
    /// On a page of its own.
    pub page: f64,
    /// Within a page, in large type.
    pub large: f64,
    /// Within a page, in the size of the text.
    pub small: f64,
}

/// How wide the lines of the session block are: of one column, of several, the name of a committee.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
struct SessionWidths {
    one: f64,
    several: f64,
    name: f64,
}

/// How far spaces are compressed and stretched, in parts of their width.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub(super) struct Spaces {
    pub min: f64,
    pub max: f64,
}

/// A left and a right edge.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(super) struct Sides {
    pub left: f64,
    pub right: f64,
}

/// How a number stands beside a text.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub(super) struct Beside {
    /// How far it stands from the text at least.
    pub apart: f64,
    /// Where the text begins at most; else the number stands above it.
    pub widest: f64,
}

/// How tables are set.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct Tables {
    /// The sizes of their type in parts of the first, which is 1.
    pub steps: Vec<f64>,
    /// What is empty at either side of a cell.
    pub inset: f64,
    /// How wide they are at most.
    pub between_margins: f64,
}

/// A width and a height.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub(super) struct Paper {
    pub width: f64,
    pub height: f64,
}

/// Where the marks of footnotes stand.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub(super) struct NoteMarks {
    /// How far they are raised in the text.
    pub raise: f64,
    /// How far they are raised in the notes.
    pub note_raise: f64,
    /// Where they end before the notes, from the left edge of the column.
    pub right: f64,
}

/// A rule: its left edge from that of the column, its upper edge.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(super) struct Rule {
    pub left: f64,
    pub y: f64,
    pub width: f64,
    pub thickness: f64,
}

/// Running header and feet of later pages; baselines from the top edge of the paper.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub(super) struct Running {
    /// How wide a title is at most.
    pub title: f64,
    /// How far it stands from the symbols at least.
    pub apart: f64,
    /// The last baseline of the header.
    pub baseline: f64,
    pub folio: f64,
    pub job: f64,
}

/// What stands over and under the lines of a page, from its top edge.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct Heights {
    /// The part of a line's pitch above its baseline.
    pub ascent: f64,
    /// The first baseline of later pages, by the edition of the template.
    pub first_baseline: Table<Edition, f64>,
    /// Where the session block begins.
    pub head: f64,
    /// Where the text of page 1 ends.
    pub first_bottom: f64,
    /// Where that of later pages ends.
    pub bottom: f64,
    /// Where the footnotes of page 1 end.
    pub notes_first_bottom: f64,
    /// Where those of later pages end.
    pub notes_bottom: f64,
    /// How high the separator of notes and text is.
    pub separator: f64,
}

/// A type: size and tracking in points, character scale in per cent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
pub(super) struct Type {
    pub size: f64,
    pub scale: u32,
    /// The tracking that lines are composed with.
    pub tracking: f64,
    /// The tracking that they are drawn with, if that is another.
    pub drawn: Option<f64>,
    /// Whether it is bold throughout.
    #[serde(default, rename = "weight", deserialize_with = "is_bold")]
    pub bold: bool,
    /// Whether it is italic throughout.
    #[serde(default, rename = "slope", deserialize_with = "is_italic")]
    pub italic: bool,
    /// From line to line.
    #[serde(default)]
    pub pitch: f64,
}

/// What is adjusted of a type by hand, in points.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub(super) struct Fit {
    /// Added to its tracking.
    pub tracking: f64,
    /// In place of its pitch.
    pub pitch: Option<f64>,
}

fn is_bold<'de, D: Deserializer<'de>>(from: D) -> Result<bool, D::Error> {
    Ok(String::deserialize(from)? == "bold")
}

fn is_italic<'de, D: Deserializer<'de>>(from: D) -> Result<bool, D::Error> {
    Ok(String::deserialize(from)? == "italic")
}

impl Type {
    /// The same, adjusted by hand.
    pub fn fitted(self, fit: Fit) -> Self {
        let drawn = self.drawn.map(|drawn| drawn + fit.tracking);
        Self { tracking: self.tracking + fit.tracking, drawn, pitch: fit.pitch.unwrap_or(self.pitch), ..self }
    }

    /// The tracking that lines are drawn with.
    pub fn drawn(&self) -> f64 {
        self.drawn.unwrap_or(self.tracking)
    }
}

impl Measures {
    /// The measures, if every tab stop that a paragraph names is one.
    pub fn checked(self) -> Result<Self, String> {
        for levels in self.blocks.paragraphs.entries() {
            let stops =
                levels.iter().flat_map(|Design { stops, .. }| [stops.first, stops.text, stops.turnover, stops.right]);
            if stops.max().is_none_or(|last| last >= self.stops.len()) {
                return Err("a paragraph has no place, or a tab stop that is none".into());
            }
        }
        Ok(self)
    }

    /// How far the text of page 1 goes on below where it usually ends, if it ends so far from the lower edge.
    pub fn lowered(&self, first_page_foot: Option<f64>) -> f64 {
        first_page_foot.map_or(0.0, |given| self.usual_foot() - given)
    }

    /// How far from the lower edge of the paper the text of page 1 usually ends.
    pub fn usual_foot(&self) -> f64 {
        self.paper.height - self.page.first_bottom
    }

    /// The types of a language.
    pub fn styles_of(&self, language: Language) -> &Styles {
        self.scripts.get(language.code()).unwrap_or(&self.styles)
    }

    /// How far the tab stop of that number is from the left edge of the column.
    pub fn stop(&self, number: usize) -> f64 {
        self.stops[number]
    }

    /// The first tab stop beyond a place.
    pub fn stop_beyond(&self, place: f64) -> f64 {
        self.stops.iter().copied().find(|stop| *stop > place).unwrap_or(place)
    }

    /// How wide a line of a session block of so many columns is.
    pub fn session_width(&self, role: SessionRole, columns: usize) -> f64 {
        let column = if columns > 1 { self.session.several } else { self.session.one };
        if role == SessionRole::BodyName { column.min(self.session.name) } else { column }
    }
}

impl Blocks {
    pub fn paragraph(&self, role: Role, level: u8) -> Design {
        let levels = &self.paragraphs[role];
        levels[usize::from(level).min(levels.len() - 1)]
    }

    pub fn heading(&self, level: u8) -> Design {
        self.headings[usize::from(level).clamp(1, self.headings.len()) - 1]
    }
}

#[cfg(test)]
mod tests {
    use crate::typeset::Press;

    #[test]
    fn what_is_missing_in_the_tokens_is_reported_at_the_start() {
        let edits = [
            ("      dates: (style: \"body\"),\n", "", "there is no \"dates\""),
            ("closing: (style", "closings: (style", "missing field `closing`"),
            ("\"2025\": (baseline", "\"2024\": (baseline", "there is no \"2025\""),
            ("folio: (style: \"folio\")", "folio: (style: \"follio\")", "unknown variant `follio`"),
            ("framed: (size: 8.5pt", "framd: (size: 8.5pt", "there is no \"framed\""),
            ("      heading(\"slanted\", gap.heading, gap.after-heading),\n", "", "invalid length 3"),
            ("turnover: 1, right: 1", "turnover: 15, right: 1", "a tab stop that is none"),
            ("#let paper = (width: 612pt,", "#let paper = (breadth: 612pt,", "missing field `width`"),
        ];
        for (from, to, reported) in edits {
            let error = Press::with_edit("tokens.typ", from, to).err().unwrap_or_default();
            assert!(error.contains(reported), "without {from}: {error}");
        }
    }
}
