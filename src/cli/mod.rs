//! The command line: one file a command.

mod batch;
mod check;
mod clock;
mod completions;
mod convert;
mod exit;
mod explain;
mod files;
mod fit;
mod fix;
mod golden;
mod guard;
mod limits;
mod man;
mod matching;
mod new;
mod outputs;
mod prepare;
mod progress;
mod register;
mod render;
mod report;
mod schema;
mod settings;
mod signals;
mod supervisor;
mod syntax;
mod table;
mod verify;

pub use exit::Exit;

use clap::{ColorChoice, Parser, Subcommand};

pub use supervisor::supervise;

/// Turns structured United Nations documents into official pages.
#[derive(Parser)]
#[command(name = "masthead", version, propagate_version = true, arg_required_else_help = true)]
#[command(after_help = "Examples:
  masthead new draft-resolution -o draft.yaml   a document to begin with
  masthead check draft.yaml                     what is wrong with it
  masthead render draft.yaml                    its pages: draft.pdf

Exit status: 0 all well; 1 some document was refused; 2 wrong use, or a file that cannot
be read or written; 3 an error of the program itself.")]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// When to colour messages
    #[arg(long, global = true, value_name = "WHEN", default_value_t = ColorChoice::Auto)]
    color: ColorChoice,
    /// Say nothing but errors
    #[arg(short, long, global = true)]
    quiet: bool,
}

#[derive(Subcommand)]
enum Command {
    /// Set the pages of documents: PDF, PNG or SVG
    Render(render::Render),
    /// Set the pages of thousands of documents, each once
    Batch(batch::Batch),
    /// Say what was issued, and what is missing
    Register(register::Register),
    /// Say what is wrong with documents, in structure and in the eyes of an editor
    Check(check::Check),
    /// Fit documents to a number of pages by adjustments that readers do not see
    Fit(fit::Fit),
    /// Say what a finding means, and where its rule comes from
    Explain(explain::Explain),
    /// Show every word that a document's pages will say, as JSON
    Prepare(prepare::Prepare),
    /// Write a document as YAML, JSON or Markdown
    Convert(convert::Convert),
    /// Read the adjustments of an official PDF into a document
    Match(matching::Match),
    /// Say whether archive files are exactly what this version makes
    Verify(verify::Verify),
    /// Hold documents against references: which pages moved, and how
    Golden(golden::Golden),
    /// Print the JSON Schema of documents
    Schema,
    /// Begin a document of some kind
    New(new::New),
    /// Print a completion script for a shell
    Completions(completions::Completions),
    /// Print the manual page, or write one for every command
    Man(man::Man),
}

/// Runs the command that the user gave.
pub fn run() -> Exit {
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
        Command::Register(register) => register.run(reporter),
        Command::Check(check) => check.run(reporter),
        Command::Fit(fit) => fit.run(reporter),
        Command::Explain(explain) => explain.run(reporter),
        Command::Prepare(prepare) => prepare.run(reporter),
        Command::Convert(convert) => convert.run(reporter),
        Command::Match(matching) => matching.run(reporter),
        Command::Verify(verify) => verify.run(reporter),
        Command::Golden(golden) => golden.run(reporter),
        Command::Schema => schema::run(reporter),
        Command::New(new) => new.run(reporter),
        Command::Completions(completions) => completions.run(reporter),
        Command::Man(man) => man.run(reporter),
    }
}
