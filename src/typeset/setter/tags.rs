//! Tags: the parts of a page that are a paragraph, a heading, a link, a note. They become the tags of
//! the PDF, and the engine's knowledge of the locations of headings and notes.

use std::num::{NonZeroU32, NonZeroUsize};
use std::sync::Arc;

use typst::foundations::{Content, Dict, NativeElement, Packed, Smart, Value};
use typst::introspection::{Location, MetadataElem, Tag, TagFlags};
use typst::layout::grid::resolve::{Cell, CellGrid, Entry};
use typst::layout::{Abs, Axes, Frame, FrameItem, Length, Point, Sizing};
use typst::model::{FootnoteElem, FootnoteEntry, HeadingElem, LinkMarker, ParElem, TableCell as CellElem, TableElem};
use typst::pdf::{ArtifactElem, ArtifactKind, PdfMarkerTag, TableCellKind, TableHeaderScope};
use typst::text::{StrikeElem, SuperElem, TextElem, TextSize, UnderlineElem};
use typst::utils::hash128;
use typst::visualize::{FixedStroke, Stroke};

use crate::model::Change;
use crate::typeset::plan::{Table, TableCell};

/// The location of an element, which is repeated at its end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Opened {
    place: Location,
    flags: TagFlags,
}

/// The locations of the setter's elements, each unique.
#[derive(Default)]
pub(super) struct Tagger(usize);

impl Tagger {
    pub fn next(&mut self) -> Location {
        self.0 += 1;
        Location::new(hash128(&("masthead", self.0)))
    }

    /// Begins an element.
    fn open(&mut self, frame: &mut Frame, at: Point, mut element: Content, known: bool, tagged: bool) -> Opened {
        let place = element.location().unwrap_or_else(|| self.next());
        element.set_location(place);
        let flags = TagFlags { introspectable: known, tagged };
        frame.push(at, FrameItem::Tag(Tag::Start(element, flags)));
        Opened { place, flags }
    }

    /// Names a part of the page, as `templates/part.typ` does; `None` ends the last.
    pub fn part(&mut self, frame: &mut Frame, at: Point, name: Option<&str>) {
        let mut value = Dict::new();
        value.insert("part".into(), name.map_or(Value::None, |name| Value::Str(name.into())));
        let opened = self.open(frame, at, MetadataElem::new(Value::Dict(value)).pack(), false, false);
        close(frame, at, opened);
    }

    pub fn paragraph(&mut self, frame: &mut Frame, at: Point) -> Opened {
        self.open(frame, at, ParElem::new(Content::empty()).pack(), false, true)
    }

    pub fn heading(&mut self, frame: &mut Frame, at: Point, depth: u8, words: &str) -> Opened {
        let level = NonZeroUsize::new(depth.into()).unwrap_or(NonZeroUsize::MIN);
        let heading = HeadingElem::new(TextElem::packed(words)).with_level(Smart::Custom(level));
        self.open(frame, at, heading.pack(), true, true)
    }

    /// Begins a link; `alt` describes its target.
    pub fn link(&mut self, frame: &mut Frame, at: Point, alt: &str) -> Opened {
        self.open(frame, at, LinkMarker::new(Content::empty(), Some(alt.into())).pack(), false, true)
    }

    /// Begins a table.
    pub fn table(&mut self, frame: &mut Frame, at: Point, table: &Table) -> Opened {
        let (columns, rows) = (table.columns.len(), table.rows.len());
        let mut entries: Vec<Entry> = Vec::with_capacity(columns * rows);
        let empty = || Entry::Cell(Cell::new(Content::empty()));
        entries.resize_with(columns * rows, empty);
        for (y, row) in table.rows.iter().enumerate() {
            for cell in &row.cells {
                let parent = y * columns + cell.column;
                for (x, y) in (0..cell.columns * cell.rows).map(|at| (at % cell.columns, at / cell.columns)).skip(1) {
                    if let Some(entry) = entries.get_mut(parent + y * columns + x) {
                        *entry = Entry::Merged { parent };
                    }
                }
                if let Some(Entry::Cell(own)) = entries.get_mut(parent) {
                    (own.colspan, own.rowspan) = (spanned(cell.columns), spanned(cell.rows));
                }
            }
        }
        let tracks = Axes::new(vec![Sizing::Auto; columns], vec![Sizing::Auto; rows]);
        let tracks = Axes::new(&tracks.x[..], &tracks.y[..]);
        let none: Axes<&[Sizing]> = Axes::new(&[], &[]);
        let grid = CellGrid::new_internal(tracks, none, Vec::new(), Vec::new(), Vec::new(), None, entries);
        let mut element = TableElem::new(Vec::new());
        element.grid = Some(Arc::new(grid));
        self.open(frame, at, element.pack(), true, true)
    }

