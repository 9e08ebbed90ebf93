//! Help texts, messages and rules are in plain English: none of the words that they once had in their place.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use regex::Regex;

use super::root;

/// Words and phrases of a private dialect, and what to write instead.
const INSTEAD: [(&str, &str); 32] = [
    (r"\bfault(s|y)?\b", "error"),
    (r"\b(told|tells?)\b", "reported, lists, prints"),
    (r"\b(mend|mends|mended|mending)\b", "fix"),
    (r"\bstrokes\b", "slashes"),
    (r"\breckon(s|ed)?\b", "count, compute"),
    (r"\bgoes on\b", "continues"),
    (r"\bgo on where\b", "resume"),
    (r"\bhangs? together\b", "is related"),
    (r"\bwritten over\b", "overwritten"),
    (r"\bbroke down\b", "internal error"),
    (r"\banything to install\b", "nothing else to install"),
    (r"\beach once, none half\b", "each written once, atomically"),
    (r"\blays references\b", "stores references"),
    (r"\bsay nothing\b", "print only errors"),
    (r"\ban inch of\b", "per inch"),
    (r"\bwhat is up to date\b", "up-to-date files"),
    (r"\bwhose place others have taken\b", "superseded"),
    (r"\bone that is there\b", "an existing one"),
    (r"\bhave their file\b", "rendered"),
    (r"\bof an earlier state\b", "outdated"),
    (r"\bof the program itself\b", "internal error"),
    (r"\b(it|this|that|which|what) is no (?!longer)", "is not a"),
    (r"\bstands? in double quotes\b", "need double quotes"),
    (r"\bstruck text\b", "strikethrough"),
    (r"\bbox to be ticked\b", "task list"),
    (r"\bof one gender\b", "gendered term"),
    (r"\bstands here\b", "is here"),
    (r"\b(is|are) there already\b", "already exists"),
    (r"\bset the pages\b", "render"),
    (r"\bhold documents against\b", "compare documents with"),
    (r"\bbegin a document of\b", "create a starter document"),
    (r"\bcannot be of \d", "cannot date from"),
];

fn patterns() -> Vec<(Regex, &'static str)> {
    // The crate has no look-ahead: what is left out is asked for apart.
    let plain = |pattern: &str| pattern.replace("(?!longer)", "");
    INSTEAD.iter().map(|(pattern, better)| (Regex::new(&format!("(?i){}", plain(pattern))).unwrap(), *better)).collect()
}

/// What of a text should be written otherwise.
fn dialect(place: &str, text: &str, patterns: &[(Regex, &str)]) -> Vec<String> {
    let hits = patterns.iter().flat_map(|(pattern, better)| pattern.find_iter(text).map(move |hit| (hit, better)));
    let hits = hits.filter(|(hit, _)| !text[hit.end()..].starts_with("longer"));
    hits.map(|(hit, better)| format!("{place}: “{}” in “{text}”; better: {better}", hit.as_str())).collect()
}

#[test]
fn help_is_plain_english() {
    let patterns = patterns();
    let mut found = Vec::new();
    let mut commands = vec![Vec::new()];
    let mut asked = 0;
    while let Some(command) = commands.pop() {
        let run = Command::new(env!("CARGO_BIN_EXE_masthead")).args(&command).arg("--help").output().unwrap();
        let help = String::from_utf8(run.stdout).unwrap();
        assert!(run.status.success() && !help.is_empty(), "masthead {} --help", command.join(" "));
        asked += 1;
        for line in help.lines() {
            found.extend(dialect(&format!("masthead {} --help", command.join(" ")), line.trim(), &patterns));
        }
        let below = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
        let named = below.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
        for name in named.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help") {
            commands.push([&command[..], &[name.to_owned()]].concat());
        }
    }
    assert!(asked > 15, "commands are not found any more: {asked}");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn messages_are_plain_english() {
    let patterns = patterns();
    let mut files = Vec::new();
    sources(&root().join("src"), &mut files);
    let (mut found, mut messages) = (Vec::new(), 0);
    for file in files {
        let shown = file.strip_prefix(root()).unwrap().display().to_string();
        for message in literals(&fs::read_to_string(&file).unwrap()).iter().filter(|text| is_sentence(text)) {
            messages += 1;
            found.extend(dialect(&shown, message, &patterns));
        }
    }
    assert!(messages > 1000, "messages are not found any more: {messages}");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The source files, without tests and without the words that pages print.
fn sources(folder: &Path, files: &mut Vec<PathBuf>) {
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        match path.is_dir() {
            true if name != "words" && name != "tests" => sources(&path, files),
            false if name.ends_with(".rs") && !name.ends_with("tests.rs") => files.push(path),
            _ => {}
        }
    }
}

/// The string literals of a source before its tests, comments left out.
fn literals(source: &str) -> Vec<String> {
    let code = source.split("\n#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let token = Regex::new(r##"(?s)r#".*?"#|'(?:\\.|[^'\\])'|//[^\n]*|"((?:\\.|[^"\\])*)""##).unwrap();
    let folded = Regex::new(r"\\\n\s*").unwrap();
    let texts = token.captures_iter(code).filter_map(|hit| hit.get(1));
    texts.map(|text| folded.replace_all(text.as_str(), "").into_owned()).collect()
}

/// Whether a literal is something that people read: some words in a row, and no pattern.
fn is_sentence(text: &str) -> bool {
    let pattern = ["(?", "\\b", "\\s", "[^", "\\x"].iter().any(|sign| text.contains(sign));
    !pattern && text.split(' ').filter(|word| word.len() > 1 && word.chars().all(char::is_alphabetic)).count() >= 3
}
