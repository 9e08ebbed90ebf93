//! Copyfitting: the least visible adjustments that bring a document to a number of pages, in the order in which
//! typists make them. Paragraphs whose last line is saved (or begun) by a little tracking come first, then the foot
//! of page 1, then the pitch.

use std::collections::BTreeMap;

use super::first_page_notes::first_guess;
use super::measures::{Align, Measures, Style};
use super::plan::{Item, Plan, STEPS, items_with, page_ends, tracking, unpaged};
use super::{Lines, Press};
use crate::model::Layout;
use crate::model::limits::FIRST_PAGE_FOOT;
use crate::prepare::Prepared;

/// What is wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Goal {
    /// So many pages.
    pub pages: Option<usize>,
    /// At least so many lines on the last page.
    pub last_page_lines: Option<usize>,
    /// No paragraph ends in a line of one short word.
    pub avoid_short_last_lines: bool,
}

/// How far a document reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    /// How many pages it has.
    pub pages: usize,
    /// How many lines of text the last of them has.
    pub last_page_lines: usize,
}

/// An adjustment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Change {
    /// The tracking of a block of the body, and how many lines it has by that more than before.
    Tracking {
        /// The block.
        block: usize,
        /// In points.
        tracking: f64,
        /// Less than none, if lines are saved.
        lines: isize,
    },
    /// From the lower edge of the paper to the end of the text on page 1, in points.
    FirstPageFoot(f64),
    /// The pitch of the body, in points.
    Pitch(f64),
}

/// What stands in the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Obstacle {
    /// The heights of tables, figures or texts of other scripts are known only once they are set.
    Engine,
    /// Nothing that is not seen brings the document there; so far does it reach with all of it.
    Reach(Extent),
    /// The short last lines of these blocks.
    ShortLines(Vec<usize>),
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Fitted {
    /// The adjustments, in the order of the document.
    pub changes: Vec<Change>,
    /// How far the document reaches; none, if only the engine knows.
    pub before: Option<Extent>,
    /// How far it reaches with the adjustments.
    pub after: Option<Extent>,
    /// What stands in the way of the goal.
    pub obstacle: Option<Obstacle>,
}

/// The foot of page 1 is moved in tenths of an inch, so often.
const FOOT_STEP: f64 = 7.2;
const FOOT_STEPS: i32 = 4;
/// The pitch is changed in such steps, so often: a twentieth of it at most.
const PITCH_STEP: f64 = 0.1;
const PITCH_STEPS: i32 = 6;
/// A step of the foot is seen as much as so many steps of tracking.
const FOOT_COST: i32 = 3;
/// The longest last line that is one short word, in characters.
const SHORT: usize = 8;

impl Fitted {
    /// Adjusts a prepared document.
    pub fn apply(&self, prepared: &mut Prepared) {
        for change in &self.changes {
            match *change {
                Change::Tracking { block, tracking, .. } => {
                    prepared.adjusted.entry(block).or_default().tracking = Some(tracking);
                }
                Change::FirstPageFoot(foot) => prepared.layout.first_page_foot = Some(foot),
                Change::Pitch(pitch) => prepared.layout.pitch = Some(pitch),
            }
        }
    }
}

/// Finds the least visible adjustments for a document as it is set; only those blocks are adjusted that `may` be.
///
/// # Errors
///
/// A sentence about a table that cannot be set.
pub fn fit(press: &Press, prepared: &Prepared, goal: &Goal, may: &dyn Fn(usize) -> bool) -> Result<Fitted, String> {
    Ok(search(&super::opened(press, prepared)?, &press.measures, goal, may))
}

