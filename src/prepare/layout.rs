//! Finds manually broken lines of the session block and the title in their texts.

use std::ops::Range;

use super::prepared::{Opening, OpeningRole, Run, Runs, SessionLine};
use crate::model::{Document, Text};

/// A difference between given lines and their text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Mismatch {
    /// The line with this index does not match; the text continues like this.
    Line(usize, String),
    /// The lines end before the text, which continues like this.
    Missing(String),
}

/// Returns the text of runs, without marks of notes; kept line ends are spaces.
pub fn text_of(runs: &[Run]) -> String {
    let said = runs.iter().map(|run| match run {
        Run::Text { text, .. } => text.as_str(),
        Run::Note { .. } => "",
        Run::Break { .. } => " ",
    });
    said.collect()
}

/// Ends the lines of the session block and the title where the document requests it, if the lines match the text.
pub(super) fn end_lines(document: &Document, session: &mut [Vec<SessionLine>], opening: &mut [Opening]) {
    let lines = session.iter_mut().flatten().collect::<Vec<_>>();
    let texts: Vec<String> = lines.iter().map(|line| text_of(&line.runs)).collect();
    if let Ok(ends) = line_ends(&texts, &document.layout.session_lines) {
        lines.into_iter().zip(ends).for_each(|(line, ends)| end(&mut line.runs, &mut line.ends, ends));
    }
    let range = of_title(document, opening);
    let texts: Vec<String> = opening[range.clone()].iter().map(|entry| text_of(&entry.runs)).collect();
    if let Ok(ends) = line_ends(&texts, &document.layout.title_lines) {
        opening[range].iter_mut().zip(ends).for_each(|(entry, ends)| end(&mut entry.runs, &mut entry.ends, ends));
    }
}

/// Ends the lines of runs at exactly these places.
fn end(runs: &mut Runs, own: &mut Vec<usize>, ends: Vec<usize>) {
    let broken = runs.iter_mut().filter(|run| matches!(run, Run::Break { .. }) && !ends.is_empty());
    broken.for_each(|run| *run = Run::text(" "));
    *own = ends;
}

/// Returns the paragraphs that the lines given for the title contain: the title, or all between the session block and
/// the body.
fn of_title(document: &Document, opening: &[Opening]) -> Range<usize> {
    let texts: Vec<String> = opening.iter().map(|entry| text_of(&entry.runs)).collect();
    if line_ends(&texts, &document.layout.title_lines).is_ok() {
        return 0..opening.len();
    }
    opening.iter().position(|entry| is_title(document, entry)).map_or(0..0, |at| at..at + 1)
}

/// Returns where the given lines of the session block and the title do not match their texts.
pub(crate) fn mismatches(
    document: &Document,
    session: &[Vec<SessionLine>],
    opening: &[Opening],
) -> [Option<Mismatch>; 2] {
    let said: Vec<String> = session.iter().flatten().map(|line| text_of(&line.runs)).collect();
    let titles: Vec<String> = opening[of_title(document, opening)].iter().map(|entry| text_of(&entry.runs)).collect();
    let compared = |texts: &[String], lines: &[Text]| match lines.is_empty() {
        true => None,
        false => line_ends(texts, lines).err(),
    };
    [compared(&said, &document.layout.session_lines), compared(&titles, &document.layout.title_lines)]
}

/// Returns whether a paragraph of the opening is the title of the document.
fn is_title(document: &Document, entry: &Opening) -> bool {
    let set_as_one = matches!(entry.role, OpeningRole::Title | OpeningRole::Headline);
    set_as_one && document.title.as_ref().is_some_and(|title| title.plain().trim() == text_of(&entry.runs).trim())
}

/// Returns where the lines of each text end, in characters, if the lines are these texts in order. Without lines there
/// are no ends. All white space counts as a space; a line may also end within a word, after a hyphen or dash.
fn line_ends(texts: &[String], lines: &[Text]) -> Result<Vec<Vec<usize>>, Mismatch> {
    let mut all = vec![Vec::new(); texts.len()];
    if lines.is_empty() {
        return Ok(all);
    }
    let texts: Vec<Vec<char>> = texts.iter().map(|text| text.chars().collect()).collect();
    let (mut text, mut at) = (0, 0);
    for (number, line) in lines.iter().enumerate() {
        let rest = || texts.get(text).map(|chars| chars[at..].iter().collect::<String>()).unwrap_or_default();
        let mismatch = || Mismatch::Line(number, rest().trim().to_owned());
        let chars = texts.get(text).ok_or_else(mismatch)?;
        let end = followed(chars, at, &line.plain()).ok_or_else(mismatch)?;
        match chars.get(end) {
            None => (text, at) = (text + 1, 0),
            Some(next) if next.is_whitespace() || matches!(chars[end - 1], '-' | '\u{2010}'..='\u{2014}') => {
                all[text].push(end);
                at = end;
            }
            Some(_) => return Err(mismatch()),
        }
    }
    match texts.get(text) {
        Some(chars) => Err(Mismatch::Missing(chars[at..].iter().collect::<String>().trim().to_owned())),
        None => Ok(all),
    }
}

/// Replaces hyphens of any kind by one.
fn hyphen(c: char) -> char {
    if matches!(c, '\u{2010}' | '\u{2011}') { '-' } else { c }
}

/// Returns where a line ends in a text if the text continues with it from a place on.
fn followed(chars: &[char], from: usize, line: &str) -> Option<usize> {
    let skip = |mut at: usize| {
        while chars.get(at).is_some_and(|c| c.is_whitespace()) {
            at += 1;
        }
        at
    };
    let mut at = from;
    for word in line.split_whitespace() {
        at = skip(at);
        for c in word.chars() {
            if chars.get(at).copied().map(hyphen) != Some(hyphen(c)) {
                return None;
            }
            at += 1;
        }
        if !chars.get(at).is_none_or(|c| c.is_whitespace()) && !line.ends_with(word) {
            return None;
        }
    }
    (at > from).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(texts: &[&str], lines: &[&str]) -> Result<Vec<Vec<usize>>, Mismatch> {
        let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
        let lines: Vec<Text> = lines.iter().map(|line| (*line).into()).collect();
        line_ends(&texts, &lines)
    }

    #[test]
    fn lines_are_found_in_the_texts() {
        let texts = ["Eighty-fourth session", "Agenda\u{a0}item 18", "Tides and shores: socio-economic tides"];
        let lines = ["Eighty-fourth session", "Agenda item 18", "*Tides* and  shores: socio-", "economic", "tides"];
        assert_eq!(ends(&texts, &lines), Ok(vec![vec![], vec![], vec![24, 32]]));
        assert_eq!(ends(&texts, &[]), Ok(vec![vec![], vec![], vec![]]));
        assert_eq!(ends(&texts[..1], &["Eighty-fourth"]), Err(Mismatch::Missing("session".into())));
        assert_eq!(ends(&texts[..1], &["Eighty-fourth", "meeting"]), Err(Mismatch::Line(1, "session".into())));
        assert_eq!(ends(&texts[..1], &["Eighty-four", "th session"]), Err(Mismatch::Line(0, texts[0].into())));
        assert_eq!(ends(&texts[..1], &["Eighty-fourth session", "x"]), Err(Mismatch::Line(1, String::new())));
        assert_eq!(ends(&texts[..1], &["", "Eighty-fourth session"]), Err(Mismatch::Line(0, texts[0].into())));
    }
}
