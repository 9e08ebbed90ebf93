//! Genuine AKN4UN XML: each file renders, and the pages say what it says, in its
//! order, no character more or less.

use std::collections::BTreeMap;

use crate::genuine;
use crate::pages::{flow, missing_characters, pieces, printed, seen, source as source_of, texts};
use masthead::model::{Kind, Language};
use masthead::prepare::{Block, OpeningRole, Prepared, Run};
use masthead::{Format, Job, Press, Rendition, render};
use roxmltree::{Document, Node};
use unicode_normalization::UnicodeNormalization;

/// The characters of parts of a statement, without those of its notes.
fn of_parts(statement: Node, parts: &[&str]) -> String {
    let mut text = String::new();
    for part in statement.children().filter(|node| parts.contains(&node.tag_name().name())) {
        gather(part, &mut text);
    }
    seen(&text)
}

fn gather(node: Node, text: &mut String) {
    for child in node.children() {
        match child.tag_name().name() {
            "authorialNote" | "meta" => {
                // Raised parentheses around a mark belong to it.
                if text.trim_end().ends_with('(') && child.next_sibling().is_some_and(is_parenthesis) {
                    text.truncate(text.trim_end().len() - 1);
                }
            }
            "sup"
                if is_parenthesis(child)
                    && child.prev_sibling().is_some_and(|node| node.has_tag_name("authorialNote")) => {}
            _ => {
                if let Some(own) = child.text().filter(|_| child.is_text()) {
                    text.push_str(own);
                }
                gather(child, text);
            }
        }
    }
}

fn is_parenthesis(node: Node) -> bool {
    node.tag_name().name() == "sup" && node.text().is_some_and(|text| text.trim() == ")")
}

fn of_runs(runs: &[Run], text: &mut String) {
    for run in runs {
        if let Run::Text { text: own, .. } = run {
            text.push_str(own);
        }
    }
}

/// The characters of the cover page and the preface: what stands on page 1 above the body.
///
/// Decisions name no distribution; their pages say the usual one. Most Russian files of the Security
/// Council leave out the number of the resolution, with which the heading of the page begins.
fn of_head(prepared: &Prepared, numbered: bool) -> String {
    let masthead = &prepared.masthead;
    let mut text = masthead.name.clone();
    masthead.symbols.iter().for_each(|(head, rest)| text.extend([head.as_str(), rest]));
    text.extend(masthead.organs.iter().cloned());
    if prepared.kind != Kind::Decision {
        text.push_str(&masthead.distribution);
    }
    text.extend(masthead.date.clone());
    for line in prepared.session.iter().flatten() {
        of_runs(&line.runs, &mut text);
    }
    for entry in &prepared.opening {
        if !numbered && prepared.language == Language::Ru && entry.role == OpeningRole::Headline {
            continue;
        }
        text.extend(entry.number.as_ref().map(ToString::to_string));
        of_runs(&entry.runs, &mut text);
    }
    seen(&text)
}

fn of_closing(prepared: &Prepared) -> String {
    let mut text = String::new();
    for block in &prepared.body {
        if let Block::Closing { lines } = block {
            lines.iter().for_each(|line| of_runs(line, &mut text));
        }
    }
    seen(&text)
}

fn of_notes(prepared: &Prepared) -> String {
    let mut text = String::new();
    prepared.notes.iter().for_each(|note| of_runs(&note.runs, &mut text));
    seen(&text)
}

/// The characters of the notes in their order, without the marks that some repeat.
fn notes_of(statement: Node) -> String {
    let mut text = String::new();
    for note in statement
        .descendants()
        .filter(|node| node.has_tag_name("authorialNote") || node.tag_name().name() == "authorialNote")
    {
        let mut own = String::new();
        gather(note, &mut own);
        text.push_str(&seen(without_mark(own.trim_start(), note.attribute("marker").unwrap_or_default())));
    }
    text
}

/// A note may repeat its mark, before white space; Arabic ones have an empty pair of brackets for it.
fn without_mark<'t>(text: &'t str, mark: &str) -> &'t str {
    if let Some(rest) = text.strip_prefix("()").or_else(|| text.strip_prefix("( )")) {
        return rest;
    }
    let rest = text.strip_prefix(mark).filter(|rest| !mark.is_empty() && rest.starts_with(char::is_whitespace));
    rest.unwrap_or(text)
}

