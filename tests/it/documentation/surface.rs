//! What is public names no type of another crate that is not meant to be seen: the engine is pinned and changes with
//! every version, and so would whatever is built on the library. Nor is an error a bare text.
//!
//! The test reads the sources. What is public is followed from `lib.rs`, through public modules and names that are
//! handed on; of a public type, its public fields and methods count, wherever they are written.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use super::imports::{Names, files_of, tokens, tree};

/// The crates whose types may be seen: data (serde, schemars), and threads of a runtime that the caller has.
const SEEN: [&str; 10] =
    ["std", "core", "alloc", "serde", "serde_json", "schemars", "tokio", "masthead", "crate", "super"];

#[test]
fn signatures_name_no_types_of_other_crates() {
    let [library, server] = ["src", "src/server"].map(|package| Surface::of(&files_of(package).into_iter().collect()));
    let found = [&library, &server].map(|of| (of.types.len(), of.signatures));
    assert!(found[0] > (200, 1500) && found[1] > (20, 100), "what is public is not found any more: {found:?}");
    let wrong = [library.wrong, server.wrong].concat();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn types_of_other_crates_are_found_where_they_are_public() {
    let files = [
        ("lib.rs", "pub mod a;\nmod b;\npub use b::{Shown, made};\n"),
        (
            "a.rs",
            "use typst::Page;\npub fn page() -> Page {\n}\npub(crate) fn own() -> Page {\n}\nfn not() -> Page {\n}\n",
        ),
        (
            "b.rs",
            "use image::GrayImage as Grey;\npub struct Shown {\n    pub one: Grey,\n    two: Grey,\n}\npub struct Hidden {\n    \
             pub one: Grey,\n}\npub fn made() -> Result<u8, String> {\n}\nimpl Shown {\n    pub fn of(\n        it: \
             &glob::Pattern,\n    ) -> u8 {\n    }\n    fn its() -> Grey {\n    }\n}\nimpl Hidden {\n    pub fn of() -> Grey \
             {\n    }\n}\n#[cfg(test)]\nmod tests {\n    pub fn of() -> Grey {\n    }\n}\n",
        ),
    ];
    let files = files.map(|(name, text)| (name.to_owned(), text.to_owned()));
    let wrong = Surface::of(&files.into()).wrong;
    let found: Vec<&str> = wrong.iter().map(|one| one.split(": ").next().unwrap()).collect();
    assert_eq!(found, ["a.rs:2", "b.rs:3", "b.rs:9", "b.rs:12"], "{wrong:?}");
}

/// What other programs see of the library.
#[derive(Default)]
struct Surface {
    types: BTreeSet<String>,
    /// Types that only the library sees, with their files.
    own: BTreeSet<(String, String)>,
    signatures: usize,
    /// File, line and text of what they should not.
    wrong: Vec<String>,
}

impl Surface {
    fn of(files: &BTreeMap<String, String>) -> Self {
        let mut surface = Self::default();
        let public = public_items(files);
        let defined = Regex::new(r"(?m)^(?:pub(?:\([^)]*\))? )?(?:struct|enum|trait|type|union) (\w+)").unwrap();
        for (file, text) in files {
            for found in defined.captures_iter(text) {
                let item = (file.clone(), found[1].to_owned());
                if public.contains(&item) {
                    surface.types.insert(item.1);
                } else {
                    surface.own.insert(item);
                }
            }
        }
        for (file, text) in files {
            surface.read(file, text, &public);
        }
        surface
    }

    fn read(&mut self, file: &str, text: &str, public: &BTreeSet<(String, String)>) {
        let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let foreign = foreign_names(text);
        let item = Regex::new(&format!(r"^{ITEM} (\w+)")).unwrap();
        let of = Regex::new(r"^impl(?:<[^{]*?>)? (?:[\w:]+(?:<.*>)? for )?(\w+)").unwrap();
        let method = Regex::new(r"^    (?:pub (?:const fn|async fn|fn|const)|fn) \w+").unwrap();
        let lines: Vec<&str> = text.lines().collect();
        // The item that is open, and whether it is public: a type with its fields, or the methods of one.
        let (mut open, mut is_public) = (' ', false);
        for (index, line) in lines.iter().enumerate() {
            let mut signature = None;
            if let Some(found) = item.captures(line) {
                is_public = public.contains(&(file.to_owned(), found[1].to_owned()));
                open = match line {
                    _ if line.contains("struct ") => 's',
                    _ if line.contains("enum ") => 'e',
                    _ if line.contains("trait ") => 't',
                    _ => ' ',
                };
                // Fields and methods follow; here, all that is before them counts.
                signature = is_public.then_some(index);
            } else if let Some(found) = of.captures(line) {
                // What a trait of another crate demands is not the library's choice.
                open = if line.contains(" for ") { ' ' } else { 'i' };
                let own = (file.to_owned(), found[1].to_owned());
                is_public = self.types.contains(&own.1) && !self.own.contains(&own);
            } else if line.starts_with('}') {
                is_public = false;
            } else if is_public {
                let is_method = method.is_match(line) && (open == 't' || open == 'i' && line.starts_with("    pub"));
                let is_field =
                    open == 's' && line.starts_with("    pub ") || open == 'e' && !line.trim().starts_with("//");
                // The one thing of another's trait that the library chooses.
                let is_error = line.starts_with("    type Err") && line.contains("= String;");
                signature = (is_method || is_field || is_error).then_some(index);
            }
            if let Some(start) = signature {
                self.signatures += 1;
                let mut all = signature_at(&lines, start);
                if open == 's' && all.starts_with("pub struct ") {
                    // Of what is in parentheses, only what is public.
                    all = all.split_once('(').map_or(all.clone(), |(head, rest)| match rest.contains("pub ") {
                        true => format!("{head} {rest}"),
                        false => head.to_owned(),
                    });
                } else if open == 'e' {
                    // The name of a variant is its own.
                    all = all.split_once(['(', '{', ':']).map(|(_, rest)| rest.to_owned()).unwrap_or_default();
                }
                if let Some(what) = unwanted(&all, &foreign) {
                    self.wrong.push(format!("{file}:{}: {what} in {}", start + 1, all.trim()));
                }
            }
        }
    }
}

/// A signature from its first line to its brace or stop.
fn signature_at(lines: &[&str], start: usize) -> String {
    let mut all = String::new();
    for line in &lines[start..] {
        let code = line.split(" //").next().unwrap_or_default();
        all.push_str(code);
        all.push(' ');
        if code.ends_with(['{', ';', ',']) && !all.trim_end().ends_with("(,") && balanced(&all) {
            break;
        }
    }
    all
}

fn balanced(text: &str) -> bool {
    text.matches('(').count() == text.matches(')').count()
}

/// What a signature should not name.
fn unwanted(signature: &str, foreign: &BTreeSet<String>) -> Option<String> {
    static WORDS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[\w:]+").unwrap());
    static TEXT_AS_ERROR: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"Result<.*, (?:String|Vec<String>|&'static str)>(?: |$|,|\{)|^    type Err").unwrap()
    });
    let name = WORDS.find_iter(signature).map(|word| word.as_str()).find(|word| {
        let first = word.split("::").next().unwrap_or_default();
        foreign.contains(first) || word.contains("::") && is_foreign(first)
    });
    let name = name.map(str::to_owned);
    // Where an error is data that is stored, its text is all there is.
    let stored = signature.trim_start().starts_with("pub pictures:");
    name.or_else(|| TEXT_AS_ERROR.is_match(signature).then(|| "a text as error".to_owned()).filter(|_| !stored))
}

