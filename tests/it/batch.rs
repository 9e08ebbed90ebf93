//! Batches from the command line: interrupted, divided, with errors, repeated.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use serde_json::Value;

fn masthead(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_masthead"));
    command.args(arguments).current_dir(folder).env("SOURCE_DATE_EPOCH", "0").stdin(Stdio::null());
    // In CI `golden` writes no references.
    command.env_remove("CI");
    command
}

fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let Output { status, stdout, stderr } = masthead(folder, arguments).output().unwrap();
    (status.code().unwrap(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

fn document(number: usize, language: &str) -> String {
    let text = "Recalling that tide tables are made for harbours. ".repeat(number % 7 * 5 + 3);
    format!(
        "symbol: A/84/L.{number}\nkind: draft-resolution\nlanguage: {language}\ndate: 2029-10-01\ntitle: Tides {number}\n\
         body:\n  - enacting: '*The General Assembly*,'\n  - preambular: '{text}'\n"
    )
}

/// Creates a folder with `count` drafts in `drafts/`.
fn drafts(count: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("drafts/more")).unwrap();
    for number in 1..=count {
        let name = if number % 3 == 0 { format!("more/d{number:03}.yaml") } else { format!("d{number:03}.yaml") };
        fs::write(folder.path().join("drafts").join(name), document(number, "en")).unwrap();
    }
    folder
}

/// Returns every file of a folder with its bytes, except the register and the batch's own folder.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|entry| entry.path().is_file());
    let own = |path: &Path| ["register", ".masthead"].iter().any(|own| path.to_string_lossy().contains(own));
    let files = files.filter(|entry| !own(entry.path().strip_prefix(folder).unwrap()));
    files.map(|e| (e.path().strip_prefix(folder).unwrap().to_owned(), fs::read(e.path()).unwrap())).collect()
}

fn export(folder: &Path, register: &str) -> Vec<String> {
    let (code, list, _) = run(folder, &["register", "export", "-r", register]);
    assert_eq!(code, 0);
    list.lines().map(str::to_owned).collect()
}

fn report(path: PathBuf) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

#[test]
fn a_batch_is_rendered_once() {
    let folder = drafts(7);
    let folder = folder.path();
    let (code, out, reported) = run(folder, &["batch", "drafts", "--out", "out"]);
    assert_eq!((code, out.as_str()), (0, ""), "{reported}");
    assert!(reported.contains("done: all 7 documents have output files: 7 rendered, 0 up to date"), "{reported}");
    let first = files(&folder.join("out"));
    assert!(first.contains_key(Path::new("d001.pdf")) && first.contains_key(Path::new("more/d003.pdf")));
    let (code, _, reported) = run(folder, &["batch", "drafts", "--out", "out"]);
    assert!(code == 0 && reported.contains("0 rendered, 7 up to date"), "{reported}");
    assert_eq!(first, files(&folder.join("out")));
    // The same file as `render` makes.
    assert_eq!(run(folder, &["render", "drafts/d001.yaml", "-o", "one.pdf"]).0, 0);
    assert_eq!(first[Path::new("d001.pdf")], fs::read(folder.join("one.pdf")).unwrap());
    let (_, _, reported) = run(folder, &["batch", "drafts", "--out", "out", "--force"]);
    assert!(reported.contains("7 rendered, 0 up to date"), "{reported}");
    let (_, _, reported) = run(folder, &["batch", "drafts", "--out", "out", "--profile", "print"]);
    assert!(reported.contains("7 rendered, 0 up to date"), "{reported}");
}

#[test]
fn only_what_changed_is_rendered_again() {
    let folder = drafts(6);
    let folder = folder.path();
    run(folder, &["batch", "drafts", "--out", "out"]);
    let before = files(&folder.join("out"));
    // A comment changes no page, a word does; a file altered or removed by hand is rendered again.
    let source = folder.join("drafts/d001.yaml");
    fs::write(&source, format!("# a comment\n{}", document(1, "en"))).unwrap();
    fs::write(folder.join("drafts/d002.yaml"), document(2, "en").replace("tide", "tidal")).unwrap();
    fs::write(folder.join("out/d004.pdf"), "altered").unwrap();
    fs::remove_file(folder.join("out/d005.pdf")).unwrap();
    let (code, list, _) = run(folder, &["batch", "drafts", "--out", "out", "--json"]);
    assert_eq!(code, 0);
    let events: Vec<Value> = list.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let states: Vec<&str> = events.iter().filter_map(|event| event["state"].as_str()).collect();
    assert_eq!(states, ["up-to-date", "rendered", "rendered", "rendered", "up-to-date", "up-to-date"]);
    assert_eq!((&events[0]["event"], &events[0]["documents"]), (&Value::from("begin"), &Value::from(6)));
    let end = events.last().unwrap();
    assert_eq!((&end["event"], &end["rendered"], &end["up_to_date"]), (&"end".into(), &3.into(), &3.into()));
    let after = files(&folder.join("out"));
    let changed: Vec<&Path> =
        after.iter().filter(|(path, bytes)| before[*path] != **bytes).map(|(path, _)| path.as_path()).collect();
    assert_eq!(changed, [Path::new("d002.pdf"), Path::new("report.json")]);
    let (_, list, _) = run(folder, &["register", "history", "A/84/L.2", "-r", "out/register.sqlite"]);
    assert!(list.contains("replaced") && list.contains("current"), "{list}");
}

#[test]
fn a_changed_picture_is_noticed() {
    let folder = drafts(0);
    let folder = folder.path();
    let seal = |width: u8| {
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} 9\"><path d=\"M0 0h5v5z\"/></svg>")
    };
    fs::write(folder.join("drafts/seal.svg"), seal(9)).unwrap();
    fs::write(folder.join("drafts/a.yaml"), document(1, "en").replace("body:", "emblem: seal.svg\nbody:")).unwrap();
    let rendered =
        |reported: &str, count: usize| assert!(reported.contains(&format!("{count} rendered")), "{reported}");
    rendered(&run(folder, &["batch", "drafts", "--out", "out"]).2, 1);
    rendered(&run(folder, &["batch", "drafts", "--out", "out"]).2, 0);
    fs::write(folder.join("drafts/seal.svg"), seal(7)).unwrap();
    rendered(&run(folder, &["batch", "drafts", "--out", "out"]).2, 1);
}

#[test]
fn a_batch_killed_at_any_moment_resumes() {
    let folder = drafts(60);
    let folder = folder.path();
    assert_eq!(run(folder, &["batch", "drafts", "--out", "whole"]).0, 0);
    let whole = files(&folder.join("whole"));
    // Some milliseconds after the first file exists, in the middle of some document.
    for (count, moment) in [(1, 3), (9, 0), (16, 17), (24, 1), (33, 8)] {
        let mut child = masthead(folder, &["batch", "drafts", "--out", "out", "-q", "--jobs", "2"]).spawn().unwrap();
        let out = folder.join("out");
        let there = || walkdir::WalkDir::new(&out).into_iter().filter_map(Result::ok);
        let pdfs = || there().filter(|entry| entry.path().extension().is_some_and(|ending| ending == "pdf")).count();
        while child.try_wait().unwrap().is_none() && pdfs() < count {}
        std::thread::sleep(Duration::from_millis(moment));
        let _ = child.kill();
        assert!(!child.wait().unwrap().success(), "it has ended before");
        assert!(!folder.join("out/report.json").exists(), "a report of a batch that did not end");
        for (path, bytes) in files(&folder.join("out")) {
            assert!(whole.get(&path) == Some(&bytes), "{} is half", path.display());
        }
    }
    let (code, _, reported) = run(folder, &["batch", "drafts", "--out", "out"]);
    assert!(code == 0 && reported.contains("done: all 60"), "{reported}");
    assert!(files(&folder.join("out")) == whole, "not the files of an undisturbed batch");
    assert_eq!(export(folder, "out/register.sqlite"), export(folder, "whole/register.sqlite"));
}

