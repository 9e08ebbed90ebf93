//! The changes in words.

use std::fmt::Write;

use super::{Change, Kind, Words};
use crate::diagnostic::shortened as shortened_value;

/// As many words are shown on either side of a change.
const AROUND: usize = 6;

/// Returns the changes in words, one below the other. Deleted words are between [- and -], inserted words between
/// {+ and +}, as in other programs that compare words; in colour, the deleted ones are red and struck, and the inserted
/// ones green and underlined.
pub fn to_text(changes: &[Change], coloured: bool) -> String {
    let mut text = String::new();
    for change in changes {
        let what = match change.kind {
            Kind::Inserted => "inserted",
            Kind::Deleted => "deleted",
            Kind::Changed => "changed",
            Kind::Moved => "moved",
            Kind::Renumbered => "renumbered",
            Kind::Field => "changed (not printed)",
        };
        let what = match &change.note {
            Some(note) if note.starts_with(what) => note.clone(),
            Some(note) => format!("{what}: {note}"),
            None => what.to_owned(),
        };
        let _ = match (change.kind, &change.note) {
            // "operative paragraph 3 to 5: now operative paragraph 4 to 6"
            (Kind::Renumbered, Some(note)) => writeln!(text, "{} {note}", change.part),
            _ => writeln!(text, "{}: {what}", change.part),
        };
        let words = match change.kind {
            Kind::Field => change.words.iter().map(briefly).collect(),
            _ => change.words.clone(),
        };
        if !words.is_empty() {
            let _ = writeln!(text, "    {}", shown(&words, coloured));
        }
    }
    text
}

/// Returns the beginning of a value, which may be as long as the document.
fn briefly(words: &Words) -> Words {
    let short = |text: &String| shortened_value(text);
    match words {
        Words::Same(text) => Words::Same(short(text)),
        Words::Deleted(text) => Words::Deleted(short(text)),
        Words::Inserted(text) => Words::Inserted(short(text)),
    }
}

fn shown(words: &[Words], coloured: bool) -> String {
    let mark = |words: &str, (plain, colour): ((&str, &str), &str)| {
        let bare = words.trim();
        let lead = &words[..words.len() - words.trim_start().len()];
        let end = &words[words.trim_end().len().max(lead.len())..];
        match coloured {
            true => format!("{lead}\x1b[{colour}m{bare}\x1b[0m{end}"),
            false => format!("{lead}{}{bare}{}{end}", plain.0, plain.1),
        }
    };
    let last = words.len().saturating_sub(1);
    let one = |(index, words): (usize, &Words)| match words {
        Words::Same(same) => shortened(same, index == 0, index == last),
        Words::Deleted(words) => mark(words, (("[-", "-]"), "31;9")),
        Words::Inserted(words) => mark(words, (("{+", "+}"), "32;4")),
    };
    words.iter().enumerate().map(one).collect::<String>().trim().to_owned()
}

/// Returns the words next to changes, with an ellipsis for the others.
fn shortened(same: &str, first: bool, last: bool) -> String {
    let starts: Vec<usize> =
        same.match_indices(|c: char| c.is_whitespace()).map(|(at, space)| at + space.len()).collect();
    let (before, after) = (if first { 0 } else { AROUND }, if last { 0 } else { AROUND });
    if starts.len() <= before + after + 1 {
        return same.to_owned();
    }
    let head = if before == 0 { "" } else { &same[..starts[before]] };
    let tail = if after == 0 { "" } else { &same[starts[starts.len() - after]..] };
    format!("{head}… {tail}")
}
