//! The measures of the page and the design of its blocks, read from `templates/tokens.typ` (`plan`).
//! Lengths are in points.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

use serde::{Deserialize, Deserializer, Serialize};

use super::faces::Family;
use super::keyed::{Table, keys};
use crate::model::{Change, Edition, Language};
use crate::prepare::{OpeningRole, Role, SessionRole};

/// The contents of tokens.typ.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct Measures {
    /// The text column, by the edition of the template.
    pub columns: Table<Edition, Column>,
    /// Its start, from the left edge of the paper.
    pub column_left: f64,
    /// The tab stops, from the left edge of the column.
    pub stops: Vec<f64>,
    /// The types of Latin and Cyrillic script.
    pub styles: Styles,
    /// What differs on pages of other scripts, by language code.
    scripts: BTreeMap<String, Script>,
    /// The measures of such pages.
    #[serde(skip)]
    others: BTreeMap<String, Measures>,
    /// The design of the blocks.
    pub blocks: Blocks,
    pub gaps: Gaps,
    /// The widths of the lines of the session block.
    session: SessionWidths,
    /// The type of raised marks.
    pub mark: Type,
    pub page: Heights,
    /// The limits for compressing and stretching the spaces of a full line.
    pub spaces: Spaces,
    pub paper: Paper,
    /// The outer measure of the running header and the feet, from the left edge of the paper.
    pub side: Sides,
    /// The position of the number before a title, from the left edge of the column.
    pub number: Sides,
    pub beside: Beside,
    pub landscape: Landscape,
    pub tables: Tables,
    pub figures: Figures,
    /// The colour of links, in hexadecimal digits.
    pub blue: String,
    pub note_marks: NoteMarks,
    /// The lines of struck and inserted text.
    pub changes: Table<Change, ChangeLine>,
    /// The bar beside lines with changes.
    pub change_bar: ChangeBar,
    /// The rule above footnotes; `y` is its height above the first baseline below it.
    pub note_rule: Rule,
    /// The rule that ends a document; `y` is its distance below the last baseline.
    pub closing_rule: Rule,
    /// The rule below the running header, from the top edge of the paper.
    pub running_rule: Rule,
    pub running: Running,
}

/// The measures of pages of another script.
#[derive(Debug, Clone, PartialEq, Deserialize)]
struct Script {
    styles: Styles,
    stops: Vec<f64>,
}

/// How wide the text column is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(super) struct Column {
    /// As lines are composed.
    pub width: f64,
    /// As they are drawn.
    pub drawn: f64,
}

/// The types by name.
pub(super) type Styles = Table<Style, Type>;

/// A style of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[rustfmt::skip]
pub(super) enum Style {
    Body, Strong, Sponsors, Slanted, Origin, Closing, Title, Headline, BodyName, Organ, OrganLong, OrganLongest,
    Name, SymbolHead, Small, Close, Framed, Cell, TableText, ColumnHead, Units, Running, Folio, Job, Recycle,
}

keys! {
    Style: Body Strong Sponsors Slanted Origin Closing Title Headline BodyName Organ OrganLong OrganLongest
        Name SymbolHead Small Close Framed Cell TableText ColumnHead Units Running Folio Job Recycle;
    SessionRole: Organ Session Dates BodyName AgendaItem AgendaTitle;
    OpeningRole: Sponsors Title Headline Origin;
    Role: Enacting Preambular Operative Paragraph Numbered Item Continued Quote Voters;
    Edition: Of2023 Of2025 Adopted2025;
    Change: Struck Inserted;
}

/// The design of the blocks of a page.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Blocks {
    pub session: Table<SessionRole, Design>,
    pub opening: Table<OpeningRole, Design>,
    /// The session of a text that the General Assembly has adopted.
    pub adopted_session: Design,
    /// By level from 0; the last applies to all deeper ones.
    paragraphs: Table<Role, Vec<Design>>,
    /// By level from 1.
    headings: [Design; 4],
    pub annex: AnnexGaps,
    pub closing: Design,
    pub signature: Design,
    pub label: Design,
    pub legend: Design,
    pub units: Design,
    pub table: Design,
    pub texts: Design,
    pub figure: Design,
    pub remark: Design,
    pub note: Design,
    pub close_note: Design,
    pub running: Design,
    pub folio: Design,
    pub job: Design,
}

/// The design of a block; tokens.typ explains the fields (`blocks`).
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
}

/// The alignment of lines.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Align {
    Full,
    #[default]
    Start,
    Center,
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

/// The widths of the lines of the session block: in one column, in several, the name of a committee.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
struct SessionWidths {
    one: f64,
    several: f64,
    name: f64,
}

/// The limits for compressing and stretching spaces, in parts of their width.
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

/// The position of a number beside a text.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub(super) struct Beside {
    /// The minimum distance from the text.
    pub apart: f64,
    /// The furthest start of the text; beyond it, the number stands above the text.
    pub widest: f64,
}