/// Interrupts a batch with a signal; returns its exit status and messages.
#[cfg(unix)]
fn interrupted(folder: &Path, signal: &str) -> (i32, String) {
    let arguments = ["batch", "drafts", "--out", "out", "--jobs", "1"];
    let mut child = masthead(folder, &arguments).stderr(Stdio::piped()).spawn().unwrap();
    while !folder.join("out/d001.pdf").exists() {
        assert!(child.try_wait().unwrap().is_none());
    }
    assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

#[cfg(unix)]
#[test]
fn an_interrupted_batch_reports_where_it_stopped() {
    let drafts = drafts(400);
    let folder = drafts.path();
    let (code, reported) = interrupted(folder, "-INT");
    assert_eq!(code, 130, "{reported}");
    let again = "to resume, run: masthead batch drafts --out out --jobs 1";
    for part in ["INCOMPLETE: ", " not begun", "stopped before drafts/", "of 400 documents done", again] {
        assert!(reported.contains(part), "{part} is not in {reported}");
    }
    let begun = files(&folder.join("out")).keys().filter(|path| path.extension().is_some_and(|e| e == "pdf")).count();
    assert!((1..400).contains(&begun));
    fs::remove_file(folder.join("out/d001.pdf")).unwrap();
    assert_eq!(interrupted(folder, "-TERM").0, 143);
    let (_, _, reported) = run(folder, &["batch", "drafts", "--out", "out", "--dry-run"]);
    assert!(!reported.contains(" 0 are up to date"), "{reported}");
}

#[test]
fn errors_in_one_document_hide_no_other() {
    let folder = drafts(5);
    let folder = folder.path();
    run(folder, &["batch", "drafts", "--out", "out"]);
    fs::write(folder.join("drafts/d002.yaml"), "symbol: A/84/L.2\nkind: poem\n").unwrap();
    fs::write(folder.join("drafts/d004.yaml"), b"symbol: \xff\n").unwrap();
    let (code, _, reported) = run(folder, &["batch", "drafts", "missing.yaml", "--out", "out"]);
    assert_eq!(code, 2, "{reported}");
    for part in [
        "INCOMPLETE: 3 of 6 documents have output files: 2 refused, 1 not read",
        "d002.yaml:2:7",
        "not-utf-8",
        "missing.yaml cannot be read",
        "d002.yaml: an outdated file remains: d002.pdf",
    ] {
        assert!(reported.contains(part), "{part} is not in {reported}");
    }
    let report = report(folder.join("out/report.json"));
    assert_eq!(report["summary"]["complete"], false);
    let states: Vec<&str> =
        report["documents"].as_array().unwrap().iter().map(|d| d["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["rendered", "refused", "refused", "rendered", "rendered", "unread"]);
    let findings = report["documents"][1]["findings"].as_array().unwrap();
    assert!(findings.iter().any(|finding| finding["line"] == 2), "{findings:?}");
    let page = fs::read_to_string(folder.join("out/report.html")).unwrap();
    assert!(page.contains("INCOMPLETE: 3 of 6") && page.contains("missing.yaml"), "{page}");
    // Sources and files are linked relative to the page; missing ones are not linked.
    for part in [
        "<title>Batch",
        "<a href=\"../drafts/d001.yaml\">",
        "<a href=\"d001.pdf\">",
        "<td data-of=\"Title\">",
        "prefers-color-scheme: dark",
    ] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    assert!(!page.contains("missing.yaml</a>"), "{page}");
    fs::remove_file(folder.join("drafts/d004.yaml")).unwrap();
    assert_eq!(run(folder, &["batch", "drafts", "--out", "out"]).0, 1);
}

#[test]
fn clashes_are_reported_before_any_work() {
    let folder = drafts(4);
    let folder = folder.path();
    fs::write(folder.join("drafts/other.yaml"), document(2, "en")).unwrap();
    let (code, _, reported) = run(folder, &["batch", "drafts", "--out", "out", "--name", "{symbol}"]);
    assert_eq!(code, 2);
    assert!(
        reported.contains("d002.yaml and drafts/other.yaml would both be written to out/A_84_L.2.pdf"),
        "{reported}"
    );
    assert!(!folder.join("out").exists());
    fs::write(folder.join("list.csv"), "file,output\ndrafts/d001.yaml,One\ndrafts/d002.yaml,one\n").unwrap();
    let (code, _, reported) = run(folder, &["batch", "list.csv", "--out", "out"]);
    assert!(code == 2 && reported.contains("would both be written to out/one.pdf"), "{reported}");
    fs::write(folder.join("drafts/other.yaml"), document(2, "fr")).unwrap();
    let named = ["batch", "drafts", "--out", "out", "--name", "{language}/{symbol}"];
    assert_eq!(run(folder, &named).0, 0);
    assert!(folder.join("out/fr/A_84_L.2.pdf").exists());
    assert!(run(folder, &named).2.contains("0 rendered, 5 up to date"));
    assert_eq!(run(folder, &["convert", "drafts/d001.yaml", "-o", "drafts/d001.json"]).0, 0);
    let (code, _, reported) = run(folder, &["batch", "drafts", "--out", "syntaxes"]);
    assert!(code == 2 && reported.contains("--name '{path}.{ending}'"), "{reported}");
    assert_eq!(run(folder, &["batch", "drafts", "--out", "syntaxes", "--name", "{path}.{ending}"]).0, 0);
    assert!(folder.join("syntaxes/d001.json.pdf").exists() && folder.join("syntaxes/d001.yaml.pdf").exists());
    fs::remove_file(folder.join("drafts/d001.json")).unwrap();
    let (code, _, reported) = run(folder, &["batch", "drafts", "--out", "jobs", "--name", "{job}"]);
    assert_eq!(code, 1);
    assert!(reported.contains("no-name") && reported.contains("it has no job"), "{reported}");
}

#[test]
fn a_bad_emblem_is_reported_with_its_document() {
    let folder = drafts(2);
    let list = "file,emblem,output\ndrafts/d001.yaml,no.svg,one.PDF\ndrafts/d002.yaml,no.svg,two.pdf\n";
    fs::write(folder.path().join("list.csv"), list).unwrap();
    let (code, _, reported) = run(folder.path(), &["batch", "list.csv", "--out", "out"]);
    assert_ne!(code, 0);
    for part in ["drafts/d001.yaml", "drafts/d002.yaml", "correct its path in the manifest"] {
        assert!(reported.contains(part), "{part} is not in {reported}");
    }
    fs::write(folder.path().join("list.csv"), list.replace("no.svg", "")).unwrap();
    assert_eq!(run(folder.path(), &["batch", "list.csv", "--out", "out"]).0, 0);
    assert!(folder.path().join("out/one.pdf").is_file() && folder.path().join("out/two.pdf").is_file());
}

#[test]
fn usage_errors_exit_with_two() {
    let folder = drafts(2);
    let folder = folder.path();
    fs::create_dir(folder.join("empty")).unwrap();
    fs::write(folder.join("list.csv"), "file,colour,profil\na.yaml,red,x\n,,\n").unwrap();
    let reported = run(folder, &["batch", "list.csv", "--out", "out"]).2;
    for part in ["list.csv:1:6", "unknown column “colour”", "list.csv:1:13", "did you mean “profile”?", "list.csv:3:1"]
    {
        assert!(reported.contains(part), "{part} is not in {reported}");
    }
    for arguments in [
        &["batch", "drafts"][..],
        &["batch", "empty", "--out", "out"],
        &["batch", "nowhere/*.yaml", "--out", "out"],
        &["batch", "list.csv", "--out", "out"],
        &["batch", "nowhere.csv", "--out", "out"],
        &["batch", "drafts", "--out", "out", "--name", "{colour}"],
        &["batch", "drafts", "--out", "out", "--shard", "3/2"],
        &["batch", "drafts", "--out", "out", "--jobs", "0"],
        &["batch", "drafts", "--out", "drafts/d001.yaml"],
        &["register", "list", "-r", "nowhere.sqlite"],
        &["register", "list", "-r", "list.csv"],
    ] {
        let (code, _, reported) = run(folder, arguments);
        assert_eq!(code, 2, "{arguments:?}: {reported}");
    }
    assert!(!folder.join("out").exists());
}

#[test]
fn a_dry_run_writes_nothing() {
    let folder = drafts(3);
    let folder = folder.path();
    fs::write(folder.join("drafts/bad.yaml"), "symbol: X\n").unwrap();
    let (code, list, reported) = run(folder, &["batch", "drafts", "--out", "out", "--dry-run"]);
    assert_eq!(code, 1);
    assert_eq!(list.lines().count(), 3, "{list}");
    assert!(list.starts_with("drafts/d001.yaml: to be rendered: out/d001.pdf\n"), "{list}");
    assert!(reported.contains("3 of 4 documents would be rendered, 0 are up to date; 1 refused"), "{reported}");
    assert!(!folder.join("out").exists());
    // A document without a date has a file for viewing, and none of another profile.
    fs::write(folder.join("drafts/bad.yaml"), document(4, "en").replace("date: 2029-10-01\n", "")).unwrap();
    for (profile, wanted) in
        [("archive", "3 of 4 documents"), ("print", "3 of 4 documents"), ("screen", "4 of 4 documents")]
    {
        let arguments = ["batch", "drafts", "--out", "out", "--dry-run", "--profile", profile];
        let (code, _, reported) = run(folder, &arguments);
        assert_eq!(code == 1, reported.contains("error[pdf-standard]: the document has no date"), "{reported}");
        assert!(reported.contains(&format!("{wanted} would be rendered, 0 are up to date")), "{reported}");
    }
    fs::remove_file(folder.join("drafts/bad.yaml")).unwrap();
    run(folder, &["batch", "drafts", "--out", "out"]);
    let before = files(&folder.join("out"));
    fs::write(folder.join("drafts/d001.yaml"), document(9, "en")).unwrap();
    let (_, _, reported) = run(folder, &["batch", "drafts", "--out", "out", "--dry-run"]);
    assert!(reported.contains("1 of 3 documents would be rendered, 2 are up to date"), "{reported}");
    assert_eq!(before, files(&folder.join("out")));
}

#[test]
fn inputs_of_every_kind() {
    let folder = drafts(6);
    let folder = folder.path();
    fs::write(folder.join("drafts/.hidden.yaml"), "x").unwrap();
    let list = "file,profile,output\ndrafts/d001.yaml,print,plain/one\ndrafts/d002.yaml,,\n";
    fs::write(folder.join("list.csv"), list).unwrap();
    let (code, _, reported) = run(folder, &["batch", "list.csv", "--out", "out"]);
    assert_eq!(code, 0, "{reported}");
    assert!(folder.join("out/plain/one.pdf").exists() && folder.join("out/drafts/d002.pdf").exists());
    let (_, records, _) = run(folder, &["register", "list", "-r", "out/register.sqlite", "--format", "json"]);
    let records: Value = serde_json::from_str(&records).unwrap();
    assert_eq!((&records[0]["profile"], &records[1]["profile"]), (&"print".into(), &"archive".into()));
    assert_eq!(run(folder, &["batch", "drafts/**/*.yaml", "--out", "matched"]).0, 0);
    assert!(folder.join("matched/more/d003.pdf").exists() && folder.join("matched/d001.pdf").exists());
    // A file that is given twice is one document; the output folder is not an input.
    let (_, _, reported) = run(folder, &["batch", "drafts/**/*.yaml", "drafts", "--out", "drafts/out", "--dry-run"]);
    assert!(reported.contains("would both be written") || reported.contains("of 6 documents"), "{reported}");
    assert_eq!(run(folder, &["batch", "drafts", "--out", "drafts/out"]).0, 0);
    assert!(run(folder, &["batch", "drafts", "--out", "drafts/out"]).2.contains("all 6 documents"));
    let mut child = masthead(folder, &["batch", "-", "--out", "piped"]).stdin(Stdio::piped()).spawn().unwrap();
    let lines = "drafts/d001.yaml\n{\"file\": \"drafts/d002.yaml\", \"output\": \"two\"}\n";
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), lines.as_bytes()).unwrap();
    assert!(child.wait().unwrap().success());
    assert!(folder.join("piped/drafts/d001.pdf").exists() && folder.join("piped/two.pdf").exists());
}

#[test]
fn parts_make_the_whole() {
    let folder = drafts(11);
    let folder = folder.path();
    fs::write(folder.join("drafts/bad.yaml"), "symbol: X\n").unwrap();
    assert_eq!(run(folder, &["batch", "drafts", "--out", "whole"]).0, 1);
    for part in ["3/3", "1/3"] {
        run(folder, &["batch", "drafts", "--out", "out", "--shard", part]);
    }
    let two =
        ["register", "merge", "-r", "out/register.sqlite", "out/register-1-of-3.sqlite", "out/report-1-of-3.json"];
    let (code, _, reported) = run(folder, &[&two[..], &["out/report-3-of-3.json"]].concat());
    assert_eq!(code, 1);
    assert!(reported.contains("INCOMPLETE: 7 of 12") && reported.contains("part 2 missing"), "{reported}");
    assert!(reported.contains("only 8 of 12 documents reported"), "{reported}");
    run(folder, &["batch", "drafts", "--out", "out", "--shard", "2/3"]);
    let merge = [
        &["register", "merge", "-r", "out/register.sqlite"][..],
        &["out/register-1-of-3.sqlite", "out/register-2-of-3.sqlite", "out/register-3-of-3.sqlite"],
        &["out/report-1-of-3.json", "out/report-2-of-3.json", "out/report-3-of-3.json"],
    ];
    let (code, _, reported) = run(folder, &merge.concat());
    assert!(code == 1 && reported.contains("INCOMPLETE: 11 of 12") && reported.contains("1 refused"), "{reported}");
    assert_eq!(export(folder, "out/register.sqlite"), export(folder, "whole/register.sqlite"));
    let parts = files(&folder.join("out"));
    for (path, bytes) in files(&folder.join("whole")) {
        assert!(parts.get(&path) == Some(&bytes), "{} is another", path.display());
    }
    let (_, _, reported) = run(folder, &["batch", "drafts", "--out", "out"]);
    assert!(reported.contains("0 rendered, 11 up to date"), "{reported}");
    let same = ["register", "merge", "-r", "m.sqlite", "out/report-1-of-3.json", "out/report-1-of-3.json"];
    assert!(run(folder, &same).2.contains("not parts of the same batch"));
    // A part of another batch with the same number of documents.
    fs::rename(folder.join("drafts/d001.yaml"), folder.join("drafts/d000.yaml")).unwrap();
    run(folder, &["batch", "drafts", "--out", "out", "--shard", "2/3"]);
    let (code, _, reported) = run(folder, &merge.concat());
    assert!(code == 2 && reported.contains("not parts of the same batch"), "{reported}");
}

#[test]
fn output_may_be_closed() {
    let folder = drafts(8);
    let folder = folder.path();
    let command = masthead(folder, &["batch", "drafts", "--out", "out", "--json"]).stdout(Stdio::piped()).spawn();
    let mut child = command.unwrap();
    drop(child.stdout.take());
    assert!(child.wait().unwrap().success());
    assert_eq!(report(folder.join("out/report.json"))["summary"]["complete"], true);
}

#[test]
fn two_batches_do_not_write_to_one_folder() {
    let folder = drafts(60);
    let folder = folder.path();
    let mut first = masthead(folder, &["batch", "drafts", "--out", "out", "-q", "--jobs", "1"]).spawn().unwrap();
    while !folder.join("out/.masthead/unfinished").exists() {
        std::thread::sleep(Duration::from_millis(2));
    }
    let (code, _, reported) = run(folder, &["batch", "drafts", "--out", "out"]);
    assert!(code == 2 && reported.contains("another batch is writing to out"), "{reported}");
    let part = |part: &str| run(folder, &["batch", "drafts", "--out", "out", "--shard", part]);
    let (code, _, reported) = part("1/2");
    assert!(code == 2 && reported.contains("another batch is writing to out"), "{reported}");
    assert!(first.wait().unwrap().success());
    assert_eq!(run(folder, &["batch", "drafts", "--out", "out"]).0, 0);
    // Parts may share a folder with each other, but not with the whole batch.
    let lock = fs::File::open(folder.join("out/.masthead/lock")).unwrap();
    lock.lock_shared().unwrap();
    assert_eq!(part("2/2").0, 0);
    assert_eq!(run(folder, &["batch", "drafts", "--out", "out"]).0, 2);
}

/// A document that takes the engine seconds: it ends the lines, because names in Hangul are not composed, and each of the
/// many notes has to be placed on the page of its mark.
fn runaway(number: usize) -> String {
    let list = |one: fn(usize) -> String| (1..=2000).map(one).collect::<String>();
    let body = list(|note| format!("  - preambular: '*Recalling* 한국 {note}[^{note}],'\n"));
    let notes = list(|note| format!("  {note}: Tide {note}.\n"));
    format!(
        "symbol: A/84/L.{number}\nkind: draft-resolution\ndate: 2029-10-01\ntitle: Tides\nbody:\n\
         \x20 - enacting: '*The General Assembly*,'\n{body}footnotes:\n{notes}"
    )
}

#[test]
fn runaway_documents_are_skipped_and_the_rest_is_finished() {
    let drafts = drafts(7);
    let folder = drafts.path();
    assert_eq!(run(folder, &["batch", "drafts", "--out", "whole"]).0, 0);
    fs::write(folder.join("drafts/a.yaml"), runaway(901)).unwrap();
    fs::write(folder.join("drafts/d004a.yaml"), runaway(902)).unwrap();
    let batch = |out, jobs, more: &[&str]| {
        run(folder, &[&["batch", "drafts", "--out", out, "--deadline", "1", "--jobs", jobs], more].concat())
    };
    let (code, out, reported) = batch("out", "2", &["--json"]);
    assert_eq!(code, 1, "{reported}");
    let events: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let states: Vec<&str> = events.iter().filter_map(|event| event["state"].as_str()).collect();
    let rendered = "rendered";
    let expected = ["refused", rendered, rendered, rendered, rendered, "refused", rendered, rendered, rendered];
    let mut sorted = (states.clone(), expected.to_vec());
    sorted.0.sort_unstable();
    sorted.1.sort_unstable();
    assert_eq!((sorted.0, states[0]), (sorted.1, "refused"), "{out}");
    let kinds: Vec<&str> = events.iter().filter_map(|event| event["event"].as_str()).collect();
    assert_eq!((kinds[0], kinds[10], kinds.len()), ("begin", "end", 11), "{out}");
    assert_eq!((&events[10]["rendered"], &events[10]["up_to_date"]), (&7.into(), &0.into()));
    let finding = &events[1]["findings"][0];
    assert_eq!((&finding["code"], &finding["file"]), (&"over-deadline".into(), &"drafts/a.yaml".into()), "{finding}");
    // The rest is the same as without them.
    let files_then = files(&folder.join("out"));
    for (path, bytes) in files(&folder.join("whole")).iter().filter(|(path, _)| !path.starts_with("report.json")) {
        assert!(path.starts_with("report.html") || files_then.get(path) == Some(bytes), "{}", path.display());
    }
    // A rerun does not try again, and a single thread gives the same result.
    let begun = std::time::Instant::now();
    let (code, _, reported) = batch("out", "2", &[]);
    assert!(code == 1 && reported.contains("2 refused; 0 rendered, 7 up to date"), "{reported}");
    assert_eq!(reported.matches("over-deadline").count(), 2, "{reported}");
    assert!(begun.elapsed() < Duration::from_secs(10));
    assert!(files(&folder.join("out")) == files_then, "the report differs");
    batch("alone", "1", &[]);
    assert_eq!(report(folder.join("alone/report.json")), report(folder.join("out/report.json")));
    // With more time, or after a change, a document is tried again.
    fs::write(folder.join("drafts/a.yaml"), document(901, "en")).unwrap();
    fs::remove_file(folder.join("drafts/d004a.yaml")).unwrap();
    let (code, _, reported) = batch("out", "2", &[]);
    assert!(code == 0 && reported.contains("done: all 8 documents"), "{reported}");
}

#[test]
fn memory_has_a_limit() {
    let folder = drafts(3);
    let folder = folder.path();
    let paragraphs: String = (0..15_000).map(|number| format!("  - preambular: 'Tide {number},'\n")).collect();
    fs::write(folder.join("drafts/d002.yaml"), document(2, "en") + &paragraphs).unwrap();
    let (code, _, reported) = run(folder, &["batch", "drafts", "--out", "out", "--memory", "60", "--jobs", "1"]);
    assert!(
        code == 1 && reported.contains("[over-memory]") && reported.contains("1 refused; 2 rendered"),
        "{reported}"
    );
    let (code, _, reported) = run(folder, &["batch", "drafts", "--out", "out"]);
    assert!(code == 0 && reported.contains("done: all 3 "), "{reported}");
}

/// Returns the worker process of a batch.
#[cfg(target_os = "linux")]
fn worker(batch: &std::process::Child) -> Option<u32> {
    let id = batch.id();
    let children = fs::read_to_string(format!("/proc/{id}/task/{id}/children")).ok()?;
    let worker: u32 = children.trim().parse().ok()?;
    // Until it executes another program, it is a copy of its parent.
    fs::read_to_string(format!("/proc/{worker}/environ")).ok()?.contains("MASTHEAD_WORKER").then_some(worker)
}

#[cfg(target_os = "linux")]
fn until<T>(mut found: impl FnMut() -> Option<T>) -> T {
    let begun = std::time::Instant::now();
    loop {
        if let Some(found) = found() {
            return found;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "it never happened");
        std::thread::sleep(Duration::from_millis(2));
    }
}

#[cfg(target_os = "linux")]
fn journal(folder: &Path) -> String {
    let folders = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path().join("journal"));
    folders.filter_map(|path| fs::read_to_string(path).ok()).collect()
}

