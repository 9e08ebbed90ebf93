//! Lists of names: sponsors and the like.

use crate::check::is_state;
use crate::model::{Inline, Text};
use crate::prepare::words::Words;

/// Returns the names in a list such as “Azerbaijan, China and Uzbekistan”, with their footnote marks.
pub(in super::super) fn names(pieces: &[Inline], words: &Words) -> Vec<Text> {
    let written = Text::from(super::super::draft::unstyled(pieces)).written().to_owned();
    let and = words.and("");
    let written = written.trim().trim_end_matches(['.', ',', ';']).replace(" & ", and);
    let mut names: Vec<String> = Vec::new();
    for part in apart(&written) {
        let part = part.trim();
        let and = and.trim();
        // “and” comes before the last name after a comma, too.
        let part = part.strip_prefix(and).filter(|rest| rest.starts_with(' ')).map_or(part, str::trim);
        if !part.is_empty() {
            names.push(part.to_owned());
        }
    }
    // Some names have an “and” of their own.
    let bare = |name: &str| name.split("[^").next().unwrap_or_default().trim().to_owned();
    if let Some(last) = names.last().filter(|last| !is_state(&bare(last))).cloned() {
        let split = last.match_indices(and).map(|(at, _)| (&last[..at], &last[at + and.len()..]));
        let is_both = |(first, second): &(&str, &str)| is_state(&bare(first)) || is_state(&bare(second));
        let halves: Vec<_> = split.collect();
        if let Some((first, second)) = halves.iter().find(|halves| is_both(halves)).or(halves.first()) {
            names.pop();
            names.extend([*first, *second].map(|name| name.trim().to_owned()));
        }
    }
    names.into_iter().map(Text::from).collect()
}

/// Splits at commas, semicolons, line breaks, strokes and bullets that are not in brackets.
fn apart(text: &str) -> Vec<&str> {
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0_usize);
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            // A stroke within a name has no space on both sides.
            '/' if !(text[..at].ends_with(' ') && text[at..].starts_with("/ ")) => {}
            ',' | ';' | '\n' | '\t' | '،' | '、' | '，' | '；' | '/' | '|' | '•' if depth == 0 => {
                parts.push(&text[start..at]);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Language;
    use crate::prepare::words::words;

    #[test]
    fn names_are_listed() {
        for (text, wanted) in [
            ("Chile, Fiji and Malta", &["Chile", "Fiji", "Malta"][..]),
            ("Chile; Fiji; and Malta", &["Chile", "Fiji", "Malta"]),
            ("Chile, Fiji & Malta", &["Chile", "Fiji", "Malta"]),
            ("Bosnia & Herzegovina", &["Bosnia and Herzegovina"]),
            ("Chile / Fiji | Malta • Palau", &["Chile", "Fiji", "Malta", "Palau"]),
            ("Chile/Peru Group", &["Chile/Peru Group"]),
            ("Antigua and Barbuda", &["Antigua and Barbuda"]),
            ("Chile and Trinidad and Tobago", &["Chile", "Trinidad and Tobago"]),
            ("Bolivia (Plurinational State of), Chile", &["Bolivia (Plurinational State of)", "Chile"]),
        ] {
            let names = names(&[Inline::plain(text)], words(Language::En));
            assert_eq!(names.iter().map(Text::written).collect::<Vec<_>>(), wanted, "{text}");
        }
    }
}
