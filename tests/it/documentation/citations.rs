//! What sources and documentation cite is in the repository, and so is the heading that they name.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use regex::{Captures, Regex};

use super::root;

/// Where citations are looked for, beside the files at the top.
const FOLDERS: [&str; 8] = ["src", "templates", "docs", "tests", "benches", "fuzz", "fonts", "examples"];
const ENDINGS: [&str; 6] = ["rs", "md", "typ", "toml", "yaml", "tsv"];

#[test]
fn citations_lead_to_files_and_headings_of_the_repository() {
    let mut files: Vec<PathBuf> = fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.is_file());
    FOLDERS.iter().for_each(|folder| gather(&root().join(folder), &mut files));
    // In prose a name in capitals or below a folder of ours is a citation, `draft.md` is none; a link always is.
    let cited =
        Regex::new(r"((?:[\w.-]+/)*[A-Z]{3,}[A-Z-]*\.md|(?:docs|templates|fonts)/[\w/-]+\.md)(?:#([\w-]+))?").unwrap();
    let linked = Regex::new(r"\]\(([\w./-]*\.md)?(?:#([\w-]+))?\)").unwrap();
    let (mut found, mut wrong) = (0, Vec::new());
    for file in files {
        let Ok(text) = fs::read_to_string(&file) else { continue };
        let shown = file.strip_prefix(root()).unwrap().display().to_string();
        let markdown = shown.ends_with(".md");
        // Fenced examples link to nothing.
        let prose = if markdown { without_fences(&text) } else { text };
        let mut citations: BTreeSet<(PathBuf, Option<String>)> = BTreeSet::new();
        // A name below a folder that the repository does not have is a file of a user.
        let ours = |hit: &Captures| {
            let first = hit[1].split('/').next().unwrap_or_default();
            !hit[1].contains('/') || first == ".." || root().join(first).is_dir()
        };
        for hit in cited.captures_iter(&prose).filter(ours) {
            citations.insert((root().join(&hit[1]), hit.get(2).map(|anchor| anchor.as_str().to_owned())));
        }
        for hit in linked.captures_iter(&prose).filter(|_| markdown) {
            let target = hit.get(1).map_or(file.clone(), |path| file.parent().unwrap().join(path.as_str()));
            citations.insert((target, hit.get(2).map(|anchor| anchor.as_str().to_owned())));
        }
        for (target, anchor) in citations {
            found += 1;
            let beside = file.parent().unwrap().join(target.strip_prefix(root()).unwrap_or(&target));
            let Ok(page) = fs::read_to_string(&target).or_else(|_| fs::read_to_string(beside)) else {
                wrong.push(format!("{shown} cites {}, which is not there", target.display()));
                continue;
            };
            if let Some(anchor) = anchor.filter(|anchor| !anchors(&page).contains(anchor)) {
                wrong.push(format!("{shown} cites {}#{anchor}, a heading that it does not have", target.display()));
            }
        }
    }
    assert!(found > 60, "citations are not found any more: {found}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_to_which_contributors_are_sent_exist() {
    let path = Regex::new(r"`((?:src|tests|templates|docs|examples|fonts|\.ci)/[\w./-]+)`").unwrap();
    let page = fs::read_to_string(root().join("CONTRIBUTING.md")).unwrap();
    let named: BTreeSet<String> = path.captures_iter(&page).map(|hit| hit[1].to_owned()).collect();
    assert!(named.len() > 20, "{named:?}");
    let gone: Vec<_> = named.iter().filter(|name| !root().join(name).exists()).collect();
    assert!(gone.is_empty(), "{gone:?}");
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            // Made by builds, or references that quote documents.
            if !["target", "node_modules"].contains(&&*name) && !name.ends_with(".ref") {
                gather(&path, files);
            }
        } else if ENDINGS.iter().any(|ending| path.extension().is_some_and(|its| its == *ending)) {
            files.push(path);
        }
    }
}

fn without_fences(text: &str) -> String {
    let mut fence: Option<String> = None;
    let mut kept = String::new();
    for line in text.lines() {
        let ticks: String = line.trim_start().chars().take_while(|c| *c == '`').collect();
        match &fence {
            Some(open) if ticks.len() >= open.len() => fence = None,
            Some(_) => {}
            None if ticks.len() >= 3 => fence = Some(ticks),
            None => kept += &format!("{line}\n"),
        }
    }
    kept
}

/// The anchors of the headings of a page, as hosts of code make them.
fn anchors(page: &str) -> BTreeSet<String> {
    let prose = without_fences(page);
    let headings = prose.lines().filter_map(|line| line.strip_prefix('#')).map(|line| line.trim_start_matches('#'));
    let mut anchors = BTreeSet::new();
    for heading in headings.filter_map(|heading| heading.strip_prefix(' ')) {
        let kept = heading
            .trim()
            .to_lowercase()
            .chars()
            .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
            .collect::<String>();
        let anchor = kept.replace(' ', "-");
        let again = (1..).map(|number| format!("{anchor}-{number}"));
        let free = std::iter::once(anchor.clone()).chain(again).find(|anchor| !anchors.contains(anchor));
        anchors.extend(free);
    }
    anchors
}
