//! The program as its users call it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const GOOD: &str = "symbol: A/77/L.1\nkind: draft-resolution\ndate: 2023-01-02\nbody:\n  - paragraph: Text.\n";
const BAD: &str = "symbol: A/77/L.1\nkind: draft-resolution\ntitel: x\ndate: 2023-13-02\nbody:\n  - paragraph: ཀ.\n";

fn masthead(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_masthead"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that needs no input may have ended before it is written.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("good.yaml"), GOOD).unwrap();
    fs::write(folder.path().join("bad.yaml"), BAD).unwrap();
    folder
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn one_bad_document_does_not_stop_the_others() {
    let folder = folder();
    let output = masthead(folder.path(), &["render", "bad.yaml", "good.yaml", "-o", "out/"], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(folder.path().join("out/good.pdf").exists());
    assert!(!folder.path().join("out/bad.pdf").exists());
    let told = stderr(&output);
    for part in ["unknown-field", "bad.yaml:3:1", "titel: x", "did you mean “title”?", "not-a-date", "bad.yaml:4:7"]
    {
        assert!(told.contains(part), "{part} is not in {told}");
    }
    assert!(!told.contains('\u{1b}'), "colours without a terminal");
}

#[test]
fn standard_input_and_output() {
    let folder = folder();
    let output = masthead(folder.path(), &["render", "-"], GOOD);
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stdout.starts_with(b"%PDF-"));
    let output = masthead(folder.path(), &["render", "-", "-o", "named.pdf", "--quiet"], GOOD);
    assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(0), ""));
    assert!(folder.path().join("named.pdf").exists());
}

#[test]
fn pages_as_pictures_and_drawings() {
    let folder = folder();
    assert!(masthead(folder.path(), &["render", "good.yaml", "--format", "png", "--ppi", "72"], "").status.success());
    let png = image::open(folder.path().join("good-1.png")).unwrap();
    assert_eq!((png.width(), png.height()), (612, 792));
    assert!(masthead(folder.path(), &["render", "good.yaml", "--format", "svg"], "").status.success());
    assert!(fs::read_to_string(folder.path().join("good-1.svg")).unwrap().starts_with("<svg"));
}

#[test]
fn names_of_outputs_say_what_they_are() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    let run = |arguments: &[&str]| masthead(folder.path(), arguments, "");
    let paragraph = "  - paragraph: Text.\n";
    fs::write(path("long.xml.yaml"), GOOD.replace(paragraph, &paragraph.repeat(60))).unwrap();
    for (name, begins) in [("x.png", &b"\x89PNG"[..]), ("x.SVG", b"<svg"), ("x.pdf", b"%PDF")] {
        assert!(stderr(&run(&["render", "good.yaml", "-o", name])).contains(&format!("{name}: 1 page")));
        assert!(fs::read(path(name)).unwrap().starts_with(begins), "{name}");
    }
    let told = stderr(&run(&["render", "long.xml.yaml", "-o", "y.svg"]));
    assert!(told.contains("y-1.svg to y-2.svg: 2 pages"), "{told}");
    assert!(path("y-1.svg").exists() && path("y-2.svg").exists() && !path("y.svg").exists());
    let told = stderr(&run(&["render", "good.yaml", "-o", "x.docx"]));
    assert!(told.contains(".pdf, .png or .svg"), "{told}");
    assert!(run(&["convert", "good.yaml", "-o", "made/", "--to", "xml"]).status.success());
    assert!(run(&["render", "made/good.xml"]).status.success());
    assert!(path("made/good.pdf").exists());
    let told = stderr(&run(&["render", "good.yaml", "made/good.xml", "-o", "both/"]));
    assert!(told.contains("would both be written to both/good.pdf"), "{told}");
    for name in ["draft.md", "draft.json", "draft.xml", "starters/letter.yaml"] {
        let output = if name.starts_with("starters") { "starters/" } else { name };
        assert!(run(&["new", "letter", "-o", output]).status.success(), "{name}");
        assert!(run(&["render", name]).status.success(), "{name}");
    }
    assert!(fs::read_to_string(path("draft.md")).unwrap().starts_with("---\n"));
}

#[test]
fn what_is_no_source_is_told_with_the_way_out() {
    let folder = folder();
    fs::write(folder.path().join("x.docx"), b"PK\x03\x04\x14\x00\xff").unwrap();
    fs::write(folder.path().join("o.pdf"), b"%PDF-1.7\n\xff").unwrap();
    for (name, code, reason, way) in [
        ("x.docx", 1, "x.docx is a file of a word processor", "Markdown"),
        ("o.pdf", 1, "o.pdf is a PDF file", "masthead verify"),
        ("./", 2, "./ is a folder", "masthead batch . --out"),
    ] {
        let output = masthead(folder.path(), &["render", name], "");
        let told = stderr(&output);
        assert_eq!(output.status.code(), Some(code), "{told}");
        assert!(told.contains(reason) && told.contains(way), "{told}");
    }
}

