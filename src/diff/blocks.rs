//! The blocks of the body: those of the newer document, with those that are gone where they were.

use std::collections::{BTreeMap, BTreeSet};
use std::mem::discriminant;

use super::lists::lines;
use super::merge::{At, Merge, inserted};
use super::side::Side;
use super::steps::{Moving, Step, steps};
use super::{Kind, fields, numbers, tables};
use crate::golden::words::Passage;
use crate::model::words::Moved;
use crate::prepare::words::{fill, words};
use crate::prepare::{Block, Designation, Extent, Role, Run, Runs};

/// Returns the blocks with their changes marked, and how much of each has a change bar, by index.
pub(super) fn body(merge: &mut Merge) -> (Vec<Block>, BTreeMap<usize, Extent>) {
    let (old, new) = (merge.old, merge.new);
    let (was, is) = (&old.prepared.body, &new.prepared.body);
    let passages = |side: &Side| -> Vec<Passage> {
        let block = |block: &Block| side.passage(&namesake(block), &Side::words_of(block));
        side.prepared.body.iter().map(block).collect()
    };
    let steps = steps(&passages(old), &passages(new), Moving::Yes, |a, b| fit(&was[a], &is[b]));
    let mut body = Body {
        words: &words(new.prepared.language).moved,
        gone: BTreeSet::new(),
        here: BTreeSet::new(),
        last: [None; 2],
    };
    let (mut blocks, mut changed) = (Vec::new(), BTreeMap::new());
    for step in &steps {
        let (block, extent) = body.block(merge, *step);
        if let Some(extent) = extent {
            changed.insert(blocks.len(), extent);
        }
        blocks.push(block);
    }
    let listed = numbers::renumbered(&steps, |index| old.block_name(index), |index| new.block_name(index));
    for (index, note) in listed {
        let at = At { note: Some(note), ..At::new(&*old.block_name(index), old.block_path(index), None) };
        merge.list(at, Kind::Renumbered, Vec::new());
    }
    (blocks, changed)
}

/// Whether two blocks can be the same one.
fn fit(old: &Block, new: &Block) -> bool {
    discriminant(old) == discriminant(new) && tables::fit(old, new)
}

/// Returns what identifies a block besides its words.
fn namesake(block: &Block) -> String {
    match block {
        Block::Paragraph { role: Role::Enacting, .. } => "enacting".to_owned(),
        Block::Closing { .. } => "closing".to_owned(),
        Block::Table { label: Some(label), .. } | Block::Figure { label: Some(label), .. } => label.to_string(),
        Block::Annex { heading, .. } | Block::Part { heading, .. } => crate::prepare::text_of(heading),
        _ => String::new(),
    }
}

struct Body {
    words: &'static Moved,
    /// The blocks of the older document that are already on the page, struck.
    gone: BTreeSet<usize>,
    /// The blocks that moved and are already on the page, by their index in the newer document.
    here: BTreeSet<usize>,
    /// The last block that moved, by its indices in both documents: where it was, and where it is.
    last: [Option<(usize, usize)>; 2],
}

impl Body {
    /// Returns the block of a step, and how much of it has a change bar.
    fn block(&mut self, merge: &mut Merge, step: Step) -> (Block, Option<Extent>) {
        let (old, new) = (merge.old, merge.new);
        match step {
            Step::Both { old: a, new: b, moved } => {
                let mut at = At::new(&*new.block_name(b), old.block_path(a), new.block_path(b));
                if moved {
                    let was = old.block_name(a);
                    at.note = (was != new.block_name(b)).then(|| format!("moved from {was}"));
                    at.moved = true;
                    self.here.insert(b);
                }
                let count = merge.changes.len();
                let place = at.clone();
                let (mut block, renumbered, whole) = both(merge, at, a, b);
                if moved && begins(&mut self.last[1], a, b) {
                    let down = self.gone.contains(&a);
                    let said = self.moved(&self.words.from, &old.block_name(a), down);
                    if let Some(runs) = titled(&mut block).into_iter().next() {
                        runs.splice(0..0, [said, Run::text(" ")]);
                    }
                }
                let extent = if moved || whole { Extent::Whole } else { Extent::Lines };
                let extent = (merge.changes.len() > count || renumbered).then_some(extent);
                fields::settings(merge, &place, a, b);
                (block, extent)
            }
            Step::Gone { old: a, to } => {
                let mut block = gone(merge, &old.prepared.body[a]);
                self.gone.insert(a);
                match to {
                    Some(b) if begins(&mut self.last[0], a, b) => {
                        let down = !self.here.contains(&b);
                        let said = self.moved(&self.words.to, &new.block_name(b), down);
                        if let Some(runs) = titled(&mut block).pop() {
                            runs.extend([Run::text(" "), said]);
                        }
                    }
                    Some(_) => {}
                    None => {
                        let at = At::new(&*old.block_name(a), old.block_path(a), None);
                        merge.list(at, Kind::Deleted, merge.deleted(&Side::words_of(&old.prepared.body[a])));
                    }
                }
                (block, Some(Extent::Whole))
            }
            Step::New(b) => {
                let mut block = new.prepared.body[b].clone();
                let at = At::new(&*new.block_name(b), None, new.block_path(b));
                merge.list(at, Kind::Inserted, merge.inserted(&Side::words_of(&block)));
                each(&mut block, &mut |runs| *runs = inserted(runs));
                designations(&mut block, &mut |label| *label = Designation::of(inserted(label.runs())));
                (block, Some(Extent::Whole))
            }
        }
    }

