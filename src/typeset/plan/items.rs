//! The blocks of a document as items: the design of each, and its position according to that.

use super::adjusted::Unreached;
use super::{Item, Label, Line, Place, Plan, landscape};
use crate::model::{Adjustment, Layout};
use crate::prepare::{Block, Designation, OpeningRole, Prepared, Run, Runs, SessionRole};
use crate::typeset::composer::{Beside, Composer, after_words, natural_width};
use crate::typeset::measures::{Align, Blocks, Design, Measures, Sides, Style};

/// The least distance of a text from its label, in points; less looks like one word.
const NEAREST: f64 = 1.0;

/// Lists the items of a document, one below the other.
pub(super) struct Items<'c, 'p> {
    pub(super) composer: &'c Composer<'p>,
    prepared: &'p Prepared,
    /// The adjustments of the header.
    pub(super) layout: &'c Layout,
    /// The adjustments of the current block; `None` outside the body.
    pub(super) adjusted: Option<Adjustment>,
    pub unreached: Vec<Unreached>,
    pub list: Vec<Item<'p>>,
}

impl<'c, 'p> Items<'c, 'p> {
    pub fn new(composer: &'c Composer<'p>, prepared: &'p Prepared, layout: &'c Layout) -> Self {
        Self { composer, prepared, layout, adjusted: None, unreached: Vec::new(), list: Vec::new() }
    }

