//! `masthead help`: the help of a command, or a topic, which is a chapter of the documentation as plain text.

mod chapter;
mod table;
mod text;
mod topics;

use std::io::{self, IsTerminal};

use clap::{Args, CommandFactory, Parser};
use masthead::diagnostic::did_you_mean;

use super::report::{Reporter, usage};
use super::{Cli, Exit};
use chapter::Chapter;
use topics::{TOPICS, Topic};

/// The width of lines where there is no terminal, and the greatest one: longer lines are hard to read.
const USUAL: usize = 80;
const WIDEST: usize = 100;
/// The narrowest lines that are still filled.
const NARROWEST: usize = 30;
/// The topic that lists all topics.
const LIST: &str = "topics";

/// The arguments of `masthead help`.
#[derive(Args)]
#[command(after_help = "Examples:
  masthead help topics              list the topics
  masthead help fields              all header fields of a document
  masthead help fields sponsors     one of them
  masthead help print preflight     a section of a topic
  masthead help render              the same as masthead render --help")]
pub struct Help {
    /// A command and its subcommands, or a topic and one of its sections; default: list all commands
    #[arg(value_name = "COMMAND|TOPIC")]
    names: Vec<String>,
}

impl Help {
    /// Prints the help of the command or the topic.
    pub fn run(&self, reporter: &Reporter) -> Exit {
        let Some((first, rest)) = self.names.split_first() else { return of_command(&[]) };
        if commands().contains(first) {
            return of_command(&self.names);
        }
        let width = width();
        if first == LIST {
            return reporter.lines(&list(width));
        }
        let Some(topic) = TOPICS.iter().find(|topic| topic.name == first) else {
            return reporter.error(unknown(first));
        };
        match page(topic, &rest.join(" "), width) {
            Ok(page) => reporter.lines(&page),
            Err(error) => reporter.error(error),
        }
    }
}

/// Returns the names of the commands that help lists.
fn commands() -> Vec<String> {
    let program = Cli::command();
    let shown = program.get_subcommands().filter(|command| !command.is_hide_set());
    shown.map(|command| command.get_name().to_owned()).collect()
}

/// Prints the help of a command as the command itself does.
fn of_command(names: &[String]) -> Exit {
    let program = Cli::command().get_name().to_owned();
    let arguments = std::iter::once(program).chain(names.iter().cloned()).chain(["--help".to_owned()]);
    match Cli::try_parse_from(arguments) {
        Err(help) => usage(&help),
        Ok(_) => Exit::Well,
    }
}

/// Returns the topics, one per line, each with what it is about.
fn list(width: usize) -> String {
    let rows: Vec<Vec<String>> =
        TOPICS.iter().map(|topic| vec![topic.name.to_owned(), topic.chapter().title()]).collect();
    let mut list = "Topics:\n".to_owned();
    list += &table::described(&rows, 2, width);
    list + "\nmasthead help TOPIC SECTION shows a section of a topic alone.\n"
}

/// Returns the message about a name that is neither a command nor a topic.
fn unknown(name: &str) -> String {
    let commands = commands();
    let topics = TOPICS.iter().map(|topic| topic.name);
    let known: Vec<&str> = topics.chain(commands.iter().map(String::as_str)).chain([LIST]).collect();
    format!("no command or topic “{name}”{} (masthead help topics lists the topics)", meant(name, &known))
}

/// Returns the question whether a known name was meant, if one is similar.
fn meant(name: &str, known: &[&str]) -> String {
    did_you_mean(name, known).map_or_else(String::new, |near| format!("; {near}"))
}

/// Returns a topic as text, or one of its sections if it is named.
fn page(topic: &Topic, section: &str, width: usize) -> Result<String, String> {
    let chapter = topic.chapter();
    if section.is_empty() {
        return Ok(if topic.brief { brief(&chapter, width) } else { text::plain(chapter.text, width) });
    }
    if let Some(Chapter { text }) = chapter.section(section) {
        return Ok(text::plain(text, width));
    }
    let headings = chapter.headings();
    let mut known: Vec<&str> = Vec::new();
    headings.iter().for_each(|heading| {
        if !known.contains(&heading.as_str()) {
            known.push(heading)
        }
    });
    let near = meant(section, &known);
    Err(format!("the topic “{}” has no section “{section}”{near} (its sections: {})", topic.name, known.join(", ")))
}

/// Returns the beginning of a chapter, and its sections, each with its first paragraph.
fn brief(chapter: &Chapter, width: usize) -> String {
    let (head, sections) = chapter.outline();
    let rows: Vec<Vec<String>> =
        sections.into_iter().map(|(words, first)| vec![words, text::one_line(first)]).collect();
    format!("{}\n{}", text::plain(head, width), table::described(&rows, text::INDENT, width))
}

/// Returns the width of the terminal, or of COLUMNS where there is none.
fn width() -> usize {
    let terminal = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    let said = || std::env::var("COLUMNS").ok()?.parse().ok();
    let width = io::stdout().is_terminal().then(terminal).flatten().or_else(said);
    width.unwrap_or(USUAL).clamp(NARROWEST, WIDEST)
}
