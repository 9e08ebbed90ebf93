//! Numbers and labels that are typed at the beginning of a paragraph.

use std::sync::LazyLock;

use regex::Regex;

use super::super::draft::{Paragraph, Place, without_start};
use crate::read::{is_designation, numeral};

/// The most characters of a label.
const LONGEST: usize = 9;
/// The longest heading with a number in capitals: “IV. Conclusions”, but not “A. Smith said that …”.
const LONGEST_HEADING: usize = 100;

static DOTTED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^\d{1,3}(?:\.\d{1,3}){1,4}\.?$").ok());
static DASHED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^(\p{Nd}{1,3})[ \u{a0}]?[-–][\s\u{a0}]").ok());

/// The Latin words after the number of a paragraph that was inserted.
const SUFFIXES: &str = "bis|ter|quater|quinquies|sexies|septies|octies|novies|decies";

/// “1 bis.”, “2A.”, “(a bis)”. Without a stop or a tab, a word such as “bis” may be one of the text.
static INSERTED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let number = format!(r"\d{{1,3}}(?:[ \x{{a0}}]?(?:{SUFFIXES})|[A-Z])[.)]");
    let item = format!(r"\(?[a-z]{{1,4}}[ \x{{a0}}](?:{SUFFIXES})\)");
    Regex::new(&format!(r"^({number}|{item})\s|^(\d{{1,3}}[ \x{{a0}}]?(?:{SUFFIXES}))\t")).ok()
});
/// What is before and after the suffix of a label.
static AROUND: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let number = format!(r"(\d{{1,3}})(?:[ \x{{a0}}]?(?:{SUFFIXES})|[A-Z])");
    let item = format!(r"(\(?[a-z]{{1,4}})[ \x{{a0}}](?:{SUFFIXES})");
    Regex::new(&format!(r"^(?:{number}|{item})([.)]?)$")).ok()
});

/// Returns the label with which a text begins, and where its text begins.
pub(in super::super) fn typed_label(text: &str) -> Option<(String, usize)> {
    let start = text.len() - text.trim_start().len();
    let line = &text[start..];
    if let Some(found) = DASHED.as_ref().and_then(|dashed| dashed.captures(line)) {
        let (whole, number) = (found.get(0)?, found.get(1)?);
        return ends(text, start + whole.end(), format!("{} -", number.as_str()));
    }
    let inserted = INSERTED.as_ref().and_then(|inserted| inserted.captures(line));
    if let Some(label) = inserted.and_then(|found| found.get(1).or(found.get(2))) {
        return ends(text, start + label.end(), label.as_str().replace('\u{a0}', " "));
    }
    let word = line.split(char::is_whitespace).next()?;
    let after = &line[word.len()..];
    let is_short = word.chars().count() <= LONGEST;
    if !is_short || after.trim().is_empty() {
        return None;
    }
    let end = start + word.len();
    let mut letters = word.chars();
    if let (Some(c), None) = (letters.next(), letters.next()) {
        let is_bullet = "•–—-▪●○■□➢✓·*‣◦".contains(c) || c == 'o' && after.starts_with('\t');
        let shown = match c {
            '·' | '‣' => '•',
            'o' | '◦' => '○',
            c => c,
        };
        return if is_bullet { ends(text, end, shown.to_string()) } else { None };
    }
    let is_dotted = DOTTED.as_ref().is_some_and(|dotted| dotted.is_match(word));
    let is_closed = word.ends_with([')', '.', '）', '．', '、', '-']) && is_designation(word);
    // A name may begin with a capital and a stop.
    let is_capital = word.ends_with('.') && word.starts_with(char::is_uppercase);
    let ending = line.trim_end().ends_with(['.', ';', ',', ':']);
    let is_name = is_capital && !after.starts_with('\t') && (ending || line.chars().count() > LONGEST_HEADING);
    if is_dotted || is_closed && !is_name { ends(text, end, word.to_owned()) } else { None }
}

/// Returns a label with the place of the text after it.
fn ends(text: &str, end: usize, label: String) -> Option<(String, usize)> {
    let rest = text[end..].trim_start();
    (!rest.is_empty()).then(|| (label, text.len() - rest.len()))
}

