//! The chapters of docs/ are a book: docs/SUMMARY.md has each of them once, they link only to each other, and the help of the
//! program has the ones that people need at the terminal.

use std::collections::BTreeSet;
use std::fs;

use regex::Regex;

use super::root;

/// The chapters that are no topic of `masthead help`: they explain how masthead is built or how its pages came about, or are
/// read beside a browser.
const NO_TOPICS: [&str; 7] =
    ["README.md", "engine.md", "layout.md", "library.md", "line-breaking.md", "page-ends.md", "typst-package.md"];

const SUMMARY: &str = "docs/SUMMARY.md";

fn read(file: &str) -> String {
    fs::read_to_string(root().join("docs").join(file)).unwrap()
}

/// The files of the chapters.
fn chapters() -> BTreeSet<String> {
    let files =
        fs::read_dir(root().join("docs")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    files.filter(|name| name.ends_with(".md") && !SUMMARY.ends_with(&format!("/{name}"))).collect()
}

#[test]
fn the_summary_has_every_chapter_once() {
    let link = Regex::new(r"\]\(([^)]+)\)").unwrap();
    let summary = fs::read_to_string(root().join(SUMMARY)).unwrap();
    let listed: Vec<String> = link.captures_iter(&summary).map(|hit| hit[1].to_owned()).collect();
    let once: BTreeSet<String> = listed.iter().cloned().collect();
    assert_eq!(listed.len(), once.len(), "a chapter is listed twice");
    assert_eq!(once, chapters());
    assert!(!once.contains("print.md"), "mdBook keeps this name for itself");
}

#[test]
fn chapters_link_only_to_chapters() {
    let link = Regex::new(r"\]\(([^)#\s]+)(?:#[^)\s]*)?\)").unwrap();
    let code = Regex::new(r"(?s)```.*?```|`[^`\n]*`").unwrap();
    let (mut found, mut wrong) = (0, Vec::new());
    for chapter in chapters() {
        let text = read(&chapter);
        let prose = code.replace_all(&text, "");
        for target in link.captures_iter(&prose).map(|hit| hit[1].to_owned()) {
            found += 1;
            let is_there = !target.contains("..") && root().join("docs").join(&target).is_file();
            if !target.contains("://") && !is_there {
                wrong.push(format!("docs/{chapter} links to {target}, which is not in the book"));
            }
        }
    }
    assert!(found > 60, "links are not found any more: {found}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_chapter_is_a_topic_of_help_or_has_a_reason_not_to_be() {
    let table = fs::read_to_string(root().join("src/cli/help/topics.rs")).unwrap();
    let topic = Regex::new(r#"topic!\("[a-z-]+", "([a-z-]+\.md)"\)"#).unwrap();
    let topics: BTreeSet<String> = topic.captures_iter(&table).map(|hit| hit[1].to_owned()).collect();
    let others: BTreeSet<String> = NO_TOPICS.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(topics.intersection(&others).collect::<Vec<_>>(), Vec::<&String>::new());
    assert_eq!(topics.union(&others).cloned().collect::<BTreeSet<_>>(), chapters());
}
