//! Other programs on the same words: the typst command line on the same templates and data,
//! WeasyPrint on an HTML page, LibreOffice on a Word file (RTF).

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use masthead::prepare::{Block, Prepared, Run};

/// How many documents a program is measured over; the shortest counts.
const TIMES: usize = 3;

/// The time that each program takes for one document, if it is installed.
pub fn times(prepared: &Prepared, folder: &Path) -> Vec<(&'static str, Option<Duration>)> {
    vec![
        ("typst compile, one process", typst(prepared, folder)),
        ("WeasyPrint, warm", weasyprint(prepared, folder)),
        ("LibreOffice, one process", libreoffice(prepared, folder)),
    ]
}

fn shortest(mut command: Command) -> Option<Duration> {
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut best = None;
    for _ in 0..TIMES {
        let start = Instant::now();
        if !command.status().ok()?.success() {
            return None;
        }
        let taken = start.elapsed();
        best = Some(best.map_or(taken, |best: Duration| best.min(taken)));
    }
    best
}

/// The templates and fonts are those of the repository.
fn typst(prepared: &Prepared, folder: &Path) -> Option<Duration> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for entry in walkdir::WalkDir::new(root.join("templates")).into_iter().filter_map(Result::ok) {
        let to = folder.join(entry.path().strip_prefix(root).ok()?);
        if entry.path().is_dir() { fs::create_dir_all(to).ok()? } else { fs::copy(entry.path(), to).map(drop).ok()? }
    }
    let main = folder.join("templates/bench.typ");
    fs::write(folder.join("templates/prepared.json"), serde_json::to_vec(prepared).ok()?).ok()?;
    fs::write(&main, "#import \"lib.typ\": document\n#document(json(\"prepared.json\"))").ok()?;
    let mut command = Command::new("typst");
    command.args(["compile", "--ignore-system-fonts", "--font-path"]).arg(root.join("fonts"));
    command.args(["--pdf-standard", "a-2a"]).arg(&main).arg(folder.join("typst.pdf"));
    command.env("SOURCE_DATE_EPOCH", "1700000000");
    shortest(command)
}

/// In one Python process, after a first document that is not measured.
fn weasyprint(prepared: &Prepared, folder: &Path) -> Option<Duration> {
    const SCRIPT: &str = "import sys, time, weasyprint
html = open(sys.argv[1]).read()
weasyprint.HTML(string=html).write_pdf()
best = 1e9
for n in range(3):
    start = time.perf_counter()
    weasyprint.HTML(string=html.replace('the', 'the ' + str(n))).write_pdf()
    best = min(best, time.perf_counter() - start)
print(best)";
    let page = folder.join("page.html");
    let paragraphs: String = texts(prepared).iter().fold(String::new(), |mut page, text| {
        let _ = write!(page, "<p>{}</p>", text.replace('&', "&amp;").replace('<', "&lt;"));
        page
    });
    let style = "@page{size:letter;margin:1in}body{font:10pt serif;text-align:justify}";
    fs::write(&page, format!("<meta charset=utf-8><title>t</title><style>{style}</style>{paragraphs}")).ok()?;
    let output = Command::new("python3").args(["-c", SCRIPT]).arg(page).stderr(Stdio::null()).output().ok()?;
    let seconds: f64 = String::from_utf8(output.stdout).ok()?.trim().parse().ok()?;
    Some(Duration::from_secs_f64(seconds))
}

fn libreoffice(prepared: &Prepared, folder: &Path) -> Option<Duration> {
    let page = folder.join("page.rtf");
    let mut rtf = String::from("{\\rtf1\\ansi{\\fonttbl{\\f0 Times New Roman;}}\\fs20\\qj\n");
    for text in texts(prepared) {
        for c in text.chars() {
            match c {
                '\\' | '{' | '}' => rtf.extend(['\\', c]),
                ' '..='~' => rtf.push(c),
                _ => c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| {
                    let _ = write!(rtf, "\\u{}?", unit.cast_signed());
                }),
            }
        }
        rtf.push_str("\\par\n");
    }
    rtf.push('}');
    fs::write(&page, rtf).ok()?;
    let mut command = Command::new("soffice");
    command.args(["--headless", "--convert-to", "pdf", "--outdir"]).arg(folder).arg(page);
    shortest(command)
}

/// The words of the body and the notes, a paragraph each.
fn texts(prepared: &Prepared) -> Vec<String> {
    let said = |runs: &Vec<Run>| -> String {
        runs.iter().map(|run| if let Run::Text { text, .. } = run { text.as_str() } else { "" }).collect()
    };
    let body = prepared.body.iter().filter_map(|block| match block {
        Block::Paragraph { runs, .. } | Block::Heading { runs, .. } => Some(said(runs)),
        _ => None,
    });
    body.chain(prepared.notes.iter().map(|note| said(&note.runs))).collect()
}