#[cfg(target_os = "linux")]
#[test]
fn a_document_that_crashes_the_program_twice_is_skipped() {
    let drafts = drafts(5);
    let folder = drafts.path();
    fs::create_dir(folder.join("tmp")).unwrap();
    fs::write(folder.join("drafts/a.yaml"), runaway(901)).unwrap();
    let mut command = masthead(folder, &["batch", "drafts", "--out", "out", "--deadline", "0", "--jobs", "2"]);
    let batch = command.env("TMPDIR", folder.join("tmp")).stderr(Stdio::piped()).spawn().unwrap();
    let kill = |signal: &str, process: u32| {
        assert!(Command::new("kill").args([signal, &process.to_string()]).status().unwrap().success());
    };
    // First along with others, then alone.
    for (signal, said) in [("-KILL", "d001.yaml\",\"alone\":false"), ("-ABRT", "a.yaml\",\"alone\":true")] {
        until(|| journal(&folder.join("tmp")).contains(said).then_some(()));
        kill(signal, until(|| worker(&batch)));
    }
    let output = batch.wait_with_output().unwrap();
    let reported = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(3), "{reported}");
    for part in ["killed-the-program", "signal 6", "1 with internal errors; 5 rendered, 0 up to date"] {
        assert!(reported.contains(part), "{part} is not in {reported}");
    }
    assert_eq!(fs::read_dir(folder.join("tmp")).unwrap().count(), 0, "files are left behind");
    let (code, _, reported) = run(folder, &["batch", "drafts", "--out", "out", "--deadline", "0"]);
    assert!(code == 3 && reported.contains("signal 6") && reported.contains("0 rendered, 5 up to date"), "{reported}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_batch_whose_supervisor_is_killed_leaves_no_worker() {
    let drafts = drafts(300);
    let folder = drafts.path();
    fs::create_dir(folder.join("tmp")).unwrap();
    let mut command = masthead(folder, &["batch", "drafts", "--out", "out", "--jobs", "1", "-q"]);
    let mut batch = command.env("TMPDIR", folder.join("tmp")).spawn().unwrap();
    let worker = until(|| worker(&batch).filter(|_| folder.join("out/d001.pdf").exists()));
    batch.kill().unwrap();
    batch.wait().unwrap();
    // At once, although the worker has not noticed yet.
    let (code, _, reported) = run(folder, &["batch", "drafts", "--out", "out", "--jobs", "2"]);
    assert!(code == 0 && reported.contains("done: all 300"), "{reported}");
    until(|| (!Path::new(&format!("/proc/{worker}")).exists()).then_some(()));
    assert_eq!(fs::read_dir(folder.join("tmp")).unwrap().count(), 0, "files are left behind");
}