/// The same for a document whose tables are laid out.
pub(super) fn search(prepared: &Prepared, measures: &Measures, goal: &Goal, may: &dyn Fn(usize) -> bool) -> Fitted {
    let framed = first_guess(prepared, measures);
    let (plan, composed) = unpaged(prepared, measures, &framed, Lines::Official);
    let unknown = Fitted { changes: Vec::new(), before: None, after: None, obstacle: Some(Obstacle::Engine) };
    if !composed {
        return unknown;
    }
    let pitch = plan.items.iter().map(|item| item.fit.pitch).collect();
    let trial = Trial { measures, plan, usual_pitch: pitch, body_pitch: prepared.layout.pitch };
    let Some(before) = trial.extent() else { return unknown };
    let variants = Variants::new(prepared, measures, &trial.plan, may);
    let (fixed, short) = match goal.avoid_short_last_lines {
        true => variants.short_lines_saved(&trial.plan),
        false => (Vec::new(), Vec::new()),
    };
    let mut search = Search { prepared, trial, variants, goal: *goal, before, framed: !framed.is_empty(), fixed };
    let (found, reach) = search.best();
    let reached = found.is_some();
    let found = found.unwrap_or_else(|| search.with_fixed());
    let after = search.reach_of(&found);
    let obstacle = match (reached, reach, short.is_empty()) {
        (false, reach, _) => Some(Obstacle::Reach(reach)),
        (true, _, false) => Some(Obstacle::ShortLines(short)),
        (true, _, true) => None,
    };
    Fitted { changes: search.changes(&found), before: Some(before), after, obstacle }
}

/// A plan on trial, without the ends of its pages.
struct Trial<'p> {
    measures: &'p Measures,
    plan: Plan<'p>,
    /// The pitches of the items as the document has them, and that of the body.
    usual_pitch: Vec<Option<f64>>,
    body_pitch: Option<f64>,
}

impl Trial<'_> {
    /// How far it reaches, if all heights are known.
    fn extent(&self) -> Option<Extent> {
        let ends = page_ends(&self.plan, self.measures).filter(|ends| ends.complete)?;
        let last = ends.starts.last().copied().unwrap_or(0);
        Some(Extent { pages: ends.pages(), last_page_lines: ends.rows.len() - last })
    }

    /// Sets the paragraphs of the body on a pitch that is changed by so many steps.
    fn pitch(&mut self, steps: i32) {
        let pitch = self.pitch_of(steps);
        for (item, usual) in self.plan.items.iter_mut().skip(self.plan.opening).zip(&self.usual_pitch[self.plan.opening..]) {
            let adjustable = item.design.style == Style::Body && *usual == self.body_pitch;
            item.fit.pitch = if adjustable && steps != 0 { Some(pitch) } else { *usual };
        }
    }

    fn pitch_of(&self, steps: i32) -> f64 {
        let usual = self.body_pitch.unwrap_or(self.measures.styles[Style::Body].pitch);
        ((usual + f64::from(steps) * PITCH_STEP) * 100.0).round() / 100.0
    }
}

/// The paragraphs that have another number of lines by a little tracking.
struct Variants<'p> {
    /// By their items and steps of tracking.
    items: BTreeMap<(usize, i32), Item<'p>>,
    /// The least steps for each paragraph, and how many lines it has more by them: those that save lines, and those
    /// that add some; the least steps first, and of these the shortest last lines.
    saving: Vec<Step>,
    adding: Vec<Step>,
}

/// Steps of tracking of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Step {
    item: usize,
    steps: i32,
    lines: isize,
}

/// The block of the body that an item is.
fn block_of(item: &Item) -> Option<usize> {
    item.part.strip_prefix("body/")?.parse().ok()
}

/// How many characters the last line of an item has.
fn last_line(item: &Item) -> usize {
    item.lines.last().map_or(0, |line| line.words().chars().count())
}

impl<'p> Variants<'p> {
    fn new(
        prepared: &'p Prepared,
        measures: &'p Measures,
        plan: &Plan<'p>,
        may: &dyn Fn(usize) -> bool,
    ) -> Self {
        let free = |item: &Item| {
            let adjusted = block_of(item).and_then(|block| prepared.adjusted.get(&block));
            let own = adjusted.is_some_and(|own| own.tracking.is_some() || own.lines.is_some() || !own.line_ends.is_empty());
            item.design.align == Align::Full && item.composed && !own && block_of(item).is_some_and(may)
        };
        let mut variants = Self { items: BTreeMap::new(), saving: Vec::new(), adding: Vec::new() };
        for steps in (1..=STEPS).flat_map(|steps| [-steps, steps]) {
            let other = tracked(prepared, measures, tracking(steps));
            for (number, (item, mut variant)) in plan.items.iter().zip(other).enumerate() {
                let lines = variant.lines.len() as isize - item.lines.len() as isize;
                let list = if steps < 0 { &mut variants.saving } else { &mut variants.adding };
                let wanted = lines.signum() == steps.signum() as isize && list.iter().all(|step| step.item != number);
                if wanted && free(item) && variant.composed {
                    list.push(Step { item: number, steps, lines });
                    // What stands around it is as ever.
                    (variant.gap, variant.page, variant.design) = (item.gap, item.page, item.design);
                    variants.items.insert((number, steps), variant);
                }
            }
        }
        variants.saving.sort_by_key(|step| (step.steps.abs(), last_line(&plan.items[step.item]), step.item));
        let end = |step: &Step| last_line(&plan.items[step.item]);
        variants.adding.sort_by_key(|step| (step.steps, usize::MAX - end(step), step.item));
        variants
    }

