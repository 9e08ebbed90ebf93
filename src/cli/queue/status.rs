//! `masthead queue status`: shows how far the batches are.

use std::io::{IsTerminal, stdout};
use std::thread;
use std::time::Duration;

use clap::Args;
use masthead_server::queue::{BatchName, BatchStatus, Status as Counts};
use serde_json::json;

use super::connection::ConnectionOptions;
use super::{done, runtime};
use crate::exit::Exit;
use crate::report::Reporter;
use crate::signals::Signals;

/// The arguments of `masthead queue status`.
#[derive(Args)]
pub struct Status {
    /// Only this batch
    #[arg(short, long, value_name = "NAME", value_parser = BatchName::existing)]
    batch: Option<BatchName>,
    /// Also list the documents that were given up, with the reasons
    #[arg(long)]
    dead: bool,
    /// Print it as JSON
    #[arg(long)]
    json: bool,
    /// Show it again every second, until all documents have results or Ctrl-C
    #[arg(short, long)]
    watch: bool,
    #[command(flatten)]
    connection: ConnectionOptions,
}

const EVERY: Duration = Duration::from_secs(1);
/// Clears a terminal.
const CLEAR: &str = "\x1b[H\x1b[2J";

impl Status {
    pub fn run(&self, reporter: &Reporter) -> Result<Exit, Exit> {
        let signals = Signals::catch().map_err(|error| reporter.error(error))?;
        let runtime = runtime(reporter)?;
        let mut queue = self.connection.open(&runtime, reporter)?;
        loop {
            if queue.is_none() && self.watch {
                queue = self.connection.open(&runtime, reporter)?;
            }
            let counts = match &queue {
                Some(queue) => done(&runtime, reporter, queue.status(self.batch.as_ref()))?,
                None => Counts::default(),
            };
            let letters = match &queue {
                Some(queue) if self.dead => done(&runtime, reporter, queue.dead_letters(self.batch.as_ref()))?,
                _ => Vec::new(),
            };
            let printed = if self.json {
                let mut value = json!(counts);
                if self.dead {
                    value["dead_letters"] = json!(letters);
                }
                reporter.json(&format!("{value}\n"))
            } else {
                if self.watch && stdout().is_terminal() {
                    reporter.out(CLEAR.as_bytes());
                }
                let letters = letters.iter().map(|letter| {
                    let attempts = letter.attempts.len();
                    format!("{}: {} (after {attempts} attempts)\n", letter.batch, letter.reason)
                });
                reporter.lines(&(table(&counts) + &letters.collect::<String>()))
            };
            let open = counts.batches.iter().any(|batch| batch.open > 0 || !batch.submitted || batch.following);
            if !self.watch || !open || printed != Exit::Well || signals.exit().is_some() {
                return Ok(printed);
            }
            thread::sleep(EVERY);
        }
    }
}

fn table(counts: &Counts) -> String {
    let head =
        ["batch", "documents", "rendered", "refused", "not read", "broken", "open", "dead", ""].map(str::to_owned);
    let row = |batch: &BatchStatus| {
        let BatchStatus { documents, rendered, refused, unread, broken, open, dead, .. } = batch;
        let state = match (batch.submitted, batch.following, *open) {
            _ if batch.removing => "being removed",
            (false, ..) => "being submitted",
            (true, true, _) => "followed",
            (true, false, 0) => "complete",
            (true, false, _) => "in progress",
        };
        let numbers = [*documents as u64, *rendered, *refused, *unread, *broken, *open, *dead].map(|n| n.to_string());
        let [a, b, c, d, e, f, g] = numbers;
        [batch.batch.clone(), a, b, c, d, e, f, g, state.to_owned()]
    };
    let rows: Vec<[String; 9]> = std::iter::once(head).chain(counts.batches.iter().map(row)).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].len()).max().unwrap_or_default();
    let widths: Vec<usize> = (0..9).map(width).collect();
    let line = |row: &[String; 9]| {
        let cells = row.iter().zip(&widths).enumerate().map(|(at, (cell, width))| match at {
            0 | 8 => format!("{cell:<width$}"),
            _ => format!("{cell:>width$}"),
        });
        format!("{}\n", cells.collect::<Vec<_>>().join("  ").trim_end())
    };
    let mut text: String = rows.iter().map(line).collect();
    let waiting: u64 = counts.waiting.values().sum();
    let mib = counts.bytes as f64 / f64::from(1 << 20);
    text += &format!("{waiting} documents wait, workers have {}; {mib:.1} MiB are stored\n", counts.in_progress);
    text
}
