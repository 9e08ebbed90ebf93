//! `masthead golden` from the command line.

use crate::genuine;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const DRAFT: &str = "symbol: A/84/L.901\nkind: draft-resolution\ndate: 2029-10-01\nbody:\n\
                     \x20 - operative: '*Requests* all States to keep their regional gauges;'\n\
                     \x20 - operative: '*Decides* to remain seized of the matter.'\n";

fn golden(folder: &Path, arguments: &[&str], input: &str, ci: Option<&str>) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_masthead"));
    command.arg("golden").args(arguments).current_dir(folder).env_remove("CI");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    if let Some(value) = ci {
        command.env("CI", value);
    }
    let mut child = command.spawn().unwrap();
    // A program that needs no input may exit before it is written.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    reported(&golden(folder, arguments, "", None))
}

fn reported(output: &Output) -> (Option<i32>, String) {
    let all = [output.stdout.clone(), output.stderr.clone()].concat();
    (output.status.code(), String::from_utf8(all).unwrap())
}

/// Two drafts, accepted.
fn suite() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in ["one.yaml", "two.yaml"] {
        fs::write(folder.path().join(name), DRAFT).unwrap();
    }
    assert_eq!(run(folder.path(), &["accept", "."]).0, Some(0));
    folder
}

fn change(folder: &Path, name: &str, from: &str, to: &str) {
    let path = folder.join(name);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from));
    fs::write(path, text.replace(from, to)).unwrap();
}

#[test]
fn what_cannot_be_written_is_not_accepted() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("one.yaml"), DRAFT).unwrap();
    fs::write(folder.path().join("one.yaml.ref"), "in the way").unwrap();
    let (exit, text) = run(folder.path(), &["accept", "."]);
    assert!(exit == Some(2) && !text.contains("accepted, new") && text.contains("0 accepted"), "{exit:?}: {text}");
}

#[test]
fn commands_in_messages_can_be_copied() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("my suite's")).unwrap();
    fs::write(folder.path().join("my suite's/one.yaml"), DRAFT).unwrap();
    let (_, text) = run(folder.path(), &["check", "my suite's"]);
    assert!(text.contains(r"masthead golden accept 'my suite'\''s'"), "{text}");
}

#[test]
fn a_change_is_reported_accepted_and_then_the_same() {
    let folder = suite();
    assert_eq!(run(folder.path(), &["check", "."]), (Some(0), "2 cases: 2 same\n".to_owned()));
    change(folder.path(), "one.yaml", "regional", "subregional");
    let (exit, text) = run(folder.path(), &["check", "."]);
    assert_eq!(exit, Some(1));
    assert!(text.contains("operative paragraph 1: “regional” became “subregional” (page 1)"), "{text}");
    assert!(text.contains("2 cases: 1 same, 1 different"), "{text}");
    assert_eq!(run(folder.path(), &["check", ".", "two.yaml"]).0, Some(0), "only that one");
    assert_eq!(run(folder.path(), &["check", ".", "three.yaml"]).0, Some(2), "no such case");
    fs::create_dir(folder.path().join("empty")).unwrap();
    assert_eq!(run(folder.path(), &["check", "empty"]).0, Some(2), "a folder without documents");
    assert_eq!(run(folder.path(), &["accept", ".", "o*.yaml"]).0, Some(0));
    assert_eq!(run(folder.path(), &["check", "."]).0, Some(0));
}

#[test]
fn nothing_is_accepted_in_ci() {
    let folder = suite();
    change(folder.path(), "one.yaml", "regional", "subregional");
    for command in ["accept", "review", "clean"] {
        let (exit, text) = reported(&golden(folder.path(), &[command, "."], "a\n", Some("true")));
        assert_eq!(exit, Some(2), "{command}");
        assert!(text.contains("CI is set"), "{text}");
    }
    assert_eq!(reported(&golden(folder.path(), &["check", "."], "", Some("true"))).0, Some(1));
    assert_eq!(reported(&golden(folder.path(), &["accept", ".", "--force"], "", Some("true"))).0, Some(0));
    assert_eq!(reported(&golden(folder.path(), &["check", "."], "", Some("true"))).0, Some(0));
}

