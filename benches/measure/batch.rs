//! The cost of a batch, in one run and as ratios: compared with a loop in which the engine sets all lines,
//! with a plain loop over `render`, with one process per document, and with other programs if
//! they are installed; on one and two threads; when everything is up to date; in memory. Run with
//! `cargo bench --profile dev -- batch`.
//!
//! `MASTHEAD_BENCH_DOCUMENTS=FOLDER` uses your own documents, `MASTHEAD_BENCH_RENDERS=20000`
//! measures memory over that number of renders (default: 2000).

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use masthead::batch::{Batch, inputs};
use masthead::files::{Folders, source};
use masthead::{Format, Job, Lines, PreparedJob, Press, Profile, render};

/// The number of different documents.
const DOCUMENTS: usize = 100;
/// The number of measurements of each variant, in turns; the shortest time counts.
const ROUNDS: usize = 3;

/// Writes a number of documents, no two of which share a paragraph.
fn different_documents(folder: &Path, count: usize) {
    let text = include_str!("../../examples/a-77-l-107.yaml");
    for number in 0..count {
        let text = text.replacen("L.107", &format!("L.{number}"), 1);
        let (head, body) = text.split_once("\nbody:\n").unwrap();
        // A number in every paragraph: what the engine remembers of one document helps no other.
        let body = body.replace(" the ", &format!(" the {number}th ")).replace(" and ", &format!(" and {number} "));
        let body = body.replace(" of ", &format!(" of {number} "));
        std::fs::write(folder.join(format!("{number:05}.yaml")), format!("{head}\nbody:\n{body}")).unwrap();
    }
}

fn batch<'b>(press: &'b Press, out: &Path, jobs: usize) -> Batch<'b> {
    Batch::new(press, out).jobs(jobs)
}

/// Returns the time of a batch over a folder.
fn time(press: &Press, documents: &Path, out: &Path, jobs: usize) -> Duration {
    let start = Instant::now();
    let batch = batch(press, out, jobs);
    let plan = batch.plan(inputs(&[documents.display().to_string()], out).unwrap()).unwrap();
    let run = batch.run(&plan, &String::new, &mut |_| {}).unwrap();
    assert!(run.summary.complete, "{}", run.summary.troubles());
    start.elapsed()
}

/// Returns the time of a loop over the same documents, each read, rendered and written: as usual, or with every
/// line set by the engine from the templates.
fn plain_loop(press: &Press, documents: &[PathBuf], out: &Path, lines: Lines) -> Duration {
    let start = Instant::now();
    let folders = Folders::default();
    for path in documents {
        let (source, format) = source(path, None, &folders).unwrap();
        let job = Job::new(&source, format).lines(lines);
        let pdf = render(press, &job).unwrap().pdf(Profile::Archive).unwrap();
        std::fs::write(out.join(path.file_stem().unwrap()), pdf).unwrap();
    }
    start.elapsed()
}

/// Returns the processor time of this process, on all its threads, as counted by the system. If other
/// programs share the cores, it shows contention better than wall-clock time does.
fn worked() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    Some(fields.get(11)?.parse::<f64>().ok()? + fields.get(12)?.parse::<f64>().ok()?)
}

fn shortest(rounds: usize, mut one: impl FnMut() -> Duration) -> Duration {
    (0..rounds).map(|_| one()).min().unwrap()
}

fn per(time: Duration, count: usize) -> f64 {
    time.as_secs_f64() * 1e3 / count as f64
}

/// Returns the peak memory of this process, in MiB.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches(" kB").parse::<u64>().ok()? / 1024)
}