#[test]
fn other_commands_finish_the_rest_too() {
    let folder = drafts(3);
    let folder = folder.path();
    let limit = ["--deadline", "1"];
    let with_limit = |arguments: &[&str]| run(folder, &[arguments, &limit].concat());
    assert_eq!(run(folder, &["batch", "drafts", "--out", "out"]).0, 0);
    assert_eq!(run(folder, &["golden", "accept", "drafts", "--force"]).0, 0);
    fs::write(folder.join("drafts/a.yaml"), runaway(901)).unwrap();
    let (code, _, reported) =
        with_limit(&["render", "drafts/d001.yaml", "drafts/a.yaml", "drafts/d002.yaml", "-o", "r/"]);
    assert_eq!(code, 1, "{reported}");
    assert!(reported.contains("error[over-deadline]: drafts/a.yaml exceeds the time limit of 1 s"), "{reported}");
    assert!(reported.matches("d001.pdf").count() == 1 && reported.contains("d002.pdf"), "{reported}");
    let there: Vec<PathBuf> = files(&folder.join("r")).into_keys().collect();
    assert_eq!(there, [Path::new("d001.pdf"), Path::new("d002.pdf")]);
    // A single document has no supervisor.
    let (code, _, reported) = with_limit(&["render", "drafts/a.yaml", "-o", "one.pdf"]);
    assert!(code == 1 && reported.contains("[over-deadline]") && reported.contains("--deadline SECONDS"), "{reported}");
    assert!(!folder.join("one.pdf").exists());
    let (code, list, reported) = with_limit(&["golden", "check", "drafts"]);
    assert_eq!(code, 1, "{reported}");
    assert!(list.contains("[over-deadline]") && list.contains("3"), "{list}");
}

