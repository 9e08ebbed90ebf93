//! No import cycles: none across folders, and none of more than three files within one. A cycle is a
//! set of files of a package each of which reaches every other through `use` and paths. Names that a module
//! re-exports are followed to the file that defines them. A file may use what its own `mod.rs` defines.
//! Tests are left out.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// The folders of the packages.
const PACKAGES: [&str; 3] = ["src", "src/server", "src/cli"];
/// The most files of one folder that may import each other.
const MOST: usize = 3;

/// The files of a package, without those of packages in its folder and tests: their paths within it, and their texts.
pub(super) fn files_of(package: &str) -> Vec<(String, String)> {
    let folder = super::root().join(package);
    let mut others = PACKAGES.map(|other| super::root().join(other)).to_vec();
    others.retain(|other| *other != folder && other.starts_with(&folder));
    let mut paths = Vec::new();
    super::sources(&folder, &mut paths);
    paths.retain(|path| !others.iter().any(|other| path.starts_with(other)));
    let named = paths.iter().map(|path| {
        let name = path.strip_prefix(&folder).unwrap().to_str().unwrap().replace('\\', "/");
        (name, fs::read_to_string(path).unwrap())
    });
    named.filter(|(name, _)| !name.contains("tests")).collect()
}

#[test]
fn imports_have_no_cycles() {
    let (mut wrong, mut count) = (String::new(), 0);
    for package in PACKAGES {
        let imports = Modules::read(package).imports();
        count += imports.values().map(BTreeSet::len).sum::<usize>();
        wrong += &of_package(&imports);
    }
    assert!(count > 1000, "imports are not found any more");
    assert!(wrong.is_empty(), "{wrong}");
}

/// What is wrong with the imports of a package.
fn of_package(imports: &BTreeMap<String, BTreeSet<String>>) -> String {
    let mut wrong = String::new();
    for cycle in cycles(imports) {
        let folders: BTreeSet<_> = cycle.iter().map(|file| folder(file)).collect();
        if folders.len() > 1 || cycle.len() > MOST {
            wrong += &format!("\n{} files import each other:\n", cycle.len());
            for file in &cycle {
                let within: Vec<_> = imports[file].intersection(&cycle).map(String::as_str).collect();
                wrong += &format!("  {file} imports {}\n", within.join(", "));
            }
        }
    }
    let stages = stages(imports);
    for cycle in cycles(&stages) {
        wrong += &format!("\nfolders import each other: {cycle:?}\n");
    }
    wrong
}

/// What the folders and files at the top of `src` import of each other.
fn stages(imports: &BTreeMap<String, BTreeSet<String>>) -> BTreeMap<String, BTreeSet<String>> {
    let top = |file: &str| file.split('/').next().unwrap_or_default().to_owned();
    let mut stages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (file, imported) in imports {
        let others = imported.iter().map(|file| top(file)).filter(|other| *other != top(file));
        stages.entry(top(file)).or_default().extend(others);
    }
    stages
}

#[test]
fn imports_are_followed_to_their_files() {
    let files = [
        ("lib.rs", "mod a; mod b; pub use a::inner::{One, Two as Second};"),
        ("a/mod.rs", "mod inner; pub(crate) use inner::One; pub struct Three; fn f() { inner::g::<u8>(); }"),
        ("a/inner.rs", "use super::{Three, super::b::*}; use std::fmt; // use crate::c::D;\npub struct One;"),
        (
            "b.rs",
            "const TEXT: &str = \"crate::a::X\"; fn f() -> crate::Second { (crate::a::One, crate::a::Three) }\n#[cfg(test)]\nmod tests { use crate::a::Tested; }",
        ),
    ];
    let modules = Modules(files.iter().map(|(file, text)| module(file, text)).collect());
    let imports = modules.imports();
    let of = |file: &str| imports[file].iter().map(String::as_str).collect::<Vec<_>>();
    assert_eq!(of("lib.rs"), Vec::<&str>::new(), "what is re-exported is not used");
    assert_eq!(of("a/mod.rs"), ["a/inner.rs"]);
    assert_eq!(of("a/inner.rs"), ["b.rs"], "its own module does not count, nor do comments");
    assert_eq!(of("b.rs"), ["a/inner.rs", "a/mod.rs"], "names are followed; texts and tests do not count");
    let cycle = BTreeSet::from(["a/inner.rs", "a/mod.rs", "b.rs"].map(str::to_owned));
    assert_eq!(cycles(&imports), [cycle]);
    assert_eq!(cycles(&stages(&imports)), [BTreeSet::from(["a".to_owned(), "b.rs".to_owned()])]);
}

/// A path as its names: `crate`, `check`, `rules`.
pub(super) type Names = Vec<String>;

