//! One page: lines, notes and rules, one below the other.

use std::collections::HashMap;
use std::str::FromStr;

use typst::foundations::{Content, Label, NativeElement, Selector, Styles};
use typst::introspection::{Introspector, Location};
use typst::layout::{Abs, Frame, FrameItem, FrameParent, GroupItem, Inherit, Point, Size};
use typst::model::FootnoteElem;
use typst::pdf::ArtifactKind;
use typst::text::{Lang, TextElem};
use typst::utils::PicoStr;
use typst::visualize::{Color, FixedStroke, Geometry};
use typst_layout::PagedDocument;

use super::rows::{Element, Section, Sections, lines_of};
use super::running::Header;
use super::tags::{Opened, Places, close};
use crate::prepare::{Note, Prepared};
use crate::typeset::composer::{Line, Measures, PageEnds, Rule, Type};
use crate::typeset::press::Press;

/// Sets page after page.
pub(super) struct Setter<'s> {
    pub press: &'s Press,
    pub measures: &'s Measures,
    pub notes: &'s [Note],
    pub lang: Lang,
    /// The language, as the engine's words for a footnote depend on it.
    pub styles: Styles,
    pub blue: Color,
    pub places: Places,
    pub document: &'s Prepared,
    pub header: &'s Header,
    /// Page 1 as the engine has set it.
    first: &'s PagedDocument,
    opening: &'s [Section<'s>],
    body: &'s [Section<'s>],
    /// The rows of the body by section and number, each with its line.
    rows: Vec<(usize, usize, Line)>,
    /// Where the pages after the first begin among them.
    starts: &'s [usize],
    pub note_type: Type,
    /// The marks of the notes, by their numbers.
    marks: HashMap<usize, Location>,
    /// The notes of this page with the places of their entries.
    due: Vec<(usize, Content, Location)>,
    /// The section that goes on on the next page.
    open: Option<Opened>,
}

impl<'s> Setter<'s> {
    /// A setter at the first page; none, if the lines are not those that were reckoned.
    pub fn new(
        press: &'s Press,
        first: &'s PagedDocument,
        composed: &'s Prepared,
        sections: &'s Sections<'s>,
        header: &'s Header,
        ends: &'s PageEnds,
    ) -> Option<Self> {
        let measures = &press.measures;
        let lang: Lang = composed.language.code().parse().ok()?;
        let mut styles = Styles::new();
        styles.set(TextElem::lang, lang);
        let sections_of = sections.body.iter().enumerate();
        let rows: Vec<(usize, usize)> =
            sections_of.flat_map(|(index, section)| (0..section.rows.len()).map(move |row| (index, row))).collect();
        if rows.is_empty() || rows.len() != ends.lines.len() {
            return None;
        }
        Some(Self {
            press,
            measures,
            notes: &composed.notes,
            lang,
            styles,
            blue: Color::from_str(&measures.blue).ok()?,
            places: Places::default(),
            document: composed,
            header,
            first,
            opening: &sections.opening,
            body: &sections.body,
            rows: rows.into_iter().zip(&ends.lines).map(|((section, row), line)| (section, row, *line)).collect(),
            starts: &ends.starts,
            note_type: if composed.close_notes { measures.close_notes } else { measures.notes },
            marks: HashMap::new(),
            due: Vec::new(),
            open: None,
        })
    }

    /// A page after the first.
    pub fn later_page(&mut self, number: usize, last: usize) -> Option<Frame> {
        let m = self.measures;
        let mut around = Frame::soft(Size::zero());
        self.running(&mut around, number)?;
        let top = m.page.first_baseline.get(&self.document.edition)? - m.page.ascent * m.body.pitch;
        let text = self.page(number, top)?;
        around.push_frame(Point::with_y(Abs::pt(top)), text);
        self.footer(&mut around, number, last)?;
        let mut page = Frame::hard(Size::new(Abs::pt(m.paper.width), Abs::pt(m.paper.height)));
        page.push_frame(Point::with_x(Abs::pt(m.column_left)), around);
        Some(page)
    }

    /// The text of that page, from 1, below a place so many points from its top edge.
    pub fn page(&mut self, number: usize, top: f64) -> Option<Frame> {
        let mut frame = Frame::soft(Size::new(Abs::pt(self.measures.drawn_column), Abs::zero()));
        let mut y = if number == 1 { self.head(&mut frame)? } else { 0.0 };
        let from = number.checked_sub(2).map_or(Some(0), |before| self.starts.get(before).copied())?;
        let to = self.starts.get(number - 1).copied().unwrap_or(self.rows.len());
        for at in from..to {
            let (section, row, line) = self.rows[at];
            if at > from {
                y += line.gap;
            }
            self.row(&mut frame, &self.body[section], row, y)?;
            y += line.height;
            self.end_of(&mut frame, &self.body[section], row, y);
        }
        if to == self.rows.len() {
            let below = self.measures.page.closing_rule - (1.0 - self.measures.page.ascent) * self.measures.body.pitch;
            self.rule(&mut frame, "closing rule", self.measures.closing_rule, y + below);
        }
        let bottom = if number == 1 { self.measures.notes_bottom.first } else { self.measures.notes_bottom.later };
        self.foot(&mut frame, bottom - top)?;
        Some(frame)
    }