    /// The steps that save last lines of one short word, and the blocks of those that cannot be saved.
    fn short_lines_saved(&self, plan: &Plan) -> (Vec<Step>, Vec<usize>) {
        let (mut saved, mut left) = (Vec::new(), Vec::new());
        let body = plan.items.iter().enumerate().skip(plan.opening);
        for (number, item) in body.filter(|(_, item)| item.design.align == Align::Full && item.composed) {
            if item.lines.len() < 2 || last_line(item) > SHORT {
                continue;
            }
            match self.saving.iter().find(|step| step.item == number) {
                Some(step) => saved.push(*step),
                None => left.extend(block_of(item)),
            }
        }
        (saved, left)
    }
}

/// The items of a document whose body is tracked by so many points more.
fn tracked<'p>(prepared: &'p Prepared, measures: &'p Measures, more: f64) -> Vec<Item<'p>> {
    let tracking = ((prepared.layout.tracking.unwrap_or_default() + more) * 1000.0).round() / 1000.0;
    let layout = Layout { tracking: Some(tracking), ..prepared.layout.clone() };
    items_with(prepared, &layout, measures)
}

/// A set of adjustments.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Set {
    pitch: i32,
    /// How often the foot of page 1 is lowered; raised, if less than none.
    foot: i32,
    steps: Vec<Step>,
}

impl Set {
    /// How much of it is seen.
    fn cost(&self) -> i32 {
        self.foot.abs() * FOOT_COST + self.steps.iter().map(|step| step.steps.abs()).sum::<i32>()
    }
}

/// The search for the least set.
struct Search<'p> {
    prepared: &'p Prepared,
    trial: Trial<'p>,
    variants: Variants<'p>,
    goal: Goal,
    before: Extent,
    /// Whether notes stand in the foot of page 1, which then has to stay.
    framed: bool,
    /// What is adjusted in any case.
    fixed: Vec<Step>,
}

