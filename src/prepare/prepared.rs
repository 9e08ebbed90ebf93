//! [`Prepared`]: everything that is printed, in the order in which it is printed.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::designation::Designation;
use crate::model::{Adjustment, Align, Change, Date, Edition, Kind, Language, Layout};

/// A document with every word determined, but not yet its layout.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Prepared {
    /// The metadata of the file.
    pub metadata: Metadata,
    /// The kind, which determines the design.
    pub kind: Kind,
    /// The language, which determines fonts, direction and line breaking.
    pub language: Language,
    /// The edition of the official template, which determines the header of later pages.
    pub edition: Edition,
    /// Whether the footnotes are set closer together, as in resolutions of the General Assembly.
    pub close_notes: bool,
    /// The head of page 1.
    pub masthead: Masthead,
    /// The session block, one column per organ.
    pub session: Vec<Vec<SessionLine>>,
    /// What comes between the session block and the body.
    pub opening: Vec<Opening>,
    /// The body.
    pub body: Vec<Block>,
    /// The footnotes, in order.
    pub notes: Vec<Note>,
    /// The running header.
    pub running: Running,
    /// The feet of the pages.
    pub foot: Foot,
    /// The adjustments of the whole document.
    #[serde(default, skip_serializing_if = "Layout::is_empty")]
    pub layout: Layout,
    /// The adjustments of blocks of the body, by index.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub adjusted: BTreeMap<usize, Adjustment>,
    /// What is marked as changed, if the pages show the changes from another document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redline: Option<Redline>,
}

/// The marks of a document that shows the changes from another one. Its runs are struck or inserted where words
/// changed.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Redline {
    /// The parts of masthead and foot that changed, by their names: "symbol", "date".
    pub head: BTreeMap<String, Runs>,
    /// The blocks of the body beside which a change bar stands, by index.
    pub changed: BTreeMap<usize, Extent>,
}

/// How much of a block is marked with a change bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Extent {
    /// The lines that have changes.
    Lines,
    /// All lines.
    Whole,
}

impl Prepared {
    /// Returns how often the image of that name is shown.
    pub fn uses(&self, name: &str) -> usize {
        let emblem = self.masthead.emblem.iter().filter(|emblem| *emblem == name).count();
        let shows = |block: &&Block| matches!(block, Block::Figure { image, .. } if image == name);
        emblem + self.body.iter().filter(shows).count()
    }
}

/// The metadata of the file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Metadata {
    /// The title, never empty.
    pub title: String,
    /// The symbols, joined by a hyphen.
    pub symbol: String,
    /// The date of the document: of issue, else of adoption, else of the job.
    pub date: Option<Date>,
    /// Its subjects, each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<String>,
    /// The author of a house, if not its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
}

/// The head of page 1.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Masthead {
    /// "United Nations".
    pub name: String,
    /// The symbols, each split into its large first letters and the rest.
    pub symbols: Vec<(String, String)>,
    /// The organs, one per line.
    pub organs: Vec<String>,
    /// "Distr.: Limited".
    pub distribution: String,
    /// "28 August 2023".
    pub date: Option<String>,
    /// "Français", in a translation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// "Original: English".
    pub original: Option<String>,
    /// The user's emblem, by its asset name.
    pub emblem: Option<String>,
    /// Whether no emblem is printed if there is none of the user.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub bare: bool,
}

/// A line of the session block.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SessionLine {
    /// What it is.
    pub role: SessionRole,
    /// Its text.
    pub runs: Runs,
    /// Where its lines end, in characters not counting marks, if they were broken by hand.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ends: Vec<usize>,
}

/// What a line of the session block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum SessionRole {
    /// The organ, if there are two columns.
    Organ,
    /// The session.
    Session,
    /// What follows the session on separate lines: "25 July 2024–30 July 2025".
    Dates,
    /// The committee or conference.
    BodyName,
    /// The agenda item.
    AgendaItem,
    /// The title of the agenda item.
    AgendaTitle,
}

impl SessionRole {
    /// Returns the field of a document that such a line prints.
    pub fn field(self) -> &'static str {
        match self {
            Self::Organ => "organ",
            Self::Session | Self::Dates => "session",
            Self::BodyName => "body_name",
            Self::AgendaItem => "agenda_item",
            Self::AgendaTitle => "agenda_title",
        }
    }
}