#[test]
fn wrong_use_ends_with_two() {
    let folder = folder();
    for arguments in [
        &["render", "nowhere.yaml"][..],
        &["render"],
        &["render", "good.yaml", "bad.yaml", "-o", "one.pdf"],
        &["render", "good.yaml", "./good.yaml", "-o", "out/"],
        &["render", "./good.yaml", "-o", "good.yaml"],
        &["render", "good.yaml", "--ppi", "0"],
        &["render", "good.yaml", "--emblem", "nowhere.svg"],
        &["new", "poem"],
        &["convert", "good.yaml"],
        &["convert", "good.yaml", "-o", "good.pdf"],
        &["convert", "good.yaml", "--to", "json", "-o", "good.md"],
        &["render", "good.yaml", "-o", "good.docx"],
        &["render", "good.yaml", "--format", "png", "-o", "good.pdf"],
        &["new", "letter", "-o", "letter.txt"],
        &["render", "."],
        &["convert", "./good.yaml", "-o", "good.yaml"],
        &["convert", "good.yaml", "-o", "nowhere/good.md"],
        &["convert", "nowhere.yaml", "-o", "good.md"],
        &["frobnicate"],
    ] {
        assert_eq!(masthead(folder.path(), arguments, "").status.code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn documents_in_another_syntax() {
    let folder = folder();
    let text = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    for (from, to) in
        [("good.yaml", "good.json"), ("good.json", "good.xml"), ("good.xml", "good.md"), ("good.md", "again.yaml")]
    {
        let output = masthead(folder.path(), &["convert", from, "-o", to], "");
        assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(0), ""), "{from}");
    }
    assert_eq!(text("again.yaml"), GOOD);
    assert_eq!(text("good.md"), "---\nsymbol: A/77/L.1\nkind: draft-resolution\ndate: 2023-01-02\n---\n\nText.\n");
    assert!(text("good.xml").contains("<docNumber refersTo=\"#symbol\">A/77/L.1</docNumber>"));
    assert!(text("good.json").starts_with("{\n  \"symbol\": \"A/77/L.1\",\n"));
    let output = masthead(folder.path(), &["convert", "-", "--from", "md", "--to", "yaml"], &text("good.md"));
    assert_eq!(String::from_utf8(output.stdout).unwrap(), GOOD);
    let output = masthead(folder.path(), &["convert", "bad.yaml", "-o", "bad.md"], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("did you mean “title”?"));
    assert!(!folder.path().join("bad.md").exists());
    assert!(masthead(folder.path(), &["render", "good.md"], "").status.success());
    assert!(folder.path().join("good.pdf").exists());
}

#[test]
fn findings_for_programs() {
    let folder = folder();
    let output = masthead(folder.path(), &["check", "bad.yaml", "good.yaml", "--format", "json"], "");
    assert_eq!(output.status.code(), Some(1));
    let list: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let told: Vec<(&str, u64, u64)> = list
        .as_array()
        .unwrap()
        .iter()
        .filter(|f| f["file"] == "bad.yaml")
        .map(|f| (f["code"].as_str().unwrap(), f["line"].as_u64().unwrap(), f["column"].as_u64().unwrap()))
        .collect();
    assert_eq!(told, [("unknown-field", 3, 1), ("not-a-date", 4, 7), ("character-not-covered", 6, 16)]);
    assert_eq!(masthead(folder.path(), &["check", "good.yaml"], "").status.code(), Some(0));
}

#[test]
fn emblems_and_pictures() {
    let folder = folder();
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"><path d=\"M0 0h1v1z\"/></svg>";
    fs::write(folder.path().join("own.svg"), svg).unwrap();
    assert!(masthead(folder.path(), &["render", "good.yaml", "--emblem", "own.svg"], "").status.success());
    fs::write(folder.path().join("own.png"), "no picture").unwrap();
    let output = masthead(folder.path(), &["render", "good.yaml", "--emblem", "own.png"], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("neither SVG nor PNG"));
    let named = GOOD.replace("body:", "emblem: pictures/none.svg\nbody:");
    let output = masthead(folder.path(), &["render", "-"], &named);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("pictures/none.svg"));
}

