//! Differences of texts: words, marks, emphasis; parts that are new, removed or moved.

use std::collections::{BTreeMap, HashMap, VecDeque};

use similar::DiffOp;

use super::align::{self, Pair, align};
use super::difference::{Difference, Kind, several};
use super::words::{Looks, Passage, Space, Token, punctuation, quoted};
use crate::model::Change;

/// The aspects of two texts that are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Care {
    /// Words, marks, spaces, emphasis, links: for the texts of documents.
    All,
    /// Words and marks: for the texts of pages.
    Words,
}

/// Returns the differences between the passages of two documents, and their pairs.
pub(super) fn differences(before: &[&Passage], after: &[&Passage], care: Care) -> (Vec<Difference>, Vec<Pair>) {
    let pairs = align(before, after);
    let mut list = Vec::new();
    let (pairs, moved) = reunited(pairs, before, after);
    for pair in &pairs {
        match (pair.before, pair.after) {
            (Some(old), Some(new)) => {
                if moved.contains(&new) {
                    list.push(reordered(before[old], new, after));
                }
                list.extend(of_passage(before[old], after[new], care));
            }
            (Some(old), None) => list.extend(whole(before[old], Kind::Removed)),
            (None, Some(new)) => list.extend(whole(after[new], Kind::Added)),
            (None, None) => {}
        }
    }
    if care == Care::All {
        list.extend(renumbered(&pairs, &moved, before, after));
    }
    (list, pairs)
}

/// Returns the passages that moved, from the index after to that before: those that were removed in one place and
/// added in another with the same words.
pub(crate) fn moves(pairs: &[Pair], before: &[&Passage], after: &[&Passage]) -> BTreeMap<usize, usize> {
    let mut lost: HashMap<Vec<&str>, VecDeque<usize>> = HashMap::new();
    for old in pairs.iter().filter(|pair| pair.after.is_none()).filter_map(|pair| pair.before) {
        lost.entry(before[old].words().collect()).or_default().push_back(old);
    }
    let mut found = BTreeMap::new();
    for new in pairs.iter().filter(|pair| pair.before.is_none()).filter_map(|pair| pair.after) {
        let said: Vec<&str> = after[new].words().collect();
        if !said.is_empty()
            && let Some(old) = lost.get_mut(&said).and_then(VecDeque::pop_front)
        {
            found.insert(new, old);
        }
    }
    found
}

/// Pairs passages that moved. Returns these, too.
fn reunited(pairs: Vec<Pair>, before: &[&Passage], after: &[&Passage]) -> (Vec<Pair>, Vec<usize>) {
    let found = moves(&pairs, before, after);
    let moved = found.keys().copied().collect();
    let gone: Vec<usize> = found.values().copied().collect();
    let rest =
        pairs.into_iter().filter(|pair| pair.after.is_some() || pair.before.is_some_and(|old| !gone.contains(&old)));
    let united = rest.map(|pair| match pair.after.and_then(|new| found.get(&new)) {
        Some(old) => Pair { before: Some(*old), after: pair.after },
        None => pair,
    });
    (united.collect(), moved)
}

fn reordered(before: &Passage, new: usize, after: &[&Passage]) -> Difference {
    let place = match new.checked_sub(1).and_then(|previous| after.get(previous)) {
        Some(previous) => format!("now follows {}", previous.name),
        None => "is now at the beginning".to_owned(),
    };
    let message = format!("{place}: “{}”", quoted(&before.tokens));
    Difference::new(Kind::Reordered, &*before.name, message).on(after[new].page)
}

/// An added or removed passage; one without words is a drawing, which geometry reports.
fn whole(passage: &Passage, kind: Kind) -> Option<Difference> {
    let what = if kind == Kind::Added { "is new" } else { "is gone" };
    let size = passage.tokens.len() as f64;
    let reported = || Difference::new(kind, &*passage.name, format!("{what}: “{}”", quoted(&passage.tokens)));
    (!passage.tokens.is_empty()).then(|| reported().on(passage.page).sized(size))
}

/// Returns the differences within a passage.
pub(super) fn of_passage(before: &Passage, after: &Passage, care: Care) -> Vec<Difference> {
    if after.tokens.is_empty() != before.tokens.is_empty() {
        let (passage, kind) = if after.tokens.is_empty() { (before, Kind::Removed) } else { (after, Kind::Added) };
        return whole(passage, kind).into_iter().collect();
    }
    let ops = align::words(&before.tokens, &after.tokens);
    let mut list = Vec::new();
    for op in &ops {
        let (old, new) = (&before.tokens[op.old_range()], &after.tokens[op.new_range()]);
        let reported = match op {
            DiffOp::Equal { .. } => {
                if care == Care::All {
                    list.extend(of_looks(old, new, &after.name));
                }
                continue;
            }
            _ => change(old, new, &before.tokens[..op.old_range().start]),
        };
        let size = old.len().max(new.len()) as f64;
        list.push(Difference::new(reported.0, &*after.name, reported.1).on(after.page.or(before.page)).sized(size));
    }
    list
}

/// Changed words; `lead` are those before them.
fn change(old: &[Token], new: &[Token], lead: &[Token]) -> (Kind, String) {
    let all = |is: fn(&Token) -> bool| old.iter().chain(new).all(is);
    let kind = if all(|token| token.note.is_some()) {
        Kind::FootnoteMark
    } else if all(Token::punctuates) {
        Kind::Punctuation
    } else if all(Token::counts) {
        Kind::Number
    } else {
        Kind::Words
    };
    let place = place(lead);
    let message = match (old.is_empty(), new.is_empty()) {
        (true, _) => format!("{} added {place}", was(&described(new, kind))),
        (_, true) => format!("{} removed {place}", was(&described(old, kind))),
        _ if kind == Kind::Punctuation => {
            format!("{} became {} {place}", described(old, kind), described(new, kind))
        }
        _ => format!("“{}” became “{}”", quoted(old), quoted(new)),
    };
    (kind, message)
}

