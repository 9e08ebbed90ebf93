//! The words that masthead itself prints in a block whose kind it has written to a file.

use roxmltree::Node as Element;

use super::characters::folded;
use super::extensions::set_number;
use super::{Reader, within_note};
use crate::prepare::stopped;
use crate::prepare::words::words;

/// Claims what masthead itself prints in a block: numbers, labels, the headings of groups. Other words
/// between these stay unclaimed, unless the reader of the block claims them; unclaimed_text.rs keeps
/// them.
pub(super) fn says_own(reader: &mut Reader, node: Element) {
    let words = words(reader.language);
    let mut own: Vec<String> =
        words.votes.iter().chain(&words.remarks).map(|heading| format!("{heading}{}", words.colon)).collect();
    own.push(words.annex.to_owned());
    for number in node.descendants().filter_map(set_number) {
        own.extend([&words.figure, &words.table, &words.annex].map(|word| words.numbered(word, &number)));
        own.extend([stopped(&number, words), number]);
    }
    // In the form in which the texts of the file are compared below.
    let own: Vec<String> = own.iter().map(|own| folded(own).trim_matches(' ').to_owned()).collect();
    // A number that is counted is one word: "1.", in Arabic "1 -".
    let is_count = |text: Element, said: &str| {
        let words = said.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).count();
        words == 1 && text.parent().is_some_and(|above| above.tag_name().name() == "num")
    };
    let texts = node.descendants().filter(|text| text.is_text() && !within_note(*text, node));
    for text in texts {
        let said = folded(text.text().unwrap_or_default());
        let said = said.trim_matches(' ');
        if !said.contains(char::is_alphanumeric) || own.iter().any(|own| own == said) || is_count(text, said) {
            reader.says(text);
        }
    }
}
