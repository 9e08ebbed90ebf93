//! Makes labels such as `(a)` and `i.` begin list items, as `1.` does in Markdown.

use std::borrow::Cow;

/// Returns the text with each label that begins an item turned into a number of the same length, so
/// that the Markdown parser reads it as the beginning of a list item.
///
/// A label begins an item if the line above is empty or ends a clause, or if it is the label
/// that follows one above and all lines between are indented more deeply; in “paragraph 3 /
/// (b) of the resolution” it does not.
pub(super) fn numbered(text: &str) -> Cow<'_, str> {
    let mut out = Cow::Borrowed(text);
    let (mut start, mut above) = (0, "");
    // The labels that another one may follow, with their indentation.
    let mut open: Vec<(usize, &str)> = Vec::new();
    for whole in text.split_inclusive('\n') {
        let line = whole.trim_start_matches([' ', '\t', '>']);
        let indent = whole.len() - line.len();
        if !line.trim().is_empty() {
            open.retain(|(at, _)| *at <= indent);
            let last = open.pop_if(|(at, _)| *at == indent);
            let next = |label: &str| last.is_some_and(|(_, before)| follows(before, label));
            if let Some(label) = label(line).filter(|label| next(label) || ends_clause(above)) {
                let at = start + indent;
                let figures = format!("{}1", "0".repeat(label.len() - 2));
                out.to_mut().replace_range(at..at + label.len() - 1, &figures);
                open.push((indent, label));
            }
        }
        above = line;
        start += whole.len();
    }
    out
}

/// Returns the label with which a text begins, if a space follows it: `(a)` `(iv)` `(2)` `(a bis)`
/// `a)` `a.` `ii.`
pub(super) fn label(text: &str) -> Option<&str> {
    let bare = text.strip_prefix('(');
    let inner = bare.unwrap_or(text);
    let core = inner.split(|c: char| !c.is_ascii_alphanumeric()).next()?;
    let mut rest = &inner[core.len()..];
    if bare.is_some() {
        let later = [" bis", " ter", " quater"].iter().find_map(|word| rest.strip_prefix(word));
        rest = later.unwrap_or(rest);
    }
    let closed = rest.strip_prefix(')').or_else(|| rest.strip_prefix('.').filter(|_| bare.is_none()))?;
    let fits = is_letters(core) || (bare.is_some() && is_figures(core));
    let ends = closed.is_empty() || closed.starts_with([' ', '\t', '\r', '\n']);
    (fits && ends).then(|| &text[..text.len() - closed.len()])
}

/// Whether it is one letter, the same letter repeated, or a lower-case Roman numeral.
fn is_letters(core: &str) -> bool {
    const LONGEST: usize = 5;
    let Some(first) = core.chars().next().filter(char::is_ascii_lowercase) else { return false };
    core.len() <= LONGEST && (core.chars().all(|c| c == first) || core.chars().all(|c| "ivx".contains(c)))
}

fn is_figures(core: &str) -> bool {
    (1..=2).contains(&core.len()) && core.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a label may follow another: of single letters only the next one.
fn follows(before: &str, label: &str) -> bool {
    let letter = |label: &str| match label.trim_start_matches('(').trim_end_matches([')', '.']).as_bytes() {
        [letter] => Some(*letter),
        _ => None,
    };
    match (letter(before), letter(label)) {
        (Some(before), Some(letter)) => letter == before + 1,
        _ => true,
    }
}

/// Whether a line is empty or ends with punctuation that ends a clause, or with “; and”.
fn ends_clause(line: &str) -> bool {
    const JOINTS: [&str; 9] = ["and", "or", "et", "ou", "y", "o", "и", "или", "و"];
    let mut line = line.trim_end().trim_end_matches('*');
    while let Some(reference) = line.strip_suffix(']').and_then(|text| text.rfind("[^")) {
        line = line[..reference].trim_end_matches('*');
    }
    let joint = line.rsplit_once([';', ',', '؛']).is_some_and(|(_, word)| JOINTS.contains(&word.trim()));
    line.is_empty() || joint || line.ends_with([':', ';', '.', '：', '；', '。', '؛'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_distinguished_from_text() {
        for (text, is) in [("(a) x", "(a)"), ("(iv) x", "(iv)"), ("(a bis) x", "(a bis)"), ("(12) x", "(12)")] {
            assert_eq!(label(text), Some(is));
        }
        for (text, is) in [("a. x", "a."), ("b) x", "b)"), ("xii. x", "xii."), ("aa. x", "aa.")] {
            assert_eq!(label(text), Some(is));
        }
        for text in ["(a)x", "(A) x", "(the) x", "i.e. x", "1. x", "civil. x", "(a x", "a x", "", "(", "(é) x"] {
            assert_eq!(label(text), None, "{text}");
        }
    }

    #[test]
    fn they_begin_items_after_a_clause_only() {
        let items =
            |text: &str| numbered(text).lines().map(|line| line.contains("1) ") || line.contains("1. ")).collect();
        let reported: Vec<bool> = items("to:\n (a) x; and\n (b) y\n (c) z\n in paragraph\n (b) of\n\n (iii) w");
        assert_eq!(reported, [false, true, true, true, false, false, false, true]);
        let reported: Vec<bool> = items("as:\n (a) x\n   more\n (b) y\n (c) z\n no\n (d) v\n");
        assert_eq!(reported, [false, true, false, true, true, false, false]);
        let reported: Vec<bool> = items("as *here*:[^1]\na. x,\n (ii) y\n> (a) z");
        assert_eq!(reported, [false, true, false, false]);
        assert_eq!(numbered("é:\n(a bis) é"), "é:\n000001) é");
    }
}
