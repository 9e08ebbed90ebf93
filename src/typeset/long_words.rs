//! Words that are longer than a line can be cut: the engine does not cut them, and
//! they would leave the page.

use crate::prepare::{Block, Prepared, Run, Runs};

/// The longest stretch that is not cut, in characters: it fits the session block in
/// 12 points bold.
pub(super) const LONGEST: usize = 20;
/// Words of up to this length are not changed.
pub(super) const USUAL: usize = 45;

/// Adds zero-width spaces to long words, wherever the composer does not cut them.
pub(super) fn open_long_words(prepared: &mut Prepared) {
    prepared.session.iter_mut().flatten().for_each(|line| open(&mut line.runs));
    prepared.opening.iter_mut().for_each(|entry| open(&mut entry.runs));
    prepared.notes.iter_mut().for_each(|note| open(&mut note.runs));
    if let Some(title) = &mut prepared.running.title {
        *title = opened(title);
    }
    for block in &mut prepared.body {
        match block {
            Block::Paragraph { runs, .. } | Block::Heading { runs, .. } => open(runs),
            Block::Annex { heading, title, .. } | Block::Part { heading, title, .. } => {
                open(heading);
                title.iter_mut().for_each(open);
            }
            Block::Signature { lines } | Block::Closing { lines } => lines.iter_mut().for_each(open),
            // The words of cells are cut according to the column widths (`tables`).
            Block::Figure { title, units, below, .. } | Block::Table { title, units, below, .. } => {
                title.iter_mut().chain(units).for_each(open);
                below.iter_mut().for_each(|remark| open(&mut remark.runs));
            }
        }
    }
}

fn open(runs: &mut Runs) {
    for run in runs {
        if let Run::Text { text, .. } = run
            && has_long_word(text)
        {
            *text = opened(text);
        }
    }
}

/// Whether a line may end behind a character, wherever words are cut.
fn ends_word(c: char) -> bool {
    matches!(c, ' ' | '-' | '\u{2013}' | '\u{2014}' | '\u{200b}') || ideographic(c)
}

/// Whether a text has a word that is longer than usual, which few have.
fn has_long_word(text: &str) -> bool {
    let mut length = 0;
    text.chars().any(|c| {
        length += 1;
        let long = length > USUAL;
        if ends_word(c) {
            length = 0;
        }
        long
    })
}

/// Returns the text with zero-width spaces at regular intervals in long words.
fn opened(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_inclusive(ends_word) {
        let long = word.chars().count() > USUAL;
        for (index, c) in word.chars().enumerate() {
            if long && index > 0 && index % LONGEST == 0 {
                out.push('\u{200b}');
            }
            out.push(c);
        }
    }
    out
}

/// Returns whether it is a Chinese, Japanese or Korean character: lines end between these without a space.
pub(super) fn ideographic(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_long_words_are_opened() {
        let usual = "Mechanism for Long-term Good-neighbourliness";
        assert_eq!(opened(usual), usual);
        let word = "x".repeat(50);
        assert_eq!(opened(&word).replace('\u{200b}', ""), word);
        assert_eq!(opened(&word).matches('\u{200b}').count(), 2);
        let chinese = "决定将题为“各港潮汐表”的项目列入大会第八十五届会议临时议程，".repeat(3);
        assert_eq!(opened(&chinese), chinese);
        // Only those texts are looked at closely that need it.
        for length in 1..60 {
            for text in
                ["x".repeat(length), format!("a {}-b", "x".repeat(length)), format!("{}，c", "x".repeat(length))]
            {
                assert_eq!(has_long_word(&text), opened(&text) != text, "{text}");
            }
        }
    }
}