#[test]
fn review_accepts_one_and_rejects_the_other() {
    let folder = suite();
    change(folder.path(), "one.yaml", "regional", "subregional");
    change(folder.path(), "two.yaml", "Decides", "Resolves");
    let (exit, text) = reported(&golden(folder.path(), &["review", "."], "?\nd\na\np\nr\n", None));
    assert_eq!(exit, Some(1), "{text}");
    assert!(text.contains("[1/2]") && text.contains("[2/2]") && text.contains("1 accepted, 1 not accepted"), "{text}");
    assert!(fs::read_to_string(folder.path().join("report.html")).unwrap().contains("two.yaml"));
    let (_, text) = run(folder.path(), &["check", "."]);
    assert!(!text.contains("one.yaml") && text.contains("“Decides” became “Resolves”"), "{text}");
    // Without an answer, nothing is accepted.
    assert_eq!(reported(&golden(folder.path(), &["review", "."], "", None)).0, Some(1));
    assert_eq!(reported(&golden(folder.path(), &["review", "."], "A\n", None)).0, Some(0));
    assert_eq!(run(folder.path(), &["check", "."]).0, Some(0));
}

#[test]
fn orphans_are_errors_until_they_are_cleaned() {
    let folder = suite();
    fs::remove_file(folder.path().join("two.yaml")).unwrap();
    let (exit, text) = run(folder.path(), &["check", "."]);
    assert_eq!(exit, Some(1));
    assert!(text.contains("orphaned") && text.contains("two.yaml.ref"), "{text}");
    assert!(text.contains("orphaned two.yaml.ref\n") && text.contains("masthead golden clean ."), "{text}");
    let listed = golden(folder.path(), &["clean", ".", "--dry-run"], "", None);
    assert_eq!((listed.status.code(), listed.stdout.as_slice()), (Some(0), &b"two.yaml.ref\n"[..]));
    // Without a terminal, there is no one to ask.
    let (exit, text) = run(folder.path(), &["clean", "."]);
    assert!(exit == Some(2) && text.contains("two.yaml.ref") && text.contains("--yes"), "{text}");
    assert!(folder.path().join("two.yaml.ref").exists());
    assert_eq!(run(folder.path(), &["clean", ".", "--yes"]).0, Some(0));
    assert!(!folder.path().join("two.yaml.ref").exists());
    assert_eq!(run(folder.path(), &["clean", "."]), (Some(0), "nothing to remove\n".to_owned()));
    assert_eq!(run(folder.path(), &["check", "."]).0, Some(0));
}

