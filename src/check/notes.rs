//! Footnotes: every reference must have a footnote, in its part or in the document, and every footnote a
//! reference.

use std::collections::BTreeSet;

use super::Findings;
use super::texts::Text;
use crate::diagnostic::{Diagnostic, shortened};
use crate::model::Path;
use crate::model::limits::LONGEST_TEXT;

pub(super) fn check(texts: &[Text], findings: &mut Findings) {
    let of_pages = |text: &Text| text.table.is_none();
    let defined: BTreeSet<(Option<usize>, &str)> =
        texts.iter().filter(|text| of_pages(text)).filter_map(|text| Some((text.part(), text.footnote?))).collect();
    let mut lettered: BTreeSet<(&Path, &str)> = BTreeSet::new();
    let mut referred: BTreeSet<(Option<usize>, String)> = BTreeSet::new();
    for text in texts.iter().filter(|text| !text.plain && text.text.contains("[^") && text.text.len() <= LONGEST_TEXT) {
        for (mark, range) in text.inline.notes() {
            let reference = &text.text[range];
            if text.footnote.is_some() {
                let error = Diagnostic::error("footnote-nested", "a footnote refers to a footnote");
                findings.add_in(&text.path, reference, error.hint("write the content out in the text of the note"));
            } else if let Some((at, _)) = text.table.as_ref().filter(|(_, table)| table.notes.contains_key(mark)) {
                lettered.insert((at, mark));
            } else if let Some(of) = [text.part(), None].into_iter().find(|of| defined.contains(&(*of, mark))) {
                if text.printed {
                    referred.insert((of, mark.to_owned()));
                }
            } else {
                let message = format!("no footnote “{}”", shortened(mark));
                let hint = match &text.table {
                    Some(_) => {
                        format!("add “{0}: …” under “notes:” of the table, or under “footnotes:”", shortened(mark))
                    }
                    None => format!("add “{0}: …” under “footnotes:”, or “[^{0}]: …” in Markdown", shortened(mark)),
                };
                findings.add_in(&text.path, reference, Diagnostic::error("footnote-undefined", message).hint(hint));
            }
        }
    }
    for text in texts {
        let unused = |mark: &&str| match &text.table {
            Some((at, _)) => !lettered.contains(&(at, *mark)),
            None => !referred.contains(&(text.part(), (*mark).to_owned())),
        };
        if let Some(mark) = text.footnote.filter(unused) {
            let of = if of_pages(text) { "text" } else { "table" };
            let message = format!("the {of} does not refer to the note “{}”", shortened(mark));
            let hint = format!("put [^{}] where its mark belongs, or remove the note", shortened(mark));
            findings.add(&text.path, Diagnostic::error("footnote-unused", message).hint(hint));
        }
    }
}
