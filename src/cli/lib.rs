//! The `masthead` program: a command line for the library and the server, one file per command.

mod adopt;
mod batch;
mod check;
mod clock;
mod completions;
mod convert;
mod diff;
mod exit;
mod explain;
mod files;
mod fit;
mod fix;
mod golden;
mod guard;
mod help;
mod import;
mod impose;
mod limits;
#[cfg(feature = "serve")]
mod listening;
mod man;
mod matching;
mod new;
mod outputs;
mod preflight;
mod prepare;
mod print;
mod progress;
#[cfg(feature = "queue")]
mod queue;
mod register;
mod render;
mod rendering;
mod report;
mod revise;
mod rewrite;
mod schema;
#[cfg(feature = "serve")]
mod serve;
mod settings;
mod signals;
mod successor;
mod supervisor;
mod syntax;
mod table;
mod telling;
mod verify;
#[cfg(feature = "serve")]
mod watch;

use std::process::ExitCode;

use clap::{ColorChoice, Parser, Subcommand};
use masthead::STACK_SIZE;

use exit::Exit;

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    if let Some(exit) = supervisor::supervise() {
        return exit.into();
    }
    let worker = std::thread::Builder::new().stack_size(STACK_SIZE).spawn(run);
    match worker.map(std::thread::JoinHandle::join) {
        Ok(Ok(exit)) => exit.into(),
        Ok(Err(_)) => {
            eprintln!("masthead: internal error; please report it with the document");
            Exit::Broken.into()
        }
        Err(error) => {
            eprintln!("masthead: cannot start a thread: {error}");
            Exit::Broken.into()
        }
    }
}

/// Turn structured United Nations documents into official pages.
#[derive(Parser)]
#[command(name = "masthead", version, propagate_version = true, arg_required_else_help = true)]
#[command(disable_help_subcommand = true)]
#[command(after_help = "Examples:
  masthead new draft-resolution -o draft.yaml   create a starter document
  masthead check draft.yaml                     check it
  masthead render draft.yaml                    render it as draft.pdf
  masthead help topics                          list the chapters of the documentation

Exit status: 0 success; 1 errors found in a document; 2 usage or I/O error; 3 internal error.")]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// When to colour messages
    #[arg(long, global = true, value_name = "WHEN", default_value_t = ColorChoice::Auto)]
    color: ColorChoice,
    /// Print only errors
    #[arg(short, long, global = true)]
    quiet: bool,
}

#[derive(Subcommand)]
enum Command {
    /// Render documents as PDF, PNG or SVG
    Render(render::Render),
    /// Render thousands of documents, resuming after interruption
    Batch(batch::Batch),
    /// Render batches on any number of machines, through NATS JetStream
    #[cfg(feature = "queue")]
    Queue(queue::Queue),
    /// List issued documents, and find missing ones
    Register(register::Register),
    /// Check documents for structural errors and editorial problems
    Check(check::Check),
    /// Fit a document to a number of pages with adjustments that readers do not notice
    Fit(fit::Fit),
    /// Explain a finding and the source of its rule
    Explain(explain::Explain),
    /// Import a Word file, the JSON of munify’s resolution editor, or pasted text
    Import(import::Import),
    /// Arrange the pages of PDF files on sheets: booklets, two pages side by side
    Impose(impose::Impose),
    /// Check whether PDF files are fit for the press
    Preflight(preflight::Preflight),
    /// Print every word of a document's pages, as JSON
    Prepare(prepare::Prepare),
    /// Convert a document to YAML, JSON, Markdown or XML
    Convert(convert::Convert),
    /// List what changed between two documents, or show it on the official pages
    Diff(diff::Diff),
    /// Turn a document into its next revision, a corrigendum or an addendum
    Revise(revise::Revise),
    /// Turn a draft into the adopted text
    Adopt(adopt::Adopt),
    /// Read the adjustments of an official PDF into a document
    Match(matching::Match),
    /// Verify that archive and print files are exactly what this version produces
    Verify(verify::Verify),
    /// Compare documents with accepted references
    Golden(golden::Golden),
    /// Show a document in the browser while it is written in any editor
    #[cfg(feature = "serve")]
    Watch(watch::Watch),
    /// Write documents in the browser, and serve other programs over HTTP
    #[cfg(feature = "serve")]
    Serve(serve::Serve),
    #[cfg(feature = "serve")]
    #[command(hide = true)]
    ServeWorker(serve::WorkerOptions),
    /// Print the JSON Schema of documents, or of the settings of a folder
    Schema(schema::Schema),
    /// Create a starter document
    New(new::New),
    /// Print a shell completion script
    Completions(completions::Completions),
    /// Print the manual page, or write one for each command
    Man(man::Man),
    /// Print the help of a command, or a chapter of the documentation
    Help(help::Help),
}

/// Runs the command that the user gave.
fn run() -> Exit {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return report::usage(&error),
    };
    let reporter = report::Reporter::new(cli.color, cli.quiet);
    let exit = act(cli.command, &reporter);
    supervisor::clear();
    exit
}

fn act(command: Command, reporter: &report::Reporter) -> Exit {
    match command {
        Command::Render(render) => render.run(reporter),
        Command::Batch(batch) => batch.run(reporter),
        #[cfg(feature = "queue")]
        Command::Queue(queue) => queue.run(reporter),
        Command::Register(register) => register.run(reporter),
        Command::Check(check) => check.run(reporter),
        Command::Fit(fit) => fit.run(reporter),
        Command::Explain(explain) => explain.run(reporter),
        Command::Import(import) => import.run(reporter),
        Command::Impose(impose) => impose.run(reporter),
        Command::Preflight(preflight) => preflight.run(reporter),
        Command::Prepare(prepare) => prepare.run(reporter),
        Command::Convert(convert) => convert.run(reporter),
        Command::Diff(diff) => diff.run(reporter),
        Command::Revise(revise) => revise.run(reporter),
        Command::Adopt(adopt) => adopt.run(reporter),
        Command::Match(matching) => matching.run(reporter),
        Command::Verify(verify) => verify.run(reporter),
        Command::Golden(golden) => golden.run(reporter),
        #[cfg(feature = "serve")]
        Command::Watch(watch) => watch.run(reporter),
        #[cfg(feature = "serve")]
        Command::Serve(serve) => serve.run(reporter),
        #[cfg(feature = "serve")]
        Command::ServeWorker(worker) => worker.run(reporter),
        Command::Schema(schema) => schema.run(reporter),
        Command::New(new) => new.run(reporter),
        Command::Completions(completions) => completions.run(reporter),
        Command::Man(man) => man.run(reporter),
        Command::Help(help) => help.run(reporter),
    }
}
