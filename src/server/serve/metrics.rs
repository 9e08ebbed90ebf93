//! Counts for Prometheus.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, UNIX_EPOCH};

use super::pool::Pool;

/// The upper bounds of the classes of durations, in seconds.
const BOUNDS: [f64; 11] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

/// The counts.
pub struct Metrics {
    begun: u64,
    ids: AtomicU64,
    routes: Mutex<BTreeMap<String, Durations>>,
    answers: Mutex<BTreeMap<(String, u16), u64>>,
}

#[derive(Default)]
struct Durations {
    classes: [u64; BOUNDS.len()],
    sum: f64,
    count: u64,
}

impl Metrics {
    /// Begins counting.
    pub fn new() -> Self {
        let begun = UNIX_EPOCH.elapsed().map_or(0, |now| now.as_nanos() as u64);
        Self { begun, ids: AtomicU64::new(0), routes: Mutex::default(), answers: Mutex::default() }
    }

    /// Returns an id for a request, which no other process has given either.
    pub fn next_id(&self) -> String {
        format!("{:016x}-{}", self.begun, self.ids.fetch_add(1, Ordering::Relaxed) + 1)
    }

    /// Counts an answer.
    pub fn answered(&self, route: &str, status: u16, took: Duration) {
        let seconds = took.as_secs_f64();
        let mut routes = self.routes.lock().unwrap_or_else(PoisonError::into_inner);
        let durations = routes.entry(route.to_owned()).or_default();
        durations.sum += seconds;
        durations.count += 1;
        for (class, bound) in durations.classes.iter_mut().zip(BOUNDS) {
            *class += u64::from(seconds <= bound);
        }
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        *answers.entry((route.to_owned(), status)).or_default() += 1;
    }

    /// Returns the counts in the format of Prometheus.
    pub fn text(&self, pool: &Pool) -> String {
        let mut text = String::new();
        let mut about = |name: &str, kind: &str, help: &str, lines: &[String]| {
            let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}");
            lines.iter().for_each(|line| text += &format!("{name}{line}\n"));
        };
        let answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        let requests: Vec<String> = answers
            .iter()
            .map(|((route, status), count)| format!("{{route=\"{route}\",status=\"{status}\"}} {count}"))
            .collect();
        about("masthead_requests_total", "counter", "Answered requests.", &requests);
        let routes = self.routes.lock().unwrap_or_else(PoisonError::into_inner);
        let durations: Vec<String> = routes
            .iter()
            .flat_map(|(route, durations)| {
                let class =
                    |(bound, count): (f64, &u64)| format!("_bucket{{route=\"{route}\",le=\"{bound}\"}} {count}");
                let mut lines: Vec<String> = BOUNDS.into_iter().zip(&durations.classes).map(class).collect();
                lines.push(format!("_bucket{{route=\"{route}\",le=\"+Inf\"}} {}", durations.count));
                lines.push(format!("_sum{{route=\"{route}\"}} {}", durations.sum));
                lines.push(format!("_count{{route=\"{route}\"}} {}", durations.count));
                lines
            })
            .collect();
        about("masthead_request_duration_seconds", "histogram", "Time from request to answer.", &durations);
        let (busy, waiting) = pool.load();
        let replaced = pool.replaced.load(Ordering::Relaxed);
        let one = |number: usize| [format!(" {number}")];
        about("masthead_workers_busy", "gauge", "Workers that have a document.", &one(busy));
        about("masthead_requests_waiting", "gauge", "Requests that wait for a worker.", &one(waiting));
        let help = "Workers that a document ended.";
        about("masthead_workers_replaced_total", "counter", help, &one(replaced));
        let version = env!("CARGO_PKG_VERSION");
        about("masthead_info", "gauge", "The version.", &[format!("{{version=\"{version}\"}} 1")]);
        text
    }
}
