//! One line: its pieces, filled to the measure, with their links.

use std::borrow::Cow;
use std::ops::Range;

use typst::layout::{Abs, Em, Frame, FrameItem, Point, Size};
use typst::model::{Destination, Url};
use typst::syntax::Span;
use typst::text::TextItem;
use typst::visualize::{Color, FixedStroke, Geometry};
use unicode_bidi::{BidiInfo, Level};

use super::fill::{Filled, justify, space};
use super::page::Setter;
use super::rows::Row;
use super::tags::{Opened, close};
use super::text::{Ink, Look, baseline, end_with_space, piece, plain_at_end, track_last};
use crate::model::{Change, Language};
use crate::prepare::Run;
use crate::typeset::composer::{Stretch, by_face};
use crate::typeset::faces::Family;
use crate::typeset::measures::{Align, ChangeLine, Type};
use crate::typeset::plan::Place;

/// A piece of a line, in one direction.
struct Piece<'p> {
    what: What<'p>,
    /// The depth of directions, odd from right to left.
    level: Level,
}

enum What<'p> {
    /// A text of one face.
    Text {
        item: TextItem,
        wide: bool,
        /// The address of its link.
        link: Option<&'p str>,
        change: Option<Change>,
        /// Whether link and change go on in the next piece.
        goes_on: bool,
        /// Its height above the baseline.
        raise: f64,
    },
    /// The mark of a note.
    Mark { item: TextItem, note: usize, again: bool, change: Option<Change> },
    /// A gap.
    Gap(f64),
}

/// How far a line may overrun its end, in points: words that are cut have no spaces to compress.
const MOST_OVER: f64 = 1.0;

