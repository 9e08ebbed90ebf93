//! One line: its pieces, filled to the measure, with their links.

use std::borrow::Cow;

use typst::layout::{Abs, Em, Frame, FrameItem, Point, Size};
use typst::model::{Destination, Url};
use typst::text::TextItem;
use typst::visualize::Color;

use super::page::Setter;
use super::rows::Row;
use super::tags::close;
use super::text::{Look, alike, baseline, end_with_space, justify, piece, plain_at_end, track_last};
use crate::prepare::Run;
use crate::typeset::measures::Align;
use crate::typeset::plan::Place;

/// A piece of a line.
enum Piece<'p> {
    /// The text of runs, with the address of its link, and its height above the baseline.
    Text { item: TextItem, link: Option<&'p str>, raise: f64 },
    /// The mark of a note.
    Mark { item: TextItem, note: usize, again: bool },
    /// A gap.
    Gap(f64),
}

/// How far a line may overrun its end, in points: words that are cut have no spaces to compress.
const MOST_OVER: f64 = 1.0;

impl Setter<'_> {
    /// Sets a row from that upper edge. Returns `None` if it is wider than possible.
    pub(super) fn line(&mut self, frame: &mut Frame, row: &Row, top: f64) -> Option<()> {
        let ascent = self.measures.page.ascent;
        let mut pieces = Vec::with_capacity(row.line.runs.len() + 2);
        if let Some(label) = row.label {
            let said = label.said.runs().chunk_by(alike).map(|runs| self.piece(runs, row));
            let said: Vec<Piece> = said.collect::<Option<_>>()?;
            match label.place {
                Place::Inside { gap, .. } => {
                    pieces.extend(said);
                    pieces.push(Piece::Gap(gap?));
                }
                Place::Apart { left, right, .. } => {
                    let width: f64 = said.iter().map(Piece::width).sum();
                    self.row_of(frame, said, f64::max(right - width, left), top, row)?;
                }
            }
        }
        for runs in row.line.runs.chunk_by(alike) {
            pieces.push(self.piece(runs, row)?);
        }
        if row.end_tracked()
            && let Some(Piece::Text { item, .. }) = pieces.last_mut()
        {
            track_last(item, row.style);
        }
        let mut more = row.end - row.start - pieces.iter().map(Piece::width).sum::<f64>();
        if row.stand == Align::Full || more < 0.0 {
            justify(pieces.iter_mut().filter_map(Piece::text), more, self.measures.spaces);
            let over = row.start + pieces.iter().map(Piece::width).sum::<f64>() - row.end;
            if more < 0.0 && over > MOST_OVER {
                return None; // the composer measured it as narrower: the engine breaks it again
            }
            more = 0.0;
        }
        // The space at a line end stays in the text, and takes no room.
        let mut alone = row.line.end.is_some_and(|end| end.space);
        if alone
            && plain_at_end(&row.line.runs)
            && let Some(Piece::Text { item, .. }) = pieces.last_mut()
        {
            alone = !end_with_space(item);
        }
        let start = match row.stand {
            Align::End => row.start + more,
            Align::Center => row.start + more / 2.0,
            Align::Full | Align::Start => row.start,
        };
        let end = start + pieces.iter().map(Piece::width).sum::<f64>();
        self.row_of(frame, pieces, start, top, row)?;
        if alone {
            let mut item = self.text(" ", Look::plain(row.style))?;
            item.glyphs.iter_mut().for_each(|glyph| glyph.x_advance = Em::zero());
            let x = if row.stand == Align::Full { row.end } else { end };
            frame.push(baseline(x, top, row.style, ascent), FrameItem::Text(item));
        }
        Some(())
    }

    /// Sets pieces one after the other, from that position.
    fn row_of(&mut self, frame: &mut Frame, pieces: Vec<Piece>, mut x: f64, top: f64, row: &Row) -> Option<()> {
        let ascent = self.measures.page.ascent;
        for piece in pieces {
            let width = piece.width();
            self.place(frame, piece, baseline(x, top, row.style, ascent), row.style.pitch, ascent)?;
            x += width;
        }
        Some(())
    }

    /// Sets a piece of a line of that pitch.
    fn place(&mut self, frame: &mut Frame, piece: Piece, at: Point, pitch: f64, ascent: f64) -> Option<()> {
        let up = |raise: f64| at - Point::with_y(Abs::pt(raise));
        match piece {
            Piece::Gap(_) => {}
            Piece::Text { item, link: None, raise } => frame.push(up(raise), FrameItem::Text(item)),
            Piece::Text { item, link: Some(link), raise } => {
                let size = Size::new(item.width(), Abs::pt(pitch));
                let opened = self.places.link(frame, at, link);
                frame.push(up(raise), FrameItem::Text(item));
                frame.push(up(pitch * ascent), FrameItem::Link(Destination::Url(Url::new(link).ok()?), size));
                close(frame, at + Point::with_x(size.x), opened);
            }
            Piece::Mark { item, note, again } => self.mark(frame, at, item, note, again)?,
        }
        Some(())
    }

    /// Sets a text in a style. Returns `None` if the face lacks a character.
    pub(super) fn text(&self, text: &str, look: Look) -> Option<TextItem> {
        let fill = if look.linked { self.blue.clone() } else { Color::BLACK };
        piece(self.press, text, look, fill, self.lang)
    }

    /// Sets runs of the same style, shaped as one, or a single run.
    fn piece<'p>(&self, runs: &'p [Run], row: &Row) -> Option<Piece<'p>> {
        Some(match runs.first()? {
            Run::Text { text, italic, bold, raised, link } => {
                let texts = runs.iter().filter_map(|run| match run {
                    Run::Text { text, .. } => Some(text.as_str()),
                    _ => None,
                });
                let text = if runs.len() == 1 { Cow::from(text) } else { Cow::from(texts.collect::<String>()) };
                let plain = Look::plain(row.style);
                let (bold, italic) = (*bold || plain.bold, *italic || plain.italic);
                let mut look = Look { bold, italic, linked: link.is_some(), ..plain };
                let mut raise = 0.0;
                if *raised {
                    let parts = row.style.marks.unwrap_or(1.0);
                    (look.style, raise) = (self.measures.raised_in(row.style), parts * self.measures.note_marks.raise);
                }
                Piece::Text { item: self.text(&text, look)?, link: link.as_deref(), raise }
            }
            Run::Note { note, again } => {
                let referred = self.plan.notes.list.get(*note)?;
                let item = self.mark_of(referred, row.style)?;
                Piece::Mark { item, note: *note, again: *again || referred.framed }
            }
            Run::Break { .. } => return None,
        })
    }
}

impl Piece<'_> {
    fn width(&self) -> f64 {
        match self {
            Self::Text { item, .. } | Self::Mark { item, .. } => item.width().to_pt(),
            Self::Gap(width) => *width,
        }
    }

    fn text(&mut self) -> Option<&mut TextItem> {
        match self {
            Self::Text { item, .. } | Self::Mark { item, .. } => Some(item),
            Self::Gap(_) => None,
        }
    }
}
