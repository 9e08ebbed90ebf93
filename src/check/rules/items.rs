//! Sub-paragraphs: how they begin and end, and how they are joined.

use super::endings::{last_mark, wants};
use super::{Languages, Needs, Rule, RuleSink};
use crate::check::manuscript::{Manuscript, Prose};
use crate::diagnostic::Severity;
use crate::model::{Block, Item, Language, Path};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "item-ending",
        severity: Severity::Warning,
        asks: "End sub-paragraphs that continue a sentence with semicolons, the last one as the paragraph ends; end all others alike.",
        source: "Editorial Manual, Subparagraphs; every genuine resolution.",
        breaks: "body: [operative: {text: '*Requests* the Secretary-General:', items: [To report., To continue.]}]",
        keeps: "body: [operative: {text: '*Requests* the Secretary-General:', items: [To report;, To continue.]}]",
        languages: Languages::Alphabetic,
        needs: Needs::Document,
        check: ending,
    },
    Rule {
        code: "item-and",
        severity: Severity::Hint,
        asks: "If one list of sub-paragraphs has “and” or “or” before the last, use it in all lists of the document; genuine documents of the General Assembly have none.",
        source: "Editorial Manual, Subparagraphs; genuine resolutions.",
        breaks: "body: [operative: {text: '*Requests* the Secretary-General:', items: [To report; and, To continue;]}, operative: {text: '*Decides*:', items: [To meet;, To part.]}]",
        keeps: "body: [operative: {text: '*Requests* the Secretary-General:', items: [To report;, To continue;]}, operative: {text: '*Decides*:', items: [To meet;, To part.]}]",
        languages: Languages::English,
        needs: Needs::Document,
        check: and,
    },
    Rule {
        code: "item-capital",
        severity: Severity::Warning,
        asks: "Begin the sub-paragraphs of a list alike: in resolutions, with a capital letter.",
        source: "Editorial Manual, Subparagraphs; genuine resolutions.",
        breaks: "body: [operative: {text: '*Requests* the Secretary-General:', items: [To report;, to continue.]}]",
        keeps: "body: [operative: {text: '*Requests* the Secretary-General:', items: [To report;, To continue.]}]",
        languages: Languages::Alphabetic,
        needs: Needs::Document,
        check: capital,
    },
    Rule {
        code: "item-alone",
        severity: Severity::Hint,
        asks: "Give a paragraph no sub-paragraph, or at least two.",
        source: "Editorial Manual, Subparagraphs; genuine resolutions.",
        breaks: "body: [operative: {text: '*Requests* the Secretary-General:', items: [To report.]}]",
        keeps: "body: [operative: '*Requests* the Secretary-General to report.']",
        languages: Languages::All,
        needs: Needs::Document,
        check: alone,
    },
];

fn lists<'d>(manuscript: &Manuscript<'d>) -> impl Iterator<Item = (Path, &'d [Item])> {
    manuscript
        .sections
        .iter()
        .flat_map(|section| {
            let annex = section.annex;
            section.lists().into_iter().map(move |(path, items, _)| (annex, path, items))
        })
        .filter(|(annex, _, _)| !annex)
        .map(|(_, path, items)| (path, items))
}

fn texts<'m, 'd>(manuscript: &'m Manuscript<'d>, path: &Path, items: &[Item]) -> Vec<&'m Prose<'d>> {
    (0..items.len()).filter_map(|index| manuscript.at(path.field("items").index(index).field("text"))).collect()
}

fn ending(manuscript: &Manuscript, sink: &mut RuleSink) {
    let operative = |block: &Block| matches!(block, Block::Operative(_));
    let last_act = manuscript.document.body.iter().rposition(operative);
    for (path, items) in lists(manuscript) {
        let texts = texts(manuscript, &path, items);
        let lead = manuscript.at(path.field("text"));
        // A sub-paragraph with its own sub-paragraphs introduces them as a paragraph does.
        if let Some(lead) =
            lead.filter(|_| path.entry("items").is_some() && manuscript.document.language == Language::En)
            && matches!(last_mark(&lead.plain), Some(',' | ';') | Some('a'..='z'))
        {
            wants(sink, lead, ':', "the sub-paragraph does not introduce its sub-paragraphs with a colon");
        }
        // Only a list that is introduced belongs to a sentence.
        if texts.len() < 2 || texts.len() != items.len() || lead.is_none_or(|lead| !leads(lead)) {
            continue;
        }
        let inner: Vec<(&Prose, Option<char>)> = texts[..texts.len() - 1]
            .iter()
            .zip(items)
            .filter(|(_, item)| item.items.is_empty())
            .map(|(prose, _)| (*prose, mark(prose)))
            .collect();
        let count = |wanted: char| inner.iter().filter(|(_, mark)| *mark == Some(wanted)).count();
        // “To report” is the end of the sentence that the list is introduced with, whatever mark it has.
        let goes_on = lead.is_some_and(|lead| lead.opening().is_some())
            && texts.iter().all(|prose| prose.plain.starts_with("To "));
        let usual = if goes_on {
            ';'
        } else if count('.') > count(';') && count('.') > 1 && last_mark(&texts[texts.len() - 1].plain) == Some('.') {
            '.'
        } else if count(',') > count(';') && count(',') > 1 {
            ','
        } else {
            ';'
        };
        for (prose, _) in inner.iter().filter(|(_, mark)| *mark != Some(usual)) {
            let words = if usual == ';' { "a semicolon" } else { "the same mark as the others" };
            wants(sink, prose, usual, &format!("the sub-paragraph does not end with {words}"));
        }
        let (Some(last), Some(item)) = (texts.last(), items.last()) else { continue };
        if item.items.is_empty() && !matches!(mark(last), Some(';' | '.' | ',' | ':')) {
            let wanted = if is_end(manuscript, &path, last_act) { '.' } else { ';' };
            wants(sink, last, wanted, "the last sub-paragraph has no final punctuation mark");
        } else if item.items.is_empty()
            && matches!(mark(last), Some(';' | ',' | ':'))
            && is_end(manuscript, &path, last_act)
        {
            wants(sink, last, '.', "the last sub-paragraph of the document does not end with a full stop");
        } else if item.items.is_empty() && mark(last) == Some('.') && usual == ';' && continuation(manuscript, &path) {
            wants(sink, last, ';', "the last sub-paragraph ends with a full stop, but operative paragraphs follow");
        }
    }
}