/// Writes a manifest with a draft and the name of its file in each line.
fn manifest(folder: &Path, outputs: &[&str]) {
    let line = |(number, output): (usize, &&str)| {
        let file = format!("drafts/d{:03}.yaml", number + 1);
        fs::write(folder.join(&file), document(number + 1, "en")).unwrap();
        format!("{}\n", serde_json::json!({ "file": file, "output": output }))
    };
    fs::write(folder.join("list.jsonl"), outputs.iter().enumerate().map(line).collect::<String>()).unwrap();
}

/// Returns the codes of the documents that have no file, by their number.
fn failed(folder: &Path) -> Vec<(u64, String)> {
    let report = report(folder.join("out/report.json"));
    let documents = report["documents"].as_array().unwrap();
    let failed = documents.iter().filter(|document| document["state"] != "rendered");
    failed.map(|d| (d["index"].as_u64().unwrap(), d["findings"][0]["code"].as_str().unwrap().to_owned())).collect()
}

#[test]
fn a_bad_name_affects_only_its_document() {
    let folder = drafts(0);
    let folder = folder.path();
    let long = "長".repeat(84);
    let deep = "folder/".repeat(700) + "x";
    let names = ["one", &long, &deep, "e.g./x", "con", "a", "A.pdf/b", "Report.json/x", "register.sqlite/x", "two"];
    manifest(folder, &names);
    for round in ["first", "again"] {
        let (code, _, reported) = run(folder, &["batch", "list.jsonl", "--out", "out"]);
        assert!(
            code == 2 && reported.contains("INCOMPLETE: 3 of 10 documents have output files: 7 not written"),
            "{reported}"
        );
        let (name, clash) = ("output-name".to_owned(), "output-clash".to_owned());
        let expected = [(1, &name), (2, &name), (3, &name), (4, &name), (5, &clash), (7, &clash), (8, &clash)];
        assert_eq!(failed(folder), expected.map(|(index, code)| (index, code.clone())), "{round}");
        assert!(reported.contains("has 256 bytes") && reported.contains("hint"), "{reported}");
        assert!(reported.contains("drafts/d006.yaml:1:1") && reported.contains("drafts/d007.yaml"), "{reported}");
        assert!(folder.join("out/one.pdf").exists() && folder.join("out/A.pdf/b.pdf").exists());
    }
}

