//! What a batch tells while it runs, and at its end: lines for people, or events for programs.

use std::collections::BTreeSet;
use std::path::Path;

use masthead::batch::Shard;
use masthead::batch::{MissingSource, Outcome, Run, State, Summary};
use masthead::visible::visible;
use serde_json::{Value, json};

use super::Exit;
use super::progress::Progress;
use super::report::Reporter;

/// What a batch tells.
pub struct Telling<'t> {
    /// The reporter.
    pub reporter: &'t Reporter,
    /// The output folder.
    pub out: &'t Path,
    /// Whether events are printed, instead of lines.
    pub json: bool,
    /// Whether nothing is written.
    pub dry_run: bool,
}

impl Telling<'_> {
    /// Prints the outcome of a document.
    pub fn outcome(&self, outcome: &Outcome, progress: &Progress) {
        let reporter = self.reporter;
        if self.json {
            let record = outcome.record.as_ref();
            let mut event = json!({
                "event": "document", "index": outcome.index, "source": outcome.source, "state": outcome.state,
                "output": outcome.output, "findings": outcome.findings,
            });
            if let Some(record) = record {
                event["symbols"] = json!(record.symbols);
                event["language"] = json!(record.language);
                event["pages"] = json!(record.pages);
                event["sha256"] = json!(record.sha256);
                event["findings"] = json!(record.warnings);
            }
            return self.event(&event);
        }
        let failed = !outcome.state.is_done() && outcome.state != State::ToRender;
        progress.aside(|| {
            for finding in &outcome.reported {
                if failed { reporter.problem_lines(finding) } else { reporter.done_lines(finding) }
            }
            if outcome.earlier_file {
                let output = outcome.output.as_deref().unwrap_or_default();
                reporter.problem(&format!("{}: an outdated file remains: {output}", outcome.source));
            }
            if self.dry_run && !failed {
                let output = self.out.join(outcome.output.as_deref().unwrap_or_default());
                let line = format!("{}: {}: {}", outcome.source, outcome.state.words(), output.display());
                reporter.lines(&format!("{}\n", visible(&line)));
            }
        });
    }

    /// Prints the end of a batch, or of a part of one of `whole` documents, and returns the exit status.
    pub fn end(&self, run: &Run, whole: usize, stopped: bool) -> Exit {
        let reporter = self.reporter;
        let Run { summary, trouble, .. } = run;
        if self.json {
            let mut event = serde_json::to_value(summary).unwrap_or_default();
            event["event"] = json!("end");
            event["rendered"] = json!(summary.rendered);
            event["up_to_date"] = json!(summary.done - summary.rendered);
            event["to_render"] = json!(summary.to_render);
            event["trouble"] = json!(trouble.as_ref().map(ToString::to_string));
            event["stopped"] = json!(stopped);
            self.event(&event);
        }
        if let Some(trouble) = trouble {
            reporter.error(trouble);
        }
        if !self.json {
            print_missing_sources(&summary.gone, reporter);
        }
        let well = trouble.is_none() && summary.troubles().is_empty();
        if !self.json {
            let line = if self.dry_run { dry_run_line(summary) } else { self.summary_line(summary, whole) };
            if well { reporter.done(&line) } else { reporter.problem(&line) }
        }
        let lost = if reporter.has_lost_output() { Exit::Usage } else { Exit::Well };
        let exit = if summary.broken > 0 {
            Exit::Broken
        } else if trouble.is_some() || summary.unread + summary.unwritten + summary.not_begun + summary.unseen > 0 {
            Exit::Usage
        } else if summary.refused > 0 {
            Exit::Refused
        } else {
            Exit::Well
        };
        exit.max(lost)
    }

    fn summary_line(&self, summary: &Summary, whole: usize) -> String {
        let Summary { documents, done, rendered, pages, warnings, .. } = summary;
        let part = summary.shard.map(|shard| format!(" of part {}/{} (of {whole})", shard.part, shard.of));
        let part = part.unwrap_or_default();
        let now = format!("{rendered} rendered, {} up to date, {pages} pages, {warnings} warnings", done - rendered);
        match summary.complete {
            true => format!("done: all {documents} documents{part} have output files: {now}"),
            false => {
                let report = self.out.join(format!("report{}.html", Shard::mark(summary.shard)));
                let see = if report.is_file() { format!("; see {}", report.display()) } else { String::new() };
                let troubles = summary.troubles();
                format!("INCOMPLETE: {done} of {documents} documents{part} have output files: {troubles}; {now}{see}")
            }
        }
    }

    /// Prints an event, if events are printed.
    pub fn event(&self, event: &Value) {
        if self.json {
            self.reporter.json(&format!("{event}\n"));
        }
    }
}

/// Reports which sources of earlier batches are gone: the first of them, and their number.
fn print_missing_sources(gone: &[MissingSource], reporter: &Reporter) {
    const MOST: usize = 20;
    for one in gone.iter().take(MOST) {
        reporter.done(&format!("{one}: {}", one.output));
    }
    if gone.len() > MOST {
        reporter.done(&format!("… and {} more; see the report for the full list", gone.len() - MOST));
    }
    // A source may have several files.
    let sources = |remains: bool| {
        let of_kind = gone.iter().filter(|one| one.remains == remains);
        of_kind.map(|one| one.source.as_str()).collect::<BTreeSet<_>>().len()
    };
    match sources(false) {
        0 => {}
        1 => reporter.done("1 source of earlier batches is gone; its files are marked outdated in the register"),
        count => reporter.done(&format!(
            "{count} sources of earlier batches are gone; their files are marked outdated in the register"
        )),
    }
    match sources(true) {
        0 => {}
        1 => reporter.done("1 source has another file now; its earlier files are marked outdated in the register"),
        count => reporter.done(&format!(
            "{count} sources have other files now; their earlier files are marked outdated in the register"
        )),
    }
}

fn dry_run_line(summary: &Summary) -> String {
    let Summary { documents, to_render, done, .. } = summary;
    let troubles = summary.troubles();
    let troubles = if troubles.is_empty() { troubles } else { format!("; {troubles}") };
    format!("dry run: {to_render} of {documents} documents would be rendered, {done} are up to date{troubles}")
}
