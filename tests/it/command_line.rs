//! The command line.

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
        // In CI `golden` writes no references.
        .env_remove("CI")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that needs no input may exit before it is written.
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
    let reported = stderr(&output);
    for part in ["unknown-field", "bad.yaml:3:1", "titel: x", "did you mean “title”?", "not-a-date", "bad.yaml:4:7"]
    {
        assert!(reported.contains(part), "{part} is not in {reported}");
    }
    assert!(!reported.contains('\u{1b}'), "colours without a terminal");
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
fn output_names_determine_the_format() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    let run = |arguments: &[&str]| masthead(folder.path(), arguments, "");
    let paragraph = "  - paragraph: Text.\n";
    fs::write(path("long.xml.yaml"), GOOD.replace(paragraph, &paragraph.repeat(60))).unwrap();
    for (name, begins) in [("x.png", &b"\x89PNG"[..]), ("x.SVG", b"<svg"), ("x.pdf", b"%PDF")] {
        assert!(stderr(&run(&["render", "good.yaml", "-o", name])).contains(&format!("{name}: 1 page")));
        assert!(fs::read(path(name)).unwrap().starts_with(begins), "{name}");
    }
    let reported = stderr(&run(&["render", "long.xml.yaml", "-o", "y.svg"]));
    assert!(reported.contains("y-1.svg to y-2.svg: 2 pages"), "{reported}");
    assert!(path("y-1.svg").exists() && path("y-2.svg").exists() && !path("y.svg").exists());
    let reported = stderr(&run(&["render", "good.yaml", "-o", "x.docx"]));
    assert!(reported.contains(".pdf, .png or .svg"), "{reported}");
    assert!(run(&["convert", "good.yaml", "-o", "made/", "--to", "xml"]).status.success());
    assert!(run(&["render", "made/good.xml"]).status.success());
    assert!(path("made/good.pdf").exists());
    let reported = stderr(&run(&["render", "good.yaml", "made/good.xml", "-o", "both/"]));
    assert!(reported.contains("would both be written to both/good.pdf"), "{reported}");
    for name in ["draft.md", "draft.json", "draft.xml", "starters/letter.yaml"] {
        let output = if name.starts_with("starters") { "starters/" } else { name };
        assert!(run(&["new", "letter", "-o", output]).status.success(), "{name}");
        assert!(run(&["render", name]).status.success(), "{name}");
    }
    assert!(fs::read_to_string(path("draft.md")).unwrap().starts_with("---\n"));
}

#[test]
fn files_that_are_not_sources_are_reported_with_a_hint() {
    let folder = folder();
    fs::write(folder.path().join("x.docx"), b"PK\x03\x04\x14\x00\xff").unwrap();
    fs::write(folder.path().join("o.pdf"), b"%PDF-1.7\n\xff").unwrap();
    for (name, code, reason, way) in [
        ("x.docx", 1, "x.docx is a word processor file", "masthead import"),
        ("o.pdf", 1, "o.pdf is a PDF file", "masthead verify"),
        ("./", 2, "./ is a folder", "masthead batch . --out"),
    ] {
        let output = masthead(folder.path(), &["render", name], "");
        let reported = stderr(&output);
        assert_eq!(output.status.code(), Some(code), "{reported}");
        assert!(reported.contains(reason) && reported.contains(way), "{reported}");
    }
}

