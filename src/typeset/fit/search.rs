//! The search for the least visible set of adjustments that reaches a goal.

use std::cmp::Ordering;

use super::trial::Trial;
use super::variants::{Step, Variants, block_of};
use super::{Change, Extent, Goal};
use crate::model::limits::FIRST_PAGE_FOOT;
use crate::prepare::Prepared;
use crate::typeset::plan::tracking;

/// The foot of page 1 moves in steps of a tenth of an inch, in points, up to this number of steps.
const FOOT_STEP: f64 = 7.2;
const FOOT_STEPS: i32 = 4;
/// A step of the foot is as visible as this number of steps of tracking.
const FOOT_COST: i32 = 3;
/// The pitch changes by at most this number of steps, together a twelfth of it.
const PITCH_STEPS: i32 = 10;

/// A set of adjustments.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Set {
    pitch: i32,
    /// The number of steps by which the foot of page 1 is lowered; negative if it is raised.
    foot: i32,
    steps: Vec<Step>,
}

impl Set {
    /// Returns how visible the set is.
    fn cost(&self) -> i32 {
        self.foot.abs() * FOOT_COST + self.steps.iter().map(|step| step.steps.abs()).sum::<i32>()
    }
}

/// The search for the least visible set.
pub(super) struct Search<'p> {
    pub prepared: &'p Prepared,
    pub trial: Trial<'p>,
    pub variants: Variants<'p>,
    pub goal: Goal,
    pub before: Extent,
    /// Whether notes are framed in the foot of page 1, which then cannot be lowered.
    pub framed: bool,
    /// Adjustments that every set contains.
    pub fixed: Vec<Step>,
}

impl Search<'_> {
    /// Returns the least visible set that reaches the goal, and the closest extent that was tried.
    pub fn best(&mut self) -> (Option<Set>, Extent) {
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

    pub fn with_fixed(&self) -> Set {
        Set { steps: self.fixed.clone(), ..Set::default() }
    }

    /// Returns by how many steps the foot of page 1 may move in a direction.
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

    /// Tracks paragraphs until the goal is reached, and then removes steps that are not needed.
    fn least(&mut self, mut set: Set, way: i32, reach: &mut Extent) -> Option<Set> {
        let list = if way < 0 { &self.variants.saving } else { &self.variants.adding };
        let steps: Vec<Step> =
            list.iter().filter(|step| self.fixed.iter().all(|fixed| fixed.item != step.item)).copied().collect();
        self.enter(&set);
        let mut found = self.trial.extent();
        let mut more = steps.into_iter();
        while !found.is_some_and(|extent| self.reaches(extent)) {
            if let Some(extent) = found {
                *reach = self.closer(*reach, extent);
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

    /// Returns the extent of the document with a set.
    pub fn reach_of(&mut self, set: &Set) -> Option<Extent> {
        self.enter(set);
        let extent = self.trial.extent();
        self.leave(set);
        extent
    }

    /// Returns which of two extents is closer to the goal.
    fn closer(&self, one: Extent, other: Extent) -> Extent {
        let distance = |extent: Extent| {
            let (pages, lines) = (extent.pages, extent.last_page_lines);
            let wanted = self.goal.pages.unwrap_or(pages.min(self.before.pages));
            let lines = match pages.cmp(&wanted) {
                Ordering::Greater => lines,
                Ordering::Less => usize::MAX - lines,
                Ordering::Equal => self.goal.last_page_lines.map_or(0, |least| least.saturating_sub(lines)),
            };
            (pages.abs_diff(wanted), lines)
        };
        if distance(other) < distance(one) { other } else { one }
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

    /// Exchanges an item and its variant.
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

    /// Returns the set as adjustments, in document order.
    pub fn changes(&self, set: &Set) -> Vec<Change> {
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