impl<'s> Setter<'s> {
    /// Sets a row from that upper edge. Returns `None` if it is wider than possible.
    pub(super) fn line(&mut self, frame: &mut Frame, row: &Row, top: f64) -> Option<()> {
        if self.blank {
            self.refer_to_notes(row);
            return Some(());
        }
        let ascent = self.measures.page.ascent;
        let mut pieces = Vec::with_capacity(row.line.runs.len() + 2);
        if let Some(label) = row.label {
            let mut said = self.pieces(label.said.runs().as_ref(), row)?;
            self.spaced(&mut said);
            match label.place {
                Place::Inside { gap } => {
                    pieces.extend(said);
                    pieces.push(Piece { what: What::Gap(gap), level: self.level(row) });
                }
                Place::Apart { left, right } => {
                    let width: f64 = said.iter().map(Piece::width).sum();
                    self.row_of(frame, said, f64::max(right - width, left), top, row)?;
                }
            }
        }
        let before = pieces.len();
        pieces.append(&mut self.pieces(&row.line.runs, row)?);
        self.spaced(&mut pieces[before..]);
        if row.end_tracked()
            && let Some(What::Text { item, .. }) = pieces.last_mut().map(|piece| &mut piece.what)
        {
            track_last(item, row.style);
        }
        let hanging = pieces.last_mut().filter(|_| row.line.hangs).map_or(0.0, Piece::halve_last);
        let mut more = row.end - row.start - pieces.iter().map(Piece::width).sum::<f64>() + hanging;
        if row.stand == Align::Full || more < 0.0 {
            let mut filled: Vec<Filled> = pieces.iter_mut().filter_map(Piece::text).collect();
            justify(&mut filled, more, self.measures.spaces, self.plan.language);
            let over = row.start + pieces.iter().map(Piece::width).sum::<f64>() - hanging - row.end;
            if more < 0.0 && over > MOST_OVER {
                return None; // the composer measured it as narrower: the engine breaks it again
            }
            more = 0.0;
        }
        // The space at a line end stays in the text, and takes no room.
        let mut alone = row.line.end.is_some_and(|end| end.space);
        if alone
            && plain_at_end(&row.line.runs)
            && let Some(What::Text { item, .. }) = pieces.last_mut().map(|piece| &mut piece.what)
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
            frame.push(baseline(self.across(x, 0.0), top, row.style, ascent), FrameItem::Text(item));
        }
        Some(())
    }

    /// Puts the notes of a row that is not set on its page.
    fn refer_to_notes(&mut self, row: &Row) {
        let plan = self.plan;
        for (note, _) in plan.flowing(&row.line.runs) {
            self.refer(note);
        }
    }

    /// The distance from the left edge of the column of what begins that far from where lines start.
    pub(super) fn across(&self, start: f64, width: f64) -> f64 {
        if self.mirrored { self.plan.column.drawn - start - width } else { start }
    }

    /// The direction of a line.
    fn level(&self, row: &Row) -> Level {
        if self.mirrored && !row.latin { Level::rtl() } else { Level::ltr() }
    }

    /// Moves Chinese characters to where they stand beside others.
    fn spaced(&self, pieces: &mut [Piece]) {
        if self.plan.language == Language::Zh {
            // Marks and raised letters take no room beside others.
            let raised = |piece: &Piece| match piece.what {
                What::Mark { .. } => true,
                What::Text { raise, .. } => raise > 0.0,
                What::Gap(_) => false,
            };
            for pieces in pieces.split_mut(raised) {
                space(&mut pieces.iter_mut().filter_map(Piece::text).collect::<Vec<_>>());
            }
        }
    }

    /// Sets pieces one after the other, from that distance from where lines start.
    fn row_of(&mut self, frame: &mut Frame, pieces: Vec<Piece>, start: f64, top: f64, row: &Row) -> Option<()> {
        let ascent = self.measures.page.ascent;
        let mut x = self.across(start, pieces.iter().map(Piece::width).sum());
        let mut places = vec![0.0; pieces.len()];
        let levels: Vec<Level> = pieces.iter().map(|piece| piece.level).collect();
        for index in BidiInfo::reorder_visual(&levels) {
            places[index] = x;
            x += pieces[index].width();
        }
        let (mut link_opened, mut change_opened) = (None, None);
        for (piece, x) in pieces.into_iter().zip(places) {
            let at = baseline(x, top, row.style, ascent);
            let up = |raise: f64| at - Point::with_y(Abs::pt(raise));
            match piece.what {
                What::Gap(_) => {}
                What::Text { item, link, change, goes_on, raise, .. } => {
                    let size = Size::new(item.width(), Abs::pt(row.style.pitch));
                    let end = at + Point::with_x(size.x);
                    if let Some(to) = link {
                        link_opened.get_or_insert_with(|| self.places.link(frame, at, to));
                    }
                    if let Some(change) = change {
                        change_opened.get_or_insert_with(|| self.open_change(frame, at, change, row.style));
                    }
                    frame.push(up(raise), FrameItem::Text(item));
                    if let Some(change) = change {
                        self.draw_change(frame, at, size.x, change, row.style);
                    }
                    if let Some(to) = link {
                        let link = FrameItem::Link(Destination::Url(Url::new(to).ok()?), size);
                        frame.push(up(row.style.pitch * ascent), link);
                    }
                    if !goes_on {
                        [change_opened.take(), link_opened.take()]
                            .into_iter()
                            .flatten()
                            .for_each(|opened| close(frame, end, opened));
                    }
                }
                What::Mark { item, note, again, change } => {
                    let width = item.width();
                    let opened = change.map(|change| (change, self.open_change(frame, at, change, row.style)));
                    self.mark(frame, at, item, note, again)?;
                    if let Some((change, opened)) = opened {
                        self.draw_change(frame, at, width, change, row.style);
                        close(frame, at + Point::with_x(width), opened);
                    }
                }
            }
        }
        Some(())
    }

    /// Begins what is struck or inserted, in a style.
    fn open_change(&mut self, frame: &mut Frame, at: Point, change: Change, style: Type) -> Opened {
        let (_, stroke) = change_line(self.measures.changes[change], style);
        self.places.change(frame, at, change, &stroke)
    }

    /// Draws the line through what is struck, or below what is inserted, of that width.
    fn draw_change(&self, frame: &mut Frame, at: Point, width: Abs, change: Change, style: Type) {
        let (below, stroke) = change_line(self.measures.changes[change], style);
        let line = Geometry::Line(Point::with_x(width)).stroked(stroke);
        frame.push(at + Point::with_y(below), FrameItem::Shape(line, Span::detached()));
    }

    /// Sets a text in a style, from left to right. Returns `None` if the face lacks a character.
    pub(super) fn text(&self, text: &str, look: Look) -> Option<TextItem> {
        let Look { style, bold, italic, .. } = look;
        match &by_face(text, style, bold, italic)?[..] {
            [stretch] => self.stretch(*stretch, look, false),
            _ => None,
        }
    }

    fn stretch(&self, stretch: Stretch, look: Look, backward: bool) -> Option<TextItem> {
        let fill = if look.linked { self.blue.clone() } else { Color::BLACK };
        piece(Ink { press: self.press, fill, lang: self.lang, region: self.region }, stretch, look, backward)
    }

    /// Sets runs: those of the same style are shaped as one.
    fn pieces<'p>(&self, runs: &'p [Run], row: &Row) -> Option<Vec<Piece<'p>>> {
        let mut pieces = Vec::with_capacity(runs.len());
        let chunks: Vec<(Cow<'p, str>, &'p Run)> =
            runs.chunk_by(Run::has_style_of).map(|runs| self.chunk(runs)).collect::<Option<_>>()?;
        let base = self.level(row);
        let levels = base.is_rtl().then(|| {
            let all: String = chunks.iter().map(|chunk| chunk.0.as_ref()).collect();
            BidiInfo::new(&all, Some(base)).levels
        });
        let mut from = 0;
        for (text, run) in &chunks {
            let levels = levels.as_ref().map(|levels| &levels[from..from + text.len()]);
            from += text.len();
            match run {
                Run::Note { note, again, change } => {
                    let referred = self.plan.notes.list.get(*note)?;
                    let item = self.mark_of(referred, row.style)?;
                    let again = *again || referred.framed;
                    let what = What::Mark { item, note: *note, again, change: *change };
                    pieces.push(Piece { what, level: levels.map_or(base, |levels| levels[0]) });
                }
                Run::Text { italic, bold, raised, change, link, .. } => {
                    let plain = Look::plain(row.style);
                    let (bold, italic) = (*bold || plain.bold, *italic || plain.italic);
                    let mut look = Look { bold, italic, linked: link.is_some(), ..plain };
                    let mut raise = 0.0;
                    if *raised {
                        let parts = row.style.marks.unwrap_or(1.0);
                        (look.style, raise) =
                            (self.measures.raised_in(row.style), parts * self.measures.note_marks.raise);
                    }
                    let begun = pieces.len();
                    for (range, level) in in_one_direction(text.len(), levels, base) {
                        for stretch in by_face(&text[range], look.style, bold, italic)? {
                            let wide = matches!(stretch.face.family(), Some(Family::Song | Family::Zhongsong));
                            let item = self.stretch(stretch, look, level.is_rtl())?;
                            let (link, change) = (link.as_deref(), *change);
                            let what = What::Text { item, wide, link, change, goes_on: true, raise };
                            pieces.push(Piece { what, level });
                        }
                    }
                    for piece in pieces[begun..].iter_mut().rev().skip(1) {
                        // Only the last character of a text is not tracked.
                        if let What::Text { item, .. } = &mut piece.what {
                            track_last(item, look.style);
                        }
                    }
                    if let Some(What::Text { goes_on, .. }) = pieces.last_mut().map(|last| &mut last.what) {
                        *goes_on = false;
                    }
                }
                Run::Break { .. } => return None,
            }
        }
        Some(pieces)
    }

    /// The text of runs of the same style, or of a single run.
    fn chunk<'p>(&self, runs: &'p [Run]) -> Option<(Cow<'p, str>, &'p Run)> {
        let texts = runs.iter().filter_map(|run| match run {
            Run::Text { text, .. } => Some(text.as_str()),
            _ => None,
        });
        let text = match runs.first()? {
            Run::Text { text, .. } if runs.len() == 1 => Cow::from(text),
            Run::Text { .. } => Cow::from(texts.collect::<String>()),
            // In a line of two directions, marks stand in that of the line or of what surrounds them, and not, like the
            // figures that they are, in that of the letters or figures before them.
            Run::Note { .. } => Cow::from("\u{fffc}"),
            Run::Break { .. } => return None,
        };
        Some((text, runs.first()?))
    }
}

