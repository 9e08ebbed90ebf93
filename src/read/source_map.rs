//! Maps values to their places in the source, and the words of a text to places within its value.

use std::collections::BTreeMap;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use crate::model::Path;

/// The byte ranges of all values, by their paths in the model, such as `body[3].items[1]`.
#[derive(Debug, Clone, Default)]
pub struct SourceMap(BTreeMap<Path, Range<usize>>);

impl SourceMap {
    /// Returns the byte range of the value at `path`, or of the nearest value that contains it.
    pub fn of(&self, path: &Path) -> Range<usize> {
        path.outwards().find_map(|path| self.0.get(path)).cloned().unwrap_or(0..0)
    }

    /// Returns the byte range of the value at `path` itself.
    pub(crate) fn get(&self, path: &Path) -> Option<Range<usize>> {
        self.0.get(path).cloned()
    }

    /// Returns the places of everything within the value at `path`, by paths relative to it.
    pub(crate) fn within(&self, path: &Path) -> Self {
        let inner = self.0.range(path..).map_while(|(key, span)| Some((key.within(path)?, span.clone())));
        Self([(Path::default(), self.of(path))].into_iter().chain(inner).collect())
    }

    pub(super) fn insert(&mut self, path: Path, span: Range<usize>) {
        self.0.insert(path, span);
    }
}

/// Returns every place of a source at which a character is written, literally or as an escape of YAML,
/// JSON or XML.
pub(super) fn written(source: &str, c: char) -> Vec<Range<usize>> {
    let mut places: Vec<Range<usize>> = source.match_indices(c).map(|(at, found)| at..at + found.len()).collect();
    let code = u32::from(c);
    let mut units = [0; 2];
    let units = c.encode_utf16(&mut units);
    let mut escapes: Vec<String> = vec![
        units.iter().map(|unit| format!("\\u{unit:04x}")).collect(),
        format!("\\U{code:08x}"),
        format!("&#x{code:x};"),
        format!("&#{code};"),
    ];
    if code <= 0xFF {
        escapes.push(format!("\\x{code:02x}"));
    }
    if source.contains(['\\', '&']) {
        // The length stays the same, since only ASCII letters change case here.
        let lower = source.to_ascii_lowercase();
        for escape in escapes {
            let escape = escape.to_ascii_lowercase();
            for (at, _) in lower.match_indices(&escape) {
                let backslashes = source[..at].bytes().rev().take_while(|byte| *byte == b'\\').count();
                if backslashes % 2 == 0 || !escape.starts_with('\\') {
                    places.push(at..at + escape.len());
                }
            }
        }
        places.sort_by_key(|place| place.start);
        places.dedup();
    }
    places
}

/// Returns the bytes of `source` that correspond to those bytes of `text`. The source contains the text
/// in order, but with syntax between its characters: quotes, escapes, line ends, markup, tags.
pub(super) fn aligned(source: &str, text: &str, words: Range<usize>) -> Option<Range<usize>> {
    let found = followed(source, text, words.clone());
    let exact = text.get(words)?;
    if found.clone().is_some_and(|found| source.get(found) == Some(exact)) {
        return found;
    }
    // If the alignment was lost, the words themselves are searched for.
    let about = found.as_ref().map_or(source.len(), |found| found.start);
    let nearest = source.match_indices(exact).map(|(at, _)| at).min_by_key(|at| at.abs_diff(about));
    match nearest.filter(|_| !exact.is_empty()) {
        Some(at) => Some(at..at + exact.len()),
        None => found,
    }
}

/// Does the same character by character.
fn followed(source: &str, text: &str, words: Range<usize>) -> Option<Range<usize>> {
    // A footnote of an XML file is skipped, unless it is the text itself.
    let mut at = if source.starts_with("<authorialNote") { source.find('>').map_or(0, |end| end + 1) } else { 0 };
    let mut start = None;
    let mut end = None;
    for (index, c) in text.char_indices().take_while(|(index, _)| *index < words.end) {
        // A character that is not found nearby is written as an escape and skipped.
        let Some(found) = next(source, at, c).or_else(|| decomposed(source, at, c)) else { continue };
        at = found.end;
        if index >= words.start {
            start.get_or_insert(found.start);
            end = Some(found.end);
        }
    }
    match (start, end) {
        (Some(start), Some(end)) => Some(start..end),
        _ => None,
    }
}