    /// Begins a cell of a table, in that row; a `head`, or one that comes `again`.
    pub fn cell(
        &mut self,
        frame: &mut Frame,
        at: Point,
        cell: &TableCell,
        row: usize,
        head: bool,
        again: bool,
    ) -> Opened {
        let mut element = CellElem::new(Content::empty())
            .with_x(Smart::Custom(cell.column))
            .with_y(Smart::Custom(row))
            .with_colspan(spanned(cell.columns))
            .with_rowspan(spanned(cell.rows))
            .with_is_repeated(again);
        if head {
            // The heads of a column are one below the other.
            let level = u32::try_from(row + 1).ok().and_then(NonZeroU32::new).unwrap_or(NonZeroU32::MIN);
            element = element.with_kind(Smart::Custom(TableCellKind::Header(level, TableHeaderScope::Column)));
        }
        self.open(frame, at, element.pack(), true, true)
    }

    /// Begins struck or inserted text, with the line that shows it.
    pub fn change(&mut self, frame: &mut Frame, at: Point, change: Change, line: &FixedStroke) -> Opened {
        let line = Smart::Custom(Stroke::from_pair(line.paint.clone(), line.thickness.into()));
        let element = match change {
            Change::Struck => StrikeElem::new(Content::empty()).with_stroke(line).pack(),
            Change::Inserted => UnderlineElem::new(Content::empty()).with_stroke(line).pack(),
        };
        self.open(frame, at, element, false, true)
    }

    pub fn artifact(&mut self, frame: &mut Frame, at: Point, kind: ArtifactKind) -> Opened {
        self.open(frame, at, ArtifactElem::new(Content::empty()).with_kind(kind).pack(), false, true)
    }

    /// Begins a mark, with its size and height in points if they differ from the engine's.
    pub fn mark(&mut self, frame: &mut Frame, at: Point, looks: Option<(f64, f64)>) -> [Opened; 2] {
        let label = self.open(frame, at, PdfMarkerTag::Label(Content::empty()), false, true);
        let mut raised = SuperElem::new(Content::empty());
        if let Some((size, raise)) = looks {
            let length = |points| Length::from(Abs::pt(points));
            raised =
                raised.with_size(Smart::Custom(TextSize(length(size)))).with_baseline(Smart::Custom(length(-raise)));
        }
        [label, self.open(frame, at, raised.pack(), false, true)]
    }

    /// Returns the element of a reference to a footnote.
    pub fn footnote(&mut self, frame: &mut Frame, at: Point, note: Content) -> Opened {
        self.open(frame, at, note, true, true)
    }

    /// Begins the entry of a footnote, at a location that its mark knows.
    pub fn entry(&mut self, frame: &mut Frame, at: Point, note: Packed<FootnoteElem>, place: Location) -> Opened {
        let mut entry = FootnoteEntry::new(note).pack();
        entry.set_location(place);
        self.open(frame, at, entry, true, true)
    }
}

impl Opened {
    pub fn place(&self) -> Location {
        self.place
    }
}

fn spanned(count: usize) -> NonZeroUsize {
    NonZeroUsize::new(count).unwrap_or(NonZeroUsize::MIN)
}

/// Ends an element.
pub(super) fn close(frame: &mut Frame, at: Point, opened: Opened) {
    let Opened { place, flags } = opened;
    frame.push(at, FrameItem::Tag(Tag::End(place, hash128(&place), flags)));
}