#[test]
fn everything_wrong_with_the_settings_is_reported_at_once() {
    let folder = suite();
    fs::write(folder.path().join("golden.toml"), "maks = []\ntolerance = { points = -1, words = \"x\" }\n").unwrap();
    let (exit, text) = run(folder.path(), &["check", "."]);
    assert_eq!(exit, Some(2));
    for part in [
        "error[golden-settings]",
        "golden.toml:1:1",
        "did you mean “masks”?",
        "golden.toml:2:24",
        "“tolerance.points” must be a number from 0",
        "golden.toml:2:36",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
}

#[test]
fn cases_are_compared_in_their_profile() {
    let folder = suite();
    let settings = |text: &str| fs::write(folder.path().join("golden.toml"), text).unwrap();
    let facts = |name: &str| fs::read_to_string(folder.path().join(format!("{name}.yaml.ref/pdf.json"))).unwrap();
    settings("[[case]]\nmatch = \"one.*\"\nprofile = \"print\"\n");
    let (exit, text) = run(folder.path(), &["check", "."]);
    assert!(exit == Some(1) && text.contains("the profile nothing became “print”"), "{text}");
    assert!(text.contains("2 cases: 1 same, 1 different"), "{text}");
    assert_eq!(run(folder.path(), &["accept", "."]).0, Some(0));
    assert!(facts("one").contains("\"inks\": \"black\"") && !facts("two").contains("printing"));
    assert_eq!(run(folder.path(), &["check", ".", "--full"]).0, Some(0));
    // The pages are the same; the file is not.
    settings(
        "profile = \"print\"\nprint = { bleed = 9, marks = true }\n[[case]]\nmatch = \"two.*\"\nprofile = \"archive\"\n",
    );
    let (exit, text) = run(folder.path(), &["check", "."]);
    assert!(exit == Some(1) && text.contains("2 cases: 1 same, 1 different"), "{text}");
    assert!(text.contains("file") && !text.contains("pixels"), "{text}");
    settings("profile = \"print\"\n[print]\nink = \"colour\"\n");
    let document = format!("{DRAFT}  - figure: {{image: tide.svg, description: Tides}}\n");
    fs::write(folder.path().join("one.yaml"), document).unwrap();
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><path fill='red' d='M0 0h9v9z'/></svg>";
    fs::write(folder.path().join("tide.svg"), svg).unwrap();
    let (_, text) = run(folder.path(), &["check", ".", "one.yaml", "--all"]);
    assert!(text.contains("the preflight nothing became “press-rgb on page 1”"), "{text}");
}

#[test]
fn a_wrong_profile_is_reported_at_its_line() {
    let folder = suite();
    let text = "profile = \"printing\"\nprint = { ink = \"blue\", bleed = 900 }\n";
    fs::write(folder.path().join("golden.toml"), text).unwrap();
    let (exit, text) = run(folder.path(), &["check", "."]);
    assert_eq!(exit, Some(2));
    for wanted in
        ["golden.toml:1", "use one of \"archive\", \"print\", \"screen\"", "unknown value “blue”", "print.bleed"]
    {
        assert!(text.contains(wanted), "{wanted}: {text}");
    }
}

#[test]
fn all_reports_are_written_and_agree() {
    let folder = suite();
    change(folder.path(), "one.yaml", "regional", "subregional");
    // Not into the suite, where a JSON file would be a case.
    let out = tempfile::tempdir().unwrap();
    let path = |name: &str| out.path().join(name).to_str().unwrap().to_owned();
    let (html, xml, json, again) = (path("r.html"), path("r.xml"), path("r.json"), path("again.html"));
    let arguments = ["check", ".", "--report", &html, "--junit", &xml, "--json", &json];
    assert_eq!(run(folder.path(), &arguments).0, Some(1));
    for path in [&html, &xml, &json] {
        let text = fs::read_to_string(path).unwrap();
        assert!(text.contains("“regional” became “subregional”"), "{path}");
    }
    assert_eq!(run(folder.path(), &["report", ".", "-o", &again]).0, Some(0));
    assert!(fs::read(again).unwrap() == fs::read(html).unwrap());
}

#[test]
fn pdfs_are_compared_page_by_page() {
    let folder = tempfile::tempdir().unwrap();
    let render = |text: &str, name: &str| {
        fs::write(folder.path().join("draft.yaml"), text).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_masthead"));
        let status = command.args(["render", "-q", "draft.yaml", "-o", name]).current_dir(folder.path()).status();
        assert!(status.unwrap().success());
    };
    render(DRAFT, "a.pdf");
    render(&DRAFT.replace("regional", "subregional"), "b.pdf");
    let (exit, text) = run(folder.path(), &["compare", "a.pdf", "a.pdf"]);
    assert_eq!(exit, Some(0), "{text}");
    assert!(text.contains("100.0"), "{text}");
    let (exit, text) = run(folder.path(), &["compare", "a.pdf", "b.pdf", "--report", "r.html"]);
    assert_eq!(exit, Some(1));
    assert!(text.contains("paragraph 1: “regional” became “subregional”"), "{text}");
    assert_eq!(run(folder.path(), &["compare", "a.pdf", "b.pdf", "--least", "90"]).0, Some(0));
    assert_eq!(run(folder.path(), &["compare", "a.pdf", "b.pdf", "--least", "99.99"]).0, Some(1));
    let (exit, text) = run(folder.path(), &["compare", "a.pdf", "draft.yaml"]);
    assert_eq!(exit, Some(2));
    assert!(text.contains("draft.yaml cannot be read: it is not a PDF file"), "{text}");
}

#[test]
fn files_that_look_the_same_are_the_same_unless_bytes_count() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("draft.yaml"), DRAFT).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_masthead"));
    let status = command.args(["render", "-q", "draft.yaml", "-o", "a.pdf"]).current_dir(folder.path()).status();
    assert!(status.unwrap().success());
    let mut bytes = fs::read(folder.path().join("a.pdf")).unwrap();
    bytes.extend(b"% once more\n");
    fs::write(folder.path().join("b.pdf"), bytes).unwrap();
    let (exit, text) = run(folder.path(), &["compare", "a.pdf", "b.pdf"]);
    assert_eq!(exit, Some(0), "{text}");
    assert!(text.contains("the files look the same, but bytes or metadata differ"), "{text}");
    let (exit, text) = run(folder.path(), &["compare", "a.pdf", "b.pdf", "--bytes"]);
    assert_eq!(exit, Some(1), "{text}");
    assert!(text.contains("the bytes differ"), "{text}");
}