/// A paragraph of the opening.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Opening {
    /// What it is.
    pub role: OpeningRole,
    /// "80/10.", hanging before the title of an adopted text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<Designation>,
    /// Its text.
    pub runs: Runs,
    /// Where its lines end, in characters not counting marks, if they were broken by hand.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ends: Vec<usize>,
}

/// What a paragraph of the opening is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum OpeningRole {
    /// Sponsors or who submitted it: 10 points bold.
    Sponsors,
    /// The title: 12 points bold.
    Title,
    /// The large heading: 14 points bold.
    Headline,
    /// The origin of an adopted text, in brackets and italics.
    Origin,
}

impl OpeningRole {
    /// Returns the field of a document that such a paragraph prints.
    pub fn field(self) -> &'static str {
        match self {
            Self::Sponsors => "sponsors",
            Self::Title => "title",
            Self::Headline => "kind",
            Self::Origin => "origin",
        }
    }
}

/// Text, split into pieces of one style.
pub type Runs = Vec<Run>;

/// A piece of text of one style.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum Run {
    /// Text.
    Text {
        /// The characters.
        text: String,
        /// Whether it is italic.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        italic: bool,
        /// Whether it is bold.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        bold: bool,
        /// Whether it is raised like a footnote mark.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        raised: bool,
        /// Whether it is struck through or, as inserted, underlined.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        change: Option<Change>,
        /// The address that it links to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        link: Option<String>,
    },
    /// A footnote reference.
    Note {
        /// The index of the note in [`Prepared::notes`].
        note: usize,
        /// Whether the note was referred to before.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        again: bool,
        /// Whether it is struck through or, as inserted, underlined.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        change: Option<Change>,
    },
    /// A forced line break.
    Break {
        /// Whether the broken line is justified; always false.
        justify: bool,
    },
}

impl Run {
    /// Plain text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into(), italic: false, bold: false, raised: false, change: None, link: None }
    }

    /// Text in italics.
    pub fn slanted(text: impl Into<String>) -> Self {
        Self::Text { text: text.into(), italic: true, bold: false, raised: false, change: None, link: None }
    }

    /// Returns text of the same style; other runs are returned as they are.
    pub fn with_text(&self, text: impl Into<String>) -> Self {
        match self {
            &Self::Text { italic, bold, raised, change, ref link, .. } => {
                Self::Text { text: text.into(), italic, bold, raised, change, link: link.clone() }
            }
            other => other.clone(),
        }
    }

    /// Whether both are text of one style that leads nowhere.
    pub fn has_style_of(&self, other: &Self) -> bool {
        let plain = |run: &Self| matches!(run, Self::Text { link: None, .. });
        plain(self) && self.with_text("") == other.with_text("")
    }
}

/// A footnote.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Note {
    /// The printed mark: "1" or "*".
    pub mark: String,
    /// Its text.
    pub runs: Runs,
}

impl Note {
    /// Whether its mark is made of asterisks.
    pub fn starred(&self) -> bool {
        self.mark.starts_with('*')
    }
}