#[test]
fn an_obstructed_file_affects_no_other() {
    let folder = drafts(0);
    let folder = folder.path();
    manifest(folder, &["one", "folder", "file/x", "mine", "link/x", "empty"]);
    fs::create_dir_all(folder.join("out/folder.pdf")).unwrap();
    for (file, text) in [("file", "a file"), ("mine.pdf", "my own"), ("empty.pdf", "")] {
        fs::write(folder.join("out").join(file), text).unwrap();
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink("nowhere", folder.join("out/link")).unwrap();
    let (code, _, reported) = run(folder, &["batch", "list.jsonl", "--out", "out"]);
    assert_eq!(code, 2, "{reported}");
    assert!(failed(folder).iter().all(|(_, code)| code == "output-taken"), "{reported}");
    let failed: Vec<u64> = failed(folder).into_iter().map(|(index, _)| index).collect();
    assert_eq!(failed, if cfg!(unix) { vec![1, 2, 3, 4] } else { vec![1, 2, 3] }, "{reported}");
    assert_eq!(fs::read_to_string(folder.join("out/mine.pdf")).unwrap(), "my own");
    run(folder, &["batch", "list.jsonl", "--out", "out", "--force"]);
    assert!(fs::read(folder.join("out/mine.pdf")).unwrap().starts_with(b"%PDF"));
    // A read-only folder is such a case, and not a disk failure.
    assert!(!reported.contains("not begun") && !reported.contains(".tmp"), "{reported}");
}

#[test]
fn sources_that_are_gone_are_reported() {
    let folder = drafts(6);
    let folder = folder.path();
    let batch = |inputs: &str| run(folder, &["batch", inputs, "--out", "out"]);
    let list = || run(folder, &["register", "list", "-r", "out/register.sqlite"]).1;
    batch("drafts");
    fs::remove_file(folder.join("drafts/d001.yaml")).unwrap();
    fs::rename(folder.join("drafts/d002.yaml"), folder.join("drafts/new.yaml")).unwrap();
    fs::write(folder.join("drafts/d004.yaml"), "a list of things\n").unwrap();
    // A batch with other inputs does not affect existing sources.
    fs::create_dir(folder.join("others")).unwrap();
    fs::write(folder.join("others/x.yaml"), document(9, "en")).unwrap();
    let (code, _, reported) = batch("drafts");
    assert!(code == 0 && reported.contains("done: all 4 documents"), "{reported}");
    for line in [
        "drafts/d001.yaml is gone; its file is outdated: d001.pdf",
        "drafts/d002.yaml was renamed to drafts/new.yaml; the file of the old name is outdated: d002.pdf",
        "drafts/d004.yaml is gone; its file is outdated: d004.pdf",
        "3 sources of earlier batches are gone",
    ] {
        assert!(reported.contains(line), "{line} is not in {reported}");
    }
    assert_eq!(list().matches("(outdated)").count(), 3, "{}", list());
    let report = report(folder.join("out/report.json"));
    assert_eq!(report["summary"]["gone"][1]["renamed"], "drafts/new.yaml");
    assert!(fs::read_to_string(folder.join("out/report.html")).unwrap().contains("Outdated files"));
    let (code, _, reported) = batch("others");
    assert!(code == 0 && !reported.contains("d003") && !reported.contains("d005"), "{reported}");
    // From another working directory, they are the same sources.
    let (_, _, reported) = run(&folder.join("others"), &["batch", "../drafts", "--out", "../out"]);
    assert!(reported.contains("0 rendered, 4 up to date") && reported.contains("3 sources of"), "{reported}");
    // A restored source is current again, and a file that was removed is forgotten.
    fs::write(folder.join("drafts/d001.yaml"), document(1, "en")).unwrap();
    fs::remove_file(folder.join("out/d002.pdf")).unwrap();
    let (_, _, reported) = batch("drafts");
    assert!(reported.contains("0 rendered, 5 up to date") && reported.contains("1 source of"), "{reported}");
    assert_eq!(list().matches("(outdated)").count(), 1, "{}", list());
    assert!(!batch("drafts").2.contains("d002.pdf"));
    // A document with errors has an outdated file.
    fs::write(folder.join("drafts/d005.yaml"), "symbol: A/84/L.5\nkind: poem\nbody: []\n").unwrap();
    batch("drafts");
    let (_, shown, _) = run(folder, &["register", "show", "A/84/L.5", "-r", "out/register.sqlite"]);
    assert!(shown.contains("outdated      its source is gone, has another file now, or has errors"), "{shown}");
    fs::write(folder.join("drafts/d005.yaml"), document(5, "en")).unwrap();
    batch("drafts");
    assert_eq!(list().matches("(outdated)").count(), 1, "{}", list());
}

#[test]
fn a_renamed_source_keeps_its_file_and_gets_its_new_name() {
    let folder = drafts(2);
    let folder = folder.path();
    fs::write(folder.join("drafts/d001.yaml"), document(1, "en").replace("title:", "session: 83\ntitle:")).unwrap();
    let named = ["batch", "drafts", "--out", "out", "--name", "{symbol}"];
    run(folder, &named);
    fs::rename(folder.join("drafts/d001.yaml"), folder.join("drafts/x.yaml")).unwrap();
    let (_, _, reported) = run(folder, &named);
    assert!(reported.contains("0 rendered, 2 up to date") && !reported.contains("gone"), "{reported}");
    let (_, list, _) = run(folder, &["register", "list", "-r", "out/register.sqlite", "--format", "json"]);
    assert!(list.contains("session-mismatch"), "{list}");
    assert!(list.contains("drafts/x.yaml") && !list.contains("drafts/d001.yaml"), "{list}");
    let report = fs::read_to_string(folder.join("out/report.json")).unwrap();
    assert!(report.contains("drafts/x.yaml") && !report.contains("drafts/d001.yaml"), "{report}");
}

#[test]
fn the_order_of_rendering_has_no_effect() {
    let folder = drafts(0);
    let folder = folder.path();
    // The same document under many names, so that only the order could distinguish them.
    for number in 1..=40 {
        fs::write(folder.join(format!("drafts/d{number:02}.yaml")), document(7 * (number % 2) + 1, "en")).unwrap();
    }
    let reported = |jobs: &str| {
        let out = format!("out{jobs}");
        run(folder, &["batch", "drafts", "--out", &out, "--jobs", jobs]);
        let register = format!("{out}/register.sqlite");
        let ask = |arguments: &[&str]| run(folder, &[&["register"], arguments, &["-r", &register]].concat()).1;
        let asked = [
            ask(&["list"]),
            ask(&["list", "--sort", "title", "--format", "csv"]),
            ask(&["export"]),
            ask(&["history", "A/84/L.1"]),
            ask(&["show", "A/84/L.8"]),
            ask(&["missing"]),
        ];
        (asked, fs::read(folder.join(out).join("report.json")).unwrap())
    };
    assert_eq!(reported("1"), reported("4"));
}

#[test]
fn a_batch_that_is_killed_repeatedly_finishes() {
    let folder = drafts(30);
    let folder = folder.path();
    let mut up_to_date = 0;
    for _ in 0..3 {
        // One more file than before, plus the longest time until it is registered.
        let there = || walkdir::WalkDir::new(folder.join("out")).into_iter().filter_map(Result::ok);
        let pdfs = || there().filter(|entry| entry.path().extension().is_some_and(|ending| ending == "pdf")).count();
        let before = pdfs();
        let mut child = masthead(folder, &["batch", "drafts", "--out", "out", "-q", "--jobs", "1"]).spawn().unwrap();
        while child.try_wait().unwrap().is_none() && pdfs() <= before {}
        std::thread::sleep(Duration::from_millis(600));
        let _ = child.kill();
        child.wait().unwrap();
        let (_, _, reported) = run(folder, &["batch", "drafts", "--out", "out", "--dry-run"]);
        let count = reported.split(", ").find_map(|part| part.split(" are up").next()?.parse::<usize>().ok()).unwrap();
        assert!(count > up_to_date || count == 30, "{count} after {up_to_date}: {reported}");
        up_to_date = count;
    }
}

#[test]
fn parts_of_different_divisions_are_refused() {
    let folder = drafts(6);
    let folder = folder.path();
    let part = |out: &str, part: &str| run(folder, &["batch", "drafts", "--out", out, "--shard", part]);
    assert_eq!(part("out", "1/3").0, 0);
    for other in ["1/4", "2/4", "2/2"] {
        let (code, _, reported) = part("out", other);
        assert!(code == 2 && reported.contains("holds part 1 of 3 of a batch"), "{other}: {reported}");
        assert!(reported.contains("report-*-of-3.*"), "{reported}");
    }
    assert_eq!(part("out", "2/3").0, 0);
    assert_eq!(part("elsewhere", "3/4").0, 0);
    let merge = |from: &[&str]| {
        let (code, _, reported) = run(folder, &[&["register", "merge", "-r", "merged.sqlite"], from].concat());
        assert!(!folder.join("merged.sqlite").exists() || code == 0, "{reported}");
        (code, reported)
    };
    let (code, reported) = merge(&["out/register-1-of-3.sqlite", "elsewhere/register-3-of-4.sqlite"]);
    assert!(code == 2 && reported.contains("a batch of 4 parts") && reported.contains("to one of 3"), "{reported}");
    let (code, reported) = merge(&["out/report-1-of-3.json", "elsewhere/report-3-of-4.json"]);
    assert!(code == 2 && reported.contains("not parts of the same batch"), "{reported}");
    let (code, reported) = merge(&["out/register-1-of-3.sqlite", "elsewhere/report-3-of-4.json"]);
    assert!(code == 2 && reported.contains("the reports to one of 4"), "{reported}");
    // Whatever the names.
    let named =
        |part: &str| run(folder, &["batch", "drafts", "--out", part, "--shard", part, "--register", "one.sqlite"]);
    assert_eq!(named("1/2").0, 0);
    let (code, _, reported) = named("1/3");
    assert!(code == 2 && reported.contains("one.sqlite is the register of a batch in 2 parts"), "{reported}");
}

#[cfg(unix)]
#[test]
fn a_batch_with_unreadable_inputs_is_not_complete() {
    let folder = drafts(3);
    let folder = folder.path();
    std::os::unix::fs::symlink("nowhere.yaml", folder.join("drafts/dangling.yaml")).unwrap();
    let (code, _, reported) = run(folder, &["batch", "drafts", "--out", "out"]);
    assert_eq!(code, 2, "{reported}");
    let verdict = "INCOMPLETE: 3 of 3 documents have output files: 1 unreadable input";
    assert!(reported.contains(verdict) && !reported.contains("\ndone"), "{reported}");
    assert_eq!(report(folder.join("out/report.json"))["summary"]["complete"], false);
    let (code, list, _) = run(folder, &["batch", "drafts", "--out", "out", "--json"]);
    let end: Value = serde_json::from_str(list.lines().last().unwrap()).unwrap();
    assert_eq!((code, &end["complete"], &end["unseen"]), (2, &false.into(), &1.into()));
}

#[cfg(unix)]
#[test]
fn the_output_folder_may_be_a_link() {
    let folder = drafts(6);
    let folder = folder.path();
    fs::create_dir_all(folder.join("store")).unwrap();
    fs::create_dir_all(folder.join("out")).unwrap();
    std::os::unix::fs::symlink("../store", folder.join("out/more")).unwrap();
    std::os::unix::fs::symlink("..", folder.join("store/back")).unwrap();
    assert_eq!(run(folder, &["batch", "drafts", "--out", "out"]).0, 0);
    assert!(folder.join("store/d003.pdf").exists());
    let register =
        |arguments: &[&str]| run(folder, &[&["register"], arguments, &["-r", "out/register.sqlite"]].concat());
    let (code, list, reported) = register(&["verify"]);
    assert_eq!((code, list.as_str()), (0, ""), "{reported}");
    assert!(!register(&["missing"]).1.contains("not on disk"));
    let before = register(&["list", "--format", "csv"]).1;
    for from in [&["rebuild", "out"][..], &["rebuild", "out", "out/report.json"]] {
        let (code, _, reported) = register(from);
        assert!(code == 0 && reported.contains("6 files registered"), "{reported}");
    }
    assert_eq!(register(&["list", "--format", "csv"]).1, before);
    assert!(run(folder, &["batch", "drafts", "--out", "out"]).2.contains("0 rendered, 6 up to date"));
}

#[test]
fn reports_and_registers_overwrite_nothing_else() {
    let folder = drafts(2);
    let folder = folder.path();
    let sources = ["report.json", "a.json"].map(|name| folder.join(name));
    run(folder, &["convert", "drafts/d001.yaml", "-o", "report.json"]);
    fs::copy(&sources[0], &sources[1]).unwrap();
    let before = fs::read(&sources[0]).unwrap();
    for arguments in [
        &["batch", "report.json", "--out", "."][..],
        &["batch", "a.json", "--out", "."],
        &["batch", "drafts", "--out", "out", "--register", "drafts/d001.yaml"],
        &["batch", "drafts", "--out", "out", "--register", "a.json"],
        &["register", "merge", "-r", "a.json", "report.json"],
        &["register", "rebuild", "out", "-r", "drafts/d001.yaml"],
    ] {
        let (code, _, reported) = run(folder, arguments);
        assert_eq!(code, 2, "{arguments:?}: {reported}");
        assert!(sources.iter().all(|path| fs::read(path).unwrap() == before), "{arguments:?}: {reported}");
        assert_eq!(fs::read_to_string(folder.join("drafts/d001.yaml")).unwrap(), document(1, "en"));
        assert!(!folder.join("a.pdf").exists() && !folder.join("out/d001.pdf").exists(), "{arguments:?}: {reported}");
    }
}

#[test]
fn registers_of_other_folders_keep_their_files() {
    let folder = drafts(0);
    let folder = folder.path();
    for (number, from, out) in [(1, "s1", "op"), (2, "s2", "oq")] {
        fs::create_dir(folder.join(from)).unwrap();
        fs::write(folder.join(from).join("x.yaml"), document(number, "en")).unwrap();
        assert_eq!(run(folder, &["batch", from, "--out", out]).0, 0);
    }
    fs::create_dir(folder.join("arch")).unwrap();
    for target in ["arch/all.sqlite", "all.sqlite"] {
        let merge = ["register", "merge", "-r", target, "op/register.sqlite", "oq/register.sqlite"];
        let (code, _, reported) = run(folder, &merge);
        assert!(code == 0 && !reported.contains("disagree"), "{reported}");
        let (code, flaws, reported) = run(folder, &["register", "verify", "-r", target]);
        assert!(code == 0 && flaws.is_empty() && reported.contains("2 files, 0 with problems"), "{flaws}{reported}");
    }
    let (_, list, _) = run(folder, &["register", "list", "-r", "all.sqlite", "--format", "csv"]);
    assert!(list.contains(",op/x.pdf,") && list.contains(",oq/x.pdf,"), "{list}");
}

/// Renders both parts of a batch, and merges their registers and reports.
fn both_parts(folder: &Path) -> (i32, String) {
    for part in ["1/2", "2/2"] {
        let (code, _, reported) = run(folder, &["batch", "drafts", "--out", "out", "--shard", part]);
        assert_eq!(code, 0, "{reported}");
    }
    let registers = ["out/register-1-of-2.sqlite", "out/register-2-of-2.sqlite"];
    let reports = ["out/report-1-of-2.json", "out/report-2-of-2.json"];
    let merge = ["register", "merge", "-r", "out/register.sqlite"];
    let (code, _, reported) = run(folder, &[&merge[..], &registers, &reports].concat());
    (code, reported)
}

#[test]
fn a_merge_removes_what_its_parts_have_removed() {
    let folder = drafts(4);
    let folder = folder.path();
    assert_eq!(both_parts(folder).0, 0);
    fs::remove_file(folder.join("drafts/d002.yaml")).unwrap();
    fs::remove_file(folder.join("out/d002.pdf")).unwrap();
    let (code, reported) = both_parts(folder);
    assert_eq!(code, 0, "{reported}");
    let (_, list, _) = run(folder, &["register", "list", "-r", "out/register.sqlite", "--format", "csv"]);
    assert!(!list.contains("A/84/L.2,") && list.contains("A/84/L.1,") && list.contains("A/84/L.4,"), "{list}");
    let (_, history, _) = run(folder, &["register", "history", "A/84/L.2", "-r", "out/register.sqlite"]);
    assert!(history.contains("removed"), "{history}");
}

#[test]
fn a_document_may_move_to_another_part() {
    let folder = drafts(4);
    let folder = folder.path();
    assert_eq!(both_parts(folder).0, 0);
    // All documents move, and two of them change, one from each part.
    fs::write(folder.join("drafts/d000.yaml"), document(9, "en")).unwrap();
    for number in [1, 2] {
        let changed = document(number, "en").replace("tide", "tidal");
        fs::write(folder.join(format!("drafts/d00{number}.yaml")), changed).unwrap();
    }
    for _ in 0..2 {
        let (code, reported) = both_parts(folder);
        assert!(code == 0 && !reported.contains("disagree"), "{reported}");
        let (code, flaws, reported) = run(folder, &["register", "verify", "-r", "out/register.sqlite"]);
        assert!(code == 0 && reported.contains("5 files, 0 with problems"), "{flaws}{reported}");
    }
    let (_, history, _) = run(folder, &["register", "history", "A/84/L.2", "-r", "out/register.sqlite"]);
    assert_eq!((history.matches("replaced").count(), history.matches("current").count()), (1, 1), "{history}");
}

#[test]
fn a_batch_without_documents_is_not_complete() {
    let folder = drafts(2);
    let folder = folder.path();
    assert_eq!(run(folder, &["batch", "drafts", "--out", "out"]).0, 0);
    for name in ["d001", "d002"] {
        fs::remove_file(folder.join(format!("drafts/{name}.yaml"))).unwrap();
    }
    for (inputs, said) in [("drafts", "no documents found"), ("drafts/*.yaml", "no file matches “drafts/*.yaml”")] {
        let (code, _, reported) = run(folder, &["batch", inputs, "--out", "out"]);
        assert_eq!(code, 2, "{reported}");
        for part in [
            said,
            "error[no-documents]",
            "drafts/d001.yaml is gone; its file is outdated: d001.pdf",
            "2 sources of earlier batches are gone",
            "INCOMPLETE: 0 of 0 documents have output files: no documents",
        ] {
            assert!(reported.contains(part), "{part} is not in {reported}");
        }
        assert_eq!(report(folder.join("out/report.json"))["summary"]["complete"], false);
    }
    let (_, list, _) = run(folder, &["register", "list", "-r", "out/register.sqlite"]);
    assert_eq!(list.matches("(outdated)").count(), 2, "{list}");
}

#[test]
fn a_source_with_another_file_leaves_an_outdated_one() {
    let folder = drafts(2);
    let folder = folder.path();
    let batch = |more: &[&str]| run(folder, &[&["batch", "drafts", "--out", "out"], more].concat());
    assert_eq!(batch(&["--name", "{symbol}"]).0, 0);
    fs::write(folder.join("drafts/d001.yaml"), document(8, "en")).unwrap();
    let (code, _, reported) = batch(&["--name", "{symbol}"]);
    let line = "drafts/d001.yaml is no longer rendered to this file, which is outdated: A_84_L.1.pdf";
    assert!(code == 0 && reported.contains(line), "{reported}");
    assert!(reported.contains("1 source has another file now") && !reported.contains("gone"), "{reported}");
    let summary = &report(folder.join("out/report.json"))["summary"];
    assert_eq!(summary["gone"][0]["remains"], true, "{summary}");
    let (_, list, _) = run(folder, &["register", "list", "-r", "out/register.sqlite"]);
    assert_eq!(list.matches("(outdated)").count(), 1, "{list}");
    // Files of another profile are further files of the same sources.
    fs::remove_file(folder.join("out/A_84_L.1.pdf")).unwrap();
    let (code, _, reported) = batch(&["--name", "{symbol}-print", "--profile", "print"]);
    assert!(code == 0 && !reported.contains("outdated"), "{reported}");
}

#[test]
fn a_file_of_another_source_is_not_overwritten() {
    let folder = drafts(0);
    let folder = folder.path();
    for (number, from) in [(1, "c1"), (2, "c2")] {
        fs::create_dir(folder.join(from)).unwrap();
        fs::write(folder.join(from).join("x.yaml"), document(number, "en")).unwrap();
    }
    let batch = |from: &str, more: &[&str]| run(folder, &[&["batch", from, "--out", "o"][..], more].concat());
    assert_eq!(batch("c1", &[]).0, 0);
    let before = fs::read(folder.join("o/x.pdf")).unwrap();
    let (code, _, reported) = batch("c2", &[]);
    let said = "c2/x.yaml would overwrite o/x.pdf, which was rendered from c1/x.yaml";
    assert!(code == 2 && reported.contains("error[output-taken]") && reported.contains(said), "{reported}");
    assert_eq!(fs::read(folder.join("o/x.pdf")).unwrap(), before);
    // Other paths to the same source.
    let absolute = folder.join("c1").display().to_string();
    for from in ["c2/../c1", "c1/x.yaml", &absolute] {
        let (code, _, reported) = batch(from, &[]);
        assert_eq!(code, 0, "{reported}");
    }
    assert_eq!(batch("c2", &["--force"]).0, 0);
    assert_ne!(fs::read(folder.join("o/x.pdf")).unwrap(), before);
    // A source that was moved.
    fs::rename(folder.join("c2"), folder.join("c3")).unwrap();
    let (code, _, reported) = batch("c3", &[]);
    assert!(code == 0 && reported.contains("0 rendered, 1 up to date"), "{reported}");
}

#[cfg(target_os = "linux")]
#[test]
fn patterns_match_names_that_are_not_utf_8() {
    use std::os::unix::ffi::OsStrExt;
    let folder = drafts(1);
    let folder = folder.path();
    let name = std::ffi::OsStr::from_bytes(b"\xff.yaml");
    fs::write(folder.join("drafts").join(name), document(2, "en")).unwrap();
    for pattern in ["drafts/*.yaml", "drafts/**/*.yaml", "*/*.yaml"] {
        let (code, _, reported) = run(folder, &["batch", pattern, "--out", "out", "--dry-run"]);
        assert!(code == 0 && reported.contains("2 of 2 documents would be rendered"), "{reported}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn lost_output_is_reported_once() {
    let folder = drafts(3);
    let folder = folder.path();
    for option in ["--dry-run", "--json"] {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let output = masthead(folder, &["batch", "drafts", "--out", "out", option]).stdout(full).output().unwrap();
        let reported = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{reported}");
        assert_eq!(reported.matches("cannot write to standard output").count(), 1, "{reported}");
    }
}

#[test]
fn hints_about_inputs_and_names_help() {
    let folder = drafts(2);
    let folder = folder.path();
    let batch = |list: &str| {
        fs::write(folder.join("list.csv"), list).unwrap();
        run(folder, &["batch", "list.csv", "--out", "out"])
    };
    let (code, _, reported) = batch("file,output\ndrafts,\n");
    assert!(code == 2 && reported.contains("“drafts” is a folder") && reported.contains("list.csv:2:1"), "{reported}");
    assert!(reported.contains("in a line of its own") && !reported.contains("*.yaml"), "{reported}");
    let (code, _, reported) = batch("file,output\ndrafts/d001.yaml,x.pdf\ndrafts/d002.yaml,X.PDF\n");
    assert!(code == 2 && reported.contains("in the column “output”") && !reported.contains("--name"), "{reported}");
    if cfg!(target_os = "linux") {
        fs::write(folder.join("drafts/D001.yaml"), document(5, "en")).unwrap();
        let (code, _, reported) = run(folder, &["batch", "drafts", "--out", "out"]);
        assert!(code == 2 && reported.contains("rename one of the sources"), "{reported}");
        assert!(!reported.contains("{ending}"), "{reported}");
    }
}

#[test]
fn a_source_with_two_files_is_counted_once() {
    let folder = drafts(2);
    let folder = folder.path();
    let batch = |lines: &[(&str, &str)]| {
        let line = |(file, output): &(&str, &str)| format!("drafts/{file}.yaml,{output}\n");
        let list = "file,output\n".to_owned() + &lines.iter().map(line).collect::<String>();
        fs::write(folder.join("list.csv"), list).unwrap();
        run(folder, &["batch", "list.csv", "--out", "out"])
    };
    assert_eq!(batch(&[("d001", "a"), ("d001", "b"), ("d002", "c")]).0, 0);
    fs::remove_file(folder.join("drafts/d001.yaml")).unwrap();
    let (code, _, reported) = batch(&[("d002", "c")]);
    assert!(code == 0 && reported.contains("1 source of earlier batches is gone"), "{reported}");
    assert!(reported.contains("its file is outdated: a.pdf") && reported.contains(": b.pdf"), "{reported}");
}
