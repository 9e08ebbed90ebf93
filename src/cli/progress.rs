//! The progress of a batch: a bar on a terminal, otherwise a line now and then.

use std::fmt;
use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressState, ProgressStyle};

use super::report::Reporter;

/// The least time between two lines, without a terminal.
const BETWEEN_LINES: Duration = Duration::from_secs(10);

/// A progress display.
pub struct Progress<'r> {
    reporter: &'r Reporter,
    bar: Option<ProgressBar>,
    all: usize,
    done: usize,
    start: Instant,
    last_line: Instant,
}

impl<'r> Progress<'r> {
    /// Starts the progress display for `all` documents; a bar if standard error is a terminal.
    pub fn new(reporter: &'r Reporter, all: usize, quiet: bool) -> Self {
        let bar = (!quiet && io::stderr().is_terminal()).then(|| ProgressBar::new(all as u64));
        if let Some(bar) = &bar {
            let looks = "{bar:30} {human_pos} of {human_len}, {rate}, {eta} left";
            let style = ProgressStyle::with_template(looks).unwrap_or_else(|_| ProgressStyle::default_bar());
            bar.set_style(style.with_key("rate", |state: &ProgressState, to: &mut dyn fmt::Write| {
                // An error here cannot be reported anywhere.
                let _ = write!(to, "{:.1} per second", state.per_sec());
            }));
            bar.enable_steady_tick(Duration::from_millis(500));
        }
        let now = Instant::now();
        Self { reporter, bar, all, done: 0, start: now, last_line: now }
    }

    /// Counts one more document as done.
    pub fn step(&mut self) {
        self.done += 1;
        match &self.bar {
            Some(bar) => bar.inc(1),
            None if self.last_line.elapsed() >= BETWEEN_LINES => {
                self.last_line = Instant::now();
                self.reporter.done(&line(self.done, self.all, self.start.elapsed()));
            }
            None => {}
        }
    }

    /// Prints something without disturbing the bar.
    pub fn aside(&self, report: impl FnOnce()) {
        match &self.bar {
            Some(bar) => bar.suspend(report),
            None => report(),
        }
    }

    /// Removes the bar.
    pub fn end(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}

fn line(done: usize, all: usize, taken: Duration) -> String {
    let rate = done as f64 / taken.as_secs_f64().max(1e-9);
    let left = Duration::from_secs_f64((all - done) as f64 / rate);
    let percent = 100 * done / all.max(1);
    format!("{done} of {all} ({percent}%), {rate:.1} per second, {} left", indicatif::HumanDuration(left))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_shows_rate_and_time_left() {
        assert_eq!(line(50, 200, Duration::from_secs(5)), "50 of 200 (25%), 10.0 per second, 15 seconds left");
    }
}