/// The design of tables.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct Tables {
    /// The sizes of the type of what does not fit a page otherwise.
    pub sizes: Vec<f64>,
    /// The edges of those that are wider than the column, from its left edge.
    pub left: f64,
    pub right: f64,
    /// The insets of the texts in a column.
    pub inset: Insets,
    /// The thicknesses of rules.
    pub thin: f64,
    pub thick: f64,
    /// The distance between the rules of two heads over several columns.
    pub cut: f64,
    /// Above and below heads, rows of figures, rows of texts.
    pub head: Space,
    pub figures: Space,
    pub texts: Space,
    /// From the upper edge of the rule below the heads to the first row.
    pub after_head: f64,
    pub total: Total,
    /// The width of the widest columns of figures.
    pub widest: f64,
    /// The width with which a column of texts has room enough.
    pub roomy: f64,
    /// The width up to which the head of a column stands on one line, if there is room.
    pub short_head: f64,
    pub remark: RemarkPlace,
}

/// The design of figures.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub(super) struct Figures {
    /// The room that label, title and remarks have on the page of a figure at least.
    pub around: f64,
    /// The same on a landscape page, which is lower.
    pub around_landscape: f64,
}

/// Where the text of a landscape page stands, from the top left corner of the paper.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub(super) struct Landscape {
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub bottom: f64,
}

impl Landscape {
    pub fn height(self) -> f64 {
        self.bottom - self.top
    }
}

/// From the edges of a column to its texts.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub(super) struct Insets {
    pub start: f64,
    pub end: f64,
}

/// Above and below the lines of a row.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub(super) struct Space {
    pub above: f64,
    pub below: f64,
}

/// The position of a total.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub(super) struct Total {
    /// Above the rule above it.
    pub apart: f64,
    #[serde(flatten)]
    pub space: Space,
    pub indent: f64,
}

/// The position of what stands below tables and figures.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub(super) struct RemarkPlace {
    /// Its distance from the table or figure.
    pub apart: f64,
    /// The start of its other lines.
    pub turnover: f64,
    /// The end of the letter of a note.
    pub letter: f64,
}

/// A width and a height.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub(super) struct Paper {
    pub width: f64,
    pub height: f64,
}

/// The position of footnote marks.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub(super) struct NoteMarks {
    /// Their height above the baseline in the text.
    pub raise: f64,
    /// Their height above the baseline in the notes.
    pub note_raise: f64,
    /// Their right edge before the notes, from the left edge of the column.
    pub right: f64,
}

/// The line of struck or inserted text, in parts of the size of the type.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub(super) struct ChangeLine {
    /// The middle of the line, below the baseline.
    pub y: f64,
    pub thickness: f64,
}

/// The bar beside lines with changes: its middle, from the left edge of the column.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub(super) struct ChangeBar {
    pub left: f64,
    pub thickness: f64,
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
    /// The maximum width of a title.
    pub title: f64,
    /// Its minimum distance from the symbols.
    pub apart: f64,
    /// The last baseline of the header.
    pub baseline: f64,
    pub folio: f64,
    pub job: f64,
}

/// The limits above and below the lines of a page, from its top edge.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct Heights {
    /// The part of a line's pitch above its baseline.
    pub ascent: f64,
    /// The first baseline of later pages, by the edition of the template.
    pub first_baseline: Table<Edition, f64>,
    /// The start of the session block.
    pub head: f64,
    /// The end of the text of page 1.
    pub first_bottom: f64,
    /// The end of the text of later pages.
    pub bottom: f64,
    /// The end of the footnotes of page 1.
    pub notes_first_bottom: f64,
    /// The end of those of later pages.
    pub notes_bottom: f64,
    /// The height of the separator between notes and text.
    pub separator: f64,
}

/// A type: size and tracking in points, character scale in per cent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
pub(super) struct Type {
    pub size: f64,
    pub scale: u32,
    /// The family of another script that sets whatever it has.
    #[serde(default)]
    pub other: Option<Family>,
    /// The tracking with which lines are composed.
    pub tracking: f64,
    /// The tracking with which they are drawn, if it differs.
    pub drawn: Option<f64>,
    /// Whether it is bold throughout.
    #[serde(default, rename = "weight", deserialize_with = "is_bold")]
    pub bold: bool,
    /// Whether it is italic throughout.
    #[serde(default, rename = "slope", deserialize_with = "is_italic")]
    pub italic: bool,
    /// The distance from line to line.
    #[serde(default)]
    pub pitch: f64,
    /// The size of raised letters in it, in parts of that of marks.
    #[serde(default)]
    pub marks: Option<f64>,
}

