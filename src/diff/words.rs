//! The words of two texts, compared one by one.

use std::ops::Range;

use similar::DiffOp;

use super::Words;
use crate::golden::common::differences;
use crate::golden::expected::piece;
use crate::golden::words::{Space, ideograph, invisible, tokens};
use crate::model::Change;
use crate::prepare::{Leads, Prepared, Run, Runs, links_of};

/// Words that are in both texts, or in one of them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stretch {
    pub change: Option<Change>,
    pub runs: Runs,
    /// The same, with only those links that do not follow from the words.
    plain: Runs,
}

/// A text, with what its notes are called in both documents.
#[derive(Clone, Copy)]
pub(super) struct Said<'s> {
    pub runs: &'s [Run],
    pub prepared: &'s Prepared,
    pub note: &'s dyn Fn(usize) -> usize,
    /// Where symbols in it lead.
    pub leads: Leads<'s>,
}

/// A word and the spaces before it.
struct Atom {
    key: (bool, String),
    from: usize,
    to: usize,
}

/// Returns the words of two texts in order. Words differ if their letters, their styles, their links or the marks of
/// notes do, and if a space was added or removed before them; all kinds of spaces are alike.
pub(super) fn stretches(old: Said, new: Said) -> Vec<Stretch> {
    let plain = |said: Said| without_found_links(said.runs, said.leads);
    let (plain_old, plain_new) = (plain(old), plain(new));
    let (before, after) = (atoms(old, &plain_old), atoms(new, &plain_new));
    let [keys_before, keys_after] =
        [&before, &after].map(|atoms| atoms.iter().map(|atom| &atom.key).collect::<Vec<_>>());
    let ops = differences(&keys_before, &keys_after);
    let mut list = Vec::new();
    let mut add = |change, runs: &[Run], plain: &[Run], atoms: &[Atom]| {
        if let ([first, ..], [.., last]) = (atoms, atoms) {
            let range = first.from..last.to;
            list.push(Stretch { change, runs: slice(runs, range.clone()), plain: joined(slice(plain, range)) });
        }
    };
    for op in ops {
        let (gone, here) = (&before[op.old_range()], &after[op.new_range()]);
        if let DiffOp::Equal { .. } = op {
            add(None, new.runs, &plain_new, here);
        } else {
            add(Some(Change::Struck), old.runs, &plain_old, gone);
            add(Some(Change::Inserted), new.runs, &plain_new, here);
        }
    }
    let end = after.last().map_or(0, |atom| atom.to);
    let rest = slice(new.runs, end..usize::MAX);
    if !rest.is_empty() {
        list.push(Stretch { change: None, plain: slice(&plain_new, end..usize::MAX), runs: rest });
    }
    list
}

fn atoms(said: Said, plain: &[Run]) -> Vec<Atom> {
    let mut from = 0;
    let tokens = tokens(said.runs.iter().filter_map(|run| piece(run, said.prepared)));
    let atom = |(index, token): (usize, crate::golden::words::Token)| {
        let name = |note: usize| (said.note)(note).to_string();
        let word: String = marked(&slice(plain, from..token.end), &name).chars().filter(|c| !invisible(*c)).collect();
        let word = word.replace(char::is_whitespace, "");
        let atom = Atom { key: (index > 0 && token.space != Space::None, word), from, to: token.end };
        from = token.end;
        atom
    };
    tokens.into_iter().enumerate().map(atom).collect()
}

/// Returns runs without the links that follow from their words.
fn without_found_links(runs: &[Run], leads: Leads) -> Runs {
    let texts = runs.iter().map(|run| match run {
        Run::Text { text, change, .. } => (*change, text.as_str()),
        Run::Note { change, .. } => (*change, ""),
        Run::Break { .. } => (None, ""),
    });
    let found = links_of(&texts.collect::<Vec<_>>(), leads);
    let mut at = 0;
    let plain = |run: &Run| {
        let mut run = run.clone();
        if let Run::Text { text, link, .. } = &mut run {
            let here = at..at + text.len();
            at = here.end;
            let follows = |(range, to): &(Range<usize>, String)| {
                range.start <= here.start && here.end <= range.end && Some(to) == link.as_ref()
            };
            if found.iter().any(follows) {
                *link = None;
            }
        }
        run
    };
    runs.iter().map(plain).collect()
}

