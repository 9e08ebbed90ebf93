//! Counts of a worker for Prometheus.

use std::fmt::Write;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use masthead::batch::State;

use super::subjects::STATES;

/// Counts of a worker.
#[derive(Debug, Default)]
pub struct Metrics {
    made: [AtomicUsize; STATES.len()],
    pages: AtomicUsize,
    microseconds: AtomicU64,
    pub(super) waiting: AtomicUsize,
    pub(super) in_progress: AtomicUsize,
    pub(super) redelivered: AtomicUsize,
    pub(super) crashes: AtomicUsize,
    pub(super) dead: AtomicUsize,
}

impl Metrics {
    /// Counts a document.
    pub(super) fn made(&self, state: State, pages: usize, took: Duration) {
        let at = STATES.iter().position(|known| *known == state).unwrap_or(STATES.len() - 1);
        self.made[at].fetch_add(1, Ordering::Relaxed);
        self.pages.fetch_add(pages, Ordering::Relaxed);
        self.microseconds.fetch_add(took.as_micros() as u64, Ordering::Relaxed);
    }

    /// Returns the number of documents that were made.
    pub fn documents(&self) -> usize {
        self.made.iter().map(|count| count.load(Ordering::Relaxed)).sum()
    }

    /// Returns the counts in the format of Prometheus.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let mut about = |name: &str, kind: &str, help: &str, lines: &[String]| {
            let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}");
            lines.iter().for_each(|line| text += &format!("{name}{line}\n"));
        };
        let of = |count: &AtomicUsize| count.load(Ordering::Relaxed);
        let one = |count: &AtomicUsize| [format!(" {}", of(count))];
        let made: Vec<String> = STATES
            .iter()
            .zip(&self.made)
            .map(|(state, count)| format!("{{state=\"{}\"}} {}", state.words(), of(count)))
            .collect();
        about("masthead_queue_documents_total", "counter", "Documents that were made.", &made);
        about("masthead_queue_pages_total", "counter", "Pages of these documents.", &one(&self.pages));
        let seconds = self.microseconds.load(Ordering::Relaxed) as f64 / 1e6;
        let help = "Time from the delivery of a document to its result, added up.";
        about("masthead_queue_seconds_total", "counter", help, &[format!(" {seconds}")]);
        let help = "Documents that wait for a worker of this kind, as last counted.";
        about("masthead_queue_waiting", "gauge", help, &one(&self.waiting));
        about("masthead_queue_in_progress", "gauge", "Documents that the worker has.", &one(&self.in_progress));
        let help = "Documents that another worker had before.";
        about("masthead_queue_redelivered_total", "counter", help, &one(&self.redelivered));
        let help = "Processes that a document ended.";
        about("masthead_queue_crashes_total", "counter", help, &one(&self.crashes));
        about("masthead_queue_dead_letters_total", "counter", "Documents that were given up.", &one(&self.dead));
        let version = env!("CARGO_PKG_VERSION");
        about("masthead_info", "gauge", "The version.", &[format!("{{version=\"{version}\"}} 1")]);
        text
    }
}