    /// Returns what marks a block that moved: the number that it has in the other place, if it has one.
    fn moved(&self, pattern: &str, name: &str, down: bool) -> Run {
        let said = match (numbers::in_name(name), down) {
            (Some(number), _) => fill(pattern, number),
            (None, true) => self.words.down.clone(),
            (None, false) => self.words.up.clone(),
        };
        bracketed(&said)
    }
}

fn bracketed(text: &str) -> Run {
    Run::slanted(format!("[{text}]"))
}

/// Whether a block that moved does not follow one that moved in the same way.
fn begins(last: &mut Option<(usize, usize)>, old: usize, new: usize) -> bool {
    let last = last.replace((old, new));
    last.is_none_or(|(a, b)| (a + 1, b + 1) != (old, new))
}

/// Returns a block of both documents; whether its number changed without being listed; and whether all of it changed.
fn both(merge: &mut Merge, mut at: At, a: usize, b: usize) -> (Block, bool, bool) {
    let (was, is) = (&merge.old.prepared.body[a], &merge.new.prepared.body[b]);
    let form = other_form(was, is);
    let whole = form.is_some();
    at.note = match (at.note.take(), form) {
        (Some(moved), Some(form)) => Some(format!("{moved}; {form}")),
        (moved, form) => moved.or(form),
    };
    let mut block = is.clone();
    let mut renumbered = false;
    // The parts of a block that has several are listed apart from the block itself.
    let mut apart = at.clone();
    if !matches!(is, Block::Paragraph { .. } | Block::Heading { .. }) {
        if at.moved || at.note.is_some() {
            merge.list(at, Kind::Changed, Vec::new());
        }
        (apart.moved, apart.note) = (false, None);
    }
    let at = apart;
    match (was, is, &mut block) {
        (
            Block::Paragraph { label: old_label, runs: old, .. },
            Block::Paragraph { label: new_label, runs: new, .. },
            Block::Paragraph { label, runs, .. },
        ) => {
            let given = merge.old.gives_number(a) || merge.new.gives_number(b);
            if given && old_label != new_label {
                *label = merge.number(old_label.as_ref(), new_label.as_ref());
                renumbered = true;
            }
            *runs = merge.text(at, old, new);
        }
        (
            Block::Heading { number: old_number, runs: old, .. },
            Block::Heading { number: new_number, runs: new, .. },
            Block::Heading { number, runs, .. },
        ) => {
            let own = at.within(", number", |path| path.field("number"));
            *number = merge.designation(own, old_number.as_ref(), new_number.as_ref());
            *runs = merge.text(at, old, new);
        }
        (
            Block::Annex { heading: old, title: old_title, .. } | Block::Part { heading: old, title: old_title, .. },
            Block::Annex { heading: new, title: new_title, .. } | Block::Part { heading: new, title: new_title, .. },
            Block::Annex { heading, title, .. } | Block::Part { heading, title, .. },
        ) => {
            *heading = merge.text(at.clone(), old, new);
            *title =
                merge.maybe(at.within(", title", |path| path.field("title")), old_title.as_ref(), new_title.as_ref());
        }
        (Block::Closing { lines: old }, Block::Closing { lines: new }, Block::Closing { lines: merged })
        | (Block::Signature { lines: old }, Block::Signature { lines: new }, Block::Signature { lines: merged }) => {
            *merged = lines(merge, &at, old, new);
        }
        (
            Block::Figure { image: old, description: old_words, .. },
            Block::Figure { image: new, description: new_words, .. },
            block @ Block::Figure { .. },
        ) => {
            tables::around(merge, &at, (was, is), block);
            let said = |text: &String| vec![Run::text(text.as_str())];
            let own = at.within(", description", |path| path.field("description"));
            merge.text(own, &said(old_words), &said(new_words));
            if old != new {
                let note = Some(format!("the picture is {new}, no longer {old}"));
                let own = At { note, ..at.within("", |path| path.field("image")) };
                merge.list(own, Kind::Changed, Vec::new());
                let said = bracketed(&words(merge.new.prepared.language).moved.picture);
                if let Some(runs) = titled(block).into_iter().next() {
                    runs.extend([Run::text(" "), said]);
                }
            }
        }
        (Block::Table { .. }, Block::Table { .. }, block) => {
            tables::around(merge, &at, (was, is), block);
            tables::table(merge, &at, (was, is), block);
        }
        _ => {}
    }
    (block, renumbered, whole)
}