/// Returns the part of runs between two positions, in characters; a footnote mark or a line break counts as one.
fn slice(runs: &[Run], range: Range<usize>) -> Runs {
    let mut at = 0;
    let mut list = Runs::new();
    for run in runs {
        if at >= range.end {
            break;
        }
        let from = range.start.saturating_sub(at);
        let to = range.end.saturating_sub(at);
        let Run::Text { text, .. } = run else {
            at += 1;
            if from == 0 && to > 0 {
                list.push(run.clone());
            }
            continue;
        };
        let within: String = text.chars().skip(from).take(to.saturating_sub(from)).collect();
        if !within.is_empty() {
            list.push(run.with_text(within));
        }
        at += text.chars().count();
    }
    list
}

/// Returns runs with their markup, as in docs/model.md#inline-text; `note` names a footnote.
fn marked(runs: &[Run], note: &dyn Fn(usize) -> String) -> String {
    let mut said = String::new();
    for run in runs {
        match run {
            Run::Text { text, italic, bold, raised, change, link } => {
                let signs = [(*italic, "*"), (*bold, "**"), (*raised, "^")];
                let signs = signs.into_iter().filter(|(is, _)| *is).map(|(_, sign)| sign);
                let signs: Vec<&str> = signs.chain(change.map(Change::sign)).collect();
                let text = match link {
                    Some(to) => format!("[{text}]({to})"),
                    None => text.clone(),
                };
                let end: String = signs.iter().rev().copied().collect();
                said += &format!("{}{text}{end}", signs.concat());
            }
            Run::Note { note: index, change, .. } => {
                let sign = change.map_or("", Change::sign);
                said += &format!("{sign}[^{}]{sign}", note(*index));
            }
            Run::Break { .. } => said.push(' '),
        }
    }
    said
}

impl Stretch {
    /// Returns the words for the list of changes.
    pub fn words(&self, old: &dyn Fn(usize) -> String, new: &dyn Fn(usize) -> String) -> Words {
        match self.change {
            None => Words::Same(marked(&self.plain, new)),
            Some(Change::Struck) => Words::Deleted(marked(&self.plain, old)),
            Some(Change::Inserted) => Words::Inserted(marked(&self.plain, new)),
        }
    }
}

/// Returns runs that are struck or inserted; spaces before them are not.
pub(super) fn changed(runs: &[Run], change: Change) -> Runs {
    let mut list = Runs::new();
    for run in runs {
        let mut run = run.clone();
        if let Run::Text { text, change: own, .. } = &mut run {
            if list.is_empty() {
                let rest = text.trim_start();
                let lead = text[..text.len() - rest.len()].to_owned();
                *text = rest.to_owned();
                if !lead.is_empty() {
                    list.push(Run::text(lead));
                }
            }
            *own = Some(change);
            if text.is_empty() {
                continue;
            }
        } else if let Run::Note { change: own, .. } = &mut run {
            *own = Some(change);
        }
        list.push(run);
    }
    list
}

/// Puts inserted runs after struck ones, with a space between words: 28 and 30 do not become 2830.
pub(super) fn apart(mut struck: Runs, inserted: Runs) -> Runs {
    let word = |c: char| c.is_alphanumeric() && !ideograph(c);
    let (last, first) = (struck.last(), inserted.first());
    if let (Some(Run::Text { text, change: Some(Change::Struck), .. }), Some(Run::Text { text: next, change, .. })) =
        (last, first)
        && *change == Some(Change::Inserted)
        && text.ends_with(word)
        && next.starts_with(word)
    {
        struck.push(Run::text(" "));
    }
    struck.extend(inserted);
    struck
}

/// Joins neighbouring runs of one style.
pub(super) fn joined(runs: Runs) -> Runs {
    let mut list = Runs::new();
    for run in runs {
        if let (Some(last), Run::Text { text: more, .. }) = (list.last_mut(), &run)
            && let Run::Text { .. } = last
            && last.with_text("") == run.with_text("")
            && let Run::Text { text, .. } = last
        {
            text.push_str(more);
            continue;
        }
        list.push(run);
    }
    list
}