/// Letters and figures that the pages have more often, or less, than what was prepared says: head,
/// body, notes, with a mark at each note and each reference. Running headers and feet are left out,
/// and documents with tables whose heads are repeated on later pages.
fn superfluous(rendition: &Rendition) -> Option<String> {
    let prepared = &rendition.prepared;
    let repeats = |block: &Block| matches!(block, Block::Table { header, .. } if !header.is_empty());
    if prepared.body.iter().any(repeats) {
        return None;
    }
    let masthead = &prepared.masthead;
    let mut wanted = masthead.organs.concat() + &masthead.distribution + masthead.date.as_deref().unwrap_or_default();
    let session = prepared.session.iter().flatten().map(|line| &line.runs);
    for runs in session.chain(prepared.opening.iter().map(|entry| &entry.runs)) {
        wanted.push_str(&printed(runs, prepared));
    }
    prepared.opening.iter().for_each(|entry| wanted.extend(entry.number.as_ref().map(ToString::to_string)));
    wanted.extend(texts(prepared));
    for block in &prepared.body {
        match block {
            Block::Paragraph { label: Some(label), .. } | Block::Heading { number: Some(label), .. } => {
                wanted.push_str(&label.to_string());
            }
            _ => {}
        }
    }
    prepared.notes.iter().for_each(|note| wanted.push_str(&note.mark));
    let pieces = pieces(rendition);
    let given: String = (1..=rendition.pages.len()).map(|page| flow(&pieces, page)).collect();
    let counts = |text: &str| {
        let mut counts: BTreeMap<char, usize> = BTreeMap::new();
        text.chars().filter(|c| c.is_alphanumeric()).for_each(|c| *counts.entry(c).or_default() += 1);
        counts
    };
    let (wanted, given) = (counts(&wanted), counts(&given));
    let chars = wanted.keys().chain(given.keys());
    let of = |counts: &BTreeMap<char, usize>, c| counts.get(c).copied().unwrap_or_default();
    let odd: Vec<String> = chars
        .filter(|c| of(&wanted, c) != of(&given, c))
        .map(|c| format!("{c} {} times for {}", of(&given, c), of(&wanted, c)))
        .collect();
    (!odd.is_empty()).then(|| odd.join(", "))
}

/// Where two texts part.
fn difference(wanted: &str, given: &str) -> Option<String> {
    // Texts are composed as they are read, which puts the marks of a letter in one order.
    let (wanted, given) = (&wanted.nfc().collect::<String>(), &given.nfc().collect::<String>());
    let around = |text: &str, at: usize| text.chars().skip(at.saturating_sub(15)).take(50).collect::<String>();
    if let Some(at) = wanted.chars().zip(given.chars()).position(|(a, b)| a != b) {
        return Some(format!("“{}” became “{}”", around(wanted, at), around(given, at)));
    }
    (wanted.len() != given.len()).then(|| {
        let at = wanted.chars().count().min(given.chars().count());
        format!("“{}” ended as “{}”", around(wanted, at), around(given, at))
    })
}

/// The characters of the body, without closing lines.
fn of_body(prepared: &Prepared) -> String {
    of_blocks(prepared, false)
}

fn of_blocks(prepared: &Prepared, closing: bool) -> String {
    let mut text = String::new();
    for block in &prepared.body {
        match block {
            Block::Paragraph { label, runs, .. } => {
                text.push_str(&label.as_ref().map(ToString::to_string).unwrap_or_default());
                of_runs(runs, &mut text);
            }
            Block::Heading { number, runs, .. } => {
                text.push_str(&number.as_ref().map(ToString::to_string).unwrap_or_default());
                of_runs(runs, &mut text);
            }
            Block::Annex { heading, title, .. } | Block::Part { heading, title, .. } => {
                of_runs(heading, &mut text);
                title.iter().for_each(|title| of_runs(title, &mut text));
            }
            Block::Signature { lines } => lines.iter().for_each(|line| of_runs(line, &mut text)),
            Block::Table { header, rows, .. } => {
                header.iter().chain(rows).flatten().for_each(|cell| of_runs(&cell.runs, &mut text));
            }
            Block::Closing { lines } if closing => lines.iter().for_each(|line| of_runs(line, &mut text)),
            Block::Closing { .. } | Block::Figure { .. } => {}
            other => panic!("{other:?} is printed, and nobody looks for it"),
        }
    }
    // Marks that stand together are parted by a comma of the page's own.
    seen(&text)
}

/// The texts of a collection in the order in which it refers to them; those to which nothing refers follow.
fn collected<'a, 'i>(root: Node<'a, 'i>) -> Vec<Node<'a, 'i>> {
    let all = |name: &'static str| root.descendants().filter(move |node| node.tag_name().name() == name);
    let referred = |node: &Node| node.attribute("eId").map(str::to_owned);
    let order: Vec<&str> = all("documentRef").filter_map(|node| node.attribute("href")).collect();
    let mut list: Vec<Node> = all("component")
        .filter(|node| node.descendants().any(|inner| inner.tag_name().name() == "statement"))
        .collect();
    list.sort_by_key(|node| {
        order.iter().position(|to| Some(to.trim_start_matches('#')) == referred(node).as_deref()).unwrap_or(usize::MAX)
    });
    list.iter().filter_map(Node::first_element_child).collect()
}