/// Returns how far below the baseline the line of a change is, and its stroke.
fn change_line(line: ChangeLine, style: Type) -> (Abs, FixedStroke) {
    let drawn = |part: f64| Abs::pt(part * style.size);
    (drawn(line.y), FixedStroke::from_pair(Color::BLACK, drawn(line.thickness)))
}

/// The parts of a text of one direction each.
fn in_one_direction(length: usize, levels: Option<&[Level]>, base: Level) -> Vec<(Range<usize>, Level)> {
    let Some(levels) = levels else { return vec![(0..length, base)] };
    let mut from = 0;
    let part = |levels: &[Level]| {
        let range = from..from + levels.len();
        from = range.end;
        (range, levels[0])
    };
    levels.chunk_by(|one, next| one == next).map(part).collect()
}

impl Piece<'_> {
    fn width(&self) -> f64 {
        match &self.what {
            What::Text { item, .. } | What::Mark { item, .. } => item.width().to_pt(),
            What::Gap(width) => *width,
        }
    }

    /// Leaves its last glyph the half with the sign, as the engine does beyond the end of a line. Returns how wide it
    /// is then.
    fn halve_last(&mut self) -> f64 {
        let What::Text { item, .. } = &mut self.what else { return 0.0 };
        let size = item.size;
        item.glyphs.last_mut().map_or(0.0, |glyph| {
            glyph.x_advance /= 2.0;
            glyph.x_advance.at(size).to_pt()
        })
    }

    fn text(&mut self) -> Option<Filled<'_>> {
        match &mut self.what {
            What::Text { item, wide, .. } => Some(Filled { item, wide: *wide }),
            What::Mark { item, .. } => Some(Filled { item, wide: false }),
            What::Gap(_) => None,
        }
    }
}