#[test]
fn pictures_outside_the_folder_are_not_read() {
    let folder = folder();
    let inner = folder.path().join("inner");
    fs::create_dir(&inner).unwrap();
    fs::write(folder.path().join("own.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"/>")
        .unwrap();
    fs::write(inner.join("d.yaml"), GOOD.replace("body:", "emblem: link.svg\nbody:")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("../own.svg", inner.join("link.svg")).unwrap();
    let output = masthead(&inner, &["render", "d.yaml"], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("link.svg"));
}

#[test]
fn what_else_there_is() {
    let folder = folder();
    let says = |arguments: &[&str], part: &str| {
        let output = masthead(folder.path(), arguments, GOOD);
        assert!(output.status.success(), "{arguments:?}: {}", stderr(&output));
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(said.contains(part), "{part} is not in the answer to {arguments:?}");
    };
    says(&["prepare", "good.yaml"], "Seventy-seventh session");
    says(&["schema"], "\"running_title\"");
    says(&["new", "letter"], "kind: letter");
    says(&["completions", "bash"], "_masthead");
    says(&["man"], ".TH masthead 1");
    says(&["render", "--help"], "Examples:");
    assert!(masthead(folder.path(), &["man", "--out", "man"], "").status.success());
    assert!(folder.path().join("man/masthead-render.1").exists());
}

#[test]
fn a_syntax_is_recognised_by_its_text() {
    let folder = folder();
    let path = folder.path();
    let yaml = String::from_utf8(masthead(path, &["convert", "-", "--to", "yaml"], GOOD).stdout).unwrap();
    assert!(yaml.contains("symbol: A/77/L.1"), "{yaml}");
    for format in ["json", "md", "xml"] {
        let text = String::from_utf8(masthead(path, &["convert", "good.yaml", "--to", format], "").stdout).unwrap();
        let back = masthead(path, &["convert", "-", "--to", "yaml"], &text);
        assert_eq!(String::from_utf8_lossy(&back.stdout), yaml, "{format}: {}", stderr(&back));
    }
    let output = masthead(path, &["check", "-"], "Dear colleague,\n\nall is well.\n");
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(told.contains("fault[unknown-syntax]") && told.contains("--from yaml, json, md or xml"), "{told}");
}

#[test]
fn files_of_windows_and_of_old_macs_are_read() {
    let folder = folder();
    let path = folder.path();
    let twins = ["yaml", "json", "md", "xml"].map(|format| {
        let text = masthead(path, &["convert", "good.yaml", "--to", format], "").stdout;
        (format, String::from_utf8(text).unwrap())
    });
    for (format, text) in twins {
        for ending in ["\n", "\r\n", "\r"] {
            let text = text.replace('\n', ending);
            let wide = |mark: &str| format!("{mark}{text}").encode_utf16().collect::<Vec<u16>>();
            let little = |mark| wide(mark).into_iter().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
            let big = |mark| wide(mark).into_iter().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
            let marked = format!("\u{feff}{text}").into_bytes();
            let all = [text.clone().into_bytes(), marked, little("\u{feff}"), big("\u{feff}"), little(""), big("")];
            for (index, bytes) in all.into_iter().enumerate() {
                let name = format!("twin.{format}");
                fs::write(path.join(&name), bytes).unwrap();
                let output = masthead(path, &["convert", &name, "--to", "json"], "");
                let back = String::from_utf8(output.stdout.clone()).unwrap();
                assert!(
                    back.contains("\"symbol\": \"A/77/L.1\"") && back.contains("\"Text.\""),
                    "{index} {format} {ending:?}: {}",
                    stderr(&output)
                );
            }
        }
    }
}

#[test]
fn missing_glyphs_are_faults_or_boxes_as_the_user_wants() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let text = GOOD.replace("Text.", "ཀ.");
    fs::write(path.join("a.yaml"), &text).unwrap();
    let run = |arguments: &[&str]| masthead(path, arguments, "");
    let boxes = ["--missing-glyphs", "box-with-code"];
    for command in
        [&["render", "a.yaml", "-o", "a.pdf"][..], &["check", "a.yaml"], &["batch", "a.yaml", "--out", "out"]]
    {
        assert_eq!(run(command).status.code(), Some(1), "{command:?}");
        let boxed = run(&[command, &boxes].concat());
        assert_eq!(boxed.status.code(), Some(0), "{command:?}: {}", stderr(&boxed));
    }
    assert!(
        stderr(&run(&["render", "a.yaml", "-o", "a.pdf", boxes[0], boxes[1]]))
            .contains("warning[character-not-covered]")
    );
    assert_eq!(run(&["verify", "a.pdf", "out/a.pdf"]).status.code(), Some(0));
    // What the folder says holds where no option is given, and is part of what a file was made with.
    assert_eq!(run(&["batch", "a.yaml", "--out", "out"]).status.code(), Some(1));
    fs::write(path.join("masthead.toml"), "[render]\nmissing_glyphs = 'box-with-code'\n").unwrap();
    for command in [
        &["render", "a.yaml"][..],
        &["check", "a.yaml"],
        &["golden", "accept", "a.yaml"],
        &["golden", "check", "a.yaml"],
    ] {
        let output = run(command);
        assert_eq!(output.status.code(), Some(0), "{command:?}: {}", stderr(&output));
    }
    let again = run(&["batch", "a.yaml", "--out", "out", "--json"]);
    assert!(
        String::from_utf8_lossy(&again.stdout).contains("up-to-date"),
        "{}",
        String::from_utf8_lossy(&again.stdout)
    );
    assert_eq!(run(&["render", "a.yaml", "--missing-glyphs", "error"]).status.code(), Some(1));
    fs::write(path.join("masthead.toml"), "[render]\nmissing_glyphs = 'box'\n").unwrap();
    let wrong = run(&["render", "a.yaml"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(
        stderr(&wrong).contains("masthead-settings") && stderr(&wrong).contains("box-with-code"),
        "{}",
        stderr(&wrong)
    );
}
