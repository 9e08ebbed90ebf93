//! The register from the command line.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_masthead"));
    let output = command.args(arguments).current_dir(folder).env("SOURCE_DATE_EPOCH", "0").output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn register(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    run(folder, &[&["register"], arguments, &["-r", "out/register.sqlite"]].concat())
}

/// Drafts 1 to 4 except the third, a revision, a corrigendum, a translation, and the resolution that the second
/// became.
fn issued() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let drafts = folder.path().join("drafts");
    fs::create_dir(&drafts).unwrap();
    let body = "body:\n  - enacting: '*The General Assembly*,'\n  - preambular: '*Recalling* the tides,'\n";
    let write = |name: &str, symbol: &str, date: &str, more: &str| {
        let text = format!("symbol: {symbol}\ndate: {date}\ntitle: Tide tables of {name}\nsession: 84\n{more}\n{body}");
        fs::write(drafts.join(format!("{name}.yaml")), text).unwrap();
    };
    let draft = "kind: draft-resolution\nagenda_item: 127 (s)";
    write("one", "A/84/L.1", "2029-10-01", draft);
    write("two", "A/84/L.2", "2029-10-03", draft);
    write("two-fr", "A/84/L.2", "2029-10-03", &format!("{draft}\nlanguage: fr"));
    write("four", "A/84/L.10", "2029-10-02", draft);
    write("revised", "A/84/L.2/Rev.1", "2029-10-09", draft);
    write("corrected", "A/84/L.9/Corr.1", "2029-10-10", draft);
    let adopted = "kind: resolution\nadopted: 2029-11-01\nnumber: 84/7\nadopted_note: without reference to a Main Committee (A/84/L.2/Rev.1)";
    write("adopted", "A/RES/84/7", "2029-11-02", adopted);
    assert_eq!(run(folder.path(), &["batch", "drafts", "--out", "out"]).0, 0);
    folder
}

#[test]
fn documents_are_found_by_the_symbols_of_their_parts() {
    let folder = tempfile::tempdir().unwrap();
    let parts = "parts:\n- {letter: A, body: [operative: '*Decides* one.']}\n- {letter: B, body: [operative: '*Decides* two.']}\n";
    for (name, symbol, number) in [("range", "A/RES/84/80 A-B", "84/80"), ("bare", "A/RES/84/81", "84/81")] {
        let head = format!("symbol: {symbol}\nkind: resolution\nadopted: 2029-11-01\nnumber: {number}\ntitle: Tides\n");
        fs::write(folder.path().join(format!("{name}.yaml")), head + parts).unwrap();
    }
    assert_eq!(run(folder.path(), &["batch", "range.yaml", "bare.yaml", "--out", "out"]).0, 0);
    let (_, list, _) = register(folder.path(), &["list", "--format", "csv"]);
    assert!(list.contains("\"A/RES/84/80 A-B, A/RES/84/80 A, A/RES/84/80 B\",en"), "{list}");
    for symbol in ["A/RES/84/80 A-B", "A/RES/84/80 A", "a/res/84/80b", "A/RES/84/81", "A/RES/84/81 B"] {
        let (code, shown, reported) = register(folder.path(), &["show", symbol]);
        assert!(code == 0 && shown.contains("Tides"), "{symbol}: {reported}");
    }
    let (code, _, reported) = register(folder.path(), &["show", "A/RES/84/80 C"]);
    assert!(code == 1 && reported.contains("did you mean A/RES/84/80 "), "{reported}");
    let (_, listed, _) = register(folder.path(), &["list", "--symbol", "A/RES/84/8? A"]);
    assert_eq!(listed.lines().filter(|line| line.starts_with("A/RES")).count(), 2, "{listed}");
    // Parts are not documents of the series.
    let (_, missing, _) = register(folder.path(), &["missing", "--between"]);
    assert!(missing.lines().all(|line| line.is_empty() || line.contains(": in en; not in ")), "{missing}");
}

fn symbols(list: &str) -> Vec<&str> {
    list.lines().map(|line| line.split_whitespace().next().unwrap()).collect()
}