/// A block of the body.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "block", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Block {
    /// A paragraph.
    Paragraph {
        /// What it is.
        role: Role,
        /// Its nesting depth: 0 for a paragraph, 1 for (a), 2 for (i), …
        #[serde(default)]
        level: u8,
        /// "1.", "(a)".
        #[serde(default, skip_serializing_if = "Option::is_none")]
        label: Option<Designation>,
        /// Its text.
        runs: Runs,
    },
    /// A heading.
    Heading {
        /// 1, 2, 3: 14, 12 and 10 points; 4: 10 points italic.
        level: u8,
        /// Its depth in the outline of the document, without gaps, from 1.
        depth: u8,
        /// Its designation: "I." before it, or "I" above it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<Designation>,
        /// Whether the designation is on a line of its own.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        stacked: bool,
        /// Its text.
        runs: Runs,
    },
    /// The beginning of an annex.
    Annex {
        /// "Annex I".
        heading: Runs,
        /// Its depth in the outline; its title is one level deeper.
        depth: u8,
        /// Its title.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        title: Option<Runs>,
        /// Whether it begins a new page.
        new_page: bool,
        /// The heading level of its heading and title: 2 or 3.
        level: u8,
    },
    /// The beginning of one of several texts under one number.
    Part {
        /// "A".
        heading: Runs,
        /// Its title.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        title: Option<Runs>,
        /// Its depth in the outline.
        depth: u8,
        /// The heading level of its letter and title.
        level: u8,
    },
    /// The closing lines of an adopted text, meeting and date, before its annexes.
    Closing {
        /// The lines.
        lines: Vec<Runs>,
    },
    /// A signature.
    Signature {
        /// The signature and the lines under it.
        lines: Vec<Runs>,
    },
    /// A table.
    Table {
        /// "Table 1", on a line of its own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        label: Option<Designation>,
        /// Its title.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        title: Option<Runs>,
        /// The line on its units.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        units: Option<Runs>,
        /// Whether it stands on a landscape page, if that is given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        landscape: Option<bool>,
        /// The relative widths of the columns, if they are given.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        widths: Vec<f64>,
        /// Whether it is a table of figures, which are set smaller and closer than texts.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        figures: bool,
        /// Its columns and its size; determined by `typeset`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        columns: Option<Columns>,
        /// The header rows, repeated on every page.
        header: Vec<Vec<Cell>>,
        /// The rows.
        rows: Vec<Vec<Cell>>,
        /// The rows that are totals.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        totals: BTreeSet<usize>,
        /// What stands below it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        below: Vec<Remark>,
    },
    /// A figure.
    Figure {
        /// "Figure I", on a line of its own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        label: Option<Designation>,
        /// Its title.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        title: Option<Runs>,
        /// The line on its units.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        units: Option<Runs>,
        /// The image, by its asset name.
        image: String,
        /// What it shows.
        description: String,
        /// Its width in points.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        width: Option<f64>,
        /// Whether it stands on a landscape page.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        landscape: bool,
        /// Its size; determined by `typeset`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        size: Option<Size>,
        /// What stands below it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        below: Vec<Remark>,
    },
}

/// The columns of a table, in points.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Columns {
    /// The start of the first, from the start of the text column.
    pub left: f64,
    /// Their widths.
    pub widths: Vec<f64>,
    /// The size of the type as a fraction of the usual one.
    pub size: f64,
    /// Whether they stand on a landscape page.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub landscape: bool,
}

/// A width and a height, in points.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Size {
    /// The width.
    pub width: f64,
    /// The height.
    pub height: f64,
}

/// What stands below a table or figure: its source, a note, the abbreviations.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Remark {
    /// The letter of a note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letter: Option<String>,
    /// Its text.
    pub runs: Runs,
}

/// What a paragraph of the body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Role {
    /// The enacting words.
    Enacting,
    /// A preambular paragraph.
    Preambular,
    /// An operative paragraph.
    Operative,
    /// An unnumbered paragraph of running text.
    Paragraph,
    /// A numbered paragraph of running text.
    Numbered,
    /// A sub-paragraph.
    Item,
    /// Text that continues after sub-paragraphs.
    Continued,
    /// A quotation.
    Quote,
    /// Those who voted the same way.
    Voters,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Cell {
    /// Its text.
    pub runs: Runs,
    /// How many columns it spans.
    pub columns: u16,
    /// How many rows it spans.
    pub rows: u16,
    /// The alignment of its lines.
    pub align: Align,
}

/// The running header.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Running {
    /// The symbols, one per line.
    pub symbols: Vec<String>,
    /// The title, in adopted resolutions.
    pub title: Option<String>,
}

/// The feet of the pages.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Foot {
    /// The job number.
    pub job: Option<String>,
    /// "23-16564 (E)    290823", on page 1.
    pub job_line: Option<String>,
    /// The content of the barcode: "*2316564*".
    pub barcode: Option<String>,
    /// The folio of later pages, with `{page}` and `{pages}` for the numbers of the page and of the last page.
    #[serde(default = "folio")]
    pub folio: String,
    /// "Please recycle"; empty if the mark is not printed.
    pub recycle: String,
    /// The address in the QR code; empty if there is none.
    pub address: String,
}

/// Returns the folio of data prepared before it had this field.
fn folio() -> String {
    FOLIO.to_owned()
}

/// The folio, in every language.
pub(super) const FOLIO: &str = "{page}/{pages}";