/// Devices, pipes and folders are refused before they are read.
#[test]
#[cfg(unix)]
fn only_regular_files_are_compared_verified_and_registered() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir(path("folder.pdf")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", path("zero.pdf")).unwrap();
    assert!(Command::new("mkfifo").arg(path("pipe.pdf")).status().unwrap().success());
    for name in ["folder.pdf", "zero.pdf", "pipe.pdf", "/dev/zero"] {
        let (exit, text) = run(folder.path(), &["compare", name, name]);
        assert_eq!(exit, Some(2), "{text}");
        assert!(text.contains("it is a folder") || text.contains("it is not a regular file"), "{text}");
        let mut verify = Command::new(env!("CARGO_BIN_EXE_masthead"));
        let output = verify.args(["verify", name]).current_dir(folder.path()).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{output:?}");
    }
    let mut rebuild = Command::new(env!("CARGO_BIN_EXE_masthead"));
    let output = rebuild.args(["register", "rebuild", "."]).current_dir(folder.path()).output().unwrap();
    let (_, text) = reported(&output);
    // A folder may have such a name, and is searched.
    assert!(["zero.pdf", "pipe.pdf"].iter().all(|name| text.contains(name)) && !text.contains("folder.pdf"), "{text}");
}

/// Compares official PDFs, made by another program with other fonts, with renditions of their text.
#[test]
#[ignore = "needs genuine documents (MASTHEAD_CORPUS)"]
fn renditions_are_compared_with_genuine_pdfs() {
    let (mut alike, mut pages) = (0, 0);
    for document in genuine::files(&["corpus"], &["document.yaml"]).into_iter().step_by(12) {
        let document = document.canonicalize().unwrap();
        let original = document.with_file_name("original.pdf");
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_masthead"));
        let status =
            command.args(["render", "-q", "-o", "ours.pdf"]).arg(&document).current_dir(folder.path()).status();
        assert!(status.unwrap().success());
        golden(folder.path(), &["compare", "ours.pdf", original.to_str().unwrap(), "--json", "scores.json"], "", None);
        let scores: serde_json::Value =
            serde_json::from_slice(&fs::read(folder.path().join("scores.json")).unwrap()).unwrap();
        for page in scores["scores"].as_array().unwrap() {
            let of = |what: &str| page[what].as_f64().unwrap_or_default();
            alike += usize::from(of("text") > 90.0 && of("geometry") > 85.0 && of("pixels") > 80.0);
            pages += 1;
        }
    }
    // A line that is added or missing moves all below it.
    assert!(alike * 3 > pages, "only {alike} of {pages} pages are alike");
}

