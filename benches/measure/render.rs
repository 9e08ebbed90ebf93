//! The cost of the composer: renders with its line and page ends compared with renders in which the
//! engine chooses them, in turns, in one run. Run with `cargo bench --profile dev -- render`.

use std::time::{Duration, Instant};

use masthead::diagnostic::Source;
use masthead::{Format, Job, Lines, Press, Profile, render};

const ROUNDS: usize = 7;

/// Returns the flagship example with its body repeated.
fn document(times: usize) -> String {
    let text = include_str!("../../examples/a-77-l-107.yaml");
    let (head, rest) = text.split_once("\nbody:\n").unwrap();
    let (body, notes) = rest.split_once("\nfootnotes:\n").unwrap();
    let more = body.replace("[^", "\\[^");
    let bodies = std::iter::once(body).chain(std::iter::repeat_n(more.as_str(), times - 1));
    format!("{head}\nbody:\n{}\nfootnotes:\n{notes}", bodies.collect::<Vec<_>>().join("\n"))
}

/// Returns the shortest time of one render to PDF.
fn time(press: &Press, text: &str, lines: Lines) -> (Duration, usize) {
    let source = Source::new("bench.yaml", text);
    let start = Instant::now();
    let rendition = render(press, &Job::new(&source, Format::Yaml).lines(lines)).unwrap();
    let pages = rendition.pages.len();
    std::hint::black_box(rendition.pdf(Profile::Archive).unwrap());
    (start.elapsed(), pages)
}

pub fn measure() {
    let press = Press::new([]).unwrap();
    println!("pages  ours/engine  ms a page");
    for times in [1, 10, 60] {
        let text = document(times);
        let (mut ours, mut engine, mut pages) = (Duration::MAX, Duration::MAX, 0);
        for round in 0..ROUNDS {
            // Another date each time: nothing that the engine remembers of the last round helps.
            let text = text.replacen("2023-08-28", &format!("2023-08-{:02}", round + 10), 1);
            let (taken, count) = time(&press, &text, Lines::Official);
            (ours, pages) = (ours.min(taken), count);
            engine = engine.min(time(&press, &text, Lines::Engine).0);
        }
        let ratio = ours.as_secs_f64() / engine.as_secs_f64();
        println!("{pages:5}  {ratio:11.2}  {:9.2}", ours.as_secs_f64() * 1e3 / pages as f64);
    }
}
