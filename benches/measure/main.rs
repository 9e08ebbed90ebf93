//! Measurements, each in one run and as ratios: `cargo bench --profile dev -- NAME`. One program, so that the engine is
//! linked once.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a measurement fails by panicking and prints"
)]

mod batch;
mod check;
mod golden;
mod others;
mod render;

use std::process::ExitCode;

/// A measurement, which takes the arguments after its name.
type Measurement = fn(&[String]);

const MEASUREMENTS: [(&str, Measurement); 4] = [
    ("batch", |_| batch::measure()),
    ("check", check::measure),
    ("golden", |_| golden::measure()),
    ("render", |_| render::measure()),
];

fn main() -> ExitCode {
    // cargo adds --bench.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let named = |name: &String| MEASUREMENTS.iter().find(|(of, _)| of == name);
    let Some((_, measure)) = arguments.first().and_then(named) else {
        let names = MEASUREMENTS.map(|(name, _)| name).join(", ");
        eprintln!("name a measurement: cargo bench --profile dev -- NAME, where NAME is one of {names}");
        return ExitCode::FAILURE;
    };
    measure(&arguments[1..]);
    ExitCode::SUCCESS
}
