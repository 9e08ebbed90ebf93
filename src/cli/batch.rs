//! `masthead batch`: renders thousands of documents, each written once, atomically.

use std::collections::HashSet;
use std::path::PathBuf;

use clap::Args;
use masthead::batch::{Batch as Work, Inputs, Pattern, Shard, cores, inputs, register_name};
use masthead::diagnostic::Finding;
use masthead::files::Skipped;
use serde_json::json;

use super::Exit;
use super::guard::{Guard, Kind};
use super::limits::LimitOptions;
use super::progress::Progress;
use super::render::emblem;
use super::rendering::Rendering;
use super::report::Reporter;
use super::signals::{self, Signals};
use super::telling::Telling;

/// The arguments of `masthead batch`.
#[derive(Args)]
#[command(after_help = "Examples:
  masthead batch drafts/ --out out/                       a folder and its subfolders
  masthead batch 'drafts/**/*.yaml' --out out/ --jobs 4
  masthead batch list.csv --out out/                      columns file, output, profile, line_ends,
                                                          missing_glyphs, emblem
  find . -name '*.xml' | masthead batch - --out out/
  masthead batch drafts/ --out out/ --name '{language}/{symbol}'
  masthead batch drafts/ --out out/ --shard 2/8           the second of eight parts
  masthead batch drafts/ --out out/ --dry-run

After an interruption, run the command again: up-to-date documents are not rendered again. The output
folder also holds register.sqlite (see masthead register), report.json and report.html. --name accepts
{path}, {stem}, {ending}, {symbol}, {language}, {letter}, {job}, {kind}, {session}, {number}, {date}
and {adopted}.

A document that takes too long or crashes the program is skipped, now and in later runs, until it
changes; use --force to try it again.

Ctrl-C stops the batch after the documents in progress; a second Ctrl-C stops it at once.

Exit status: 0 success; 1 errors found in a document; 2 usage or I/O error; 3 internal error;
130 interrupted by Ctrl-C; 143 terminated.")]
pub struct Batch {
    /// Files, folders, patterns or manifests (.csv, .jsonl); - for a manifest on standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<String>,
    /// Output folder
    #[arg(short, long, value_name = "FOLDER")]
    out: PathBuf,
    /// Naming pattern of the output files
    #[arg(long, value_name = "PATTERN", default_value = "{path}")]
    name: Pattern,
    /// Number of threads; default: all cores
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
    /// Register file; default: register.sqlite in the output folder
    #[arg(short, long, value_name = "FILE")]
    register: Option<PathBuf>,
    #[command(flatten)]
    rendering: Rendering,
    /// Re-render up-to-date files, and overwrite files of another kind or source
    #[arg(long)]
    force: bool,
    /// Print what would be done to standard output, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Render only one part of the batch, such as 2/8
    #[arg(long, value_name = "PART/PARTS")]
    shard: Option<Shard>,
    /// Print events to standard output, one JSON object per line
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    limits: LimitOptions,
}