/// Returns the label after which one was inserted: “1.” for “1 bis.”, “(a)” for “(a bis)”. Returns `None` for others.
pub(super) fn before_inserted(label: &str) -> Option<String> {
    let found = AROUND.as_ref()?.captures(label)?;
    let number = found.get(1).or(found.get(2))?;
    Some(number.as_str().to_owned() + found.get(3)?.as_str())
}

/// A number or label, typed or of a list.
pub(super) struct Designation {
    pub text: String,
    pub place: Option<Place>,
}

/// Returns a paragraph without its number or label, and that: of a list, or typed.
pub(super) fn designated(mut paragraph: Paragraph) -> (Paragraph, Option<Designation>) {
    if let Some(label) = paragraph.label.take() {
        let designation = Designation { text: label.text, place: Some(label.place) };
        return (paragraph, Some(designation));
    }
    let plain = paragraph.plain();
    let Some((text, start)) = typed_label(&plain) else { return (paragraph, None) };
    paragraph.pieces = without_start(&paragraph.pieces, start);
    (paragraph, Some(Designation { text, place: None }))
}

/// Whether a label is the number of a paragraph rather than of a sub-paragraph.
pub(super) fn is_number(label: &Designation) -> bool {
    let is_dotted =
        || label.text.contains('.') && label.text.split('.').all(|part| part.chars().all(|c| c.is_ascii_digit()));
    let is_first = label.place.as_ref().is_none_or(|place| place.level == 0);
    let before = before_inserted(&label.text);
    let is_figure = numeral(before.as_ref().unwrap_or(&label.text)).is_some()
        || label.text.trim_end_matches('.').parse::<u16>().is_ok();
    is_first && is_figure || is_dotted() && !is_designation(&label.text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_labels_are_distinguished_from_text() {
        for (text, label, rest) in [
            ("1. Decides", "1.", "Decides"),
            (" 12)\tDecides", "12)", "Decides"),
            ("(a) To report;", "(a)", "To report;"),
            ("ii.\u{a0}To report", "ii.", "To report"),
            ("• To report", "•", "To report"),
            ("- To report", "-", "To report"),
            ("o\tTo report", "○", "To report"),
            ("3.2 Scope", "3.2", "Scope"),
            ("IV. Conclusions", "IV.", "Conclusions"),
            ("A.\tThe tides, as they are.", "A.", "The tides, as they are."),
            ("١ - يقرر", "١ -", "يقرر"),
            ("(أ) يقرر", "(أ)", "يقرر"),
            ("1 bis.\tDecides", "1 bis.", "Decides"),
            ("1\u{a0}bis\tDecides", "1 bis", "Decides"),
            ("12ter. Decides", "12ter.", "Decides"),
            ("2A. Decides", "2A.", "Decides"),
            ("(a bis) To report", "(a bis)", "To report"),
            ("一、决定", "", ""),
            ("（一） 决定", "（一）", "决定"),
        ] {
            let found = typed_label(text);
            let shown = found.as_ref().map_or(("", ""), |(label, at)| (label, &text[*at..]));
            assert_eq!(shown, (label, rest), "{text}");
        }
        for text in [
            "A. Smith said so.",
            "i.e. the tide",
            "1.",
            "2023 was",
            "5 bis 7 Tage",
            "5 bisons.",
            "3D printers",
            "The tide",
            "o word",
            "etc. and",
            "",
            "5 May",
        ] {
            assert_eq!(typed_label(text), None, "{text}");
        }
    }

    #[test]
    fn inserted_numbers_come_after_others() {
        for (label, before) in [("1 bis.", "1."), ("1bis", "1"), ("2A.", "2."), ("(iv ter)", "(iv)"), ("a bis)", "a)")]
        {
            assert_eq!(before_inserted(label).as_deref(), Some(before));
        }
        for label in ["1.", "(a)", "A.", "(bis)", "1 bison", "•"] {
            assert_eq!(before_inserted(label), None, "{label}");
        }
    }
}