    /// The opening; where the body begins below it.
    fn head(&mut self, frame: &mut Frame) -> Option<f64> {
        let mut y = 0.0;
        for (index, section) in self.opening.iter().enumerate() {
            y += self.measures.gap_in_opening(index, !self.document.session.is_empty());
            for (row, set) in section.rows.iter().enumerate() {
                self.row(frame, section, row, y)?;
                y += set.style.pitch;
                self.end_of(frame, section, row, y);
            }
        }
        Some(y + self.measures.gap("title"))
    }

    /// Sets a row, and begins its section with the first.
    fn row(&mut self, frame: &mut Frame, section: &Section, row: usize, y: f64) -> Option<()> {
        let at = Point::with_y(Abs::pt(y));
        if row == 0 {
            self.places.part(frame, at, Some(&section.part));
            self.open = Some(match section.element {
                Element::Paragraph => self.places.paragraph(frame, at),
                Element::Heading { depth } => self.places.heading(frame, at, depth, &section.words()),
            });
        }
        self.line(frame, &section.rows[row], y)
    }

    /// Ends a section after its last row.
    fn end_of(&mut self, frame: &mut Frame, section: &Section, row: usize, y: f64) {
        if row + 1 == section.rows.len() {
            let at = Point::with_y(Abs::pt(y));
            if let Some(opened) = self.open.take() {
                close(frame, at, opened);
            }
            self.places.part(frame, at, None);
        }
    }

    /// The rule and the notes that end at that place. Notes have no notes: `check` refuses them.
    fn foot(&mut self, frame: &mut Frame, bottom: f64) -> Option<()> {
        let style = self.note_type;
        let due = std::mem::take(&mut self.due);
        let notes = self.notes;
        let measures = self.measures;
        let rows: Vec<_> = due.iter().map(|(note, ..)| lines_of(&notes[*note].runs, style, 0.0, measures)).collect();
        let height = rows.iter().map(Vec::len).sum::<usize>() as f64 * style.pitch;
        let mut y = bottom - height;
        if !due.is_empty() {
            let rule = self.measures.note_rule;
            self.rule(frame, "note rule", rule, y + self.measures.page.ascent * style.pitch - rule.above_first);
        }
        for ((note, element, place), rows) in due.into_iter().zip(rows) {
            let mut entry = Frame::soft(Size::new(Abs::pt(self.measures.drawn_column), Abs::zero()));
            let packed = element.to_packed::<FootnoteElem>()?.clone();
            let opened = self.places.entry(&mut entry, Point::zero(), packed, place);
            self.places.part(&mut entry, Point::zero(), Some(&format!("note/{note}")));
            self.mark_before(&mut entry, note, element.location()?)?;
            let mut below = 0.0;
            for row in &rows {
                self.line(&mut entry, row, below)?;
                below += style.pitch;
            }
            let end = Point::with_y(Abs::pt(below));
            self.places.part(&mut entry, end, None);
            close(&mut entry, end, opened);
            let mut group = GroupItem::new(entry);
            group.parent = Some(FrameParent::new(element.location()?, Inherit::No));
            frame.push(Point::with_y(Abs::pt(y)), FrameItem::Group(group));
            y += below;
        }
        Some(())
    }

    /// A rule, whose upper edge is where it stands.
    pub fn rule(&mut self, frame: &mut Frame, name: &str, rule: Rule, y: f64) {
        let at = Point::new(Abs::pt(rule.left), Abs::pt(y));
        let thickness = Abs::pt(rule.thickness);
        let stroke = FixedStroke::from_pair(Color::BLACK, thickness);
        let line = Geometry::Line(Point::with_x(Abs::pt(rule.width))).stroked(stroke);
        self.places.part(frame, at, Some(name));
        let opened = self.places.artifact(frame, at, ArtifactKind::Other);
        frame.push(at + Point::with_y(thickness / 2.0), FrameItem::Shape(line, typst::syntax::Span::detached()));
        close(frame, at, opened);
        self.places.part(frame, at, None);
    }

    /// Refers to a note, which then stands on this page: the element of its mark and the place of
    /// its entry.
    pub fn refer(&mut self, index: usize) -> (Content, Location) {
        let mut element = FootnoteElem::with_content(Content::empty()).pack();
        if let Some(label) = label(index) {
            element.set_label(label);
        }
        let (mark, entry) = (self.places.next(), self.places.next());
        element.set_location(mark);
        self.marks.insert(index, mark);
        self.due.push((index, element.clone(), entry));
        (element, entry)
    }

    /// Where the mark of a note stands that was referred to before, or the note in its frame.
    pub fn marked(&self, index: usize) -> Option<Location> {
        let framed = || self.first.introspector().query_first(&Selector::Label(label(index)?))?.location();
        self.marks.get(&index).copied().or_else(framed)
    }
}

/// The label of a note, as `components/runs.typ` gives it.
fn label(index: usize) -> Option<Label> {
    Label::new(PicoStr::intern(&format!("note-{index}")))
}