#[test]
fn lists_are_filtered_and_sorted() {
    let folder = issued();
    let list = |arguments: &[&str]| {
        let (code, list, reported) = register(folder.path(), &[&["list"], arguments].concat());
        assert_eq!(code, 0, "{reported}");
        symbols(&list).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(
        list(&[]),
        ["A/84/L.1", "A/84/L.2", "A/84/L.2", "A/84/L.2/Rev.1", "A/84/L.9/Corr.1", "A/84/L.10", "A/RES/84/7"]
    );
    assert_eq!(list(&["--language", "fr"]), ["A/84/L.2"]);
    assert_eq!(list(&["--symbol", "A/84/L.1*"]), ["A/84/L.1", "A/84/L.10"]);
    assert_eq!(list(&["--kind", "resolution", "--session", "84"]), ["A/RES/84/7"]);
    assert_eq!(list(&["--from", "2029-10-09", "--to", "2029-10-31"]), ["A/84/L.2/Rev.1", "A/84/L.9/Corr.1"]);
    assert_eq!(list(&["--title", "OF FOUR"]), ["A/84/L.10"]);
    assert_eq!(list(&["--agenda-item", "127"]).len(), 6);
    assert_eq!(list(&["--sort", "-date", "--symbol", "A/84/L.1*"]), ["A/84/L.10", "A/84/L.1"]);
    assert_eq!(list(&["--symbol", "a/84/l.1*", "--language", "EN"]), ["A/84/L.1", "A/84/L.10"]);
    // What is equal in one column stays in the order of the next.
    assert_eq!(list(&["--sort=-session,symbol", "--symbol", "A/84/L.1*"]), ["A/84/L.1", "A/84/L.10"]);
    assert_eq!(list(&["--sort=-session,-symbol", "--symbol", "A/84/L.1*"]), ["A/84/L.10", "A/84/L.1"]);
    for (filter, value, known) in [
        ("--session", "48", "it has 84"),
        ("--agenda-item", "12", "it has 127 (s)"),
        ("--job", "1", "nor any other job number"),
        ("--symbol", "A/85/*", "has no A/85/*"),
    ] {
        let (code, said, reported) = register(folder.path(), &["list", filter, value]);
        assert!(code == 1 && said.is_empty() && reported.contains(known), "{filter}: {code} {reported}");
    }
    let (code, _, reported) = register(folder.path(), &["list", "--kind", "resolutoin"]);
    assert!(code == 2 && reported.contains("draft-resolution") && reported.contains("similar"), "{reported}");
    let (code, _, reported) = register(folder.path(), &["list", "--sort", "colour"]);
    assert!(code == 2 && reported.contains("unknown column “colour”"), "{reported}");
}

#[test]
fn chains_and_languages_are_known() {
    let folder = issued();
    let show = |symbol: &str| register(folder.path(), &["show", symbol]).1;
    assert!(show("A/84/L.2").contains("superseded by A/84/L.2/Rev.1"));
    assert!(show("A/84/L.2").contains("languages: en, fr; not in ar, zh, ru, es"));
    let revised = show("A/84/L.2/Rev.1");
    assert!(revised.contains("supersedes A/84/L.2\n") && revised.contains("adopted as A/RES/84/7"), "{revised}");
    assert!(show("A/84/L.9/Corr.1").contains("corrects A/84/L.9 (not in the register)"));
    assert!(show("A/RES/84/7").contains("comes from A/84/L.2/Rev.1"));
    assert_eq!(show("a/84/l.2/rev.1"), revised);
    for action in ["show", "history"] {
        let (code, said, reported) = register(folder.path(), &[action, "A/84/L.22"]);
        assert!(code == 1 && said.is_empty() && reported.contains("did you mean A/84/L.2?"), "{code} {reported}");
        let (code, _, reported) = register(folder.path(), &[action, "E/1/1"]);
        assert!(code == 1 && !reported.contains("did you mean"), "{code} {reported}");
    }
}

#[test]
fn what_is_missing_is_reported() {
    let folder = issued();
    let (code, missing, _) = register(folder.path(), &["missing", "--languages", "en,fr", "--between"]);
    assert_eq!(code, 1);
    for line in [
        "A/84/L.3 to A/84/L.8 (6 documents): not in the register",
        "A/84/L.9: not in the register; A/84/L.9/Corr.1 corrects it",
        "A/84/L.1: in en; not in fr",
    ] {
        assert!(missing.lines().any(|reported| reported == line), "{line} is not in {missing}");
    }
    assert!(!missing.contains("A/84/L.2: in") && !missing.contains("A/RES/84/1"), "{missing}");
    assert!(register(folder.path(), &["missing"]).1.contains("A/RES/84/1 to A/RES/84/6 (6 documents)"));
    // One more paragraph in French.
    let french = folder.path().join("drafts/two-fr.yaml");
    fs::write(&french, fs::read_to_string(&french).unwrap() + "  - operative: Décide.\n").unwrap();
    run(folder.path(), &["batch", "drafts", "--out", "out"]);
    fs::remove_file(folder.path().join("out/one.pdf")).unwrap();
    let (_, missing, _) = register(folder.path(), &["missing", "--languages", "en,fr"]);
    assert!(
        missing.contains("they differ: 2 paragraphs and 0 notes in en, 3 paragraphs and 0 notes in fr"),
        "{missing}"
    );
    assert!(missing.contains("one.pdf: not on disk"), "{missing}");
    let (_, json, _) = register(folder.path(), &["missing", "--format", "json"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["files"], Value::from(vec!["one.pdf"]));
}

#[test]
fn what_was_altered_by_hand_is_found() {
    let folder = issued();
    assert_eq!(register(folder.path(), &["verify"]).0, 0);
    let out = folder.path().join("out");
    fs::remove_file(out.join("one.pdf")).unwrap();
    let mut two = fs::read(out.join("two.pdf")).unwrap();
    two[999] ^= 1;
    fs::write(out.join("two.pdf"), two).unwrap();
    fs::copy(out.join("four.pdf"), out.join("copy.pdf")).unwrap();
    let (code, list, reported) = register(folder.path(), &["verify"]);
    assert_eq!(code, 1);
    assert_eq!(list, "copy.pdf: not in the register\none.pdf: not on disk\ntwo.pdf: altered since it was recorded\n");
    assert!(reported.contains("7 files, 3 with problems"), "{reported}");
}

#[test]
fn it_is_listed_as_csv_and_json() {
    let folder = issued();
    let (_, table, _) = register(folder.path(), &["export"]);
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    assert_eq!(reader.headers().unwrap().iter().take(3).collect::<Vec<_>>(), ["symbol", "language", "kind"]);
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 7);
    assert!(rows.iter().all(|row| row.iter().next_back() == Some("1970-01-01T00:00:00Z")));
    let (_, json, _) = register(folder.path(), &["export", "--format", "json"]);
    let list: Vec<Value> = serde_json::from_str(&json).unwrap();
    assert_eq!(list[0]["header"]["symbol"], list[0]["symbols"][0]);
}

#[test]
fn cells_are_plain_text_and_harmless() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("drafts")).unwrap();
    for (name, title, item) in [("a", "'=HYPERLINK(\"x\")'", "12 *bis*"), ("b", "'-*Tides*[^1]'", "'@3'")] {
        let text = format!(
            "symbol: A/84/L.{}\nkind: letter\ndate: 2029-10-01\ntitle: {title}\nagenda_item: {item}\nbody:\n  \
             - paragraph: Text.[^1]\nfootnotes: {{1: Note.}}\n",
            name.len()
        );
        fs::write(folder.path().join(format!("drafts/{name}.yaml")), text).unwrap();
    }
    let (code, _, reported) = run(folder.path(), &["batch", "drafts", "--out", "out"]);
    assert_eq!(code, 0, "{reported}");
    let (_, table, _) = register(folder.path(), &["export"]);
    let rows: Vec<csv::StringRecord> =
        csv::Reader::from_reader(table.as_bytes()).records().map(Result::unwrap).collect();
    let cells = |column: usize| rows.iter().map(|row| row[column].to_owned()).collect::<Vec<_>>();
    assert_eq!(cells(4), ["12 bis", "'@3"], "agenda items");
    assert_eq!(cells(5), ["'=HYPERLINK(\"x\")", "'-Tides"], "titles");
}

