//! `masthead check` and `masthead explain` from the command line.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// A draft with a doubled space, sponsors out of order, a comma before a note and a wrong number.
const DRAFT: &str = "symbol: A/84/L.12
kind: draft-resolution
distribution: limited
date: 2029-11-28
session: 84
agenda_item: 127 (s)
agenda_title: Tides and shores
sponsors: [China, Azerbaijan]
title: Tides and shores of the world
body:
  - enacting: '*The General Assembly*,'
  - preambular: '*Recalling*  its resolution 70/1 of 25 September 2015[^1],'
  - operative: '*Decides* to spend 5 days in 2015-2030.'
footnotes: {1: Resolution 70/1.}
";

fn masthead(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_masthead"));
    // In CI `golden` writes no references.
    command.args(arguments).current_dir(folder).env_remove("CI").output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("draft.yaml"), DRAFT).unwrap();
    folder
}

#[test]
fn modes() {
    let folder = folder();
    let path = folder.path();
    let output = masthead(path, &["check", "draft.yaml"]);
    assert_eq!(output.status.code(), Some(0), "warnings refuse nothing");
    for code in ["sponsor-order", "double-space", "note-before-punctuation", "range-hyphen"] {
        assert!(out(&output).contains(&format!("warning[{code}]")), "{code} in {}", out(&output));
    }
    assert!(err(&output).contains("1 document: no errors, "));
    let strict = masthead(path, &["check", "draft.yaml", "--strict"]);
    assert_eq!(strict.status.code(), Some(1));
    assert!(out(&strict).contains("error[double-space]"));
    let only = masthead(path, &["check", "draft.yaml", "--only", "double-space"]);
    assert_eq!(out(&only).matches("warning[").count(), 1);
    let allowed = masthead(path, &["check", "draft.yaml", "--allow", "double-space,sponsor-order"]);
    assert!(!out(&allowed).contains("double-space") && out(&allowed).contains("range-hyphen"));
    let unknown = masthead(path, &["check", "draft.yaml", "--allow", "duoble-space"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(err(&unknown).contains("did you mean “double-space”?"), "{}", err(&unknown));
}

#[test]
fn settings_of_a_folder() {
    let folder = folder();
    let path = folder.path();
    fs::create_dir(path.join("inner")).unwrap();
    fs::copy(path.join("draft.yaml"), path.join("inner/draft.yaml")).unwrap();
    fs::write(path.join("inner/masthead.toml"), "[check]\nstrict = true\nallow = ['double-space']\n").unwrap();
    let output = masthead(path, &["check", ".", "--format", "summary"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(out(&output).contains("inner/draft.yaml: "), "{}", out(&output));
    assert!(out(&output).contains("     1  double-space (in 1 document)"), "{}", out(&output));
    fs::write(path.join("masthead.toml"), "[check]\nlaw = 1\n").unwrap();
    let wrong = masthead(path, &["check", "draft.yaml"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(err(&wrong).contains("masthead.toml"), "{}", err(&wrong));
}

#[test]
fn everything_wrong_with_settings_is_reported_at_once() {
    let folder = folder();
    let path = folder.path();
    let text = "[check]\nstrict = \"yes\"\nalow = []\nonly = ['double-space', 'duoble-space']\n[chek]\n\
                [defaults]\ndate = \"31 June 2041\"\n";
    fs::write(path.join("masthead.toml"), text).unwrap();
    let wrong = masthead(path, &["check", "."]);
    assert_eq!(wrong.status.code(), Some(2));
    for part in [
        "error[masthead-settings]: “check.strict” must be true or false, not a string",
        "masthead.toml:2:10",
        "strict = \"yes\"",
        "masthead.toml:3:1",
        "did you mean “allow”?",
        "masthead.toml:4:25",
        "did you mean “double-space”?",
        "did you mean “check”?",
        "“defaults.date”: “31 June 2041” is not a valid date: June 2041 has 30 days",
    ] {
        assert!(err(&wrong).contains(part), "{part} is not in {}", err(&wrong));
    }
}

#[test]
fn quiet_prints_only_errors() {
    let folder = folder();
    let path = folder.path();
    let quiet = masthead(path, &["check", "-q", "draft.yaml"]);
    assert_eq!((out(&quiet), err(&quiet)), (String::new(), String::new()));
    fs::write(path.join("bad.yaml"), DRAFT.replace("title:", "titel:")).unwrap();
    let quiet = masthead(path, &["check", "-q", "."]);
    assert_eq!(quiet.status.code(), Some(1));
    assert!(out(&quiet).contains("unknown-field") && !out(&quiet).contains("double-space"), "{}", out(&quiet));
    let summary = masthead(path, &["check", "-q", ".", "--summary"]);
    assert!(out(&summary).contains("bad.yaml: 2 errors, no warnings") && !out(&summary).contains("draft.yaml"));
    assert!(out(&masthead(path, &["check", "-q", "draft.yaml", "--strict"])).contains("error[double-space]"));
}

/// A folder of files that no command takes for documents, except two.
#[test]
fn documents_of_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("drafts");
    fs::create_dir_all(path.join("inner")).unwrap();
    fs::write(path.join("draft.YAML"), DRAFT).unwrap();
    fs::write(path.join("inner/broken.yml"), "symbol: A/84/L.13\nkind: [\n").unwrap();
    fs::write(path.join("README.md"), "# Drafts\n").unwrap();
    fs::write(path.join("list.json"), "[1, 2]").unwrap();
    fs::write(path.join("pom.XML"), "<project/>").unwrap();
    fs::write(path.join(".hidden.yaml"), "symbol: X").unwrap();
    fs::write(path.join("masthead.toml"), "[check]\nonly = ['no-date']\n").unwrap();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("nowhere.yaml", path.join("gone.yaml")).unwrap();
        std::os::unix::fs::symlink("..", path.join("inner/around")).unwrap();
    }
    let run = |arguments: &[&str]| masthead(folder.path(), arguments);
    assert_eq!(run(&["golden", "accept", "drafts", "draft.YAML"]).status.code(), Some(2));
    assert!(path.join("draft.YAML.ref/prepared.json").exists());
    let batch = ["batch", "drafts", "--out", "drafts"];
    for _ in 0..2 {
        let output = run(&batch);
        assert!(err(&output).contains("1 of 2 documents have output files: 1 refused"), "{}", err(&output));
        assert_eq!(output.status.code(), Some(2));
    }
    let check = run(&["check", "drafts", "--format", "json"]);
    assert_eq!(check.status.code(), Some(2));
    let list: serde_json::Value = serde_json::from_slice(&check.stdout).unwrap();
    let codes: Vec<_> = list.as_array().unwrap().iter().map(|finding| finding["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["unread", "looping-link", "yaml-syntax"], "{list}");
    for reported in [err(&check), err(&run(&batch)), err(&run(&["golden", "check", "drafts"]))] {
        let skipped = reported.lines().filter(|line| line.starts_with("skipped: ")).count();
        assert_eq!(skipped, 3, "{reported}");
    }
    // A file that is named counts as a document.
    assert_eq!(run(&["check", "drafts/README.md"]).status.code(), Some(1));
}

#[test]
fn outputs_for_programs() {
    let folder = folder();
    let json = masthead(folder.path(), &["check", "draft.yaml", "--format", "json"]);
    let list: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    let space = list.as_array().unwrap().iter().find(|finding| finding["code"] == "double-space").unwrap();
    assert_eq!((&space["line"], &space["column"], &space["end_column"]), (&12.into(), &29.into(), &31.into()));
    assert_eq!((&space["severity"], &space["fixable"]), (&"warning".into(), &true.into()));
    let sarif = masthead(folder.path(), &["check", "draft.yaml", "--format", "sarif"]);
    let log: serde_json::Value = serde_json::from_slice(&sarif.stdout).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let ids: Vec<_> = run["tool"]["driver"]["rules"].as_array().unwrap().iter().map(|rule| &rule["id"]).collect();
    let results = run["results"].as_array().unwrap();
    assert!(!results.is_empty() && results.iter().all(|result| ids.contains(&&result["ruleId"])));
    assert!(results.iter().any(|result| result["fixes"][0]["artifactChanges"][0]["replacements"][0].is_object()));
}

#[test]
fn fixed() {
    let folder = folder();
    let path = folder.path();
    let read = || fs::read_to_string(path.join("draft.yaml")).unwrap();
    let dry = masthead(path, &["check", "draft.yaml", "--fix", "--dry-run"]);
    assert!(out(&dry).contains("-sponsors: [China, Azerbaijan]\n+sponsors: [Azerbaijan, China]\n"), "{}", out(&dry));
    assert_eq!(read(), DRAFT);
    let unasked = masthead(path, &["check", "draft.yaml", "--fix"]);
    assert_eq!(unasked.status.code(), Some(2));
    assert!(err(&unasked).contains("nothing was written: no terminal to confirm on"), "{}", err(&unasked));
    assert_eq!(read(), DRAFT);
    let done = masthead(path, &["check", "draft.yaml", "--fix", "--yes", "--allow", "range-hyphen"]);
    let wanted = DRAFT
        .replace("China, Azerbaijan", "Azerbaijan, China")
        .replace("*Recalling*  its", "*Recalling* its")
        .replace("2015[^1],'", "2015,[^1]'");
    assert_eq!(read(), wanted, "{}", err(&done));
    // For programs, standard output has nothing else.
    for dry in ["--dry-run", "--yes"] {
        fs::write(path.join("double.yaml"), DRAFT.replace("title: ", "title: A  ")).unwrap();
        let json = masthead(path, &["check", "double.yaml", "--fix", dry, "--format", "json"]);
        assert!(serde_json::from_str::<serde_json::Value>(&out(&json)).unwrap().is_array(), "{}", out(&json));
    }
    assert!(!fs::read_to_string(path.join("double.yaml")).unwrap().contains("A  "));
    assert!(masthead(path, &["check", "draft.yaml", "--fix", "--yes"]).status.success());
    assert_eq!(read(), wanted.replace("2015-2030", "2015–2030"));
    assert!(read().contains("5 days"), "words and figures are an editor's");
}

#[test]
fn explained() {
    let folder = folder();
    let output = masthead(folder.path(), &["explain", "sponsor-order"]);
    for part in ["warning[sponsor-order]", "alphabetical", "Source: ", "Wrong:", "Right:", "--allow sponsor-order"] {
        assert!(out(&output).contains(part), "{part} is not in {}", out(&output));
    }
    assert!(out(&masthead(folder.path(), &["explain", "yaml-syntax"])).contains("cannot be suppressed"));
    assert!(out(&masthead(folder.path(), &["explain"])).lines().count() > 140);
    let unknown = masthead(folder.path(), &["explain", "sponser-order"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(err(&unknown).contains("did you mean “sponsor-order”?"));
}

#[test]
fn invisible_characters_are_reported_and_removed() {
    let folder = folder();
    let path = folder.path();
    let pasted = DRAFT
        .replace("Tides and shores of the", "Tides\u{200b} and sho\u{ad}res of the")
        .replace("\ntitle:", "\nti\u{200d}tle:")
        .replace("Resolution 70/1.", "\"Resolu\\u00ADtion 70/1 on the \u{fb01}rst\u{feff}, of Co\u{302}te.\"")
        .replace("China", "Chi\u{2060}na");
    fs::write(path.join("pasted.yaml"), &pasted).unwrap();
    let reported = out(&masthead(path, &["check", "pasted.yaml"]));
    for part in [
        "pasted.yaml:9:3\n",
        "U+200D ZERO WIDTH JOINER",
        "pasted.yaml:9:14\n",
        "U+200B ZERO WIDTH SPACE",
        "U+00AD SOFT HYPHEN",
        "pasted.yaml:14:23\n",
        "U+2060 WORD JOINER",
        "U+FEFF ZERO WIDTH NO-BREAK SPACE",
        "warning[presentation-form]: U+FB01 LATIN SMALL LIGATURE FI",
    ] {
        assert!(reported.contains(part), "{part} is not in {reported}");
    }
    assert!(!reported.contains("unknown-field"), "{reported}");
    let output = masthead(
        path,
        &["check", "--fix", "--yes", "--only", "invisible-character", "--only", "presentation-form", "pasted.yaml"],
    );
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let fixed = DRAFT.replace("Resolution 70/1.", "\"Resolution 70/1 on the first, of Co\u{302}te.\"");
    assert_eq!(fs::read_to_string(path.join("pasted.yaml")).unwrap(), fixed);
}

#[test]
fn errors_are_reported_with_their_actual_reason() {
    let folder = folder();
    let path = folder.path();
    let reported = |from: &str, to: &str| {
        fs::write(path.join("wrong.yaml"), DRAFT.replace(from, to)).unwrap();
        out(&masthead(path, &["check", "wrong.yaml"]))
    };
    let cases = [
        ("date: 2029-11-28", "date: 28 Nowember 2029", "“28 Nowember 2029” is not a date"),
        ("date: 2029-11-28", "date: 2029-11-31", "November 2029 has 30 days"),
        ("sponsors:", "submitted_by: Chair\nsponsors:", "is not printed beside “submitted_by”"),
        (
            "operative: '*Decides* to spend 5 days in 2015-2030.'",
            "operative: [a, b]",
            "“body[2]” must be one paragraph, not a list",
        ),
        ("enacting: '*The General Assembly*,'", "paragraph: 'The General Assembly,'", "ordinary paragraph"),
        ("operative: '*Decides* to spend 5 days in 2015-2030.'", "'Decides.'", "“body[2]” must be a block with a kind"),
        ("operative: '*Decides* to spend 5 days in 2015-2030.'", "signature: [a, b]", "give a single text"),
        ("footnotes: {1: Resolution 70/1.}", "footnotes: [a]", "a map from marks to texts"),
        ("kind: draft-resolution", "kind:", "give it a value, or leave the field out"),
    ];
    for (from, to, reason) in cases {
        let reported = reported(from, to);
        assert!(reported.contains(reason), "{reason} is not in {reported}");
    }
    let odd = reported("A/84/L.12", "A/84/L!12");
    assert!(odd.contains("symbol-form") && !odd.contains("symbol-pattern"), "{odd}");
    let corrigendum = reported("A/84/L.12", "A/84/L.12/Corr.1").replace("sponsors: [China, Azerbaijan]\n", "");
    assert!(!corrigendum.contains("sponsors-missing"), "{corrigendum}");
}

#[test]
fn hints_are_in_the_syntax_of_the_file() {
    let folder = folder();
    let path = folder.path();
    let json =
        "{\r\n  \"kind\": \"resolution\",\r\n  \"body\": [{\"paragraph\": {}}],\r\n  \"sponsors\": {\"a\": 1}\r\n}\r\n";
    fs::write(path.join("a.json"), format!("\u{feff}{json}")).unwrap();
    let reported = out(&masthead(path, &["check", "a.json"]));
    for part in ["a.json:2:3\n", "\"symbol\": \"A/77/L.107\"", "add \"text\": …", "put the entries between [ and ]"] {
        assert!(reported.contains(part), "{part} is not in {reported}");
    }
    for wrong in ["“- ", "a line such as", "symbol: ", "␍", "\u{feff}"] {
        assert!(!reported.contains(wrong), "{wrong} is in {reported}");
    }
    fs::write(path.join("a.md"), "---\r\nsymbol: A/84/L.12\r\n---\r\n\r\nx\r\n").unwrap();
    let reported = out(&masthead(path, &["check", "a.md"]));
    assert!(reported.contains("add a line such as “kind: draft-resolution” to the front matter"), "{reported}");
    assert!(reported.contains("a.md:2:1\n") && !reported.contains('␍'), "{reported}");
}

/// Both commands report unusable pictures, at the same place.
#[test]
fn pictures_are_checked_as_for_rendering() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let svg = "<s:svg xmlns:s=\"http://www.w3.org/2000/svg\"><s:filter/></s:svg>";
    fs::write(path.join("blurred.svg"), svg).unwrap();
    for (name, reason) in [("blurred.svg", "<filter>"), ("missing.svg", "No such file")] {
        for field in
            [format!("emblem: {name}\nbody:\n"), format!("body:\n  - figure: {{image: {name}, description: A}}\n")]
        {
            let rest = "  - paragraph: Tides.\n";
            fs::write(
                path.join("d.yaml"),
                format!("symbol: A/84/L.1\nkind: draft-resolution\ndate: 2029-10-01\n{field}{rest}"),
            )
            .unwrap();
            let reported = |text: String| -> String {
                let from = text.find("error[picture]").unwrap_or_else(|| panic!("no error in {text}"));
                text[from..].split("\n\n").next().unwrap().trim_end().to_owned()
            };
            let (checked, rendered) = (masthead(path, &["check", "d.yaml"]), masthead(path, &["render", "d.yaml"]));
            assert_eq!((checked.status.code(), rendered.status.code()), (Some(1), Some(1)));
            assert_eq!(reported(out(&checked)), reported(err(&rendered)));
            assert!(out(&checked).contains(reason), "{}", out(&checked));
        }
    }
}

#[test]
fn misleading_links_are_reported() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let text = "See [un.org](https://un.org@evil.example/) and [the page](https://www.un.org/).[^1]";
    let note = "[www.un.org](https://evil.example/)";
    let yaml = format!(
        "symbol: A/84/L.1\nkind: draft-resolution\ndate: 2029-10-01\nbody:\n  - paragraph: '{text}'\nfootnotes: {{1: '{note}'}}\n"
    );
    fs::write(path.join("d.yaml"), yaml).unwrap();
    let reported = out(&masthead(path, &["check", "d.yaml", "--only", "misleading-link"]));
    assert_eq!(reported.matches("warning[misleading-link]").count(), 2, "{reported}");
    assert!(reported.contains("d.yaml:5") && reported.contains("d.yaml:6"), "{reported}");
    assert!(err(&masthead(path, &["render", "d.yaml"])).contains("misleading-link"));
}

/// A draft of some pages, the last of which has room.
fn long_draft() -> String {
    let words = "the tide tables of harbours and the observations of gauges in the islands ".repeat(6);
    let paragraph = |index: usize| format!("  - preambular: '*Recalling* {}',\n", &words[..120 + index * 37 % 300]);
    let paragraphs: String = (0..57).map(|index| paragraph(index).replace("',", "'")).collect();
    format!(
        "# A comment that stays.\nsymbol: A/84/L.12\nkind: draft-resolution\ndate: 2029-11-28\ntitle: Tides\nbody:\n  - enacting: '*The General Assembly*,'\n{paragraphs}"
    )
}

#[test]
fn a_draft_is_fitted() {
    let folder = folder();
    let path = folder.path();
    let pages = |arguments: &[&str]| {
        let output = masthead(path, &[&["fit", "draft.yaml", "--json", "--dry-run"], arguments].concat());
        serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap_or_else(|_| panic!("{}", err(&output)))
    };
    let draft = long_draft();
    std::fs::write(path.join("draft.yaml"), &draft).unwrap();
    let before = pages(&["--avoid-short-last-lines"])["before"]["pages"].as_u64().unwrap();
    let wanted = (before + 1).to_string();
    let dry = masthead(path, &["fit", "draft.yaml", "--pages", &wanted, "--dry-run"]);
    assert!(out(&dry).contains("+      layout: {tracking: 0."), "{}{}", out(&dry), err(&dry));
    assert!(out(&dry).contains(", adds one line\n") && err(&dry).contains("would be written"), "{}", out(&dry));
    assert_eq!(std::fs::read_to_string(path.join("draft.yaml")).unwrap(), draft);
    let unasked = masthead(path, &["fit", "draft.yaml", "--pages", &wanted]);
    assert!(err(&unasked).contains("use --yes to write") && unasked.status.code() == Some(2), "{}", err(&unasked));
    assert!(masthead(path, &["fit", "draft.yaml", "--pages", &wanted, "--yes"]).status.success());
    let fitted = std::fs::read_to_string(path.join("draft.yaml")).unwrap();
    assert!(fitted.starts_with("# A comment that stays.\n") && fitted != draft);
    assert_eq!(pages(&["--pages", &wanted])["before"]["pages"].to_string(), wanted);
    let again = masthead(path, &["fit", "draft.yaml", "--pages", &wanted, "--yes"]);
    assert!(again.status.success() && err(&again).contains("nothing to adjust"), "{}", err(&again));
    // One page is out of reach: the command reports that and writes nothing.
    let far = masthead(path, &["fit", "draft.yaml", "--pages", "1", "--yes"]);
    assert_eq!(far.status.code(), Some(1));
    assert!(err(&far).contains("cannot reach 1 page without visible adjustments; the closest is "), "{}", err(&far));
    assert_eq!(std::fs::read_to_string(path.join("draft.yaml")).unwrap(), fitted);
}

#[test]
fn drafts_of_every_syntax_are_fitted_without_touching_the_rest() {
    let folder = folder();
    let path = folder.path();
    std::fs::write(path.join("draft.yaml"), long_draft()).unwrap();
    for name in ["draft.json", "draft.md", "draft.xml"] {
        assert!(masthead(path, &["convert", "draft.yaml", "-o", name]).status.success());
    }
    for name in ["draft.yaml", "draft.json", "draft.md", "draft.xml"] {
        let before = std::fs::read_to_string(path.join(name)).unwrap();
        let found = |lines: &str| {
            let dry = masthead(path, &["fit", name, "--last-page-lines", lines, "--json", "--dry-run"]);
            serde_json::from_slice::<serde_json::Value>(&dry.stdout).unwrap_or_else(|_| panic!("{}", err(&dry)))
        };
        let wanted = found("1")["before"]["last_page_lines"].as_u64().unwrap() + 2;
        let found = found(&wanted.to_string());
        let after = found["after"]["last_page_lines"].as_u64().unwrap();
        assert!(found["obstacle"].is_null() && after >= wanted, "{name}: {found}");
        let done = masthead(path, &["fit", name, "--last-page-lines", &wanted.to_string(), "--yes"]);
        assert!(done.status.success(), "{name}: {}", err(&done));
        let after = std::fs::read_to_string(path.join(name)).unwrap();
        let rest = |text: &str| text.lines().filter(|line| before.contains(line)).count();
        let adjusted = found["adjustments"].as_array().unwrap().len();
        assert!(adjusted > 0 && rest(&after) + 3 * adjusted >= before.lines().count(), "{name}");
        let plain = |text: &str| text.replace(|c: char| c.is_whitespace(), "");
        assert!(name != "draft.md" || plain(&after).len() < plain(&before).len() + 40 * adjusted, "{name}");
    }
}

#[test]
fn fit_reports_wrong_use() {
    let folder = folder();
    let path = folder.path();
    std::fs::write(path.join("draft.yaml"), "symbol: A/84/L.12\nkind: draft-resolution\nbody:\n  - paragraph: 潮汐\n")
        .unwrap();
    std::fs::write(path.join("wrong.yaml"), "symbol: A/84/L.12\nkind: draft-resolutoin\nbody: []\n").unwrap();
    for (arguments, code, wanted) in [
        (&["fit", "draft.yaml"][..], 2, "--pages"),
        (&["fit", "draft.yaml", "--pages", "0"][..], 2, "1..=1000"),
        (&["fit", "draft.yaml", "--pages", "many"][..], 2, "give a whole number"),
        (&["fit", "draft.yaml", "--pages", "2", "--yes", "--dry-run"][..], 2, "cannot be used with"),
        (&["fit", "missing.yaml", "--pages", "2"][..], 2, "missing.yaml"),
        (&["fit", "-", "--pages", "2"][..], 2, "standard input"),
        (&["fit", "wrong.yaml", "--pages", "2"][..], 1, "draft-resolution"),
        (&["fit", "draft.yaml", "--pages", "2"][..], 1, "known only after typesetting"),
    ] {
        let output = masthead(path, arguments);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}", err(&output));
        assert!(err(&output).contains(wanted), "{arguments:?}: {}", err(&output));
    }
}

#[test]
fn an_original_is_matched_in_every_syntax() {
    let folder = folder();
    let path = folder.path();
    let draft = long_draft();
    std::fs::write(path.join("draft.yaml"), &draft).unwrap();
    for name in ["draft.json", "draft.md", "draft.xml"] {
        assert!(masthead(path, &["convert", "draft.yaml", "-o", name]).status.success());
    }
    let original = draft.replacen("body:\n", "layout: {tracking: 0.1, first_page_foot: 57.6}\nbody:\n", 1);
    std::fs::write(path.join("original.yaml"), original).unwrap();
    assert!(masthead(path, &["render", "original.yaml", "-o", "original.pdf"]).status.success());
    for name in ["draft.yaml", "draft.json", "draft.md", "draft.xml"] {
        let before = std::fs::read_to_string(path.join(name)).unwrap();
        let dry = masthead(path, &["match", name, "original.pdf", "--dry-run"]);
        assert!(dry.status.success() && err(&dry).contains("would be written"), "{name}: {}{}", out(&dry), err(&dry));
        assert_eq!(masthead(path, &["match", name, "original.pdf"]).status.code(), Some(2));
        assert_eq!(std::fs::read_to_string(path.join(name)).unwrap(), before);
        let json = masthead(path, &["match", name, "original.pdf", "--json", "--yes"]);
        let found: serde_json::Value =
            serde_json::from_slice(&json.stdout).unwrap_or_else(|_| panic!("{}", err(&json)));
        assert_eq!(found["layout"], serde_json::json!({"first_page_foot": 57.6, "tracking": 0.1}), "{name}: {found}");
        let again = masthead(path, &["match", name, "original.pdf", "--yes"]);
        assert!(again.status.success() && err(&again).contains("nothing to adjust"), "{name}: {}", err(&again));
    }
}

#[test]
fn match_reports_wrong_use() {
    let folder = folder();
    let path = folder.path();
    let other = "symbol: A/84/L.12\nkind: draft-resolution\ndate: 2029-12-19\nbody: [paragraph: Other words.]\n";
    std::fs::write(path.join("draft.yaml"), long_draft()).unwrap();
    std::fs::write(path.join("other.yaml"), other).unwrap();
    std::fs::write(path.join("text.pdf"), "no PDF").unwrap();
    assert!(masthead(path, &["render", "other.yaml", "-o", "other.pdf"]).status.success());
    for (arguments, wanted) in [
        (&["match", "draft.yaml"][..], "ORIGINAL.pdf"),
        (&["match", "draft.yaml", "other.pdf"][..], "it is another document"),
        (&["match", "draft.yaml", "text.pdf"][..], "text.pdf cannot be read"),
        (&["match", "draft.yaml", "missing.pdf"][..], "missing.pdf"),
        (&["match", "-", "other.pdf"][..], "standard input"),
        (&["match", "draft.yaml", "other.pdf", "--yes", "--dry-run"][..], "cannot be used with"),
    ] {
        let output = masthead(path, arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", err(&output));
        assert!(err(&output).contains(wanted), "{arguments:?}: {}", err(&output));
    }
}