/// A file of the crate.
struct Module {
    file: String,
    /// The paths that it imports or writes out.
    paths: Vec<Names>,
    /// The names that it hands on, with their paths.
    handed_on: BTreeMap<String, Names>,
}

/// The files of the crate by the paths of their modules, without `crate`.
struct Modules(BTreeMap<Names, Module>);

impl Modules {
    fn read(package: &str) -> Self {
        let files = files_of(package).into_iter();
        Self(files.map(|(file, text)| module(&file, &text)).collect())
    }

    /// The files that each file imports.
    fn imports(&self) -> BTreeMap<String, BTreeSet<String>> {
        let files = self.0.iter().map(|(at, module)| {
            let found = module.paths.iter().filter_map(|path| self.file_of(at, path, 0));
            let own = module_of(&module.file);
            (module.file.clone(), found.filter(|file| *file != module.file && *file != own).collect())
        });
        files.collect()
    }

    /// The file that defines what a path means in the module at a place.
    fn file_of(&self, at: &[String], path: &[String], depth: usize) -> Option<String> {
        let (first, after) = path.split_first()?;
        let (mut place, mut rest) = match first.as_str() {
            "crate" => (Vec::new(), after),
            "self" => (at.to_vec(), after),
            "super" => (at.to_vec(), path),
            // A module below this one; all else is of another crate, or of this very file.
            name => self.0.contains_key(&[at, &[name.to_owned()]].concat()).then(|| (at.to_vec(), path))?,
        };
        while rest.first().is_some_and(|name| name == "super") {
            place.pop()?;
            rest = &rest[1..];
        }
        while let Some((name, after)) = rest.split_first() {
            place.push(name.clone());
            if !self.0.contains_key(&place) {
                place.pop();
                let module = self.0.get(&place)?;
                let Some(handed) = module.handed_on.get(name).filter(|_| depth < 8) else {
                    return Some(module.file.clone());
                };
                let path = [&handed[..], after].concat();
                return self.file_of(&place, &path, depth + 1).or_else(|| Some(module.file.clone()));
            }
            rest = after;
        }
        // A module as a whole, whose functions are called by its name, or a glob.
        self.0.get(&place).map(|module| module.file.clone())
    }
}

/// The folder of a file.
fn folder(file: &str) -> &str {
    file.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The file of the module that a file belongs to.
fn module_of(file: &str) -> String {
    let within = file.strip_suffix("/mod.rs").unwrap_or(file);
    match folder(within) {
        "" => "lib.rs".into(),
        folder => format!("{folder}/mod.rs"),
    }
}

/// A file with the path of its module.
fn module(file: &str, text: &str) -> (Names, Module) {
    let name = file.strip_suffix(".rs").unwrap_or(file);
    let name = name.strip_suffix("/mod").unwrap_or(name);
    let at = if name == "lib" { Vec::new() } else { name.split('/').map(str::to_owned).collect() };
    let tokens = without_tests(tokens(text));
    let (mut paths, mut handed_on) = (Vec::new(), BTreeMap::new());
    let mut aliases: BTreeMap<String, Names> = BTreeMap::new();
    let mut index = 0;
    let mut visible = false;
    while index < tokens.len() {
        match tokens[index].as_str() {
            "use" => {
                index += 1;
                let mut found = Vec::new();
                tree(&tokens, &mut index, &[], &mut found);
                for (name, path) in found {
                    // What is only handed on is not used here.
                    if visible {
                        handed_on.insert(name.clone(), path.clone());
                    } else {
                        paths.push(path.clone());
                    }
                    aliases.insert(name, path);
                }
                visible = false;
            }
            "pub" => {
                visible = true;
                index += 1;
                if tokens.get(index).is_some_and(|token| token == "(") {
                    while tokens.get(index).is_some_and(|token| token != ")") {
                        index += 1;
                    }
                    index += 1;
                }
            }
            token if is_name(token) => {
                visible = false;
                let mut path = vec![token.to_owned()];
                index += 1;
                while tokens.get(index).is_some_and(|token| token == "::")
                    && tokens.get(index + 1).is_some_and(|token| is_name(token))
                {
                    path.push(tokens[index + 1].clone());
                    index += 2;
                }
                if path.len() > 1 {
                    // `text::of` after `use super::text` is `super::text::of`.
                    let path = match aliases.get(&path[0]) {
                        Some(meant) => [&meant[..], &path[1..]].concat(),
                        None => path,
                    };
                    paths.push(path);
                }
            }
            _ => {
                visible = false;
                index += 1;
            }
        }
    }
    (at, Module { file: file.to_owned(), paths, handed_on })
}

/// The names that a tree of imports brings, with their paths: `a::{b, c as d}` brings b and d.
pub(super) fn tree(tokens: &[String], index: &mut usize, before: &[String], found: &mut Vec<(String, Names)>) {
    let mut path = before.to_vec();
    while let Some(token) = tokens.get(*index) {
        *index += 1;
        match token.as_str() {
            "::" => {}
            "{" => {
                while tokens.get(*index).is_some_and(|token| token != "}") {
                    tree(tokens, index, &path, found);
                    if tokens.get(*index).is_some_and(|token| token == ",") {
                        *index += 1;
                    }
                }
                *index += 1;
                return;
            }
            "*" => {
                found.push(("*".into(), path));
                return;
            }
            "as" => {
                let name = tokens.get(*index).cloned().unwrap_or_default();
                *index += 1;
                found.push((name, path));
                return;
            }
            "self" if !before.is_empty() || path.len() > before.len() => {}
            name if is_name(name) => path.push(name.to_owned()),
            _ => {
                *index -= 1;
                break;
            }
        }
        if tokens.get(*index).is_some_and(|token| matches!(token.as_str(), "," | "}" | ";")) {
            break;
        }
    }
    if let Some(name) = path.last().cloned() {
        found.push((name, path));
    }
}

fn is_name(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Names and signs of a source, without comments, texts and characters.
pub(super) fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(length) = literal(rest) {
            length
        } else if is_name(rest) {
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            tokens.push(rest[..end].to_owned());
            end
        } else if rest.starts_with("::") {
            tokens.push("::".into());
            2
        } else {
            if !first.is_whitespace() {
                tokens.push(first.to_string());
            }
            first.len_utf8()
        };
        rest = &rest[length..];
    }
    tokens
}

