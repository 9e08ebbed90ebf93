//! The sequence and style of paragraph numbers, heading numbers and labels of sub-paragraphs.

use rustc_hash::FxHashMap;

use super::{Languages, Needs, Rule, RuleSink};
use crate::check::manuscript::Manuscript;
use crate::diagnostic::{Edit, Severity};
use crate::model::{Block, Item, Number, Path};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "number-sequence",
        severity: Severity::Warning,
        asks: "Number paragraphs 1, 2, 3, without gaps or repetitions.",
        source: "Editorial Manual, Paragraph numbers; genuine documents.",
        breaks: "body: [operative: {number: '1.', text: '*Notes* the past;'}, operative: {number: '3.', text: '*Decides* to part.'}]",
        keeps: "body: [operative: {number: '1.', text: '*Notes* the past;'}, operative: {number: '2.', text: '*Decides* to part.'}]",
        languages: Languages::All,
        needs: Needs::Document,
        check: paragraphs,
    },
    Rule {
        code: "label-sequence",
        severity: Severity::Warning,
        asks: "Label sub-paragraphs (a), (b), (c), in sequence.",
        source: "Editorial Manual, Subparagraphs; genuine resolutions.",
        breaks: "body: [operative: {text: '*Requests*:', items: [{label: (a), text: To report;}, {label: (c), text: To continue.}]}]",
        keeps: "body: [operative: {text: '*Requests*:', items: [{label: (a), text: To report;}, {label: (b), text: To continue.}]}]",
        languages: Languages::Alphabetic,
        needs: Needs::Document,
        check: labels,
    },
    Rule {
        code: "label-style",
        severity: Severity::Warning,
        asks: "Use one style for the labels of a list, that of their level: (a), then (i), then a., then i.",
        source: "Editorial Manual, Subparagraphs; genuine resolutions.",
        breaks: "body: [operative: {text: '*Requests*:', items: [{label: (a), text: To report;}, {label: b), text: To continue.}]}]",
        keeps: "body: [operative: {text: '*Requests*:', items: [{label: (a), text: To report;}, {label: (b), text: To continue.}]}]",
        languages: Languages::English,
        needs: Needs::Document,
        check: styles,
    },
    Rule {
        code: "heading-sequence",
        severity: Severity::Warning,
        asks: "Number the headings of a level, and annexes, in sequence: I, II, III; A, B, C.",
        source: "Editorial Manual, Headings; genuine documents.",
        breaks: "body: [heading: {number: I, text: Tides}, paragraph: Tides come and go., heading: {number: III, text: Shores}, paragraph: Shores remain.]",
        keeps: "body: [heading: {number: I, text: Tides}, paragraph: Tides come and go., heading: {number: II, text: Shores}, paragraph: Shores remain.]",
        languages: Languages::Alphabetic,
        needs: Needs::Document,
        check: headings,
    },
];

/// Splits a designation into "(", "b" and ")".
fn parts(label: &str) -> (&str, &str, &str) {
    let sign = |c: char| !c.is_alphanumeric();
    let start = label.find(|c| !sign(c)).unwrap_or(label.len());
    let end = label.rfind(|c| !sign(c)).map_or(start, |at| at + label[at..].chars().next().map_or(1, char::len_utf8));
    (&label[..start], &label[start..end], &label[end..])
}

fn roman(text: &str) -> Option<usize> {
    let value = |c: char| match c.to_ascii_lowercase() {
        'i' => Some(1),
        'v' => Some(5),
        'x' => Some(10),
        'l' => Some(50),
        'c' => Some(100),
        _ => None,
    };
    const LONGEST: usize = 10;
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    let values: Vec<usize> = text.chars().map(value).collect::<Option<_>>()?;
    let signed = values.iter().enumerate().map(|(index, value)| {
        let less = values.get(index + 1).is_some_and(|next| value < next);
        if less { -i64::try_from(*value).unwrap_or(0) } else { i64::try_from(*value).unwrap_or(0) }
    });
    usize::try_from(signed.sum::<i64>()).ok().filter(|number| *number > 0)
}

fn letter(text: &str) -> Option<usize> {
    let mut letters = text.chars();
    let first = letters.next()?.to_ascii_lowercase();
    let rest = letters.next();
    let place = |c: char| c.is_ascii_lowercase().then(|| c as usize - 'a' as usize + 1);
    match rest {
        None => place(first),
        Some(second) if second.to_ascii_lowercase() == first && letters.next().is_none() => {
            place(first).map(|n| n + 26)
        }
        Some(_) => None,
    }
}

