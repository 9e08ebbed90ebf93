//! What the documentation says of findings is what the program says; `UPDATE=1
//! cargo test --test it documentation` writes it anew. Every code that the program can utter is explained; what is cited is in
//! the repository; what ARCHITECTURE.md says of imports holds.

mod blocks;
mod book;
mod citations;
#[cfg(unix)]
mod commands;
mod english;
mod imports;
mod measures;
mod model;
mod surface;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use masthead::check::explain::{explain, explanations};
use masthead::check::rules::{Council, rules, themes};
use masthead::diagnostic::Finding;
use masthead::model::{SCHEMA, Symbol};
use regex::Regex;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn held(name: &str, text: &str) {
    let path = root().join("docs").join(name);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, text).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(written == text, "docs/{name} is not what the program says; UPDATE=1 writes it anew");
}

/// A text as the cell of a table in Markdown, where what looks like an element would be one.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('<', "\\<")
}

#[test]
fn rules_are_documented() {
    let mut text = String::from(
        "# Findings of `masthead check`\n\n<!-- Written by tests/it/documentation out of the program. -->\n\n\
         An *error* is certainly wrong, a *warning* almost certainly; a *hint* is for an editor to consider.\n\
         `masthead explain CODE` shows the same with an example.\n\n",
    );
    writeln!(text, "There are {} editorial rules.\n", rules().count()).unwrap();
    for theme in themes() {
        writeln!(text, "## {}\n", theme.name).unwrap();
        if theme.council == Council::Hints {
            text += "In acts of the Security Council, which are issued in the words in which it adopted them, warnings are hints.\n\n";
        }
        text += "| code | | rule | languages | source |\n|---|---|---|---|---|\n";
        for rule in theme.rules {
            let (asks, source) = (cell(rule.asks), cell(rule.source));
            let (severity, languages) = (rule.severity.name(), rule.languages.name());
            writeln!(text, "| `{}` | {severity} | {asks} | {languages} | {source} |", rule.code).unwrap();
        }
        text += "\n";
    }
    text += "## Form and structure\n\nA document with an error among these is refused; `--allow` does not suppress it.\n\n\
             | code | | rule | source |\n|---|---|---|---|\n";
    for row in explanations().filter(|row| !row.editorial) {
        let (asks, source) = (cell(row.asks), cell(row.source));
        writeln!(text, "| `{}` | {} | {asks} | {source} |", row.code, row.severity.name()).unwrap();
    }
    held("rules.md", &text);
}

#[test]
fn findings_have_a_schema() {
    let schema = schemars::schema_for!(Vec<Finding<'static>>);
    held("findings.schema.json", &(serde_json::to_string_pretty(&schema).unwrap() + "\n"));
}

fn sources(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            out.push(path);
        }
    }
}

#[test]
fn every_code_is_explained() {
    let mut paths = Vec::new();
    sources(&root().join("src"), &mut paths);
    let uttered =
        Regex::new(r#"(?:error|warning|whole)\(\s*"([a-z0-9]+(?:-[a-z0-9]+)+|path|address|picture)""#).unwrap();
    let mut codes = BTreeSet::new();
    for path in paths {
        let text = fs::read_to_string(path).unwrap();
        codes.extend(uttered.captures_iter(&text).map(|hit| hit[1].to_owned()));
    }
    assert!(codes.len() > 40, "the codes of the sources are not found any more: {codes:?}");
    let unexplained: Vec<_> = codes.iter().filter(|code| explain(code).is_none()).collect();
    assert!(unexplained.is_empty(), "{unexplained:?}");
    let all: Vec<_> = explanations().map(|one| one.code).collect();
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len(), "a code means two things");
}

/// Every property of a schema, with the name of what it belongs to.
fn properties<'v>(name: &str, value: &'v serde_json::Value, list: &mut Vec<(String, &'v serde_json::Value)>) {
    if let Some(fields) = value.get("properties").and_then(serde_json::Value::as_object) {
        list.extend(fields.iter().map(|(field, schema)| (format!("{name}.{field}"), schema)));
    }
    match value {
        serde_json::Value::Object(map) => map.iter().for_each(|(key, value)| properties(key, value, list)),
        serde_json::Value::Array(values) => values.iter().for_each(|value| properties(name, value, list)),
        _ => {}
    }
}

#[test]
fn the_schema_of_documents_describes_every_field() {
    let schema = masthead::model::schema();
    assert_eq!(schema["$id"], SCHEMA);
    let mut list = Vec::new();
    properties("", &schema, &mut list);
    assert!(list.len() > 80, "{}", list.len());
    let bare: Vec<_> =
        list.iter().filter(|(_, field)| field.get("description").is_none()).map(|(name, _)| name).collect();
    assert!(bare.is_empty(), "no description: {bare:?}");
    held("document.schema.json", &(serde_json::to_string_pretty(&schema).unwrap() + "\n"));
    held("model.md", &model::page(&schema));
}

#[test]
fn symbols_in_the_documentation_are_symbols() {
    let page = fs::read_to_string(root().join("docs/symbols.md")).unwrap();
    let shapes = page.split("## Suffixes").next().unwrap();
    let quoted = Regex::new("`([A-Z]+/[^`]+)`").unwrap();
    let symbols: Vec<&str> = quoted.captures_iter(shapes).map(|hit| hit.get(1).unwrap().as_str()).collect();
    assert!(symbols.len() > 15, "{symbols:?}");
    let wrong: Vec<_> = symbols.iter().filter(|symbol| Symbol::parse(symbol).is_err()).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn starters_name_their_schema() {
    let starters = fs::read_dir(root().join("src/cli/starters")).unwrap().map(|entry| entry.unwrap().path());
    for path in starters.filter(|path| path.extension().is_some_and(|ending| ending == "yaml")) {
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("# yaml-language-server: $schema="), "{}", path.display());
    }
}