#[test]
fn a_damaged_register_is_reported_and_rebuilt() {
    let folder = issued();
    let path = folder.path().join("out/register.sqlite");
    let before = register(folder.path(), &["export"]).1;
    let mut bytes = fs::read(&path).unwrap();
    bytes[4096..12000].fill(0xa5);
    fs::write(&path, bytes).unwrap();
    let (code, _, reported) = run(folder.path(), &["batch", "drafts", "--out", "out"]);
    assert!(code == 2 && reported.contains("is damaged") && reported.contains("register rebuild"), "{reported}");
    let (code, _, reported) = register(folder.path(), &["rebuild", "out", "out/report.json"]);
    assert_eq!(code, 0, "{reported}");
    assert!(
        reported.contains("7 files registered") && folder.path().join("out/register.damaged").exists(),
        "{reported}"
    );
    assert_eq!(register(folder.path(), &["export"]).1, before);
    let (_, _, reported) = run(folder.path(), &["batch", "drafts", "--out", "out"]);
    assert!(reported.contains("0 rendered, 7 up to date"), "{reported}");
    // Without the report, the files alone are enough to avoid rendering again.
    fs::remove_file(&path).unwrap();
    fs::write(&path, "").unwrap();
    let (code, _, reported) = register(folder.path(), &["list"]);
    assert!(code == 2 && reported.contains("nothing has been recorded in it yet"), "{reported}");
    let (code, _, reported) = register(folder.path(), &["rebuild", "out"]);
    assert!(code == 0 && reported.contains("register.damaged-2"), "{reported}");
    assert_ne!(fs::read(folder.path().join("out/register.damaged")).unwrap(), b"");
    assert!(register(folder.path(), &["show", "A/84/L.2"]).1.contains("superseded by A/84/L.2/Rev.1"));
    let (_, _, reported) = run(folder.path(), &["batch", "drafts", "--out", "out"]);
    assert!(reported.contains("0 rendered, 7 up to date"), "{reported}");
    assert!(register(folder.path(), &["list", "--format", "csv"]).1.contains("drafts/one.yaml"));
}