impl Hash for Type {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        let Self { size, scale, other, tracking, drawn, bold, italic, pitch, marks } = *self;
        ([size, tracking, pitch].map(f64::to_bits), [drawn, marks].map(|given| given.map(f64::to_bits))).hash(hasher);
        (scale, other, bold, italic).hash(hasher);
    }
}

/// Adjustments of a type, in points.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub(super) struct Fit {
    /// The points added to its tracking.
    pub tracking: f64,
    /// The pitch that replaces its own.
    pub pitch: Option<f64>,
}

fn is_bold<'de, D: Deserializer<'de>>(from: D) -> Result<bool, D::Error> {
    Ok(String::deserialize(from)? == "bold")
}

fn is_italic<'de, D: Deserializer<'de>>(from: D) -> Result<bool, D::Error> {
    Ok(String::deserialize(from)? == "italic")
}

impl Type {
    /// Returns the type with adjustments.
    pub fn fitted(self, fit: Fit) -> Self {
        let drawn = self.drawn.map(|drawn| drawn + fit.tracking);
        Self { tracking: self.tracking + fit.tracking, drawn, pitch: fit.pitch.unwrap_or(self.pitch), ..self }
    }

    /// The same in another size.
    pub fn scaled(self, by: f64) -> Self {
        let (tracking, drawn) = (self.tracking * by, self.drawn.map(|drawn| drawn * by));
        Self { size: self.size * by, tracking, drawn, pitch: self.pitch * by, ..self }
    }

    /// Returns the tracking with which lines are drawn.
    pub fn drawn(&self) -> f64 {
        self.drawn.unwrap_or(self.tracking)
    }
}

impl Measures {
    /// Returns the measures, with those of other scripts, if every tab stop that a paragraph names exists.
    pub fn checked(self) -> Result<Self, String> {
        let mut whole = self.with_stops()?;
        for (language, Script { styles, stops }) in std::mem::take(&mut whole.scripts) {
            let own = Self { styles, stops, ..whole.clone() };
            let own = Self { others: BTreeMap::new(), ..own.with_stops()? };
            whole.others.insert(language, own);
        }
        Ok(whole)
    }

    fn with_stops(self) -> Result<Self, String> {
        for levels in self.blocks.paragraphs.entries() {
            let stops =
                levels.iter().flat_map(|Design { stops, .. }| [stops.first, stops.text, stops.turnover, stops.right]);
            if stops.max().is_none_or(|last| last >= self.stops.len()) {
                return Err("a paragraph has no indents, or names a tab stop that does not exist".into());
            }
        }
        Ok(self)
    }

    /// The type of raised letters in a type.
    pub fn raised_in(&self, style: Type) -> Type {
        self.mark.scaled(style.marks.unwrap_or(1.0))
    }

    /// How far the text of page 1 goes on below where it usually ends, if it ends so far from the lower edge.
    pub fn lowered(&self, first_page_foot: Option<f64>) -> f64 {
        first_page_foot.map_or(0.0, |given| self.usual_foot() - given)
    }

    /// How far from the lower edge of the paper the text of page 1 usually ends.
    pub fn usual_foot(&self) -> f64 {
        self.paper.height - self.page.first_bottom
    }

    /// Returns the measures of pages in a language.
    pub fn of(&self, language: Language) -> &Self {
        self.others.get(language.code()).unwrap_or(self)
    }

    /// Returns where the text of a landscape page ends, from the left edge of the column.
    pub fn landscape_right(&self) -> f64 {
        self.tables.left + self.landscape.right - self.landscape.left
    }

    /// Returns the distance of the tab stop of that number from the left edge of the column.
    pub fn stop(&self, number: usize) -> f64 {
        self.stops[number]
    }

    /// Returns the first tab stop beyond a position.
    pub fn stop_beyond(&self, place: f64) -> f64 {
        self.stops.iter().copied().find(|stop| *stop > place).unwrap_or(place)
    }

    /// Returns the width of a line of a session block with a number of columns.
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
            ("      dates: (style: \"body\"),\n", "", "missing entry \"dates\""),
            ("closing: (style", "closings: (style", "missing field `closing`"),
            ("\"2025\": (baseline", "\"2024\": (baseline", "missing entry \"2025\""),
            ("folio: (style: \"folio\")", "folio: (style: \"follio\")", "unknown variant `follio`"),
            ("framed: (size: 8.5pt", "framd: (size: 8.5pt", "missing entry \"framed\""),
            ("      heading(\"slanted\", gap.heading, gap.after-heading),\n", "", "invalid length 3"),
            ("turnover: 1, right: 1", "turnover: 15, right: 1", "a tab stop that does not exist"),
            ("#let paper = (width: 612pt,", "#let paper = (breadth: 612pt,", "missing field `width`"),
        ];
        for (from, to, reported) in edits {
            let error = Press::with_edit("tokens.typ", from, to).err().unwrap_or_default();
            assert!(error.contains(reported), "without {from}: {error}");
        }
    }
}