/// The length of the text or character that a source begins with.
fn literal(rest: &str) -> Option<usize> {
    let body = rest.strip_prefix('b').filter(|body| body.starts_with(['"', '\'', 'r'])).unwrap_or(rest);
    let marked = rest.len() - body.len();
    if let Some(raw) = body.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        if raw[hashes..].starts_with('"') {
            let end = format!("\"{}", "#".repeat(hashes));
            let inner = &raw[hashes + 1..];
            return Some(marked + 1 + hashes + 1 + inner.find(&end).map_or(inner.len(), |at| at + end.len()));
        }
        return None;
    }
    if body.starts_with('\'') {
        let inner: Vec<char> = body.chars().skip(1).take(12).collect();
        let end = match inner[..] {
            ['\\', _, ..] => 2 + inner.iter().skip(2).position(|c| *c == '\'')?,
            [_, '\'', ..] => 1,
            _ => return None, // a lifetime
        };
        return Some(marked + 1 + inner[..=end].iter().map(|c| c.len_utf8()).sum::<usize>());
    }
    let inner = body.strip_prefix('"')?;
    let mut escaped = false;
    let end = inner.char_indices().find(|(_, c)| {
        let ends = *c == '"' && !escaped;
        escaped = *c == '\\' && !escaped;
        ends
    });
    Some(marked + 1 + end.map_or(inner.len(), |(at, _)| at + 1))
}

/// Leaves out what is only compiled for tests.
fn without_tests(tokens: Vec<String>) -> Vec<String> {
    const TEST: [&str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];
    let mut kept = Vec::new();
    let mut index = 0;
    while index < tokens.len() {
        if tokens[index..].iter().zip(TEST).filter(|(token, wanted)| token == wanted).count() < TEST.len() {
            kept.push(tokens[index].clone());
            index += 1;
            continue;
        }
        // An item ends with a semicolon, or with the brace that closes its first one.
        let mut depth = 0;
        index += TEST.len();
        while let Some(token) = tokens.get(index) {
            index += 1;
            match token.as_str() {
                "{" => depth += 1,
                "}" => depth -= 1,
                ";" if depth == 0 => break,
                _ => continue,
            }
            if token == "}" && depth == 0 {
                break;
            }
        }
    }
    kept
}

/// The sets of files that reach each other, largest first.
fn cycles(imports: &BTreeMap<String, BTreeSet<String>>) -> Vec<BTreeSet<String>> {
    let reached: BTreeMap<&String, BTreeSet<&String>> = imports
        .keys()
        .map(|file| {
            let (mut reached, mut open) = (BTreeSet::new(), vec![file]);
            while let Some(file) = open.pop() {
                for next in imports.get(file).into_iter().flatten() {
                    if reached.insert(next) {
                        open.push(next);
                    }
                }
            }
            (file, reached)
        })
        .collect();
    let sets = reached.iter().map(|(file, others)| {
        let back = others.iter().filter(|other| reached.get(*other).is_some_and(|reached| reached.contains(file)));
        back.map(|other| (*other).clone()).collect::<BTreeSet<String>>()
    });
    let mut sets: Vec<_> = sets.filter(|set| set.len() > 1).collect::<BTreeSet<_>>().into_iter().collect();
    sets.sort_by_key(|set| std::cmp::Reverse(set.len()));
    sets
}
