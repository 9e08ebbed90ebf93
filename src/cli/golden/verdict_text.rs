//! A verdict as text for the terminal.

use std::fmt::Write;

use clap::builder::styling::{AnsiColor, Style};
use masthead::golden::{Difference, Level, Outcome, State, Verdict};
use masthead::visible::{visible, visible_lines};

/// The number of differences of a case that are listed before the rest is only counted.
const MOST: usize = 12;

/// Returns every case that is not the same, and the counts of all.
pub fn verdict(verdict: &Verdict, colour: bool, all: bool) -> String {
    let mut text = String::new();
    for case in verdict.cases.iter().filter(|case| case.state != State::Same) {
        text += &outcome(case, colour, all);
        text.push('\n');
    }
    for path in &verdict.orphans {
        let _ =
            writeln!(text, "{} {}\n", painted("orphaned", AnsiColor::Red, colour), visible(&path.to_string_lossy()));
    }
    let mut warn = |message: String| {
        let _ = writeln!(text, "{} {}\n", painted("warning", AnsiColor::Yellow, colour), visible(&message));
    };
    for mask in &verdict.idle_masks {
        warn(format!("the mask “{mask}” in golden.toml covers nothing"));
    }
    for pattern in &verdict.unmatched {
        warn(format!("“{pattern}” in golden.toml matches no document"));
    }
    text + &summary(verdict) + "\n"
}

/// Returns one case: its state and its differences.
pub fn outcome(case: &Outcome, colour: bool, all: bool) -> String {
    let paint = match case.state {
        State::Same => AnsiColor::Green,
        State::New => AnsiColor::Cyan,
        _ => AnsiColor::Red,
    };
    let mut text = format!("{} {}\n", painted(case.state.words(), paint, colour), visible(&case.name));
    text += &differences(&case.differences, colour, all);
    if case.state == State::New {
        text += "  no references yet\n";
    }
    for line in case.message.trim_end().lines() {
        let _ = writeln!(text, "  {}", visible_lines(line));
    }
    text
}

/// Returns the differences, one per line: the first ones, or all.
pub fn differences(list: &[Difference], colour: bool, all: bool) -> String {
    let shown = if all { list.len() } else { MOST };
    let mut text: String = list.iter().take(shown).map(|difference| line(difference, colour)).collect();
    if list.len() > shown {
        let _ = writeln!(text, "  … and {} more (--all)", list.len() - shown);
    }
    text
}

fn line(difference: &Difference, colour: bool) -> String {
    let level = difference.level.name();
    let paint = match difference.level {
        Level::Geometry => AnsiColor::Yellow,
        Level::Pixels => AnsiColor::Blue,
        Level::File => AnsiColor::Magenta,
        _ => AnsiColor::Red,
    };
    let about_page = difference.part.starts_with("page");
    let page = difference.page.filter(|_| !about_page).map(|page| format!(" (page {page})")).unwrap_or_default();
    let difference = format!("{difference}{page}");
    format!("  {} {}\n", painted(&format!("{level:8}"), paint, colour), visible(&difference))
}

/// Returns the number of cases in each state.
pub fn summary(verdict: &Verdict) -> String {
    let states = [
        (State::Same, "same"),
        (State::Different, "different"),
        (State::New, "new"),
        (State::Refused, "refused"),
        (State::Broken, "not checked"),
    ];
    let counted = states.into_iter().map(|(state, word)| (verdict.count(state), word));
    let mut words: Vec<String> =
        counted.filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
    if !verdict.orphans.is_empty() {
        words.push(format!("{} orphaned", verdict.orphans.len()));
    }
    let cases = verdict.cases.len();
    let s = if cases == 1 { "" } else { "s" };
    if words.is_empty() { format!("{cases} case{s}") } else { format!("{cases} case{s}: {}", words.join(", ")) }
}

fn painted(word: &str, paint: AnsiColor, colour: bool) -> String {
    if !colour {
        return word.to_owned();
    }
    let style = Style::new().bold().fg_color(Some(paint.into()));
    format!("{style}{word}{style:#}")
}
