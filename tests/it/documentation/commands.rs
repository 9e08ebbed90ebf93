//! Every command of the README and of the documentation is run, in a folder with what its page presupposes, and ends
//! with the exit status and the output that the page states. See CONTRIBUTING.md, *Build and test*.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Mutex;

use rayon::prelude::*;

use super::blocks::{Place, Shown, commands};
use super::root;
use crate::import::word_file;

/// What is not run: page, beginning of the command, reason.
const NOT_RUN: &[(&str, &str, &str)] = &[
    ("README.md", "cargo install", "builds the program"),
    ("README.md", "cargo test", "runs this test"),
    ("README.md", "masthead watch", "serves until it is ended"),
    ("README.md", "masthead serve", "serves until it is ended"),
    ("README.md", "curl", "needs a server that runs"),
    ("README.md", "pip", "builds the package; .ci/check-python does"),
    ("CONTRIBUTING.md", "cargo", "builds the program"),
    ("CONTRIBUTING.md", ".ci/run", "runs this test"),
    ("CONTRIBUTING.md", "masthead golden check tests/suite", "tests/it/suite.rs does"),
    ("CONTRIBUTING.md", "masthead golden review tests/suite", "asks about the suite of the repository"),
    ("docs/commands.md", "masthead watch", "serves until it is ended"),
    ("docs/commands.md", "masthead serve", "serves until it is ended"),
    ("docs/commands.md", "masthead queue", "needs a NATS server; tests/queue has one"),
    ("docs/integrations.md", "docker", "another program"),
    ("docs/queue.md", "masthead queue", "needs a NATS server; tests/queue has one"),
    ("docs/queue.md", "masthead serve", "serves until it is ended"),
    ("docs/queue.md", "nats-server", "another program"),
    ("docs/queue.md", "curl", "needs a server that runs"),
    ("docs/register.md", "sqlite3", "another program"),
    ("docs/serve.md", "masthead watch", "serves until it is ended"),
    ("docs/serve.md", "masthead serve", "serves until it is ended"),
    ("docs/serve.md", "masthead render draft.yaml --open", "opens another program"),
    ("docs/serve.md", "curl", "needs a server that runs"),
    ("docs/typst-package.md", "mkdir", "writes into the home folder"),
    ("docs/typst-package.md", "cp", "writes into the home folder"),
    ("docs/typst-package.md", "typst", "another program"),
];

/// What asks at the terminal before it writes, and gets the answer from an option here: page, beginning of the command.
const ASKS: &[(&str, &str)] = &[
    ("README.md", "masthead fit"),
    ("docs/checking.md", "masthead check second.yaml --fix"),
    ("docs/commands.md", "masthead adopt"),
    ("docs/commands.md", "masthead fit"),
    ("docs/commands.md", "masthead match"),
    ("docs/commands.md", "masthead revise"),
    ("docs/copyfitting.md", "masthead fit"),
    ("docs/copyfitting.md", "masthead match"),
    ("docs/document-control.md", "masthead fit"),
    ("docs/revising.md", "masthead revise"),
    ("docs/revising.md", "masthead adopt"),
];

/// What a reader goes through, one after the other, in one folder.
const CHAPTERS: [&str; 5] =
    ["README.md", "docs/writing.md", "docs/checking.md", "docs/document-control.md", "docs/golden.md"];

const DRAFT: &str = "masthead new draft-resolution -o draft.yaml -q";
const DRAFTS: &str = "mkdir drafts; cp examples/a-77-l-107.yaml examples/resolution.yaml drafts/";
const BATCH: &str = "masthead batch drafts/ --out out/ -q";
/// Files that readers have: a Word file, a seal, pasted text.
const OWN_FILES: &str = "cp examples/figure.svg seal.svg; printf 'The General Assembly,\\n' > pasted.txt; \
    printf '{\"resolution\": {\"preamble\": [], \"operative\": []}}' > resolution.json";

/// What pages presuppose, beside `examples/` and a Word file: page, commands that make it.
const PRESUPPOSED: &[(&str, &[&str])] = &[
    ("README.md", &[OWN_FILES]),
    ("docs/akn.md", &[DRAFT]),
    ("docs/batch.md", &[DRAFTS]),
    ("docs/checking.md", &[DRAFTS]),
    (
        "docs/commands.md",
        &[
            DRAFTS,
            BATCH,
            OWN_FILES,
            "cp examples/a-77-l-107.yaml old.yaml; cp examples/resolution.yaml new.yaml",
            "cp examples/a-77-l-107.yaml A_77_L.107.yaml",
            "masthead new draft-resolution -q -o A_RES_77_1.xml",
            "masthead new draft-resolution -q | masthead render - -o official.pdf -q",
        ],
    ),
    ("docs/copyfitting.md", &["cp examples/a-77-l-107.yaml draft.yaml; masthead render draft.yaml -o official.pdf -q"]),
    ("docs/house.md", &["mkdir conference; cp examples/figure.svg conference/seal.svg"]),
    ("docs/import.md", &[OWN_FILES]),
    ("docs/printing.md", &[DRAFT, "masthead render draft.yaml -q"]),
    ("docs/register.md", &[DRAFTS, BATCH]),
    ("docs/revising.md", &["cp examples/a-77-l-107.yaml A_77_L.107.yaml"]),
    ("docs/serve.md", &[DRAFT]),
];