/// Whether a paragraph introduces its list: with a colon, or as an unfinished sentence with opening words.
fn leads(lead: &Prose) -> bool {
    let mark = last_mark(&lead.plain);
    mark == Some(':') || lead.opening().is_some() && !matches!(mark, Some('.' | ';'))
}

/// Returns the final mark of a text, ignoring an "and" or "or" before the last item.
fn mark(prose: &Prose) -> Option<char> {
    let text = prose.plain.trim_end();
    let bare = [" and", " or", " and/or"].iter().find_map(|word| text.strip_suffix(word)).unwrap_or(text);
    last_mark(bare)
}

/// Returns the index of the block with a list, if it is an operative paragraph of the body.
fn operative(manuscript: &Manuscript, path: &Path) -> Option<usize> {
    let index = *path.places_in("body").first()?;
    matches!(manuscript.document.body.get(index)?, Block::Operative(_)).then_some(index)
}

/// Whether the list is the very end of the operative part.
fn is_end(manuscript: &Manuscript, path: &Path, last_act: Option<usize>) -> bool {
    let Some(index) = operative(manuscript, path) else { return false };
    let mut items = match &manuscript.document.body[index] {
        Block::Operative(passage) if passage.continuation.is_empty() => &passage.items,
        _ => return false,
    };
    for at in path.places_in("items") {
        if at + 1 != items.len() {
            return false;
        }
        items = &items[at].items;
    }
    last_act == Some(index)
}

/// Whether an operative paragraph immediately follows the one that ends with the list.
fn continuation(manuscript: &Manuscript, path: &Path) -> bool {
    let Some(index) = operative(manuscript, path) else { return false };
    let more = matches!(manuscript.document.body.get(index + 1), Some(Block::Operative(_)));
    let lead = manuscript.at(Path::from("body").index(index).field("text"));
    more && path.entry("items").is_none() && lead.is_some_and(|lead| lead.opening().is_some())
}

fn joined(prose: &Prose) -> bool {
    let text = prose.plain.trim_end();
    ["; and", ", and", "; or", ", or"].iter().any(|end| text.ends_with(end))
}

fn and(manuscript: &Manuscript, sink: &mut RuleSink) {
    let lists: Vec<Vec<&Prose>> = lists(manuscript)
        .map(|(path, items)| texts(manuscript, &path, items))
        .filter(|texts| texts.len() > 1)
        .collect();
    let before_last = |texts: &Vec<&Prose>| joined(texts[texts.len() - 2]);
    if !lists.iter().any(before_last) {
        return;
    }
    for texts in lists.iter().filter(|texts| !before_last(texts)) {
        let prose = texts[texts.len() - 2];
        sink.words(
            prose,
            prose.end(),
            "no “and” before the last sub-paragraph, unlike in other lists of the document",
            "write “; and”, or remove it everywhere",
        );
    }
}

fn capital(manuscript: &Manuscript, sink: &mut RuleSink) {
    for (path, items) in lists(manuscript) {
        let texts = texts(manuscript, &path, items);
        let begins = |test: fn(char) -> bool| texts.iter().filter(|prose| prose.plain.starts_with(test)).count();
        let (tall, small) = (begins(char::is_uppercase), begins(char::is_lowercase));
        if tall == 0 || small == 0 {
            continue;
        }
        let test: fn(char) -> bool = if tall >= small { char::is_lowercase } else { char::is_uppercase };
        for prose in texts.iter().filter(|prose| prose.plain.starts_with(test)) {
            let end = prose.plain.find(' ').unwrap_or(prose.plain.len());
            let word = &prose.plain[..end];
            if tall >= small || !word[1..].contains(char::is_uppercase) && small > tall + 1 {
                let how = if tall >= small { "lower-case letter" } else { "capital" };
                sink.words(
                    prose,
                    0..end,
                    format!("the sub-paragraph begins with a {how}, unlike others of the list"),
                    "begin all of them alike",
                );
            }
        }
    }
}

fn alone(manuscript: &Manuscript, sink: &mut RuleSink) {
    for (path, items) in lists(manuscript).filter(|(_, items)| items.len() == 1) {
        let _ = items;
        sink.value(
            path.field("items").index(0),
            "single sub-paragraph",
            "merge it into its paragraph, or split it in two",
        );
    }
}