#[test]
fn reports_do_not_overwrite_inputs() {
    let folder = suite();
    let folder = folder.path();
    fs::write(folder.join("golden.toml"), "").unwrap();
    fs::write(folder.join("notes.txt"), "my notes\n").unwrap();
    fs::copy(folder.join("one.yaml"), folder.join("three.json")).unwrap();
    let made = Command::new(env!("CARGO_BIN_EXE_masthead"))
        .args(["render", "one.yaml", "two.yaml", "-o", "pdf/"])
        .current_dir(folder)
        .output();
    assert!(made.unwrap().status.success());
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("one.yaml", folder.join("link.xml")).unwrap();
        fs::hard_link(folder.join("one.yaml"), folder.join("hard.xml")).unwrap();
    }
    let files = || -> Vec<(std::path::PathBuf, Vec<u8>)> {
        let all = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
        let files = all.filter(|entry| entry.path().is_file()).map(walkdir::DirEntry::into_path);
        files.map(|path| (path.clone(), fs::read(path).unwrap())).collect()
    };
    let before = files();
    for arguments in [
        &["check", ".", "--junit", "one.yaml"][..],
        &["check", ".", "--json", "./one.yaml.ref/pdf.json"],
        &["check", ".", "one.yaml", "--json", "two.yaml.ref/prepared.json"],
        &["check", ".", "--report", "one.yaml.ref/page-1.png"],
        &["check", ".", "--report", "golden.toml"],
        &["check", ".", "--report", "notes.txt"],
        &["check", ".", "--report", "new.html", "--junit", "new.html"],
        &["report", ".", "-o", "one.yaml"],
        &["review", ".", "--report", "one.yaml"],
        &["compare", "pdf/one.pdf", "pdf/two.pdf", "--json", "pdf/one.pdf"],
        &["compare", "pdf/one.pdf", "pdf/two.pdf", "--report", "pdf/two.pdf"],
        #[cfg(unix)]
        &["check", ".", "--junit", "link.xml"],
        #[cfg(unix)]
        &["check", ".", "--junit", "hard.xml"],
    ] {
        let (code, reported) = run(folder, arguments);
        assert_eq!(code, Some(2), "{arguments:?}: {reported}");
        assert!(reported.contains("--force") || reported.contains("the output path of two files"), "{reported}");
        assert_eq!(files(), before, "{arguments:?}");
    }
    // Files of the same kind may be replaced, and any file with --force.
    fs::remove_file(folder.join("three.json")).unwrap();
    for _ in 0..2 {
        let all = ["check", ".", "--json", "a.json", "--junit", "a.xml", "--report", "a.html"];
        let (code, reported) = run(folder, &all);
        assert!(code == Some(0) && reported.contains("written: a.html"), "{reported}");
    }
    assert_eq!(run(folder, &["check", ".", "--report", "notes.txt", "--force"]).0, Some(0));
    assert!(fs::read_to_string(folder.join("notes.txt")).unwrap().starts_with("<!doctype html"));
}

#[test]
fn references_of_excluded_documents_are_not_cleaned() {
    let folder = suite();
    let folder = folder.path();
    fs::write(folder.join("golden.toml"), "exclude = [\"two.yaml\"]\n").unwrap();
    assert_eq!(run(folder, &["check", "."]), (Some(0), "1 case: 1 same\n".to_owned()));
    assert_eq!(run(folder, &["clean", ".", "--yes"]), (Some(0), "nothing to remove\n".to_owned()));
    let reference = "two.yaml.ref/pdf.json";
    let (exit, text) = run(folder, &["check", ".", "--json", reference]);
    assert!(exit == Some(2) && text.contains("refusing to overwrite"), "{text}");
    assert!(folder.join(reference).exists());
}