fn figures(text: &str) -> Option<usize> {
    text.parse().ok()
}

type Reading = fn(&str) -> Option<usize>;

/// Chooses how to read a sequence of designations: as digits, Roman numerals or letters, by which the first
/// one begins a sequence.
fn reading(first: &str) -> Option<Reading> {
    [figures as Reading, roman, letter]
        .into_iter()
        .find(|read| read(first) == Some(1))
        .or_else(|| [figures as Reading, letter, roman].into_iter().find(|read| read(first).is_some()))
}

fn paragraphs(manuscript: &Manuscript, sink: &mut RuleSink) {
    for section in &manuscript.sections {
        // The first may have lost its italics in Markdown, which makes it another numbered paragraph.
        let mixed = section.blocks().any(|(_, block)| matches!(block, Block::Numbered(_)));
        // Operative paragraphs are numbered separately from other paragraphs.
        for operative in [true, false] {
            // The last number as printed, and as it will be when what is reported is corrected.
            let (mut count, mut right) = (0, 0);
            let mut reported: Vec<(Path, String, usize, Vec<Edit>)> = Vec::new();
            let anew = anew(section.blocks, operative);
            for ((path, block), anew) in section.blocks().zip(anew) {
                let passage = match block {
                    Block::Operative(passage) if operative => passage,
                    Block::Numbered(passage) if !operative => passage,
                    // Numbering may restart in a new part.
                    Block::Heading(_) | Block::Enacting(_) => {
                        if anew {
                            (count, right) = (0, 0);
                        }
                        continue;
                    }
                    _ => continue,
                };
                match &passage.number {
                    Number::Next => (count, right) = (count + 1, right + 1),
                    Number::Unnumbered => {}
                    Number::Set(label) => {
                        let Some(number) = figures(parts(label).1) else { continue };
                        // A part of a report may continue the numbers of another document.
                        let first = count == 0 && operative && !section.annex && !mixed;
                        let at = path.field("number");
                        if number != count + 1 && (count > 0 || first) {
                            let message = if first {
                                format!("the first paragraph is numbered {number}")
                            } else {
                                format!("paragraph {number} comes after paragraph {count}")
                            };
                            let edit = renumbered(sink, &at, label, right + 1);
                            right = if edit.is_some() { right + 1 } else { number };
                            reported.push((at, message, count + 1, edit.into_iter().collect()));
                        } else {
                            // What follows a wrong number is corrected with it.
                            let moved =
                                (count > 0 && number != right + 1).then(|| renumbered(sink, &at, label, right + 1));
                            right = match (moved.flatten(), reported.last_mut()) {
                                (Some(edit), Some((.., edits))) => {
                                    edits.push(edit);
                                    right + 1
                                }
                                _ => number,
                            };
                        }
                        count = number;
                    }
                }
            }
            for (at, message, wanted, edits) in reported {
                let hint = format!("number it {wanted}, or omit the number to have it assigned");
                let (span, _) = sink.written(&at);
                sink.source(&at, span, &message, &hint, edits);
            }
        }
    }
}

/// Returns the edit that gives a paragraph another number, if its number can be found in the source.
fn renumbered(sink: &RuleSink, at: &Path, label: &str, number: usize) -> Option<Edit> {
    let (before, _, after) = parts(label);
    let (span, written) = sink.written(at);
    let is_it = written.trim_matches(['"', '\'']) == label;
    is_it.then(|| Edit { span, text: written.replace(label, &format!("{before}{number}{after}")) })
}

/// For every block: whether the next paragraph of the kind, at or after the block, has the number 1.
fn anew(blocks: &[Block], operative: bool) -> Vec<bool> {
    let mut next = false;
    let mut list: Vec<bool> = blocks
        .iter()
        .rev()
        .map(|block| {
            let passage = match block {
                Block::Operative(passage) if operative => passage,
                Block::Numbered(passage) if !operative => passage,
                _ => return next,
            };
            next = matches!(&passage.number, Number::Set(label) if figures(parts(label).1) == Some(1));
            next
        })
        .collect();
    list.reverse();
    list
}