fn is_foreign(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase()) && CRATES.contains(&name)
}

/// The crates whose types are nobody's concern.
const CRATES: [&str; 32] = [
    "typst",
    "typst_layout",
    "typst_library",
    "typst_pdf",
    "typst_render",
    "typst_svg",
    "comemo",
    "image",
    "indexmap",
    "glob",
    "globset",
    "hayro",
    "hayro_syntax",
    "lopdf",
    "rusqlite",
    "csv",
    "regex",
    "usvg",
    "roxmltree",
    "quick_xml",
    "pulldown_cmark",
    "walkdir",
    "notify",
    "rayon",
    "rustybuzz",
    "fontdb",
    "axum",
    "hyper",
    "async_nats",
    "bytes",
    "time",
    "tempfile",
];

/// The names that a file imports from such crates.
fn foreign_names(text: &str) -> BTreeSet<String> {
    let import = Regex::new(r"(?s)\buse (\w+)(::[^;]*);").unwrap();
    let renamed = Regex::new(r"\w+ as (\w+)").unwrap();
    let mut names = BTreeSet::new();
    for found in import.captures_iter(text) {
        if SEEN.contains(&&found[1]) || !CRATES.contains(&&found[1]) {
            continue;
        }
        let plain = renamed.replace_all(&found[2], "$1");
        names.extend(
            plain
                .split(|c: char| !c.is_alphanumeric() && c != '_')
                .filter(|name| name.starts_with(|c: char| c.is_ascii_uppercase()))
                .map(str::to_owned),
        );
    }
    // Names that every file has.
    for own in ["Result", "String", "Path", "Box", "Vec", "Option", "Arc"] {
        names.remove(own);
    }
    names
}