/// Variables that the schedulers of the pages set.
const VARIABLES: [(&str, &str); 3] =
    [("SLURM_ARRAY_TASK_ID", "1"), ("SLURM_ARRAY_TASK_COUNT", "8"), ("JOB_COMPLETION_INDEX", "1")];

/// The pages, by their paths.
fn pages() -> BTreeMap<String, String> {
    let docs =
        fs::read_dir(root().join("docs")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let docs = docs.filter(|name| name.ends_with(".md")).map(|name| format!("docs/{name}"));
    let others = ["README.md", "CONTRIBUTING.md", "examples/README.md"].map(str::to_owned);
    docs.chain(others).map(|page| (page.clone(), fs::read_to_string(root().join(&page)).unwrap())).collect()
}

#[test]
fn every_command_runs_as_its_page_says() {
    let bin = bin();
    let used = Mutex::new(BTreeSet::new());
    let runs = |(page, text): (&String, &String)| -> (usize, Vec<String>) {
        let shown = match commands(text) {
            Ok(shown) => shown,
            Err(wrong) => return (0, wrong.into_iter().map(|wrong| format!("{page}: {wrong}")).collect()),
        };
        let omitted = |shown: &Shown| {
            let row = omitted(page, shown);
            used.lock().unwrap().extend(row);
            row.is_some()
        };
        let shown: Vec<Shown> = shown.into_iter().filter(|shown| is_complete(shown) && !omitted(shown)).collect();
        if shown.is_empty() {
            return (0, Vec::new());
        }
        let folder = tempfile::tempdir().unwrap();
        let shell = Shell { folder: folder.path(), bin: bin.path() };
        let mut wrong = shell.prepared(page);
        wrong.extend(shown.iter().filter_map(|shown| shell.differs(page, shown)));
        (shown.len(), wrong.into_iter().map(|wrong| format!("{page}: {wrong}")).collect())
    };
    let pages = pages();
    let results: Vec<(usize, Vec<String>)> = pages.par_iter().map(runs).collect();
    let wrong: Vec<String> = results.iter().flat_map(|(_, wrong)| wrong.clone()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let run: usize = results.iter().map(|(run, _)| run).sum();
    assert!(run > 80, "commands are not found any more: {run}");
    let used = used.into_inner().unwrap();
    let stale: Vec<_> = NOT_RUN.iter().enumerate().filter(|(row, _)| !used.contains(row)).map(|(_, row)| row).collect();
    assert!(stale.is_empty(), "no page shows these commands any more: {stale:?}");
    let asked = ASKS.iter().map(|(page, _)| page);
    let gone: Vec<_> =
        PRESUPPOSED.iter().map(|(page, _)| page).chain(asked).filter(|page| !pages.contains_key(**page)).collect();
    assert!(gone.is_empty(), "these pages do not exist: {gone:?}");
}

#[test]
fn a_reader_goes_through_the_chapters_in_one_folder() {
    let (bin, folder) = (bin(), tempfile::tempdir().unwrap());
    let shell = Shell { folder: folder.path(), bin: bin.path() };
    let mut wrong = shell.prepared(CHAPTERS[0]);
    for page in CHAPTERS {
        let text = fs::read_to_string(root().join(page)).unwrap();
        let shown = commands(&text).unwrap();
        let run = shown.iter().filter(|shown| is_complete(shown) && omitted(page, shown).is_none());
        wrong.extend(run.filter_map(|shown| shell.differs(page, shown)).map(|wrong| format!("{page}: {wrong}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A folder with the program, and with the answer to what `golden review` asks.
fn bin() -> tempfile::TempDir {
    let bin = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_masthead"), bin.path().join("masthead")).unwrap();
    fs::write(bin.path().join("answers"), "a\n").unwrap();
    bin
}

/// Returns the row of a command that is not run.
fn omitted(page: &str, shown: &Shown) -> Option<usize> {
    NOT_RUN.iter().position(|(of, begins, _)| *of == page && shown.command.starts_with(begins))
}

/// Returns whether a command can be run as it stands: within text, commands are only named.
fn is_complete(shown: &Shown) -> bool {
    shown.place == Place::Block || shown.place == Place::Row && !shown.command.split(' ').any(is_placeholder)
}

/// Returns whether a word stands for something: `FILE`, `FILE.pdf`, `…`.
fn is_placeholder(word: &str) -> bool {
    let stem = word.split('.').next().unwrap_or_default();
    word.contains('…') || stem.len() > 1 && stem.chars().all(|c| c.is_ascii_uppercase())
}

/// A folder in which the commands of a page are run one after the other.
struct Shell<'s> {
    folder: &'s Path,
    bin: &'s Path,
}

impl Shell<'_> {
    /// Makes what a page presupposes; returns what did not succeed.
    fn prepared(&self, page: &str) -> Vec<String> {
        let examples = format!("cp -r '{}' examples", root().join("examples").display());
        assert_eq!(self.run(&examples).0, Some(0));
        fs::write(
            self.folder.join("draft.docx"),
            word_file(&["The General Assembly,", "Recalling its resolution 70/1,", "1. Decides to continue."]),
        )
        .unwrap();
        let commands = PRESUPPOSED.iter().filter(|(of, _)| *of == page).flat_map(|(_, commands)| *commands);
        let failed = commands.map(|command| (command, self.run(command))).filter(|(_, (status, _))| *status != Some(0));
        failed.map(|(command, (_, out))| format!("what it presupposes cannot be made: {command}\n{out}")).collect()
    }

    /// Runs a command, and returns how it ends otherwise than its page says.
    fn differs(&self, page: &str, shown: &Shown) -> Option<String> {
        let answered = ["--yes", "--dry-run", "--json"].iter().any(|option| shown.command.contains(option));
        let asks = !answered && ASKS.iter().any(|(of, begins)| *of == page && shown.command.starts_with(begins));
        let command = shown.command.replacen("cargo run -- ", "masthead ", 1) + if asks { " --yes" } else { "" };
        let (status, out) = self.run(&command);
        if status != Some(shown.status) {
            return Some(format!("{command}\nends with {status:?}, not {}:\n{out}", shown.status));
        }
        let expected = shown.prints.as_ref()?;
        let lines: Vec<&str> = out.lines().map(str::trim_end).collect();
        (lines != expected.iter().map(String::as_str).collect::<Vec<_>>())
            .then(|| format!("{command}\nprints\n{out}\nand not\n{}", expected.join("\n")))
    }

    fn run(&self, command: &str) -> (Option<i32>, String) {
        let path = std::env::var("PATH").unwrap_or_default();
        let run = Command::new("sh")
            .args(["-c", &format!("{{ {command}\n}} 2>&1")])
            .current_dir(self.folder)
            .env("PATH", format!("{}:{path}", self.bin.display()))
            .env_remove("CI")
            .envs(VARIABLES)
            // What `golden review` asks is answered with “accept”.
            .stdin(Stdio::from(File::open(self.bin.join("answers")).unwrap()))
            .output()
            .unwrap();
        (run.status.code(), String::from_utf8_lossy(&run.stdout).trim_end().to_owned())
    }
}

#[test]
fn commands_within_text_exist() {
    let help = |names: &[&str]| {
        let run = Command::new(env!("CARGO_BIN_EXE_masthead")).args(names).arg("--help").output().unwrap();
        run.status.success().then(|| String::from_utf8_lossy(&run.stdout).into_owned())
    };
    let mut known: BTreeMap<Vec<String>, Option<String>> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (page, text) in pages() {
        for Shown { command, .. } in commands(&text).unwrap_or_default() {
            let Some(arguments) = command.strip_prefix("masthead ") else { continue };
            let words: Vec<&str> = arguments.split_whitespace().collect();
            let depth = if matches!(words.first(), Some(&"golden" | &"queue" | &"register")) { 2 } else { 1 };
            let is_name =
                |word: &&&str| word.chars().all(|c| c.is_ascii_lowercase() || c == '-') && !word.starts_with('-');
            let names: Vec<&str> = words.iter().take(depth).take_while(is_name).copied().collect();
            if names.is_empty() {
                continue;
            }
            let key = names.iter().map(|name| (*name).to_owned()).collect();
            let Some(text) = known.entry(key).or_insert_with(|| help(&names)) else {
                wrong.push(format!("{page}: there is no command: {command}"));
                continue;
            };
            let options = words.iter().take_while(|word| **word != "|").filter(|word| word.starts_with("--"));
            let unknown = options.filter(|option| !text.contains(option.split('=').next().unwrap_or_default()));
            wrong.extend(unknown.map(|option| format!("{page}: no option {option}: {command}")));
        }
    }
    assert!(known.len() > 20, "{:?}", known.keys());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
