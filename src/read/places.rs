//! Where values stand in their source, and the words of a text within its value.

use std::collections::BTreeMap;
use std::ops::Range;

/// The bytes of every value, by its path in the model, such as `body[3].items[1]`.
#[derive(Debug, Clone, Default)]
pub struct Places(BTreeMap<String, Range<usize>>);

impl Places {
    /// The bytes of the value at `path`, or of the nearest one that holds it.
    pub fn of(&self, path: &str) -> Range<usize> {
        let mut path = path;
        loop {
            if let Some(span) = self.0.get(path) {
                return span.clone();
            }
            match path.rfind(['.', '[']) {
                Some(cut) => path = &path[..cut],
                None => return self.0.get("").cloned().unwrap_or(0..0),
            }
        }
    }

    pub(super) fn insert(&mut self, path: String, span: Range<usize>) {
        self.0.insert(path, span);
    }
}

/// The bytes of `source` that say those bytes of `text`. The source says the text in its order
/// but has signs between its characters: quotes, escapes, line ends, markup, tags.
pub(super) fn aligned(source: &str, text: &str, words: Range<usize>) -> Option<Range<usize>> {
    let found = followed(source, text, words.clone());
    let exact = text.get(words)?;
    if found.clone().is_some_and(|found| source.get(found) == Some(exact)) {
        return found;
    }
    // Where the way through the signs was lost, the words themselves are looked for.
    let about = found.as_ref().map_or(source.len(), |found| found.start);
    let nearest = source.match_indices(exact).map(|(at, _)| at).min_by_key(|at| at.abs_diff(about));
    match nearest.filter(|_| !exact.is_empty()) {
        Some(at) => Some(at..at + exact.len()),
        None => found,
    }
}

/// The same, character by character.
fn followed(source: &str, text: &str, words: Range<usize>) -> Option<Range<usize>> {
    // A footnote of an XML file is passed over, unless it is the text itself.
    let mut at = if source.starts_with("<authorialNote") { source.find('>').map_or(0, |end| end + 1) } else { 0 };
    let mut start = None;
    let mut end = None;
    for (index, c) in text.char_indices().take_while(|(index, _)| *index < words.end) {
        // A character that is not near is written otherwise, as an escape: it is passed over.
        let Some(found) = next(source, at, c) else { continue };
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

/// Where the character is said next, at or soon after a place of the source.
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
        // A line may be indented far.
        passed += usize::from(!here.is_whitespace());
    }
    None
}

/// The length of what is no text at the beginning of the rest of a source: a footnote of an XML
/// file, a tag, the address of a link, a reference to a note.
fn markup(rest: &str) -> Option<usize> {
    let until = |end: &str| rest.find(end).map(|at| at + end.len());
    if rest.starts_with("<authorialNote") {
        return until("</authorialNote>");
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
    }
}