fn labels(manuscript: &Manuscript, sink: &mut RuleSink) {
    for (path, items, _) in manuscript.sections.iter().flat_map(|section| section.lists()) {
        let first = items.first().and_then(|item| item.label.as_deref()).map(|label| parts(label).1);
        let Some(read) = first.map_or(Some(letter as Reading), reading) else { continue };
        // All labels of the list are there, in another order: which of its items moved is not known.
        let mut given: Vec<usize> = items.iter().filter_map(|item| read(parts(item.label.as_deref()?).1)).collect();
        given.sort_unstable();
        let moved = given.iter().copied().eq(1..=items.len());
        let mut count = 0;
        for (index, item) in items.iter().enumerate() {
            let Some(label) = &item.label else {
                count += 1;
                continue;
            };
            let Some(number) = read(parts(label).1) else { continue };
            if index > 0 && number != count + 1 {
                report_label(sink, &path, items, index, (!moved).then_some(count + 1));
                count += 1;
            } else {
                count = number;
            }
        }
    }
}

/// Reports a label out of sequence, with the correct one, if it is known.
fn report_label(sink: &mut RuleSink, path: &Path, items: &[Item], index: usize, wanted: Option<usize>) {
    let Some(label) = &items[index].label else { return };
    let at = path.field("items").index(index).field("label");
    let message = match &items[index - 1].label {
        Some(before) => format!("the label “{label}” comes after “{before}”"),
        None => format!("the label “{label}” is not the next one"),
    };
    let (open, core, close) = parts(label);
    let (span, written) = sink.written(&at);
    let letters = core.len() == 1 && letter(core).is_some() && roman(core) != wanted;
    let edits = match wanted.and_then(|wanted| u8::try_from(wanted).ok()).filter(|wanted| letters && *wanted <= 26) {
        Some(wanted) if written.matches(label.as_str()).count() == 1 => {
            let right = format!("{open}{}{close}", char::from(b'a' + wanted - 1));
            vec![Edit { span: span.clone(), text: written.replace(label.as_str(), &right) }]
        }
        _ => Vec::new(),
    };
    sink.source(&at, span, &message, "label the list in sequence, or omit the labels to have them assigned", edits);
}

fn styles(manuscript: &Manuscript, sink: &mut RuleSink) {
    for (path, items, _) in manuscript.sections.iter().flat_map(|section| section.lists()) {
        let labelled: Vec<(usize, &str)> =
            items.iter().enumerate().filter_map(|(index, item)| Some((index, item.label.as_deref()?))).collect();
        let style = |label: &str| {
            let (open, core, close) = parts(label);
            let case = if core.starts_with(char::is_uppercase) { 'A' } else { 'a' };
            (open.to_owned(), close.to_owned(), core.starts_with(|c: char| c.is_ascii_digit()), case)
        };
        let Some((_, first)) = labelled.first() else { continue };
        let mut counts: FxHashMap<_, usize> = FxHashMap::default();
        for (_, label) in &labelled {
            *counts.entry(style(label)).or_default() += 1;
        }
        // The most frequent style; if tied, that of the first label.
        let first = style(first);
        let usual = counts.into_iter().max_by_key(|(one, count)| (*count, *one == first, one.clone()));
        let usual = usual.map(|(style, _)| style);
        for (index, label) in labelled.iter().filter(|(_, label)| Some(style(label)) != usual) {
            let message = format!("the label “{label}” has another style than the rest of the list");
            sink.value(path.field("items").index(*index).field("label"), message, "write all of them as (a), (b), (c)");
        }
    }
}

fn headings(manuscript: &Manuscript, sink: &mut RuleSink) {
    for section in &manuscript.sections {
        // The last designation of each level.
        let mut last: [Option<(Reading, usize)>; 4] = [None; 4];
        let mut annex: Option<(Reading, usize)> = None;
        for (path, block) in section.blocks() {
            let (at, number, slot) = match block {
                Block::Heading(heading) => {
                    let level = usize::from(heading.level.clamp(1, 4)) - 1;
                    last[level + 1..].fill(None);
                    (path.field("number"), heading.number.as_deref(), &mut last[level])
                }
                Block::Annex(inner) => (path.field("number"), inner.number.as_deref(), &mut annex),
                _ => continue,
            };
            let Some(number) = number else { continue };
            let core = parts(number).1;
            let before = *slot;
            let read = before.map(|(read, _)| read).filter(|read| read(core).is_some()).or_else(|| reading(core));
            let Some((read, value)) = read.and_then(|read| Some((read, read(core)?))) else { continue };
            if let Some((_, count)) = before
                && value != count + 1
                && value != 1
            {
                sink.value(
                    &at,
                    format!("“{number}” does not follow the designation before it"),
                    "number headings and annexes in sequence",
                );
            }
            *slot = Some((read, value));
        }
    }
}