impl Search<'_> {
    /// The set that reaches the goal and is seen least; and how far everything together reaches.
    fn best(&mut self) -> (Option<Set>, Extent) {
        let base = self.with_fixed();
        let mut reach = self.reach_of(&base).unwrap_or(self.before);
        if self.reaches(reach) {
            return (Some(base), reach);
        }
        let ways: &[i32] = match self.goal.pages {
            Some(pages) if pages < reach.pages => &[-1],
            Some(pages) if pages > reach.pages => &[1],
            _ => &[1, -1],
        };
        for steps in 0..=PITCH_STEPS {
            let mut best: Option<Set> = None;
            for way in ways {
                for foot in 0..=self.feet(*way) {
                    let start = Set { pitch: way * steps, foot: -way * foot, ..base.clone() };
                    let found = self.least(start, *way, &mut reach);
                    let better = |found: &Set| best.as_ref().is_none_or(|best| found.cost() < best.cost());
                    if let Some(found) = found.filter(better) {
                        best = Some(found);
                    }
                }
            }
            if best.is_some() {
                return (best, reach);
            }
        }
        (None, reach)
    }

    fn with_fixed(&self) -> Set {
        Set { steps: self.fixed.clone(), ..Set::default() }
    }

    /// How often the foot of page 1 may be moved that way.
    fn feet(&self, way: i32) -> i32 {
        let given = self.prepared.layout.first_page_foot;
        let below = (self.usual_foot() - FIRST_PAGE_FOOT.0 + 0.01) / FOOT_STEP;
        match way {
            -1 if self.framed => 0,
            -1 => (below as i32).clamp(0, FOOT_STEPS),
            _ if given.is_some_and(|given| given > self.trial.measures.usual_foot() + FOOT_STEP) => 0,
            _ => FOOT_STEPS,
        }
    }

    fn usual_foot(&self) -> f64 {
        self.prepared.layout.first_page_foot.unwrap_or(self.trial.measures.usual_foot())
    }

    /// Tracks paragraphs until the goal is reached, and takes back what is not needed.
    fn least(&mut self, mut set: Set, way: i32, reach: &mut Extent) -> Option<Set> {
        let list = if way < 0 { &self.variants.saving } else { &self.variants.adding };
        let steps: Vec<Step> = list.iter().filter(|step| self.fixed.iter().all(|fixed| fixed.item != step.item)).copied().collect();
        self.enter(&set);
        let mut found = self.trial.extent();
        let mut more = steps.into_iter();
        while !found.is_some_and(|extent| self.reaches(extent)) {
            if let Some(extent) = found {
                *reach = farthest(*reach, extent, way);
            }
            let Some(step) = more.next() else {
                self.leave(&set);
                return None;
            };
            set.steps.push(step);
            self.swap(step);
            found = self.trial.extent();
        }
        for step in set.steps.clone().into_iter().skip(self.fixed.len()).rev() {
            self.swap(step);
            if self.trial.extent().is_some_and(|extent| self.reaches(extent)) {
                set.steps.retain(|kept| *kept != step);
            } else {
                self.swap(step);
            }
        }
        self.leave(&set);
        Some(set)
    }

    /// How far the document reaches with a set.
    fn reach_of(&mut self, set: &Set) -> Option<Extent> {
        self.enter(set);
        let extent = self.trial.extent();
        self.leave(set);
        extent
    }

    fn enter(&mut self, set: &Set) {
        self.trial.plan.lowered += f64::from(set.foot) * FOOT_STEP;
        set.steps.iter().for_each(|step| self.swap(*step));
        self.trial.pitch(set.pitch);
    }

    fn leave(&mut self, set: &Set) {
        set.steps.iter().for_each(|step| self.swap(*step));
        self.trial.plan.lowered -= f64::from(set.foot) * FOOT_STEP;
        self.trial.pitch(0);
    }

    /// Puts the variant of an item in its place, or the item in that of its variant.
    fn swap(&mut self, step: Step) {
        let item = &mut self.trial.plan.items[step.item];
        if let Some(variant) = self.variants.items.get_mut(&(step.item, step.steps)) {
            std::mem::swap(item, variant);
            std::mem::swap(&mut item.fit.pitch, &mut variant.fit.pitch);
        }
    }

    fn reaches(&self, extent: Extent) -> bool {
        let pages = match (self.goal.pages, self.goal.last_page_lines) {
            (Some(pages), _) => extent.pages == pages,
            (None, Some(_)) => extent.pages <= self.before.pages,
            (None, None) => true,
        };
        pages && self.goal.last_page_lines.is_none_or(|lines| extent.pages == 1 || extent.last_page_lines >= lines)
    }

    /// The set as adjustments, in the order of the document.
    fn changes(&self, set: &Set) -> Vec<Change> {
        let mut changes = Vec::new();
        if set.foot != 0 {
            let foot = self.usual_foot() - f64::from(set.foot) * FOOT_STEP;
            changes.push(Change::FirstPageFoot((foot * 10.0).round() / 10.0));
        }
        if set.pitch != 0 {
            changes.push(Change::Pitch(self.trial.pitch_of(set.pitch)));
        }
        let usual = self.prepared.layout.tracking.unwrap_or_default();
        let mut steps = set.steps.clone();
        steps.sort_by_key(|step| step.item);
        changes.extend(steps.into_iter().filter_map(|Step { item, steps, lines }| {
            let tracking = ((usual + tracking(steps)) * 1000.0).round() / 1000.0;
            Some(Change::Tracking { block: block_of(&self.trial.plan.items[item])?, tracking, lines })
        }));
        changes
    }
}

/// Of two extents the one that lies farther that way.
fn farthest(one: Extent, other: Extent, way: i32) -> Extent {
    let farther = (other.pages, other.last_page_lines) > (one.pages, one.last_page_lines);
    if farther == (way > 0) { other } else { one }
}