/// Describes the form of a block if it is not what it was.
fn other_form(was: &Block, is: &Block) -> Option<String> {
    match (was, is) {
        (
            Block::Paragraph { role: old, level: old_level, .. },
            Block::Paragraph { role: new, level: new_level, .. },
        ) => match (old != new, old_level != new_level) {
            (true, _) => Some(format!("{} instead of {}", numbers::role(*new), numbers::role(*old))),
            (false, true) => Some(format!("level {new_level} instead of {old_level}")),
            (false, false) => None,
        },
        (Block::Heading { level: old, .. }, Block::Heading { level: new, .. }) => {
            (old != new).then(|| format!("level {new} instead of {old}"))
        }
        _ => None,
    }
}

/// Returns a block of the older document, struck. A picture is not repeated, but described.
fn gone(merge: &Merge, block: &Block) -> Block {
    let mut block = match block {
        Block::Figure { .. } => {
            let runs = Side::words_of(block);
            Block::Paragraph { role: Role::Paragraph, level: 0, label: None, runs }
        }
        other => other.clone(),
    };
    if let Block::Annex { new_page, .. } = &mut block {
        *new_page = false;
    }
    each(&mut block, &mut |runs| *runs = merge.struck(runs));
    designations(&mut block, &mut |label| *label = Designation::of(merge.struck(label.runs())));
    block
}

/// Visits all texts of a block.
pub(super) fn each(block: &mut Block, visit: &mut dyn FnMut(&mut Runs)) {
    ends(block).into_iter().for_each(&mut *visit);
    if let Block::Table { header, rows, .. } = block {
        header.iter_mut().chain(rows).flatten().for_each(|cell| visit(&mut cell.runs));
    }
    if let Block::Table { below, .. } | Block::Figure { below, .. } = block {
        below.iter_mut().for_each(|remark| visit(&mut remark.runs));
    }
}

/// Returns the texts of a block in order; those of a table without its cells.
fn ends(block: &mut Block) -> Vec<&mut Runs> {
    match block {
        Block::Paragraph { runs, .. } | Block::Heading { runs, .. } => vec![runs],
        Block::Annex { heading, title, .. } | Block::Part { heading, title, .. } => {
            std::iter::once(heading).chain(title).collect()
        }
        Block::Closing { lines } | Block::Signature { lines } => lines.iter_mut().collect(),
        Block::Table { title, units, .. } | Block::Figure { title, units, .. } => {
            title.iter_mut().chain(units).collect()
        }
    }
}

/// Returns the same texts, and a title for a table or figure that has none.
fn titled(block: &mut Block) -> Vec<&mut Runs> {
    if let Block::Table { title, .. } | Block::Figure { title, .. } = block {
        title.get_or_insert_default();
    }
    ends(block)
}

/// Visits the designations of a block.
fn designations(block: &mut Block, visit: &mut dyn FnMut(&mut Designation)) {
    let label = match block {
        Block::Paragraph { label, .. } | Block::Table { label, .. } | Block::Figure { label, .. } => label,
        Block::Heading { number, .. } => number,
        _ => return,
    };
    label.iter_mut().for_each(visit);
}