pub fn measure() {
    let own = std::env::var_os("MASTHEAD_BENCH_DOCUMENTS").map(PathBuf::from);
    let folder = tempfile::tempdir().unwrap();
    let documents = own.clone().unwrap_or_else(|| folder.path().join("documents"));
    if own.is_none() {
        std::fs::create_dir(&documents).unwrap();
        different_documents(&documents, DOCUMENTS);
    }
    let out = |name: &str| {
        let out = folder.path().join(name);
        let _ = std::fs::remove_dir_all(&out);
        std::fs::create_dir(&out).unwrap();
        out
    };
    let press = Press::new([]).unwrap();
    let found = inputs(&[documents.display().to_string()], &out("x")).unwrap();
    let list: Vec<PathBuf> = found.documents.into_iter().map(|input| input.file).collect();
    let count = list.len();

    let (mut one, mut two) = (Duration::MAX, Duration::MAX);
    let (mut plain, mut engine) = (Duration::MAX, Duration::MAX);
    let mut work = [0.0; 3];
    for _ in 0..ROUNDS {
        engine = engine.min(plain_loop(&press, &list, &out("engine"), Lines::Engine));
        let start = worked().unwrap_or_default();
        plain = plain.min(plain_loop(&press, &list, &out("plain"), Lines::Official));
        let after_plain = worked().unwrap_or_default();
        one = one.min(time(&press, &documents, &out("one"), 1));
        let after_one = worked().unwrap_or_default();
        two = two.min(time(&press, &documents, &out("two"), 2));
        let end = worked().unwrap_or_default();
        let more = [after_plain - start, after_one - after_plain, end - after_one];
        work.iter_mut().zip(more).for_each(|(work, more)| *work += more);
    }
    let again = shortest(ROUNDS, || time(&press, &documents, &folder.path().join("two"), 2));
    println!("{count} documents, {:.1} ms each in a batch on one thread", per(one, count));
    println!("a loop over the engine / a batch, one thread {:5.2}", engine.as_secs_f64() / one.as_secs_f64());
    println!("a plain loop / a batch on one thread      {:6.2}", plain.as_secs_f64() / one.as_secs_f64());
    println!("one thread / two threads                  {:6.2}", one.as_secs_f64() / two.as_secs_f64());
    println!("processor time: loop / batch, 1 / 2 threads {:6.2} {:6.2}", work[0] / work[1], work[1] / work[2]);
    println!("again, all up to date / the first run     {:6.2} %", 100.0 * again.as_secs_f64() / two.as_secs_f64());

    let each = one / u32::try_from(count).unwrap();
    let cold = shortest(ROUNDS, || {
        let start = Instant::now();
        let mut command = Command::new(env!("CARGO_BIN_EXE_masthead"));
        command.arg("render").arg(&list[0]).arg("-o").arg(folder.path().join("cold.pdf")).arg("-q");
        assert!(command.status().unwrap().success());
        start.elapsed()
    });
    println!("one process a document / in a batch       {:6.2}", cold.as_secs_f64() / each.as_secs_f64());
    let (source, format) = source(&list[0], None, &Folders::default()).unwrap();
    let ready: PreparedJob = masthead::prepare_job(&press, &Job::new(&source, format)).unwrap();
    let base = out("others");
    for (name, time) in crate::others::times(&ready.origin.prepared, &base) {
        match time {
            Some(time) => println!("{name:30} / in a batch {:6.2}", time.as_secs_f64() / each.as_secs_f64()),
            None => println!("{name:30} is not installed"),
        }
    }

    let renders: usize = std::env::var("MASTHEAD_BENCH_RENDERS").ok().and_then(|n| n.parse().ok()).unwrap_or(2000);
    let memory = out("memory");
    std::fs::create_dir(memory.join("documents")).unwrap();
    for upto in [200, 2_000, 20_000].into_iter().filter(|upto| *upto <= renders) {
        let documents = memory.join("documents");
        different_documents(&documents, upto);
        time(&press, &documents, &memory.join("out"), 2);
        match peak() {
            Some(peak) => {
                println!("most memory in a process that rendered {upto:6} documents and all above: {peak} MiB")
            }
            None => println!("this system does not say how much memory a process had"),
        }
    }

    let first = pages(&press, 1);
    for times in [10, 100] {
        let (pages, time) = pages(&press, times);
        println!("a page of {pages} / a page of {}               {:6.2}", first.0, time / first.1);
    }
}

/// Returns the pages of a document that repeats the body of the example, and the milliseconds per page.
fn pages(press: &Press, times: usize) -> (usize, f64) {
    let text = include_str!("../../examples/a-77-l-107.yaml");
    let (head, rest) = text.split_once("\nbody:\n").unwrap();
    let (body, notes) = rest.split_once("\nfootnotes:\n").unwrap();
    let more = (1..times).map(|time| body.replace("[^", "\\[^").replace(" the ", &format!(" the {time} ")));
    let bodies = std::iter::once(body.to_owned()).chain(more).collect::<Vec<_>>().join("\n");
    let source =
        masthead::diagnostic::Source::new("pages.yaml", format!("{head}\nbody:\n{bodies}\nfootnotes:\n{notes}"));
    let start = Instant::now();
    let rendition = render(press, &Job::new(&source, Format::Yaml)).unwrap();
    std::hint::black_box(rendition.pdf(Profile::Archive).unwrap());
    let pages = rendition.pages.len();
    (pages, per(start.elapsed(), pages))
}