    pub(super) fn blocks(&self) -> &'p Blocks {
        &self.composer.measures.blocks
    }

    /// Returns the lines of the session block.
    pub fn session(&self) -> Vec<Vec<Item<'p>>> {
        let columns = &self.prepared.session;
        let mut tracking = self.layout.session_tracking.iter();
        let column = |(column, lines): (usize, &'p Vec<_>)| {
            let line = |(index, line): (usize, &'p crate::prepare::SessionLine)| {
                let end = self.composer.measures.session_width(line.role, columns.len()) + beyond(&line.ends);
                let adopted = self.prepared.close_notes && line.role == SessionRole::Session;
                let blocks = self.blocks();
                let design = if adopted { blocks.adopted_session } else { blocks.session[line.role] };
                let mut item = Item { end, ..self.item(format!("session/{column}/{index}"), design) };
                item.fit.tracking += tracking.next().copied().unwrap_or_default();
                self.flush_left(item, &line.runs, &line.ends)
            };
            lines.iter().enumerate().map(line).collect()
        };
        columns.iter().enumerate().map(column).collect()
    }

    /// Adds the opening, between the session block and the body.
    pub fn opening(&mut self) {
        for (index, entry) in self.prepared.opening.iter().enumerate() {
            let title = matches!(entry.role, OpeningRole::Title | OpeningRole::Headline);
            let mut item = self.item(format!("opening/{index}"), self.blocks().opening[entry.role]);
            item.depth = title.then_some(1);
            let number = entry.number.as_ref().map(|number| (number, self.composer.measures.number));
            item.end += beyond(&entry.ends);
            item.more = self.layout.opening_above.get(index).copied().unwrap_or_default();
            item.fit.tracking += self.layout.opening_tracking.get(index).copied().unwrap_or_default();
            self.add(self.numbered(item, number, &entry.runs, &entry.ends));
        }
        if let Some(first) = self.list.first_mut() {
            let gap = if self.prepared.session.is_empty() { 0.0 } else { self.composer.measures.gaps.opening };
            first.gap = gap + first.more;
        }
    }

    /// Adds the body.
    pub fn body(&mut self) {
        let first = self.list.len();
        for (index, block) in self.prepared.body.iter().enumerate() {
            let from = self.list.len();
            self.adjusted = Some(self.prepared.adjusted.get(&index).cloned().unwrap_or_default());
            self.block(index, block);
            self.keep(from, from == first);
            if from == first
                && let Some(item) = self.list.get_mut(first)
            {
                item.gap = self.composer.measures.gaps.title;
            }
            if let (Some(item), Some(above)) =
                (self.list.get_mut(from), self.adjusted.as_ref().and_then(|own| own.above))
            {
                item.more = above;
                item.gap += above;
            }
        }
        self.adjusted = None;
        landscape::begin_pages(&mut self.list[first..]);
    }

    fn block(&mut self, index: usize, block: &'p Block) {
        let part = format!("body/{index}");
        match block {
            Block::Paragraph { role, level, label, runs } => {
                let item = self.item(part, self.blocks().paragraph(*role, *level));
                let item = self.in_lines(item, |items, item| items.paragraph(item, label.as_ref(), runs));
                self.add(item);
            }
            Block::Heading { level, depth, number, stacked, runs } => {
                let mut item = self.heading(part, *level, *depth);
                if self.list.last().is_some_and(|last| last.depth.is_some()) {
                    // Consecutive headings are as close as a heading and its text.
                    item.design.above = Some(0.0);
                }
                let item = self.in_lines(item, |items, item| match number {
                    Some(number) if *stacked => items.ended(item, &above(number, runs)),
                    number => {
                        let edge = Sides { left: 0.0, right: 0.0 };
                        let ends = after_words(runs, items.line_ends());
                        items.numbered(item, number.as_ref().map(|number| (number, edge)), runs, &ends)
                    }
                });
                self.add(item);
            }
            Block::Annex { heading, title, new_page, level, depth } => {
                self.begin(part, heading, title.as_ref(), *new_page, (*level, *depth));
            }
            Block::Part { heading, title, level, depth } => {
                self.begin(part, heading, title.as_ref(), false, (*level, *depth));
            }
            Block::Closing { lines } => self.add(self.apart(part, self.blocks().closing, lines)),
            Block::Signature { lines } => self.add(self.apart(part, self.blocks().signature, lines)),
            Block::Table { .. } => self.table(part, block),
            Block::Figure { .. } => self.figure(part, block),
        }
    }

    /// Adds the heading and the title with which an annex or a part of several texts begins.
    fn begin(&mut self, part: String, heading: &Runs, title: Option<&Runs>, new_page: bool, (level, depth): (u8, u8)) {
        let gaps = &self.blocks().annex;
        let mut item = self.heading(part.clone(), level, depth);
        item.page = new_page;
        if title.is_some() {
            item.design.below = Some(match (new_page, level) {
                (true, _) => gaps.page,
                (false, 2) => gaps.large,
                (false, _) => gaps.small,
            });
        }
        // Adjustments of its lines apply to the title, if there is one.
        let item = match title {
            Some(_) => self.flush_left(item, heading, &[]),
            None => self.in_lines(item, |items, item| items.ended(item, heading)),
        };
        self.add(item);
        if let Some(title) = title {
            let mut item = self.heading(part, level, depth + 1);
            item.design.above = Some(0.0);
            let item = self.in_lines(item, |items, item| items.ended(item, title));
            self.add(item);
        }
    }

    /// Adds an item below the last.
    pub(super) fn add(&mut self, item: Item<'p>) {
        let gap = gap(self.list.last(), &item, self.composer.measures) + item.more;
        self.list.push(Item { gap, ..item });
    }

    /// Creates an item without its lines.
    pub(super) fn item(&self, part: String, design: Design) -> Item<'p> {
        let measures = self.composer.measures;
        let stop = |number| measures.stop(number);
        Item {
            part,
            design,
            fit: self.fit(design),
            gap: 0.0,
            more: 0.0,
            lift: 0.0,
            depth: None,
            page: false,
            landscape: false,
            first: stop(design.stops.first),
            turnover: stop(design.stops.turnover),
            // Text set flush left does not end where justified lines end.
            end: match design.align {
                Align::Start => self.composer.column.width,
                Align::Full | Align::Center | Align::End => self.composer.column.drawn - stop(design.stops.right),
            },
            label: None,
            lines: Vec::new(),
            composed: false,
            picture: None,
            table: None,
        }
    }

    fn heading(&self, part: String, level: u8, depth: u8) -> Item<'p> {
        Item { depth: Some(depth), ..self.item(part, self.blocks().heading(level)) }
    }

    /// Adds a paragraph at its tab stops. If a label reaches the stop of its text, or beyond, the text begins at the next.
    fn paragraph(&self, mut item: Item<'p>, label: Option<&Designation>, runs: &Runs) -> Item<'p> {
        let Composer { measures, .. } = self.composer;
        let stops = item.design.stops;
        let style = item.type_in(&measures.styles);
        let (mut from, text) = (item.first, measures.stop(stops.text));
        if let Some(label) = label {
            let end = item.first + self.composer.width(label, style);
            from = if end + NEAREST > text { measures.stop_beyond(end + NEAREST) } else { text };
            item.label = Some(Label { said: label.clone(), place: Place::Inside { gap: from - end } });
        }
        let right = self.composer.column.width - measures.stop(stops.right);
        let ends = after_words(runs, self.line_ends());
        let widths = [right - from, right - item.turnover];
        let (lines, composed) = self.composer.lines_ended(runs, &ends, style, widths, true);
        Item { lines, composed, ..item }
    }

    /// Adds a heading or title beside its number, which stands above it if it is too wide.
    fn numbered(
        &self,
        mut item: Item<'p>,
        number: Option<(&Designation, Sides)>,
        runs: &Runs,
        ends: &[usize],
    ) -> Item<'p> {
        let Some((number, sides)) = number else { return self.flush_left(item, runs, ends) };
        let style = item.type_in(&self.composer.measures.styles);
        let beside = self.composer.beside(number, style, sides);
        let Sides { left, right } = sides;
        let Beside::From(place) = beside else { return self.flush_left(item, &above(number, runs), &[]) };
        (item.first, item.turnover) = (place, place);
        item.label = Some(Label { said: number.clone(), place: Place::Apart { left, right } });
        self.flush_left(item, runs, ends)
    }

    /// Adds lines that are not justified.
    pub(super) fn flush_left(&self, item: Item<'p>, runs: &Runs, ends: &[usize]) -> Item<'p> {
        let style = item.type_in(&self.composer.measures.styles);
        let widths = [item.end - item.first, item.end - item.turnover];
        let (lines, composed) = self.composer.lines_ended(runs, ends, style, widths, false);
        Item { lines, composed, ..item }
    }

    /// The same, with the line ends that are given for the block.
    fn ended(&self, item: Item<'p>, runs: &Runs) -> Item<'p> {
        self.flush_left(item, runs, &after_words(runs, self.line_ends()))
    }

    /// Adds lines with forced breaks. They are known if none is wider than the column.
    fn apart(&self, part: String, design: Design, lines: &[Runs]) -> Item<'p> {
        let item = self.item(part, design);
        let style = item.type_in(&self.composer.measures.styles);
        let composed = lines.iter().all(|line| natural_width(line, style) < self.composer.column.width);
        let count = lines.len();
        let line = |(index, runs): (usize, &Runs)| Line::new(runs.clone(), (index + 1 < count).then_some(Line::KEPT));
        Item { lines: lines.iter().enumerate().map(line).collect(), composed, ..item }
    }
}

