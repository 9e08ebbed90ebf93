//! Compares two documents: text, geometry, file.

use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

use super::difference::{Difference, Kind, Level, several};
use super::expected::said;
use super::facts::Facts;
use super::layout::Layout;
use super::names::Names;
use super::page_pairs::PagePairs;
use super::page_text::{Part, parts};
use super::pairing::{labels, of_printed};
use super::rules::Rules;
use super::text::{self, Care};
use super::words::Passage;
use super::{geometry, order};
use crate::json;
use crate::prepare::Prepared;

/// What is known about a document.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'s> {
    /// Its content; not known for PDFs from elsewhere.
    pub prepared: Option<&'s Prepared>,
    /// The positions of its content.
    pub layout: &'s Layout,
    /// The metadata of its file.
    pub facts: Option<&'s Facts>,
}

/// Returns every difference between two documents that exceeds the tolerances and is not masked, except
/// those of pixels; the most significant first.
pub fn compare(before: &Subject, after: &Subject, rules: &Rules) -> Vec<Difference> {
    compare_paired(before, after, rules, &PagePairs::of((before.layout, &[]), (after.layout, &[])))
}

/// Like [`compare`], for pages that are already paired.
pub(super) fn compare_paired(before: &Subject, after: &Subject, rules: &Rules, pages: &PagePairs) -> Vec<Difference> {
    let mut list = order::pages(before.layout, after.layout, pages);
    let sorted = order::as_before(after.layout, pages);
    let in_place = sorted.as_ref().map(|now| PagePairs::in_place(before.layout.pages.len(), now.pages.len()));
    let (now, pages) = (sorted.as_ref().unwrap_or(after.layout), in_place.as_ref().unwrap_or(pages));
    let (old_labels, new_labels) = (labels(before.prepared), labels(after.prepared));
    let old_parts = parts(before.layout, &old_labels);
    let new_parts = parts(now, &new_labels);
    let mut said = Vec::new();
    if let (Some(was), Some(is)) = (before.prepared, after.prepared) {
        said = of_said(was, is, &old_parts, &new_parts, rules);
        said.extend(of_codes(was, is, rules));
    }
    let seen = |part: &&Part| !rules.masked(&part.passage.name, part.page());
    let (olds, news): (Vec<&Part>, Vec<&Part>) =
        (old_parts.iter().filter(seen).collect(), new_parts.iter().filter(seen).collect());
    let (printed, pairs) = of_printed(&olds, &news, pages);
    let unreported = printed.into_iter().filter(|printed| !said.iter().any(|said| reports(said, &printed.part)));
    list.extend(unreported);
    list.extend(said);
    list.extend(geometry::differences(&olds, &news, &pairs, pages, rules.finest()));
    list.extend(geometry::of_beginnings(before.layout, now, pages, |part| rules.masked(part, None)));
    if let (Some(was), Some(is)) = (before.facts, after.facts)
        && rules.tolerance(None).file()
    {
        list.extend(was.differences(is, |part| rules.masked(part, None)));
        if list.is_empty() && was.sha256 != is.sha256 && !rules.has_masks() {
            let message = "the bytes differ, although everything that is compared is the same";
            list.push(Difference::new(Kind::Bytes, "the file", message));
        }
    }
    if let (Some(was), Some(is)) = (before.prepared, after.prepared)
        && list.is_empty()
        && !rules.has_masks()
    {
        list.extend(unprinted(was, is));
    }
    for difference in &mut list {
        place(difference, &new_parts, &old_parts);
    }
    list.retain(|difference| beyond(difference, rules));
    let mut list = together(list);
    list.sort_by_key(|difference| difference.level);
    list
}

/// Adds the differences of pixels; the most significant come first. A difference of bytes is only
/// reported if it is the only one.
pub(super) fn with_pixels(mut list: Vec<Difference>, pixels: impl IntoIterator<Item = Difference>) -> Vec<Difference> {
    list.extend(pixels);
    if list.len() > 1 {
        list.retain(|difference| difference.kind != Kind::Bytes);
    }
    list.sort_by_key(|difference| difference.level);
    list
}

/// Returns the first difference of prepared data that no page shows, such as the depth of a heading in the
/// outline.
fn unprinted(was: &Prepared, is: &Prepared) -> Option<Difference> {
    let (was, is) = (json::value(was).ok()?, json::value(is).ok()?);
    let (path, before, now) = first_other(&was, &is, String::new())?;
    let message = format!("{path}, {before}, became {now}");
    Some(Difference::new(Kind::Metadata, "prepared data", message))
}

/// Returns the first path at which two values differ, and both values there.
fn first_other<'v>(was: &'v Value, is: &'v Value, path: String) -> Option<(String, &'v Value, &'v Value)> {
    match (was, is) {
        _ if was == is => None,
        (Value::Object(olds), Value::Object(news)) if olds.keys().eq(news.keys()) => {
            olds.iter().find_map(|(key, old)| first_other(old, &news[key], format!("{path}/{key}")))
        }
        (Value::Array(olds), Value::Array(news)) if olds.len() == news.len() => {
            let mut both = olds.iter().zip(news).enumerate();
            both.find_map(|(index, (old, new))| first_other(old, new, format!("{path}/{index}")))
        }
        _ => Some((path, was, is)),
    }
}

