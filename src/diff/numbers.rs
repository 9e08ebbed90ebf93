//! The designations of parts: which a document gives instead of leaving them to be counted, and which changed.

use std::collections::HashSet;
use std::sync::Arc;

use super::steps::Step;
use crate::golden::align::Pair;
use crate::golden::text;
use crate::golden::words::Passage;
use crate::model::{Block, Document, Item, Number, Path};
use crate::prepare::Role;

/// Returns the paths of the paragraphs and items whose designations a document gives.
pub(super) fn given(document: &Document) -> HashSet<Path> {
    let mut found = HashSet::new();
    for (path, blocks) in document.bodies() {
        of_blocks(blocks, &path, &mut found);
    }
    found
}

fn of_blocks(blocks: &[Block], path: &Path, found: &mut HashSet<Path>) {
    for (index, block) in blocks.iter().enumerate() {
        let at = path.index(index);
        if let Block::Annex(annex) = block {
            of_blocks(&annex.body, &at.field("body"), found);
        } else if let Some(passage) = block.passage() {
            of_items(&passage.items, &at, found);
            if passage.number != Number::Next {
                found.insert(at);
            }
        }
    }
}

fn of_items(items: &[Item], path: &Path, found: &mut HashSet<Path>) {
    for (index, item) in items.iter().enumerate() {
        let at = path.field("items").index(index);
        of_items(&item.items, &at, found);
        if item.label.is_some() {
            found.insert(at);
        }
    }
}

/// Returns the parts of both documents that have another number: the index in the older document, and what became of
/// it. Neighbours that moved up or down alike are combined.
pub(super) fn renumbered(
    steps: &[Step],
    old: impl Fn(usize) -> Arc<str>,
    new: impl Fn(usize) -> Arc<str>,
) -> Vec<(usize, String)> {
    let pairs: Vec<(usize, usize)> = steps
        .iter()
        .filter_map(|step| match step {
            Step::Both { old, new, moved: false } => Some((*old, *new)),
            _ => None,
        })
        .collect();
    let named = |name: Arc<str>| Passage { name, tokens: Vec::new(), page: None };
    let before: Vec<Passage> = pairs.iter().map(|(index, _)| named(old(*index))).collect();
    let after: Vec<Passage> = pairs.iter().map(|(_, index)| named(new(*index))).collect();
    let paired: Vec<Pair> = (0..pairs.len()).map(|at| Pair { before: Some(at), after: Some(at) }).collect();
    let (before, after): (Vec<&Passage>, Vec<&Passage>) = (before.iter().collect(), after.iter().collect());
    let found = text::renumbered(&paired, &[], &before, &after).into_iter();
    found
        .filter_map(|difference| {
            let at = before.iter().position(|passage| *passage.name == *difference.part)?;
            Some((pairs[at].0, difference.message))
        })
        .collect()
}

/// Returns the number in the name of a part, "3 (a)" in "operative paragraph 3 (a)", if it has one.
pub(super) fn in_name(name: &str) -> Option<&str> {
    let bare = name.rsplit(", ").next().unwrap_or(name);
    let number = bare.strip_prefix("operative paragraph ").or_else(|| bare.strip_prefix("paragraph "));
    number.filter(|number| number.chars().any(char::is_numeric))
}

/// Returns what a paragraph is, for messages.
pub(super) fn role(role: Role) -> &'static str {
    match role {
        Role::Enacting => "enacting words",
        Role::Preambular => "a preambular paragraph",
        Role::Operative => "an operative paragraph",
        Role::Paragraph => "an unnumbered paragraph",
        Role::Numbered => "a numbered paragraph",
        Role::Item => "a sub-paragraph",
        Role::Continued => "text after sub-paragraphs",
        Role::Quote => "a quotation",
        Role::Voters => "a list of voters",
    }
}
