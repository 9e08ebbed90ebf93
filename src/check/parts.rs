//! The parts of a document: their letters, and fields that are not printed.

use std::collections::HashSet;

use super::Findings;
use super::header::not_printed;
use crate::diagnostic::Diagnostic;
use crate::model::{Path, Text, fields};

pub(super) fn check(findings: &mut Findings) {
    let document = &findings.reading.document;
    if !document.parts.is_empty() && !document.body.is_empty() {
        let error = Diagnostic::error("body-and-parts", "the document has both a body and parts");
        let hint = "move these blocks into the first part, or into a part of their own";
        findings.add(Path::from("body").index(0), error.hint(hint));
    }
    let mut letters = Letters::default();
    for (index, part) in document.parts.iter().enumerate() {
        let at = Path::from("parts").index(index);
        match part.letter.as_ref().map(Text::plain) {
            Some(own) => {
                letters.add(own, &at.field("letter"), findings);
            }
            None => {
                let error = Diagnostic::error("part-without-letter", "the part has no letter");
                let hint = findings.reading.format.add("letter", "A");
                findings.add(&at, error.hint(hint));
            }
        }
        not_printed(fields::part::ALL, part, &at, findings);
        if part.body.is_empty() {
            let error = Diagnostic::error("empty-body", "the part has no blocks");
            let hint = format!("add a block such as {}", findings.reading.format.block("preambular"));
            findings.add(at.field("body"), error.hint(hint));
        }
    }
}

/// The letters so far.
#[derive(Default)]
struct Letters {
    all: HashSet<String>,
    last: Option<String>,
}

impl Letters {
    /// Checks that letters are in sequence and unique; the first need not be A, since earlier parts may have been
    /// issued separately.
    fn add(&mut self, letter: String, at: &Path, findings: &mut Findings) {
        const LONGEST: usize = 20;
        let before = self.last.replace(letter.clone());
        if letter.chars().count() > LONGEST {
            let message = format!("the letter of the part has more than {LONGEST} characters");
            findings.add(at, Diagnostic::error("long-designation", message).hint("write it as “A”"));
        } else if self.all.contains(&letter) {
            let error = Diagnostic::error("part-letter-twice", format!("two parts have the letter “{letter}”"));
            findings.add(at, error.hint("give each part a letter of its own"));
        } else if let Some(last) = before
            && let (Some(next), Some(_)) = (following(&last), following(&letter))
            && letter != next.to_string()
        {
            let message = format!("part “{letter}” follows part “{last}” instead of “{next}”");
            let hint = "put the parts in order, or correct the letter";
            findings.add(at, Diagnostic::warning("part-letter-order", message).hint(hint));
        }
        self.all.insert(letter);
    }
}

/// Returns the next Latin capital, if a letter is one.
fn following(letter: &str) -> Option<char> {
    match letter.as_bytes() {
        [letter @ b'A'..=b'Z'] => Some(char::from(letter + 1)),
        _ => None,
    }
}
