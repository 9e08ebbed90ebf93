//! Marks of footnotes, in the text and before their notes.

use typst::foundations::StyleChain;
use typst::introspection::Location;
use typst::layout::{Abs, Frame, FrameItem, Point};
use typst::model::{Destination, FootnoteElem};
use typst::text::TextItem;

use super::page::Setter;
use super::tags::close;
use super::text::{Look, baseline};
use crate::typeset::links;
use crate::typeset::measures::Type;
use crate::typeset::plan::Note;

impl Setter<'_> {
    /// Sets the mark of a note: raised, or asterisks in the type of the line; never bold.
    pub(super) fn mark_of(&self, note: &Note, style: Type) -> Option<TextItem> {
        let italic = style.italic;
        let style = if note.starred() { style } else { self.measures.mark };
        self.text(&note.mark, Look { style, bold: false, italic, linked: false })
    }

    /// Sets a mark that links to its note; the first puts the note on this page.
    pub(super) fn mark(
        &mut self,
        frame: &mut Frame,
        at: Point,
        item: TextItem,
        index: usize,
        again: bool,
    ) -> Option<()> {
        let note = self.plan.notes.list.get(index)?;
        let raise = if note.starred() { 0.0 } else { self.measures.note_marks.raise };
        let alt = FootnoteElem::alt_text(StyleChain::new(&self.styles), &note.mark);
        let end = at + Point::with_x(item.width());
        let (to, mut opened) = if again {
            (self.marked(index)?, Vec::new())
        } else {
            let (element, entry) = self.refer(index);
            let footnote = self.places.footnote(frame, at, element);
            let [label, raised] = self.places.mark(frame, at, Some((item.size.to_pt(), raise)));
            (entry, vec![footnote, label, raised])
        };
        opened.push(self.places.link(frame, at, &alt));
        linked(frame, at - Point::with_y(Abs::pt(raise)), item, to);
        opened.into_iter().rev().for_each(|opened| close(frame, end, opened));
        Some(())
    }

    /// Sets the mark before a note, which links to its mark in the text.
    pub(super) fn mark_before(&mut self, frame: &mut Frame, index: usize, to: Location) -> Option<()> {
        // The engine leaves this much between mark and text, in parts of the size.
        const GAP: f64 = 0.05;
        let note = self.plan.notes.list.get(index)?;
        let style = self.measures.styles[self.plan.notes.style];
        let (item, raise) = match note.starred() || !self.plan.notes.raised {
            true => (self.text(&note.mark, Look { italic: style.italic, bold: false, ..Look::plain(style) })?, 0.0),
            false => (self.mark_of(note, style)?, self.measures.note_marks.note_raise),
        };
        let width = item.width().to_pt();
        let x = self.across(self.measures.note_marks.right - GAP * style.size - width, width);
        let at = baseline(x, -raise, style, self.measures.page.ascent);
        let [label, raised] = self.places.mark(frame, at, None);
        let link = self.places.link(frame, at, &note.mark);
        linked(frame, at, item, to);
        [link, raised, label].into_iter().for_each(|opened| close(frame, at, opened));
        Some(())
    }
}

/// Sets a text that links to a location.
fn linked(frame: &mut Frame, at: Point, item: TextItem, to: Location) {
    let link = links::box_of(at, &item);
    frame.push(at, FrameItem::Text(item));
    frame.push(link.min, FrameItem::Link(Destination::Location(to), link.size()));
}
