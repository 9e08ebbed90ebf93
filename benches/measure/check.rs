//! The cost of a check compared with reading, document by document, on one thread, in one run.
//! Run with `cargo bench --profile dev -- check`, optionally with a folder of documents as argument.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use masthead::diagnostic::Source;
use masthead::read::read_what_can_be;
use masthead::{Coverage, Format, lint};

const ROUNDS: usize = 5;

fn documents(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            documents(&path, out);
        } else if Format::of_ending(&path.to_string_lossy()).is_some() && !path.ends_with("README.md") {
            out.push(path);
        }
    }
}

/// Returns the shortest time of all rounds.
fn shortest(mut once: impl FnMut()) -> Duration {
    let round = |_| {
        let start = Instant::now();
        once();
        start.elapsed()
    };
    (0..ROUNDS).map(round).min().unwrap()
}

pub fn measure(arguments: &[String]) {
    let folder =
        arguments.first().map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("examples"), PathBuf::from);
    let mut paths = Vec::new();
    documents(&folder, &mut paths);
    let sources: Vec<(Arc<Source>, Format)> = paths
        .iter()
        .map(|path| {
            let name = path.display().to_string();
            (Source::new(&name, std::fs::read_to_string(path).unwrap()), Format::of_name(&name))
        })
        .collect();
    let coverage = Coverage::default();
    let reading = shortest(|| {
        for (source, format) in &sources {
            std::hint::black_box(read_what_can_be(source, *format));
        }
    });
    let checking = shortest(|| {
        for (source, format) in &sources {
            std::hint::black_box(lint(&coverage, source, *format));
        }
    });
    let each = |time: Duration| time.as_secs_f64() * 1e3 / sources.len() as f64;
    println!("{} documents  {:.3} ms each to read", sources.len(), each(reading));
    println!(
        "read and checked {:.3} ms each: {:.2} times reading alone",
        each(checking),
        each(checking) / each(reading)
    );
}