#[test]
fn a_command_that_fails_leaves_no_earlier_report() {
    let folder = suite();
    let folder = folder.path();
    let out = tempfile::tempdir().unwrap();
    let paths = ["r.html", "r.xml", "r.json"].map(|name| out.path().join(name));
    let [html, xml, json] = paths.each_ref().map(|path| path.to_str().unwrap());
    let reports = ["--report", html, "--junit", xml, "--json", json];
    let check = |more: &[&str]| run(folder, &[&["check", "."][..], more, &reports].concat());
    let written = || paths.each_ref().map(|path| path.exists());
    assert_eq!(check(&[]).0, Some(0));
    assert_eq!(written(), [true; 3]);
    assert_eq!(check(&["three.yaml"]).0, Some(2));
    assert_eq!(written(), [false; 3]);
    assert_eq!(check(&[]).0, Some(0));
    fs::write(folder.join("golden.toml"), "maks = []\n").unwrap();
    assert_eq!(check(&[]).0, Some(2));
    assert_eq!(written(), [false; 3]);
    // What is not a report of that kind, or an input, stays.
    fs::write(xml, "my notes\n").unwrap();
    for arguments in [&["check", ".", "--junit", xml][..], &["check", ".", "--json", "one.yaml.ref/pdf.json"]] {
        let (exit, text) = run(folder, arguments);
        assert!(exit == Some(2) && text.contains("refusing to overwrite"), "{text}");
    }
    assert_eq!(run(folder, &["check", ".", "--junit", "one.yaml", "--force"]).0, Some(2));
    assert!(["one.yaml", "one.yaml.ref/pdf.json", xml].iter().all(|path| folder.join(path).exists()));
    // The pages of a review are written only if they are asked for.
    fs::write(html, "<!doctype html>\n<html></html>\n").unwrap();
    assert_eq!(run(folder, &["review", ".", "--report", html]).0, Some(2));
    assert_eq!(written(), [true, true, false]);
    fs::write(json, "{}").unwrap();
    assert_eq!(run(folder, &["compare", "gone.pdf", "gone.pdf", "--report", html, "--json", json]).0, Some(2));
    assert_eq!(written(), [false, true, false]);
}

/// A link stays, and what it leads to is emptied: it may be in use.
#[test]
#[cfg(unix)]
fn an_earlier_report_behind_a_link_is_emptied() {
    let folder = suite();
    let folder = folder.path();
    let out = tempfile::tempdir().unwrap();
    let (report, link) = (out.path().join("r.json"), out.path().join("link.json"));
    fs::write(&report, "{\"well\": true}").unwrap();
    std::os::unix::fs::symlink("r.json", &link).unwrap();
    let check = || run(folder, &["check", ".", "--json", link.to_str().unwrap()]).0;
    fs::write(folder.join("golden.toml"), "maks = []\n").unwrap();
    assert_eq!(check(), Some(2));
    assert_eq!((fs::read_to_string(&report).unwrap(), link.is_symlink()), (String::new(), true));
    fs::write(folder.join("golden.toml"), "").unwrap();
    assert_eq!(check(), Some(0));
    assert!(fs::read_to_string(&report).unwrap().contains("\"well\": true") && link.is_symlink());
}

#[test]
fn a_distance_is_a_number_from_0() {
    let folder = tempfile::tempdir().unwrap();
    for points in ["-1", "-0.1", "nan", "many"] {
        let (exit, text) = run(folder.path(), &["compare", "a.pdf", "a.pdf", &format!("--points={points}")]);
        assert!(exit == Some(2) && text.contains("must be a number from 0"), "{points}: {text}");
    }
}