#[test]
fn a_register_is_not_replaced_by_an_empty_one() {
    let folder = issued();
    let before = register(folder.path(), &["export"]).1;
    fs::create_dir(folder.path().join("none")).unwrap();
    fs::copy(folder.path().join("out/register.sqlite"), folder.path().join("none/register.sqlite")).unwrap();
    let (code, _, reported) =
        run(folder.path(), &["register", "rebuild", "none", "--register", "none/register.sqlite"]);
    assert!(code == 2 && reported.contains("no file to register was found in none"), "{code}: {reported}");
    let (_, kept, _) = run(folder.path(), &["register", "export", "--register", "none/register.sqlite"]);
    assert_eq!(kept, before);
    let left = fs::read_dir(folder.path().join("none")).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(left.map(|name| name.into_string().unwrap()).all(|name| name.starts_with("register.sqlite")));
}

#[test]
fn a_rebuild_knows_the_profiles_of_files() {
    let folder = issued();
    for profile in ["archive", "print", "screen"] {
        let batch = ["batch", "drafts", "--out", "out", "--force", "--profile", profile];
        assert_eq!(run(folder.path(), &batch).0, 0);
        let before = register(folder.path(), &["list", "--format", "json"]).1;
        let told = serde_json::from_str::<Value>(&before).unwrap();
        assert!(told.as_array().unwrap().iter().all(|entry| entry["profile"] == profile), "{before}");
        fs::remove_file(folder.path().join("out/register.sqlite")).unwrap();
        let (code, _, reported) = register(folder.path(), &["rebuild", "out", "out/report.json"]);
        assert_eq!(code, 0, "{profile}: {reported}");
        assert_eq!(register(folder.path(), &["list", "--format", "json"]).1, before);
        assert_eq!(register(folder.path(), &["verify"]).0, 0, "{profile}");
    }
    // Without a report: print files carry what is needed, files for the screen do not.
    assert_eq!(run(folder.path(), &["batch", "drafts", "--out", "out", "--force", "--profile", "print"]).0, 0);
    let before = register(folder.path(), &["list", "--format", "csv"]).1;
    fs::remove_file(folder.path().join("out/register.sqlite")).unwrap();
    let (code, _, reported) = register(folder.path(), &["rebuild", "out"]);
    assert_eq!(code, 0, "{reported}");
    let after = register(folder.path(), &["list", "--format", "csv"]).1;
    assert_eq!(after.lines().count(), before.lines().count());
    assert_eq!(after.matches(",print,").count(), before.matches(",print,").count(), "{after}");
}

#[test]
fn a_rebuild_detects_altered_files() {
    let folder = issued();
    let two = folder.path().join("out/two.pdf");
    let sound = fs::read(&two).unwrap();
    fs::write(&two, [&sound[..], b"more"].concat()).unwrap();
    let (code, _, reported) = register(folder.path(), &["rebuild", "out", "out/report.json"]);
    assert!(code == 1 && reported.contains("two.pdf does not match its report"), "{reported}");
    assert!(register(folder.path(), &["verify"]).1.contains("two.pdf: altered"));
    let (code, _, reported) = register(folder.path(), &["rebuild", "out"]);
    assert!(code == 1 && reported.contains("two.pdf is not registered: it is not what masthead makes"), "{reported}");
    assert_eq!(register(folder.path(), &["verify"]).1, "two.pdf: not in the register\n");
    let (_, _, reported) = run(folder.path(), &["batch", "drafts", "--out", "out"]);
    assert!(reported.contains("1 rendered, 6 up to date"), "{reported}");
    assert_eq!(fs::read(&two).unwrap(), sound);
    assert_eq!(register(folder.path(), &["verify"]).0, 0);
}