/// Finds the next occurrence of a letter whose marks are separate characters.
fn decomposed(source: &str, from: usize, c: char) -> Option<Range<usize>> {
    let mut parts = std::iter::once(c).nfd();
    let first = parts.next().filter(|first| *first != c)?;
    let mut found = next(source, from, first)?;
    for part in parts {
        found.end = source[found.end..].starts_with(part).then(|| found.end + part.len_utf8())?;
    }
    Some(found)
}

/// Finds the next occurrence of the character, at or shortly after a place of the source.
fn next(source: &str, from: usize, c: char) -> Option<Range<usize>> {
    const NEAR: usize = 64;
    let mut at = from;
    let mut passed = 0;
    while passed <= NEAR {
        let rest = source.get(at..)?;
        if let Some(markup) = markup(rest) {
            at += markup;
            continue;
        }
        let here = rest.chars().next()?;
        if here == c || c.is_whitespace() && here.is_whitespace() {
            return Some(at..at + here.len_utf8());
        }
        at += here.len_utf8();
        // A line may be deeply indented.
        passed += usize::from(!here.is_whitespace());
    }
    None
}

/// Returns the length of what is not text at the beginning of the rest of a source: a footnote of an XML
/// file, a tag, the address of a link, a reference to a note.
fn markup(rest: &str) -> Option<usize> {
    // Anything that is not closed nearby is text.
    const LONGEST: usize = 2_000;
    let until = |end: &str| {
        let near = rest.as_bytes().get(..LONGEST).unwrap_or(rest.as_bytes());
        near.windows(end.len()).position(|part| part == end.as_bytes()).map(|at| at + end.len())
    };
    if rest.starts_with("<authorialNote") {
        const CLOSE: &str = "</authorialNote>";
        return rest.find(CLOSE).map(|at| at + CLOSE.len());
    }
    if let Some(tag) = rest.strip_prefix('<') {
        return if tag.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!') {
            until(">")
        } else {
            None
        };
    }
    if rest.starts_with("](http") || rest.starts_with("](mailto") {
        return until(")");
    }
    if rest.starts_with("[^") { until("]") } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said<'s>(source: &'s str, text: &str, stretch: &str) -> &'s str {
        let at = text.rfind(stretch).unwrap();
        &source[aligned(source, text, at..at + stretch.len()).unwrap()]
    }

    #[test]
    fn words_are_found_in_every_syntax() {
        let text = "Recalling its resolution 70/1, and the end";
        for source in [
            "'*Recalling* its resolution 70/1,[^1] and the end'",
            "*Recalling* its [resolution 70/1](https://undocs.org/A/RES/70/1),\n    and the end",
            "<p><span class=\"italic\">Recalling </span>its resolution 70/1,<authorialNote marker=\"1\"><p>and the end</p></authorialNote> and the end</p>",
        ] {
            for stretch in ["Recalling", "70/1", "and the end", "end"] {
                let found = said(source, text, stretch).replace("\n   ", "");
                assert_eq!(found, stretch, "{source}");
            }
            assert!(source.ends_with(&source[source.rfind("and").unwrap()..]));
        }
        assert_eq!(said("a b\\u00a0c \\\"d\\\" e", "a b\u{a0}c \"d\" e", "e"), "e");
        let note =
            "<authorialNote marker=\"1\"><p>\t\u{a0}\tSee <a href=\"x\">A/77/6 (Sect. 26)</a>.</p></authorialNote>";
        assert_eq!(said(note, "See A/77/6 (Sect. 26).", "Sect. 26"), "Sect. 26");
        assert_eq!(said("the the", "the the", "the"), "the");
        assert_eq!(aligned("abc", "xyz", 0..1), None);
        assert_eq!(said("a Co\u{302}te d’Ivoire", "a Côte d’Ivoire", "Côte"), "Co\u{302}te");
        assert_eq!(said("a pro\u{ad}gram to", "a program to", "program"), "pro\u{ad}gram");
    }

    #[test]
    fn characters_are_found_as_they_are_written() {
        let reported =
            |source: &'static str, c| written(source, c).into_iter().map(|at| &source[at]).collect::<Vec<_>>();
        assert_eq!(
            reported("a\u{ad}b\\u00ADc\\xad&#xAD;&#173; \\\\u00ad", '\u{ad}'),
            ["\u{ad}", "\\u00AD", "\\xad", "&#xAD;", "&#173;"]
        );
        assert_eq!(reported("\\udb40\\udd00 \\U000E0100", '\u{e0100}'), ["\\udb40\\udd00", "\\U000E0100"]);
    }
}
