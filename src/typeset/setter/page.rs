//! One page: lines, notes and rules, one below the other.

use std::collections::HashMap;
use std::str::FromStr;

use typst::foundations::{Content, Label, NativeElement, Selector, Styles};
use typst::introspection::{Introspector, Location};
use typst::layout::{Abs, Angle, Frame, FrameItem, FrameParent, GroupItem, Inherit, Point, Size, Transform};
use typst::model::FootnoteElem;
use typst::pdf::ArtifactKind;
use typst::text::{Lang, Region, TextElem};
use typst::utils::PicoStr;
use typst::visualize::{Color, FixedStroke, Geometry};
use typst_layout::PagedDocument;

use super::rows::{Row, words};
use super::tables::Parts;
use super::tags::{Opened, Tagger, close};
use crate::model::Language;
use crate::typeset::measures::{Measures, Rule};
use crate::typeset::plan::{Item, PageEnds, Plan};
use crate::typeset::press::Press;

/// Sets page after page.
pub(super) struct Setter<'s> {
    pub press: &'s Press,
    pub measures: &'s Measures,
    pub plan: &'s Plan<'s>,
    pub ends: &'s PageEnds,
    pub lang: Lang,
    pub region: Option<Region>,
    /// Whether lines begin at the right.
    pub mirrored: bool,
    /// The language, which determines the engine's words for a footnote.
    pub styles: Styles,
    pub blue: Color,
    pub places: Tagger,
    /// Whether the page is set without its text, because nobody wants to see it.
    pub(super) blank: bool,
    /// Page 1 as set by the engine.
    first: &'s PagedDocument,
    /// The marks of the notes, by their numbers.
    marks: HashMap<usize, Location>,
    /// The notes of this page with the locations of their entries.
    due: Vec<(usize, Content, Location)>,
    /// The item that continues on the next page.
    pub(super) open: Option<Opened>,
    /// The cells that go on on the next page.
    pub(super) parts: Parts,
}

impl<'s> Setter<'s> {
    /// Creates a setter at the first page.
    pub fn new(press: &'s Press, first: &'s PagedDocument, plan: &'s Plan, ends: &'s PageEnds) -> Option<Self> {
        let measures = press.measures.of(plan.language);
        let lang: Lang = plan.language.code().parse().ok()?;
        let mut styles = Styles::new();
        styles.set(TextElem::lang, lang);
        Some(Self {
            press,
            measures,
            plan,
            ends,
            lang,
            region: (plan.language == Language::Zh).then(|| "CN".parse().ok()).flatten(),
            mirrored: plan.language == Language::Ar,
            styles,
            blue: Color::from_str(&measures.blue).ok()?,
            places: Tagger::default(),
            blank: false,
            first,
            marks: HashMap::new(),
            due: Vec::new(),
            open: None,
            parts: Parts::new(),
        })
    }

    /// Sets a page after the first.
    pub fn later_page(&mut self, number: usize) -> Option<Frame> {
        let Measures { paper, landscape, tables, .. } = self.measures;
        let turned = self.is_landscape(number);
        let top = if turned { landscape.top } else { self.plan.top };
        let [mut header, mut footer] = [Frame::soft(Size::zero()), Frame::soft(Size::zero())];
        self.header(&mut header, number)?;
        let text = self.page(number, top)?;
        self.footer(&mut footer, number)?;
        let (width, height) = (Abs::pt(paper.width), Abs::pt(paper.height));
        let column = Point::with_x(Abs::pt(self.column_left()));
        if !turned {
            let mut page = Frame::hard(Size::new(width, height));
            page.push_frame(column, header);
            page.push_frame(column + Point::with_y(Abs::pt(top)), text);
            page.push_frame(column, footer);
            return Some(page);
        }
        // What surrounds the text is turned with the page, clockwise.
        let around = |frame: Frame| {
            let mut upright = Frame::soft(Size::new(width, height));
            upright.push_frame(column, frame);
            let mut group = GroupItem::new(upright);
            group.transform = Transform { tx: height, ..Transform::rotate(Angle::deg(90.0)) };
            FrameItem::Group(group)
        };
        let left = match self.mirrored {
            true => landscape.right + tables.left - self.plan.column.drawn,
            false => landscape.left - tables.left,
        };
        let mut page = Frame::hard(Size::new(height, width));
        page.push(Point::zero(), around(header));
        page.push_frame(Point::new(Abs::pt(left), Abs::pt(top)), text);
        page.push(Point::zero(), around(footer));
        Some(page)
    }