#[test]
#[ignore = "needs genuine documents (MASTHEAD_CORPUS)"]
fn genuine_collections_render_completely() {
    let list = genuine::files(&["akn-odd/collection"], &[".xml"]);
    let press = Press::new([]).unwrap();
    let mut errors = Vec::new();
    for path in &list {
        let text = std::fs::read_to_string(path).unwrap();
        let xml = Document::parse(&text).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let rendition = render(&press, &Job::new(&source_of(path.to_str().unwrap()), Format::Xml)).unwrap();
        let prepared = &rendition.prepared;
        let statements = collected(xml.root_element());
        let of_all = |parts: &[&str]| statements.iter().map(|node| of_parts(*node, parts)).collect::<String>();
        let head = xml.root_element().first_element_child().unwrap();
        for (part, wanted, given) in [
            ("head", of_parts(head, &["coverPage", "preface"]), of_head(prepared, true)),
            (
                "parts",
                of_all(&["preface", "preamble", "mainBody", "attachments", "conclusions"]),
                of_blocks(prepared, true),
            ),
            ("notes", notes_of(xml.root_element()), of_notes(prepared)),
        ] {
            errors.extend(difference(&wanted, &given).map(|difference| format!("{name}: {part}: {difference}")));
        }
        errors.extend(superfluous(&rendition).map(|odd| format!("{name}: on the pages {odd}")));
        errors.extend(missing_characters(&rendition).map(|text| format!("{name}: not on the pages: {text}")));
        let parts = prepared.body.iter().filter(|block| matches!(block, Block::Part { .. })).count();
        assert_eq!(parts, statements.len(), "{name}");
        let reported = rendition.findings.iter().filter(|finding| finding.code.starts_with("xml-"));
        let reported = reported.map(|finding| finding.code).collect::<Vec<_>>();
        assert!(reported.is_empty() || reported == ["xml-reference"], "{name}: {reported:?}");
    }
    assert!(errors.is_empty(), "{} errors:\n{}", errors.len(), errors.join("\n"));
}

#[test]
#[ignore = "needs genuine documents (MASTHEAD_CORPUS)"]
fn genuine_files_render_completely() {
    let list = genuine::files(&["akn"], &[".xml"]);
    let press = Press::new([]).unwrap();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut errors = Vec::new();
    for path in &list {
        let source = std::fs::read_to_string(path).unwrap();
        let xml = Document::parse(&source).unwrap();
        let language = xml.descendants().find_map(|node| node.attribute("language")).unwrap().to_owned();
        *counts.entry(language).or_default() += 1;
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let source = source_of(path.to_str().unwrap());
        let rendition = match render(&press, &Job::new(&source, Format::Xml)) {
            Ok(rendition) => rendition,
            Err(findings) => {
                errors.push(format!("{name}: {}", findings[0]));
                continue;
            }
        };
        let statement = xml.root_element().first_element_child().unwrap();
        let wanted = of_parts(statement, &["preamble", "mainBody", "attachments"]);
        let given = of_body(&rendition.prepared);
        errors.extend(difference(&wanted, &given).map(|difference| format!("{name}: {difference}")));
        let council = name.starts_with("S_");
        let is_number = |node: &Node| node.attribute("refersTo") == Some("#resolutionNumber");
        let number = statement.descendants().find(is_number);
        let numbered = number.is_some_and(|node| node.descendants().any(|node| node.is_text()));
        for (part, wanted, given) in [
            (
                "head",
                of_parts(statement, &["coverPage", "preface"]),
                of_head(&rendition.prepared, !council || numbered),
            ),
            ("closing", of_parts(statement, &["conclusions"]), of_closing(&rendition.prepared)),
            ("notes", notes_of(statement), of_notes(&rendition.prepared)),
        ] {
            errors.extend(difference(&wanted, &given).map(|difference| format!("{name}: {part}: {difference}")));
        }
        errors.extend(superfluous(&rendition).map(|odd| format!("{name}: on the pages {odd}")));
        let lost = missing_characters(&rendition);
        if let Some(text) = lost {
            errors.push(format!("{name}: not on the pages: {text}"));
        }
    }
    println!("files by language: {counts:?}");
    assert!(errors.is_empty(), "{} errors:\n{}", errors.len(), errors.join("\n"));
}