fn was(what: &str) -> String {
    format!("{what} was")
}

fn described(tokens: &[Token], kind: Kind) -> String {
    match (kind, tokens) {
        (Kind::FootnoteMark, _) => format!("footnote mark {}", quoted(tokens)),
        (Kind::Punctuation, [one]) => punctuation(&one.text).map_or_else(|| format!("“{}”", one.text), str::to_owned),
        _ => format!("“{}”", quoted(tokens)),
    }
}

/// Describes the position: after which word.
fn place(lead: &[Token]) -> String {
    let word = lead.iter().rposition(|token| !token.punctuates() && token.note.is_none());
    match word {
        Some(at) => format!("after “{}”", quoted(&lead[at..])),
        None => "at the beginning".to_owned(),
    }
}

/// Returns the differences of style, spaces and links between the same words.
fn of_looks(old: &[Token], new: &[Token], part: &str) -> Vec<Difference> {
    let mut list = Vec::new();
    let mut from = 0;
    while from < new.len() {
        let Some((kind, message)) = look(&old[from].looks, &new[from].looks) else {
            from += 1;
            continue;
        };
        let same = |at: &usize| look(&old[*at].looks, &new[*at].looks).is_some_and(|(_, other)| other == message);
        let to = (from..new.len()).take_while(same).last().unwrap_or(from) + 1;
        let words = quoted(&new[from..to]);
        let reported = Difference::new(kind, part, format!("“{words}” {message}"));
        list.push(reported.sized((to - from) as f64));
        from = to;
    }
    // The space before the first word is reported with the words before it.
    for (old, new) in old.iter().zip(new).skip(1).filter(|(old, new)| old.space != new.space) {
        let name = |space: Space| match space {
            Space::None => "nothing",
            Space::Plain => "a space",
            Space::NoBreak => "a no-break space",
        };
        let message = format!("{} before “{}” became {}", name(old.space), new.text, name(new.space));
        list.push(Difference::new(Kind::Space, part, message).sized(1.0));
    }
    list
}

fn look(old: &Looks, new: &Looks) -> Option<(Kind, String)> {
    let is = |looks: &Looks, change| looks.change == Some(change);
    let styles = [
        ("italic", old.italic, new.italic),
        ("bold", old.bold, new.bold),
        ("raised", old.raised, new.raised),
        ("struck", is(old, Change::Struck), is(new, Change::Struck)),
        ("inserted", is(old, Change::Inserted), is(new, Change::Inserted)),
    ];
    if let Some((style, _, now)) = styles.into_iter().find(|(_, before, now)| before != now) {
        let message = if now { format!("is now {style}") } else { format!("is no longer {style}") };
        return Some((Kind::Emphasis, message));
    }
    let message = match (&old.link, &new.link) {
        (before, now) if before == now => return None,
        (None, Some(now)) => format!("now links to {now}"),
        (Some(before), None) => format!("no longer links to {before}"),
        (Some(before), Some(now)) => format!("links to {now}, no longer to {before}"),
        (None, None) => return None,
    };
    Some((Kind::Link, message))
}

/// Reports paragraphs and notes with another number: neighbours that moved up or down alike are
/// combined.
pub(crate) fn renumbered(pairs: &[Pair], moved: &[usize], before: &[&Passage], after: &[&Passage]) -> Vec<Difference> {
    let mut groups: Vec<Vec<(&str, &str)>> = Vec::new();
    let mut ended = true;
    for pair in pairs {
        let (Some(old), Some(new)) = (pair.before, pair.after) else { continue };
        let (old, name) = (&*before[old].name, &*after[new].name);
        if moved.contains(&new) || !reported_as_renumbered(old, name) {
            // Items within a renumbered paragraph are renumbered with it.
            ended = ended || (old == name && groups.last().is_some_and(|group| stem(group[0].1) == stem(name)));
            continue;
        }
        match groups.last_mut() {
            Some(group) if !ended && stem(group[0].0) == stem(old) && stem(group[0].1) == stem(name) => {
                group.push((old, name));
            }
            _ => groups.push(vec![(old, name)]),
        }
        ended = false;
    }
    let reported = groups.iter().filter_map(|group| {
        let ((first, now), (last, last_now)) = (group.first()?, group.last()?);
        let message = match group.len() {
            1 => format!("is now {now}"),
            n => {
                format!("to {}: now {now} to {} ({})", designation(last), designation(last_now), several(n, "number"))
            }
        };
        Some(Difference::new(Kind::Renumbered, *first, message).sized(group.len() as f64))
    });
    reported.collect()
}

/// Returns a name without its number.
fn stem(name: &str) -> &str {
    name.rsplit_once(' ').map_or(name, |(stem, _)| stem)
}

fn designation(name: &str) -> &str {
    name.rsplit_once(' ').map_or("", |(_, number)| number)
}

/// Returns whether the page shows the number: counted parts have no number there, and headings are named
/// by their words.
fn reported_as_renumbered(old: &str, new: &str) -> bool {
    const PRINTED: [&str; 5] = ["operative paragraph", "paragraph", "footnote", "table", "figure"];
    let bare = |name: &str| name.rsplit(", ").next().unwrap_or(name).to_owned();
    let (old_bare, new_bare) = (bare(old), bare(new));
    let printed = |name: &str| PRINTED.iter().any(|stem| name.starts_with(stem));
    let items_of_renumbered = stem(old) != stem(new) && designation(old) == designation(new);
    old != new && (printed(&old_bare) || printed(&new_bare)) && !items_of_renumbered
}