#[test]
fn other_files_are_not_taken_for_registers() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("other.sqlite");
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("CREATE TABLE mine (a)").unwrap();
    let list = ["register", "list", "-r", "other.sqlite"];
    assert!(run(folder.path(), &list).2.contains("is not a masthead register"));
    let merge = ["register", "merge", "-r", "other.sqlite", "other.sqlite"];
    assert!(run(folder.path(), &merge).2.contains("not a masthead register"));
    fs::write(&path, "no database at all, but long enough to look like one").unwrap();
    assert!(run(folder.path(), &list).2.contains("is not a register"));
    let later = issued();
    let base = rusqlite::Connection::open(later.path().join("out/register.sqlite")).unwrap();
    base.pragma_update(None, "user_version", 99).unwrap();
    drop(base);
    let (code, _, reported) = register(later.path(), &["list"]);
    assert!(code == 2 && reported.contains("made by a later version of masthead"), "{reported}");
}

#[test]
fn a_rebuild_lists_differences_from_reports_and_registers() {
    let folder = issued();
    let path = folder.path().join("out/report.json");
    let sound = fs::read_to_string(&path).unwrap();
    // One report has another title, and one another number of pages.
    let reported = "\"title\":\"Tide tables of two\"";
    assert!(sound.contains(reported));
    fs::write(&path, sound.replace(reported, "\"title\":\"Tide tables of ten\"")).unwrap();
    let (code, _, reported) = register(folder.path(), &["rebuild", "out", "out/report.json"]);
    assert_eq!(code, 1, "{reported}");
    let said = "two.pdf: its report has title “Tide tables of ten” instead of “Tide tables of two”; it is registered \
                by its contents";
    assert!(reported.contains(said), "{reported}");
    assert!(register(folder.path(), &["list"]).1.contains("Tide tables of two"));
    fs::write(&path, &sound).unwrap();
    // In the previous register a bit has flipped, in its table or in a record.
    let base = rusqlite::Connection::open(folder.path().join("out/register.sqlite")).unwrap();
    base.execute("UPDATE renditions SET pages = 3 WHERE output = 'one.pdf'", []).unwrap();
    let changed =
        "UPDATE renditions SET record = replace(record, '2029-10-02', '2029-10-03') WHERE output = 'four.pdf'";
    base.execute(changed, []).unwrap();
    drop(base);
    let (code, _, reported) = register(folder.path(), &["list"]);
    assert!(code == 2 && reported.contains("is damaged"), "{reported}");
    let (code, _, reported) = register(folder.path(), &["rebuild", "out", "out/report.json"]);
    assert_eq!(code, 1, "{reported}");
    for said in [
        "one.pdf: the previous register has pages “3” instead of “1”",
        "four.pdf: the previous register has date “2029-10-03” instead of “2029-10-02”",
    ] {
        assert!(reported.contains(said), "{said} is not in {reported}");
    }
    assert_eq!(register(folder.path(), &["rebuild", "out", "out/report.json"]).0, 0);
}

#[test]
fn replaced_renditions_are_not_passed_over_in_silence() {
    let folder = issued();
    let one = folder.path().join("drafts/one.yaml");
    fs::write(&one, fs::read_to_string(&one).unwrap().replace("A/84/L.1", "A/84/L.99")).unwrap();
    assert_eq!(run(folder.path(), &["batch", "drafts", "--out", "out"]).0, 0);
    let (code, said, reported) = register(folder.path(), &["show", "A/84/L.1"]);
    let history = "see “masthead register history A/84/L.1 -r out/register.sqlite”";
    assert!(code == 1 && said.is_empty() && reported.contains(history), "{code} {said}{reported}");
    let (code, said, reported) = register(folder.path(), &["list", "--symbol", "A/84/L.1"]);
    assert!(code == 1 && said.is_empty() && reported.contains("list them with --all"), "{code} {said}{reported}");
    for arguments in [&["list", "--symbol", "A/84/L.1", "--all"][..], &["history", "A/84/L.1"]] {
        let (code, said, _) = register(folder.path(), arguments);
        assert!(code == 0 && said.lines().count() == 1, "{said}");
    }
}
