//! `masthead batch`: renders thousands of documents, each written once, atomically.

use std::collections::HashSet;
use std::path::PathBuf;

use clap::Args;
use masthead::MissingGlyphs;
use masthead::batch::{
    Batch as Work, Inputs, MissingSource, Outcome, Pattern, Run, Shard, State, Summary, inputs, no_documents,
};
use masthead::diagnostic::Finding;
use masthead::files::Skipped;
use masthead::register;
use masthead::visible::visible;
use serde_json::{Value, json};

use super::Exit;
use super::guard::{Guard, Kind};
use super::limits::LimitOptions;
use super::print::Print;
use super::progress::Progress;
use super::render::{For, LineEnds, Missing, emblem};
use super::report::Reporter;
use super::settings::Settings;
use super::signals::{self, Signals};

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
    /// PDF profile
    #[arg(long, value_enum, default_value_t)]
    profile: For,
    /// How lines are broken
    #[arg(long, value_enum, default_value_t)]
    line_ends: LineEnds,
    #[command(flatten)]
    missing: Missing,
    #[command(flatten)]
    print: Print,
    /// Emblem (SVG or PNG file) to use instead of the built-in neutral one
    #[arg(long, value_name = "FILE")]
    emblem: Option<PathBuf>,
    /// Folder of extra fonts, for characters that the built-in fonts lack
    #[arg(long, value_name = "FOLDER")]
    fonts: Vec<PathBuf>,
    /// Re-render up-to-date files, and overwrite files of another kind
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
            Err(message) => return reporter.error(&message),
        };
        let watch = match self.limits.watch(reporter, Some(signals.clone())) {
            Ok(watch) => watch,
            Err(exit) => return exit,
        };
        let emblem = match emblem(self.emblem.as_deref(), &watch, reporter) {
            Ok(emblem) => emblem,
            Err(exit) => return exit,
        };
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
        if inputs.documents.is_empty() {
            reporter.findings(&[no_documents("no documents found")]);
            return Exit::Usage;
        }
        if !self.dry_run
            && let Err(exit) = self.guarded(&inputs, reporter)
        {
            return exit;
        }
        let files: Vec<PathBuf> = inputs.documents.iter().map(|document| document.file.clone()).collect();
        let settings = match Settings::of_files(&files, reporter) {
            Ok(settings) => settings,
            Err(exit) => return exit,
        };
        for document in &mut inputs.documents {
            document.choices.missing_glyphs.get_or_insert_with(|| self.missing.of(&document.file, &settings));
        }
        let press = match reporter.press(&self.fonts) {
            Ok(press) => press,
            Err(exit) => return exit,
        };
        // A manifest may ask for print files, whatever the profile of the others.
        let print = match self.print.options(None, reporter) {
            Ok(print) => print,
            Err(exit) => return exit,
        };
        let work = Work {
            press: &press,
            out: self.out.clone(),
            register: self.register(),
            names: self.name.clone(),
            profile: self.profile.into(),
            print,
            lines: self.line_ends.into(),
            missing_glyphs: MissingGlyphs::default(),
            emblem,
            jobs: self.jobs.map_or_else(cores, usize::from),
            force: self.force,
            rehearsal: self.dry_run,
            shard: self.shard,
            stop: signals.stop.clone(),
            watch: watch.clone(),
        };
        let plan = match work.plan(inputs) {
            Ok(plan) => plan,
            Err(errors) => {
                reporter.findings(&errors);
                return signals.exit().unwrap_or(Exit::Usage);
            }
        };
        let documents = plan.documents().len();
        watch.once(|| {
            self.event(
                reporter,
                &json!({ "event": "begin", "documents": documents, "whole": plan.whole.documents, "shard": self.shard }),
            );
            for Skipped { path, why } in &skipped {
                self.event(reporter, &json!({ "event": "skipped", "source": path.display().to_string(), "why": why }));
            }
            for finding in &findings {
                self.event(reporter, &json!({ "event": "finding", "finding": Finding::from(finding) }));
            }
        });
        let mut ended = HashSet::new();
        let mut progress = Progress::new(reporter, documents, self.json || reporter.is_quiet());
        let run = work.run(&plan, &|| clock.now(), &mut |outcome| {
            watch.once(|| self.print(outcome, reporter, &progress));
            ended.insert(outcome.index);
            progress.step();
        });
        progress.end();
        let run = match run {
            Ok(run) => run,
            Err(message) => return reporter.error(&message),
        };
        let next = plan.documents().iter().find(|planned| !ended.contains(&planned.index));
        let stopped = signals.exit().zip(next);
        let exit = self.end(&run, plan.whole.documents, stopped.is_some(), reporter);
        if let Some((signal, next)) = stopped {
            let (before, all) = (ended.len(), plan.documents().len());
            reporter.problem(&format!(
                "stopped before {} ({before} of {all} documents done); to resume, run: {}",
                next.input.file.display(),
                signals::again("--force")
            ));
            return signal;
        }
        exit
    }

    /// Returns the path of the register.
    fn register(&self) -> PathBuf {
        self.register.clone().unwrap_or_else(|| self.out.join(register_name(self.shard)))
    }

    /// Refuses to overwrite other files with reports or the register. The output files of documents need no such
    /// check: the batch knows which are its own.
    fn guarded(&self, inputs: &Inputs, reporter: &Reporter) -> Result<(), Exit> {
        let report = |ending| self.out.join(format!("report{}.{ending}", Shard::mark(self.shard)));
        let mut guard = Guard::new(self.force, inputs.documents.iter().map(|input| &input.file));
        guard.reads(inputs.documents.iter().filter_map(|input| input.choices.emblem.as_ref()).chain(&self.emblem));
        guard.reads(&self.paths);
        let targets = [(report("json"), Kind::Json), (report("html"), Kind::Html), (self.register(), Kind::Register)];
        guard.allows(targets, reporter)
    }

    fn print(&self, outcome: &Outcome, reporter: &Reporter, progress: &Progress) {
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
            return self.event(reporter, &event);
        }
        let failed = !outcome.state.is_done() && outcome.state != State::ToRender;
        progress.aside(|| {
            for line in &outcome.reported {
                if failed { reporter.problem(line) } else { reporter.done(line) }
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

    fn end(&self, run: &Run, whole: usize, stopped: bool, reporter: &Reporter) -> Exit {
        let Run { summary, trouble } = run;
        if self.json {
            let mut event = serde_json::to_value(summary).unwrap_or_default();
            event["event"] = json!("end");
            event["rendered"] = json!(summary.rendered);
            event["up_to_date"] = json!(summary.done - summary.rendered);
            event["to_render"] = json!(summary.to_render);
            event["trouble"] = json!(trouble);
            event["stopped"] = json!(stopped);
            self.event(reporter, &event);
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
        if summary.broken > 0 {
            Exit::Broken
        } else if trouble.is_some() || summary.unread + summary.unwritten + summary.not_begun + summary.unseen > 0 {
            Exit::Usage
        } else if summary.refused > 0 {
            Exit::Refused
        } else {
            Exit::Well
        }
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

    fn event(&self, reporter: &Reporter, event: &Value) {
        if self.json {
            reporter.json(&format!("{event}\n"));
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
    match gone.len() {
        0 => {}
        1 => reporter.done("1 source of earlier batches is gone; its file is marked outdated in the register"),
        count => reporter.done(&format!(
            "{count} sources of earlier batches are gone; their files are marked outdated in the register"
        )),
    }
}

fn dry_run_line(summary: &Summary) -> String {
    let Summary { documents, to_render, done, .. } = summary;
    let troubles = summary.troubles();
    let troubles = if troubles.is_empty() { troubles } else { format!("; {troubles}") };
    format!("dry run: {to_render} of {documents} documents would be rendered, {done} are up to date{troubles}")
}

/// Returns the name of the register of a batch or of a part of one.
fn register_name(shard: Option<Shard>) -> String {
    let (stem, ending) = register::NAME.split_once('.').unwrap_or((register::NAME, ""));
    format!("{stem}{}.{ending}", Shard::mark(shard))
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}