/// Returns how far lines that were broken by hand may exceed the usual width (measured: A/80/L.6, A/RES/79/319).
fn beyond(ends: &[usize]) -> f64 {
    const BEYOND: f64 = 24.0;
    if ends.is_empty() { 0.0 } else { BEYOND }
}

/// Returns a number on a line of its own above a text.
fn above(number: &Designation, runs: &Runs) -> Runs {
    number.runs().iter().cloned().chain([Run::Break { justify: false }]).chain(runs.iter().cloned()).collect()
}

/// Returns the gap between two items: the larger of the gaps that they require.
fn gap(one: Option<&Item>, next: &Item, measures: &Measures) -> f64 {
    let asked = one.and_then(|one| one.design.below).into_iter().chain(next.design.above);
    asked.reduce(f64::max).unwrap_or(measures.gaps.paragraph)
}

/// Keeps short paragraphs on one page where the engine ends the pages: it prevents widows, except when a line
/// moves with its footnote. A paragraph before the closing lines keeps with these. They define their gaps.
pub(super) fn keep_short(plan: &mut Plan, measures: &Measures) {
    /// Paragraphs of up to this many lines are never split between pages: at least two lines stand on
    /// each side (docs/page-ends.md#the-rule).
    const SHORT: usize = 3;
    /// Runs with up to this many characters certainly have no more lines.
    const FEW: usize = 120;
    let characters = |run: &Run| match run {
        Run::Text { text, .. } => text.chars().count(),
        _ => 1,
    };
    let pages_fixed = plan.ends.as_ref().and_then(|ends| ends.rows.last()).map_or(0, |row| row.item + 1);
    for index in pages_fixed..plan.items.len() {
        let closing = plan.items.get(index + 1).is_some_and(|next| next.design.style == Style::Closing);
        let item = &mut plan.items[index];
        if item.design.align != Align::Full {
            continue;
        }
        let runs = || item.lines.iter().flat_map(|line| &line.runs);
        let noted = runs().any(|run| matches!(run, Run::Note { .. }));
        // The gap after a label counts as a character.
        let gaps = item.label.iter().filter(|label| matches!(label.place, Place::Inside { .. })).count();
        let short = match item.composed {
            true => item.lines.len() <= SHORT,
            false => gaps + runs().map(characters).sum::<usize>() <= FEW,
        };
        if short && (noted || closing) {
            let gap = Some(measures.gaps.paragraph);
            item.design = Design { whole: true, next: closing, above: gap, below: gap, ..item.design };
        }
    }
    for index in pages_fixed.max(plan.opening + 1)..plan.items.len() {
        let usual = gap(plan.items.get(index - 1), &plan.items[index], measures);
        plan.items[index].gap = usual + plan.items[index].more;
    }
}
