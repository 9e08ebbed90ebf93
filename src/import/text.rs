//! Plain text, as it is pasted from a word processor.

use std::ops::Range;
use std::sync::{Arc, LazyLock};

use regex::Regex;

use super::draft::{Draft, Paragraph, Part};
use super::structure::typed_label;
use super::symbols::{Font, is_private, symbolic};
use crate::check::is_embedding;
use crate::diagnostic::Source;
use crate::model::{Inline, Text};

/// A mark of a note, as word processors write it in plain text.
static MARK: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\[(\d{1,3}|[ivxlc]{1,6}|\*{1,3})\]").ok());

/// Reads a text into paragraphs and notes.
pub(super) fn read(source: &Arc<Source>) -> Draft {
    let (notes, paragraphs): (Vec<_>, Vec<_>) =
        paragraphs(&source.text).into_iter().partition(|(_, text)| is_note(text));
    let marked = |text: &str| {
        let marks = MARK.as_ref().into_iter().flat_map(|mark| mark.captures_iter(text));
        marks.filter_map(|found| found.get(1)).map(|mark| mark.as_str().to_owned()).collect::<Vec<_>>()
    };
    let referred: Vec<String> = paragraphs.iter().flat_map(|(_, text)| marked(text)).collect();
    // A note that no text refers to is a paragraph, and so is a second one of the same mark.
    let mut kept: Vec<(String, Text)> = Vec::new();
    let mut parts = Vec::new();
    let mut findings = Vec::new();
    let mut texts = paragraphs;
    for (span, text) in notes {
        let mark = marked(&text).into_iter().next().unwrap_or_default();
        if referred.contains(&mark) && kept.iter().all(|(other, _)| *other != mark) {
            let said = text.trim_start()[mark.len() + "[]".len()..].trim_start();
            if shown(said).contains(is_private) {
                findings.push(symbolic().in_source(source, span));
            }
            kept.push((mark, Text::verbatim(&shown(said))));
        } else {
            texts.push((span, text));
        }
    }
    texts.sort_by_key(|(span, _)| span.start);
    for (span, mut text) in texts {
        text.retain(|c| !is_embedding(c));
        text = shown(&text);
        if text.contains(is_private) {
            findings.push(symbolic().in_source(source, span.clone()));
        }
        let pieces = pieces(&text, &kept);
        parts.push(Part::Paragraph(Paragraph { span, pieces, ..Paragraph::default() }));
    }
    Draft { source: source.clone(), parts, notes: kept, around: Vec::new(), findings }
}

/// Returns a text with the characters that the codes of symbol fonts stand for.
fn shown(text: &str) -> String {
    text.chars().map(|c| Font::Usual.shown(c).unwrap_or(c)).collect()
}

/// Whether a paragraph is the text of a note: “[1] See A/59/PV.65”.
fn is_note(text: &str) -> bool {
    MARK.as_ref().and_then(|mark| mark.find(text)).is_some_and(|found| text[..found.start()].trim().is_empty())
}

/// Returns a text as pieces, with its references to notes.
fn pieces(text: &str, notes: &[(String, Text)]) -> Vec<Inline> {
    let mut pieces = Vec::new();
    let mut done = 0;
    for found in MARK.as_ref().into_iter().flat_map(|mark| mark.find_iter(text)) {
        let mark = &found.as_str()[1..found.len() - 1];
        if notes.iter().any(|(known, _)| known == mark) {
            pieces.extend([Inline::plain(&text[done..found.start()]), Inline::note(mark)]);
            done = found.end();
        }
    }
    pieces.push(Inline::plain(&text[done..]));
    pieces
}

/// Returns the paragraphs. A line is a paragraph, unless the text is broken into lines of some width: then, lines
/// are joined up to an empty one, a label or a short line.
fn paragraphs(text: &str) -> Vec<(Range<usize>, String)> {
    /// The longest line of a text that is broken into lines.
    const WIDEST: usize = 120;
    /// The narrowest text of that kind.
    const NARROWEST: usize = 45;
    let mut lines = Vec::new();
    let mut start = 0;
    for whole in text.split_inclusive(['\n', '\u{b}', '\u{c}', '\u{2029}']) {
        let line = whole.trim_matches(|c: char| c.is_whitespace() && c != '\t' || c == '\u{feff}');
        let at = start + whole.find(line).unwrap_or_default();
        lines.push((at..at + line.len(), line));
        start += whole.len();
    }
    let length = |line: &str| line.chars().count();
    let widest = lines.iter().map(|(_, line)| length(line)).max().unwrap_or_default();
    // Most lines that another follows are full.
    let followed = lines.windows(2).filter(|two| two.iter().all(|(_, line)| !line.trim().is_empty()));
    let (full, all) =
        followed.fold((0, 0), |(full, all), two| (full + usize::from(length(two[0].1) * 5 >= widest * 3), all + 1));
    let is_broken = (NARROWEST..=WIDEST).contains(&widest)
        && full * 2 > all
        && lines.iter().any(|(_, line)| line.trim().is_empty());
    let mut out: Vec<(Range<usize>, String)> = Vec::new();
    let mut before = "";
    for (span, line) in lines {
        let full = length(before) * 5 >= widest * 3 && before.contains(' ');
        let goes_on = is_broken && full && typed_label(&shown(line)).is_none() && !is_note(line);
        match out.last_mut() {
            _ if line.trim().is_empty() => {}
            Some((place, text)) if goes_on => {
                place.end = span.end;
                *text += " ";
                *text += line;
            }
            _ => out.push((span, line.to_owned())),
        }
        before = line;
    }
    out
}