    /// Whether a page is landscape: page 1 never is.
    fn is_landscape(&self, number: usize) -> bool {
        let start = number.checked_sub(2).and_then(|before| self.ends.starts.get(before));
        start.and_then(|start| self.ends.rows.get(*start)).is_some_and(|row| row.landscape)
    }

    /// The left edge of the column on an upright page, from that of the paper.
    fn column_left(&self) -> f64 {
        let Measures { paper, column_left, .. } = self.measures;
        if self.mirrored { paper.width - column_left - self.plan.column.drawn } else { *column_left }
    }

    /// Sets the text of a page, from 1, below a position in points from its top edge.
    pub fn page(&mut self, number: usize, top: f64) -> Option<Frame> {
        let (plan, ends) = (self.plan, self.ends);
        let mut frame = Frame::soft(Size::new(Abs::pt(self.plan.column.drawn), Abs::zero()));
        let mut y = 0.0;
        if number == 1 {
            for item in &plan.items[..plan.opening] {
                y += item.gap;
                for line in 0..item.lines.len() {
                    y = self.row(&mut frame, item, line, y)?;
                }
            }
        }
        let from = number.checked_sub(2).map_or(Some(0), |before| ends.starts.get(before).copied())?;
        let to = ends.starts.get(number - 1).copied().unwrap_or(ends.rows.len());
        for (at, row) in ends.rows[from..to].iter().enumerate() {
            // The gap is dropped at the top of a page.
            let item = &plan.items[row.item];
            let gap = match at > 0 || number == 1 {
                true => row.gap,
                false if row.index == 0 => -item.lift,
                false => 0.0,
            };
            y = match &item.table {
                None if item.picture.is_some() => self.figure(&mut frame, row.item, y + gap)?,
                Some(table) => self.slice(&mut frame, item, table, row.index, y + gap)?,
                None => self.row(&mut frame, item, row.index, y + gap)?,
            };
        }
        if to == ends.rows.len() {
            let Rule { y: below, .. } = plan.closing_rule.rule;
            self.rule(&mut frame, "closing rule", Rule { y: y + below, ..plan.closing_rule.rule });
        }
        let page = &self.measures.page;
        let bottom = match self.is_landscape(number) {
            true => self.measures.landscape.bottom,
            false if number == 1 => page.notes_first_bottom + plan.lowered,
            false => page.notes_bottom,
        };
        self.foot(&mut frame, bottom - top)?;
        Some(frame)
    }

    /// Sets a line of an item below a position, and begins and ends the item with its first and last line.
    /// Returns the end of the line.
    fn row(&mut self, frame: &mut Frame, item: &Item, line: usize, y: f64) -> Option<f64> {
        let row = Row::of(item, line, item.type_in(&self.measures.styles))?;
        if line == 0 {
            let at = Point::with_y(Abs::pt(y));
            self.places.part(frame, at, Some(&item.part));
            self.open = Some(match item.depth {
                None => self.places.paragraph(frame, at),
                Some(depth) => self.places.heading(frame, at, depth, &words(item)),
            });
        }
        self.line(frame, &row, y)?;
        self.bar(frame, &row, y);
        let below = y + row.style.pitch;
        if line + 1 == item.lines.len() {
            let at = Point::with_y(Abs::pt(below));
            if let Some(opened) = self.open.take() {
                close(frame, at, opened);
            }
            self.places.part(frame, at, None);
        }
        Some(below)
    }

    /// Sets a figure as the engine has set it on a page of its own.
    fn figure(&mut self, frame: &mut Frame, item: usize, y: f64) -> Option<f64> {
        let mut figures = self.plan.items[..=item].iter().filter_map(|item| item.picture);
        let (count, last) = (figures.clone().count(), figures.next_back()?);
        let page = self.first.pages().get(count)?.frame.clone();
        frame.push_frame(Point::new(Abs::pt(-self.column_left()), Abs::pt(y - self.plan.top)), page);
        Some(y + last.size?.height)
    }