/// The public items at the top of files: those of public modules, and those that these hand on.
fn public_items(files: &BTreeMap<String, String>) -> BTreeSet<(String, String)> {
    let module = Regex::new(r"(?m)^pub mod (\w+);").unwrap();
    let modules = Modules { files, item: Regex::new(&format!(r"(?m)^{ITEM} (\w+)")).unwrap() };
    let mut public = BTreeSet::new();
    let mut open = vec!["lib.rs".to_owned()];
    while let Some(file) = open.pop() {
        let text = &files[&file];
        open.extend(module.captures_iter(text).filter_map(|found| modules.below(&file, &found[1])));
        let items = modules.item.captures_iter(text).map(|found| (file.clone(), found[1].to_owned()));
        public.extend(items);
        for (name, path) in handed_on(text, "pub use ") {
            public.extend(modules.defined(&file, &path, &name));
        }
    }
    public
}

/// How items begin.
const ITEM: &str = "pub (?:const fn|async fn|fn|struct|enum|trait|type|const|static)";

/// The names that the imports of a file bring that begin so, with their paths.
fn handed_on(text: &str, beginning: &str) -> Vec<(String, Names)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices(beginning).filter(|(at, _)| *at == 0 || text[..*at].ends_with('\n')) {
        let statement = text[at + beginning.len()..].split(';').next().unwrap_or_default();
        let statement = tokens(&format!("{statement};"));
        tree(&statement, &mut 0, &[], &mut found);
    }
    found
}

struct Modules<'f> {
    files: &'f BTreeMap<String, String>,
    item: Regex,
}

impl Modules<'_> {
    /// The file of a module within that of another.
    fn below(&self, file: &str, module: &str) -> Option<String> {
        let folder = match file {
            "lib.rs" => String::new(),
            _ => format!("{}/", file.strip_suffix("/mod.rs").unwrap_or(file.trim_end_matches(".rs"))),
        };
        let candidates = [format!("{folder}{module}.rs"), format!("{folder}{module}/mod.rs")];
        candidates.into_iter().find(|name| self.files.contains_key(name))
    }

    /// Where a path of a file leads, if it is an item of the library, with its name there.
    fn defined(&self, file: &str, path: &[String], handed_on_as: &str) -> Option<(String, String)> {
        let (name, modules) = path.split_last()?;
        let mut at = file.to_owned();
        for module in modules.iter().filter(|module| *module != "self") {
            at = self.below(&at, module)?;
        }
        let text = &self.files[&at];
        if self.item.captures_iter(text).any(|found| found[1] == *name) {
            return Some((at, name.clone()));
        }
        // It is handed on there, too.
        let visible = ["pub use ", "pub(super) use ", "pub(crate) use ", "use "];
        let more = visible.iter().flat_map(|beginning| handed_on(text, beginning));
        let (_, further) = more.into_iter().find(|(known, path)| known == name && path.len() > 1)?;
        (at != file || name != handed_on_as).then(|| self.defined(&at, &further, name))?
    }
}