/// Combines parts whose appearance changed in the same way.
fn together(list: Vec<Difference>) -> Vec<Difference> {
    let mut reported: Vec<(Difference, BTreeSet<String>)> = Vec::new();
    for difference in list {
        let looks =
            matches!(difference.kind, Kind::Font | Kind::Size | Kind::Colour | Kind::Tracking | Kind::LinePitch);
        let same = |(known, _): &&mut (Difference, BTreeSet<String>)| {
            looks && (known.kind, &known.message) == (difference.kind, &difference.message)
        };
        match reported.iter_mut().find(same) {
            Some((known, others)) if known.part != difference.part => drop(others.insert(difference.part)),
            Some(_) => {}
            None => reported.push((difference, BTreeSet::new())),
        }
    }
    let part = |(mut difference, others): (Difference, BTreeSet<String>)| {
        if !others.is_empty() {
            difference.part = format!("{} and {}", difference.part, several(others.len(), "other part"));
        }
        difference
    };
    reported.into_iter().map(part).collect()
}

/// Returns whether a difference of the expected text explains one of the printed text.
fn reports(said: &Difference, part: &str) -> bool {
    said.kind != Kind::Renumbered
        && said.part.strip_prefix(part).is_some_and(|rest| rest.is_empty() || rest.starts_with(','))
}

/// Returns whether a difference exceeds the tolerance.
fn beyond(difference: &Difference, rules: &Rules) -> bool {
    let tolerance = rules.tolerance(difference.page);
    match difference.kind {
        Kind::Moved | Kind::Width | Kind::LinePitch | Kind::Rule | Kind::Picture => {
            difference.size > tolerance.points()
        }
        _ if difference.level == Level::Text => difference.size > tolerance.words(),
        Kind::Metadata | Kind::Bytes => tolerance.file(),
        _ => true,
    }
}

/// Returns the differences of the expected texts. Footnotes are first paired among themselves, so that a
/// mark is the same as long as its note is, whatever its number.
fn of_said(was: &Prepared, is: &Prepared, old: &[Part], new: &[Part], rules: &Rules) -> Vec<Difference> {
    let passages = |prepared: &Prepared, parts: &[Part]| {
        let mut list = said(prepared, &Names::new(prepared));
        for passage in &mut list {
            let within = |part: &&Part| {
                passage
                    .name
                    .strip_prefix(&*part.passage.name)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with(','))
            };
            passage.page = parts.iter().find(within).and_then(Part::page);
        }
        list.retain(|passage| !rules.masked(&passage.name, passage.page));
        list
    };
    let (olds, mut news) = (passages(was, old), passages(is, new));
    let note = |passage: &&Passage| passage.name.starts_with("footnote ");
    let (old_notes, new_notes): (Vec<&Passage>, Vec<&Passage>) =
        (olds.iter().filter(note).collect(), news.iter().filter(note).collect());
    let paired = super::align::align(&old_notes, &new_notes);
    let same: HashMap<usize, usize> = paired.iter().filter_map(|pair| Some((pair.after?, pair.before?))).collect();
    /// Added to the marks of new notes, so that they match no earlier note.
    const NEW: usize = 1 << 20;
    for token in news.iter_mut().flat_map(|passage| &mut passage.tokens) {
        token.note = token.note.map(|note| same.get(&note).copied().unwrap_or(NEW + note));
    }
    text::differences(&olds.iter().collect::<Vec<_>>(), &news.iter().collect::<Vec<_>>(), Care::All).0
}

/// Compares the content of the codes of page 1, which people cannot read there.
fn of_codes(was: &Prepared, is: &Prepared, rules: &Rules) -> Vec<Difference> {
    let codes = [
        ("code", "its address", Some(&was.foot.address), Some(&is.foot.address)),
        ("barcode", "its content", was.foot.barcode.as_ref(), is.foot.barcode.as_ref()),
    ];
    let other = codes.into_iter().filter(|(part, _, before, now)| before != now && !rules.masked(part, Some(1)));
    let reported = |(part, what, before, now): (&str, &str, Option<&String>, Option<&String>)| {
        let said = |code: Option<&String>| code.map_or("nothing".to_owned(), |code| format!("“{code}”"));
        let message = format!("{what}, {}, became {}", said(before), said(now));
        Difference::new(Kind::Words, part, message).on(Some(1))
    };
    other.map(reported).collect()
}

/// Sets the page of a difference and its position there.
fn place(difference: &mut Difference, after: &[Part], before: &[Part]) {
    // "title to operative paragraph 3 (5 parts)" begins with the first part.
    let name = difference.part.split(" to ").next().unwrap_or_default();
    let of = |part: &&Part| &*part.passage.name == name || name.starts_with(&format!("{},", part.passage.name));
    let parts = if difference.kind == Kind::Removed { before } else { after };
    let on_page = |part: &&Part| of(part) && (difference.page.is_none() || part.page() == difference.page);
    let Some(part) = parts.iter().find(on_page).or_else(|| parts.iter().find(of)) else { return };
    difference.page = difference.page.or(part.page());
    if difference.kind != Kind::Removed
        && let Some(page) = difference.page
    {
        difference.boxes = part.boxes(page);
    }
}