    /// Sets the rule and the notes that end at that position. Notes have no notes: `check` refuses them.
    fn foot(&mut self, frame: &mut Frame, bottom: f64) -> Option<()> {
        let plan = self.plan;
        let style = self.measures.styles[plan.notes.style];
        let due = std::mem::take(&mut self.due);
        let lines = |note: usize| plan.notes.list.get(note).map_or(&[][..], |note| &note.lines);
        let fit = |note: usize| plan.notes.list.get(note).map(|note| note.fit).unwrap_or_default();
        let height = due.iter().map(|(note, ..)| lines(*note).len()).sum::<usize>() as f64 * style.pitch;
        let mut y = bottom - height;
        if !due.is_empty() {
            let rule = plan.notes.rule;
            self.rule(frame, "note rule", Rule { y: y - rule.y, ..rule });
        }
        for (note, element, place) in due {
            let mut entry = Frame::soft(Size::new(Abs::pt(self.plan.column.drawn), Abs::zero()));
            let packed = element.to_packed::<FootnoteElem>()?.clone();
            let opened = self.places.entry(&mut entry, Point::zero(), packed, place);
            self.places.part(&mut entry, Point::zero(), Some(&format!("note/{note}")));
            self.mark_before(&mut entry, note, element.location()?)?;
            let mut below = 0.0;
            for line in lines(note) {
                let row = Row::new(line, style.fitted(fit(note)), 0.0, self.plan.column.width);
                self.line(&mut entry, &row, below)?;
                self.bar(&mut entry, &row, below);
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

    /// Sets a rule, positioned by its upper edge.
    pub fn rule(&mut self, frame: &mut Frame, name: &str, rule: Rule) {
        let at = Point::new(Abs::pt(self.across(rule.left, rule.width)), Abs::pt(rule.y));
        self.places.part(frame, at, Some(name));
        self.stroke(frame, rule);
        self.places.part(frame, at, None);
    }

    /// Sets a rule as part of something.
    pub(super) fn stroke(&mut self, frame: &mut Frame, rule: Rule) {
        let at = Point::new(Abs::pt(self.across(rule.left, rule.width)), Abs::pt(rule.y));
        let thickness = Abs::pt(rule.thickness);
        let stroke = FixedStroke::from_pair(Color::BLACK, thickness);
        let line = Geometry::Line(Point::with_x(Abs::pt(rule.width))).stroked(stroke);
        let opened = self.places.artifact(frame, at, ArtifactKind::Other);
        frame.push(at + Point::with_y(thickness / 2.0), FrameItem::Shape(line, typst::syntax::Span::detached()));
        close(frame, at, opened);
    }

    /// Sets the change bar beside a row, if it has one.
    pub(super) fn bar(&mut self, frame: &mut Frame, row: &Row, top: f64) {
        if !row.line.bar {
            return;
        }
        let bar = self.measures.change_bar;
        let at = Point::new(Abs::pt(self.across(bar.left, 0.0)), Abs::pt(top));
        let stroke = FixedStroke::from_pair(Color::BLACK, Abs::pt(bar.thickness));
        let line = Geometry::Line(Point::with_y(Abs::pt(row.style.pitch))).stroked(stroke);
        let opened = self.places.artifact(frame, at, ArtifactKind::Other);
        frame.push(at, FrameItem::Shape(line, typst::syntax::Span::detached()));
        close(frame, at, opened);
    }

    /// Refers to a note, which is then on this page. Returns the element of its mark and the location of
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

    /// Returns the location of the mark of a note that was referred to before, or of the note in its frame.
    pub fn marked(&self, index: usize) -> Option<Location> {
        let framed = || self.first.introspector().query_first(&Selector::Label(label(index)?))?.location();
        self.marks.get(&index).copied().or_else(framed)
    }
}

/// Returns the label of a note, as in `components/runs.typ`.
fn label(index: usize) -> Option<Label> {
    Label::new(PicoStr::intern(&format!("note-{index}")))
}
