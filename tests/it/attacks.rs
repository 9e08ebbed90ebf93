//! Attacks by XML are refused, or read as what they are, in bounded memory.

use std::fs;
use std::path::Path;
use std::process::Command;

const START: &str = "<akomaNtoso><statement><meta><FRBRdate date=\"2029-12-19\" name=\"adoption\"/></meta><coverPage><p><docNumber>A/RES/84/1</docNumber></p></coverPage><mainBody>";
const END: &str = "</mainBody></statement></akomaNtoso>";

/// The memory that the program may have for one of these files, in KiB.
const MEMORY: usize = 1_500_000;

/// Renders a file with little memory; its exit status and what it tells.
fn attacked(folder: &Path, bytes: &[u8]) -> (i32, String) {
    fs::write(folder.join("a.xml"), bytes).unwrap();
    let command = format!("ulimit -v {MEMORY} && exec {} render a.xml -o a.pdf", env!("CARGO_BIN_EXE_masthead"));
    let output = Command::new("sh").args(["-c", &command]).current_dir(folder).output().unwrap();
    (output.status.code().unwrap_or(-1), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn attacks_are_refused_with_a_clear_error() {
    let folder = tempfile::tempdir().unwrap();
    let bomb: String = (0..9).map(|n| format!("<!ENTITY e{} \"{}\">", n + 1, format!("&e{n};").repeat(10))).collect();
    let attributes: String = (0..500_000).map(|n| format!(" a{n}='x'")).collect();
    let cases: [(&str, Vec<u8>); 9] = [
        ("XML with DTD", format!("<!DOCTYPE a [<!ENTITY e0 \"ha\">{bomb}]><akomaNtoso>&e9;</akomaNtoso>").into()),
        (
            "XML with DTD",
            b"<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><akomaNtoso>&x;</akomaNtoso>".into(),
        ),
        ("too-large", format!("{START}{}", "<a>".repeat(35_000_000)).into()),
        ("nodes limit", format!("{START}{}", "<a>".repeat(5_000_000)).into()),
        ("attributes", format!("{START}<p{attributes}>x</p>{END}").into()),
        ("too-long", format!("{START}{}{END}", "<p>x</p>".repeat(300_000)).into()),
        ("too-long", format!("{START}<p>{}</p>{END}", "words ".repeat(2_000_000)).into()),
        ("not-utf-8", [START.as_bytes(), b"\xc3\x28\xff", END.as_bytes()].concat()),
        ("not valid UTF-16", b"\xff\xfe\x00\xd8".into()),
    ];
    for (reported, bytes) in cases {
        let (status, stderr) = attacked(folder.path(), &bytes);
        assert!(status == 1 && stderr.contains(reported), "{reported}: {status}, {}", &stderr[..stderr.len().min(500)]);
        assert!(!folder.path().join("a.pdf").exists(), "{reported}");
    }
}

#[test]
fn what_is_only_odd_is_rendered() {
    let folder = tempfile::tempdir().unwrap();
    let deep = format!("{START}{}deep{}{END}", "<p>".repeat(400_000), "</p>".repeat(400_000));
    let plain = format!("{START}<p>Tides – marées</p>{END}");
    let utf_16 =
        |unit: fn(u16) -> [u8; 2]| "\u{feff}".encode_utf16().chain(plain.encode_utf16()).flat_map(unit).collect();
    let table = format!("{START}<table>{}</table>{END}", "<tr><td rowspan='9999' colspan='99'>x</td></tr>".repeat(500));
    let cases: [Vec<u8>; 5] = [
        deep.into(),
        format!("\u{feff}{plain}").into(),
        utf_16(u16::to_le_bytes),
        utf_16(u16::to_be_bytes),
        table.into(),
    ];
    for bytes in cases {
        let (status, stderr) = attacked(folder.path(), &bytes);
        assert_eq!(status, 0, "{}", &stderr[..stderr.len().min(500)]);
        assert!(fs::metadata(folder.path().join("a.pdf")).unwrap().len() > 1000);
        fs::remove_file(folder.path().join("a.pdf")).unwrap();
    }
}