#[test]
fn usage_errors_exit_with_two() {
    let folder = folder();
    for arguments in [
        &["render", "nowhere.yaml"][..],
        &["render"],
        &["render", "good.yaml", "bad.yaml", "-o", "one.pdf"],
        &["render", "good.yaml", "./good.yaml", "-o", "out/"],
        &["render", "./good.yaml", "-o", "good.yaml"],
        &["render", "good.yaml", "--ppi", "0"],
        &["render", "good.yaml", "--ppi", "96"],
        &["render", "good.yaml", "-o", "good.svg", "--profile", "print"],
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
fn wrong_use_is_met_with_the_next_step() {
    let folder = folder();
    fs::create_dir(folder.path().join("empty")).unwrap();
    fs::create_dir(folder.path().join("mixed")).unwrap();
    let put = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    put("mixed/draft.docx", "PK");
    put("mixed/draft.yaml", GOOD);
    put("word.yaml", "PK\u{3}\u{4} word/document.xml");
    put("sheets.csv", "file;output\ngood.yaml;one.pdf\n");
    put("junk.sqlite", "junk");
    put(
        "undated.yaml",
        &GOOD.lines().filter(|line| !line.starts_with("date:")).map(|line| format!("{line}\n")).collect::<String>(),
    );
    put("decision.yaml", &GOOD.replace("draft-resolution", "draft-decision"));
    put("curly.yaml", &format!("title: “Tides: a study”\n{GOOD}"));
    const ENDINGS: &str = "documents are .yaml, .yml, .json, .md and .xml files";
    const PDF: &str = "give the PDF file that was rendered from it";
    for (arguments, status, step) in [
        (&["register", "list"][..], 2, "name the register with -r, such as -r out/register.sqlite"),
        (&["verify", "good.yaml"], 1, PDF),
        (&["preflight", "good.yaml"], 1, PDF),
        (&["golden", "compare", "good.yaml", "good.yaml"], 2, PDF),
        (&["check", "empty"], 2, ENDINGS),
        (&["batch", "empty", "--out", "out"], 2, ENDINGS),
        (&["golden", "check", "empty"], 2, ENDINGS),
        (&["golden", "accept", "empty"], 2, ENDINGS),
        (&["golden", "compare", "a.pdf", "b.pdf", "--least", "101"], 2, "expected a score from 0 to 100"),
        (&["golden", "check", "mixed", "draf"], 2, "no case “draf” in mixed; did you mean “draft.yaml”?"),
        (&["golden", "check", "mixed", "x"], 2, "no case “x” in mixed; its cases are draft.yaml"),
        (&["help", "fields", "sponsrs"], 2, "did you mean “sponsors”? (its sections: symbol, organ,"),
        (&["batch", "mixed", "--out", "out", "--jobs", "two"], 2, "'--jobs <N>': give a whole number"),
        (&["batch", "mixed", "--out", "out", "--jobs", ""], 2, "give a whole number"),
        (&["fit", "mixed", "--pages", "2"], 2, "mixed is a folder, not a document; name documents in it"),
        (&["explain", "titel"], 2, "for a field, use masthead help fields"),
        (&["register", "list", "-r", "empty"], 2, "a register is a file, such as empty/register.sqlite"),
        (&["register", "list", "-r", "junk.sqlite"], 2, "junk.sqlite is not a register"),
        (&["batch", "good.yaml", "--out", "bad.yaml"], 2, "bad.yaml is a file; --out names the folder"),
        (&["batch", "good.yaml", "--out", "out", "--bleed", "9pt"], 2, "--bleed has no effect with --profile archive"),
        (&["batch", "sheets.csv", "--out", "out"], 2, "separate the columns with commas"),
        (
            &["batch", "mixed", "--out", "out"],
            0,
            "skipped: mixed/draft.docx is not a document: it is a word processor file",
        ),
        (&["batch", "bad.yaml", "--out", "out"], 1, "\n  |\n3 | titel: x\n"),
        (&["check", "word.yaml"], 1, "word.yaml is a word processor file"),
        (&["check", "curly.yaml"], 1, "put the whole text in straight quotes"),
        (&["render", "undated.yaml"], 1, "the document has no date, which files for archives and for printing need"),
        (&["adopt", "decision.yaml", "--symbol", "A/RES/77/4", "--date", "2023-09-01"], 2, "such as A/DEC/84/501"),
        (&["revise", "good.yaml", "--date", "3/5/2041"], 2, "is ambiguous: 3 May or 5 March; write 2041-05-03 or"),
    ] {
        let output = masthead(folder.path(), arguments, "");
        let said = String::from_utf8_lossy(&output.stdout).into_owned() + &stderr(&output);
        assert_eq!(output.status.code(), Some(status), "{arguments:?}: {said}");
        assert!(said.contains(step), "{arguments:?}: {said}");
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
    let reported: Vec<(&str, u64, u64)> = list
        .as_array()
        .unwrap()
        .iter()
        .filter(|f| f["file"] == "bad.yaml")
        .map(|f| (f["code"].as_str().unwrap(), f["line"].as_u64().unwrap(), f["column"].as_u64().unwrap()))
        .collect();
    assert_eq!(reported, [("unknown-field", 3, 1), ("not-a-date", 4, 7), ("character-not-covered", 6, 16)]);
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
fn other_commands() {
    let folder = folder();
    let says = |arguments: &[&str], part: &str| {
        let output = masthead(folder.path(), arguments, GOOD);
        assert!(output.status.success(), "{arguments:?}: {}", stderr(&output));
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(said.contains(part), "{part} is not in the answer to {arguments:?}");
    };
    says(&["prepare", "good.yaml"], "Seventy-seventh session");
    says(&["schema"], include_str!("../../docs/document.schema.json"));
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
    let reported = String::from_utf8(output.stdout).unwrap();
    assert!(
        reported.contains("error[unknown-syntax]") && reported.contains("--from yaml, json, md or xml"),
        "{reported}"
    );
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
fn inputs_and_other_files_are_not_overwritten() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    let run = |arguments: &[&str]| masthead(folder.path(), arguments, "");
    let seal = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path d=\"M0 0h5v5z\"/></svg>";
    fs::write(path("seal.svg"), seal).unwrap();
    fs::write(path("sealed.yaml"), GOOD.replace("body:", "emblem: seal.svg\nbody:")).unwrap();
    fs::write(path("notes.md"), "# Notes\n\nNo document.\n").unwrap();
    fs::write(path("notes.pdf"), "no PDF file\n").unwrap();
    fs::create_dir(path("man")).unwrap();
    fs::write(path("man/masthead.1"), "my own").unwrap();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("good.yaml", path("link.pdf")).unwrap();
        fs::hard_link(path("good.yaml"), path("hard.yaml")).unwrap();
    }
    let names = ["good.yaml", "seal.svg", "sealed.yaml", "notes.md", "notes.pdf", "man/masthead.1"];
    let files = || names.map(|name| fs::read(path(name)).unwrap());
    let before = files();
    for arguments in [
        &["render", "good.yaml", "-o", "notes.pdf"][..],
        &["render", "sealed.yaml", "-o", "seal.svg"],
        &["render", "good.yaml", "sealed.yaml", "--format", "svg", "--emblem", "seal.svg", "-o", "seal.svg"],
        &["render", "good.yaml", "--emblem", "seal.svg", "-o", "seal.svg"],
        &["convert", "good.yaml", "-o", "good.yaml"],
        &["convert", "good.yaml", "-o", "./man/../good.yaml"],
        &["convert", "good.yaml", "-o", "notes.md"],
        &["new", "letter", "-o", "good.yaml"],
        &["man", "--out", "man"],
        #[cfg(unix)]
        &["render", "good.yaml", "-o", "link.pdf"],
        #[cfg(unix)]
        &["convert", "good.yaml", "-o", "hard.yaml"],
    ] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", stderr(&output));
        assert_eq!(files(), before, "{arguments:?}");
    }
    assert!(!path("man/masthead-render.1").exists(), "written in part");
    assert!(stderr(&run(&["convert", "good.yaml", "-o", "notes.md"])).contains("not a Markdown document"));
    // A name that no page gets overwrites nothing.
    fs::copy(path("seal.svg"), path("x.png.svg")).unwrap();
    fs::write(path("x.png.yaml"), GOOD.replace("body:", "emblem: x.png.svg\nbody:")).unwrap();
    assert!(run(&["render", "x.png.yaml", "--format", "svg"]).status.success());
    assert_eq!(fs::read_to_string(path("x.png.svg")).unwrap(), seal);
    // Empty files and files of the same kind are replaced, and any file with --force.
    fs::write(path("empty.pdf"), "").unwrap();
    for name in ["empty.pdf", "empty.pdf", "x.svg", "x.svg"] {
        assert!(run(&["render", "good.yaml", "-o", name]).status.success(), "{name}");
    }
    for arguments in [
        &["convert", "bad.yaml", "-o", "x.md"][..],
        &["convert", "good.yaml", "-o", "x.md"],
        &["convert", "good.yaml", "-o", "x.md"],
        &["convert", "good.yaml", "-o", "notes.md", "--force"],
        &["convert", "good.yaml", "-o", "good.yaml", "--force"],
        &["render", "good.yaml", "-o", "notes.pdf", "--force"],
        &["new", "letter", "-o", "good.yaml", "--force"],
        &["man", "--out", "man", "--force"],
        &["man", "--out", "man"],
    ] {
        let output = run(arguments);
        assert_eq!(output.status.success(), arguments[1] != "bad.yaml", "{arguments:?}: {}", stderr(&output));
    }
    assert!(fs::read(path("notes.pdf")).unwrap().starts_with(b"%PDF"));
    assert!(path("man/masthead-register-list.1").exists() && path("man/masthead.1").exists());
}

#[cfg(unix)]
#[test]
fn pipes_and_devices_are_written_to() {
    let folder = folder();
    let output = masthead(folder.path(), &["render", "good.yaml", "-o", "/dev/stdout", "-q"], "");
    assert!(output.status.success() && output.stdout.starts_with(b"%PDF"), "{}", stderr(&output));
    assert!(masthead(folder.path(), &["render", "good.yaml", "-o", "/dev/null"], "").status.success());
}

/// No names, keys or values can control the terminal or forge a line.
#[cfg(unix)]
#[test]
fn output_cannot_control_the_terminal() {
    const EVIL: &str = "\u{1b}[31m\u{202e}\u{9b}2J";
    let folder = folder();
    let path = folder.path();
    let (good, bad) = (format!("good{EVIL}\nforged.yaml"), format!("bad{EVIL}\nforged.yaml"));
    let paragraph = format!("  - paragraph: \"Text {}.\"\n", EVIL.replace('\u{1b}', "\\x1b"));
    let yaml = |rest: &str| format!("symbol: A/77/L.1\nkind: draft-resolution\ndate: 2023-01-02\n{rest}");
    fs::create_dir(path.join("suite")).unwrap();
    fs::write(path.join(&good), GOOD).unwrap();
    fs::write(path.join("suite").join(&good), GOOD).unwrap();
    let keys = format!("\"ti{EVIL}tel\": x\nkind\u{202e}: y\nbody:\n{paragraph}").replace('\u{1b}', "\\e");
    fs::write(path.join(&bad), yaml(&keys)).unwrap();
    fs::write(path.join("suite").join(&bad), yaml(&keys)).unwrap();
    let raw = yaml(&format!("title: Tides {EVIL}\nbody:\n  - paragraph: A\n"));
    fs::write(path.join("raw.yaml"), raw).unwrap();
    fs::write(path.join("settings.toml"), format!("[check]\n\"st{}\" = 1\n", "\\u001b[31m")).unwrap();
    fs::create_dir(path.join("set")).unwrap();
    fs::copy(path.join("settings.toml"), path.join("set/masthead.toml")).unwrap();
    fs::write(path.join("set/good.yaml"), GOOD).unwrap();
    let pdf = format!("{}.pdf", good.strip_suffix(".yaml").unwrap());
    for arguments in [
        &["render", &good, &bad, "raw.yaml"][..],
        &["render", &format!("none{EVIL}\n.yaml")],
        &["render", &good, "-o", &format!("x{EVIL}.docx")],
        &["check", &good, &bad, "raw.yaml"],
        &["check", &good, &bad, "--summary"],
        &["check", &bad, "--color", "never"],
        &["check", &bad, "--format", "json"],
        &["check", &bad, "--format", "sarif"],
        &["check", &good, "--fix", "--dry-run"],
        &["check", "set/good.yaml"],
        &["check", &good, "--allow", EVIL],
        &["explain", EVIL],
        &["frobnicate", EVIL],
        &[EVIL],
        &["prepare", &good],
        &["prepare", &bad],
        &["convert", &bad, "--to", "json"],
        &["convert", &good, "--to", "yaml"],
        &["verify", &pdf, &bad],
        &["batch", &good, &bad, "raw.yaml", "--out", &format!("out{EVIL}")],
        &["batch", "suite", "--out", "out", "--name", "{path}"],
        &["batch", "suite", "--out", "out2", "--dry-run"],
        &["batch", "suite", "--out", "out3", "--json"],
        &["register", "list", "-r", "out/register.sqlite"],
        &["register", "export", "--format", "csv", "-r", "out/register.sqlite"],
        &["register", "export", "--format", "json", "-r", "out/register.sqlite"],
        &["register", "show", "A/77/L.1", "-r", "out/register.sqlite"],
        &["register", "show", EVIL, "-r", "out/register.sqlite"],
        &["register", "history", "A/77/L.1", "-r", "out/register.sqlite"],
        &["register", "missing", "-r", "out/register.sqlite"],
        &["register", "verify", "-r", "out/register.sqlite"],
        &["register", "rebuild", "out", &format!("suite/{bad}"), "-r", "out/new.sqlite"],
        &["golden", "check", "suite", "--report", "r.html", "--junit", "j.xml", "--json", "j.json"],
        &["golden", "accept", "suite"],
        &["golden", "compare", &pdf, &pdf, "--report", "c.html"],
        &["golden", "clean", "suite", "--dry-run"],
        &["new", "letter", "-o", &format!("new{EVIL}.yaml")],
    ] {
        let output = masthead(path, arguments, "");
        let reported = [output.stdout, output.stderr].concat();
        shows(&String::from_utf8(reported).unwrap(), arguments);
    }
    for file in ["r.html", "c.html", "j.xml", "j.json", "out/report.html", "out/report.json"] {
        shows(&fs::read_to_string(path.join(file)).unwrap_or_else(|_| panic!("no {file}")), &[file]);
    }
}

/// Asserts that a text has no control characters, and no line forged by a name.
#[cfg(unix)]
fn shows(text: &str, what: &[&str]) {
    let obeyed = |c: char| {
        c.is_control() && !matches!(c, '\n' | '\t') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    // JSON files for programs may contain such characters.
    let found = text.chars().find(|c| obeyed(*c) && !what[0].ends_with(".json"));
    assert_eq!(found, None, "{what:?}: {text}");
    // Cells of a table may contain line breaks, as they are quoted.
    let forged = text.lines().any(|line| line.starts_with("forged")) && !what.contains(&"csv");
    assert!(!forged, "{what:?}: {text}");
}

#[test]
fn an_invalid_time_is_reported_before_anything_begins() {
    let folder = folder();
    for value in ["", "x", "-1", "1.5", "253402300800", "99999999999999999999", "\u{1b}[31m"] {
        for arguments in
            [&["batch", "good.yaml", "--out", "out"][..], &["register", "rebuild", "good.yaml", "-r", "r.sqlite"]]
        {
            let mut command = Command::new(env!("CARGO_BIN_EXE_masthead"));
            let output =
                command.args(arguments).current_dir(folder.path()).env("SOURCE_DATE_EPOCH", value).output().unwrap();
            assert_eq!(output.status.code(), Some(2), "{value}");
            let reported = stderr(&output);
            assert!(
                reported.contains("error[source-date-epoch]") && reported.contains("seconds since 1970"),
                "{reported}"
            );
            assert!(!reported.contains('\u{1b}') && !folder.path().join("out").exists());
        }
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_masthead"));
    command.args(["batch", "good.yaml", "--out", "out"]).current_dir(folder.path());
    assert!(command.env("SOURCE_DATE_EPOCH", "253402300799").output().unwrap().status.success());
}

#[test]
fn missing_glyphs_are_errors_or_boxes_as_the_user_wants() {
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
    // Folder settings apply if no option is given, and are recorded in the file.
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

#[test]
fn changes_are_listed_and_shown_on_pages() {
    let folder = folder();
    fs::write(folder.path().join("new.yaml"), GOOD.replace("Text.", "Text, and *more* of it.")).unwrap();
    fs::write(
        folder.path().join("same.json"),
        masthead(folder.path(), &["convert", "good.yaml", "--to", "json"], "").stdout,
    )
    .unwrap();
    let diff = |arguments: &[&str]| masthead(folder.path(), &[&["diff"], arguments].concat(), GOOD);
    for same in [["good.yaml", "good.yaml"], ["good.yaml", "same.json"], ["-", "good.yaml"]] {
        let output = diff(&same);
        assert_eq!((output.status.code(), &output.stdout[..]), (Some(0), &b""[..]), "{same:?}: {}", stderr(&output));
    }
    let output = diff(&["good.yaml", "new.yaml"]);
    assert_eq!(output.status.code(), Some(1));
    let text = "unnumbered paragraph 1: changed\n    Text{+, and *more* of it+}.\n";
    assert_eq!(String::from_utf8(output.stdout).unwrap(), text);
    let json: serde_json::Value = serde_json::from_slice(&diff(&["good.yaml", "new.yaml", "--json"]).stdout).unwrap();
    assert_eq!((&json[0]["kind"], &json[0]["new"]), (&"changed".into(), &"body[0]".into()));
    for trouble in [["good.yaml", "bad.yaml"], ["good.yaml", "none.yaml"], ["-", "-"]] {
        assert_eq!(diff(&trouble).status.code(), Some(2), "{trouble:?}");
    }
    for output in ["redline.txt", "good.yaml"] {
        assert_eq!(diff(&["good.yaml", "new.yaml", "-o", output]).status.code(), Some(2), "{output}");
    }
    assert_eq!(diff(&["good.yaml", "new.yaml", "-o", "redline.pdf"]).status.code(), Some(1));
    assert!(fs::read(folder.path().join("redline.pdf")).unwrap().starts_with(b"%PDF-"));
    let verified = masthead(folder.path(), &["verify", "redline.pdf"], "");
    assert_eq!(verified.status.code(), Some(0), "{}", stderr(&verified));
}

#[test]
fn a_draft_is_revised_and_adopted_by_commands() {
    let folder = folder();
    let draft = GOOD.replace("symbol", "# A draft.\nsymbol").replace("body", "sponsors: [Fiji]\ntitle: Tides\nbody");
    fs::write(folder.path().join("draft.yaml"), draft).unwrap();
    let run = |arguments: &[&str]| masthead(folder.path(), arguments, "");
    let text = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    let shown = run(&["revise", "draft.yaml", "--date", "3 February 2023"]);
    assert_eq!(shown.status.code(), Some(2));
    assert!(stderr(&shown).contains("nothing was written: no terminal to confirm on"), "{}", stderr(&shown));
    assert!(String::from_utf8_lossy(&shown.stdout).contains("+symbol: A/77/L.1/Rev.1"));
    assert!(!folder.path().join("A_77_L.1_Rev.1.yaml").exists());
    assert_eq!(run(&["revise", "draft.yaml", "--date", "2023-02-03", "--yes"]).status.code(), Some(0));
    assert!(text("A_77_L.1_Rev.1.yaml").starts_with("# A draft.\nsymbol: A/77/L.1/Rev.1\n"));
    let again = run(&["revise", "draft.yaml", "--yes"]);
    assert_eq!(again.status.code(), Some(2));
    assert!(stderr(&again).contains("already exists"));
    let adopt = ["adopt", "A_77_L.1_Rev.1.yaml", "--symbol", "A/RES/77/9", "--date", "4. März 2023", "--yes"];
    let output = run(&adopt);
    assert_eq!(output.status.code(), Some(0));
    assert!(stderr(&output).contains("not given: --meeting, --job"), "{}", stderr(&output));
    let adopted = text("A_RES_77_9.yaml");
    for part in ["# A draft.\n", "kind: resolution\n", "number: 77/9\n", "(A/77/L.1/Rev.1)\n", "document: A/77/L.1\n"] {
        assert!(adopted.contains(part), "{part}\n{adopted}");
    }
    assert_eq!(run(&["check", "A_RES_77_9.yaml"]).status.code(), Some(0));
    let early = ["adopt", "A_77_L.1_Rev.1.yaml", "--symbol", "A/RES/77/10", "--date", "2023-02-02", "--yes"];
    let early = run(&early);
    assert_eq!(early.status.code(), Some(0));
    let (says, said) =
        ("warning[dated-before-draft]: the text was adopted on 2 February 2023, before its draft", stderr(&early));
    assert!(said.contains(says) && said.contains("A/77/L.1/Rev.1 of 3 February 2023"), "{said}");
    assert_eq!(run(&["adopt", "good.yaml", "--symbol", "A/84/L.2", "--date", "2023-03-04"]).status.code(), Some(2));
    assert_eq!(run(&["revise", "draft.yaml", "--corr", "-o", "corr.md", "--yes"]).status.code(), Some(0));
    assert!(text("corr.md").contains("kind: corrigendum"));
    for number in [1, 2] {
        assert_eq!(run(&["revise", "draft.yaml", "--corr", "--yes"]).status.code(), Some(0));
        assert!(text(&format!("A_77_L.1_Corr.{number}.yaml")).contains("kind: corrigendum"), "{number}");
    }
    let same = run(&["revise", "draft.yaml", "-o", "draft.yaml", "--force", "--yes"]);
    assert!(stderr(&same).contains("is the document itself"), "{}", stderr(&same));
}

#[test]
fn a_single_result_goes_to_standard_output() {
    let folder = folder();
    let run = |arguments: &[&str]| masthead(folder.path(), arguments, "");
    assert_eq!(run(&["render", "good.yaml", "-o", "a.pdf"]).status.code(), Some(0));
    fs::write(folder.path().join("new.yaml"), GOOD.replace("Text.", "Text, and more.")).unwrap();
    assert_eq!(run(&["render", "new.yaml", "-o", "b.pdf"]).status.code(), Some(0));
    assert_eq!(run(&["golden", "accept", "good.yaml"]).status.code(), Some(0));
    for (arguments, begins) in [
        (&["render", "good.yaml", "-o", "-"][..], "%PDF-"),
        (&["impose", "a.pdf", "--booklet", "-o", "-"], "%PDF-"),
        (&["diff", "good.yaml", "new.yaml", "-o", "-"], "%PDF-"),
        (&["revise", "good.yaml", "-o", "-", "--date", "2023-02-03"], "symbol: A/77/L.1/Rev.1\n"),
        (&["adopt", "good.yaml", "-o", "-", "--symbol", "A/RES/77/9", "--date", "2023-03-04"], "symbol: A/RES/77/9\n"),
        (&["golden", "check", "good.yaml", "--json", "-"], "{"),
        (&["golden", "check", "good.yaml", "--junit", "-"], "<?xml"),
        (&["golden", "report", "good.yaml", "-o", "-"], "<!doctype html>"),
        (&["golden", "compare", "a.pdf", "b.pdf", "--json", "-"], "{"),
        (&["golden", "compare", "a.pdf", "b.pdf", "--report", "-"], "<!doctype html>"),
    ] {
        let output = run(arguments);
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(
            output.status.code() < Some(2) && said.starts_with(begins),
            "{arguments:?}: {said:.300}{}",
            stderr(&output)
        );
        if begins == "{" {
            serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap();
        }
        assert!(!folder.path().join("-").exists(), "{arguments:?}");
    }
    let two = run(&["golden", "check", "good.yaml", "--json", "-", "--junit", "-"]);
    assert!(stderr(&two).contains("- is the output path of two files"), "{}", stderr(&two));
}

#[test]
fn no_folder_is_made_without_consent() {
    let folder = folder();
    let run = |arguments: &[&str]| masthead(folder.path(), arguments, "");
    let dry = run(&["revise", "good.yaml", "--dry-run", "-o", "new/"]);
    assert!(stderr(&dry).contains("would become new/"), "{}", stderr(&dry));
    run(&["revise", "good.yaml", "-o", "new/"]);
    run(&["import", "missing.docx", "-o", "new/"]);
    run(&["convert", "missing.yaml", "--to", "md", "-o", "new/"]);
    assert!(!folder.path().join("new").exists());
    assert_eq!(run(&["revise", "good.yaml", "--yes", "-o", "new/"]).status.code(), Some(0));
    assert_eq!(run(&["convert", "good.yaml", "--to", "md", "-o", "other/"]).status.code(), Some(0));
    assert!(folder.path().join("new").is_dir() && folder.path().join("other/good.md").is_file());
}

#[test]
fn a_document_of_a_house_keeps_it_for_life() {
    let folder = folder();
    let own = folder.path().join("conference");
    fs::create_dir_all(own.join("second")).unwrap();
    let settings = "[house]\nname = \"Nordlicht\"\nsymbols = \"free\"\nemblem = \"seal.svg\"\n[house.organs]\nDR = \"Plenum\"\n\
                    [defaults]\ndistribution = \"general\"\nlanguage = \"de\"\ndate = \"14. März 2031\"\n";
    fs::write(own.join("masthead.toml"), settings).unwrap();
    fs::write(own.join("seal.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>").unwrap();
    fs::write(own.join("second/masthead.toml"), "[check]\nstrict = false\n").unwrap();
    let draft =
        "symbol: DR 1.2\nkind: draft-resolution\ntitle: Pegel\nsponsors: [Island]\nbody:\n  - operative: Text.\n";
    fs::write(own.join("dr.yaml"), draft).unwrap();
    fs::write(own.join("second/dr.yaml"), draft).unwrap();
    let run = |arguments: &[&str]| masthead(folder.path(), arguments, "");
    let adopt = ["adopt", "conference/dr.yaml", "--symbol", "DR RES 1.3", "--date", "2031-03-15", "--yes"];
    let adopted = run(&adopt);
    assert_eq!(adopted.status.code(), Some(0), "{}", stderr(&adopted));
    let revise = ["revise", "conference/dr.yaml", "--date", "2031-03-15", "--yes", "-o", "away.yaml"];
    let revised = run(&revise);
    assert_eq!(revised.status.code(), Some(0), "{}", stderr(&revised));
    assert!(stderr(&revised).contains("is without the emblem of its house"), "{}", stderr(&revised));
    for file in ["conference/DR_RES_1.3.yaml", "conference/second/dr.yaml", "away.yaml"] {
        let prepared = run(&["prepare", file]);
        let said = String::from_utf8_lossy(&prepared.stdout).into_owned();
        assert!(said.contains("Nordlicht") && said.contains("Plenum") && said.contains("Verteilung"), "{file}: {said}");
        assert!(!said.contains("United Nations"), "{file}: {said}");
    }
}

#[test]
fn an_emblem_that_is_missing_is_reported_where_it_is_named() {
    let folder = folder();
    let house = GOOD.replace("body", "house:\n  name: Nordlicht\n  emblem: none.svg\nbody");
    fs::write(folder.path().join("house.yaml"), &house).unwrap();
    let line = house.lines().position(|line| line.contains("none.svg")).unwrap() + 1;
    let output = masthead(folder.path(), &["render", "house.yaml"], "");
    assert!(stderr(&output).contains(&format!("house.yaml:{line}:")), "{}", stderr(&output));
}