impl Batch {
    /// Renders all documents.
    pub fn run(&self, reporter: &Reporter) -> Exit {
        let clock = match reporter.clock() {
            Ok(clock) => clock,
            Err(exit) => return exit,
        };
        let signals = match Signals::catch() {
            Ok(signals) => signals,
            Err(error) => return reporter.error(error),
        };
        let watch = match self.limits.watch(reporter, Some(signals.clone())) {
            Ok(watch) => watch,
            Err(exit) => return exit,
        };
        let emblem = match emblem(self.rendering.emblem.as_deref(), &watch, reporter) {
            Ok(emblem) => emblem,
            Err(exit) => return exit,
        };
        if self.out.is_file() {
            let out = self.out.display();
            return reporter.error(format!("{out} is a file; --out names the folder for the files of the batch"));
        }
        let mut inputs = match inputs(&self.paths, &self.out) {
            Ok(inputs) => inputs,
            Err(errors) => {
                reporter.findings(&errors);
                return Exit::Usage;
            }
        };
        let Inputs { skipped, findings, .. } = &inputs;
        let (skipped, findings) = (skipped.clone(), findings.clone());
        watch.once(|| {
            reporter.skipped(&skipped);
            reporter.findings(&findings);
        });
        let is_empty = inputs.documents.is_empty();
        if is_empty {
            watch.once(|| {
                let _usage = reporter.nothing_found(&inputs.unmatched);
            });
            // Those of an earlier batch are gone, and its report no longer applies.
            let earlier = self.register().is_file() || self.report("json").is_file();
            if self.dry_run || !earlier {
                return Exit::Usage;
            }
        }
        if !self.dry_run
            && let Err(exit) = self.guarded(&inputs, reporter)
        {
            return exit;
        }
        if let Err(exit) = self.rendering.complete(&mut inputs, reporter) {
            return exit;
        }
        let press = match reporter.press(&self.rendering.fonts) {
            Ok(press) => press,
            Err(exit) => return exit,
        };
        let print = match self.rendering.print_options(&inputs, false, reporter) {
            Ok(print) => print,
            Err(exit) => return exit,
        };
        let work = Work::new(&press, &self.out)
            .register(self.register())
            .names(self.name.clone())
            .profile(self.rendering.profile.into())
            .print(print)
            .lines(self.rendering.line_ends.into())
            .emblem(emblem)
            .jobs(self.jobs.map_or_else(cores, usize::from))
            .force(self.force)
            .rehearsal(self.dry_run)
            .shard(self.shard)
            .stop(signals.stop.clone())
            .watch(watch.clone());
        let plan = match work.plan(inputs) {
            Ok(plan) => plan,
            Err(errors) => {
                reporter.findings(&errors);
                return signals.exit().unwrap_or(Exit::Usage);
            }
        };
        let documents = plan.documents().len();
        let telling = Telling { reporter, out: &self.out, json: self.json, dry_run: self.dry_run };
        watch.once(|| {
            telling.event(
                &json!({ "event": "begin", "documents": documents, "whole": plan.whole.documents, "shard": self.shard }),
            );
            for Skipped { path, why, .. } in &skipped {
                telling.event(&json!({ "event": "skipped", "source": path.display().to_string(), "why": why }));
            }
            for finding in &findings {
                telling.event(&json!({ "event": "finding", "finding": Finding::from(finding) }));
            }
        });
        let mut ended = HashSet::new();
        let mut progress = Progress::new(reporter, documents, self.json || reporter.is_quiet());
        let run = work.run(&plan, &|| clock.now(), &mut |outcome| {
            watch.once(|| telling.outcome(outcome, &progress));
            ended.insert(outcome.index);
            progress.step();
        });
        progress.end();
        let run = match run {
            Ok(run) => run,
            Err(error) => return reporter.error(error),
        };
        let next = plan.documents().iter().find(|planned| !ended.contains(&planned.index));
        let stopped = signals.exit().zip(next);
        let exit = telling.end(&run, plan.whole.documents, stopped.is_some());
        if let Some((signal, next)) = stopped {
            let (before, all) = (ended.len(), plan.documents().len());
            reporter.problem(&format!(
                "stopped before {} ({before} of {all} documents done); to resume, run: {}",
                next.input.file.display(),
                signals::again("--force", |argument| argument)
            ));
            return signal;
        }
        if is_empty { exit.max(Exit::Usage) } else { exit }
    }

    /// Returns the path of the register.
    fn register(&self) -> PathBuf {
        self.register.clone().unwrap_or_else(|| self.out.join(register_name(self.shard)))
    }

    /// Returns the path of the report with that ending.
    fn report(&self, ending: &str) -> PathBuf {
        self.out.join(format!("report{}.{ending}", Shard::mark(self.shard)))
    }

    /// Refuses to overwrite other files with reports or the register. The output files of documents need no such
    /// check: the batch knows which are its own.
    fn guarded(&self, inputs: &Inputs, reporter: &Reporter) -> Result<(), Exit> {
        let mut guard = Guard::new(self.force, inputs.documents.iter().map(|input| &input.file));
        guard.reads(
            inputs.documents.iter().filter_map(|input| input.choices.emblem.as_ref()).chain(&self.rendering.emblem),
        );
        guard.reads(&self.paths);
        let targets =
            [(self.report("json"), Kind::Json), (self.report("html"), Kind::Html), (self.register(), Kind::Register)];
        guard.allows(targets, reporter)
    }
}
